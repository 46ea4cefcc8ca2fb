/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock between the till, other programs on its PC and the demo shop, as the journal shows it. Main
 * thread only. */
#include "cpt-test-stock.h"

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
  before = cpt_test_stock_there (shop);
  till = cpt_test_till_new_connected (shop);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/catalogs/[^/]*"), ==, 1);
  cpt_test_stock_assert_there (shop, before);
  coke = cpt_test_stock_load (till, CPT_ITEM_SKU, "Coca-Cola 33 cl");
  g_assert_true (coke->stock.managed);
  g_assert_cmpint (coke->stock.quantity, ==, 3500);
  egg = cpt_test_stock_load (till, CPT_ITEM_OPTION, "œuf");
  g_assert_false (egg->stock.active);
  g_assert_cmpint (egg->stock.back_on, !=, CPT_TIME_NONE);
  g_assert_true (cpt_test_stock_state_of (till).ready);
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
  cpt_test_stock_foreign (till, same);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting == 10);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 1);
  g_assert_cmpuint (cpt_test_stock_entries_of (shop, "PATCH", 0), ==, 10);
  cpt_test_stock_assert_there (
      shop, "BIERE=7 CAFE=7 COKE-Z=7 COKE=7 GLACE=7 MOUSSE=7 ORANG=7 PANNA=7 THE-GL=7 "
            "TIRAM=7");

  cpt_test_stock_foreign (till, same);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 9 WHERE ref = 'COKE';"
                                "UPDATE pos_stock SET quantity = '7' WHERE ref = 'COKE';");
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 1);
}

static void
test_joined (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_set_mark (shop);
  cpt_test_stock_set_quantity (till, "tiramisu", 12500);
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "panna",
                       (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  cpt_test_stock_set_quantity (till, "mousse", -2000);
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "œuf",
                       (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 1);
  cpt_test_stock_assert_there (shop, "+EGG=0 MOUSSE=0 PANNA=0 TIRAM=12.5");
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "panna",
                       (CptStockEdit){ .sets_active = TRUE, .active = TRUE });
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "tiramisu", (CptStockEdit){ .sets_managed = TRUE });
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "+EGG=0 MOUSSE=0");
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 2);
  g_assert_cmpint (cpt_test_stock_state_of (till).waiting, ==, 0);
}

static gint64
count_spent (CptTestTill *till)
{
  CptEngineUsage usage;

  cpt_engine_get_usage (till->engine, &usage);
  return usage.used[1];
}

/* As if this hour had seen so many requests. */
static void
spend (CptTestTill *till, int requests)
{
  CptTime now = cpt_clock_now (CPT_CLOCK (till->clock));
  g_autofree char *sql = g_strdup_printf (
      "INSERT OR REPLACE INTO value (key, value) VALUES ('request-counts', 'budget1 0 0"
      " %" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %d 0 0 0 0')",
      now / CPT_HOUR * CPT_HOUR, requests, now / CPT_DAY * CPT_DAY, requests);

  /* a request that is answered before the counts are read writes its own */
  for (int i = 0; count_spent (till) < requests && i < 10; i++)
    {
      cpt_test_till_close (till);
      cpt_test_stock_foreign (till, sql);
      g_assert_true (cpt_test_till_open (till, NULL));
      cpt_test_till_settle (till);
    }
  g_assert_cmpint (count_spent (till), >=, requests);
}

/* Whatever a program writes, orders can be read and answered for the rest of the hour; and what
 * somebody sets leaves at once. */
static void
test_program_that_writes_all_the_time (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  spend (till, 1300);
  cpt_test_shop_set_mark (shop);
  for (int i = 1; i <= 10; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("UPDATE pos_stock SET quantity = %d WHERE ref = 'TIRAM'", i);

      cpt_test_stock_foreign (till, sql);
      CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 1);
      cpt_test_stock_leave (till);
    }
  g_assert_cmpuint (cpt_test_stock_writes (shop), <=, 2);
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "MOUSSE=3 TIRAM=10");
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 11 WHERE ref = 'TIRAM'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 1);
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  cpt_test_stock_assert_there (shop, "MOUSSE=3 TIRAM=11");
}

static void
test_lost_reply (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"drop\":\"after\"}");
  cpt_test_stock_set_quantity (till, "tiramisu", 8000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=8");
  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_till_advance (till, 10000);
  cpt_test_stock_assert_there (shop, "TIRAM=5");
  g_assert_cmpint (cpt_test_stock_state_of (till).waiting, ==, 0);
}

static void
test_restart (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_till_restart (till);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=5");
}

/* The event is acknowledged, so that only the disk knows that there is another catalog. @data: what
 * HubRise answers until the end of the process. */
static void
test_catalog_due (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path_regex\": \"/v1/catalogs/[^/]*\", \"times\": 0, %s}",
                    (const char *)data);
  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 3}");
  cpt_test_till_check (till);
  cpt_test_till_advance (till, 10 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", "/callback/events/.*"), ==, 1);
  cpt_test_till_close (till);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).skus, ==, 3);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_restart (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/catalogs/[^/]*"), ==, 0);
}

