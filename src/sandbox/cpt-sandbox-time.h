/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as the contract writes them. Any thread; no state. */
#pragma once

#include <glib.h>

#define CPT_SANDBOX_SECOND G_GINT64_CONSTANT (1000000)
#define CPT_SANDBOX_MINUTE (60 * CPT_SANDBOX_SECOND)
#define CPT_SANDBOX_HOUR   (60 * CPT_SANDBOX_MINUTE)
#define CPT_SANDBOX_DAY    (24 * CPT_SANDBOX_HOUR)

gboolean cpt_sandbox_time_parse (const char *text, gint64 *usec);
char *cpt_sandbox_time_text (gint64 usec, const char *zone);
char *cpt_sandbox_time_http (gint64 usec);
