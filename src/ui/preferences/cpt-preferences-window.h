/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: each acts at once. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_PREFERENCES_WINDOW (cpt_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (CptPreferencesWindow,
                      cpt_preferences_window,
                      CPT,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

CptPreferencesWindow *cpt_preferences_window_new (GtkWindow *parent, CptEngine *engine);

G_END_DECLS
