/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this till creates, as it is kept and as it is sent; menus, customers, refused fields. */
#include <string.h>

#include "cpt-hubrise-client.h"
#include "cpt-hubrise-request-private.h"
#include "cpt-json-stock.h"
#include "cpt-json.h"
#include "cpt-till-order.h"

/* 2026-11-26T12:00:00Z */
#define NOW (G_GINT64_CONSTANT (1795694400) * CPT_SECOND)

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
dup_text (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static CptOrderItem *
add_item (CptOrder *order, const char *name, const char *ref, gint64 cents, gint64 thousandths)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup (name);
  item->sku_ref = g_strdup (ref);
  item->price = cpt_money (cents, "EUR");
  item->quantity = cpt_decimal (thousandths);
  g_ptr_array_add (order->items, item);
  return item;
}

static void
add_option (CptOrderItem *item, const char *name, gint64 cents, gint64 quantity, gboolean removed)
{
  CptOrderOption *option = cpt_order_option_new ();

  option->list_name = g_strdup ("Suppléments");
  option->name = g_strdup (name);
  option->ref = g_ascii_strup (name, -1);
  option->price = cpt_money (cents, "EUR");
  option->quantity = quantity;
  option->removed = removed;
  g_ptr_array_add (item->options, option);
}

static CptOrder *
make_draft (void)
{
  CptOrder *draft = cpt_order_new ();
  CptOrderItem *item = add_item (draft, "Reine", "REINE-M", 1150, 2000);
  CptOrderLine *cash = cpt_order_line_new ();

  item->customer_notes = g_strdup ("\"sans\"\nsel");
  add_option (item, "Egg", 100, 2, FALSE);
  add_option (item, "Ham", 0, 1, TRUE);
  cash->name = g_strdup ("Cash");
  cash->ref = g_strdup ("CASH");
  cash->amount = cpt_money (2700, "EUR");
  g_ptr_array_add (draft->payments, cash);
  draft->service_type = CPT_SERVICE_EAT_IN;
  draft->table_name = g_strdup ("12");
  draft->expected_time = NOW + CPT_HOUR;
  return draft;
}

static CptOrder *
stamp (const CptOrder *draft)
{
  CptTillStamp stamp = { .private_ref = "the-order",
                         .content_ref = "the-content",
                         .number = "C7",
                         .order_id = "20261126-C7",
                         .seller = "Zoé",
                         .now = NOW };

  return cpt_till_order_new (draft, &stamp);
}

static char *
write_post (const CptOrder *order, CptTime now)
{
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_post_order (order, paris, now);

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/location/orders");
  g_assert_true (request->needs_body);
  return dup_text (request->body);
}

#define BEGINNING                                                                                  \
  "{\"private_ref\":\"the-order\",\"ref\":\"C7\",\"status\":\"accepted\","                         \
  "\"service_type\":\"eat_in\",\"items\":[{\"private_ref\":\"the-content-i0\","                    \
  "\"product_name\":\"Reine\",\"sku_ref\":\"REINE-M\",\"price\":\"11.50 EUR\","                    \
  "\"quantity\":\"2\",\"customer_notes\":\"\\\"sans\\\"\\nsel\",\"options\":["                     \
  "{\"option_list_name\":\"Suppléments\",\"name\":\"Egg\",\"ref\":\"EGG\",\"price\":\"1.00 "      \
  "EUR\"},{\"option_list_name\":\"Suppléments\",\"name\":\"Egg\",\"ref\":\"EGG\","                \
  "\"price\":\"1.00 EUR\"},{\"option_list_name\":\"Suppléments\",\"name\":\"Ham\","               \
  "\"ref\":\"HAM\",\"price\":\"0.00 EUR\",\"removed\":true}]}],"                                   \
  "\"payments\":[{\"private_ref\":\"the-content-p0\",\"name\":\"Cash\",\"ref\":\"CASH\","          \
  "\"amount\":\"27.00 EUR\"}],\"custom_fields\":{\"epos\":{\"order_id\":\"20261126-C7\"},"         \
  "\"restaurant\":{\"staff\":{\"name\":\"Zoé\"},\"table_name\":\"12\"}}"

