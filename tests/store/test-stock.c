/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock in the database: what a catalog and an inventory bring, what leaves, what other programs
 * write, what orders take off. */
#include <sqlite3.h>

#include "cpt-store-stock-jobs.h"
#include "cpt-test-store.h"

#define EVER CPT_TIME_NONE
#define MODE CPT_STOCK_QUANTITIES

static void
add (CptCatalog *catalog,
     CptItemKind kind,
     const char *ref,
     const char *name,
     const char *variant,
     const char *category)
{
  CptCatalogItem *item = cpt_catalog_add (catalog, kind);

  item->ref = g_strdup (ref);
  item->name = g_strdup (name);
  item->variant = g_strdup (variant);
  item->category = g_strdup (category);
  item->price = cpt_money (980, "EUR");
}

static CptCatalog *
new_catalog (void)
{
  CptCatalog *catalog = cpt_catalog_new ("cat-1", "Card");

  add (catalog, CPT_ITEM_SKU, "MAR", "Margherita", "Small", "Pizzas");
  add (catalog, CPT_ITEM_SKU, "COKE", "Coca", NULL, "Drinks");
  add (catalog, CPT_ITEM_SKU, "WATER", "Water", "still", "Drinks");
  add (catalog, CPT_ITEM_SKU, "WATER", "Water", "sparkling", "Drinks");
  add (catalog, CPT_ITEM_SKU, NULL, "Pâtes du jour", NULL, "Pastas");
  add (catalog, CPT_ITEM_OPTION, "COKE", "Coca as a side", NULL, "Sides");
  add (catalog, CPT_ITEM_OPTION, "EGG", "Œuf", NULL, "Extras");
  return catalog;
}

static CptTestStore *
new_store (void)
{
  CptTestStore *fixture = cpt_test_store_new_bound ();
  g_autoptr (CptCatalog) catalog = new_catalog ();
  g_autofree CptCatalogNews *news = cpt_test_ask (fixture, cpt_store_apply_catalog (catalog, NOW));

  g_assert_cmpint (news->items, ==, 7);
  g_assert_cmpint (news->added, ==, 5);
  return fixture;
}

static void
put (GPtrArray *inventory, CptItemKind kind, const char *ref, gint64 thousandths, CptTime until)
{
  g_ptr_array_add (inventory,
                   cpt_inventory_entry_new (kind, ref, cpt_stock_entry (thousandths, until)));
}

static CptInventoryNews
read_inventory (CptTestStore *fixture, GPtrArray *inventory)
{
  g_autofree CptInventoryNews *news =
      cpt_test_ask (fixture, cpt_store_apply_inventory (inventory, FALSE, MODE, NOW));

  return *news;
}

static CptTestStore *
new_connected_store (void)
{
  CptTestStore *fixture = new_store ();
  g_autoptr (GPtrArray) nothing = cpt_inventory_new ();

  g_assert_true (read_inventory (fixture, nothing).taken_over);
  return fixture;
}

/* Returns: "sku:COKE=3 option:EGG=-", in the order of the table */
static char *
show (GPtrArray *changes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      CptStockChange *change = changes->pdata[i];
      g_autofree char *stock = cpt_stock_entry_dup_stock (change->entry->entry);

      g_string_append_printf (text, "%s%s:%s=%s", i > 0 ? " " : "",
                              cpt_item_kind_to_string (change->entry->kind), change->entry->ref,
                              stock != NULL ? stock : "-");
      if (change->entry->entry.expires_at != EVER)
        g_string_append (text, "@");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GPtrArray *
leave (CptTestStore *fixture)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (CptStockDelay));

  return cpt_test_ask (fixture, cpt_store_leave_stock (100, FALSE, none, MODE, NOW));
}

