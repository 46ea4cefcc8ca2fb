/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's control path: failures, holds, journal, injected and generated orders. */
#include "cpt-shop.h"

#include <string.h>

#define ORDERS "/location/orders"

static char *
inject (CptShop *shop, const char *body)
{
  g_autoptr (CptReply) reply = cpt_shop_control (shop, "POST", "/orders", "%s", body);

  g_assert_cmpuint (reply->status, ==, 200);
  return cpt_reply_at (reply, "$.id");
}

static void
add_rule (CptShop *shop, const char *rule)
{
  g_autoptr (CptReply) reply = cpt_shop_control (shop, "POST", "/failures", "%s", rule);

  g_assert_cmpuint (reply->status, ==, 200);
}

static char *
status_on_shop (CptShop *shop, const char *id)
{
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (CptReply) reply = cpt_shop_control (shop, "GET", path, NULL);

  return cpt_reply_at (reply, "$.order.status");
}

static void
assert_status (CptShop *shop, const char *id, const char *expected)
{
  g_autofree char *status = status_on_shop (shop, id);

  g_assert_cmpstr (status, ==, expected);
}

static void
test_drop (void)
{
  static const char *const words[][2] = {
    { "before", "new" },
    { "after", "accepted" },
    { "mid", "accepted" },
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *id = inject (shop, "{}");
      g_autofree char *path = g_strconcat (ORDERS "/", id, NULL);
      g_autofree char *rule =
          g_strdup_printf ("{\"method\":\"PATCH\",\"path\":\"/location/orders/*\",\"drop\":\"%s\"}",
                           words[i][0]);

      add_rule (shop, rule);

      g_autoptr (CptReply) lost = cpt_shop_api (shop, "PATCH", path, "{\"status\":\"accepted\"}");

      g_assert_cmpuint (lost->status, ==, 0);
      assert_status (shop, id, words[i][1]);

      g_autoptr (CptReply) next = cpt_shop_api (shop, "PATCH", path, "{\"status\":\"received\"}");

      g_assert_cmpuint (next->status, ==, 200);
    }
}

static void
test_status_rules (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *id = inject (shop, "{}");
  g_autofree char *path = g_strconcat (ORDERS "/", id, NULL);

  add_rule (shop, "{\"path_regex\":\"/v1/location\",\"skip\":1,\"times\":2,\"status\":503,"
                  "\"headers\":{\"Retry-After\":\"7\"},\"body\":\"<html>\"}");
  add_rule (shop, "{\"method\":\"PATCH\",\"body_contains\":\"accepted\",\"status\":500,"
                  "\"process\":true}");

  g_autoptr (CptReply) first = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) second = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) third = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) fourth = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) other = cpt_shop_api (shop, "PATCH", path, "{\"status\":\"received\"}");
  g_autoptr (CptReply) failed = cpt_shop_api (shop, "PATCH", path, "{\"status\":\"accepted\"}");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 503);
  g_assert_cmpstr (second->text, ==, "<html>");
  g_assert_cmpstr (second->retry_after, ==, "7");
  g_assert_cmpuint (third->status, ==, 503);
  g_assert_cmpuint (fourth->status, ==, 200);
  g_assert_cmpuint (other->status, ==, 200);
  cpt_assert_at (failed, "$.error_type", "internal_error");
  assert_status (shop, id, "accepted");
}

static void
test_redirect (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  add_rule (shop, "{\"path\":\"/location\",\"redirect\":\"http://127.0.0.1:9/x\"}");

  g_autoptr (CptReply) moved = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", "/location", NULL);

  g_assert_cmpuint (moved->status, ==, 307);
  g_assert_cmpstr (moved->location, ==, "http://127.0.0.1:9/x");
  g_assert_cmpuint (after->status, ==, 200);
}

static void
test_rules_checked (void)
{
  static const char *const rules[] = { "{\"drops\":\"before\"}", "{\"drop\":\"now\"}",
                                       "{\"hold\":true}", "{\"method\":\"GET\",\"time\":2}" };
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (CptReply) reply = cpt_shop_control (shop, "POST", "/failures", "%s", rules[i]);

      g_assert_cmpuint (reply->status, ==, 422);
    }
  add_rule (shop, "{\"status\":500}");

  g_autoptr (CptReply) cleared = cpt_shop_control (shop, "DELETE", "/failures", NULL);

  g_assert_cmpstr (cleared->text, ==, "[]");
}

