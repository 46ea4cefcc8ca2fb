/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stock view shows: which items, how many, and what stands in each row. Constructors on
 * the main thread, the rest on the reader. */
#include "cpt-connection-table-private.h"
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

#define FROM_ITEMS " FROM item LEFT JOIN stock USING (stock)"
/* The amber ones: some are left, at or under the threshold. */
#define IS_LOW                                                                                     \
  "(stock.managed = 1 AND stock.active = 1 AND stock.quantity > 0"                                 \
  " AND stock.quantity <= stock.low)"
#define ITEM_COLUMNS                                                                               \
  "item.item, item.kind, item.ref, item.name, item.variant, item.category, item.price,"            \
  " item.currency, item.shared, item.stock IS NOT NULL, stock.refusal, " CPT_STOCK_COLUMNS

typedef struct
{
  CptStockQuery query; /* (owned strings) */
  GArray *rows;        /* (owned) (nullable) */
  CptStockMode mode;
  CptTime now;
} Input;

static Input *
input_new (CptStockMode mode, CptTime now)
{
  Input *input = g_new0 (Input, 1);

  input->mode = mode;
  input->now = now;
  return input;
}

static void
input_free (gpointer data)
{
  Input *input = data;

  g_free (input->query.category);
  g_free (input->query.text);
  g_clear_pointer (&input->rows, g_array_unref);
  g_free (input);
}

static Input *
input_new_for_query (const CptStockQuery *query, CptTime now)
{
  Input *input = input_new (CPT_STOCK_QUANTITIES, now);
  g_autofree char *ascii = query->text != NULL ? g_str_to_ascii (query->text, "C") : NULL;

  input->query = *query;
  input->query.category = g_strdup (query->category);
  input->query.text = ascii != NULL ? g_utf8_casefold (ascii, -1) : NULL;
  return input;
}

/* --- Lists and counts --- */

/* Every word typed must stand somewhere. */
static char **
split_words (const CptStockQuery *query)
{
  return query->text != NULL ? g_strsplit (query->text, " ", -1) : g_new0 (char *, 1);
}

static void
append_filters (GString *sql, const CptStockQuery *query, char **words)
{
  g_string_append (sql, " WHERE item.binding = ? AND item.gone = 0");
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append (sql, " AND instr (item.search, ?) > 0");
  if (query->low)
    g_string_append (sql, " AND " IS_LOW);
}

static void
bind_filters (CptStatement *statement, CptDb *db, char **words)
{
  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      cpt_statement_bind_text (statement, words[i]);
}

static const char *const tab_conditions[] = {
  [CPT_STOCK_TAB_OUT] = " AND " CPT_STOCK_IS_OUT,
  [CPT_STOCK_TAB_AVAILABLE] = " AND coalesce (NOT " CPT_STOCK_IS_OUT ", 1)",
  [CPT_STOCK_TAB_ALL] = " AND coalesce (? > 0, 1)",
};

static gpointer
list (CptDb *db, gpointer data)
{
  const Input *input = data;
  const CptStockQuery *query = &input->query;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) words = split_words (query);
  g_autoptr (GString) sql = g_string_new ("SELECT item.item" FROM_ITEMS);
  g_autoptr (CptStatement) statement = NULL;

  append_filters (sql, query, words);
  g_string_append (sql, tab_conditions[query->tab]);
  g_string_append (sql, " AND item.kind = ?");
  if (query->category != NULL)
    g_string_append (sql, " AND item.category = ?");
  g_string_append (sql, " ORDER BY item.position");
  statement = cpt_db_prepare (db, sql->str);
  bind_filters (statement, db, words);
  cpt_statement_bind_time (statement, input->now);
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (query->kind));
  if (query->category != NULL)
    cpt_statement_bind_text (statement, query->category);
  while (cpt_statement_next (statement))
    {
      gint64 row = cpt_statement_read_int (statement);

      g_array_append_val (rows, row);
    }
  return rows;
}

/**
 * cpt_store_list_stock:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type gint64)
 */
CptStoreJob *
cpt_store_list_stock (const CptStockQuery *query, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, list, input_new_for_query (query, now), input_free,
                            (GDestroyNotify)g_array_unref);
}

/* Items that look alike to all filters. */
typedef struct
{
  CptItemKind kind;
  gboolean out, low, within;
  gint64 n;
} Group;

static gboolean
is_in_tab (const CptStockQuery *query, const Group *group)
{
  if (query->low)
    return group->low;
  return query->tab == CPT_STOCK_TAB_ALL || group->out == (query->tab == CPT_STOCK_TAB_OUT);
}

