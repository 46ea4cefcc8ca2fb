/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control path: orders of other programs, whole, damaged or by the thousand. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define COUNT_MAX 200000

static JsonNode *
describe_order (CptSandboxOrder *order)
{
  g_autoptr (JsonObject) reply = json_object_new ();

  json_object_set_string_member (reply, "id", order->id);
  json_object_set_member (reply, "order",
                          order->verbatim ? cpt_sandbox_json_node (order->document)
                                          : cpt_sandbox_show_object (order->document, NULL));
  return cpt_sandbox_json_node (reply);
}

/* GET orders */
void
cpt_sandbox_control_list_orders (CptSandboxCall *call)
{
  GPtrArray *orders = call->sandbox->orders;
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < orders->len; i++)
    json_array_add_element (list, describe_order (orders->pdata[i]));
  cpt_sandbox_reply_array (call, 200, g_steal_pointer (&list));
}

static CptSandboxOrder *
find_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = g_hash_table_lookup (call->sandbox->orders_by_id, call->arguments[0]);

  if (!order)
    cpt_sandbox_reply_error (call, 404, "No such order", NULL);
  return order;
}

/* GET orders/:id */
void
cpt_sandbox_control_get_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = find_order (call);

  if (order)
    cpt_sandbox_reply (call, 200, describe_order (order));
}

static char *
take_text (JsonObject *object, const char *name)
{
  char *text = g_strdup (cpt_sandbox_json_string (object, name));

  if (json_object_has_member (object, name))
    json_object_remove_member (object, name);
  return text;
}

static gboolean
report_faults (CptSandboxCall *call, JsonArray *errors)
{
  if (json_array_get_length (errors) == 0)
    return FALSE;
  cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
  return TRUE;
}

/* The bytes of raw_body or raw_base64, or NULL without either. */
static GBytes *
read_raw (JsonObject *body)
{
  const char *text = cpt_sandbox_json_string (body, "raw_body");
  const char *coded = cpt_sandbox_json_string (body, "raw_base64");
  gsize length = 0;
  guchar *data;

  if (text)
    return g_bytes_new (text, strlen (text));
  if (!coded)
    return NULL;
  data = g_base64_decode (coded, &length);
  return g_bytes_new_take (data, length);
}

static void
post_verbatim (CptSandboxCall *call, JsonObject *body, const char *location_id)
{
  g_autofree char *made = cpt_sandbox_new_id (5);
  JsonObject *document = cpt_sandbox_json_object (body, "verbatim");
  GBytes *raw = read_raw (body);
  g_autoptr (JsonNode) read = raw ? cpt_sandbox_json_read_bytes (raw, NULL) : NULL;
  const char *id = cpt_sandbox_json_string (body, "id");

  if (!document && read && JSON_NODE_HOLDS_OBJECT (read))
    document = json_node_get_object (read);
  if (!id)
    id = cpt_sandbox_json_string (document, "id");
  if (!id || !*id || g_hash_table_contains (call->sandbox->orders_by_id, id))
    id = made;
  document = document ? cpt_sandbox_json_copy_object (document) : json_object_new ();
  if (raw)
    {
      cpt_sandbox_json_set_default (document, "id", json_node_init_string (json_node_alloc (), id));
      cpt_sandbox_json_set_default (document, "status",
                                    json_node_init_string (json_node_alloc (), "new"));
    }
  cpt_sandbox_reply (call, 200,
                     describe_order (
                         cpt_sandbox_add_verbatim (call->sandbox, location_id, id, document, raw)));
}

/* What another program would have set. */
static void
complete_foreign (JsonObject *body)
{
  cpt_sandbox_json_set_default (body, "status", json_node_init_string (json_node_alloc (), "new"));
  cpt_sandbox_json_set_default (body, "created_by",
                                json_node_init_string (json_node_alloc (), "Site web"));
  if (!json_object_has_member (body, "channel"))
    cpt_sandbox_json_set_string (body, "channel", cpt_sandbox_json_string (body, "created_by"));
}

static void
reply_created (CptSandboxCall *call, CptSandboxOrder *order, JsonArray *ids)
{
  JsonNode *reply = describe_order (order);

  json_object_set_array_member (json_node_get_object (reply), "ids", json_array_ref (ids));
  cpt_sandbox_reply (call, 200, reply);
}

