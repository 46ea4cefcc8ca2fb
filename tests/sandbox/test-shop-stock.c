/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's catalog and its stock. */
#include "cpt-shop.h"

#include <string.h>

#define LISTEN                                                                                     \
  "{\"url\":null,\"events\":{\"catalog\":[\"update\"],\"inventory\":[\"patch\",\"update\"]}}"

static char *
stock_path (CptShop *shop)
{
  return g_strdup_printf ("/catalogs/%s/location/inventory", shop->catalog_id);
}

static JsonObject *
data_of (CptReply *catalog)
{
  return json_object_get_object_member (json_node_get_object (catalog->json), "data");
}

/* How often each ref stands in the nested arrays of a section; "" for none. */
static GHashTable *
count_refs (JsonObject *data, const char *section, const char *inner, guint *total)
{
  JsonArray *outer = json_object_get_array_member (data, section);
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  *total = 0;
  for (guint i = 0; i < json_array_get_length (outer); i++)
    {
      JsonArray *array =
          json_object_get_array_member (json_array_get_object_element (outer, i), inner);

      for (guint j = 0; j < json_array_get_length (array); j++, (*total)++)
        {
          JsonObject *one = json_array_get_object_element (array, j);
          const char *ref = json_object_get_null_member (one, "ref")
                                ? ""
                                : json_object_get_string_member (one, "ref");

          g_hash_table_insert (counts, (gpointer)ref,
                               GUINT_TO_POINTER (
                                   GPOINTER_TO_UINT (g_hash_table_lookup (counts, ref)) + 1));
        }
    }
  return counts;
}

static void
test_demo_catalog (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = g_strconcat ("/catalogs/", shop->catalog_id, NULL);
  g_autofree char *bare = g_strconcat (path, "?hide_data=true", NULL);
  g_autoptr (CptReply) catalog = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) hidden = cpt_shop_api (shop, "GET", bare, NULL);
  guint skus = 0, options = 0;
  g_autoptr (GHashTable) sku_refs = count_refs (data_of (catalog), "products", "skus", &skus);
  g_autoptr (GHashTable) option_refs =
      count_refs (data_of (catalog), "option_lists", "options", &options);

  g_assert_cmpuint (skus, ==, 60);
  g_assert_cmpuint (options, ==, 25);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (sku_refs, "")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (sku_refs, "EAU-50")), ==, 2);
  g_assert_true (g_hash_table_contains (sku_refs, "SALADE"));
  g_assert_true (g_hash_table_contains (option_refs, "SALADE"));
  cpt_assert_at (hidden, "$.name", "Carte Pizzeria Démo");
  cpt_assert_at (hidden, "$.data", NULL);
}

static void
test_patch (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) empty = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) changed = cpt_shop_api (
      shop, "PATCH", path,
      "[{\"sku_ref\":\"COKE\",\"stock\":\"3.125\"},{\"option_ref\":\"EGG\",\"stock\":\"0\","
      "\"expires_at\":\"2101-07-01T10:00:00Z\"},{\"sku_ref\":\"SALADE\",\"stock\":\"4.0\"},"
      "{\"option_ref\":\"SALADE\",\"stock\":\"5\"}]");
  g_autoptr (CptReply) gone =
      cpt_shop_api (shop, "PATCH", path, "[{\"sku_ref\":\"COKE\",\"stock\":null}]");
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpstr (empty->text, ==, "[]");
  g_assert_cmpstr (changed->text, ==,
                   "[{\"sku_ref\":\"COKE\",\"stock\":\"3.125\",\"expires_at\":null},"
                   "{\"option_ref\":\"EGG\",\"stock\":\"0\",\"expires_at\":"
                   "\"2101-07-01T12:00:00+02:00\"},"
                   "{\"sku_ref\":\"SALADE\",\"stock\":\"4\",\"expires_at\":null},"
                   "{\"option_ref\":\"SALADE\",\"stock\":\"5\",\"expires_at\":null}]");
  g_assert_cmpstr (gone->text, ==, "[{\"sku_ref\":\"COKE\",\"stock\":null,\"expires_at\":null}]");
  g_assert_cmpstr (after->text, ==,
                   "[{\"option_ref\":\"EGG\",\"stock\":\"0\",\"expires_at\":"
                   "\"2101-07-01T12:00:00+02:00\"},"
                   "{\"option_ref\":\"SALADE\",\"stock\":\"5\",\"expires_at\":null},"
                   "{\"sku_ref\":\"SALADE\",\"stock\":\"4\",\"expires_at\":null}]");
}

