/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to each order, line by line. Workers only. */
#include "cpt-order-table-private.h"

/**
 * cpt_history_add:
 * @status: UNKNOWN when the line is not about one
 * @what: a machine word
 * @text: (nullable): words to add
 * @seller: (nullable): who did it
 */
void
cpt_history_add (CptDb *db,
                 gint64 row,
                 CptTime at,
                 CptOrderStatus status,
                 const char *what,
                 const char *text,
                 const char *seller)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "INSERT INTO history (row, at, status, what, text, seller) VALUES (?, ?, ?, ?, ?, ?)");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_int (statement, at);
  cpt_statement_bind_status (statement, status);
  cpt_statement_bind_text (statement, what);
  cpt_statement_bind_text (statement, text);
  cpt_statement_bind_text (statement, seller);
  cpt_statement_run (statement);
}

static CptHistoryEntry *
read_entry (CptStatement *statement)
{
  CptTime at = cpt_statement_read_int (statement);
  CptOrderStatus status = cpt_statement_read_status (statement);
  const char *what = cpt_statement_peek_text (statement);
  const char *text = cpt_statement_peek_text (statement);
  const char *seller = cpt_statement_peek_text (statement);

  return cpt_history_entry_new (at, status, what, text, seller);
}

/**
 * cpt_history_load:
 *
 * Returns: (transfer full) (element-type CptHistoryEntry): the order's lines, oldest first
 */
GPtrArray *
cpt_history_load (CptDb *db, gint64 row)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_history_entry_free);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT at, status, what, text, seller FROM history WHERE row = ? ORDER BY line");

  cpt_statement_bind_int (statement, row);
  while (cpt_statement_next (statement))
    g_ptr_array_add (entries, read_entry (statement));
  return entries;
}
