/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order costs here and at the demo shop, which shares no line with it: thirty orders worked
 * out on paper, and a hundred thousand that nobody thought of. */
#include <stdlib.h>
#include <string.h>

#include "cpt-json-order-write.h"
#include "cpt-order.h"
#include "cpt-sandbox-private.h"
#include "cpt-till-order.h"

/* Fewer where COMPTOIR_TEST_RANDOM says so: a sanitizer looks at every allocation. */
#define RANDOM_ORDERS "100000"
/* Of these one in so many is put together at the till as well. */
#define SENT_EVERY 10

/* --- Both sides --- */

static char *
make_document (const char *items, const char *discounts, const char *charges)
{
  return g_strdup_printf ("{\"id\":\"o1\",\"status\":\"accepted\","
                          "\"deals\":{\"d\":{\"name\":\"Menu midi\"}},"
                          "\"items\":[%s],\"discounts\":[%s],\"charges\":[%s]}",
                          items, discounts, charges);
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* The shop writes subtotals and total into its copy. */
static JsonNode *
ask_shop (const char *document)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (document, &error);

  g_assert_no_error (error);
  cpt_sandbox_compute_totals (json_node_get_object (node), FALSE);
  return node;
}

static CptOrder *
decode (const char *document)
{
  g_autoptr (GBytes) bytes = text_bytes (document);

  return cpt_json_decode_order (bytes, NULL);
}

static char *
dup_total (const CptOrder *order)
{
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance (order, &balance);
  g_assert_cmpint (balance.total.state, ==, CPT_AMOUNT_KNOWN);
  return cpt_money_to_string (balance.total);
}

static const char *
shop_total (JsonNode *shop)
{
  return json_object_get_string_member (json_node_get_object (shop), "total");
}

static void
assert_subtotals (const CptOrder *order, JsonNode *shop, const char *document)
{
  JsonArray *items = json_object_get_array_member (json_node_get_object (shop), "items");

  g_assert_cmpuint (order->items->len, ==, json_array_get_length (items));
  for (guint i = 0; i < order->items->len; i++)
    {
      CptMoney subtotal = { 0 };
      g_autofree char *text = NULL;

      g_assert_true (cpt_order_item_compute_subtotal (order->items->pdata[i], &subtotal));
      text = cpt_money_to_string (subtotal);
      if (!g_str_equal (text,
                        json_object_get_string_member (json_array_get_object_element (items, i),
                                                       "subtotal")))
        g_error ("Item %u is %s here and not there: %s", i, text, document);
    }
}

/* @document as HubRise's: the same subtotals and total. Result: the total. */
static char *
compare (const char *document)
{
  g_autoptr (JsonNode) shop = ask_shop (document);
  g_autoptr (CptOrder) order = decode (document);
  char *total = dup_total (order);

  assert_subtotals (order, shop, document);
  if (!g_str_equal (total, shop_total (shop)))
    g_error ("The order costs %s here and %s there: %s", total, shop_total (shop), document);
  return total;
}

/* The same put together at the till: what it shows is what the shop makes of what it sends. */
static void
compare_as_sent (const char *document)
{
  g_autoptr (CptOrder) draft = decode (document);
  CptTillStamp stamp = {
    .private_ref = "order", .content_ref = "content", .number = "C1", .order_id = "20261126-C1"
  };
  g_autoptr (CptOrder) order = cpt_till_order_new (draft, &stamp);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) kept = cpt_json_write_order (order, zone);
  g_autoptr (GBytes) sent = cpt_json_write_new_order (order, zone, 0);
  g_autoptr (CptOrder) read = cpt_json_decode_own_order (kept);
  g_autofree char *text = g_strndup (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent));
  g_autoptr (JsonNode) shop = ask_shop (text);
  g_autofree char *total = dup_total (read);

  if (!g_str_equal (total, shop_total (shop)))
    g_error ("The order costs %s here and %s there: %s", total, shop_total (shop), text);
}

/* --- On paper --- */

#define GONE ",\"deleted\":true"
#define ITEM_AS(quantity, price, options, more)                                                    \
  "{\"product_name\":\"x\",\"quantity\":\"" quantity "\",\"price\":\"" price                       \
  " EUR\",\"options\":[" options "]" more "}"
