/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HubRise holds, on its way in: the first inventory is taken over, later ones show what others
 * wrote. Constructors on the main thread, the rest on the workers. */
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

typedef struct
{
  GPtrArray *entries; /* (owned) (nullable) (element-type CptInventoryEntry) */
  GArray *rows;       /* (owned) (nullable) */
  gboolean ours;
  gboolean follow;
  CptStockMode mode;
  CptTime now;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->entries, g_ptr_array_unref);
  g_clear_pointer (&input->rows, g_array_unref);
  g_free (input);
}

static Input *
input_new (CptStockMode mode, CptTime now)
{
  Input *input = g_new0 (Input, 1);

  input->mode = mode;
  input->now = now;
  return input;
}

/* One row of the stock table beside what was read of it. */
typedef struct
{
  gint64 stock;
  CptStockRow row;
  gboolean fresh, refused;
  CptStockEntry read;
} Reading;

static GHashTable *
index_entries (GPtrArray *entries)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const CptInventoryEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (index, g_strdup_printf ("%d%s", entry->kind, entry->ref),
                           (gpointer)entry);
    }
  return index;
}

static CptStockEntry
look_up (GHashTable *index, const char *kind_text, const char *ref)
{
  CptItemKind kind = CPT_ITEM_SKU;
  const CptInventoryEntry *found = NULL;
  g_autofree char *key = NULL;

  cpt_item_kind_parse (kind_text, &kind);
  key = g_strdup_printf ("%d%s", kind, ref);
  found = g_hash_table_lookup (index, key);
  return found != NULL ? found->entry : CPT_STOCK_ENTRY_NONE;
}

/* All rows at once: they are changed afterwards, and a table must not change under its reader. */
static GArray *
load_readings (CptDb *db, gint64 binding, GPtrArray *entries)
{
  GArray *readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  g_autoptr (GHashTable) index = index_entries (entries);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT stock, fresh, refusal IS NOT NULL, " CPT_STOCK_COLUMNS
                          ", kind, ref FROM stock WHERE binding = ? AND listed = 1");

  cpt_statement_bind_int (statement, binding);
  while (cpt_statement_next (statement))
    {
      Reading reading = { 0 };
      const char *kind = NULL, *ref = NULL;

      reading.stock = cpt_statement_read_int (statement);
      reading.fresh = cpt_statement_read_int (statement);
      reading.refused = cpt_statement_read_int (statement);
      reading.row = cpt_stock_table_read (statement);
      kind = cpt_statement_peek_text (statement);
      ref = cpt_statement_peek_text (statement);
      reading.read = look_up (index, kind, ref);
      g_array_append_val (readings, reading);
    }
  return readings;
}

/* What was read is what is wanted: nothing of it leaves before something is changed. Where only
 * what is out of stock is sent, a number of another system would be removed else. */
static void
end_look (CptDb *db, gint64 stock)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE stock SET fresh = 0, dirty = 0 WHERE stock = ?");

  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

static void
take_over (CptDb *db, Reading *reading, CptTime now)
{
  cpt_stock_take_over (&reading->row.stock, reading->read, now);
  cpt_stock_table_set_own (db, reading->stock, &reading->row.stock);
  cpt_stock_table_set_known (db, reading->stock, reading->read, TRUE);
  end_look (db, reading->stock);
}

static void
set_theirs (CptDb *db, gint64 stock, gboolean has, CptStockEntry entry)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE stock SET theirs_state = iif (?, ?, NULL), theirs = ?, theirs_until = ?"
          " WHERE stock = ?");

  cpt_statement_bind_int (statement, has);
  cpt_statement_bind_int (statement, entry.state);
  cpt_statement_bind_int (statement, entry.thousandths);
  cpt_statement_bind_time (statement, entry.expires_at);
  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

