/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders whose replies are lost, on the false clock: once here and there. Main
 * thread only. */
#include "cpt-test-sale.h"

/* @failure: what the shop does to the first POST; @gives_up: milliseconds until the till does */
static void
lose (const char *failure, gint64 gives_up, guint posts)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", %s}", failure);
  row = cpt_test_sale_place (till, order);
  /* In one go: a till that waits for a reply does not come to rest. */
  CPT_TILL_WAIT_UNTIL (till, cpt_test_sale_count_posts (shop) == 1);
  cpt_test_shop_advance (shop, gives_up);
  cpt_test_clock_advance (till->clock, gives_up);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  cpt_test_till_advance (till, CPT_OUTBOX_LOST_MS - CPT_SECOND);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 0);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  cpt_test_till_advance (till, CPT_SECOND);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 1);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 1);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, posts);
  cpt_test_sale_assert_once (till, row);
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
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (
      shop, "POST", "/failures",
      "{\"method\": \"POST\", \"status\": 429, \"headers\": {\"Retry-After\": \"7\"}}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  cpt_test_till_advance (till, 6 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  cpt_test_till_advance (till, 2 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 2);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 0);
  cpt_test_sale_assert_once (till, row);
}

/* The customer's reply is lost: one customer, one order. */
static void
test_lost_customer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *list = cpt_test_sale_dup_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*customers\", \"drop\": \"after\"}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_till_advance (till, 59 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*customers"), ==, 1);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_once (till, row);
  found = cpt_test_sale_search (till, "0612345678", NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

/* Before it is looked up another changes it, and the event brings it: the same row, nothing asked.
 */
static void
test_event_first (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (JsonNode) state = NULL;
  JsonObject *there;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"after\"}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here waiting");
  there = json_array_get_object_element (cpt_test_sale_list_orders (shop, &state), 0);
  cpt_test_shop_set_status (shop, json_object_get_string_member (there, "id"), "in_preparation",
                            "c2");
  cpt_test_till_check (till);
  cpt_test_sale_assert_shows (till, row, "in_preparation there");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 0);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  cpt_test_sale_assert_once (till, row);
}

/* The same with the first list of a new connection. */
static void
test_list_first (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"after\"}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_till_connect (till);
  cpt_test_till_check (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  cpt_test_sale_assert_once (till, row);
}

/* HubRise has it, but shows its name to the connection that is gone only: nobody but a person can
 * tell. */
static void
test_connected_anew (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"after\"}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  g_assert_true (cpt_test_till_disconnect (till, NULL, NULL));
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  cpt_test_till_connect (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 1);
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  cpt_test_sale_decide (till, row, cpt_engine_retry_entry_async);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
}

/* A person who keeps on pressing asks HubRise once in two seconds, for orders of this till too. */
static void
test_check_now (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"/v1/location/orders\", \"times\": 0,"
                    " \"redirect\": \"http://127.0.0.1:1/\"}");
  cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  for (int i = 0; i < 5; i++)
    {
      cpt_engine_check_now (till->engine);
      cpt_test_till_settle (till);
    }
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), <=, 2);
  /* by itself it is tried less and less often */
  cpt_test_till_advance (till, 20 * CPT_MINUTE);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2000);
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 1);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till/lost/reply", test_lost_reply);
  g_test_add_func ("/sync/till/lost/cut", test_cut_reply);
  g_test_add_func ("/sync/till/lost/never-arrived", test_never_arrived);
  g_test_add_func ("/sync/till/lost/server-error", test_server_error);
  g_test_add_func ("/sync/till/lost/conflict", test_conflict);
  g_test_add_func ("/sync/till/lost/late", test_late);
  g_test_add_func ("/sync/till/lost/customer", test_lost_customer);
  g_test_add_func ("/sync/till/lost/event-first", test_event_first);
  g_test_add_func ("/sync/till/lost/list-first", test_list_first);
  g_test_add_func ("/sync/till/lost/connected-anew", test_connected_anew);
  g_test_add_func ("/sync/till/later", test_later);
  g_test_add_func ("/sync/till/check-now", test_check_now);
  return g_test_run ();
}
