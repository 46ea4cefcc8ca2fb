/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's orders: what may be created and changed, and what it all comes to. */
#include "cpt-shop.h"

#include <string.h>

#define ORDERS "/location/orders"
#define ITEM   "{\"product_name\":\"Margherita\",\"price\":\"9.50 EUR\",\"quantity\":\"1\"}"

static char *
order_path (CptReply *order)
{
  g_autofree char *id = cpt_reply_at (order, "$.id");

  return g_strconcat (ORDERS "/", id, NULL);
}

/* Worked out by hand. */
static void
test_totals (void)
{
  static const struct
  {
    const char *fields;
    const char *subtotal; /* (nullable) of the first item */
    const char *total;
  } cases[] = {
    { "\"items\":[]", NULL, "0.00 EUR" },
    { "\"items\":[" ITEM "]", "9.50 EUR", "9.50 EUR" },
    /* 2 × (9.50 + 2 × 1.00 − 0.50) = 22.00 */
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"9.50 EUR\",\"quantity\":\"2\",\"options\":["
      "{\"name\":\"a\",\"price\":\"1.00 EUR\",\"quantity\":2},"
      "{\"name\":\"b\",\"price\":\"-0.50 EUR\"}]}]",
      "22.00 EUR", "22.00 EUR" },
    /* a removed option counts its price */
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"9.50 EUR\",\"quantity\":\"1\",\"options\":["
      "{\"name\":\"a\",\"price\":\"-1.00 EUR\",\"removed\":true}]}]",
      "8.50 EUR", "8.50 EUR" },
    /* 0.125 × 10.20 = 1.275 → 1.28; 0.125 × −10.20 → −1.28: halves away from zero */
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"10.20 EUR\",\"quantity\":\"0.125\"}]",
      "1.28 EUR", "1.28 EUR" },
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"-10.20 EUR\",\"quantity\":\"0.125\"}]",
      "-1.28 EUR", "-1.28 EUR" },
    /* 0.333 × 2.99 = 0.99567 */
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"2.99 EUR\",\"quantity\":\"0.333\"}]",
      "1.00 EUR", "1.00 EUR" },
    /* 9.50 − 3.00 + 2.90; the deal line and the delivery fee are not added */
    { "\"deals\":{\"0\":{\"name\":\"Menu\"}},\"items\":[{\"product_name\":\"P\",\"price\":"
      "\"9.50 EUR\",\"quantity\":\"1\",\"deal_line\":{\"deal_key\":\"0\",\"pricing_effect\":"
      "\"fixed_price\",\"pricing_value\":\"5.00 EUR\"}}],\"discounts\":[{\"name\":\"d\","
      "\"price_off\":\"3.00 EUR\"}],\"charges\":[{\"name\":\"c\",\"price\":\"2.90 EUR\"}],"
      "\"delivery\":{\"carrier\":\"x\",\"fee\":\"4.00 EUR\"},"
      "\"payments\":[{\"name\":\"CB\",\"amount\":\"1.00 EUR\"}]",
      "9.50 EUR", "9.40 EUR" },
    /* large numbers keep every cent */
    { "\"items\":[{\"product_name\":\"P\",\"price\":\"99999999.99 EUR\",\"quantity\":\"999\"}]",
      "99899999990.01 EUR", "99899999990.01 EUR" },
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptReply) reply =
          cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"accepted\",%s}", cases[i].fields);

      g_assert_cmpuint (reply->status, ==, 200);
      cpt_assert_at (reply, "$.items[0].subtotal", cases[i].subtotal);
      cpt_assert_at (reply, "$.total", cases[i].total);
    }
}

