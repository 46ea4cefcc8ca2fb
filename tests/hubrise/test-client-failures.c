/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against a server that answers badly, slowly, too much or not at all. */
#include "cpt-hubrise-client.h"

#include <gio/gio.h>
#include <string.h>

#include "cpt-test-line.h"
#include "cpt-test-wait.h"

static void
test_redirect (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptTestServer) other = cpt_test_server_new ();
  g_autofree char *location =
      g_strdup_printf ("Location: %s/v1/location/orders/o1", cpt_test_server_get_root (other));
  const char *headers[] = { location, NULL };
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, statuses[i], "{}", headers);
      reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
      g_assert_cmpuint (reply->status, ==, statuses[i]);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (cpt_test_server_count (other), ==, 0);
}

static void
test_unreadable (CptTestLine *f, gconstpointer data)
{
  static const char *const bodies[] = { "",      "  ",  "{",          "<html>busy</html>",
                                        "{} {}", "'a'", "// nothing", "\xff",
                                        "[1,]" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 200, bodies[i], NULL);
      reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (reply->body), ==, strlen (bodies[i]));
      g_assert_nonnull (reply->message);
    }
}

static void
test_refused_connection (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  /* Nobody listens where a server was a moment ago. */
  g_clear_object (&f->server);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_false (reply->sent);
  g_assert_true (reply->no_route);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_nonnull (reply->message);
  g_assert_cmpuint (cpt_test_line_only_exchange (f)->status, ==, 0);
  g_assert_nonnull (cpt_test_line_only_exchange (f)->failure);
  g_assert_cmpstr (cpt_test_line_only_exchange (f)->order_id, ==, "o1");
}

static CptOrderStep *
accept_step (void)
{
  CptOrderStep *step = cpt_order_step_new (1, "o1", CPT_ORDER_ACCEPTED);

  step->confirmed_time = g_strdup ("2026-11-21T19:30:00+01:00");
  return step;
}

/* A PATCH that HubRise may have processed is never repeated here. */
static void
test_lost (CptTestLine *f, gconstpointer data)
{
  static const CptServeHow ways[] = { CPT_SERVE_DROP, CPT_SERVE_DROP_HEAD, CPT_SERVE_DROP_BODY };
  g_autoptr (CptOrderStep) step = accept_step ();

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_forget (f->server);
      cpt_test_server_fail (f->server, ways[i]);
      reply = cpt_test_line_ask (f, cpt_hubrise_request_patch_order (step, NULL));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
      g_assert_true (reply->sent);
      g_assert_nonnull (reply->message);
      g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
    }
}

static void
test_lost_on_kept_connection (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = accept_step ();
  g_autoptr (CptHubriseReply) first = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_forget (f->server);
  cpt_test_server_fail (f->server, CPT_SERVE_DROP);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_patch_order (step, NULL));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
}

static void
test_reply_timeout (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  reply = cpt_test_line_ask_and_wait (f, cpt_hubrise_request_get_order ("o1"), 30 * CPT_SECOND);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_true (reply->sent);
  g_assert_cmpint (cpt_test_line_only_exchange (f)->duration_ms, ==, 30 * CPT_SECOND);
}

/* An order that trickles in has 30 s for the whole; a catalog, which may be large, 30 s for each
 * piece. */
static void
test_stalled_order (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_STALL);
  reply = cpt_test_line_ask_and_wait (f, cpt_hubrise_request_get_order ("o1"), 30 * CPT_SECOND);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_null (reply->body);
}

static void
test_stalled_catalog (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_catalog ("c1", FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_STALL);
  cpt_hubrise_client_send_async (f->client, request, NULL, cpt_test_line_keep_result_cb, &result);
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 1);
  for (int piece = 0; piece < 5; piece++)
    {
      cpt_test_clock_advance (f->clock, 20 * CPT_SECOND);
      cpt_test_server_feed (f->server, "a piece");
      CPT_WAIT_UNTIL (cpt_test_clock_next_due (f->clock) == 30 * CPT_SECOND);
    }
  g_assert_null (result);
  cpt_test_clock_advance (f->clock, 30 * CPT_SECOND);
  CPT_WAIT_UNTIL (result != NULL);
  reply = cpt_hubrise_client_send_finish (f->client, result, NULL);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

/* Pieces without end are no answer either. */
static void
test_dripping_catalog (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_catalog ("c1", FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_STALL);
  cpt_hubrise_client_send_async (f->client, request, NULL, cpt_test_line_keep_result_cb, &result);
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 1);
  for (int piece = 1; piece < 30; piece++)
    {
      gint64 left = 10 * CPT_MINUTE - piece * 20 * CPT_SECOND;

      cpt_test_clock_advance (f->clock, 20 * CPT_SECOND);
      cpt_test_server_feed (f->server, "a piece");
      CPT_WAIT_UNTIL (cpt_test_clock_next_due (f->clock) == MIN (left, 30 * CPT_SECOND));
    }
  g_assert_null (result);
  cpt_test_clock_advance (f->clock, 20 * CPT_SECOND);
  CPT_WAIT_UNTIL (result != NULL);
  reply = cpt_hubrise_client_send_finish (f->client, result, NULL);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

