/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a basket, to be changed. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-basket-row.h"
#include "cpt-basket.h"

G_BEGIN_DECLS

#define CPT_TYPE_BASKET_VIEW (cpt_basket_view_get_type ())
G_DECLARE_FINAL_TYPE (CptBasketView, cpt_basket_view, CPT, BASKET_VIEW, GtkWidget)

/* Signals:
 *  "changed" ()                                  something of the basket is different
 *  "change-line" (guint key)                     its options are to be asked for again
 *  "removed" (CptBasketLine *, guint position)   to be kept for an undo, or freed
 *  "refused" (char *message)                     what was typed could not be taken
 */
GtkWidget *cpt_basket_view_new (void);
void cpt_basket_view_set_basket (CptBasketView *self, CptBasket *basket);
void cpt_basket_view_refresh (CptBasketView *self, guint select);
gboolean cpt_basket_view_finish (CptBasketView *self);

G_END_DECLS
