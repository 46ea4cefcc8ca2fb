/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order of the list: its texts drawn, its buttons real. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-card-heights.h"
#include "cpt-order-entry.h"
#include "cpt-order-ticker.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_CARD (cpt_order_card_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderCard, cpt_order_card, CPT, ORDER_CARD, GtkWidget)

GtkWidget *cpt_order_card_new (CptOrderTicker *ticker);
void cpt_order_card_set_entry (CptOrderCard *self, CptOrderEntry *entry);
void cpt_order_card_set_heights (CptOrderCard *self, CptCardHeights *heights);
void cpt_order_card_set_in_sight (CptOrderCard *self, gboolean in_sight);
void cpt_order_card_set_selected (CptOrderCard *self, gint64 key);
const CptOrderViewState *cpt_order_card_get_state (CptOrderCard *self);

G_END_DECLS
