/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of stock from a file: what it would change, then what was taken and what was not, line by
 * line. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

/* @lines: (element-type CptStockCsvLine) */
void cpt_import_dialog_show (GtkWidget *over, CptEngine *engine, GPtrArray *lines);

G_END_DECLS