/* Another program's change is shown, never overwritten by itself. */
static gboolean
note_theirs (CptDb *db, const Reading *reading, CptStockMode mode, CptTime now)
{
  CptStockEntry wanted = cpt_stock_rule (&reading->row.stock, mode, now);
  gboolean has = !cpt_stock_entry_equal (reading->read, reading->row.known, now) &&
                 !cpt_stock_entry_equal (reading->read, wanted, now);
  gboolean same = has == reading->row.has_theirs &&
                  (!has || cpt_stock_entry_equal (reading->read, reading->row.theirs, now));

  if (!same)
    set_theirs (db, reading->stock, has, reading->read);
  return has;
}

static gboolean
is_open (const CptStock *stock, CptStockEntry there, const Input *input)
{
  return !cpt_stock_entry_equal (cpt_stock_rule (stock, input->mode, input->now), there,
                                 input->now);
}

/* HubRise holds what it refused before: nothing is wrong with it any more. */
static void
forget_refusal (CptDb *db, const Reading *reading)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE stock SET refusal = NULL WHERE stock = ?");

  cpt_stock_table_set_known (db, reading->stock, reading->read, TRUE);
  cpt_statement_bind_int (statement, reading->stock);
  cpt_statement_run (statement);
}

static void
apply_reading (CptDb *db,
               Reading *reading,
               gboolean first,
               const Input *input,
               CptInventoryNews *news)
{
  gboolean there = reading->read.state == CPT_ENTRY_THERE;

  news->entries += there;
  if (reading->read.state == CPT_ENTRY_UNKNOWN)
    return;
  if ((first && reading->fresh) || input->follow || (reading->fresh && there))
    take_over (db, reading, input->now);
  else if (reading->row.known.state == CPT_ENTRY_UNKNOWN)
    cpt_stock_table_set_known (db, reading->stock, reading->read, TRUE);
  else
    news->differing += note_theirs (db, reading, input->mode, input->now);
  if (reading->refused && !is_open (&reading->row.stock, reading->read, input))
    forget_refusal (db, reading);
  /* Set here before HubRise's was ever read: which of the two holds is a person's to say. */
  news->asks = news->asks || (first && !input->follow && !reading->fresh &&
                              is_open (&reading->row.stock, reading->read, input));
}

static gboolean
is_first (CptDb *db, gint64 binding)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT 1 FROM stock_state WHERE binding = ? AND taken_over_at IS NOT NULL");

  cpt_statement_bind_int (statement, binding);
  return !cpt_statement_next (statement);
}

static void
note_reading (CptDb *db, gint64 binding, CptTime now, gboolean takes_over)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO stock_state (binding, compared_at, taken_over_at)"
                          " VALUES (?1, ?2, iif (?3, ?2, NULL))"
                          " ON CONFLICT (binding) DO UPDATE SET compared_at = ?2,"
                          " taken_over_at = coalesce (taken_over_at, excluded.taken_over_at)");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_time (statement, now);
  cpt_statement_bind_int (statement, takes_over);
  cpt_statement_run (statement);
}

static gpointer
apply_inventory (CptDb *db, gpointer data)
{
  const Input *input = data;
  CptInventoryNews *news = g_new0 (CptInventoryNews, 1);
  gint64 binding = cpt_stock_table_get_binding (db);
  g_autoptr (GArray) readings = load_readings (db, binding, input->entries);

  cpt_db_assert_writer (db);
  news->taken_over = is_first (db, binding);
  for (guint i = 0; i < readings->len && !cpt_db_has_failed (db); i++)
    apply_reading (db, &g_array_index (readings, Reading, i), news->taken_over, input, news);
  note_reading (db, binding, input->now, !news->asks);
  news->taken_over = news->taken_over && !news->asks;
  return news;
}

/**
 * cpt_store_apply_inventory:
 * @entries: (element-type CptInventoryEntry): whole, not to be changed any more
 * @follow: another till keeps the stock: HubRise's holds
 *
 * Returns: (transfer full): a writing job; result: (transfer full) #CptInventoryNews
 */
CptStoreJob *
cpt_store_apply_inventory (GPtrArray *entries, gboolean follow, CptStockMode mode, CptTime now)
{
  Input *input = input_new (mode, now);

  input->follow = follow;
  input->entries = g_ptr_array_ref (entries);
  return cpt_store_job_new (CPT_JOB_WRITE, apply_inventory, input, input_free, g_free);
}

