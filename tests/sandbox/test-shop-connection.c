/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's door: its first line, codes, tokens, and the pages in a browser. */
#include "cpt-shop.h"

#include <string.h>

#define FORM        "application/x-www-form-urlencoded"
#define OUT_OF_BAND "urn:ietf:wg:oauth:2.0:oob"
#define SCOPE       "location[orders.write,customer_list.write,catalog.read,inventory.write]"

static CptReply *
spend (CptShop *shop, const char *code, gboolean basic)
{
  g_autofree char *form = g_strdup_printf ("code=%s", code);

  return cpt_shop_oauth (shop, "/token", FORM, form, basic);
}

static char *
new_code (CptShop *shop, const char *request)
{
  g_autoptr (CptReply) reply = cpt_shop_control (shop, "POST", "/code", "%s", request);

  return cpt_reply_at (reply, "$.code");
}

static void
test_line (void)
{
  static const char *const names[] = { "client_id", "client_secret", "code", "control_secret" };
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);

  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:\\d+/v1$",
                                       cpt_shop_line (shop, "api_url"), 0, 0));
  g_assert_true (g_str_has_suffix (cpt_shop_line (shop, "oauth_url"), "/oauth2/v1"));
  g_assert_true (g_str_has_suffix (cpt_shop_line (shop, "control_url"), "/_sandbox"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (strlen (cpt_shop_line (shop, names[i])), >, 8);
}

static void
test_code_works_once (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  const char *code = cpt_shop_line (shop, "code");
  g_autoptr (CptReply) first = spend (shop, code, TRUE);
  g_autoptr (CptReply) second = spend (shop, code, TRUE);

  g_assert_cmpuint (first->status, ==, 200);
  cpt_assert_at (first, "$.token_type", "Bearer");
  cpt_assert_at (first, "$.account_name", "Pizzeria Démo");
  cpt_assert_at (first, "$.location_name", "Pizzeria Démo Centre");
  cpt_assert_at (first, "$.catalog_name", "Carte Pizzeria Démo");
  cpt_assert_at (first, "$.customer_list_name", "Clients");
  g_assert_cmpuint (second->status, ==, 400);
}

static void
test_code_lasts_ten_minutes (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) frozen = cpt_shop_control (shop, "POST", "/clock", "{\"freeze\":true}");
  g_autofree char *early = new_code (shop, "{}");
  g_autofree char *late = new_code (shop, "{}");
  g_autoptr (CptReply) nearly = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":599}");
  g_autoptr (CptReply) taken = spend (shop, early, TRUE);
  g_autoptr (CptReply) over = cpt_shop_control (shop, "POST", "/clock", "{\"advance\":1}");
  g_autoptr (CptReply) expired = spend (shop, late, TRUE);

  g_assert_cmpuint (taken->status, ==, 200);
  g_assert_cmpuint (expired->status, ==, 400);
}

static void
test_client_credentials (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  const char *id = cpt_shop_line (shop, "client_id"),
             *secret = cpt_shop_line (shop, "client_secret");
  g_autofree char *one = new_code (shop, "{}");
  g_autofree char *two = new_code (shop, "{}");
  g_autofree char *form =
      g_strdup_printf ("code=%s&client_id=%s&client_secret=%s", one, id, secret);
  g_autofree char *json =
      g_strdup_printf ("{\"code\":\"%s\",\"client_id\":\"%s\",\"client_secret\":\"%s\"}", two, id,
                       secret);
  g_autofree char *wrong = g_strdup_printf ("code=%s&client_id=%s&client_secret=x", two, id);
  g_autoptr (CptReply) nobody = spend (shop, one, FALSE);
  g_autoptr (CptReply) stranger = cpt_shop_oauth (shop, "/token", FORM, wrong, FALSE);
  g_autoptr (CptReply) by_form = cpt_shop_oauth (shop, "/token", FORM, form, FALSE);
  g_autoptr (CptReply) by_json = cpt_shop_oauth (shop, "/token", "application/json", json, FALSE);
  g_autoptr (CptReply) text = cpt_shop_oauth (shop, "/token", "text/plain", form, TRUE);

  cpt_assert_at (nobody, "$.error_type", "unauthorized");
  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (by_form->status, ==, 200);
  g_assert_cmpuint (by_json->status, ==, 200);
  g_assert_cmpuint (text->status, ==, 415);
}

