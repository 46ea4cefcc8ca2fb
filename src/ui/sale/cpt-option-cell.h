/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One option that can be chosen, once or several times. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-choice.h"
#include "cpt-sale-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_OPTION_CELL (cpt_option_cell_get_type ())
G_DECLARE_FINAL_TYPE (CptOptionCell, cpt_option_cell, CPT, OPTION_CELL, GtkWidget)

/* Signal "count" (guint): how often it shall be chosen. */
GtkWidget *
cpt_option_cell_new (const CptMenuList *list, const CptMenuOption *option, const CptSaleMark *mark);
const CptMenuList *cpt_option_cell_get_list (CptOptionCell *self);
const CptMenuOption *cpt_option_cell_get_option (CptOptionCell *self);
void cpt_option_cell_update (CptOptionCell *self, const CptChoice *choice);

GtkWidget *cpt_option_face_new (const char *name, const char *price, const CptSaleMark *mark);
void cpt_option_face_name (GtkWidget *button,
                           const char *name,
                           const char *price,
                           const CptSaleMark *mark);

G_END_DECLS
