/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's callback and events: who hears what, how often, and the windows of requests. */
#include "cpt-shop.h"

#include <string.h>

#define ORDERS "/location/orders"
#define LISTEN                                                                                     \
  "{\"url\":null,\"events\":{\"order\":[\"create\",\"update\"],\"location\":[\"update\"],"         \
  "\"delivery\":[\"create\",\"update\"]}}"

static CptShop *
listening_shop (void)
{
  CptShop *shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) reply = cpt_shop_api (shop, "POST", "/callback", LISTEN);

  g_assert_cmpuint (reply->status, ==, 200);
  return shop;
}

static guint
count_events (CptShop *shop, const char *token)
{
  g_autoptr (CptReply) reply = cpt_shop_api_as (shop, token, "GET", "/callback/events", NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return json_array_get_length (json_node_get_array (reply->json));
}

static void
test_callback (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) none = cpt_shop_api (shop, "GET", "/callback", NULL);
  g_autoptr (CptReply) first = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) second = cpt_shop_api (shop, "POST", "/callback",
                                              "{\"url\":null,\"events\":{\"order\":[\"create\"]}}");
  g_autoptr (CptReply) shown = cpt_shop_api (shop, "GET", "/callback", NULL);
  g_autoptr (CptReply) deleted = cpt_shop_api (shop, "DELETE", "/callback", NULL);
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", "/callback", NULL);

  g_assert_cmpstr (none->text, ==, "{\"url\":null,\"events\":{}}");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (second->text, ==, shown->text);
  cpt_assert_at (shown, "$.events", "{\"order\":[\"create\"]}");
  g_assert_cmpuint (deleted->status, ==, 200);
  g_assert_cmpstr (after->text, ==, none->text);
}

static void
test_callback_refused (void)
{
  static const char *const bodies[] = {
    "{}",
    "[]",
    "{\"url\":null}",
    "{\"url\":\"http://127.0.0.1/\",\"events\":{}}",
    "{\"url\":null,\"events\":{\"order\":[\"delete\"]}}",
    "{\"url\":null,\"events\":{\"order\":\"create\"}}",
    "{\"url\":null,\"events\":{\"order\":[1]}}",
    "{\"url\":null,\"events\":{\"payment\":[\"create\"]}}",
    "{\"url\":null,\"events\":{},\"foo\":1}",
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "POST", "/callback", "%s", bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_cmpuint (reply->status, ==, 422);
    }
}

/* Nothing from before the callback, then again and again until it is deleted. */
static void
test_life_of_an_event (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) before = cpt_shop_control (shop, "POST", "/orders", "{}");
  g_autoptr (CptReply) callback = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) order = cpt_shop_control (shop, "POST", "/orders", "{}");
  g_autoptr (CptReply) events = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autofree char *id = cpt_reply_at (events, "$[0].id");
  g_autofree char *order_id = cpt_reply_at (order, "$.id");
  g_autofree char *path = g_strconcat ("/callback/events/", id, NULL);
  g_autoptr (CptReply) whole = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpuint (count_events (shop, shop->token), ==, 1);
  cpt_assert_at (events, "$[0].resource_type", "order");
  cpt_assert_at (events, "$[0].event_type", "create");
  cpt_assert_at (events, "$[0].order_id", order_id);
  cpt_assert_at (events, "$[0].location_id", shop->location_id);
  cpt_assert_at (events, "$[0].new_state", NULL);
  cpt_assert_at (whole, "$.new_state.id", order_id);
  cpt_assert_at (whole, "$.previous_state", NULL);

  g_autoptr (CptReply) deleted = cpt_shop_api (shop, "DELETE", path, NULL);
  g_autoptr (CptReply) again = cpt_shop_api (shop, "DELETE", path, NULL);

  g_assert_cmpuint (deleted->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 404);
  g_assert_cmpuint (count_events (shop, shop->token), ==, 0);
}

