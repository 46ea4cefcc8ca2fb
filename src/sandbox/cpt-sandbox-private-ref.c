/* SPDX-License-Identifier: GPL-3.0-or-later */
/* private_ref is seen only by the connection that set it: documents keep all of them under
 * "_private", each under its connection. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

/* The ref this connection gave the element, or NULL. */
const char *
cpt_sandbox_private_ref (JsonObject *object, const char *connection_id)
{
  return cpt_sandbox_json_string (cpt_sandbox_json_object (object, "_private"), connection_id);
}

/* Sets or, with NULL, forgets this connection's ref. */
void
cpt_sandbox_set_private_ref (JsonObject *object, const char *connection_id, const char *ref)
{
  JsonObject *refs = cpt_sandbox_json_object (object, "_private");

  if (!refs)
    {
      refs = json_object_new ();
      json_object_set_object_member (object, "_private", refs);
    }
  if (ref)
    json_object_set_string_member (refs, connection_id, ref);
  else if (json_object_has_member (refs, connection_id))
    json_object_remove_member (refs, connection_id);
}

/* What stands in there is the client's own, whatever its names. */
static gboolean
is_free_form (const char *name)
{
  return strcmp (name, "custom_fields") == 0 || strcmp (name, "info") == 0;
}

static void
hide_member (JsonObject *object, const char *name, JsonNode *value, gpointer data)
{
  if (!is_free_form (name))
    cpt_sandbox_hide_refs (value, data);
}

static void
hide_element (JsonArray *array, guint index, JsonNode *value, gpointer data)
{
  cpt_sandbox_hide_refs (value, data);
}

/* Moves every private_ref of a document just received under its connection. */
void
cpt_sandbox_hide_refs (JsonNode *node, const char *connection_id)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), hide_element, (gpointer)connection_id);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  JsonObject *object = json_node_get_object (node);

  if (json_object_has_member (object, "private_ref"))
    {
      cpt_sandbox_set_private_ref (object, connection_id,
                                   cpt_sandbox_json_string (object, "private_ref"));
      json_object_remove_member (object, "private_ref");
    }
  json_object_foreach_member (object, hide_member, (gpointer)connection_id);
}

static JsonNode *
show_array (JsonArray *array, const char *connection_id)
{
  g_autoptr (JsonArray) shown = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (shown,
                            cpt_sandbox_show (json_array_get_element (array, i), connection_id));
  return cpt_sandbox_json_array_node (shown);
}

/* A copy of the document as this connection sees it; NULL: somebody with no refs. */
JsonNode *
cpt_sandbox_show (JsonNode *node, const char *connection_id)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return show_array (json_node_get_array (node), connection_id);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return cpt_sandbox_show_object (json_node_get_object (node), connection_id);
  return json_node_copy (node);
}

/* Same for an object. */
JsonNode *
cpt_sandbox_show_object (JsonObject *object, const char *connection_id)
{
  g_autoptr (JsonObject) shown = json_object_new ();
  const char *ref = connection_id ? cpt_sandbox_private_ref (object, connection_id) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (is_free_form (name))
      json_object_set_member (shown, name, cpt_sandbox_json_copy (value));
    else if (strcmp (name, "_private") != 0)
      json_object_set_member (shown, name, cpt_sandbox_show (value, connection_id));
  if (ref)
    json_object_set_string_member (shown, "private_ref", ref);
  return cpt_sandbox_json_node (shown);
}
