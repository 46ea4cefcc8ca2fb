/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the alerts, for tests: what a sound device or a window manager makes of it is not
 * in our hands. Main thread only. */
#pragma once

#include "cpt-alert-window.h"
#include "cpt-alert.h"
#include "cpt-sound.h"

G_BEGIN_DECLS

gboolean cpt_alert_is_ringing (CptAlert *self);
gboolean cpt_alert_is_urgent (CptAlert *self);
CptSound *cpt_alert_get_sound (CptAlert *self);
CptAlertWindow *cpt_alert_get_window (CptAlert *self);

G_END_DECLS
