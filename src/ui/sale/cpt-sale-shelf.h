/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be sold: categories, search, tiles. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-decimal.h"
#include "cpt-sale-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_SHELF (cpt_sale_shelf_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleShelf, cpt_sale_shelf, CPT, SALE_SHELF, GtkWidget)

/* Signals:
 *  "chosen" (CptSaleProduct *, guint how many)   a tile was pressed
 *  "leave" ()                                    Escape, with nothing to forget here
 *  "pull" ()                                     there is no catalog and somebody wants it
 */
GtkWidget *cpt_sale_shelf_new (CptSaleStock *stock);
void cpt_sale_shelf_set_menu (CptSaleShelf *self, CptMenu *menu);
void cpt_sale_shelf_set_pulling (CptSaleShelf *self, gboolean pulling);
void cpt_sale_shelf_focus_search (CptSaleShelf *self);
void cpt_sale_shelf_clear (CptSaleShelf *self);
gboolean cpt_sale_shelf_is_used (CptSaleShelf *self);
gboolean cpt_sale_shelf_step_back (CptSaleShelf *self);

G_END_DECLS
