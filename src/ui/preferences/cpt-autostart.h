/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting when the desktop does, as the preference "autostart" says. Main thread only. */
#pragma once

#include "cpt-profile.h"

G_BEGIN_DECLS

char *cpt_autostart_dup_command (const char *self, const char *installed);
void cpt_autostart_ask_portal (GSettings *settings);
gboolean cpt_autostart_apply (CptProfile *profile, GError **error);

G_END_DECLS
