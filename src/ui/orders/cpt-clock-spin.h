/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours or minutes, large enough for a finger. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *cpt_clock_spin_new (double most, double step, int value, const char *name);

G_END_DECLS
