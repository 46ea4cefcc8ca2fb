/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGKILL at each point of the way of an order of this till: in the end HubRise has it once. Main
 * thread only. */
#include <sqlite3.h>

#include "cpt-test-host.h"
#include "cpt-test-till.h"

typedef struct
{
  CptTestShop *shop;
  char *dir;
  CptTestHost *host;
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
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->shop = cpt_test_shop_new ();
  fixture->dir = g_dir_make_tmp ("cpt-kill-XXXXXX", &error);
  g_assert_no_error (error);
  start (fixture);
  cpt_test_host_do (fixture->host, "connected", "connect %s", fixture->shop->code);
  cpt_test_shop_set_mark (fixture->shop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_host_quit (fixture->host);
  cpt_test_remove_directory (fixture->dir);
  cpt_test_shop_free (fixture->shop);
  g_free (fixture->dir);
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
place (Fixture *fixture)
{
  cpt_test_host_do (fixture->host, "placing", "place");
  cpt_test_host_expect (fixture->host, "placed");
}

static guint
count_posts (Fixture *fixture, const char *stage)
{
  return cpt_test_shop_count_all (fixture->shop, "POST", "/location/orders", NULL, stage);
}

static guint
count_look_ups (Fixture *fixture)
{
  return cpt_test_shop_count (fixture->shop, "GET", "/location/orders");
}

static void
fail_post (Fixture *fixture, const char *failure)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures", "{\"method\": \"POST\", %s}", failure);
}

static guint
count_orders (Fixture *fixture)
{
  g_autoptr (JsonNode) state = cpt_test_shop_control (fixture->shop, "GET", "/state", NULL);

  return json_array_get_length (
      json_object_get_array_member (json_node_get_object (state), "orders"));
}

/* In the end, @posts requests later, it is there once. */
static void
assert_once (Fixture *fixture, guint posts)
{
  cpt_test_shop_set_offline (fixture->shop, FALSE);
  cpt_test_host_do (fixture->host, "done", "advance 300000");
  cpt_test_host_do (fixture->host, "C1 there", "till");
  g_assert_cmpuint (count_orders (fixture), ==, 1);
  g_assert_cmpuint (count_posts (fixture, NULL), ==, posts);
}

/* Killed while the reply is missing: nothing is asked and nothing sent for a minute. */
static void
assert_waits (Fixture *fixture, gint64 ms)
{
  guint posts = count_posts (fixture, NULL);

  start (fixture);
  cpt_test_host_do (fixture->host, "C1 here waiting", "till");
  cpt_test_host_do (fixture->host, "done", "advance %" G_GINT64_FORMAT, ms - 1000);
  g_assert_cmpuint (count_look_ups (fixture), ==, 0);
  g_assert_cmpuint (count_posts (fixture, NULL), ==, posts);
  cpt_test_host_do (fixture->host, "done", "advance 2000");
  g_assert_cmpuint (count_look_ups (fixture), ==, 1);
}

/* Nothing of that order exists; the next one is the only one. */
static void
test_before_commit (Fixture *fixture, gconstpointer data)
{
  cpt_test_host_do (fixture->host, "done", "settle");
  lock_database (fixture);
  cpt_test_host_do (fixture->host, "placing", "place");
  kill_host (fixture);
  unlock_database (fixture);
  start (fixture);
  cpt_test_host_do (fixture->host, "", "till");
  place (fixture);
  assert_once (fixture, 1);
}

static void
test_after_commit (Fixture *fixture, gconstpointer data)
{
  fail_post (fixture, "\"hold\": \"before\"");
  place (fixture);
  kill_host (fixture);
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  start (fixture);
  cpt_test_host_do (fixture->host, "done", "advance 300000");
  cpt_test_host_do (fixture->host, "C1 there", "till");
  g_assert_cmpuint (count_orders (fixture), ==, 1);
}

/* Processed; the reply never came. */
static void
test_after_processed (Fixture *fixture, gconstpointer data)
{
  fail_post (fixture, "\"hold\": \"after\"");
  place (fixture);
  CPT_WAIT_UNTIL (count_posts (fixture, "processed") == 1);
  kill_host (fixture);
  assert_waits (fixture, 60000);
  assert_once (fixture, 1);
}

/* The server goes on for half a minute after the till is gone. */
static void
test_processed_late (Fixture *fixture, gconstpointer data)
{
  fail_post (fixture, "\"late_s\": 30");
  place (fixture);
  CPT_WAIT_UNTIL (count_posts (fixture, "arrived") == 1);
  kill_host (fixture);
  g_assert_cmpuint (count_orders (fixture), ==, 0);
  assert_waits (fixture, 60000);
  assert_once (fixture, 1);
}

/* It never arrived, and that the reply is lost is on disk: the minute does not begin again. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  fail_post (fixture, "\"drop\": \"before\"");
  place (fixture);
  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "done", "advance 20000");
  kill_host (fixture);
  assert_waits (fixture, 40000);
  assert_once (fixture, 2);
}

/* The reply came in, but could not be written down. */
static void
test_after_reply (Fixture *fixture, gconstpointer data)
{
  fail_post (fixture, "\"hold\": \"after\"");
  place (fixture);
  CPT_WAIT_UNTIL (count_posts (fixture, "processed") == 1);
  lock_database (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/release", NULL);
  CPT_WAIT_UNTIL (count_posts (fixture, "answered") == 1);
  kill_host (fixture);
  unlock_database (fixture);
  assert_waits (fixture, 60000);
  assert_once (fixture, 1);
}

#define ADD(name, func) g_test_add ("/sync/till-kill/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  ADD ("before-commit", test_before_commit);
  ADD ("after-commit", test_after_commit);
  ADD ("after-processed", test_after_processed);
  ADD ("processed-late", test_processed_late);
  ADD ("lost", test_lost);
  ADD ("after-reply", test_after_reply);
  return g_test_run ();
}
