/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request: reading its query and pages, and writing its reply. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

/* Frees what the call owns. */
void
cpt_sandbox_call_clear (CptSandboxCall *call)
{
  g_clear_pointer (&call->segments, g_strfreev);
  g_clear_pointer (&call->query, g_hash_table_unref);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_pointer (&call->json, json_node_unref);
  g_clear_pointer (&call->headers, soup_message_headers_unref);
  g_clear_pointer (&call->reply_headers, soup_message_headers_unref);
  g_clear_pointer (&call->reply, g_bytes_unref);
}

/* Answers with text of any type. */
void
cpt_sandbox_reply_text (CptSandboxCall *call, guint status, const char *type, const char *text)
{
  call->status = status;
  soup_message_headers_replace (call->reply_headers, "Content-Type", type);
  g_clear_pointer (&call->reply, g_bytes_unref);
  call->reply = g_bytes_new (text, strlen (text));
}

/* Answers with a document; takes `body` over. */
void
cpt_sandbox_reply (CptSandboxCall *call, guint status, JsonNode *body)
{
  g_autoptr (JsonNode) owned = body;
  g_autofree char *text = cpt_sandbox_json_text (owned);

  cpt_sandbox_reply_text (call, status, "application/json", text);
}

/* Answers with an object; takes `body` over. */
void
cpt_sandbox_reply_object (CptSandboxCall *call, guint status, JsonObject *body)
{
  g_autoptr (JsonObject) owned = body;

  cpt_sandbox_reply (call, status, cpt_sandbox_json_node (owned));
}

/* Answers with a list; takes `body` over. */
void
cpt_sandbox_reply_array (CptSandboxCall *call, guint status, JsonArray *body)
{
  g_autoptr (JsonArray) owned = body;

  cpt_sandbox_reply (call, status, cpt_sandbox_json_array_node (owned));
}

static const char *
error_type (guint status)
{
  switch (status)
    {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 415:
      return "unsupported_media_type";
    case 429:
      return "too_many_requests";
    case 400:
    case 422:
      return "unprocessable_entity";
    default:
      return "internal_error";
    }
}

/* Answers with an error body of the contract; `errors` may be NULL and is not taken over. */
void
cpt_sandbox_reply_error (CptSandboxCall *call, guint status, const char *message, JsonArray *errors)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "error_type", error_type (status));
  if (message)
    json_object_set_string_member (body, "message", message);
  if (errors && json_array_get_length (errors) > 0)
    json_object_set_array_member (body, "errors", json_array_ref (errors));
  cpt_sandbox_reply_object (call, status, body);
}

/* Answers 422 about one field. */
void
cpt_sandbox_reply_field (CptSandboxCall *call, const char *field, const char *message)
{
  g_autoptr (JsonArray) errors = json_array_new ();

  cpt_sandbox_add_error (errors, field, "%s", message);
  cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
}

/* Adds {"field", "message"} to `errors`. */
void
cpt_sandbox_add_error (JsonArray *errors, const char *field, const char *format, ...)
{
  JsonObject *error = json_object_new ();
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  json_object_set_string_member (error, "field", field);
  json_object_set_string_member (error, "message", message);
  cpt_sandbox_json_add_object (errors, error);
}

/* The query's value, or NULL. */
const char *
cpt_sandbox_query (CptSandboxCall *call, const char *name)
{
  return g_hash_table_lookup (call->query, name);
}

/* In strict mode, answers 422 and returns FALSE when the query holds another name than those of
 * the NULL-ended `allowed`. */
gboolean
cpt_sandbox_check_query (CptSandboxCall *call, const char *const *allowed)
{
  GHashTableIter iter;
  gpointer name;

  if (!call->sandbox->settings.strict)
    return TRUE;
  g_hash_table_iter_init (&iter, call->query);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (allowed, name))
      {
        cpt_sandbox_reply_field (call, name, "is not a parameter of this request");
        return FALSE;
      }
  return TRUE;
}

/* Reads `count` (1..100) and `cursor`; answers 422 and returns FALSE when they are wrong. */
gboolean
cpt_sandbox_page_begin (CptSandboxCall *call, CptSandboxPage *page)
{
  const char *count = cpt_sandbox_query (call, "count");
  const char *cursor = cpt_sandbox_query (call, "cursor");
  guint64 wanted = 100;

  *page = (CptSandboxPage){ .count = 100 };
  if (count && !g_ascii_string_to_unsigned (count, 10, 1, 100, &wanted, NULL))
    {
      cpt_sandbox_reply_field (call, "count", "must be a number from 1 to 100");
      return FALSE;
    }
  page->count = (guint)wanted;
  if (!cursor)
    return TRUE;
  page->continued = TRUE;
  if (*cursor == 'p' &&
      g_ascii_string_to_unsigned (cursor + 1, 16, 0, G_MAXUINT64, &page->last, NULL))
    return TRUE;
  cpt_sandbox_reply_field (call, "cursor", "is not one of this server's");
  return FALSE;
}

/* Asked before each member that belongs to the list: TRUE when the page is full, in which case the
 * header that leads to the next page is set; else the member with `serial` is counted in. */
gboolean
cpt_sandbox_page_full (CptSandboxCall *call, CptSandboxPage *page, guint64 serial)
{
  if (page->taken < page->count)
    {
      page->taken++;
      page->last = serial;
      return FALSE;
    }
  g_autofree char *cursor = g_strdup_printf ("p%" G_GINT64_MODIFIER "x", page->last);

  soup_message_headers_replace (call->reply_headers, "X-Cursor-Next", cursor);
  return TRUE;
}
