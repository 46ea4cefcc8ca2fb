/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's commands. Main thread only. */
#include "cpt-window-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-connect-dialog.h"
#include "cpt-disconnect-dialog.h"
#include "cpt-hubrise-page.h"
#include "cpt-pause-dialog.h"
#include "cpt-pin-dialog.h"
#include "cpt-sale-page.h"
#include "cpt-save-report.h"
#include "cpt-stock-page.h"
#include "cpt-support-text.h"

static void
connect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (self->dialog == NULL)
    g_set_weak_pointer (&self->dialog,
                        GTK_WIDGET (cpt_connect_dialog_new (GTK_WINDOW (self), self->engine)));
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
disconnected_cb (const char *told, gpointer data)
{
  g_autoptr (CptWindow) self = data;

  if (self->engine != NULL)
    cpt_window_toast (self, told);
}

static void
disconnect (gpointer data)
{
  CptWindow *self = data;

  cpt_disconnect_dialog_run (GTK_WINDOW (self), self->engine, disconnected_cb, g_object_ref (self));
}

static void
disconnect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cpt_pin_dialog_ask (GTK_WINDOW (widget), CPT_WINDOW (widget)->engine, disconnect, widget);
}

static void
pause_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);
  gboolean pause = g_str_equal (name, "win.pause");

  gtk_window_present (
      GTK_WINDOW (cpt_pause_dialog_new (GTK_WINDOW (self), self->engine,
                                        pause ? CPT_ORDERS_PAUSED : CPT_ORDERS_BUSY)));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  /* TRANSLATORS: to the clipboard. */
  cpt_window_toast (CPT_WINDOW (widget), _ ("Copied"));
}

static void
copy_support_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);
  g_autofree char *text = cpt_support_text_new (cpt_engine_get_connection (self->engine));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  cpt_window_toast (
      self, _ ("Copied for support: account, location and catalog, no key and no customer"));
}

static void
report_saved_cb (const char *told, gpointer data)
{
  g_autoptr (CptWindow) self = data;

  if (self->engine != NULL)
    cpt_window_toast (self, told);
}

static void
save_report_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  cpt_save_report (self->engine, report_saved_cb, g_object_ref (self));
}

/* Made when it is asked for, not with the window as GTK would: GTK 4.8 ends the program when a
 * screen reader asks for one window too many, having just counted one that closed, and the last
 * window of the program was never shown. */
static void
shortcuts_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/comptoir/Comptoir/cpt-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

/* What is searched is what is looked at. */
static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);
  GtkWidget *view = gtk_stack_get_visible_child (self->views);

  if (CPT_IS_SALE_PAGE (view))
    cpt_sale_page_begin (CPT_SALE_PAGE (view));
  else if (CPT_IS_STOCK_PAGE (view))
    cpt_stock_page_focus_search (CPT_STOCK_PAGE (view));
  else if (CPT_IS_HUBRISE_PAGE (view))
    cpt_hubrise_page_focus_search (CPT_HUBRISE_PAGE (view));
  else if (CPT_IS_ORDERS_PAGE (view))
    cpt_orders_page_focus_search (CPT_ORDERS_PAGE (view));
  else if (self->orders != NULL)
    cpt_orders_page_focus_search (self->orders);
}

/* --- The till's own orders --- */

static void
open_sale (CptWindow *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->views);

  if (g_strcmp0 (shown, "sale") != 0)
    self->view_before = g_intern_string (shown);
  cpt_window_show_view (self, "sale");
}

static void
new_order_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (self->sale == NULL)
    return;
  open_sale (self);
  cpt_sale_page_begin (CPT_SALE_PAGE (self->sale));
}

/* For the menu: "win.view" has a state, which would make this the one choice with a circle. */
static void
sent_orders_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (self->sent != NULL)
    cpt_window_show_view (self, "sent");
}

/* Wherever the keyboard is: a till's hand is quicker than its eye. */
static void
place_order_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "sale") == 0)
    cpt_sale_page_place (CPT_SALE_PAGE (self->sale));
}

static void
edit_order_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (self->sale == NULL)
    return;
  open_sale (self);
  cpt_sale_page_edit (CPT_SALE_PAGE (self->sale), g_variant_get_int64 (parameter));
}

static void
show_sent_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptWindow *self = CPT_WINDOW (widget);

  if (self->sent == NULL)
    return;
  cpt_window_show_view (self, "sent");
  cpt_orders_page_show_order (self->sent, g_variant_get_int64 (parameter));
}

/* --- With a state --- */

/* Shows the view @name, where it is built. */
void
cpt_window_show_view (CptWindow *self, const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "view");

  if (gtk_stack_get_child_by_name (self->views, name) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->views, name);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static void
view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cpt_window_show_view (data, g_variant_get_string (parameter, NULL));
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  if (g_variant_get_boolean (state))
    gtk_window_fullscreen (data);
  else
    gtk_window_unfullscreen (data);
  g_simple_action_set_state (action, state);
}

static void
fullscreened_cb (GtkWindow *window, GParamSpec *pspec, GSimpleAction *action)
{
  g_simple_action_set_state (action, g_variant_new_boolean (gtk_window_is_fullscreen (window)));
}

static const GActionEntry stateful[] = {
  { .name = "view", .activate = view_cb, .parameter_type = "s", .state = "'orders'" },
  { .name = "fullscreen", .state = "false", .change_state = fullscreen_cb },
};

void
cpt_window_add_stateful_actions (CptWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), stateful, G_N_ELEMENTS (stateful), self);
  g_signal_connect_object (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb),
                           g_action_map_lookup_action (G_ACTION_MAP (self), "fullscreen"), 0);
}

void
cpt_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.connect", NULL, connect_cb);
  gtk_widget_class_install_action (klass, "win.disconnect", NULL, disconnect_cb);
  gtk_widget_class_install_action (klass, "win.pause", NULL, pause_cb);
  gtk_widget_class_install_action (klass, "win.busy", NULL, pause_cb);
  gtk_widget_class_install_action (klass, "win.copy", "s", copy_cb);
  gtk_widget_class_install_action (klass, "win.copy-support", NULL, copy_support_cb);
  gtk_widget_class_install_action (klass, "win.save-report", NULL, save_report_cb);
  gtk_widget_class_install_action (klass, "win.shortcuts", NULL, shortcuts_cb);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (klass, "win.new-order", NULL, new_order_cb);
  gtk_widget_class_install_action (klass, "win.place-order", NULL, place_order_cb);
  gtk_widget_class_install_action (klass, "win.edit-order", "x", edit_order_cb);
  gtk_widget_class_install_action (klass, "win.sent-orders", NULL, sent_orders_cb);
  gtk_widget_class_install_action (klass, "win.show-sent", "x", show_sent_cb);
}
