/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a location is open. Pure, any thread. */
#include "cpt-opening-hours.h"

#include <stdlib.h>

/* From the day before, whose last service may end after midnight, to a week ahead. */
#define FIRST_DAY -1
#define LAST_DAY  7

typedef struct
{
  CptTime from, to;
} Span;

/* The instant at which the clock shows @text on that day: twice a year it is another number of
 * hours after midnight. */
static CptTime
instant_of (GDateTime *day, const char *text, GTimeZone *zone)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  gint64 hour = 0, minute = 0;
  g_autoptr (GDateTime) its_day = NULL;
  g_autoptr (GDateTime) moment = NULL;

  if (g_strv_length (parts) < 2 || !g_ascii_string_to_signed (parts[0], 10, 0, 24, &hour, NULL) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, 59, &minute, NULL))
    return CPT_TIME_NONE;
  its_day = g_date_time_add_days (day, (int)(hour / 24));
  moment =
      g_date_time_new (zone, g_date_time_get_year (its_day), g_date_time_get_month (its_day),
                       g_date_time_get_day_of_month (its_day), (int)(hour % 24), (int)minute, 0);
  return moment != NULL ? g_date_time_to_unix (moment) * CPT_SECOND : CPT_TIME_NONE;
}

static gboolean
make_span (GDateTime *day, char **parts, GTimeZone *zone, Span *span)
{
  g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

  span->from = instant_of (day, parts[1], zone);
  span->to = instant_of (day, parts[2], zone);
  if (span->from == CPT_TIME_NONE || span->to == CPT_TIME_NONE)
    return FALSE;
  if (span->to <= span->from)
    span->to = instant_of (next, parts[2], zone);
  return span->to > span->from;
}

static void
add_day (GArray *spans, char **entries, GDateTime *day, GTimeZone *zone)
{
  for (char **entry = entries; *entry != NULL; entry++)
    {
      g_auto (GStrv) parts = g_strsplit (*entry, " ", 4);
      Span span = { 0 };

      if (g_strv_length (parts) == 3 && atoi (parts[0]) == g_date_time_get_day_of_week (day) &&
          make_span (day, parts, zone, &span))
        g_array_append_val (spans, span);
    }
}

/* @zone: (nullable): NULL for UTC */
static GArray *
list_spans (const char *hours, CptTime now, GTimeZone *zone)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_auto (GStrv) entries = g_strsplit (hours != NULL ? hours : "", ";", -1);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) today = cpt_time_to_date_time (now, zone);

  for (int i = FIRST_DAY; today != NULL && i <= LAST_DAY; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (today, i);

      add_day (spans, entries, day, zone != NULL ? zone : utc);
    }
  return spans;
}

/**
 * cpt_opening_hours_contain:
 * @hours: (nullable)
 *
 * Returns: whether it is open at @time; %FALSE when the hours are not known
 */
gboolean
cpt_opening_hours_contain (const char *hours, CptTime time, GTimeZone *zone)
{
  g_autoptr (GArray) spans = list_spans (hours, time, zone);

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (span->from <= time && time < span->to)
        return TRUE;
    }
  return FALSE;
}

/**
 * cpt_opening_hours_next_opening:
 * @hours: (nullable)
 *
 * Returns: the next instant strictly after @now at which it opens, or CPT_TIME_NONE
 */
CptTime
cpt_opening_hours_next_opening (const char *hours, CptTime now, GTimeZone *zone)
{
  g_autoptr (GArray) spans = list_spans (hours, now, zone);
  CptTime next = CPT_TIME_NONE;

  for (guint i = 0; i < spans->len; i++)
    {
      CptTime from = g_array_index (spans, Span, i).from;

      if (from > now && (next == CPT_TIME_NONE || from < next))
        next = from;
    }
  return next;
}

/**
 * cpt_opening_hours_next_closing:
 * @hours: (nullable)
 *
 * Returns: when the service ends that is on, else the next one; CPT_TIME_NONE when not known
 */
CptTime
cpt_opening_hours_next_closing (const char *hours, CptTime now, GTimeZone *zone)
{
  g_autoptr (GArray) spans = list_spans (hours, now, zone);
  CptTime next = CPT_TIME_NONE;

  for (guint i = 0; i < spans->len; i++)
    {
      CptTime to = g_array_index (spans, Span, i).to;

      if (to > now && (next == CPT_TIME_NONE || to < next))
        next = to;
    }
  return next;
}
