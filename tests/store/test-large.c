/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a year: lists, rows and search stay quick. The limits are far above what is
 * measured, so that only a walk over everything where an index was meant breaks them. */
#include "cpt-db-private.h"
#include "cpt-store-job-private.h"
#include "cpt-test-store.h"

#define N_ORDERS 100000

static gpointer
fill (CptDb *db, gpointer data)
{
  cpt_db_execute (
      db,
      "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY, at INTEGER);"
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000)"
      " INSERT INTO n SELECT i, 1795262400000 - i * 300000 FROM c;"
      "INSERT INTO orders (place, id, number, source, service_type, created_at, first_seen_at,"
      "  customer, items, total, total_currency, due, due_currency, paid, paid_currency,"
      "  hubrise_status, decided, status, listed_at, due_at, desk)"
      " SELECT 1, 'id-' || i, '' || i, 'Deliveroo', 'delivery', at, at, 'Customer ' || i,"
      "  '1 Margherita', 1250, 'EUR', 1250, 'EUR', 0, 'EUR', 'completed', 1, 'completed', at, at, 0"
      " FROM n;"
      "INSERT INTO document (row, document) SELECT row, randomblob (400) FROM orders;"
      "INSERT INTO order_search (rowid, text)"
      " SELECT row, id || ' Customer Margherita ' || (600000000 + row * 37) FROM orders;"
      "DROP TABLE n");
  return NULL;
}

static double
elapsed_ms (gint64 since)
{
  return (g_get_monotonic_time () - since) / 1000.0;
}

static GArray *
list (CptTestStore *fixture, CptOrderTab tab, const char *text, double limit_ms)
{
  CptOrderQuery query = { .tab = tab,
                          .text = (char *)text,
                          .now = NOW,
                          .today_start = NOW - 6 * CPT_HOUR,
                          .today_end = NOW + 18 * CPT_HOUR };
  gint64 start = g_get_monotonic_time ();
  GArray *rows = cpt_test_ask (fixture, cpt_store_list_orders (&query));
  double took = elapsed_ms (start);

  g_test_message ("tab %d, \"%s\": %u rows in %.1f ms", tab, text != NULL ? text : "", rows->len,
                  took);
  g_assert_cmpfloat (took, <, limit_ms);
  return rows;
}

static void
check_rows (CptTestStore *fixture, GArray *rows, guint first)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) loaded =
      cpt_test_ask (fixture, cpt_store_load_rows (&g_array_index (rows, gint64, first), 100, NOW));
  double took = elapsed_ms (start);

  g_test_message ("100 rows from %u in %.1f ms", first, took);
  g_assert_cmpuint (loaded->len, ==, 100);
  g_assert_cmpint (((CptOrderRow *)loaded->pdata[0])->row, ==, g_array_index (rows, gint64, first));
  g_assert_cmpfloat (took, <, 500);
}

static void
check_counts (CptTestStore *fixture)
{
  CptOrderQuery query = { .now = NOW, .today_start = NOW - 6 * CPT_HOUR, .today_end = NOW };
  gint64 start = g_get_monotonic_time ();
  g_autofree CptOrderCounts *counts = cpt_test_ask (fixture, cpt_store_count_orders (&query));
  double took = elapsed_ms (start);

  g_test_message ("counts in %.1f ms", took);
  g_assert_cmpint (counts->all, ==, N_ORDERS + 1);
  g_assert_cmpint (counts->waiting, ==, 1);
  g_assert_cmpfloat (took, <, 500);
}

static void
test_year (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) today = NULL;
  g_autoptr (GArray) later = NULL;
  g_autoptr (GArray) common = NULL;
  g_autoptr (GArray) phone = NULL;
  g_autoptr (GArray) letter = NULL;
  gint64 start = 0;
  gint64 live = 0;

  cpt_test_do (fixture, cpt_store_job_new (CPT_JOB_WRITE, fill, NULL, NULL, NULL));
  start = g_get_monotonic_time ();
  live = cpt_test_arrive (fixture, "live", CPT_ORDER_NEW);
  g_test_message ("one order written in %.1f ms", elapsed_ms (start));

  all = list (fixture, CPT_ORDER_TAB_ALL, NULL, 1000);
  today = list (fixture, CPT_ORDER_TAB_TODAY, NULL, 200);
  later = list (fixture, CPT_ORDER_TAB_LATER, NULL, 200);
  common = list (fixture, CPT_ORDER_TAB_ALL, "margherita", 2000);
  phone = list (fixture, CPT_ORDER_TAB_ALL, "0603700000", 1000);
  letter = list (fixture, CPT_ORDER_TAB_TODAY, "l", 1000);
  g_assert_cmpuint (all->len, ==, N_ORDERS + 1);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, live);
  g_assert_cmpuint (today->len, ==, 1);
  g_assert_cmpuint (later->len, ==, 0);
  g_assert_cmpuint (common->len, ==, N_ORDERS);
  g_assert_cmpuint (phone->len, ==, 1);
  g_assert_cmpuint (letter->len, ==, 1);
  check_rows (fixture, all, 0);
  check_rows (fixture, all, N_ORDERS / 2);
  check_rows (fixture, all, N_ORDERS - 100);
  check_counts (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/large/year", test_year);
  return g_test_run ();
}
