/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passive callback and its queue of events. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

/* Resource and the types of event it has. */
static const char *const allowed_events[][4] = {
  { "catalog", "create", "delete", "update" }, { "customer", "create", "update", NULL },
  { "delivery", "create", "update", NULL },    { "inventory", "patch", "update", NULL },
  { "location", "update", NULL, NULL },        { "order", "create", "update", NULL },
};

void
cpt_sandbox_event_free (CptSandboxEvent *event)
{
  g_free (event->id);
  json_object_unref (event->head);
  g_free (event->state);
  g_free (event->previous);
  g_free (event->state_name);
  g_free (event);
}

static gboolean
listens (CptSandboxConnection *connection, const char *resource, const char *type)
{
  JsonObject *events = cpt_sandbox_json_object (connection->callback, "events");
  JsonArray *types = cpt_sandbox_json_array (events, resource);

  for (guint i = 0; types && i < json_array_get_length (types); i++)
    if (strcmp (json_array_get_string_element (types, i), type) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_own_change (CptSandbox *self, CptSandboxConnection *author, CptSandboxConnection *connection)
{
  if (!author)
    return FALSE;
  return author == connection ||
         (self->settings.own_is_program && strcmp (author->client_id, connection->client_id) == 0);
}

static gboolean
is_bound (JsonObject *ids, const char *name, const char *bound)
{
  const char *id = cpt_sandbox_json_string (ids, name);

  return !id || g_strcmp0 (id, bound) == 0;
}

/* What happens to another location, catalog or list is not this connection's. */
static gboolean
concerns (CptSandboxConnection *connection, const char *location_id, JsonObject *ids)
{
  return (!location_id || strcmp (location_id, connection->location_id) == 0) &&
         is_bound (ids, "catalog_id", connection->catalog_id) &&
         is_bound (ids, "customer_list_id", connection->customer_list_id);
}

static void
queue_event (CptSandbox *self,
             CptSandboxConnection *connection,
             const char *resource,
             const char *type,
             JsonObject *ids,
             const char *state_name,
             JsonNode *state,
             JsonNode *previous)
{
  CptSandboxEvent *event = g_new0 (CptSandboxEvent, 1);
  g_autofree char *now = cpt_sandbox_now_text (self);

  event->id = cpt_sandbox_new_id (6);
  event->serial = ++self->serial;
  event->head = json_object_new ();
  json_object_set_string_member (event->head, "id", event->id);
  json_object_set_string_member (event->head, "created_at", now);
  json_object_set_string_member (event->head, "resource_type", resource);
  json_object_set_string_member (event->head, "event_type", type);
  cpt_sandbox_json_merge (event->head, ids, FALSE);
  event->state_name = g_strdup (state_name);
  event->state = state ? cpt_sandbox_json_text (state) : NULL;
  event->previous = previous ? cpt_sandbox_json_text (previous) : NULL;
  g_ptr_array_add (connection->events, event);
}

/* Queues an event for every connection that listens, `author` excepted. `location_id` NULL: for
 * all locations. `state` and `previous` may be NULL; nothing is taken over. */
void
cpt_sandbox_publish (CptSandbox *self,
                     CptSandboxConnection *author,
                     const char *location_id,
                     const char *resource,
                     const char *type,
                     JsonObject *ids,
                     const char *state_name,
                     JsonNode *state,
                     JsonNode *previous)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      CptSandboxConnection *connection = self->connections->pdata[i];

      if (connection->token && listens (connection, resource, type) &&
          !is_own_change (self, author, connection) && concerns (connection, location_id, ids))
        queue_event (self, connection, resource, type, ids, state_name, state, previous);
    }
}

/* GET /callback */
void
cpt_sandbox_get_callback (CptSandboxCall *call)
{
  JsonObject *callback = call->connection->callback;

  if (callback)
    {
      cpt_sandbox_reply_object (call, 200, json_object_ref (callback));
      return;
    }
  callback = json_object_new ();
  json_object_set_null_member (callback, "url");
  json_object_set_object_member (callback, "events", json_object_new ());
  cpt_sandbox_reply_object (call, 200, callback);
}

static gboolean
event_is_allowed (const char *resource, const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowed_events); i++)
    if (strcmp (allowed_events[i][0], resource) == 0)
      for (guint j = 1; j < 4 && allowed_events[i][j]; j++)
        if (g_strcmp0 (allowed_events[i][j], type) == 0)
          return TRUE;
  return FALSE;
}

static void
check_events (JsonObject *events, const char *resource, JsonNode *types, gpointer errors)
{
  g_autofree char *field = g_strdup_printf ("events.%s", resource);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (types) ? json_node_get_array (types) : NULL;

  if (!array)
    cpt_sandbox_add_error (errors, field, "must be an array");
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *type = json_array_get_element (array, i);

      if (json_node_get_value_type (type) != G_TYPE_STRING ||
          !event_is_allowed (resource, json_node_get_string (type)))
        cpt_sandbox_add_error (errors, field, "is not an allowed event");
    }
}

