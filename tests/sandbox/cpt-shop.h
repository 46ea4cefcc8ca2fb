/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo shop in a process of its own, and requests to it. Main loop only, but for
 * cpt_shop_begin(). */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

typedef struct
{
  GSubprocess *process; /* (owned) */
  SoupSession *session; /* (owned) */
  JsonNode *line;       /* (owned) what it printed */
  char *token;          /* (owned) (nullable) of the first connection */
  char *location_id;    /* (owned) */
  char *catalog_id;     /* (owned) */
  char *list_id;        /* (owned) */
} CptShop;

/* One reply. */
typedef struct
{
  guint status;      /* 0: the connection ended without a whole reply */
  JsonNode *json;    /* (owned) (nullable) */
  char *text;        /* (owned) */
  char *cursor;      /* (owned) (nullable) X-Cursor-Next */
  char *location;    /* (owned) (nullable) */
  char *retry_after; /* (owned) (nullable) */
} CptReply;

CptShop *cpt_shop_new (const char *option);
CptShop *cpt_shop_new_connected (void);
void cpt_shop_free (CptShop *self);
const char *cpt_shop_line (CptShop *self, const char *name);
SoupMessage *
cpt_shop_message (const char *method, const char *root, const char *path, const char *body);
CptReply *cpt_shop_send (CptShop *self, SoupMessage *message);
GThread *cpt_shop_begin (CptShop *self, const char *method, const char *path, const char *body);
CptReply *cpt_shop_api_as (CptShop *self,
                           const char *token,
                           const char *method,
                           const char *path,
                           const char *format,
                           ...) G_GNUC_PRINTF (5, 6);
CptReply *cpt_shop_oauth (CptShop *self,
                          const char *path,
                          const char *type,
                          const char *body,
                          gboolean basic);
char *cpt_shop_connect (CptShop *self, const char *code_request);
CptReply *
cpt_shop_control (CptShop *self, const char *method, const char *path, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
char *cpt_reply_at (CptReply *reply, const char *path);
void cpt_reply_free (CptReply *reply);

/* A request to the API as the first connection. */
#define cpt_shop_api(self, method, path, ...)                                                      \
  cpt_shop_api_as ((self), (self)->token, (method), (path), __VA_ARGS__)

/* The reply's value at a JSON path, as text. */
#define cpt_assert_at(reply, path, value)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *cpt_at_ = cpt_reply_at ((reply), (path));                                     \
    g_assert_cmpstr (cpt_at_, ==, (value));                                                        \
  }                                                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptShop, cpt_shop_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReply, cpt_reply_free)
