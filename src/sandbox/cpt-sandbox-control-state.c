/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control path: what the shop holds, and its switches. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

typedef struct
{
  const char *name;
  gsize offset;
} Switch;

static const Switch switches[] = {
  { "strict", G_STRUCT_OFFSET (CptSandboxSettings, strict) },
  { "limits", G_STRUCT_OFFSET (CptSandboxSettings, limits) },
  { "retry_after", G_STRUCT_OFFSET (CptSandboxSettings, retry_after) },
  { "own_is_program", G_STRUCT_OFFSET (CptSandboxSettings, own_is_program) },
  { "newest_first", G_STRUCT_OFFSET (CptSandboxSettings, newest_first) },
  { "callback_clears", G_STRUCT_OFFSET (CptSandboxSettings, callback_clears) },
};

static const Switch numbers[] = {
  { "limit_minute", G_STRUCT_OFFSET (CptSandboxSettings, limit[0]) },
  { "limit_hour", G_STRUCT_OFFSET (CptSandboxSettings, limit[1]) },
  { "limit_day", G_STRUCT_OFFSET (CptSandboxSettings, limit[2]) },
  { "limit_heavy", G_STRUCT_OFFSET (CptSandboxSettings, limit[3]) },
};

static const char *const ref_words[] = { "fields", "plain", "ignore", NULL };
static const char *const acceptance_words[] = { "online", "normal", NULL };

static JsonObject *
describe_settings (CptSandbox *self)
{
  JsonObject *reply = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    json_object_set_boolean_member (reply, switches[i].name,
                                    G_STRUCT_MEMBER (gboolean, &self->settings,
                                                     switches[i].offset));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (reply, numbers[i].name,
                                G_STRUCT_MEMBER (guint, &self->settings, numbers[i].offset));
  json_object_set_string_member (reply, "unknown_refs", self->settings.unknown_refs);
  json_object_set_string_member (reply, "acceptance_word", self->settings.acceptance_word);
  return reply;
}

/* GET settings */
void
cpt_sandbox_control_get_settings (CptSandboxCall *call)
{
  cpt_sandbox_reply_object (call, 200, describe_settings (call->sandbox));
}

static gboolean
set_word (char **place, JsonNode *value, const char *const *words)
{
  const char *word =
      json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;

  if (!word || !g_strv_contains (words, word))
    return FALSE;
  g_free (*place);
  *place = g_strdup (word);
  return TRUE;
}

/* The word for an open shop changes on the locations that show it, too. */
static void
rename_open_mode (CptSandbox *self)
{
  for (guint i = 0; i < self->locations->len; i++)
    {
      JsonObject *acceptance =
          cpt_sandbox_json_object (self->locations->pdata[i], "order_acceptance");

      if (g_strv_contains (acceptance_words, cpt_sandbox_json_string (acceptance, "mode")))
        json_object_set_string_member (acceptance, "mode", self->settings.acceptance_word);
    }
}

static gboolean
set_switch (CptSandbox *self, const Switch *one, JsonNode *value)
{
  if (json_node_get_value_type (value) != G_TYPE_BOOLEAN)
    return FALSE;
  G_STRUCT_MEMBER (gboolean, &self->settings, one->offset) = json_node_get_boolean (value);
  return TRUE;
}

static gboolean
set_number (CptSandbox *self, const Switch *one, JsonNode *value)
{
  gint64 number = json_node_get_value_type (value) == G_TYPE_INT64 ? json_node_get_int (value) : -1;

  if (number < 0 || number > G_MAXUINT)
    return FALSE;
  G_STRUCT_MEMBER (guint, &self->settings, one->offset) = (guint)number;
  return TRUE;
}

static gboolean
set_one (CptSandbox *self, const char *name, JsonNode *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (strcmp (switches[i].name, name) == 0)
      return set_switch (self, &switches[i], value);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].name, name) == 0)
      return set_number (self, &numbers[i], value);
  if (strcmp (name, "unknown_refs") == 0)
    return set_word (&self->settings.unknown_refs, value, ref_words);
  return strcmp (name, "acceptance_word") == 0 &&
         set_word (&self->settings.acceptance_word, value, acceptance_words);
}

