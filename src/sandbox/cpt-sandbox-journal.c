/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every request in the order it came, for tests to read and to wait on. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

typedef struct
{
  CptSandboxJournal *journal;
  SoupServerMessage *message; /* (owned) */
  char *method;               /* (owned) or "*" */
  GRegex *path;               /* (owned) whole path */
  guint count;
  gint64 since;
  CptSandboxStage stage;
  guint timeout;
  gulong finished_id;
} Waiter;

struct _CptSandboxJournal
{
  GPtrArray *entries; /* (owned) of JsonObject */
  gint64 last;
  GPtrArray *waiters; /* (owned) of Waiter */
};

static const char *const stage_names[] = { "arrived", "processed", "answered" };

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_clear_handle_id (&waiter->timeout, g_source_remove);
  g_signal_handler_disconnect (waiter->message, waiter->finished_id);
  g_object_unref (waiter->message);
  g_free (waiter->method);
  g_regex_unref (waiter->path);
  g_free (waiter);
}

CptSandboxJournal *
cpt_sandbox_journal_new (void)
{
  CptSandboxJournal *self = g_new0 (CptSandboxJournal, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  return self;
}

void
cpt_sandbox_journal_free (CptSandboxJournal *self)
{
  g_ptr_array_unref (self->waiters);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Codes, secrets and tokens of the authorisation requests are not written down. */
static char *
hide_secrets (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "(\\b(?:token|code|client_secret|access_token|password)(?:=|\"\\s*:\\s*\"))[^&\"]*", 0, 0,
      NULL);

  return g_regex_replace (regex, text, -1, 0, "\\1***", 0, NULL);
}

static void
add_body (JsonObject *entry, CptSandboxCall *call, gboolean secret)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (call->body, &length);
  g_autofree char *text = g_utf8_make_valid (data ? data : "", (gssize)length);
  g_autofree char *shown = secret ? hide_secrets (text) : g_strdup (text);
  JsonNode *json = secret ? NULL : cpt_sandbox_json_read_bytes (call->body, NULL);

  json_object_set_string_member (entry, "body_text", shown);
  if (json)
    json_object_set_member (entry, "body", json);
  else if (*shown)
    json_object_set_string_member (entry, "body", shown);
  else
    json_object_set_null_member (entry, "body");
}

/* Writes a request down. The caller owns the reference that is returned. */
JsonObject *
cpt_sandbox_journal_add (CptSandboxJournal *self,
                         CptSandboxCall *call,
                         const char *sent_method,
                         const char *path,
                         const char *query)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *time = cpt_sandbox_now_text (call->sandbox);
  gboolean secret = g_str_has_prefix (path, "/oauth2/");
  g_autofree char *shown = secret && query ? hide_secrets (query) : g_strdup (query);

  json_object_set_int_member (entry, "n", ++self->last);
  json_object_set_string_member (entry, "time", time);
  json_object_set_string_member (entry, "method", call->method);
  json_object_set_string_member (entry, "sent_method", sent_method);
  json_object_set_string_member (entry, "path", path);
  cpt_sandbox_json_set_string (entry, "query", shown);
  cpt_sandbox_json_set_string (entry, "content_type",
                               soup_message_headers_get_one (call->headers, "Content-Type"));
  json_object_set_boolean_member (entry, "with_token",
                                  soup_message_headers_get_one (call->headers, "X-Access-Token") !=
                                      NULL);
  add_body (entry, call, secret);
  json_object_set_string_member (entry, "stage", stage_names[CPT_SANDBOX_ARRIVED]);
  json_object_set_null_member (entry, "status");
  json_object_set_null_member (entry, "connection");
  g_ptr_array_add (self->entries, json_object_ref (entry));
  return entry;
}

