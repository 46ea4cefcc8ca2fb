/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an order is wanted. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_TIME_BUTTON (cpt_time_button_get_type ())
G_DECLARE_FINAL_TYPE (CptTimeButton, cpt_time_button, CPT, TIME_BUTTON, GtkWidget)

/* Signal "changed" (gint64): another time was chosen, or CPT_TIME_NONE. */
GtkWidget *cpt_time_button_new (CptEngine *engine);
void cpt_time_button_set_time (CptTimeButton *self, CptTime time);

G_END_DECLS
