/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of an order's sheet as labels. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *cpt_order_sheet_view_new (GPtrArray *lines, gint64 row);

G_END_DECLS