/* Held before or after the deed, until released. */
static void
test_hold (void)
{
  static const char *const words[][2] = { { "before", "new" }, { "after", "accepted" } };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *id = inject (shop, "{}");
      g_autofree char *path = g_strconcat (ORDERS "/", id, NULL);
      g_autofree char *rule =
          g_strdup_printf ("{\"method\":\"PATCH\",\"hold\":\"%s\"}", words[i][0]);
      g_autofree char *wait =
          g_strdup_printf ("/journal?wait_for=PATCH%%20/v1/location/orders/%s&until=%s", id,
                           i == 0 ? "arrived" : "processed");

      add_rule (shop, rule);

      GThread *request = cpt_shop_begin (shop, "PATCH", path, "{\"status\":\"accepted\"}");
      g_autoptr (CptReply) journal = cpt_shop_control (shop, "GET", wait, NULL);

      cpt_assert_at (journal, "$.satisfied", "true");
      assert_status (shop, id, words[i][1]);

      g_autoptr (CptReply) held = cpt_shop_control (shop, "GET", "/release", NULL);
      g_autoptr (CptReply) released = cpt_shop_control (shop, "POST", "/release", NULL);
      g_autoptr (CptReply) reply = g_thread_join (request);

      cpt_assert_at (held, "$.held", "1");
      cpt_assert_at (released, "$.released", "1");
      cpt_assert_at (reply, "$.status", "accepted");
    }
}

/* Only the one that is named. */
static void
test_release_one (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  add_rule (shop, "{\"path\":\"/location\",\"hold\":\"after\",\"times\":2}");

  GThread *first = cpt_shop_begin (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) journal =
      cpt_shop_control (shop, "GET", "/journal?wait_for=GET%20/v1/location&until=processed", NULL);
  GThread *second = cpt_shop_begin (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) both =
      cpt_shop_control (shop, "GET", "/journal?wait_for=GET%20/v1/location&count=2&until=processed",
                        NULL);
  g_autoptr (CptReply) one = cpt_shop_control (shop, "POST", "/release", "{\"n\":2}");
  g_autoptr (CptReply) reply = g_thread_join (first);
  g_autoptr (CptReply) state = cpt_shop_control (shop, "GET", "/state?orders=no", NULL);
  g_autoptr (CptReply) rest = cpt_shop_control (shop, "POST", "/release", NULL);
  g_autoptr (CptReply) last = g_thread_join (second);

  cpt_assert_at (one, "$.released", "1");
  g_assert_cmpuint (reply->status, ==, 200);
  cpt_assert_at (state, "$.held", "1");
  cpt_assert_at (rest, "$.released", "1");
  g_assert_cmpuint (last->status, ==, 200);
}

/* The client is gone long before its request is processed. */
static void
test_late (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) frozen = cpt_shop_control (shop, "POST", "/clock", "{\"freeze\":true}");
  g_autofree char *id = inject (shop, "{}");
  g_autofree char *path = g_strconcat (ORDERS "/", id, NULL);

  add_rule (shop, "{\"method\":\"PATCH\",\"late_s\":30}");

  GThread *request = cpt_shop_begin (shop, "PATCH", path, "{\"status\":\"accepted\"}");
  g_autoptr (CptReply) journal =
      cpt_shop_control (shop, "GET", "/journal?wait_for=PATCH%20.*&until=arrived", NULL);
  g_autoptr (CptReply) before = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":29}");

  assert_status (shop, id, "new");

  g_autoptr (CptReply) due = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":1}");
  g_autoptr (CptReply) reply = g_thread_join (request);

  assert_status (shop, id, "accepted");
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_delay (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  gint64 start = g_get_monotonic_time ();

  add_rule (shop, "{\"path\":\"/location\",\"delay_ms\":60}");

  g_autoptr (CptReply) reply = cpt_shop_api (shop, "GET", "/location", NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 60 * 1000);
}

static void
test_refuse (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) rule =
      cpt_shop_control (shop, "POST", "/refuse",
                        "{\"message\":\"Suspended\",\"path\":\"/location/orders*\"}");
  g_autoptr (CptReply) orders = cpt_shop_api (shop, "GET", ORDERS, NULL);
  g_autoptr (CptReply) location = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) all = cpt_shop_control (shop, "POST", "/refuse", "{}");
  g_autoptr (CptReply) nothing = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) cleared = cpt_shop_control (shop, "DELETE", "/failures", NULL);
  g_autoptr (CptReply) again = cpt_shop_api (shop, "GET", "/location", NULL);

  g_assert_cmpuint (orders->status, ==, 401);
  cpt_assert_at (orders, "$.error_type", "unauthorized");
  cpt_assert_at (orders, "$.message", "Suspended");
  g_assert_cmpuint (location->status, ==, 200);
  g_assert_cmpuint (nothing->status, ==, 401);
  g_assert_cmpuint (again->status, ==, 200);
}

