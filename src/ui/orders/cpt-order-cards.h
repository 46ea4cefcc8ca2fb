/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of a list view, of which only those in sight are complete. Main thread only.
 *
 * A list view of GTK 4.8 builds about two hundred rows whatever its height, and maps those
 * in sight. */
#pragma once

#include "cpt-order-card.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_CARDS (cpt_order_cards_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderCards, cpt_order_cards, CPT, ORDER_CARDS, GObject)

CptOrderCards *cpt_order_cards_new (CptOrderTicker *ticker);
void cpt_order_cards_watch (CptOrderCards *self, GtkWidget *view);
GtkWidget *cpt_order_cards_make (CptOrderCards *self);
void cpt_order_cards_select (CptOrderCards *self, gint64 key);

G_END_DECLS
