/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every request as it reaches a server: method, path, query and body, letter by letter. */
#include "cpt-hubrise-client.h"

#include <string.h>

#include "cpt-json.h"
#include "cpt-test-clock.h"
#include "cpt-test-json.h"
#include "cpt-test-server.h"
#include "cpt-test-wait.h"

typedef struct
{
  CptTestServer *server;
  CptHubriseClient *client;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (CptTestClock) clock = cpt_test_clock_new (G_GINT64_CONSTANT (1795255230000));
  const char *root = NULL;

  f->server = cpt_test_server_new ();
  root = cpt_test_server_get_root (f->server);
  f->client = cpt_hubrise_client_new (CPT_CLOCK (clock), root, root, "i", "s", NULL);
  cpt_hubrise_client_set_token (f->client, "t");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->client);
  g_clear_object (&f->server);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref (result);
}

/* Takes @request. */
static void
check (Fixture *f, CptHubriseRequest *request, const char *line, const char *body)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *seen = NULL;
  const CptServed *served = NULL;

  cpt_test_server_forget (f->server);
  cpt_hubrise_client_send_async (f->client, request, NULL, keep_result_cb, &result);
  cpt_hubrise_request_unref (request);
  CPT_WAIT_UNTIL (result != NULL);
  served = cpt_test_server_get (f->server, 0);
  seen =
      g_strdup_printf ("%s %s%s%s", served->method, served->path, served->query != NULL ? "?" : "",
                       served->query != NULL ? served->query : "");
  g_assert_cmpstr (seen, ==, line);
  g_assert_cmpstr (served->body, ==, body);
  if (body[0] == '{')
    g_assert_cmpstr (served->type, ==, "application/json");
}

static void
test_paths (Fixture *f, gconstpointer data)
{
  check (f, cpt_hubrise_request_get_location (), "GET /location", "");
  check (f, cpt_hubrise_request_get_callback (), "GET /callback", "");
  check (f, cpt_hubrise_request_delete_callback (), "DELETE /callback", "");
  check (f, cpt_hubrise_request_list_events (NULL), "GET /callback/events?count=100", "");
  check (f, cpt_hubrise_request_list_events ("c1"), "GET /callback/events?count=100&cursor=c1", "");
  check (f, cpt_hubrise_request_delete_event ("e1"), "DELETE /callback/events/e1", "");
  check (f, cpt_hubrise_request_get_order ("3r4s3-1"), "GET /location/orders/3r4s3-1", "");
  check (f, cpt_hubrise_request_list_orders (NULL, NULL, NULL), "GET /location/orders?count=100",
         "");
  check (f, cpt_hubrise_request_get_catalog ("c1", FALSE), "GET /catalogs/c1", "");
  check (f, cpt_hubrise_request_get_catalog ("c1", TRUE), "GET /catalogs/c1?hide_data=true", "");
  check (f, cpt_hubrise_request_revoke ("a/b+c"), "POST /revoke", "token=a%2Fb%2Bc");
}

static void
keep_path_cb (CptHubriseClient *client, CptExchange *exchange, gpointer data)
{
  char **path = data;

  g_free (*path);
  *path = g_strdup (exchange->path);
}

/* An id is a name, never a path. The server's library decodes it, so what left is read in the
 * log. */
static void
test_ids (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;

  g_signal_connect (f->client, "exchange", G_CALLBACK (keep_path_cb), &path);
  check (f, cpt_hubrise_request_get_order ("a/b?c=d#e"), "GET /location/orders/a/b?c=d#e", "");
  g_assert_cmpstr (path, ==, "/location/orders/a%2Fb%3Fc%3Dd%23e");
  check (f, cpt_hubrise_request_delete_event ("é ü"), "DELETE /callback/events/é ü", "");
  g_assert_cmpstr (path, ==, "/callback/events/%C3%A9%20%C3%BC");
  check (f, cpt_hubrise_request_get_order (".."), "GET /location/orders/%2E%2E", "");
  g_assert_cmpstr (path, ==, "/location/orders/%252E%252E");
  g_signal_handlers_disconnect_by_data (f->client, &path);
}

