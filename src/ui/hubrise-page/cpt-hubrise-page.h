/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "HubRise": what this till is connected to and every exchange with HubRise.
 * Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-alert.h"
#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_HUBRISE_PAGE (cpt_hubrise_page_get_type ())
G_DECLARE_FINAL_TYPE (CptHubrisePage, cpt_hubrise_page, CPT, HUBRISE_PAGE, AdwBin)

CptHubrisePage *cpt_hubrise_page_new (CptEngine *engine, CptAlert *alert);
void cpt_hubrise_page_focus_search (CptHubrisePage *self);

G_END_DECLS
