/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against a server on loopback: what it sends, what a reply says, what the log gets. */
#include "cpt-hubrise-client.h"

#include <gio/gio.h>
#include <string.h>

#include "cpt-inventory-entry.h"
#include "cpt-json.h"
#include "cpt-test-json.h"
#include "cpt-test-line.h"
#include "cpt-test-wait.h"

static void
test_reply (CptTestLine *f, gconstpointer data)
{
  static const char *const headers[] = { "X-Cursor-Next: abc",
                                         "Date: Sat, 21 Nov 2026 10:00:35 GMT", NULL };
  g_autoptr (CptHubriseReply) reply = NULL;
  const CptServed *served = NULL;

  cpt_test_server_answer (f->server, 200, "[{\"id\":\"1\"}]", headers);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_list_events ("a b&c"));

  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);
  g_assert_true (reply->sent);
  g_assert_false (reply->no_route);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->next_cursor, ==, "abc");
  g_assert_cmpint (reply->server_date, ==, CPT_TEST_LINE_START + 5000);
  g_assert_cmpint (reply->received_at, ==, CPT_TEST_LINE_START);
  g_assert_cmpint (reply->retry_at, ==, CPT_TIME_NONE);
  g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body),
                   "[{\"id\":\"1\"}]", 12);

  served = cpt_test_server_get (f->server, 0);
  g_assert_cmpstr (served->method, ==, "GET");
  g_assert_cmpstr (served->path, ==, "/v1/callback/events");
  g_assert_cmpstr (served->query, ==, "count=100&cursor=a%20b%26c");
  g_assert_cmpstr (served->token, ==, CPT_TEST_LINE_TOKEN);
  g_assert_null (served->authorization);
}

static void
test_credentials (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;
  const CptServed *served = NULL;

  cpt_test_server_answer (f->server, 200, "{\"access_token\":\"secret-new\"}", NULL);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_token ("co de"));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);

  served = cpt_test_server_get (f->server, 0);
  g_assert_cmpstr (served->method, ==, "POST");
  g_assert_cmpstr (served->path, ==, "/oauth2/v1/token");
  g_assert_cmpstr (served->body, ==, "code=co%20de");
  g_assert_cmpstr (served->type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (served->authorization, ==, "Basic dGhlLWlkOnRoZS1zZWNyZXQ=");
  g_assert_null (served->token);
  g_assert_cmpstr (cpt_test_line_only_exchange (f)->path, ==, "/token");
  g_assert_null (strstr (cpt_test_line_only_exchange (f)->request_body, "de"));
  g_assert_null (strstr (cpt_test_line_only_exchange (f)->reply_body, "secret-new"));
}

/* What a status means, with its words and whether HubRise gave some. */
static void
test_statuses (CptTestLine *f, gconstpointer data)
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
      reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpuint (reply->status, ==, table[i].status);
      g_assert_cmpint (reply->outcome, ==, table[i].outcome);
      g_assert_true (reply->sent);
      g_assert_true ((reply->message != NULL) == (table[i].outcome != CPT_OUTCOME_DONE));
    }
}

static void
test_error_words (CptTestLine *f, gconstpointer data)
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
      g_autofree char *words = NULL;

      cpt_test_server_answer (f->server, 422, table[i].body, NULL);
      reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
      g_assert_cmpstr (reply->message, ==, table[i].message);
      /* Standing alone it is told from what the till says itself. */
      words = cpt_hubrise_reply_dup_words (reply);
      g_assert_cmpint (g_str_has_prefix (words, "HubRise answered: "), ==, i < 3);
      g_assert_true (g_str_has_suffix (words, table[i].message));
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_NEVER);
    }
}

/* What brings no document needs none. */
static void
test_no_document_needed (CptTestLine *f, gconstpointer data)
{
  CptHubriseRequest *requests[] = { cpt_hubrise_request_delete_event ("e1"),
                                    cpt_hubrise_request_delete_callback (),
                                    cpt_hubrise_request_post_callback (),
                                    cpt_hubrise_request_revoke ("t") };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 200, "", NULL);
      reply = cpt_test_line_ask (f, requests[i]);
      g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);
    }
}

static void
check_too_many (CptTestLine *f, const char *header, CptTime retry_at)
{
  const char *headers[] = { header, NULL };
  g_autoptr (CptHubriseReply) refused = NULL;
  g_autoptr (CptHubriseReply) kept = NULL;

  cpt_test_server_forget (f->server);
  cpt_test_server_answer (f->server, 429, "{}", headers);
  refused =
      cpt_test_line_ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ()));
  g_assert_cmpint (refused->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_true (refused->sent);
  g_assert_cmpint (refused->retry_at, ==, retry_at);

  kept = cpt_test_line_ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ()));
  g_assert_cmpint (kept->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_false (kept->sent);
  g_assert_false (kept->no_route);
  g_assert_cmpint (kept->retry_at, ==, retry_at);
  g_assert_nonnull (kept->message);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 1);
}

static void
test_too_many_in_seconds (CptTestLine *f, gconstpointer data)
{
  check_too_many (f, "Retry-After: 17", CPT_TEST_LINE_START + 17 * CPT_SECOND);
}

