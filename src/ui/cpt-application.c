/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one per id, what it opens at the start and ends at the quit.
 * Main thread only. */
#include "cpt-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "cpt-plain-popovers.h"
#include "cpt-ui.h"

#define RESOURCES  "/io/github/comptoir/Comptoir"
#define BACKGROUND "background"
/* A printer that works takes a moment. */
#define PRINT_PATIENCE_MS (10 * CPT_SECOND)

G_DEFINE_FINAL_TYPE (CptApplication, cpt_application, ADW_TYPE_APPLICATION)

static void
cpt_application_dispose (GObject *object)
{
  CptApplication *self = CPT_APPLICATION (object);

  g_clear_handle_id (&self->term_source, g_source_remove);
  g_clear_object (&self->reminder);
  g_clear_object (&self->printer);
  g_clear_object (&self->alert);
  g_clear_object (&self->demo_shop);
  g_clear_object (&self->engine);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->demo_code, g_free);
  g_clear_error (&self->open_error);
  G_OBJECT_CLASS (cpt_application_parent_class)->dispose (object);
}

/* --- Quitting: no new work, commits finished, database closed --- */

static void
end (CptApplication *self)
{
  if (self->demo_shop != NULL)
    cpt_demo_shop_stop (self->demo_shop);
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

static void
engine_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_close_finish (CPT_ENGINE (source), result, &error))
    g_warning ("Closing: %s", error->message);
  end (self);
}

/* What is being opened is closed once it is open; what could not be opened needs no closing. */
static void
close_engine (CptApplication *self)
{
  if (self->opening)
    return;
  if (self->is_open)
    cpt_engine_close_async (self->engine, engine_closed_cb, g_object_ref (self));
  else
    end (self);
}

static void
end_printing (CptApplication *self)
{
  cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->print_timer);
  if (self->printer != NULL)
    g_signal_handlers_disconnect_by_data (self->printer, self);
  g_clear_object (&self->printer);
  close_engine (self);
}

static void
idle_cb (gpointer data)
{
  g_autoptr (CptApplication) self = data;

  if (self->printer != NULL && !cpt_ticket_printer_is_busy (self->printer))
    end_printing (self);
}

/* The printer is in the middle of telling. */
static void
printer_idle_cb (CptTicketPrinter *printer, CptApplication *self)
{
  g_idle_add_once (idle_cb, g_object_ref (self));
}

static gboolean
patience_over_cb (gpointer data)
{
  CptApplication *self = data;

  self->print_timer = 0;
  end_printing (self);
  return G_SOURCE_REMOVE;
}

/* Who closes the shop right after a press still wants the ticket; a printer that does not answer
 * keeps nobody from closing it. */
static void
finish_printing (CptApplication *self)
{
  if (self->printer == NULL || !cpt_ticket_printer_is_busy (self->printer))
    {
      end_printing (self);
      return;
    }
  g_signal_connect (self->printer, "idle", G_CALLBACK (printer_idle_cb), self);
  self->print_timer = cpt_clock_add_timer (cpt_engine_get_clock (self->engine), PRINT_PATIENCE_MS,
                                           patience_over_cb, self, NULL);
}

void
cpt_application_quit (CptApplication *self)
{
  if (self->quitting)
    return;
  self->quitting = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_application_hold (G_APPLICATION (self));
  g_application_withdraw_notification (G_APPLICATION (self), BACKGROUND);
  g_clear_object (&self->reminder);
  g_clear_object (&self->alert);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  finish_printing (self);
}

/* --- Opening --- */

static void
demo_connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_connect_with_code_finish (CPT_ENGINE (source), result, &error) &&
      self->window != NULL)
    cpt_window_toast (self->window, error->message);
}

static void
connect_demo (CptApplication *self)
{
  if (self->demo_code == NULL)
    return;
  cpt_engine_connect_with_code_async (self->engine, self->demo_code, NULL, demo_connected_cb,
                                      g_object_ref (self));
  g_clear_pointer (&self->demo_code, g_free);
}

static void
engine_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptApplication) self = data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->is_open = cpt_engine_open_finish (CPT_ENGINE (source), result, &error);
  g_clear_error (&self->open_error);
  self->open_error = g_steal_pointer (&error);
  if (self->window != NULL)
    cpt_window_show_opened (self->window, self->open_error);
  if (self->quitting)
    close_engine (self);
  else if (self->is_open)
    {
      cpt_ticket_printer_start (self->printer);
      connect_demo (self);
    }
}

static void
open_engine (CptApplication *self)
{
  cpt_engine_open_async (self->engine, self->cancellable, engine_opened_cb, g_object_ref (self));
}

