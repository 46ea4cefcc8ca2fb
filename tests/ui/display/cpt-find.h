/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds widgets by what a person sees. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *cpt_find_label (GtkWidget *root, const char *part);
GtkWidget *cpt_find_button (GtkWidget *root, const char *label);
GtkWidget *cpt_find_named (GtkWidget *root, GtkAccessibleRole role, const char *name);
GtkWindow *cpt_find_window (GType type);
void cpt_press (GtkWidget *root, const char *label);

G_END_DECLS