static void
test_callback (Fixture *f, gconstpointer data)
{
  check (f, cpt_hubrise_request_post_callback (), "POST /callback",
         "{\"url\":null,\"events\":{\"order\":[\"create\",\"update\"],\"catalog\":[\"update\"],"
         "\"inventory\":[\"patch\",\"update\"],\"location\":[\"update\"]}}");

  g_autoptr (GBytes) sent = cpt_test_json_bytes (cpt_test_server_get (f->server, 0)->body);
  g_assert_true (cpt_json_callback_is_ours (sent));
}

static void
test_acceptance (Fixture *f, gconstpointer data)
{
  check (f, cpt_hubrise_request_patch_acceptance ("normal", 0, NULL, NULL), "PATCH /location",
         "{\"order_acceptance\":{\"mode\":\"normal\"}}");
  check (f, cpt_hubrise_request_patch_acceptance ("busy", 20, NULL, "2026-11-21T19:30:00+01:00"),
         "PATCH /location",
         "{\"order_acceptance\":{\"mode\":\"busy\",\"extra_preparation_time\":20,"
         "\"resume_at\":\"2026-11-21T19:30:00+01:00\"}}");
  check (f, cpt_hubrise_request_patch_acceptance ("paused", 0, "Oven \"off\"\n", NULL),
         "PATCH /location",
         "{\"order_acceptance\":{\"mode\":\"paused\",\"reason\":\"Oven \\\"off\\\"\\n\"}}");
}

static CptOrder *
read_order (const char *text)
{
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  return cpt_json_decode_order (body, NULL);
}

static void
test_accept (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = cpt_order_step_new (1, "o1", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) read = read_order (
      "{\"id\":\"o1\",\"status\":\"new\",\"seller_notes\":\"n\",\"custom_fields\":{\"a\":1}}");

  step->confirmed_time = g_strdup ("2026-11-21T19:30:00+01:00");
  check (f, cpt_hubrise_request_patch_order (step, read), "PATCH /location/orders/o1",
         "{\"status\":\"accepted\",\"confirmed_time\":\"2026-11-21T19:30:00+01:00\"}");
}

static CptOrderStep *
reject_step (void)
{
  CptOrderStep *step = cpt_order_step_new (1, "o1", CPT_ORDER_REJECTED);

  step->seller_note = g_strdup ("Too busy: sorry");
  step->rejection_cause = g_strdup ("Too busy");
  return step;
}

static void
test_reject (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = reject_step ();
  g_autoptr (CptOrder) read = read_order ("{\"id\":\"o1\",\"status\":\"new\"}");

  check (f, cpt_hubrise_request_patch_order (step, read), "PATCH /location/orders/o1",
         "{\"status\":\"rejected\",\"seller_notes\":\"Too busy: sorry\",\"custom_fields\":"
         "{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}");
  check (f, cpt_hubrise_request_patch_order (step, NULL), "PATCH /location/orders/o1",
         "{\"status\":\"rejected\",\"seller_notes\":\"Too busy: sorry\",\"custom_fields\":"
         "{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}");
}

/* What others keep in the custom fields goes back as it was read, long numbers included. */
static void
test_reject_keeps_the_rest (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = reject_step ();
  g_autoptr (CptOrder) read = read_order (
      "{\"id\":\"o1\",\"status\":\"new\",\"seller_notes\":\"First\",\"custom_fields\":"
      "{\"b\":[1.10,{\"c\":12345678901234567890}],\"epos\":{\"order_id\":\"E\",\"rejection\":7},"
      "\"restaurant\":{\"staff\":{\"id\":4}},\"n\":null,\"t\":true,\"s\":\"\\u00e9\\n\\\"\"}}");

  step->seller = g_strdup ("Counter");
  check (f, cpt_hubrise_request_patch_order (step, read), "PATCH /location/orders/o1",
         "{\"status\":\"rejected\",\"seller_notes\":\"First\\nToo busy: sorry\",\"custom_fields\":"
         "{\"b\":[1.10,{\"c\":12345678901234567890}],\"epos\":{\"order_id\":\"E\","
         "\"rejection\":{\"cause\":\"Too busy\"}},\"restaurant\":{\"staff\":{\"id\":4,"
         "\"name\":\"Counter\"}},\"n\":null,\"t\":true,\"s\":\"é\\n\\\"\"}}");
}

