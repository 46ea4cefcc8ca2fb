/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants read from ISO 8601 and HTTP dates, written back in a zone, and the next time a wall
 * clock shows an hour; pure, any thread. */
#include "cpt-timestamp.h"

#include <string.h>

/* The Julian day GLib gives 1970-01-01. */
#define EPOCH_JULIAN 719163

typedef struct
{
  int year, month, day, hour, minute, second, millisecond;
  int offset; /* seconds east of UTC */
} Fields;

static gboolean
scan_char (const char **p, char c)
{
  if (**p != c)
    return FALSE;
  (*p)++;
  return TRUE;
}

/* Exactly @n digits. */
static gboolean
scan_int (const char **p, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (*(*p)++ - '0');
    }
  return TRUE;
}

static gboolean
scan_clock (const char **p, int *hour, int *minute)
{
  return scan_int (p, 2, hour) && scan_char (p, ':') && scan_int (p, 2, minute) && *hour <= 23 &&
         *minute <= 59;
}

static gboolean
scan_second (const char **p, Fields *f)
{
  return scan_clock (p, &f->hour, &f->minute) && scan_char (p, ':') &&
         scan_int (p, 2, &f->second) && f->second <= 59;
}

/* Any number of decimals; what is finer than a millisecond is cut off. */
static gboolean
scan_fraction (const char **p, int *millisecond)
{
  int unit = 100;

  *millisecond = 0;
  if (!scan_char (p, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++, unit /= 10)
    *millisecond += (**p - '0') * unit;
  return TRUE;
}

static gboolean
scan_offset (const char **p, int *offset)
{
  int sign = **p == '-' ? -1 : 1;
  int hour = 0, minute = 0;

  *offset = 0;
  if (scan_char (p, 'Z'))
    return TRUE;
  if (!scan_char (p, '+') && !scan_char (p, '-'))
    return FALSE;
  if (!scan_int (p, 2, &hour))
    return FALSE;
  scan_char (p, ':');
  if (!scan_int (p, 2, &minute) || hour > 23 || minute > 59)
    return FALSE;
  *offset = sign * (hour * 3600 + minute * 60);
  return TRUE;
}

static gint64
local_seconds (const GDate *day, int hour, int minute, int second)
{
  gint64 days = (gint64)g_date_get_julian (day) - EPOCH_JULIAN;

  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

static gboolean
fields_to_time (const Fields *f, CptTime *time)
{
  GDate day;

  if (f->month < 1 || f->month > 12 || !g_date_valid_dmy (f->day, f->month, f->year))
    return FALSE;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, f->day, f->month, f->year);
  *time = (local_seconds (&day, f->hour, f->minute, f->second) - f->offset) * CPT_SECOND +
          f->millisecond;
  return TRUE;
}

/**
 * cpt_time_parse:
 * @text: (nullable): "2020-08-20T06:42:46+02:00", or with Z, +0200, a fraction of a second
 * @time: (out): the instant, CPT_TIME_NONE on failure
 *
 * Only what HubRise may write: a date that exists, a time with seconds, an offset, nothing
 * before or behind. A time without an offset means no instant and is refused.
 *
 * Returns: whether @text is an instant
 */
gboolean
cpt_time_parse (const char *text, CptTime *time)
{
  Fields f = { 0 };
  const char *p = text;

  *time = CPT_TIME_NONE;
  return text != NULL && scan_int (&p, 4, &f.year) && scan_char (&p, '-') &&
         scan_int (&p, 2, &f.month) && scan_char (&p, '-') && scan_int (&p, 2, &f.day) &&
         scan_char (&p, 'T') && scan_second (&p, &f) && scan_fraction (&p, &f.millisecond) &&
         scan_offset (&p, &f.offset) && *p == '\0' && fields_to_time (&f, time);
}

static gboolean
scan_name (const char **p, const char *names, int *index)
{
  for (*index = 0; names[*index * 3] != '\0'; (*index)++)
    if (strncmp (*p, names + *index * 3, 3) == 0)
      {
        *p += 3;
        return TRUE;
      }
  return FALSE;
}

static gboolean
scan_month (const char **p, int *month)
{
  gboolean found = scan_name (p, "JanFebMarAprMayJunJulAugSepOctNovDec", month);

  (*month)++;
  return found;
}

/**
 * cpt_time_parse_http_date:
 * @text: (nullable): a Date header, "Sat, 21 Nov 2026 02:07:00 GMT"
 * @time: (out): the instant, CPT_TIME_NONE on failure
 *
 * Only the form of RFC 9110 that servers send; the day's name is not held against the date.
 *
 * Returns: whether @text is a date
 */
gboolean
cpt_time_parse_http_date (const char *text, CptTime *time)
{
  Fields f = { 0 };
  const char *p = text;
  int weekday = 0;

  *time = CPT_TIME_NONE;
  return text != NULL && scan_name (&p, "MonTueWedThuFriSatSun", &weekday) && scan_char (&p, ',') &&
         scan_char (&p, ' ') && scan_int (&p, 2, &f.day) && scan_char (&p, ' ') &&
         scan_month (&p, &f.month) && scan_char (&p, ' ') && scan_int (&p, 4, &f.year) &&
         scan_char (&p, ' ') && scan_second (&p, &f) && strcmp (p, " GMT") == 0 &&
         fields_to_time (&f, time);
}

static gint64
seconds_of (CptTime time)
{
  gint64 seconds = time / CPT_SECOND;

  return time % CPT_SECOND < 0 ? seconds - 1 : seconds;
}

/**
 * cpt_time_to_date_time:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full) (nullable): @time to the second in @zone; NULL for CPT_TIME_NONE and
 *   outside the years 1 to 9999
 */
GDateTime *
cpt_time_to_date_time (CptTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;

  if (time == CPT_TIME_NONE)
    return NULL;
  utc = g_date_time_new_from_unix_utc (seconds_of (time));
  if (utc == NULL)
    return NULL;
  return zone == NULL ? g_steal_pointer (&utc) : g_date_time_to_timezone (utc, zone);
}

/**
 * cpt_time_to_string:
 * @zone: (nullable): the zone to write it in, NULL for UTC
 *
 * Returns: (transfer full) (nullable): "2020-08-20T06:42:46+02:00"; NULL for CPT_TIME_NONE
 */
char *
cpt_time_to_string (CptTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = cpt_time_to_date_time (time, zone);

  /* GLib's own ISO writer shortens the offset to +02, which HubRise does not document. */
  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
}

static gint64
offset_at (GTimeZone *zone, gint64 seconds)
{
  int interval = 0;

  if (zone == NULL)
    return 0;
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return g_time_zone_get_offset (zone, interval);
}

/* The first instant after @now when the zone's clocks read @local, given as seconds since 1970
 * on that clock. G_MAXINT64: not after @now. Around a change of the clocks @local comes twice,
 * or not at all: then the clock as it was before the change is followed on. */
static gint64
first_instant (gint64 local, gint64 now, GTimeZone *zone)
{
  gint64 offsets[] = { offset_at (zone, local - CPT_DAY / CPT_SECOND),
                       offset_at (zone, local + CPT_DAY / CPT_SECOND) };
  gint64 first = G_MAXINT64;
  gboolean exists = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      gint64 instant = local - offsets[i];

      if (offset_at (zone, instant) != offsets[i])
        continue;
      exists = TRUE;
      if (instant > now)
        first = MIN (first, instant);
    }
  if (!exists && local - offsets[0] > now)
    first = local - offsets[0];
  return first;
}

