/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order for a row of a list or for its detail. Constructors on the main thread, the rest on
 * the reader. */
#include "cpt-connection-table-private.h"
#include "cpt-order-table-private.h"
#include "cpt-outbox-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

#define COLUMNS                                                                                    \
  "SELECT row, id, raw_reason, place, number, source, service_type, table_name, created_at, "      \
  "expected_time, confirmed_time, first_seen_at, late, first_list, customer, items, total, "       \
  "total_currency, total_calculated, due, due_currency, paid, paid_currency, hubrise_status, "     \
  "status, local_only, handled_elsewhere, notice, notice_text, waiting, send_step, send_status, "  \
  "send_reason, send_refused, held_step, held_status, held_until, unsent_accept_at, "              \
  "promised_time, till, "                                                                          \
  "outbox_entry, outbox_kind, outbox_reason, outbox_refused FROM orders"

static void
read_names (CptStatement *statement, gint64 place, CptOrderRow *row)
{
  row->row = cpt_statement_read_int (statement);
  row->id = cpt_statement_read_text (statement);
  row->raw_reason = cpt_statement_read_text (statement);
  row->foreign = cpt_statement_read_int (statement) != place;
  row->number = cpt_statement_read_text (statement);
  row->source = cpt_statement_read_text (statement);
  row->service_type_text = cpt_statement_read_text (statement);
  row->service_type = cpt_service_type_parse (row->service_type_text);
  row->table_name = cpt_statement_read_text (statement);
  row->created_at = cpt_statement_read_time (statement);
  row->expected_time = cpt_statement_read_time (statement);
  row->confirmed_time = cpt_statement_read_time (statement);
  row->first_seen_at = cpt_statement_read_time (statement);
  row->late = cpt_statement_read_int (statement);
  row->first_list = cpt_statement_read_int (statement);
  row->customer = cpt_statement_read_text (statement);
  row->items = cpt_statement_read_text (statement);
}

static void
read_amounts (CptStatement *statement, CptOrderRow *row)
{
  CptOrderBalance balance = { 0 };

  balance.total = cpt_statement_read_money (statement);
  balance.calculated = cpt_statement_read_int (statement);
  balance.due = cpt_statement_read_money (statement);
  balance.paid = cpt_statement_read_money (statement);
  row->total = balance.total;
  row->total_calculated = balance.calculated;
  row->due = balance.due;
  row->paid = cpt_order_balance_state (&balance);
}

static void
read_status (CptStatement *statement, CptOrderRow *row)
{
  char *word = cpt_statement_read_text (statement);

  row->hubrise_status = cpt_order_status_parse (word);
  if (row->hubrise_status == CPT_ORDER_UNKNOWN)
    row->status_text = g_steal_pointer (&word);
  g_free (word);
  row->status = cpt_statement_read_status (statement);
  row->local_only = cpt_statement_read_int (statement);
  row->handled_elsewhere = cpt_statement_read_int (statement);
  row->notice = cpt_statement_read_enum (statement, CPT_NOTICE_LAST, CPT_NOTICE_NONE);
  row->notice_text = cpt_statement_read_text (statement);
  row->waiting = cpt_statement_read_int (statement) && !row->foreign;
}

static void
read_send_state (CptStatement *statement, CptTime now, CptOrderRow *row)
{
  gboolean refused = FALSE;
  gint64 held_step = 0;
  CptOrderStatus held_status = CPT_ORDER_UNKNOWN;
  CptTime held_until = CPT_TIME_NONE;

  row->send_step = cpt_statement_read_int (statement);
  row->send_status = cpt_statement_read_status (statement);
  row->send_reason = cpt_statement_read_text (statement);
  refused = cpt_statement_read_int (statement);
  held_step = cpt_statement_read_int (statement);
  held_status = cpt_statement_read_status (statement);
  held_until = cpt_statement_read_time (statement);

  if (row->send_step == 0)
    row->send = CPT_SEND_NOTHING;
  else
    row->send = refused ? CPT_SEND_REFUSED : CPT_SEND_WAITING;
  /* What can still be taken back is what the row offers first. */
  if (held_step == 0 || now >= held_until)
    return;
  row->send = CPT_SEND_HELD;
  row->send_step = held_step;
  row->send_status = held_status;
  row->held_until = held_until;
  g_clear_pointer (&row->send_reason, g_free);
}

static void
read_outbox (CptStatement *statement, CptOrderRow *row)
{
  row->till = cpt_statement_read_int (statement);
  row->outbox_entry = cpt_statement_read_int (statement);
  row->outbox_kind = cpt_outbox_kind_parse (cpt_statement_peek_text (statement));
  row->outbox_reason = cpt_statement_read_text (statement);
  if (row->outbox_entry != 0)
    row->outbox = cpt_statement_read_int (statement) ? CPT_SEND_REFUSED : CPT_SEND_WAITING;
}

