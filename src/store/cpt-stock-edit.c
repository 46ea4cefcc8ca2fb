/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own changes of stock, by rows, by refs and by the clock. Constructors on the main
 * thread, the rest on the writer. */
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

typedef struct
{
  GArray *rows;    /* (owned) (nullable) items */
  GArray *undos;   /* (owned) (nullable) */
  GPtrArray *keys; /* (owned) (nullable) */
  GArray *edits;   /* (owned) (nullable) (element-type CptStockEdit) */
  CptStockEdit edit;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->rows, g_array_unref);
  g_clear_pointer (&input->undos, g_array_unref);
  g_clear_pointer (&input->keys, g_ptr_array_unref);
  g_clear_pointer (&input->edits, g_array_unref);
  g_free (input);
}

static GArray *
undos_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (CptStockUndo));
}

static gboolean
load_own (CptDb *db, gint64 stock, CptStock *own)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT " CPT_STOCK_COLUMNS " FROM stock WHERE stock = ?");

  cpt_statement_bind_int (statement, stock);
  if (!cpt_statement_next (statement))
    return FALSE;
  *own = cpt_stock_table_read (statement).stock;
  return TRUE;
}

static gint64
find_stock_of_item (CptDb *db, gint64 item)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT stock FROM item WHERE item = ?");

  cpt_statement_bind_int (statement, item);
  return cpt_statement_next (statement) ? cpt_statement_read_int (statement) : 0;
}

/* Writes it and keeps what stood there. */
static void
set_own (CptDb *db, const CptStockUndo *change, GArray *undos)
{
  cpt_stock_table_set_own (db, change->stock, &change->after);
  g_array_append_vals (undos, change, 1);
}

static gboolean
edit_one (CptDb *db, gint64 stock, const CptStockEdit *edit, GArray *undos)
{
  CptStockUndo change = { .stock = stock };

  if (!load_own (db, stock, &change.before))
    return FALSE;
  change.after = change.before;
  if (!cpt_stock_apply (&change.after, edit))
    return FALSE;
  set_own (db, &change, undos);
  return TRUE;
}

/* What a file or a program says of an item that is off already does not say until when. */
static gboolean
edit_by_program (CptDb *db, gint64 stock, CptStockEdit edit, GArray *undos)
{
  CptStock own = CPT_STOCK_INIT;

  if (load_own (db, stock, &own) && own.active == edit.active)
    edit.sets_active = FALSE;
  return edit_one (db, stock, &edit, undos);
}

static gboolean
add_once (GArray *stocks, gint64 stock)
{
  for (guint i = 0; i < stocks->len; i++)
    if (g_array_index (stocks, gint64, i) == stock)
      return FALSE;
  g_array_append_val (stocks, stock);
  return TRUE;
}

static gpointer
edit_rows (CptDb *db, gpointer data)
{
  const Input *input = data;
  GArray *undos = undos_new ();
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (gint64));

  cpt_db_assert_writer (db);
  for (guint i = 0; i < input->rows->len; i++)
    {
      gint64 stock = find_stock_of_item (db, g_array_index (input->rows, gint64, i));

      /* Two rows of one ref are one stock: "one more" means one. */
      if (stock != 0 && add_once (done, stock) && !edit_one (db, stock, &input->edit, undos))
        cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "the number is too large");
    }
  return undos;
}

/**
 * cpt_store_edit_stock:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptStockUndo)
 */
CptStoreJob *
cpt_store_edit_stock (const gint64 *rows, gsize n_rows, const CptStockEdit *edit)
{
  Input *input = g_new0 (Input, 1);

  input->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);
  g_array_append_vals (input->rows, rows, n_rows);
  input->edit = *edit;
  return cpt_store_job_new (CPT_JOB_WRITE, edit_rows, input, input_free,
                            (GDestroyNotify)g_array_unref);
}