static void
add_group (CptStockCounts *counts, const CptStockQuery *query, const Group *group)
{
  if (group->kind == query->kind && group->within)
    {
      counts->all += group->n;
      *(group->out ? &counts->out : &counts->available) += group->n;
      counts->low += group->low ? group->n : 0;
    }
  if (is_in_tab (query, group))
    *(group->kind == CPT_ITEM_SKU ? &counts->skus : &counts->options) += group->n;
}

static Group
read_group (CptStatement *statement)
{
  Group group = { 0 };

  cpt_item_kind_parse (cpt_statement_peek_text (statement), &group.kind);
  group.out = cpt_statement_read_int (statement);
  group.low = cpt_statement_read_int (statement);
  group.within = cpt_statement_read_int (statement);
  group.n = cpt_statement_read_int (statement);
  return group;
}

static gpointer
count (CptDb *db, gpointer data)
{
  const Input *input = data;
  CptStockCounts *counts = g_new0 (CptStockCounts, 1);
  CptStockQuery filters = input->query;
  g_auto (GStrv) words = split_words (&input->query);
  g_autoptr (GString) sql =
      g_string_new ("SELECT item.kind, coalesce (" CPT_STOCK_IS_OUT ", 0) AS out, coalesce (" IS_LOW
                    ", 0) AS low,"
                    " ? IS NULL OR item.category IS ? AS within, count (*)" FROM_ITEMS);
  g_autoptr (CptStatement) statement = NULL;

  filters.low = FALSE; /* it is a tab, and each tab is counted */
  append_filters (sql, &filters, words);
  g_string_append (sql, " GROUP BY 1, 2, 3, 4");
  statement = cpt_db_prepare (db, sql->str);
  cpt_statement_bind_time (statement, input->now);
  cpt_statement_bind_text (statement, input->query.category);
  cpt_statement_bind_text (statement, input->query.category);
  bind_filters (statement, db, words);
  while (cpt_statement_next (statement))
    {
      Group group = read_group (statement);

      add_group (counts, &input->query, &group);
    }
  return counts;
}

/**
 * cpt_store_count_stock:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptStockCounts
 */
CptStoreJob *
cpt_store_count_stock (const CptStockQuery *query, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, count, input_new_for_query (query, now), input_free,
                            g_free);
}

static gpointer
list_categories (CptDb *db, gpointer data)
{
  const Input *input = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT category FROM item WHERE binding = ? AND kind = ? AND gone = 0"
                          " AND category IS NOT NULL GROUP BY category ORDER BY min (position)");

  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (input->query.kind));
  while (cpt_statement_next (statement))
    g_strv_builder_add (builder, cpt_statement_peek_text (statement));
  return g_strv_builder_end (builder);
}

/**
 * cpt_store_list_stock_categories:
 *
 * Returns: (transfer full): a reading job; result: (transfer full): the names
 */
CptStoreJob *
cpt_store_list_stock_categories (CptItemKind kind)
{
  Input *input = input_new (CPT_STOCK_QUANTITIES, 0);

  input->query.kind = kind;
  return cpt_store_job_new (CPT_JOB_READ, list_categories, input, input_free,
                            (GDestroyNotify)g_strfreev);
}

/* --- Rows --- */

static void
read_stock (CptStatement *statement, CptStockItem *item, const Input *input)
{
  CptStockRow row = cpt_stock_table_read (statement);

  item->stock = row.stock;
  item->known = row.known;
  item->has_theirs = row.has_theirs;
  item->theirs = row.theirs;
  item->wanted = cpt_stock_rule (&item->stock, input->mode, input->now);
}

static CptStockItem *
read_item (CptStatement *statement, const Input *input)
{
  CptStockItem *item = cpt_stock_item_new ();
  gboolean has_stock = FALSE;

  item->row = cpt_statement_read_int (statement);
  cpt_item_kind_parse (cpt_statement_peek_text (statement), &item->kind);
  item->ref = cpt_statement_read_text (statement);
  item->name = cpt_statement_read_text (statement);
  item->variant = cpt_statement_read_text (statement);
  item->category = cpt_statement_read_text (statement);
  item->price = cpt_statement_read_money (statement);
  item->shared = cpt_statement_read_int (statement);
  has_stock = cpt_statement_read_int (statement);
  item->refusal = cpt_statement_read_text (statement);
  if (has_stock)
    read_stock (statement, item, input);
  return item;
}

