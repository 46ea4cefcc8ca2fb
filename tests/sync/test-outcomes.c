/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each answer, and each missing answer, means for a step that waits. Main thread only. */
#include "cpt-test-server.h"
#include "cpt-test-till.h"

typedef struct
{
  CptTestShop *shop;
  CptTestTill *till;
  char *id;   /* an order, received, read more than two seconds ago */
  char *path; /* of it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->shop = cpt_test_shop_new ();
  cpt_test_shop_do (fixture->shop, "POST", "/clock",
                    "{\"set\": \"2026-01-15T19:10:20+01:00\", \"freeze\": true}");
  fixture->till = cpt_test_till_new_connected (fixture->shop);
  fixture->id = cpt_test_till_receive (fixture->till);
  fixture->path = g_strdup_printf ("/location/orders/%s", fixture->id);
  cpt_test_till_advance (fixture->till, 2001);
  cpt_test_shop_set_mark (fixture->shop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_till_free (fixture->till);
  cpt_test_shop_free (fixture->shop);
  g_free (fixture->id);
  g_free (fixture->path);
}

static void
accept_order (Fixture *fixture)
{
  cpt_test_till_press (fixture->till, fixture->id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (fixture->till);
}

static guint
patches (Fixture *fixture)
{
  return cpt_test_shop_count (fixture->shop, "PATCH", fixture->path);
}

static void
fail (Fixture *fixture, const char *method, const char *rest)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"%s\", \"path\": \"%s\", %s}", method, fixture->path, rest);
}

static void
fail_status (Fixture *fixture, const char *method, guint status, guint times)
{
  g_autofree char *rest = g_strdup_printf ("\"status\": %u, \"times\": %u", status, times);

  fail (fixture, method, rest);
}

/* --- Statuses --- */

static const guint later[] = {
  408, 409, 429, 500, 502, 503, 504, 300, 301, 302, 303, 305, 307, 308
};
static const guint never[] = { 400, 403, 404, 415, 422 };

static void
test_later (Fixture *fixture, gconstpointer data)
{
  fail_status (fixture, "PATCH", GPOINTER_TO_UINT (data), 1);
  accept_order (fixture);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  cpt_test_till_advance (fixture->till, CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 2);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

static void
test_never (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rest = g_strdup_printf ("\"status\": %u, \"times\": 2,"
                                           " \"message\": \"Not on a Monday\"",
                                           GPOINTER_TO_UINT (data));

  fail (fixture, "PATCH", rest);
  accept_order (fixture);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received refused");
  row = cpt_test_till_find (fixture->till, fixture->id);
  g_assert_nonnull (strstr (row->send_reason, "Not on a Monday"));
  cpt_test_till_advance (fixture->till, 10 * CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 1);

  cpt_test_till_act (fixture->till, fixture->id, cpt_engine_retry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (fixture->till);
  g_assert_cmpuint (patches (fixture), ==, 2);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received refused");
  cpt_test_till_act (fixture->till, fixture->id, cpt_engine_retry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (fixture->till);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

static void
test_give_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fail_status (fixture, "PATCH", 422, 1);
  accept_order (fixture);
  cpt_test_till_press (fixture->till, fixture->id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_settle (fixture->till);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_act (fixture->till, fixture->id, cpt_engine_give_up_async, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (fixture->till, 10 * CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "received received");
}

/* An order refused is no reason for another to wait. */
static void
test_others_go_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = cpt_test_till_receive (fixture->till);

  fail_status (fixture, "PATCH", 503, 0);
  accept_order (fixture);
  cpt_test_till_press (fixture->till, other, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (fixture->till);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  cpt_test_till_assert_row (fixture->till, other, "accepted accepted");
}

/* Milliseconds until the next PATCH. */
static gint64
until_patch (Fixture *fixture)
{
  guint before = patches (fixture);
  gint64 passed = 0;

  while (patches (fixture) == before)
    {
      gint64 stride = cpt_test_clock_next_due (fixture->till->clock);

      g_assert_cmpint (stride, >=, 0);
      cpt_test_till_advance (fixture->till, MAX (stride, 1));
      passed += MAX (stride, 1);
    }
  return passed;
}

/* The pause doubles up to a minute, and is up to a fifth shorter by chance. */
static void
test_back_off (Fixture *fixture, gconstpointer data)
{
  static const gint64 pauses[] = { 2, 4, 8, 16, 32, 60, 60 };

  /* Checks go on and succeed meanwhile: they say nothing about this order. */
  fail_status (fixture, "PATCH", 503, 0);
  accept_order (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      gint64 passed = until_patch (fixture);

      g_assert_cmpint (passed, >=, pauses[i] * 800);
      g_assert_cmpint (passed, <=, pauses[i] * 1000);
    }
}

/* --- An answer that cannot be read, or does not come --- */

static void
test_unreadable_processed (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "PATCH", data);
  accept_order (fixture);
  cpt_test_till_advance (fixture->till, 10 * CPT_SECOND);
  g_assert_cmpuint (patches (fixture), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "GET", fixture->path), ==, 2);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

static void
test_unreadable_unprocessed (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "PATCH", data);
  accept_order (fixture);
  cpt_test_till_advance (fixture->till, 10 * CPT_SECOND);
  g_assert_cmpuint (patches (fixture), ==, 2);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

/* No answer in 30 s of the clock; it was processed in the end. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "PATCH", "\"hold\": \"before\"");
  accept_order (fixture);
  cpt_test_till_advance (fixture->till, 29999);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
  cpt_test_till_advance (fixture->till, 1);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_OFFLINE);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  cpt_test_shop_do (fixture->shop, "POST", "/release", "{}");
  cpt_test_till_advance (fixture->till, 10 * CPT_SECOND);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
}

/* The reading before the PATCH fails: the step goes in the end, once. */
static void
assert_read_again (Fixture *fixture)
{
  accept_order (fixture);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  g_assert_cmpuint (patches (fixture), ==, 0);
  cpt_test_till_advance (fixture->till, 2 * CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

static void
test_reading_fails (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "GET", data);
  assert_read_again (fixture);
}

static void
test_reading_later (Fixture *fixture, gconstpointer data)
{
  fail_status (fixture, "GET", GPOINTER_TO_UINT (data), 1);
  assert_read_again (fixture);
}

/* The order cannot be read: nothing is written blindly, and the step says why. */
static void
test_reading_never (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rest =
      g_strdup_printf ("\"status\": %u, \"message\": \"Not on a Monday\"", GPOINTER_TO_UINT (data));

  fail (fixture, "GET", rest);
  accept_order (fixture);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received refused");
  row = cpt_test_till_find (fixture->till, fixture->id);
  g_assert_nonnull (strstr (row->send_reason, "Not on a Monday"));
  cpt_test_till_advance (fixture->till, 10 * CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 0);
  cpt_test_till_act (fixture->till, fixture->id, cpt_engine_retry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (fixture->till);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

/* The reading has no answer in 30 s of the clock, and another one does. */
static void
test_reading_slow (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "GET", "\"hold\": \"before\"");
  assert_read_again (fixture);
}

/* Looking for events fails in each way: the order comes with a later check. */
static void
test_check_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = cpt_test_shop_inject (fixture->shop, NULL);

  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/callback/events\", %s}",
                    (const char *)data);
  cpt_test_till_check (fixture->till);
  cpt_test_till_assert_row (fixture->till, id, "-");
  g_assert_cmpint (cpt_engine_get_missed_checks (fixture->till->engine), ==, 1);
  cpt_test_till_advance (fixture->till, 2 * CPT_MINUTE);
  cpt_test_till_assert_row (fixture->till, id, "received received");
  g_assert_cmpint (cpt_engine_get_missed_checks (fixture->till->engine), ==, 0);
}

static void
test_check_status (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rest = g_strdup_printf ("\"status\": %u", GPOINTER_TO_UINT (data));

  test_check_fails (fixture, rest);
}

/* No answer in 30 s of the clock: given up, and the next one brings the order. */
static void
test_check_slow (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = cpt_test_shop_inject (fixture->shop, NULL);

  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/callback/events\", \"hold\": \"before\"}");
  cpt_test_till_check (fixture->till);
  cpt_test_till_advance (fixture->till, 29999);
  cpt_test_till_assert_row (fixture->till, id, "-");
  g_assert_true (cpt_engine_is_checking (fixture->till->engine));
  cpt_test_till_advance (fixture->till, 31 * CPT_SECOND);
  cpt_test_till_assert_row (fixture->till, id, "received received");
  g_assert_cmpint (cpt_engine_get_missed_checks (fixture->till->engine), ==, 0);
}

/* "Not modified" to a PATCH is no fault: it is done, and not sent again. */
static void
test_patch_not_modified (Fixture *fixture, gconstpointer data)
{
  fail (fixture, "PATCH", "\"status\": 304, \"process\": true");
  accept_order (fixture);
  cpt_test_till_advance (fixture->till, 10 * CPT_MINUTE);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

static void
test_nothing_new (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/callback/events\", \"status\": 304}");
  cpt_test_till_check (fixture->till);
  g_assert_cmpint (cpt_engine_get_missed_checks (fixture->till->engine), ==, 0);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
}

/* --- 401 --- */

static const char *const reasons[] = {
  "Account is suspended for non-payment",
  "Location is suspended for non-payment",
  "Access token is invalid or was revoked",
  "Connection is blocked",
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  CptConnection *connection;
  CptTime since = cpt_clock_now (CPT_CLOCK (fixture->till->clock));

  cpt_test_shop_do (fixture->shop, "POST", "/refuse", "{\"message\": \"%s\"}", (const char *)data);
  accept_order (fixture);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (connection->reason, data));
  g_assert_cmpint (connection->since, ==, since);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "GET", "/location"), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  g_assert_cmpuint (fixture->till->alerts[CPT_ALERT_CONNECTION_LOST], ==, 1);

  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_till_advance (fixture->till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "*", ".*"), ==, 0);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->since, ==, since);
}