/**
 * cpt_time_next_clock:
 * @clock: (nullable): a time of day, "06:00"
 * @zone: (nullable): whose clock; NULL for UTC
 *
 * An hour that is skipped when the clocks go forward is not lost: "02:30" is then 03:30 on the
 * new clock, so that what waits for it is not a day late.
 *
 * Returns: the next instant strictly after @now when that clock reads @clock; CPT_TIME_NONE when
 *   @now is, or @clock cannot be read
 */
CptTime
cpt_time_next_clock (CptTime now, const char *clock, GTimeZone *zone)
{
  int hour = 0, minute = 0;
  gint64 seconds = 0, midnight = 0;
  const char *p = clock;

  if (now == CPT_TIME_NONE || clock == NULL || !scan_clock (&p, &hour, &minute) || *p != '\0')
    return CPT_TIME_NONE;

  seconds = seconds_of (now);
  midnight = seconds + offset_at (zone, seconds);
  midnight -= ((midnight % 86400) + 86400) % 86400;
  for (int day = -1; day <= 2; day++)
    {
      gint64 local = midnight + day * 86400 + hour * 3600 + minute * 60;
      gint64 instant = first_instant (local, seconds, zone);

      if (instant != G_MAXINT64)
        return instant * CPT_SECOND;
    }
  return CPT_TIME_NONE;
}
