/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders as a test asks for them. Main thread only. */
#include "cpt-test-sale.h"

/* --- Of the till --- */

void
cpt_test_sale_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

void
cpt_test_sale_set_till_orders (CptTestTill *till, const char *which)
{
  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                         "till-orders", which);
}

CptTestTill *
cpt_test_sale_new_till (CptTestShop *shop, const char *which)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  cpt_test_sale_set_till_orders (till, which);
  cpt_test_shop_set_mark (shop);
  return till;
}

gint64
cpt_test_sale_place (CptTestTill *till, const CptOrder *order)
{
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_test_till_place (till, order, &error);

  g_assert_no_error (error);
  g_assert_cmpint (row, >, 0);
  return row;
}

void
cpt_test_sale_decide (CptTestTill *till, gint64 row, CptTestStepDeed deed)
{
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  deed (till->engine, shown->outbox_entry, cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

char *
cpt_test_sale_dup_list (CptTestTill *till)
{
  return g_strdup (cpt_engine_get_connection (till->engine)->customer_list_id);
}

GPtrArray *
cpt_test_sale_search (CptTestTill *till, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_search_customers_async (till->engine, text, NULL, cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  return cpt_engine_search_customers_finish (till->engine, result, error);
}

/* --- Of the shop --- */

JsonArray *
cpt_test_sale_list_orders (CptTestShop *shop, JsonNode **state)
{
  *state = cpt_test_shop_control (shop, "GET", "/state", NULL);
  return json_object_get_array_member (json_node_get_object (*state), "orders");
}

guint
cpt_test_sale_count_orders (CptTestShop *shop)
{
  g_autoptr (JsonNode) state = NULL;

  return json_array_get_length (cpt_test_sale_list_orders (shop, &state));
}

guint
cpt_test_sale_count_posts (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "POST", "/location/orders");
}

guint
cpt_test_sale_count_look_ups (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "GET", "/location/orders");
}

/* --- On both sides --- */

static char *
describe (CptTestTill *till, gint64 row)
{
  static const char *const words[] = { "", " waiting", " held", " refused" };
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);

  return g_strdup_printf ("%s %s%s%s", cpt_order_status_to_string (shown->status),
                          shown->id != NULL ? "there" : "here", words[shown->outbox],
                          shown->send == CPT_SEND_NOTHING ? "" : " step");
}

gboolean
cpt_test_sale_shows (CptTestTill *till, gint64 row, const char *expected)
{
  g_autofree char *shown = describe (till, row);

  return g_str_equal (shown, expected);
}

void
cpt_test_sale_assert_shows (CptTestTill *till, gint64 row, const char *expected)
{
  g_autofree char *shown = describe (till, row);

  g_assert_cmpstr (shown, ==, expected);
}

void
cpt_test_sale_assert_once (CptTestTill *till, gint64 row)
{
  g_autoptr (CptOrderRow) shown = cpt_test_till_load_row (till, row);
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_TILL_ALL);
  g_autoptr (GPtrArray) web = cpt_test_till_list (till, CPT_ORDER_TAB_ALL);
  g_autoptr (JsonObject) there = NULL;
  g_autofree char *total = cpt_money_to_string (shown->total);

  g_assert_cmpuint (cpt_test_sale_count_orders (till->shop), ==, 1);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (web->len, ==, 0);
  g_assert_nonnull (shown->id);
  there = cpt_test_shop_get_order (till->shop, shown->id);
  g_assert_cmpstr (json_object_get_string_member (there, "total"), ==, total);
  g_assert_cmpstr (total, ==, "42.70 EUR");
  g_assert_cmpint (shown->outbox, ==, CPT_SEND_NOTHING);
  g_assert_cmpint (shown->notice, ==, CPT_NOTICE_NONE);
}
