/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock between the till, other programs on its PC and the demo shop, as the journal shows it. Main
 * thread only. */
#include <sqlite3.h>

#include "cpt-engine-stock.h"
#include "cpt-test-till.h"

#define INVENTORY "/catalogs/.*/location/inventory"

/* --- Asking the till --- */

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

#define ANSWER(till, result) CPT_TILL_WAIT_UNTIL (till, (result) != NULL)

static gint64
find (CptTestTill *till, CptItemKind kind, const char *text)
{
  CptEngineStockQuery query = { .tab = CPT_ENGINE_STOCK_ALL, .kind = kind, .text = text };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_engine_list_stock_async (till->engine, &query, NULL, result_cb, &result);
  ANSWER (till, result);
  rows = cpt_engine_list_stock_finish (till->engine, result, NULL);
  g_assert_cmpuint (rows->len, >=, 1);
  return g_array_index (rows, gint64, 0);
}

static CptStockItem *
load (CptTestTill *till, CptItemKind kind, const char *text)
{
  gint64 row = find (till, kind, text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  cpt_engine_load_stock_async (till->engine, &row, 1, NULL, result_cb, &result);
  ANSWER (till, result);
  items = cpt_engine_load_stock_finish (till->engine, result, NULL);
  return cpt_stock_item_ref (items->pdata[0]);
}

static void
edit (CptTestTill *till, CptItemKind kind, const char *text, CptStockEdit change)
{
  gint64 row = find (till, kind, text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) undo = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_edit_stock_async (till->engine, &row, 1, &change, result_cb, &result);
  ANSWER (till, result);
  undo = cpt_engine_edit_stock_finish (till->engine, result, &error);
  g_assert_no_error (error);
}

static void
set_quantity (CptTestTill *till, const char *text, gint64 thousandths)
{
  edit (till, CPT_ITEM_SKU, text, (CptStockEdit){ .sets_quantity = TRUE, .quantity = thousandths });
}

static void
leave (CptTestTill *till)
{
  cpt_test_till_advance (till, 1000);
}

static CptEngineStock
state_of (CptTestTill *till)
{
  CptEngineStock stock;

  cpt_engine_get_stock (till->engine, &stock);
  return stock;
}

static GPtrArray *
ask_differences (CptTestTill *till, void (*asks) (CptEngine *, GAsyncReadyCallback, gpointer))
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = NULL;

  asks (till->engine, result_cb, &result);
  ANSWER (till, result);
  found = cpt_engine_load_stock_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  return found;
}

/* A large catalog is decoded on a thread of its own. */
static CptTestTill *
connect_to (CptTestShop *shop)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  CPT_TILL_WAIT_UNTIL (till, state_of (till).ready);
  leave (till);
  return till;
}

/* --- Asking the shop --- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* "COKE=3 EGG=0@" of the shop's inventory, by ref. */
static char *
there (CptTestShop *shop)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (shop, "GET", "/inventory", NULL);
  JsonArray *entries =
      JSON_NODE_HOLDS_ARRAY (answer)
          ? json_node_get_array (answer)
          : json_object_get_array_member (json_node_get_object (answer), "entries");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      gboolean option = json_object_has_member (entry, "option_ref");
      const char *until = json_object_get_string_member_with_default (entry, "expires_at", NULL);

      g_ptr_array_add (words,
                       g_strdup_printf ("%s%s=%s%s", option ? "+" : "",
                                        json_object_get_string_member (entry, option ? "option_ref"
                                                                                     : "sku_ref"),
                                        json_object_get_string_member (entry, "stock"),
                                        until != NULL ? "@" : ""));
    }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

static void
assert_there (CptTestShop *shop, const char *expected)
{
  g_autofree char *shown = there (shop);
  g_autofree char *journal = cpt_test_shop_describe (shop);

  g_test_message ("%s", journal);
  g_assert_cmpstr (shown, ==, expected);
}

static guint
writes (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "PATCH", INVENTORY) +
         cpt_test_shop_count (shop, "PUT", INVENTORY);
}

static guint
entries_of (CptTestShop *shop, const char *method, guint nth)
{
  g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, method, INVENTORY, nth);

  g_assert_nonnull (entry);
  return json_array_get_length (json_object_get_array_member (entry, "body"));
}

static void
foreign (CptTestTill *till, const char *sql)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

/* --- The first connection --- */