#define ITEM(quantity, price)               ITEM_AS (quantity, price, "", "")
#define ITEM_WITH(quantity, price, options) ITEM_AS (quantity, price, options, "")
#define OPTION_AS(price, more)              "{\"name\":\"o\",\"price\":\"" price " EUR\"" more "}"
#define OPTION(price)                       OPTION_AS (price, "")
#define OPTIONS(n, price)                   OPTION_AS (price, ",\"quantity\":" n)
#define WITHOUT(price)                      OPTION_AS (price, ",\"removed\":true")
#define IN_DEAL(effect, value)                                                                     \
  ",\"deal_line\":{\"deal_key\":\"d\",\"pricing_effect\":\"" effect                                \
  "\",\"pricing_value\":\"" value "\"}"
#define OFF_AS(price, more) "{\"name\":\"x\",\"price_off\":\"" price " EUR\"" more "}"
#define OFF(price)          OFF_AS (price, "")
#define FEE_AS(price, more) "{\"name\":\"x\",\"price\":\"" price " EUR\"" more "}"
#define FEE(price)          FEE_AS (price, "")

static const struct
{
  const char *items, *discounts, *charges;
  const char *total; /* worked out by hand, the sum beside it */
} papers[] = {
  { ITEM ("1", "9.50"), "", "", "9.50 EUR" },
  { ITEM ("2", "9.50"), "", "", "19.00 EUR" },
  /* 9.50 + 2 × 2.80 */
  { ITEM ("1", "9.50") "," ITEM ("2", "2.80"), "", "", "15.10 EUR" },
  { ITEM_WITH ("1", "9.50", OPTION ("1.00")), "", "", "10.50 EUR" },
  /* 3 × (9.50 + 1.00 + 1.20) */
  { ITEM_WITH ("3", "9.50", OPTION ("1.00") "," OPTION ("1.20")), "", "", "35.10 EUR" },
  /* 9.50 + 2 × 1.00, said in two ways */
  { ITEM_WITH ("1", "9.50", OPTIONS ("2", "1.00")), "", "", "11.50 EUR" },
  { ITEM_WITH ("1", "9.50", OPTION ("1.00") "," OPTION ("1.00")), "", "", "11.50 EUR" },
  /* 2 × (13.00 + 3 × 0.80) */
  { ITEM_WITH ("2", "13.00", OPTIONS ("3", "0.80")), "", "", "30.80 EUR" },
  /* What is taken out may have a price, and then counts. */
  { ITEM_WITH ("1", "9.50", WITHOUT ("0.00")), "", "", "9.50 EUR" },
  { ITEM_WITH ("2", "9.50", WITHOUT ("0.50")), "", "", "20.00 EUR" },
  /* By weight: 0.350 × 12.00 */
  { ITEM ("0.350", "12.00"), "", "", "4.20 EUR" },
  /* 0.125 × 0.99 = 0.12375 */
  { ITEM ("0.125", "0.99"), "", "", "0.12 EUR" },
  /* 0.005, 0.015: half a cent goes up */
  { ITEM ("0.5", "0.01"), "", "", "0.01 EUR" },
  { ITEM ("1.5", "0.01"), "", "", "0.02 EUR" },
  /* 0.00499 */
  { ITEM ("0.499", "0.01"), "", "", "0.00 EUR" },
  /* 0.333 × 9.99 = 3.32667 */
  { ITEM ("0.333", "9.99"), "", "", "3.33 EUR" },
  /* 3 × 3.33 */
  { ITEM ("0.333", "10.00") "," ITEM ("0.333", "10.00") "," ITEM ("0.333", "10.00"), "", "",
    "9.99 EUR" },
  /* Each is rounded by itself: 0.01 + 0.01 */
  { ITEM ("0.5", "0.01") "," ITEM ("0.5", "0.01"), "", "", "0.02 EUR" },
  { ITEM_WITH ("1", "10.00", OPTION ("-2.50")), "", "", "7.50 EUR" },
  /* −0.005 goes away from zero: 1.00 − 0.01 */
  { ITEM ("1", "1.00") "," ITEM ("0.5", "-0.01"), "", "", "0.99 EUR" },
  { ITEM ("2", "10.00"), OFF ("3.00"), "", "17.00 EUR" },
  { ITEM ("2", "10.00"), "", FEE ("2.90"), "22.90 EUR" },
  /* 2 × 11.90 − 5.00 + 2.90 */
  { ITEM ("2", "11.90"), OFF ("5.00"), FEE ("2.90"), "21.70 EUR" },
  /* What is deleted does not count. */
  { ITEM ("1", "9.50") "," ITEM_AS ("3", "5.00", "", GONE), "", "", "9.50 EUR" },
  { ITEM ("1", "9.50"), OFF_AS ("1.00", GONE) "," OFF ("0.50"), "", "9.00 EUR" },
  { ITEM ("1", "9.50"), "", FEE_AS ("2.90", GONE), "9.50 EUR" },
  /* The price of a line of a deal is its price: 9.90 + 2.00, 2 × 8.00 */
  { ITEM_AS ("1",
             "9.90",
             "",
             IN_DEAL ("fixed_price",
                      "9.90 EUR")) "," ITEM_AS ("1", "2.00", "", IN_DEAL ("price_off", "0.80 EUR")),
    "", "", "11.90 EUR" },
  { ITEM_AS ("2", "8.00", "", IN_DEAL ("percentage_off", "50")), "", "", "16.00 EUR" },
  /* 2 × (13.00 + 2 × 1.00) + 0.350 × 12.00 − 3.00 + 2.90 */
  { ITEM_WITH ("2",
               "13.00",
               OPTIONS ("2", "1.00")) "," ITEM ("0.350",
                                                "12.00") "," ITEM_AS ("1", "99.00", "", GONE),
    OFF ("3.00"), FEE ("2.90"), "34.10 EUR" },
  /* 999 × 1,000.00 − 999 × 0.01 */
  { ITEM ("999", "999.99"), "", "", "998990.01 EUR" },
};

