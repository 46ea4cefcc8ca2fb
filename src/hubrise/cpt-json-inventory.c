/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An inventory's JSON, in and out, and which of its entries a refusal names. Any thread. */
#include "cpt-json-stock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-decimal.h"
#include "cpt-hubrise-client.h"
#include "cpt-json-private.h"

/* An entry whose number or time cannot be read says nothing: it is neither zero nor nothing. */
static CptStockEntry
read_entry (JsonObject *object)
{
  CptDecimal stock = { 0 };
  CptTime expires_at = CPT_TIME_NONE;
  const char *expires = cpt_json_text (cpt_json_member (object, "expires_at"));

  if (cpt_json_kind (cpt_json_member (object, "stock")) == CPT_JSON_NULL)
    return CPT_STOCK_ENTRY_NONE;
  if (!cpt_decimal_parse (cpt_json_text (cpt_json_member (object, "stock")), &stock))
    return CPT_STOCK_ENTRY_UNKNOWN;
  if (expires != NULL && !cpt_time_parse (expires, &expires_at))
    return CPT_STOCK_ENTRY_UNKNOWN;
  return cpt_stock_entry (stock.thousandths, expires_at);
}

static CptInventoryEntry *
read_line (JsonNode *node)
{
  JsonObject *object = cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
  const char *sku = cpt_json_text (cpt_json_member (object, "sku_ref"));
  const char *option = cpt_json_text (cpt_json_member (object, "option_ref"));

  if (sku == NULL && option == NULL)
    return NULL;
  return cpt_inventory_entry_new (sku != NULL ? CPT_ITEM_SKU : CPT_ITEM_OPTION,
                                  sku != NULL ? sku : option, read_entry (object));
}

/**
 * cpt_json_decode_inventory:
 *
 * Returns: (transfer full) (element-type CptInventoryEntry): a line without a ref is left out, one
 *   that cannot be read is UNKNOWN; or NULL with %CPT_HUBRISE_ERROR_DOCUMENT
 */
GPtrArray *
cpt_json_decode_inventory (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = cpt_json_parse (body, error);
  g_autoptr (GPtrArray) entries = cpt_inventory_new ();
  JsonArray *array = NULL;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("The document is not a list"));
      return NULL;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      CptInventoryEntry *entry = read_line (json_array_get_element (array, i));

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

/**
 * cpt_json_write_inventory:
 * @entries: (element-type CptInventoryEntry): none of them UNKNOWN
 * @zone: the location's, for the times
 *
 * Returns: (transfer full): the body of a PATCH or PUT
 */
char *
cpt_json_write_inventory (GPtrArray *entries, GTimeZone *zone)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < entries->len; i++)
    {
      const CptInventoryEntry *line = g_ptr_array_index (entries, i);
      g_autofree char *stock = cpt_stock_entry_dup_stock (line->entry);

      g_string_append_printf (json, "%s{\"%s_ref\":", i > 0 ? "," : "",
                              cpt_item_kind_to_string (line->kind));
      cpt_json_append_quoted (json, line->ref);
      g_string_append (json, ",\"stock\":");
      if (stock != NULL)
        cpt_json_append_quoted (json, stock);
      else
        g_string_append (json, "null");
      if (line->entry.state == CPT_ENTRY_THERE && line->entry.expires_at != CPT_TIME_NONE)
        {
          g_autofree char *at = cpt_time_to_string (line->entry.expires_at, zone);
          g_string_append_printf (json, ",\"expires_at\":\"%s\"", at);
        }
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* "[3].sku_ref", "inventory[3].stock", "3.sku_ref": the first number is the entry's. */
static gboolean
read_index (const char *field, guint n_entries, guint *index)
{
  guint64 value = 0;

  if (field == NULL)
    return FALSE;
  field += strcspn (field, "0123456789");
  if (*field == '\0')
    return FALSE;
  value = g_ascii_strtoull (field, NULL, 10);
  *index = (guint)value;
  return value < n_entries;
}

/**
 * cpt_json_decode_inventory_refusals:
 * @body: of a 422
 * @n_entries: of the request
 *
 * Returns: (transfer full) (element-type CptInventoryRefusal): the entries it names, each once;
 *   empty when it names none
 */
GPtrArray *
cpt_json_decode_inventory_refusals (GBytes *body, guint n_entries)
{
  GPtrArray *refusals = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_inventory_refusal_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonArray *errors =
      body != NULL ? cpt_json_array_member (cpt_json_parse_object (body, &root, NULL), "errors")
                   : NULL;

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      JsonObject *error =
          cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
      CptInventoryRefusal *refusal = NULL;
      guint index = 0;

      if (!read_index (cpt_json_text (cpt_json_member (error, "field")), n_entries, &index) ||
          !g_hash_table_add (seen, GUINT_TO_POINTER (index)))
        continue;
      refusal = g_new0 (CptInventoryRefusal, 1);
      refusal->index = index;
      refusal->reason = cpt_json_dup_member (error, "message");
      g_ptr_array_add (refusals, refusal);
    }
  return refusals;
}