/* --- Answering what differs --- */

static GArray *
load_stock (CptDb *db, const char *condition, gint64 parameter)
{
  GArray *readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  g_autofree char *sql =
      g_strconcat ("SELECT stock, " CPT_STOCK_COLUMNS " FROM stock WHERE ", condition, NULL);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, parameter);
  while (cpt_statement_next (statement))
    {
      Reading reading = { .stock = cpt_statement_read_int (statement) };

      reading.row = cpt_stock_table_read (statement);
      g_array_append_val (readings, reading);
    }
  return readings;
}

static gpointer
follow (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (GArray) changed =
      load_stock (db, "binding = ? AND listed = 1 AND dirty > 0 AND known_state <> 2",
                  cpt_stock_table_get_binding (db));

  cpt_db_assert_writer (db);
  for (guint i = 0; i < changed->len && !cpt_db_has_failed (db); i++)
    {
      Reading *reading = &g_array_index (changed, Reading, i);

      reading->read = reading->row.has_theirs ? reading->row.theirs : reading->row.known;
      take_over (db, reading, input->now);
    }
  return NULL;
}

/**
 * cpt_store_follow_stock:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_follow_stock (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, follow, 0, now, NULL);
}

static void
send_ours (CptDb *db, gint64 stock)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE stock SET known_state = 2, theirs_state = NULL, refusal = NULL, dirty = 2"
          " WHERE stock = ?");

  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

static void
answer_difference (CptDb *db, Reading *reading, const Input *input)
{
  CptStockEntry wanted = cpt_stock_rule (&reading->row.stock, input->mode, input->now);
  CptStockEntry there = reading->row.has_theirs ? reading->row.theirs : reading->row.known;

  if (cpt_stock_entry_equal (wanted, there, input->now))
    return;
  reading->read = there;
  if (input->ours)
    send_ours (db, reading->stock);
  else if (there.state != CPT_ENTRY_UNKNOWN)
    take_over (db, reading, input->now);
}

static void
answer_all (CptDb *db, GArray *readings, const Input *input)
{
  for (guint i = 0; i < readings->len && !cpt_db_has_failed (db); i++)
    answer_difference (db, &g_array_index (readings, Reading, i), input);
}

/* The first binding is over once no line waits for an answer. What is to be sent is unknown. */
static void
end_question (CptDb *db, const Input *input)
{
  gint64 binding = cpt_stock_table_get_binding (db);
  g_autoptr (GArray) all = NULL;

  if (!is_first (db, binding))
    return;
  all = load_stock (db, "binding = ? AND listed = 1 AND known_state <> 2", binding);
  for (guint i = 0; i < all->len; i++)
    {
      const Reading *reading = &g_array_index (all, Reading, i);

      if (is_open (&reading->row.stock, reading->row.known, input))
        return;
    }
  note_reading (db, binding, input->now, TRUE);
}

static gpointer
answer_differences (CptDb *db, gpointer data)
{
  const Input *input = data;

  cpt_db_assert_writer (db);
  if (input->rows == NULL)
    {
      g_autoptr (GArray) all =
          load_stock (db, "binding = ? AND listed = 1", cpt_stock_table_get_binding (db));

      answer_all (db, all, input);
    }
  for (guint i = 0; input->rows != NULL && i < input->rows->len; i++)
    {
      g_autoptr (GArray) one = load_stock (db, "stock = (SELECT stock FROM item WHERE item = ?)",
                                           g_array_index (input->rows, gint64, i));

      answer_all (db, one, input);
    }
  end_question (db, input);
  return NULL;
}

/**
 * cpt_store_answer_stock_differences:
 * @rows: (nullable) (element-type gint64): items, copied; NULL: every difference
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_answer_stock_differences (GArray *rows, gboolean ours, CptStockMode mode, CptTime now)
{
  Input *input = input_new (mode, now);

  input->rows = rows != NULL ? g_array_copy (rows) : NULL;
  input->ours = ours;
  return cpt_store_job_new (CPT_JOB_WRITE, answer_differences, input, input_free, NULL);
}
