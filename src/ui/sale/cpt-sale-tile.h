/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One product on the screen: name, price and how much is left. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-sale-product.h"
#include "cpt-sale-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_TILE (cpt_sale_tile_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleTile, cpt_sale_tile, CPT, SALE_TILE, GtkWidget)

GtkWidget *cpt_sale_tile_new (CptSaleStock *stock);
void cpt_sale_tile_set_product (CptSaleTile *self, CptSaleProduct *product);

G_END_DECLS
