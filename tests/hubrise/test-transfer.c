/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transfer against a server that is done with a request before we begin to read. */
#include "cpt-hubrise-transfer.h"

#include <gio/gio.h>
#include <string.h>

#include "cpt-test-clock.h"
#include "cpt-test-wait.h"

#define HEAD_END  "\r\n\r\n"
#define ANSWER    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
#define KEPT_OPEN 2
#define START     G_GINT64_CONSTANT (1795255230000)

/* It answers on threads of its own: the first KEPT_OPEN requests together, so that each has a
 * connection that then stays open; it closes instead of answering the next, and answers the rest.
 */
typedef struct
{
  GSocketService *service;
  char *uri;
  GMutex mutex;
  GCond changed;
  guint asked, done; /* under the mutex */
  guint written;     /* of the requests after the first ones; main thread */
} Server;

static gboolean
read_request (GInputStream *input)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte = 0;

  while (!g_str_has_suffix (head->str, HEAD_END))
    {
      if (g_input_stream_read (input, &byte, 1, NULL, NULL) != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }
  return TRUE;
}

static guint
take_number (Server *server)
{
  guint number = 0;

  g_mutex_lock (&server->mutex);
  number = ++server->asked;
  g_cond_broadcast (&server->changed);
  while (server->asked < KEPT_OPEN)
    g_cond_wait (&server->changed, &server->mutex);
  g_mutex_unlock (&server->mutex);
  return number;
}

static void
count_done (Server *server)
{
  g_mutex_lock (&server->mutex);
  server->done++;
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->mutex);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer data)
{
  Server *server = data;
  GIOStream *stream = G_IO_STREAM (connection);

  while (read_request (g_io_stream_get_input_stream (stream)))
    {
      gboolean drops = take_number (server) == KEPT_OPEN + 1;

      if (drops)
        g_io_stream_close (stream, NULL, NULL);
      else
        g_output_stream_write_all (g_io_stream_get_output_stream (stream), ANSWER, strlen (ANSWER),
                                   NULL, NULL, NULL);
      count_done (server);
      if (drops)
        break;
    }
  return TRUE;
}

static void
server_set_up (Server *server, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&server->mutex);
  g_cond_init (&server->changed);
  server->service = g_threaded_socket_service_new (KEPT_OPEN * 4);
  g_signal_connect (server->service, "run", G_CALLBACK (run_cb), server);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  server->uri = g_strdup_printf ("http://127.0.0.1:%u/",
                                 g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
}

static void
server_tear_down (Server *server, gconstpointer data)
{
  g_socket_service_stop (server->service);
  g_clear_object (&server->service);
  g_cond_clear (&server->changed);
  g_mutex_clear (&server->mutex);
  g_free (server->uri);
}

/* The request has left; what the server does with it is there before libsoup looks. */
static void
wrote_body_cb (SoupMessage *message, gpointer data)
{
  Server *server = data;
  gint64 until = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;

  server->written++;
  g_mutex_lock (&server->mutex);
  while (server->done < KEPT_OPEN + server->written)
    g_assert_true (g_cond_wait_until (&server->changed, &server->mutex, until));
  g_mutex_unlock (&server->mutex);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
begin (SoupSession *session, SoupMessage *message, CptTestClock *clock, GAsyncResult **result)
{
  cpt_transfer_run_async (session, message, CPT_CLOCK (clock), 1000, FALSE, NULL, keep_result_cb,
                          result);
}

static void
end_answered (GAsyncResult **result)
{
  g_autoptr (CptTransfer) transfer = NULL;

  CPT_WAIT_UNTIL (*result != NULL);
  transfer = cpt_transfer_run_finish (*result);
  g_assert_cmpint (transfer->end, ==, CPT_TRANSFER_ANSWERED);
  g_assert_cmpuint (transfer->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (transfer->body), ==, 2);
  g_clear_object (result);
}

/* A connection that was kept open is closed under a request, and another is free: the request goes
 * out again, once, on a connection of its own, and ends once. */
static void
test_restarted (Server *server, gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (CptTestClock) clock = cpt_test_clock_new (START);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", server->uri);
  GAsyncResult *results[KEPT_OPEN] = { NULL };

  for (guint i = 0; i < KEPT_OPEN; i++)
    {
      g_autoptr (SoupMessage) first = soup_message_new ("GET", server->uri);

      begin (session, first, clock, &results[i]);
    }
  for (guint i = 0; i < KEPT_OPEN; i++)
    end_answered (&results[i]);

  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), server);
  begin (session, message, clock, &results[0]);
  end_answered (&results[0]);
  g_assert_cmpuint (server->written, ==, 2);
  g_assert_cmpuint (server->done, ==, KEPT_OPEN + 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/transfer/restarted", Server, NULL, server_set_up, test_restarted, server_tear_down);
  return g_test_run ();
}
