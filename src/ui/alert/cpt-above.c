/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that stands above others. GTK 4 has no call for it: on X11 the window manager is asked
 * directly, elsewhere the desktop decides. Main thread only. */
#include "cpt-above.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>

#define STATE_ADD        1
#define FROM_APPLICATION 1

static Atom
atom (GdkDisplay *display, const char *name)
{
  return gdk_x11_get_xatom_by_name_for_display (display, name);
}

/* As the window manager specification has it for windows that are already mapped. */
static void
ask_above (GdkDisplay *display, GdkSurface *surface)
{
  Display *x_display = gdk_x11_display_get_xdisplay (display);
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.window = gdk_x11_surface_get_xid (surface);
  event.xclient.message_type = atom (display, "_NET_WM_STATE");
  event.xclient.format = 32;
  event.xclient.data.l[0] = STATE_ADD;
  event.xclient.data.l[1] = (long)atom (display, "_NET_WM_STATE_ABOVE");
  event.xclient.data.l[3] = FROM_APPLICATION;
  gdk_x11_display_error_trap_push (display);
  XSendEvent (x_display, DefaultRootWindow (x_display), False,
              SubstructureRedirectMask | SubstructureNotifyMask, &event);
  gdk_x11_display_error_trap_pop_ignored (display);
}

static gboolean
show_on_x11 (GtkWindow *window, GdkSurface *surface)
{
  if (!GDK_IS_X11_SURFACE (surface))
    return FALSE;
  /* Time 0 is the specification's way to say: do not give me the focus. */
  gdk_x11_surface_set_user_time (surface, 0);
  gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
  gdk_x11_surface_set_urgency_hint (surface, TRUE);
  ask_above (gtk_widget_get_display (GTK_WIDGET (window)), surface);
  return TRUE;
}
#else
static gboolean
show_on_x11 (GtkWindow *window, GdkSurface *surface)
{
  return FALSE;
}
#endif

/**
 * cpt_above_show:
 *
 * Shows @window above the others where that can be had, without giving it the keyboard focus.
 */
void
cpt_above_show (GtkWindow *window)
{
  if (gtk_widget_get_visible (GTK_WIDGET (window)))
    return;
  gtk_widget_realize (GTK_WIDGET (window));
  if (!show_on_x11 (window, gtk_native_get_surface (GTK_NATIVE (window))))
    gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
}
