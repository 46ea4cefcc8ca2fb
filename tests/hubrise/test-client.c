/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against a server on loopback that answers well, badly or not at all. */
#include "cpt-hubrise-client.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-test-clock.h"
#include "cpt-test-server.h"
#include "cpt-test-wait.h"

#define TOKEN "token-that-must-not-leak"

/* 2026-11-21T10:00:30Z */
#define START G_GINT64_CONSTANT (1795255230000)

typedef struct
{
  CptTestClock *clock;
  CptTestServer *server;
  CptHubriseClient *client;
  GPtrArray *exchanges;
} Fixture;

static void
exchange_cb (CptHubriseClient *client, CptExchange *exchange, gpointer data)
{
  Fixture *f = data;
  g_ptr_array_add (f->exchanges, cpt_exchange_ref (exchange));
}

static CptHubriseClient *
client_new (Fixture *f, const char *api_host, const char *oauth_host)
{
  g_autofree char *api = g_strconcat (api_host, "/v1", NULL);
  g_autofree char *oauth = g_strconcat (oauth_host, "/oauth2/v1/", NULL);
  g_autoptr (GError) error = NULL;
  CptHubriseClient *client =
      cpt_hubrise_client_new (CPT_CLOCK (f->clock), api, oauth, "the-id", "the-secret", &error);

  g_assert_no_error (error);
  g_signal_connect (client, "exchange", G_CALLBACK (exchange_cb), f);
  cpt_hubrise_client_set_token (client, TOKEN);
  return client;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = cpt_test_clock_new (START);
  f->server = cpt_test_server_new ();
  f->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
  f->client =
      client_new (f, cpt_test_server_get_root (f->server), cpt_test_server_get_root (f->server));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (cpt_test_clock_count_timers (f->clock), ==, 0);
  g_assert_finalize_object (f->client);
  g_clear_object (&f->server);
  g_ptr_array_unref (f->exchanges);
  g_assert_finalize_object (f->clock);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref (result);
}

/* Takes @request. */
static CptHubriseReply *
ask (Fixture *f, CptHubriseRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CptHubriseReply *reply = NULL;

  cpt_hubrise_client_send_async (f->client, request, NULL, keep_result_cb, &result);
  cpt_hubrise_request_unref (request);
  CPT_WAIT_UNTIL (result != NULL);
  reply = cpt_hubrise_client_send_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
  return reply;
}

/* Sends @request, waits until the server holds it or the condition is met, then lets time pass. */
static CptHubriseReply *
ask_and_wait (Fixture *f, CptHubriseRequest *request, gint64 ms)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_hubrise_client_send_async (f->client, request, NULL, keep_result_cb, &result);
  cpt_hubrise_request_unref (request);
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 1);
  cpt_test_clock_advance (f->clock, ms - 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  cpt_test_clock_advance (f->clock, 1);
  CPT_WAIT_UNTIL (result != NULL);
  return cpt_hubrise_client_send_finish (f->client, result, NULL);
}

static const CptExchange *
only_exchange (Fixture *f)
{
  g_assert_cmpuint (f->exchanges->len, ==, 1);
  return g_ptr_array_index (f->exchanges, 0);
}

static void
test_reply (Fixture *f, gconstpointer data)
{
  static const char *const headers[] = { "X-Cursor-Next: abc",
                                         "Date: Sat, 21 Nov 2026 10:00:35 GMT", NULL };
  g_autoptr (CptHubriseReply) reply = NULL;
  const CptServed *served = NULL;

  cpt_test_server_answer (f->server, 200, "[{\"id\":\"1\"}]", headers);
  reply = ask (f, cpt_hubrise_request_list_events ("a b&c"));

  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);
  g_assert_true (reply->sent);
  g_assert_false (reply->no_route);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->next_cursor, ==, "abc");
  g_assert_cmpint (reply->server_date, ==, START + 5000);
  g_assert_cmpint (reply->received_at, ==, START);
  g_assert_cmpint (reply->retry_at, ==, CPT_TIME_NONE);
  g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body),
                   "[{\"id\":\"1\"}]", 12);

  served = cpt_test_server_get (f->server, 0);
  g_assert_cmpstr (served->method, ==, "GET");
  g_assert_cmpstr (served->path, ==, "/v1/callback/events");
  g_assert_cmpstr (served->query, ==, "count=100&cursor=a%20b%26c");
  g_assert_cmpstr (served->token, ==, TOKEN);
  g_assert_null (served->authorization);
}

