/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of the demo shop: how one comes to be and how it changes. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define FOREIGN "foreign" /* whose private refs no connection sees */

/* What stands in every order, and its JSON where a client said nothing. */
static const char *const defaults[][2] = {
  { "ref", "null" },
  { "service_type", "null" },
  { "service_type_ref", "null" },
  { "channel", "null" },
  { "connection_name", "null" },
  { "expected_time", "null" },
  { "confirmed_time", "null" },
  { "customer_notes", "null" },
  { "seller_notes", "null" },
  { "collection_code", "null" },
  { "coupon_codes", "[]" },
  { "items", "[]" },
  { "deals", "{}" },
  { "discounts", "[]" },
  { "charges", "[]" },
  { "payments", "[]" },
  { "customer", "null" },
  { "delivery", "null" },
  { "loyalty_operations", "[]" },
  { "custom_fields", "{}" },
};

static const char *const times[] = { "created_at", "expected_time", "confirmed_time" };

void
cpt_sandbox_order_free (CptSandboxOrder *order)
{
  g_free (order->id);
  g_free (order->location_id);
  json_object_unref (order->document);
  g_clear_pointer (&order->raw, g_bytes_unref);
  g_free (order);
}

static void
localise_times (JsonObject *document)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 usec;

      if (cpt_sandbox_time_parse (cpt_sandbox_json_string (document, times[i]), &usec))
        {
          g_autofree char *text = cpt_sandbox_time_text (usec, CPT_SANDBOX_ZONE);

          json_object_set_string_member (document, times[i], text);
        }
    }
}

static void
complete_options (JsonObject *item)
{
  JsonArray *options = cpt_sandbox_json_array (item, "options");

  for (guint i = 0; options && i < json_array_get_length (options); i++)
    {
      JsonObject *option = cpt_sandbox_json_element (options, i);

      cpt_sandbox_json_set_default (option, "quantity", json_node_init_int (json_node_alloc (), 1));
      cpt_sandbox_json_set_default (option, "removed",
                                    json_node_init_boolean (json_node_alloc (), FALSE));
    }
}

static void
complete_element (JsonObject *element, const char *list)
{
  g_autofree char *id = cpt_sandbox_new_id (5);

  if (!json_object_has_member (element, "id"))
    json_object_set_string_member (element, "id", id);
  if (strcmp (list, "items") != 0)
    return;
  if (!cpt_sandbox_json_array (element, "options"))
    json_object_set_array_member (element, "options", json_array_new ());
  complete_options (element);
}

static void
complete_lists (JsonObject *document)
{
  for (const char *const *list = cpt_sandbox_order_lists; *list; list++)
    {
      JsonArray *array = cpt_sandbox_json_array (document, *list);

      for (guint i = 0; array && i < json_array_get_length (array); i++)
        complete_element (cpt_sandbox_json_element (array, i), *list);
    }
}

static void
set_text_default (JsonObject *document, const char *name, const char *value)
{
  if (!cpt_sandbox_json_string (document, name))
    json_object_set_string_member (document, name, value);
}

/* A new document with id, times and every field in its place. */
static JsonObject *
complete_document (CptSandbox *self, const char *location_id, JsonObject *given)
{
  JsonObject *document = json_object_new ();
  g_autofree char *id = cpt_sandbox_new_id (5);
  g_autofree char *now = cpt_sandbox_now_text (self);
  const char *given_id = cpt_sandbox_json_string (given, "id");
  gboolean is_free = given_id && !g_hash_table_contains (self->orders_by_id, given_id);

  json_object_set_null_member (document, "id");
  json_object_set_string_member (document, "location_id", location_id);
  cpt_sandbox_json_merge (document, given, FALSE);
  json_object_set_string_member (document, "id", is_free ? given_id : id);
  set_text_default (document, "created_at", now);
  set_text_default (document, "created_by", "Comptoir");
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (!json_object_has_member (document, defaults[i][0]) ||
        (strcmp (defaults[i][1], "null") != 0 &&
         json_object_get_null_member (document, defaults[i][0])))
      json_object_set_member (document, defaults[i][0], json_from_string (defaults[i][1], NULL));
  complete_lists (document);
  localise_times (document);
  return document;
}

static JsonObject *
order_ids (CptSandboxOrder *order)
{
  JsonObject *ids = json_object_new ();

  json_object_set_string_member (ids, "order_id", order->id);
  json_object_set_string_member (ids, "location_id", order->location_id);
  return ids;
}

static void
publish_order (CptSandbox *self,
               CptSandboxConnection *author,
               CptSandboxOrder *order,
               const char *type,
               JsonNode *previous)
{
  g_autoptr (JsonObject) ids = order_ids (order);
  g_autoptr (JsonNode) state = cpt_sandbox_json_node (order->document);

  cpt_sandbox_publish (self, author, order->location_id, "order", type, ids, "new_state", state,
                       previous);
}

static void
publish_delivery (CptSandbox *self,
                  CptSandboxConnection *author,
                  CptSandboxOrder *order,
                  gboolean had_one)
{
  g_autoptr (JsonObject) ids = order_ids (order);
  JsonObject *delivery = cpt_sandbox_json_object (order->document, "delivery");
  g_autoptr (JsonNode) state = delivery ? cpt_sandbox_json_node (delivery) : NULL;

  if (delivery)
    cpt_sandbox_publish (self, author, order->location_id, "delivery",
                         had_one ? "update" : "create", ids, "new_state", state, NULL);
}

