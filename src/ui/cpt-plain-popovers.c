/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Popovers on a screen that nothing composes, as on many an old till: there, what is transparent
 * comes out black, and a shadow is a broad black frame. Main thread only. */
#include "cpt-plain-popovers.h"

#include <gtk/gtk.h>

#define STYLE "/io/github/comptoir/Comptoir/style-plain.css"

static void
composited_cb (GdkDisplay *display, GParamSpec *pspec, gpointer data)
{
  GtkStyleProvider *plain = data;

  gtk_style_context_remove_provider_for_display (display, plain);
  if (!gdk_display_is_composited (display))
    gtk_style_context_add_provider_for_display (display, plain,
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

/**
 * cpt_plain_popovers_watch:
 * @display: whose popovers are plain, with an edge instead of a shadow, while it is not composited
 */
void
cpt_plain_popovers_watch (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) plain = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (plain, STYLE);
  g_signal_connect_object (display, "notify::composited", G_CALLBACK (composited_cb), plain, 0);
  composited_cb (display, NULL, plain);
  g_object_set_data_full (G_OBJECT (display), "cpt-plain-popovers", g_steal_pointer (&plain),
                          g_object_unref);
}
