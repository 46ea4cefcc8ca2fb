/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants in milliseconds since 1970 UTC and their ISO 8601 text; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An instant in milliseconds since 1970-01-01T00:00:00Z. */
typedef gint64 CptTime;

#define CPT_TIME_NONE G_MININT64

#define CPT_SECOND    G_GINT64_CONSTANT (1000)
#define CPT_MINUTE    (60 * CPT_SECOND)
#define CPT_HOUR      (60 * CPT_MINUTE)
#define CPT_DAY       (24 * CPT_HOUR)

gboolean cpt_time_parse (const char *text, CptTime *time);
GDateTime *cpt_time_to_date_time (CptTime time, GTimeZone *zone);
char *cpt_time_to_string (CptTime time, GTimeZone *zone);
char *cpt_time_format_clock (CptTime time, GTimeZone *zone);
char *cpt_time_format_day_clock (CptTime time, CptTime now, GTimeZone *zone);
char *cpt_time_format_full (CptTime time, GTimeZone *zone);
gboolean cpt_time_parse_http_date (const char *text, CptTime *time);
CptTime cpt_time_next_clock (CptTime now, const char *clock, GTimeZone *zone);

G_END_DECLS
