/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as people read them, in the program's language: LC_TIME may be another one; any
 * thread. */
#include "cpt-timestamp.h"

#include <glib/gi18n-lib.h>

static char *
clock_text (GDateTime *local)
{
  /* TRANSLATORS: a time of day, as strftime() takes it: %H hours to 23, %M minutes. */
  return g_date_time_format (local, C_ ("time of day", "%H:%M"));
}

static const char *
day_name (GDateTime *local)
{
  static const char *names[] = {
    /* TRANSLATORS: three letters each, before a time: "Sat 14:00". */
    NC_ ("abbreviated day", "Mon"), NC_ ("abbreviated day", "Tue"), NC_ ("abbreviated day", "Wed"),
    NC_ ("abbreviated day", "Thu"), NC_ ("abbreviated day", "Fri"), NC_ ("abbreviated day", "Sat"),
    NC_ ("abbreviated day", "Sun"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "abbreviated day",
                       names[g_date_time_get_day_of_week (local) - 1]);
}

static const char *
month_name (GDateTime *local)
{
  static const char *names[] = {
    /* TRANSLATORS: in a date: "5 Dec". */
    NC_ ("abbreviated month", "Jan"), NC_ ("abbreviated month", "Feb"),
    NC_ ("abbreviated month", "Mar"), NC_ ("abbreviated month", "Apr"),
    NC_ ("abbreviated month", "May"), NC_ ("abbreviated month", "Jun"),
    NC_ ("abbreviated month", "Jul"), NC_ ("abbreviated month", "Aug"),
    NC_ ("abbreviated month", "Sep"), NC_ ("abbreviated month", "Oct"),
    NC_ ("abbreviated month", "Nov"), NC_ ("abbreviated month", "Dec"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "abbreviated month",
                       names[g_date_time_get_month (local) - 1]);
}

static gint64
day_number (GDateTime *local)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  return g_date_get_julian (&day);
}

static char *
date_clock_text (GDateTime *local, const char *clock)
{
  /* TRANSLATORS: a day of this year. 1: day of the month, 2: month (Dec), 3: time of day. */
  return g_strdup_printf (C_ ("day and time", "%1$d %2$s %3$s"),
                          g_date_time_get_day_of_month (local), month_name (local), clock);
}

static char *
full_text (GDateTime *local, const char *clock)
{
  /* TRANSLATORS: 1: day of the month, 2: month (Dec), 3: year, 4: time of day. */
  return g_strdup_printf (C_ ("full date and time", "%1$d %2$s %3$d %4$s"),
                          g_date_time_get_day_of_month (local), month_name (local),
                          g_date_time_get_year (local), clock);
}

/**
 * cpt_time_format_clock:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): "19:30"; "" for CPT_TIME_NONE
 */
char *
cpt_time_format_clock (CptTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = cpt_time_to_date_time (time, zone);

  return local != NULL ? clock_text (local) : g_strdup ("");
}

static char *
day_clock_text (GDateTime *local, gint64 days, gboolean this_year)
{
  g_autofree char *clock = clock_text (local);

  if (days == 0)
    return g_steal_pointer (&clock);
  if (days == 1)
    /* TRANSLATORS: %s is a time of day. */
    return g_strdup_printf (_ ("tomorrow %s"), clock);
  if (days == -1)
    /* TRANSLATORS: %s is a time of day. */
    return g_strdup_printf (_ ("yesterday %s"), clock);
  if (days > 1 && days < 7)
    /* TRANSLATORS: a day of the coming week. 1: its name (Sat), 2: time of day. */
    return g_strdup_printf (C_ ("weekday and time", "%1$s %2$s"), day_name (local), clock);
  return this_year ? date_clock_text (local, clock) : full_text (local, clock);
}

/**
 * cpt_time_format_day_clock:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): as short as @now allows: "19:30", "tomorrow 11:00", "Sat 14:00",
 *   "5 Dec 14:00", with the year when it is another; "" for CPT_TIME_NONE
 */
char *
cpt_time_format_day_clock (CptTime time, CptTime now, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = cpt_time_to_date_time (time, zone);
  g_autoptr (GDateTime) today = cpt_time_to_date_time (now, zone);

  if (local == NULL || today == NULL)
    return cpt_time_format_full (time, zone);
  return day_clock_text (local, day_number (local) - day_number (today),
                         g_date_time_get_year (local) == g_date_time_get_year (today));
}

/**
 * cpt_time_format_full:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): "5 Dec 2026 14:00"; "" for CPT_TIME_NONE
 */
char *
cpt_time_format_full (CptTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = cpt_time_to_date_time (time, zone);
  g_autofree char *clock = NULL;

  if (local == NULL)
    return g_strdup ("");
  clock = clock_text (local);
  return full_text (local, clock);
}
