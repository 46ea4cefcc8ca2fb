/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and copying JSON documents, strictly. Any thread; no state.
 *
 * json-glib takes comments, single quotes, two documents in a row and crashes on deep nesting, so
 * the grammar of RFC 8259 is checked here before it sees the text. */
#include "cpt-sandbox-json.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
  gboolean closed[CPT_SANDBOX_JSON_MAX_DEPTH + 1]; /* TRUE: the level is an object */
} Scanner;

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) && *self->at)
    self->at++;
}

static gboolean
scan_hex (Scanner *self)
{
  gboolean zero = TRUE;

  for (int i = 0; i < 4; i++, self->at++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return FALSE;
      zero = zero && *self->at == '0';
    }
  return !zero; /* U+0000 would cut the string for every C reader */
}

static gboolean
scan_string (Scanner *self)
{
  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '"')
        return self->at++, TRUE;
      if ((guchar)*self->at < 0x20)
        return FALSE;
      if (*self->at != '\\')
        continue;
      if (++self->at >= self->end || !*self->at || !strchr ("\"\\/bfnrtu", *self->at))
        return FALSE;
      if (*self->at == 'u')
        {
          self->at++;
          if (!scan_hex (self))
            return FALSE;
          self->at--;
        }
    }
  return FALSE;
}

static gboolean
scan_digits (Scanner *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

static gboolean
scan_number (Scanner *self)
{
  const char *first;

  if (*self->at == '-')
    self->at++;
  first = self->at;
  if (!scan_digits (self) || (*first == '0' && self->at - first > 1))
    return FALSE;
  if (self->at < self->end && *self->at == '.')
    {
      self->at++;
      if (!scan_digits (self))
        return FALSE;
    }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      self->at++;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      return scan_digits (self);
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(self->end - self->at) < length || strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
scan_scalar (Scanner *self)
{
  if (self->at >= self->end)
    return FALSE;
  switch (*self->at)
    {
    case '"':
      return scan_string (self);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
    default:
      return scan_number (self);
    }
}

/* A member name and its colon, inside an object. */
static gboolean
scan_name (Scanner *self)
{
  skip_space (self);
  if (self->at >= self->end || *self->at != '"' || !scan_string (self))
    return FALSE;
  skip_space (self);
  if (self->at >= self->end || *self->at != ':')
    return FALSE;
  self->at++;
  return TRUE;
}

/* After a value: closes what closes; TRUE in `more` when another value must follow. */
static gboolean
scan_after_value (Scanner *self, gboolean *more)
{
  *more = FALSE;
  while (self->depth > 0)
    {
      gboolean object = self->closed[self->depth];

      skip_space (self);
      if (self->at >= self->end)
        return FALSE;
      if (*self->at == ',')
        {
          self->at++;
          *more = TRUE;
          return object ? scan_name (self) : TRUE;
        }
      if (*self->at != (object ? '}' : ']'))
        return FALSE;
      self->at++;
      self->depth--;
    }
  return TRUE;
}

/* Opens a container; an empty one counts as a finished value. */
static gboolean
scan_open (Scanner *self, gboolean *empty)
{
  gboolean object = *self->at == '{';

  *empty = FALSE;
  if (self->depth >= CPT_SANDBOX_JSON_MAX_DEPTH)
    return FALSE;
  self->at++;
  skip_space (self);
  if (self->at < self->end && *self->at == (object ? '}' : ']'))
    {
      self->at++;
      *empty = TRUE;
      return TRUE;
    }
  self->closed[++self->depth] = object;
  return object ? scan_name (self) : TRUE;
}

static gboolean
scan_document (Scanner *self)
{
  gboolean more = TRUE;

  while (more)
    {
      skip_space (self);
      if (self->at < self->end && (*self->at == '{' || *self->at == '['))
        {
          gboolean empty;

          if (!scan_open (self, &empty))
            return FALSE;
          if (!empty)
            continue;
        }
      else if (!scan_scalar (self))
        return FALSE;
      if (!scan_after_value (self, &more))
        return FALSE;
    }
  skip_space (self);
  return self->at == self->end;
}

/* Parses one document. NULL with an error when the text is not exactly one JSON value of at most
 * 64 levels in valid UTF-8. The caller owns the result. */
JsonNode *
cpt_sandbox_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  Scanner scanner = { .at = text, .end = text + length };

  if (!g_utf8_validate (text, (gssize)length, NULL) || !scan_document (&scanner))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Malformed JSON near byte %u",
                   (guint)(scanner.at - text));
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, (gssize)length, error))
    return NULL;
  return json_parser_steal_root (parser);
}