/* Each refused for the field that is named first. */
static void
test_create_refused (void)
{
  static const char *const cases[][2] = {
    { "{}", "status" },
    { "{\"status\":\"done\"}", "status" },
    { "{\"status\":null}", "status" },
    { "{\"status\":\"new\",\"total\":\"1.00 EUR\"}", "total" },
    { "{\"status\":\"new\",\"id\":\"abc\"}", "id" },
    { "{\"status\":\"new\",\"created_by\":\"x\"}", "created_by" },
    { "{\"status\":\"new\",\"expected_time\":\"2001-01-01T00:00:00+01:00\"}", "expected_time" },
    { "{\"status\":\"new\",\"expected_time\":\"2101-01-01T00:00:00\"}", "expected_time" },
    { "{\"status\":\"new\",\"expected_time\":\"2101-01-01 00:00:00+01:00\"}", "expected_time" },
    { "{\"status\":\"new\",\"expected_time\":\"2101-13-01T00:00:00+01:00\"}", "expected_time" },
    { "{\"status\":\"new\",\"service_type\":\"drone\"}", "service_type" },
    { "{\"status\":\"new\",\"ref\":2222}", "ref" },
    { "{\"status\":\"new\",\"coupon_codes\":[1]}", "coupon_codes" },
    { "{\"status\":\"new\",\"items\":{}}", "items" },
    { "{\"status\":\"new\",\"items\":[7]}", "items[0]" },
    { "{\"status\":\"new\",\"items\":[{\"price\":\"1.00 EUR\",\"quantity\":\"1\"}]}",
      "items[0].product_name" },
    { "{\"status\":\"new\",\"items\":[" ITEM
      ",{\"product_name\":\"P\",\"price\":\"1 EUR\",\"quantity\":\"1\"}]}",
      "items[1].price" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":1.5,\"quantity\":\"1\"}]}",
      "items[0].price" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 GBP\","
      "\"quantity\":\"1\"}]}",
      "items[0].price" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 EUR\","
      "\"quantity\":1}]}",
      "items[0].quantity" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 EUR\","
      "\"quantity\":\"0.1234\"}]}",
      "items[0].quantity" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 EUR\","
      "\"quantity\":\"1\",\"subtotal\":\"1.00 EUR\"}]}",
      "items[0].subtotal" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 EUR\","
      "\"quantity\":\"1\",\"options\":[{\"name\":\"a\",\"price\":\"1.00 EUR\",\"quantity\":"
      "\"2\"}]}]}",
      "items[0].options[0].quantity" },
    { "{\"status\":\"new\",\"items\":[{\"product_name\":\"P\",\"price\":\"1.00 EUR\","
      "\"quantity\":\"1\",\"deal_line\":{\"deal_key\":\"9\"}}]}",
      "items[0].deal_line" },
    { "{\"status\":\"new\",\"payments\":[{\"name\":\"CB\"}]}", "payments[0].amount" },
    { "{\"status\":\"new\",\"discounts\":[{\"name\":\"d\",\"price\":\"1.00 EUR\"}]}",
      "discounts[0].price" },
    { "{\"status\":\"new\",\"charges\":[{\"price\":\"1.00 EUR\"}]}", "charges[0].name" },
    { "{\"status\":\"new\",\"customer\":{\"id\":\"x\"}}", "customer.id" },
    { "{\"status\":\"new\",\"customer\":{},\"customer_id\":\"x\"}", "customer" },
    { "{\"status\":\"new\",\"customer_id\":\"nobody\"}", "customer_id" },
    { "{\"status\":\"new\",\"customer_private_ref\":\"x\"}", "customer_list_id" },
    { "{\"status\":\"accepted\",\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"x\"}}}}",
      "custom_fields.epos.rejection" },
    { "{\"status\":\"new\",\"foo\":1}", "foo" },
    { "[]", "" },
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "POST", ORDERS, "%s", cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpuint (reply->status, ==, 422);
      cpt_assert_at (reply, "$.error_type", "unprocessable_entity");
      cpt_assert_at (reply, "$.errors[0].field", cases[i][1]);
    }
  g_autoptr (CptReply) state = cpt_shop_control (shop, "GET", "/state", NULL);

  cpt_assert_at (state, "$.orders", "[]");
}

static void
test_create_long_texts (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *large = g_strnfill (8 * 1024, 'x');
  g_autoptr (CptReply) taken =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"private_ref\":\"%s\"}", longest);
  g_autoptr (CptReply) refused =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"private_ref\":\"%sx\"}", longest);
  g_autoptr (CptReply) heavy =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"custom_fields\":{\"a\":\"%s\"}}",
                    large);
  g_autoptr (CptReply) again =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"private_ref\":\"%s\"}", longest);

  g_assert_cmpuint (taken->status, ==, 200);
  g_assert_cmpuint (refused->status, ==, 422);
  cpt_assert_at (heavy, "$.errors[0].field", "custom_fields");
  cpt_assert_at (again, "$.errors[0].field", "private_ref");
}

