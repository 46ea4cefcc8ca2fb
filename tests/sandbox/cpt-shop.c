/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo shop in a process of its own, and requests to it. Main loop only. */
#include "cpt-shop.h"

#include <string.h>

static JsonNode *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  g_assert_nonnull (line);
  return json_from_string (line, NULL);
}

/* Starts a shop that ends with this process; `option` may be NULL. */
CptShop *
cpt_shop_new (const char *option)
{
  CptShop *self = g_new0 (CptShop, 1);
  g_autofree char *program =
      g_build_filename (g_getenv ("COMPTOIR_BUILD_DIR"), "src", "comptoir-sandbox", NULL);
  g_autoptr (GError) error = NULL;

  self->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "--port", "0", "--exit-with-stdin", option, NULL);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  self->line = read_line (self->process);
  return self;
}

/* Same, with the printed code turned into a token. */
CptShop *
cpt_shop_new_connected (void)
{
  CptShop *self = cpt_shop_new (NULL);
  g_autofree char *form = g_strdup_printf ("code=%s", cpt_shop_line (self, "code"));
  g_autoptr (CptReply) reply =
      cpt_shop_oauth (self, "/token", "application/x-www-form-urlencoded", form, TRUE);

  g_assert_cmpuint (reply->status, ==, 200);
  self->token = cpt_reply_at (reply, "$.access_token");
  self->location_id = cpt_reply_at (reply, "$.location_id");
  self->catalog_id = cpt_reply_at (reply, "$.catalog_id");
  self->list_id = cpt_reply_at (reply, "$.customer_list_id");
  return self;
}

/* Ends the shop, which must have lived until now: a crash there fails the test. */
void
cpt_shop_free (CptShop *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
  g_clear_object (&self->session);
  json_node_unref (self->line);
  g_free (self->token);
  g_free (self->location_id);
  g_free (self->catalog_id);
  g_free (self->list_id);
  g_free (self);
}

/* A member of the line that the shop printed. */
const char *
cpt_shop_line (CptShop *self, const char *name)
{
  return json_object_get_string_member (json_node_get_object (self->line), name);
}

/* A request with a JSON body, or with none where `body` is NULL. */
SoupMessage *
cpt_shop_message (const char *method, const char *root, const char *path, const char *body)
{
  g_autofree char *address = g_strconcat (root, path, NULL);
  SoupMessage *message = soup_message_new (method, address);
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (bytes)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static CptReply *
read_reply (SoupMessage *message, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  CptReply *reply = g_new0 (CptReply, 1);
  gsize length = 0;
  const char *body = bytes ? g_bytes_get_data (bytes, &length) : NULL;

  reply->status = bytes ? soup_message_get_status (message) : 0;
  reply->text = g_strndup (body ? body : "", length);
  reply->json = json_from_string (reply->text, NULL);
  reply->cursor = g_strdup (soup_message_headers_get_one (headers, "X-Cursor-Next"));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  return reply;
}

/* Sends the request and waits; takes `message` over. */
CptReply *
cpt_shop_send (CptShop *self, SoupMessage *message)
{
  g_autoptr (SoupMessage) owned = message;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, owned, NULL, NULL);

  return read_reply (owned, bytes);
}

/* A request to the API with `token` (nullable); `format` NULL: without a body. */
CptReply *
cpt_shop_api_as (CptShop *self,
                 const char *token,
                 const char *method,
                 const char *path,
                 const char *format,
                 ...)
{
  g_autofree char *body = NULL;
  va_list values;
  SoupMessage *message;

  va_start (values, format);
  body = format ? g_strdup_vprintf (format, values) : NULL;
  va_end (values);
  message = cpt_shop_message (method, cpt_shop_line (self, "api_url"), path, body);
  if (token)
    soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token",
                                 token);
  return cpt_shop_send (self, message);
}

static gpointer
send_alone (gpointer data)
{
  g_autoptr (SoupMessage) message = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, NULL);

  return read_reply (message, bytes);
}

/* A request to the API that may have to wait for its reply: g_thread_join() gives it. */
GThread *
cpt_shop_begin (CptShop *self, const char *method, const char *path, const char *body)
{
  SoupMessage *message = cpt_shop_message (method, cpt_shop_line (self, "api_url"), path, body);

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token",
                               self->token);
  return g_thread_new ("request", send_alone, message);
}

/* A POST under the OAuth root, with HTTP Basic or without. */
CptReply *
cpt_shop_oauth (CptShop *self, const char *path, const char *type, const char *body, gboolean basic)
{
  SoupMessage *message = cpt_shop_message ("POST", cpt_shop_line (self, "oauth_url"), path, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *pair = g_strdup_printf ("%s:%s", cpt_shop_line (self, "client_id"),
                                           cpt_shop_line (self, "client_secret"));
  g_autofree char *coded = g_base64_encode ((const guchar *)pair, strlen (pair));
  g_autofree char *header = g_strconcat ("Basic ", coded, NULL);

  soup_message_set_request_body_from_bytes (message, type, bytes);
  if (basic)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 header);
  return cpt_shop_send (self, message);
}

/* Another connection's token, from the control path's POST code. */
char *
cpt_shop_connect (CptShop *self, const char *code_request)
{
  g_autoptr (CptReply) code = cpt_shop_control (self, "POST", "/code", "%s", code_request);
  g_autofree char *text = cpt_reply_at (code, "$.code");
  g_autofree char *form = g_strdup_printf ("code=%s", text);
  g_autoptr (CptReply) reply =
      cpt_shop_oauth (self, "/token", "application/x-www-form-urlencoded", form, TRUE);

  g_assert_cmpuint (reply->status, ==, 200);
  return cpt_reply_at (reply, "$.access_token");
}

/* A request to the control path; `format` NULL: without a body. */
CptReply *
cpt_shop_control (CptShop *self, const char *method, const char *path, const char *format, ...)
{
  g_autofree char *body = NULL;
  va_list values;
  SoupMessage *message;

  va_start (values, format);
  body = format ? g_strdup_vprintf (format, values) : NULL;
  va_end (values);
  message = cpt_shop_message (method, cpt_shop_line (self, "control_url"), path, body);
  soup_message_headers_append (soup_message_get_request_headers (message), "X-Sandbox-Secret",
                               cpt_shop_line (self, "control_secret"));
  return cpt_shop_send (self, message);
}

/* One step of a path: a member of an object, or an index into an array. */
static JsonNode *
step (JsonNode *node, const char *name)
{
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (node && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint64 index = g_ascii_strtoull (name, NULL, 10);

      return index < json_array_get_length (array) ? json_array_get_element (array, (guint)index)
                                                   : NULL;
    }
  return NULL;
}

/* The value at "$.items[0].price": a string as it is, anything else as JSON, NULL where there is
 * none. The caller frees it. json-glib's own paths complain where an index is missing. */
char *
cpt_reply_at (CptReply *reply, const char *path)
{
  g_auto (GStrv) names = g_strsplit_set (path, "$.[]", -1);
  JsonNode *node = reply->json;

  for (guint i = 0; names[i]; i++)
    if (*names[i])
      node = step (node, names[i]);
  if (!node)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node))
                                                          : json_to_string (node, FALSE);
}

void
cpt_reply_free (CptReply *reply)
{
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply->text);
  g_free (reply->cursor);
  g_free (reply->location);
  g_free (reply->retry_after);
  g_free (reply);
}
