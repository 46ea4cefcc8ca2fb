/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the stock table as values. Workers only. */
#include "cpt-stock-table-private.h"

/**
 * cpt_stock_table_get_binding:
 *
 * Returns: the binding whose stock is shown, 0 for none
 */
gint64
cpt_stock_table_get_binding (CptDb *db)
{
  return cpt_db_query_int (db, "SELECT binding FROM stock_place");
}

static CptStockEntry
read_entry (CptStatement *statement)
{
  CptStockEntry entry = { 0 };

  entry.state = cpt_statement_read_enum (statement, CPT_ENTRY_UNKNOWN, CPT_ENTRY_UNKNOWN);
  entry.thousandths = cpt_statement_read_int (statement);
  entry.expires_at = cpt_statement_read_time (statement);
  return entry;
}

/**
 * cpt_stock_table_read:
 *
 * Returns: the next columns, which are CPT_STOCK_COLUMNS
 */
CptStockRow
cpt_stock_table_read (CptStatement *statement)
{
  CptStockRow row = { 0 };

  row.stock.managed = cpt_statement_read_int (statement);
  row.stock.quantity = cpt_statement_read_int (statement);
  row.stock.active = cpt_statement_read_int (statement);
  row.stock.back_on = cpt_statement_read_time (statement);
  row.stock.low = cpt_statement_read_int (statement);
  row.known = read_entry (statement);
  row.has_theirs = cpt_statement_read_int (statement);
  row.theirs = read_entry (statement);
  return row;
}

/**
 * cpt_stock_table_set_known:
 * @entry: what HubRise holds
 * @settles: what another wrote is gone with it
 */
void
cpt_stock_table_set_known (CptDb *db, gint64 stock, CptStockEntry entry, gboolean settles)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE stock SET known_state = ?, known = ?, known_until = ?,"
                          " theirs_state = iif (?, NULL, theirs_state) WHERE stock = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, entry.state);
  cpt_statement_bind_int (statement, entry.thousandths);
  cpt_statement_bind_time (statement, entry.expires_at);
  cpt_statement_bind_int (statement, settles);
  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

/**
 * cpt_stock_table_set_own:
 *
 * What the till holds; a trigger stamps it when it is another.
 */
void
cpt_stock_table_set_own (CptDb *db, gint64 stock, const CptStock *own)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "UPDATE stock SET managed = ?, quantity = ?, active = ?, back_on = ?, low = ?"
                      " WHERE stock = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, own->managed);
  cpt_statement_bind_int (statement, own->quantity);
  cpt_statement_bind_int (statement, own->active);
  cpt_statement_bind_time (statement, own->back_on);
  cpt_statement_bind_int (statement, own->low);
  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}