/* Another catalog while one is on its way: that one is not taken for it. */
static void
test_catalog_again (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path_regex\": \"/v1/catalogs/[^/]*\", \"hold\": \"after\"}");
  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 3}");
  cpt_test_till_check (till);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_held (shop) == 1);
  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 5}");
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2000);
  g_assert_cmpuint (cpt_test_shop_count_held (shop), ==, 1);
  cpt_test_shop_release (shop);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).skus, ==, 5);
}

/* Connected, and closed before the catalog was there. */
static void
test_catalog_first (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 3}");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path_regex\": \"/v1/catalogs/[^/]*\", \"status\": 503, \"times\": 0}");
  cpt_test_till_connect (till);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).skus, ==, 0);
  cpt_test_till_close (till);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).skus, ==, 3);
}

/* --- Others on HubRise --- */

static void
test_theirs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (CptStockItem) item = NULL;

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_leave (till);
  cpt_test_shop_set_mark (shop);
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"}]}");
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), ==, CPT_STOCK_MARK_DIFFERS);
  g_assert_cmpint (item->theirs.thousandths, ==, 2000);
  differences = cpt_test_stock_ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  cpt_test_stock_assert_there (shop, "TIRAM=2");
  /* A change of the till's own sends. */
  cpt_test_stock_set_quantity (till, "tiramisu", 4000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=4");
}

static void
test_compare_takes_theirs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CptStockItem) item = NULL;

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"}]}");
  differences = cpt_test_stock_ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_engine_answer_stock_async (till->engine, NULL, FALSE, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_cmpint (item->stock.quantity, ==, 2000);
}

/* --- What cannot be read --- */

static void
pull (CptEngine *engine, GAsyncReadyCallback callback, gpointer data)
{
  cpt_engine_pull_catalog_async (engine, callback, data);
}

/* Whoever pressed a button hears of it, whatever HubRise answered. */
static void
test_unreadable (void)
{
  static void (*const asks[]) (CptEngine *, GAsyncReadyCallback,
                               gpointer) = { cpt_engine_compare_stock_async, pull,
                                             cpt_engine_synchronise_stock_async };
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"GET\",\"path\":\"*inventory\",\"body\":{\"a\":1},\"times\":0}");
  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("ask %d", (int)i);
      asks[i](till->engine, cpt_test_stock_result_cb, &result);
      CPT_STOCK_ANSWER (till, result);
      if (asks[i] == pull)
        g_assert_false (cpt_engine_act_finish (till->engine, result, &error));
      else
        g_assert_null (cpt_engine_load_stock_finish (till->engine, result, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (cpt_test_stock_state_of (till).trouble);
    }
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  differences = cpt_test_stock_ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_null (cpt_test_stock_state_of (till).trouble);
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
  till = cpt_test_stock_connect_to (shop);
  cpt_test_shop_do (shop, "POST", "/catalog/drop", "{\"sku_ref\": \"G00123\"}");
  cpt_test_shop_set_mark (shop);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 500);
  cpt_test_stock_leave (till);

  shown = cpt_test_stock_there (shop);
  words = g_strsplit (shown, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 499);
  g_assert_cmpuint (cpt_test_stock_writes (shop), <=, at_most);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, "G00123");
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), ==, CPT_STOCK_MARK_REFUSED);
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
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

/* Far more than one batch finds: every entry that is not to blame arrives all the same, and what
 * is pressed meanwhile does not wait behind them. */
static void
test_refused_many (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autofree char *shown = NULL;
  g_auto (GStrv) words = NULL;

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 100}");
  cpt_test_shop_do (shop, "POST", "/unknown-refs", "{\"mode\": \"plain\"}");
  till = cpt_test_stock_connect_to (shop);
  for (int i = 1; i <= 100; i += 3)
    cpt_test_shop_do (shop, "POST", "/catalog/drop", "{\"sku_ref\": \"G%05d\"}", i);
  cpt_test_shop_set_mark (shop);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 100);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), <=, 80);
  g_assert_cmpint (cpt_test_stock_state_of (till).waiting, >, 0);
  cpt_test_stock_set_quantity (till, "G00002", 9000);
  cpt_test_stock_set_quantity (till, "G00099", 9000);
  cpt_test_stock_leave (till);
  shown = cpt_test_stock_there (shop);
  g_assert_nonnull (strstr (shown, "G00002=9"));
  g_assert_nonnull (strstr (shown, "G00099=9"));

  for (int i = 0; i < 4 && cpt_test_stock_state_of (till).waiting > 0; i++)
    cpt_test_till_advance (till, 3 * CPT_MINUTE);
  g_assert_cmpint (cpt_test_stock_state_of (till).waiting, ==, 0);
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 34);
  g_free (shown);
  shown = cpt_test_stock_there (shop);
  words = g_strsplit (shown, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 66);
  g_assert_cmpuint (cpt_test_stock_writes (shop), <=, 200);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 4 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
}

