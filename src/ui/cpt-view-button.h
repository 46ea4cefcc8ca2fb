/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One view's button in the header, with a count of what waits there. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_VIEW_BUTTON (cpt_view_button_get_type ())
G_DECLARE_FINAL_TYPE (CptViewButton, cpt_view_button, CPT, VIEW_BUTTON, GtkToggleButton)

GtkWidget *cpt_view_button_new (const char *view, const char *title);
void cpt_view_button_set_quiet (CptViewButton *self, gboolean quiet);
void cpt_view_button_set_count (CptViewButton *self, gint64 count);

G_END_DECLS
