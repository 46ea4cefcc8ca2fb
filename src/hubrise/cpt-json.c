/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree behind the door: parsing, typed getters that never crash, writing back what was read,
 * and decoding on a leaf worker. Any thread. */
#include "cpt-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-hubrise-client.h"

/* In front of the text of a number, see cpt_json_scan(). */
#define NUMBER_MARK '\001'

/* From this size on a document is decoded on a worker. */
#define WORKER_SIZE (50 * 1000)

/**
 * cpt_json_check:
 *
 * Whether @body is one JSON document of bearable depth, without building anything.
 */
gboolean
cpt_json_check (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  return cpt_json_scan (text != NULL ? text : "", length, CPT_JSON_MAX_DEPTH, NULL, NULL, error);
}

/**
 * cpt_json_parse:
 *
 * Returns: (transfer full): the document's tree, in which a number is a marked string: read it
 * with the functions of this file only. NULL with %CPT_HUBRISE_ERROR_DOCUMENT.
 */
JsonNode *
cpt_json_parse (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (GString) clean = g_string_sized_new (length + 16);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;

  if (!cpt_json_scan (text != NULL ? text : "", length, CPT_JSON_MAX_DEPTH, clean, NULL, error))
    return NULL;

  if (json_parser_load_from_data (parser, clean->str, clean->len, &local) &&
      json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);

  g_set_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT, "%s",
               local != NULL ? local->message : _ ("The document is not valid JSON"));
  return NULL;
}

/**
 * cpt_json_parse_object:
 * @root: (out) (transfer full): the tree that owns the object
 *
 * Returns: (transfer none): the document's object, or NULL with an error when it is something
 * else.
 */
JsonObject *
cpt_json_parse_object (GBytes *body, JsonNode **root, GError **error)
{
  *root = cpt_json_parse (body, error);
  if (*root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (*root))
    return json_node_get_object (*root);

  g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                       _ ("The document is not an object"));
  return NULL;
}

static gboolean
is_number (JsonNode *node)
{
  const char *text = json_node_get_string (node);
  return text != NULL && text[0] == NUMBER_MARK;
}

/**
 * cpt_json_kind:
 * @node: (nullable)
 */
CptJsonKind
cpt_json_kind (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return CPT_JSON_NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return CPT_JSON_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return CPT_JSON_ARRAY;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return CPT_JSON_BOOLEAN;
  return is_number (node) ? CPT_JSON_NUMBER : CPT_JSON_STRING;
}

/**
 * cpt_json_text:
 * @node: (nullable)
 *
 * Returns: (nullable) (transfer none): a string as it is, a number and a boolean as they were
 * written; NULL for everything else.
 */
const char *
cpt_json_text (JsonNode *node)
{
  switch (cpt_json_kind (node))
    {
    case CPT_JSON_STRING:
      return json_node_get_string (node);
    case CPT_JSON_NUMBER:
      return json_node_get_string (node) + 1;
    case CPT_JSON_BOOLEAN:
      return json_node_get_boolean (node) ? "true" : "false";
    default:
      return NULL;
    }
}

JsonNode *
cpt_json_member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

JsonObject *
cpt_json_object_member (JsonObject *object, const char *name)
{
  JsonNode *node = cpt_json_member (object, name);
  return cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
}

JsonArray *
cpt_json_array_member (JsonObject *object, const char *name)
{
  JsonNode *node = cpt_json_member (object, name);
  return cpt_json_kind (node) == CPT_JSON_ARRAY ? json_node_get_array (node) : NULL;
}

/**
 * cpt_json_dup_member:
 *
 * Returns: (nullable): the text of a string, number or boolean; an empty string counts as absent.
 */
char *
cpt_json_dup_member (JsonObject *object, const char *name)
{
  const char *text = cpt_json_text (cpt_json_member (object, name));
  return text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
}

/**
 * cpt_json_append_quoted:
 *
 * Appends @text, valid UTF-8, as a JSON string.
 */
