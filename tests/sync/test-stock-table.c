/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inventory rule's table through the whole program, and what stands at HubRise after it; the
 * first binding; catalogs that change. Main thread only. */
#include "cpt-test-stock.h"

#define ITEM "tiramisu"

static GSettings *
settings_of (CptTestTill *till)
{
  return cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
}

/* --- The table --- */

typedef struct
{
  CptStockEdit edit;
  const char *there;
} Step;

static void
follow (CptTestTill *till, const Step *steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("step %d", (int)i);
      cpt_test_stock_edit (till, CPT_ITEM_SKU, ITEM, steps[i].edit);
      cpt_test_stock_leave (till);
      cpt_test_stock_assert_there (till->shop, steps[i].there);
      g_assert_cmpint (cpt_test_stock_state_of (till).waiting, ==, 0);
    }
}

#define QUANTITY(n)                                                                                \
  {                                                                                                \
    .sets_quantity = TRUE, .quantity = (n)                                                         \
  }
#define MANAGED(on)                                                                                \
  {                                                                                                \
    .sets_managed = TRUE, .managed = (on)                                                          \
  }
#define ACTIVE(on, time)                                                                           \
  {                                                                                                \
    .sets_active = TRUE, .active = (on), .back_on = (time)                                         \
  }

static void
test_quantities (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  CptTime later = cpt_test_shop_get_now (shop) / 1000 * 1000 + CPT_HOUR;
  const Step steps[] = {
    { ACTIVE (TRUE, CPT_TIME_NONE), "" },         /* not managed: nothing */
    { QUANTITY (12500), "TIRAM=12.5" },           /* managed */
    { QUANTITY (-2000), "TIRAM=0" },              /* never below zero there */
    { QUANTITY (12500), "TIRAM=12.5" },           /* */
    { ACTIVE (FALSE, CPT_TIME_NONE), "TIRAM=0" }, /* INACTIF, whatever the number */
    { ACTIVE (FALSE, later), "TIRAM=0@" },        /* until a time */
    { ACTIVE (TRUE, CPT_TIME_NONE), "TIRAM=12.5" },
    { MANAGED (FALSE), "" },                      /* null where an entry of ours stands */
    { ACTIVE (FALSE, CPT_TIME_NONE), "TIRAM=0" }, /* INACTIF without a number */
    { ACTIVE (TRUE, CPT_TIME_NONE), "" },         /* active again without management: null */
  };
  g_autoptr (CptStockItem) red = NULL;

  follow (till, steps, 3);
  red = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);
  g_assert_cmpint (red->stock.quantity, ==, -2000);
  g_assert_cmpint (cpt_stock_get_look (&red->stock, 0), ==, CPT_STOCK_EMPTY);
  follow (till, steps + 3, G_N_ELEMENTS (steps) - 3);
}

/* Every entry that left since the mark is "0" or a removal. */
static void
assert_only_zero (CptTestShop *shop)
{
  guint n_requests = cpt_test_shop_count (shop, "PATCH", CPT_TEST_INVENTORY);

  for (guint n = 0; n < n_requests; n++)
    {
      g_autoptr (JsonObject) request = cpt_test_shop_find (shop, "PATCH", CPT_TEST_INVENTORY, n);
      JsonArray *entries = json_object_get_array_member (request, "body");

      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          JsonObject *entry = json_array_get_object_element (entries, i);

          if (!json_object_get_null_member (entry, "stock"))
            g_assert_cmpstr (json_object_get_string_member (entry, "stock"), ==, "0");
        }
    }
}

static void
test_out_only (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  static const Step steps[] = {
    { QUANTITY (5000), "" },                   /* */
    { QUANTITY (0), "TIRAM=0" },               /* */
    { QUANTITY (-1000), "TIRAM=0" },           /* */
    { QUANTITY (5000), "" },                   /* null where such an entry must go */
    { ACTIVE (FALSE, G_MININT64), "TIRAM=0" }, /* */
    { ACTIVE (TRUE, G_MININT64), "" },         /* */
  };

  G_STATIC_ASSERT (CPT_TIME_NONE == G_MININT64);
  /* A number sent before goes when the mode is changed. */
  cpt_test_stock_set_quantity (till, ITEM, 7000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=7");
  cpt_test_shop_set_mark (shop);
  g_settings_set_string (settings_of (till), "stock-mode", "out-of-stock");
  cpt_test_till_settle (till);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "");
  follow (till, steps, G_N_ELEMENTS (steps));
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 5);
  assert_only_zero (shop);
}

