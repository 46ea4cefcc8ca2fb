/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order that is put together: how, when and for whom, its lines, its price and OK. Main thread
 * only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-basket.h"
#include "cpt-engine-till.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_PANE (cpt_sale_pane_get_type ())
G_DECLARE_FINAL_TYPE (CptSalePane, cpt_sale_pane, CPT, SALE_PANE, GtkWidget)

/* Signals:
 *  "changed" ()                                  something of the basket is different
 *  "change-line" (guint key)                     its options are to be asked for again
 *  "removed" (CptBasketLine *, guint position)   to be kept for an undo, or freed
 *  "refused" (char *message)                     what was typed could not be taken
 *  "ask-customer" ()
 *  "ok" ()
 */
GtkWidget *cpt_sale_pane_new (CptEngine *engine);
void cpt_sale_pane_set_basket (CptSalePane *self, CptBasket *basket);
void cpt_sale_pane_refresh (CptSalePane *self, guint select);
gboolean cpt_sale_pane_finish (CptSalePane *self);
void cpt_sale_pane_set_saving (CptSalePane *self, const CptBasket *basket);

G_END_DECLS
