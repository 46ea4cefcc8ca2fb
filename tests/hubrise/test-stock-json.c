/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogs and inventories in JSON: what is read of good and damaged ones, what is written. */
#include <string.h>

#include "cpt-json-stock.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_item (CptCatalog *catalog,
             guint i,
             CptItemKind kind,
             const char *ref,
             const char *name,
             const char *variant,
             const char *category,
             gint64 minor)
{
  CptCatalogItem *item = g_ptr_array_index (catalog->items, i);

  g_assert_cmpint (item->kind, ==, kind);
  g_assert_cmpstr (item->ref, ==, ref);
  g_assert_cmpstr (item->name, ==, name);
  g_assert_cmpstr (item->variant, ==, variant);
  g_assert_cmpstr (item->category, ==, category);
  g_assert_cmpint (item->price.minor, ==, minor);
}

static void
test_catalog (void)
{
  g_autoptr (GBytes) body =
      bytes ("{\"id\":\"c1\",\"name\":\"Card\",\"new\":{},\"data\":{"
             "\"categories\":[{\"id\":\"k1\",\"name\":\"Pizzas\"},5,null],"
             "\"products\":[{\"name\":\"Margherita\",\"category_id\":\"k1\",\"skus\":["
             "{\"id\":\"s1\",\"ref\":\"MAR-S\",\"name\":\"Small\",\"price\":\"9.80 EUR\"},"
             "{\"id\":\"s2\",\"ref\":2222,\"name\":null,\"price\":9.8},null,\"x\"]},"
             "{\"name\":\"Soup\",\"skus\":[{\"ref\":null,\"price\":\"5.00 EUR\"}]},"
             "{\"skus\":3},{}],"
             "\"option_lists\":[{\"name\":\"Extras\",\"options\":["
             "{\"id\":\"o1\",\"ref\":\"MAR-S\",\"name\":\"Egg\",\"price\":\"1.00 EUR\"}]},null]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CptCatalog) catalog = cpt_json_decode_catalog (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (catalog->id, ==, "c1");
  g_assert_cmpuint (catalog->items->len, ==, 4);
  assert_item (catalog, 0, CPT_ITEM_SKU, "MAR-S", "Margherita", "Small", "Pizzas", 980);
  assert_item (catalog, 1, CPT_ITEM_SKU, "2222", "Margherita", NULL, "Pizzas", 0);
  assert_item (catalog, 2, CPT_ITEM_SKU, NULL, "Soup", NULL, NULL, 500);
  assert_item (catalog, 3, CPT_ITEM_OPTION, "MAR-S", "Egg", NULL, "Extras", 100);
}

static void
test_no_catalog (void)
{
  static const char *const bodies[] = {
    "", "[]", "{}", "{\"id\":\"c1\"}", "{\"data\":{}}", "{\"id\":\"c1\",\"data\":[]}", "<html>"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (cpt_json_decode_catalog (body, &error));
      g_assert_nonnull (error);
    }
}

static void
test_inventory (void)
{
  g_autoptr (GBytes) body = bytes (
      "[{\"sku_ref\":\"COKE\",\"stock\":\"3.5\",\"expires_at\":null},"
      "{\"option_ref\":\"EGG\",\"stock\":\"0\",\"expires_at\":\"2026-03-29T03:30:00+02:00\"},"
      "{\"sku_ref\":\"GONE\",\"stock\":null},{\"sku_ref\":\"ODD\",\"stock\":\"many\"},"
      "{\"stock\":\"1\"},7]");
  g_autoptr (GPtrArray) entries = cpt_json_decode_inventory (body, NULL);
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autofree char *again = NULL;

  g_assert_cmpuint (entries->len, ==, 4);
  g_assert_cmpint (((CptInventoryEntry *)entries->pdata[3])->entry.state, ==, CPT_ENTRY_UNKNOWN);
  g_ptr_array_set_size (entries, 3);
  again = cpt_json_write_inventory (entries, paris);
  g_assert_cmpstr (again, ==,
                   "[{\"sku_ref\":\"COKE\",\"stock\":\"3.5\"},"
                   "{\"option_ref\":\"EGG\",\"stock\":\"0\","
                   "\"expires_at\":\"2026-03-29T03:30:00+02:00\"},"
                   "{\"sku_ref\":\"GONE\",\"stock\":null}]");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *body;
    guint n;
    int first;
  } cases[] = {
    { "{\"errors\":[{\"field\":\"[3].sku_ref\",\"message\":\"unknown\"}]}", 1, 3 },
    { "{\"errors\":[{\"field\":\"inventory[2].stock\"},{\"field\":\"[2].sku_ref\"}]}", 1, 2 },
    { "{\"errors\":[{\"field\":\"0.sku_ref\"},{\"field\":\"1.sku_ref\"}]}", 2, 0 },
    { "{\"errors\":[{\"field\":\"[99].sku_ref\"}]}", 0, 0 },
    { "{\"errors\":[{\"field\":\"base\"},4,{}]}", 0, 0 },
    { "{\"message\":\"no\"}", 0, 0 },
    { "<html>", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = bytes (cases[i].body);
      g_autoptr (GPtrArray) refusals = cpt_json_decode_inventory_refusals (body, 10);

      g_assert_cmpuint (refusals->len, ==, cases[i].n);
      if (refusals->len > 0)
        g_assert_cmpuint (((CptInventoryRefusal *)refusals->pdata[0])->index, ==, cases[i].first);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock-json/catalog", test_catalog);
  g_test_add_func ("/stock-json/no-catalog", test_no_catalog);
  g_test_add_func ("/stock-json/inventory", test_inventory);
  g_test_add_func ("/stock-json/refusals", test_refusals);
  return g_test_run ();
}