/* --- The first binding --- */

static void
test_thirty_entries (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autofree char *before = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint managed = 0;

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 40}");
  for (int i = 1; i <= 30; i++)
    g_string_append_printf (entries, "%s{\"sku_ref\":\"G%05d\",\"stock\":\"%d\"}", i > 1 ? "," : "",
                            i, i);
  cpt_test_shop_do (shop, "PATCH", "/inventory", "{\"entries\":[%s]}", entries->str);
  before = cpt_test_stock_there (shop);
  till = cpt_test_stock_connect_to (shop);
  cpt_test_till_check (till);
  cpt_test_till_restart (till);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", CPT_TEST_INVENTORY), >, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", CPT_TEST_INVENTORY), ==,
                    cpt_test_shop_count (shop, "GET", CPT_TEST_INVENTORY));
  cpt_test_stock_assert_there (shop, before);

  cpt_engine_load_all_stock_async (till->engine, NULL, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  items = cpt_engine_load_stock_finish (till->engine, result, NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = items->pdata[i];

      managed += item->stock.managed;
      if (item->stock.managed)
        g_assert_cmpint (item->stock.quantity, ==,
                         g_ascii_strtoll (item->ref + 1, NULL, 10) * 1000);
    }
  g_assert_cmpuint (managed, ==, 30);
}

/* Numbers that other systems wrote are not removed by who only looks: that begins with a change. */
static void
test_first_out_only (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);

  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"},"
                    "{\"sku_ref\":\"COKE\",\"stock\":\"0\"}]}");
  g_settings_set_string (settings_of (till), "stock-mode", "out-of-stock");
  cpt_test_till_connect (till);
  cpt_test_till_check (till);
  cpt_test_till_restart (till);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  cpt_test_stock_assert_there (shop, "COKE=0 TIRAM=2");
  g_assert_cmpint (cpt_test_stock_state_of (till).waiting, ==, 0);
  cpt_test_stock_set_quantity (till, ITEM, 0);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "COKE=0 TIRAM=0");
}

/* A POS wrote before HubRise's stock was ever read: nothing is sent until it is answered. */
static void
test_both_sides (gconstpointer ours)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"},"
                    "{\"sku_ref\":\"COKE\",\"stock\":\"3\"}]}");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"GET\",\"path\":\"*inventory\",\"status\":500,\"times\":0}");
  till = cpt_test_till_new_connected (shop);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).skus > 0);
  cpt_test_stock_foreign (till, "INSERT INTO pos_stock (ref, quantity) VALUES ('TIRAM', 5)");
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_true (cpt_test_stock_state_of (till).asks);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  cpt_test_stock_assert_there (shop, "COKE=3 TIRAM=2");
  differences = cpt_test_stock_ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  cpt_engine_answer_stock_async (till->engine, NULL, ours != NULL, cpt_test_stock_result_cb,
                                 &result);
  CPT_STOCK_ANSWER (till, result);
  cpt_test_stock_leave (till);
  g_assert_false (cpt_test_stock_state_of (till).asks);
  cpt_test_stock_assert_there (shop, ours != NULL ? "COKE=3 TIRAM=5" : "COKE=3 TIRAM=2");
  /* From now on by itself. */
  cpt_test_stock_set_quantity (till, ITEM, 9000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "COKE=3 TIRAM=9");
}

/* Nothing leaves by itself, but what a person said does: later, where it cannot at once. */
static void
test_answered (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 row = 0;

  cpt_test_stock_set_quantity (till, ITEM, 5000);
  cpt_test_stock_leave (till);
  g_settings_set_boolean (settings_of (till), "auto-stock", FALSE);
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"2\"}]}");
  differences = cpt_test_stock_ask_differences (till, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 2);
  g_settings_set_boolean (settings_of (till), "sending", FALSE);
  row = cpt_test_stock_find (till, CPT_ITEM_SKU, ITEM);
  g_array_append_val (rows, row);
  cpt_engine_answer_stock_async (till->engine, rows, TRUE, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  g_clear_object (&result);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=2");
  cpt_test_till_restart (till);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=2");
  g_settings_set_boolean (settings_of (till), "sending", TRUE);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=5");
  cpt_test_stock_set_quantity (till, ITEM, 6000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "TIRAM=5");
}

/* Send it again is such a word, and so is what was begun: the reply of the second try is lost. */
static void
test_sent_again (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"status\":422}");
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_stock_leave (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 1);
  g_settings_set_boolean (settings_of (till), "auto-stock", FALSE);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"drop\":\"before\"}");
  cpt_engine_retry_stock (till->engine);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "");
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_stock_assert_there (shop, "MOUSSE=3");
  g_assert_cmpint (cpt_test_stock_state_of (till).refused, ==, 0);
}

