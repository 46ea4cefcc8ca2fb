/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders from OK to HubRise, on the false clock. Main thread only. */
#include <libintl.h>
#include <sqlite3.h>

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

/* --- Sent --- */

static void
set_till_orders (CptTestTill *till, const char *which)
{
  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                         "till-orders", which);
}

static CptTestTill *
new_sending_till (CptTestShop *shop, const char *which)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  set_till_orders (till, which);
  cpt_test_shop_set_mark (shop);
  return till;
}

static gint64
place (CptTestTill *till, const CptOrder *order)
{
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_test_till_place (till, order, &error);

  g_assert_no_error (error);
  g_assert_cmpint (row, >, 0);
  return row;
}

/* The orders the shop has, whoever made them. */
static JsonArray *
list_orders (CptTestShop *shop, JsonNode **state)
{
  *state = cpt_test_shop_control (shop, "GET", "/state", NULL);
  return json_object_get_array_member (json_node_get_object (*state), "orders");
}

static guint
count_orders (CptTestShop *shop)
{
  g_autoptr (JsonNode) state = NULL;

  return json_array_get_length (list_orders (shop, &state));
}

static guint
count_posts (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "POST", "/location/orders");
}

static guint
count_look_ups (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "GET", "/location/orders");
}

static char *
describe (CptTestTill *till, gint64 row)
{
  static const char *const words[] = { "", " waiting", " held", " refused" };
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);

  return g_strdup_printf ("%s %s%s%s", cpt_order_status_to_string (shown->status),
                          shown->id != NULL ? "there" : "here", words[shown->outbox],
                          shown->send == CPT_SEND_NOTHING ? "" : " step");
}

static gboolean
shows (CptTestTill *till, gint64 row, const char *expected)
{
  g_autofree char *shown = describe (till, row);

  return g_str_equal (shown, expected);
}

static void
assert_shows (CptTestTill *till, gint64 row, const char *expected)
{
  g_autofree char *shown = describe (till, row);

  g_assert_cmpstr (shown, ==, expected);
}

/* One order of this till here and there, the same total. */
static void
assert_once (CptTestTill *till, gint64 row)
{
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_TILL_ALL);
  g_autoptr (GPtrArray) web = cpt_test_till_list (till, CPT_ORDER_TAB_ALL);
  g_autoptr (JsonObject) there = NULL;
  g_autofree char *total = cpt_money_to_string (shown->total);

  g_assert_cmpuint (count_orders (till->shop), ==, 1);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (web->len, ==, 0);
  g_assert_nonnull (shown->id);
  there = cpt_test_shop_get_order (till->shop, shown->id);
  g_assert_cmpstr (json_object_get_string_member (there, "total"), ==, total);
  g_assert_cmpstr (total, ==, "42.70 EUR");
  g_assert_cmpint (shown->outbox, ==, CPT_SEND_NOTHING);
  g_assert_cmpint (shown->notice, ==, CPT_NOTICE_NONE);
}

/* The body as the contract asks for it, written by another hand. */
static void
test_all (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
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
  row = place (till, order);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted there");
  assert_once (till, row);
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 1);

  g_assert_cmpuint (count_posts (shop), ==, 1);
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
  g_autoptr (CptTestTill) till = new_sending_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row = place (till, order);

  set_till_orders (till, "all");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 0);
  assert_shows (till, row, "accepted here");
}

static char *
get_list (CptTestTill *till)
{
  return g_strdup (cpt_engine_get_connection (till->engine)->customer_list_id);
}

