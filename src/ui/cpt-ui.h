/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every user of the window's library needs first: its language and its resources.
 * Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cpt_ui_init_language (void);
void cpt_ui_init (void);
const char *cpt_ui_get_version (void);

G_END_DECLS
