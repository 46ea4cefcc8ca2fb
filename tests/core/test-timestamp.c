/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants: what is one, how it is written for HubRise and for people, and when a clock next
 * shows an hour, across the changes of summer time. */
#include "cpt-timestamp.h"

static CptTime
at (const char *text)
{
  CptTime time = 0;

  if (!cpt_time_parse (text, &time))
    g_error ("\"%s\" is no instant", text);
  return time;
}

static GTimeZone *
paris (void)
{
  return g_time_zone_new_identifier ("Europe/Paris");
}

static void
test_parse_good (void)
{
  static const struct
  {
    const char *text;
    CptTime time;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1970-01-01T00:00:00+00:00", 0 },
    { "1970-01-01T02:00:00+02:00", 0 },
    { "1969-12-31T19:00:00-0500", 0 },
    { "1970-01-01T05:30:00+0530", 0 },
    { "1969-12-31T23:59:59Z", -1000 },
    { "1969-12-31T23:59:59.999Z", -1 },
    { "2020-08-20T06:42:46+02:00", 1597898566000 },
    { "2020-08-20T04:42:46Z", 1597898566000 },
    { "2020-08-20T04:42:46.5Z", 1597898566500 },
    { "2020-08-20T04:42:46.123999999Z", 1597898566123 },
    { "2020-02-29T00:00:00Z", 1582934400000 },
    { "2000-02-29T23:59:59Z", 951868799000 },
    { "2038-01-19T03:14:08Z", G_GINT64_CONSTANT (2147483648000) },
    { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000) },
    { "9999-12-31T23:59:59Z", G_GINT64_CONSTANT (253402300799000) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTime time = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_true (cpt_time_parse (cases[i].text, &time));
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

static void
test_parse_bad (void)
{
  static const char *cases[] = {
    NULL,
    "",
    "2020-08-20",
    "2020-08-20T06:42",
    "2020-08-20T06:42:46",
    "2020-08-20T06:42+02:00",
    "2020-08-20 06:42:46+02:00",
    "2020-08-20t06:42:46+02:00",
    "2020-08-20T06:42:46z",
    "2020-08-20T06:42:46 +02:00",
    "2020-08-20T06:42:46+02",
    "2020-08-20T06:42:46+2:00",
    "2020-08-20T06:42:46+02:0",
    "2020-08-20T06:42:46+24:00",
    "2020-08-20T06:42:46+02:60",
    "2020-08-20T06:42:46+02:00Z",
    "2020-08-20T06:42:46+02:00 ",
    " 2020-08-20T06:42:46+02:00",
    "2020-08-20T06:42:46.Z",
    "2020-08-20T06:42:46,5Z",
    "2020-8-20T06:42:46Z",
    "20-08-20T06:42:46Z",
    "20200820T064246Z",
    "2020-13-01T00:00:00Z",
    "2020-00-01T00:00:00Z",
    "2020-01-00T00:00:00Z",
    "2020-04-31T00:00:00Z",
    "2021-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "2020-08-20T24:00:00Z",
    "2020-08-20T06:60:00Z",
    "2020-08-20T06:42:60Z",
    "-020-08-20T06:42:46Z",
    "+2020-08-20T06:42:46Z",
    "2020-08-20T06:42:-6Z",
    "2020-W34-4T06:42:46Z",
    "now",
    "1597898566",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTime time = 0;

      g_test_message ("%s", cases[i]);
      g_assert_false (cpt_time_parse (cases[i], &time));
      g_assert_cmpint (time, ==, CPT_TIME_NONE);
    }
}

static void
test_write (void)
{
  g_autoptr (GTimeZone) zone = paris ();
  g_autofree char *summer = cpt_time_to_string (at ("2020-08-20T04:42:46.9Z"), zone);
  g_autofree char *winter = cpt_time_to_string (at ("2020-12-20T04:42:46Z"), zone);
  g_autofree char *utc = cpt_time_to_string (at ("2020-12-20T04:42:46Z"), NULL);
  g_autofree char *before = cpt_time_to_string (-1, NULL);
  g_autofree char *none = cpt_time_to_string (CPT_TIME_NONE, zone);
  g_autofree char *never = cpt_time_to_string (G_MAXINT64, zone);

  g_assert_cmpstr (summer, ==, "2020-08-20T06:42:46+02:00");
  g_assert_cmpstr (winter, ==, "2020-12-20T05:42:46+01:00");
  g_assert_cmpstr (utc, ==, "2020-12-20T04:42:46+00:00");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59+00:00");
  g_assert_null (none);
  g_assert_null (never);
}

static void
test_round_trip (void)
{
  g_autoptr (GTimeZone) zone = paris ();

  for (int i = 0; i < 5000; i++)
    {
      CptTime time = (CptTime)g_test_rand_int_range (0, G_MAXINT32) * CPT_SECOND;
      g_autofree char *text = cpt_time_to_string (time, zone);
      g_autoptr (GDateTime) theirs = g_date_time_new_from_iso8601 (text, NULL);

      g_assert_cmpint (at (text), ==, time);
      g_assert_cmpint (g_date_time_to_unix (theirs) * CPT_SECOND, ==, time);
    }
}

static void
test_day_clock (void)
{
  static const struct
  {
    const char *time, *shown;
  } cases[] = {
    { "2026-11-18T18:30:00Z", "19:30" },
    { "2026-11-17T23:00:00Z", "00:00" },
    { "2026-11-18T22:59:00Z", "23:59" },
    { "2026-11-18T23:00:00Z", "tomorrow 00:00" },
    { "2026-11-19T10:00:00Z", "tomorrow 11:00" },
    { "2026-11-17T22:59:00Z", "yesterday 23:59" },
    { "2026-11-20T10:00:00Z", "Fri 11:00" },
    { "2026-11-21T13:00:00Z", "Sat 14:00" },
    { "2026-11-22T13:00:00Z", "Sun 14:00" },
    { "2026-11-24T13:00:00Z", "Tue 14:00" },
    { "2026-11-25T13:00:00Z", "25 Nov 14:00" },
    { "2026-12-05T13:00:00Z", "5 Dec 14:00" },
    { "2026-11-16T13:00:00Z", "16 Nov 14:00" },
    { "2026-01-01T13:00:00Z", "1 Jan 14:00" },
    { "2027-01-01T13:00:00Z", "1 Jan 2027 14:00" },
    { "2025-12-31T13:00:00Z", "31 Dec 2025 14:00" },
  };
  g_autoptr (GTimeZone) zone = paris ();
  CptTime now = at ("2026-11-18T11:00:00Z");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = cpt_time_format_day_clock (at (cases[i].time), now, zone);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_format (void)
{
  g_autoptr (GTimeZone) zone = paris ();
  CptTime time = at ("2026-07-05T17:05:09Z");
  g_autofree char *clock = cpt_time_format_clock (time, zone);
  g_autofree char *utc = cpt_time_format_clock (time, NULL);
  g_autofree char *full = cpt_time_format_full (time, zone);
  g_autofree char *no_clock = cpt_time_format_clock (CPT_TIME_NONE, zone);
  g_autofree char *no_day = cpt_time_format_day_clock (CPT_TIME_NONE, time, zone);
  g_autofree char *no_full = cpt_time_format_full (CPT_TIME_NONE, zone);

  g_assert_cmpstr (clock, ==, "19:05");
  g_assert_cmpstr (utc, ==, "17:05");
  g_assert_cmpstr (full, ==, "5 Jul 2026 19:05");
  g_assert_cmpstr (no_clock, ==, "");
  g_assert_cmpstr (no_day, ==, "");
  g_assert_cmpstr (no_full, ==, "");
}

static void
test_http_date (void)
{
  static const char *bad[] = {
    NULL,
    "",
    "Sat, 21 Nov 2026 02:07:00",
    "Sat, 21 Nov 2026 02:07:00 UTC",
    "Sat, 21 Nov 2026 02:07:00 GMT ",
    "Sat, 32 Nov 2026 02:07:00 GMT",
    "Sat, 31 Nov 2026 02:07:00 GMT",
    "Sat, 21 Nxv 2026 02:07:00 GMT",
    "Xat, 21 Nov 2026 02:07:00 GMT",
    "Sat 21 Nov 2026 02:07:00 GMT",
    "Sat, 21 Nov 2026 25:07:00 GMT",
    "Sat, 1 Nov 2026 02:07:00 GMT",
    "Saturday, 21-Nov-26 02:07:00 GMT",
  };
  CptTime time = 0;

  g_assert_true (cpt_time_parse_http_date ("Sat, 21 Nov 2026 02:07:00 GMT", &time));
  g_assert_cmpint (time, ==, at ("2026-11-21T02:07:00Z"));
  g_assert_true (cpt_time_parse_http_date ("Thu, 01 Jan 1970 00:00:00 GMT", &time));
  g_assert_cmpint (time, ==, 0);
  g_assert_true (cpt_time_parse_http_date ("Thu, 31 Dec 2026 23:59:59 GMT", &time));
  g_assert_cmpint (time, ==, at ("2026-12-31T23:59:59Z"));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cpt_time_parse_http_date (bad[i], &time));
      g_assert_cmpint (time, ==, CPT_TIME_NONE);
    }
}

static void
test_next_clock (void)
{
  /* In 2026 Paris goes forward on 29 March and back on 25 October. */
  static const struct
  {
    const char *now, *clock, *next;
  } cases[] = {
    { "2026-11-18T04:59:59Z", "06:00", "2026-11-18T05:00:00Z" },
    { "2026-11-18T05:00:00Z", "06:00", "2026-11-19T05:00:00Z" },
    { "2026-11-18T05:00:00.5Z", "06:00", "2026-11-19T05:00:00Z" },
    { "2026-11-18T04:59:59.999Z", "06:00", "2026-11-18T05:00:00Z" },
    { "2026-11-18T20:00:00Z", "06:00", "2026-11-19T05:00:00Z" },
    { "2026-11-18T23:30:00Z", "00:00", "2026-11-19T23:00:00Z" },
    { "2026-11-18T22:30:00Z", "00:00", "2026-11-18T23:00:00Z" },
    { "2026-03-28T12:00:00Z", "06:00", "2026-03-29T04:00:00Z" },
    { "2026-10-24T12:00:00Z", "06:00", "2026-10-25T05:00:00Z" },
    /* Skipped: 02:30 does not come, 03:30 stands for it. */
    { "2026-03-29T00:00:00Z", "02:30", "2026-03-29T01:30:00Z" },
    { "2026-03-29T01:30:00Z", "02:30", "2026-03-30T00:30:00Z" },
    /* Comes twice. */
    { "2026-10-24T23:00:00Z", "02:30", "2026-10-25T00:30:00Z" },
    { "2026-10-25T00:30:00Z", "02:30", "2026-10-25T01:30:00Z" },
    { "2026-10-25T01:30:00Z", "02:30", "2026-10-26T01:30:00Z" },
    { "1965-06-01T12:00:00Z", "06:00", "1965-06-02T05:00:00Z" },
  };
  g_autoptr (GTimeZone) zone = paris ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTime next = cpt_time_next_clock (at (cases[i].now), cases[i].clock, zone);
      g_autofree char *text = cpt_time_to_string (next, NULL);

      g_test_message ("%s %s: %s", cases[i].now, cases[i].clock, text);
      g_assert_cmpint (next, ==, at (cases[i].next));
    }
}