static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { "{}", "" },
    { "[1]", "[0]" },
    { "[{\"stock\":\"1\"}]", "[0]" },
    { "[{\"sku_ref\":\"COKE\",\"option_ref\":\"EGG\",\"stock\":\"1\"}]", "[0]" },
    { "[{\"sku_ref\":\"COKE\"}]", "[0].stock" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":3}]", "[0].stock" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"-1\"}]", "[0].stock" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"1,5\"}]", "[0].stock" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"0.1234\"}]", "[0].stock" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"1\",\"expires_at\":\"2101-07-01T10:00:00Z\"}]",
      "[0].expires_at" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":null,\"expires_at\":\"2101-07-01T10:00:00Z\"}]",
      "[0].expires_at" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"0\",\"expires_at\":\"tomorrow\"}]", "[0].expires_at" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"1\",\"foo\":1}]", "[0].foo" },
    { "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"},{\"sku_ref\":\"EGG\",\"stock\":\"1\"}]",
      "[1].sku_ref" },
  };
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptReply) patch = cpt_shop_api (shop, "PATCH", path, "%s", cases[i][0]);
      g_autoptr (CptReply) put = cpt_shop_api (shop, "PUT", path, "%s", cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpuint (patch->status, ==, 422);
      g_assert_cmpuint (put->status, ==, 422);
      g_assert_true (json_node_get_value_type (patch->json) == G_TYPE_INVALID ||
                     strstr (patch->text, cases[i][1]));
    }
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpstr (after->text, ==, "[]");
}

static void
test_put (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) first = cpt_shop_api (
      shop, "PUT", path,
      "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"},{\"sku_ref\":\"CAFE\",\"stock\":\"2\"}]");
  g_autoptr (CptReply) second = cpt_shop_api (
      shop, "PUT", path,
      "[{\"sku_ref\":\"COKE\",\"stock\":null},{\"sku_ref\":\"CAFE\",\"stock\":\"3\"}]");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (second->text, ==,
                   "[{\"sku_ref\":\"CAFE\",\"stock\":\"3\",\"expires_at\":null}]");
}

static CptReply *
patch_unknown (CptShop *shop, const char *mode)
{
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) set =
      cpt_shop_control (shop, "POST", "/unknown-refs", "{\"mode\":\"%s\"}", mode);

  g_assert_cmpuint (set->status, ==, 200);
  return cpt_shop_api (shop, "PATCH", path,
                       "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"},"
                       "{\"option_ref\":\"NOPE\",\"stock\":\"1\"}]");
}

static void
test_unknown_refs (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) fields = patch_unknown (shop, "fields");
  g_autoptr (CptReply) plain = patch_unknown (shop, "plain");
  g_autoptr (CptReply) nothing = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) ignored = patch_unknown (shop, "ignore");
  g_autoptr (CptReply) wrong =
      cpt_shop_control (shop, "POST", "/unknown-refs", "{\"mode\":\"maybe\"}");

  g_assert_cmpuint (fields->status, ==, 422);
  cpt_assert_at (fields, "$.errors[0].field", "[1].option_ref");
  g_assert_cmpuint (plain->status, ==, 422);
  cpt_assert_at (plain, "$.errors", NULL);
  g_assert_cmpstr (nothing->text, ==, "[]");
  g_assert_cmpuint (ignored->status, ==, 200);
  g_assert_cmpstr (ignored->text, ==,
                   "[{\"sku_ref\":\"COKE\",\"stock\":\"1\",\"expires_at\":null}]");
  g_assert_cmpuint (wrong->status, ==, 422);
}

/* All that expire at one moment make one event, and not a second too soon. */
static void
test_expiry (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) clock =
      cpt_shop_control (shop, "POST", "/clock",
                        "{\"freeze\":true,\"set\":\"2031-07-01T11:59:00+02:00\"}");
  g_autoptr (CptReply) callback = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) set = cpt_shop_api (
      shop, "PATCH", path,
      "[{\"sku_ref\":\"COKE\",\"stock\":\"0\",\"expires_at\":\"2031-07-01T12:00:00+02:00\"},"
      "{\"option_ref\":\"EGG\",\"stock\":\"0\",\"expires_at\":\"2031-07-01T10:00:00Z\"},"
      "{\"sku_ref\":\"CAFE\",\"stock\":\"0\"}]");
  g_autoptr (CptReply) before = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":59}");
  g_autoptr (CptReply) still = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) due = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":1}");
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) events = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autofree char *id = cpt_reply_at (events, "$[0].id");
  g_autofree char *event_path = g_strconcat ("/callback/events/", id, NULL);
  g_autoptr (CptReply) event = cpt_shop_api (shop, "GET", event_path, NULL);

  cpt_assert_at (still, "$[2].sku_ref", "COKE");
  g_assert_cmpstr (after->text, ==, "[{\"sku_ref\":\"CAFE\",\"stock\":\"0\",\"expires_at\":null}]");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (events->json)), ==, 1);
  cpt_assert_at (event, "$.resource_type", "inventory");
  cpt_assert_at (event, "$.event_type", "patch");
  cpt_assert_at (event, "$.catalog_id", shop->catalog_id);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (json_node_get_object (event->json),
                                                      "state_change")),
                    ==, 2);
}

