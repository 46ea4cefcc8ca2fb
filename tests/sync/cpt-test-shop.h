/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's server for a test of the engine: its control path, asked at once, and what its
 * journal holds. Main thread only; asking does not turn the main context. */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef struct
{
  GSubprocess *process; /* (owned) (nullable) another process has it */
  SoupSession *session; /* (owned) */
  char *line;           /* (owned) what it printed */
  char *api_url, *oauth_url, *client_id, *client_secret, *code, *control_url, *control_secret;
  gint64 mark;   /* journal entries up to this one do not count */
  gint64 behind; /* milliseconds its clock has still to be moved */
} CptTestShop;

/* For main(): a private home, no bus, no proxy, no address from outside. */
void cpt_test_shop_init (int *argc, char ***argv);
/* GLib leaves the names of a test case's private directories allocated when the next case gets its
 * own, since somebody may still hold them. This is that somebody, or every case but the last would
 * count as a leak. For a case that makes no shop; a shop calls it itself. */
void cpt_test_shop_hold_directories (void);

/* Strict, its clock standing still. */
CptTestShop *cpt_test_shop_new (void);
/* The shop of another process of this test, by the line it printed. */
CptTestShop *cpt_test_shop_new_attached (const char *line);
/* Nobody is there any more: what is sent from now on finds no way. */
void cpt_test_shop_end (CptTestShop *self);
void cpt_test_shop_free (CptTestShop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTestShop, cpt_test_shop_free)

/* @json: a printf format for the body, NULL for none; the answer must be 200. */
JsonNode *cpt_test_shop_control (CptTestShop *self,
                                 const char *method,
                                 const char *path,
                                 const char *json,
                                 ...) G_GNUC_PRINTF (4, 5);
void
cpt_test_shop_do (CptTestShop *self, const char *method, const char *path, const char *json, ...)
    G_GNUC_PRINTF (4, 5);
/* @json: (nullable) the order's fields. Result: its id. */
char *cpt_test_shop_inject (CptTestShop *self, const char *json, ...) G_GNUC_PRINTF (2, 3);
/* The customer, or with @as (nullable) another connection, sets the status. */
void
cpt_test_shop_set_status (CptTestShop *self, const char *id, const char *status, const char *as);
JsonObject *cpt_test_shop_get_order (CptTestShop *self, const char *id);
char *cpt_test_shop_dup_status (CptTestShop *self, const char *id);
/* A fresh one-time code. */
char *cpt_test_shop_new_code (CptTestShop *self);
/* The id of another location of the account, and a code for it. */
char *cpt_test_shop_dup_second_location (CptTestShop *self);
char *cpt_test_shop_new_code_for (CptTestShop *self, const char *location);
/* Requests it holds back on a test's behalf; they go on. */
guint cpt_test_shop_count_held (CptTestShop *self);
void cpt_test_shop_release (CptTestShop *self);
CptTime cpt_test_shop_get_now (CptTestShop *self);
void cpt_test_shop_advance (CptTestShop *self, gint64 ms);
/* No request is answered any more, or they are again. */
void cpt_test_shop_set_offline (CptTestShop *self, gboolean offline);

/* From now on only newer journal entries count. */
void cpt_test_shop_set_mark (CptTestShop *self);
/* Requests since the mark: @method "*" is any, @path a regular expression for the path behind
 * /v1 or the whole one, @body (nullable) stands in their body, @stage (nullable) how far they got.
 */
guint cpt_test_shop_count_all (CptTestShop *self,
                               const char *method,
                               const char *path,
                               const char *body,
                               const char *stage);
guint cpt_test_shop_count (CptTestShop *self, const char *method, const char *path);
guint cpt_test_shop_count_status (CptTestShop *self, const char *order, const char *status);
/* The entry of the @nth such request, from 0; NULL when there is none. */
JsonObject *cpt_test_shop_find (CptTestShop *self, const char *method, const char *path, guint nth);
/* The statuses that PATCHes of @order carried, in the order they came: "received accepted". */
char *cpt_test_shop_dup_sent (CptTestShop *self, const char *order);
/* The journal since the mark, a line a request: for messages. */
char *cpt_test_shop_describe (CptTestShop *self);

/* What whoever brings @token is answered at GET /location. */
guint cpt_test_shop_ask_with_token (CptTestShop *self, const char *token);
/* One plain GET, as of a browser. Result: the page. */
char *cpt_test_shop_browse (CptTestShop *self, const char *address, guint *status);

G_END_DECLS
