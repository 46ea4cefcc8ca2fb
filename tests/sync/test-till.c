/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders from OK to HubRise, on the false clock. Main thread only. */
#include "cpt-test-order.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

/* --- What can be sold --- */

static CptMenu *
load_menu (CptTestTill *till, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_load_menu_async (till->engine, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  return cpt_engine_load_menu_finish (till->engine, result, error);
}

static CptMenuProduct *
find_product (CptMenu *menu, const char *ref)
{
  for (guint i = 0; i < menu->products->len; i++)
    if (g_strcmp0 (((CptMenuProduct *)menu->products->pdata[i])->ref, ref) == 0)
      return menu->products->pdata[i];
  g_assert_not_reached ();
}

static void
test_menu (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptMenu) none = load_menu (till, &error);
  g_autoptr (CptMenu) menu = NULL, same = NULL, other = NULL;
  CptMenuProduct *product;
  CptMenuSku *sku;

  g_assert_null (none);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  cpt_test_till_connect (till);

  menu = load_menu (till, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (menu->currency, ==, "EUR");
  g_assert_cmpuint (menu->categories->len, >, 3);
  product = find_product (menu, "MARG");
  sku = product->skus->pdata[1];
  g_assert_cmpstr (sku->ref, ==, "MARG-G");
  g_assert_cmpint (sku->price.minor, ==, 1300);
  g_assert_cmpuint (sku->lists->len, ==, 2);
  g_assert_cmpuint (((CptMenuList *)sku->lists->pdata[0])->options->len, >, 0);

  same = load_menu (till, &error);
  g_assert_true (same == menu);
  cpt_test_shop_do (shop, "PUT", "/catalog", "{\"generate\": 10}");
  cpt_test_till_check (till);
  other = load_menu (till, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->products->len, <, menu->products->len);
}

/* --- Drafts --- */

static CptOrder *
load_draft (CptTestTill *till)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CptOrder *draft;

  cpt_engine_load_draft_async (till->engine, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  draft = cpt_engine_load_draft_finish (till->engine, result, &error);
  g_assert_no_error (error);
  return draft;
}

static void
test_draft (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrder) none = load_draft (till);
  g_autoptr (CptOrder) loaded = NULL, gone = NULL, thrown = NULL;
  CptOrderItem *item;
  CptOrderOption *option;

  g_assert_null (none);
  cpt_test_order_set_customer (order, NULL, NULL);
  cpt_engine_save_draft (till->engine, order);
  cpt_test_till_restart (till);
  loaded = load_draft (till);
  g_assert_cmpuint (loaded->items->len, ==, 2);
  item = loaded->items->pdata[0];
  g_assert_cmpstr (item->customer_notes, ==, "Bien cuite");
  g_assert_cmpuint (item->options->len, ==, 2);
  option = item->options->pdata[1];
  g_assert_cmpint (option->price.minor, ==, 100);
  g_assert_cmpstr (loaded->customer_notes, ==, "Sonner \"deux\" fois");
  g_assert_cmpstr (loaded->customer->first_name, ==, "Léa");
  g_assert_cmpint (loaded->service_type, ==, CPT_SERVICE_COLLECTION);

  g_assert_cmpint (cpt_test_till_place (till, loaded, NULL), >, 0);
  cpt_test_till_restart (till);
  gone = load_draft (till);
  g_assert_null (gone);

  cpt_engine_save_draft (till->engine, order);
  cpt_test_till_advance (till, 1000);
  cpt_engine_save_draft (till->engine, NULL);
  cpt_test_till_restart (till);
  thrown = load_draft (till);
  g_assert_null (thrown);
}

/* --- Never --- */

static void
test_never (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GPtrArray) progress = NULL;
  gint64 id;

  g_assert_false (cpt_engine_would_send (till->engine, order));
  cpt_test_shop_set_mark (shop);
  id = cpt_test_till_place (till, order, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  row = cpt_test_till_load_row (till, id);
  g_assert_cmpstr (row->number, ==, "C1");
  g_assert_cmpint (row->total.minor, ==, 4270);
  g_assert_false (row->total_calculated);
  g_assert_cmpint (row->paid, ==, CPT_PAID_FULLY);
  g_assert_cmpint (row->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (row->outbox, ==, CPT_SEND_NOTHING);
  g_assert_true (row->till);
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", "/location/orders.*"), ==, 0);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till/menu", test_menu);
  g_test_add_func ("/sync/till/draft", test_draft);
  g_test_add_func ("/sync/till/never", test_never);
  return g_test_run ();
}
