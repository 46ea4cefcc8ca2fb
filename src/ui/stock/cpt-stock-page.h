/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "Stock": what is there, what is not, and what HubRise was told of it. Main thread only.
 */
#pragma once

#include <adwaita.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_PAGE (cpt_stock_page_get_type ())
G_DECLARE_FINAL_TYPE (CptStockPage, cpt_stock_page, CPT, STOCK_PAGE, AdwBin)

GtkWidget *cpt_stock_page_new (CptEngine *engine);
void cpt_stock_page_focus_search (CptStockPage *self);

G_END_DECLS
