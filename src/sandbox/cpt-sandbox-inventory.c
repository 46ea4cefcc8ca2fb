/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock per location, by sku ref or option ref. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

typedef struct
{
  gint64 thousandths;
  gint64 expires; /* microseconds since 1970; 0: never */
} Entry;

typedef struct
{
  CptSandbox *sandbox;
  CptSandboxCatalog *catalog;
  char *location_id; /* (owned) */
} Expiry;

static GHashTable *
stock_of (CptSandboxCatalog *catalog, const char *location_id)
{
  GHashTable *stock = g_hash_table_lookup (catalog->inventory, location_id);

  if (!stock)
    {
      stock = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (catalog->inventory, g_strdup (location_id), stock);
    }
  return stock;
}

static gboolean
is_gone (gpointer key, gpointer value, gpointer refs)
{
  return !g_hash_table_contains (refs, key);
}

/* Drops the entries of refs the catalog no longer has. */
void
cpt_sandbox_inventory_forget (CptSandboxCatalog *catalog)
{
  GHashTableIter iter;
  gpointer stock;

  g_hash_table_iter_init (&iter, catalog->inventory);
  while (g_hash_table_iter_next (&iter, NULL, &stock))
    g_hash_table_foreach_remove (stock, is_gone, catalog->refs);
}

/* An entry as it is shown; NULL: unlimited. */
static JsonObject *
describe_entry (const char *key, Entry *entry)
{
  JsonObject *shown = json_object_new ();
  gboolean option = g_str_has_prefix (key, "option:");
  g_autofree char *stock = entry ? cpt_sandbox_decimal_text (entry->thousandths) : NULL;
  g_autofree char *expires =
      entry && entry->expires ? cpt_sandbox_time_text (entry->expires, CPT_SANDBOX_ZONE) : NULL;

  json_object_set_string_member (shown, option ? "option_ref" : "sku_ref", strchr (key, ':') + 1);
  cpt_sandbox_json_set_string (shown, "stock", stock);
  cpt_sandbox_json_set_string (shown, "expires_at", expires);
  return shown;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Every entry of one location, sorted. The caller owns the array. */
JsonArray *
cpt_sandbox_inventory_list (CptSandboxCatalog *catalog, const char *location_id)
{
  GHashTable *stock = stock_of (catalog, location_id);
  GList *keys = g_list_sort (g_hash_table_get_keys (stock), compare_keys);
  JsonArray *list = json_array_new ();

  for (GList *l = keys; l; l = l->next)
    cpt_sandbox_json_add_object (list,
                                 describe_entry (l->data, g_hash_table_lookup (stock, l->data)));
  g_list_free (keys);
  return list;
}

static void
publish_stock (CptSandbox *self,
               CptSandboxConnection *author,
               CptSandboxCatalog *catalog,
               const char *location_id,
               const char *type,
               JsonArray *state,
               JsonArray *previous)
{
  g_autoptr (JsonObject) ids = json_object_new ();
  g_autoptr (JsonNode) node = cpt_sandbox_json_array_node (state);
  g_autoptr (JsonNode) before = previous ? cpt_sandbox_json_array_node (previous) : NULL;

  json_object_set_string_member (ids, "catalog_id",
                                 json_object_get_string_member (catalog->document, "id"));
  json_object_set_string_member (ids, "location_id", location_id);
  cpt_sandbox_publish (self, author, location_id, "inventory", type, ids,
                       strcmp (type, "patch") == 0 ? "state_change" : "new_state", node, before);
}

static void
expiry_free (gpointer data)
{
  Expiry *expiry = data;

  g_free (expiry->location_id);
  g_free (expiry);
}

/* Removes all that is due, and tells of it in one event. */
static void
expire_cb (gpointer data)
{
  Expiry *expiry = data;
  GHashTable *stock = stock_of (expiry->catalog, expiry->location_id);
  gint64 now = cpt_sandbox_clock_now (expiry->sandbox->clock);
  g_autoptr (JsonArray) gone = json_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, stock);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Entry *)value)->expires && ((Entry *)value)->expires <= now)
      {
        cpt_sandbox_json_add_object (gone, describe_entry (key, NULL));
        g_hash_table_iter_remove (&iter);
      }
  if (json_array_get_length (gone) > 0)
    publish_stock (expiry->sandbox, NULL, expiry->catalog, expiry->location_id, "patch", gone,
                   NULL);
}

