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

static gboolean
is_called_off (CptOrderStatus status)
{
  return status == CPT_ORDER_CANCELLED || status == CPT_ORDER_REJECTED;
}

/* What was taken off is put back once HubRise says that the order ended: a cancellation pressed
 * here can still be taken back; for an order that stays here it is final. The rest is for orders
 * that were made or accepted here, or made after this till was connected and first seen when
 * accepted elsewhere. An order of the first list counts only when it was accepted here. */
static CptLedgerOrder *
read_order (CptStatement *statement)
{
  CptLedgerOrder *order = g_new0 (CptLedgerOrder, 1);
  CptOrderStatus status = CPT_ORDER_UNKNOWN, hubrise = CPT_ORDER_UNKNOWN;
  gboolean accepted_here = FALSE, later = FALSE, on_path = FALSE, local = FALSE;

  order->row = cpt_statement_read_int (statement);
  order->id = cpt_statement_read_text (statement);
  status = cpt_statement_read_status (statement);
  hubrise = cpt_statement_read_status (statement);
  accepted_here = cpt_statement_read_int (statement);
  later = cpt_statement_read_int (statement);
  local = cpt_statement_read_int (statement);
  order->document = cpt_statement_read_bytes (statement);
  order->ends = is_called_off (hubrise) || (local && is_called_off (status));
  on_path =
      !order->ends && cpt_order_status_rank (status) >= cpt_order_status_rank (CPT_ORDER_ACCEPTED);
  order->books = on_path && (accepted_here || later);
  return order;
}

static GPtrArray *
load_orders (CptDb *db, guint limit)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_ledger_order_free);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT row, id, orders.status, hubrise_status,"
          " till OR EXISTS (SELECT 1 FROM order_step WHERE order_step.row = orders.row"
          "   AND order_step.status = 'accepted' AND automatic = 0),"
          " first_list = 0 AND created_at >= (SELECT connected_since FROM connection),"
          " local_only, document FROM ledger_due JOIN orders USING (row) JOIN document USING (row)"
          " WHERE place = ? AND raw_reason IS NULL ORDER BY row LIMIT ?");

  cpt_statement_bind_int (statement, cpt_connection_table_get_place (db));
  cpt_statement_bind_int (statement, limit);
  while (cpt_statement_next (statement))
    g_ptr_array_add (orders, read_order (statement));
  return orders;
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
  GPtrArray *orders = load_orders (db, input->row);

  cpt_db_assert_writer (db);
  for (guint i = orders->len; i > 0; i--)
    {
      CptLedgerOrder *order = orders->pdata[i - 1];

      if (order->books || has_booked (db, order->row))
        continue;
      run_for_row (db, "DELETE FROM ledger_due WHERE row = ?", order->row);
      g_ptr_array_remove_index (orders, i - 1);
    }
  return orders;
}

/**
 * cpt_store_load_ledger_due:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptLedgerOrder)
 */
CptStoreJob *
cpt_store_load_ledger_due (guint limit)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, load_due, limit, CPT_TIME_NONE,
                                    (GDestroyNotify)g_ptr_array_unref);
}

typedef struct
{
  gint64 row;
  gboolean books, ends;
  GPtrArray *lines; /* (owned) (element-type CptLedgerLine) */
} BookInput;

static void
book_input_free (gpointer data)
{
  BookInput *input = data;

  g_ptr_array_unref (input->lines);
  g_free (input);
}

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

static gpointer
book (CptDb *db, gpointer data)
{
  const BookInput *input = data;

  cpt_db_assert_writer (db);
  for (guint i = 0; i < input->lines->len; i++)
    {
      const CptLedgerLine *line = g_ptr_array_index (input->lines, i);

      if (line->deleted)
        put_back (db, input->row, line->line);
      else if (input->books)
        book_line (db, input->row, line);
    }
  if (input->ends)
    put_back (db, input->row, NULL);
  run_for_row (db, "DELETE FROM ledger_due WHERE row = ?", input->row);
  return NULL;
}

/**
 * cpt_store_book:
 * @lines: (element-type CptLedgerLine): ref'd
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_book (CptLedgerOrder *order, GPtrArray *lines)
{
  BookInput *input = g_new0 (BookInput, 1);

  input->row = order->row;
  input->books = order->books;
  input->ends = order->ends;
  input->lines = g_ptr_array_ref (lines);
  return cpt_store_job_new (CPT_JOB_WRITE, book, input, book_input_free, NULL);
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