/* What left the catalog meanwhile has its stock still. */
static void
take_back (CptDb *db, const CptStockUndo *undo, GArray *undos)
{
  CptStockUndo change = { .stock = undo->stock };

  if (!load_own (db, undo->stock, &change.before))
    return;
  change.after = change.before;
  if (cpt_stock_undo_apply (undo, &change.after))
    set_own (db, &change, undos);
  else
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "the number is too large");
}

static gpointer
undo (CptDb *db, gpointer data)
{
  const Input *input = data;
  GArray *undos = undos_new ();

  cpt_db_assert_writer (db);
  for (guint i = 0; i < input->undos->len; i++)
    take_back (db, &g_array_index (input->undos, CptStockUndo, i), undos);
  return undos;
}

/**
 * cpt_store_undo_stock:
 * @undos: (element-type CptStockUndo): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptStockUndo)
 */
CptStoreJob *
cpt_store_undo_stock (GArray *undos)
{
  Input *input = g_new0 (Input, 1);

  input->undos = g_array_copy (undos);
  return cpt_store_job_new (CPT_JOB_WRITE, undo, input, input_free, (GDestroyNotify)g_array_unref);
}

static gint64
find_stock_of_ref (CptDb *db, const CptInventoryEntry *key)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT stock FROM stock WHERE binding = ? AND kind = ? AND ref = ? AND listed = 1");

  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (key->kind));
  cpt_statement_bind_text (statement, key->ref);
  return cpt_statement_next (statement) ? cpt_statement_read_int (statement) : 0;
}

static gpointer
edit_by_ref (CptDb *db, gpointer data)
{
  const Input *input = data;
  GArray *taken = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autoptr (GArray) undos = undos_new ();

  cpt_db_assert_writer (db);
  for (guint i = 0; i < input->keys->len; i++)
    {
      gint64 stock = find_stock_of_ref (db, g_ptr_array_index (input->keys, i));
      CptStockEdit edit = g_array_index (input->edits, CptStockEdit, i);
      gboolean found = stock != 0 && edit_by_program (db, stock, edit, undos);

      g_array_append_val (taken, found);
    }
  return taken;
}

/**
 * cpt_store_edit_stock_by_ref:
 * @keys: (element-type CptInventoryEntry): ref'd
 * @edits: (element-type CptStockEdit): copied, as many
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type gboolean)
 */
CptStoreJob *
cpt_store_edit_stock_by_ref (GPtrArray *keys, GArray *edits)
{
  Input *input = g_new0 (Input, 1);

  g_return_val_if_fail (keys->len == edits->len, NULL);

  input->keys = g_ptr_array_ref (keys);
  input->edits = g_array_copy (edits);
  return cpt_store_job_new (CPT_JOB_WRITE, edit_by_ref, input, input_free,
                            (GDestroyNotify)g_array_unref);
}

static gpointer
box_int (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static gpointer
wake (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE stock SET active = 1, back_on = NULL WHERE active = 0 AND back_on <= ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_time (statement, input->now);
  cpt_statement_run (statement);
  return box_int (cpt_db_changes (db));
}

/**
 * cpt_store_wake_stock:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_wake_stock (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, wake, 0, now, g_free);
}

static gpointer
reset (CptDb *db, gpointer data)
{
  cpt_db_assert_writer (db);
  cpt_db_execute (
      db, "UPDATE stock SET active = 1, back_on = NULL WHERE active = 0 AND back_on IS NOT NULL");
  return box_int (cpt_db_changes (db));
}

/**
 * cpt_store_reset_stock:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_reset_stock (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, reset, NULL, NULL, g_free);
}

static gpointer
look_for_others (CptDb *db, gpointer data)
{
  /* On the writer's own connection the number moves for foreign commits only. */
  return box_int (cpt_db_query_int (db, "PRAGMA data_version"));
}

/**
 * cpt_store_look_for_others:
 *
 * Returns: (transfer full): a job for the writer; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_look_for_others (void)
{
  return cpt_store_job_new (CPT_JOB_OPEN, look_for_others, NULL, NULL, g_free);
}
