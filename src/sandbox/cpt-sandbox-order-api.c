/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The API's requests about orders. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

static const char *const list_parameters[] = { "count",  "cursor",      "private_ref",
                                               "status", "created_by",  "after",
                                               "before", "customer_id", NULL };

static JsonNode *
show_order (CptSandboxOrder *order, CptSandboxConnection *connection)
{
  g_autoptr (JsonNode) node = cpt_sandbox_json_node (order->document);

  return order->verbatim ? cpt_sandbox_json_copy (node) : cpt_sandbox_show (node, connection->id);
}

static gboolean
filter_is (CptSandboxCall *call, const char *name, const char *value)
{
  const char *wanted = cpt_sandbox_query (call, name);

  return !wanted || g_strcmp0 (wanted, value) == 0;
}

static gboolean
order_matches (CptSandboxCall *call, CptSandboxOrder *order, gint64 after, gint64 before)
{
  JsonObject *document = order->document;
  JsonObject *customer = cpt_sandbox_json_object (document, "customer");

  return strcmp (order->location_id, call->connection->location_id) == 0 &&
         order->created >= after && order->created < before &&
         filter_is (call, "status", cpt_sandbox_json_string (document, "status")) &&
         filter_is (call, "created_by", cpt_sandbox_json_string (document, "created_by")) &&
         filter_is (call, "private_ref",
                    cpt_sandbox_private_ref (document, call->connection->id)) &&
         filter_is (call, "customer_id", cpt_sandbox_json_string (customer, "id"));
}

static gboolean
read_time (CptSandboxCall *call, const char *name, gint64 *time)
{
  const char *text = cpt_sandbox_query (call, name);

  if (!text || cpt_sandbox_time_parse (text, time))
    return TRUE;
  cpt_sandbox_reply_field (call, name, "must be an ISO 8601 time with an offset");
  return FALSE;
}

static gboolean
check_status_filter (CptSandboxCall *call)
{
  const char *status = cpt_sandbox_query (call, "status");

  if (!status || cpt_sandbox_is_status (status))
    return TRUE;
  cpt_sandbox_reply_field (call, "status", "is not a status");
  return FALSE;
}

/* GET /location/orders */
void
cpt_sandbox_list_orders (CptSandboxCall *call)
{
  GPtrArray *orders = call->sandbox->orders;
  gboolean newest_first = call->sandbox->settings.newest_first;
  gint64 after = G_MININT64, before = G_MAXINT64;
  g_autoptr (JsonArray) list = json_array_new ();
  CptSandboxPage page;

  if (!cpt_sandbox_check_query (call, list_parameters) || !cpt_sandbox_page_begin (call, &page) ||
      !read_time (call, "after", &after) || !read_time (call, "before", &before) ||
      !check_status_filter (call))
    return;
  for (guint i = 0; i < orders->len; i++)
    {
      CptSandboxOrder *order = orders->pdata[newest_first ? orders->len - 1 - i : i];

      if (page.continued &&
          (newest_first ? order->serial >= page.last : order->serial <= page.last))
        continue;
      if (!order_matches (call, order, after, before))
        continue;
      if (cpt_sandbox_page_full (call, &page, order->serial))
        break;
      json_array_add_element (list, show_order (order, call->connection));
    }
  cpt_sandbox_reply_array (call, 200, g_steal_pointer (&list));
}

static CptSandboxOrder *
find_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = g_hash_table_lookup (call->sandbox->orders_by_id, call->arguments[0]);

  if (order && strcmp (order->location_id, call->connection->location_id) == 0)
    return order;
  cpt_sandbox_reply_error (call, 404, "No such order", NULL);
  return NULL;
}

/* GET /location/orders/:id */
void
cpt_sandbox_get_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = find_order (call);

  if (!order)
    return;
  if (!order->raw)
    {
      cpt_sandbox_reply (call, 200, show_order (order, call->connection));
      return;
    }
  cpt_sandbox_reply_text (call, 200, "application/json", "");
  g_bytes_unref (call->reply);
  call->reply = g_bytes_ref (order->raw);
}

static gboolean
begin_check (CptSandboxCall *call, CptSandboxCheck *check)
{
  *check = (CptSandboxCheck){ .sandbox = call->sandbox,
                              .errors = json_array_new (),
                              .strict = call->sandbox->settings.strict };
  if (JSON_NODE_HOLDS_OBJECT (call->json))
    return TRUE;
  cpt_sandbox_add_error (check->errors, "", "must be an object");
  return FALSE;
}

/* TRUE when nothing was wrong; else the reply is 422 with every fault. */
static gboolean
end_check (CptSandboxCall *call, CptSandboxCheck *check)
{
  g_autoptr (JsonArray) errors = check->errors;

  if (json_array_get_length (errors) == 0)
    return TRUE;
  cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
  return FALSE;
}

