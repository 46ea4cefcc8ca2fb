/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What orders take off the stock: triggers note which orders changed, each line is booked once and
 * put back once, whatever is repeated. Constructors on the main thread, the rest on the writer. */
#include "cpt-ledger-table-private.h"

#include "cpt-connection-table-private.h"
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

/**
 * cpt_ledger_order_free:
 * @order: (transfer full)
 */
void
cpt_ledger_order_free (CptLedgerOrder *order)
{
  g_free (order->id);
  g_clear_pointer (&order->document, g_bytes_unref);
  g_free (order);
}

/**
 * cpt_ledger_line_free:
 * @line: (transfer full)
 */
void
cpt_ledger_line_free (CptLedgerLine *line)
{
  g_free (line->line);
  g_free (line->ref);
  g_free (line);
}

static void
run_for_row (CptDb *db, const char *sql, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

typedef struct
{
  gint64 row;
  gboolean books; /* its lines come off the stock */
  gboolean ends;  /* cancelled or rejected: what was taken off is put back */
} Due;

#define DUE_COLUMNS                                                                                \
  "row, orders.status, hubrise_status,"                                                            \
  " till OR EXISTS (SELECT 1 FROM order_step WHERE order_step.row = orders.row"                    \
  "   AND order_step.status = 'accepted' AND automatic = 0),"                                      \
  " first_list = 0 AND created_at >= (SELECT connected_since FROM connection), local_only"

/* What was taken off is put back once HubRise says that the order ended: a cancellation pressed
 * here can still be taken back; for an order that stays here it is final. The rest is for orders
 * that were made or accepted here, or made after this till was connected and first seen when
 * accepted elsewhere. An order of the first list counts only when it was accepted here. */
static Due
read_due (CptStatement *statement)
{
  Due due = { .row = cpt_statement_read_int (statement) };
  CptOrderStatus status = cpt_statement_read_status (statement);
  CptOrderStatus hubrise = cpt_statement_read_status (statement);
  gboolean accepted_here = cpt_statement_read_int (statement);
  gboolean later = cpt_statement_read_int (statement);
  gboolean local = cpt_statement_read_int (statement);
  gboolean on_path = cpt_order_status_rank (status) >= cpt_order_status_rank (CPT_ORDER_ACCEPTED);

  due.ends = cpt_order_status_is_called_off (hubrise) ||
             (local && cpt_order_status_is_called_off (status));
  due.books = !due.ends && on_path && (accepted_here || later);
  return due;
}

static GArray *
load_all_due (CptDb *db, guint limit)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Due));
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT " DUE_COLUMNS " FROM ledger_due JOIN orders USING (row)"
                          " WHERE place = ? AND raw_reason IS NULL ORDER BY row LIMIT ?");

  cpt_statement_bind_int (statement, cpt_connection_table_get_place (db));
  cpt_statement_bind_int (statement, limit);
  while (cpt_statement_next (statement))
    {
      Due due = read_due (statement);

      g_array_append_val (all, due);
    }
  return all;
}

static gboolean
has_booked (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT 1 FROM ledger WHERE row = ? LIMIT 1");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement);
}

static gpointer
load_due (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) all = load_all_due (db, input->row);

  cpt_db_assert_writer (db);
  for (guint i = 0; i < all->len; i++)
    {
      const Due *due = &g_array_index (all, Due, i);

      if (due->books || has_booked (db, due->row))
        g_array_append_val (rows, due->row);
      else
        run_for_row (db, "DELETE FROM ledger_due WHERE row = ?", due->row);
    }
  return rows;
}

/**
 * cpt_store_load_ledger_due:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type gint64) GArray
 */
CptStoreJob *
cpt_store_load_ledger_due (guint limit)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, load_due, limit, CPT_TIME_NONE,
                                    (GDestroyNotify)g_array_unref);
}

typedef struct
{
  gint64 row;
  CptLedgerReader reader;
} BookInput;

/* Only managed stock; what is not managed is noted with nothing, so that it is not taken off later,
 * when somebody begins to count. */
