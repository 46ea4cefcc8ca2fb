/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the till's own orders take off the stock: once, from OK on, sent or not. Main thread only.
 */
#include "cpt-engine-stock.h"
#include "cpt-test-order.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

/* --- The stock --- */

static gint64
find (CptTestTill *till, CptItemKind kind, const char *ref)
{
  CptEngineStockQuery query = { .tab = CPT_ENGINE_STOCK_ALL, .kind = kind, .text = ref };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_engine_list_stock_async (till->engine, &query, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  rows = cpt_engine_list_stock_finish (till->engine, result, NULL);
  g_assert_cmpuint (rows->len, >=, 1);
  return g_array_index (rows, gint64, 0);
}

static gint64
get_quantity (CptTestTill *till, CptItemKind kind, const char *ref)
{
  gint64 row = find (till, kind, ref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  cpt_engine_load_stock_async (till->engine, &row, 1, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  items = cpt_engine_load_stock_finish (till->engine, result, NULL);
  return ((CptStockItem *)items->pdata[0])->stock.quantity;
}

static void
set_quantity (CptTestTill *till, CptItemKind kind, const char *ref, gint64 quantity)
{
  gint64 row = find (till, kind, ref);
  CptStockEdit change = { .sets_quantity = TRUE, .quantity = quantity };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) undo = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_edit_stock_async (till->engine, &row, 1, &change, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  undo = cpt_engine_edit_stock_finish (till->engine, result, &error);
  g_assert_no_error (error);
}

static void
assert_stock (CptTestTill *till, gint64 margherita, gint64 egg)
{
  cpt_test_till_settle (till);
  g_assert_cmpint (get_quantity (till, CPT_ITEM_SKU, "MARG-G"), ==, margherita);
  g_assert_cmpint (get_quantity (till, CPT_ITEM_OPTION, "EGG"), ==, egg);
}

/* --- Orders --- */

static CptTestTill *
new_till (CptTestShop *shop, const char *which)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                         "till-orders", which);
  set_quantity (till, CPT_ITEM_SKU, "MARG-G", 10000);
  set_quantity (till, CPT_ITEM_OPTION, "EGG", 20000);
  return till;
}

/* Two of them, each with two eggs. */
static gint64
place (CptTestTill *till)
{
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_test_till_place (till, order, &error);

  g_assert_no_error (error);
  return row;
}

static void
cancel (CptTestTill *till, gint64 row)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_press_async (till->engine, row, CPT_ORDER_CANCELLED, CPT_TIME_NONE, NULL, NULL,
                          result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
}

static void
test_never (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop, "never");
  gint64 row = place (till);

  assert_stock (till, 8000, 16000);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  assert_stock (till, 8000, 16000);
  cancel (till, row);
  assert_stock (till, 10000, 20000);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 20000);
}

/* Not again when HubRise gives the items ids. */
static void
test_all (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop, "all");
  g_autoptr (CptOrderRow) shown = NULL;
  gint64 row;

  cpt_test_shop_set_offline (shop, TRUE);
  row = place (till);
  assert_stock (till, 8000, 16000);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  shown = cpt_test_till_load_row (till, row);
  g_assert_nonnull (shown->id);
  assert_stock (till, 8000, 16000);
  cpt_test_shop_set_status (shop, shown->id, "in_preparation", "c2");
  cpt_test_till_check (till);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  assert_stock (till, 8000, 16000);
  cpt_test_shop_set_status (shop, shown->id, "cancelled", NULL);
  cpt_test_till_check (till);
  assert_stock (till, 10000, 20000);
}

/* It never left this till: what it took is back when it is cancelled for good. */
static void
test_cancelled_unsent (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop, "all");
  gint64 row;

  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "sending", FALSE);
  row = place (till);
  assert_stock (till, 8000, 16000);
  cancel (till, row);
  assert_stock (till, 8000, 16000);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  assert_stock (till, 10000, 20000);
}

/* Edit and resend: what stood there before goes back, what stands there now comes off. */
static void
test_corrected (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop, "all");
  g_autoptr (CptOrderDetails) details = NULL;
  g_autoptr (GError) error = NULL;
  CptOrderItem *item;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"status\": 422}");
  row = place (till);
  assert_stock (till, 8000, 16000);
  details = cpt_test_till_load_details (till, row);
  item = details->order->items->pdata[0];
  g_assert_true (cpt_decimal_parse ("3", &item->quantity));
  g_ptr_array_set_size (item->options, 1);
  g_assert_cmpint (cpt_test_till_replace (till, row, details->order, &error), ==, row);
  g_assert_no_error (error);
  assert_stock (till, 7000, 17000);
  cpt_test_till_restart (till);
  cpt_test_till_check (till);
  assert_stock (till, 7000, 17000);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till-stock/never", test_never);
  g_test_add_func ("/sync/till-stock/all", test_all);
  g_test_add_func ("/sync/till-stock/cancelled-unsent", test_cancelled_unsent);
  g_test_add_func ("/sync/till-stock/corrected", test_corrected);
  return g_test_run ();
}