static void
test_credentials (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;
  const CptServed *served = NULL;

  cpt_test_server_answer (f->server, 200, "{\"access_token\":\"secret-new\"}", NULL);
  reply = ask (f, cpt_hubrise_request_token ("co de"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);

  served = cpt_test_server_get (f->server, 0);
  g_assert_cmpstr (served->method, ==, "POST");
  g_assert_cmpstr (served->path, ==, "/oauth2/v1/token");
  g_assert_cmpstr (served->body, ==, "code=co%20de");
  g_assert_cmpstr (served->type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (served->authorization, ==, "Basic dGhlLWlkOnRoZS1zZWNyZXQ=");
  g_assert_null (served->token);
  g_assert_cmpstr (only_exchange (f)->path, ==, "/token");
  g_assert_null (strstr (only_exchange (f)->request_body, "de"));
  g_assert_null (strstr (only_exchange (f)->reply_body, "secret-new"));
}

/* What a status means, with its words and whether HubRise gave some. */
static void
test_statuses (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    CptOutcome outcome;
  } table[] = {
    { 200, CPT_OUTCOME_DONE },  { 201, CPT_OUTCOME_DONE },  { 304, CPT_OUTCOME_DONE },
    { 301, CPT_OUTCOME_LATER }, { 302, CPT_OUTCOME_LATER }, { 307, CPT_OUTCOME_LATER },
    { 308, CPT_OUTCOME_LATER }, { 400, CPT_OUTCOME_NEVER }, { 401, CPT_OUTCOME_STOP },
    { 403, CPT_OUTCOME_NEVER }, { 404, CPT_OUTCOME_NEVER }, { 408, CPT_OUTCOME_LATER },
    { 409, CPT_OUTCOME_LATER }, { 415, CPT_OUTCOME_NEVER }, { 422, CPT_OUTCOME_NEVER },
    { 500, CPT_OUTCOME_LATER }, { 502, CPT_OUTCOME_LATER }, { 503, CPT_OUTCOME_LATER },
    { 504, CPT_OUTCOME_LATER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, table[i].status, table[i].status == 304 ? NULL : "{}",
                              NULL);
      reply = ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpuint (reply->status, ==, table[i].status);
      g_assert_cmpint (reply->outcome, ==, table[i].outcome);
      g_assert_true (reply->sent);
      g_assert_true ((reply->message != NULL) == (table[i].outcome != CPT_OUTCOME_DONE));
    }
}

static void
test_error_words (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *body, *message;
  } table[] = {
    { "{\"error_type\":\"unprocessable_entity\",\"message\":\"Validation failed\",\"errors\":["
      "{\"field\":\"price\",\"message\":\"is not a number\"},{\"field\":\"ref\"},7]}",
      "Validation failed (price: is not a number; ref)" },
    { "{\"message\":\"No such order\"}", "No such order" },
    { "{\"errors\":[{\"message\":\"too late\"}]}", "too late" },
    { "{\"message\":[],\"errors\":{}}", "HubRise found it invalid." },
    { "<html>", "HubRise found it invalid." },
    { "", "HubRise found it invalid." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 422, table[i].body, NULL);
      reply = ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpstr (reply->message, ==, table[i].message);
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_NEVER);
    }
}

static void
test_redirect (Fixture *f, gconstpointer data)
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
      reply = ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
      g_assert_cmpuint (reply->status, ==, statuses[i]);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (cpt_test_server_count (other), ==, 0);
}

