/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogs: built from a description by refs, shown with ids. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

static const char *const sections[] = { "variants", "categories", "products", "option_lists",
                                        "deals",    "discounts",  "charges",  NULL };

void
cpt_sandbox_catalog_free (CptSandboxCatalog *catalog)
{
  json_object_unref (catalog->document);
  g_hash_table_unref (catalog->refs);
  g_hash_table_unref (catalog->inventory);
  g_free (catalog);
}

/* The id of the first catalog, or NULL without any. */
const char *
cpt_sandbox_first_catalog (CptSandbox *self)
{
  CptSandboxCatalog *catalog = self->catalogs->len ? self->catalogs->pdata[0] : NULL;

  return catalog ? json_object_get_string_member (catalog->document, "id") : NULL;
}

static void
give_id (JsonObject *object)
{
  g_autofree char *id = cpt_sandbox_new_id (6);

  if (!cpt_sandbox_json_string (object, "id"))
    json_object_set_string_member (object, "id", id);
}

/* Gives ids to every object of a section and remembers them by ref. */
static GHashTable *
number_section (JsonObject *data, const char *section)
{
  JsonArray *array = cpt_sandbox_json_array (data, section);
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonObject *object = cpt_sandbox_json_element (array, i);
      const char *ref = cpt_sandbox_json_string (object, "ref");

      if (!object)
        continue;
      give_id (object);
      if (ref)
        g_hash_table_insert (ids, g_strdup (ref),
                             g_strdup (json_object_get_string_member (object, "id")));
    }
  return ids;
}

/* Turns a member that names a ref into one that names the id. */
static void
link_ref (JsonObject *object, const char *ref_name, const char *id_name, GHashTable *ids)
{
  const char *ref = cpt_sandbox_json_string (object, ref_name);

  if (!json_object_has_member (object, ref_name))
    return;
  cpt_sandbox_json_set_string (object, id_name, ref ? g_hash_table_lookup (ids, ref) : NULL);
  json_object_remove_member (object, ref_name);
}

static void
link_refs (JsonObject *object, const char *refs_name, const char *ids_name, GHashTable *ids)
{
  JsonArray *refs = cpt_sandbox_json_array (object, refs_name);
  JsonArray *linked = json_array_new ();

  for (guint i = 0; refs && i < json_array_get_length (refs); i++)
    {
      JsonNode *node = json_array_get_element (refs, i);
      const char *ref =
          json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      const char *id = ref ? g_hash_table_lookup (ids, ref) : NULL;

      if (id)
        json_array_add_string_element (linked, id);
    }
  json_object_set_array_member (object, ids_name, linked);
  if (json_object_has_member (object, refs_name))
    json_object_remove_member (object, refs_name);
}

static void
set_json_default (JsonObject *object, const char *name, const char *json)
{
  if (!json_object_has_member (object, name))
    json_object_set_member (object, name, json_from_string (json, NULL));
}

static void
complete_skus (JsonObject *product, GHashTable *lists, GHashTable *sku_ids)
{
  JsonArray *skus = cpt_sandbox_json_array (product, "skus");

  for (guint i = 0; skus && i < json_array_get_length (skus); i++)
    {
      JsonObject *sku = cpt_sandbox_json_element (skus, i);
      const char *ref = cpt_sandbox_json_string (sku, "ref");

      give_id (sku);
      if (ref)
        g_hash_table_insert (sku_ids, g_strdup (ref),
                             g_strdup (json_object_get_string_member (sku, "id")));
      set_json_default (sku, "ref", "null");
      set_json_default (sku, "name", "null");
      set_json_default (sku, "price_overrides", "[]");
      set_json_default (sku, "restrictions", "{\"enabled\":true}");
      set_json_default (sku, "tags", "[]");
      link_refs (sku, "option_list_refs", "option_list_ids", lists);
    }
}

