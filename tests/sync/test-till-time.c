/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders that wait: sending off, the till elsewhere, days, on the false clock. Main
 * thread only. */
#include <sqlite3.h>

#include "cpt-test-sale.h"

static void
test_sending_off (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  gint64 row;

  g_settings_set_boolean (settings, "sending", FALSE);
  row = cpt_test_sale_place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_once (till, row);
}

/* What was expected meanwhile is sent without a time: HubRise takes none of the past. */
static void
test_expected_meanwhile (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  order->expected_time = cpt_clock_now (CPT_CLOCK (till->clock)) + 20 * CPT_MINUTE;
  cpt_test_shop_set_offline (shop, TRUE);
  row = cpt_test_sale_place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_once (till, row);
}

/* --- Elsewhere --- */

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
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  g_autofree char *home = g_strdup (cpt_engine_get_connection (till->engine)->location_id);
  g_autoptr (JsonNode) state = cpt_test_shop_control (shop, "GET", "/state", NULL);
  JsonArray *locations = json_object_get_array_member (json_node_get_object (state), "locations");
  gint64 row;

  g_settings_set_boolean (settings, "sending", FALSE);
  row = cpt_test_sale_place (till, order);
  connect_to (till,
              json_object_get_string_member (json_array_get_object_element (locations, 1), "id"));
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  g_assert_cmpint (cpt_test_till_replace (till, row, order, NULL), ==, 0);
  connect_to (till, home);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  cpt_test_sale_assert_once (till, row);
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
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
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
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  db = lock_database (till);
  cpt_test_clock_advance (till->clock, 8 * CPT_SECOND);
  cpt_engine_connect_with_code_async (till->engine,
                                      json_object_get_string_member (json_node_get_object (answer),
                                                                     "code"),
                                      NULL, cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, !has_token (till, token));
  unlock_database (db);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_connect_with_code_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  connect_to (till, home);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 2);
  cpt_test_sale_assert_once (till, row);
}

/* --- Days --- */

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
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL;
  gint64 row;

  cpt_test_order_set_customer (order, NULL, NULL);
  row = cpt_test_sale_place (till, order);
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
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  gint64 row;

  g_settings_set_boolean (settings, "sending", tried);
  cpt_test_shop_set_offline (shop, TRUE);
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  cpt_test_till_close (till);
  cpt_test_shop_advance (shop, CPT_DAY + 2 * CPT_MINUTE);
  cpt_test_clock_advance (till->clock, CPT_DAY + 2 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_restart (till);
  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "sending", TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  cpt_test_sale_decide (till, row, cpt_engine_retry_entry_async);
  cpt_test_sale_assert_once (till, row);
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
  g_test_add_func ("/sync/till/sending-off", test_sending_off);
  g_test_add_func ("/sync/till/expected-meanwhile", test_expected_meanwhile);
  g_test_add_func ("/sync/till/elsewhere", test_elsewhere);
  g_test_add_func ("/sync/till/elsewhere-meanwhile", test_elsewhere_meanwhile);
  g_test_add_func ("/sync/till/erased", test_erased);
  g_test_add_func ("/sync/till/old", test_old);
  g_test_add_func ("/sync/till/old-and-tried", test_old_and_tried);
  return g_test_run ();
}
