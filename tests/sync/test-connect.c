/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From not connected to connected by each way, and back. Main thread only. */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "cpt-engine-stock.h"
#include "cpt-test-till.h"

static GString *logged; /* every message this process wrote to its log */

static GLogWriterOutput
writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (logged, "%s\n", (const char *)fields[i].value);
  return g_log_writer_default (level, fields, n_fields, data);
}

static CptConnection *
connection (CptTestTill *till)
{
  return cpt_engine_get_connection (till->engine);
}

static void
assert_not_connected (CptTestTill *till)
{
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_NONE);
  g_assert_cmpuint (till->connected, ==, 0);
  cpt_test_shop_set_mark (till->shop);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (till->shop, "*", ".*"), ==, 0);
}

static const char *
first_of (JsonObject *state, const char *list, const char *name)
{
  return json_object_get_string_member (
      json_array_get_object_element (json_object_get_array_member (state, list), 0), name);
}

static void
assert_names (CptTestTill *till)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (till->shop, "GET", "/state", NULL);
  JsonObject *state = json_node_get_object (answer);
  JsonObject *account = json_object_get_object_member (state, "account");

  g_assert_cmpstr (connection (till)->location_id, ==, first_of (state, "locations", "id"));
  g_assert_cmpstr (connection (till)->location_name, ==, first_of (state, "locations", "name"));
  g_assert_cmpstr (connection (till)->time_zone, ==, "Europe/Paris");
  g_assert_cmpstr (connection (till)->catalog_id, ==, first_of (state, "catalogs", "id"));
  g_assert_cmpstr (connection (till)->catalog_name, ==, first_of (state, "catalogs", "name"));
  g_assert_cmpstr (connection (till)->customer_list_id, ==,
                   first_of (state, "customer_lists", "id"));
  g_assert_cmpstr (connection (till)->account_id, ==,
                   json_object_get_string_member (account, "id"));
  g_assert_cmpstr (connection (till)->account_name, ==,
                   json_object_get_string_member (account, "name"));
  g_assert_cmpstr (connection (till)->token_place, ==, "file");
}

static void
test_code (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_NONE);
  cpt_test_till_connect_with (till, shop->code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
  g_assert_cmpuint (till->connected, ==, 1);
  assert_names (till);
  cpt_test_till_settle (till);
  cpt_test_till_restart (till);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
  assert_names (till);
}

/* A code that is wrong, used or too old: said so, nothing bound, and another one works. */
static void
test_bad_codes (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;

  g_assert_false (cpt_test_till_connect_with (till, "nonsense", &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT);
  g_assert_nonnull (strstr (error->message, "10 minutes"));
  g_clear_error (&error);
  assert_not_connected (till);

  cpt_test_shop_do (shop, "POST", "/clock", "{\"advance\": 601}");
  g_assert_false (cpt_test_till_connect_with (till, shop->code, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT);
  assert_not_connected (till);
  cpt_test_till_connect (till);
}

typedef struct
{
  const char *name;
  const char *rule;
} TokenFailure;

static const TokenFailure token_failures[] = {
  { "unknown-client", "\"status\": 401" },
  { "server-error", "\"status\": 500" },
  { "dropped", "\"drop\": \"before\", \"times\": 2" },
  { "cut", "\"drop\": \"mid\", \"times\": 2" },
  { "no-json", "\"status\": 200, \"body\": \"<html>\"" },
  { "no-token", "\"status\": 200, \"body\": {\"access_token\": null}" },
  { "redirect", "\"redirect\": \"http://127.0.0.1:1/token\"" },
};

static void
test_token_failure (gconstpointer data)
{
  const TokenFailure *failure = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"path\": \"/oauth2/v1/token\", %s}",
                    failure->rule);
  g_assert_false (cpt_test_till_connect_with (till, shop->code, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), >, 10);
  assert_not_connected (till);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_connect (till);
}

/* The token came, the location did not: connected all the same, the names come later. */
static void
test_location_later (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"path\": \"/v1/location\", \"status\": 500}");
  cpt_test_till_connect_with (till, shop->code, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  assert_names (till);
}

/* --- A whole address pasted --- */

/* The value of a field of @address, decoded. */
static char *
field (const char *address, const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) query =
      g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (query, name));
}

