/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last day at a glance: orders, HubRise's answers, requests used. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_ACTIVITY_PANE (cpt_activity_pane_get_type ())
G_DECLARE_FINAL_TYPE (CptActivityPane, cpt_activity_pane, CPT, ACTIVITY_PANE, AdwBin)

CptActivityPane *cpt_activity_pane_new (CptEngine *engine);

G_END_DECLS
