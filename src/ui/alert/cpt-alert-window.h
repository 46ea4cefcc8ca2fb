/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning window: every order that waits, with what can be done about it. It never takes the
 * keyboard and nothing in it is pressed by default. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_ALERT_WINDOW (cpt_alert_window_get_type ())
G_DECLARE_FINAL_TYPE (CptAlertWindow, cpt_alert_window, CPT, ALERT_WINDOW, GtkWindow)

/* Signals:
 *  "quiet" ()   no sound for a while
 */

CptAlertWindow *cpt_alert_window_new (CptEngine *engine, GtkApplication *app);
void cpt_alert_window_set_orders (CptAlertWindow *self, GPtrArray *rows);
void cpt_alert_window_set_quiet (CptAlertWindow *self, int seconds);
guint cpt_alert_window_count (CptAlertWindow *self);

G_END_DECLS
