/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other times an order can be accepted for. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

#define CPT_TYPE_ACCEPT_POPOVER (cpt_accept_popover_get_type ())
G_DECLARE_FINAL_TYPE (CptAcceptPopover, cpt_accept_popover, CPT, ACCEPT_POPOVER, GtkPopover)

GtkWidget *cpt_accept_popover_new (gint64 row, CptTime base, CptTime now, GTimeZone *zone);
void cpt_accept_popover_set_now (CptAcceptPopover *self, CptTime now);

G_END_DECLS
