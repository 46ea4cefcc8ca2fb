/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line to HubRise as the rest of sync uses it: every request passes here, so that here alone
 * is known whether we are online, offline or refused, and here alone a 401 is judged.
 * Main thread only. */
#pragma once

#include "cpt-connection.h"
#include "cpt-hubrise-client.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_LINK (cpt_link_get_type ())
G_DECLARE_FINAL_TYPE (CptLink, cpt_link, CPT, LINK, GObject)

/* Signals: "changed" () the connection is a new snapshot; "back" () HubRise answers again after it
 * did not; "lost" () three checks were missed or the connection was refused; "logged" (). */

CptLink *cpt_link_new (CptClock *clock, CptStore *store);
CptClock *cpt_link_get_clock (CptLink *self);
CptStore *cpt_link_get_store (CptLink *self);
/* (transfer none), never NULL */
CptConnection *cpt_link_get_connection (CptLink *self);
/* @edited: (transfer full) a changed copy of the snapshot; saved when @save */
void cpt_link_take_connection (CptLink *self, CptConnection *edited, gboolean save);
/* (nullable) */
CptHubriseClient *cpt_link_get_client (CptLink *self);
void cpt_link_set_client (CptLink *self, CptHubriseClient *client);
/* Whether requests may leave now: bound, with a token, not refused. */
gboolean cpt_link_is_open (CptLink *self);
/* F5: one request may try whether a refused connection is let in again. */
void cpt_link_try_again (CptLink *self);
int cpt_link_get_missed_checks (CptLink *self);
void cpt_link_note_check (CptLink *self, gboolean succeeded);
/* @request: (transfer full). The reply's outcome STOP means that the connection is refused. */
void cpt_link_send_async (CptLink *self,
                          CptHubriseRequest *request,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* Never NULL. */
CptHubriseReply *cpt_link_send_finish (CptLink *self, GAsyncResult *result);
/* Requests whose reply has not come. */
guint cpt_link_count_pending (CptLink *self);
void cpt_link_flush_log (CptLink *self);
void cpt_link_stop (CptLink *self);

G_END_DECLS