static CptSandboxOrder *
store_order (CptSandbox *self, const char *location_id, const char *id, JsonObject *document)
{
  CptSandboxOrder *order = g_new0 (CptSandboxOrder, 1);

  order->id = g_strdup (id);
  order->serial = ++self->serial;
  order->location_id = g_strdup (location_id);
  order->document = document;
  if (!cpt_sandbox_time_parse (cpt_sandbox_json_string (document, "created_at"), &order->created))
    order->created = cpt_sandbox_clock_now (self->clock);
  g_ptr_array_add (self->orders, order);
  g_hash_table_insert (self->orders_by_id, order->id, order);
  return order;
}

/* Creates an order from fields that were checked; `author` NULL: somebody else's program, whose
 * given totals are kept. `given` is not taken over. */
CptSandboxOrder *
cpt_sandbox_add_order (CptSandbox *self,
                       CptSandboxConnection *author,
                       const char *location_id,
                       JsonObject *given)
{
  JsonObject *document = complete_document (self, location_id, given);
  g_autoptr (JsonNode) node = cpt_sandbox_json_node (document);
  CptSandboxOrder *order;

  cpt_sandbox_hide_refs (node, author ? author->id : FOREIGN);
  cpt_sandbox_compute_totals (document, author == NULL);
  order = store_order (self, location_id, json_object_get_string_member (document, "id"), document);
  publish_order (self, author, order, "create", NULL);
  return order;
}

/* Stores a document exactly as it is, or text that may be no document at all (`raw`, nullable).
 * Both are taken over. `id` is what it has in the path. */
CptSandboxOrder *
cpt_sandbox_add_verbatim (CptSandbox *self,
                          const char *location_id,
                          const char *id,
                          JsonObject *document,
                          GBytes *raw)
{
  CptSandboxOrder *order = store_order (self, location_id, id, document);

  order->verbatim = TRUE;
  order->raw = raw;
  publish_order (self, NULL, order, "create", NULL);
  return order;
}

static void
delete_element (JsonArray *elements, const char *id)
{
  for (guint i = 0; i < json_array_get_length (elements); i++)
    {
      JsonObject *element = cpt_sandbox_json_element (elements, i);

      if (g_strcmp0 (cpt_sandbox_json_string (element, "id"), id) == 0)
        json_object_set_boolean_member (element, "deleted", TRUE);
    }
}

static void
change_list (JsonObject *document, const char *list, JsonArray *changes)
{
  JsonArray *elements = cpt_sandbox_json_array (document, list);

  if (!elements)
    {
      elements = json_array_new ();
      json_object_set_array_member (document, list, elements);
    }
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = cpt_sandbox_json_element (changes, i);
      const char *id = cpt_sandbox_json_string (change, "id");

      if (id)
        {
          delete_element (elements, id);
          continue;
        }
      change = cpt_sandbox_json_copy_object (change);
      complete_element (change, list);
      cpt_sandbox_json_add_object (elements, change);
    }
}

static void
change_custom_fields (JsonObject *document, JsonObject *changes)
{
  JsonObject *fields = cpt_sandbox_json_object (document, "custom_fields");

  if (!fields)
    {
      fields = json_object_new ();
      json_object_set_object_member (document, "custom_fields", fields);
    }
  cpt_sandbox_json_merge (fields, changes, TRUE);
}

static void
change_member (JsonObject *document, const char *name, JsonNode *value)
{
  if (g_strv_contains (cpt_sandbox_order_lists, name) && JSON_NODE_HOLDS_ARRAY (value))
    change_list (document, name, json_node_get_array (value));
  else if (strcmp (name, "custom_fields") == 0 && JSON_NODE_HOLDS_OBJECT (value))
    change_custom_fields (document, json_node_get_object (value));
  else
    json_object_set_member (document, name, cpt_sandbox_json_copy (value));
}

/* Applies changes that were checked, by `author` or, with NULL, by somebody else's program. */
void
cpt_sandbox_change_order (CptSandbox *self,
                          CptSandboxConnection *author,
                          CptSandboxOrder *order,
                          JsonObject *changes)
{
  g_autoptr (JsonObject) before = cpt_sandbox_json_copy_object (order->document);
  g_autoptr (JsonNode) previous = cpt_sandbox_json_node (before);
  g_autoptr (JsonObject) hidden = cpt_sandbox_json_copy_object (changes);
  g_autoptr (JsonNode) node = cpt_sandbox_json_node (hidden);
  const char *connection_id = author ? author->id : FOREIGN;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  cpt_sandbox_hide_refs (node, connection_id);
  json_object_iter_init_ordered (&iter, hidden);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (strcmp (name, "_private") == 0)
      cpt_sandbox_set_private_ref (order->document, connection_id,
                                   cpt_sandbox_private_ref (hidden, connection_id));
    else
      change_member (order->document, name, value);
  localise_times (order->document);
  if (!order->verbatim)
    cpt_sandbox_compute_totals (order->document, json_object_has_member (changes, "total"));
  publish_order (self, author, order, "update", previous);
  if (json_object_has_member (changes, "delivery"))
    publish_delivery (self, author, order, cpt_sandbox_json_object (before, "delivery") != NULL);
}
