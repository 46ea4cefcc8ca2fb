/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small documents of HubRise: events, the grant of a token, location, callback, a catalog's
 * name, and the line of the demo shop. Any thread. */
#include "cpt-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-hubrise-client.h"

static gboolean
fail_missing (GError **error, const char *name)
{
  /* TRANSLATORS: %s is the name of a field in a document, such as "access_token" */
  g_set_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
               _ ("The answer has no “%s” that can be read"), name);
  return FALSE;
}

void
cpt_hubrise_event_free (CptHubriseEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->id);
  g_free (event->resource_type);
  g_free (event->event_type);
  g_free (event->order_id);
  g_free (event->location_id);
  g_free (event->catalog_id);
  g_free (event);
}

static CptHubriseEvent *
read_event (JsonObject *object)
{
  CptHubriseEvent *event = g_new0 (CptHubriseEvent, 1);
  g_autofree char *created_at = cpt_json_dup_member (object, "created_at");

  event->id = cpt_json_dup_member (object, "id");
  event->resource_type = cpt_json_dup_member (object, "resource_type");
  event->event_type = cpt_json_dup_member (object, "event_type");
  event->order_id = cpt_json_dup_member (object, "order_id");
  event->location_id = cpt_json_dup_member (object, "location_id");
  event->catalog_id = cpt_json_dup_member (object, "catalog_id");
  if (created_at == NULL || !cpt_time_parse (created_at, &event->created_at))
    event->created_at = CPT_TIME_NONE;
  return event;
}

/**
 * cpt_json_decode_events:
 *
 * An event without an id could never be acknowledged and is left out. Any thread.
 *
 * Returns: (transfer full) (element-type CptHubriseEvent): or NULL when @body is no list
 */
GPtrArray *
cpt_json_decode_events (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = cpt_json_parse (body, error);

  if (root == NULL)
    return NULL;
  if (cpt_json_kind (root) != CPT_JSON_ARRAY)
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("A list was expected, something else came"));
      return NULL;
    }

  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_hubrise_event_free);
  JsonArray *array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (CptHubriseEvent) event = NULL;

      if (cpt_json_kind (node) == CPT_JSON_OBJECT)
        event = read_event (json_node_get_object (node));
      if (event != NULL && event->id != NULL)
        g_ptr_array_add (events, g_steal_pointer (&event));
    }
  return events;
}

void
cpt_hubrise_grant_free (CptHubriseGrant *grant)
{
  if (grant == NULL)
    return;
  if (grant->access_token != NULL)
    explicit_bzero (grant->access_token, strlen (grant->access_token));
  g_free (grant->access_token);
  g_free (grant->account_id);
  g_free (grant->account_name);
  g_free (grant->location_id);
  g_free (grant->location_name);
  g_free (grant->catalog_id);
  g_free (grant->catalog_name);
  g_free (grant->customer_list_id);
  g_free (grant->customer_list_name);
  g_free (grant);
}

static gboolean
is_header_safe (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/**
 * cpt_json_decode_grant:
 *
 * Returns: (transfer full): the grant, whose token and location_id are never NULL; NULL with
 * %CPT_HUBRISE_ERROR_DOCUMENT otherwise.
 */
CptHubriseGrant *
cpt_json_decode_grant (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);
  g_autoptr (CptHubriseGrant) grant = g_new0 (CptHubriseGrant, 1);

  if (object == NULL)
    return NULL;

  grant->access_token = cpt_json_dup_member (object, "access_token");
  grant->account_id = cpt_json_dup_member (object, "account_id");
  grant->account_name = cpt_json_dup_member (object, "account_name");
  grant->location_id = cpt_json_dup_member (object, "location_id");
  grant->location_name = cpt_json_dup_member (object, "location_name");
  grant->catalog_id = cpt_json_dup_member (object, "catalog_id");
  grant->catalog_name = cpt_json_dup_member (object, "catalog_name");
  grant->customer_list_id = cpt_json_dup_member (object, "customer_list_id");
  grant->customer_list_name = cpt_json_dup_member (object, "customer_list_name");

  if (grant->access_token == NULL || !is_header_safe (grant->access_token))
    fail_missing (error, "access_token");
  else if (grant->location_id == NULL)
    fail_missing (error, "location_id");
  else
    return g_steal_pointer (&grant);
  return NULL;
}