/* The status of an answer that breaks off decides when it is a refusal. */
static void
test_lost_refusal (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = accept_step ();
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_DROP_REFUSAL);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_patch_order (step, NULL));
  g_assert_cmpuint (reply->status, ==, 422);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_NEVER);
}

static void
test_post_timeout (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  reply = cpt_test_line_ask_and_wait (f, cpt_hubrise_request_post_callback (), 60 * CPT_SECOND);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

/* A listener whose queue is full lets a connection wait for ever. */
static void
test_connect_timeout (CptTestLine *f, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *root = NULL;
  g_autoptr (CptHubriseReply) reply = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_location ();

  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_bind (listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  address = g_socket_get_local_address (listener, NULL);
  for (int i = 0; i < 4; i++)
    {
      GSocket *socket =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, address, NULL, NULL);
      g_ptr_array_add (waiting, socket);
    }

  root = g_strdup_printf ("http://127.0.0.1:%d",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_clear_object (&f->client);
  f->client = cpt_test_line_client_new (f, root, root);
  cpt_hubrise_client_send_async (f->client, request, NULL, cpt_test_line_keep_result_cb, &result);
  CPT_WAIT_UNTIL (cpt_test_clock_count_timers (f->clock) == 1);
  g_assert_cmpint (cpt_test_clock_next_due (f->clock), ==, 10 * CPT_SECOND);
  cpt_test_clock_advance (f->clock, 10 * CPT_SECOND);
  CPT_WAIT_UNTIL (result != NULL);
  reply = cpt_hubrise_client_send_finish (f->client, result, NULL);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_false (reply->sent);
  g_assert_true (reply->no_route);
}

static void
test_cancel (CptTestLine *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_location ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  cpt_hubrise_client_send_async (f->client, request, cancellable, cpt_test_line_keep_result_cb,
                                 &result);
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 1);
  g_cancellable_cancel (cancellable);
  CPT_WAIT_UNTIL (result != NULL);
  g_assert_null (cpt_hubrise_client_send_finish (f->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (cpt_test_line_only_exchange (f)->failure, ==, "cancelled");
}

static char *
list_of_size (gsize size)
{
  char *text = g_strnfill (size, ' ');

  text[0] = '[';
  text[size - 1] = ']';
  return text;
}

static void
check_limit (CptTestLine *f, CptHubriseRequest *request, gsize limit)
{
  g_autofree char *fits = list_of_size (limit);
  g_autofree char *over = list_of_size (limit + 1);
  g_autoptr (CptHubriseReply) good = NULL;
  g_autoptr (CptHubriseReply) bad = NULL;

  cpt_test_server_answer (f->server, 200, fits, NULL);
  good = cpt_test_line_ask (f, cpt_hubrise_request_ref (request));
  g_assert_cmpint (good->outcome, ==, CPT_OUTCOME_DONE);
  cpt_test_server_answer (f->server, 200, over, NULL);
  bad = cpt_test_line_ask (f, request);
  g_assert_cmpint (bad->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_null (bad->body);
  g_assert_cmpstr (bad->message, ==, "HubRise's answer is too large to be read.");
}

static void
test_limits (CptTestLine *f, gconstpointer data)
{
  check_limit (f, cpt_hubrise_request_get_order ("o1"), 2000000);
  check_limit (f, cpt_hubrise_request_list_events (NULL), 1000000);
  check_limit (f, cpt_hubrise_request_get_location (), 1000000);
  check_limit (f, cpt_hubrise_request_get_catalog ("c1", FALSE), 64000000);
}

static void
test_endless (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_ENDLESS);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_list_events (NULL));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_cmpstr (reply->message, ==, "HubRise's answer is too large to be read.");
}

/* A hundred thousand brackets in an answer: refused, nothing falls. */
static void
test_nested (CptTestLine *f, gconstpointer data)
{
  g_autofree char *body = g_strnfill (100000, '[');
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_answer (f->server, 200, body, NULL);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function)                                                                       \
  g_test_add (path, CptTestLine, NULL, cpt_test_line_set_up, function, cpt_test_line_tear_down)
  TEST ("/client/failures/redirect", test_redirect);
  TEST ("/client/failures/unreadable", test_unreadable);
  TEST ("/client/failures/refused-connection", test_refused_connection);
  TEST ("/client/failures/lost", test_lost);
  TEST ("/client/failures/lost-on-kept-connection", test_lost_on_kept_connection);
  TEST ("/client/failures/reply-timeout", test_reply_timeout);
  TEST ("/client/failures/stalled-order", test_stalled_order);
  TEST ("/client/failures/stalled-catalog", test_stalled_catalog);
  TEST ("/client/failures/dripping-catalog", test_dripping_catalog);
  TEST ("/client/failures/lost-refusal", test_lost_refusal);
  TEST ("/client/failures/post-timeout", test_post_timeout);
  TEST ("/client/failures/connect-timeout", test_connect_timeout);
  TEST ("/client/failures/cancel", test_cancel);
  TEST ("/client/failures/limits", test_limits);
  TEST ("/client/failures/endless", test_endless);
  TEST ("/client/failures/nested", test_nested);
  return g_test_run ();
}