/* PATCH settings */
void
cpt_sandbox_control_settings (CptSandboxCall *call)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (call->json));
  while (json_object_iter_next (&iter, &name, &value))
    if (!JSON_NODE_HOLDS_VALUE (value) || !set_one (call->sandbox, name, value))
      {
        cpt_sandbox_reply_field (call, name, "is not a setting, or not such a value");
        return;
      }
  rename_open_mode (call->sandbox);
  cpt_sandbox_control_get_settings (call);
}

static JsonObject *
describe_connection (CptSandboxConnection *connection)
{
  JsonObject *reply = json_object_new ();
  JsonArray *events = json_array_new ();
  JsonArray *used = json_array_new ();

  json_object_set_string_member (reply, "id", connection->id);
  json_object_set_boolean_member (reply, "live", connection->token != NULL);
  json_object_set_string_member (reply, "device_id", connection->device_id);
  json_object_set_string_member (reply, "scope", connection->scope);
  json_object_set_string_member (reply, "location_id", connection->location_id);
  cpt_sandbox_json_set_string (reply, "catalog_id", connection->catalog_id);
  cpt_sandbox_json_set_string (reply, "customer_list_id", connection->customer_list_id);
  if (connection->callback)
    json_object_set_object_member (reply, "callback", json_object_ref (connection->callback));
  else
    json_object_set_null_member (reply, "callback");
  for (guint i = 0; i < connection->events->len; i++)
    json_array_add_object_element (events,
                                   json_object_ref (
                                       ((CptSandboxEvent *)connection->events->pdata[i])->head));
  for (guint i = 0; i < G_N_ELEMENTS (connection->used); i++)
    json_array_add_int_element (used, connection->used[i]);
  json_object_set_array_member (reply, "events", events);
  json_object_set_array_member (reply, "used", used);
  return reply;
}

static JsonArray *
describe_connections (CptSandbox *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->connections->len; i++)
    cpt_sandbox_json_add_object (list, describe_connection (self->connections->pdata[i]));
  return list;
}

static JsonArray *
describe_objects (GPtrArray *objects)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < objects->len; i++)
    cpt_sandbox_json_add_object (list, json_object_ref (objects->pdata[i]));
  return list;
}

/* Documents with every connection's private refs under "_private". */
static JsonArray *
describe_orders (CptSandbox *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->orders->len; i++)
    cpt_sandbox_json_add_object (list, json_object_ref (
                                           ((CptSandboxOrder *)self->orders->pdata[i])->document));
  return list;
}

static JsonArray *
describe_customers (CptSandbox *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->customers->len; i++)
    cpt_sandbox_json_add_object (list,
                                 json_object_ref (
                                     ((CptSandboxCustomer *)self->customers->pdata[i])->document));
  return list;
}

static JsonArray *
describe_catalogs (CptSandbox *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->catalogs->len; i++)
    {
      CptSandboxCatalog *catalog = self->catalogs->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "id",
                                     json_object_get_string_member (catalog->document, "id"));
      json_object_set_string_member (entry, "name",
                                     json_object_get_string_member (catalog->document, "name"));
      cpt_sandbox_json_add_object (list, entry);
    }
  return list;
}

/* GET state */
void
cpt_sandbox_control_state (CptSandboxCall *call)
{
  CptSandbox *self = call->sandbox;
  JsonObject *reply = json_object_new ();
  g_autofree char *now = cpt_sandbox_now_text (self);

  json_object_set_string_member (reply, "now", now);
  json_object_set_object_member (reply, "settings", describe_settings (self));
  json_object_set_object_member (reply, "account", json_object_ref (self->account));
  json_object_set_array_member (reply, "locations", describe_objects (self->locations));
  json_object_set_array_member (reply, "customer_lists", describe_objects (self->lists));
  json_object_set_array_member (reply, "catalogs", describe_catalogs (self));
  json_object_set_array_member (reply, "connections", describe_connections (self));
  json_object_set_array_member (reply, "customers", describe_customers (self));
  json_object_set_int_member (reply, "held", self->held->len);
  if (g_strcmp0 (cpt_sandbox_query (call, "orders"), "no") != 0)
    json_object_set_array_member (reply, "orders", describe_orders (self));
  cpt_sandbox_reply_object (call, 200, reply);
}
