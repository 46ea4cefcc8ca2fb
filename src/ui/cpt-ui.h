/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every user of the window's library needs first: its resources. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cpt_ui_init (void);

G_END_DECLS