static GPtrArray *
search (CptTestTill *till, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_search_customers_async (till->engine, text, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  return cpt_engine_search_customers_finish (till->engine, result, error);
}

/* A guest, then one of the list; then one who is made there first, offline. */
static void
test_customers (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "customers");
  g_autoptr (CptOrder) guest = cpt_test_order_new ();
  g_autoptr (CptOrder) fresh = cpt_test_order_new ();
  g_autoptr (CptOrder) listed = cpt_test_order_new ();
  g_autoptr (GPtrArray) found = NULL, by_mail = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = get_list (till);
  CptOrderCustomer *customer;
  gint64 row;

  g_assert_true (cpt_engine_has_customer_list (till->engine));
  cpt_test_order_set_customer (guest, NULL, NULL);
  g_assert_false (cpt_engine_would_send (till->engine, guest));
  place (till, guest);
  cpt_test_till_settle (till);
  g_assert_cmpuint (count_posts (shop), ==, 0);

  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_order_set_customer (fresh, NULL, list);
  fresh->customer->email = g_strdup ("lea.martin+web@example.org");
  g_assert_true (cpt_engine_would_send (till->engine, fresh));
  row = place (till, fresh);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here waiting");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "accepted there");
  g_assert_cmpuint (count_orders (shop), ==, 1);

  found = search (till, "06 12 34 56 78", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  by_mail = search (till, "lea.martin+web@example.org", &error);
  g_assert_cmpuint (by_mail->len, ==, 1);
  customer = found->pdata[0];
  g_assert_cmpstr (customer->last_name, ==, "Martin");
  cpt_test_order_set_customer (listed, customer->id, list);
  row = place (till, listed);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted there");
  g_assert_cmpuint (count_orders (shop), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count_all (shop, "POST", "/location/orders", "customer_id", NULL),
                    ==, 1);

  cpt_test_shop_set_offline (shop, TRUE);
  none = search (till, "0612345678", &error);
  g_assert_null (none);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_OFFLINE);
}

/* --- Lost replies --- */

/* @failure: what the shop does to the first POST; @gives_up: milliseconds until the till does */
static void
lose (const char *failure, gint64 gives_up, guint posts)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", %s}", failure);
  row = place (till, order);
  /* In one go: a till that waits for a reply does not come to rest. */
  CPT_TILL_WAIT_UNTIL (till, count_posts (shop) == 1);
  cpt_test_shop_advance (shop, gives_up);
  cpt_test_clock_advance (till->clock, gives_up);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here waiting");
  cpt_test_till_advance (till, CPT_OUTBOX_LOST_MS - CPT_SECOND);
  g_assert_cmpuint (count_look_ups (shop), ==, 0);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  cpt_test_till_advance (till, CPT_SECOND);
  g_assert_cmpuint (count_look_ups (shop), ==, 1);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_look_ups (shop), ==, 1);
  g_assert_cmpuint (count_posts (shop), ==, posts);
  assert_once (till, row);
}

static void
test_lost_reply (void)
{
  lose ("\"drop\": \"after\"", 0, 1);
}

static void
test_cut_reply (void)
{
  lose ("\"drop\": \"mid\"", 0, 1);
}

static void
test_never_arrived (void)
{
  lose ("\"drop\": \"before\"", 0, 2);
}

static void
test_server_error (void)
{
  lose ("\"status\": 503, \"process\": true", 0, 1);
}

static void
test_conflict (void)
{
  lose ("\"status\": 409", 0, 2);
}

/* The till gives up after a minute; half a minute later the server is done. */
static void
test_late (void)
{
  lose ("\"late_s\": 90", 60 * CPT_SECOND, 1);
}

/* Busy and too many: certainly not processed, tried again without a look-up. */
static void
test_later (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (
      shop, "POST", "/failures",
      "{\"method\": \"POST\", \"status\": 429, \"headers\": {\"Retry-After\": \"7\"}}");
  row = place (till, order);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here waiting");
  cpt_test_till_advance (till, 6 * CPT_SECOND);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  cpt_test_till_advance (till, 2 * CPT_SECOND);
  g_assert_cmpuint (count_posts (shop), ==, 2);
  g_assert_cmpuint (count_look_ups (shop), ==, 0);
  assert_once (till, row);
}

/* The customer's reply is lost: one customer, one order. */
static void
test_lost_customer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *list = get_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*customers\", \"drop\": \"after\"}");
  row = place (till, order);
  cpt_test_till_settle (till);
  cpt_test_till_advance (till, 59 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*customers"), ==, 1);
  g_assert_cmpuint (count_posts (shop), ==, 0);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_once (till, row);
  found = search (till, "0612345678", NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

/* Before it is looked up another changes it, and the event brings it: the same row, nothing asked.
 */
static void
test_event_first (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (JsonNode) state = NULL;
  JsonObject *there;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"after\"}");
  row = place (till, order);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here waiting");
  there = json_array_get_object_element (list_orders (shop, &state), 0);
  cpt_test_shop_set_status (shop, json_object_get_string_member (there, "id"), "in_preparation",
                            "c2");
  cpt_test_till_check (till);
  assert_shows (till, row, "in_preparation there");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_look_ups (shop), ==, 0);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  assert_once (till, row);
}