static void
test_too_many_until_date (CptTestLine *f, gconstpointer data)
{
  static const char *const date[] = { "Date: Sat, 21 Nov 2026 10:05:00 GMT", NULL };
  g_autoptr (CptHubriseReply) reply = NULL;

  /* The server's clock is 4 min 30 s ahead of ours. */
  cpt_test_server_answer (f->server, 200, "{}", date);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  cpt_test_server_answer (f->server, 429, "{}",
                          (const char *[]){ date[0], "Retry-After: Sat, 21 Nov 2026 10:05:10 GMT",
                                            NULL });
  g_clear_pointer (&reply, cpt_hubrise_reply_unref);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (reply->retry_at, ==, CPT_TEST_LINE_START + 10 * CPT_SECOND);
}

/* The test server's own Date is of another day: its round minutes and hours are not ours. */
static void
test_too_many_without_header (CptTestLine *f, gconstpointer data)
{
  static const char *const headers[] = { "Date: Sat, 21 Nov 2026 10:00:30 GMT", NULL };
  static const char *const later[] = { "Date: Sat, 21 Nov 2026 10:01:00 GMT", NULL };
  g_autoptr (CptHubriseReply) first = NULL;
  g_autoptr (CptHubriseReply) second = NULL;

  cpt_test_server_answer (f->server, 429, "{}", headers);
  first = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (first->retry_at, ==, CPT_TEST_LINE_START + 30 * CPT_SECOND);

  cpt_test_clock_advance (f->clock, 30 * CPT_SECOND);
  cpt_test_server_answer (f->server, 429, "{}", later);
  second = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_true (second->sent);
  g_assert_cmpint (second->retry_at, ==, first->retry_at + 59 * CPT_MINUTE);
}

/* The budget goes by the server's clock: with the real one a minute could end in between. */
static void
test_budget_is_kept (CptTestLine *f, gconstpointer data)
{
  static const char *const date[] = { "Date: Sat, 21 Nov 2026 10:00:30 GMT", NULL };

  for (int i = 0; i < 8; i++)
    {
      g_autoptr (CptHubriseReply) reply = NULL;

      cpt_test_server_answer (f->server, 200, "[]", date);
      reply = cpt_test_line_ask (f, cpt_hubrise_request_list_orders (NULL, NULL, NULL));
      g_assert_true (reply->sent);
    }

  g_autoptr (CptHubriseReply) kept =
      cpt_test_line_ask (f, cpt_hubrise_request_list_orders (NULL, NULL, NULL));
  g_assert_false (kept->sent);
  g_assert_cmpint (kept->outcome, ==, CPT_OUTCOME_LATER);
  g_assert_cmpuint (f->exchanges->len, ==, 8);
}

static void
test_no_token (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply = NULL;

  g_assert_true (cpt_hubrise_client_has_token (f->client));
  cpt_hubrise_client_set_token (f->client, NULL);
  g_assert_false (cpt_hubrise_client_has_token (f->client));
  cpt_hubrise_client_set_token (f->client, "two\r\nlines: x");
  g_assert_false (cpt_hubrise_client_has_token (f->client));
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_false (reply->sent);
  g_assert_cmpuint (cpt_test_server_count (f->server), ==, 0);
}

/* Four catalogs that do not come and four behind them fill the background's line: a person's
 * request passes. */
static void
test_person_is_not_delayed (CptTestLine *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CptHubriseReply) reply = NULL;
  GAsyncResult *results[8] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (CptHubriseRequest) request = cpt_hubrise_request_get_catalog ("c1", FALSE);
      if (i < 4)
        cpt_test_server_fail (f->server, CPT_SERVE_NEVER);
      cpt_hubrise_client_send_async (f->client, request, cancellable, cpt_test_line_keep_result_cb,
                                     &results[i]);
    }
  CPT_WAIT_UNTIL (cpt_test_server_count (f->server) == 4);

  reply =
      cpt_test_line_ask (f, cpt_hubrise_request_by_person (cpt_hubrise_request_get_order ("o1")));
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
test_exchange (CptTestLine *f, gconstpointer data)
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
  reply = cpt_test_line_ask (f, cpt_hubrise_request_patch_order (step, NULL));

  exchange = cpt_test_line_only_exchange (f);
  g_assert_cmpstr (exchange->method, ==, "PATCH");
  g_assert_cmpstr (exchange->path, ==, "/location/orders/o1");
  g_assert_cmpstr (exchange->order_id, ==, "o1");
  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_cmpint (exchange->bytes, ==, (gint64)strlen (document));
  g_assert_cmpint (exchange->at, ==, CPT_TEST_LINE_START);
  g_assert_cmpint (exchange->repeats, ==, 1);
  g_assert_null (exchange->failure);
  g_assert_cmpstr (exchange->request_body, ==,
                   "{\"status\":\"rejected\",\"seller_notes\":\"•••\","
                   "\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}");
  g_assert_nonnull (strstr (exchange->reply_body, "\"product_name\":\"Margherita\""));
  g_assert_null (strstr (exchange->reply_body, "example.com"));
  g_assert_null (strstr (exchange->reply_body, "990000"));
}