static void
test_post (void)
{
  g_autoptr (CptOrder) draft = make_draft ();
  g_autoptr (CptOrder) order = stamp (draft);
  g_autofree char *body = write_post (order, NOW);

  g_assert_cmpstr (body, ==, BEGINNING ",\"expected_time\":\"2026-11-26T14:00:00+01:00\"}");
}

/* HubRise takes no time of the past. */
static void
test_post_late (void)
{
  g_autoptr (CptOrder) draft = make_draft ();
  g_autoptr (CptOrder) order = stamp (draft);
  g_autofree char *body = write_post (order, NOW + CPT_HOUR);

  g_assert_cmpstr (body, ==, BEGINNING "}");
}

static char *
post_customer (const char *id, const char *list)
{
  g_autoptr (CptOrder) draft = make_draft ();
  g_autoptr (CptOrder) order = NULL;
  g_autofree char *body = NULL;

  draft->customer = cpt_order_customer_new ();
  draft->customer->id = g_strdup (id);
  draft->customer->customer_list_id = g_strdup (list);
  draft->customer->private_ref = g_strdup ("of another till");
  draft->customer->first_name = g_strdup ("Léa");
  draft->customer->phone = g_strdup ("+33612345678");
  order = stamp (draft);
  body = write_post (order, NOW + CPT_HOUR);
  g_assert_true (g_str_has_prefix (body, BEGINNING));
  return g_strdup (body + strlen (BEGINNING));
}

/* One of three ways, never two. */
static void
test_post_customer (void)
{
  g_autofree char *by_id = post_customer ("c1", "l1");
  g_autofree char *by_name = post_customer (NULL, "l1");
  g_autofree char *guest = post_customer (NULL, NULL);

  g_assert_cmpstr (by_id, ==, ",\"customer_id\":\"c1\"}");
  g_assert_cmpstr (by_name, ==,
                   ",\"customer_list_id\":\"l1\",\"customer_private_ref\":\"the-content-c\"}");
  g_assert_cmpstr (guest, ==, ",\"customer\":{\"first_name\":\"Léa\",\"phone\":\"+33612345678\"}}");
}

