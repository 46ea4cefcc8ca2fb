/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and answers as JSON objects. What comes over a socket is checked, never trusted. Each
 * by one thread at a time. */
#include <string.h>

#include "cpt-cli-private.h"

/* An answer goes five deep. */
#define MAX_DEPTH 16

/* --- Reading --- */

static JsonNode *
find (JsonObject *object, const char *key)
{
  return object != NULL ? json_object_get_member (object, key) : NULL;
}

const char *
cpt_cli_get_text (JsonObject *object, const char *key)
{
  JsonNode *node = find (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gboolean
cpt_cli_get_flag (JsonObject *object, const char *key)
{
  JsonNode *node = find (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

gint64
cpt_cli_get_number (JsonObject *object, const char *key)
{
  JsonNode *node = find (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

JsonArray *
cpt_cli_get_list (JsonObject *object, const char *key)
{
  JsonNode *node = find (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
cpt_cli_get_object (JsonObject *object, const char *key)
{
  JsonNode *node = find (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Returns: (nullable): the @nth word behind the command's name */
const char *
cpt_cli_get_word (JsonObject *request, guint nth)
{
  JsonArray *words = cpt_cli_get_list (request, "words");
  JsonNode *node = NULL;

  if (words == NULL || nth >= json_array_get_length (words))
    return NULL;
  node = json_array_get_element (words, nth);
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

CptItemKind
cpt_cli_get_kind (JsonObject *request)
{
  return cpt_cli_get_flag (request, "option") ? CPT_ITEM_OPTION : CPT_ITEM_SKU;
}

/* json-glib goes as deep as it is led, and falls. */
static gboolean
is_shallow (const char *text)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (; *text != '\0' && depth <= MAX_DEPTH; text++)
    if (quoted && *text == '\\' && text[1] != '\0')
      text++;
    else if (*text == '"')
      quoted = !quoted;
    else if (!quoted && (*text == '[' || *text == '{'))
      depth++;
    else if (!quoted && (*text == ']' || *text == '}'))
      depth--;
  return depth <= MAX_DEPTH;
}

/* Returns: (transfer full) (nullable) */
JsonObject *
cpt_cli_from_text (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;

  if (text == NULL || !is_shallow (text) || !json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/* --- Writing --- */

void
cpt_cli_set_text (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_set_null_member (object, key);
}

void
cpt_cli_set_time (JsonObject *object, const char *key, CptTime time, GTimeZone *zone)
{
  g_autofree char *text = time != CPT_TIME_NONE ? cpt_time_to_string (time, zone) : NULL;

  cpt_cli_set_text (object, key, text);
}

void
cpt_cli_set_money (JsonObject *object, const char *key, CptMoney money)
{
  g_autofree char *text = money.state == CPT_AMOUNT_KNOWN ? cpt_money_to_string (money) : NULL;

  cpt_cli_set_text (object, key, text);
}

void
cpt_cli_set_quantity (JsonObject *object, const char *key, gint64 thousandths)
{
  g_autofree char *text = cpt_decimal_to_string (cpt_decimal (thousandths));

  cpt_cli_set_text (object, key, text);
}

/* Returns: (transfer full): on one line unless @pretty */
char *
cpt_cli_to_text (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();

  json_node_init_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  return json_generator_to_data (generator, NULL);
}