/* Same for a body as it came from the network. */
JsonNode *
cpt_sandbox_json_read_bytes (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return cpt_sandbox_json_parse (text ? text : "", length, error);
}

/* The compact text of `node`. */
char *
cpt_sandbox_json_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

/* The compact text of `object`. */
char *
cpt_sandbox_json_object_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = cpt_sandbox_json_node (object);

  return json_to_string (node, FALSE);
}

/* A deep copy; json_node_copy() only takes references. */
JsonNode *
cpt_sandbox_json_copy (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonNode *copy = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (copy, cpt_sandbox_json_copy_object (json_node_get_object (node)));
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      g_autoptr (JsonArray) copies = json_array_new ();

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (copies, cpt_sandbox_json_copy (json_array_get_element (array, i)));
      return cpt_sandbox_json_array_node (copies);
    }
  return json_node_copy (node);
}

/* A deep copy of `object`, members in the same order. */
JsonObject *
cpt_sandbox_json_copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, cpt_sandbox_json_copy (value));
  return copy;
}

/* A node that holds a reference to `object`. */
JsonNode *
cpt_sandbox_json_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return node;
}

/* A node that holds a reference to `array`. */
JsonNode *
cpt_sandbox_json_array_node (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return node;
}

/* Appends `object` and takes it over. */
void
cpt_sandbox_json_add_object (JsonArray *array, JsonObject *object)
{
  json_array_add_object_element (array, object);
}

/* Sets every member of `changes` in `target`; a null removes the member when `null_removes`. */
void
cpt_sandbox_json_merge (JsonObject *target, JsonObject *changes, gboolean null_removes)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, changes);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (null_removes && JSON_NODE_HOLDS_NULL (value))
        {
          if (json_object_has_member (target, name))
            json_object_remove_member (target, name);
        }
      else
        json_object_set_member (target, name, cpt_sandbox_json_copy (value));
    }
}

static JsonNode *
get_member (JsonObject *object, const char *name)
{
  return object && json_object_has_member (object, name) ? json_object_get_member (object, name)
                                                         : NULL;
}

/* The member's text, or NULL when it is absent or not a string. */
const char *
cpt_sandbox_json_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* The member's object, or NULL when it is absent or something else. */
JsonObject *
cpt_sandbox_json_object (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The member's array, or NULL when it is absent or something else. */
JsonArray *
cpt_sandbox_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The member's whole number, or `fallback`. */
gint64
cpt_sandbox_json_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_member (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_INT64)
    return fallback;
  return json_node_get_int (node);
}

/* The member's truth value, or `fallback`. */
gboolean
cpt_sandbox_json_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = get_member (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

/* The array's object at `index`, or NULL when it is something else. */
JsonObject *
cpt_sandbox_json_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Sets text, or null where `value` is NULL. */
void
cpt_sandbox_json_set_string (JsonObject *object, const char *name, const char *value)
{
  if (value)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/* Sets the member only where there is none; takes `node` over. */
void
cpt_sandbox_json_set_default (JsonObject *object, const char *name, JsonNode *node)
{
  if (json_object_has_member (object, name))
    json_node_unref (node);
  else
    json_object_set_member (object, name, node);
}
