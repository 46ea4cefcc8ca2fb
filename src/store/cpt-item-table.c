/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items a catalog brings: written anew at every pull, while their stock stays. Constructors on
 * the main thread, the rest on the writer. */
#include "cpt-stock-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-stock-jobs.h"

typedef struct
{
  CptCatalog *catalog; /* (owned) */
  CptTime now;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  cpt_catalog_unref (input->catalog);
  g_free (input);
}

/* How a typed word is found: without case and accents. */
static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");

  return g_utf8_casefold (ascii, -1);
}

static char *
make_search (const CptCatalogItem *item)
{
  g_autofree char *text = g_strjoin (" ", item->name, item->variant != NULL ? item->variant : "",
                                     item->ref != NULL ? item->ref : "",
                                     item->category != NULL ? item->category : "", NULL);

  return fold (text);
}

static gint64
find_stock (CptDb *db, gint64 binding, const CptCatalogItem *item)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT stock FROM stock WHERE binding = ? AND kind = ? AND ref = ?");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (item->kind));
  cpt_statement_bind_text (statement, item->ref);
  return cpt_statement_next (statement) ? cpt_statement_read_int (statement) : 0;
}

static gint64
make_stock (CptDb *db, gint64 binding, const CptCatalogItem *item)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO stock (binding, kind, ref) VALUES (?, ?, ?)");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (item->kind));
  cpt_statement_bind_text (statement, item->ref);
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

static void
list_stock (CptDb *db, gint64 stock)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE stock SET listed = 1 WHERE stock = ?");

  cpt_statement_bind_int (statement, stock);
  cpt_statement_run (statement);
}

static gint64
find_or_make_stock (CptDb *db, gint64 binding, const CptCatalogItem *item, CptCatalogNews *news)
{
  gint64 stock = find_stock (db, binding, item);

  if (stock != 0)
    {
      list_stock (db, stock);
      return stock;
    }
  news->added++;
  return make_stock (db, binding, item);
}

/* The same item gets the same key at every pull, though HubRise may give it another id: a person's
 * list must not jump. @seen counts how often each ref, or name where there is none, came before. */
static char *
make_key (GHashTable *seen, const CptCatalogItem *item)
{
  char *base = g_strdup_printf ("%d%s%s", item->kind, item->ref != NULL ? "=" : "~",
                                item->ref != NULL ? item->ref : item->name);
  guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (seen, base));
  char *key = g_strdup_printf ("%s#%u", base, nth);

  g_hash_table_replace (seen, base, GUINT_TO_POINTER (nth + 1));
  return key;
}

static void
write_item (CptDb *db,
            gint64 binding,
            const char *key,
            gint64 stock,
            const CptCatalogItem *item,
            guint position)
{
  g_autofree char *search = make_search (item);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "INSERT INTO item (binding, kind, key, stock, ref, name, variant, category, price,"
          " currency, search, position) VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?)"
          " ON CONFLICT (binding, kind, key) DO UPDATE SET stock = excluded.stock,"
          " name = excluded.name, variant = excluded.variant, category = excluded.category,"
          " price = excluded.price, currency = excluded.currency, search = excluded.search,"
          " position = excluded.position, gone = 0");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_text (statement, cpt_item_kind_to_string (item->kind));
  cpt_statement_bind_text (statement, key);
  cpt_statement_bind_int (statement, stock);
  cpt_statement_bind_text (statement, item->ref);
  cpt_statement_bind_text (statement, item->name);
  cpt_statement_bind_text (statement, item->variant);
  cpt_statement_bind_text (statement, item->category);
  cpt_statement_bind_money (statement, item->price);
  cpt_statement_bind_text (statement, search);
  cpt_statement_bind_int (statement, position);
  cpt_statement_run (statement);
}

static void
run_for_binding (CptDb *db, const char *sql, gint64 binding)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, binding);
  cpt_statement_run (statement);
}

/* HubRise forgets the stock of a ref that leaves its catalog: what it holds when the ref comes back
 * has to be read again. */
static void
part_with_gone (CptDb *db, gint64 binding, CptCatalogNews *news)
{
  run_for_binding (db,
                   "UPDATE stock SET listed = 0, known_state = 2, theirs_state = NULL, dirty = 1,"
                   " refusal = NULL WHERE binding = ? AND listed = 2",
                   binding);
  news->gone = cpt_db_changes (db);
  /* A ref HubRise refused stands in its catalog: worth one more try. */
  run_for_binding (db,
                   "UPDATE stock SET refusal = NULL, dirty = 1"
                   " WHERE binding = ? AND listed = 1 AND refusal IS NOT NULL",
                   binding);
  run_for_binding (db,
                   "UPDATE item SET shared = (SELECT count (*) FROM item AS other"
                   " WHERE other.stock = item.stock AND other.gone = 0) > 1"
                   " WHERE binding = ? AND gone = 0",
                   binding);
}