static void
settle (CptTestStore *fixture, GPtrArray *changes, CptStockFate fate)
{
  for (guint i = 0; i < changes->len; i++)
    {
      CptStockChange *change = changes->pdata[i];

      change->fate = fate;
      change->reason = g_strdup (fate == CPT_STOCK_FATE_REFUSED ? "unknown" : NULL);
    }
  cpt_test_do (fixture, cpt_store_settle_stock (changes));
}

static void
assert_leaves (CptTestStore *fixture, const char *expected, CptStockFate fate)
{
  g_autoptr (GPtrArray) changes = leave (fixture);
  g_autofree char *text = show (changes);

  g_assert_cmpstr (text, ==, expected);
  settle (fixture, changes, fate);
}

static gint64
find (CptTestStore *fixture, CptItemKind kind, const char *text)
{
  CptStockQuery query = { .tab = CPT_STOCK_TAB_ALL, .kind = kind, .text = (char *)text };
  g_autoptr (GArray) rows = cpt_test_ask (fixture, cpt_store_list_stock (&query, NOW));

  g_assert_cmpuint (rows->len, >=, 1);
  return g_array_index (rows, gint64, 0);
}

static CptStockItem *
load (CptTestStore *fixture, gint64 row)
{
  g_autoptr (GPtrArray) items =
      cpt_test_ask (fixture, cpt_store_load_stock_items (&row, 1, MODE, NOW));

  g_assert_cmpuint (items->len, ==, 1);
  return cpt_stock_item_ref (items->pdata[0]);
}

static GArray *
edit (CptTestStore *fixture, gint64 row, CptStockEdit change)
{
  return cpt_test_ask (fixture, cpt_store_edit_stock (&row, 1, &change));
}

static void
set_quantity (CptTestStore *fixture, const char *ref, gint64 thousandths)
{
  g_autoptr (GArray) undo = edit (fixture, find (fixture, CPT_ITEM_SKU, ref),
                                  (CptStockEdit){ .sets_quantity = TRUE, .quantity = thousandths });

  g_assert_cmpuint (undo->len, ==, 1);
}

