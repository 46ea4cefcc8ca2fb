/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OAuth 2.0: codes, tokens and their end. The pages a person sees are in another file. Main loop
 * only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define CODE_LIFE (10 * CPT_SANDBOX_MINUTE)

void
cpt_sandbox_code_free (CptSandboxCode *code)
{
  g_free (code->location_id);
  g_free (code->catalog_id);
  g_free (code->customer_list_id);
  g_free (code->device_id);
  g_free (code->scope);
  g_free (code);
}

/* A code that works once within 10 minutes; the caller frees the text. Only `location_id` must be
 * given. */
char *
cpt_sandbox_code_new (CptSandbox *self,
                      const char *location_id,
                      const char *catalog_id,
                      const char *customer_list_id,
                      const char *device_id,
                      const char *scope)
{
  CptSandboxCode *code = g_new0 (CptSandboxCode, 1);
  char *text = cpt_sandbox_new_id (32);

  code->location_id = g_strdup (location_id);
  code->catalog_id = g_strdup (catalog_id);
  code->customer_list_id = g_strdup (customer_list_id);
  code->device_id = g_strdup (device_id ? device_id : "");
  code->scope = g_strdup (scope ? scope : CPT_SANDBOX_SCOPE);
  code->expires = cpt_sandbox_clock_now (self->clock) + CODE_LIFE;
  g_hash_table_insert (self->codes, g_strdup (text), code);
  return text;
}

static void
add_json_field (JsonObject *body, const char *name, JsonNode *value, gpointer fields)
{
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    g_hash_table_insert (fields, g_strdup (name), g_strdup (json_node_get_string (value)));
}

/* The body's fields, form or JSON; NULL: another type, answered with 415, or malformed, 400. */
static GHashTable *
read_fields (CptSandboxCall *call)
{
  const char *type = soup_message_headers_get_content_type (call->headers, NULL);
  g_autoptr (JsonNode) json = NULL;
  gsize length = 0;
  const char *body = g_bytes_get_data (call->body, &length);
  g_autofree char *text = g_strndup (body ? body : "", length);
  GHashTable *fields;

  if (g_strcmp0 (type, "application/x-www-form-urlencoded") == 0)
    return soup_form_decode (text);
  if (g_strcmp0 (type, "application/json") != 0)
    {
      cpt_sandbox_reply_error (call, 415, "Content-Type must be a form or JSON", NULL);
      return NULL;
    }
  json = cpt_sandbox_json_read_bytes (call->body, NULL);
  if (!json || !JSON_NODE_HOLDS_OBJECT (json))
    {
      cpt_sandbox_reply_error (call, 400, "Malformed JSON", NULL);
      return NULL;
    }
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_foreach_member (json_node_get_object (json), add_json_field, fields);
  return fields;
}

static gboolean
basic_is_ours (CptSandboxCall *call, const char *header)
{
  g_autofree char *pair =
      g_strdup_printf ("%s:%s", call->sandbox->client_id, call->sandbox->client_secret);
  g_autofree char *wanted = g_base64_encode ((const guchar *)pair, strlen (pair));

  return g_ascii_strncasecmp (header, "Basic ", strlen ("Basic ")) == 0 &&
         strcmp (header + strlen ("Basic "), wanted) == 0;
}

