/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of stock, a page of the preferences window. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwPreferencesPage *cpt_stock_preferences_new (GSettings *settings);

G_END_DECLS
