/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing an order's document holds is missing on its sheet. Every text of the order is a word of
 * its own here, so that one cannot stand in for another. */
#include "cpt-order-sheet.h"
#include "cpt-stock-item.h"

#include <string.h>

#define TIME(text) parse (text)

static CptTime
parse (const char *text)
{
  CptTime time = CPT_TIME_NONE;

  g_assert_true (cpt_time_parse (text, &time));
  return time;
}

#define SET(object, field, value) (object)->field = g_strdup (value)

static void
add_items (CptOrder *order)
{
  CptOrderItem *item = cpt_order_item_new ();
  CptOrderOption *option = cpt_order_option_new ();
  CptOrderDeal *deal = cpt_order_deal_new ();

  SET (deal, key, "deal-key");
  SET (deal, name, "Lunch deal");
  SET (deal, ref, "DEAL-REF");
  g_ptr_array_add (order->deals, deal);

  SET (item, id, "item-id");
  SET (item, private_ref, "item-private");
  SET (item, product_name, "Margherita");
  SET (item, sku_name, "Small");
  SET (item, sku_ref, "MARG-S");
  item->price = cpt_money (980, "EUR");
  item->quantity = cpt_decimal (2500);
  item->subtotal = cpt_money (2160, "EUR");
  SET (item, tax_rate, "10.0");
  SET (item, customer_notes, "well done");
  SET (item, points_earned, "31");
  SET (item, points_used, "32");
  SET (item, deal_key, "deal-key");
  SET (item, deal_label, "Main course");
  SET (item, deal_pricing_effect, "price_off");
  SET (item, deal_pricing_value, "1.23 EUR");
  SET (option, list_name, "Side 1");
  SET (option, name, "Barbecue");
  SET (option, ref, "BBQ");
  option->price = cpt_money (101, "EUR");
  option->quantity = 3;
  g_ptr_array_add (item->options, option);
  option = cpt_order_option_new ();
  SET (option, list_name, "Toppings 2");
  SET (option, name, "Olives");
  option->price = cpt_money (0, "EUR");
  option->quantity = 1;
  option->removed = TRUE;
  g_ptr_array_add (item->options, option);
  g_ptr_array_add (order->items, item);

  item = cpt_order_item_new ();
  SET (item, product_name, "Taken out");
  item->price = cpt_money (111, "EUR");
  item->quantity = cpt_decimal (1000);
  item->deleted = TRUE;
  g_ptr_array_add (order->items, item);
}