static void
test_refused_over (Fixture *fixture, gconstpointer data)
{
  CptConnection *connection;

  test_refused (fixture, data);
  cpt_engine_check_now (fixture->till->engine);
  cpt_test_till_advance (fixture->till, 2000);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_REFUSED);
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  cpt_engine_check_now (fixture->till->engine);
  cpt_test_till_advance (fixture->till, 4000);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_ONLINE);
  g_assert_null (connection->reason);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
  g_assert_cmpuint (cpt_test_shop_count_status (fixture->shop, fixture->id, "accepted"), ==, 1);
}

/* It is kept over a restart, and the restart asks once. */
static void
test_refused_restarted (Fixture *fixture, gconstpointer data)
{
  CptConnection *connection;

  test_refused (fixture, data);
  cpt_test_till_restart (fixture->till);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (connection->reason, data));
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  cpt_test_till_restart (fixture->till);
  connection = cpt_engine_get_connection (fixture->till->engine);
  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_ONLINE);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

/* Only the order's call is refused: that step is, not the connection. */
static void
test_refused_call_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderRow) row = NULL;

  fail (fixture, "PATCH", "\"status\": 401, \"message\": \"Not this one\"");
  accept_order (fixture);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "GET", "/location"), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received refused");
  row = cpt_test_till_find (fixture->till, fixture->id);
  g_assert_nonnull (strstr (row->send_reason, "Not this one"));
}

