/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the libraries leave out in the versions this program starts from. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cpt_compat_name_menu_button (GtkMenuButton *button, const char *name);
void cpt_compat_name_inside (GtkWidget *widget, GType type, const char *name);
void cpt_compat_close_on_escape (GtkWindow *window);
GtkListItemFactory *cpt_compat_new_text_factory (void);

G_END_DECLS
