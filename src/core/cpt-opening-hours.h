/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a location is open, as it stands in one line: days from 1 (Monday) to 7, each with the
 * times it opens and closes, "1 11:30 14:30;1 18:30 01:00". Pure, any thread. */
#pragma once

#include "cpt-timestamp.h"

G_BEGIN_DECLS

gboolean cpt_opening_hours_contain (const char *hours, CptTime time, GTimeZone *zone);
CptTime cpt_opening_hours_next_opening (const char *hours, CptTime now, GTimeZone *zone);
CptTime cpt_opening_hours_next_closing (const char *hours, CptTime now, GTimeZone *zone);

G_END_DECLS