static void
test_create_whole (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) reply = cpt_shop_api (
      shop, "POST", ORDERS,
      "{\"status\":\"accepted\",\"service_type\":\"eat_in\",\"service_type_ref\":\"12\","
      "\"expected_time\":\"2101-07-01T10:00:00Z\",\"items\":[" ITEM "],"
      "\"customer\":{\"first_name\":\"Client\",\"phone\":\"+33199000000\"}}");

  g_assert_cmpuint (reply->status, ==, 200);
  cpt_assert_at (reply, "$.location_id", shop->location_id);
  cpt_assert_at (reply, "$.expected_time", "2101-07-01T12:00:00+02:00");
  cpt_assert_at (reply, "$.customer.id", "null");
  cpt_assert_at (reply, "$.deals", "{}");
  cpt_assert_at (reply, "$.items[0].options", "[]");
  cpt_assert_at (reply, "$.created_by", "Comptoir");
}

static void
test_lenient (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new ("--lenient");
  g_autofree char *token = cpt_shop_connect (shop, "{}");
  g_autoptr (CptReply) reply =
      cpt_shop_api_as (shop, token, "POST", ORDERS,
                       "{\"status\":\"new\",\"foo\":1,\"total\":\"7.00 EUR\"}");

  g_assert_cmpuint (reply->status, ==, 200);
  cpt_assert_at (reply, "$.foo", NULL);
  cpt_assert_at (reply, "$.total", "0.00 EUR");
}

static void
test_patch (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS,
                                             "{\"status\":\"new\",\"items\":[" ITEM "," ITEM "],"
                                             "\"custom_fields\":{\"a\":{\"x\":1},\"b\":2}}");
  g_autofree char *path = order_path (order);
  g_autofree char *item = cpt_reply_at (order, "$.items[1].id");
  g_autoptr (CptReply) accepted = cpt_shop_api (
      shop, "PATCH", path,
      "{\"status\":\"accepted\",\"confirmed_time\":\"2101-01-01T11:30:00Z\",\"seller_notes\":"
      "\"n\",\"collection_code\":\"7\",\"custom_fields\":{\"a\":{\"y\":1},\"b\":null},"
      "\"payments\":[{\"name\":\"CB\",\"amount\":\"9.50 EUR\",\"private_ref\":\"p1\"}],"
      "\"charges\":[{\"name\":\"c\",\"price\":\"1.00 EUR\"}]}");
  g_autoptr (CptReply) shorter =
      cpt_shop_api (shop, "PATCH", path, "{\"items\":[{\"id\":\"%s\",\"deleted\":true}]}", item);

  cpt_assert_at (accepted, "$.status", "accepted");
  cpt_assert_at (accepted, "$.confirmed_time", "2101-01-01T12:30:00+01:00");
  cpt_assert_at (accepted, "$.seller_notes", "n");
  cpt_assert_at (accepted, "$.custom_fields", "{\"a\":{\"y\":1}}");
  cpt_assert_at (accepted, "$.payments[0].private_ref", "p1");
  cpt_assert_at (accepted, "$.total", "20.00 EUR");
  cpt_assert_at (shorter, "$.items[1].deleted", "true");
  cpt_assert_at (shorter, "$.items[1].product_name", "Margherita");
  cpt_assert_at (shorter, "$.total", "10.50 EUR");
}

