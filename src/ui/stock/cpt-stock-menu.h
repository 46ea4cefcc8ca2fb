/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to one item, or to several, beside its number: off sale until when, managed or
 * not, its threshold. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

typedef void (*CptStockMenuChosen) (CptStockEdit edit, gpointer data);

/* @item: (nullable): NULL for several, which get every choice. @chosen is called after the popover
 * began to close. */
GtkWidget *cpt_stock_menu_new (CptEngine *engine,
                               CptStockItem *item,
                               CptStockMenuChosen chosen,
                               gpointer data);

G_END_DECLS
