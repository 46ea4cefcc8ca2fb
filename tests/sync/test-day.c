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

static void
go_to (CptTestTill *till, const char *instant)
{
  CptTime then = CPT_TIME_NONE;

  g_assert_true (cpt_time_parse (instant, &then));
  cpt_test_till_close (till);
  cpt_test_shop_do (till->shop, "POST", "/clock", "{\"set\": \"%s\"}", instant);
  cpt_test_clock_set_now (till->clock, then);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
}

/* In 2026 Paris goes forward on 29 March and back on 25 October: the business day that ends then
 * has 23 hours, and 25. What was open before the till was connected is of its own day. */
static void
test_clock_change (void)
{
  static const struct
  {
    const char *made, *in_it, *after;
  } cases[] = {
    { "2026-03-28T21:00:00Z", "2026-03-29T03:30:00Z", "2026-03-29T04:30:00Z" },
    { "2026-10-24T21:00:00Z", "2026-10-25T04:30:00Z", "2026-10-25T05:30:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
      g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
      g_autofree char *id = NULL;

      go_to (till, cases[i].made);
      id = cpt_test_shop_inject (shop, "{\"expected_time\": null, \"status\": \"accepted\"}");
      cpt_test_till_connect (till);
      cpt_test_till_settle (till);
      g_assert_true (is_today (till, id));
      go_to (till, cases[i].in_it);
      g_assert_true (is_today (till, id));
      go_to (till, cases[i].after);
      g_assert_false (is_today (till, id));
    }
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/day/over", test_over);
  g_test_add_func ("/sync/day/slept-over", test_slept_over);
  g_test_add_func ("/sync/day/clock-change", test_clock_change);
  return g_test_run ();
}
