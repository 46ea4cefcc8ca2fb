/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGKILL at each point of an order's way in and out: nothing lost, nothing twice, the order kept.
 * Main thread only. */
#include <sqlite3.h>

#include "cpt-test-host.h"
#include "cpt-test-till.h"

typedef struct
{
  CptTestShop *shop;
  char *dir;
  CptTestHost *host;
  char *id;    /* an order here and received, while nothing else was pressed */
  sqlite3 *db; /* (nullable) holds the database against the till */
} Fixture;

static void
start (Fixture *fixture)
{
  fixture->host = cpt_test_host_new (fixture->shop, fixture->dir);
}

static void
kill_host (Fixture *fixture)
{
  cpt_test_host_kill (g_steal_pointer (&fixture->host));
}

static void
set_up_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->shop = cpt_test_shop_new ();
  fixture->dir = g_dir_make_tmp ("cpt-kill-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_nothing (fixture, data);
  start (fixture);
  cpt_test_host_do (fixture->host, "connected", "connect %s", fixture->shop->code);
}

static void
set_up_order (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fixture->id = cpt_test_shop_inject (fixture->shop, NULL);
  cpt_test_host_do (fixture->host, "done", "check");
  cpt_test_host_do (fixture->host, "received received", "show %s", fixture->id);
  /* From here on a PATCH needs a fresh reading. */
  cpt_test_host_do (fixture->host, "done", "advance 2001");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_host_quit (fixture->host);
  cpt_test_remove_directory (fixture->dir);
  cpt_test_shop_free (fixture->shop);
  g_free (fixture->dir);
  g_free (fixture->id);
}

/* --- The database from outside --- */

static sqlite3 *
open_database (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "shop", "comptoir.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return db;
}

