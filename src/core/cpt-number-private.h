/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed-point numbers in 64-bit integers, shared by money and decimals; pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cpt_number_scan (const char **cursor, int places, gint64 *value);
char *cpt_number_write (gint64 value, int places, gboolean zeros);
char *cpt_number_display (gint64 value, int places, gboolean zeros);

G_END_DECLS