static JsonArray *
check_callback (JsonObject *callback)
{
  JsonArray *errors = json_array_new ();
  JsonObject *events = cpt_sandbox_json_object (callback, "events");
  g_autoptr (GList) names = callback ? json_object_get_members (callback) : NULL;

  for (GList *l = names; l; l = l->next)
    if (strcmp (l->data, "url") != 0 && strcmp (l->data, "events") != 0)
      cpt_sandbox_add_error (errors, l->data, "is unknown");
  if (callback && json_object_has_member (callback, "url") &&
      !json_object_get_null_member (callback, "url"))
    cpt_sandbox_add_error (errors, "url", "must be null: only passive callbacks exist here");
  if (events)
    json_object_foreach_member (events, check_events, errors);
  else
    cpt_sandbox_add_error (errors, "events", "is required");
  return errors;
}

/* POST /callback: replaces any earlier one. */
void
cpt_sandbox_post_callback (CptSandboxCall *call)
{
  JsonObject *callback =
      JSON_NODE_HOLDS_OBJECT (call->json) ? json_node_get_object (call->json) : NULL;
  g_autoptr (JsonArray) errors = check_callback (callback);

  if (json_array_get_length (errors) > 0)
    {
      cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
      return;
    }
  g_clear_pointer (&call->connection->callback, json_object_unref);
  call->connection->callback = json_object_new ();
  json_object_set_null_member (call->connection->callback, "url");
  json_object_set_member (call->connection->callback, "events",
                          cpt_sandbox_json_copy (json_object_get_member (callback, "events")));
  if (call->sandbox->settings.callback_clears)
    g_ptr_array_set_size (call->connection->events, 0);
  cpt_sandbox_reply_object (call, 200, json_object_ref (call->connection->callback));
}

/* DELETE /callback: its events go with it. */
void
cpt_sandbox_delete_callback (CptSandboxCall *call)
{
  g_clear_pointer (&call->connection->callback, json_object_unref);
  g_ptr_array_set_size (call->connection->events, 0);
  cpt_sandbox_get_callback (call);
}

/* GET /callback/events: oldest first, without their states. */
void
cpt_sandbox_list_events (CptSandboxCall *call)
{
  g_autoptr (JsonArray) list = json_array_new ();
  CptSandboxPage page;

  if (!cpt_sandbox_check_query (call, (const char *[]){ "count", "cursor", NULL }) ||
      !cpt_sandbox_page_begin (call, &page))
    return;
  for (guint i = 0; i < call->connection->events->len; i++)
    {
      CptSandboxEvent *event = call->connection->events->pdata[i];

      if (page.continued && event->serial <= page.last)
        continue;
      if (cpt_sandbox_page_full (call, &page, event->serial))
        break;
      cpt_sandbox_json_add_object (list, json_object_ref (event->head));
    }
  cpt_sandbox_reply_array (call, 200, g_steal_pointer (&list));
}

static guint
find_event (CptSandboxCall *call)
{
  GPtrArray *events = call->connection->events;

  for (guint i = 0; i < events->len; i++)
    if (strcmp (((CptSandboxEvent *)events->pdata[i])->id, call->arguments[0]) == 0)
      return i;
  cpt_sandbox_reply_error (call, 404, "No such event", NULL);
  return G_MAXUINT;
}

static void
add_state (JsonObject *reply, const char *name, const char *text, const char *connection_id)
{
  g_autoptr (JsonNode) state = text ? cpt_sandbox_json_parse (text, strlen (text), NULL) : NULL;

  if (state)
    json_object_set_member (reply, name, cpt_sandbox_show (state, connection_id));
}

/* GET /callback/events/:id */
void
cpt_sandbox_get_event (CptSandboxCall *call)
{
  guint index = find_event (call);
  CptSandboxEvent *event;
  JsonObject *reply;

  if (index == G_MAXUINT)
    return;
  event = call->connection->events->pdata[index];
  reply = cpt_sandbox_json_copy_object (event->head);
  add_state (reply, event->state_name, event->state, call->connection->id);
  add_state (reply, "previous_state", event->previous, call->connection->id);
  cpt_sandbox_reply_object (call, 200, reply);
}

/* DELETE /callback/events/:id */
void
cpt_sandbox_delete_event (CptSandboxCall *call)
{
  guint index = find_event (call);

  if (index == G_MAXUINT)
    return;
  g_ptr_array_remove_index (call->connection->events, index);
  cpt_sandbox_reply_object (call, 200, json_object_new ());
}
