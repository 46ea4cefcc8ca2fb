/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one per id, its actions, what it opens at the start and ends at the quit.
 * Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-demo-shop.h"
#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_APPLICATION (cpt_application_get_type ())
G_DECLARE_FINAL_TYPE (CptApplication, cpt_application, CPT, APPLICATION, AdwApplication)

CptApplication *cpt_application_new (CptEngine *engine, CptDemoShop *demo_shop);

G_END_DECLS
