/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's location and its customers. */
#include "cpt-shop.h"

#include <string.h>

static void
test_location (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = g_strconcat ("/locations/", shop->location_id, NULL);
  g_autoptr (CptReply) location = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) whole = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpstr (location->text, ==, whole->text);
  cpt_assert_at (location, "$.id", shop->location_id);
  cpt_assert_at (location, "$.account.currency", "EUR");
  cpt_assert_at (location, "$.timezone.name", "Europe/Paris");
  cpt_assert_at (location, "$.cutoff_time", "06:00");
  cpt_assert_at (location, "$.preparation_time", "20");
  cpt_assert_at (location, "$.order_acceptance", "{\"mode\":\"online\"}");
  cpt_assert_at (location, "$.opening_hours.friday[1].to", "23:30");
}

static void
test_location_taken (void)
{
  static const char *const bodies[] = {
    "{\"cutoff_time\":\"05:30\"}",
    "{\"preparation_time\":35}",
    "{\"opening_hours\":{\"monday\":[{\"from\":\"10:00\",\"to\":\"12:00\"}]}}",
    "{\"opening_hours\":null}",
    "{\"order_acceptance\":{\"mode\":\"busy\",\"extra_preparation_time\":20}}",
    "{\"order_acceptance\":{\"mode\":\"busy\",\"extra_preparation_time\":20,"
    "\"resume_at\":\"2101-01-01T10:00:00Z\"}}",
    "{\"order_acceptance\":{\"mode\":\"paused\"}}",
    "{\"order_acceptance\":{\"mode\":\"paused\",\"reason\":\"x\","
    "\"resume_at\":\"2101-01-01T10:00:00Z\"}}",
    "{\"order_acceptance\":{\"mode\":\"online\"}}",
    "{\"custom_fields\":{\"a\":{}}}",
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "PATCH", "/location", "%s", bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_cmpuint (reply->status, ==, 200);
    }
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", "/location", NULL);

  cpt_assert_at (after, "$.cutoff_time", "05:30");
  cpt_assert_at (after, "$.preparation_time", "35");
  cpt_assert_at (after, "$.opening_hours", "null");
  cpt_assert_at (after, "$.order_acceptance", "{\"mode\":\"online\"}");
  cpt_assert_at (after, "$.custom_fields", "{\"a\":{}}");
}

static void
test_location_refused (void)
{
  static const char *const bodies[] = {
    "[]",
    "{\"name\":\"x\"}",
    "{\"cutoff_time\":\"6h\"}",
    "{\"cutoff_time\":\"25:00\"}",
    "{\"preparation_time\":\"20\"}",
    "{\"preparation_time\":-1}",
    "{\"opening_hours\":{\"lundi\":[]}}",
    "{\"opening_hours\":{\"monday\":[{\"from\":\"10:00\"}]}}",
    "{\"order_acceptance\":null}",
    "{\"order_acceptance\":{}}",
    "{\"order_acceptance\":{\"mode\":\"normal\"}}",
    "{\"order_acceptance\":{\"mode\":\"online\",\"resume_at\":\"2101-01-01T10:00:00Z\"}}",
    "{\"order_acceptance\":{\"mode\":\"busy\"}}",
    "{\"order_acceptance\":{\"mode\":\"paused\",\"extra_preparation_time\":20}}",
    "{\"order_acceptance\":{\"mode\":\"paused\",\"resume_at\":\"later\"}}",
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) before = cpt_shop_api (shop, "GET", "/location", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "PATCH", "/location", "%s", bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_cmpuint (reply->status, ==, 422);
    }
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", "/location", NULL);

  g_assert_cmpstr (after->text, ==, before->text);
}

static void
test_acceptance_word (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) set =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"acceptance_word\":\"normal\"}");
  g_autoptr (CptReply) shown = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) online =
      cpt_shop_api (shop, "PATCH", "/location", "{\"order_acceptance\":{\"mode\":\"online\"}}");
  g_autoptr (CptReply) normal =
      cpt_shop_api (shop, "PATCH", "/location", "{\"order_acceptance\":{\"mode\":\"normal\"}}");

  cpt_assert_at (shown, "$.order_acceptance.mode", "normal");
  g_assert_cmpuint (online->status, ==, 422);
  g_assert_cmpuint (normal->status, ==, 200);
}

static void
test_location_event (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) callback =
      cpt_shop_api (shop, "POST", "/callback",
                    "{\"url\":null,\"events\":{\"location\":[\"update\"]}}");
  g_autoptr (CptReply) own = cpt_shop_api (shop, "PATCH", "/location", "{\"preparation_time\":30}");
  g_autoptr (CptReply) none = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autoptr (CptReply) foreign =
      cpt_shop_control (shop, "PATCH", "/location", "{\"preparation_time\":40}");
  g_autoptr (CptReply) one = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autofree char *id = cpt_reply_at (one, "$[0].id");
  g_autofree char *path = g_strconcat ("/callback/events/", id, NULL);
  g_autoptr (CptReply) event = cpt_shop_api (shop, "GET", path, NULL);

  g_autoptr (CptReply) wrong = cpt_shop_control (shop, "PATCH", "/location", "{\"id\":\"x\"}");

  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpstr (none->text, ==, "[]");
  cpt_assert_at (event, "$.new_state.preparation_time", "40");
  cpt_assert_at (event, "$.previous_state.preparation_time", "30");
}

/* --- customers --- */

static CptReply *
search (CptShop *shop, const char *query)
{
  g_autofree char *path = g_strdup_printf ("/customer_lists/%s/customers%s", shop->list_id, query);

  return cpt_shop_api (shop, "GET", path, NULL);
}