static void
test_states (void)
{
  g_autoptr (CptShop) shop = listening_shop ();
  g_autoptr (CptReply) order = cpt_shop_control (shop, "POST", "/orders", "{}");
  g_autofree char *id = cpt_reply_at (order, "$.id");
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (CptReply) cancelled =
      cpt_shop_control (shop, "PATCH", path, "{\"status\":\"cancelled\"}");
  g_autoptr (CptReply) driver =
      cpt_shop_control (shop, "PATCH", path, "{\"delivery\":{\"driver_name\":\"Livreur\"}}");
  g_autoptr (CptReply) events = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autofree char *update = cpt_reply_at (events, "$[1].id");
  g_autofree char *update_path = g_strconcat ("/callback/events/", update, NULL);
  g_autoptr (CptReply) whole = cpt_shop_api (shop, "GET", update_path, NULL);

  cpt_assert_at (whole, "$.new_state.status", "cancelled");
  cpt_assert_at (whole, "$.previous_state.status", "new");
  cpt_assert_at (events, "$[2].event_type", "update");
  cpt_assert_at (events, "$[3].resource_type", "delivery");
  cpt_assert_at (events, "$[3].event_type", "create");
}

static void
test_own_changes (void)
{
  g_autoptr (CptShop) shop = listening_shop ();
  g_autofree char *other = cpt_shop_connect (shop, "{\"device_id\":\"till-2\"}");
  g_autoptr (CptReply) listens = cpt_shop_api_as (shop, other, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\"}");

  g_assert_cmpuint (count_events (shop, shop->token), ==, 0);
  g_assert_cmpuint (count_events (shop, other), ==, 1);

  g_autoptr (CptReply) settings =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"own_is_program\":true}");
  g_autoptr (CptReply) second = cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\"}");

  g_assert_cmpuint (count_events (shop, other), ==, 1);

  g_autoptr (CptReply) foreign = cpt_shop_control (shop, "POST", "/orders", "{}");

  g_assert_cmpuint (count_events (shop, shop->token), ==, 1);
  g_assert_cmpuint (count_events (shop, other), ==, 2);
}

static void
test_other_location (void)
{
  g_autoptr (CptShop) shop = listening_shop ();
  g_autoptr (CptReply) state = cpt_shop_control (shop, "GET", "/state", NULL);
  g_autofree char *there = cpt_reply_at (state, "$.locations[1].id");
  g_autoptr (CptReply) order =
      cpt_shop_control (shop, "POST", "/orders", "{\"location_id\":\"%s\"}", there);
  g_autofree char *id = cpt_reply_at (order, "$.id");
  g_autofree char *path = g_strconcat (ORDERS "/", id, NULL);
  g_autoptr (CptReply) hidden = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpuint (count_events (shop, shop->token), ==, 0);
  g_assert_cmpuint (hidden->status, ==, 404);
}

/* Deleting while paging loses none. */
static void
test_pages (void)
{
  g_autoptr (CptShop) shop = listening_shop ();
  g_autoptr (CptReply) made = cpt_shop_control (shop, "POST", "/orders", "{\"count\":250}");
  g_autofree char *path = g_strdup ("/callback/events?count=100");
  guint seen = 0;

  while (path)
    {
      g_autoptr (CptReply) page = cpt_shop_api (shop, "GET", path, NULL);
      JsonArray *events = json_node_get_array (page->json);
      g_autofree char *first = cpt_reply_at (page, "$[0].id");
      g_autofree char *event = g_strconcat ("/callback/events/", first, NULL);
      g_autoptr (CptReply) deleted = cpt_shop_api (shop, "DELETE", event, NULL);

      g_assert_cmpuint (deleted->status, ==, 200);
      seen += json_array_get_length (events);
      g_free (path);
      path = page->cursor ? g_strconcat ("/callback/events?count=100&cursor=", page->cursor, NULL)
                          : NULL;
    }
  g_assert_cmpuint (seen, ==, 250);
}

static void
test_callback_clears (void)
{
  g_autoptr (CptShop) shop = listening_shop ();
  g_autoptr (CptReply) order = cpt_shop_control (shop, "POST", "/orders", "{}");
  g_autoptr (CptReply) replaced = cpt_shop_api (shop, "POST", "/callback", LISTEN);

  g_assert_cmpuint (count_events (shop, shop->token), ==, 1);

  g_autoptr (CptReply) settings =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"callback_clears\":true}");
  g_autoptr (CptReply) emptied = cpt_shop_api (shop, "POST", "/callback", LISTEN);

  g_assert_cmpuint (count_events (shop, shop->token), ==, 0);
}

/* --- the windows --- */

static guint
status_of (CptShop *shop, const char *path)
{
  g_autoptr (CptReply) reply = cpt_shop_api (shop, "GET", path, NULL);

  return reply->status;
}

