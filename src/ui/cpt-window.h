/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header with the views, connection bar, the views themselves. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-alert.h"
#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_WINDOW (cpt_window_get_type ())
G_DECLARE_FINAL_TYPE (CptWindow, cpt_window, CPT, WINDOW, AdwApplicationWindow)

/* Signal "detail-shown" (gint64 row): the order whose detail is open, 0 for none. */

CptWindow *cpt_window_new (GtkApplication *app, CptEngine *engine, CptAlert *alert);
void cpt_window_show_opened (CptWindow *self, const GError *error);
void cpt_window_show_order (CptWindow *self, gint64 row);
void cpt_window_toast (CptWindow *self, const char *text);
void cpt_window_tell (CptWindow *self, const char *text);
void cpt_window_tell_connected (CptWindow *self);
void cpt_window_show_print_trouble (CptWindow *self, const char *text, guint n);

G_END_DECLS