static void
test_first_connection (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (CptStockItem) coke = NULL;
  g_autoptr (CptStockItem) egg = NULL;
  g_autofree char *before = NULL;

  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"COKE\",\"stock\":\"3.5\"},"
                    "{\"sku_ref\":\"TIRAM\",\"stock\":\"0\"},"
                    "{\"option_ref\":\"EGG\",\"stock\":\"0\","
                    "\"expires_at\":\"2036-01-01T10:00:00+01:00\"}]}");
  before = there (shop);
  till = cpt_test_till_new_connected (shop);
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/catalogs/[^/]*"), ==, 1);
  assert_there (shop, before);
  coke = load (till, CPT_ITEM_SKU, "Coca-Cola 33 cl");
  g_assert_true (coke->stock.managed);
  g_assert_cmpint (coke->stock.quantity, ==, 3500);
  egg = load (till, CPT_ITEM_OPTION, "œuf");
  g_assert_false (egg->stock.active);
  g_assert_cmpint (egg->stock.back_on, !=, CPT_TIME_NONE);
  g_assert_true (state_of (till).ready);
}

/* --- By themselves --- */

static void
test_other_program (void)
{
  static const char *const same =
      "BEGIN; UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku' AND ref IN"
      " ('COKE','COKE-Z','ORANG','THE-GL','CAFE','BIERE','TIRAM','PANNA','MOUSSE','GLACE'); COMMIT";
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_set_mark (shop);
  foreign (till, same);
  CPT_TILL_WAIT_UNTIL (till, state_of (till).waiting == 10);
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 1);
  g_assert_cmpuint (entries_of (shop, "PATCH", 0), ==, 10);
  assert_there (shop, "BIERE=7 CAFE=7 COKE-Z=7 COKE=7 GLACE=7 MOUSSE=7 ORANG=7 PANNA=7 THE-GL=7 "
                      "TIRAM=7");

  foreign (till, same);
  foreign (till, "UPDATE pos_stock SET quantity = 9 WHERE ref = 'COKE';"
                 "UPDATE pos_stock SET quantity = '7' WHERE ref = 'COKE';");
  cpt_test_till_check (till);
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 1);
}

static void
test_joined (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_set_mark (shop);
  set_quantity (till, "tiramisu", 12500);
  edit (till, CPT_ITEM_SKU, "panna",
        (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  set_quantity (till, "mousse", -2000);
  edit (till, CPT_ITEM_OPTION, "œuf",
        (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 1);
  assert_there (shop, "+EGG=0 MOUSSE=0 PANNA=0 TIRAM=12.5");
  edit (till, CPT_ITEM_SKU, "panna", (CptStockEdit){ .sets_active = TRUE, .active = TRUE });
  edit (till, CPT_ITEM_SKU, "tiramisu", (CptStockEdit){ .sets_managed = TRUE });
  leave (till);
  assert_there (shop, "+EGG=0 MOUSSE=0");
  g_assert_cmpuint (writes (shop), ==, 2);
  g_assert_cmpint (state_of (till).waiting, ==, 0);
}

static void
test_lost_reply (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  set_quantity (till, "tiramisu", 5000);
  leave (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"drop\":\"after\"}");
  set_quantity (till, "tiramisu", 8000);
  leave (till);
  assert_there (shop, "TIRAM=8");
  set_quantity (till, "tiramisu", 5000);
  cpt_test_till_advance (till, 10000);
  assert_there (shop, "TIRAM=5");
  g_assert_cmpint (state_of (till).waiting, ==, 0);
}

static void
test_restart (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  set_quantity (till, "tiramisu", 5000);
  cpt_test_till_restart (till);
  leave (till);
  assert_there (shop, "TIRAM=5");
}

/* --- Others on HubRise --- */

static void
test_theirs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (CptStockItem) item = NULL;

  set_quantity (till, "tiramisu", 5000);
  leave (till);
  cpt_test_shop_set_mark (shop);
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"}]}");
  cpt_test_till_check (till);
  leave (till);
  item = load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), ==, CPT_STOCK_MARK_DIFFERS);
  g_assert_cmpint (item->theirs.thousandths, ==, 2000);
  differences = ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpuint (writes (shop), ==, 0);
  assert_there (shop, "TIRAM=2");
  /* A change of the till's own sends. */
  set_quantity (till, "tiramisu", 4000);
  leave (till);
  assert_there (shop, "TIRAM=4");
}

static void
test_compare_takes_theirs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CptStockItem) item = NULL;

  set_quantity (till, "tiramisu", 5000);
  leave (till);
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"}]}");
  differences = ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_engine_answer_stock_async (till->engine, NULL, FALSE, result_cb, &result);
  ANSWER (till, result);
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 0);
  item = load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_cmpint (item->stock.quantity, ==, 2000);
}

/* --- Refused entries --- */

