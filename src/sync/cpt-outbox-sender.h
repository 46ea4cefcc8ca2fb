/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creates at HubRise the orders made at this till and their customers, each exactly once: whatever
 * may have arrived is looked up before it is sent again. Main thread only. */
#pragma once

#include "cpt-link.h"
#include "cpt-store-till-jobs.h"

G_BEGIN_DECLS

#define CPT_TYPE_OUTBOX_SENDER (cpt_outbox_sender_get_type ())
G_DECLARE_FINAL_TYPE (CptOutboxSender, cpt_outbox_sender, CPT, OUTBOX_SENDER, GObject)

/* Signals: "applied" (GPtrArray of CptApplied) HubRise has these orders; "changed" (gint64 row)
 * what is to be created of this order changed its state; "failed" (GError *) the database would
 * not. */

CptOutboxSender *cpt_outbox_sender_new (CptLink *link, GSettings *settings);
/* Reads what is to be created from the database again and goes on. */
void cpt_outbox_sender_reload (CptOutboxSender *self);
/* Orders were read: what waited may be among them. */
void cpt_outbox_sender_note_orders (CptOutboxSender *self);
/* Forgets pauses, but not those before a look-up: the network is back, F5, or a person pressed. */
void cpt_outbox_sender_retry_now (CptOutboxSender *self);
/* Orders about which a request is under way. */
guint cpt_outbox_sender_count_busy (CptOutboxSender *self);
/* Another binding: nothing of the old one is sent any more. */
void cpt_outbox_sender_clear (CptOutboxSender *self);
void cpt_outbox_sender_stop (CptOutboxSender *self);

G_END_DECLS
