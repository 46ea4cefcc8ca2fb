/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that are not what the contract says: no crash, the next order arrives, this one can be
 * acted on. Main thread only. */
#include "cpt-test-till.h"

#define CASES_AT_ONCE 60
#define LONG_STRING   (100 * 1000)
#define NESTED        100000

/* What may stand where something else is due; NULL is a string of 100 kB. */
static const char *const replacements[] = {
  "null", "-7.5", "\"Ünexpected\"", "[1, \"two\", []]", "{\"three\": {\"four\": 4}}", NULL
};

static JsonNode *
new_replacement (guint i)
{
  g_autofree char *text = NULL;
  JsonNode *node;

  if (replacements[i] != NULL)
    return json_from_string (replacements[i], NULL);
  text = g_strnfill (LONG_STRING, 'x');
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return node;
}

static char *
read_document (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "hubrise", "json", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* --- Putting something else in one place --- */

typedef struct
{
  guint left;    /* places still to pass */
  JsonNode *by;  /* (owned) (nullable) taken when it is put in */
  GString *name; /* (owned) of the place */
} Place;

static gboolean replace_in (JsonNode *node, Place *place);

static gboolean
is_the_place (Place *place)
{
  return place->left-- == 0;
}

static gboolean
replace_in_object (JsonObject *object, Place *place)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      gsize length = place->name->len;

      g_string_append_printf (place->name, ".%s", (const char *)l->data);
      if (is_the_place (place))
        {
          json_object_set_member (object, l->data, g_steal_pointer (&place->by));
          return TRUE;
        }
      if (replace_in (json_object_get_member (object, l->data), place))
        return TRUE;
      g_string_truncate (place->name, length);
    }
  return FALSE;
}

static gboolean
replace_in_array (JsonArray *array, Place *place)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gsize length = place->name->len;

      g_string_append_printf (place->name, "[%u]", i);
      if (is_the_place (place))
        {
          json_array_remove_element (array, i);
          json_array_add_element (array, g_steal_pointer (&place->by));
          return TRUE;
        }
      if (replace_in (json_array_get_element (array, i), place))
        return TRUE;
      g_string_truncate (place->name, length);
    }
  return FALSE;
}

static gboolean
replace_in (JsonNode *node, Place *place)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return replace_in_object (json_node_get_object (node), place);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return replace_in_array (json_node_get_array (node), place);
  return FALSE;
}

/* --- One case --- */

typedef struct
{
  char *id;         /* (owned) in the order's path and in its events */
  char *name;       /* (owned) which place, what stands there */
  CptOrderRow *row; /* (owned) (nullable) */
} Case;

static void
case_free (Case *one)
{
  g_free (one->id);
  g_free (one->name);
  g_clear_pointer (&one->row, cpt_order_row_unref);
  g_free (one);
}

static void
set_created_now (CptTestTill *till, JsonObject *object)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autofree char *now = cpt_time_to_string (cpt_clock_now (CPT_CLOCK (till->clock)), zone);

  json_object_set_string_member (object, "created_at", now);
  json_object_set_null_member (object, "expected_time");
}

static void
post_verbatim (CptTestTill *till, const char *id, JsonNode *document)
{
  g_autofree char *text = json_to_string (document, FALSE);

  cpt_test_shop_do (till->shop, "POST", "/orders", "{\"id\": \"%s\", \"verbatim\": %s}", id, text);
}

/* NULL when the document has no such place. */
static Case *
inject_case (CptTestTill *till, const char *document, guint place_number, guint replacement)
{
  static guint n;
  g_autofree char *id = g_strdup_printf ("case-%u", ++n);
  g_autoptr (JsonNode) node = json_from_string (document, NULL);
  Place place = { place_number, new_replacement (replacement), g_string_new (NULL) };
  Case *one = NULL;

  json_object_set_string_member (json_node_get_object (node), "id", id);
  set_created_now (till, json_node_get_object (node));
  if (replace_in (node, &place))
    {
      one = g_new0 (Case, 1);
      one->id = g_strdup (id);
      one->name = g_strdup_printf ("%s = %s", place.name->str,
                                   replacements[replacement] != NULL ? replacements[replacement]
                                                                     : "100 kB");
      post_verbatim (till, id, node);
    }
  g_clear_pointer (&place.by, json_node_unref);
  g_string_free (place.name, TRUE);
  return one;
}

/* --- A batch of cases --- */

static GHashTable *
rows_by_id (CptTestTill *till)
{
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_ALL);
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)cpt_order_row_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = g_ptr_array_index (rows, i);

      if (row->id != NULL)
        g_hash_table_insert (table, row->id, cpt_order_row_ref (row));
    }
  return table;
}

