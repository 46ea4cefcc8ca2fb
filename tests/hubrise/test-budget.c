/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits in their round windows, on the false clock. */
#include "cpt-hubrise-budget.h"

#include <string.h>

#include "cpt-test-clock.h"

/* 2026-11-21T10:35:20Z */
#define START G_GINT64_CONSTANT (1795257320000)

typedef struct
{
  CptTestClock *clock;
  CptHubriseBudget *budget;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = cpt_test_clock_new (START);
  f->budget = cpt_hubrise_budget_new (CPT_CLOCK (f->clock));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->budget);
  g_assert_finalize_object (f->clock);
}

static int
take_all (Fixture *f, CptPriority priority, gboolean heavy, CptTime *again)
{
  int n = 0;

  while ((*again = cpt_hubrise_budget_take (f->budget, priority, heavy)) == 0)
    n++;
  return n;
}

static void
test_minute (Fixture *f, gconstpointer data)
{
  CptTime again = 0;

  g_assert_cmpint (take_all (f, CPT_PRIORITY_SPARE, FALSE, &again), ==, 250);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_BACKGROUND, FALSE, &again), ==, 150);
  g_assert_cmpint (again, ==, START + 40 * CPT_SECOND);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_LIVE, FALSE, &again), ==, 50);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 50);
  g_assert_cmpint (again, ==, START + 40 * CPT_SECOND);

  cpt_test_clock_advance (f->clock, 40 * CPT_SECOND - 1);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 0);
  cpt_test_clock_advance (f->clock, 1);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 500);
}

static void
test_heavy (Fixture *f, gconstpointer data)
{
  CptTime again = 0;

  g_assert_cmpint (take_all (f, CPT_PRIORITY_BACKGROUND, TRUE, &again), ==, 8);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, TRUE, &again), ==, 2);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_BACKGROUND, FALSE), ==, 0);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_MINUTE).used, ==, 11);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_HEAVY_MINUTE).used, ==, 10);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_HEAVY_MINUTE).limit, ==, 10);
}

/* The hour is spent at 10:40: refused until 11:00, as HubRise does. */
static void
test_hour_and_day (Fixture *f, gconstpointer data)
{
  CptTime again = 0;
  CptTime eleven = START + 24 * CPT_MINUTE + 40 * CPT_SECOND;
  int hour = 0;
  int day = 0;

  for (int minute = 0; minute < 6; minute++)
    {
      hour += take_all (f, CPT_PRIORITY_PERSON, FALSE, &again);
      cpt_test_clock_advance (f->clock, CPT_MINUTE);
    }
  g_assert_cmpint (hour, ==, 2500);
  g_assert_cmpint (again, ==, eleven);

  day = hour;
  for (int minute = 0; minute < 6 * 60; minute++)
    {
      day += take_all (f, CPT_PRIORITY_PERSON, FALSE, &again);
      cpt_test_clock_advance (f->clock, CPT_MINUTE);
    }
  g_assert_cmpint (day, ==, 10000);
  g_assert_cmpint (again, ==, START - START % CPT_DAY + CPT_DAY);
}

/* Round windows are HubRise's, not this computer's. */
static void
test_offset (Fixture *f, gconstpointer data)
{
  CptTime again = 0;

  cpt_hubrise_budget_set_offset (f->budget, 30 * CPT_SECOND);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 500);
  g_assert_cmpint (again, ==, START + 10 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_MINUTE).start, ==,
                   START - 20 * CPT_SECOND);

  cpt_test_clock_advance (f->clock, 10 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, 0);

  /* A Date header of whole seconds trembles around the round minute: no new window for that. */
  cpt_hubrise_budget_set_offset (f->budget, 29 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_MINUTE).used, ==, 1);
  cpt_hubrise_budget_set_offset (f->budget, 30 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_MINUTE).used, ==, 1);
}

