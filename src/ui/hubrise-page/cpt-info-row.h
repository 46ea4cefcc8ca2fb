/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caption, a value and, where it is an id, a button that copies it. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_INFO_ROW (cpt_info_row_get_type ())
G_DECLARE_FINAL_TYPE (CptInfoRow, cpt_info_row, CPT, INFO_ROW, GtkBox)

GtkWidget *cpt_info_row_new (const char *caption, gboolean can_copy);
void cpt_info_row_set (CptInfoRow *self, const char *name, const char *value);
void cpt_info_row_set_alarm (CptInfoRow *self, gboolean alarm);

G_END_DECLS
