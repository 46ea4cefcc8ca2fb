/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a person allows a program: log in, choose, allow or refuse. Main loop only. */
#include "cpt-sandbox-pages.h"

#include <string.h>

#define OUT_OF_BAND "urn:ietf:wg:oauth:2.0:oob"

static void
login_free (gpointer data)
{
  CptSandboxLogin *login = data;

  g_free (login->id);
  g_free (login->redirect_uri);
  g_free (login->state);
  g_free (login->scope);
  g_free (login->device_id);
  g_free (login->location_name);
  g_free (login->location_id);
  g_free (login);
}

/* TRUE when French comes first among the languages this server has. */
static gboolean
wants_french (CptSandboxCall *call)
{
  const char *languages = soup_message_headers_get_one (call->headers, "Accept-Language");
  GSList *sorted = languages ? soup_header_parse_quality_list (languages, NULL) : NULL;
  gboolean french = FALSE;

  for (GSList *l = sorted; l; l = l->next)
    if (g_ascii_strncasecmp (l->data, "fr", 2) == 0 || g_ascii_strncasecmp (l->data, "en", 2) == 0)
      {
        french = g_ascii_strncasecmp (l->data, "fr", 2) == 0;
        break;
      }
  soup_header_free_list (sorted);
  return french;
}

static void
show_error (CptSandboxCall *call, CptSandboxPhrase text)
{
  cpt_sandbox_page_message (call, 400, wants_french (call), CPT_SANDBOX_SAY_ERROR_TITLE, text);
}

static gboolean
is_loopback (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0 ||
         g_strcmp0 (host, "::1") == 0;
}

