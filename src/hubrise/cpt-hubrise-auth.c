/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HubRise's authorisation: the address to open and the answer that comes back. Main thread only. */
#include "cpt-hubrise-auth.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cpt-hubrise-auth-private.h"
#include "cpt-hubrise-client.h"

/* Longer than any code; what is longer was pasted by mistake. */
#define LONGEST_CODE 1000

/**
 * cpt_hubrise_auth_new_state:
 *
 * Returns: (transfer full): 128 unguessable bits as text; ties an answer to this attempt
 */
char *
cpt_hubrise_auth_new_state (void)
{
  guint8 random[16];
  GString *state = g_string_new (NULL);

  if (getentropy (random, sizeof random) != 0)
    g_error ("No random numbers from the system");
  for (gsize i = 0; i < sizeof random; i++)
    g_string_append_printf (state, "%02x", random[i]);
  return g_string_free (state, FALSE);
}

static void
add_parameter (GString *url, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (url, "%s%s=%s", strchr (url->str, '?') != NULL ? "&" : "?", name,
                          escaped);
}

/**
 * cpt_hubrise_auth_build_url:
 * @redirect_uri: %CPT_AUTH_OUT_OF_BAND or the listener's
 * @state: (nullable): of cpt_hubrise_auth_new_state()
 * @device_id: (nullable): gives this till a token of its own
 *
 * Returns: (transfer full): the address to open in the user's browser
 */
char *
cpt_hubrise_auth_build_url (const char *oauth_root,
                            const char *client_id,
                            const char *redirect_uri,
                            const char *state,
                            const char *device_id)
{
  GString *url = g_string_new (oauth_root);

  while (url->len > 0 && url->str[url->len - 1] == '/')
    g_string_truncate (url, url->len - 1);
  g_string_append (url, "/authorize");
  add_parameter (url, "redirect_uri", redirect_uri);
  add_parameter (url, "client_id", client_id);
  add_parameter (url, "scope", CPT_AUTH_SCOPE);
  add_parameter (url, "state", state);
  add_parameter (url, "device_id", device_id);
  return g_string_free (url, FALSE);
}

static char *
fail_answer (GError **error, int code, const char *words)
{
  g_set_error_literal (error, CPT_HUBRISE_ERROR, code, words);
  return NULL;
}

/**
 * cpt_hubrise_auth_refusal_words:
 * @reason: the `error` of a redirect
 *
 * Returns: (transfer full): translated
 */
char *
cpt_hubrise_auth_refusal_words (const char *reason)
{
  g_autofree char *valid = g_utf8_make_valid (reason, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), 200));

  if (g_str_equal (reason, "access_denied"))
    return g_strdup (_ ("The access was refused on HubRise's page."));
  /* TRANSLATORS: %s is a machine word of HubRise such as "server_error" */
  return g_strdup_printf (_ ("HubRise refused the access: %s"), start);
}

/**
 * cpt_hubrise_auth_read_answer:
 * @parameters: of the redirect
 * @state: what its `state` must be
 *
 * Returns: (transfer full): the code; NULL with %CPT_HUBRISE_ERROR_REFUSED for a valid refusal,
 * %CPT_HUBRISE_ERROR_ANSWER for what is no answer to this attempt
 */
char *
cpt_hubrise_auth_read_answer (GHashTable *parameters, const char *state, GError **error)
{
  const char *code = g_hash_table_lookup (parameters, "code");
  const char *refusal = g_hash_table_lookup (parameters, "error");
  g_autofree char *words = NULL;

  if (g_strcmp0 (g_hash_table_lookup (parameters, "state"), state) != 0)
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER,
                        _ ("This answer belongs to another attempt to connect. Open the address "
                           "again and use the answer it gives."));
  if (refusal != NULL && refusal[0] != '\0')
    {
      words = cpt_hubrise_auth_refusal_words (refusal);
      return fail_answer (error, CPT_HUBRISE_ERROR_REFUSED, words);
    }
  if (code == NULL || code[0] == '\0' || strlen (code) > LONGEST_CODE)
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER, _ ("This address holds no code."));
  return g_strdup (code);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0xfeff || c == 0x2060 ||
         !g_unichar_isprint (c);
}

/* A copy without what pasting brings along at both ends, invisible characters included. */
static char *
trim (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *start = valid;
  const char *end = valid + strlen (valid);

  while (*start != '\0' && is_blank (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, end - start);
}

/* An address pasted without its state is taken; one with another state is not. */
static char *
parse_query (const char *query, const char *state, GError **error)
{
  g_autoptr (GHashTable) parameters =
      g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  if (parameters == NULL)
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER, _ ("This address cannot be read."));
  if (g_hash_table_contains (parameters, "client_id") &&
      !g_hash_table_contains (parameters, "code"))
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER,
                        _ ("This is the address to open in a browser. Paste the code that HubRise "
                           "shows there afterwards."));
  if (!g_hash_table_contains (parameters, "state"))
    g_hash_table_insert (parameters, g_strdup ("state"), g_strdup (state));
  return cpt_hubrise_auth_read_answer (parameters, state, error);
}

static gboolean
is_code (const char *text)
{
  if (strlen (text) > LONGEST_CODE)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/**
 * cpt_hubrise_auth_parse_answer:
 * @text: what the user pasted: a code, a whole redirected address, or its part after the "?"
 * @state: (nullable): of this attempt
 *
 * Returns: (transfer full): the code; NULL with %CPT_HUBRISE_ERROR_ANSWER or
 * %CPT_HUBRISE_ERROR_REFUSED and words for the user
 */
char *
cpt_hubrise_auth_parse_answer (const char *text, const char *state, GError **error)
{
  g_autofree char *answer = trim (text);

  if (answer[0] == '\0')
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER,
                        _ ("Paste the code that HubRise shows in the browser."));

  char *fragment = strchr (answer, '#');
  if (fragment != NULL)
    *fragment = '\0';
  if (strchr (answer, '?') != NULL)
    return parse_query (strchr (answer, '?') + 1, state, error);
  if (g_str_has_prefix (answer, "code=") || strstr (answer, "&code=") != NULL)
    return parse_query (answer, state, error);
  if (strstr (answer, "://") != NULL)
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER, _ ("This address holds no code."));
  if (!is_code (answer))
    return fail_answer (error, CPT_HUBRISE_ERROR_ANSWER,
                        _ ("This is not a code: paste only the code, or the whole address of the "
                           "page HubRise led to."));
  return g_steal_pointer (&answer);
}