static void
test_paper (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (papers), ==, 30);
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *document =
          make_document (papers[i].items, papers[i].discounts, papers[i].charges);
      g_autofree char *total = compare (document);

      g_assert_cmpstr (total, ==, papers[i].total);
      compare_as_sent (document);
    }
}

/* --- By chance --- */

static gboolean
happens (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

static void
add_price (GString *text, int lowest, int highest)
{
  int cents = g_test_rand_int_range (lowest, highest);

  g_string_append_printf (text, "\"%s%d.%02d EUR\"", cents < 0 ? "-" : "", ABS (cents) / 100,
                          ABS (cents) % 100);
}

static void
add_quantity (GString *text)
{
  int places = g_test_rand_int_range (0, 4);
  int whole = g_test_rand_int_range (0, 20);
  int part = g_test_rand_int_range (1, 1000);

  if (places == 0)
    g_string_append_printf (text, "\"%d\"", whole + 1);
  else if (places == 1)
    g_string_append_printf (text, "\"%d.%d\"", whole, 1 + part % 9);
  else if (places == 2)
    g_string_append_printf (text, "\"%d.%02d\"", whole, 1 + part % 99);
  else
    g_string_append_printf (text, "\"%d.%03d\"", whole, part);
}

static void
add_options (GString *text)
{
  int n = g_test_rand_int_range (0, 5);

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"name\":\"o%d\",\"price\":", i > 0 ? "," : "", i);
      add_price (text, -100, 500);
      if (happens (40))
        g_string_append_printf (text, ",\"quantity\":%d", g_test_rand_int_range (1, 4));
      if (happens (15))
        g_string_append (text, ",\"removed\":true");
      g_string_append_c (text, '}');
    }
}

static char *
make_items (void)
{
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 8);

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"product_name\":\"p%d\",\"price\":", i > 0 ? "," : "", i);
      add_price (text, -200, 5000);
      g_string_append (text, ",\"quantity\":");
      add_quantity (text);
      g_string_append (text, ",\"options\":[");
      add_options (text);
      g_string_append_c (text, ']');
      if (happens (25))
        g_string_append (text, IN_DEAL ("fixed_price", "5.00 EUR"));
      /* One stays: nothing has no currency here. */
      if (i > 0 && happens (15))
        g_string_append (text, GONE);
      g_string_append_c (text, '}');
    }
  return g_string_free (text, FALSE);
}

static char *
make_lines (const char *amount)
{
  GString *text = g_string_new (NULL);
  int n = happens (50) ? g_test_rand_int_range (0, 3) : 0;

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"name\":\"l%d\",\"%s\":", i > 0 ? "," : "", i, amount);
      add_price (text, 0, 1000);
      if (happens (20))
        g_string_append (text, GONE);
      g_string_append_c (text, '}');
    }
  return g_string_free (text, FALSE);
}

static char *
make_random (void)
{
  g_autofree char *items = make_items ();
  g_autofree char *discounts = make_lines ("price_off");
  g_autofree char *charges = make_lines ("price");

  return make_document (items, discounts, charges);
}

static void
test_random (void)
{
  const char *wanted = g_getenv ("COMPTOIR_TEST_RANDOM");
  int n = atoi (wanted != NULL ? wanted : RANDOM_ORDERS);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *document = make_random ();
      g_autofree char *total = compare (document);

      if (i % SENT_EVERY == 0)
        compare_as_sent (document);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totals/paper", test_paper);
  g_test_add_func ("/totals/random", test_random);
  return g_test_run ();
}
