/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when the shop opens and its orders are still paused. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_PAUSE_REMINDER (cpt_pause_reminder_get_type ())
G_DECLARE_FINAL_TYPE (CptPauseReminder, cpt_pause_reminder, CPT, PAUSE_REMINDER, GObject)

/* @app: (nullable): with the actions "activate" and "resume-orders" */
CptPauseReminder *cpt_pause_reminder_new (CptEngine *engine, GApplication *app);
/* Whether somebody is being reminded. */
gboolean cpt_pause_reminder_is_shown (CptPauseReminder *self);

G_END_DECLS