static void
test_pasted_address (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;
  g_autofree char *page = cpt_engine_begin_connect (till->engine, FALSE, &error);
  g_autofree char *state = field (page, "state");
  g_autofree char *redirect = field (page, "redirect_uri");
  g_autofree char *wrong = g_strconcat (redirect, "?code=", shop->code, "&state=other", NULL);
  g_autofree char *right =
      g_strconcat ("  ", redirect, "?code=", shop->code, "&state=", state, "\n", NULL);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (page, shop->oauth_url));
  g_assert_false (cpt_test_till_connect_with (till, wrong, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_NONE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/oauth2/v1/token"), ==, 0);

  cpt_test_till_connect_with (till, right, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
}

static void
test_out_of_band (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;
  g_autofree char *page = cpt_engine_begin_connect (till->engine, TRUE, &error);
  g_autofree char *redirect = field (page, "redirect_uri");
  g_autofree char *scope = field (page, "scope");
  g_autofree char *client = field (page, "client_id");
  g_autofree char *device = field (page, "device_id");

  g_assert_no_error (error);
  g_assert_cmpstr (redirect, ==, "urn:ietf:wg:oauth:2.0:oob");
  g_assert_cmpstr (scope, ==,
                   "location[orders.write,customer_list.write,catalog.read,inventory.write]");
  g_assert_cmpstr (client, ==, shop->client_id);
  g_assert_nonnull (device);
  cpt_test_till_connect_with (till, shop->code, &error);
  g_assert_no_error (error);
}

/* --- The browser's redirect --- */

typedef struct
{
  SoupSession *session; /* (owned) */
  guint status;
  char *page; /* (owned) (nullable) */
  gboolean done;
} Browser;

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Browser *browser = data;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  browser->status = soup_message_get_status (message);
  if (bytes != NULL)
    browser->page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  browser->done = TRUE;
}

/* What a browser is shown at @address; 0 when nobody is there. */
static guint
browse (CptTestTill *till, const char *address, char **page)
{
  Browser browser = { soup_session_new_with_options ("proxy-resolver", NULL, NULL) };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);

  soup_session_send_and_read_async (browser.session, message, 0, NULL, page_cb, &browser);
  CPT_TILL_WAIT_UNTIL (till, browser.done);
  g_object_unref (browser.session);
  if (page != NULL)
    *page = g_steal_pointer (&browser.page);
  g_free (browser.page);
  return browser.status;
}

static void
test_browser (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = cpt_engine_begin_connect (till->engine, FALSE, &error);
  g_autofree char *state = field (address, "state");
  g_autofree char *redirect = field (address, "redirect_uri");
  g_autofree char *wrong = g_strconcat (redirect, "?code=", shop->code, "&state=other", NULL);
  g_autofree char *none = g_strconcat (redirect, "?code=", shop->code, NULL);
  g_autofree char *right = g_strconcat (redirect, "?code=", shop->code, "&state=", state, NULL);
  g_autofree char *icon = g_strdup (redirect);
  g_autofree char *page = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (redirect, "http://127.0.0.1:"));
  strcpy (strrchr (icon, '/'), "/f");
  g_assert_cmpuint (browse (till, icon, NULL), ==, 404);
  g_assert_cmpuint (browse (till, wrong, NULL), ==, 400);
  g_assert_cmpuint (browse (till, none, NULL), ==, 400);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_NONE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/oauth2/v1/token"), ==, 0);

  g_assert_cmpuint (browse (till, right, &page), ==, 200);
  g_assert_nonnull (strstr (page, "You can close this page"));
  CPT_TILL_WAIT_UNTIL (till, till->connected == 1);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
  assert_names (till);
  g_assert_cmpuint (browse (till, right, NULL), ==, 0);
}