static gboolean
reached (JsonObject *entry, CptSandboxStage stage)
{
  const char *name = cpt_sandbox_json_string (entry, "stage");

  for (guint i = stage; i < G_N_ELEMENTS (stage_names); i++)
    if (strcmp (stage_names[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
waiter_matches (Waiter *waiter, JsonObject *entry)
{
  return json_object_get_int_member (entry, "n") > waiter->since &&
         (strcmp (waiter->method, "*") == 0 ||
          strcmp (waiter->method, json_object_get_string_member (entry, "method")) == 0) &&
         g_regex_match (waiter->path, json_object_get_string_member (entry, "path"), 0, NULL) &&
         reached (entry, waiter->stage);
}

static gboolean
waiter_satisfied (CptSandboxJournal *self, Waiter *waiter)
{
  guint found = 0;

  for (guint i = self->entries->len; i > 0 && found < waiter->count; i--)
    if (waiter_matches (waiter, self->entries->pdata[i - 1]))
      found++;
  return found >= waiter->count;
}

/* The place of the first entry after the one numbered `since`: their numbers rise. */
static guint
first_after (CptSandboxJournal *self, gint64 since)
{
  guint i = self->entries->len;

  while (i > 0 && json_object_get_int_member (self->entries->pdata[i - 1], "n") > since)
    i--;
  return i;
}

static char *
describe (CptSandboxJournal *self, gint64 since, gboolean satisfied)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  JsonArray *entries = json_array_new ();

  for (guint i = first_after (self, since); i < self->entries->len; i++)
    cpt_sandbox_json_add_object (entries, json_object_ref (self->entries->pdata[i]));
  json_object_set_boolean_member (reply, "satisfied", satisfied);
  json_object_set_int_member (reply, "last", self->last);
  json_object_set_array_member (reply, "entries", entries);
  return cpt_sandbox_json_object_text (reply);
}

static void
answer (CptSandboxJournal *self, SoupServerMessage *message, gint64 since, gboolean satisfied)
{
  g_autofree char *text = describe (self, since, satisfied);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
  soup_server_message_unpause (message);
}

/* Moves an entry on, and answers those who waited for that. */
void
cpt_sandbox_journal_mark (CptSandboxJournal *self, JsonObject *entry, CptSandboxStage stage)
{
  json_object_set_string_member (entry, "stage", stage_names[stage]);
  for (guint i = self->waiters->len; i > 0; i--)
    {
      Waiter *waiter = self->waiters->pdata[i - 1];

      if (waiter_satisfied (self, waiter))
        {
          answer (self, waiter->message, waiter->since, TRUE);
          g_ptr_array_remove_index (self->waiters, i - 1);
        }
    }
}

static gboolean
give_up_cb (gpointer data)
{
  Waiter *waiter = data;

  waiter->timeout = 0;
  answer (waiter->journal, waiter->message, waiter->since, FALSE);
  g_ptr_array_remove (waiter->journal->waiters, waiter);
  return G_SOURCE_REMOVE;
}

static void
gone_cb (SoupServerMessage *message, gpointer data)
{
  Waiter *waiter = data;

  g_ptr_array_remove (waiter->journal->waiters, waiter);
}

static gint64
query_number (CptSandboxCall *call, const char *name, gint64 fallback)
{
  const char *text = cpt_sandbox_query (call, name);

  return text ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

static CptSandboxStage
query_stage (CptSandboxCall *call)
{
  const char *text = cpt_sandbox_query (call, "until");

  for (guint i = 0; text && i < G_N_ELEMENTS (stage_names); i++)
    if (strcmp (text, stage_names[i]) == 0)
      return (CptSandboxStage)i;
  return CPT_SANDBOX_ANSWERED;
}

/* "PATCH /v1/location/orders/.*" from wait_for; NULL: no such regular expression. */
static Waiter *
waiter_new (CptSandboxCall *call, SoupServerMessage *message, const char *wanted)
{
  g_auto (GStrv) parts = g_strsplit (wanted, " ", 2);
  g_autofree char *whole = parts[0] && parts[1] ? g_strdup_printf ("^(?:%s)$", parts[1]) : NULL;
  GRegex *path = whole ? g_regex_new (whole, 0, 0, NULL) : NULL;
  Waiter *waiter;

  if (!path)
    return NULL;
  waiter = g_new0 (Waiter, 1);
  waiter->journal = call->sandbox->journal;
  waiter->message = g_object_ref (message);
  waiter->method = g_strdup (parts[0]);
  waiter->path = path;
  waiter->count = (guint)MAX (1, query_number (call, "count", 1));
  waiter->since = query_number (call, "since", 0);
  waiter->stage = query_stage (call);
  waiter->finished_id = g_signal_connect (message, "finished", G_CALLBACK (gone_cb), waiter);
  return waiter;
}

/* Takes GET journal, whose reply may have to wait; FALSE: another request. */
gboolean
cpt_sandbox_journal_get (CptSandboxCall *call, SoupServerMessage *message)
{
  CptSandboxJournal *self = call->sandbox->journal;
  const char *wanted = cpt_sandbox_query (call, "wait_for");
  Waiter *waiter;

  if (strcmp (call->method, "GET") != 0 || g_strcmp0 (call->segments[0], "journal") != 0 ||
      call->segments[1])
    return FALSE;
  waiter = wanted ? waiter_new (call, message, wanted) : NULL;
  if (!waiter || waiter_satisfied (self, waiter))
    {
      answer (self, message, query_number (call, "since", 0), !wanted || waiter);
      g_clear_pointer (&waiter, waiter_free);
      return TRUE;
    }
  waiter->timeout =
      g_timeout_add ((guint)query_number (call, "timeout_ms", 10000), give_up_cb, waiter);
  g_ptr_array_add (self->waiters, waiter);
  return TRUE;
}

/* Forgets what was written; numbers go on. */
void
cpt_sandbox_journal_clear (CptSandboxJournal *self)
{
  g_ptr_array_set_size (self->entries, 0);
}
