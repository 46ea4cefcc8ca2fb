/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that says what goes on with the stock, and how it stands. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_STATUS (cpt_stock_status_get_type ())
G_DECLARE_FINAL_TYPE (CptStockStatus, cpt_stock_status, CPT, STOCK_STATUS, GtkBox)

/* @xalign: 0 for a column, 1 at the end of a bar */
GtkWidget *cpt_stock_status_new (CptEngine *engine, float xalign);

G_END_DECLS