static void
test_patch_refused (void)
{
  static const char *const cases[][2] = {
    { "{\"status\":null}", "status" },
    { "{\"status\":\"ok\"}", "status" },
    { "{\"ref\":\"x\"}", "ref" },
    { "{\"expected_time\":null}", "expected_time" },
    { "{\"customer_notes\":\"x\"}", "customer_notes" },
    { "{\"confirmed_time\":\"12:30\"}", "confirmed_time" },
    { "{\"items\":[{\"id\":\"nothere\",\"deleted\":true}]}", "items[0]" },
    { "{\"items\":[{\"id\":\"ITEM\",\"deleted\":false}]}", "items[0]" },
    { "{\"items\":[{\"id\":\"ITEM\",\"quantity\":\"2\"}]}", "items[0]" },
    { "{\"items\":[{\"id\":\"ITEM\",\"deleted\":true,\"quantity\":\"2\"}]}", "items[0]" },
    { "{\"payments\":[{\"id\":\"ITEM\",\"deleted\":true}]}", "payments[0]" },
    { "{\"payments\":[{\"name\":\"CB\",\"amount\":\"9.5 EUR\"}]}", "payments[0].amount" },
    { "{\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"x\"}}}}",
      "custom_fields.epos.rejection" },
    { "{\"custom_fields\":[]}", "custom_fields" },
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"items\":[" ITEM "]}");
  g_autofree char *path = order_path (order);
  g_autofree char *item = cpt_reply_at (order, "$.items[0].id");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (cases[i][0], "ITEM", -1);
      g_autofree char *body = g_strjoinv (item, parts);
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "PATCH", path, "%s", body);

      g_test_message ("%s", body);
      g_assert_cmpuint (reply->status, ==, 422);
      cpt_assert_at (reply, "$.errors[0].field", cases[i][1]);
    }
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpstr (after->text, ==, order->text);
}

static void
test_rejection (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\"}");
  g_autofree char *path = order_path (order);
  g_autoptr (CptReply) reply =
      cpt_shop_api (shop, "PATCH", path,
                    "{\"status\":\"rejected\",\"seller_notes\":\"Fermé\","
                    "\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"Fermé\"}}}}");

  g_assert_cmpuint (reply->status, ==, 200);
  cpt_assert_at (reply, "$.custom_fields.epos.rejection.cause", "Fermé");
}

static void
test_custom_fields_grow (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *half = g_strnfill (5000, 'x');
  g_autoptr (CptReply) order =
      cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\",\"custom_fields\":{\"a\":\"%s\"}}",
                    half);
  g_autofree char *path = order_path (order);
  g_autoptr (CptReply) more =
      cpt_shop_api (shop, "PATCH", path, "{\"custom_fields\":{\"b\":\"%s\"}}", half);
  g_autoptr (CptReply) instead =
      cpt_shop_api (shop, "PATCH", path, "{\"custom_fields\":{\"a\":null,\"b\":\"%s\"}}", half);

  g_assert_cmpuint (order->status, ==, 200);
  cpt_assert_at (more, "$.errors[0].field", "custom_fields");
  g_assert_cmpuint (instead->status, ==, 200);
}

static void
test_private_refs (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *other = cpt_shop_connect (shop, "{\"device_id\":\"second\"}");
  g_autoptr (CptReply) order = cpt_shop_api (
      shop, "POST", ORDERS,
      "{\"status\":\"new\",\"private_ref\":\"r1\",\"items\":[{\"product_name\":\"P\",\"price\":"
      "\"1.00 EUR\",\"quantity\":\"1\",\"private_ref\":\"i1\"}]}");
  g_autofree char *path = order_path (order);
  g_autoptr (CptReply) theirs = cpt_shop_api_as (shop, other, "GET", path, NULL);
  g_autoptr (CptReply) set =
      cpt_shop_api_as (shop, other, "PATCH", path, "{\"private_ref\":\"s1\"}");
  g_autoptr (CptReply) ours = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) found = cpt_shop_api (shop, "GET", ORDERS "?private_ref=r1", NULL);
  g_autoptr (CptReply) hidden =
      cpt_shop_api_as (shop, other, "GET", ORDERS "?private_ref=r1", NULL);

  cpt_assert_at (order, "$.private_ref", "r1");
  cpt_assert_at (theirs, "$.private_ref", NULL);
  cpt_assert_at (theirs, "$.items[0].private_ref", NULL);
  cpt_assert_at (set, "$.private_ref", "s1");
  cpt_assert_at (ours, "$.private_ref", "r1");
  cpt_assert_at (ours, "$.items[0].private_ref", "i1");
  cpt_assert_at (found, "$[0].private_ref", "r1");
  g_assert_cmpstr (hidden->text, ==, "[]");
}

