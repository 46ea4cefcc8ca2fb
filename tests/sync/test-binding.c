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
  cpt_test_till_settle (fixture->till);
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

/* --- Answers to what was asked for the other location --- */

/* The next such request is held back, with its answer or before it is looked at. */
static void
hold (Fixture *fixture, const char *method, const char *path, const char *rest)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"%s\", \"path\": \"%s\", \"hold\": \"after\"%s}", method, path,
                    rest);
}

static void
wait_held (Fixture *fixture)
{
  cpt_test_till_settle (fixture->till);
  g_assert_cmpuint (cpt_test_shop_count_held (fixture->shop), ==, 1);
}

/* The till is at the other location when the answer comes. */
static void
answer_there (Fixture *fixture)
{
  cpt_test_till_connect_to (fixture->till, fixture->other);
  cpt_test_shop_release (fixture->shop);
  cpt_test_till_settle (fixture->till);
}

/* HubRise names no entry, and the rest of the batch must not go to the other location. */
static void
test_stock (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_set_mark (fixture->shop);
  hold (fixture, "PATCH", "*inventory", ", \"status\": 422");
  cpt_test_stock_set_quantity (fixture->till, "tiramisu", 12000);
  cpt_test_stock_set_quantity (fixture->till, "mousse", 13000);
  cpt_test_stock_leave (fixture->till);
  wait_held (fixture);
  answer_there (fixture);
  cpt_test_stock_leave (fixture->till);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 1);
  cpt_test_till_connect_to (fixture->till, fixture->home);
  cpt_test_stock_leave (fixture->till);
  cpt_test_stock_assert_there (fixture->shop, "MOUSSE=13 TIRAM=12");
}

static void
test_catalog (Fixture *fixture, gconstpointer data)
{
  hold (fixture, "GET", "/v1/catalogs/*", "");
  cpt_engine_pull_catalog_async (fixture->till->engine, NULL, NULL);
  wait_held (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"path\": \"/catalogs/*\", \"status\": 500, \"times\": 0}");
  answer_there (fixture);
  g_assert_cmpint (cpt_test_stock_state_of (fixture->till).skus, ==, 0);
}

static void
test_first_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = cpt_test_shop_inject (fixture->shop, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *code = cpt_test_shop_new_code (fixture->shop);

  hold (fixture, "GET", "/v1/location/orders", "");
  cpt_test_till_connect_with (fixture->till, code, NULL);
  cpt_test_shop_set_mark (fixture->shop);
  wait_held (fixture);
  answer_there (fixture);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "GET", "/location/orders"), ==, 2);
  rows = cpt_test_till_list (fixture->till, CPT_ORDER_TAB_ALL);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (((CptOrderRow *)rows->pdata[i])->foreign);
}

static void
test_location (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "PATCH", "/location", "{\"name\": \"Renamed\"}");
  hold (fixture, "GET", "/v1/location", "");
  cpt_test_till_check (fixture->till);
  wait_held (fixture);
  answer_there (fixture);
  g_assert_cmpstr (connection (fixture)->location_id, ==, fixture->other);
  g_assert_cmpstr (connection (fixture)->location_name, !=, "Renamed");
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
}

static void
test_acceptance (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat ("/location?location_id=", fixture->other, NULL);
  g_auto (CptOrdersState) state = { 0 };
  gpointer none = NULL;

  hold (fixture, "PATCH", "/v1/location", "");
  cpt_engine_set_acceptance_async (fixture->till->engine, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE, NULL,
                                   NULL, none);
  wait_held (fixture);
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_shop_do (fixture->shop, "PATCH", path,
                    "{\"order_acceptance\": {\"mode\": \"busy\", \"extra_preparation_time\": 20}}");
  answer_there (fixture);
  cpt_engine_get_acceptance (fixture->till->engine, &state);
  g_assert_cmpint (state.mode, ==, CPT_ORDERS_BUSY);
  cpt_test_till_restart (fixture->till);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "PATCH", ".*"), ==, 0);
}

/* The order stays where it was, once, and is read back when the till is there again. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = cpt_test_till_receive (fixture->till);
  g_autoptr (CptOrderRow) row = NULL;

  hold (fixture, "PATCH", "*orders*", "");
  cpt_test_till_press (fixture->till, id, CPT_ORDER_ACCEPTED);
  wait_held (fixture);
  answer_there (fixture);
  row = cpt_test_till_find (fixture->till, id);
  g_assert_true (row->foreign);
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_till_connect_to (fixture->till, fixture->home);
  cpt_test_till_advance (fixture->till, CPT_MINUTE);
  cpt_test_till_assert_row (fixture->till, id, "accepted accepted");
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "PATCH", ".*"), ==, 0);
}

/* The key of before is refused, and so is its check: that says nothing of the new one. */
static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"*inventory\", \"status\": 401}");
  hold (fixture, "GET", "/v1/location", ", \"status\": 401");
  cpt_engine_compare_stock_async (fixture->till->engine, NULL, NULL);
  wait_held (fixture);
  answer_there (fixture);
  g_assert_cmpint (cpt_test_till_get_state (fixture->till), ==, CPT_CONNECTION_ONLINE);
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
  add ("stock", test_stock);
  add ("catalog", test_catalog);
  add ("first-list", test_first_list);
  add ("location", test_location);
  add ("acceptance", test_acceptance);
  add ("step", test_step);
  add ("refusal", test_refusal);
  return g_test_run ();
}