/* --- Catalogs that change --- */

/* HubRise forgot what it held of a ref that was gone: that leaves again, another's change stays. */
static void
test_new_ref (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (CptStockItem) theirs = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *entry = NULL;

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 11}");
  till = cpt_test_stock_connect_to (shop);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 7 WHERE kind = 'sku'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting == 11);
  cpt_test_stock_leave (till);
  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 10}");
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  g_assert_cmpint (cpt_test_stock_state_of (till).skus, ==, 10);

  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 11}");
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"G00003\",\"stock\":\"1\"}]}");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 1);
  g_assert_cmpuint (cpt_test_stock_entries_of (shop, "PATCH", 0), ==, 1);
  sent = cpt_test_shop_find (shop, "PATCH", CPT_TEST_INVENTORY, 0);
  entry = json_array_get_object_element (json_object_get_array_member (sent, "body"), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "sku_ref"), ==, "G00011");
  theirs = cpt_test_stock_load (till, CPT_ITEM_SKU, "G00003");
  g_assert_cmpint (cpt_stock_item_get_mark (theirs, 0), ==, CPT_STOCK_MARK_DIFFERS);
}

/* An option and a sku with one ref are two; two skus with one ref are one; without a ref none. */
static void
test_shared_refs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (CptStockItem) one = NULL;
  g_autoptr (CptStockItem) other = NULL;
  g_autoptr (CptStockItem) option = NULL;
  g_autoptr (CptStockItem) none = NULL;

  cpt_test_shop_do (
      shop, "PUT", "/catalog",
      "{\"categories\":[{\"ref\":\"c\",\"name\":\"All\"}],\"products\":["
      "{\"name\":\"Still\",\"category_ref\":\"c\",\"skus\":[{\"ref\":\"SAME\",\"price\":\"2.00 "
      "EUR\"}]},"
      "{\"name\":\"Sparkling\",\"category_ref\":\"c\",\"skus\":[{\"ref\":\"SAME\",\"price\":\"2.00 "
      "EUR\"}]},"
      "{\"name\":\"Dish\",\"category_ref\":\"c\",\"skus\":[{\"price\":\"9.00 EUR\"}]}],"
      "\"option_lists\":[{\"ref\":\"o\",\"name\":\"Extras\",\"options\":["
      "{\"ref\":\"SAME\",\"name\":\"Lemon\",\"price\":\"0.50 EUR\"}]}]}");
  cpt_test_shop_do (shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"SAME\",\"stock\":\"4\"},"
                    "{\"option_ref\":\"SAME\",\"stock\":\"3\"}]}");
  till = cpt_test_stock_connect_to (shop);
  one = cpt_test_stock_load (till, CPT_ITEM_SKU, "still");
  option = cpt_test_stock_load (till, CPT_ITEM_OPTION, "lemon");
  g_assert_cmpint (one->stock.quantity, ==, 4000);
  g_assert_cmpint (option->stock.quantity, ==, 3000);
  g_clear_pointer (&one, cpt_stock_item_unref);
  g_clear_pointer (&option, cpt_stock_item_unref);
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "sparkling",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 5000 });
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "lemon",
                       (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "dish",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 5000 });
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "+SAME=0 SAME=5");
  one = cpt_test_stock_load (till, CPT_ITEM_SKU, "still");
  other = cpt_test_stock_load (till, CPT_ITEM_SKU, "sparkling");
  option = cpt_test_stock_load (till, CPT_ITEM_OPTION, "lemon");
  none = cpt_test_stock_load (till, CPT_ITEM_SKU, "dish");
  g_assert_true (one->shared && other->shared);
  g_assert_cmpint (one->stock.quantity, ==, 5000);
  g_assert_false (option->shared);
  g_assert_false (option->stock.active);
  g_assert_cmpint (cpt_stock_item_get_mark (none, 0), ==, CPT_STOCK_MARK_NO_REF);
}

/* --- The morning --- */