static void
test_unreadable (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = { "",      "  ",  "{",          "<html>busy</html>",
                                        "{} {}", "'a'", "// nothing", "\xff",
                                        "[1,]" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 200, bodies[i], NULL);
      reply = ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (reply->body), ==, strlen (bodies[i]));
      g_assert_nonnull (reply->message);
    }
}

/* What brings no document needs none. */
static void
test_no_document_needed (Fixture *f, gconstpointer data)
{
  CptHubriseRequest *requests[] = { cpt_hubrise_request_delete_event ("e1"),
                                    cpt_hubrise_request_delete_callback (),
                                    cpt_hubrise_request_post_callback (),
                                    cpt_hubrise_request_revoke ("t") };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 200, "", NULL);
      reply = ask (f, requests[i]);
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);
    }
}

static void
test_refused_connection (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  /* Nobody listens where a server was a moment ago. */
  g_clear_object (&f->server);
  reply = ask (f, cpt_hubrise_request_get_order ("o1"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_false (reply->sent);
  g_assert_true (reply->no_route);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_nonnull (reply->message);
  g_assert_cmpuint (only_exchange (f)->status, ==, 0);
  g_assert_nonnull (only_exchange (f)->failure);
  g_assert_cmpstr (only_exchange (f)->order_id, ==, "o1");
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
test_lost (Fixture *f, gconstpointer data)
{
  static const CptServeHow ways[] = { CPT_SERVE_DROP, CPT_SERVE_DROP_HEAD, CPT_SERVE_DROP_BODY };
  g_autoptr (CptOrderStep) step = accept_step ();

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_forget (f->server);
      cpt_test_server_fail (f->server, ways[i]);
      reply = ask (f, cpt_hubrise_request_patch_order (step, NULL));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
      g_assert_true (reply->sent);
      g_assert_nonnull (reply->message);
      g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
    }
}

static void
test_lost_on_kept_connection (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = accept_step ();
  g_autoptr (CptHubriseReply) first = ask (f, cpt_hubrise_request_get_location ());
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_forget (f->server);
  cpt_test_server_fail (f->server, CPT_SERVE_DROP);
  reply = ask (f, cpt_hubrise_request_patch_order (step, NULL));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
}

static void
test_reply_timeout (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  reply = ask_and_wait (f, cpt_hubrise_request_get_order ("o1"), 30 * CPT_SECOND);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_true (reply->sent);
  g_assert_cmpint (only_exchange (f)->duration_ms, ==, 30 * CPT_SECOND);
}

static void
test_post_timeout (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  reply = ask_and_wait (f, cpt_hubrise_request_post_callback (), 60 * CPT_SECOND);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

/* A listener whose queue is full lets a connection wait for ever. */
static void
test_connect_timeout (Fixture *f, gconstpointer data)
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
  f->client = client_new (f, root, root);
  cpt_hubrise_client_send_async (f->client, request, NULL, keep_result_cb, &result);
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
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_location ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
  cpt_hubrise_client_send_async (f->client, request, cancellable, keep_result_cb, &result);
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 1);
  g_cancellable_cancel (cancellable);
  CPT_WAIT_UNTIL (result != NULL);
  g_assert_null (cpt_hubrise_client_send_finish (f->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (only_exchange (f)->failure, ==, "cancelled");
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
check_limit (Fixture *f, CptHubriseRequest *request, gsize limit)
{
  g_autofree char *fits = list_of_size (limit);
  g_autofree char *over = list_of_size (limit + 1);
  g_autoptr (CptHubriseReply) good = NULL;
  g_autoptr (CptHubriseReply) bad = NULL;

  cpt_test_server_answer (f->server, 200, fits, NULL);
  good = ask (f, cpt_hubrise_request_ref (request));
  g_assert_cmpint (good->outcome, ==, CPT_OUTCOME_DONE);
  cpt_test_server_answer (f->server, 200, over, NULL);
  bad = ask (f, request);
  g_assert_cmpint (bad->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_null (bad->body);
  g_assert_cmpstr (bad->message, ==, "HubRise's answer is too large to be read.");
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  check_limit (f, cpt_hubrise_request_get_order ("o1"), 2000000);
  check_limit (f, cpt_hubrise_request_list_events (NULL), 1000000);
  check_limit (f, cpt_hubrise_request_get_location (), 1000000);
  check_limit (f, cpt_hubrise_request_get_catalog ("c1", FALSE), 64000000);
}

static void
test_endless (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_fail (f->server, CPT_SERVE_ENDLESS);
  reply = ask (f, cpt_hubrise_request_list_events (NULL));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
  g_assert_cmpstr (reply->message, ==, "HubRise's answer is too large to be read.");
}

/* A hundred thousand brackets in an answer: refused, nothing falls. */
static void
test_nested (Fixture *f, gconstpointer data)
{
  g_autofree char *body = g_strnfill (100000, '[');
  g_autoptr (CptHubriseReply) reply = NULL;

  cpt_test_server_answer (f->server, 200, body, NULL);
  reply = ask (f, cpt_hubrise_request_get_order ("o1"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_UNKNOWN);
}

static void
check_too_many (Fixture *f, const char *header, CptTime retry_at)
{
  const char *headers[] = { header, NULL };
  g_autoptr (CptHubriseReply) refused = NULL;
  g_autoptr (CptHubriseReply) kept = NULL;

  cpt_test_server_forget (f->server);
  cpt_test_server_answer (f->server, 429, "{}", headers);
  refused = ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ()));
  g_assert_cmpint (refused->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_true (refused->sent);
  g_assert_cmpint (refused->retry_at, ==, retry_at);

  kept = ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ()));
  g_assert_cmpint (kept->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_false (kept->sent);
  g_assert_false (kept->no_route);
  g_assert_cmpint (kept->retry_at, ==, retry_at);
  g_assert_nonnull (kept->message);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
}

static void
test_too_many_in_seconds (Fixture *f, gconstpointer data)
{
  check_too_many (f, "Retry-After: 17", START + 17 * CPT_SECOND);
}

static void
test_too_many_until_date (Fixture *f, gconstpointer data)
{
  static const char *const date[] = { "Date: Sat, 21 Nov 2026 10:05:00 GMT", NULL };
  g_autoptr (CptHubriseReply) reply = NULL;

  /* The server's clock is 4 min 30 s ahead of ours. */
  cpt_test_server_answer (f->server, 200, "{}", date);
  reply = ask (f, cpt_hubrise_request_get_location ());
  cpt_test_server_answer (f->server, 429, "{}",
                          (const char *[]){ date[0], "Retry-After: Sat, 21 Nov 2026 10:05:10 GMT",
                                            NULL });
  g_clear_pointer (&reply, cpt_hubrise_reply_unref);
  reply = ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (reply->retry_at, ==, START + 10 * CPT_SECOND);
}

/* The test server's own Date is of another day: its round minute has another second than ours. */
static void
test_too_many_without_header (Fixture *f, gconstpointer data)
{
  static const char *const headers[] = { "Date: Sat, 21 Nov 2026 10:00:30 GMT", NULL };
  g_autoptr (CptHubriseReply) first = NULL;
  g_autoptr (CptHubriseReply) second = NULL;

  cpt_test_server_answer (f->server, 429, "{}", headers);
  first = ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (first->retry_at, ==, START + 30 * CPT_SECOND);

  cpt_test_clock_advance (f->clock, 30 * CPT_SECOND);
  cpt_test_server_answer (f->server, 429, "{}", NULL);
  second = ask (f, cpt_hubrise_request_get_location ());
  g_assert_true (second->sent);
  g_assert_cmpint (second->retry_at, >, first->retry_at + CPT_MINUTE);
}

static void
test_budget_is_kept (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < 8; i++)
    {
      g_autoptr (CptHubriseReply) reply =
          ask (f, cpt_hubrise_request_list_orders (NULL, NULL, NULL));
      g_assert_true (reply->sent);
    }

  g_autoptr (CptHubriseReply) kept = ask (f, cpt_hubrise_request_list_orders (NULL, NULL, NULL));
  g_assert_false (kept->sent);
  g_assert_cmpint (kept->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_cmpuint (f->exchanges->len, ==, 8);
}

static void
test_no_token (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  g_assert_true (cpt_hubrise_client_has_token (f->client));
  cpt_hubrise_client_set_token (f->client, NULL);
  g_assert_false (cpt_hubrise_client_has_token (f->client));
  cpt_hubrise_client_set_token (f->client, "two\r\nlines: x");
  g_assert_false (cpt_hubrise_client_has_token (f->client));
  reply = ask (f, cpt_hubrise_request_get_location ());
  g_assert_false (reply->sent);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 0);
}

/* Four catalogs that do not come and four behind them fill the background's line: a person's
 * request passes. */
static void
test_person_is_not_delayed (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CptHubriseReply) reply = NULL;
  GAsyncResult *results[8] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_catalog ("c1", FALSE);
      if (i < 4)
        cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
      cpt_hubrise_client_send_async (f->client, request, cancellable, keep_result_cb, &results[i]);
    }
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 4);

  reply = ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_order ("o1")));
  g_assert_true (reply->sent);
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      CPT_WAIT_UNTIL (results[i] != NULL);
      g_clear_object (&results[i]);
    }
}

