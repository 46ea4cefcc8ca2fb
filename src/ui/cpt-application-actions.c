/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that need no window, shared by menu, shortcuts, notifications and the message bus.
 * Main thread only. */
#include "cpt-application-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-pin-dialog.h"
#include "cpt-preferences-window.h"
#include "cpt-ticket-preview.h"
#include "cpt-try-demo.h"

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cpt_application_present (data);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cpt_application_quit (data);
}

static void
check_now_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  cpt_engine_check_now (self->engine);
}

static void
show_order_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  cpt_application_present (self);
  if (self->window != NULL)
    cpt_window_show_order (self->window, g_variant_get_int64 (parameter));
}

/* --- Whether orders come in --- */

static void
orders_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error) && self->window != NULL)
    cpt_window_toast (self->window, error->message);
}

static void
set_orders_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;
  int mode = 0, minutes = 0;
  CptTime until = CPT_TIME_NONE;
  const char *reason = NULL;

  if (!self->is_open)
    return;
  g_variant_get (parameter, "(iix&s)", &mode, &minutes, &until, &reason);
  cpt_engine_set_acceptance_async (self->engine, (CptOrdersMode)mode, minutes, until, reason,
                                   orders_set_cb, g_object_ref (self));
}

static void
resume_orders_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  if (self->is_open)
    cpt_engine_set_acceptance_async (self->engine, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE, NULL,
                                     orders_set_cb, g_object_ref (self));
}

/* --- Tickets --- */

static void
print_ticket_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;
  CptTicketKind kind = CPT_TICKET_KITCHEN;
  const char *word = NULL;
  gint64 row = 0;

  g_variant_get (parameter, "(x&s)", &row, &word);
  if (self->printer != NULL && cpt_ticket_kind_parse (word, &kind))
    cpt_ticket_printer_print (self->printer, row, kind);
}

static void
print_failed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  if (self->printer != NULL)
    cpt_ticket_printer_print_failed (self->printer);
}

static void
forget_failed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  if (self->printer != NULL)
    cpt_ticket_printer_forget_failed (self->printer);
}

static void
preview_ticket_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;
  CptTicketKind kind = CPT_TICKET_KITCHEN;
  const char *word = NULL;
  gint64 row = 0;

  g_variant_get (parameter, "(x&s)", &row, &word);
  if (self->window != NULL && cpt_ticket_kind_parse (word, &kind))
    gtk_window_present (
        GTK_WINDOW (cpt_ticket_preview_new (GTK_WINDOW (self->window), self->engine, row, kind)));
}

static void
printed_cb (CptTicketPrinter *printer, const char *text, CptApplication *self)
{
  if (self->window != NULL)
    cpt_window_toast (self->window, text);
}

/* Who does not see the window hears of it all the same: a kitchen may be waiting for the paper. */
static void
notify_trouble (CptApplication *self, const char *text, gint64 row)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("A ticket was not printed"));

  g_notification_set_body (notification, text);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-order", "x", row);
  g_application_send_notification (G_APPLICATION (self), "print-trouble", notification);
}

static void
trouble_cb (CptTicketPrinter *printer, const char *text, gint64 row, CptApplication *self)
{
  if (self->window != NULL)
    cpt_window_show_print_trouble (self->window, text, cpt_ticket_printer_count_failed (printer));
  if (self->window == NULL || !gtk_window_is_active (GTK_WINDOW (self->window)))
    notify_trouble (self, text, row);
}

static void
well_cb (CptTicketPrinter *printer, CptApplication *self)
{
  g_application_withdraw_notification (G_APPLICATION (self), "print-trouble");
  if (self->window != NULL)
    cpt_window_show_print_trouble (self->window, NULL, 0);
}

void
cpt_application_make_printer (CptApplication *self)
{
  self->printer = cpt_ticket_printer_new (self->engine);
  g_signal_connect_object (self->printer, "printed", G_CALLBACK (printed_cb), self, 0);
  g_signal_connect_object (self->printer, "trouble", G_CALLBACK (trouble_cb), self, 0);
  g_signal_connect_object (self->printer, "well", G_CALLBACK (well_cb), self, 0);
}