static void
test_journal (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS, "{ \"status\": \"new\" }");
  g_autoptr (CptReply) list = cpt_shop_api (shop, "GET", ORDERS "?status=new", NULL);
  g_autoptr (CptReply) bad = cpt_shop_api (shop, "POST", ORDERS, "{oops");
  g_autoptr (CptReply) journal = cpt_shop_control (shop, "GET", "/journal", NULL);
  g_autoptr (CptReply) tail = cpt_shop_control (shop, "GET", "/journal?since=2", NULL);
  g_autoptr (CptReply) cleared = cpt_shop_control (shop, "DELETE", "/journal", NULL);
  g_autoptr (CptReply) empty = cpt_shop_control (shop, "GET", "/journal", NULL);

  cpt_assert_at (journal, "$.entries[0].path", "/oauth2/v1/token");
  cpt_assert_at (journal, "$.entries[0].body_text", "code=***");
  cpt_assert_at (journal, "$.entries[1].method", "POST");
  cpt_assert_at (journal, "$.entries[1].path", "/v1/location/orders");
  cpt_assert_at (journal, "$.entries[2].query", "status=new");
  cpt_assert_at (journal, "$.entries[1].body_text", "{ \"status\": \"new\" }");
  cpt_assert_at (journal, "$.entries[1].body.status", "new");
  cpt_assert_at (journal, "$.entries[1].connection", "c1");
  cpt_assert_at (journal, "$.entries[1].status", "200");
  cpt_assert_at (journal, "$.entries[3].body", "{oops");
  cpt_assert_at (journal, "$.entries[3].status", "400");
  g_assert_null (strstr (journal->text, shop->token));
  g_assert_null (strstr (journal->text, cpt_shop_line (shop, "client_secret")));
  cpt_assert_at (tail, "$.entries[0].n", "3");
  cpt_assert_at (empty, "$.entries", "[]");
  cpt_assert_at (empty, "$.last", "4");
}

static void
test_journal_gives_up (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) journal =
      cpt_shop_control (shop, "GET", "/journal?wait_for=GET%20/v1/never&timeout_ms=10", NULL);

  cpt_assert_at (journal, "$.satisfied", "false");
}

/* --- orders --- */

static void
test_foreign_order (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) made = cpt_shop_control (
      shop, "POST", "/orders",
      "{\"id\":\"mine1\",\"created_by\":\"Deliveroo\",\"created_at\":\"2020-01-01T00:00:00Z\","
      "\"total\":\"1.00 EUR\",\"customer\":{\"id\":null,\"nb_orders\":4},\"items\":[{"
      "\"product_name\":\"P\",\"price\":\"3.00 EUR\",\"quantity\":\"1\",\"subtotal\":"
      "\"2.00 EUR\"}]}");
  g_autoptr (CptReply) read = cpt_shop_api (shop, "GET", ORDERS "/mine1", NULL);
  g_autoptr (CptReply) wrong = cpt_shop_control (shop, "POST", "/orders", "{\"item\":[]}");
  g_autoptr (CptReply) taken = cpt_shop_control (shop, "POST", "/orders", "{\"id\":\"mine1\"}");
  g_autoptr (CptReply) renamed =
      cpt_shop_control (shop, "PATCH", "/orders/mine1", "{\"id\":\"mine2\"}");

  cpt_assert_at (read, "$.channel", "Deliveroo");
  cpt_assert_at (read, "$.created_at", "2020-01-01T01:00:00+01:00");
  cpt_assert_at (read, "$.total", "1.00 EUR");
  cpt_assert_at (read, "$.items[0].subtotal", "2.00 EUR");
  g_assert_cmpuint (wrong->status, ==, 422);
  cpt_assert_at (taken, "$.errors[0].field", "id");
  cpt_assert_at (renamed, "$.errors[0].field", "id");
}

static void
test_verbatim (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *id =
      inject (shop, "{\"verbatim\":{\"id\":\"odd01\",\"status\":7,\"items\":\"none\"}}");
  g_autoptr (CptReply) read = cpt_shop_api (shop, "GET", ORDERS "/odd01", NULL);
  g_autoptr (CptReply) patched =
      cpt_shop_api (shop, "PATCH", ORDERS "/odd01", "{\"status\":\"accepted\"}");
  g_autoptr (CptReply) again = cpt_shop_api (shop, "GET", ORDERS "/odd01", NULL);

  g_assert_cmpstr (id, ==, "odd01");
  g_assert_cmpstr (read->text, ==, "{\"id\":\"odd01\",\"status\":7,\"items\":\"none\"}");
  g_assert_cmpuint (patched->status, ==, 200);
  g_assert_cmpstr (again->text, ==,
                   "{\"id\":\"odd01\",\"status\":\"accepted\",\"items\":\"none\"}");
}