/* --- 429 --- */

static void
refuse_everything (Fixture *fixture, const char *headers)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"status\": 429, \"times\": 0%s}", headers);
}

static guint
requests (Fixture *fixture)
{
  return cpt_test_shop_count (fixture->shop, "*", ".*");
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  refuse_everything (fixture, ", \"headers\": {\"Retry-After\": \"17\"}");
  accept_order (fixture);
  g_assert_cmpuint (requests (fixture), ==, 1);
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  cpt_test_till_advance (fixture->till, 16999);
  g_assert_cmpuint (requests (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  cpt_test_till_advance (fixture->till, 1002);
  g_assert_cmpuint (patches (fixture), ==, 1);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
}

/* Milliseconds until the next round @unit. */
static gint64
until_round (Fixture *fixture, gint64 unit)
{
  CptTime now = cpt_clock_now (CPT_CLOCK (fixture->till->clock));

  return unit - now % unit;
}

/* Without Retry-After: the next round minute, and when that is refused too, the next hour. */
static void
test_no_retry_after (Fixture *fixture, gconstpointer data)
{
  guint at_minute;

  refuse_everything (fixture, "");
  accept_order (fixture);
  g_assert_cmpuint (requests (fixture), ==, 1);
  cpt_test_till_advance (fixture->till, until_round (fixture, CPT_MINUTE) - 1);
  g_assert_cmpuint (requests (fixture), ==, 1);
  cpt_test_till_advance (fixture->till, 31 * CPT_SECOND);
  at_minute = requests (fixture);
  g_assert_cmpuint (at_minute, >=, 2);
  g_assert_cmpuint (at_minute, <=, 3);
  cpt_test_till_advance (fixture->till, until_round (fixture, CPT_HOUR) - 1);
  g_assert_cmpuint (requests (fixture), ==, at_minute);
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  cpt_test_till_advance (fixture->till, CPT_MINUTE);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
  g_assert_cmpuint (cpt_test_shop_count_status (fixture->shop, fixture->id, "accepted"), ==, 1);
}

/* --- Another host --- */

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  const char *method = data;
  g_autoptr (CptTestServer) other = cpt_test_server_new ();
  g_autofree char *rest = g_strdup_printf ("\"redirect\": \"%s/v1%s\", \"times\": 2",
                                           cpt_test_server_get_root (other), fixture->path);

  fail (fixture, method, rest);
  accept_order (fixture);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted received waiting");
  cpt_test_till_advance (fixture->till, CPT_MINUTE);
  cpt_test_till_assert_row (fixture->till, fixture->id, "accepted accepted");
  g_assert_cmpuint (cpt_test_server_count (other), ==, 0);
}

/* The other server would have seen the token: this test can fail. */
static void
test_other_host_listens (void)
{
  g_autoptr (CptTestServer) other = cpt_test_server_new ();
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", cpt_test_server_get_root (other));

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token", "t");
  soup_session_send_and_read_async (session, message, 0, NULL, NULL, NULL);
  CPT_WAIT_UNTIL (cpt_test_server_count (other) == 1);
  g_assert_cmpstr (cpt_test_server_get (other, 0)->token, ==, "t");
}

/* --- */

#define ADD(name, data, func)                                                                      \
  g_test_add ("/sync/outcomes/" name, Fixture, data, set_up, func, tear_down)

static void
add_each (const char *name,
          const guint *statuses,
          gsize n,
          void (*func) (Fixture *fixture, gconstpointer data))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/outcomes/%s/%u", name, statuses[i]);

      g_test_add (path, Fixture, GUINT_TO_POINTER (statuses[i]), set_up, func, tear_down);
    }
}

