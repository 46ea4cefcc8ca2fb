/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that tells a person an order waits: warning window, notification, sound.
 * Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_ALERT (cpt_alert_get_type ())
G_DECLARE_FINAL_TYPE (CptAlert, cpt_alert, CPT, ALERT, GObject)

CptAlert *cpt_alert_new (CptEngine *engine, GtkApplication *app);
const char *cpt_alert_get_sound_problem (CptAlert *self);
void cpt_alert_set_detail_row (CptAlert *self, gint64 row);

G_END_DECLS