static void
book_line (CptDb *db, gint64 row, const CptLedgerLine *line)
{
  g_autoptr (CptStatement) note = cpt_db_prepare (
      db, "INSERT INTO ledger (row, line, stock, quantity)"
          " SELECT ?, ?, stock, iif (managed, ?, 0) FROM stock WHERE kind = ? AND ref = ?"
          " AND binding = ? AND listed = 1 ON CONFLICT (row, line) DO NOTHING");
  g_autoptr (CptStatement) take = cpt_db_prepare (
      db, "UPDATE stock SET quantity = stock.quantity - entry.quantity FROM ledger AS entry"
          " WHERE stock.stock = entry.stock AND entry.row = ? AND entry.line = ?");

  cpt_statement_bind_int (note, row);
  cpt_statement_bind_text (note, line->line);
  cpt_statement_bind_int (note, line->quantity);
  cpt_statement_bind_text (note, cpt_item_kind_to_string (line->kind));
  cpt_statement_bind_text (note, line->ref);
  cpt_statement_bind_int (note, cpt_stock_table_get_binding (db));
  cpt_statement_run (note);
  if (cpt_db_changes (db) == 0)
    return;
  cpt_statement_bind_int (take, row);
  cpt_statement_bind_text (take, line->line);
  cpt_statement_run (take);
}

static void
put_back (CptDb *db, gint64 row, const char *key)
{
  g_autoptr (CptStatement) give = cpt_db_prepare (
      db, "UPDATE stock SET quantity = stock.quantity + taken.total FROM"
          " (SELECT stock AS what, sum (quantity) AS total FROM ledger"
          "  WHERE row = ?1 AND back = 0 AND (?2 IS NULL OR line = ?2) GROUP BY stock) AS taken"
          " WHERE stock.stock = taken.what AND taken.total <> 0");
  g_autoptr (CptStatement) note = cpt_db_prepare (
      db, "UPDATE ledger SET back = 1 WHERE row = ?1 AND back = 0 AND (?2 IS NULL OR line = ?2)");

  cpt_statement_bind_int (give, row);
  cpt_statement_bind_text (give, key);
  cpt_statement_run (give);
  cpt_statement_bind_int (note, row);
  cpt_statement_bind_text (note, key);
  cpt_statement_run (note);
}

/**
 * cpt_ledger_table_look_again:
 *
 * For what changes without a new status or content.
 */
void
cpt_ledger_table_look_again (CptDb *db, gint64 row)
{
  run_for_row (db, "INSERT OR IGNORE INTO ledger_due (row) VALUES (?)", row);
}

/**
 * cpt_ledger_table_begin_anew:
 *
 * The order has another content: what it took off is put back, and it is looked at again.
 */
void
cpt_ledger_table_begin_anew (CptDb *db, gint64 row)
{
  put_back (db, row, NULL);
  cpt_ledger_table_look_again (db, row);
}

static void
book_lines (CptDb *db, const Due *due, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptLedgerLine *line = g_ptr_array_index (lines, i);

      if (line->deleted)
        put_back (db, due->row, line->line);
      else if (due->books)
        book_line (db, due->row, line);
    }
  if (due->ends)
    put_back (db, due->row, NULL);
}

/* As the order stands now: it may have changed since it was found due. */
static gboolean
load_one_due (CptDb *db, gint64 row, Due *due, char **id, GBytes **document)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT " DUE_COLUMNS ", id, document FROM ledger_due JOIN orders USING (row)"
                      " JOIN document USING (row) WHERE row = ? AND raw_reason IS NULL");

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return FALSE;
  *due = read_due (statement);
  *id = cpt_statement_read_text (statement);
  *document = cpt_statement_read_bytes (statement);
  return TRUE;
}

static gpointer
book (CptDb *db, gpointer data)
{
  const BookInput *input = data;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autofree char *id = NULL;
  Due due = { 0 };

  cpt_db_assert_writer (db);
  if (!load_one_due (db, input->row, &due, &id, &document))
    return NULL;
  lines = input->reader (document, id);
  book_lines (db, &due, lines);
  run_for_row (db, "DELETE FROM ledger_due WHERE row = ?", due.row);
  return NULL;
}

/**
 * cpt_store_book:
 * @reader: called on the writer
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_book (gint64 row, CptLedgerReader reader)
{
  BookInput *input = g_new0 (BookInput, 1);

  input->row = row;
  input->reader = reader;
  return cpt_store_job_new (CPT_JOB_WRITE, book, input, g_free, NULL);
}

static gpointer
skip (CptDb *db, gpointer data)
{
  cpt_db_assert_writer (db);
  cpt_db_execute (db, "DELETE FROM ledger_due");
  return NULL;
}

/**
 * cpt_store_skip_ledger:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_skip_ledger (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, skip, NULL, NULL, NULL);
}
