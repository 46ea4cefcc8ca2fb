/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line to HubRise: sends one request, gives one reply, decides nothing and repeats nothing.
 * Main thread only; everything is asynchronous. */
#pragma once

#include <gio/gio.h>

#include "cpt-clock.h"
#include "cpt-exchange.h"
#include "cpt-failure.h"
#include "cpt-hubrise-budget.h"
#include "cpt-hubrise-request.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_HUBRISE_ERROR_ADDRESS,  /* a root that is no https (or loopback http) address */
  CPT_HUBRISE_ERROR_DOCUMENT, /* a body that cannot be read */
  CPT_HUBRISE_ERROR_ANSWER,   /* what the user pasted or the browser brought is no answer */
  CPT_HUBRISE_ERROR_REFUSED,  /* the authorisation was refused */
} CptHubriseError;

#define CPT_HUBRISE_ERROR (cpt_hubrise_error_quark ())
GQuark cpt_hubrise_error_quark (void);

typedef struct _CptHubriseReply CptHubriseReply;

struct _CptHubriseReply
{
  gatomicrefcount ref_count; /* private */

  CptOutcome outcome;
  gboolean sent;     /* FALSE: nothing left this machine (budget, no route, refused connection) */
  gboolean no_route; /* the network, not HubRise, is the reason */
  guint status;      /* 0: no answer */
  GBytes *body;      /* (nullable) whole, within its limit */
  char *next_cursor; /* (nullable) */
  char *message;     /* (nullable) why, in words for the user: HubRise's message and fields, or ours
                        translated */
  gboolean quoted;   /* the message is HubRise's, in whatever language */
  char *technical;   /* (nullable) for the log */
  CptTime server_date; /* of the Date header, or CPT_TIME_NONE */
  CptTime received_at; /* on this PC's clock */
  CptTime retry_at;    /* with LATER from the budget or a 429; else CPT_TIME_NONE */
  gint64 sequence;     /* grows with every request, taken when it began: orders answers */
  gint64 began_mono;   /* monotonic milliseconds when the request began */
};

GType cpt_hubrise_reply_get_type (void);
CptHubriseReply *cpt_hubrise_reply_ref (CptHubriseReply *self);
void cpt_hubrise_reply_unref (CptHubriseReply *self);
char *cpt_hubrise_reply_dup_words (const CptHubriseReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHubriseReply, cpt_hubrise_reply_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHubriseRequest, cpt_hubrise_request_unref)

void cpt_hubrise_init (void);

#define CPT_TYPE_HUBRISE_CLIENT (cpt_hubrise_client_get_type ())
G_DECLARE_FINAL_TYPE (CptHubriseClient, cpt_hubrise_client, CPT, HUBRISE_CLIENT, GObject)

/* Signal "exchange" (CptExchange *): one for every request that left or tried to. */

CptHubriseClient *cpt_hubrise_client_new (CptClock *clock,
                                          const char *api_root,
                                          const char *oauth_root,
                                          const char *client_id,
                                          const char *client_secret,
                                          GError **error);
gboolean cpt_hubrise_check_address (const char *root, GError **error);
void cpt_hubrise_client_set_token (CptHubriseClient *self, const char *token);
gboolean cpt_hubrise_client_has_token (CptHubriseClient *self);
/* (nullable): to keep it again, never to be shown */
const char *cpt_hubrise_client_get_token (CptHubriseClient *self);
CptHubriseBudget *cpt_hubrise_client_get_budget (CptHubriseClient *self);
/* Of the newest request of this process: an answer that is applied now beats every request up to
 * that one. */
gint64 cpt_hubrise_client_get_last_sequence (void);
void cpt_hubrise_client_send_async (CptHubriseClient *self,
                                    CptHubriseRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
/* NULL with G_IO_ERROR_CANCELLED only; every other fate is a reply. */
CptHubriseReply *
cpt_hubrise_client_send_finish (CptHubriseClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