/* The whole stock is long: the log gets it all the same. */
static void
test_exchange_of_all_stock (CptTestLine *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = cpt_inventory_new ();
  g_autoptr (CptHubriseReply) reply = NULL;

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *ref = g_strdup_printf ("R%d", i);

      g_ptr_array_add (entries, cpt_inventory_entry_new (CPT_ITEM_SKU, ref,
                                                         cpt_stock_entry (1000, CPT_TIME_NONE)));
    }
  cpt_test_server_answer (f->server, 200, "[]", NULL);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_put_inventory ("c1", entries, NULL));
  g_assert_cmpint (reply->outcome, ==, CPT_OUTCOME_DONE);
  g_assert_nonnull (cpt_test_line_only_exchange (f)->request_body);
  g_assert_nonnull (strstr (cpt_test_line_only_exchange (f)->request_body, "\"R0\""));
}

/* A refusal that repeats what was sent: nothing of it that is secret or a person's is kept. */
static void
test_words_kept (CptTestLine *f, gconstpointer data)
{
  g_autofree char *tail = g_strnfill (1000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"error_type\":\"" CPT_TEST_LINE_TOKEN " %s\",\"message\":\"Bad token "
                       "\\u0074oken-that-must-not-leak of a.b@example.com\","
                       "\"errors\":[{\"field\":\"phone\",\"message\":\"" CPT_TEST_LINE_TOKEN
                       " +33199000003%s\"}]}",
                       tail, tail);
  g_autoptr (CptHubriseReply) reply = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  const CptExchange *exchange = NULL;
  const CptField *field = NULL;

  cpt_test_server_answer (f->server, 422, body, NULL);
  reply = cpt_test_line_ask (f, cpt_hubrise_request_get_order ("o1"));
  exchange = cpt_test_line_only_exchange (f);
  fields = cpt_json_decode_field_errors (reply->body);
  g_assert_cmpuint (fields->len, ==, 1);
  field = fields->pdata[0];

  g_assert_true (g_str_has_prefix (reply->message, "Bad token *** of ••• (phone: *** •••"));
  g_assert_cmpint (g_utf8_strlen (reply->message, -1), ==, 500);
  g_assert_true (g_str_has_prefix (exchange->failure, "422 *** xxx"));
  g_assert_cmpint (g_utf8_strlen (exchange->failure, -1), <=, 504);
  g_assert_cmpstr (field->path, ==, "phone");
  g_assert_true (g_str_has_prefix (field->text, "*** •••"));
  g_assert_cmpint (g_utf8_strlen (field->text, -1), ==, 500);
  g_assert_null (strstr (exchange->reply_body, CPT_TEST_LINE_TOKEN));
}

static void
test_shown_path (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) reply =
      cpt_test_line_ask (f, cpt_hubrise_request_list_orders ("2026-10-22T00:00:00+02:00", "mine",
                                                             "c2"));

  g_assert_cmpstr (cpt_test_line_only_exchange (f)->path, ==,
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
  g_autoptr (CptTestClock) clock = cpt_test_clock_new (CPT_TEST_LINE_START);

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

static void
test_sequence (CptTestLine *f, gconstpointer data)
{
  g_autoptr (CptHubriseReply) first = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_autoptr (CptHubriseClient) other =
      cpt_test_line_client_new (f, cpt_test_server_get_root (f->server),
                                cpt_test_server_get_root (f->server));
  g_autoptr (CptHubriseReply) second = NULL;

  g_set_object (&f->client, other);
  g_clear_object (&other);
  second = cpt_test_line_ask (f, cpt_hubrise_request_get_location ());
  g_assert_cmpint (second->sequence, >, first->sequence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function)                                                                       \
  g_test_add (path, CptTestLine, NULL, cpt_test_line_set_up, function, cpt_test_line_tear_down)
  TEST ("/client/reply", test_reply);
  TEST ("/client/credentials", test_credentials);
  TEST ("/client/statuses", test_statuses);
  TEST ("/client/error-words", test_error_words);
  TEST ("/client/no-document-needed", test_no_document_needed);
  TEST ("/client/too-many-in-seconds", test_too_many_in_seconds);
  TEST ("/client/too-many-until-date", test_too_many_until_date);
  TEST ("/client/too-many-without-header", test_too_many_without_header);
  TEST ("/client/budget-is-kept", test_budget_is_kept);
  TEST ("/client/no-token", test_no_token);
  TEST ("/client/person-is-not-delayed", test_person_is_not_delayed);
  TEST ("/client/exchange", test_exchange);
  TEST ("/client/exchange-of-all-stock", test_exchange_of_all_stock);
  TEST ("/client/words-kept", test_words_kept);
  TEST ("/client/shown-path", test_shown_path);
  g_test_add_func ("/client/addresses", test_addresses);
  TEST ("/client/sequence", test_sequence);
  return g_test_run ();
}
