/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the shop opens and closes, over midnight and through the changes of the clock. */
#include "cpt-opening-hours.h"

/* A pizzeria: lunch and dinner, on Fridays past midnight, closed on Sundays. */
#define HOURS "1 11:30 14:30;1 18:30 22:30;2 11:30 14:30;2 18:30 22:30;5 18:30 01:00;6 18:30 24:00"

static CptTime
parse (const char *text)
{
  CptTime time = CPT_TIME_NONE;

  g_assert_true (cpt_time_parse (text, &time));
  return time;
}

static void
assert_time (CptTime time, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autofree char *text = time != CPT_TIME_NONE ? cpt_time_to_string (time, zone) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_hours (void)
{
  static const struct
  {
    const char *now;
    gboolean open;
    const char *opens, *closes;
  } cases[] = {
    { "2026-01-12T10:00:00+01:00", FALSE, "2026-01-12T11:30:00+01:00",
      "2026-01-12T14:30:00+01:00" },
    { "2026-01-12T11:30:00+01:00", TRUE, "2026-01-12T18:30:00+01:00", "2026-01-12T14:30:00+01:00" },
    { "2026-01-12T14:30:00+01:00", FALSE, "2026-01-12T18:30:00+01:00",
      "2026-01-12T22:30:00+01:00" },
    { "2026-01-13T23:00:00+01:00", FALSE, "2026-01-16T18:30:00+01:00",
      "2026-01-17T01:00:00+01:00" },
    { "2026-01-17T00:59:59+01:00", TRUE, "2026-01-17T18:30:00+01:00", "2026-01-17T01:00:00+01:00" },
    { "2026-01-17T20:00:00+01:00", TRUE, "2026-01-19T11:30:00+01:00", "2026-01-18T00:00:00+01:00" },
    /* The clocks go forward in the night to Sunday the 29th of March. */
    { "2026-03-28T23:30:00+01:00", TRUE, "2026-03-30T11:30:00+02:00", "2026-03-29T00:00:00+01:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTime now = parse (cases[i].now);

      g_test_message ("at %s", cases[i].now);
      g_assert_cmpint (cpt_opening_hours_contain (HOURS, now, zone), ==, cases[i].open);
      assert_time (cpt_opening_hours_next_opening (HOURS, now, zone), cases[i].opens);
      assert_time (cpt_opening_hours_next_closing (HOURS, now, zone), cases[i].closes);
    }
}

/* All of one day a week; on Sunday the 25th of October the clocks go back. */
static void
test_one_day (void)
{
  static const char *const hours[] = { "7 00:00 24:00", "7 00:00 00:00", "7 00:00 23:59" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  CptTime now = parse ("2026-10-25T12:00:00+01:00");

  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_test_message ("%s", hours[i]);
      g_assert_true (cpt_opening_hours_contain (hours[i], now, zone));
      assert_time (cpt_opening_hours_next_opening (hours[i], now, zone),
                   "2026-11-01T00:00:00+01:00");
      assert_time (cpt_opening_hours_next_closing (hours[i], now, zone),
                   i == 2 ? "2026-10-25T23:59:00+01:00" : "2026-10-26T00:00:00+01:00");
    }
}

/* What cannot be read is not open, and never opens. */
static void
test_unreadable (void)
{
  static const char *const bad[] = {
    NULL,
    "",
    "nonsense",
    "1 11:30",
    "1 11:30 25:00",
    "9 11:30 14:30",
    "1 x:y 14:30",
    "1 11:30 11:3o",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      CptTime now = parse ("2026-01-12T12:00:00Z");

      g_assert_false (cpt_opening_hours_contain (bad[i], now, NULL));
      assert_time (cpt_opening_hours_next_opening (bad[i], now, NULL), NULL);
      assert_time (cpt_opening_hours_next_closing (bad[i], now, NULL), NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/opening-hours/hours", test_hours);
  g_test_add_func ("/core/opening-hours/one-day", test_one_day);
  g_test_add_func ("/core/opening-hours/unreadable", test_unreadable);
  return g_test_run ();
}