static void
add_reasons (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/outcomes/refused/%" G_GSIZE_FORMAT, i);

      g_test_add (path, Fixture, reasons[i], set_up, test_refused_over, tear_down);
    }
}

/* libsoup itself tries again on each connection it had kept open */
#define READING_DROP(how) "\"drop\": \"" how "\", \"times\": 3"

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  add_each ("later", later, G_N_ELEMENTS (later), test_later);
  add_each ("never", never, G_N_ELEMENTS (never), test_never);
  add_each ("reading/later", later, G_N_ELEMENTS (later), test_reading_later);
  add_each ("reading/never", never, G_N_ELEMENTS (never), test_reading_never);
  add_each ("check/later", later, G_N_ELEMENTS (later), test_check_status);
  add_each ("check/never", never, G_N_ELEMENTS (never), test_check_status);
  ADD ("give-up", NULL, test_give_up);
  ADD ("others-go-on", NULL, test_others_go_on);
  ADD ("back-off", NULL, test_back_off);
  ADD ("patch/empty", "\"status\": 200, \"process\": true, \"body\": \"\"",
       test_unreadable_processed);
  ADD ("patch/no-json", "\"status\": 200, \"process\": true, \"body\": \"<html>\"",
       test_unreadable_processed);
  ADD ("patch/array", "\"status\": 200, \"process\": true, \"body\": []",
       test_unreadable_processed);
  ADD ("patch/unprocessed", "\"status\": 200, \"body\": \"<html>\"", test_unreadable_unprocessed);
  ADD ("patch/drop-before", "\"drop\": \"before\"", test_unreadable_unprocessed);
  ADD ("patch/drop-after", "\"drop\": \"after\"", test_unreadable_processed);
  ADD ("patch/drop-mid", "\"drop\": \"mid\"", test_unreadable_processed);
  ADD ("patch/slow", NULL, test_slow);
  ADD ("patch/304", NULL, test_patch_not_modified);
  ADD ("reading/drop-before", READING_DROP ("before"), test_reading_fails);
  ADD ("reading/drop-after", READING_DROP ("after"), test_reading_fails);
  ADD ("reading/drop-mid", READING_DROP ("mid"), test_reading_fails);
  ADD ("reading/no-json", "\"status\": 200, \"body\": \"<html>\"", test_reading_fails);
  ADD ("reading/slow", NULL, test_reading_slow);
  ADD ("check/drop-before", READING_DROP ("before"), test_check_fails);
  ADD ("check/drop-after", READING_DROP ("after"), test_check_fails);
  ADD ("check/drop-mid", READING_DROP ("mid"), test_check_fails);
  ADD ("check/slow", NULL, test_check_slow);
  ADD ("check/no-json", "\"status\": 200, \"body\": \"<html>\"", test_check_fails);
  ADD ("check/object", "\"status\": 200, \"body\": {}", test_check_fails);
  ADD ("check/304", NULL, test_nothing_new);
  add_reasons ();
  ADD ("refused/restarted", reasons[0], test_refused_restarted);
  ADD ("refused/call-alone", NULL, test_refused_call_alone);
  ADD ("429/retry-after", NULL, test_retry_after);
  ADD ("429/no-retry-after", NULL, test_no_retry_after);
  ADD ("redirect/get", "GET", test_redirect);
  ADD ("redirect/patch", "PATCH", test_redirect);
  g_test_add_func ("/sync/outcomes/redirect/other-host-listens", test_other_host_listens);
  return g_test_run ();
}