/* What another program on this PC does; (nullable) the message of its failure. */
static char *
foreign (CptTestStore *fixture, const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL, *copy = NULL;

  g_assert_cmpint (sqlite3_open (cpt_store_get_path (fixture->store), &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  copy = g_strdup (message);
  sqlite3_free (message);
  sqlite3_close (handle);
  return copy;
}

static void
foreign_ok (CptTestStore *fixture, const char *sql)
{
  g_autofree char *message = foreign (fixture, sql);

  g_assert_cmpstr (message, ==, NULL);
}

/* --- Catalog and first inventory --- */

static void
test_first (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  g_autoptr (GPtrArray) inventory = cpt_inventory_new ();
  g_autoptr (CptStockItem) coke = NULL;
  g_autoptr (CptStockItem) egg = NULL;
  g_autoptr (CptStockItem) pasta = NULL;
  g_autoptr (CptStockItem) water = NULL;
  CptInventoryNews news;

  put (inventory, CPT_ITEM_SKU, "COKE", 3500, EVER);
  put (inventory, CPT_ITEM_SKU, "MAR", 0, EVER);
  put (inventory, CPT_ITEM_OPTION, "EGG", 0, NOW + CPT_HOUR);
  put (inventory, CPT_ITEM_SKU, "ELSEWHERE", 9000, EVER);
  news = read_inventory (fixture, inventory);
  g_assert_true (news.taken_over);
  g_assert_cmpint (news.entries, ==, 3);

  assert_leaves (fixture, "", CPT_STOCK_FATE_LOST);
  coke = load (fixture, find (fixture, CPT_ITEM_SKU, "coke"));
  g_assert_true (coke->stock.managed && coke->stock.active);
  g_assert_cmpint (coke->stock.quantity, ==, 3500);
  g_assert_cmpint (cpt_stock_item_get_mark (coke, NOW), ==, CPT_STOCK_MARK_SENT);
  egg = load (fixture, find (fixture, CPT_ITEM_OPTION, "oeuf"));
  g_assert_cmpint (cpt_stock_get_look (&egg->stock, NOW), ==, CPT_STOCK_INACTIVE);
  g_assert_cmpint (egg->stock.back_on, ==, NOW + CPT_HOUR);
  pasta = load (fixture, find (fixture, CPT_ITEM_SKU, "pates"));
  g_assert_cmpint (cpt_stock_item_get_mark (pasta, NOW), ==, CPT_STOCK_MARK_NO_REF);
  water = load (fixture, find (fixture, CPT_ITEM_SKU, "sparkling"));
  g_assert_true (water->shared);
}

/* Names follow HubRise; the till's own stays; what is gone is kept apart and comes back. */
static void
test_second_catalog (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autoptr (CptCatalog) catalog = cpt_catalog_new ("cat-1", NULL);
  g_autoptr (CptCatalog) whole = new_catalog ();
  g_autofree CptCatalogNews *news = NULL;
  g_autofree CptCatalogNews *back = NULL;
  g_autoptr (GPtrArray) inventory = cpt_inventory_new ();
  g_autoptr (CptStockItem) coke = NULL;
  gint64 row = find (fixture, CPT_ITEM_SKU, "coke");

  set_quantity (fixture, "coke", 4000);
  set_quantity (fixture, "mar", 7000);
  assert_leaves (fixture, "sku:MAR=7 sku:COKE=4", CPT_STOCK_FATE_CONFIRMED);

  add (catalog, CPT_ITEM_SKU, "COKE", "Coca-Cola", "33 cl", "Soft");
  news = cpt_test_ask (fixture, cpt_store_apply_catalog (catalog, NOW));
  g_assert_cmpint (news->gone, ==, 4);
  coke = load (fixture, row);
  g_assert_cmpstr (coke->name, ==, "Coca-Cola");
  g_assert_cmpint (coke->stock.quantity, ==, 4000);
  assert_leaves (fixture, "", CPT_STOCK_FATE_LOST);

  /* HubRise forgot the stock of what was gone: exactly that leaves again. COKE was changed by
   * another and is not overwritten. */
  back = cpt_test_ask (fixture, cpt_store_apply_catalog (whole, NOW));
  g_assert_cmpint (back->added, ==, 0);
  put (inventory, CPT_ITEM_SKU, "COKE", 1000, EVER);
  g_assert_cmpint (read_inventory (fixture, inventory).differing, ==, 1);
  assert_leaves (fixture, "sku:MAR=7", CPT_STOCK_FATE_CONFIRMED);
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
}

/* --- Wanted and known --- */

static void
test_leaving (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autoptr (GArray) undo = NULL;

  assert_leaves (fixture, "", CPT_STOCK_FATE_LOST);
  set_quantity (fixture, "coke", 12500);
  assert_leaves (fixture, "sku:COKE=12.5", CPT_STOCK_FATE_LOST);
  /* The reply was lost and the change taken back: unknown is sent, whatever is wanted. */
  undo = edit (fixture, find (fixture, CPT_ITEM_SKU, "coke"),
               (CptStockEdit){ .sets_managed = TRUE, .managed = FALSE });
  assert_leaves (fixture, "sku:COKE=-", CPT_STOCK_FATE_CONFIRMED);
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
  g_array_unref (cpt_test_ask (fixture, cpt_store_undo_stock (undo)));
  set_quantity (fixture, "mar", 3000);
  assert_leaves (fixture, "sku:MAR=3 sku:COKE=12.5", CPT_STOCK_FATE_CONFIRMED);
  /* A, B, A between two looks. */
  set_quantity (fixture, "mar", 4000);
  set_quantity (fixture, "mar", 3000);
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
}

static void
test_refused (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autoptr (CptStockItem) coke = NULL;

  set_quantity (fixture, "coke", 3000);
  assert_leaves (fixture, "sku:COKE=3", CPT_STOCK_FATE_REFUSED);
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
  coke = load (fixture, find (fixture, CPT_ITEM_SKU, "coke"));
  g_assert_cmpstr (coke->refusal, ==, "unknown");
  /* A new number is a new try. */
  set_quantity (fixture, "coke", 4000);
  assert_leaves (fixture, "sku:COKE=4", CPT_STOCK_FATE_CONFIRMED);
}

static void
test_theirs (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autoptr (GPtrArray) inventory = cpt_inventory_new ();
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (CptStockItem) coke = NULL;

  set_quantity (fixture, "coke", 5000);
  assert_leaves (fixture, "sku:COKE=5", CPT_STOCK_FATE_CONFIRMED);
  put (inventory, CPT_ITEM_SKU, "COKE", 2000, EVER);
  put (inventory, CPT_ITEM_SKU, "MAR", 0, EVER);
  g_assert_cmpint (read_inventory (fixture, inventory).differing, ==, 2);
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
  differences = cpt_test_ask (fixture, cpt_store_load_stock_differences (MODE, NOW));
  g_assert_cmpuint (differences->len, ==, 2);
  coke = load (fixture, find (fixture, CPT_ITEM_SKU, "coke"));
  g_assert_cmpint (cpt_stock_item_get_mark (coke, NOW), ==, CPT_STOCK_MARK_DIFFERS);

  cpt_test_do (fixture, cpt_store_answer_stock_differences (NULL, TRUE, MODE, NOW));
  assert_leaves (fixture, "sku:MAR=- sku:COKE=5", CPT_STOCK_FATE_CONFIRMED);
  g_assert_cmpint (read_inventory (fixture, inventory).differing, ==, 2);
  cpt_test_do (fixture, cpt_store_answer_stock_differences (NULL, FALSE, MODE, NOW));
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
  g_clear_pointer (&coke, cpt_stock_item_unref);
  coke = load (fixture, find (fixture, CPT_ITEM_SKU, "coke"));
  g_assert_cmpint (coke->stock.quantity, ==, 2000);
}

/* --- Other programs --- */

static void
test_pos_stock (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autofree gint64 *before = cpt_test_ask (fixture, cpt_store_look_for_others ());
  g_autofree gint64 *after = NULL;

  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
  foreign_ok (fixture, "BEGIN; INSERT INTO pos_stock (ref, quantity) VALUES ('COKE', 12.5);"
                       "INSERT INTO pos_stock (kind, ref, quantity) VALUES ('option', 'COKE', '3');"
                       "UPDATE pos_stock SET active = 0 WHERE ref = 'MAR';"
                       "UPDATE pos_stock SET quantity = -2 WHERE ref = 'WATER'; COMMIT;");
  after = cpt_test_ask (fixture, cpt_store_look_for_others ());
  g_assert_cmpint (*before, !=, *after);
  assert_leaves (fixture, "sku:MAR=0 sku:COKE=12.5 sku:WATER=0 option:COKE=3",
                 CPT_STOCK_FATE_CONFIRMED);
  foreign_ok (fixture,
              "UPDATE pos_stock SET quantity = '12.500' WHERE kind = 'sku' AND ref = 'COKE';"
              "UPDATE pos_stock SET active = 0 WHERE ref = 'MAR';"
              "UPDATE pos_stock SET quantity = 9 WHERE ref = 'WATER';"
              "UPDATE pos_stock SET quantity = quantity - 11 WHERE ref = 'WATER';");
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
}

static void
test_pos_stock_refuses (void)
{
  static const struct
  {
    const char *sql, *message;
  } cases[] = {
    { "UPDATE pos_stock SET quantity = '12,5' WHERE ref = 'COKE'", "with a point and no comma" },
    { "UPDATE pos_stock SET quantity = 'many' WHERE ref = 'COKE'", "must be a number" },
    { "UPDATE pos_stock SET quantity = '' WHERE ref = 'COKE'", "must be a number" },
    { "UPDATE pos_stock SET quantity = 1.0005 WHERE ref = 'COKE'", "three decimals" },
    { "UPDATE pos_stock SET quantity = 1e12 WHERE ref = 'COKE'", "nine digits" },
    { "UPDATE pos_stock SET active = 'no' WHERE ref = 'COKE'", "0 or 1" },
    { "UPDATE pos_stock SET name = 'x' WHERE ref = 'COKE'", "only quantity and active" },
    { "INSERT INTO pos_stock (ref, quantity) VALUES ('NOPE', 1)", "in the catalog" },
    { "INSERT INTO pos_stock (kind, ref, active) VALUES ('x', 'COKE', 1)", "kind must be" },
    { "INSERT INTO pos_stock (quantity) VALUES (1)", "ref is missing" },
    { "DELETE FROM pos_stock", "with the catalog only" },
  };
  g_autoptr (CptTestStore) fixture = new_connected_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = foreign (fixture, cases[i].sql);

      g_test_message ("%s: %s", cases[i].sql, message);
      g_assert_nonnull (message);
      g_assert_nonnull (strstr (message, cases[i].message));
    }
  assert_leaves (fixture, "", CPT_STOCK_FATE_CONFIRMED);
}

/* --- Clock, undo, lists --- */

static void
test_back_on (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  g_autoptr (GArray) undo = NULL;
  g_autofree gint64 *early = NULL;
  g_autofree gint64 *woken = NULL;
  g_autofree CptStockState *state = NULL;

  set_quantity (fixture, "coke", 5000);
  undo = edit (fixture, find (fixture, CPT_ITEM_SKU, "coke"),
               (CptStockEdit){ .sets_active = TRUE, .back_on = NOW + CPT_HOUR });
  assert_leaves (fixture, "sku:COKE=0@", CPT_STOCK_FATE_CONFIRMED);
  state = cpt_test_ask (fixture, cpt_store_load_stock_state (MODE, NOW));
  g_assert_cmpint (state->next_back, ==, NOW + CPT_HOUR);
  g_assert_cmpint (state->skus, ==, 5);
  g_assert_cmpint (state->options, ==, 2);
  early = cpt_test_ask (fixture, cpt_store_wake_stock (NOW));
  g_assert_cmpint (*early, ==, 0);
  woken = cpt_test_ask (fixture, cpt_store_wake_stock (NOW + CPT_HOUR));
  g_assert_cmpint (*woken, ==, 1);
  assert_leaves (fixture, "sku:COKE=5", CPT_STOCK_FATE_CONFIRMED);
}

static void
test_undo (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  gint64 rows[] = { find (fixture, CPT_ITEM_SKU, "still"),
                    find (fixture, CPT_ITEM_SKU, "sparkling"),
                    find (fixture, CPT_ITEM_SKU, "coke") };
  CptStockEdit more = {
    .sets_managed = TRUE, .managed = TRUE, .adds_quantity = TRUE, .more = 1000
  };
  g_autoptr (GArray) undo = cpt_test_ask (fixture, cpt_store_edit_stock (rows, 3, &more));
  g_autoptr (GArray) redo = NULL;

  /* Two rows of one ref are one stock. */
  g_assert_cmpuint (undo->len, ==, 2);
  assert_leaves (fixture, "sku:COKE=1 sku:WATER=1", CPT_STOCK_FATE_CONFIRMED);
  redo = cpt_test_ask (fixture, cpt_store_undo_stock (undo));
  assert_leaves (fixture, "sku:COKE=- sku:WATER=-", CPT_STOCK_FATE_CONFIRMED);
}

/* Two are sold between a change and its Undo, and somebody takes it off sale. */
static void
test_undo_leaves_others (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  gint64 row = find (fixture, CPT_ITEM_SKU, "coke");
  g_autoptr (GArray) undo = NULL;
  g_autoptr (GArray) redo = NULL;
  g_autoptr (CptStockItem) coke = NULL;

  set_quantity (fixture, "coke", 4000);
  undo = edit (fixture, row, (CptStockEdit){ .sets_quantity = TRUE, .quantity = 7000 });
  foreign_ok (fixture, "UPDATE pos_stock SET quantity = quantity - 2, active = 0"
                       " WHERE kind = 'sku' AND ref = 'COKE'");
  redo = cpt_test_ask (fixture, cpt_store_undo_stock (undo));
  g_assert_cmpuint (redo->len, ==, 1);
  coke = load (fixture, row);
  g_assert_cmpint (coke->stock.quantity, ==, 2000);
  g_assert_false (coke->stock.active);
}

static void
test_lists (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  CptStockQuery query = { .tab = CPT_STOCK_TAB_OUT, .kind = CPT_ITEM_SKU };
  g_autoptr (GArray) out = NULL;
  g_autoptr (GArray) drinks = NULL;
  g_autofree CptStockCounts *counts = NULL;
  g_auto (GStrv) categories = NULL;

  set_quantity (fixture, "coke", 0);
  out = cpt_test_ask (fixture, cpt_store_list_stock (&query, NOW));
  g_assert_cmpuint (out->len, ==, 1);
  counts = cpt_test_ask (fixture, cpt_store_count_stock (&query, NOW));
  g_assert_cmpint (counts->out, ==, 1);
  g_assert_cmpint (counts->available, ==, 4);
  g_assert_cmpint (counts->all, ==, 5);
  g_assert_cmpint (counts->skus, ==, 1);
  g_assert_cmpint (counts->options, ==, 0);
  query.tab = CPT_STOCK_TAB_AVAILABLE;
  query.category = (char *)"Drinks";
  drinks = cpt_test_ask (fixture, cpt_store_list_stock (&query, NOW));
  g_assert_cmpuint (drinks->len, ==, 2);
  categories = cpt_test_ask (fixture, cpt_store_list_stock_categories (CPT_ITEM_SKU));
  g_assert_cmpstr (categories[0], ==, "Pizzas");
  g_assert_cmpuint (g_strv_length (categories), ==, 3);
}

/* --- The ledger --- */

static GPtrArray *
new_lines (GBytes *document, const char *id)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_ledger_line_free);
  CptLedgerLine *line = g_new0 (CptLedgerLine, 1);

  line->line = g_strdup ("i1");
  line->kind = CPT_ITEM_SKU;
  line->ref = g_strdup ("MAR");
  line->quantity = 2000;
  g_ptr_array_add (lines, line);
  return lines;
}