static void
refuse (const char *mode, guint at_most)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (CptStockItem) item = NULL;
  g_autofree char *shown = NULL;
  g_auto (GStrv) words = NULL;

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 500}");
  cpt_test_shop_do (shop, "POST", "/unknown-refs", "{\"mode\": \"%s\"}", mode);
  till = connect_to (shop);
  cpt_test_shop_do (shop, "POST", "/catalog/drop", "{\"sku_ref\": \"G00123\"}");
  cpt_test_shop_set_mark (shop);
  foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, state_of (till).waiting >= 500);
  leave (till);

  shown = there (shop);
  words = g_strsplit (shown, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 499);
  g_assert_cmpuint (writes (shop), <=, at_most);
  item = load (till, CPT_ITEM_SKU, "G00123");
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), ==, CPT_STOCK_MARK_REFUSED);
  g_assert_cmpint (state_of (till).refused, ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (writes (shop), ==, 0);
}

static void
test_refused_by_fields (void)
{
  refuse ("fields", 2);
}

static void
test_refused_without_fields (void)
{
  refuse ("plain", 20);
}

static void
test_ignored (void)
{
  refuse ("ignore", 1);
}

/* --- The whole --- */

static void
test_synchronise (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GPtrArray) again = NULL;

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 2000}");
  till = connect_to (shop);
  foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, state_of (till).waiting >= 2000);
  leave (till);
  CPT_TILL_WAIT_UNTIL (till, state_of (till).waiting == 0);
  /* Another changes one and removes one: a full synchronisation is a person's word. */
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"G00001\",\"stock\":\"1\"},"
                    "{\"sku_ref\":\"G00002\",\"stock\":null}]}");
  cpt_test_shop_set_mark (shop);
  differences = ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PUT", INVENTORY), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", INVENTORY), ==, 1);
  g_assert_cmpuint (entries_of (shop, "PUT", 0), ==, 2000);
  g_assert_cmpint (state_of (till).sync_differences, ==, 0);
  leave (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", INVENTORY), ==, 0);
  again = ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (again->len, ==, 0);
}

/* A reply that never comes is no proof: the reading is. */
static void
test_synchronise_lost (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;

  set_quantity (till, "tiramisu", 5000);
  leave (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PUT\",\"path\":\"*inventory\",\"drop\":\"after\",\"times\":2}");
  differences = ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  assert_there (shop, "TIRAM=5");
}

/* A ref that is gone is named by the result; the others are right. */
static void
test_synchronise_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  cpt_test_shop_do (shop, "POST", "/unknown-refs", "{\"mode\": \"plain\"}");
  till = cpt_test_till_new_connected (shop);
  set_quantity (till, "tiramisu", 5000);
  set_quantity (till, "mousse", 3000);
  leave (till);
  cpt_test_shop_do (shop, "POST", "/catalog/drop", "{\"sku_ref\": \"MOUSSE\"}");
  differences = ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpstr (((CptStockItem *)differences->pdata[0])->ref, ==, "MOUSSE");
  assert_there (shop, "TIRAM=5");
}

/* --- A file --- */

