/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of the till's own orders. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void cpt_sale_preferences_fill (AdwPreferencesGroup *group, GSettings *settings);

G_END_DECLS