static void
test_next_clock_far_zones (void)
{
  static const struct
  {
    const char *zone, *now, *next;
  } cases[] = {
    { "Pacific/Kiritimati", "2026-11-18T15:59:59Z", "2026-11-18T16:00:00Z" },
    { "Pacific/Kiritimati", "2026-11-18T16:00:00Z", "2026-11-19T16:00:00Z" },
    { "Pacific/Pago_Pago", "2026-11-18T16:59:59Z", "2026-11-18T17:00:00Z" },
    { "Asia/Kathmandu", "2026-11-18T00:14:59Z", "2026-11-18T00:15:00Z" },
    { "UTC", "2026-11-18T06:00:00Z", "2026-11-19T06:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);

      g_assert_nonnull (zone);
      g_assert_cmpint (cpt_time_next_clock (at (cases[i].now), "06:00", zone), ==,
                       at (cases[i].next));
    }
  g_assert_cmpint (cpt_time_next_clock (0, "06:00", NULL), ==, 6 * CPT_HOUR);
}

static void
test_next_clock_bad (void)
{
  static const char *cases[] = {
    NULL, "", "6:00", "06:00:00", "24:00", "06:60", "06-00", " 06:00"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpt_time_next_clock (0, cases[i], NULL), ==, CPT_TIME_NONE);
  g_assert_cmpint (cpt_time_next_clock (CPT_TIME_NONE, "06:00", NULL), ==, CPT_TIME_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/timestamp/parse-good", test_parse_good);
  g_test_add_func ("/core/timestamp/parse-bad", test_parse_bad);
  g_test_add_func ("/core/timestamp/write", test_write);
  g_test_add_func ("/core/timestamp/round-trip", test_round_trip);
  g_test_add_func ("/core/timestamp/day-clock", test_day_clock);
  g_test_add_func ("/core/timestamp/format", test_format);
  g_test_add_func ("/core/timestamp/http-date", test_http_date);
  g_test_add_func ("/core/timestamp/next-clock", test_next_clock);
  g_test_add_func ("/core/timestamp/next-clock-far-zones", test_next_clock_far_zones);
  g_test_add_func ("/core/timestamp/next-clock-bad", test_next_clock_bad);

  return g_test_run ();
}
