/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two groups of buttons. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkLayoutManager *cpt_foot_layout_new (void);

G_END_DECLS
