/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGKILL at each point of stock's way out: after the next start HubRise holds what the till wants.
 * Main thread only. */
#include <sqlite3.h>

#include "cpt-test-host.h"
#include "cpt-test-till.h"

#define INVENTORY "/catalogs/.*/location/inventory"

typedef struct
{
  CptTestShop *shop;
  char *dir;
  CptTestHost *host;
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
  fixture->dir = g_dir_make_tmp ("cpt-stock-kill-XXXXXX", &error);
  g_assert_no_error (error);
  start (fixture);
  cpt_test_host_do (fixture->host, "connected", "connect %s", fixture->shop->code);
  cpt_test_host_do (fixture->host, "done", "advance 1000");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_host_quit (fixture->host);
  cpt_test_remove_directory (fixture->dir);
  cpt_test_shop_free (fixture->shop);
  g_free (fixture->dir);
}

static void
foreign (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "shop", "comptoir.db", NULL);
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static char *
stock_of (Fixture *fixture, const char *ref)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (fixture->shop, "GET", "/inventory", NULL);
  JsonArray *entries =
      JSON_NODE_HOLDS_ARRAY (answer)
          ? json_node_get_array (answer)
          : json_object_get_array_member (json_node_get_object (answer), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (entry, "sku_ref", NULL), ref) ==
              0 ||
          g_strcmp0 (json_object_get_string_member_with_default (entry, "option_ref", NULL), ref) ==
              0)
        return g_strdup (json_object_get_string_member (entry, "stock"));
    }
  return g_strdup ("-");
}

static void
assert_stock (Fixture *fixture, const char *ref, const char *expected)
{
  g_autofree char *stock = stock_of (fixture, ref);

  g_assert_cmpstr (stock, ==, expected);
}

static void
start_and_send (Fixture *fixture)
{
  start (fixture);
  cpt_test_host_do (fixture->host, "done", "settle");
  cpt_test_host_do (fixture->host, "done", "advance 5000");
}

static void
test_after_commit (Fixture *fixture, gconstpointer data)
{
  foreign (fixture, "UPDATE pos_stock SET quantity = 7 WHERE ref = 'COKE';"
                    "UPDATE pos_stock SET active = 0 WHERE ref = 'TIRAM'");
  kill_host (fixture);
  start_and_send (fixture);
  assert_stock (fixture, "COKE", "7");
  assert_stock (fixture, "TIRAM", "0");
}

/* Nobody was there to see it. */
static void
test_while_closed (Fixture *fixture, gconstpointer data)
{
  kill_host (fixture);
  foreign (fixture, "UPDATE pos_stock SET quantity = 7 WHERE ref = 'COKE'");
  start_and_send (fixture);
  assert_stock (fixture, "COKE", "7");
}

static void
hold (Fixture *fixture, const char *method)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\": \"%s\", \"path\": \"*inventory\", \"hold\": \"after\"}", method);
}

static void
await_processed (Fixture *fixture, const char *method)
{
  CPT_WAIT_UNTIL (cpt_test_shop_count_all (fixture->shop, method, INVENTORY, NULL, "processed") ==
                  1);
}

/* Processed, the reply never seen, and wanted back before the next start: it ends as wanted. */
static void
test_after_patch (Fixture *fixture, gconstpointer data)
{
  foreign (fixture, "UPDATE pos_stock SET quantity = 5 WHERE ref = 'COKE'");
  cpt_test_host_do (fixture->host, "done", "check");
  cpt_test_host_do (fixture->host, "done", "advance 1000");
  assert_stock (fixture, "COKE", "5");
  hold (fixture, "PATCH");
  cpt_test_shop_set_mark (fixture->shop);
  foreign (fixture, "UPDATE pos_stock SET quantity = 8 WHERE ref = 'COKE'");
  cpt_test_host_do (fixture->host, "done", "check");
  cpt_test_host_send (fixture->host, "advance 1000");
  await_processed (fixture, "PATCH");
  kill_host (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/release", NULL);
  assert_stock (fixture, "COKE", "8");
  foreign (fixture, "UPDATE pos_stock SET quantity = 5 WHERE ref = 'COKE'");
  start_and_send (fixture);
  assert_stock (fixture, "COKE", "5");
}

static void
test_during_put (Fixture *fixture, gconstpointer data)
{
  foreign (fixture, "UPDATE pos_stock SET quantity = 5 WHERE ref IN ('COKE', 'TIRAM', 'PANNA')");
  cpt_test_host_do (fixture->host, "done", "check");
  cpt_test_host_do (fixture->host, "done", "advance 1000");
  cpt_test_shop_do (fixture->shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"COKE\",\"stock\":\"1\"}]}");
  foreign (fixture, "UPDATE pos_stock SET quantity = 8 WHERE ref = 'PANNA'");
  hold (fixture, "PUT");
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_host_do (fixture->host, "synchronising", "synchronise");
  cpt_test_host_send (fixture->host, "settle");
  await_processed (fixture, "PUT");
  kill_host (fixture);
  cpt_test_shop_do (fixture->shop, "POST", "/release", NULL);
  /* the second is again as it was before the reply that was lost */
  foreign (fixture, "UPDATE pos_stock SET quantity = 6 WHERE ref = 'TIRAM';"
                    "UPDATE pos_stock SET quantity = 5 WHERE ref = 'PANNA'");
  start_and_send (fixture);
  assert_stock (fixture, "COKE", "5");
  assert_stock (fixture, "TIRAM", "6");
  assert_stock (fixture, "PANNA", "5");
}

/* Pressed, on disk, and gone: the order comes off the stock once, before or after the next start.
 */
static void
test_after_accept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  foreign (fixture, "UPDATE pos_stock SET quantity = 10 WHERE kind = 'sku' AND ref = 'MARG-M';"
                    "UPDATE pos_stock SET quantity = 12 WHERE kind = 'option' AND ref = 'EGG'");
  cpt_test_host_do (fixture->host, "done", "check");
  id = cpt_test_shop_inject (
      fixture->shop,
      "{\"items\":[{\"product_name\":\"Margherita\",\"sku_ref\":\"MARG-M\",\"price\":"
      "\"9.50 EUR\",\"quantity\":\"2\",\"options\":[{\"option_list_name\":\"S\",\"name\":"
      "\"Œuf\",\"ref\":\"EGG\",\"price\":\"1.00 EUR\"}]}]}");
  cpt_test_host_do (fixture->host, "done", "check");
  cpt_test_host_send (fixture->host, "press %s accepted", id);
  cpt_test_host_expect (fixture->host, "pressing");
  cpt_test_host_expect (fixture->host, "pressed");
  kill_host (fixture);
  start_and_send (fixture);
  assert_stock (fixture, "MARG-M", "8");
  assert_stock (fixture, "EGG", "10");
  kill_host (fixture);
  start_and_send (fixture);
  cpt_test_host_do (fixture->host, "done", "check");
  assert_stock (fixture, "MARG-M", "8");
  cpt_test_shop_set_status (fixture->shop, id, "cancelled", NULL);
  cpt_test_host_do (fixture->host, "done", "check");
  kill_host (fixture);
  start_and_send (fixture);
  assert_stock (fixture, "MARG-M", "10");
  assert_stock (fixture, "EGG", "12");
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sync/stock-kill/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  ADD ("after-commit", test_after_commit);
  ADD ("while-closed", test_while_closed);
  ADD ("after-patch", test_after_patch);
  ADD ("during-put", test_during_put);
  ADD ("after-accept", test_after_accept);
  return g_test_run ();
}
