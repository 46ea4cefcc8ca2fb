/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of one HTTP exchange: written down, delayed, dropped or held as the failure rules say,
 * processed, answered. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

typedef struct
{
  CptSandbox *sandbox;
  SoupServerMessage *message; /* (owned) */
  CptSandboxCall call;
  JsonObject *entry; /* (owned) (nullable) in the journal */
  JsonObject *rule;  /* (owned) (nullable) the failure that applies */
  gboolean processed;
  gboolean gone; /* the message is finished, with or without our answer */
  gulong finished_id;
} Exchange;

static void process (Exchange *self);

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_signal_handler_disconnect (self->message, self->finished_id);
  cpt_sandbox_call_clear (&self->call);
  g_clear_pointer (&self->entry, json_object_unref);
  g_clear_pointer (&self->rule, json_object_unref);
  g_clear_object (&self->message);
  g_free (self);
}

static gboolean
rule_says (Exchange *self, const char *name, const char *value)
{
  return self->rule && g_strcmp0 (cpt_sandbox_json_string (self->rule, name), value) == 0;
}

static void
mark (Exchange *self, CptSandboxStage stage)
{
  if (!self->entry)
    return;
  if (stage == CPT_SANDBOX_PROCESSED)
    json_object_set_string_member (self->entry, "connection",
                                   self->call.connection ? self->call.connection->id : "");
  cpt_sandbox_journal_mark (self->sandbox->journal, self->entry, stage);
}

static void
write_cut_reply (Exchange *self, GOutputStream *stream)
{
  gsize length = 0;
  const char *body = self->call.reply ? g_bytes_get_data (self->call.reply, &length) : "";
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %u Cut\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           self->call.status, MAX (length, 2));

  g_output_stream_write_all (stream, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (stream, body, length / 2, NULL, NULL, NULL);
}

/* Closes the connection: without a word, or in the middle of the reply. */
static gboolean
drop_cb (gpointer data)
{
  Exchange *self = data;
  g_autoptr (GIOStream) stream = NULL;

  if (self->entry)
    json_object_set_boolean_member (self->entry, "dropped", TRUE);
  mark (self, CPT_SANDBOX_ANSWERED);
  if (!self->gone)
    stream = soup_server_message_steal_connection (self->message);
  if (stream && rule_says (self, "drop", "mid"))
    write_cut_reply (self, g_io_stream_get_output_stream (stream));
  if (stream)
    g_io_stream_close (stream, NULL, NULL);
  exchange_free (self);
  return G_SOURCE_REMOVE;
}

static void
copy_header (const char *name, const char *value, gpointer data)
{
  soup_message_headers_replace (data, name, value);
}

static void
write_reply (Exchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char *date = cpt_sandbox_time_http (cpt_sandbox_clock_now (self->sandbox->clock));
  gsize length = 0;
  const char *body = self->call.reply ? g_bytes_get_data (self->call.reply, &length) : NULL;
  const char *type = soup_message_headers_get_one (self->call.reply_headers, "Content-Type");

  soup_server_message_set_status (self->message, self->call.status, NULL);
  soup_server_message_set_response (self->message, type ? type : "application/json",
                                    SOUP_MEMORY_COPY, body, length);
  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_foreach (self->call.reply_headers, copy_header, headers);
}

static gboolean
answer_cb (gpointer data)
{
  Exchange *self = data;

  if (self->entry)
    json_object_set_int_member (self->entry, "status", self->call.status);
  mark (self, CPT_SANDBOX_ANSWERED);
  if (!self->gone)
    {
      write_reply (self);
      soup_server_message_unpause (self->message);
    }
  exchange_free (self);
  return G_SOURCE_REMOVE;
}

static void
hold (Exchange *self)
{
  if (self->entry)
    json_object_set_boolean_member (self->entry, "held", TRUE);
  g_ptr_array_add (self->sandbox->held, self);
}

static void
finish (Exchange *self)
{
  gint64 delay = cpt_sandbox_json_int (self->rule, "delay_ms", 0);

  if (rule_says (self, "drop", "after") || rule_says (self, "drop", "mid"))
    g_idle_add (drop_cb, self);
  else if (delay > 0)
    g_timeout_add ((guint)delay, answer_cb, self);
  else
    answer_cb (self);
}

static void
set_rule_header (JsonObject *headers, const char *name, JsonNode *value, gpointer data)
{
  CptSandboxCall *call = data;

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    soup_message_headers_replace (call->reply_headers, name, json_node_get_string (value));
}

/* Puts the rule's own status, headers and body over what the call says. */
static void
apply_rule (Exchange *self)
{
  JsonObject *headers = cpt_sandbox_json_object (self->rule, "headers");
  JsonNode *body = json_object_has_member (self->rule, "body")
                       ? json_object_get_member (self->rule, "body")
                       : NULL;
  gint64 status = cpt_sandbox_json_int (self->rule, "status", 0);

  if (body && json_node_get_value_type (body) == G_TYPE_STRING)
    cpt_sandbox_reply_text (&self->call, self->call.status, "application/json",
                            json_node_get_string (body));
  else if (body)
    cpt_sandbox_reply (&self->call, self->call.status, cpt_sandbox_json_copy (body));
  else if (status && !json_object_has_member (self->rule, "body"))
    cpt_sandbox_reply_error (&self->call, (guint)status,
                             cpt_sandbox_json_string (self->rule, "message"), NULL);
  if (status)
    self->call.status = (guint)status;
  if (headers)
    json_object_foreach_member (headers, set_rule_header, &self->call);
}