/* The same with the first list of a new connection. */
static void
test_list_first (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"after\"}");
  row = place (till, order);
  cpt_test_till_settle (till);
  cpt_test_till_connect (till);
  cpt_test_till_check (till);
  assert_shows (till, row, "accepted there");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  assert_once (till, row);
}

/* --- Steps --- */

/* What is pressed before HubRise has the order waits and then goes. */
static void
test_steps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL;
  gint64 row;

  cpt_test_shop_set_offline (shop, TRUE);
  row = place (till, order);
  cpt_test_till_settle (till);
  cpt_engine_press_async (till->engine, row, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL, NULL,
                          result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_shows (till, row, "in_preparation here waiting step");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "in_preparation there");
  assert_once (till, row);
  shown = cpt_test_till_load_row (till, row);
  sent = cpt_test_shop_dup_sent (shop, shown->id);
  g_assert_cmpstr (sent, ==, "in_preparation");
}

static void
press (CptTestTill *till, gint64 row, CptOrderStatus to)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_press_async (till->engine, row, to, CPT_TIME_NONE, NULL, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

static void
set_sending (CptTestTill *till, gboolean sending)
{
  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "sending", sending);
}

/* Cancelled before it could leave: HubRise never hears of it, nor of its customer. */
static void
test_cancelled (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  g_autofree char *list = get_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  set_sending (till, FALSE);
  row = place (till, order);
  press (till, row, CPT_ORDER_IN_PREPARATION);
  press (till, row, CPT_ORDER_CANCELLED);
  assert_shows (till, row, "cancelled here waiting step");
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  assert_shows (till, row, "cancelled here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
  set_sending (till, TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "cancelled here");
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/.*"), ==, 0);
}

/* While that can be taken back nothing leaves; taken back, it goes. */
static void
test_cancelled_and_undone (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 row;

  set_sending (till, FALSE);
  row = place (till, order);
  press (till, row, CPT_ORDER_CANCELLED);
  set_sending (till, TRUE);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS - CPT_SECOND);
  g_assert_cmpuint (count_posts (shop), ==, 0);
  shown = cpt_test_till_load_row (till, row);
  cpt_engine_undo_async (till->engine, shown->send_step, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted there");
  assert_once (till, row);
}

/* Quit while it can be taken back: that ends with the program. */
static void
test_cancelled_and_quit (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  set_sending (till, FALSE);
  row = place (till, order);
  press (till, row, CPT_ORDER_CANCELLED);
  set_sending (till, TRUE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "cancelled here");
  g_assert_cmpuint (count_posts (shop), ==, 0);
}

/* Tried, and nobody there who could have taken it. */
static void
test_cancelled_without_route (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gint64 row;

  set_sending (till, FALSE);
  row = place (till, order);
  cpt_test_shop_end (shop);
  set_sending (till, TRUE);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_OFFLINE);
  cpt_engine_press_async (till->engine, row, CPT_ORDER_CANCELLED, CPT_TIME_NONE, NULL, NULL,
                          result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  g_assert_true (cpt_engine_act_finish (till->engine, result, NULL));
  CPT_TILL_WAIT_UNTIL (till, shows (till, row, "cancelled here waiting step"));
  cpt_test_clock_advance (till->clock, CPT_STEP_HOLD_MS);
  CPT_TILL_WAIT_UNTIL (till, shows (till, row, "cancelled here"));
}

/* One request may have left: HubRise is asked, gets the order and then hears that it is cancelled,
 * even where the next try certainly did not leave. */
static void
test_cancelled_after_loss (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autofree char *sent = NULL;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"before\"}");
  row = place (till, order);
  CPT_TILL_WAIT_UNTIL (till, count_posts (shop) == 1);
  cpt_test_till_settle (till);
  press (till, row, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  assert_shows (till, row, "cancelled here waiting step");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "cancelled there");
  shown = cpt_test_till_load_row (till, row);
  sent = cpt_test_shop_dup_sent (shop, shown->id);
  g_assert_cmpstr (sent, ==, "cancelled");
  g_assert_cmpuint (count_orders (shop), ==, 1);
}