static void
test_same_token (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) state = cpt_shop_control (shop, "GET", "/state", NULL);
  g_autofree char *other_catalog = cpt_reply_at (state, "$.catalogs[1].id");
  g_autofree char *request = g_strdup_printf ("{\"catalog_id\":\"%s\"}", other_catalog);
  g_autofree char *again = cpt_shop_connect (shop, request);
  g_autofree char *device = cpt_shop_connect (shop, "{\"device_id\":\"till-2\"}");
  g_autofree char *device_again = cpt_shop_connect (shop, "{\"device_id\":\"till-2\"}");
  g_autofree char *old = g_strdup_printf ("/catalogs/%s", shop->catalog_id);
  g_autofree char *new = g_strdup_printf ("/catalogs/%s", other_catalog);
  g_autoptr (CptReply) gone = cpt_shop_api (shop, "GET", old, NULL);
  g_autoptr (CptReply) bound = cpt_shop_api (shop, "GET", new, NULL);
  g_autoptr (CptReply) kept = cpt_shop_api_as (shop, device, "GET", old, NULL);

  g_assert_cmpstr (again, ==, shop->token);
  g_assert_cmpstr (device, !=, shop->token);
  g_assert_cmpstr (device_again, ==, device);
  g_assert_cmpuint (gone->status, ==, 404);
  g_assert_cmpuint (bound->status, ==, 200);
  g_assert_cmpuint (kept->status, ==, 200);
}

static void
test_revoke (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *form = g_strdup_printf ("token=%s", shop->token);
  g_autofree char *other = cpt_shop_connect (shop, "{\"device_id\":\"till-2\"}");
  g_autoptr (CptReply) stranger = cpt_shop_oauth (shop, "/revoke", FORM, form, FALSE);
  g_autoptr (CptReply) alive = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) revoked = cpt_shop_oauth (shop, "/revoke", FORM, form, TRUE);
  g_autoptr (CptReply) dead = cpt_shop_api (shop, "GET", "/location", NULL);
  g_autoptr (CptReply) second = cpt_shop_api_as (shop, other, "GET", "/location", NULL);
  g_autofree char *fresh = cpt_shop_connect (shop, "{}");

  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (alive->status, ==, 200);
  g_assert_cmpuint (revoked->status, ==, 200);
  g_assert_cmpuint (dead->status, ==, 401);
  cpt_assert_at (dead, "$.error_type", "unauthorized");
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (fresh, !=, shop->token);
}

static void
test_token_needed (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autoptr (CptReply) missing = cpt_shop_api_as (shop, NULL, "GET", "/location", NULL);
  g_autoptr (CptReply) wrong = cpt_shop_api_as (shop, "x", "GET", "/location", NULL);
  SoupMessage *plain =
      cpt_shop_message ("GET", cpt_shop_line (shop, "control_url"), "/state", NULL);
  g_autoptr (CptReply) control = cpt_shop_send (shop, plain);

  g_assert_cmpuint (missing->status, ==, 401);
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (control->status, ==, 403);
}

static void
test_scope (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new_connected ();
  g_autofree char *reader =
      cpt_shop_connect (shop, "{\"device_id\":\"r\",\"scope\":\"location[orders.read]\"}");
  g_autoptr (CptReply) read = cpt_shop_api_as (shop, reader, "GET", "/location/orders", NULL);
  g_autoptr (CptReply) write =
      cpt_shop_api_as (shop, reader, "POST", "/location/orders", "{\"status\":\"new\"}");

  g_assert_cmpuint (read->status, ==, 200);
  cpt_assert_at (write, "$.error_type", "forbidden");
  g_assert_cmpuint (write->status, ==, 403);
}

/* --- the pages --- */

static CptReply *
get_page (CptShop *shop, const char *redirect, const char *language)
{
  g_autofree char *query =
      soup_form_encode ("client_id", cpt_shop_line (shop, "client_id"), "redirect_uri", redirect,
                        "scope", SCOPE, "state", "s&1", "device_id", "browser", NULL);
  g_autofree char *path = g_strconcat ("/authorize?", query, NULL);
  SoupMessage *message = cpt_shop_message ("GET", cpt_shop_line (shop, "oauth_url"), path, NULL);

  soup_message_headers_append (soup_message_get_request_headers (message), "Accept-Language",
                               language);
  return cpt_shop_send (shop, message);
}

/* The first text between two others. */
static char *
between (const char *text, const char *start, const char *end)
{
  const char *from = strstr (text, start);

  g_assert_nonnull (from);
  from += strlen (start);
  return g_strndup (from, (gsize)(strstr (from, end) - from));
}

static char *
session_of (CptReply *page)
{
  return between (page->text, "name=\"session\" value=\"", "\"");
}

static CptReply *
post_page (CptShop *shop, const char *name, const char *session, const char *fields)
{
  g_autofree char *path = g_strconcat ("/", name, NULL);
  g_autofree char *form = g_strdup_printf ("session=%s&%s", session, fields);

  return cpt_shop_oauth (shop, path, FORM, form, FALSE);
}