void
cpt_json_append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if ((guchar)*p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint)*p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void append_node (GString *out, JsonNode *node);

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  const char *separator = "";

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_string_append (out, separator);
      cpt_json_append_quoted (out, name);
      g_string_append_c (out, ':');
      append_node (out, node);
      separator = ",";
    }
  g_string_append_c (out, '}');
}

static void
append_node (GString *out, JsonNode *node)
{
  switch (cpt_json_kind (node))
    {
    case CPT_JSON_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case CPT_JSON_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case CPT_JSON_STRING:
      cpt_json_append_quoted (out, cpt_json_text (node));
      break;
    case CPT_JSON_NUMBER:
    case CPT_JSON_BOOLEAN:
      g_string_append (out, cpt_json_text (node));
      break;
    case CPT_JSON_NULL:
      g_string_append (out, "null");
      break;
    }
}

/**
 * cpt_json_write:
 *
 * Returns: (transfer full): @node as compact JSON, numbers as they were read.
 */
char *
cpt_json_write (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_node (out, node);
  return g_string_free (out, FALSE);
}

/**
 * cpt_json_write_object:
 * @object: (transfer full): of strings and booleans
 */
GBytes *
cpt_json_write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  char *text = cpt_json_write (node);

  json_object_unref (object);
  return g_bytes_new_take (text, strlen (text));
}

/**
 * cpt_json_set_text:
 * @text: (nullable): empty counts as absent
 */
void
cpt_json_set_text (JsonObject *object, const char *name, const char *text)
{
  /* A control character in front is how the reader marks a number. */
  while (text != NULL && *text != '\0' && (guchar)*text < 0x20)
    text++;
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

typedef struct
{
  GTask *task; /* (owned) touched by the caller's thread only */
  GBytes *body;
  CptJsonDecoder decoder;
  gpointer hint;
  GDestroyNotify free_hint;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} DecodeJob;

static void
decode_job_free (DecodeJob *job)
{
  if (job->free_hint != NULL)
    job->free_hint (job->hint);
  g_clear_pointer (&job->body, g_bytes_unref);
  g_clear_object (&job->task);
  g_free (job);
}

static gboolean
finish_decode_cb (gpointer data)
{
  DecodeJob *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  decode_job_free (job);
  return G_SOURCE_REMOVE;
}

/* The worker only reads bytes and makes a value; everything is released where it was asked for. */
static gpointer
decode_thread (gpointer data)
{
  DecodeJob *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (job->task));

  job->result = job->decoder (job->body, job->hint, &job->error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish_decode_cb, job, NULL);
  g_source_attach (source, context);
  return NULL;
}

/**
 * cpt_json_is_long:
 *
 * Returns: whether the main loop would be held up by reading it
 */
gboolean
cpt_json_is_long (GBytes *body)
{
  return g_bytes_get_size (body) > WORKER_SIZE;
}

/**
 * cpt_json_decode_async:
 * @decoder: runs on a thread of its own for a body over 50 kB: bytes in, immutable value out
 * @hint: (nullable): handed to @decoder
 * @free_result: (nullable): for a result nobody fetched
 */
void
cpt_json_decode_async (GBytes *body,
                       CptJsonDecoder decoder,
                       gpointer hint,
                       GDestroyNotify free_hint,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  DecodeJob *job = g_new0 (DecodeJob, 1);

  job->task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (job->task, cpt_json_decode_async);
  job->body = g_bytes_ref (body);
  job->decoder = decoder;
  job->hint = hint;
  job->free_hint = free_hint;
  job->free_result = free_result;

  if (cpt_json_is_long (body))
    g_thread_unref (g_thread_new ("cpt-json", decode_thread, job));
  else
    {
      job->result = decoder (job->body, hint, &job->error);
      finish_decode_cb (job);
    }
}

/**
 * cpt_json_decode_finish:
 *
 * Returns: (nullable): what the decoder gave, or its error.
 */
gpointer
cpt_json_decode_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
