/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the till has to sell, its drafts, and which of its orders leave for HubRise, on the false
 * clock. Main thread only. */
#include "cpt-test-sale.h"

static CptMenu *
load_menu (CptTestTill *till, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_load_menu_async (till->engine, NULL, cpt_test_sale_result_cb, &result);
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
load_draft (CptTestTill *till, CptOrder **other)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CptOrder *draft;

  cpt_engine_load_draft_async (till->engine, NULL, cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  draft = cpt_engine_load_draft_finish (till->engine, result, other, &error);
  g_assert_no_error (error);
  return draft;
}

static void
test_draft (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrder) other = NULL;
  g_autoptr (CptOrder) none = load_draft (till, &other);
  g_autoptr (CptOrder) loaded = NULL, gone = NULL, thrown = NULL;
  CptOrderItem *item;
  CptOrderOption *option;

  g_assert_null (none);
  cpt_test_order_set_customer (order, NULL, NULL);
  cpt_engine_save_draft (till->engine, order, NULL);
  cpt_test_till_restart (till);
  loaded = load_draft (till, &other);
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
  gone = load_draft (till, &other);
  g_assert_null (gone);

  cpt_engine_save_draft (till->engine, order, NULL);
  cpt_test_till_advance (till, 1000);
  cpt_engine_save_draft (till->engine, NULL, NULL);
  cpt_test_till_restart (till);
  thrown = load_draft (till, &other);
  g_assert_null (thrown);
  g_assert_null (other);
}

/* One is on its way to the disk while the next is begun: that one stays when the first is there. */
static void
test_two_drafts (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) order = cpt_test_order_new (), next = cpt_test_order_new ();
  g_autoptr (CptOrder) both = NULL, gone = NULL, other = NULL, still = NULL, memory = NULL;

  g_free (next->customer_notes);
  next->customer_notes = g_strdup ("The next");
  cpt_engine_save_draft (till->engine, order, next);
  cpt_test_till_restart (till);
  both = load_draft (till, &other);
  g_assert_cmpstr (both->customer_notes, ==, order->customer_notes);
  g_assert_cmpstr (other->customer_notes, ==, "The next");
  cpt_engine_save_draft (till->engine, order, next);
  g_assert_cmpint (cpt_test_till_place (till, order, NULL), >, 0);
  g_assert_null (load_draft (till, &memory));
  g_assert_cmpstr (memory->customer_notes, ==, "The next");
  cpt_test_till_restart (till);
  gone = load_draft (till, &still);
  g_assert_null (gone);
  g_assert_cmpstr (still->customer_notes, ==, "The next");
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_cmpint (cpt_engine_place_order_finish (CPT_ENGINE (source), result, NULL), >, 0);
  *(gboolean *)data = TRUE;
}

/* What is kept while the order is on its way to the disk must not bring it back once it is there:
 * it would be placed twice. */
static void
test_draft_of_placed (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) order = cpt_test_order_new (), next = cpt_test_order_new ();
  g_autoptr (CptOrder) gone = NULL, other = NULL;
  gboolean placed = FALSE;

  cpt_engine_save_draft (till->engine, order, NULL);
  cpt_engine_place_order_async (till->engine, order, placed_cb, &placed);
  /* Not each time: one that is still to be written when the answer comes would hide the others. */
  for (guint i = 0; !placed; i++)
    {
      if (i % 32 == 0)
        {
          cpt_engine_save_draft (till->engine, order, next);
          cpt_test_clock_advance (till->clock, CPT_SECOND);
        }
      g_main_context_iteration (NULL, FALSE);
    }
  cpt_test_till_restart (till);
  gone = load_draft (till, &other);
  g_assert_null (gone);
  g_assert_nonnull (other);
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

/* --- Sent --- */

