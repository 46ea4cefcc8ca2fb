/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of printing. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

AdwPreferencesPage *cpt_print_preferences_new (GSettings *settings, CptClock *clock);

G_END_DECLS
