/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits the number of the row that has the focus: minus, number, plus, and a menu. Main thread
 * only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_TOOLS (cpt_stock_tools_get_type ())
G_DECLARE_FINAL_TYPE (CptStockTools, cpt_stock_tools, CPT, STOCK_TOOLS, GtkBox)

/* Signals "edited" (CptStockEdit *); "judged" (): get_wrong may be new. */
GtkWidget *cpt_stock_tools_new (CptEngine *engine);
void cpt_stock_tools_set_item (CptStockTools *self, CptStockItem *item);
void cpt_stock_tools_take_typed (CptStockTools *self);
gboolean cpt_stock_tools_grab_first (CptStockTools *self);
/* (nullable): what was typed and is no number; it stands there until it is corrected or taken back.
 */
const char *cpt_stock_tools_get_wrong (CptStockTools *self);
/* As if it had been typed. */
void cpt_stock_tools_type (CptStockTools *self, const char *text);
gboolean cpt_stock_parse_typed (const char *text, gint64 *thousandths);

G_END_DECLS
