/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may send what when the requests of a day run low: reading again in case something changed
 * stops first, then the background, then the orders that have just come, last a person.
 * Main thread only. */
#include "cpt-hubrise-budget.h"
#include "cpt-test-stock.h"

#define WAITING "received received"

/* So many of the day's 10,000 requests are gone. */
static void
spend (CptTestTill *till, gint64 used)
{
  CptTime day = 0;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_close (till);
  day = cpt_clock_now (CPT_CLOCK (till->clock)) / CPT_DAY * CPT_DAY;
  sql = g_strdup_printf ("INSERT OR REPLACE INTO value (key, value) VALUES ('request-counts',"
                         " 'budget1 0 0 0 0 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " 0 0 0 0')",
                         day, used);
  cpt_test_stock_foreign (till, sql);
  g_assert_true (cpt_test_till_open (till, &error));
  cpt_test_till_settle (till);
  cpt_test_shop_set_mark (till->shop);
}

static guint
count_reads (CptTestShop *shop, const char *id)
{
  g_autofree char *path = g_strconcat ("/location/orders/", id, NULL);

  return cpt_test_shop_count (shop, "GET", path);
}

static void
test_half (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *waiting = cpt_test_till_receive (till);
  g_autofree char *fresh = NULL;

  spend (till, 5001);
  cpt_test_till_advance (till, 4 * CPT_MINUTE);
  g_assert_cmpuint (count_reads (shop, waiting), ==, 0);
  fresh = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, fresh, WAITING);
}

static void
test_live (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *fresh = NULL;

  spend (till, 8001);
  fresh = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, fresh, "received new waiting");
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count_status (shop, fresh, "received"), ==, 0);
  /* the acceptance of a person takes along what waits before it */
  cpt_test_till_press (till, fresh, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, fresh, "accepted accepted");
  g_assert_cmpuint (cpt_test_shop_count_status (shop, fresh, "received"), ==, 1);
}

/* An event of an order whose reading waits for tomorrow already. */
static void
test_live_in_a_lane_that_rests (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = NULL;

  id = cpt_test_shop_inject (shop, NULL);
  spend (till, 8001);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "cancelled cancelled waiting cancelled");
}

/* Of orders that nobody answers for days there is a reading now and then. */
static void
test_old (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *old = cpt_test_till_receive (till);

  cpt_test_till_close (till);
  cpt_test_stock_foreign (till, "UPDATE orders SET created_at = created_at - 2 * 86400000");
  g_assert_true (cpt_test_till_open (till, NULL));
  cpt_test_till_settle (till);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 50 * CPT_MINUTE);
  g_assert_cmpuint (count_reads (shop, old), ==, 1);
}

/* The checks of a till go on and use up requests. */
static void
check_until (CptTestTill *till, gint64 used)
{
  CptEngineUsage usage = { { 0 } };

  for (int i = 0; i < 50 && usage.used[CPT_WINDOW_DAY] < used; i++)
    {
      cpt_test_till_check (till);
      cpt_engine_get_usage (till->engine, &usage);
    }
  g_assert_cmpint (usage.used[CPT_WINDOW_DAY], >=, used);
}

/* What a program writes leaves the last fifth to others, what a person sets does not; nor does that
 * wait for a reading that is kept back. @data: whether the stock was read before. */
static void
test_stock (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  spend (till, data != NULL ? 7990 : 8001);
  check_until (till, 8001);
  cpt_test_stock_foreign (till, "UPDATE pos_stock SET quantity = 5 WHERE ref = 'TIRAM'");
  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 1);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_stock_writes (shop), ==, 0);
  cpt_test_stock_set_quantity (till, "mousse", 3000);
  cpt_test_stock_leave (till);
  cpt_test_stock_assert_there (shop, "MOUSSE=3 TIRAM=5");
}

/* From the half of a day's requests on it is joined, too. */
static void
test_stock_joined (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  spend (till, 5001);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("UPDATE pos_stock SET quantity = %d WHERE ref = 'TIRAM'", i);

      cpt_test_stock_foreign (till, sql);
      CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).waiting >= 1);
      cpt_test_stock_leave (till);
    }
  g_assert_cmpuint (cpt_test_stock_writes (shop), <=, 1);
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  cpt_test_stock_assert_there (shop, "TIRAM=3");
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/shares/half", test_half);
  g_test_add_func ("/sync/shares/live", test_live);
  g_test_add_func ("/sync/shares/live-in-a-lane-that-rests", test_live_in_a_lane_that_rests);
  g_test_add_func ("/sync/shares/old", test_old);
  g_test_add_data_func ("/sync/shares/stock/read", "read", test_stock);
  g_test_add_data_func ("/sync/shares/stock/not-read", NULL, test_stock);
  g_test_add_func ("/sync/shares/stock-joined", test_stock_joined);
  return g_test_run ();
}
