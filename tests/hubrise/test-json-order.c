/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders read from good, odd and damaged documents: nothing crashes, nothing is lost, and only
 * what has no id or no status is raw. */
#include "cpt-json.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "cpt-hubrise-client.h"
#include "cpt-test-json.h"

static CptOrder *
read_order (const char *name)
{
  g_autoptr (GBytes) body = cpt_test_json_read (name);
  return cpt_json_decode_order (body, NULL);
}

static void
test_fullest_head (void)
{
  g_autoptr (CptOrder) order = read_order ("fullest-order.json");

  g_assert_null (order->raw_reason);
  g_assert_cmpuint (order->problems->len, ==, 0);
  g_assert_cmpstr (order->id, ==, "5dpm9-1");
  g_assert_cmpint (order->status, ==, CPT_ORDER_NEW);
  g_assert_cmpint (order->service_type, ==, CPT_SERVICE_DELIVERY);
  g_assert_cmpint (order->created_at, ==, G_GINT64_CONSTANT (1795284131000));
  g_assert_cmpstr (order->coupon_codes[1], ==, "AUTUMN");
  g_assert_cmpint (order->total.minor, ==, 4490);
  g_assert_cmpstr (order->total.currency, ==, "EUR");
  g_assert_cmpstr (order->table_name, ==, "T7");
  g_assert_cmpstr (cpt_test_field (order->custom_fields, "till.long_number"), ==,
                   "12345678901234567890");
  g_assert_cmpstr (cpt_test_field (order->custom_fields, "till.rate"), ==, "1.10");
  g_assert_cmpstr (cpt_test_field (order->others, "customer.loyalty_cards[0].ref"), ==, "LOYAL-1");
  g_assert_cmpstr (cpt_test_field (order->others, "customer.custom_fields.allergies.nuts"), ==,
                   "true");
  g_assert_cmpstr (cpt_test_field (order->others, "loyalty_operations[0].loyalty_card.ref"), ==,
                   "LOYAL-1");
}

static void
test_fullest_body (void)
{
  g_autoptr (CptOrder) order = read_order ("fullest-order.json");
  const CptOrderItem *item = g_ptr_array_index (order->items, 0);
  const CptOrderOption *egg = g_ptr_array_index (item->options, 0);
  const CptOrderOption *olives = g_ptr_array_index (item->options, 1);
  const CptOrderItem *dropped = g_ptr_array_index (order->items, 2);
  const CptOrderDeal *deal = g_ptr_array_index (order->deals, 0);
  const CptOrderLine *payment = g_ptr_array_index (order->payments, 0);

  g_assert_cmpuint (order->items->len, ==, 4);
  g_assert_cmpint (item->quantity.thousandths, ==, 2000);
  g_assert_cmpstr (item->deal_key, ==, deal->key);
  g_assert_cmpint (egg->quantity, ==, 2);
  g_assert_false (egg->removed);
  g_assert_true (olives->removed);
  g_assert_true (dropped->deleted);
  g_assert_cmpstr (deal->name, ==, "Two pizzas");
  g_assert_cmpuint (order->payments->len, ==, 2);
  g_assert_cmpstr (cpt_test_field (payment->info, "terminal.authorisation"), ==, "778899");
  g_assert_cmpint (order->delivery->fee.minor, ==, 180);
  g_assert_cmpstr (order->customer->nb_orders, ==, "12");
}

static void
check_leaf (JsonNode *node, GHashTable *texts, guint *n)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));
      for (GList *l = members; l != NULL; l = l->next)
        check_leaf (l->data, texts, n);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        check_leaf (json_array_get_element (json_node_get_array (node), i), texts, n);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      if (!cpt_test_texts_hold (texts, json_node_get_string (node)))
        g_error ("Lost: %s", json_node_get_string (node));
      (*n)++;
    }
}

static void
test_no_leaf_is_lost (void)
{
  g_autoptr (GBytes) body = cpt_test_json_read ("fullest-order.json");
  g_autoptr (CptOrder) order = cpt_json_decode_order (body, NULL);
  g_autoptr (GHashTable) texts = cpt_test_order_texts (order);
  g_autoptr (JsonParser) parser = json_parser_new ();
  guint n = 0;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                             g_bytes_get_size (body), NULL));
  check_leaf (json_parser_get_root (parser), texts, &n);
  g_assert_cmpuint (n, >, 120);
  g_assert_true (g_bytes_equal (order->document, body));
}