/* An order that stays here goes its way here. */
static void
test_local_steps (void)
{
  static const CptOrderStatus steps[] = { CPT_ORDER_IN_PREPARATION, CPT_ORDER_AWAITING_COLLECTION,
                                          CPT_ORDER_COMPLETED };
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  gint64 row = place (till, order);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      cpt_engine_press_async (till->engine, row, steps[i], CPT_TIME_NONE, NULL, NULL, result_cb,
                              &result);
      CPT_TILL_WAIT_UNTIL (till, result != NULL);
      cpt_engine_act_finish (till->engine, result, &error);
      g_assert_no_error (error);
    }
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_shows (till, row, "completed here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", "/location/orders.*"), ==, 0);
}

/* --- Refused --- */

static void
speak (const char *language)
{
  g_autofree char *catalogs = g_build_filename (g_getenv ("COMPTOIR_BUILD_DIR"), "po", NULL);

  g_setenv ("LANGUAGE", language, TRUE);
  bindtextdomain (GETTEXT_PACKAGE, catalogs);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* One field: kept, named in French, corrected, sent. */
static void
test_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL, corrected = NULL;
  g_autoptr (GPtrArray) progress = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *private_ref = NULL;
  CptOrderItem *item;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"status\": 422, \"body\": {\"error_type\":"
                    " \"unprocessable_entity\", \"message\": \"Validation failed\", \"errors\":"
                    " [{\"field\": \"items[1].price\", \"message\": \"is required\"}]}}");
  speak ("fr");
  row = place (till, order);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  speak ("C");
  assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (count_posts (shop), ==, 1);
  details = cpt_test_till_load_details (till, row);
  g_assert_cmpstr (details->row->outbox_reason, ==,
                   "Prix de « Lasagnes bolognaise » : à renseigner");
  g_assert_cmpuint (details->order->items->len, ==, 2);
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 1);

  private_ref = g_strdup (details->order->private_ref);
  item = details->order->items->pdata[1];
  g_assert_true (cpt_money_parse ("11.90 EUR", &item->price));
  g_assert_cmpint (cpt_test_till_replace (till, row, details->order, &error), ==, row);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted there");
  assert_once (till, row);
  corrected = cpt_test_till_load_details (till, row);
  g_assert_cmpstr (corrected->order->private_ref, ==, private_ref);
  g_assert_cmpstr (corrected->row->number, ==, "C1");
}

/* The customer was taken and the order was not: corrected, he is not made twice. */
static void
test_refused_after_customer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = get_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*orders\", \"status\": 422}");
  row = place (till, order);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here refused");
  details = cpt_test_till_load_details (till, row);
  g_assert_cmpint (cpt_test_till_replace (till, row, details->order, &error), ==, row);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_once (till, row);
  found = search (till, "0612345678", NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

/* What is at HubRise, or on its way, is not replaced. */
static void
test_not_replaced (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GError) error = NULL;
  gint64 row = place (till, order);

  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_replace (till, row, order, &error), ==, 0);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  cpt_test_till_settle (till);
  assert_once (till, row);
}

/* 422 on private_ref: it is there already. */
static void
test_taken (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"status\": 422, \"process\": true, \"body\":"
                    " {\"error_type\": \"unprocessable_entity\", \"errors\":"
                    " [{\"field\": \"private_ref\", \"message\": \"is taken\"}]}}");
  row = place (till, order);
  cpt_test_till_settle (till);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  g_assert_cmpuint (count_look_ups (shop), ==, 1);
  assert_once (till, row);
}

/* … or it says so and has none: refused, and no endless asking. */
static void
test_taken_by_nobody (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"times\": 0, \"status\": 422, \"body\":"
                    " {\"error_type\": \"unprocessable_entity\", \"errors\":"
                    " [{\"field\": \"private_ref\", \"message\": \"is taken\"}]}}");
  row = place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (count_posts (shop), ==, 2);
  g_assert_cmpuint (count_look_ups (shop), ==, 1);
}

/* --- Time and preferences --- */

static void
test_sending_off (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  gint64 row;

  g_settings_set_boolean (settings, "sending", FALSE);
  row = place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  assert_shows (till, row, "accepted here waiting");
  g_assert_cmpuint (count_posts (shop), ==, 0);
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_settle (till);
  assert_once (till, row);
}

/* What was expected meanwhile is sent without a time: HubRise takes none of the past. */
static void
test_expected_meanwhile (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  order->expected_time = cpt_clock_now (CPT_CLOCK (till->clock)) + 20 * CPT_MINUTE;
  cpt_test_shop_set_offline (shop, TRUE);
  row = place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_once (till, row);
}