static void
test_kept (void)
{
  g_autoptr (CptOrder) draft = make_draft ();
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (CptOrder) order = NULL, read = NULL;
  g_autoptr (GBytes) bytes = NULL, again = NULL;

  draft->customer = cpt_order_customer_new ();
  draft->customer->id = g_strdup ("c1");
  draft->customer->city = g_strdup ("Lyon");
  order = stamp (draft);
  bytes = cpt_json_write_order (order, paris);
  read = cpt_json_decode_own_order (bytes);
  g_assert_null (read->raw_reason);
  g_assert_null (read->id);
  g_assert_cmpstr (cpt_order_get_number (read), ==, "C7");
  g_assert_cmpint (read->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (read->created_at, ==, NOW);
  g_assert_cmpint (read->total.minor, ==, 2700);
  g_assert_cmpint (((CptOrderItem *)read->items->pdata[0])->subtotal.minor, ==, 2700);
  g_assert_cmpstr (read->customer->id, ==, "c1");
  g_assert_cmpstr (read->customer->city, ==, "Lyon");
  g_assert_cmpstr (read->table_name, ==, "12");
  g_assert_cmpuint (read->problems->len, ==, 0);
  again = cpt_json_write_order (read, paris);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* Whatever stands in a draft: read again it is what was written, and the body is JSON. */
static void
test_odd_texts (void)
{
  static const char *const texts[] = { "\001"
                                       "1",
                                       "\t",
                                       "\\",
                                       "\"",
                                       "\u00e9\u4e2d",
                                       "1e5",
                                       "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CptOrder) draft = cpt_order_new ();
      g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (CptOrder) read = NULL;
      const char *expected = texts[i];

      while (*expected != '\0' && (guchar)*expected < 0x20)
        expected++;
      draft->customer_notes = g_strdup (texts[i]);
      add_item (draft, texts[i], texts[i], 100, 1000);
      bytes = cpt_json_write_order (draft, zone);
      read = cpt_json_decode_own_order (bytes);
      g_assert_null (read->raw_reason);
      g_assert_cmpstr (read->customer_notes, ==, *expected != '\0' ? expected : NULL);
      g_assert_cmpuint (read->items->len, ==, 1);
    }
}

static void
test_problems (void)
{
  g_autoptr (CptOrder) empty = cpt_order_new ();
  g_autoptr (CptOrder) nothing = stamp (empty);
  g_autoptr (CptOrder) draft = make_draft ();
  g_autoptr (CptOrder) good = stamp (draft);
  g_autoptr (CptOrder) bad = NULL;
  CptOrderItem *item = draft->items->pdata[0];

  g_assert_nonnull (cpt_till_order_problem (nothing));
  g_assert_null (cpt_till_order_problem (good));
  item->quantity = cpt_decimal (0);
  bad = stamp (draft);
  g_assert_nonnull (cpt_till_order_problem (bad));
  cpt_order_unref (g_steal_pointer (&bad));
  item->quantity = cpt_decimal (1000);
  item->price = (CptMoney){ .state = CPT_AMOUNT_UNREADABLE };
  bad = stamp (draft);
  g_assert_nonnull (cpt_till_order_problem (bad));
}

/* --- Customers --- */

static void
test_customer (void)
{
  g_autoptr (CptOrderCustomer) customer = cpt_order_customer_new ();
  g_autoptr (CptOrderCustomer) read = NULL;
  g_autoptr (CptHubriseRequest) request = NULL, search = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *body = NULL;

  customer->customer_list_id = g_strdup ("l/1");
  customer->private_ref = g_strdup ("p1");
  customer->email = g_strdup ("a+b@c.d");
  bytes = cpt_json_write_customer (customer);
  read = cpt_json_decode_customer (bytes, NULL);
  g_assert_cmpstr (read->customer_list_id, ==, "l/1");
  request = cpt_hubrise_request_post_customer (read);
  body = dup_text (request->body);
  g_assert_cmpstr (request->path, ==, "/customer_lists/l%2F1/customers");
  g_assert_cmpstr (body, ==, "{\"private_ref\":\"p1\",\"email\":\"a+b@c.d\"}");

  search = cpt_hubrise_request_list_customers ("l1", "a+b@c.d", NULL, NULL, 20);
  g_assert_true (search->heavy);
  g_assert_cmpstr (search->query->str, ==, "count=20&email=a%2Bb%40c.d");
}

static void
test_customers (void)
{
  g_autoptr (GBytes) good = text_bytes (
      "[{\"id\":\"c1\",\"customer_list_id\":\"l1\",\"first_name\":\"Léa\",\"nb_orders\":3,"
      "\"loyalty_cards\":[]},{\"first_name\":\"no id\"},7,{\"id\":\"c2\",\"phone\":null}]");
  g_autoptr (GBytes) bad = text_bytes ("{\"id\":\"c1\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = cpt_json_decode_customers (good, &error);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((CptOrderCustomer *)found->pdata[0])->nb_orders, ==, "3");
  g_assert_null (((CptOrderCustomer *)found->pdata[1])->phone);
  none = cpt_json_decode_customers (bad, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* --- Menus --- */

/* What cannot be read of an item is left out, the item stays. */
static void
test_menu (void)
{
  g_autoptr (GBytes) bytes = text_bytes (
      "{\"id\":\"k\",\"data\":{"
      "\"categories\":[{\"id\":\"a\",\"name\":\"Pizzas\"},{\"id\":\"b\",\"parent_id\":\"a\"},3],"
      "\"option_lists\":[{\"id\":\"s\",\"name\":\"Sauces\",\"min_selections\":1,"
      "\"max_selections\":2,\"options\":[{\"ref\":\"KET\",\"name\":\"Ketchup\","
      "\"price\":\"0.50 EUR\",\"default\":true},{\"name\":4,\"price\":true}]},"
      "{\"id\":\"t\",\"min_selections\":\"many\",\"max_selections\":null}],"
      "\"products\":[{\"name\":\"Reine\",\"category_id\":\"b\",\"skus\":[{\"ref\":\"R\","
      "\"name\":\"Petite\",\"price\":\"9.90 EUR\",\"option_list_ids\":[\"t\",\"gone\",\"s\"]},"
      "{\"price\":\"free\"},null]},{\"skus\":{}}]}}");
  g_autoptr (CptMenu) menu = cpt_json_decode_menu (bytes, NULL);
  CptMenuList *list = menu->lists->pdata[0], *other = menu->lists->pdata[1];
  CptMenuProduct *product = menu->products->pdata[0];
  CptMenuSku *sku = product->skus->pdata[0], *odd = product->skus->pdata[1];

  g_assert_cmpstr (menu->currency, ==, "EUR");
  g_assert_cmpuint (menu->categories->len, ==, 2);
  g_assert_cmpstr (((CptMenuCategory *)menu->categories->pdata[1])->parent, ==, "a");
  g_assert_cmpstr (((CptMenuCategory *)menu->categories->pdata[1])->name, ==, "");
  g_assert_cmpint (list->min, ==, 1);
  g_assert_cmpint (list->max, ==, 2);
  g_assert_true (((CptMenuOption *)list->options->pdata[0])->chosen);
  g_assert_cmpstr (((CptMenuOption *)list->options->pdata[1])->name, ==, "4");
  g_assert_cmpint (((CptMenuOption *)list->options->pdata[1])->price.state, ==,
                   CPT_AMOUNT_UNREADABLE);
  g_assert_cmpint (other->min, ==, 0);
  g_assert_cmpint (other->max, ==, -1);
  g_assert_cmpuint (menu->products->len, ==, 2);
  g_assert_cmpstr (product->category, ==, "b");
  g_assert_cmpuint (product->skus->len, ==, 2);
  g_assert_cmpint (sku->price.minor, ==, 990);
  g_assert_cmpuint (sku->lists->len, ==, 2);
  g_assert_true (sku->lists->pdata[0] == other && sku->lists->pdata[1] == list);
  g_assert_cmpint (odd->price.state, ==, CPT_AMOUNT_UNREADABLE);
}

static void
test_no_menu (void)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"id\":\"k\",\"data\":[]}", "<html>" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = text_bytes (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (CptMenu) menu = cpt_json_decode_menu (bytes, &error);

      g_assert_null (menu);
      g_assert_nonnull (error);
    }
}

/* --- Refusals --- */

static void
test_field_errors (void)
{
  g_autoptr (GBytes) bytes =
      text_bytes ("{\"errors\":[{\"field\":\"items[0].price\",\"message\":\"is required\"},"
                  "{\"message\":\"no field\"},3,{\"field\":\"status\"}]}");
  g_autoptr (GBytes) odd = text_bytes ("{\"errors\":\"none\"}");
  g_autoptr (GPtrArray) errors = cpt_json_decode_field_errors (bytes);
  g_autoptr (GPtrArray) none = cpt_json_decode_field_errors (odd);
  g_autoptr (GPtrArray) nothing = cpt_json_decode_field_errors (NULL);

  g_assert_cmpuint (errors->len, ==, 2);
  g_assert_cmpstr (((CptField *)errors->pdata[0])->path, ==, "items[0].price");
  g_assert_cmpstr (((CptField *)errors->pdata[0])->text, ==, "is required");
  g_assert_null (((CptField *)errors->pdata[1])->text);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hubrise/till-json/post", test_post);
  g_test_add_func ("/hubrise/till-json/post-late", test_post_late);
  g_test_add_func ("/hubrise/till-json/post-customer", test_post_customer);
  g_test_add_func ("/hubrise/till-json/kept", test_kept);
  g_test_add_func ("/hubrise/till-json/odd-texts", test_odd_texts);
  g_test_add_func ("/hubrise/till-json/problems", test_problems);
  g_test_add_func ("/hubrise/till-json/customer", test_customer);
  g_test_add_func ("/hubrise/till-json/customers", test_customers);
  g_test_add_func ("/hubrise/till-json/menu", test_menu);
  g_test_add_func ("/hubrise/till-json/no-menu", test_no_menu);
  g_test_add_func ("/hubrise/till-json/field-errors", test_field_errors);
  return g_test_run ();
}