static void
test_browser_refuses (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = cpt_engine_begin_connect (till->engine, FALSE, &error);
  g_autofree char *state = field (address, "state");
  g_autofree char *redirect = field (address, "redirect_uri");
  g_autofree char *refusal = g_strconcat (redirect, "?error=access_denied&state=", state, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (browse (till, refusal, NULL), ==, 200);
  CPT_TILL_WAIT_UNTIL (till, connection (till)->reason != NULL);
  assert_not_connected (till);
  g_assert_nonnull (connection (till)->reason);
  cpt_test_till_connect (till);
  g_assert_null (connection (till)->reason);
}

/* Nobody answers for ten minutes; starting again and giving up close the port, too. */
static void
test_browser_given_up (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autofree char *first = cpt_engine_begin_connect (till->engine, FALSE, NULL);
  g_autofree char *first_redirect = field (first, "redirect_uri");
  g_autofree char *second = cpt_engine_begin_connect (till->engine, FALSE, NULL);
  g_autofree char *second_redirect = field (second, "redirect_uri");
  g_autofree char *third = NULL;
  g_autofree char *third_redirect = NULL;

  g_assert_cmpuint (browse (till, first_redirect, NULL), ==, 0);
  g_assert_cmpuint (browse (till, second_redirect, NULL), !=, 0);
  cpt_test_till_advance (till, 10 * CPT_MINUTE - 1);
  g_assert_cmpuint (browse (till, second_redirect, NULL), !=, 0);
  cpt_test_till_advance (till, 1);
  g_assert_cmpuint (browse (till, second_redirect, NULL), ==, 0);
  g_assert_nonnull (connection (till)->reason);
  third = cpt_engine_begin_connect (till->engine, FALSE, NULL);
  third_redirect = field (third, "redirect_uri");
  cpt_engine_cancel_connect (till->engine);
  g_assert_cmpuint (browse (till, third_redirect, NULL), ==, 0);
}

static void
test_no_client (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autoptr (GError) error = NULL;

  cpt_profile_set_roots (cpt_engine_get_profile (till->engine), shop->api_url, shop->oauth_url, "",
                         "");
  g_assert_null (cpt_engine_begin_connect (till->engine, TRUE, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT);
}

/* --- Disconnecting --- */

static void
count_all_changed_cb (CptEngine *engine, GArray *rows, guint *n)
{
  *n += rows->len == 0;
}

static void
test_disconnect (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autofree char *token_path = cpt_test_till_dup_path (till, "token");
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;
  gboolean revoked = FALSE;
  guint all_changed = 0;

  g_assert_cmpuint (cpt_test_shop_ask_with_token (shop, token), ==, 200);
  g_signal_connect (till->engine, "orders-changed", G_CALLBACK (count_all_changed_cb),
                    &all_changed);
  cpt_test_till_disconnect (till, &revoked, &error);
  g_assert_no_error (error);
  g_assert_true (revoked);
  /* Whoever asks now hears that nothing of it can be sent. */
  CPT_TILL_WAIT_UNTIL (till, all_changed > 0);
  row = cpt_test_till_find (till, id);
  g_assert_true (row->foreign);
  g_assert_cmpuint (cpt_test_shop_ask_with_token (shop, token), ==, 401);
  g_assert_false (g_file_test (token_path, G_FILE_TEST_EXISTS));
  till->connected = 0;
  assert_not_connected (till);
  cpt_test_till_restart (till);
  assert_not_connected (till);
  cpt_test_till_connect (till);
  cpt_test_till_assert_row (till, id, "received received");
}

static CptEngineCounts
counts_of (CptTestTill *till)
{
  CptEngineCounts counts = { 0 };

  cpt_engine_get_counts (till->engine, &counts);
  return counts;
}

/* Another program holds the database just then: the tabs follow once it lets go, not at the next
 * look. */
static void
test_disconnect_counts (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_cmpuint (counts_of (till).today, ==, 1);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 5000);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  cpt_test_till_disconnect (till, NULL, &error);
  g_assert_no_error (error);
  /* behind the look that has begun already */
  rows = cpt_test_till_list (till, CPT_ORDER_TAB_ALL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  CPT_TILL_WAIT_UNTIL (till, counts_of (till).today == 0);
}

static void
test_disconnect_offline (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autofree char *token_path = cpt_test_till_dup_path (till, "token");
  g_autoptr (GError) error = NULL;
  gboolean revoked = TRUE;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"drop\": \"before\", \"times\": 0}");
  cpt_test_till_disconnect (till, &revoked, &error);
  g_assert_no_error (error);
  g_assert_false (revoked);
  cpt_test_shop_set_offline (shop, FALSE);
  g_assert_cmpuint (cpt_test_shop_ask_with_token (shop, token), ==, 200);
  g_assert_false (g_file_test (token_path, G_FILE_TEST_EXISTS));
  till->connected = 0;
  assert_not_connected (till);
}

/* A key that cannot be read may still be there: waited for, tried again, never forgotten. */
static void
test_token_away (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *token_path = cpt_test_till_dup_path (till, "token");
  g_autofree char *away = g_strconcat (token_path, ".away", NULL);

  cpt_test_till_close (till);
  g_assert_cmpint (g_rename (token_path, away), ==, 0);
  cpt_test_till_open (till, NULL);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_WAITING_KEYRING);
  cpt_test_till_assert_row (till, id, "received received");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_WAITING_KEYRING);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*"), ==, 0);
  g_assert_cmpint (g_rename (away, token_path), ==, 0);
  cpt_test_till_advance (till, 15 * CPT_SECOND);
  /* the keyring is asked in its own time */
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_ONLINE);
}