/* Books whatever is due, as often as asked. */
static guint
book_due (CptTestStore *fixture)
{
  g_autoptr (GArray) due = cpt_test_ask (fixture, cpt_store_load_ledger_due (10));

  for (guint i = 0; i < due->len; i++)
    cpt_test_do (fixture, cpt_store_book (g_array_index (due, gint64, i), new_lines));
  return due->len;
}

static gint64
quantity (CptTestStore *fixture)
{
  g_autoptr (CptStockItem) item = load (fixture, find (fixture, CPT_ITEM_SKU, "mar"));

  return item->stock.quantity;
}

static void
move (CptTestStore *fixture, CptOrderStatus status)
{
  g_autoptr (CptOrder) order = cpt_test_order ("a", status);

  cpt_applied_free (cpt_test_apply (fixture, order, CPT_ORIGIN_READ, FALSE));
}

static void
test_ledger (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);

  set_quantity (fixture, "mar", 10000);
  g_assert_cmpuint (book_due (fixture), ==, 0);
  g_assert_cmpint (quantity (fixture), ==, 10000);
  cpt_order_step_unref (cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED));
  g_assert_cmpuint (book_due (fixture), ==, 1);
  g_assert_cmpint (quantity (fixture), ==, 8000);
  move (fixture, CPT_ORDER_ACCEPTED);
  move (fixture, CPT_ORDER_IN_PREPARATION);
  book_due (fixture);
  g_assert_cmpint (quantity (fixture), ==, 8000);
  move (fixture, CPT_ORDER_CANCELLED);
  book_due (fixture);
  g_assert_cmpint (quantity (fixture), ==, 10000);
  book_due (fixture);
  g_assert_cmpint (quantity (fixture), ==, 10000);
}

