/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that need no window, shared by menu, shortcuts, notifications and the message bus.
 * Main thread only. */
#include "cpt-application-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-preferences-window.h"
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

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptApplication *self = data;

  cpt_application_present (self);
  if (self->window != NULL)
    gtk_window_present (
        GTK_WINDOW (cpt_preferences_window_new (GTK_WINDOW (self->window), self->engine)));
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
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.fullscreen", { "F11" } },
  { "win.search", { "<Control>f" } },
  { "win.new-order", { "F2" } },
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