/* --- What is not written down --- */

static void
assert_nowhere (const char *dir, const char *token)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_nowhere (path, token);
      else if (g_file_get_contents (path, &text, &length, NULL) && !g_str_equal (name, "token"))
        g_assert_null (memmem (text, length, token, strlen (token)));
    }
}

static void
test_token_hidden (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autofree char *token_path = cpt_test_till_dup_path (till, "token");
  g_autofree char *data = cpt_test_till_dup_path (till, NULL);
  GStatBuf info = { 0 };
  gboolean revoked = FALSE;

  g_assert_cmpuint (strlen (token), >=, 8);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"status\": 422, \"message\": \"%s\"}", token);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/callback/events\", \"status\": 500, \"message\": \"%s\"}",
                    token);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_nowhere (till->dir, token);
  g_assert_cmpint (g_stat (token_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (data, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  cpt_test_till_disconnect (till, &revoked, NULL);
  cpt_test_till_close (till);
  assert_nowhere (till->dir, token);
  g_assert_null (strstr (logged->str, token));
}

/* --- Another binding --- */

static char *
second_of (CptTestShop *shop, const char *what)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (shop, "GET", "/state", NULL);
  JsonArray *all = json_object_get_array_member (json_node_get_object (answer), what);

  g_assert_cmpuint (json_array_get_length (all), >=, 2);
  return g_strdup (json_object_get_string_member (json_array_get_object_element (all, 1), "id"));
}

static void
ignored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  cpt_engine_act_finish (CPT_ENGINE (source), result, NULL);
}

