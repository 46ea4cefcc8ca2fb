/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock on its way out: what differs leaves, and what became of it is kept. Constructors on the
 * main thread, the rest on the writer. */
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

typedef struct
{
  guint limit;
  gboolean everything;
  gboolean only_owed;
  GArray *delays;      /* (owned) (nullable) (element-type CptStockDelay) */
  GHashTable *delayed; /* (owned) (nullable) of their stock: each of them, borrowed */
  CptStockMode mode;
  CptTime now;
} LeaveInput;

static void
leave_input_free (gpointer data)
{
  LeaveInput *input = data;

  g_clear_pointer (&input->delayed, g_hash_table_unref);
  g_clear_pointer (&input->delays, g_array_unref);
  g_free (input);
}

/**
 * cpt_stock_change_free:
 * @change: (transfer full)
 */
void
cpt_stock_change_free (CptStockChange *change)
{
  g_clear_pointer (&change->entry, cpt_inventory_entry_free);
  g_free (change->reason);
  g_free (change);
}

static void
run_for_stock (CptDb *db, const char *sql, gint64 stock)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

static gboolean
is_delayed (const LeaveInput *input, gint64 stock, CptStockEntry wanted)
{
  const CptStockDelay *delay =
      input->delayed != NULL ? g_hash_table_lookup (input->delayed, &stock) : NULL;

  return delay != NULL && cpt_stock_entry_equal (delay->wanted, wanted, input->now);
}

static void
read_change (CptStatement *statement, const LeaveInput *input, GPtrArray *changes, GArray *equal)
{
  gint64 stock = cpt_statement_read_int (statement);
  CptStockRow row = cpt_stock_table_read (statement);
  CptItemKind kind = CPT_ITEM_SKU;
  const char *kind_text = cpt_statement_peek_text (statement);
  const char *ref = cpt_statement_peek_text (statement);
  CptStockEntry wanted = cpt_stock_rule (&row.stock, input->mode, input->now);
  CptStockChange *change = NULL;

  if (!input->everything && cpt_stock_entry_equal (wanted, row.known, input->now))
    {
      g_array_append_val (equal, stock);
      return;
    }
  if (is_delayed (input, stock, wanted))
    return;
  cpt_item_kind_parse (kind_text, &kind);
  change = g_new0 (CptStockChange, 1);
  change->stock = stock;
  change->entry = cpt_inventory_entry_new (kind, ref, wanted);
  change->before = row.known;
  g_ptr_array_add (changes, change);
}

static void
collect (CptDb *db, const LeaveInput *input, GPtrArray *changes, GArray *equal)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db,
      input->everything
          ? "SELECT stock, " CPT_STOCK_COLUMNS ", kind, ref FROM stock"
            " WHERE binding = ? AND listed = 1"
          : "SELECT stock, " CPT_STOCK_COLUMNS ", kind, ref FROM stock"
            " WHERE binding = ? AND dirty >= ? AND listed = 1 AND refusal IS NULL ORDER BY stock");

  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  if (!input->everything)
    cpt_statement_bind_int (statement, input->only_owed ? 2 : 1);
  while (changes->len < input->limit && cpt_statement_next (statement))
    read_change (statement, input, changes, equal);
}

static gpointer
leave (CptDb *db, gpointer data)
{
  const LeaveInput *input = data;
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_change_free);
  g_autoptr (GArray) equal = g_array_new (FALSE, FALSE, sizeof (gint64));

  cpt_db_assert_writer (db);
  collect (db, input, changes, equal);
  for (guint i = 0; i < equal->len; i++)
    run_for_stock (db, "UPDATE stock SET dirty = 0 WHERE stock = ?",
                   g_array_index (equal, gint64, i));
  /* Before the request leaves, and dirty so that it is looked at again whatever happens. */
  for (guint i = 0; i < changes->len; i++)
    run_for_stock (db, "UPDATE stock SET known_state = 2, dirty = max (dirty, 1) WHERE stock = ?",
                   ((CptStockChange *)changes->pdata[i])->stock);
  return changes;
}

