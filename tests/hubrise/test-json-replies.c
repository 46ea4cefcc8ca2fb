/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events, grant, location, callback, catalog name and the demo shop's line, good and damaged. */
#include "cpt-json.h"

#include <string.h>

#include "cpt-hubrise-client.h"
#include "cpt-test-json.h"
#include "cpt-test-wait.h"

static void
test_events (void)
{
  g_autoptr (GBytes) body = cpt_test_json_bytes (
      "[{\"id\":\"e1\",\"created_at\":\"2026-11-21T19:02:11+01:00\",\"resource_type\":\"order\","
      "\"event_type\":\"create\",\"order_id\":\"o1\",\"location_id\":\"l1\"},"
      "{\"resource_type\":\"order\"},{\"id\":null},null,5,[],\"e\","
      "{\"id\":17,\"catalog_id\":\"c1\",\"created_at\":5,\"order_id\":{}}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = cpt_json_decode_events (body, &error);
  CptHubriseEvent *first = NULL;
  CptHubriseEvent *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 2);
  first = g_ptr_array_index (events, 0);
  second = g_ptr_array_index (events, 1);
  g_assert_cmpstr (first->id, ==, "e1");
  g_assert_cmpstr (first->resource_type, ==, "order");
  g_assert_cmpstr (first->event_type, ==, "create");
  g_assert_cmpstr (first->order_id, ==, "o1");
  g_assert_cmpstr (first->location_id, ==, "l1");
  g_assert_null (first->catalog_id);
  g_assert_cmpint (first->created_at, ==, G_GINT64_CONSTANT (1795284131000));
  g_assert_cmpstr (second->id, ==, "17");
  g_assert_cmpstr (second->catalog_id, ==, "c1");
  g_assert_null (second->order_id);
  g_assert_cmpint (second->created_at, ==, CPT_TIME_NONE);
}

static void
test_no_events (void)
{
  static const char *const bodies[] = { "", "{}", "null", "5", "[", "[{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = cpt_test_json_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (cpt_json_decode_events (body, &error));
      g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
    }
}

static void
test_grant (void)
{
  g_autoptr (GBytes) body = cpt_test_json_bytes (
      "{\"access_token\":\"abc\",\"token_type\":\"bearer\",\"account_id\":\"a1\","
      "\"account_name\":\"Account\",\"location_id\":\"l1\",\"location_name\":\"Shop\","
      "\"catalog_id\":\"c1\",\"catalog_name\":\"Menu\",\"customer_list_id\":null}");
  g_autoptr (CptHubriseGrant) grant = cpt_json_decode_grant (body, NULL);

  g_assert_cmpstr (grant->access_token, ==, "abc");
  g_assert_cmpstr (grant->account_id, ==, "a1");
  g_assert_cmpstr (grant->account_name, ==, "Account");
  g_assert_cmpstr (grant->location_id, ==, "l1");
  g_assert_cmpstr (grant->location_name, ==, "Shop");
  g_assert_cmpstr (grant->catalog_id, ==, "c1");
  g_assert_cmpstr (grant->catalog_name, ==, "Menu");
  g_assert_null (grant->customer_list_id);
  g_assert_null (grant->customer_list_name);
}

static void
test_bad_grant (void)
{
  static const char *const bodies[] = {
    "",
    "[]",
    "{}",
    "{\"access_token\":\"abc\"}",
    "{\"location_id\":\"l1\"}",
    "{\"access_token\":\"a\\r\\nX-Other: b\",\"location_id\":\"l1\"}",
    "{\"access_token\":\"a b\",\"location_id\":\"l1\"}",
    "{\"access_token\":{},\"location_id\":\"l1\"}",
    "{\"access_token\":\"\",\"location_id\":\"l1\"}"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = cpt_test_json_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (cpt_json_decode_grant (body, &error));
      g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
      g_assert_null (strstr (error->message, "abc"));
    }
}