static CptOrderRow *
read_row (CptStatement *statement, gint64 place, CptTime now)
{
  CptOrderRow *row = cpt_order_row_new ();

  read_names (statement, place, row);
  read_amounts (statement, row);
  read_status (statement, row);
  read_send_state (statement, now, row);
  row->unsent_accept_at = cpt_statement_read_time (statement);
  row->promised_time = cpt_statement_read_time (statement);
  read_outbox (statement, row);
  return row;
}

static CptOrderRow *
load_row (CptDb *db, gint64 place, gint64 row, CptTime now)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, COLUMNS " WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement) ? read_row (statement, place, now) : NULL;
}

typedef struct
{
  gint64 *rows; /* (owned) */
  gsize n_rows;
  CptTime now;
} RowsInput;

static void
rows_input_free (gpointer data)
{
  RowsInput *input = data;

  g_free (input->rows);
  g_free (input);
}

static GPtrArray *
rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);
}

static gpointer
load_rows (CptDb *db, gpointer data)
{
  const RowsInput *input = data;
  GPtrArray *rows = rows_new ();
  gint64 place = cpt_connection_table_get_place (db);

  for (gsize i = 0; i < input->n_rows; i++)
    {
      CptOrderRow *row = load_row (db, place, input->rows[i], input->now);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

/**
 * cpt_store_load_rows:
 * @rows: (array length=n_rows): copied
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptOrderRow)
 *   #GPtrArray
 */
CptStoreJob *
cpt_store_load_rows (const gint64 *rows, gsize n_rows, CptTime now)
{
  RowsInput *input = g_new0 (RowsInput, 1);

  input->rows = g_memdup2 (rows, n_rows * sizeof *rows);
  input->n_rows = n_rows;
  input->now = now;
  return cpt_store_job_new (CPT_JOB_READ, load_rows, input, rows_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
load_of_place (CptDb *db, const char *sql, CptTime now)
{
  GPtrArray *rows = rows_new ();
  gint64 place = cpt_connection_table_get_place (db);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, place);
  while (cpt_statement_next (statement))
    g_ptr_array_add (rows, read_row (statement, place, now));
  return rows;
}

static gpointer
load_waiting_rows (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;

  return load_of_place (db, COLUMNS " WHERE place = ? AND desk = 3 ORDER BY listed_at, row",
                        input->now);
}

/**
 * cpt_store_load_waiting_rows:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptOrderRow)
 *   #GPtrArray, oldest first
 */
CptStoreJob *
cpt_store_load_waiting_rows (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_waiting_rows, 0, now,
                                    (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
load_unconfirmed_rows (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;

  return load_of_place (db,
                        COLUMNS
                        " WHERE place = ? AND unsent_accept_at IS NOT NULL ORDER BY listed_at, row",
                        input->now);
}

/**
 * cpt_store_load_unconfirmed_rows:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptOrderRow)
 *   #GPtrArray, oldest first
 */
CptStoreJob *
cpt_store_load_unconfirmed_rows (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_unconfirmed_rows, 0, now,
                                    (GDestroyNotify)g_ptr_array_unref);
}

static GBytes *
load_document (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT document FROM document WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement) ? cpt_statement_read_bytes (statement)
                                        : g_bytes_new (NULL, 0);
}

static gpointer
load_order (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  CptOrderRecord *record = NULL;
  CptOrderRow *row = load_row (db, cpt_connection_table_get_place (db), input->row, input->now);

  if (row == NULL)
    {
      cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
      return NULL;
    }
  record = g_new0 (CptOrderRecord, 1);
  record->row = row;
  record->raw_reason = g_strdup (row->raw_reason);
  record->document = load_document (db, input->row);
  record->history = cpt_history_load (db, input->row);
  record->outbox = cpt_outbox_table_load_of_order (db, input->row);
  record->seen = cpt_seen_table_load (db, input->row);
  return record;
}

/**
 * cpt_store_load_order:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptOrderRecord
 */
CptStoreJob *
cpt_store_load_order (gint64 row, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_order, row, now,
                                    (GDestroyNotify)cpt_order_record_free);
}

void
cpt_order_record_free (CptOrderRecord *record)
{
  cpt_order_row_unref (record->row);
  g_bytes_unref (record->document);
  g_free (record->raw_reason);
  g_ptr_array_unref (record->history);
  g_ptr_array_unref (record->outbox);
  g_clear_pointer (&record->seen, g_bytes_unref);
  g_free (record);
}

static gpointer
find_order (CptDb *db, gpointer data)
{
  const char *id = data;
  gint64 place = cpt_connection_table_get_place (db);
  gint64 *result = g_new0 (gint64, 1);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT row FROM orders WHERE place = ? AND id = ?");

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, id);
  if (cpt_statement_next (statement))
    *result = cpt_statement_read_int (statement);
  return result;
}

/**
 * cpt_store_find_order:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) gint64, 0 for none
 */
CptStoreJob *
cpt_store_find_order (const char *id)
{
  return cpt_store_job_new (CPT_JOB_READ, find_order, g_strdup (id), g_free, g_free);
}
