/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the stock list: its texts are drawn, the switch is a child, and what edits the number
 * exists only while the row has the focus. Out of sight it is empty. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-clock.h"
#include "cpt-engine-stock.h"
#include "cpt-stock-line.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_ROW (cpt_stock_row_get_type ())
G_DECLARE_FINAL_TYPE (CptStockRow, cpt_stock_row, CPT, STOCK_ROW, GtkWidget)

/* Signal "edited" (CptStockLine *line, CptStockEdit *edit): somebody changed it here. */
GtkWidget *cpt_stock_row_new (CptEngine *engine);
/* @line: (nullable) */
void cpt_stock_row_set_line (CptStockRow *self, CptStockLine *line);
void cpt_stock_row_set_in_sight (CptStockRow *self, gboolean in_sight);
/* Whether it is one of the chosen rows; whether a touch chooses rows. */
void cpt_stock_row_set_chosen (CptStockRow *self, gboolean chosen);
void cpt_stock_row_set_choosing (CptStockRow *self, gboolean choosing);
/* Whether the row has the focus, so that its number can be edited. */
void cpt_stock_row_set_current (CptStockRow *self, gboolean current);

G_END_DECLS