static void
test_odd (void)
{
  g_autoptr (CptOrder) order = read_order ("odd-order.json");
  const CptOrderItem *tea = g_ptr_array_index (order->items, 0);
  const CptOrderItem *milk = g_ptr_array_index (order->items, 1);
  const CptOrderOption *warm = g_ptr_array_index (milk->options, 0);
  const CptOrderOption *cup = g_ptr_array_index (milk->options, 1);

  g_assert_null (order->raw_reason);
  g_assert_cmpstr (order->id, ==, "77");
  g_assert_cmpint (order->status, ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpstr (order->status_text, ==, "simmering");
  g_assert_cmpstr (order->ref, ==, "2222");
  g_assert_cmpstr (order->private_ref, ==, "12345678901234567890");
  g_assert_cmpstr (order->collection_code, ==, "true");
  g_assert_cmpint (order->service_type, ==, CPT_SERVICE_UNKNOWN);
  g_assert_cmpstr (order->service_type_text, ==, "drive_through");
  g_assert_cmpint (order->created_at, ==, CPT_TIME_NONE);
  g_assert_cmpstr (cpt_test_field (order->problems, "created_at"), ==, "2026-11-21 19:02:11");
  g_assert_cmpstr (cpt_test_field (order->problems, "expected_time"), ==, "1795287731");
  g_assert_cmpstr (order->customer_notes, ==,
                   "before\xef\xbf\xbd"
                   "after");
  g_assert_null (order->seller_notes);
  g_assert_cmpstr (cpt_test_field (order->problems, "seller_notes"), ==, "{\"by\":[\"A\",1.10]}");
  g_assert_cmpstr (order->created_by, ==, "🍕 Pizza \xef\xbf\xbd \001 é");
  g_assert_cmpstr (order->channel, ==, "\xef\xbf\xbd marked");
  g_assert_cmpint (order->total.state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpstr (cpt_test_field (order->problems, "total"), ==, "12,50 EUR");
  g_assert_cmpuint (g_strv_length (order->coupon_codes), ==, 2);
  g_assert_cmpstr (order->coupon_codes[1], ==, "5");
  g_assert_cmpstr (cpt_test_field (order->problems, "coupon_codes[2]"), ==, "{\"code\":\"B\"}");
  g_assert_cmpstr (cpt_test_field (order->problems, "items[1]"), ==,
                   "a string where an item is due");
  g_assert_cmpint (tea->price.state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpstr (cpt_test_field (order->problems, "items[0].price"), ==, "2.5");
  g_assert_cmpint (tea->quantity.state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpint (tea->subtotal.state, ==, CPT_AMOUNT_ABSENT);
  g_assert_cmpstr (cpt_test_field (order->problems, "items[0].deleted"), ==, "no");
  g_assert_cmpint (warm->quantity, ==, 1);
  g_assert_cmpint (cup->price.state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpstr (cpt_test_field (order->problems, "items[2].options[1].quantity"), ==, "three");
  g_assert_cmpstr (cpt_test_field (order->others, "items[2].options[1].price"), ==, "0.20 EUR");
  g_assert_cmpuint (order->deals->len, ==, 1);
  g_assert_cmpstr (cpt_test_field (order->problems, "deals.a"), ==, "b");
  g_assert_cmpuint (order->payments->len, ==, 0);
  g_assert_cmpstr (cpt_test_field (order->problems, "payments"), ==, "none");
  g_assert_null (order->customer);
  g_assert_cmpstr (cpt_test_field (order->problems, "customer"), ==, "Somebody");
  g_assert_cmpstr (order->table_name, ==, "12");
  g_assert_cmpstr (cpt_test_field (order->custom_fields, "list[0].deep"), ==, "1e400");
  g_assert_cmpstr (cpt_test_field (order->others, "brand_new.field[0]"), ==, "true");
  g_assert_null (cpt_test_field (order->others, "brand_new.field[1]"));
  g_assert_cmpstr (cpt_test_field (order->others, "brand_new.field[2]"), ==, "x");
}

/* Whatever is no order is raw, with its bytes and a reason. */
static void
test_damaged (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "hubrise", "json", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      if (!g_str_has_prefix (name, "bad-"))
        continue;

      g_autoptr (GBytes) body = cpt_test_json_read (name);
      g_autoptr (CptOrder) order = cpt_json_decode_order (body, "asked-for");
      g_test_message ("%s: %s", name, order->raw_reason);
      g_assert_nonnull (order->raw_reason);
      g_assert_cmpstr (order->raw_reason, !=, "");
      g_assert_true (g_bytes_equal (order->document, body));
      g_assert_cmpstr (order->id, ==, "asked-for");
      n++;
    }
  g_assert_cmpuint (n, >=, 27);
}

static CptOrder *
decode_nested (gsize depth, gboolean closed)
{
  GString *text = g_string_new ("{\"id\":\"1\",\"status\":\"new\",\"x\":");
  g_autoptr (GBytes) body = NULL;

  for (gsize i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (gsize i = 0; closed && i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  body = g_string_free_to_bytes (text);
  return cpt_json_decode_order (body, NULL);
}

static void
test_nesting (void)
{
  g_autoptr (CptOrder) fits = decode_nested (63, TRUE);
  g_autoptr (CptOrder) over = decode_nested (64, TRUE);
  g_autoptr (CptOrder) deep = decode_nested (100000, TRUE);
  g_autoptr (CptOrder) open = decode_nested (100000, FALSE);

  g_assert_null (fits->raw_reason);
  g_assert_cmpstr (over->raw_reason, ==, "The document is nested too deeply");
  g_assert_cmpstr (deep->raw_reason, ==, "The document is nested too deeply");
  g_assert_cmpstr (open->raw_reason, ==, "The document is nested too deeply");
}

/* Brackets inside a string are text. */
static void
test_brackets_in_text (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"1\",\"status\":\"new\",\"ref\":\"\\\"%s\\\\\"}", brackets);
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  g_autoptr (CptOrder) order = cpt_json_decode_order (body, NULL);

  g_assert_null (order->raw_reason);
  g_assert_cmpuint (strlen (order->ref), ==, 100002);
}

static void
test_byte_order_mark (void)
{
  g_autoptr (GBytes) body =
      cpt_test_json_bytes ("\xef\xbb\xbf {\"id\":\"1\",\"status\":\"accepted\"}\r\n");
  g_autoptr (CptOrder) order = cpt_json_decode_order (body, NULL);

  g_assert_null (order->raw_reason);
  g_assert_cmpint (order->status, ==, CPT_ORDER_ACCEPTED);
}

static const CptOrder *
at (GPtrArray *orders, guint i)
{
  return g_ptr_array_index (orders, i);
}

static void
test_page (void)
{
  g_autoptr (GBytes) body = cpt_test_json_read ("orders-page.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = cpt_json_decode_orders (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, 5);
  g_assert_null (at (orders, 0)->raw_reason);
  g_assert_cmpmem (g_bytes_get_data (at (orders, 0)->document, NULL),
                   g_bytes_get_size (at (orders, 0)->document),
                   "{\"id\":\"1\", \"status\":\"new\"}", 26);
  g_assert_nonnull (at (orders, 1)->raw_reason);
  g_assert_null (at (orders, 1)->id);
  g_assert_nonnull (at (orders, 2)->raw_reason);
  g_assert_cmpstr (at (orders, 2)->id, ==, "2");
  g_assert_nonnull (at (orders, 3)->raw_reason);
  g_assert_cmpstr (at (orders, 4)->id, ==, "3");
  g_assert_cmpint (at (orders, 4)->status, ==, CPT_ORDER_ACCEPTED);
}

/* One order that is nested too deeply leaves its neighbours alone. */
static void
test_page_with_deep_order (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *shut = g_strnfill (100000, ']');
  g_autofree char *text = g_strdup_printf (
      "[{\"id\":\"1\",\"status\":\"new\",\"x\":%s%s},{\"id\":\"2\",\"status\":\"new\"}]", open,
      shut);
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  g_autoptr (GPtrArray) orders = cpt_json_decode_orders (body, NULL);

  g_assert_cmpuint (orders->len, ==, 2);
  g_assert_nonnull (at (orders, 0)->raw_reason);
  g_assert_null (at (orders, 1)->raw_reason);
}

static void
test_page_without_list (void)
{
  static const char *const bodies[] = {
    "", "{}", "null", "{\"a\":[]}", "[", "[{}", "[1,]", "\"[\""
  };
  g_autoptr (GBytes) empty = cpt_test_json_bytes (" [ ] ");
  g_autoptr (GPtrArray) none = cpt_json_decode_orders (empty, NULL);

  g_assert_cmpuint (none->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = cpt_test_json_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (cpt_json_decode_orders (body, &error));
      g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
    }
}

/* Every place of the fullest order × every kind of value. */
typedef enum
{
  MUTANT_NULL,
  MUTANT_NUMBER,
  MUTANT_STRING,
  MUTANT_ARRAY,
  MUTANT_OBJECT,
  MUTANT_LONG,
  N_MUTANTS,
} Mutant;

#define LONG_SIZE (100 * 1024)

static char *
mutant_text (Mutant mutant)
{
  if (mutant == MUTANT_LONG)
    return g_strnfill (LONG_SIZE, 'x');
  return g_strdup (mutant == MUTANT_NUMBER ? "777777" : "kept mutant");
}

static JsonNode *
mutant_node (Mutant mutant)
{
  g_autofree char *text = mutant_text (mutant);

  switch (mutant)
    {
    case MUTANT_NULL:
      return json_node_init_null (json_node_alloc ());
    case MUTANT_NUMBER:
      return json_node_init_int (json_node_alloc (), 777777);
    case MUTANT_ARRAY:
      return json_from_string ("[\"kept mutant\"]", NULL);
    case MUTANT_OBJECT:
      return json_from_string ("{\"strange\":\"kept mutant\"}", NULL);
    default:
      return json_node_init_string (json_node_alloc (), text);
    }
}

typedef struct
{
  JsonNode *root;
  guint n_cases;
} Mutation;

static gboolean
any_text_holds (const CptOrder *order, const char *needle)
{
  g_autoptr (GHashTable) texts = cpt_test_order_texts (order);
  GHashTableIter iter;
  gpointer text = NULL;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    if (strstr (text, needle) != NULL)
      return TRUE;
  return FALSE;
}

/* What a list and a sender ask of every order. */
static void
use_order (const CptOrder *order)
{
  g_autoptr (CptOrderStep) step = cpt_order_step_new (1, order->id, CPT_ORDER_REJECTED);
  g_autofree char *name = cpt_order_dup_customer_name (order);
  g_autofree char *summary = cpt_order_dup_items_summary (order, NULL);
  g_autoptr (CptHubriseRequest) request = NULL;
  CptOrderBalance balance;

  cpt_order_get_balance (order, &balance);
  g_assert_nonnull (cpt_order_get_number (order));
  step->rejection_cause = g_strdup ("Too busy");
  step->seller_note = g_strdup ("Sorry");
  request = cpt_hubrise_request_patch_order (step, order);
}

static void
check_mutant (Mutation *self, const char *place, Mutant mutant)
{
  g_autofree char *text = json_to_string (self->root, FALSE);
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  g_autoptr (CptOrder) order = cpt_json_decode_order (body, "asked-for");
  g_autofree char *needle = mutant_text (mutant);
  gboolean needed = g_str_equal (place, "id") || g_str_equal (place, "status");
  gboolean readable = mutant == MUTANT_NUMBER || mutant == MUTANT_STRING || mutant == MUTANT_LONG;

  self->n_cases++;
  g_assert_cmpstr (order->id, ==, "asked-for");
  if (needed && !readable)
    {
      g_assert_nonnull (order->raw_reason);
      return;
    }
  if (order->raw_reason != NULL)
    g_error ("%s with kind %d: raw, %s", place, mutant, order->raw_reason);
  if (mutant != MUTANT_NULL && !any_text_holds (order, needle))
    g_error ("%s with kind %d: the value is lost", place, mutant);
  use_order (order);
}

static void mutate_below (Mutation *self, JsonNode *node, const char *path);

static void
mutate_object (Mutation *self, JsonObject *object, const char *path)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      g_autofree char *place =
          path[0] != '\0' ? g_strconcat (path, ".", name, NULL) : g_strdup (name);
      g_autoptr (JsonNode) original = json_node_ref (json_object_get_member (object, name));

      for (Mutant mutant = 0; mutant < N_MUTANTS; mutant++)
        {
          json_object_set_member (object, name, mutant_node (mutant));
          check_mutant (self, place, mutant);
        }
      json_object_set_member (object, name, json_node_ref (original));
      mutate_below (self, original, place);
    }
}

/* An element is set by building the list again: json-glib has no call for it. */
static void
set_element (JsonArray *array, guint place, JsonNode *node)
{
  g_autoptr (GList) elements = json_array_get_elements (array);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (GList *l = elements; l != NULL; l = l->next)
    g_ptr_array_add (kept, json_node_ref (l->data));
  while (json_array_get_length (array) > 0)
    json_array_remove_element (array, 0);
  for (guint i = 0; i < kept->len; i++)
    {
      JsonNode *old = g_ptr_array_index (kept, i);
      json_array_add_element (array, i == place ? node : json_node_ref (old));
      json_node_unref (old);
    }
}

static void
mutate_array (Mutation *self, JsonArray *array, const char *path)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      g_autoptr (JsonNode) original = json_node_ref (json_array_get_element (array, i));

      for (Mutant mutant = 0; mutant < N_MUTANTS; mutant++)
        {
          set_element (array, i, mutant_node (mutant));
          check_mutant (self, place, mutant);
        }
      set_element (array, i, json_node_ref (original));
      mutate_below (self, original, place);
    }
}

static void
mutate_below (Mutation *self, JsonNode *node, const char *path)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    mutate_object (self, json_node_get_object (node), path);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    mutate_array (self, json_node_get_array (node), path);
}

static void
test_every_field_with_every_kind (void)
{
  g_autoptr (GBytes) body = cpt_test_json_read ("fullest-order.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  Mutation self = { 0 };

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                             g_bytes_get_size (body), NULL));
  self.root = json_parser_get_root (parser);
  mutate_below (&self, self.root, "");
  g_test_message ("%u cases", self.n_cases);
  g_assert_cmpuint (self.n_cases, >, 1000);
}