static guint
count_matches (CptShop *shop, const char *query)
{
  g_autofree char *path = g_strconcat (ORDERS, query, NULL);
  g_autoptr (CptReply) reply = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return json_array_get_length (json_node_get_array (reply->json));
}

static void
test_filters (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) settings =
      cpt_shop_control (shop, "PATCH", "/settings", "{\"limits\":false}");
  g_autoptr (CptReply) first = cpt_shop_control (
      shop, "POST", "/orders",
      "{\"created_at\":\"2026-01-01T12:00:00+01:00\",\"created_by\":\"Deliveroo\"}");
  g_autoptr (CptReply) second =
      cpt_shop_control (shop, "POST", "/orders",
                        "{\"created_at\":\"2026-01-02T12:00:00+01:00\",\"status\":\"completed\"}");

  g_assert_cmpuint (count_matches (shop, ""), ==, 2);
  g_assert_cmpuint (count_matches (shop, "?status=completed"), ==, 1);
  g_assert_cmpuint (count_matches (shop, "?created_by=Deliveroo"), ==, 1);
  g_assert_cmpuint (count_matches (shop, "?after=2026-01-01T12:00:00%2B01:00"), ==, 2);
  g_assert_cmpuint (count_matches (shop, "?after=2026-01-01T12:00:01%2B01:00"), ==, 1);
  g_assert_cmpuint (count_matches (shop, "?before=2026-01-02T12:00:00%2B01:00"), ==, 1);
  g_assert_cmpuint (count_matches (shop, "?before=2026-01-02T11:00:01Z"), ==, 2);
  g_assert_cmpuint (count_matches (shop, "?customer_id=nobody"), ==, 0);
}

static void
test_filters_refused (void)
{
  static const char *const queries[] = {
    "?after=yesterday", "?status=done", "?count=0", "?count=101", "?count=x", "?cursor=7", "?foo=1"
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat (ORDERS, queries[i], NULL);
      g_autoptr (CptReply) reply = cpt_shop_api (shop, "GET", path, NULL);

      g_assert_cmpuint (reply->status, ==, 422);
    }
}

/* Every order once, whatever arrives between two pages. */
static void
test_pages (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CptReply) made = cpt_shop_control (shop, "POST", "/orders", "{\"count\":205}");
  g_autofree char *path = g_strdup (ORDERS);
  guint pages = 0;

  g_assert_cmpuint (made->status, ==, 200);
  while (path)
    {
      g_autoptr (CptReply) page = cpt_shop_api (shop, "GET", path, NULL);
      g_autoptr (CptReply) late = cpt_shop_control (shop, "POST", "/orders", "{}");
      JsonArray *orders = json_node_get_array (page->json);

      for (guint i = 0; i < json_array_get_length (orders); i++)
        g_assert_true (
            g_hash_table_add (seen, g_strdup (json_object_get_string_member (
                                        json_array_get_object_element (orders, i), "id"))));
      g_free (path);
      path = page->cursor ? g_strconcat (ORDERS "?cursor=", page->cursor, NULL) : NULL;
      pages++;
    }
  g_assert_cmpuint (pages, ==, 3);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 207);
}

static void
test_paths (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\"}");
  g_autofree char *id = cpt_reply_at (order, "$.id");
  g_autofree char *whole = g_strdup_printf ("/locations/%s/orders/%s", shop->location_id, id);
  g_autofree char *elsewhere = g_strdup_printf ("/locations/zzzzz-1/orders/%s", id);
  g_autoptr (CptReply) found = cpt_shop_api (shop, "GET", whole, NULL);
  g_autoptr (CptReply) lost = cpt_shop_api (shop, "GET", elsewhere, NULL);
  g_autoptr (CptReply) none = cpt_shop_api (shop, "GET", ORDERS "/zzzzz", NULL);
  g_autoptr (CptReply) routeless = cpt_shop_api (shop, "PUT", ORDERS, "{}");
  g_autoptr (CptReply) unknown = cpt_shop_api (shop, "GET", "/locations", NULL);
  g_autoptr (CptReply) parameter =
      cpt_shop_api (shop, "POST", ORDERS "?x=1", "{\"status\":\"new\"}");

  g_assert_cmpstr (found->text, ==, order->text);
  g_assert_cmpuint (lost->status, ==, 404);
  cpt_assert_at (none, "$.error_type", "not_found");
  g_assert_cmpuint (routeless->status, ==, 404);
  cpt_assert_at (unknown, "$.error_type", "routing_error");
  cpt_assert_at (parameter, "$.errors[0].field", "x");
}