static int
count (Fixture *fixture, const char *from)
{
  sqlite3 *db = open_database (fixture);
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", from, NULL);
  sqlite3_stmt *statement = NULL;
  int n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

static void
lock_database (Fixture *fixture)
{
  fixture->db = open_database (fixture);
  sqlite3_busy_timeout (fixture->db, 10000);
  g_assert_cmpint (sqlite3_exec (fixture->db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
unlock_database (Fixture *fixture)
{
  g_assert_cmpint (sqlite3_exec (fixture->db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (g_steal_pointer (&fixture->db));
}

/* --- */

static void
press (Fixture *fixture, const char *status)
{
  cpt_test_host_do (fixture->host, "pressing", "press %s %s", fixture->id, status);
  cpt_test_host_expect (fixture->host, "pressed");
}

/* The network is back; in the end all is at HubRise, once each, in this order. */
static void
assert_all_sent (Fixture *fixture)
{
  g_autofree char *sent = NULL;

  cpt_test_shop_set_offline (fixture->shop, FALSE);
  cpt_test_host_do (fixture->host, "done", "advance 120000");
  sent = cpt_test_shop_dup_sent (fixture->shop, fixture->id);
  g_assert_cmpstr (sent, ==, "received accepted in_preparation");
  cpt_test_host_do (fixture->host, "in_preparation in_preparation", "show %s", fixture->id);
  g_assert_cmpint (count (fixture, "order_step"), ==, 3);
  g_assert_cmpint (count (fixture, "order_step WHERE state = 3"), ==, 3);
}

static void
test_no_kill (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_set_offline (fixture->shop, TRUE);
  press (fixture, "accepted");
  press (fixture, "in_preparation");
  cpt_test_host_do (fixture->host, "in_preparation received waiting", "show %s", fixture->id);
  assert_all_sent (fixture);
}

/* Killed while the press of @status waits for the disk, after the @pressed ones before it. */
static void
kill_before_commit (Fixture *fixture, const char *status, int pressed)
{
  g_autofree char *step = g_strdup_printf ("order_step WHERE status = '%s'", status);

  cpt_test_host_do (fixture->host, "done", "settle");
  lock_database (fixture);
  cpt_test_host_do (fixture->host, "pressing", "press %s %s", fixture->id, status);
  kill_host (fixture);
  unlock_database (fixture);
  g_assert_cmpint (count (fixture, step), ==, 0);
  g_assert_cmpint (count (fixture, "history WHERE what = 'pressed'"), ==, pressed);
  start (fixture);
}

/* Nothing of that press exists; pressed again it is there once. */
static void
test_before_commit (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_set_offline (fixture->shop, TRUE);
  kill_before_commit (fixture, "accepted", 0);
  cpt_test_host_do (fixture->host, "received received", "show %s", fixture->id);
  press (fixture, "accepted");
  kill_before_commit (fixture, "in_preparation", 1);
  cpt_test_host_do (fixture->host, "accepted received waiting", "show %s", fixture->id);
  press (fixture, "in_preparation");
  assert_all_sent (fixture);
}

static void
test_after_commit (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_set_offline (fixture->shop, TRUE);
  press (fixture, "accepted");
  kill_host (fixture);
  start (fixture);
  cpt_test_host_do (fixture->host, "accepted received waiting", "show %s", fixture->id);
  press (fixture, "in_preparation");
  kill_host (fixture);
  start (fixture);
  cpt_test_host_do (fixture->host, "in_preparation received waiting", "show %s", fixture->id);
  assert_all_sent (fixture);
}

static guint
count_stage (Fixture *fixture, const char *status, const char *stage)
{
  g_autofree char *path = g_strdup_printf ("/location/orders/%s", fixture->id);
  g_autofree char *body = g_strdup_printf ("\"status\":\"%s\"", status);

  return cpt_test_shop_count_all (fixture->shop, "PATCH", path, body, stage);
}

/* Both are pressed offline; the reply to the PATCH of @status is held when the network is back. */
static void
hold_reply (Fixture *fixture, const char *status)
{
  cpt_test_shop_set_offline (fixture->shop, TRUE);
  press (fixture, "accepted");
  press (fixture, "in_preparation");
  cpt_test_shop_set_offline (fixture->shop, FALSE);
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"body_contains\": \"%s\", \"hold\": \"after\"}",
                    status);
  cpt_test_host_send (fixture->host, "check");
  CPT_WAIT_UNTIL (count_stage (fixture, status, "processed") == 1);
}

static void
test_after_processed (Fixture *fixture, gconstpointer status)
{
  hold_reply (fixture, status);
  kill_host (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/release", NULL);
  start (fixture);
  assert_all_sent (fixture);
}

static guint
count_changes (Fixture *fixture)
{
  g_autofree char *text = NULL;

  cpt_test_host_send (fixture->host, "changes");
  text = cpt_test_host_read (fixture->host);
  return (guint)g_ascii_strtoull (text, NULL, 10);
}

/* The reply came in, but could not be written down. */
static void
test_after_reply (Fixture *fixture, gconstpointer status)
{
  guint changes;

  hold_reply (fixture, status);
  cpt_test_host_expect (fixture->host, "done");
  changes = count_changes (fixture);
  lock_database (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/release", NULL);
  CPT_WAIT_UNTIL (count_changes (fixture) > changes);
  kill_host (fixture);
  unlock_database (fixture);
  g_assert_cmpint (count (fixture, "order_step WHERE state = 1"), ==, 1);
  start (fixture);
  assert_all_sent (fixture);
}

/* A rejection under its hold: the start ends the hold. */
static void
test_hold_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;

  press (fixture, "rejected");
  cpt_test_host_do (fixture->host, "rejected received held", "show %s", fixture->id);
  kill_host (fixture);
  start (fixture);
  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "rejected rejected", "show %s", fixture->id);
  sent = cpt_test_shop_dup_sent (fixture->shop, fixture->id);
  g_assert_cmpstr (sent, ==, "received rejected");
}

/* --- Coming in --- */

static int
count_events (Fixture *fixture)
{
  g_autoptr (JsonNode) state =
      cpt_test_shop_control (fixture->shop, "GET", "/state?orders=no", NULL);
  JsonArray *connections =
      json_object_get_array_member (json_node_get_object (state), "connections");
  JsonObject *first = json_array_get_object_element (connections, 0);

  return (int)json_array_get_length (json_object_get_array_member (first, "events"));
}

/* On disk, the event not yet deleted: it is delivered again and nothing doubles. */
static void
test_before_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;

  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"DELETE\", \"hold\": \"before\"}");
  fixture->id = cpt_test_shop_inject (fixture->shop, NULL);
  cpt_test_host_send (fixture->host, "check");
  CPT_WAIT_UNTIL (cpt_test_shop_count_all (fixture->shop, "DELETE", ".*", NULL, "arrived") == 1);
  kill_host (fixture);
  g_assert_cmpint (count (fixture, "orders"), ==, 1);
  g_assert_cmpint (count_events (fixture), ==, 1);

  start (fixture);
  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "received received", "show %s", fixture->id);
  g_assert_cmpint (count (fixture, "orders"), ==, 1);
  g_assert_cmpint (count (fixture, "order_step"), ==, 1);
  g_assert_cmpint (count (fixture, "history WHERE what = 'received'"), <=, 1);
  sent = cpt_test_shop_dup_sent (fixture->shop, fixture->id);
  g_assert_cmpstr (sent, ==, "received");
  g_assert_cmpint (count_events (fixture), ==, 0);
}

/* Read, but not yet on disk: the event stays, and the order comes with the next start. */
static void
test_before_order_commit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "done", "advance 1000");
  fixture->id = cpt_test_shop_inject (fixture->shop, NULL);
  path = g_strdup_printf ("/location/orders/%s", fixture->id);
  lock_database (fixture);
  cpt_test_host_send (fixture->host, "check");
  CPT_WAIT_UNTIL (cpt_test_shop_count_all (fixture->shop, "GET", path, NULL, "answered") == 1);
  kill_host (fixture);
  unlock_database (fixture);
  g_assert_cmpint (count (fixture, "orders"), ==, 0);
  g_assert_cmpint (count_events (fixture), ==, 1);
  start (fixture);
  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "received received", "show %s", fixture->id);
  g_assert_cmpint (count (fixture, "orders"), ==, 1);
}