static gboolean
private_ref_is_free (CptSandboxCall *call, CptSandboxOrder *except, const char *ref)
{
  for (guint i = 0; ref && i < call->sandbox->orders->len; i++)
    {
      CptSandboxOrder *order = call->sandbox->orders->pdata[i];

      if (order != except &&
          g_strcmp0 (cpt_sandbox_private_ref (order->document, call->connection->id), ref) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
check_private_ref (CptSandboxCall *call, CptSandboxCheck *check, CptSandboxOrder *except)
{
  const char *ref = cpt_sandbox_json_string (json_node_get_object (call->json), "private_ref");

  if (!private_ref_is_free (call, except, ref))
    cpt_sandbox_add_error (check->errors, "private_ref", "is taken by another order");
}

static CptSandboxCustomer *
named_customer (CptSandboxCall *call, JsonObject *order)
{
  const char *list_id = cpt_sandbox_json_string (order, "customer_list_id");
  const char *id = cpt_sandbox_json_string (order, "customer_id");
  const char *ref = cpt_sandbox_json_string (order, "customer_private_ref");
  GPtrArray *customers = call->sandbox->customers;

  for (guint i = 0; i < customers->len; i++)
    {
      CptSandboxCustomer *customer = customers->pdata[i];

      if (list_id && strcmp (list_id, customer->list_id) != 0)
        continue;
      if (id ? strcmp (customer->id, id) == 0
             : ref && g_strcmp0 (cpt_sandbox_private_ref (customer->document, call->connection->id),
                                 ref) == 0)
        return customer;
    }
  return NULL;
}

/* Puts a copy of the customer that the order names in its place. */
static void
resolve_customer (CptSandboxCall *call, CptSandboxCheck *check, JsonObject *order)
{
  gboolean by_id = cpt_sandbox_json_string (order, "customer_id") != NULL;
  gboolean named = by_id || cpt_sandbox_json_string (order, "customer_private_ref");
  CptSandboxCustomer *customer = named ? named_customer (call, order) : NULL;
  JsonObject *guest = cpt_sandbox_json_object (order, "customer");

  if (named && !customer)
    cpt_sandbox_add_error (check->errors, by_id ? "customer_id" : "customer_private_ref",
                           "is not a customer of this list");
  if (customer)
    json_object_set_object_member (order, "customer",
                                   cpt_sandbox_json_copy_object (customer->document));
  else if (guest)
    json_object_set_null_member (guest, "id");
  for (const char *const *name =
           (const char *const[]){ "customer_id", "customer_list_id", "customer_private_ref", NULL };
       *name; name++)
    if (json_object_has_member (order, *name))
      json_object_remove_member (order, *name);
}

/* POST /location/orders */
void
cpt_sandbox_post_order (CptSandboxCall *call)
{
  CptSandboxCheck check;
  CptSandboxOrder *order;

  if (begin_check (call, &check))
    {
      cpt_sandbox_check_order (&check, json_node_get_object (call->json));
      check_private_ref (call, &check, NULL);
      resolve_customer (call, &check, json_node_get_object (call->json));
    }
  if (!end_check (call, &check))
    return;
  order = cpt_sandbox_add_order (call->sandbox, call->connection, call->connection->location_id,
                                 json_node_get_object (call->json));
  cpt_sandbox_reply (call, 200, show_order (order, call->connection));
}

static void
check_merged_custom_fields (CptSandboxCheck *check, JsonObject *changes, JsonObject *order)
{
  JsonObject *added = cpt_sandbox_json_object (changes, "custom_fields");
  JsonObject *had = cpt_sandbox_json_object (order, "custom_fields");
  g_autoptr (JsonObject) merged = had ? cpt_sandbox_json_copy_object (had) : json_object_new ();
  g_autofree char *text = NULL;

  if (!added)
    return;
  cpt_sandbox_json_merge (merged, added, TRUE);
  text = cpt_sandbox_json_object_text (merged);
  if (strlen (text) > 8 * 1024)
    cpt_sandbox_add_error (check->errors, "custom_fields", "is larger than 8 kB");
}

/* PATCH /location/orders/:id */
void
cpt_sandbox_patch_order (CptSandboxCall *call)
{
  CptSandboxOrder *order = find_order (call);
  CptSandboxCheck check;

  if (!order)
    return;
  if (begin_check (call, &check))
    {
      JsonObject *changes = json_node_get_object (call->json);

      cpt_sandbox_check_order_patch (&check, changes, order->document);
      check_private_ref (call, &check, order);
      check_merged_custom_fields (&check, changes, order->document);
    }
  if (!end_check (call, &check))
    return;
  cpt_sandbox_change_order (call->sandbox, call->connection, order,
                            json_node_get_object (call->json));
  cpt_sandbox_reply (call, 200, show_order (order, call->connection));
}