static void
test_heavy_window (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *other = cpt_shop_connect (shop, "{\"device_id\":\"till-2\"}");
  g_autoptr (CptReply) clock =
      cpt_shop_control (shop, "POST", "/clock",
                        "{\"freeze\":true,\"set\":\"2031-03-03T10:00:50+01:00\"}");
  g_autofree char *catalog = g_strconcat ("/catalogs/", shop->catalog_id, NULL);
  g_autofree char *customers = g_strconcat ("/customer_lists/", shop->list_id, "/customers", NULL);

  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (status_of (shop, ORDERS), ==, 200);
  g_assert_cmpuint (status_of (shop, catalog), ==, 200);
  g_assert_cmpuint (status_of (shop, customers), ==, 200);
  g_assert_cmpuint (status_of (shop, customers), ==, 429);
  g_assert_cmpuint (status_of (shop, "/location"), ==, 200);

  g_autoptr (CptReply) theirs = cpt_shop_api_as (shop, other, "GET", ORDERS, NULL);
  g_autoptr (CptReply) before = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":9}");

  g_assert_cmpuint (theirs->status, ==, 200);
  g_assert_cmpuint (status_of (shop, ORDERS), ==, 429);

  g_autoptr (CptReply) round = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":1}");

  g_assert_cmpuint (status_of (shop, ORDERS), ==, 200);
}

/* A window ends at the round minute, hour or day, whenever it was filled. */
static void
test_plain_windows (void)
{
  static const struct
  {
    const char *setting;
    guint limit;
    const char *last; /* second of the window */
  } cases[] = {
    { "limit_minute", 500, "2031-03-03T10:00:59Z" },
    { "limit_hour", 7, "2031-03-03T10:59:59Z" },
    { "limit_day", 5, "2031-03-03T23:59:59Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptShop) shop = cpt_shop_new_connected ();
      g_autoptr (CptReply) clock =
          cpt_shop_control (shop, "POST", "/clock", "{\"freeze\":true,\"set\":\"%s\"}",
                            cases[i].last);
      g_autoptr (CptReply) settings = cpt_shop_control (shop, "PATCH", "/settings", "{\"%s\":%u}",
                                                        cases[i].setting, cases[i].limit);

      for (guint j = 0; j < cases[i].limit; j++)
        g_assert_cmpuint (status_of (shop, "/location"), ==, 200);
      g_assert_cmpuint (status_of (shop, "/location"), ==, 429);

      g_autoptr (CptReply) later = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":1}");

      g_assert_cmpuint (status_of (shop, "/location"), ==, 200);
    }
}

static void
test_default_limits (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) settings = cpt_shop_control (shop, "GET", "/settings", NULL);

  cpt_assert_at (settings, "$.limit_minute", "500");
  cpt_assert_at (settings, "$.limit_hour", "2500");
  cpt_assert_at (settings, "$.limit_day", "10000");
  cpt_assert_at (settings, "$.limit_heavy", "10");
}

static void
test_retry_after (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) clock =
      cpt_shop_control (shop, "POST", "/clock",
                        "{\"freeze\":true,\"set\":\"2031-03-03T10:00:40Z\"}");
  g_autoptr (CptReply) limit =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"limit_minute\":0}");
  g_autoptr (CptReply) without = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) settings =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"retry_after\":true}");
  g_autoptr (CptReply) with = cpt_shop_api (shop, "GET", "/location", NULL);

  cpt_assert_at (without, "$.error_type", "too_many_requests");
  g_assert_null (without->retry_after);
  g_assert_cmpstr (with->retry_after, ==, "20");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/events/callback", test_callback);
  g_test_add_func ("/sandbox/events/callback-refused", test_callback_refused);
  g_test_add_func ("/sandbox/events/life-of-an-event", test_life_of_an_event);
  g_test_add_func ("/sandbox/events/states", test_states);
  g_test_add_func ("/sandbox/events/own-changes", test_own_changes);
  g_test_add_func ("/sandbox/events/other-location", test_other_location);
  g_test_add_func ("/sandbox/events/pages", test_pages);
  g_test_add_func ("/sandbox/events/callback-clears", test_callback_clears);
  g_test_add_func ("/sandbox/limits/heavy-window", test_heavy_window);
  g_test_add_func ("/sandbox/limits/plain-windows", test_plain_windows);
  g_test_add_func ("/sandbox/limits/defaults", test_default_limits);
  g_test_add_func ("/sandbox/limits/retry-after", test_retry_after);
  return g_test_run ();
}
