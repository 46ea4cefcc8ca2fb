/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a request: its outcome and the words for it. Immutable once handed out; main
 * thread only, but for the digest of a body. */
#include "cpt-hubrise-reply-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json-private.h"

/* What stands where the token stood. */
#define HIDDEN_TOKEN "***"

G_DEFINE_QUARK (cpt_hubrise_error, cpt_hubrise_error)
G_DEFINE_BOXED_TYPE (CptHubriseReply,
                     cpt_hubrise_reply,
                     cpt_hubrise_reply_ref,
                     cpt_hubrise_reply_unref)

CptHubriseReply *
cpt_hubrise_reply_new (void)
{
  CptHubriseReply *self = g_new0 (CptHubriseReply, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->server_date = CPT_TIME_NONE;
  self->retry_at = CPT_TIME_NONE;
  return self;
}

CptHubriseReply *
cpt_hubrise_reply_ref (CptHubriseReply *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_hubrise_reply_unref (CptHubriseReply *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->next_cursor);
  g_free (self->message);
  g_free (self->technical);
  g_free (self);
}

void
cpt_body_digest_free (CptBodyDigest *self)
{
  g_clear_error (&self->unreadable);
  g_free (self->message);
  g_free (self->error_type);
  g_free (self->masked);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
append_field_error (GString *words, JsonNode *node)
{
  JsonObject *object = cpt_json_kind (node) == CPT_JSON_OBJECT ? json_node_get_object (node) : NULL;
  g_autofree char *field = cpt_json_dup_member (object, "field");
  g_autofree char *message = cpt_json_dup_member (object, "message");

  if (field == NULL && message == NULL)
    return;
  if (words->len > 0)
    g_string_append (words, "; ");
  if (field != NULL && message != NULL)
    g_string_append_printf (words, "%s: %s", field, message);
  else
    g_string_append (words, field != NULL ? field : message);
}

static char *
read_field_errors (JsonObject *object)
{
  JsonArray *errors = cpt_json_array_member (object, "errors");
  GString *words = g_string_new (NULL);

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    append_field_error (words, json_array_get_element (errors, i));
  return g_string_free (words, FALSE);
}

static char *
read_error_message (JsonObject *object)
{
  g_autofree char *message = cpt_json_dup_member (object, "message");
  g_autofree char *fields = read_field_errors (object);

  if (fields[0] == '\0')
    return g_steal_pointer (&message);
  if (message == NULL)
    return g_steal_pointer (&fields);
  /* TRANSLATORS: what HubRise answered, then the fields it names with their reasons */
  return g_strdup_printf (_ ("%s (%s)"), message, fields);
}

/* A server that names the token in its answer does not bring it into our log or database. */
static GBytes *
hide_token (GBytes *body, const char *token)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  const char *end = text + length;
  const char *found =
      token != NULL && length > 0 ? memmem (text, length, token, strlen (token)) : NULL;
  GString *hidden = NULL;

  if (found == NULL)
    return g_bytes_ref (body);
  hidden = g_string_sized_new (length);
  for (; found != NULL; found = memmem (text, (gsize)(end - text), token, strlen (token)))
    {
      g_string_append_len (hidden, text, found - text);
      g_string_append (hidden, HIDDEN_TOKEN);
      text = found + strlen (token);
    }
  g_string_append_len (hidden, text, end - text);
  return g_string_free_to_bytes (hidden);
}

/* JSON can write the token in other bytes than its own. */
static char *
hide_in_text (const char *text, const char *token)
{
  GString *hidden = g_string_new (text);

  if (token != NULL)
    g_string_replace (hidden, token, HIDDEN_TOKEN, 0);
  return g_string_free (hidden, FALSE);
}

static char *
tidy_words (const char *words, const char *token)
{
  g_autofree char *hidden = words != NULL ? hide_in_text (words, token) : NULL;

  return hidden != NULL ? cpt_json_tidy_words (hidden) : NULL;
}

static void
read_error (CptBodyDigest *self, JsonObject *object, const char *token)
{
  g_autofree char *message = read_error_message (object);
  g_autofree char *error_type = cpt_json_dup_member (object, "error_type");

  self->message = tidy_words (message, token);
  self->error_type = tidy_words (error_type, token);
}

/**
 * cpt_body_digest_new:
 * @is_error: the body of a refusal, in which HubRise says why
 * @token: (nullable): not to be kept wherever the body names it
 *
 * Any thread.
 */
CptBodyDigest *
cpt_body_digest_new (GBytes *body, gboolean is_error, const char *token)
{
  CptBodyDigest *self = g_new0 (CptBodyDigest, 1);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *masked = NULL;
  JsonObject *object;

  self->body = hide_token (body, token);
  masked = cpt_json_mask (self->body);
  self->masked = hide_in_text (masked, token);
  if (!cpt_json_check (self->body, &self->unreadable) || !is_error)
    return self;

  object = cpt_json_parse_object (self->body, &root, NULL);
  if (object != NULL)
    read_error (self, object, token);
  return self;
}

/**
 * cpt_hubrise_reply_set_failure:
 * @transfer: that brought no whole answer
 */
void
cpt_hubrise_reply_set_failure (CptHubriseReply *self, const CptTransfer *transfer)
{
  self->sent = transfer->end != CPT_TRANSFER_NOT_SENT;
  self->no_route = !self->sent;
  self->status = transfer->status;
  self->outcome = self->sent ? CPT_OUTCOME_UNKNOWN : CPT_OUTCOME_LATER;
  /* Whatever the rest of the body would have said, this status already decides. */
  if (self->status >= 300)
    self->outcome = cpt_outcome_of_status (self->status);
  self->technical = g_strdup (transfer->timed_out       ? "timed out"
                              : transfer->error != NULL ? transfer->error->message
                                                        : "body over its limit");

  if (transfer->end == CPT_TRANSFER_TOO_LARGE)
    self->message = g_strdup (_ ("HubRise's answer is too large to be read."));
  else if (transfer->error != NULL && transfer->error->domain == G_TLS_ERROR)
    self->message = g_strdup (_ ("The secure connection to HubRise failed: check the date of this "
                                 "computer and its Internet access."));
  else if (!self->sent)
    self->message = g_strdup (_ ("HubRise cannot be reached: check the Internet connection."));
  else if (transfer->timed_out)
    self->message = g_strdup (_ ("HubRise did not answer in time."));
  else
    self->message = g_strdup (_ ("The connection to HubRise broke off."));
}

static const char *
authorisation_words (guint status)
{
  if (status == 400)
    return _ ("The code has expired or was already used: ask for a new one.");
  if (status == 401)
    return _ ("HubRise does not know this program's client id and secret.");
  return NULL;
}

static const char *
status_words (guint status)
{
  switch (status)
    {
    case 401:
      return _ ("HubRise does not accept this connection any more.");
    case 403:
      return _ ("HubRise does not allow this.");
    case 404:
      return _ ("HubRise does not know this.");
    case 422:
      return _ ("HubRise found it invalid.");
    case 429:
      return _ ("HubRise asks to wait: too many requests.");
    default:
      return NULL;
    }
}

static char *
own_words (const CptHubriseRequest *request, guint status)
{
  const char *words = request->oauth ? authorisation_words (status) : NULL;

  if (words == NULL)
    words = status_words (status);
  if (words != NULL)
    return g_strdup (words);
  if (status >= 300 && status < 400)
    /* TRANSLATORS: %u is an HTTP status such as 302 */
    return g_strdup_printf (_ ("HubRise pointed to another address, which was not followed (%u)."),
                            status);
  if (status >= 500)
    /* TRANSLATORS: %u is an HTTP status such as 503 */
    return g_strdup_printf (_ ("HubRise has a problem at the moment (%u)."), status);
  /* TRANSLATORS: %u is an HTTP status such as 400 */
  return g_strdup_printf (_ ("HubRise refused the request (%u)."), status);
}

static void
set_success (CptHubriseReply *self,
             const CptHubriseRequest *request,
             const CptTransfer *transfer,
             const CptBodyDigest *digest)
{
  self->outcome = CPT_OUTCOME_DONE;
  if (transfer->status == 304 || !request->needs_body || digest->unreadable == NULL)
    return;

  self->outcome = CPT_OUTCOME_UNKNOWN;
  /* TRANSLATORS: %s says why, such as "The document ends in the middle" */
  self->message =
      g_strdup_printf (_ ("HubRise's answer cannot be read. %s."), digest->unreadable->message);
  self->technical = g_strdup (digest->unreadable->message);
}

/**
 * cpt_hubrise_reply_dup_words:
 *
 * Returns: (transfer full) (nullable): the message for where it stands alone: what HubRise wrote is
 * told from what the till says
 */
char *
cpt_hubrise_reply_dup_words (const CptHubriseReply *self)
{
  if (!self->quoted)
    return g_strdup (self->message);
  /* TRANSLATORS: %s are HubRise's own words, why it refuses. */
  return g_strdup_printf (_ ("HubRise answered: %s"), self->message);
}

/**
 * cpt_hubrise_reply_set_answer:
 * @transfer: a whole answer
 * @digest: of its body
 */
void
cpt_hubrise_reply_set_answer (CptHubriseReply *self,
                              const CptHubriseRequest *request,
                              const CptTransfer *transfer,
                              const CptBodyDigest *digest)
{
  self->sent = TRUE;
  self->status = transfer->status;
  self->body = g_bytes_ref (digest->body);
  self->outcome = cpt_outcome_of_status (transfer->status);
  if (self->outcome == CPT_OUTCOME_DONE)
    {
      set_success (self, request, transfer, digest);
      return;
    }

  self->quoted = digest->message != NULL;
  self->message = self->quoted ? g_strdup (digest->message) : own_words (request, transfer->status);
  self->technical = digest->error_type != NULL
                        ? g_strdup_printf ("%u %s", transfer->status, digest->error_type)
                        : g_strdup_printf ("%u", transfer->status);
}
