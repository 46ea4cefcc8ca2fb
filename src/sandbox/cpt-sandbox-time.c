/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as the contract writes them: ISO 8601 with an offset. Any thread; no state. */
#include "cpt-sandbox-time.h"

#include <string.h>

static gboolean
matches_shape (const char *text, const char *shape)
{
  for (; *shape; shape++, text++)
    if (*shape == '0' ? !g_ascii_isdigit (*text) : *text != *shape)
      return FALSE;
  return TRUE;
}

static gboolean
offset_is_valid (const char *text)
{
  if (strcmp (text, "Z") == 0)
    return TRUE;
  return strlen (text) == 6 && (*text == '+' || *text == '-') && matches_shape (text + 1, "00:00");
}

/* Reads "2020-08-20T06:42:46+02:00" (or Z) into microseconds since 1970. `text` may be NULL. */
gboolean
cpt_sandbox_time_parse (const char *text, gint64 *usec)
{
  g_autoptr (GDateTime) time = NULL;

  if (!text || strlen (text) < 20 || !matches_shape (text, "0000-00-00T00:00:00") ||
      !offset_is_valid (text + 19))
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (!time)
    return FALSE;
  *usec = g_date_time_to_unix (time) * CPT_SANDBOX_SECOND;
  return TRUE;
}

/* The same form, in `zone` ("Europe/Paris"). */
char *
cpt_sandbox_time_text (gint64 usec, const char *zone)
{
  g_autoptr (GTimeZone) there = g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / CPT_SANDBOX_SECOND);
  g_autoptr (GDateTime) local = there ? g_date_time_to_timezone (utc, there) : NULL;

  return g_date_time_format (local ? local : utc, "%Y-%m-%dT%H:%M:%S%:z");
}

/* The form of the HTTP Date header. */
char *
cpt_sandbox_time_http (gint64 usec)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / CPT_SANDBOX_SECOND);

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT",
                          days[g_date_time_get_day_of_week (utc) - 1],
                          g_date_time_get_day_of_month (utc),
                          months[g_date_time_get_month (utc) - 1], g_date_time_get_year (utc),
                          g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                          g_date_time_get_second (utc));
}
