/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The authorisation: its address, the answer that is pasted and the one the browser brings. */
#include "cpt-hubrise-auth.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cpt-hubrise-client.h"
#include "cpt-test-wait.h"

#define STATE "0123456789abcdef"

static void
test_state (void)
{
  g_autofree char *one = cpt_hubrise_auth_new_state ();
  g_autofree char *other = cpt_hubrise_auth_new_state ();

  g_assert_cmpuint (strlen (one), ==, 32);
  g_assert_cmpstr (one, !=, other);
}

static void
test_url (void)
{
  g_autofree char *url = cpt_hubrise_auth_build_url ("https://manager.hubrise.com/oauth2/v1/",
                                                     "id&x", CPT_AUTH_OUT_OF_BAND, STATE, "till 1");
  g_autofree char *plain = cpt_hubrise_auth_build_url ("http://127.0.0.1:99/oauth2/v1", "id",
                                                       "http://127.0.0.1:7/callback", NULL, NULL);

  g_assert_cmpstr (url, ==,
                   "https://manager.hubrise.com/oauth2/v1/authorize"
                   "?redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&client_id=id%26x"
                   "&scope=location%5Borders.write%2Ccustomer_list.write%2Ccatalog.read%2C"
                   "inventory.write%5D&state=0123456789abcdef&device_id=till%201");
  g_assert_null (strstr (plain, "state"));
  g_assert_nonnull (strstr (plain, "redirect_uri=http%3A%2F%2F127.0.0.1%3A7%2Fcallback"));
}

static void
test_pasted (void)
{
  static const struct
  {
    const char *text, *code;
    int error;
  } table[] = {
    { "a1b2c3", "a1b2c3", 0 },
    { " \t\na1b2c3 \r\n", "a1b2c3", 0 },
    { "\xc2\xa0\xe2\x80\x8b"
      "a1b2c3\xef\xbb\xbf",
      "a1b2c3", 0 },
    { "http://127.0.0.1:1/callback?code=a1%2Fb2&state=" STATE, "a1/b2", 0 },
    { "  http://127.0.0.1:1/callback?state=" STATE "&code=a1b2#x ", "a1b2", 0 },
    { "https://till.example/done?code=a1b2", "a1b2", 0 },
    { "code=a1b2&state=" STATE, "a1b2", 0 },
    { "state=" STATE "&code=a1b2", "a1b2", 0 },
    { "http://127.0.0.1:1/callback?code=a1b2&state=other", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "http://127.0.0.1:1/callback?state=" STATE, NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "http://127.0.0.1:1/callback?code=&state=" STATE, NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "http://127.0.0.1:1/callback?error=access_denied&state=" STATE, NULL,
      CPT_HUBRISE_ERROR_REFUSED },
    { "http://127.0.0.1:1/callback?error=access_denied&state=other", NULL,
      CPT_HUBRISE_ERROR_ANSWER },
    { "https://manager.hubrise.com/oauth2/v1/authorize?client_id=1&state=" STATE, NULL,
      CPT_HUBRISE_ERROR_ANSWER },
    { "https://manager.hubrise.com/", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "  \xe2\x80\x8b ", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "Your code is a1b2", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "a1\xc3\xa9", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "\xff\xfe", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "?", NULL, CPT_HUBRISE_ERROR_ANSWER },
    { "x?%zz=%", NULL, CPT_HUBRISE_ERROR_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *code = cpt_hubrise_auth_parse_answer (table[i].text, STATE, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (code, ==, table[i].code);
      if (table[i].code == NULL)
        g_assert_error (error, CPT_HUBRISE_ERROR, table[i].error);
      else
        g_assert_no_error (error);
    }
}

static void
test_pasted_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autofree char *code = cpt_hubrise_auth_parse_answer (text, STATE, NULL);

  g_assert_null (code);
}

/* Over real HTTP. */
typedef struct
{
  CptAuthListener *listener;
  SoupSession *browser;
  char *code, *refusal;
  int answers;
} Fixture;

static void
code_cb (CptAuthListener *listener, const char *code, gpointer data)
{
  Fixture *f = data;

  f->code = g_strdup (code);
  f->answers++;
}

static void
refused_cb (CptAuthListener *listener, const char *reason, gpointer data)
{
  Fixture *f = data;

  f->refusal = g_strdup (reason);
  f->answers++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->browser = soup_session_new ();
  soup_session_set_proxy_resolver (f->browser, NULL);
  f->listener = cpt_auth_listener_new (STATE);
  g_signal_connect (f->listener, "code", G_CALLBACK (code_cb), f);
  g_signal_connect (f->listener, "refused", G_CALLBACK (refused_cb), f);
  g_assert_null (cpt_auth_listener_get_redirect_uri (f->listener));
  g_assert_true (cpt_auth_listener_start (f->listener, &error));
  g_assert_no_error (error);
  g_assert_true (
      g_str_has_prefix (cpt_auth_listener_get_redirect_uri (f->listener), "http://127.0.0.1:"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->browser);
  g_assert_finalize_object (f->listener);
  g_free (f->code);
  g_free (f->refusal);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref (result);
}

static char *
visit_address (Fixture *f, const char *method, const char *address, guint status)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  soup_session_send_and_read_async (f->browser, message, 0, NULL, keep_result_cb, &result);
  CPT_WAIT_UNTIL (result != NULL);
  body = soup_session_send_and_read_finish (f->browser, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, status);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 "Cache-Control"),
                   ==, "no-store");
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 "Content-Type"),
                   ==, "text/html; charset=utf-8");
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
visit (Fixture *f, const char *query, guint status)
{
  g_autofree char *address =
      g_strconcat (cpt_auth_listener_get_redirect_uri (f->listener), query, NULL);
  return visit_address (f, "GET", address, status);
}

