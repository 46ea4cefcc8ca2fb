/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against servers whose TLS proves nothing. */
#include "cpt-hubrise-client.h"

#include <gio/gio.h>
#include <string.h>

#include "cpt-test-line.h"
#include "cpt-test-wait.h"

const char *__asan_default_options (void);

/* The leak checker falls over the threads of the TLS module before it finds anything. */
const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

static gboolean
speak_no_tls_cb (GSocketService *service,
                 GSocketConnection *connection,
                 GObject *source,
                 gpointer data)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "hello\r\n",
                             7, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

/* What TLS cannot prove gets no request and no token. */
static void
test_tls (CptTestLine *f, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *root = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (CptHubriseReply) reply = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (speak_no_tls_cb), NULL);
  g_clear_object (&f->client);
  f->client = cpt_test_line_client_new (f, root, root);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_false (reply->sent);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_nonnull (strstr (reply->message, "secure connection"));
}

/* A server whose certificate nobody vouches for gets no request and no token. */
static void
test_untrusted (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  g_set_object (&f->server, NULL);
  f->server = cpt_test_server_new_untrusted ();
  g_clear_object (&f->client);
  f->client = cpt_test_line_client_new (f, cpt_test_server_get_root (f->server),
                                        cpt_test_server_get_root (f->server));
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_false (reply->sent);
  g_assert_true (reply->no_route);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_nonnull (strstr (reply->message, "secure connection"));
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 0);
}

static void
trust (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = path != NULL ? g_tls_file_database_new (path, &error) : NULL;

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static void
assert_one_connection (CptTestLine *f)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CptHubriseReply) reply =
          cpt_test_line_ask (f, cpt_hubrise_request_get_location ());

      g_assert_cmpint (reply->status, ==, 200);
      g_assert_false (cpt_test_server_get (f->server, i)->http2);
    }
  g_assert_cmpuint (cpt_test_server_get (f->server, 1)->from, ==,
                    cpt_test_server_get (f->server, 0)->from);
}

/* A server that offers HTTP/2 gets HTTP/1.1, so that nothing waits behind another's connection;
 * one that is free is used again. */
static void
test_version (CptTestLine *f, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "hubrise", "untrusted-server.pem", NULL);

  assert_one_connection (f);
  trust (path);
  g_set_object (&f->server, NULL);
  f->server = cpt_test_server_new_untrusted ();
  g_clear_object (&f->client);
  f->client = cpt_test_line_client_new (f, cpt_test_server_get_root (f->server),
                                        cpt_test_server_get_root (f->server));
  assert_one_connection (f);
  trust (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The test's server offers it then. */
  g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  cpt_hubrise_init ();
#define TEST(path, function)                                                                       \
  g_test_add (path, CptTestLine, NULL, cpt_test_line_set_up, function, cpt_test_line_tear_down)
  TEST ("/client/tls/tls", test_tls);
  TEST ("/client/tls/untrusted", test_untrusted);
  TEST ("/client/tls/version", test_version);
  return g_test_run ();
}
