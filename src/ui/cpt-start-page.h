/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a new user begins: connect this till, or try the demo shop. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_START_PAGE (cpt_start_page_get_type ())
G_DECLARE_FINAL_TYPE (CptStartPage, cpt_start_page, CPT, START_PAGE, AdwBin)

CptStartPage *cpt_start_page_new (CptEngine *engine);

G_END_DECLS