static guint
count_found (CptShop *shop, const char *query)
{
  g_autoptr (CptReply) reply = search (shop, query);

  g_assert_cmpuint (reply->status, ==, 200);
  return json_array_get_length (json_node_get_array (reply->json));
}

static void
test_search (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  g_assert_cmpuint (count_found (shop, ""), ==, 30);
  g_assert_cmpuint (count_found (shop, "?email=client07@example.org"), ==, 1);
  g_assert_cmpuint (count_found (shop, "?email=CLIENT07@EXAMPLE.ORG"), ==, 1);
  g_assert_cmpuint (count_found (shop, "?email=client0*"), ==, 9);
  g_assert_cmpuint (count_found (shop, "?email=client"), ==, 0);
  g_assert_cmpuint (count_found (shop, "?phone=%2B33199000012"), ==, 1);
  g_assert_cmpuint (count_found (shop, "?phone=*00012"), ==, 1);
  g_assert_cmpuint (count_found (shop, "?phone=*00012&email=client07*"), ==, 0);
}

static void
test_search_pages (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) first = search (shop, "?count=20");
  g_autofree char *rest = g_strconcat ("?count=20&cursor=", first->cursor, NULL);
  g_autoptr (CptReply) second = search (shop, rest);
  g_autoptr (CptReply) wrong = search (shop, "?name=x");
  g_autoptr (CptReply) elsewhere =
      cpt_shop_api (shop, "GET", "/customer_lists/zzzzz/customers", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (second->json)), ==, 10);
  g_assert_null (second->cursor);
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpuint (elsewhere->status, ==, 404);
}

static void
test_customer (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *list = g_strdup_printf ("/customer_lists/%s/customers", shop->list_id);
  g_autoptr (CptReply) made = cpt_shop_api (
      shop, "POST", list,
      "{\"first_name\":\"Client\",\"private_ref\":\"k1\",\"custom_fields\":{\"a\":1,\"b\":2}}");
  g_autofree char *id = cpt_reply_at (made, "$.id");
  g_autofree char *path = g_strconcat (list, "/", id, NULL);
  g_autofree char *anonymise = g_strconcat (path, "/anonymise", NULL);
  g_autoptr (CptReply) changed =
      cpt_shop_api (shop, "PATCH", path, "{\"last_name\":\"Démo\",\"custom_fields\":{\"a\":null}}");
  g_autoptr (CptReply) refused = cpt_shop_api (shop, "PATCH", path, "{\"nb_orders\":3}");
  g_autoptr (CptReply) bad = cpt_shop_api (shop, "POST", list, "{\"phone\":33199000000}");
  g_autoptr (CptReply) erased = cpt_shop_api (shop, "POST", anonymise, NULL);
  g_autoptr (CptReply) read = cpt_shop_api (shop, "GET", path, NULL);

  cpt_assert_at (made, "$.customer_list_id", shop->list_id);
  cpt_assert_at (made, "$.private_ref", "k1");
  cpt_assert_at (changed, "$.first_name", "Client");
  cpt_assert_at (changed, "$.last_name", "Démo");
  cpt_assert_at (changed, "$.custom_fields", "{\"b\":2}");
  cpt_assert_at (refused, "$.errors[0].field", "nb_orders");
  cpt_assert_at (bad, "$.errors[0].field", "phone");
  g_assert_cmpuint (erased->status, ==, 200);
  cpt_assert_at (read, "$.first_name", "null");
  cpt_assert_at (read, "$.anonymised", "true");
}

/* By id, by list and private ref, or as a guest. */
static void
test_customer_of_an_order (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) found = search (shop, "?email=client07@example.org");
  g_autofree char *id = cpt_reply_at (found, "$[0].id");
  g_autofree char *path = g_strdup_printf ("/customer_lists/%s/customers/%s", shop->list_id, id);
  g_autoptr (CptReply) named = cpt_shop_api (shop, "PATCH", path, "{\"private_ref\":\"k7\"}");
  g_autoptr (CptReply) by_id =
      cpt_shop_api (shop, "POST", "/location/orders",
                    "{\"status\":\"accepted\",\"customer_id\":\"%s\"}", id);
  g_autoptr (CptReply) by_ref = cpt_shop_api (
      shop, "POST", "/location/orders",
      "{\"status\":\"accepted\",\"customer_list_id\":\"%s\",\"customer_private_ref\":\"k7\"}",
      shop->list_id);
  g_autofree char *filter = g_strconcat ("/location/orders?customer_id=", id, NULL);
  g_autoptr (CptReply) listed = cpt_shop_api (shop, "GET", filter, NULL);

  cpt_assert_at (by_id, "$.customer.email", "client07@example.org");
  cpt_assert_at (by_ref, "$.customer.id", id);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (listed->json)), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/place/location", test_location);
  g_test_add_func ("/sandbox/place/location-taken", test_location_taken);
  g_test_add_func ("/sandbox/place/location-refused", test_location_refused);
  g_test_add_func ("/sandbox/place/acceptance-word", test_acceptance_word);
  g_test_add_func ("/sandbox/place/location-event", test_location_event);
  g_test_add_func ("/sandbox/customers/search", test_search);
  g_test_add_func ("/sandbox/customers/search-pages", test_search_pages);
  g_test_add_func ("/sandbox/customers/customer", test_customer);
  g_test_add_func ("/sandbox/customers/of-an-order", test_customer_of_an_order);
  return g_test_run ();
}