/* A computer whose clock stood a year ahead is not shut out for a year once it is set right. */
static void
test_clock_set_back (Fixture *f, gconstpointer data)
{
  CptTime again = 0;

  cpt_test_clock_set_now (f->clock, START + 365 * CPT_DAY);
  take_all (f, CPT_PRIORITY_PERSON, FALSE, &again);
  cpt_test_clock_set_now (f->clock, START);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 0);
  g_assert_cmpint (again, ==, START + 40 * CPT_SECOND);
  cpt_test_clock_advance (f->clock, 40 * CPT_SECOND);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_PERSON, FALSE, &again), ==, 500);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  CptTime minute = START + 40 * CPT_SECOND;
  CptTime hour = START + 24 * CPT_MINUTE + 40 * CPT_SECOND;

  cpt_hubrise_budget_refused (f->budget, CPT_TIME_NONE);
  /* Those that were under way with it say nothing new. */
  cpt_hubrise_budget_refused (f->budget, CPT_TIME_NONE);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, minute);
  g_assert_cmpint (cpt_hubrise_budget_get_blocked_until (f->budget), ==, minute);

  cpt_test_clock_set_now (f->clock, minute);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, 0);
  cpt_hubrise_budget_refused (f->budget, CPT_TIME_NONE);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, hour);

  cpt_test_clock_set_now (f->clock, hour);
  g_assert_cmpint (cpt_hubrise_budget_get_blocked_until (f->budget), ==, CPT_TIME_NONE);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, 0);
  cpt_hubrise_budget_answered (f->budget);
  cpt_hubrise_budget_refused (f->budget, CPT_TIME_NONE);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==,
                   hour + CPT_MINUTE);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  cpt_hubrise_budget_set_offset (f->budget, 3 * CPT_HOUR);
  cpt_hubrise_budget_refused (f->budget, START + 17 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==,
                   START + 17 * CPT_SECOND);
  cpt_test_clock_advance (f->clock, 17 * CPT_SECOND);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==, 0);

  cpt_hubrise_budget_refused (f->budget, START + 1000 * CPT_DAY);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==,
                   START + 17 * CPT_SECOND + CPT_DAY);
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  g_autofree char *saved = NULL;
  CptTime again = 0;

  for (int i = 0; i < 7; i++)
    cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_BACKGROUND, TRUE);
  saved = cpt_hubrise_budget_save (f->budget);
  g_assert_null (strchr (saved, '\n'));

  g_clear_object (&f->budget);
  cpt_test_clock_advance (f->clock, CPT_SECOND);
  f->budget = cpt_hubrise_budget_new (CPT_CLOCK (f->clock));
  cpt_hubrise_budget_load (f->budget, saved);
  g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_DAY).used, ==, 7);
  g_assert_cmpint (take_all (f, CPT_PRIORITY_BACKGROUND, TRUE, &again), ==, 1);

  cpt_hubrise_budget_refused (f->budget, START + CPT_HOUR);
  g_free (saved);
  saved = cpt_hubrise_budget_save (f->budget);
  g_clear_object (&f->budget);
  f->budget = cpt_hubrise_budget_new (CPT_CLOCK (f->clock));
  cpt_hubrise_budget_load (f->budget, saved);
  g_assert_cmpint (cpt_hubrise_budget_take (f->budget, CPT_PRIORITY_PERSON, FALSE), ==,
                   START + CPT_HOUR);
}

static void
test_load_nonsense (Fixture *f, gconstpointer data)
{
  static const char *const lines[] = { NULL,
                                       "",
                                       "x",
                                       "budget1",
                                       "budget1 1 2 3",
                                       "budget1 0 -1 0 0 0 0 0 0 0 0",
                                       "budget1 a b c d e f g h i j",
                                       "budget2 0 9 0 9 0 9 0 9 0 0",
                                       "budget1 99999999999999999999 0 0 0 0 0 0 0 0 0" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      cpt_hubrise_budget_load (f->budget, lines[i]);
      g_assert_cmpint (cpt_hubrise_budget_get (f->budget, CPT_WINDOW_DAY).used, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/budget/minute", test_minute);
  TEST ("/budget/heavy", test_heavy);
  TEST ("/budget/hour-and-day", test_hour_and_day);
  TEST ("/budget/offset", test_offset);
  TEST ("/budget/clock-set-back", test_clock_set_back);
  TEST ("/budget/refused", test_refused);
  TEST ("/budget/retry-after", test_retry_after);
  TEST ("/budget/restart", test_restart);
  TEST ("/budget/load-nonsense", test_load_nonsense);
  return g_test_run ();
}
