/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings above the stock list, where its columns stand. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_HEADER (cpt_stock_header_get_type ())
G_DECLARE_FINAL_TYPE (CptStockHeader, cpt_stock_header, CPT, STOCK_HEADER, GtkWidget)

GtkWidget *cpt_stock_header_new (void);
void cpt_stock_header_set_shows_quantity (CptStockHeader *self, gboolean shows_quantity);

G_END_DECLS