static CptReply *
send_with (CptShop *shop,
           const char *method,
           const char *path,
           const char *name,
           const char *value,
           const char *type,
           const char *body)
{
  SoupMessage *message = cpt_shop_message (method, cpt_shop_line (shop, "api_url"), path, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (strcmp (method, "GET") != 0)
    soup_message_set_request_body_from_bytes (message, type, bytes);
  soup_message_headers_append (headers, "X-Access-Token", shop->token);
  if (name)
    soup_message_headers_append (headers, name, value);
  return cpt_shop_send (shop, message);
}

static void
test_method_override (void)
{
  static const char header[] = "X-Http-Method-Override";
  static const char json[] = "application/json";
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) order = cpt_shop_api (shop, "POST", ORDERS, "{\"status\":\"new\"}");
  g_autofree char *path = order_path (order);
  g_autoptr (CptReply) patched =
      send_with (shop, "POST", path, header, "PATCH", json, "{\"status\":\"accepted\"}");
  g_autoptr (CptReply) read = send_with (shop, "GET", path, header, "PATCH", json, "");
  g_autoptr (CptReply) other = send_with (shop, "POST", path, header, "GET", json, "{}");

  cpt_assert_at (patched, "$.status", "accepted");
  cpt_assert_at (read, "$.status", "accepted");
  g_assert_cmpuint (other->status, ==, 404);
}

/* 415 for another type, 400 for what is not one JSON document. */
static void
test_bodies (void)
{
  static const char *const malformed[] = { "",     "{",          "{'a':1}",  "{} {}",
                                           "// x", "{\"a\":1,}", "[01]",     "\"\\u0000\"",
                                           "nul",  "{\"a\" 1}",  "\"\x01\"", "[1 2]" };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) text =
      send_with (shop, "POST", ORDERS, NULL, NULL, "text/plain", "{\"status\":\"new\"}");
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (CptReply) nested =
      send_with (shop, "POST", ORDERS, NULL, NULL, "application/json", deep);
  g_autoptr (CptReply) charset =
      send_with (shop, "POST", ORDERS, NULL, NULL, "application/json; charset=utf-8",
                 "{\"status\":\"new\"}");

  cpt_assert_at (text, "$.error_type", "unsupported_media_type");
  g_assert_cmpuint (text->status, ==, 415);
  g_assert_cmpuint (nested->status, ==, 400);
  g_assert_cmpuint (charset->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (CptReply) reply =
          send_with (shop, "POST", ORDERS, NULL, NULL, "application/json", malformed[i]);

      g_test_message ("%s", malformed[i]);
      g_assert_cmpuint (reply->status, ==, 400);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/orders/totals", test_totals);
  g_test_add_func ("/sandbox/orders/create-refused", test_create_refused);
  g_test_add_func ("/sandbox/orders/create-long-texts", test_create_long_texts);
  g_test_add_func ("/sandbox/orders/create-whole", test_create_whole);
  g_test_add_func ("/sandbox/orders/lenient", test_lenient);
  g_test_add_func ("/sandbox/orders/patch", test_patch);
  g_test_add_func ("/sandbox/orders/patch-refused", test_patch_refused);
  g_test_add_func ("/sandbox/orders/rejection", test_rejection);
  g_test_add_func ("/sandbox/orders/custom-fields-grow", test_custom_fields_grow);
  g_test_add_func ("/sandbox/orders/private-refs", test_private_refs);
  g_test_add_func ("/sandbox/orders/filters", test_filters);
  g_test_add_func ("/sandbox/orders/filters-refused", test_filters_refused);
  g_test_add_func ("/sandbox/orders/pages", test_pages);
  g_test_add_func ("/sandbox/orders/paths", test_paths);
  g_test_add_func ("/sandbox/orders/method-override", test_method_override);
  g_test_add_func ("/sandbox/orders/bodies", test_bodies);
  return g_test_run ();
}
