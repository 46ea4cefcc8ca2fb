/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that make chosen requests fail, each a JSON object as it was posted. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

struct _CptSandboxFailures
{
  JsonArray *rules; /* (owned) in the order they came */
  gint64 last;
};

CptSandboxFailures *
cpt_sandbox_failures_new (void)
{
  CptSandboxFailures *self = g_new0 (CptSandboxFailures, 1);

  self->rules = json_array_new ();
  return self;
}

void
cpt_sandbox_failures_free (CptSandboxFailures *self)
{
  json_array_unref (self->rules);
  g_free (self);
}

static gboolean
glob_matches (const char *glob, const char *path)
{
  return g_pattern_match_simple (glob, path) ||
         (g_str_has_prefix (path, "/v1/") && g_pattern_match_simple (glob, path + strlen ("/v1")));
}

static gboolean
regex_matches (const char *regex, const char *path)
{
  g_autofree char *whole = g_strdup_printf ("^(?:%s)$", regex);

  return g_regex_match_simple (whole, path, 0, 0);
}

static gboolean
body_matches (JsonObject *rule, CptSandboxCall *call)
{
  const char *wanted = cpt_sandbox_json_string (rule, "body_contains");
  gsize length = 0;
  const char *body = g_bytes_get_data (call->body, &length);

  return !wanted || (body && g_strstr_len (body, (gssize)length, wanted));
}

static gboolean
rule_matches (JsonObject *rule, CptSandboxCall *call, const char *path)
{
  const char *method = cpt_sandbox_json_string (rule, "method");
  const char *glob = cpt_sandbox_json_string (rule, "path");
  const char *regex = cpt_sandbox_json_string (rule, "path_regex");

  return (!method || strcmp (method, "*") == 0 || strcmp (method, call->method) == 0) &&
         (!glob || glob_matches (glob, path)) && (!regex || regex_matches (regex, path)) &&
         body_matches (rule, call);
}

/* TRUE when this match is one that the rule acts on. */
static gboolean
count_match (JsonObject *rule)
{
  gint64 seen = cpt_sandbox_json_int (rule, "seen", 0) + 1;
  gint64 skip = cpt_sandbox_json_int (rule, "skip", 0);
  gint64 times = cpt_sandbox_json_int (rule, "times", 1);

  json_object_set_int_member (rule, "seen", seen);
  return seen > skip && (times == 0 || seen <= skip + times);
}

/* The first rule that acts on this request, or NULL. The caller owns the reference. */
JsonObject *
cpt_sandbox_failures_match (CptSandboxFailures *self, CptSandboxCall *call, const char *path)
{
  for (guint i = 0; i < json_array_get_length (self->rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (self->rules, i);

      if (rule_matches (rule, call, path) && count_match (rule))
        return json_object_ref (rule);
    }
  return NULL;
}

void
cpt_sandbox_get_failures (CptSandboxCall *call)
{
  cpt_sandbox_reply_array (call, 200, json_array_ref (call->sandbox->failures->rules));
}

static const char *const rule_members[] = {
  "method", "path",   "path_regex", "body_contains", "times", "skip",    "delay_ms", "drop", "hold",
  "late_s", "status", "process",    "headers",       "body",  "message", "redirect", NULL
};

static gboolean
word_is (JsonObject *rule, const char *name, const char *const *words)
{
  const char *value = cpt_sandbox_json_string (rule, name);

  return !json_object_has_member (rule, name) || (value && g_strv_contains (words, value));
}

/* A misspelt rule would make a test pass for nothing. */
static const char *
find_fault (JsonObject *rule)
{
  g_autoptr (GList) names = json_object_get_members (rule);

  for (GList *l = names; l; l = l->next)
    if (!g_strv_contains (rule_members, l->data))
      return l->data;
  if (!word_is (rule, "drop", (const char *[]){ "before", "after", "mid", NULL }))
    return "drop";
  if (!word_is (rule, "hold", (const char *[]){ "before", "after", NULL }))
    return "hold";
  return NULL;
}

static void
expand_redirect (JsonObject *rule)
{
  const char *target = cpt_sandbox_json_string (rule, "redirect");
  JsonObject *headers;

  if (!target)
    return;
  headers = json_object_new ();
  json_object_set_string_member (headers, "Location", target);
  json_object_set_object_member (rule, "headers", headers);
  cpt_sandbox_json_set_default (rule, "status", json_node_init_int (json_node_alloc (), 307));
}

/* Adds one rule; answers with it and its id. */
void
cpt_sandbox_post_failure (CptSandboxCall *call)
{
  CptSandboxFailures *self = call->sandbox->failures;
  JsonObject *rule = cpt_sandbox_json_copy_object (json_node_get_object (call->json));
  const char *fault = find_fault (rule);

  if (fault)
    {
      cpt_sandbox_reply_field (call, fault, "is not a member of a failure rule");
      json_object_unref (rule);
      return;
    }
  expand_redirect (rule);
  json_object_set_int_member (rule, "id", ++self->last);
  json_object_set_int_member (rule, "seen", 0);
  cpt_sandbox_json_add_object (self->rules, rule);
  cpt_sandbox_reply_object (call, 200, json_object_ref (rule));
}

/* Forgets every rule, or the one with the id in the path. */
void
cpt_sandbox_delete_failures (CptSandboxCall *call)
{
  JsonArray *rules = call->sandbox->failures->rules;
  gint64 id = call->segments[1] ? g_ascii_strtoll (call->segments[1], NULL, 10) : 0;

  for (guint i = json_array_get_length (rules); i > 0; i--)
    if (!id ||
        id == json_object_get_int_member (json_array_get_object_element (rules, i - 1), "id"))
      json_array_remove_element (rules, i - 1);
  cpt_sandbox_get_failures (call);
}
