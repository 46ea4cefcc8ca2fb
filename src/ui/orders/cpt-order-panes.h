/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and a detail: side by side where there is room, else one over the other. Main thread
 * only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_PANES (cpt_order_panes_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderPanes, cpt_order_panes, CPT, ORDER_PANES, GtkWidget)

GtkWidget *cpt_order_panes_new (GtkWidget *list, GtkWidget *detail);
void cpt_order_panes_set_open (CptOrderPanes *self, gboolean open);

G_END_DECLS
