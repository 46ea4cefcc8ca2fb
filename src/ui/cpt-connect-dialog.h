/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connects this till to HubRise: opens the page, takes the code, tells how it goes.
 * Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_CONNECT_DIALOG (cpt_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptConnectDialog, cpt_connect_dialog, CPT, CONNECT_DIALOG, AdwWindow)

CptConnectDialog *cpt_connect_dialog_new (GtkWindow *parent, CptEngine *engine);

G_END_DECLS
