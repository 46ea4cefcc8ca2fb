/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One location after the other at the same till: neither the key nor the answers of one may count
 * for the other. Main thread only. */
#include <sqlite3.h>

#include "cpt-test-stock.h"

typedef struct
{
  CptTestShop *shop; /* (owned) */
  CptTestTill *till; /* (owned) */
  char *home;        /* (owned) */
  char *other;       /* (owned) */
} Fixture;

static CptConnection *
connection (Fixture *fixture)
{
  return cpt_engine_get_connection (fixture->till->engine);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->shop = cpt_test_shop_new ();
  fixture->till = cpt_test_till_new_connected (fixture->shop);
  fixture->home = g_strdup (connection (fixture)->location_id);
  fixture->other = cpt_test_shop_dup_second_location (fixture->shop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_till_free (fixture->till);
  cpt_test_shop_free (fixture->shop);
  g_free (fixture->home);
  g_free (fixture->other);
}

/* --- The key --- */

/* A write that fails for another reason than a full disk, but as surely. */
static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = cpt_test_till_dup_path (fixture->till, "comptoir.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* The disk refuses the new binding: the key of the old one is kept with it. */
static void
test_bind_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = cpt_test_shop_new_code_for (fixture->shop, fixture->other);
  g_autofree char *before = cpt_test_till_dup_token (fixture->till);
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (fixture, "CREATE TRIGGER no_bind BEFORE UPDATE OF binding ON connection"
                    " BEGIN SELECT raise (ABORT, 'no'); END");
  g_assert_false (cpt_test_till_connect_with (fixture->till, code, &error));
  g_assert_nonnull (error);
  run_sql (fixture, "DROP TRIGGER no_bind");
  after = cpt_test_till_dup_token (fixture->till);
  g_assert_cmpstr (after, ==, before);
  id = cpt_test_till_receive (fixture->till);
  cpt_test_till_restart (fixture->till);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
  g_assert_cmpstr (connection (fixture)->location_id, ==, fixture->home);
}

static char *
dup_other_key (Fixture *fixture)
{
  g_autoptr (CptTestTill) second = cpt_test_till_new (fixture->shop);

  cpt_test_till_connect_to (second, fixture->other);
  return cpt_test_till_dup_token (second);
}

static void
assert_asks_to_connect (Fixture *fixture)
{
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_NONE);
  g_assert_nonnull (connection (fixture)->reason);
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_till_advance (fixture->till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "*", ".*"), ==, 0);
}

/* The process died between the new key and its binding: nothing goes to the other location. */
static void
test_key_of_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = dup_other_key (fixture);
  g_autofree char *path = cpt_test_till_dup_path (fixture->till, "token");

  cpt_test_till_close (fixture->till);
  g_assert_true (g_file_set_contents (path, key, -1, NULL));
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_till_open (fixture->till, NULL);
  cpt_test_till_settle (fixture->till);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "*", ".*"), ==, 0);
  assert_asks_to_connect (fixture);
  cpt_test_till_connect (fixture->till);
  g_assert_cmpstr (connection (fixture)->location_id, ==, fixture->home);
}

/* Whatever brought it about: HubRise itself says that the key is for another location. */
static void
test_location_of_another (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/v1/location\", \"status\": 200,"
                    " \"body\": {\"id\": \"%s\", \"name\": \"Other\"}}",
                    fixture->other);
  cpt_test_till_restart (fixture->till);
  assert_asks_to_connect (fixture);
  cpt_test_till_restart (fixture->till);
  assert_asks_to_connect (fixture);
  cpt_test_till_connect (fixture->till);
  g_assert_cmpstr (connection (fixture)->location_id, ==, fixture->home);
}

#define add(path, function)                                                                        \
  g_test_add ("/sync/binding/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  add ("bind-fails", test_bind_fails);
  add ("key-of-another", test_key_of_another);
  add ("location-of-another", test_location_of_another);
  return g_test_run ();
}