/* Everything that the log gets, for an order full of persons and a token. */
static void
test_exchange (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "hubrise", "json", "fullest-order.json", NULL);
  g_autofree char *document = NULL;
  g_autoptr (CptOrderStep) step = cpt_order_step_new (1, "o1", CPT_ORDER_REJECTED);
  g_autoptr (CptHubriseReply) reply = NULL;
  const CptExchange *exchange = NULL;

  g_assert_true (g_file_get_contents (path, &document, NULL, NULL));
  step->seller_note = g_strdup ("Ring 0199000000");
  step->rejection_cause = g_strdup ("Too busy");
  cpt_test_server_answer (f->server, 200, document, NULL);
  reply = ask (f, cpt_hubrise_request_patch_order (step, NULL));

  exchange = only_exchange (f);
  g_assert_cmpstr (exchange->method, ==, "PATCH");
  g_assert_cmpstr (exchange->path, ==, "/location/orders/o1");
  g_assert_cmpstr (exchange->order_id, ==, "o1");
  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_cmpint (exchange->bytes, ==, (gint64)strlen (document));
  g_assert_cmpint (exchange->at, ==, START);
  g_assert_cmpint (exchange->repeats, ==, 1);
  g_assert_null (exchange->failure);
  g_assert_cmpstr (exchange->request_body, ==,
                   "{\"status\":\"rejected\",\"seller_notes\":\"•••\","
                   "\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}");
  g_assert_nonnull (strstr (exchange->reply_body, "\"product_name\":\"Margherita\""));
  g_assert_null (strstr (exchange->reply_body, "example.com"));
  g_assert_null (strstr (exchange->reply_body, "990000"));
}

