/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on loopback that answers what a test told it to, or fails the way it was told, and
 * remembers every request. Main thread only. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_SERVE_ANSWER,
  CPT_SERVE_NEVER,        /* takes the request and keeps silent */
  CPT_SERVE_DROP,         /* closes the connection instead of answering */
  CPT_SERVE_DROP_HEAD,    /* closes it in the middle of the headers */
  CPT_SERVE_DROP_BODY,    /* closes it in the middle of the body */
  CPT_SERVE_DROP_REFUSAL, /* the same of a 422 */
  CPT_SERVE_STALL,        /* begins a body of 1,000 bytes; more of it by cpt_test_server_feed() */
  CPT_SERVE_ENDLESS,      /* a body that never ends and names no length */
} CptServeHow;

/* One request as it came in. */
typedef struct
{
  char *method, *path, *query;        /* query (nullable) */
  char *token, *authorization, *type; /* (nullable) */
  char *body;
  gboolean http2;
  guint16 from; /* the port: the same on the same connection */
} CptServed;

#define CPT_TYPE_TEST_SERVER (cpt_test_server_get_type ())
G_DECLARE_FINAL_TYPE (CptTestServer, cpt_test_server, CPT, TEST_SERVER, GObject)

CptTestServer *cpt_test_server_new (void);
/* One with https and a certificate that nobody vouches for. */
CptTestServer *cpt_test_server_new_untrusted (void);
/* "http://127.0.0.1:PORT" or "https://127.0.0.1:PORT" */
const char *cpt_test_server_get_root (CptTestServer *self);
/* What comes next; an empty queue answers 200 with {}. @headers: "Name: value" lines, NULL-ended,
 * (nullable) */
void cpt_test_server_answer (CptTestServer *self,
                             guint status,
                             const char *body,
                             const char *const *headers);
void cpt_test_server_fail (CptTestServer *self, CptServeHow how);
void cpt_test_server_feed (CptTestServer *self, const char *text);
guint cpt_test_server_count (CptTestServer *self);
const CptServed *cpt_test_server_get (CptTestServer *self, guint i);
void cpt_test_server_forget (CptTestServer *self);

G_END_DECLS