/* The cause is for `rejected` only. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = reject_step ();
  g_autoptr (CptOrder) read =
      read_order ("{\"id\":\"o1\",\"status\":\"accepted\",\"custom_fields\":{\"a\":1}}");

  step->status = CPT_ORDER_CANCELLED;
  check (f, cpt_hubrise_request_patch_order (step, read), "PATCH /location/orders/o1",
         "{\"status\":\"cancelled\",\"seller_notes\":\"Too busy: sorry\"}");
}

static void
test_reject_raw (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOrderStep) step = reject_step ();
  g_autoptr (CptOrder) broken = read_order ("{\"id\":");
  g_autoptr (CptOrder) strange =
      read_order ("{\"id\":\"o1\",\"status\":\"new\",\"custom_fields\":\"text\"}");
  static const char body[] =
      "{\"status\":\"rejected\",\"seller_notes\":\"Too busy: sorry\",\"custom_fields\":"
      "{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}";

  check (f, cpt_hubrise_request_patch_order (step, broken), "PATCH /location/orders/o1", body);
  check (f, cpt_hubrise_request_patch_order (step, strange), "PATCH /location/orders/o1", body);
}

static void
test_payment (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOutboxEntry) entry = cpt_outbox_entry_new (CPT_OUTBOX_PAYMENT, 1, "o1");
  g_autoptr (CptOrder) read =
      read_order ("{\"id\":\"o1\",\"status\":\"new\",\"seller_notes\":\"First\"}");

  entry->name = g_strdup ("Carte \"CB\"");
  entry->ref = g_strdup ("CARD");
  entry->amount = cpt_money (705, "EUR");
  entry->private_ref = g_strdup ("p-1");
  check (f, cpt_hubrise_request_patch_entry (entry, read), "PATCH /location/orders/o1",
         "{\"payments\":[{\"name\":\"Carte \\\"CB\\\"\",\"ref\":\"CARD\","
         "\"amount\":\"7.05 EUR\",\"private_ref\":\"p-1\"}]}");
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (CptOutboxEntry) entry = cpt_outbox_entry_new (CPT_OUTBOX_DELETION, 1, "o1");
  g_autoptr (CptOrder) read =
      read_order ("{\"id\":\"o1\",\"status\":\"new\",\"seller_notes\":\"First\"}");

  entry->element = g_strdup ("it-1");
  check (f, cpt_hubrise_request_patch_entry (entry, read), "PATCH /location/orders/o1",
         "{\"items\":[{\"id\":\"it-1\",\"deleted\":true}]}");
  entry->seller_note = g_strdup ("Sorry");
  check (f, cpt_hubrise_request_patch_entry (entry, read), "PATCH /location/orders/o1",
         "{\"items\":[{\"id\":\"it-1\",\"deleted\":true}],\"seller_notes\":\"First\\nSorry\"}");
  check (f, cpt_hubrise_request_patch_entry (entry, NULL), "PATCH /location/orders/o1",
         "{\"items\":[{\"id\":\"it-1\",\"deleted\":true}],\"seller_notes\":\"Sorry\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/request/paths", test_paths);
  TEST ("/request/ids", test_ids);
  TEST ("/request/callback", test_callback);
  TEST ("/request/acceptance", test_acceptance);
  TEST ("/request/accept", test_accept);
  TEST ("/request/reject", test_reject);
  TEST ("/request/reject-keeps-the-rest", test_reject_keeps_the_rest);
  TEST ("/request/cancel", test_cancel);
  TEST ("/request/reject-raw", test_reject_raw);
  TEST ("/request/payment", test_payment);
  TEST ("/request/missing", test_missing);
  return g_test_run ();
}