static void
complete_products (JsonObject *data, GHashTable *categories, GHashTable *lists, GHashTable *skus)
{
  JsonArray *products = cpt_sandbox_json_array (data, "products");

  for (guint i = 0; products && i < json_array_get_length (products); i++)
    {
      JsonObject *product = cpt_sandbox_json_element (products, i);

      set_json_default (product, "ref", "null");
      set_json_default (product, "description", "null");
      set_json_default (product, "tags", "[]");
      set_json_default (product, "image_ids", "[]");
      link_ref (product, "category_ref", "category_id", categories);
      complete_skus (product, lists, skus);
    }
}

static void
complete_categories (JsonObject *data, GHashTable *ids)
{
  JsonArray *categories = cpt_sandbox_json_array (data, "categories");

  for (guint i = 0; categories && i < json_array_get_length (categories); i++)
    link_ref (cpt_sandbox_json_element (categories, i), "parent_ref", "parent_id", ids);
}

static void
complete_options (JsonObject *data)
{
  JsonArray *lists = cpt_sandbox_json_array (data, "option_lists");

  for (guint i = 0; lists && i < json_array_get_length (lists); i++)
    {
      JsonArray *options = cpt_sandbox_json_array (cpt_sandbox_json_element (lists, i), "options");

      for (guint j = 0; options && j < json_array_get_length (options); j++)
        give_id (cpt_sandbox_json_element (options, j));
    }
}

static void
complete_deals (JsonObject *data, GHashTable *sku_ids)
{
  JsonArray *deals = cpt_sandbox_json_array (data, "deals");

  for (guint i = 0; deals && i < json_array_get_length (deals); i++)
    {
      JsonArray *lines = cpt_sandbox_json_array (cpt_sandbox_json_element (deals, i), "lines");

      for (guint j = 0; lines && j < json_array_get_length (lines); j++)
        link_refs (cpt_sandbox_json_element (lines, j), "sku_refs", "sku_ids", sku_ids);
    }
}

static gboolean
holds_objects (JsonObject *parent, const char *name, const char *const *required)
{
  JsonArray *array = cpt_sandbox_json_array (parent, name);

  if (!array)
    return !json_object_has_member (parent, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = cpt_sandbox_json_element (array, i);

      if (!element)
        return FALSE;
      for (const char *const *member = required; *member; member++)
        if (!cpt_sandbox_json_string (element, *member))
          return FALSE;
    }
  return TRUE;
}

static gboolean
nested_hold_objects (JsonObject *description,
                     const char *section,
                     const char *inner,
                     const char *const *required)
{
  JsonArray *array = cpt_sandbox_json_array (description, section);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (!holds_objects (cpt_sandbox_json_element (array, i), inner, required))
      return FALSE;
  return TRUE;
}

/* TRUE when a description can be built from: objects where objects are due, names and prices. */
gboolean
cpt_sandbox_catalog_is_sound (JsonObject *description)
{
  static const char *const nothing[] = { NULL };
  static const char *const name[] = { "name", NULL };
  static const char *const price[] = { "price", NULL };
  static const char *const both[] = { "name", "price", NULL };

  for (const char *const *section = sections; *section; section++)
    if (!holds_objects (description, *section, g_str_equal (*section, "variants") ? nothing : name))
      return FALSE;
  return nested_hold_objects (description, "products", "skus", price) &&
         nested_hold_objects (description, "option_lists", "options", both) &&
         nested_hold_objects (description, "deals", "lines", nothing);
}

/* The `data` of a catalog from a description whose parts name each other by ref. */
static JsonObject *
build_data (JsonObject *description)
{
  JsonObject *data = json_object_new ();
  g_autoptr (GHashTable) categories = NULL;
  g_autoptr (GHashTable) lists = NULL;
  g_autoptr (GHashTable) skus = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (const char *const *section = sections; *section; section++)
    if (cpt_sandbox_json_array (description, *section))
      json_object_set_member (data, *section,
                              cpt_sandbox_json_copy (
                                  json_object_get_member (description, *section)));
    else
      json_object_set_array_member (data, *section, json_array_new ());
  for (const char *const *section = sections; *section; section++)
    g_hash_table_unref (number_section (data, *section));
  categories = number_section (data, "categories");
  lists = number_section (data, "option_lists");
  complete_categories (data, categories);
  complete_options (data);
  complete_products (data, categories, lists, skus);
  complete_deals (data, skus);
  return data;
}

