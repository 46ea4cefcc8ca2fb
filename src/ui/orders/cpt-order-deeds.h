/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The action group "order": all a person can do with an order, for every widget that shows one.
 * Main thread only.
 *
 *  accept (xx)  row, the instant the button showed       step (xs)  row, HubRise's word
 *  reject, cancel, fail (x)  row: ask for the reason     elsewhere, seen, show (x)  row
 *  undo, retry, give-up (x)  step                        retry-entry, give-up-entry (x)  entry
 *  invoice (x)  row: take a payment                      missing (xs)  row, the item's id
 */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_DEEDS (cpt_order_deeds_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderDeeds, cpt_order_deeds, CPT, ORDER_DEEDS, GObject)

/* Signals:
 *  "failed" (char *message)  nothing has happened, and why
 *  "show" (gint64 row)       the magnifier was pressed
 */

CptOrderDeeds *cpt_order_deeds_new (CptEngine *engine, GtkWidget *owner);

G_END_DECLS
