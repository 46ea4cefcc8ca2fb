/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What orders take off the stock and put back, once whatever happens in between; and the codes of
 * orders the catalog does not know. Main thread only. */
#include "cpt-test-stock.h"

static gint64
quantity_of (CptTestTill *till, CptItemKind kind, const char *text)
{
  g_autoptr (CptStockItem) item = cpt_test_stock_load (till, kind, text);

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
set_stock (CptTestTill *till)
{
  cpt_test_stock_set_quantity (till, "MARG-M", 10000);
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "EGG",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  cpt_test_stock_leave (till);
}

static void
test_deduction (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);
  g_autofree char *path = NULL;

  cpt_test_stock_set_quantity (till, "MARG-M", 10000);
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "EGG",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  cpt_test_stock_leave (till);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  assert_stock (till, 8000, 10000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "+EGG=10 MARG-M=8");
  cpt_test_till_restart (till);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  cpt_test_stock_leave (till);
  assert_stock (till, 10000, 12000);
  cpt_test_stock_assert_there (shop, "+EGG=12 MARG-M=10");
  /* It changes once more: looked at again, put back once. */
  path = g_strconcat ("/orders/", id, NULL);
  cpt_test_shop_do (shop, "PATCH", path,
                    "{\"items\":[{\"product_name\":\"Tiramisù\",\"sku_ref\":\"TIRAM\","
                    "\"price\":\"5.90 EUR\",\"quantity\":\"1\",\"options\":[]}]}");
  cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
}

/* Cancelling here is held: taken back in time, nothing goes back on the shelf. */
static void
test_deduction_undo (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);
  g_autoptr (GError) error = NULL;

  cpt_test_stock_set_quantity (till, "MARG-M", 10000);
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "EGG",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
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

  cpt_test_stock_set_quantity (till, "MARG-M", 10000);
  cpt_test_stock_edit (till, CPT_ITEM_OPTION, "EGG",
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = 12000 });
  cpt_test_till_advance (till, 2000);
  id = order_two_margherita (shop);
  cpt_test_till_check (till);
  cpt_test_shop_set_status (shop, id, "accepted", "c2");
  cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
}

/* What was given to a driver does not come back to the shelf. */
static void
test_failed_delivery (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);

  set_stock (till);
  cpt_test_till_check (till);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  assert_stock (till, 8000, 10000);
  cpt_test_shop_set_status (shop, id, "delivery_failed", NULL);
  cpt_test_till_check (till);
  cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
  cpt_test_stock_assert_there (shop, "+EGG=10 MARG-M=8");
}

/* Events that cannot be acknowledged come again and again. */
static void
test_replay (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = order_two_margherita (shop);

  set_stock (till);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\":\"DELETE\",\"path\":\"*events*\",\"status\":500,\"times\":0}");
  cpt_test_till_check (till);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  for (int i = 0; i < 3; i++)
    cpt_test_till_check (till);
  cpt_test_till_restart (till);
  for (int i = 0; i < 3; i++)
    cpt_test_till_check (till);
  assert_stock (till, 8000, 10000);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  for (int i = 0; i < 3; i++)
    cpt_test_till_check (till);
  assert_stock (till, 10000, 12000);
}

/* One till keeps the stock; the order is accepted at the other, then cancelled there. */
static void
test_second_till (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) keeper = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) other = cpt_test_stock_connect_second (shop, FALSE);
  g_autofree char *id = NULL;

  set_stock (keeper);
  cpt_test_till_advance (keeper, 2000);
  id = order_two_margherita (shop);
  cpt_test_till_check (keeper);
  cpt_test_till_check (other);
  cpt_test_till_press (other, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (other);
  cpt_test_till_check (keeper);
  cpt_test_till_press (keeper, id, CPT_ORDER_IN_PREPARATION);
  assert_stock (keeper, 8000, 10000);
  cpt_test_stock_leave (keeper);
  cpt_test_stock_assert_there (shop, "+EGG=10 MARG-M=8");
  cpt_test_till_check (other);
  assert_stock (other, 8000, 10000);
  cpt_test_till_press (other, id, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (other, 6000);
  cpt_test_till_check (keeper);
  cpt_test_stock_leave (keeper);
  assert_stock (keeper, 10000, 12000);
  cpt_test_stock_assert_there (shop, "+EGG=12 MARG-M=10");
}

/* Where a code nobody knows came from, and what it probably is. */
static void
test_check_refs (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const CptUnknownRef *first = NULL;

  for (int i = 0; i < 2; i++)
    g_free (cpt_test_shop_inject (
        shop,
        "{\"ref\":\"R%d\",\"channel\":\"Deliveroo\",\"items\":[{\"product_name\":\"Tiramisù\","
        "\"sku_ref\":\"TIRA-OLD\",\"price\":\"5.90 EUR\",\"quantity\":\"1\",\"options\":[]},"
        "{\"product_name\":\"Coca\",\"sku_ref\":\"COKE\",\"price\":\"1.00 EUR\",\"quantity\":\"1\","
        "\"options\":[{\"option_list_name\":\"x\",\"name\":\"Zzyzx\",\"ref\":\"ZZ%d\",\"price\":"
        "\"0.00 EUR\"}]}]}",
        i, i));
  cpt_test_till_check (till);
  cpt_engine_check_refs_async (till->engine, NULL, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  found = cpt_engine_check_refs_finish (till->engine, result, NULL);
  g_assert_cmpuint (found->len, ==, 3);
  first = found->pdata[0];
  g_assert_cmpstr (first->ref, ==, "TIRA-OLD");
  g_assert_cmpuint (first->count, ==, 2);
  g_assert_cmpstr (first->source, ==, "Deliveroo");
  g_assert_cmpstr (first->likely->ref, ==, "TIRAM");
  g_assert_null (((const CptUnknownRef *)found->pdata[1])->likely);
}

int
main (int argc, char **argv)
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/stock-orders/deduction", test_deduction);
  g_test_add_func ("/sync/stock-orders/undo", test_deduction_undo);
  g_test_add_func ("/sync/stock-orders/accepted-elsewhere", test_accepted_elsewhere);
  g_test_add_func ("/sync/stock-orders/failed-delivery", test_failed_delivery);
  g_test_add_func ("/sync/stock-orders/replay", test_replay);
  g_test_add_func ("/sync/stock-orders/second-till", test_second_till);
  g_test_add_func ("/sync/stock-orders/check-refs", test_check_refs);
  return g_test_run ();
}