static void
watch_expiry (CptSandbox *self, CptSandboxCatalog *catalog, const char *location_id, gint64 due)
{
  Expiry *expiry = g_new0 (Expiry, 1);

  expiry->sandbox = self;
  expiry->catalog = catalog;
  expiry->location_id = g_strdup (location_id);
  cpt_sandbox_clock_at (self->clock, due, expire_cb, expiry, expiry_free);
}

static char *
entry_key (JsonObject *entry)
{
  const char *sku = cpt_sandbox_json_string (entry, "sku_ref");
  const char *option = cpt_sandbox_json_string (entry, "option_ref");

  if (!sku == !option)
    return NULL;
  return g_strconcat (sku ? "sku:" : "option:", sku ? sku : option, NULL);
}

static void
set_entry (CptSandbox *self,
           CptSandboxCatalog *catalog,
           const char *location_id,
           JsonObject *given,
           JsonArray *changed)
{
  g_autofree char *key = entry_key (given);
  GHashTable *stock = stock_of (catalog, location_id);
  Entry *entry;

  if (!cpt_sandbox_json_string (given, "stock"))
    {
      g_hash_table_remove (stock, key);
      cpt_sandbox_json_add_object (changed, describe_entry (key, NULL));
      return;
    }
  entry = g_new0 (Entry, 1);
  cpt_sandbox_decimal_parse (cpt_sandbox_json_string (given, "stock"), &entry->thousandths);
  cpt_sandbox_time_parse (cpt_sandbox_json_string (given, "expires_at"), &entry->expires);
  cpt_sandbox_json_add_object (changed, describe_entry (key, entry));
  if (entry->expires)
    watch_expiry (self, catalog, location_id, entry->expires);
  g_hash_table_replace (stock, g_steal_pointer (&key), entry);
}

/* Changes the named entries, which were checked; refs the catalog does not have are passed over.
 * Returns the changed ones, owned by the caller. */
JsonArray *
cpt_sandbox_inventory_patch (CptSandbox *self,
                             CptSandboxConnection *author,
                             CptSandboxCatalog *catalog,
                             const char *location_id,
                             JsonArray *entries)
{
  JsonArray *changed = json_array_new ();

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = cpt_sandbox_json_element (entries, i);
      g_autofree char *key = entry_key (entry);

      if (g_hash_table_contains (catalog->refs, key))
        set_entry (self, catalog, location_id, entry, changed);
    }
  if (json_array_get_length (changed) > 0)
    publish_stock (self, author, catalog, location_id, "patch", changed, NULL);
  return changed;
}

static JsonArray *
replace_all (CptSandboxCall *call, CptSandboxCatalog *catalog, JsonArray *entries)
{
  const char *location_id = call->connection->location_id;
  g_autoptr (JsonArray) before = cpt_sandbox_inventory_list (catalog, location_id);
  g_autoptr (JsonArray) changed = json_array_new ();
  JsonArray *after;

  g_hash_table_remove_all (stock_of (catalog, location_id));
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = cpt_sandbox_json_element (entries, i);
      g_autofree char *key = entry_key (entry);

      if (g_hash_table_contains (catalog->refs, key) && cpt_sandbox_json_string (entry, "stock"))
        set_entry (call->sandbox, catalog, location_id, entry, changed);
    }
  after = cpt_sandbox_inventory_list (catalog, location_id);
  publish_stock (call->sandbox, call->connection, catalog, location_id, "update", after, before);
  return after;
}

static const CptSandboxField entry_fields[] = {
  { "sku_ref", CPT_SANDBOX_TEXT },
  { "option_ref", CPT_SANDBOX_TEXT },
  { "stock", CPT_SANDBOX_DECIMAL },
  { "expires_at", CPT_SANDBOX_TIME },
  { NULL },
};