/* Killed while the first list is read: the next start reads it to its end. */
static void
test_first_list (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "POST", "/orders",
                    "{\"status\": \"completed\", \"count\": 250}");
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"path\": \"/location/orders\", \"skip\": 1, \"hold\": \"before\"}");
  start (fixture);
  cpt_test_host_send (fixture->host, "connect %s", fixture->shop->code);
  CPT_WAIT_UNTIL (
      cpt_test_shop_count_all (fixture->shop, "GET", "/location/orders", NULL, "arrived") == 1);
  kill_host (fixture);
  g_assert_cmpint (count (fixture, "orders"), ==, 100);
  start (fixture);
  CPT_WAIT_UNTIL (count (fixture, "orders") == 250);
}

#define ADD(name, data, up, func)                                                                  \
  g_test_add ("/sync/kill/" name, Fixture, data, up, func, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  ADD ("out/no-kill", NULL, set_up_order, test_no_kill);
  ADD ("out/before-commit", NULL, set_up_order, test_before_commit);
  ADD ("out/after-commit", NULL, set_up_order, test_after_commit);
  ADD ("out/after-processed/accepted", "accepted", set_up_order, test_after_processed);
  ADD ("out/after-processed/in-preparation", "in_preparation", set_up_order, test_after_processed);
  ADD ("out/after-reply/accepted", "accepted", set_up_order, test_after_reply);
  ADD ("out/after-reply/in-preparation", "in_preparation", set_up_order, test_after_reply);
  ADD ("out/hold", NULL, set_up_order, test_hold_killed);
  ADD ("in/before-commit", NULL, set_up, test_before_order_commit);
  ADD ("in/before-delete", NULL, set_up, test_before_delete);
  ADD ("in/first-list", NULL, set_up_nothing, test_first_list);
  return g_test_run ();
}