static void
test_location (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (GBytes) body = cpt_test_json_bytes (
      "{\"id\":\"l1\",\"name\":\"Shop\",\"account\":{\"id\":\"a1\",\"name\":\"Account\","
      "\"currency\":\"EUR\"},\"address\":\"1 Example Street\",\"postal_code\":75000,"
      "\"city\":\"Exampleville\",\"country\":\"FR\",\"timezone\":{\"name\":\"Europe/Paris\"},"
      "\"cutoff_time\":\"06:00\",\"opening_hours\":null,\"preparation_time\":25,"
      "\"order_acceptance\":{\"mode\":\"paused\",\"reason\":null},\"custom_fields\":{}}");
  g_autoptr (GBytes) bare = cpt_test_json_bytes (
      "{\"id\":\"l1\",\"timezone\":\"Europe/London\",\"preparation_time\":\"30\","
      "\"order_acceptance\":\"normal\",\"account\":[],\"cutoff_time\":null}");

  g_assert_true (cpt_json_decode_location (body, connection, NULL));
  g_assert_cmpstr (connection->location_id, ==, "l1");
  g_assert_cmpstr (connection->location_name, ==, "Shop");
  g_assert_cmpstr (connection->account_id, ==, "a1");
  g_assert_cmpstr (connection->account_name, ==, "Account");
  g_assert_cmpstr (connection->currency, ==, "EUR");
  g_assert_cmpstr (connection->address_1, ==, "1 Example Street");
  g_assert_cmpstr (connection->postal_code, ==, "75000");
  g_assert_cmpstr (connection->city, ==, "Exampleville");
  g_assert_cmpstr (connection->country, ==, "FR");
  g_assert_cmpstr (connection->time_zone, ==, "Europe/Paris");
  g_assert_cmpstr (connection->cutoff_time, ==, "06:00");
  g_assert_cmpint (connection->preparation_time, ==, 25);
  g_assert_cmpstr (connection->order_acceptance, ==, "paused");

  g_assert_true (cpt_json_decode_location (bare, connection, NULL));
  g_assert_null (connection->location_name);
  g_assert_cmpstr (connection->account_id, ==, "a1");
  g_assert_cmpstr (connection->time_zone, ==, "Europe/London");
  g_assert_cmpint (connection->preparation_time, ==, 30);
  g_assert_null (connection->cutoff_time);
}

/* How orders come in and when the shop is open; what of it cannot be read is left out. */
static void
test_location_hours (void)
{
  static const struct
  {
    const char *fields, *mode, *reason;
    int minutes;
    CptTime resume_at;
    const char *hours;
  } cases[] = {
    { "\"order_acceptance\":{\"mode\":\"busy\",\"extra_preparation_time\":20,"
      "\"resume_at\":\"2026-01-15T20:00:00+01:00\"},\"opening_hours\":{\"sunday\":[],"
      "\"monday\":[{\"from\":\"11:30\",\"to\":\"14:30\"},{\"from\":\"18:30\",\"to\":\"01:00\"}],"
      "\"friday\":[{\"from\":\"18:30\",\"to\":\"22:30\"}]}",
      "busy", NULL, 20, G_GINT64_CONSTANT (1768503600000),
      "1 11:30 14:30;1 18:30 01:00;5 18:30 22:30" },
    { "\"order_acceptance\":{\"mode\":\"paused\",\"reason\":\"oven\",\"resume_at\":\"soon\"},"
      "\"opening_hours\":{\"monday\":[17,{\"from\":\"11:30\"},null],\"holiday\":[{}]}",
      "paused", "oven", 0, CPT_TIME_NONE, NULL },
    { "\"order_acceptance\":{\"mode\":\"online\"},\"opening_hours\":[]", "online", NULL, 0,
      CPT_TIME_NONE, NULL },
    { "\"order_acceptance\":null", NULL, NULL, 0, CPT_TIME_NONE, NULL },
  };
  g_autoptr (CptConnection) connection = cpt_connection_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"l1\",%s}", cases[i].fields);
      g_autoptr (GBytes) body = cpt_test_json_bytes (text);

      g_assert_true (cpt_json_decode_location (body, connection, NULL));
      g_assert_cmpstr (connection->order_acceptance, ==, cases[i].mode);
      g_assert_cmpstr (connection->acceptance_reason, ==, cases[i].reason);
      g_assert_cmpint (connection->acceptance_minutes, ==, cases[i].minutes);
      g_assert_cmpint (connection->acceptance_resume_at, ==, cases[i].resume_at);
      g_assert_cmpstr (connection->opening_hours, ==, cases[i].hours);
    }
}

static void
test_bad_location (void)
{
  static const char *const bodies[] = { "", "[]", "{}", "{\"id\":{}}", "{\"id\":\"l2\"" };
  g_autoptr (CptConnection) connection = cpt_connection_new ();

  connection->location_id = g_strdup ("l1");
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = cpt_test_json_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (cpt_json_decode_location (body, connection, &error));
      g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
      g_assert_cmpstr (connection->location_id, ==, "l1");
    }
}

static gboolean
is_ours (const char *text)
{
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  return cpt_json_callback_is_ours (body);
}

static void
test_callback (void)
{
  g_assert_true (is_ours ("{\"url\":null,\"events\":{\"location\":[\"update\"],"
                          "\"inventory\":[\"update\",\"patch\"],\"catalog\":[\"update\"],"
                          "\"order\":[\"update\",\"create\"]}}"));
  g_assert_false (is_ours ("{\"url\":null,\"events\":{}}"));
  g_assert_false (
      is_ours ("{\"url\":\"https://till.example\",\"events\":{\"location\":[\"update\"],"
               "\"inventory\":[\"update\",\"patch\"],\"catalog\":[\"update\"],"
               "\"order\":[\"update\",\"create\"]}}"));
  g_assert_false (is_ours ("{\"url\":null,\"events\":{\"location\":[\"update\"],"
                           "\"inventory\":[\"update\",\"patch\"],\"catalog\":[\"update\"],"
                           "\"order\":[\"create\"]}}"));
  g_assert_false (is_ours ("{\"url\":null,\"events\":{\"location\":[\"update\"],"
                           "\"inventory\":[\"update\",\"patch\"],\"catalog\":[\"update\"],"
                           "\"customer\":[\"update\"],\"order\":[\"create\",\"update\"]}}"));
  g_assert_false (is_ours ("{\"url\":null,\"events\":{\"order\":{},\"catalog\":5}}"));
  g_assert_false (is_ours ("{\"url\":null,\"events\":[]}"));
  g_assert_false (is_ours (""));
  g_assert_false (is_ours ("null"));
}