/* HTTP Basic, or both in the body. */
static gboolean
client_is_ours (CptSandboxCall *call, GHashTable *fields)
{
  const char *header = soup_message_headers_get_one (call->headers, "Authorization");

  if (header)
    return basic_is_ours (call, header);
  return g_strcmp0 (g_hash_table_lookup (fields, "client_id"), call->sandbox->client_id) == 0 &&
         g_strcmp0 (g_hash_table_lookup (fields, "client_secret"), call->sandbox->client_secret) ==
             0;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* Authorising again changes what the same token is bound to. */
static void
bind_connection (CptSandboxConnection *connection, CptSandboxCode *code)
{
  set_text (&connection->catalog_id, code->catalog_id);
  set_text (&connection->customer_list_id, code->customer_list_id);
  set_text (&connection->scope, code->scope);
}

static JsonObject *
describe_token (CptSandbox *self, CptSandboxConnection *connection)
{
  JsonObject *reply = json_object_new ();
  JsonObject *location = cpt_sandbox_location (self, connection->location_id);
  CptSandboxCatalog *catalog = cpt_sandbox_catalog (self, connection->catalog_id);
  JsonObject *list = cpt_sandbox_list (self, connection->customer_list_id);

  json_object_set_string_member (reply, "access_token", connection->token);
  json_object_set_string_member (reply, "token_type", "Bearer");
  cpt_sandbox_json_set_string (reply, "account_id", cpt_sandbox_json_string (self->account, "id"));
  cpt_sandbox_json_set_string (reply, "account_name",
                               cpt_sandbox_json_string (self->account, "name"));
  cpt_sandbox_json_set_string (reply, "location_id", connection->location_id);
  cpt_sandbox_json_set_string (reply, "location_name", cpt_sandbox_json_string (location, "name"));
  cpt_sandbox_json_set_string (reply, "catalog_id", connection->catalog_id);
  cpt_sandbox_json_set_string (reply, "catalog_name",
                               catalog ? cpt_sandbox_json_string (catalog->document, "name")
                                       : NULL);
  cpt_sandbox_json_set_string (reply, "customer_list_id", connection->customer_list_id);
  cpt_sandbox_json_set_string (reply, "customer_list_name", cpt_sandbox_json_string (list, "name"));
  return reply;
}

/* POST /token */
static void
post_token (CptSandboxCall *call, GHashTable *fields)
{
  const char *text = g_hash_table_lookup (fields, "code");
  CptSandboxCode *code = text ? g_hash_table_lookup (call->sandbox->codes, text) : NULL;
  CptSandboxConnection *connection;

  if (!code || code->expires <= cpt_sandbox_clock_now (call->sandbox->clock))
    {
      cpt_sandbox_reply_error (call, 400, "The code is unknown, expired or already used", NULL);
      return;
    }
  connection = cpt_sandbox_connect (call->sandbox, code->location_id, code->device_id);
  bind_connection (connection, code);
  g_hash_table_remove (call->sandbox->codes, text);
  call->connection = connection;
  cpt_sandbox_reply_object (call, 200, describe_token (call->sandbox, connection));
}

/* POST /revoke */
static void
post_revoke (CptSandboxCall *call, GHashTable *fields)
{
  const char *token = g_hash_table_lookup (fields, "token");
  CptSandboxConnection *connection =
      token ? cpt_sandbox_connection_by_token (call->sandbox, token) : NULL;

  if (!connection)
    {
      cpt_sandbox_reply_error (call, 400, "No such token", NULL);
      return;
    }
  call->connection = connection;
  g_clear_pointer (&connection->token, g_free);
  g_clear_pointer (&connection->callback, json_object_unref);
  g_ptr_array_set_size (connection->events, 0);
  cpt_sandbox_reply_object (call, 200, json_object_new ());
}

static void
post (CptSandboxCall *call, void (*handler) (CptSandboxCall *call, GHashTable *fields))
{
  g_autoptr (GHashTable) fields = read_fields (call);

  if (!fields)
    return;
  if (client_is_ours (call, fields))
    handler (call, fields);
  else
    cpt_sandbox_reply_error (call, 401, "Wrong client id or secret", NULL);
}

/* Answers a request under the OAuth root. */
void
cpt_sandbox_oauth (CptSandboxCall *call)
{
  const char *name = call->segments[0] ? call->segments[0] : "";
  gboolean alone = call->segments[0] && !call->segments[1];

  if (alone && strcmp (name, "token") == 0 && strcmp (call->method, "POST") == 0)
    post (call, post_token);
  else if (alone && strcmp (name, "revoke") == 0 && strcmp (call->method, "POST") == 0)
    post (call, post_revoke);
  else
    cpt_sandbox_oauth_pages (call);
}