/* HubRise takes it now: the reading that proves it ends what was said about it. */
static void
test_refused_no_more (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (CptStockItem) item = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"status\":422,\"times\":0}");
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_stock_leave (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 1);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  differences = cpt_test_stock_ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 0);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, "mousse");
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), !=, CPT_STOCK_MARK_REFUSED);
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
  till = cpt_test_stock_connect_to (shop);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 2000);
  cpt_test_stock_leave (till);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting == 0);
  /* Another changes one and removes one: a full synchronisation is a person's word. */
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"G00001\",\"stock\":\"1\"},"
                    "{\"sku_ref\":\"G00002\",\"stock\":null}]}");
  cpt_test_shop_set_mark (shop);
  differences = cpt_test_stock_ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PUT", CPT_TEST_INVENTORY), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", CPT_TEST_INVENTORY), ==, 1);
  g_assert_cmpuint (cpt_test_stock_entries_of (shop, "PUT", 0), ==, 2000);
  g_assert_cmpint (cpt_test_stock_state_of (till).sync_differences, ==, 0);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", CPT_TEST_INVENTORY), ==, 0);
  again = cpt_test_stock_ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (again->len, ==, 0);
}

/* A reply that never comes is no proof: the reading is. */
static void
test_synchronise_lost (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;

  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PUT\",\"path\":\"*inventory\",\"drop\":\"after\",\"times\":2}");
  differences = cpt_test_stock_ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 0);
  cpt_test_stock_assert_there (shop, "TIRAM=5");
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
  cpt_test_stock_set_quantity (till, "tiramisu", 5000);
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "POST", "/catalog/drop", "{\"sku_ref\": \"MOUSSE\"}");
  differences = cpt_test_stock_ask_differences (till, cpt_engine_synchronise_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpstr (((CptStockItem *)differences->pdata[0])->ref, ==, "MOUSSE");
  cpt_test_stock_assert_there (shop, "TIRAM=5");
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
  cpt_engine_import_stock_async (till->engine, lines, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_null (((CptStockCsvLine *)lines->pdata[0])->problem);
  g_assert_nonnull (((CptStockCsvLine *)lines->pdata[1])->problem);
  g_assert_nonnull (((CptStockCsvLine *)lines->pdata[2])->problem);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 1);
  cpt_test_stock_assert_there (shop, "COKE=0 TIRAM=12.5");
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
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "tiramisu",
                       (CptStockEdit){ .sets_active = TRUE, .back_on = back_on });
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=0@");
  sent = cpt_test_shop_find (shop, "PATCH", CPT_TEST_INVENTORY, 0);
  g_assert_nonnull (
      strstr (json_object_get_string_member (sent, "body_text"), "2026-03-29T03:30:00+02:00"));
  /* 45 minutes by the sun. */
  cpt_test_till_advance (till, 46 * CPT_MINUTE);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, "tiramisu");
  g_assert_true (item->stock.active);
  cpt_test_stock_assert_there (shop, "");
  g_assert_cmpint (cpt_test_stock_state_of (till).differing, ==, 0);
}

int
main (int argc, char **argv)
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/stock/first-connection", test_first_connection);
  g_test_add_func ("/sync/stock/other-program", test_other_program);
  g_test_add_func ("/sync/stock/joined", test_joined);
  g_test_add_func ("/sync/stock/program-that-writes-all-the-time",
                   test_program_that_writes_all_the_time);
  g_test_add_func ("/sync/stock/lost-reply", test_lost_reply);
  g_test_add_data_func ("/sync/stock/catalog-due/down", "\"status\": 503", test_catalog_due);
  g_test_add_data_func ("/sync/stock/catalog-due/refused", "\"status\": 403", test_catalog_due);
  g_test_add_data_func ("/sync/stock/catalog-due/unreadable", "\"status\": 200, \"body\": {}",
                        test_catalog_due);
  g_test_add_func ("/sync/stock/catalog-again", test_catalog_again);
  g_test_add_func ("/sync/stock/catalog-first", test_catalog_first);
  g_test_add_func ("/sync/stock/restart", test_restart);
  g_test_add_func ("/sync/stock/theirs", test_theirs);
  g_test_add_func ("/sync/stock/compare-takes-theirs", test_compare_takes_theirs);
  g_test_add_func ("/sync/stock/unreadable", test_unreadable);
  g_test_add_func ("/sync/stock/refused-many", test_refused_many);
  g_test_add_func ("/sync/stock/refused-no-more", test_refused_no_more);
  g_test_add_func ("/sync/stock/refused-by-fields", test_refused_by_fields);
  g_test_add_func ("/sync/stock/refused-without-fields", test_refused_without_fields);
  g_test_add_func ("/sync/stock/ignored", test_ignored);
  g_test_add_func ("/sync/stock/synchronise", test_synchronise);
  g_test_add_func ("/sync/stock/synchronise-lost", test_synchronise_lost);
  g_test_add_func ("/sync/stock/synchronise-refused", test_synchronise_refused);
  g_test_add_func ("/sync/stock/import", test_import);
  g_test_add_func ("/sync/stock/back-on", test_back_on);
  return g_test_run ();
}
