/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits the number of the row that has the focus: minus, number, plus, and a menu. Main thread
 * only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_TOOLS (cpt_stock_tools_get_type ())
G_DECLARE_FINAL_TYPE (CptStockTools, cpt_stock_tools, CPT, STOCK_TOOLS, GtkBox)

/* Signal "edited" (CptStockEdit *). */
GtkWidget *cpt_stock_tools_new (CptEngine *engine);
void cpt_stock_tools_set_item (CptStockTools *self, CptStockItem *item);
gboolean cpt_stock_parse_typed (const char *text, gint64 *thousandths);

G_END_DECLS