/* The body as the contract asks for it, written by another hand. */
static void
test_all (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (JsonObject) entry = NULL;
  g_autoptr (GPtrArray) progress = NULL;
  JsonObject *body, *item, *option, *payment, *custom;
  gint64 row;

  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)), "seller",
                         "Zoé");
  cpt_test_order_set_customer (order, NULL, NULL);
  order->expected_time = cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_HOUR;
  g_assert_true (cpt_engine_would_send (till->engine, order));
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  cpt_test_sale_assert_once (till, row);
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 1);

  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  entry = cpt_test_shop_find (shop, "POST", "/location/orders", 0);
  body = json_object_get_object_member (entry, "body");
  g_assert_cmpstr (json_object_get_string_member (body, "status"), ==, "accepted");
  g_assert_cmpstr (json_object_get_string_member (body, "service_type"), ==, "collection");
  g_assert_cmpuint (strlen (json_object_get_string_member (body, "private_ref")), ==, 36);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (body, "expected_time"), "0"));
  item = json_array_get_object_element (json_object_get_array_member (body, "items"), 0);
  g_assert_cmpstr (json_object_get_string_member (item, "sku_ref"), ==, "MARG-G");
  g_assert_cmpstr (json_object_get_string_member (item, "quantity"), ==, "2");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (item, "options")), ==, 2);
  option = json_array_get_object_element (json_object_get_array_member (item, "options"), 1);
  g_assert_cmpstr (json_object_get_string_member (option, "ref"), ==, "EGG");
  g_assert_false (json_object_has_member (option, "quantity"));
  payment = json_array_get_object_element (json_object_get_array_member (body, "payments"), 0);
  g_assert_cmpstr (json_object_get_string_member (payment, "ref"), ==, "CASH");
  custom = json_object_get_object_member (body, "custom_fields");
  g_assert_true (g_str_has_suffix (
      json_object_get_string_member (json_object_get_object_member (custom, "epos"), "order_id"),
      "-C1"));
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (
                           json_object_get_object_member (custom, "restaurant"), "staff"),
                       "name"),
                   ==, "Zoé");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (body, "customer"),
                                                  "first_name"),
                   ==, "Léa");
  g_assert_false (json_object_has_member (body, "total"));
  g_assert_false (json_object_has_member (body, "created_at"));
}

/* A change of the preference sends nothing old. */
static void
test_preference (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row = cpt_test_sale_place (till, order);

  cpt_test_sale_set_till_orders (till, "all");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  cpt_test_sale_assert_shows (till, row, "accepted here");
}

/* A guest, then one of the list; then one who is made there first, offline. */
static void
test_customers (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "customers");
  g_autoptr (CptOrder) guest = cpt_test_order_new ();
  g_autoptr (CptOrder) fresh = cpt_test_order_new ();
  g_autoptr (CptOrder) listed = cpt_test_order_new ();
  g_autoptr (GPtrArray) found = NULL, by_mail = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = cpt_test_sale_dup_list (till);
  CptOrderCustomer *customer;
  gint64 row;

  g_assert_true (cpt_engine_has_customer_list (till->engine));
  cpt_test_order_set_customer (guest, NULL, NULL);
  g_assert_false (cpt_engine_would_send (till->engine, guest));
  cpt_test_sale_place (till, guest);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);

  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_order_set_customer (fresh, NULL, list);
  fresh->customer->email = g_strdup ("lea.martin+web@example.org");
  g_assert_true (cpt_engine_would_send (till->engine, fresh));
  row = cpt_test_sale_place (till, fresh);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 1);

  found = cpt_test_sale_search (till, "06 12 34 56 78", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  by_mail = cpt_test_sale_search (till, "lea.martin+web@example.org", &error);
  g_assert_cmpuint (by_mail->len, ==, 1);
  customer = found->pdata[0];
  g_assert_cmpstr (customer->last_name, ==, "Martin");
  cpt_test_order_set_customer (listed, customer->id, list);
  row = cpt_test_sale_place (till, listed);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count_all (shop, "POST", "/location/orders", "customer_id", NULL),
                    ==, 1);

  cpt_test_shop_set_offline (shop, TRUE);
  none = cpt_test_sale_search (till, "0612345678", &error);
  g_assert_null (none);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_OFFLINE);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till/menu", test_menu);
  g_test_add_func ("/sync/till/draft", test_draft);
  g_test_add_func ("/sync/till/draft/two", test_two_drafts);
  g_test_add_func ("/sync/till/draft/placed", test_draft_of_placed);
  g_test_add_func ("/sync/till/never", test_never);
  g_test_add_func ("/sync/till/all", test_all);
  g_test_add_func ("/sync/till/preference", test_preference);
  g_test_add_func ("/sync/till/customers", test_customers);
  return g_test_run ();
}
