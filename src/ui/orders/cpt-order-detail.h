/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one order, with everything that can be done with it. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"
#include "cpt-order-ticker.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_DETAIL (cpt_order_detail_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderDetail, cpt_order_detail, CPT, ORDER_DETAIL, GtkWidget)

/* Signals:
 *  "closed" ()              the person wants the list back
 *  "failed" (char *message) the order could not be read
 */

GtkWidget *cpt_order_detail_new (CptEngine *engine, CptOrderTicker *ticker);
void cpt_order_detail_set_row (CptOrderDetail *self, gint64 row);
gint64 cpt_order_detail_get_row (CptOrderDetail *self);
void cpt_order_detail_focus (CptOrderDetail *self);

G_END_DECLS
