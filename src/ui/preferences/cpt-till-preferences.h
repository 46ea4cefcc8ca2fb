/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of this till: who is at it, who may change it, what it keeps. Main thread only.
 */
#pragma once

#include <adwaita.h>

#include "cpt-profile.h"

G_BEGIN_DECLS

AdwPreferencesPage *cpt_till_preferences_new (CptProfile *profile);

G_END_DECLS