static void
test_foreign_change (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autoptr (CptReply) callback = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) own =
      cpt_shop_api (shop, "PATCH", path, "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"}]");
  g_autoptr (CptReply) none = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autoptr (CptReply) foreign =
      cpt_shop_control (shop, "PATCH", "/inventory",
                        "{\"entries\":[{\"sku_ref\":\"COKE\",\"stock\":\"2\"}]}");
  g_autoptr (CptReply) one = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autoptr (CptReply) after = cpt_shop_api (shop, "GET", path, NULL);

  g_assert_cmpstr (none->text, ==, "[]");
  cpt_assert_at (one, "$[0].event_type", "patch");
  cpt_assert_at (after, "$[0].stock", "2");
}

static void
test_dropped_ref (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *path = stock_path (shop);
  g_autofree char *catalog_path = g_strconcat ("/catalogs/", shop->catalog_id, NULL);
  g_autoptr (CptReply) callback = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autoptr (CptReply) had =
      cpt_shop_api (shop, "PATCH", path, "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"}]");
  g_autoptr (CptReply) dropped =
      cpt_shop_control (shop, "POST", "/catalog/drop", "{\"sku_ref\":\"COKE\"}");
  g_autoptr (CptReply) silent = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autoptr (CptReply) refused =
      cpt_shop_api (shop, "PATCH", path, "[{\"sku_ref\":\"COKE\",\"stock\":\"1\"}]");
  g_autoptr (CptReply) stock = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) catalog = cpt_shop_api (shop, "GET", catalog_path, NULL);
  g_autoptr (CptReply) again =
      cpt_shop_control (shop, "POST", "/catalog/drop", "{\"sku_ref\":\"COKE\"}");

  g_assert_cmpuint (had->status, ==, 200);
  g_assert_cmpuint (dropped->status, ==, 200);
  g_assert_cmpstr (silent->text, ==, "[]");
  g_assert_cmpuint (refused->status, ==, 422);
  g_assert_cmpstr (stock->text, ==, "[]");
  g_assert_null (strstr (catalog->text, "\"COKE\""));
  g_assert_cmpuint (again->status, ==, 422);
}

static void
test_other_catalog (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) callback = cpt_shop_api (shop, "POST", "/callback", LISTEN);
  g_autofree char *path = g_strconcat ("/catalogs/", shop->catalog_id, NULL);
  g_autoptr (CptReply) put = cpt_shop_control (shop, "PUT", "/catalog", "{\"generate\":1200}");
  g_autoptr (CptReply) event = cpt_shop_api (shop, "GET", "/callback/events", NULL);
  g_autoptr (CptReply) catalog = cpt_shop_api (shop, "GET", path, NULL);
  g_autoptr (CptReply) wrong =
      cpt_shop_control (shop, "PUT", "/catalog", "{\"products\":[{\"name\":\"P\",\"skus\":[{}]}]}");
  g_autoptr (CptReply) elsewhere = cpt_shop_api (shop, "GET", "/catalogs/zzzzz", NULL);
  guint skus = 0;
  g_autoptr (GHashTable) refs = count_refs (data_of (catalog), "products", "skus", &skus);

  cpt_assert_at (event, "$[0].resource_type", "catalog");
  g_assert_cmpuint (skus, ==, 1200);
  g_assert_true (g_hash_table_contains (refs, "G01200"));
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpuint (elsewhere->status, ==, 404);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/stock/demo-catalog", test_demo_catalog);
  g_test_add_func ("/sandbox/stock/patch", test_patch);
  g_test_add_func ("/sandbox/stock/refused", test_refused);
  g_test_add_func ("/sandbox/stock/put", test_put);
  g_test_add_func ("/sandbox/stock/unknown-refs", test_unknown_refs);
  g_test_add_func ("/sandbox/stock/expiry", test_expiry);
  g_test_add_func ("/sandbox/stock/foreign-change", test_foreign_change);
  g_test_add_func ("/sandbox/stock/dropped-ref", test_dropped_ref);
  g_test_add_func ("/sandbox/stock/other-catalog", test_other_catalog);
  return g_test_run ();
}