/* --- Preferences, behind the PIN where there is one --- */

static void
open_preferences (CptApplication *self, const char *page)
{
  CptPreferencesWindow *preferences = NULL;

  if (self->window == NULL)
    return;
  preferences = cpt_preferences_window_new (GTK_WINDOW (self->window), self->engine);
  if (page != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), page);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
show_preferences (gpointer data)
{
  open_preferences (data, NULL);
}

static void
show_printing (gpointer data)
{
  open_preferences (data, "printing");
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  cpt_application_present (self);
  if (self->window != NULL)
    cpt_pin_dialog_ask (GTK_WINDOW (self->window), self->engine, show_preferences, self);
}

static void
printer_settings_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  cpt_application_present (self);
  if (self->window != NULL)
    cpt_pin_dialog_ask (GTK_WINDOW (self->window), self->engine, show_printing, self);
}

static void
try_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_try_demo (&error) && self->window != NULL)
    cpt_window_toast (self->window, error->message);
}

static void
open_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cpt_application_open (data);
}

/* The old file stays beside the fresh one, under a name that is told. */
static void
fresh_database_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *text = NULL;

  if (self->is_open || self->opening || self->window == NULL)
    return;
  kept = cpt_engine_set_database_aside (self->engine, &error);
  if (kept == NULL)
    {
      cpt_window_toast (self->window, error->message);
      return;
    }
  /* TRANSLATORS: %s is the name of a file. */
  text = g_strdup_printf (_ ("The old orders are kept as %s"), kept);
  cpt_window_tell (self->window, text);
  cpt_application_open (self);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  adw_show_about_window (GTK_WINDOW (self->window), "application-name", "Comptoir",
                         "application-icon", "io.github.comptoir.Comptoir", "version", CPT_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Connects the till of a shop or a restaurant to HubRise."),
                         "developer-name",
                         /* TRANSLATORS: the makers of Comptoir. */
                         _ ("The Comptoir contributors"), NULL);
}

static void
connected_cb (CptEngine *engine, CptApplication *self)
{
  if (self->window != NULL)
    cpt_window_tell_connected (self->window);
  cpt_application_present (self);
}

static const GActionEntry actions[] = {
  { .name = "activate", .activate = activate_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "check-now", .activate = check_now_cb },
  { .name = "show-order", .activate = show_order_cb, .parameter_type = "x" },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "print-ticket", .activate = print_ticket_cb, .parameter_type = "(xs)" },
  { .name = "print-failed", .activate = print_failed_cb },
  { .name = "forget-failed", .activate = forget_failed_cb },
  { .name = "preview-ticket", .activate = preview_ticket_cb, .parameter_type = "(xs)" },
  { .name = "printer-settings", .activate = printer_settings_cb },
  { .name = "set-orders", .activate = set_orders_cb, .parameter_type = "(iixs)" },
  { .name = "resume-orders", .activate = resume_orders_cb },
  { .name = "try-demo", .activate = try_demo_cb },
  { .name = "open-again", .activate = open_again_cb },
  { .name = "fresh-database", .activate = fresh_database_cb },
  { .name = "about", .activate = about_cb },
};

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.check-now", { "F5" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question", "F1" } },
  { "win.fullscreen", { "F11" } },
  { "win.search", { "<Control>f" } },
  { "win.new-order", { "F2" } },
  { "win.sent-orders", { "F3" } },
  { "win.place-order", { "<Control>Return", "<Control>KP_Enter" } },
  { "window.close", { "<Control>w" } },
};

/* Adds the actions and the keys that stand for them. */
void
cpt_application_add_actions (CptApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           (const char *const *)shortcuts[i].keys);
  g_signal_connect_object (self->engine, "connected", G_CALLBACK (connected_cb), self, 0);
}
