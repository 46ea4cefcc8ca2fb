/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The authorisation pages as HTML, in French or English: plain forms whose fields have labels and
 * ids. Main loop only. */
#include "cpt-sandbox-pages.h"

#include <string.h>

static const struct
{
  const char *english;
  const char *french;
} phrases[] = {
  [CPT_SANDBOX_SAY_LOGIN] = { "Log in", "Se connecter" },
  [CPT_SANDBOX_SAY_LOGIN_HELP] = { "This is a demo shop. Use the account demo@example.org with the "
                                   "password demo.",
                                   "Ceci est une boutique de démonstration. Utilisez le compte "
                                   "demo@example.org avec le mot de passe demo." },
  [CPT_SANDBOX_SAY_EMAIL] = { "E-mail", "E-mail" },
  [CPT_SANDBOX_SAY_PASSWORD] = { "Password", "Mot de passe" },
  [CPT_SANDBOX_SAY_LOGIN_BUTTON] = { "Log in", "Se connecter" },
  [CPT_SANDBOX_SAY_LOGIN_WRONG] = { "Wrong e-mail or password.",
                                    "E-mail ou mot de passe incorrect." },
  [CPT_SANDBOX_SAY_LOCATION] = { "Choose the location", "Choisir le point de vente" },
  [CPT_SANDBOX_SAY_LOCATION_HELP] = { "Comptoir will be connected to this location.",
                                      "Comptoir sera connecté à ce point de vente." },
  [CPT_SANDBOX_SAY_NEXT] = { "Next", "Suivant" },
  [CPT_SANDBOX_SAY_ALLOW_TITLE] = { "Allow Comptoir?", "Autoriser Comptoir ?" },
  [CPT_SANDBOX_SAY_ALLOW_HELP] = { "Comptoir asks for these rights:",
                                   "Comptoir demande ces droits :" },
  [CPT_SANDBOX_SAY_LIST] = { "Customer list", "Liste de clients" },
  [CPT_SANDBOX_SAY_CATALOG] = { "Catalog", "Catalogue" },
  [CPT_SANDBOX_SAY_ALLOW] = { "Allow", "Autoriser" },
  [CPT_SANDBOX_SAY_REFUSE] = { "Refuse", "Refuser" },
  [CPT_SANDBOX_SAY_CODE_TITLE] = { "Copy this code", "Copiez ce code" },
  [CPT_SANDBOX_SAY_CODE_HELP] = { "Paste it into Comptoir. It works once, for 10 minutes.",
                                  "Collez-le dans Comptoir. Il sert une fois, pendant 10 "
                                  "minutes." },
  [CPT_SANDBOX_SAY_CODE] = { "Code", "Code" },
  [CPT_SANDBOX_SAY_REFUSED_TITLE] = { "Refused", "Refusé" },
  [CPT_SANDBOX_SAY_REFUSED_HELP] = { "Comptoir was not connected. You can close this page.",
                                     "Comptoir n’a pas été connecté. Vous pouvez fermer cette "
                                     "page." },
  [CPT_SANDBOX_SAY_ERROR_TITLE] = { "This request cannot be answered",
                                    "Cette demande n’est pas valable" },
  [CPT_SANDBOX_SAY_ERROR_CLIENT] = { "The program (client_id) is unknown.",
                                     "Le programme (client_id) est inconnu." },
  [CPT_SANDBOX_SAY_ERROR_REDIRECT] = { "The return address (redirect_uri) is missing or not "
                                       "allowed.",
                                       "L’adresse de retour (redirect_uri) manque ou n’est pas "
                                       "autorisée." },
  [CPT_SANDBOX_SAY_ERROR_SCOPE] = { "The rights asked for (scope) are missing or malformed.",
                                    "Les droits demandés (scope) manquent ou sont mal écrits." },
  [CPT_SANDBOX_SAY_ERROR_SESSION] = { "This page was already answered. Start again from Comptoir.",
                                      "Il a déjà été répondu à cette page. Recommencez depuis "
                                      "Comptoir." },
};

static const char *
say (gboolean french, CptSandboxPhrase phrase)
{
  return french ? phrases[phrase].french : phrases[phrase].english;
}

static void append (GString *html, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
append (GString *html, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_markup_vprintf_escaped (format, values);
  va_end (values);
  g_string_append (html, text);
}

static GString *
page_begin (gboolean french, CptSandboxPhrase title)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n");

  append (html,
          "<html lang=\"%s\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title><style>"
          "body{font:18px/1.5 sans-serif;max-width:32em;margin:3em auto;padding:0 1em;"
          "color:#1c1c1c;background:#fff}label{display:block;margin-top:1em}"
          "input,select,button{font:inherit;padding:.5em;min-height:44px;box-sizing:border-box}"
          "input,select{width:100%%}button{margin:1.5em .5em 0 0;padding:.5em 1.5em}"
          "code{overflow-wrap:anywhere}.error{color:#a40000;font-weight:bold}</style></"
          "head><body><main><h1>%s</h1>\n",
          french ? "fr" : "en", say (french, title), say (french, title));
  return html;
}

/* Takes `html` over. */
static void
page_end (CptSandboxCall *call, guint status, GString *html)
{
  g_string_append (html, "</main></body></html>\n");
  cpt_sandbox_reply_text (call, status, "text/html; charset=utf-8", html->str);
  soup_message_headers_replace (call->reply_headers, "Cache-Control", "no-store");
  g_string_free (html, TRUE);
}

static void
append_form (GString *html, const char *action, CptSandboxLogin *login)
{
  append (html,
          "<form method=\"post\" action=\"/oauth2/v1/%s\" id=\"%s-form\">"
          "<input type=\"hidden\" name=\"session\" value=\"%s\">\n",
          action, action, login->id);
}

