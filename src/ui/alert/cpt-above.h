/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that stands above others and leaves the keyboard where it is, as far as the desktop
 * lets it. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cpt_above_show (GtkWindow *window);

G_END_DECLS
