/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one object of an order field by field, remembers which were taken, notes what stood where
 * something else was due, and hands out the rest leaf by leaf. Any thread. */
#include "cpt-json-reader.h"

#include <string.h>

/* A misplaced value longer than this is cut in the list of problems; the document keeps it. */
#define PROBLEM_SIZE (100 * 1024)

/**
 * cpt_json_reader_init:
 * @object: (nullable): NULL reads as empty
 * @path: where @object stands in the document
 * @order: gets the problems and the other leaves
 */
void
cpt_json_reader_init (CptJsonReader *self, JsonObject *object, const char *path, CptOrder *order)
{
  self->object = object;
  self->path = g_strdup (path);
  self->taken = g_hash_table_new (g_str_hash, g_str_equal);
  self->others = order->others;
  self->problems = order->problems;
}

static char *
join_path (const char *path, const char *name)
{
  return path[0] != '\0' ? g_strconcat (path, ".", name, NULL) : g_strdup (name);
}

static void add_leaves (GPtrArray *fields, const char *path, JsonNode *node);

static void
add_object_leaves (GPtrArray *fields, const char *path, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *member_path = join_path (path, name);
      add_leaves (fields, member_path, node);
    }
}

static void
add_array_leaves (GPtrArray *fields, const char *path, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *element_path = g_strdup_printf ("%s[%u]", path, i);
      add_leaves (fields, element_path, json_array_get_element (array, i));
    }
}

static void
add_leaves (GPtrArray *fields, const char *path, JsonNode *node)
{
  switch (cpt_json_kind (node))
    {
    case CPT_JSON_NULL:
      break;
    case CPT_JSON_OBJECT:
      add_object_leaves (fields, path, json_node_get_object (node));
      break;
    case CPT_JSON_ARRAY:
      add_array_leaves (fields, path, json_node_get_array (node));
      break;
    default:
      g_ptr_array_add (fields, cpt_field_new (path, cpt_json_text (node)));
    }
}

/**
 * cpt_json_reader_clear:
 *
 * Hands every leaf that nobody took to the order's others.
 */
void
cpt_json_reader_clear (CptJsonReader *self)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (self->object != NULL)
    {
      json_object_iter_init_ordered (&iter, self->object);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        {
          g_autofree char *path = join_path (self->path, name);
          if (!g_hash_table_contains (self->taken, name))
            add_leaves (self->others, path, node);
        }
    }
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->taken, g_hash_table_unref);
}

static JsonNode *
take (CptJsonReader *self, const char *name)
{
  g_hash_table_add (self->taken, (gpointer)name);
  return cpt_json_member (self->object, name);
}

static char *
describe (JsonNode *node)
{
  const char *text = cpt_json_text (node);
  g_autofree char *whole = text != NULL ? g_strdup (text) : cpt_json_write (node);

  if (strlen (whole) <= PROBLEM_SIZE)
    return g_steal_pointer (&whole);

  const char *cut = g_utf8_find_prev_char (whole, whole + PROBLEM_SIZE);
  return g_strdup_printf ("%.*s…", (int)(cut - whole), whole);
}

static void
add_problem_at (CptJsonReader *self, const char *path, JsonNode *node)
{
  g_autofree char *text = describe (node);
  g_ptr_array_add (self->problems, cpt_field_new (path, text));
}

static void
add_problem (CptJsonReader *self, const char *name, JsonNode *node)
{
  g_autofree char *path = join_path (self->path, name);
  add_problem_at (self, path, node);
}

/**
 * cpt_json_reader_skip:
 *
 * Passes over a field that the contract tells to ignore.
 */
void
cpt_json_reader_skip (CptJsonReader *self, const char *name)
{
  take (self, name);
}

/**
 * cpt_json_reader_string:
 *
 * Returns: (nullable): the field's text; that of a number or boolean as it was written.
 */
char *
cpt_json_reader_string (CptJsonReader *self, const char *name)
{
  JsonNode *node = take (self, name);
  const char *text = cpt_json_text (node);

  if (text == NULL && cpt_json_kind (node) != CPT_JSON_NULL)
    add_problem (self, name, node);
  return g_strdup (text);
}

/* The text of a field that must be a string to mean anything; what is none is noted. */
static const char *
take_strict (CptJsonReader *self, const char *name, JsonNode **node)
{
  *node = take (self, name);
  return cpt_json_kind (*node) == CPT_JSON_STRING ? cpt_json_text (*node) : NULL;
}

/**
 * cpt_json_reader_money:
 *
 * Anything that is not exactly an amount is UNREADABLE: never zero.
 */
CptMoney
cpt_json_reader_money (CptJsonReader *self, const char *name)
{
  JsonNode *node = NULL;
  const char *text = take_strict (self, name, &node);
  CptMoney money = { .state = CPT_AMOUNT_ABSENT };

  if (cpt_json_kind (node) == CPT_JSON_NULL)
    return money;
  if (text != NULL && cpt_money_parse (text, &money))
    return money;

  add_problem (self, name, node);
  return (CptMoney){ .state = CPT_AMOUNT_UNREADABLE };
}

CptDecimal
cpt_json_reader_decimal (CptJsonReader *self, const char *name)
{
  JsonNode *node = NULL;
  const char *text = take_strict (self, name, &node);
  CptDecimal decimal = { .state = CPT_AMOUNT_ABSENT };

  if (cpt_json_kind (node) == CPT_JSON_NULL)
    return decimal;
  if (text != NULL && cpt_decimal_parse (text, &decimal))
    return decimal;

  add_problem (self, name, node);
  return (CptDecimal){ .state = CPT_AMOUNT_UNREADABLE };
}