static void
test_another_location (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *home = g_strdup (connection (till)->location_id);
  g_autofree char *other = cpt_test_shop_dup_second_location (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;
  guint all_changed = 0;

  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  g_signal_connect (till->engine, "orders-changed", G_CALLBACK (count_all_changed_cb),
                    &all_changed);
  cpt_test_till_connect_to (till, other);
  g_assert_cmpuint (all_changed, >, 0);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  row = cpt_test_till_find (till, id);
  g_assert_true (row->foreign);
  g_assert_false (cpt_test_till_press_with (till, id, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL,
                                            NULL, &error));
  cpt_test_till_connect_to (till, home);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count_status (shop, id, "accepted"), ==, 1);
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

static void
note_cb (CptEngine *engine, gboolean *noted)
{
  *noted = TRUE;
}

/* What is known of the new place's stock is nothing, and that is what is shown and counted, also
 * when its catalog cannot be read. */
static void
test_another_stock (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *home = g_strdup (connection (till)->location_id);
  g_autofree char *other = cpt_test_shop_dup_second_location (shop);
  CptEngineStock stock;
  gboolean changed = FALSE;

  cpt_engine_get_stock (till->engine, &stock);
  g_assert_cmpint (stock.skus, >, 0);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/catalogs/*\", \"status\": 500, \"times\": 0}");
  g_signal_connect (till->engine, "stock-changed", G_CALLBACK (note_cb), &changed);
  cpt_test_till_connect_to (till, other);
  g_assert_true (changed);
  cpt_engine_get_stock (till->engine, &stock);
  g_assert_cmpint (stock.skus, ==, 0);
  g_assert_false (stock.ready);
  changed = FALSE;
  cpt_test_till_connect_to (till, home);
  g_assert_true (changed);
  cpt_engine_get_stock (till->engine, &stock);
  g_assert_cmpint (stock.skus, >, 0);
}

/* A catalog that comes when the till has been connected elsewhere is not taken for that one's. */
static void
test_stock_under_way (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *location = cpt_test_shop_dup_second_location (shop);
  g_autofree char *catalog = second_of (shop, "catalogs");
  g_autofree char *path = g_strconcat ("/catalog?catalog_id=", catalog, NULL);
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (shop, "POST", "/code",
                             "{\"location_id\": \"%s\", \"catalog_id\": \"%s\"}", location,
                             catalog);
  g_autoptr (GError) error = NULL;
  CptEngineStock stock;

  cpt_test_shop_do (shop, "PUT", path, "{\"generate\": 3}");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/catalogs/*\", \"hold\": \"after\"}");
  cpt_test_shop_set_mark (shop);
  cpt_engine_pull_catalog_async (till->engine, ignored_cb, NULL);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count (shop, "GET", "/catalogs/.*") == 1);
  cpt_test_till_connect_with (till,
                              json_object_get_string_member (json_node_get_object (answer), "code"),
                              &error);
  g_assert_no_error (error);
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  cpt_test_till_settle (till);
  cpt_engine_get_stock (till->engine, &stock);
  g_assert_cmpint (stock.skus, ==, 3);
}

/* --- The callback --- */

static void
test_callback (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autofree char *address = g_strconcat (shop->api_url, "/callback", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("DELETE", address);
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/callback"), ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_restart (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback"), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/callback"), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 0);

  cpt_test_till_close (till);
  soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token", token);
  answer = soup_session_send_and_read (shop->session, message, NULL, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  id = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/callback"), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 1);
  cpt_test_till_assert_row (till, id, "received received");
}

static void
remove_callback (CptTestTill *till)
{
  g_autofree char *token = cpt_test_till_dup_token (till);
  g_autofree char *address = g_strconcat (till->shop->api_url, "/callback", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("DELETE", address);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token", token);
  answer = soup_session_send_and_read (till->shop->session, message, NULL, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

/* Whoever took our callback away takes the orders away: it is looked for every hour, after an
 * absence, and when somebody asks. A failure to look keeps no order away. */
static void
test_callback_gone (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;

  remove_callback (till);
  first = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_set_mark (shop);
  g_settings_set_int (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                      "check-interval", 300);
  cpt_test_till_advance (till, 65 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback"), ==, 1);
  cpt_test_till_assert_row (till, first, "received received");

  remove_callback (till);
  second = cpt_test_shop_inject (shop, NULL);
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2000);
  cpt_test_till_assert_row (till, second, "received received");

  remove_callback (till);
  third = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_advance (till, 20 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_till_assert_row (till, third, "received received");

  fourth = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/callback\", \"method\": \"GET\", \"status\": 422,"
                    " \"times\": 0}");
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2000);
  cpt_test_till_assert_row (till, fourth, "received received");
}

int
main (int argc, char *argv[])
{
  int status;

  logged = g_string_new (NULL);
  g_log_set_writer_func (writer, NULL, NULL);
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/connect/code", test_code);
  g_test_add_func ("/sync/connect/bad-codes", test_bad_codes);
  for (gsize i = 0; i < G_N_ELEMENTS (token_failures); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/connect/token/", token_failures[i].name, NULL);

      g_test_add_data_func (name, &token_failures[i], test_token_failure);
    }
  g_test_add_func ("/sync/connect/location-later", test_location_later);
  g_test_add_func ("/sync/connect/pasted-address", test_pasted_address);
  g_test_add_func ("/sync/connect/out-of-band", test_out_of_band);
  g_test_add_func ("/sync/connect/browser", test_browser);
  g_test_add_func ("/sync/connect/browser-refuses", test_browser_refuses);
  g_test_add_func ("/sync/connect/browser-given-up", test_browser_given_up);
  g_test_add_func ("/sync/connect/no-client", test_no_client);
  g_test_add_func ("/sync/connect/disconnect", test_disconnect);
  g_test_add_func ("/sync/connect/disconnect-offline", test_disconnect_offline);
  g_test_add_func ("/sync/connect/disconnect-counts", test_disconnect_counts);
  g_test_add_func ("/sync/connect/token-away", test_token_away);
  g_test_add_func ("/sync/connect/token-hidden", test_token_hidden);
  g_test_add_func ("/sync/connect/another-location", test_another_location);
  g_test_add_func ("/sync/connect/another-stock", test_another_stock);
  g_test_add_func ("/sync/connect/stock-under-way", test_stock_under_way);
  g_test_add_func ("/sync/connect/callback", test_callback);
  g_test_add_func ("/sync/connect/callback-gone", test_callback_gone);
  status = g_test_run ();
  g_string_free (logged, TRUE);
  return status;
}
