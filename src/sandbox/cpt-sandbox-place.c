/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The location: what it shows and what may be changed. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define PLACE_FIELDS                                                                               \
  { "cutoff_time", CPT_SANDBOX_TEXT }, { "opening_hours", CPT_SANDBOX_OBJECT },                    \
      { "preparation_time", CPT_SANDBOX_COUNT }, { "order_acceptance", CPT_SANDBOX_OBJECT },       \
  {                                                                                                \
    "custom_fields", CPT_SANDBOX_CUSTOM                                                            \
  }

static const CptSandboxField patch_fields[] = { PLACE_FIELDS, { NULL } };

/* The manager's own page on HubRise changes more. */
static const CptSandboxField foreign_fields[] = {
  PLACE_FIELDS,
  { "name", CPT_SANDBOX_TEXT, FALSE },
  { "address", CPT_SANDBOX_TEXT },
  { "postal_code", CPT_SANDBOX_TEXT },
  { "city", CPT_SANDBOX_TEXT },
  { "country", CPT_SANDBOX_TEXT },
  { NULL },
};

static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                    "friday", "saturday", "sunday",    NULL };

/* GET /location */
void
cpt_sandbox_get_location (CptSandboxCall *call)
{
  JsonObject *location = cpt_sandbox_location (call->sandbox, call->connection->location_id);

  cpt_sandbox_reply_object (call, 200, cpt_sandbox_json_copy_object (location));
}

static gboolean
is_time_of_day (const char *text)
{
  return text &&
         g_regex_match_simple ("^([01]\\d|2[0-3]):[0-5]\\d$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
day_is_valid (JsonNode *value)
{
  JsonArray *ranges = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; ranges && i < json_array_get_length (ranges); i++)
    {
      JsonObject *range = cpt_sandbox_json_element (ranges, i);

      if (!is_time_of_day (cpt_sandbox_json_string (range, "from")) ||
          !is_time_of_day (cpt_sandbox_json_string (range, "to")))
        return FALSE;
    }
  return ranges != NULL;
}

static void
check_hours (CptSandboxCheck *check, JsonObject *hours)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, hours);
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_strv_contains (days, name) || !day_is_valid (value))
      {
        g_autofree char *field = cpt_sandbox_field ("opening_hours", name);

        cpt_sandbox_add_error (check->errors, field, "must be a day with its from and to");
      }
}

static const CptSandboxField open_fields[] = { { "mode", CPT_SANDBOX_TEXT, TRUE }, { NULL } };
static const CptSandboxField busy_fields[] = { { "mode", CPT_SANDBOX_TEXT, TRUE },
                                               { "extra_preparation_time", CPT_SANDBOX_COUNT,
                                                 TRUE },
                                               { "resume_at", CPT_SANDBOX_TIME },
                                               { NULL } };
static const CptSandboxField paused_fields[] = { { "mode", CPT_SANDBOX_TEXT, TRUE },
                                                 { "reason", CPT_SANDBOX_TEXT },
                                                 { "resume_at", CPT_SANDBOX_TIME },
                                                 { NULL } };

static void
check_acceptance (CptSandboxCheck *check, JsonObject *acceptance)
{
  const char *mode = cpt_sandbox_json_string (acceptance, "mode");
  const char *word = check->sandbox->settings.acceptance_word;

  if (g_strcmp0 (mode, "busy") == 0)
    cpt_sandbox_check_object (check, "order_acceptance", acceptance, busy_fields);
  else if (g_strcmp0 (mode, "paused") == 0)
    cpt_sandbox_check_object (check, "order_acceptance", acceptance, paused_fields);
  else if (check->foreign ? mode != NULL : g_strcmp0 (mode, word) == 0)
    cpt_sandbox_check_object (check, "order_acceptance", acceptance, open_fields);
  else
    cpt_sandbox_add_error (check->errors, "order_acceptance.mode", "is not a mode");
}

static void
check_not_null (CptSandboxCheck *check, JsonObject *changes, const char *name)
{
  if (json_object_has_member (changes, name) && json_object_get_null_member (changes, name))
    cpt_sandbox_add_error (check->errors, name, "cannot be null");
}

/* Checks what shall change on a location. */
void
cpt_sandbox_check_location (CptSandboxCheck *check, JsonObject *changes)
{
  JsonObject *hours = cpt_sandbox_json_object (changes, "opening_hours");
  JsonObject *acceptance = cpt_sandbox_json_object (changes, "order_acceptance");
  const char *cutoff = cpt_sandbox_json_string (changes, "cutoff_time");

  cpt_sandbox_check_object (check, "", changes, check->foreign ? foreign_fields : patch_fields);
  check_not_null (check, changes, "name");
  check_not_null (check, changes, "order_acceptance");
  if (cutoff && !is_time_of_day (cutoff))
    cpt_sandbox_add_error (check->errors, "cutoff_time", "must be HH:MM");
  if (hours)
    check_hours (check, hours);
  if (acceptance)
    check_acceptance (check, acceptance);
}

static void
localise_resume (JsonObject *location)
{
  JsonObject *acceptance = cpt_sandbox_json_object (location, "order_acceptance");
  gint64 usec;

  if (cpt_sandbox_time_parse (cpt_sandbox_json_string (acceptance, "resume_at"), &usec))
    {
      g_autofree char *text = cpt_sandbox_time_text (usec, CPT_SANDBOX_ZONE);

      json_object_set_string_member (acceptance, "resume_at", text);
    }
}

/* Sets the members of `changes`; `author` NULL: somebody else's program. */
void
cpt_sandbox_change_location (CptSandbox *self,
                             CptSandboxConnection *author,
                             JsonObject *location,
                             JsonObject *changes)
{
  g_autoptr (JsonObject) before = cpt_sandbox_json_copy_object (location);
  g_autoptr (JsonNode) previous = cpt_sandbox_json_node (before);
  g_autoptr (JsonNode) state = cpt_sandbox_json_node (location);
  g_autoptr (JsonObject) rest = cpt_sandbox_json_copy_object (changes);
  g_autoptr (JsonObject) ids = json_object_new ();
  JsonObject *custom = cpt_sandbox_json_object (changes, "custom_fields");
  const char *id = json_object_get_string_member (location, "id");

  if (custom)
    cpt_sandbox_json_merge (cpt_sandbox_json_object (location, "custom_fields"), custom, TRUE);
  if (json_object_has_member (rest, "custom_fields"))
    json_object_remove_member (rest, "custom_fields");
  cpt_sandbox_json_merge (location, rest, FALSE);
  localise_resume (location);
  json_object_set_string_member (ids, "location_id", id);
  cpt_sandbox_publish (self, author, id, "location", "update", ids, "new_state", state, previous);
}

/* PATCH /location */
void
cpt_sandbox_patch_location (CptSandboxCall *call)
{
  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = { .sandbox = call->sandbox,
                            .errors = errors,
                            .strict = call->sandbox->settings.strict };

  if (JSON_NODE_HOLDS_OBJECT (call->json))
    cpt_sandbox_check_location (&check, json_node_get_object (call->json));
  else
    cpt_sandbox_add_error (errors, "", "must be an object");
  if (json_array_get_length (errors) > 0)
    {
      cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
      return;
    }
  cpt_sandbox_change_location (call->sandbox, call->connection,
                               cpt_sandbox_location (call->sandbox, call->connection->location_id),
                               json_node_get_object (call->json));
  cpt_sandbox_get_location (call);
}