static void
take_member (char **field, JsonObject *object, const char *name)
{
  g_free (*field);
  *field = cpt_json_dup_member (object, name);
}

static void
read_location_address (JsonObject *object, CptConnection *connection)
{
  take_member (&connection->address_1, object, "address");
  if (connection->address_1 == NULL)
    take_member (&connection->address_1, object, "address_1");
  take_member (&connection->address_2, object, "address_2");
  take_member (&connection->postal_code, object, "postal_code");
  take_member (&connection->city, object, "city");
  take_member (&connection->country, object, "country");
}

static int
read_minutes (JsonObject *object, const char *name)
{
  const char *text = cpt_json_text (cpt_json_member (object, name));
  gint64 minutes = 0;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, 24 * 60, &minutes, NULL))
    return 0;
  return (int)minutes;
}

static void
read_account (JsonObject *account, CptConnection *connection)
{
  if (account == NULL)
    return;
  take_member (&connection->account_id, account, "id");
  take_member (&connection->account_name, account, "name");
  take_member (&connection->currency, account, "currency");
}

/* HubRise shows it as an object; a bare name is understood as well. */
static void
read_time_zone (JsonObject *object, CptConnection *connection)
{
  JsonObject *zone = cpt_json_object_member (object, "timezone");

  if (zone != NULL)
    take_member (&connection->time_zone, zone, "name");
  else
    take_member (&connection->time_zone, object, "timezone");
}

static void
read_acceptance (JsonObject *acceptance, CptConnection *connection)
{
  g_autofree char *resume_at = NULL;

  g_clear_pointer (&connection->order_acceptance, g_free);
  g_clear_pointer (&connection->acceptance_reason, g_free);
  connection->acceptance_minutes = 0;
  connection->acceptance_resume_at = CPT_TIME_NONE;
  if (acceptance == NULL)
    return;
  take_member (&connection->order_acceptance, acceptance, "mode");
  take_member (&connection->acceptance_reason, acceptance, "reason");
  connection->acceptance_minutes = read_minutes (acceptance, "extra_preparation_time");
  resume_at = cpt_json_dup_member (acceptance, "resume_at");
  if (resume_at == NULL || !cpt_time_parse (resume_at, &connection->acceptance_resume_at))
    connection->acceptance_resume_at = CPT_TIME_NONE;
}

static void
append_spans (GString *hours, int day, JsonArray *spans)
{
  for (guint i = 0; spans != NULL && i < json_array_get_length (spans); i++)
    {
      JsonNode *node = json_array_get_element (spans, i);
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      if (cpt_json_kind (node) != CPT_JSON_OBJECT)
        continue;
      from = cpt_json_dup_member (json_node_get_object (node), "from");
      to = cpt_json_dup_member (json_node_get_object (node), "to");
      if (from != NULL && to != NULL)
        g_string_append_printf (hours, "%s%d %s %s", hours->len > 0 ? ";" : "", day, from, to);
    }
}

/* In the one line that cpt-opening-hours.h reads. */
static void
read_opening_hours (JsonObject *object, CptConnection *connection)
{
  static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                      "friday", "saturday", "sunday" };
  JsonObject *week = cpt_json_object_member (object, "opening_hours");
  g_autoptr (GString) hours = g_string_new (NULL);

  g_clear_pointer (&connection->opening_hours, g_free);
  for (gsize i = 0; week != NULL && i < G_N_ELEMENTS (days); i++)
    append_spans (hours, (int)i + 1, cpt_json_array_member (week, days[i]));
  if (hours->len > 0)
    connection->opening_hours = g_string_free (g_steal_pointer (&hours), FALSE);
}

/**
 * cpt_json_decode_location:
 * @connection: a fresh copy; untouched when FALSE is returned
 *
 * What the location does not tell becomes NULL or 0; an absent account leaves the one known.
 */
gboolean
cpt_json_decode_location (GBytes *body, CptConnection *connection, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);
  g_autofree char *id = NULL;

  if (object == NULL)
    return FALSE;
  id = cpt_json_dup_member (object, "id");
  if (id == NULL)
    return fail_missing (error, "id");

  take_member (&connection->location_id, object, "id");
  take_member (&connection->location_name, object, "name");
  read_account (cpt_json_object_member (object, "account"), connection);
  read_location_address (object, connection);
  read_time_zone (object, connection);
  take_member (&connection->cutoff_time, object, "cutoff_time");
  connection->preparation_time = read_minutes (object, "preparation_time");
  read_opening_hours (object, connection);
  read_acceptance (cpt_json_object_member (object, "order_acceptance"), connection);
  return TRUE;
}

