/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number that keeps curious hands off the preferences: kept as a salted hash. Pure, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cpt_pin_hash (const char *pin);
gboolean cpt_pin_matches (const char *stored, const char *pin);

G_END_DECLS
