/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The business day: at the location's cutoff time Today is another list. Main thread only. */
#include "cpt-test-till.h"

static void
count_refreshes_cb (CptEngine *engine, GArray *rows, guint *refreshes)
{
  if (rows->len == 0)
    ++*refreshes;
}

static gboolean
is_today (CptTestTill *till, const char *id)
{
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_TODAY);

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((CptOrderRow *)g_ptr_array_index (rows, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
test_over (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (till->engine);
  const char *cutoff = cpt_engine_get_connection (till->engine)->cutoff_time;
  CptTime now = cpt_clock_now (CPT_CLOCK (till->clock));
  CptTime end = cpt_time_next_clock (now, cutoff, zone);
  g_autofree char *id = NULL;
  guint refreshes = 0;

  g_settings_set_int (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                      "check-interval", 300);
  id = cpt_test_shop_inject (shop, "{\"expected_time\": null}");
  cpt_test_till_check (till);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  g_assert_true (is_today (till, id));

  g_signal_connect (till->engine, "orders-changed", G_CALLBACK (count_refreshes_cb), &refreshes);
  cpt_test_till_advance (till, end - cpt_clock_now (CPT_CLOCK (till->clock)) - 1);
  g_assert_cmpuint (refreshes, ==, 0);
  g_assert_true (is_today (till, id));
  cpt_test_till_advance (till, 1);
  g_assert_cmpuint (refreshes, ==, 1);
  g_assert_false (is_today (till, id));
  cpt_test_till_advance (till, 1);
  g_assert_cmpuint (refreshes, ==, 1);
}

/* Timers stand still while the PC sleeps. */
static void
test_slept_over (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  guint refreshes = 0;

  g_signal_connect (till->engine, "orders-changed", G_CALLBACK (count_refreshes_cb), &refreshes);
  cpt_test_till_check (till);
  g_assert_cmpuint (refreshes, ==, 0);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_DAY);
  cpt_test_shop_advance (shop, CPT_DAY);
  cpt_test_till_check (till);
  g_assert_cmpuint (refreshes, ==, 1);
  cpt_test_till_check (till);
  g_assert_cmpuint (refreshes, ==, 1);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/day/over", test_over);
  g_test_add_func ("/sync/day/slept-over", test_slept_over);
  return g_test_run ();
}