static void
test_raw_body (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *id = inject (shop, "{\"raw_body\":\"[[[ 1e999 // \",\"id\":\"raw01\"}");
  g_autoptr (CptReply) read = cpt_shop_api (shop, "GET", ORDERS "/raw01", NULL);
  g_autoptr (CptReply) patched =
      cpt_shop_api (shop, "PATCH", ORDERS "/raw01", "{\"status\":\"rejected\"}");

  g_autofree char *binary = inject (shop, "{\"raw_base64\":\"eyL/In0=\",\"id\":\"raw02\"}");
  g_autoptr (CptReply) bytes = cpt_shop_api (shop, "GET", ORDERS "/raw02", NULL);

  g_assert_cmpstr (read->text, ==, "[[[ 1e999 // ");
  g_assert_cmpstr (bytes->text, ==, "{\"\xff\"}");
  cpt_assert_at (patched, "$.status", "rejected");
  assert_status (shop, id, "rejected");
}

static void
test_generated (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) made =
      cpt_shop_control (shop, "POST", "/orders", "{\"generate\":true,\"count\":40}");
  g_autoptr (CptReply) orders = cpt_shop_api (shop, "GET", ORDERS, NULL);
  g_autoptr (CptReply) fixed =
      cpt_shop_control (shop, "POST", "/orders", "{\"generate\":true,\"ref\":\"R1\"}");
  g_autoptr (CptReply) wrong =
      cpt_shop_control (shop, "POST", "/orders", "{\"generate\":true,\"reff\":\"R1\"}");
  static const char *const shown[] = { "Deliveroo",          "Uber Eats",   "Just Eat",
                                       "Site web",           "Side 1",      "Side 2",
                                       "deal_key",           "eat_in",      "\"removed\":true",
                                       "collection",         "price_off",   "Table 12",
                                       "Frais de livraison", "tracking_url" };

  g_assert_cmpuint (json_array_get_length (json_node_get_array (orders->json)), ==, 40);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    g_assert_nonnull (strstr (orders->text, shown[i]));
  cpt_assert_at (fixed, "$.order.ref", "R1");
  g_assert_cmpuint (wrong->status, ==, 422);
}

/* With --orders there are some at once, more later, and customers change their minds. */
static void
test_arrivals (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new ("--orders");
  g_autofree char *token = cpt_shop_connect (shop, "{}");
  g_autoptr (CptReply) first = cpt_shop_api_as (shop, token, "GET", ORDERS, NULL);
  g_autoptr (CptReply) fresh = cpt_shop_api_as (shop, token, "GET", ORDERS "?status=new", NULL);
  g_autoptr (CptReply) later = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":600}");
  g_autoptr (CptReply) after = cpt_shop_api_as (shop, token, "GET", ORDERS, NULL);
  g_autoptr (CptReply) cancelled =
      cpt_shop_api_as (shop, token, "GET", ORDERS "?status=cancelled", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (first->json)), >=, 9);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (fresh->json)), >=, 3);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (after->json)), >=, 30);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (cancelled->json)), >=, 3);
  g_assert_nonnull (strstr (after->text, "Livreur Démo"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/control/drop", test_drop);
  g_test_add_func ("/sandbox/control/status-rules", test_status_rules);
  g_test_add_func ("/sandbox/control/redirect", test_redirect);
  g_test_add_func ("/sandbox/control/rules-checked", test_rules_checked);
  g_test_add_func ("/sandbox/control/hold", test_hold);
  g_test_add_func ("/sandbox/control/release-one", test_release_one);
  g_test_add_func ("/sandbox/control/late", test_late);
  g_test_add_func ("/sandbox/control/delay", test_delay);
  g_test_add_func ("/sandbox/control/refuse", test_refuse);
  g_test_add_func ("/sandbox/control/journal", test_journal);
  g_test_add_func ("/sandbox/control/journal-gives-up", test_journal_gives_up);
  g_test_add_func ("/sandbox/control/foreign-order", test_foreign_order);
  g_test_add_func ("/sandbox/control/verbatim", test_verbatim);
  g_test_add_func ("/sandbox/control/raw-body", test_raw_body);
  g_test_add_func ("/sandbox/control/generated", test_generated);
  g_test_add_func ("/sandbox/control/arrivals", test_arrivals);
  return g_test_run ();
}
