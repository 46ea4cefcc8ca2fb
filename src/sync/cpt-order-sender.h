/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads orders and sends their steps: one lane an order, its requests one after the other; what a
 * status may do to HubRise is judged against a fresh reading. Main thread only. */
#pragma once

#include "cpt-link.h"
#include "cpt-order.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_SENDER (cpt_order_sender_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderSender, cpt_order_sender, CPT, ORDER_SENDER, GObject)

/* Signals: "applied" (GPtrArray of CptApplied) orders were committed; "settled" (GStrv of event
 * ids) these events are on disk or need nothing, acknowledge them; "steps-changed" (gint64
 * row) a step of this order changed its state; "failed" (GError *) the database would not;
 * "drained" () no reading is left to begin. */

CptOrderSender *cpt_order_sender_new (CptLink *link, GSettings *settings);
/* The order is read at HubRise; @event_id is acknowledged once the reading is on disk. */
void cpt_order_sender_read (CptOrderSender *self,
                            const char *order_id,
                            const char *event_id,
                            CptTime event_at,
                            gboolean late);
/* The order is read in case it changed: once, and only while there are requests to spare. */
void cpt_order_sender_reread (CptOrderSender *self, const char *order_id);
/* Reads the unsent steps from the database again and goes on. */
void cpt_order_sender_reload (CptOrderSender *self);
/* Whether an answer about @order_id that has @sequence may be applied. */
gboolean cpt_order_sender_admits (CptOrderSender *self, const char *order_id, gint64 sequence);
/* Readings still to do, those that wait for a later try apart. */
guint cpt_order_sender_count_reads (CptOrderSender *self);
/* Orders that are being read or sent right now. */
guint cpt_order_sender_count_busy (CptOrderSender *self);
/* Begins what may begin now: readings were added. */
void cpt_order_sender_wake (CptOrderSender *self);
/* Forgets waiting times: the network is back, or F5. */
void cpt_order_sender_retry_now (CptOrderSender *self);
/* Another binding: nothing of the old one is read any more. */
void cpt_order_sender_clear (CptOrderSender *self);
void cpt_order_sender_stop (CptOrderSender *self);

G_END_DECLS