static void
test_shown_path (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply =
      ask (f, cpt_hubrise_request_list_orders ("2026-10-22T00:00:00+02:00", "mine", "c2"));

  g_assert_cmpstr (only_exchange (f)->path, ==,
                   "/location/orders?count=…&after=…&private_ref=…&cursor=…");
  g_assert_cmpstr (cpt_test_server_get (f->server, 0)->query, ==,
                   "count=100&after=2026-10-22T00%3A00%3A00%2B02%3A00&private_ref=mine&cursor=c2");
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *root;
    gboolean good;
  } table[] = {
    { "https://api.hubrise.com/v1", TRUE },
    { "https://api.hubrise.com/v1/", TRUE },
    { "http://127.0.0.1:8080/v1", TRUE },
    { "http://127.8.9.10/v1", TRUE },
    { "http://[::1]:8080/v1", TRUE },
    { "http://localhost:1/v1", TRUE },
    { "HTTP://LocalHost/v1", TRUE },
    { "http://api.hubrise.com/v1", FALSE },
    { "http://127.0.0.1.example.com", FALSE },
    { "http://localhost.example.com", FALSE },
    { "http://10.0.0.1/v1", FALSE },
    { "ftp://127.0.0.1/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "", FALSE },
    { "api.hubrise.com/v1", FALSE },
    { "https://", FALSE },
    { "https://me:secret@api.hubrise.com", FALSE },
    { "https://a.example/?x=1", FALSE },
    { "https://a.example/#x", FALSE },
    { "https://a b/", FALSE },
  };
  g_autoptr (CptTestClock) clock = cpt_test_clock_new (START);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (int swap = 0; swap < 2; swap++)
      {
        g_autoptr (GError) error = NULL;
        const char *good = "https://manager.hubrise.com/oauth2/v1";
        g_autoptr (CptHubriseClient) client =
            cpt_hubrise_client_new (CPT_CLOCK (clock), swap ? good : table[i].root,
                                    swap ? table[i].root : good, NULL, NULL, &error);

        if (table[i].good)
          g_assert_no_error (error);
        else
          g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_ADDRESS);
        g_assert_true ((client != NULL) == table[i].good);
      }
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
test_tls (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *root = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (CptHubriseReply) reply = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (speak_no_tls_cb), NULL);
  g_clear_object (&f->client);
  f->client = client_new (f, root, root);
  reply = ask (f, cpt_hubrise_request_get_location ());
  g_assert_false (reply->sent);
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_nonnull (strstr (reply->message, "secure connection"));
}