/* Retry or Give up, of what the row shows. */
static void
decide (CptTestTill *till, gint64 row, CptTestStepDeed deed)
{
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  deed (till->engine, shown->outbox_entry, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

/* The customer is refused and given up: the order stays here, and what is pressed does too. */
static void
test_given_up (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = get_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*customers\", \"status\": 422}");
  row = place (till, order);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "accepted here refused");
  decide (till, row, cpt_engine_give_up_entry_async);
  assert_shows (till, row, "accepted here");
  cpt_engine_press_async (till->engine, row, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL, NULL,
                          result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "in_preparation here");
  g_assert_cmpuint (count_orders (shop), ==, 0);
}

/* What was pressed while the order still waited for HubRise stays here with it, and does not wait
 * for ever. */
static void
test_given_up_with_steps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"status\": 422}");
  row = place (till, order);
  cpt_test_till_settle (till);
  press (till, row, CPT_ORDER_IN_PREPARATION);
  press (till, row, CPT_ORDER_AWAITING_COLLECTION);
  press (till, row, CPT_ORDER_COMPLETED);
  assert_shows (till, row, "completed here refused step");
  decide (till, row, cpt_engine_give_up_entry_async);
  assert_shows (till, row, "completed here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
}

static void
connect_to (CptTestTill *till, const char *location)
{
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (till->shop, "POST", "/code", "{\"location_id\": \"%s\"}", location);
  g_autoptr (GError) error = NULL;

  cpt_test_till_connect_with (till,
                              json_object_get_string_member (json_node_get_object (answer), "code"),
                              &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

/* What belongs to another place waits there, and goes when the till is back. */
static void
test_elsewhere (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  g_autofree char *home = g_strdup (cpt_engine_get_connection (till->engine)->location_id);
  g_autoptr (JsonNode) state = cpt_test_shop_control (shop, "GET", "/state", NULL);
  JsonArray *locations = json_object_get_array_member (json_node_get_object (state), "locations");
  gint64 row;

  g_settings_set_boolean (settings, "sending", FALSE);
  row = place (till, order);
  connect_to (till,
              json_object_get_string_member (json_array_get_object_element (locations, 1), "id"));
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 0);
  g_assert_cmpint (cpt_test_till_replace (till, row, order, NULL), ==, 0);
  connect_to (till, home);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  assert_once (till, row);
}

static sqlite3 *
lock_database (CptTestTill *till)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static void
unlock_database (sqlite3 *db)
{
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static gboolean
has_token (CptTestTill *till, const char *token)
{
  g_autofree char *present = cpt_test_till_dup_token (till);

  return g_str_equal (present, token);
}

/* The database is busy while the till is connected to another place: what was about to leave for
 * the first must not arrive at the second. */
static void
test_elsewhere_meanwhile (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (JsonNode) state = cpt_test_shop_control (shop, "GET", "/state", NULL);
  JsonArray *locations = json_object_get_array_member (json_node_get_object (state), "locations");
  const char *other =
      json_object_get_string_member (json_array_get_object_element (locations, 1), "id");
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (shop, "POST", "/code", "{\"location_id\": \"%s\"}", other);
  g_autofree char *home = g_strdup (cpt_engine_get_connection (till->engine)->location_id);
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;
  gint64 row;

  cpt_test_shop_do (
      shop, "POST", "/failures",
      "{\"method\": \"POST\", \"status\": 429, \"headers\": {\"Retry-After\": \"7\"}}");
  row = place (till, order);
  cpt_test_till_settle (till);
  db = lock_database (till);
  cpt_test_clock_advance (till->clock, 8 * CPT_SECOND);
  cpt_engine_connect_with_code_async (till->engine,
                                      json_object_get_string_member (json_node_get_object (answer),
                                                                     "code"),
                                      NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, !has_token (till, token));
  unlock_database (db);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_connect_with_code_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 1);
  connect_to (till, home);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (count_posts (shop), ==, 2);
  assert_once (till, row);
}

static gboolean
is_erased (CptTestTill *till, gint64 row)
{
  g_autoptr (CptOrderDetails) details = cpt_test_till_load_details (till, row);

  return details->order->customer == NULL || details->order->customer->phone == NULL;
}

/* After its days persons are taken out of it, as out of any order. */
static void
test_erased (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL;
  gint64 row;

  cpt_test_order_set_customer (order, NULL, NULL);
  row = place (till, order);
  cpt_test_till_close (till);
  cpt_test_shop_advance (shop, 91 * CPT_DAY);
  cpt_test_clock_advance (till->clock, 91 * CPT_DAY);
  cpt_test_till_restart (till);
  for (int i = 0; i < 60 && !is_erased (till, row); i++)
    cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_true (is_erased (till, row));
  details = cpt_test_till_load_details (till, row);
  g_assert_null (details->order->raw_reason);
  g_assert_cmpuint (details->order->items->len, ==, 2);
  g_assert_cmpint (details->row->total.minor, ==, 4270);
}

/* Older than a day: it asks first, whether it was tried or not. */
static void
grow_old (gboolean tried)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_sending_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  gint64 row;

  g_settings_set_boolean (settings, "sending", tried);
  cpt_test_shop_set_offline (shop, TRUE);
  row = place (till, order);
  cpt_test_till_settle (till);
  assert_shows (till, row, "accepted here waiting");
  cpt_test_till_close (till);
  cpt_test_shop_advance (shop, CPT_DAY + 2 * CPT_MINUTE);
  cpt_test_clock_advance (till->clock, CPT_DAY + 2 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_restart (till);
  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "sending", TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (count_posts (shop), ==, 0);
  decide (till, row, cpt_engine_retry_entry_async);
  assert_once (till, row);
}

static void
test_old (void)
{
  grow_old (FALSE);
}

static void
test_old_and_tried (void)
{
  grow_old (TRUE);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till/menu", test_menu);
  g_test_add_func ("/sync/till/draft", test_draft);
  g_test_add_func ("/sync/till/never", test_never);
  g_test_add_func ("/sync/till/all", test_all);
  g_test_add_func ("/sync/till/preference", test_preference);
  g_test_add_func ("/sync/till/customers", test_customers);
  g_test_add_func ("/sync/till/lost/reply", test_lost_reply);
  g_test_add_func ("/sync/till/lost/cut", test_cut_reply);
  g_test_add_func ("/sync/till/lost/never-arrived", test_never_arrived);
  g_test_add_func ("/sync/till/lost/server-error", test_server_error);
  g_test_add_func ("/sync/till/lost/conflict", test_conflict);
  g_test_add_func ("/sync/till/lost/late", test_late);
  g_test_add_func ("/sync/till/lost/customer", test_lost_customer);
  g_test_add_func ("/sync/till/lost/event-first", test_event_first);
  g_test_add_func ("/sync/till/lost/list-first", test_list_first);
  g_test_add_func ("/sync/till/later", test_later);
  g_test_add_func ("/sync/till/steps/waiting", test_steps);
  g_test_add_func ("/sync/till/steps/local", test_local_steps);
  g_test_add_func ("/sync/till/cancelled/before", test_cancelled);
  g_test_add_func ("/sync/till/cancelled/undone", test_cancelled_and_undone);
  g_test_add_func ("/sync/till/cancelled/quit", test_cancelled_and_quit);
  g_test_add_func ("/sync/till/cancelled/without-route", test_cancelled_without_route);
  g_test_add_func ("/sync/till/cancelled/after-loss", test_cancelled_after_loss);
  g_test_add_func ("/sync/till/refused/corrected", test_refused);
  g_test_add_func ("/sync/till/refused/after-customer", test_refused_after_customer);
  g_test_add_func ("/sync/till/refused/not-replaced", test_not_replaced);
  g_test_add_func ("/sync/till/refused/taken", test_taken);
  g_test_add_func ("/sync/till/refused/taken-by-nobody", test_taken_by_nobody);
  g_test_add_func ("/sync/till/refused/given-up", test_given_up);
  g_test_add_func ("/sync/till/refused/given-up-with-steps", test_given_up_with_steps);
  g_test_add_func ("/sync/till/sending-off", test_sending_off);
  g_test_add_func ("/sync/till/expected-meanwhile", test_expected_meanwhile);
  g_test_add_func ("/sync/till/elsewhere", test_elsewhere);
  g_test_add_func ("/sync/till/elsewhere-meanwhile", test_elsewhere_meanwhile);
  g_test_add_func ("/sync/till/erased", test_erased);
  g_test_add_func ("/sync/till/old", test_old);
  g_test_add_func ("/sync/till/old-and-tried", test_old_and_tried);
  return g_test_run ();
}