/* Cancelled between the look for what is due and the booking: nothing stays off. */
static void
test_ledger_overtaken (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (GArray) due = NULL;

  set_quantity (fixture, "mar", 10000);
  cpt_order_step_unref (cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED));
  due = cpt_test_ask (fixture, cpt_store_load_ledger_due (10));
  g_assert_cmpuint (due->len, ==, 1);
  move (fixture, CPT_ORDER_CANCELLED);
  cpt_test_do (fixture, cpt_store_book (row, new_lines));
  g_assert_cmpint (quantity (fixture), ==, 10000);
  g_assert_cmpuint (book_due (fixture), ==, 0);
  g_assert_cmpint (quantity (fixture), ==, 10000);
}

static void
test_ledger_failed_delivery (void)
{
  g_autoptr (CptTestStore) fixture = new_connected_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);

  set_quantity (fixture, "mar", 10000);
  cpt_order_step_unref (cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED));
  book_due (fixture);
  move (fixture, CPT_ORDER_DELIVERY_FAILED);
  book_due (fixture);
  g_assert_cmpint (quantity (fixture), ==, 8000);
}

/* --- Every released schema --- */

static void
test_from_version_1 (void)
{
  g_autofree char *directory = cpt_test_make_directory ();
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autofree char *dump = g_test_build_filename (G_TEST_DIST, "store", "db", "v1-shop.sql", NULL);
  g_autofree char *script = NULL;
  CptTestStore fixture = { .directory = directory, .store = cpt_store_new (directory) };
  g_autoptr (CptCatalog) catalog = new_catalog ();
  g_autofree CptCatalogNews *news = NULL;
  g_autofree char *orders = NULL;
  g_autofree char *message = NULL;
  sqlite3 *handle = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (dump, &script, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, script, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);

  g_assert_true (cpt_test_open (fixture.store, &error));
  g_assert_no_error (error);
  orders = cpt_test_list (&fixture, CPT_ORDER_TAB_ALL, NULL);
  g_assert_cmpstr (orders, ==, "a");
  news = cpt_test_ask (&fixture, cpt_store_apply_catalog (catalog, NOW));
  g_assert_cmpint (news->added, ==, 5);
  message = foreign (&fixture, "INSERT INTO pos_stock (ref, quantity) VALUES ('COKE', 1)");
  g_assert_cmpstr (message, ==, NULL);
  cpt_test_close (fixture.store);
  g_assert_finalize_object (fixture.store);
  cpt_test_remove_directory (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/stock/first", test_first);
  g_test_add_func ("/store/stock/second-catalog", test_second_catalog);
  g_test_add_func ("/store/stock/leaving", test_leaving);
  g_test_add_func ("/store/stock/refused", test_refused);
  g_test_add_func ("/store/stock/theirs", test_theirs);
  g_test_add_func ("/store/stock/pos-stock", test_pos_stock);
  g_test_add_func ("/store/stock/pos-stock-refuses", test_pos_stock_refuses);
  g_test_add_func ("/store/stock/back-on", test_back_on);
  g_test_add_func ("/store/stock/undo", test_undo);
  g_test_add_func ("/store/stock/undo-leaves-others", test_undo_leaves_others);
  g_test_add_func ("/store/stock/lists", test_lists);
  g_test_add_func ("/store/stock/ledger", test_ledger);
  g_test_add_func ("/store/stock/ledger-overtaken", test_ledger_overtaken);
  g_test_add_func ("/store/stock/ledger/failed-delivery", test_ledger_failed_delivery);
  g_test_add_func ("/store/stock/from-version-1", test_from_version_1);
  return g_test_run ();
}
