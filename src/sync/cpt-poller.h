/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks HubRise what happened: registers the callback, looks for events at the check interval,
 * hands orders to the sender newest first and acknowledges what is on disk. Main thread only. */
#pragma once

#include "cpt-order-sender.h"

G_BEGIN_DECLS

#define CPT_TYPE_POLLER (cpt_poller_get_type ())
G_DECLARE_FINAL_TYPE (CptPoller, cpt_poller, CPT, POLLER, GObject)

/* Signals: "callback-lost" () the callback was not ours any more: what happened meanwhile raised
 * no event; "location-changed" () the location must be read again; "catalog-changed" () and
 * "inventory-changed" () likewise; "checked" () a check ended; "asked" () so did one that a
 * person asked for, and HubRise answered. */

CptPoller *cpt_poller_new (CptLink *link, CptOrderSender *sender, GSettings *settings);
/* Registers the callback where it is not ours and begins checking at once. */
void cpt_poller_start (CptPoller *self);
void cpt_poller_stop (CptPoller *self);
/* F5: at most every 2 s. */
void cpt_poller_check_now (CptPoller *self);
void cpt_poller_acknowledge (CptPoller *self, const char *const *event_ids);
gint64 cpt_poller_get_next_check (CptPoller *self);
gboolean cpt_poller_is_checking (CptPoller *self);

G_END_DECLS