/* What a French spreadsheet writes; a bad line holds back no other. */
static void
test_import (void)
{
  static const char file[] =
      "code;quantit\xe9\r\nTIRAM;12,5\r\nMOUSSE;many\r\nNOPE;3\r\nCOKE;0\r\n";
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *text = cpt_stock_csv_to_utf8 (file, sizeof file - 1);
  g_autoptr (GPtrArray) lines = cpt_stock_csv_parse (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_shop_set_mark (shop);
  cpt_engine_import_stock_async (till->engine, lines, result_cb, &result);
  ANSWER (till, result);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_null (((CptStockCsvLine *)lines->pdata[0])->problem);
  g_assert_nonnull (((CptStockCsvLine *)lines->pdata[1])->problem);
  g_assert_nonnull (((CptStockCsvLine *)lines->pdata[2])->problem);
  leave (till);
  g_assert_cmpuint (writes (shop), ==, 1);
  assert_there (shop, "COKE=0 TIRAM=12.5");
}

/* --- The clock --- */

/* Across the night in which the clocks go forward. */
static void
test_back_on (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (CptStockItem) item = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 ("2026-03-29T03:30:00+02:00", NULL);
  CptTime back_on = g_date_time_to_unix (at) * 1000;

  cpt_test_shop_do (shop, "POST", "/clock",
                    "{\"set\": \"2026-03-29T01:45:00+01:00\", \"freeze\": true}");
  till = cpt_test_till_new_connected (shop);
  cpt_test_shop_set_mark (shop);
  edit (till, CPT_ITEM_SKU, "tiramisu", (CptStockEdit){ .sets_active = TRUE, .back_on = back_on });
  leave (till);
  assert_there (shop, "TIRAM=0@");
  sent = cpt_test_shop_find (shop, "PATCH", INVENTORY, 0);
  g_assert_nonnull (
      strstr (json_object_get_string_member (sent, "body_text"), "2026-03-29T03:30:00+02:00"));
  /* 45 minutes by the sun. */
  cpt_test_till_advance (till, 46 * CPT_MINUTE);
  item = load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_true (item->stock.active);
  assert_there (shop, "");
  g_assert_cmpint (state_of (till).differing, ==, 0);
}

/* --- Orders --- */

static gint64
quantity_of (CptTestTill *till, CptItemKind kind, const char *text)
{
  g_autoptr (CptStockItem) item = load (till, kind, text);

  return item->stock.quantity;
}

static char *
order_two_margherita (CptTestShop *shop)
{
  return cpt_test_shop_inject (
      shop, "{\"items\":[{\"product_name\":\"Margherita\",\"sku_ref\":\"MARG-M\",\"price\":\"9.50 "
            "EUR\",\"quantity\":\"2\",\"options\":[{\"option_list_name\":\"Suppléments\","
            "\"name\":\"Œuf\",\"ref\":\"EGG\",\"price\":\"1.00 EUR\"}]}]}");
}

static void
assert_stock (CptTestTill *till, gint64 margherita, gint64 egg)
{
  cpt_test_till_settle (till);
  g_assert_cmpint (quantity_of (till, CPT_ITEM_SKU, "MARG-M"), ==, margherita);
  g_assert_cmpint (quantity_of (till, CPT_ITEM_OPTION, "EGG"), ==, egg);
}

static void
test_deduction (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);

  set_quantity (till, "MARG-M", 10000);
  edit (till, CPT_ITEM_OPTION, "EGG", (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  leave (till);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  assert_stock (till, 8000, 10000);
  leave (till);
  assert_there (shop, "+EGG=10 MARG-M=8");
  cpt_test_till_restart (till);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  leave (till);
  assert_stock (till, 10000, 12000);
  assert_there (shop, "+EGG=12 MARG-M=10");
}

/* Cancelling here is held: taken back in time, nothing goes back on the shelf. */
static void
test_deduction_undo (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);
  g_autoptr (GError) error = NULL;

  set_quantity (till, "MARG-M", 10000);
  edit (till, CPT_ITEM_OPTION, "EGG", (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  cpt_test_till_check (till);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_till_press (till, id, CPT_ORDER_CANCELLED);
  assert_stock (till, 8000, 10000);
  cpt_test_till_act (till, id, cpt_engine_undo_async, &error);
  g_assert_no_error (error);
  assert_stock (till, 8000, 10000);
  cpt_test_till_press (till, id, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (till, 6000);
  assert_stock (till, 10000, 12000);
}

static void
test_accepted_elsewhere (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = NULL;

  set_quantity (till, "MARG-M", 10000);
  edit (till, CPT_ITEM_OPTION, "EGG", (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  cpt_test_till_advance (till, 2000);
  id = order_two_margherita (shop);
  cpt_test_till_check (till);
  cpt_test_shop_set_status (shop, id, "accepted", "c2");
  cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
}

int
main (int argc, char **argv)
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/stock/first-connection", test_first_connection);
  g_test_add_func ("/sync/stock/other-program", test_other_program);
  g_test_add_func ("/sync/stock/joined", test_joined);
  g_test_add_func ("/sync/stock/lost-reply", test_lost_reply);
  g_test_add_func ("/sync/stock/restart", test_restart);
  g_test_add_func ("/sync/stock/theirs", test_theirs);
  g_test_add_func ("/sync/stock/compare-takes-theirs", test_compare_takes_theirs);
  g_test_add_func ("/sync/stock/refused-by-fields", test_refused_by_fields);
  g_test_add_func ("/sync/stock/refused-without-fields", test_refused_without_fields);
  g_test_add_func ("/sync/stock/ignored", test_ignored);
  g_test_add_func ("/sync/stock/synchronise", test_synchronise);
  g_test_add_func ("/sync/stock/synchronise-lost", test_synchronise_lost);
  g_test_add_func ("/sync/stock/synchronise-refused", test_synchronise_refused);
  g_test_add_func ("/sync/stock/import", test_import);
  g_test_add_func ("/sync/stock/back-on", test_back_on);
  g_test_add_func ("/sync/stock/deduction", test_deduction);
  g_test_add_func ("/sync/stock/deduction-undo", test_deduction_undo);
  g_test_add_func ("/sync/stock/accepted-elsewhere", test_accepted_elsewhere);
  return g_test_run ();
}
