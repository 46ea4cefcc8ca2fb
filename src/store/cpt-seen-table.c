/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How accepted orders were before others changed them: what differs is shown until it was seen.
 * Workers only. */
#include "cpt-order-table-private.h"

/**
 * cpt_seen_table_keep:
 *
 * Keeps the document as it is stored now; one that is kept already stays: nobody has seen what came
 * after it.
 */
void
cpt_seen_table_keep (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT OR IGNORE INTO seen_document (row, document)"
                          " SELECT row, document FROM document WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

void
cpt_seen_table_forget (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "DELETE FROM seen_document WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_seen_table_load:
 *
 * Returns: (transfer full) (nullable): the document before others changed it, NULL when there is
 *   nothing to be seen
 */
GBytes *
cpt_seen_table_load (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT document FROM seen_document WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement) ? cpt_statement_read_bytes (statement) : NULL;
}
