/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the stock table as values. Workers only. */
#pragma once

#include "cpt-statement-private.h"
#include "cpt-stock-rule.h"

G_BEGIN_DECLS

/* What this file's readers read, in this order, of a table or view named stock. */
#define CPT_STOCK_COLUMNS                                                                          \
  "stock.managed, stock.quantity, stock.active, stock.back_on, stock.low, stock.known_state, "     \
  "stock.known, stock.known_until, stock.theirs_state IS NOT NULL, stock.theirs_state, "           \
  "stock.theirs, stock.theirs_until"

/* stock.dirty: 0: as HubRise knows it; 1: to be looked at; 2: the same, and owed: to leave even
 * where nothing does by itself, because a person said so or because it was begun. Whatever changes
 * the item makes it 1. */

/* Not for sale, or counted and none left; one parameter: the time. */
#define CPT_STOCK_IS_OUT                                                                           \
  "((stock.active = 0 AND (stock.back_on IS NULL OR stock.back_on > ?)) OR"                        \
  " (stock.managed = 1 AND stock.quantity <= 0))"

typedef struct
{
  CptStock stock;
  CptStockEntry known;
  gboolean has_theirs;
  CptStockEntry theirs;
} CptStockRow;

gint64 cpt_stock_table_get_binding (CptDb *db);
CptStockRow cpt_stock_table_read (CptStatement *statement);
void cpt_stock_table_set_known (CptDb *db, gint64 stock, CptStockEntry entry, gboolean settles);
void cpt_stock_table_set_own (CptDb *db, gint64 stock, const CptStock *own);

G_END_DECLS
