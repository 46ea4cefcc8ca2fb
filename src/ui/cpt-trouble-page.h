/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shown instead of the shop when its database cannot be opened, with the ways out.
 * Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_TROUBLE_PAGE (cpt_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (CptTroublePage, cpt_trouble_page, CPT, TROUBLE_PAGE, AdwBin)

void cpt_trouble_page_show (CptTroublePage *self, CptEngine *engine, const GError *error);

G_END_DECLS
