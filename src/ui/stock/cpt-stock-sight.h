/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the rows of the stock list which of them are in sight. Main thread only.
 *
 * A list view of GTK 4.8 builds about two hundred rows whatever its height, and maps those in
 * sight. */
#pragma once

#include "cpt-stock-row.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_SIGHT (cpt_stock_sight_get_type ())
G_DECLARE_FINAL_TYPE (CptStockSight, cpt_stock_sight, CPT, STOCK_SIGHT, GObject)

CptStockSight *cpt_stock_sight_new (void);
/* @view: the list view whose rows they are; not realized yet. */
void cpt_stock_sight_watch (CptStockSight *self, GtkWidget *view);
/* Every row is told whether rows are being chosen. */
void cpt_stock_sight_set_choosing (CptStockSight *self, gboolean choosing);

G_END_DECLS
