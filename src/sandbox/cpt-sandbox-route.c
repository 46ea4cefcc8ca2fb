/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which handler answers which path of the API, and what stands before it: the token, the scope,
 * the limits, the type of the body. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

static const CptSandboxRoute api_routes[] = {
  { "GET", "location", cpt_sandbox_get_location, 0, NULL },
  { "PATCH", "location", cpt_sandbox_patch_location, CPT_SANDBOX_ROUTE_BODY, "orders.write" },
  { "GET", "callback", cpt_sandbox_get_callback, 0, NULL },
  { "POST", "callback", cpt_sandbox_post_callback, CPT_SANDBOX_ROUTE_BODY, NULL },
  { "DELETE", "callback", cpt_sandbox_delete_callback, 0, NULL },
  { "GET", "callback/events", cpt_sandbox_list_events, CPT_SANDBOX_ROUTE_QUERY, NULL },
  { "GET", "callback/events/:id", cpt_sandbox_get_event, 0, NULL },
  { "DELETE", "callback/events/:id", cpt_sandbox_delete_event, 0, NULL },
  { "GET", "location/orders", cpt_sandbox_list_orders,
    CPT_SANDBOX_ROUTE_HEAVY | CPT_SANDBOX_ROUTE_QUERY, "orders.read" },
  { "POST", "location/orders", cpt_sandbox_post_order, CPT_SANDBOX_ROUTE_BODY, "orders.write" },
  { "GET", "location/orders/:id", cpt_sandbox_get_order, 0, "orders.read" },
  { "PATCH", "location/orders/:id", cpt_sandbox_patch_order, CPT_SANDBOX_ROUTE_BODY,
    "orders.write" },
  { "GET", "catalogs/:id", cpt_sandbox_get_catalog,
    CPT_SANDBOX_ROUTE_HEAVY | CPT_SANDBOX_ROUTE_QUERY, "catalog.read" },
  { "GET", "catalogs/:id/location/inventory", cpt_sandbox_get_inventory, 0, "inventory.read" },
  { "PATCH", "catalogs/:id/location/inventory", cpt_sandbox_patch_inventory, CPT_SANDBOX_ROUTE_BODY,
    "inventory.write" },
  { "PUT", "catalogs/:id/location/inventory", cpt_sandbox_put_inventory, CPT_SANDBOX_ROUTE_BODY,
    "inventory.write" },
  { "GET", "customer_lists/:id/customers", cpt_sandbox_list_customers,
    CPT_SANDBOX_ROUTE_HEAVY | CPT_SANDBOX_ROUTE_QUERY, "customer_list.read" },
  { "POST", "customer_lists/:id/customers", cpt_sandbox_post_customer, CPT_SANDBOX_ROUTE_BODY,
    "customer_list.write" },
  { "GET", "customer_lists/:id/customers/:cid", cpt_sandbox_get_customer, 0, "customer_list.read" },
  { "PATCH", "customer_lists/:id/customers/:cid", cpt_sandbox_patch_customer,
    CPT_SANDBOX_ROUTE_BODY, "customer_list.write" },
  { "POST", "customer_lists/:id/customers/:cid/anonymise", cpt_sandbox_anonymise_customer, 0,
    "customer_list.write" },
  { NULL },
};

static gboolean
pattern_matches (const char *pattern, CptSandboxCall *call)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);
  guint argument = 0;

  if (g_strv_length (parts) != g_strv_length (call->segments))
    return FALSE;
  for (guint i = 0; parts[i]; i++)
    if (parts[i][0] == ':')
      call->arguments[argument++] = call->segments[i];
    else if (strcmp (parts[i], call->segments[i]) != 0)
      return FALSE;
  return TRUE;
}

/* The route for the call's method and path, its arguments filled in; NULL: none. */
const CptSandboxRoute *
cpt_sandbox_route_find (const CptSandboxRoute *routes, CptSandboxCall *call)
{
  for (const CptSandboxRoute *route = routes; route->method; route++)
    if (strcmp (route->method, call->method) == 0 && pattern_matches (route->pattern, call))
      return route;
  return NULL;
}

static void
reply_no_route (CptSandboxCall *call)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "error_type", "routing_error");
  json_object_set_string_member (body, "message", "No such path");
  cpt_sandbox_reply_object (call, 404, body);
}

static gboolean
authenticate (CptSandboxCall *call)
{
  const char *token = soup_message_headers_get_one (call->headers, "X-Access-Token");

  if (!token)
    {
      cpt_sandbox_reply_error (call, 401, "Access token is missing", NULL);
      return FALSE;
    }
  call->connection = cpt_sandbox_connection_by_token (call->sandbox, token);
  if (!call->connection)
    cpt_sandbox_reply_error (call, 401, "Access token is invalid or the connection was revoked",
                             NULL);
  return call->connection != NULL;
}

/* Turns the long form locations/:location_id into location; FALSE: another location's. */
static gboolean
shorten_path (CptSandboxCall *call)
{
  for (guint i = 0; call->segments[i]; i++)
    if (strcmp (call->segments[i], "locations") == 0 && call->segments[i + 1])
      {
        if (strcmp (call->segments[i + 1], call->connection->location_id) != 0)
          return FALSE;
        g_free (call->segments[i]);
        g_free (call->segments[i + 1]);
        call->segments[i] = g_strdup ("location");
        for (guint j = i + 1; call->segments[j]; j++)
          call->segments[j] = call->segments[j + 1];
      }
  return TRUE;
}

static gboolean
read_body (CptSandboxCall *call)
{
  const char *type = soup_message_headers_get_content_type (call->headers, NULL);
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (type, "application/json") != 0)
    {
      cpt_sandbox_reply_error (call, 415, "Content-Type must be application/json", NULL);
      return FALSE;
    }
  call->json = cpt_sandbox_json_read_bytes (call->body, &error);
  if (!call->json)
    cpt_sandbox_reply_error (call, 400, error->message, NULL);
  return call->json != NULL;
}

static gboolean
query_is_allowed (const CptSandboxRoute *route, CptSandboxCall *call)
{
  static const char *const nothing[] = { NULL };

  return route->flags & CPT_SANDBOX_ROUTE_QUERY || cpt_sandbox_check_query (call, nothing);
}

/* Answers a request under the API root. */
void
cpt_sandbox_api (CptSandboxCall *call)
{
  const CptSandboxRoute *route;

  if (!authenticate (call))
    return;
  if (!shorten_path (call))
    {
      cpt_sandbox_reply_error (call, 404, "No such location for this connection", NULL);
      return;
    }
  route = cpt_sandbox_route_find (api_routes, call);
  if (!cpt_sandbox_limit (call, route && route->flags & CPT_SANDBOX_ROUTE_HEAVY))
    return;
  if (!route)
    reply_no_route (call);
  else if (route->scope && !cpt_sandbox_connection_may (call->connection, route->scope))
    cpt_sandbox_reply_error (call, 403, "The connection's scope does not allow this", NULL);
  else if (query_is_allowed (route, call) &&
           (!(route->flags & CPT_SANDBOX_ROUTE_BODY) || read_body (call)))
    route->handler (call);
}
