/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how busy the shop is, or how long no orders are to come in. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_PAUSE_DIALOG (cpt_pause_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptPauseDialog, cpt_pause_dialog, CPT, PAUSE_DIALOG, AdwMessageDialog)

GtkWidget *cpt_pause_dialog_new (GtkWindow *parent, CptEngine *engine, CptOrdersMode mode);

G_END_DECLS
