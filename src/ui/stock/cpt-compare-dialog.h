/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every difference between the till's stock and HubRise's, to send ours or take theirs. Main thread
 * only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

/* @differences: (element-type CptStockItem); @lead: what it is about, translated */
void cpt_compare_dialog_show (GtkWidget *over,
                              CptEngine *engine,
                              GPtrArray *differences,
                              const char *lead);

G_END_DECLS