static void
test_catalog_name (void)
{
  g_autoptr (GBytes) good = cpt_test_json_bytes ("{\"id\":\"c1\",\"name\":\"Menu\"}");
  g_autoptr (GBytes) nameless = cpt_test_json_bytes ("{\"id\":\"c1\",\"name\":null}");
  g_autoptr (GBytes) bad = cpt_test_json_bytes ("{\"name\":\"Menu\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  g_assert_true (cpt_json_decode_catalog_name (good, &id, &name, NULL));
  g_assert_cmpstr (id, ==, "c1");
  g_assert_cmpstr (name, ==, "Menu");
  g_clear_pointer (&id, g_free);
  g_clear_pointer (&name, g_free);
  g_assert_true (cpt_json_decode_catalog_name (nameless, &id, &name, NULL));
  g_assert_null (name);
  g_clear_pointer (&id, g_free);
  g_assert_false (cpt_json_decode_catalog_name (bad, &id, &name, &error));
  g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
}

static void
test_demo_address (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CptDemoAddress) address = cpt_json_decode_demo_address (
      "{\"api_url\":\"http://127.0.0.1:1/v1\",\"oauth_url\":\"http://127.0.0.1:1/oauth2/v1\","
      "\"client_id\":\"i\",\"client_secret\":\"s\",\"code\":\"c\",\"more\":1}\n",
      &error);

  g_assert_no_error (error);
  g_assert_cmpstr (address->api_url, ==, "http://127.0.0.1:1/v1");
  g_assert_cmpstr (address->oauth_url, ==, "http://127.0.0.1:1/oauth2/v1");
  g_assert_cmpstr (address->client_id, ==, "i");
  g_assert_cmpstr (address->client_secret, ==, "s");
  g_assert_cmpstr (address->code, ==, "c");
  g_assert_null (cpt_json_decode_demo_address ("{\"api_url\":\"x\"}", &error));
  g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
}

/* Where a decoder ran, what it was given, and where its results went. */
typedef struct
{
  GThread *thread;
  GThread *freed_in;
} Where;

static gpointer
note_thread (GBytes *body, gpointer hint, GError **error)
{
  Where *where = hint;

  where->thread = g_thread_self ();
  if (g_bytes_get_size (body) == 1)
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT, "one byte");
      return NULL;
    }
  return g_strdup ("decoded");
}

static void
note_free (gpointer hint)
{
  ((Where *)hint)->freed_in = g_thread_self ();
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref (result);
}

static char *
decode (gsize size, Where *where, GError **error)
{
  g_autofree char *text = g_strnfill (size, ' ');
  g_autoptr (GBytes) body = g_bytes_new (text, size);
  g_autoptr (GAsyncResult) result = NULL;

  cpt_json_decode_async (body, note_thread, where, note_free, g_free, NULL, keep_result_cb,
                         &result);
  g_assert_null (result);
  CPT_WAIT_UNTIL (result != NULL);
  return cpt_json_decode_finish (result, error);
}

static void
test_async (void)
{
  Where where = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *small = decode (100, &where, &error);
  g_autofree char *large = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (small, ==, "decoded");
  g_assert_true (where.thread == g_thread_self ());
  g_assert_true (where.freed_in == g_thread_self ());

  large = decode (50001, &where, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (large, ==, "decoded");
  g_assert_true (where.thread != g_thread_self ());
  g_assert_true (where.freed_in == g_thread_self ());

  g_assert_null (decode (1, &where, &error));
  g_assert_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/replies/events", test_events);
  g_test_add_func ("/json/replies/no-events", test_no_events);
  g_test_add_func ("/json/replies/grant", test_grant);
  g_test_add_func ("/json/replies/bad-grant", test_bad_grant);
  g_test_add_func ("/json/replies/location", test_location);
  g_test_add_func ("/json/replies/location-hours", test_location_hours);
  g_test_add_func ("/json/replies/bad-location", test_bad_location);
  g_test_add_func ("/json/replies/callback", test_callback);
  g_test_add_func ("/json/replies/catalog-name", test_catalog_name);
  g_test_add_func ("/json/replies/demo-address", test_demo_address);
  g_test_add_func ("/json/replies/async", test_async);
  return g_test_run ();
}