static void
post_fields (CptSandboxCall *call, JsonObject *body, const char *location_id, guint count)
{
  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = {
    .sandbox = call->sandbox, .errors = errors, .strict = TRUE, .foreign = TRUE
  };
  g_autoptr (JsonArray) ids = json_array_new ();
  CptSandboxOrder *order = NULL;

  complete_foreign (body);
  cpt_sandbox_check_order (&check, body);
  if (report_faults (call, errors))
    return;
  for (guint i = 0; i < count; i++)
    {
      order = cpt_sandbox_add_order (call->sandbox, NULL, location_id, body);
      json_array_add_string_element (ids, order->id);
    }
  reply_created (call, order, ids);
}

static gboolean
take_flag (JsonObject *object, const char *name)
{
  gboolean flag = cpt_sandbox_json_boolean (object, name, FALSE);

  if (json_object_has_member (object, name))
    json_object_remove_member (object, name);
  return flag;
}

static void
post_generated (CptSandboxCall *call, JsonObject *body, const char *location_id, guint count)
{
  gboolean lively = take_flag (body, "lively");
  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = {
    .sandbox = call->sandbox, .errors = errors, .strict = TRUE, .foreign = TRUE
  };
  g_autoptr (JsonArray) ids = json_array_new ();
  CptSandboxOrder *order = NULL;

  cpt_sandbox_check_order (&check, body);
  if (report_faults (call, errors))
    return;
  for (guint i = 0; i < count; i++)
    {
      order = cpt_sandbox_generate_order (call->sandbox, location_id, body, lively);
      json_array_add_string_element (ids, order->id);
    }
  reply_created (call, order, ids);
}

static gboolean
id_is_taken (CptSandboxCall *call, JsonObject *body)
{
  const char *id = cpt_sandbox_json_string (body, "id");

  if (!id || !g_hash_table_contains (call->sandbox->orders_by_id, id))
    return FALSE;
  cpt_sandbox_reply_field (call, "id", "is another order's");
  return TRUE;
}

/* POST orders */
void
cpt_sandbox_control_post_order (CptSandboxCall *call)
{
  JsonObject *body = json_node_get_object (call->json);
  g_autofree char *location_id = take_text (body, "location_id");
  JsonObject *location = location_id ? cpt_sandbox_location (call->sandbox, location_id)
                                     : call->sandbox->locations->pdata[0];
  gint64 count = CLAMP (cpt_sandbox_json_int (body, "count", 1), 1, COUNT_MAX);
  const char *id;

  if (!location)
    {
      cpt_sandbox_reply_field (call, "location_id", "is not a location of this shop");
      return;
    }
  if (json_object_has_member (body, "count"))
    json_object_remove_member (body, "count");
  if (id_is_taken (call, body))
    return;
  id = json_object_get_string_member (location, "id");
  if (cpt_sandbox_json_object (body, "verbatim") || cpt_sandbox_json_string (body, "raw_body") ||
      cpt_sandbox_json_string (body, "raw_base64"))
    post_verbatim (call, body, id);
  else if (take_flag (body, "generate"))
    post_generated (call, body, id, (guint)count);
  else
    post_fields (call, body, id, (guint)count);
}

static gboolean
replace_document (CptSandboxOrder *order, JsonObject *body)
{
  JsonObject *document = cpt_sandbox_json_object (body, "verbatim");

  if (!document && !json_object_has_member (body, "raw_body") &&
      !json_object_has_member (body, "raw_base64"))
    return FALSE;
  order->verbatim = TRUE;
  g_clear_pointer (&order->raw, g_bytes_unref);
  order->raw = read_raw (body);
  if (document)
    {
      json_object_unref (order->document);
      order->document = cpt_sandbox_json_copy_object (document);
    }
  return TRUE;
}

/* PATCH orders/:id: by the customer or a platform, or by the connection named in ?as= */
void
cpt_sandbox_control_patch_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = find_order (call);
  JsonObject *body = json_node_get_object (call->json);
  g_autoptr (JsonArray) errors = json_array_new ();
  g_autoptr (JsonObject) nothing = json_object_new ();
  CptSandboxCheck check = {
    .sandbox = call->sandbox, .errors = errors, .strict = TRUE, .foreign = TRUE
  };
  CptSandboxConnection *author =
      cpt_sandbox_connection_by_id (call->sandbox, cpt_sandbox_query (call, "as"));

  if (!order)
    return;
  if (replace_document (order, body))
    body = nothing;
  cpt_sandbox_check_order_patch (&check, body, order->document);
  if (report_faults (call, errors))
    return;
  cpt_sandbox_change_order (call->sandbox, author, order, body);
  cpt_sandbox_reply (call, 200, describe_order (order));
}