static void
test_code (Fixture *f, gconstpointer data)
{
  g_autofree char *page = visit (f, "?code=c%2Fd&state=" STATE, 200);

  CPT_WAIT_UNTIL (f->answers > 0);
  g_assert_cmpstr (f->code, ==, "c/d");
  g_assert_null (f->refusal);
  g_assert_nonnull (strstr (page, "You can close this page"));
  g_assert_nonnull (strstr (page, "<html lang=\"en\">"));
  g_assert_null (strstr (page, "c/d"));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *page = visit (f, "?error=access_denied&state=" STATE, 200);

  CPT_WAIT_UNTIL (f->answers > 0);
  g_assert_null (f->code);
  g_assert_cmpstr (f->refusal, ==, "The access was refused on HubRise's page.");
  g_assert_nonnull (strstr (page, "Comptoir is not connected"));
}

static void
test_markup (Fixture *f, gconstpointer data)
{
  g_autofree char *page = visit (f, "?error=%3Cscript%3E&state=" STATE, 200);

  CPT_WAIT_UNTIL (f->answers > 0);
  g_assert_nonnull (strstr (f->refusal, "<script>"));
  g_assert_null (strstr (page, "<script>"));
}

/* Whatever else knocks is sent away, and the valid answer still comes. */
static void
test_goes_on (Fixture *f, gconstpointer data)
{
  const char *redirect = cpt_auth_listener_get_redirect_uri (f->listener);
  g_autofree char *origin = g_strndup (redirect, strrchr (redirect, '/') - redirect);
  g_autofree char *favicon = g_strconcat (origin, "/favicon.ico", NULL);
  g_autofree char *root = g_strconcat (origin, "/", NULL);
  g_autofree char *deep = g_strconcat (redirect, "/x?code=c&state=" STATE, NULL);
  g_autofree char *posted = g_strconcat (redirect, "?code=c&state=" STATE, NULL);
  static const char *const wrong[] = { "?code=c&state=other",
                                       "?code=c",
                                       "?state=" STATE,
                                       "?code=&state=" STATE,
                                       "?error=access_denied&state=other",
                                       "?error=access_denied" };

  g_free (visit_address (f, "GET", favicon, 404));
  g_free (visit_address (f, "GET", root, 404));
  g_free (visit_address (f, "GET", redirect, 404));
  g_free (visit_address (f, "GET", deep, 404));
  g_free (visit_address (f, "POST", posted, 405));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_free (visit (f, wrong[i], 400));
  g_assert_cmpint (f->answers, ==, 0);

  g_free (visit (f, "?code=right&state=" STATE, 200));
  CPT_WAIT_UNTIL (f->answers > 0);
  g_assert_cmpstr (f->code, ==, "right");
}

static gboolean
answers_on (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  return connection != NULL;
}

/* One answer, then the port is closed. */
static void
test_closes (Fixture *f, gconstpointer data)
{
  g_autoptr (GUri) uri =
      g_uri_parse (cpt_auth_listener_get_redirect_uri (f->listener), G_URI_FLAGS_NONE, NULL);
  guint16 port = (guint16)g_uri_get_port (uri);

  g_assert_true (answers_on (port));
  g_free (visit (f, "?code=first&state=" STATE, 200));
  CPT_WAIT_UNTIL (f->answers > 0);
  g_assert_false (answers_on (port));
  g_assert_cmpint (f->answers, ==, 1);
  g_assert_cmpstr (f->code, ==, "first");
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  g_autoptr (GUri) uri =
      g_uri_parse (cpt_auth_listener_get_redirect_uri (f->listener), G_URI_FLAGS_NONE, NULL);

  cpt_auth_listener_stop (f->listener);
  cpt_auth_listener_stop (f->listener);
  g_assert_false (answers_on ((guint16)g_uri_get_port (uri)));
  g_assert_cmpint (f->answers, ==, 0);
}

/* Whoever waits may let the listener go when the answer comes. */
static void
drop_cb (CptAuthListener *listener, const char *code, gpointer data)
{
  CptAuthListener **held = data;
  g_clear_object (held);
}

static void
test_dropped_in_handler (void)
{
  CptAuthListener *listener = cpt_auth_listener_new (STATE);
  g_autoptr (SoupSession) browser = soup_session_new ();
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_connect (listener, "code", G_CALLBACK (drop_cb), &listener);
  g_assert_true (cpt_auth_listener_start (listener, NULL));
  address =
      g_strconcat (cpt_auth_listener_get_redirect_uri (listener), "?code=c&state=" STATE, NULL);
  message = soup_message_new ("GET", address);
  soup_session_send_and_read_async (browser, message, 0, NULL, keep_result_cb, &result);
  CPT_WAIT_UNTIL (listener == NULL && result != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/auth/state", test_state);
  g_test_add_func ("/auth/url", test_url);
  g_test_add_func ("/auth/pasted", test_pasted);
  g_test_add_func ("/auth/pasted-long", test_pasted_long);
  TEST ("/auth/listener/code", test_code);
  TEST ("/auth/listener/refused", test_refused);
  TEST ("/auth/listener/markup", test_markup);
  TEST ("/auth/listener/goes-on", test_goes_on);
  TEST ("/auth/listener/closes", test_closes);
  TEST ("/auth/listener/stop", test_stop);
  g_test_add_func ("/auth/listener/dropped-in-handler", test_dropped_in_handler);
  return g_test_run ();
}