static void
note_pull (CptDb *db, gint64 binding, CptTime now)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO stock_state (binding, pulled_at) VALUES (?, ?)"
                          " ON CONFLICT (binding) DO UPDATE SET pulled_at = excluded.pulled_at");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_time (statement, now);
  cpt_statement_run (statement);
}

/* The till sells from it. */
static void
keep_document (CptDb *db, gint64 binding, GBytes *document)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO catalog (binding, document) VALUES (?, ?)"
                          " ON CONFLICT (binding) DO UPDATE SET document = excluded.document");

  if (document == NULL)
    return;
  cpt_statement_bind_int (statement, binding);
  cpt_statement_bind_bytes (statement, document);
  cpt_statement_run (statement);
}

static gpointer
apply_catalog (CptDb *db, gpointer data)
{
  const Input *input = data;
  CptCatalogNews *news = g_new0 (CptCatalogNews, 1);
  gint64 binding = cpt_stock_table_get_binding (db);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  cpt_db_assert_writer (db);
  /* 2: listed before this pull and not seen in it yet. */
  run_for_binding (db, "UPDATE stock SET listed = 2 WHERE binding = ? AND listed = 1", binding);
  run_for_binding (db, "UPDATE item SET gone = 1 WHERE binding = ?", binding);
  news->items = input->catalog->items->len;
  for (guint i = 0; i < input->catalog->items->len && !cpt_db_has_failed (db); i++)
    {
      const CptCatalogItem *item = g_ptr_array_index (input->catalog->items, i);
      gint64 stock = item->ref != NULL ? find_or_make_stock (db, binding, item, news) : 0;
      g_autofree char *key = make_key (seen, item);

      write_item (db, binding, key, stock, item, i);
    }
  part_with_gone (db, binding, news);
  keep_document (db, binding, input->catalog->document);
  note_pull (db, binding, input->now);
  return news;
}

/**
 * cpt_store_apply_catalog:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) #CptCatalogNews
 */
CptStoreJob *
cpt_store_apply_catalog (CptCatalog *catalog, CptTime now)
{
  Input *input = g_new0 (Input, 1);

  input->catalog = cpt_catalog_ref (catalog);
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, apply_catalog, input, input_free, g_free);
}

typedef struct
{
  gint64 binding;
  CptTime pulled_at;
} Known;

void
cpt_stored_catalog_free (CptStoredCatalog *catalog)
{
  g_clear_pointer (&catalog->document, g_bytes_unref);
  g_free (catalog);
}

static void
read_document (CptDb *db, CptStoredCatalog *catalog)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT document FROM catalog WHERE binding = ?");

  cpt_statement_bind_int (statement, catalog->binding);
  if (cpt_statement_next (statement))
    catalog->document = cpt_statement_read_bytes (statement);
}

static gpointer
load_catalog (CptDb *db, gpointer data)
{
  const Known *known = data;
  CptStoredCatalog *catalog = g_new0 (CptStoredCatalog, 1);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT pulled_at FROM stock_state WHERE binding = ?");

  catalog->binding = cpt_stock_table_get_binding (db);
  catalog->pulled_at = CPT_TIME_NONE;
  cpt_statement_bind_int (statement, catalog->binding);
  if (cpt_statement_next (statement))
    catalog->pulled_at = cpt_statement_read_time (statement);
  catalog->unchanged = catalog->binding == known->binding &&
                       catalog->pulled_at == known->pulled_at &&
                       catalog->pulled_at != CPT_TIME_NONE;
  if (!catalog->unchanged)
    read_document (db, catalog);
  return catalog;
}

/**
 * cpt_store_load_catalog:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptStoredCatalog
 */
CptStoreJob *
cpt_store_load_catalog (gint64 binding, CptTime pulled_at)
{
  Known *known = g_new0 (Known, 1);

  known->binding = binding;
  known->pulled_at = pulled_at;
  return cpt_store_job_new (CPT_JOB_READ, load_catalog, known, g_free,
                            (GDestroyNotify)cpt_stored_catalog_free);
}