static void
find_rows (CptTestTill *till, GPtrArray *cases)
{
  g_autoptr (GHashTable) rows = rows_by_id (till);

  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = g_ptr_array_index (cases, i);
      CptOrderRow *row = g_hash_table_lookup (rows, one->id);

      if (row == NULL)
        g_error ("%s %s did not arrive", one->id, one->name);
      g_clear_pointer (&one->row, cpt_order_row_unref);
      one->row = cpt_order_row_ref (row);
    }
}

typedef struct
{
  const Case *one;
  guint *pressed;
} Press;

static void
pressed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Press *press = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    g_error ("%s cannot be accepted: %s", press->one->name, error->message);
  (*press->pressed)++;
}

static void
accept_all (CptTestTill *till, GPtrArray *cases)
{
  guint pressed = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = g_ptr_array_index (cases, i);
      Press *press = g_new (Press, 1);

      *press = (Press){ one, &pressed };
      cpt_engine_press_async (till->engine, one->row->row, CPT_ORDER_ACCEPTED, CPT_TIME_NONE, NULL,
                              NULL, pressed_cb, press);
    }
  CPT_TILL_WAIT_UNTIL (till, pressed == cases->len);
}

/* The detail opens, whatever is in the document. */
typedef struct
{
  const Case *one;
  guint *opened;
} Opening;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderDetails) details =
      cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);

  if (details == NULL)
    g_error ("The detail of %s cannot be read: %s", opening->one->name, error->message);
  g_assert_nonnull (details->order);
  (*opening->opened)++;
}

static void
open_all (CptTestTill *till, GPtrArray *cases)
{
  guint opened = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = g_ptr_array_index (cases, i);
      Opening *opening = g_new (Opening, 1);

      *opening = (Opening){ one, &opened };
      cpt_engine_load_details_async (till->engine, one->row->row, NULL, opened_cb, opening);
    }
  CPT_TILL_WAIT_UNTIL (till, opened == cases->len);
}

static void
assert_accepted (CptTestTill *till, GPtrArray *cases)
{
  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = g_ptr_array_index (cases, i);
      g_autofree char *status = cpt_test_shop_dup_status (till->shop, one->id);

      if (g_strcmp0 (status, "accepted") != 0)
        g_error ("%s %s: HubRise has status %s, the row says %s %s", one->id, one->name, status,
                 cpt_order_status_to_string (one->row->status), one->row->send_reason);
    }
}

/* A new hour of requests. */
static void
next_hour (CptTestTill *till)
{
  CptTime now = cpt_clock_now (CPT_CLOCK (till->clock));

  cpt_test_shop_advance (till->shop, CPT_HOUR);
  cpt_test_clock_set_now (till->clock, now + CPT_HOUR);
}

static void
run_batch (CptTestTill *till, GPtrArray *cases)
{
  g_autofree char *next = cpt_test_shop_inject (till->shop, NULL);

  cpt_test_till_advance (till, 40 * CPT_SECOND);
  cpt_test_till_assert_row (till, next, "received received");
  find_rows (till, cases);
  open_all (till, cases);
  accept_all (till, cases);
  cpt_test_till_settle (till);
  find_rows (till, cases);
  assert_accepted (till, cases);
  next_hour (till);
  g_ptr_array_set_size (cases, 0);
}

static guint
count_places (const char *document)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (JsonNode) node = json_from_string (document, NULL);
      Place place = { n, json_node_new (JSON_NODE_NULL), g_string_new (NULL) };
      gboolean found = replace_in (node, &place);

      g_clear_pointer (&place.by, json_node_unref);
      g_string_free (place.name, TRUE);
      if (!found)
        return n;
    }
}

static CptTestTill *
new_till (CptTestShop *shop)
{
  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"limits\": false}");
  return cpt_test_till_new_connected (shop);
}

/* Every place of the fullest order × everything that may stand there instead. */
static void
test_fields (gconstpointer data)
{
  guint replacement = GPOINTER_TO_UINT (data);
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify)case_free);
  g_autofree char *document = read_document ("fullest-order.json");
  guint n = count_places (document);

  g_assert_cmpuint (n, >, 100);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (cases, inject_case (till, document, i, replacement));
      if (cases->len == CASES_AT_ONCE || i + 1 == n)
        run_batch (till, cases);
    }
  g_print ("# figure: damaged orders: %u places hold %s\n", n,
           replacements[replacement] != NULL ? replacements[replacement] : "100 kB");
}

/* --- Whole bodies --- */

/* @text as a JSON string, quotes included. */
static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return json_to_string (node, FALSE);
}

/* The order's body is @body: it is here in the end as a raw order that can be accepted, and the
 * next one is not kept waiting by it. */