static gboolean
redirect_is_allowed (const char *text)
{
  g_autoptr (GUri) uri = text ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;

  if (!uri)
    return FALSE;
  if (strcmp (text, OUT_OF_BAND) == 0 || strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  return strcmp (g_uri_get_scheme (uri), "http") == 0 && is_loopback (g_uri_get_host (uri));
}

static gboolean
scope_is_valid (const char *scope)
{
  return scope && g_regex_match_simple ("^location\\[(?:(?:orders|customer_list|catalog|inventory)"
                                        "\\.(?:read|write)(?:,(?!\\])|(?=\\])))+\\]$",
                                        scope, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* GET /authorize: where the program sends the person. */
static void
get_authorize (CptSandboxCall *call)
{
  CptSandboxLogin *login;

  if (g_strcmp0 (cpt_sandbox_query (call, "client_id"), call->sandbox->client_id) != 0)
    show_error (call, CPT_SANDBOX_SAY_ERROR_CLIENT);
  else if (!redirect_is_allowed (cpt_sandbox_query (call, "redirect_uri")))
    show_error (call, CPT_SANDBOX_SAY_ERROR_REDIRECT);
  else if (!scope_is_valid (cpt_sandbox_query (call, "scope")))
    show_error (call, CPT_SANDBOX_SAY_ERROR_SCOPE);
  else
    {
      login = g_new0 (CptSandboxLogin, 1);
      login->id = cpt_sandbox_new_id (24);
      login->redirect_uri = g_strdup (cpt_sandbox_query (call, "redirect_uri"));
      login->state = g_strdup (cpt_sandbox_query (call, "state"));
      login->scope = g_strdup (cpt_sandbox_query (call, "scope"));
      login->device_id = g_strdup (cpt_sandbox_query (call, "device_id"));
      login->location_name = g_strdup (cpt_sandbox_query (call, "location_name"));
      login->french = wants_french (call);
      g_hash_table_insert (call->sandbox->logins, login->id, login);
      cpt_sandbox_page_login (call, login, FALSE);
    }
}

static void
post_login (CptSandboxCall *call, CptSandboxLogin *login, GHashTable *form)
{
  const char *email = g_hash_table_lookup (form, "email");
  const char *password = g_hash_table_lookup (form, "password");

  login->logged_in = g_strcmp0 (email, CPT_SANDBOX_DEMO_EMAIL) == 0 &&
                     g_strcmp0 (password, CPT_SANDBOX_DEMO_PASSWORD) == 0;
  if (login->logged_in)
    cpt_sandbox_page_location (call, login);
  else
    cpt_sandbox_page_login (call, login, TRUE);
}

/* Sends the browser back to the program, with what it waits for. */
static void
redirect (CptSandboxCall *call, CptSandboxLogin *login, const char *name, const char *value)
{
  g_autofree char *query = login->state
                               ? soup_form_encode (name, value, "state", login->state, NULL)
                               : soup_form_encode (name, value, NULL);
  g_autofree char *target =
      g_strconcat (login->redirect_uri, strchr (login->redirect_uri, '?') ? "&" : "?", query, NULL);

  cpt_sandbox_reply_text (call, 302, "text/plain", "");
  soup_message_headers_replace (call->reply_headers, "Location", target);
}

static void
refuse (CptSandboxCall *call, CptSandboxLogin *login)
{
  if (strcmp (login->redirect_uri, OUT_OF_BAND) == 0)
    cpt_sandbox_page_message (call, 200, login->french, CPT_SANDBOX_SAY_REFUSED_TITLE,
                              CPT_SANDBOX_SAY_REFUSED_HELP);
  else
    redirect (call, login, "error", "access_denied");
  g_hash_table_remove (call->sandbox->logins, login->id);
}

static gboolean
refuses (GHashTable *form)
{
  return g_strcmp0 (g_hash_table_lookup (form, "decision"), "refuse") == 0;
}

static void
post_location (CptSandboxCall *call, CptSandboxLogin *login, GHashTable *form)
{
  const char *id = g_hash_table_lookup (form, "location_id");

  if (refuses (form))
    refuse (call, login);
  else if (!cpt_sandbox_location (call->sandbox, id))
    cpt_sandbox_page_location (call, login);
  else
    {
      g_free (login->location_id);
      login->location_id = g_strdup (id);
      cpt_sandbox_page_allow (call, login);
    }
}

static void
allow (CptSandboxCall *call, CptSandboxLogin *login, GHashTable *form)
{
  g_autofree char *code = cpt_sandbox_code_new (call->sandbox, login->location_id,
                                                g_hash_table_lookup (form, "catalog_id"),
                                                g_hash_table_lookup (form, "customer_list_id"),
                                                login->device_id, login->scope);

  if (strcmp (login->redirect_uri, OUT_OF_BAND) == 0)
    cpt_sandbox_page_code (call, login, code);
  else
    redirect (call, login, "code", code);
  g_hash_table_remove (call->sandbox->logins, login->id);
}

static void
post_decision (CptSandboxCall *call, CptSandboxLogin *login, GHashTable *form)
{
  if (refuses (form))
    refuse (call, login);
  else if (!login->location_id)
    cpt_sandbox_page_location (call, login);
  else if (!cpt_sandbox_catalog (call->sandbox, g_hash_table_lookup (form, "catalog_id")) ||
           !cpt_sandbox_list (call->sandbox, g_hash_table_lookup (form, "customer_list_id")))
    cpt_sandbox_page_allow (call, login);
  else
    allow (call, login, form);
}

static void
post_form (CptSandboxCall *call, const char *page)
{
  gsize length = 0;
  const char *body = g_bytes_get_data (call->body, &length);
  g_autofree char *text = g_strndup (body ? body : "", length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *id = g_hash_table_lookup (form, "session");
  CptSandboxLogin *login = id ? g_hash_table_lookup (call->sandbox->logins, id) : NULL;

  if (!login)
    show_error (call, CPT_SANDBOX_SAY_ERROR_SESSION);
  else if (strcmp (page, "login") == 0)
    post_login (call, login, form);
  else if (!login->logged_in)
    cpt_sandbox_page_login (call, login, FALSE);
  else if (strcmp (page, "location") == 0)
    post_location (call, login, form);
  else
    post_decision (call, login, form);
}

/* Answers what is not /token or /revoke under the OAuth root. */
void
cpt_sandbox_oauth_pages (CptSandboxCall *call)
{
  static const char *const forms[] = { "login", "location", "decision", NULL };
  const char *page = call->segments[0] && !call->segments[1] ? call->segments[0] : "";

  if (!call->sandbox->logins)
    call->sandbox->logins = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, login_free);
  if (strcmp (call->method, "GET") == 0 && strcmp (page, "authorize") == 0)
    get_authorize (call);
  else if (strcmp (call->method, "POST") == 0 && g_strv_contains (forms, page))
    post_form (call, page);
  else
    cpt_sandbox_reply_error (call, 404, "No such page", NULL);
}
