/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control path: catalogs and stock as other programs change them. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define PER_CATEGORY 500

/* The catalog in ?catalog_id=, else the first; the reply is 404 when there is none such. */
static CptSandboxCatalog *
asked_catalog (CptSandboxCall *call)
{
  const char *id = cpt_sandbox_query (call, "catalog_id");
  CptSandboxCatalog *catalog =
      cpt_sandbox_catalog (call->sandbox, id ? id : cpt_sandbox_first_catalog (call->sandbox));

  if (!catalog)
    cpt_sandbox_reply_error (call, 404, "No such catalog", NULL);
  return catalog;
}

static const char *
asked_location (CptSandboxCall *call)
{
  const char *id = cpt_sandbox_query (call, "location_id");

  return id ? id : json_object_get_string_member (call->sandbox->locations->pdata[0], "id");
}

static JsonObject *
generated_product (gint64 number)
{
  JsonObject *product = json_object_new ();
  JsonObject *sku = json_object_new ();
  JsonArray *skus = json_array_new ();
  g_autofree char *ref = g_strdup_printf ("G%05" G_GINT64_FORMAT, number);
  g_autofree char *name = g_strdup_printf ("Article %05" G_GINT64_FORMAT, number);
  g_autofree char *category = g_strdup_printf ("GC%03" G_GINT64_FORMAT, number / PER_CATEGORY);
  g_autofree char *price = cpt_sandbox_money_text (100 + number % 2000, CPT_SANDBOX_CURRENCY);

  json_object_set_string_member (product, "ref", ref);
  json_object_set_string_member (product, "name", name);
  json_object_set_string_member (product, "category_ref", category);
  json_object_set_string_member (sku, "ref", ref);
  json_object_set_string_member (sku, "price", price);
  cpt_sandbox_json_add_object (skus, sku);
  json_object_set_array_member (product, "skus", skus);
  return product;
}

static JsonObject *
generated_category (gint64 number)
{
  JsonObject *category = json_object_new ();
  g_autofree char *ref = g_strdup_printf ("GC%03" G_GINT64_FORMAT, number);
  g_autofree char *name = g_strdup_printf ("Rayon %03" G_GINT64_FORMAT, number);

  json_object_set_string_member (category, "ref", ref);
  json_object_set_string_member (category, "name", name);
  return category;
}

static JsonObject *
generated_catalog (gint64 count)
{
  JsonObject *description = json_object_new ();
  JsonArray *products = json_array_new ();
  JsonArray *categories = json_array_new ();

  for (gint64 i = 0; i <= count / PER_CATEGORY; i++)
    cpt_sandbox_json_add_object (categories, generated_category (i));
  for (gint64 i = 1; i <= count; i++)
    cpt_sandbox_json_add_object (products, generated_product (i));
  json_object_set_array_member (description, "categories", categories);
  json_object_set_array_member (description, "products", products);
  return description;
}

/* PUT catalog: a whole description, or {"generate": n}; "silent": no event. */
void
cpt_sandbox_control_put_catalog (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = asked_catalog (call);
  JsonObject *body = json_node_get_object (call->json);
  gint64 count = CLAMP (cpt_sandbox_json_int (body, "generate", 0), 0, 100000);
  g_autoptr (JsonObject) description = count ? generated_catalog (count) : json_object_ref (body);

  if (!catalog)
    return;
  if (!cpt_sandbox_catalog_is_sound (description))
    {
      cpt_sandbox_reply_error (call, 422, "Every part needs its name, or its price", NULL);
      return;
    }
  cpt_sandbox_catalog_fill (catalog, description);
  if (!cpt_sandbox_json_boolean (body, "silent", FALSE))
    cpt_sandbox_catalog_publish (call->sandbox, catalog);
  cpt_sandbox_reply_object (call, 200, json_object_ref (catalog->document));
}

static void
drop_from (JsonArray *array, const char *ref)
{
  for (guint i = array ? json_array_get_length (array) : 0; i > 0; i--)
    if (g_strcmp0 (cpt_sandbox_json_string (cpt_sandbox_json_element (array, i - 1), "ref"), ref) ==
        0)
      json_array_remove_element (array, i - 1);
}

/* Takes the objects with this ref out of every `inner` array of a section, and what is left
 * without any. */
static void
drop_nested (JsonObject *data, const char *section, const char *inner, const char *ref)
{
  JsonArray *outer = cpt_sandbox_json_array (data, section);

  for (guint i = outer ? json_array_get_length (outer) : 0; i > 0; i--)
    {
      JsonArray *array = cpt_sandbox_json_array (cpt_sandbox_json_element (outer, i - 1), inner);

      drop_from (array, ref);
      if (array && json_array_get_length (array) == 0)
        json_array_remove_element (outer, i - 1);
    }
}

/* POST catalog/drop {"sku_ref"} or {"option_ref"}: gone, and nobody is told unless "event". */
void
cpt_sandbox_control_drop_ref (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = asked_catalog (call);
  JsonObject *body = json_node_get_object (call->json);
  const char *sku = cpt_sandbox_json_string (body, "sku_ref");
  const char *ref = sku ? sku : cpt_sandbox_json_string (body, "option_ref");
  g_autofree char *key = g_strconcat (sku ? "sku:" : "option:", ref ? ref : "", NULL);

  if (!catalog)
    return;
  if (!g_hash_table_remove (catalog->refs, key))
    {
      cpt_sandbox_reply_field (call, sku ? "sku_ref" : "option_ref", "is not in this catalog");
      return;
    }
  drop_nested (cpt_sandbox_json_object (catalog->document, "data"),
               sku ? "products" : "option_lists", sku ? "skus" : "options", ref);
  cpt_sandbox_inventory_forget (catalog);
  if (cpt_sandbox_json_boolean (body, "event", FALSE))
    cpt_sandbox_catalog_publish (call->sandbox, catalog);
  cpt_sandbox_reply_object (call, 200, json_object_new ());
}

/* GET inventory */
void
cpt_sandbox_control_get_inventory (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = asked_catalog (call);

  if (catalog)
    cpt_sandbox_reply_array (call, 200,
                             cpt_sandbox_inventory_list (catalog, asked_location (call)));
}

/* PATCH inventory {"entries": […]}: by another program, or by the connection in ?as= */
void
cpt_sandbox_control_patch_inventory (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = asked_catalog (call);
  JsonObject *body = json_node_get_object (call->json);
  JsonNode *given =
      json_object_has_member (body, "entries") ? json_object_get_member (body, "entries") : NULL;
  JsonArray *entries = catalog ? cpt_sandbox_inventory_read (call, catalog, given) : NULL;
  CptSandboxConnection *author =
      cpt_sandbox_connection_by_id (call->sandbox, cpt_sandbox_query (call, "as"));

  if (entries)
    cpt_sandbox_reply_array (call, 200,
                             cpt_sandbox_inventory_patch (call->sandbox, author, catalog,
                                                          asked_location (call), entries));
}

/* POST unknown-refs {"mode": "fields", "plain" or "ignore"} */
void
cpt_sandbox_control_unknown_refs (CptSandboxCall *call)
{
  JsonObject *body = json_node_get_object (call->json);
  const char *mode = cpt_sandbox_json_string (body, "mode");
  g_autoptr (JsonObject) settings = json_object_new ();

  cpt_sandbox_json_set_string (settings, "unknown_refs", mode);
  json_node_set_object (call->json, settings);
  cpt_sandbox_control_settings (call);
}
