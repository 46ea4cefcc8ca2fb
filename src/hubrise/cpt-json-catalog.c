/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog's JSON: what cannot be read of an item is left out of it, the item stays. Any thread.
 */
#include "cpt-json-stock.h"

#include <glib/gi18n-lib.h>

#include "cpt-hubrise-client.h"
#include "cpt-json-private.h"

static JsonObject *
element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
}

static guint
length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* id → name of every category, borrowed from the tree. */
static GHashTable *
index_categories (JsonObject *data)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *categories = cpt_json_array_member (data, "categories");

  for (guint i = 0; i < length (categories); i++)
    {
      JsonObject *category = element (categories, i);
      const char *id = cpt_json_text (cpt_json_member (category, "id"));
      const char *name = cpt_json_text (cpt_json_member (category, "name"));

      if (id != NULL && name != NULL)
        g_hash_table_insert (names, (gpointer)id, (gpointer)name);
    }
  return names;
}

static char *
dup_or_empty (JsonObject *object, const char *name)
{
  char *text = cpt_json_dup_member (object, name);

  return text != NULL ? text : g_strdup ("");
}

static void
read_skus (CptCatalog *catalog, JsonObject *product, const char *category)
{
  JsonArray *skus = cpt_json_array_member (product, "skus");

  for (guint i = 0; i < length (skus); i++)
    {
      JsonObject *sku = element (skus, i);
      CptCatalogItem *item = sku != NULL ? cpt_catalog_add (catalog, CPT_ITEM_SKU) : NULL;

      if (item == NULL)
        continue;
      item->id = cpt_json_dup_member (sku, "id");
      item->ref = cpt_json_dup_member (sku, "ref");
      item->name = dup_or_empty (product, "name");
      item->variant = cpt_json_dup_member (sku, "name");
      item->category = g_strdup (category);
      cpt_money_parse (cpt_json_text (cpt_json_member (sku, "price")), &item->price);
    }
}

static void
read_products (CptCatalog *catalog, JsonObject *data)
{
  JsonArray *products = cpt_json_array_member (data, "products");
  g_autoptr (GHashTable) categories = index_categories (data);

  for (guint i = 0; i < length (products); i++)
    {
      JsonObject *product = element (products, i);
      const char *category = cpt_json_text (cpt_json_member (product, "category_id"));

      read_skus (catalog, product,
                 category != NULL ? g_hash_table_lookup (categories, category) : NULL);
    }
}

static void
read_option_list (CptCatalog *catalog, JsonObject *list)
{
  JsonArray *options = cpt_json_array_member (list, "options");

  for (guint i = 0; i < length (options); i++)
    {
      JsonObject *option = element (options, i);
      CptCatalogItem *item = option != NULL ? cpt_catalog_add (catalog, CPT_ITEM_OPTION) : NULL;

      if (item == NULL)
        continue;
      item->id = cpt_json_dup_member (option, "id");
      item->ref = cpt_json_dup_member (option, "ref");
      item->name = dup_or_empty (option, "name");
      item->category = cpt_json_dup_member (list, "name");
      cpt_money_parse (cpt_json_text (cpt_json_member (option, "price")), &item->price);
    }
}

/**
 * cpt_json_decode_catalog:
 *
 * Returns: (transfer full): the catalog, whose id is never NULL; or NULL with
 *   %CPT_HUBRISE_ERROR_DOCUMENT when it is no catalog or its data were left out
 */
CptCatalog *
cpt_json_decode_catalog (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);
  JsonObject *data = cpt_json_object_member (object, "data");
  g_autofree char *id = object != NULL ? cpt_json_dup_member (object, "id") : NULL;
  g_autofree char *name = object != NULL ? cpt_json_dup_member (object, "name") : NULL;
  CptCatalog *catalog = NULL;
  JsonArray *lists = NULL;

  if (object == NULL)
    return NULL;
  if (id == NULL || data == NULL)
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("The document is not a catalog"));
      return NULL;
    }
  catalog = cpt_catalog_new (id, name);
  catalog->document = g_bytes_ref (body);
  read_products (catalog, data);
  lists = cpt_json_array_member (data, "option_lists");
  for (guint i = 0; i < length (lists); i++)
    read_option_list (catalog, element (lists, i));
  return catalog;
}