static void
test_sequence (Fixture *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) first = ask (f, cpt_hubrise_request_get_location ());
  g_autoptr (CptHubriseClient) other =
      client_new (f, cpt_test_server_get_root (f->server), cpt_test_server_get_root (f->server));
  g_autoptr (CptHubriseReply) second = NULL;

  g_set_object (&f->client, other);
  g_clear_object (&other);
  second = ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (second->sequence, >, first->sequence);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/client/reply", test_reply);
  TEST ("/client/credentials", test_credentials);
  TEST ("/client/statuses", test_statuses);
  TEST ("/client/error-words", test_error_words);
  TEST ("/client/redirect", test_redirect);
  TEST ("/client/unreadable", test_unreadable);
  TEST ("/client/no-document-needed", test_no_document_needed);
  TEST ("/client/refused-connection", test_refused_connection);
  TEST ("/client/lost", test_lost);
  TEST ("/client/lost-on-kept-connection", test_lost_on_kept_connection);
  TEST ("/client/reply-timeout", test_reply_timeout);
  TEST ("/client/post-timeout", test_post_timeout);
  TEST ("/client/connect-timeout", test_connect_timeout);
  TEST ("/client/cancel", test_cancel);
  TEST ("/client/limits", test_limits);
  TEST ("/client/endless", test_endless);
  TEST ("/client/nested", test_nested);
  TEST ("/client/too-many-in-seconds", test_too_many_in_seconds);
  TEST ("/client/too-many-until-date", test_too_many_until_date);
  TEST ("/client/too-many-without-header", test_too_many_without_header);
  TEST ("/client/budget-is-kept", test_budget_is_kept);
  TEST ("/client/no-token", test_no_token);
  TEST ("/client/person-is-not-delayed", test_person_is_not_delayed);
  TEST ("/client/exchange", test_exchange);
  TEST ("/client/shown-path", test_shown_path);
  TEST ("/client/tls", test_tls);
  TEST ("/client/sequence", test_sequence);
  g_test_add_func ("/client/addresses", test_addresses);
  return g_test_run ();
}