static LeaveInput *
leave_input_new (guint limit, CptStockMode mode, CptTime now)
{
  LeaveInput *input = g_new0 (LeaveInput, 1);

  input->limit = limit;
  input->mode = mode;
  input->now = now;
  return input;
}

static CptStoreJob *
new_leave (LeaveInput *input)
{
  return cpt_store_job_new (CPT_JOB_WRITE, leave, input, leave_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

/**
 * cpt_store_leave_stock:
 * @delays: (element-type CptStockDelay): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptStockChange)
 */
CptStoreJob *
cpt_store_leave_stock (guint limit,
                       gboolean only_owed,
                       GArray *delays,
                       CptStockMode mode,
                       CptTime now)
{
  LeaveInput *input = leave_input_new (limit, mode, now);

  input->only_owed = only_owed;
  input->delays = g_array_copy (delays);
  input->delayed = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < delays->len; i++)
    g_hash_table_add (input->delayed, &g_array_index (input->delays, CptStockDelay, i));
  return new_leave (input);
}

/**
 * cpt_store_leave_all_stock:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptStockChange)
 */
CptStoreJob *
cpt_store_leave_all_stock (CptStockMode mode, CptTime now)
{
  LeaveInput *input = leave_input_new (G_MAXUINT, mode, now);

  input->everything = TRUE;
  return new_leave (input);
}

static void
refuse (CptDb *db, const CptStockChange *change)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE stock SET refusal = ? WHERE stock = ?");

  cpt_statement_bind_text (statement, change->reason != NULL ? change->reason : "");
  cpt_statement_bind_int (statement, change->stock);
  cpt_statement_run (statement);
}

static void
settle_one (CptDb *db, const CptStockChange *change)
{
  if (change->fate == CPT_STOCK_FATE_CONFIRMED)
    cpt_stock_table_set_known (db, change->stock, change->entry->entry, TRUE);
  else if (change->fate != CPT_STOCK_FATE_LOST)
    cpt_stock_table_set_known (db, change->stock, change->before, FALSE);
  if (change->fate == CPT_STOCK_FATE_REFUSED)
    refuse (db, change);
  else if (change->fate == CPT_STOCK_FATE_PUT_OFF)
    run_for_stock (db, "UPDATE stock SET dirty = 2 WHERE stock = ?", change->stock);
}

static gpointer
settle (CptDb *db, gpointer data)
{
  const GPtrArray *changes = data;

  cpt_db_assert_writer (db);
  for (guint i = 0; i < changes->len && !cpt_db_has_failed (db); i++)
    settle_one (db, g_ptr_array_index (changes, i));
  return NULL;
}

/**
 * cpt_store_settle_stock:
 * @changes: (element-type CptStockChange): ref'd, not to be changed any more
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_settle_stock (GPtrArray *changes)
{
  return cpt_store_job_new (CPT_JOB_WRITE, settle, g_ptr_array_ref (changes),
                            (GDestroyNotify)g_ptr_array_unref, NULL);
}

static gpointer
note_sync (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE stock_state SET synced_at = ?, sync_differences = ? WHERE binding = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_time (statement, input->now);
  cpt_statement_bind_int (statement, input->row);
  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  cpt_statement_run (statement);
  return NULL;
}

/**
 * cpt_store_note_sync:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_note_sync (gint64 differences, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, note_sync, differences, now, NULL);
}

static gpointer
review (CptDb *db, gpointer data)
{
  cpt_db_assert_writer (db);
  cpt_db_execute (db, "UPDATE stock SET dirty = 1 WHERE dirty = 0");
  return NULL;
}

/**
 * cpt_store_review_stock:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_review_stock (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, review, NULL, NULL, NULL);
}

static gpointer
retry (CptDb *db, gpointer data)
{
  cpt_db_assert_writer (db);
  cpt_db_execute (db, "UPDATE stock SET refusal = NULL, dirty = 2 WHERE refusal IS NOT NULL");
  return NULL;
}

/**
 * cpt_store_retry_stock:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_retry_stock (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, retry, NULL, NULL, NULL);
}