static void
assert_raw (CptTestTill *till, const char *id, const char *body)
{
  g_autofree char *quoted = quote (body);
  g_autofree char *next = NULL;
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_shop_do (till->shop, "POST", "/orders", "{\"id\": \"%s\", \"raw_body\": %s}", id,
                    quoted);
  next = cpt_test_till_receive (till);
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  row = cpt_test_till_find (till, id);
  g_assert_nonnull (row);
  g_assert_nonnull (row->raw_reason);
  g_assert_true (row->waiting);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count_status (till->shop, id, "accepted"), ==, 1);
}

static char *
nested (const char *before, const char *after)
{
  g_autofree char *open = g_strnfill (NESTED, '[');
  g_autofree char *close = g_strnfill (NESTED, ']');

  return g_strconcat (before, open, close, after, NULL);
}

static void
test_nested (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autofree char *whole = nested ("", "");
  g_autofree char *open = g_strnfill (NESTED, '[');
  g_autofree char *inside =
      nested ("{\"id\": \"n3\", \"status\": \"new\", \"custom_fields\": ", "}");

  assert_raw (till, "n1", whole);
  assert_raw (till, "n2", open);
  assert_raw (till, "n3", inside);
}

static const char *const bad[] = {
  "bad-bare-name.json",     "bad-block-comment.json", "bad-comment.json",
  "bad-cut.json",           "bad-empty.json",         "bad-escape.json",
  "bad-hexadecimal.json",   "bad-html.json",          "bad-leading-zero.json",
  "bad-list.json",          "bad-missing-comma.json", "bad-nan.json",
  "bad-null.json",          "bad-number.json",        "bad-single-quoted-names.json",
  "bad-single-quotes.json", "bad-string.json",        "bad-trailing-comma.json",
  "bad-trailing-text.json", "bad-two-documents.json",
};

static void
test_bad (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autofree char *body = read_document (data);

  assert_raw (till, "bad-1", body);
}

/* One that cannot be read this time is no raw order yet. */
static void
test_readable_again (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/location/orders/%s\", \"status\": 200,"
                    " \"body\": \"<html>\", \"times\": 2}",
                    id);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "-");
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  cpt_test_till_assert_row (till, id, "received received");
  row = cpt_test_till_find (till, id);
  g_assert_null (row->raw_reason);
}

/* Larger than an order may be. */
static void
test_too_large (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autofree char *notes = g_strnfill (2100 * 1000, 'n');
  g_autofree char *body =
      g_strdup_printf ("{\"id\": \"large\", \"status\": \"new\", \"customer_notes\": \"%s\"}",
                       notes);

  assert_raw (till, "large", body);
}

/* Events and lists that are no such thing: the check fails, the next one does not. */
static void
test_pages (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till (shop);
  g_autofree char *deep = nested ("", "");
  const char *bodies[] = { deep,
                           "[",
                           "",
                           "null",
                           "{\"events\": []}",
                           "[7]",
                           "[null, {}, []]",
                           "[{\"id\": 5, \"order_id\": []}]" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *body = quote (bodies[i]);
      g_autofree char *id = NULL;

      cpt_test_shop_do (shop, "POST", "/failures",
                        "{\"method\": \"GET\", \"path\": \"/callback/events\", \"status\": 200,"
                        " \"body\": %s}",
                        body);
      cpt_test_till_check (till);
      id = cpt_test_till_receive (till);
    }
}

static void
test_first_list (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *good = cpt_test_shop_inject (shop, NULL);
  g_autofree char *also_good = NULL;
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  cpt_test_shop_do (shop, "POST", "/orders",
                    "{\"id\": \"odd\", \"verbatim\": {\"id\": \"odd\", \"status\": [7]}}");
  cpt_test_shop_do (shop, "POST", "/orders", "{\"id\": \"none\", \"verbatim\": {\"ref\": 5}}");
  also_good = cpt_test_shop_inject (shop, NULL);
  till = new_till (shop);
  cpt_test_till_assert_row (till, good, "received received");
  cpt_test_till_assert_row (till, also_good, "received received");
  rows = cpt_test_till_list (till, CPT_ORDER_TAB_ALL);
  g_assert_cmpuint (rows->len, ==, 4);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_autofree char *name = g_strdup_printf ("/sync/damage/fields/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_fields);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/damage/body/", bad[i], NULL);

      g_test_add_data_func (name, bad[i], test_bad);
    }
  g_test_add_func ("/sync/damage/nested", test_nested);
  g_test_add_func ("/sync/damage/readable-again", test_readable_again);
  g_test_add_func ("/sync/damage/too-large", test_too_large);
  g_test_add_func ("/sync/damage/pages", test_pages);
  g_test_add_func ("/sync/damage/first-list", test_first_list);
  return g_test_run ();
}