static void
collect (CptSandboxCatalog *catalog, const char *kind, const char *ref)
{
  if (ref)
    g_hash_table_add (catalog->refs, g_strconcat (kind, ":", ref, NULL));
}

static void
collect_nested (CptSandboxCatalog *catalog,
                const char *section,
                const char *inner,
                const char *kind)
{
  JsonArray *outer =
      cpt_sandbox_json_array (cpt_sandbox_json_object (catalog->document, "data"), section);

  for (guint i = 0; outer && i < json_array_get_length (outer); i++)
    {
      JsonArray *array = cpt_sandbox_json_array (cpt_sandbox_json_element (outer, i), inner);

      for (guint j = 0; array && j < json_array_get_length (array); j++)
        collect (catalog, kind,
                 cpt_sandbox_json_string (cpt_sandbox_json_element (array, j), "ref"));
    }
}

/* Writes new contents into a catalog; stock of refs that are gone is forgotten. */
void
cpt_sandbox_catalog_fill (CptSandboxCatalog *catalog, JsonObject *description)
{
  const char *name = cpt_sandbox_json_string (description, "name");

  if (name)
    json_object_set_string_member (catalog->document, "name", name);
  json_object_set_object_member (catalog->document, "data", build_data (description));
  g_hash_table_remove_all (catalog->refs);
  collect_nested (catalog, "products", "skus", "sku");
  collect_nested (catalog, "option_lists", "options", "option");
  cpt_sandbox_inventory_forget (catalog);
}

/* Adds a catalog of the account. */
void
cpt_sandbox_catalog_add (CptSandbox *self, JsonObject *description)
{
  CptSandboxCatalog *catalog = g_new0 (CptSandboxCatalog, 1);
  g_autofree char *id = cpt_sandbox_new_id (5);
  g_autofree char *now = cpt_sandbox_now_text (self);

  catalog->document = json_object_new ();
  catalog->refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  catalog->inventory =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  json_object_set_string_member (catalog->document, "id", id);
  json_object_set_string_member (catalog->document, "account_id",
                                 json_object_get_string_member (self->account, "id"));
  json_object_set_string_member (catalog->document, "created_at", now);
  cpt_sandbox_catalog_fill (catalog, description);
  g_ptr_array_add (self->catalogs, catalog);
}

/* Tells everybody bound to the catalog that it changed; the event carries no state. */
void
cpt_sandbox_catalog_publish (CptSandbox *self, CptSandboxCatalog *catalog)
{
  g_autoptr (JsonObject) ids = json_object_new ();

  json_object_set_string_member (ids, "catalog_id",
                                 json_object_get_string_member (catalog->document, "id"));
  cpt_sandbox_publish (self, NULL, NULL, "catalog", "update", ids, NULL, NULL, NULL);
}

/* The catalog in the path, when the connection is bound to it; else the reply is 404. */
CptSandboxCatalog *
cpt_sandbox_call_catalog (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = g_strcmp0 (call->arguments[0], call->connection->catalog_id) == 0
                                   ? cpt_sandbox_catalog (call->sandbox, call->arguments[0])
                                   : NULL;

  if (!catalog)
    cpt_sandbox_reply_error (call, 404, "No such catalog for this connection", NULL);
  return catalog;
}

/* GET /catalogs/:id */
void
cpt_sandbox_get_catalog (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = cpt_sandbox_call_catalog (call);
  const char *hide = cpt_sandbox_query (call, "hide_data");
  JsonObject *shown;

  if (!catalog || !cpt_sandbox_check_query (call, (const char *[]){ "hide_data", NULL }))
    return;
  if (g_strcmp0 (hide, "true") != 0)
    {
      cpt_sandbox_reply_object (call, 200, json_object_ref (catalog->document));
      return;
    }
  shown = json_object_new ();
  cpt_sandbox_json_merge (shown, catalog->document, FALSE);
  json_object_remove_member (shown, "data");
  cpt_sandbox_reply_object (call, 200, shown);
}
