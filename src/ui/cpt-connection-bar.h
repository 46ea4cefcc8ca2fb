/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar above every view: how the line to HubRise stands. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_CONNECTION_BAR (cpt_connection_bar_get_type ())
G_DECLARE_FINAL_TYPE (CptConnectionBar, cpt_connection_bar, CPT, CONNECTION_BAR, AdwBin)

void cpt_connection_bar_set_engine (CptConnectionBar *self, CptEngine *engine);

G_END_DECLS