static void
dispatch (CptSandboxCall *call, const char *path)
{
  if (g_str_has_prefix (path, "/v1/"))
    cpt_sandbox_api (call);
  else if (g_str_has_prefix (path, "/oauth2/v1/"))
    cpt_sandbox_oauth (call);
  else
    cpt_sandbox_reply_error (call, 404, "No such path", NULL);
}

static const char *
message_path (SoupServerMessage *message)
{
  return g_uri_get_path (soup_server_message_get_uri (message));
}

static void
process (Exchange *self)
{
  gboolean canned = self->rule && json_object_has_member (self->rule, "status") &&
                    !cpt_sandbox_json_boolean (self->rule, "process", FALSE);

  self->processed = TRUE;
  if (!canned)
    dispatch (&self->call, message_path (self->message));
  if (self->rule)
    apply_rule (self);
  mark (self, CPT_SANDBOX_PROCESSED);
  if (rule_says (self, "hold", "after"))
    hold (self);
  else
    finish (self);
}

static void
process_cb (gpointer data)
{
  process (data);
}

static void
begin (Exchange *self)
{
  gint64 late = cpt_sandbox_json_int (self->rule, "late_s", 0);
  gint64 now = cpt_sandbox_clock_now (self->sandbox->clock);

  if (rule_says (self, "drop", "before"))
    g_idle_add (drop_cb, self);
  else if (rule_says (self, "hold", "before"))
    hold (self);
  else if (late > 0)
    cpt_sandbox_clock_at (self->sandbox->clock, now + late * CPT_SANDBOX_SECOND, process_cb, self,
                          NULL);
  else
    process (self);
}

static gboolean
is_wanted (Exchange *exchange, gint64 n)
{
  return n == 0 || json_object_get_int_member (exchange->entry, "n") == n;
}

/* Lets every held exchange go on, or only the one with the number `n` in the journal; returns how
 * many there were. */
guint
cpt_sandbox_release (CptSandbox *self, gint64 n)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);
  guint released = 0;

  self->held = g_ptr_array_new ();
  for (guint i = 0; i < held->len; i++)
    {
      Exchange *exchange = held->pdata[i];

      if (!is_wanted (exchange, n))
        {
          g_ptr_array_add (self->held, exchange);
          continue;
        }
      released++;
      if (exchange->processed)
        finish (exchange);
      else
        process (exchange);
    }
  return released;
}

static void
finished_cb (SoupServerMessage *message, gpointer data)
{
  Exchange *self = data;

  self->gone = TRUE;
}

static char **
split_path (const char *path, guint skip)
{
  char **segments = g_strsplit (path, "/", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; segments[i]; i++)
    if (i > skip)
      {
        g_autofree char *decoded = g_uri_unescape_string (segments[i], NULL);

        g_strv_builder_add (builder, decoded ? decoded : segments[i]);
      }
  g_strfreev (segments);
  return g_strv_builder_end (builder);
}

static const char *
effective_method (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);
  const char *override =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                    "X-Http-Method-Override");

  if (strcmp (method, "POST") != 0 || !override)
    return method;
  if (strcmp (override, "PUT") == 0 || strcmp (override, "PATCH") == 0 ||
      strcmp (override, "DELETE") == 0)
    return override;
  return method;
}

static void
read_call (CptSandbox *self, SoupServerMessage *message, CptSandboxCall *call)
{
  const char *path = message_path (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  call->sandbox = self;
  call->method = effective_method (message);
  call->segments = split_path (path, g_str_has_prefix (path, "/oauth2/") ? 2 : 1);
  call->query = query ? soup_form_decode (query)
                      : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call->body = soup_message_body_flatten (body);
  call->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  call->reply_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
}

/* The control path is not written down and knows no failures, or nobody could undo them. */
static void
serve_control (Exchange *self)
{
  CptSandboxCall *call = &self->call;
  const char *secret = soup_message_headers_get_one (call->headers, "X-Sandbox-Secret");

  if (g_strcmp0 (secret, self->sandbox->control_secret) != 0)
    cpt_sandbox_reply_error (call, 403, "X-Sandbox-Secret is missing or wrong", NULL);
  else if (cpt_sandbox_journal_get (call, self->message))
    {
      exchange_free (self);
      return;
    }
  else
    cpt_sandbox_control (call);
  answer_cb (self);
}

static void
serve_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  CptSandbox *sandbox = data;
  Exchange *self = g_new0 (Exchange, 1);
  const char *asked = message_path (message);

  self->sandbox = sandbox;
  self->message = g_object_ref (message);
  self->finished_id = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  read_call (sandbox, message, &self->call);
  soup_server_message_pause (message);
  if (g_str_has_prefix (asked, "/_sandbox/"))
    {
      serve_control (self);
      return;
    }
  self->entry = cpt_sandbox_journal_add (sandbox->journal, &self->call,
                                         soup_server_message_get_method (message), asked,
                                         g_uri_get_query (soup_server_message_get_uri (message)));
  self->rule = cpt_sandbox_failures_match (sandbox->failures, &self->call, asked);
  mark (self, CPT_SANDBOX_ARRIVED);
  begin (self);
}

/* Makes the server answer. */
void
cpt_sandbox_serve (CptSandbox *self)
{
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
}