static void
collect_events (JsonObject *events, GHashTable *found)
{
  JsonObjectIter iter;
  const char *resource = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, events);
  while (json_object_iter_next_ordered (&iter, &resource, &node))
    {
      JsonArray *kinds = cpt_json_array_member (events, resource);

      for (guint i = 0; kinds != NULL && i < json_array_get_length (kinds); i++)
        {
          const char *kind = cpt_json_text (json_array_get_element (kinds, i));
          g_hash_table_add (found, g_strdup_printf ("%s.%s", resource, kind != NULL ? kind : ""));
        }
    }
}

/**
 * cpt_json_callback_is_ours:
 *
 * Whether @body is the callback of cpt_hubrise_request_post_callback(): no URL and exactly its
 * events, in any order.
 */
gboolean
cpt_json_callback_is_ours (GBytes *body)
{
  static const char *const ours[] = { "order.create",    "order.update",     "catalog.update",
                                      "inventory.patch", "inventory.update", "location.update" };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, NULL);
  JsonObject *events = cpt_json_object_member (object, "events");
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (events == NULL || cpt_json_kind (cpt_json_member (object, "url")) != CPT_JSON_NULL)
    return FALSE;

  collect_events (events, found);
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    if (!g_hash_table_contains (found, ours[i]))
      return FALSE;
  return g_hash_table_size (found) == G_N_ELEMENTS (ours);
}

/**
 * cpt_json_decode_catalog_name:
 * @id: (out) (transfer full): never NULL on success
 * @name: (out) (transfer full) (nullable)
 */
gboolean
cpt_json_decode_catalog_name (GBytes *body, char **id, char **name, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);

  if (object == NULL)
    return FALSE;
  *id = cpt_json_dup_member (object, "id");
  if (*id == NULL)
    return fail_missing (error, "id");
  *name = cpt_json_dup_member (object, "name");
  return TRUE;
}

static CptField *
tidy_field (const char *path, const char *words)
{
  g_autofree char *tidy_path = cpt_json_tidy_words (path);
  g_autofree char *tidied = words != NULL ? cpt_json_tidy_words (words) : NULL;

  return cpt_field_new (tidy_path, tidied);
}

/**
 * cpt_json_decode_field_errors:
 * @body: (nullable): of a refusal
 *
 * Returns: (transfer full) (element-type CptField): the fields it names, each with HubRise's words
 *   or none; empty when it names none
 */
GPtrArray *
cpt_json_decode_field_errors (GBytes *body)
{
  GPtrArray *fields = cpt_field_array_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = body != NULL ? cpt_json_parse_object (body, &root, NULL) : NULL;
  JsonArray *errors = cpt_json_array_member (object, "errors");

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      JsonObject *one =
          cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
      g_autofree char *field = one != NULL ? cpt_json_dup_member (one, "field") : NULL;
      g_autofree char *message = one != NULL ? cpt_json_dup_member (one, "message") : NULL;

      if (field != NULL)
        g_ptr_array_add (fields, tidy_field (field, message));
    }
  return fields;
}

void
cpt_demo_address_free (CptDemoAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->api_url);
  g_free (address->oauth_url);
  g_free (address->client_id);
  g_free (address->client_secret);
  g_free (address->code);
  g_free (address);
}

/**
 * cpt_json_decode_demo_address:
 * @line: what the demo shop printed
 *
 * Returns: (transfer full): all five fields set; or NULL with %CPT_HUBRISE_ERROR_DOCUMENT
 */
CptDemoAddress *
cpt_json_decode_demo_address (const char *line, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line));
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);
  g_autoptr (CptDemoAddress) address = g_new0 (CptDemoAddress, 1);
  struct
  {
    char **field;
    const char *name;
  } fields[] = { { &address->api_url, "api_url" },
                 { &address->oauth_url, "oauth_url" },
                 { &address->client_id, "client_id" },
                 { &address->client_secret, "client_secret" },
                 { &address->code, "code" } };

  if (object == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      *fields[i].field = cpt_json_dup_member (object, fields[i].name);
      if (*fields[i].field == NULL)
        {
          fail_missing (error, fields[i].name);
          return NULL;
        }
    }
  return g_steal_pointer (&address);
}