static void
check_entry (CptSandboxCheck *check, const char *prefix, JsonObject *entry)
{
  g_autofree char *key = entry_key (entry);
  g_autofree char *stock = cpt_sandbox_field (prefix, "stock");
  g_autofree char *expires = cpt_sandbox_field (prefix, "expires_at");
  gint64 units = -1;

  cpt_sandbox_check_object (check, prefix, entry, entry_fields);
  cpt_sandbox_decimal_parse (cpt_sandbox_json_string (entry, "stock"), &units);
  if (!key)
    cpt_sandbox_add_error (check->errors, prefix, "names one of sku_ref and option_ref");
  if (!json_object_has_member (entry, "stock"))
    cpt_sandbox_add_error (check->errors, stock, "is required");
  else if (cpt_sandbox_json_string (entry, "stock") && units < 0)
    cpt_sandbox_add_error (check->errors, stock, "must be zero or more");
  if (cpt_sandbox_json_string (entry, "expires_at") && units != 0)
    cpt_sandbox_add_error (check->errors, expires, "stands only with a stock of \"0\"");
}

static void
check_ref (CptSandboxCatalog *catalog, JsonObject *entry, guint index, JsonArray *errors)
{
  g_autofree char *key = entry_key (entry);
  g_autofree char *field =
      g_strdup_printf ("[%u].%s", index,
                       json_object_has_member (entry, "option_ref") ? "option_ref" : "sku_ref");

  if (!g_hash_table_contains (catalog->refs, key))
    cpt_sandbox_add_error (errors, field, "%s is not in this catalog", strchr (key, ':') + 1);
}

/* What the documentation does not say is a setting: refused with fields, without, or ignored. */
static gboolean
refs_are_taken (CptSandboxCall *call, CptSandboxCatalog *catalog, JsonArray *entries)
{
  const char *unknown = call->sandbox->settings.unknown_refs;
  g_autoptr (JsonArray) errors = json_array_new ();

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_ref (catalog, cpt_sandbox_json_element (entries, i), i, errors);
  if (json_array_get_length (errors) == 0 || strcmp (unknown, "ignore") == 0)
    return TRUE;
  cpt_sandbox_reply_error (call, 422, "Validation failed",
                           strcmp (unknown, "fields") == 0 ? errors : NULL);
  return FALSE;
}

/* The entries of a body that are well formed, or NULL after a reply of 422. */
JsonArray *
cpt_sandbox_inventory_read (CptSandboxCall *call, CptSandboxCatalog *catalog, JsonNode *body)
{
  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = { .sandbox = call->sandbox,
                            .errors = errors,
                            .strict = call->sandbox->settings.strict };
  JsonArray *entries = body && JSON_NODE_HOLDS_ARRAY (body) ? json_node_get_array (body) : NULL;

  if (!entries)
    cpt_sandbox_add_error (errors, "", "must be an array");
  for (guint i = 0; entries && i < json_array_get_length (entries); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("[%u]", i);
      JsonObject *entry = cpt_sandbox_json_element (entries, i);

      if (entry)
        check_entry (&check, prefix, entry);
      else
        cpt_sandbox_add_error (errors, prefix, "must be an object");
    }
  if (json_array_get_length (errors) > 0)
    {
      cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
      return NULL;
    }
  return refs_are_taken (call, catalog, entries) ? entries : NULL;
}

/* GET /catalogs/:id/location/inventory */
void
cpt_sandbox_get_inventory (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = cpt_sandbox_call_catalog (call);

  if (catalog)
    cpt_sandbox_reply_array (call, 200,
                             cpt_sandbox_inventory_list (catalog, call->connection->location_id));
}

/* PATCH: the named entries only. */
void
cpt_sandbox_patch_inventory (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = cpt_sandbox_call_catalog (call);
  JsonArray *entries = catalog ? cpt_sandbox_inventory_read (call, catalog, call->json) : NULL;

  if (entries)
    cpt_sandbox_reply_array (call, 200,
                             cpt_sandbox_inventory_patch (call->sandbox, call->connection, catalog,
                                                          call->connection->location_id, entries));
}

/* PUT: everything; what is left out is reset. */
void
cpt_sandbox_put_inventory (CptSandboxCall *call)
{
  CptSandboxCatalog *catalog = cpt_sandbox_call_catalog (call);
  JsonArray *entries = catalog ? cpt_sandbox_inventory_read (call, catalog, call->json) : NULL;

  if (entries)
    cpt_sandbox_reply_array (call, 200, replace_all (call, catalog, entries));
}
