/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control path: how a test steers the shop. README.md beside this file describes it. Main
 * loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

static void
delete_journal (CptSandboxCall *call)
{
  cpt_sandbox_journal_clear (call->sandbox->journal);
  cpt_sandbox_reply_object (call, 200, json_object_new ());
}

static void
get_release (CptSandboxCall *call)
{
  JsonObject *reply = json_object_new ();

  json_object_set_int_member (reply, "held", call->sandbox->held->len);
  cpt_sandbox_reply_object (call, 200, reply);
}

static void
post_release (CptSandboxCall *call)
{
  JsonObject *reply = json_object_new ();
  gint64 n = cpt_sandbox_json_int (json_node_get_object (call->json), "n", 0);

  json_object_set_int_member (reply, "released", cpt_sandbox_release (call->sandbox, n));
  cpt_sandbox_reply_object (call, 200, reply);
}

static void
get_clock (CptSandboxCall *call)
{
  JsonObject *reply = json_object_new ();
  g_autofree char *now = cpt_sandbox_now_text (call->sandbox);

  json_object_set_string_member (reply, "now", now);
  json_object_set_boolean_member (reply, "frozen", cpt_sandbox_clock_frozen (call->sandbox->clock));
  cpt_sandbox_reply_object (call, 200, reply);
}

static void
post_clock (CptSandboxCall *call)
{
  CptSandboxClock *clock = call->sandbox->clock;
  JsonObject *body = json_node_get_object (call->json);
  const char *set = cpt_sandbox_json_string (body, "set");
  gint64 now;

  if (json_object_has_member (body, "freeze"))
    cpt_sandbox_clock_freeze (clock, cpt_sandbox_json_boolean (body, "freeze", FALSE));
  now = cpt_sandbox_clock_now (clock);
  if (set && !cpt_sandbox_time_parse (set, &now))
    {
      cpt_sandbox_reply_field (call, "set", "must be an ISO 8601 time with an offset");
      return;
    }
  now += cpt_sandbox_json_int (body, "advance", 0) * CPT_SANDBOX_SECOND;
  cpt_sandbox_clock_set (clock, now);
  get_clock (call);
}

/* POST refuse: a failure rule for 401 that lasts until it is deleted. */
static void
post_refuse (CptSandboxCall *call)
{
  JsonObject *body = json_node_get_object (call->json);

  json_object_set_int_member (body, "status", 401);
  json_object_set_int_member (body, "times", 0);
  cpt_sandbox_json_set_default (body, "path", json_node_init_string (json_node_alloc (), "/v1/*"));
  cpt_sandbox_json_set_default (body, "message",
                                json_node_init_string (json_node_alloc (),
                                                       "Access token is invalid or was revoked"));
  cpt_sandbox_post_failure (call);
}

static void
patch_location (CptSandboxCall *call)
{
  JsonObject *body = json_node_get_object (call->json);
  const char *id = cpt_sandbox_query (call, "location_id");
  JsonObject *location =
      id ? cpt_sandbox_location (call->sandbox, id) : call->sandbox->locations->pdata[0];
  CptSandboxConnection *author =
      cpt_sandbox_connection_by_id (call->sandbox, cpt_sandbox_query (call, "as"));

  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = {
    .sandbox = call->sandbox, .errors = errors, .strict = TRUE, .foreign = TRUE
  };

  if (!location)
    {
      cpt_sandbox_reply_error (call, 404, "No such location", NULL);
      return;
    }
  cpt_sandbox_check_location (&check, body);
  if (json_array_get_length (errors) > 0)
    {
      cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
      return;
    }
  cpt_sandbox_change_location (call->sandbox, author, location, body);
  cpt_sandbox_reply_object (call, 200, cpt_sandbox_json_copy_object (location));
}

static const char *
text_or (JsonObject *body, const char *name, const char *fallback)
{
  return json_object_has_member (body, name) ? cpt_sandbox_json_string (body, name) : fallback;
}

/* POST code: connects without a browser. */
static void
post_code (CptSandboxCall *call)
{
  CptSandbox *self = call->sandbox;
  JsonObject *body = json_node_get_object (call->json);
  JsonObject *reply = json_object_new ();
  const char *location_id =
      text_or (body, "location_id",
               json_object_get_string_member (self->locations->pdata[0], "id"));
  g_autofree char *code = NULL;

  if (!cpt_sandbox_location (self, location_id))
    {
      json_object_unref (reply);
      cpt_sandbox_reply_field (call, "location_id", "is not a location of this shop");
      return;
    }
  code =
      cpt_sandbox_code_new (self, location_id,
                            text_or (body, "catalog_id", cpt_sandbox_first_catalog (self)),
                            text_or (body, "customer_list_id",
                                     json_object_get_string_member (self->lists->pdata[0], "id")),
                            cpt_sandbox_json_string (body, "device_id"),
                            cpt_sandbox_json_string (body, "scope"));
  json_object_set_string_member (reply, "code", code);
  cpt_sandbox_reply_object (call, 200, reply);
}

static const CptSandboxRoute routes[] = {
  { "GET", "orders", cpt_sandbox_control_list_orders },
  { "POST", "orders", cpt_sandbox_control_post_order },
  { "GET", "orders/:id", cpt_sandbox_control_get_order },
  { "PATCH", "orders/:id", cpt_sandbox_control_patch_order },
  { "GET", "failures", cpt_sandbox_get_failures },
  { "POST", "failures", cpt_sandbox_post_failure },
  { "DELETE", "failures", cpt_sandbox_delete_failures },
  { "DELETE", "failures/:id", cpt_sandbox_delete_failures },
  { "POST", "refuse", post_refuse },
  { "GET", "release", get_release },
  { "POST", "release", post_release },
  { "DELETE", "journal", delete_journal },
  { "GET", "clock", get_clock },
  { "POST", "clock", post_clock },
  { "PATCH", "location", patch_location },
  { "GET", "settings", cpt_sandbox_control_get_settings },
  { "PATCH", "settings", cpt_sandbox_control_settings },
  { "POST", "code", post_code },
  { "PUT", "catalog", cpt_sandbox_control_put_catalog },
  { "POST", "catalog/drop", cpt_sandbox_control_drop_ref },
  { "GET", "inventory", cpt_sandbox_control_get_inventory },
  { "PATCH", "inventory", cpt_sandbox_control_patch_inventory },
  { "POST", "unknown-refs", cpt_sandbox_control_unknown_refs },
  { "GET", "state", cpt_sandbox_control_state },
  { NULL },
};

/* Every body is an object; none at all is an empty one. */
static gboolean
read_body (CptSandboxCall *call)
{
  if (g_bytes_get_size (call->body) == 0)
    call->json = json_from_string ("{}", NULL);
  else
    call->json = cpt_sandbox_json_read_bytes (call->body, NULL);
  if (call->json && JSON_NODE_HOLDS_OBJECT (call->json))
    return TRUE;
  cpt_sandbox_reply_error (call, 400, "The body must be one JSON object", NULL);
  return FALSE;
}

/* Answers a request under the control root, whose secret was right. */
void
cpt_sandbox_control (CptSandboxCall *call)
{
  const CptSandboxRoute *route = cpt_sandbox_route_find (routes, call);

  if (!route)
    cpt_sandbox_reply_error (call, 404, "No such control path", NULL);
  else if (read_body (call))
    route->handler (call);
}