/* The till was off when the shop's day began: what was due is done when it is switched on. */
static void
test_morning (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  CptTime days = cpt_test_shop_get_now (shop) / 1000 * 1000 + 5 * CPT_DAY;
  g_autoptr (CptStockItem) today = NULL;
  g_autoptr (CptStockItem) for_good = NULL;
  g_autoptr (GError) error = NULL;

  g_settings_set_boolean (settings_of (till), "morning-reset", TRUE);
  cpt_test_till_settle (till);
  cpt_test_stock_edit (till, CPT_ITEM_SKU, ITEM,
                       (CptStockEdit){ .sets_active = TRUE, .back_on = days });
  cpt_test_stock_edit (till, CPT_ITEM_SKU, "mousse",
                       (CptStockEdit){ .sets_active = TRUE, .back_on = CPT_TIME_NONE });
  cpt_test_stock_leave (till);
  cpt_test_till_restart (till);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "MOUSSE=0 TIRAM=0@");
  cpt_test_till_close (till);
  cpt_test_clock_advance (till->clock, CPT_DAY);
  cpt_test_shop_advance (shop, CPT_DAY);
  g_assert_true (cpt_test_till_open (till, &error));
  cpt_test_till_settle (till);
  cpt_test_stock_leave (till);
  today = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);
  for_good = cpt_test_stock_load (till, CPT_ITEM_SKU, "mousse");
  g_assert_true (today->stock.active);
  g_assert_false (for_good->stock.active);
  cpt_test_stock_assert_there (shop, "MOUSSE=0");
}

/* A full disk, or a database that another keeps locked, costs no morning. */
static void
test_morning_fails (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  CptTime days = cpt_test_shop_get_now (shop) / 1000 * 1000 + 5 * CPT_DAY;
  g_autoptr (CptStockItem) away = NULL;
  g_autoptr (CptStockItem) back = NULL;

  g_settings_set_boolean (settings_of (till), "morning-reset", TRUE);
  cpt_test_till_settle (till);
  cpt_test_stock_edit (till, CPT_ITEM_SKU, ITEM,
                       (CptStockEdit){ .sets_active = TRUE, .back_on = days });
  cpt_test_stock_leave (till);
  cpt_test_stock_foreign (till, "CREATE TRIGGER full BEFORE UPDATE OF active ON stock"
                                " BEGIN SELECT RAISE (ABORT, 'full'); END");
  cpt_test_till_close (till);
  cpt_test_clock_advance (till->clock, CPT_DAY);
  cpt_test_shop_advance (shop, CPT_DAY);
  g_assert_true (cpt_test_till_open (till, NULL));
  cpt_test_till_settle (till);
  cpt_test_stock_leave (till);
  away = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);
  g_assert_false (away->stock.active);
  cpt_test_stock_foreign (till, "DROP TRIGGER full");
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  back = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);
  g_assert_true (back->stock.active);
  cpt_test_stock_assert_there (shop, "");
}

/* Timers stand still while the PC sleeps; what was due meanwhile is done when it wakes. */
static void
test_sleep (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  CptTime days = cpt_test_shop_get_now (shop) / 1000 * 1000 + 5 * CPT_DAY;
  g_autoptr (CptStockItem) item = NULL;

  g_settings_set_boolean (settings_of (till), "morning-reset", TRUE);
  cpt_test_till_settle (till);
  cpt_test_stock_edit (till, CPT_ITEM_SKU, ITEM,
                       (CptStockEdit){ .sets_active = TRUE, .back_on = days });
  cpt_test_stock_leave (till);
  cpt_test_till_check (till);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_DAY);
  cpt_test_shop_advance (shop, CPT_DAY);
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  item = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);
  g_assert_true (item->stock.active);
  cpt_test_stock_assert_there (shop, "");
}

int
main (int argc, char **argv)
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/stock-table/quantities", test_quantities);
  g_test_add_func ("/sync/stock-table/out-only", test_out_only);
  g_test_add_func ("/sync/stock-table/thirty-entries", test_thirty_entries);
  g_test_add_func ("/sync/stock-table/first-out-only", test_first_out_only);
  g_test_add_data_func ("/sync/stock-table/both-sides/theirs", NULL, test_both_sides);
  g_test_add_data_func ("/sync/stock-table/both-sides/ours", "ours", test_both_sides);
  g_test_add_func ("/sync/stock-table/answered", test_answered);
  g_test_add_func ("/sync/stock-table/sent-again", test_sent_again);
  g_test_add_func ("/sync/stock-table/new-ref", test_new_ref);
  g_test_add_func ("/sync/stock-table/shared-refs", test_shared_refs);
  g_test_add_func ("/sync/stock-table/morning", test_morning);
  g_test_add_func ("/sync/stock-table/morning-fails", test_morning_fails);
  g_test_add_func ("/sync/stock-table/sleep", test_sleep);
  return g_test_run ();
}