static CptOrderLine *
make_line (GPtrArray *lines, const char *what, gint64 minor)
{
  CptOrderLine *line = cpt_order_line_new ();

  line->id = g_strdup_printf ("%s-id", what);
  line->private_ref = g_strdup_printf ("%s-private", what);
  line->name = g_strdup_printf ("%s-name", what);
  line->ref = g_strdup_printf ("%s-ref", what);
  line->amount = cpt_money (minor, "EUR");
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_lines (CptOrder *order)
{
  make_line (order->discounts, "discount", 210);
  make_line (order->charges, "charge", 250)->tax_rate = g_strdup ("5.5");
  make_line (order->payments, "cash", 1000);
  g_ptr_array_add (make_line (order->payments, "card", 500)->info,
                   cpt_field_new ("terminal", "T-77"));
}

static void
add_customer (CptOrder *order)
{
  CptOrderCustomer *customer = order->customer = cpt_order_customer_new ();

  SET (customer, id, "customer-id");
  SET (customer, customer_list_id, "list-id");
  SET (customer, private_ref, "customer-private");
  SET (customer, email, "someone@example.org");
  SET (customer, first_name, "First");
  SET (customer, last_name, "Last");
  SET (customer, company_name, "Company");
  SET (customer, phone, "+33 1 23 45 67 89");
  SET (customer, phone_access_code, "8888");
  SET (customer, address_1, "1 Example Street");
  SET (customer, address_2, "Stairs B");
  SET (customer, postal_code, "75008");
  SET (customer, city, "Exampletown");
  SET (customer, state, "Somestate");
  SET (customer, country, "FR");
  SET (customer, latitude, "48.87");
  SET (customer, longitude, "2.30");
  SET (customer, delivery_notes, "ring twice");
  SET (customer, nb_orders, "17");
}

static void
add_delivery (CptOrder *order)
{
  CptOrderDelivery *delivery = order->delivery = cpt_order_delivery_new ();

  SET (delivery, carrier, "Carrier");
  SET (delivery, status, "pickup_enroute");
  delivery->fee = cpt_money (444, "EUR");
  delivery->estimated_pickup_at = TIME ("2026-11-21T19:11:00Z");
  delivery->estimated_dropoff_at = TIME ("2026-11-21T19:22:00Z");
  SET (delivery, tracking_url, "https://track.example/abc");
  SET (delivery, driver_name, "Driver");
  SET (delivery, driver_phone, "+33 6 00 00 00 01");
}

static CptOrder *
make_fullest (void)
{
  CptOrder *order = cpt_order_new ();

  SET (order, id, "order-id");
  SET (order, location_id, "location-id");
  SET (order, ref, "order-ref");
  SET (order, private_ref, "order-private");
  order->status = CPT_ORDER_RECEIVED;
  order->service_type = CPT_SERVICE_EAT_IN;
  SET (order, service_type_ref, "service-ref");
  order->created_at = TIME ("2026-11-21T18:02:00Z");
  order->expected_time = TIME ("2026-11-21T19:30:00Z");
  order->confirmed_time = TIME ("2026-11-21T19:35:00Z");
  SET (order, created_by, "Some Bridge");
  SET (order, channel, "Deliveroo");
  SET (order, connection_name, "Connection name");
  SET (order, customer_notes, "no onions");
  SET (order, seller_notes, "on its way");
  SET (order, collection_code, "C-42");
  order->coupon_codes = g_strdupv ((char *[]){ "COUPON1", "COUPON2", NULL });
  order->total = cpt_money (2750, "EUR");
  SET (order, table_name, "Terrace 13");
  add_items (order);
  add_lines (order);
  add_customer (order);
  add_delivery (order);
  g_ptr_array_add (order->custom_fields, cpt_field_new ("epos.order_id", "epos-77"));
  g_ptr_array_add (order->others, cpt_field_new ("loyalty_operations[0].delta", "12.5"));
  g_ptr_array_add (order->problems, cpt_field_new ("items[3].quantity", "a dozen"));
  return order;
}

/* (nullable) what the catalog has of the order's refs: no marks without one */
static GPtrArray *items_of_catalog;

/* what was promised here and is not in the order yet */
static CptTime promised_here = CPT_TIME_NONE;

static char *
write_sheet (const CptOrder *order, GPtrArray *history)
{
  g_autoptr (CptOrderRow) row = cpt_order_row_new ();
  g_autoptr (GPtrArray) lines = NULL;
  CptSheetSource source = { 0 };
  GString *text = g_string_new (NULL);

  row->first_seen_at = TIME ("2026-11-21T18:03:00Z");
  row->promised_time = promised_here;
  source.order = order;
  source.row = row;
  source.history = history;
  source.items = items_of_catalog;
  source.now = TIME ("2026-11-21T18:05:00Z");
  lines = cpt_order_sheet_new (&source);
  for (guint i = 0; i < lines->len; i++)
    {
      const CptSheetLine *line = lines->pdata[i];

      g_string_append_printf (text, "%s|%s\n", line->text != NULL ? line->text : "",
                              line->value != NULL ? line->value : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_fullest (void)
{
  static const char *const expected[] = {
    /* the order */
    "order-id",
    "location-id",
    "order-ref",
    "order-private",
    "Received",
    "Eat in",
    "service-ref",
    "21 Nov 2026 18:02",
    "21 Nov 2026 19:30",
    "21 Nov 2026 19:35",
    "21 Nov 2026 18:03",
    "Some Bridge",
    "Deliveroo",
    "Connection name",
    "no onions",
    "on its way",
    "C-42",
    "COUPON1",
    "COUPON2",
    "Terrace 13",
    "Total|€27.50",
    /* its items */
    "item-id",
    "item-private",
    "2.5 × Margherita, Small|€21.60",
    "MARG-S",
    "€9.80 each",
    "tax 10",
    "well done",
    "earns 31 points",
    "uses 32 points",
    "Main course",
    "price off",
    "€1.23",
    "+ 3 × Side 1: Barbecue · €1.01 · BBQ",
    "without Toppings 2: Olives",
    "Lunch deal",
    "DEAL-REF",
    "deal-key",
    "1 × Taken out   €1.11 · removed",
    /* its money */
    "discount-name|−€2.10",
    "discount-id",
    "discount-private",
    "discount-ref",
    "charge-name|€2.50",
    "charge-id",
    "charge-private",
    "charge-ref",
    "tax 5.5",
    "cash-name|€10.00",
    "cash-id",
    "cash-private",
    "cash-ref",
    "card-name|€5.00",
    "card-id",
    "card-private",
    "card-ref",
    "terminal: T-77",
    "Left to pay|€12.50",
    /* its customer */
    "customer-id",
    "list-id",
    "customer-private",
    "someone@example.org",
    "First Last",
    "Company",
    "+33 1 23 45 67 89",
    "8888",
    "1 Example Street",
    "Stairs B",
    "75008 Exampletown",
    "Somestate",
    "FR",
    "48.87",
    "2.30",
    "ring twice",
    "17",
    /* its delivery */
    "Carrier",
    "Driver on the way to the shop",
    "€4.44",
    "21 Nov 2026 19:11",
    "21 Nov 2026 19:22",
    "https://track.example/abc",
    "Driver",
    "+33 6 00 00 00 01",
    /* the rest */
    "custom_fields.epos.order_id|epos-77",
    "loyalty_operations[0].delta|12.5",
    "items[3].quantity|a dozen",
  };
  g_autoptr (CptOrder) order = make_fullest ();
  g_autofree char *sheet = write_sheet (order, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (sheet, expected[i]) == NULL)
      g_error ("“%s” is not on the sheet:\n%s", expected[i], sheet);
}

/* What HubRise calls it is said in words; what it never told us is shown as it came. */
static void
test_delivery_states (void)
{
  static const char *const states[][2] = {
    { "pending", "|Not started yet\n" }, { "dropoff_waiting", "|At the customer’s door\n" },
    { "delivered", "|Delivered\n" },     { "cancelled", "|Cancelled\n" },
    { "at_the_moon", "|at_the_moon\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();
      g_autofree char *sheet = NULL;

      order->delivery = cpt_order_delivery_new ();
      order->delivery->status = g_strdup (states[i][0]);
      sheet = write_sheet (order, NULL);
      g_assert_nonnull (strstr (sheet, states[i][1]));
    }
}

static void
test_deal_groups (void)
{
  g_autoptr (CptOrder) order = make_fullest ();
  g_autofree char *sheet = write_sheet (order, NULL);
  const char *deal = strstr (sheet, "Lunch deal"), *inside = strstr (sheet, "Margherita");
  const char *outside = strstr (sheet, "Taken out");

  g_assert_true (deal < inside && inside < outside);
  /* Each item stands once. */
  g_assert_null (strstr (inside + 1, "Margherita"));
}

static void
test_due (void)
{
  static const struct
  {
    gint64 paid;
    const char *text;
  } cases[] = {
    { 0, "Left to pay|€27.50" },
    { 2750, "Nothing left to pay|✓" },
    { 3000, "To refund|€2.50" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();
      g_autofree char *sheet = NULL;

      order->total = cpt_money (2750, "EUR");
      make_line (order->payments, "cash", cases[i].paid);
      sheet = write_sheet (order, NULL);
      g_assert_nonnull (strstr (sheet, cases[i].text));
    }
}

static void
test_calculated (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  g_autofree char *sheet = NULL;

  make_line (order->charges, "charge", 250);
  sheet = write_sheet (order, NULL);
  g_assert_nonnull (strstr (sheet, "Total (calculated)|€2.50"));
}

static void
test_raw (void)
{
  g_autofree char *body = g_strnfill (200 * 1024, 'x');
  g_autoptr (GBytes) document = NULL;
  g_autoptr (CptOrder) order = NULL;
  g_autofree char *sheet = NULL;

  memcpy (body, "\xff{\"id\":\"abc\"", 12);
  document = g_bytes_new (body, strlen (body));
  order = cpt_order_new_raw ("abc", "it has no status", document);
  sheet = write_sheet (order, NULL);
  g_assert_true (g_utf8_validate (sheet, -1, NULL));
  /* stands above the sheet already, among the messages */
  g_assert_null (strstr (sheet, "it has no status"));
  g_assert_nonnull (strstr (sheet, "{\"id\":\"abc\""));
  g_assert_cmpuint (strlen (sheet), <, 70 * 1024);
}

/* Accepted for a time from the press on; whose word it is shows. */
static void
test_promised (void)
{
  g_autoptr (CptOrder) order = make_fullest ();
  g_autofree char *confirmed = write_sheet (order, NULL);
  g_autofree char *promised = NULL;

  promised_here = TIME ("2026-11-21T19:50:00Z");
  promised = write_sheet (order, NULL);
  promised_here = CPT_TIME_NONE;
  g_assert_nonnull (strstr (confirmed, "Confirmed for|21 Nov 2026 19:35"));
  g_assert_null (strstr (confirmed, "Accepted for"));
  g_assert_nonnull (strstr (promised, "Accepted for|21 Nov 2026 19:50"));
  g_assert_null (strstr (promised, "Confirmed for"));
}

static void
test_history (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  g_autoptr (GPtrArray) history =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_history_entry_free);
  g_autofree char *sheet = NULL;
  CptTime at = TIME ("2026-11-21T18:04:00Z");

  g_ptr_array_add (history, cpt_history_entry_new (at, CPT_ORDER_ACCEPTED, "pressed", NULL, "Sam"));
  g_ptr_array_add (history, cpt_history_entry_new (at, CPT_ORDER_ACCEPTED, "pressed",
                                                   "2026-11-21T20:40:00+01:00", "Ann"));
  g_ptr_array_add (history,
                   cpt_history_entry_new (at, CPT_ORDER_ACCEPTED, "refused", "too late", NULL));
  g_ptr_array_add (history,
                   cpt_history_entry_new (at, CPT_ORDER_UNKNOWN, "a-new-word", NULL, NULL));
  g_ptr_array_add (history, cpt_history_entry_new (at, CPT_ORDER_UNKNOWN, "order-refused",
                                                   "Price: is required", NULL));
  g_ptr_array_add (history, cpt_history_entry_new (at, CPT_ORDER_UNKNOWN, "entry-refused",
                                                   "Card €8.00 · too much", NULL));
  sheet = write_sheet (order, history);
  g_assert_nonnull (strstr (sheet, "18:04|HubRise refused it · Price: is required"));
  g_assert_nonnull (strstr (sheet, "18:04|HubRise refused · Card €8.00 · too much"));
  g_assert_nonnull (strstr (sheet, "18:04|Pressed here: “Accepted” · Sam"));
  g_assert_nonnull (strstr (sheet, "18:04|Pressed here: “Accepted” · 19:40 · Ann"));
  g_assert_nonnull (strstr (sheet, "18:04|HubRise refused “Accepted” · too late"));
  g_assert_nonnull (strstr (sheet, "18:04|a-new-word"));
}

static CptStockItem *
new_item (CptItemKind kind, const char *ref, gint64 price)
{
  CptStockItem *item = cpt_stock_item_new ();

  item->kind = kind;
  item->ref = g_strdup (ref);
  item->name = g_strdup ("Pizza");
  item->price = cpt_money (price, "EUR");
  return item;
}

static CptOrder *
new_order_with_refs (void)
{
  CptOrder *order = cpt_order_new ();
  CptOrderItem *item = cpt_order_item_new ();
  CptOrderOption *option = cpt_order_option_new ();

  item->product_name = g_strdup ("Pizza");
  item->sku_ref = g_strdup ("PIZ");
  item->quantity = cpt_decimal (1000);
  item->price = cpt_money (900, "EUR");
  option->name = g_strdup ("Egg");
  option->ref = g_strdup ("EGG");
  option->quantity = 1;
  option->price = cpt_money (100, "EUR");
  g_ptr_array_add (item->options, option);
  g_ptr_array_add (order->items, item);
  return order;
}

/* An order is held against the catalog: what it does not know, or sells at another price. */
static void
test_catalog (void)
{
  g_autoptr (CptOrder) order = new_order_with_refs ();
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
  g_autofree char *without = write_sheet (order, NULL);
  g_autofree char *unknown = NULL;
  g_autofree char *dearer = NULL;
  g_autofree char *same = NULL;

  g_assert_null (strstr (without, "⚠"));
  items_of_catalog = items;
  unknown = write_sheet (order, NULL);
  g_assert_nonnull (strstr (unknown, "⚠ PIZ is not in the catalog"));
  g_assert_nonnull (strstr (unknown, "⚠ EGG is not in the catalog"));
  /* The option's ref is no sku's. */
  g_ptr_array_add (items, new_item (CPT_ITEM_SKU, "PIZ", 950));
  g_ptr_array_add (items, new_item (CPT_ITEM_SKU, "EGG", 100));
  dearer = write_sheet (order, NULL);
  g_assert_nonnull (strstr (dearer, "⚠ another price than in the catalog, €9.50"));
  g_assert_nonnull (strstr (dearer, "⚠ EGG is not in the catalog"));
  /* Of two skus with one ref either price will do. */
  g_ptr_array_add (items, new_item (CPT_ITEM_SKU, "PIZ", 900));
  g_ptr_array_add (items, new_item (CPT_ITEM_OPTION, "EGG", 100));
  same = write_sheet (order, NULL);
  items_of_catalog = NULL;
  g_assert_null (strstr (same, "⚠"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order-sheet/fullest", test_fullest);
  g_test_add_func ("/order-sheet/delivery-states", test_delivery_states);
  g_test_add_func ("/order-sheet/deal-groups", test_deal_groups);
  g_test_add_func ("/order-sheet/due", test_due);
  g_test_add_func ("/order-sheet/calculated", test_calculated);
  g_test_add_func ("/order-sheet/raw", test_raw);
  g_test_add_func ("/order-sheet/promised", test_promised);
  g_test_add_func ("/order-sheet/history", test_history);
  g_test_add_func ("/order-sheet/catalog", test_catalog);
  return g_test_run ();
}
