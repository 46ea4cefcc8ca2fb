/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the PIN before what it guards. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_PIN_DIALOG (cpt_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptPinDialog, cpt_pin_dialog, CPT, PIN_DIALOG, AdwWindow)

/* Signal "passed" (): the PIN was right; the window closes. */

/* @then: called with @parent once the PIN was given, at once where there is none */
void
cpt_pin_dialog_ask (GtkWindow *parent, CptEngine *engine, void (*then) (gpointer), gpointer data);

G_END_DECLS
