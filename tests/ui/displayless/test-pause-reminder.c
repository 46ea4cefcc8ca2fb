/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever paused orders and went home is told when the shop opens. */
#include "cpt-double-engine.h"
#include "cpt-pause-reminder.h"
#include "cpt-test-clock.h"

/* Thursday 2026-01-15, 10:00 in Paris. */
#define NOW G_GINT64_CONSTANT (1768467600000)

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  CptPauseReminder *reminder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  fixture->reminder = cpt_pause_reminder_new (fixture->engine, NULL);
  cpt_engine_get_connection (fixture->engine)->opening_hours =
      g_strdup ("4 11:30 14:30;4 18:30 22:30");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->reminder);
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_PAUSED);
  cpt_test_clock_advance (fixture->clock, 90 * CPT_MINUTE - 1);
  g_assert_false (cpt_pause_reminder_is_shown (fixture->reminder));
  cpt_test_clock_advance (fixture->clock, 1);
  g_assert_true (cpt_pause_reminder_is_shown (fixture->reminder));
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_OPEN);
  g_assert_false (cpt_pause_reminder_is_shown (fixture->reminder));
}

/* Paused during the service it was meant: the next opening asks again. */
static void
test_next_service (Fixture *fixture, gconstpointer data)
{
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_OPEN);
  cpt_test_clock_advance (fixture->clock, 2 * CPT_HOUR);
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_PAUSED);
  cpt_test_clock_advance (fixture->clock, CPT_HOUR);
  g_assert_false (cpt_pause_reminder_is_shown (fixture->reminder));
  cpt_test_clock_advance (fixture->clock, 6 * CPT_HOUR);
  g_assert_true (cpt_pause_reminder_is_shown (fixture->reminder));
}

/* The computer slept while the shop opened: its timers slept too. */
static void
test_asleep (Fixture *fixture, gconstpointer data)
{
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_PAUSED);
  cpt_test_clock_set_now (fixture->clock, NOW + 2 * CPT_HOUR);
  g_assert_false (cpt_pause_reminder_is_shown (fixture->reminder));
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_PAUSED);
  g_assert_true (cpt_pause_reminder_is_shown (fixture->reminder));
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  cpt_double_engine_set_orders (fixture->engine, CPT_ORDERS_BUSY);
  cpt_test_clock_advance (fixture->clock, CPT_DAY);
  g_assert_false (cpt_pause_reminder_is_shown (fixture->reminder));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/pause-reminder/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/ui/pause-reminder/next-service", Fixture, NULL, set_up, test_next_service,
              tear_down);
  g_test_add ("/ui/pause-reminder/asleep", Fixture, NULL, set_up, test_asleep, tear_down);
  g_test_add ("/ui/pause-reminder/open", Fixture, NULL, set_up, test_open, tear_down);
  return g_test_run ();
}