/* The demo shop's address must be known before the engine looks for its own. */
static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptApplication) self = data;
  g_autoptr (GError) error = NULL;

  self->demo_code = cpt_demo_shop_start_finish (CPT_DEMO_SHOP (source), result, &error);
  if (self->demo_code != NULL && !self->quitting)
    {
      open_engine (self);
      return;
    }
  self->opening = FALSE;
  if (self->quitting)
    {
      close_engine (self);
      return;
    }
  g_clear_error (&self->open_error);
  self->open_error = g_steal_pointer (&error);
  if (self->window != NULL)
    cpt_window_show_opened (self->window, self->open_error);
}

void
cpt_application_open (CptApplication *self)
{
  if (self->opening || self->is_open || self->quitting)
    return;
  self->opening = TRUE;
  if (self->demo_shop != NULL && self->demo_code == NULL)
    cpt_demo_shop_start_async (self->demo_shop, cpt_engine_get_profile (self->engine), NULL,
                               demo_started_cb, g_object_ref (self));
  else
    open_engine (self);
}

static gboolean
terminated_cb (gpointer data)
{
  CptApplication *self = data;

  self->term_source = 0;
  cpt_application_quit (self);
  return G_SOURCE_REMOVE;
}

/* --- The window --- */

static gboolean
stays_in_background (CptApplication *self)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  return self->demo_shop == NULL && self->is_open &&
         cpt_engine_get_lock_holder (self->engine) == 0 &&
         cpt_engine_get_connection (self->engine)->state != CPT_CONNECTION_NONE &&
         g_settings_get_boolean (settings, "background");
}

static void
tell_background (CptApplication *self)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("Comptoir goes on working"));

  g_notification_set_body (notification,
                           _ ("It keeps looking for orders and rings when one comes in. Start it "
                              "again to see its window."));
  g_notification_set_default_action (notification, "app.activate");
  /* TRANSLATORS: ends the program. */
  g_notification_add_button (notification, _ ("Quit"), "app.quit");
  g_application_send_notification (G_APPLICATION (self), BACKGROUND, notification);
}

static gboolean
close_request_cb (GtkWindow *window, CptApplication *self)
{
  if (self->quitting)
    return FALSE;
  if (!stays_in_background (self))
    {
      cpt_application_quit (self);
      return TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  if (!self->told_background)
    tell_background (self);
  self->told_background = TRUE;
  return TRUE;
}

static void
detail_shown_cb (CptWindow *window, gint64 row, CptApplication *self)
{
  if (self->alert != NULL)
    cpt_alert_set_detail_row (self->alert, row);
}

static void
make_window (CptApplication *self)
{
  self->window = cpt_window_new (GTK_APPLICATION (self), self->engine, self->alert);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  g_signal_connect (self->window, "close-request", G_CALLBACK (close_request_cb), self);
  g_signal_connect (self->window, "detail-shown", G_CALLBACK (detail_shown_cb), self);
  if (!self->opening && (self->is_open || self->open_error != NULL))
    cpt_window_show_opened (self->window, self->open_error);
}

void
cpt_application_present (CptApplication *self)
{
  if (self->quitting)
    return;
  if (self->window == NULL)
    make_window (self);
  g_application_withdraw_notification (G_APPLICATION (self), BACKGROUND);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
cpt_application_activate (GApplication *app)
{
  cpt_application_present (CPT_APPLICATION (app));
}

static void
cpt_application_startup (GApplication *app)
{
  CptApplication *self = CPT_APPLICATION (app);

  G_APPLICATION_CLASS (cpt_application_parent_class)->startup (app);
  cpt_ui_init ();
  cpt_plain_popovers_watch (gdk_display_get_default ());
  cpt_application_add_actions (self);
  self->term_source = g_unix_signal_add (SIGTERM, terminated_cb, self);
  self->alert = cpt_alert_new (self->engine, GTK_APPLICATION (self));
  cpt_application_make_printer (self);
  self->reminder = cpt_pause_reminder_new (self->engine, app);
  cpt_application_open (self);
}

static void
cpt_application_class_init (CptApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_application_dispose;
  G_APPLICATION_CLASS (klass)->activate = cpt_application_activate;
  G_APPLICATION_CLASS (klass)->startup = cpt_application_startup;
}

static void
cpt_application_init (CptApplication *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * cpt_application_new:
 * @engine: a closed engine, opened at the start and closed at the quit
 * @demo_shop: (nullable): the demo shop to start and to connect to
 *
 * Returns: (transfer full): the application, with its profile's id
 */
CptApplication *
cpt_application_new (CptEngine *engine, CptDemoShop *demo_shop)
{
  const char *id = cpt_profile_get_application_id (cpt_engine_get_profile (engine));
  CptApplication *self = g_object_new (CPT_TYPE_APPLICATION, "application-id", id,
                                       "resource-base-path", RESOURCES, NULL);

  self->engine = g_object_ref (engine);
  g_set_object (&self->demo_shop, demo_shop);
  return self;
}