static void
append_refuse (GString *html, CptSandboxLogin *login)
{
  append (html,
          "<button type=\"submit\" id=\"refuse\" name=\"decision\" value=\"refuse\" "
          "formnovalidate>%s</button></form>\n",
          say (login->french, CPT_SANDBOX_SAY_REFUSE));
}

static void
append_option (GString *html, JsonObject *thing, const char *wanted_name)
{
  const char *name = json_object_get_string_member (thing, "name");

  append (html, "<option value=\"%s\"%s>%s</option>\n", json_object_get_string_member (thing, "id"),
          g_strcmp0 (name, wanted_name) == 0 ? " selected" : "", name);
}

static void
append_select (GString *html, const char *id, const char *name, const char *label)
{
  append (html, "<label for=\"%s\">%s</label><select id=\"%s\" name=\"%s\" required>\n", id, label,
          id, name);
}

/* E-mail and password. */
void
cpt_sandbox_page_login (CptSandboxCall *call, CptSandboxLogin *login, gboolean wrong)
{
  gboolean french = login->french;
  GString *html = page_begin (french, CPT_SANDBOX_SAY_LOGIN);

  append (html, "<p id=\"help\">%s</p>\n", say (french, CPT_SANDBOX_SAY_LOGIN_HELP));
  if (wrong)
    append (html, "<p class=\"error\" id=\"error\" role=\"alert\">%s</p>\n",
            say (french, CPT_SANDBOX_SAY_LOGIN_WRONG));
  append_form (html, "login", login);
  append (html,
          "<label for=\"email\">%s</label><input id=\"email\" name=\"email\" type=\"email\" "
          "autocomplete=\"username\" required>\n"
          "<label for=\"password\">%s</label><input id=\"password\" name=\"password\" "
          "type=\"password\" autocomplete=\"current-password\" required>\n"
          "<button type=\"submit\" id=\"login\">%s</button></form>\n",
          say (french, CPT_SANDBOX_SAY_EMAIL), say (french, CPT_SANDBOX_SAY_PASSWORD),
          say (french, CPT_SANDBOX_SAY_LOGIN_BUTTON));
  page_end (call, 200, html);
}

/* The account's locations. */
void
cpt_sandbox_page_location (CptSandboxCall *call, CptSandboxLogin *login)
{
  gboolean french = login->french;
  GString *html = page_begin (french, CPT_SANDBOX_SAY_LOCATION);
  GPtrArray *locations = call->sandbox->locations;

  append (html, "<p id=\"help\">%s</p>\n", say (french, CPT_SANDBOX_SAY_LOCATION_HELP));
  append_form (html, "location", login);
  append_select (html, "location", "location_id", say (french, CPT_SANDBOX_SAY_LOCATION));
  for (guint i = 0; i < locations->len; i++)
    append_option (html, locations->pdata[i], login->location_name);
  append (html, "</select>\n<button type=\"submit\" id=\"next\">%s</button>\n",
          say (french, CPT_SANDBOX_SAY_NEXT));
  append_refuse (html, login);
  page_end (call, 200, html);
}

/* Customer list, catalog, and the question itself. */
void
cpt_sandbox_page_allow (CptSandboxCall *call, CptSandboxLogin *login)
{
  gboolean french = login->french;
  GString *html = page_begin (french, CPT_SANDBOX_SAY_ALLOW_TITLE);
  CptSandbox *self = call->sandbox;
  JsonObject *location = cpt_sandbox_location (self, login->location_id);

  append (html,
          "<p id=\"help\">%s</p><p><b id=\"chosen-location\">%s</b></p><p>%s "
          "<code>%s</code></p>\n",
          say (french, CPT_SANDBOX_SAY_LOCATION_HELP),
          json_object_get_string_member (location, "name"),
          say (french, CPT_SANDBOX_SAY_ALLOW_HELP), login->scope);
  append_form (html, "decision", login);
  append_select (html, "customer_list", "customer_list_id", say (french, CPT_SANDBOX_SAY_LIST));
  for (guint i = 0; i < self->lists->len; i++)
    append_option (html, self->lists->pdata[i], NULL);
  g_string_append (html, "</select>\n");
  append_select (html, "catalog", "catalog_id", say (french, CPT_SANDBOX_SAY_CATALOG));
  for (guint i = 0; i < self->catalogs->len; i++)
    append_option (html, ((CptSandboxCatalog *)self->catalogs->pdata[i])->document, NULL);
  append (html,
          "</select>\n<button type=\"submit\" id=\"allow\" name=\"decision\" value=\"allow\">%s"
          "</button>\n",
          say (french, CPT_SANDBOX_SAY_ALLOW));
  append_refuse (html, login);
  page_end (call, 200, html);
}

/* The out-of-band code, to be copied. */
void
cpt_sandbox_page_code (CptSandboxCall *call, CptSandboxLogin *login, const char *code)
{
  gboolean french = login->french;
  GString *html = page_begin (french, CPT_SANDBOX_SAY_CODE_TITLE);

  append (html,
          "<p>%s</p>\n<label for=\"code\">%s</label>"
          "<input id=\"code\" value=\"%s\" readonly onfocus=\"this.select()\">\n",
          say (french, CPT_SANDBOX_SAY_CODE_HELP), say (french, CPT_SANDBOX_SAY_CODE), code);
  page_end (call, 200, html);
}

/* A page that only says something. */
void
cpt_sandbox_page_message (CptSandboxCall *call,
                          guint status,
                          gboolean french,
                          CptSandboxPhrase title,
                          CptSandboxPhrase text)
{
  GString *html = page_begin (french, title);

  append (html, "<p id=\"message\">%s</p>\n", say (french, text));
  page_end (call, status, html);
}
