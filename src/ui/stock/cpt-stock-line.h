/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item in the stock list: the same object as long as somebody looks at it. Main thread only. */
#pragma once

#include "cpt-stock-item.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_LINE (cpt_stock_line_get_type ())
G_DECLARE_FINAL_TYPE (CptStockLine, cpt_stock_line, CPT, STOCK_LINE, GObject)

/* A row shows it and there is nothing to show yet. */
typedef void (*CptStockLineNeeded) (CptStockLine *line, gpointer data);

/* Property "item" (CptStockItem): NULL until it is loaded. */
CptStockLine *cpt_stock_line_new (gint64 key, CptStockLineNeeded needed, gpointer data);
/* Nobody loads it any more. */
void cpt_stock_line_orphan (CptStockLine *self);
gint64 cpt_stock_line_get_key (CptStockLine *self);
CptStockItem *cpt_stock_line_get_item (CptStockLine *self);
void cpt_stock_line_set_item (CptStockLine *self, CptStockItem *item);
void cpt_stock_line_forget (CptStockLine *self);
void cpt_stock_line_set_typed (CptStockLine *self, const char *typed);
const char *cpt_stock_line_get_typed (CptStockLine *self);
/* Whether a row shows it: those are kept up to date. */
void cpt_stock_line_set_shown (CptStockLine *self, gboolean shown);
gboolean cpt_stock_line_is_shown (CptStockLine *self);

G_END_DECLS
