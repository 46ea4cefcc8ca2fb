/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says that another order waits to be finished, and offers it. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-basket.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_ASIDE (cpt_sale_aside_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleAside, cpt_sale_aside, CPT, SALE_ASIDE, GtkWidget)

/* Signals:
 *  "taken" ()  it is wanted now
 */
GtkWidget *cpt_sale_aside_new (void);
void cpt_sale_aside_set_basket (CptSaleAside *self, const CptBasket *basket);

G_END_DECLS