static gpointer
load_items (CptDb *db, gpointer data)
{
  const Input *input = data;
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);

  for (guint i = 0; i < input->rows->len; i++)
    {
      g_autoptr (CptStatement) statement =
          cpt_db_prepare (db, "SELECT " ITEM_COLUMNS FROM_ITEMS " WHERE item.item = ?");

      cpt_statement_bind_int (statement, g_array_index (input->rows, gint64, i));
      if (cpt_statement_next (statement))
        g_ptr_array_add (items, read_item (statement, input));
    }
  return items;
}

/**
 * cpt_store_load_stock_items:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptStockItem)
 */
CptStoreJob *
cpt_store_load_stock_items (const gint64 *rows, gsize n_rows, CptStockMode mode, CptTime now)
{
  Input *input = input_new (mode, now);

  input->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);
  g_array_append_vals (input->rows, rows, n_rows);
  return cpt_store_job_new (CPT_JOB_READ, load_items, input, input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
load_every (CptDb *db, const Input *input, const char *condition)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
  g_autofree char *sql =
      g_strconcat ("SELECT " ITEM_COLUMNS FROM_ITEMS " WHERE item.binding = ? AND item.gone = 0 ",
                   condition, " ORDER BY item.kind DESC, item.position", NULL);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  while (cpt_statement_next (statement))
    g_ptr_array_add (items, read_item (statement, input));
  return items;
}

static gpointer
load_all (CptDb *db, gpointer data)
{
  return load_every (db, data, "");
}

/**
 * cpt_store_load_all_stock_items:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptStockItem)
 */
CptStoreJob *
cpt_store_load_all_stock_items (CptStockMode mode, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, load_all, input_new (mode, now), input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
load_gone (CptDb *db, gpointer data)
{
  const Input *input = data;
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT " ITEM_COLUMNS FROM_ITEMS " WHERE item.binding = ? AND item.gone = 1"
                      " AND (stock.listed IS NULL OR stock.listed = 0)"
                      " ORDER BY item.kind DESC, item.name, item.variant");

  cpt_statement_bind_int (statement, cpt_stock_table_get_binding (db));
  while (cpt_statement_next (statement))
    g_ptr_array_add (items, read_item (statement, input));
  return items;
}

/**
 * cpt_store_load_gone_stock_items:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptStockItem)
 */
CptStoreJob *
cpt_store_load_gone_stock_items (CptStockMode mode, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, load_gone, input_new (mode, now), input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
load_differences (CptDb *db, gpointer data)
{
  const Input *input = data;
  g_autoptr (GPtrArray) all = load_every (
      db, input,
      "AND item.stock IS NOT NULL AND item.position = (SELECT min (position) FROM item AS other"
      " WHERE other.stock = item.stock AND other.gone = 0)");
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);

  for (guint i = 0; i < all->len; i++)
    {
      CptStockItem *item = g_ptr_array_index (all, i);

      if (!cpt_stock_entry_equal (item->wanted, item->has_theirs ? item->theirs : item->known,
                                  input->now))
        g_ptr_array_add (found, cpt_stock_item_ref (item));
    }
  return found;
}

/**
 * cpt_store_load_stock_differences:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptStockItem)
 */