CptTime
cpt_json_reader_time (CptJsonReader *self, const char *name)
{
  JsonNode *node = NULL;
  const char *text = take_strict (self, name, &node);
  CptTime time = CPT_TIME_NONE;

  if (cpt_json_kind (node) == CPT_JSON_NULL)
    return CPT_TIME_NONE;
  if (text != NULL && cpt_time_parse (text, &time))
    return time;

  add_problem (self, name, node);
  return CPT_TIME_NONE;
}

gboolean
cpt_json_reader_boolean (CptJsonReader *self, const char *name)
{
  JsonNode *node = take (self, name);

  if (cpt_json_kind (node) == CPT_JSON_BOOLEAN)
    return json_node_get_boolean (node);
  if (cpt_json_kind (node) != CPT_JSON_NULL)
    add_problem (self, name, node);
  return FALSE;
}

/**
 * cpt_json_reader_count:
 * @count: (inout): left as it is when the field is absent
 *
 * Returns: FALSE when something else than a whole number stands there.
 */
gboolean
cpt_json_reader_count (CptJsonReader *self, const char *name, gint64 *count)
{
  JsonNode *node = take (self, name);
  const char *text = cpt_json_text (node);

  if (cpt_json_kind (node) == CPT_JSON_NULL)
    return TRUE;
  if (text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, count, NULL))
    return TRUE;

  add_problem (self, name, node);
  return FALSE;
}

/**
 * cpt_json_reader_strings:
 *
 * Returns: (nullable) (array zero-terminated=1)
 */
char **
cpt_json_reader_strings (CptJsonReader *self, const char *name)
{
  JsonNode *node = take (self, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (cpt_json_kind (node) != CPT_JSON_ARRAY)
    {
      if (cpt_json_kind (node) != CPT_JSON_NULL)
        add_problem (self, name, node);
      return NULL;
    }

  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = cpt_json_text (element);
      g_autofree char *element_name = g_strdup_printf ("%s[%u]", name, i);

      if (text != NULL)
        g_strv_builder_add (builder, text);
      else if (cpt_json_kind (element) != CPT_JSON_NULL)
        add_problem (self, element_name, element);
    }
  return g_strv_builder_end (builder);
}

/**
 * cpt_json_reader_leaves:
 *
 * Every leaf of the object @name into @fields, paths relative to it.
 */
void
cpt_json_reader_leaves (CptJsonReader *self, const char *name, GPtrArray *fields)
{
  JsonNode *node = take (self, name);

  if (cpt_json_kind (node) == CPT_JSON_OBJECT)
    add_object_leaves (fields, "", json_node_get_object (node));
  else if (cpt_json_kind (node) != CPT_JSON_NULL)
    add_problem (self, name, node);
}

static void
init_child (CptJsonReader *self, JsonNode *node, const char *name, CptJsonReader *child)
{
  *child = *self;
  child->object = json_node_get_object (node);
  child->path = join_path (self->path, name);
  child->taken = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * cpt_json_reader_object:
 * @member: (out caller-allocates): to be cleared when TRUE is returned
 */
gboolean
cpt_json_reader_object (CptJsonReader *self, const char *name, CptJsonReader *member)
{
  JsonNode *node = take (self, name);

  if (cpt_json_kind (node) == CPT_JSON_OBJECT)
    {
      init_child (self, node, name, member);
      return TRUE;
    }
  if (cpt_json_kind (node) != CPT_JSON_NULL)
    add_problem (self, name, node);
  return FALSE;
}

static void
read_child (CptJsonReader *self,
            JsonNode *node,
            const char *name,
            CptJsonElementFunc func,
            gpointer data)
{
  if (cpt_json_kind (node) == CPT_JSON_OBJECT)
    {
      g_auto (CptJsonReader) child = { 0 };

      init_child (self, node, name, &child);
      func (&child, data);
    }
  else if (cpt_json_kind (node) != CPT_JSON_NULL)
    add_problem (self, name, node);
}

/**
 * cpt_json_reader_array:
 * @func: called for each object of the array @name; other elements are noted as problems
 */
void
cpt_json_reader_array (CptJsonReader *self,
                       const char *name,
                       CptJsonElementFunc func,
                       gpointer data)
{
  JsonNode *node = take (self, name);

  if (cpt_json_kind (node) != CPT_JSON_ARRAY)
    {
      if (cpt_json_kind (node) != CPT_JSON_NULL)
        add_problem (self, name, node);
      return;
    }

  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *element_name = g_strdup_printf ("%s[%u]", name, i);
      read_child (self, json_array_get_element (array, i), element_name, func, data);
    }
}

/**
 * cpt_json_reader_map:
 * @func: called for each member of the object @name; its reader's path ends with the member's name
 */
void
cpt_json_reader_map (CptJsonReader *self, const char *name, CptJsonElementFunc func, gpointer data)
{
  JsonNode *node = take (self, name);
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *member = NULL;

  if (cpt_json_kind (node) != CPT_JSON_OBJECT)
    {
      if (cpt_json_kind (node) != CPT_JSON_NULL)
        add_problem (self, name, node);
      return;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_autofree char *member_name = join_path (name, key);
      read_child (self, member, member_name, func, data);
    }
}