/* Fills the pages up to the question, and answers it. */
static CptReply *
answer_pages (CptShop *shop, const char *redirect, const char *decision)
{
  g_autoptr (CptReply) first = get_page (shop, redirect, "en");
  g_autofree char *session = session_of (first);
  g_autoptr (CptReply) logged =
      post_page (shop, "login", session, "email=demo@example.org&password=demo");
  g_autofree char *location = between (logged->text, "<option value=\"", "\"");
  g_autofree char *chosen = g_strdup_printf ("location_id=%s", location);
  g_autoptr (CptReply) asked = post_page (shop, "location", session, chosen);
  g_autofree char *list = between (asked->text, "<option value=\"", "\"");
  const char *rest = strstr (asked->text, "catalog_id");
  g_autofree char *catalog = between (rest, "<option value=\"", "\"");
  g_autofree char *fields =
      g_strdup_printf ("customer_list_id=%s&catalog_id=%s&decision=%s", list, catalog, decision);

  return post_page (shop, "decision", session, fields);
}

static void
test_pages_redirect (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) allowed = answer_pages (shop, "http://127.0.0.1:9/back", "allow");
  g_autoptr (CptReply) refused = answer_pages (shop, "http://127.0.0.1:9/back", "refuse");
  g_autofree char *code = between (allowed->location, "code=", "&");
  g_autoptr (CptReply) token = spend (shop, code, TRUE);

  g_assert_cmpuint (allowed->status, ==, 302);
  g_assert_true (g_str_has_prefix (allowed->location, "http://127.0.0.1:9/back?code="));
  g_assert_true (g_str_has_suffix (allowed->location, "&state=s%261"));
  g_assert_cmpstr (refused->location, ==,
                   "http://127.0.0.1:9/back?error=access_denied&state=s%261");
  g_assert_cmpuint (token->status, ==, 200);
}

static void
test_pages_out_of_band (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) allowed = answer_pages (shop, OUT_OF_BAND, "allow");
  g_autoptr (CptReply) refused = answer_pages (shop, OUT_OF_BAND, "refuse");
  g_autofree char *code = between (allowed->text, "id=\"code\" value=\"", "\"");
  g_autoptr (CptReply) token = spend (shop, code, TRUE);

  g_assert_cmpuint (token->status, ==, 200);
  g_assert_null (allowed->location);
  g_assert_nonnull (strstr (refused->text, "id=\"message\""));
  g_assert_null (strstr (refused->text, "id=\"code\""));
}

static void
test_pages_wrong (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) elsewhere = get_page (shop, "http://example.org/", "en");
  g_autoptr (CptReply) first = get_page (shop, OUT_OF_BAND, "en");
  g_autofree char *session = session_of (first);
  g_autoptr (CptReply) wrong = post_page (shop, "login", session, "email=a@b.c&password=x");
  g_autoptr (CptReply) early = post_page (shop, "location", session, "location_id=x");
  g_autoptr (CptReply) stranger = post_page (shop, "decision", "nobody", "decision=allow");

  g_assert_cmpuint (elsewhere->status, ==, 400);
  g_assert_nonnull (strstr (wrong->text, "role=\"alert\""));
  g_assert_nonnull (strstr (early->text, "id=\"password\""));
  g_assert_cmpuint (stranger->status, ==, 400);
}

static void
test_pages_language (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);
  g_autoptr (CptReply) french = get_page (shop, OUT_OF_BAND, "fr-FR,fr;q=0.9,en;q=0.8");
  g_autoptr (CptReply) english = get_page (shop, OUT_OF_BAND, "de,en;q=0.8,fr;q=0.5");

  g_assert_nonnull (strstr (french->text, "lang=\"fr\""));
  g_assert_nonnull (strstr (french->text, "Se connecter"));
  g_assert_nonnull (strstr (english->text, "lang=\"en\""));
}

static void
test_ends_with_stdin (void)
{
  g_autoptr (CptShop) shop = cpt_shop_new (NULL);

  /* cpt_shop_free() closes its input and waits for a clean end */
  g_assert_nonnull (g_subprocess_get_identifier (shop->process));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/connection/line", test_line);
  g_test_add_func ("/sandbox/connection/code-works-once", test_code_works_once);
  g_test_add_func ("/sandbox/connection/code-lasts-ten-minutes", test_code_lasts_ten_minutes);
  g_test_add_func ("/sandbox/connection/client-credentials", test_client_credentials);
  g_test_add_func ("/sandbox/connection/same-token", test_same_token);
  g_test_add_func ("/sandbox/connection/revoke", test_revoke);
  g_test_add_func ("/sandbox/connection/token-needed", test_token_needed);
  g_test_add_func ("/sandbox/connection/scope", test_scope);
  g_test_add_func ("/sandbox/connection/pages-redirect", test_pages_redirect);
  g_test_add_func ("/sandbox/connection/pages-out-of-band", test_pages_out_of_band);
  g_test_add_func ("/sandbox/connection/pages-wrong", test_pages_wrong);
  g_test_add_func ("/sandbox/connection/pages-language", test_pages_language);
  g_test_add_func ("/sandbox/connection/ends-with-stdin", test_ends_with_stdin);
  return g_test_run ();
}
