/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not fit between orders, the catalog and this till: refs of recent orders the catalog
 * does not know, and items that left it. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

/* @over: (nullable) */
void cpt_refs_window_show (GtkWindow *over, CptEngine *engine);

G_END_DECLS