CptStoreJob *
cpt_store_load_stock_differences (CptStockMode mode, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, load_differences, input_new (mode, now), input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

/* --- The refs of orders --- */

static gpointer
load_by_ref (CptDb *db, gpointer data)
{
  const GPtrArray *keys = data;
  Input input = { .now = CPT_TIME_NONE };
  gint64 binding = cpt_stock_table_get_binding (db);
  g_autoptr (CptStatement) pulled =
      cpt_db_prepare (db, "SELECT 1 FROM stock_state WHERE binding = ? AND pulled_at IS NOT NULL");
  GPtrArray *items = NULL;

  cpt_statement_bind_int (pulled, binding);
  if (!cpt_statement_next (pulled))
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
  for (guint i = 0; i < keys->len; i++)
    {
      const CptInventoryEntry *key = g_ptr_array_index (keys, i);
      g_autoptr (CptStatement) statement =
          cpt_db_prepare (db,
                          "SELECT " ITEM_COLUMNS FROM_ITEMS " WHERE item.stock ="
                          " (SELECT stock FROM stock WHERE binding = ? AND kind = ? AND ref = ?)"
                          " AND item.gone = 0");

      cpt_statement_bind_int (statement, binding);
      cpt_statement_bind_text (statement, cpt_item_kind_to_string (key->kind));
      cpt_statement_bind_text (statement, key->ref);
      while (cpt_statement_next (statement))
        g_ptr_array_add (items, read_item (statement, &input));
    }
  return items;
}

/**
 * cpt_store_load_items_by_ref:
 * @keys: (element-type CptInventoryEntry): ref'd; kind and ref count
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (nullable) (element-type
 *   CptStockItem), NULL while no catalog was read
 */
CptStoreJob *
cpt_store_load_items_by_ref (GPtrArray *keys)
{
  return cpt_store_job_new (CPT_JOB_READ, load_by_ref, g_ptr_array_ref (keys),
                            (GDestroyNotify)g_ptr_array_unref, (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
load_recent (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_ledger_order_free);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT row, id, document FROM orders JOIN document USING (row) WHERE place = ?"
          " AND raw_reason IS NULL AND listed_at >= ? ORDER BY listed_at DESC LIMIT ?");

  cpt_statement_bind_int (statement, cpt_connection_table_get_place (db));
  cpt_statement_bind_time (statement, input->now);
  cpt_statement_bind_int (statement, input->row);
  while (cpt_statement_next (statement))
    {
      CptLedgerOrder *order = g_new0 (CptLedgerOrder, 1);

      order->row = cpt_statement_read_int (statement);
      order->id = cpt_statement_read_text (statement);
      order->document = cpt_statement_read_bytes (statement);
      g_ptr_array_add (orders, order);
    }
  return orders;
}

/**
 * cpt_store_load_recent_orders:
 * @since: older ones are not asked for
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptLedgerOrder),
 *   the newest first, of which only the document counts
 */
CptStoreJob *
cpt_store_load_recent_orders (CptTime since, guint limit)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_recent, limit, since,
                                    (GDestroyNotify)g_ptr_array_unref);
}

/* --- State --- */

static void
read_progress (CptDb *db, CptStockState *state)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT pulled_at, taken_over_at IS NOT NULL, compared_at, synced_at, sync_differences"
          " FROM stock_state WHERE binding = ?");

  state->pulled_at = state->compared_at = state->synced_at = CPT_TIME_NONE;
  cpt_statement_bind_int (statement, state->binding);
  if (!cpt_statement_next (statement))
    return;
  state->pulled_at = cpt_statement_read_time (statement);
  state->taken_over = cpt_statement_read_int (statement);
  state->compared_at = cpt_statement_read_time (statement);
  state->synced_at = cpt_statement_read_time (statement);
  state->sync_differences = cpt_statement_read_int (statement);
}

static void
count_refs (CptDb *db, CptStockState *state, CptTime now)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT sum (dirty > 0 AND refusal IS NULL), sum (dirty = 2 AND refusal IS NULL),"
          " sum (refusal IS NOT NULL),"
          " sum (theirs_state IS NOT NULL),"
          " sum (managed = 1 AND active = 1 AND quantity > 0 AND quantity <= low),"
          " min (iif (active = 0, back_on, NULL)) FROM stock WHERE binding = ? AND listed = 1");

  cpt_statement_bind_int (statement, state->binding);
  if (!cpt_statement_next (statement))
    return;
  state->waiting = cpt_statement_read_int (statement);
  state->owed = cpt_statement_read_int (statement);
  state->refused = cpt_statement_read_int (statement);
  state->differing = cpt_statement_read_int (statement);
  state->low = cpt_statement_read_int (statement);
  state->next_back = cpt_statement_read_time (statement);
}

static gpointer
load_state (CptDb *db, gpointer data)
{
  const Input *input = data;
  CptStockState *state = g_new0 (CptStockState, 1);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT sum (kind = 'sku'), sum (kind = 'option') FROM item"
                          " WHERE binding = ? AND gone = 0");

  state->next_back = CPT_TIME_NONE;
  state->binding = cpt_stock_table_get_binding (db);
  read_progress (db, state);
  count_refs (db, state, input->now);
  cpt_statement_bind_int (statement, state->binding);
  if (cpt_statement_next (statement))
    {
      state->skus = cpt_statement_read_int (statement);
      state->options = cpt_statement_read_int (statement);
    }
  return state;
}

/**
 * cpt_store_load_stock_state:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptStockState
 */
CptStoreJob *
cpt_store_load_stock_state (CptStockMode mode, CptTime now)
{
  return cpt_store_job_new (CPT_JOB_READ, load_state, input_new (mode, now), input_free, g_free);
}
