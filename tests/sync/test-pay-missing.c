/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order of which something is missing, or that others change: total, due and notes agree on both
 * sides. Main thread only. */
#include "cpt-test-money.h"
#include "cpt-test-order.h"

/* --- Missing items --- */

static JsonObject *
get_item (JsonObject *order, guint at)
{
  return json_array_get_object_element (json_object_get_array_member (order, "items"), at);
}

static char *
dup_item_id (CptTestShop *shop, const char *id, guint at)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);
  char *item = g_strdup (json_object_get_string_member (get_item (order, at), "id"));

  return item;
}

static void
assert_missing_there (CptTestShop *shop, const char *id, guint at, const char *notes)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);

  g_assert_true (
      json_object_get_boolean_member_with_default (get_item (order, at), "deleted", FALSE));
  g_assert_cmpstr (json_object_get_string_member (order, "seller_notes"), ==, notes);
}

static const char *
find_stock (JsonNode *inventory, const char *ref)
{
  JsonArray *entries = json_node_get_array (inventory);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (entry, "sku_ref", ""), ref) == 0)
        return json_object_get_string_member (entry, "stock");
    }
  return NULL;
}

static void
assert_out_of_stock (CptTestShop *shop, const char *ref, gboolean out)
{
  g_autoptr (JsonNode) inventory = cpt_test_shop_control (shop, "GET", "/inventory", NULL);

  g_assert_cmpstr (find_stock (inventory, ref), ==, out ? "0" : NULL);
}

/* Total, due, stock and notes agree on both sides. */
static void
test_missing (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autofree char *other = dup_item_id (shop, id, 1);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_miss (till, id, item, "Sorry: no Margherita", &error);
  g_assert_no_error (error);
  cpt_test_money_assert (till, id, "600 300 waiting");
  row = cpt_test_till_find (till, id);
  g_assert_cmpstr (row->items, ==, "1 Reine");
  cpt_test_till_advance (till, 3 * CPT_SECOND);
  cpt_test_money_assert (till, id, "600 300");
  assert_missing_there (shop, id, 0, "Hello\nSorry: no Margherita");
  assert_out_of_stock (shop, "MARG-M", TRUE);
  assert_out_of_stock (shop, "REINE-M", FALSE);

  /* The last one cannot go, nor the same twice. */
  g_assert_false (cpt_test_till_miss (till, id, other, "Sorry", &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (cpt_test_till_miss (till, id, item, "Sorry", &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
}

/* A till that does not keep the stock leaves it alone. */
static void
test_missing_without_stock (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "keeps-stock", FALSE);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 3 * CPT_SECOND);
  assert_missing_there (shop, id, 0, "Hello\nSorry");
  assert_out_of_stock (shop, "MARG-M", FALSE);
}

/* The note is written once, and nobody else is said to have changed the order. */
static void
test_missing_fault (gconstpointer data)
{
  const CptTestFault *fault = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  cpt_test_money_fail_patches (shop, fault->rule);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 3 * CPT_MINUTE);
  cpt_test_money_assert (till, id, "600 300");
  assert_missing_there (shop, id, 0, "Hello\nSorry");
}

/* Our own deletion, seen because another changed something else while its reply was lost. */
static void
test_missing_is_no_news (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  cpt_test_money_fail_patches (shop, "\"drop\": \"after\"");
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_shop_set_status (shop, id, "in_preparation", NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "in_preparation in_preparation");
  cpt_test_money_assert (till, id, "600 300 waiting");
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_money_assert (till, id, "600 300");
}

/* What is missing of a paid order is to be refunded; no other till is to blame. */
static void
test_missing_refund (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 1);
  g_autoptr (GError) error = NULL;

  cpt_test_money_pay (till, id, 700);
  cpt_test_till_settle (till);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_money_assert (till, id, "400 -600 waiting");
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "400 -600");
}

/* Steps, payments and missing items of one order leave in the order they were pressed. */
static void
test_in_order (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "payments", "in_preparation", "items", "awaiting" };

  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_money_pay (till, id, 100);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_press (till, id, CPT_ORDER_AWAITING_COLLECTION);
  cpt_test_till_settle (till);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *entry = cpt_test_shop_find (shop, "PATCH", "/location/orders/.*", i);

      g_assert_nonnull (strstr (json_object_get_string_member (entry, "body_text"), expected[i]));
      json_object_unref (entry);
    }
}

/* --- Handled elsewhere --- */

#define WAITING_ORDER                                                                              \
  "{\"status\": \"new\", \"items\": [{\"product_name\": \"Margherita\", \"price\": \"4.00 EUR\","  \
  " \"quantity\": \"1\"}, {\"product_name\": \"Reine\", \"price\": \"6.00 EUR\", \"quantity\": "   \
  "\"1\"}]}"

/* What was missing waits to be sent or was refused: others have the order now, nothing follows. */
static void
test_handled_elsewhere (gconstpointer data)
{
  const char *failure = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, WAITING_ORDER);
  g_autofree char *item = NULL;
  g_autoptr (GPtrArray) today = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_check (till);
  cpt_test_till_advance (till, 2001);
  item = dup_item_id (shop, id, 0);
  cpt_test_money_fail_patches (shop, failure);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_till_mark (till, id, cpt_engine_mark_elsewhere_async, &error);
  g_assert_no_error (error);
  cpt_test_money_assert (till, id, "1000 1000");
  today = cpt_test_till_list (till, CPT_ORDER_TAB_TODAY);
  g_assert_cmpuint (today->len, ==, 0);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 3 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 0);

  /* What was decided is somebody's work. */
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  g_assert_false (cpt_test_till_mark (till, id, cpt_engine_mark_elsewhere_async, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
}

/* --- Changes by others --- */

static CptOrderDetails *
load_details (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return cpt_test_till_load_details (till, row->row);
}

static void
test_seen (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (GError) error = NULL;
  CptOrderDetails *details = load_details (till, id);

  g_assert_null (details->seen);
  cpt_order_details_free (details);
  for (int i = 0; i < 2; i++)
    {
      cpt_test_shop_do (shop, "PATCH", path,
                        "{\"items\": [{\"product_name\": \"Cola\", \"price\": \"2.00 EUR\","
                        " \"quantity\": \"1\"}]}");
      cpt_test_till_check (till);
    }
  cpt_test_till_restart (till);
  cpt_test_till_assert_row (till, id, "accepted accepted changed");
  details = load_details (till, id);
  g_assert_nonnull (details->seen);
  g_assert_cmpuint (details->seen->items->len, ==, 2);
  g_assert_cmpuint (details->order->items->len, ==, 4);
  cpt_order_details_free (details);

  cpt_test_till_mark (till, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  details = load_details (till, id);
  g_assert_null (details->seen);
  cpt_order_details_free (details);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/pay/missing", test_missing);
  g_test_add_func ("/sync/pay/missing/without-stock", test_missing_without_stock);
  cpt_test_money_add_faults ("/sync/pay/missing/fault/", test_missing_fault);
  g_test_add_func ("/sync/pay/missing/no-news", test_missing_is_no_news);
  g_test_add_func ("/sync/pay/missing/refund", test_missing_refund);
  g_test_add_func ("/sync/pay/in-order", test_in_order);
  g_test_add_data_func ("/sync/pay/elsewhere/waiting", "\"status\": 503, \"times\": 9",
                        test_handled_elsewhere);
  g_test_add_data_func ("/sync/pay/elsewhere/refused", "\"status\": 422", test_handled_elsewhere);
  g_test_add_func ("/sync/pay/seen", test_seen);
  return g_test_run ();
}