/* Every document cut at every byte, and with every byte turned over: read or raw, never a fall. */
static void
test_cut_and_flipped (void)
{
  g_autoptr (GBytes) body = cpt_test_json_read ("odd-order.json");
  gsize size = g_bytes_get_size (body);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (body, 0, i);
      g_autoptr (CptOrder) shorter = cpt_json_decode_order (cut, NULL);
      g_autofree char *copy = g_memdup2 (g_bytes_get_data (body, NULL), size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (CptOrder) other = NULL;
      g_autofree char *masked = NULL;

      copy[i] ^= 0x20;
      flipped = g_bytes_new_take (g_steal_pointer (&copy), size);
      other = cpt_json_decode_order (flipped, NULL);
      masked = cpt_json_mask (flipped);
      g_assert_nonnull (shorter);
      g_assert_nonnull (other);
      g_assert_true (g_utf8_validate (masked, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/order/fullest-head", test_fullest_head);
  g_test_add_func ("/json/order/fullest-body", test_fullest_body);
  g_test_add_func ("/json/order/no-leaf-is-lost", test_no_leaf_is_lost);
  g_test_add_func ("/json/order/odd", test_odd);
  g_test_add_func ("/json/order/damaged", test_damaged);
  g_test_add_func ("/json/order/nesting", test_nesting);
  g_test_add_func ("/json/order/brackets-in-text", test_brackets_in_text);
  g_test_add_func ("/json/order/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/json/order/page", test_page);
  g_test_add_func ("/json/order/page-with-deep-order", test_page_with_deep_order);
  g_test_add_func ("/json/order/page-without-list", test_page_without_list);
  g_test_add_func ("/json/order/every-field-with-every-kind", test_every_field_with_every_kind);
  g_test_add_func ("/json/order/cut-and-flipped", test_cut_and_flipped);
  return g_test_run ();
}
