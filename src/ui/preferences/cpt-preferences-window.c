/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: each acts at once. Main thread only. */
#include "cpt-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-deadline-editor.h"
#include "cpt-payment-editor.h"
#include "cpt-print-preferences.h"
#include "cpt-sale-preferences.h"
#include "cpt-stock-preferences.h"
#include "cpt-till-preferences.h"
#include "cpt-typed-row.h"

struct _CptPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  CptProfile *profile; /* (owned) */
  gboolean drops;      /* what was typed and not applied goes with the window */

  AdwPreferencesGroup *till_orders;
  GtkWidget *sending;
  GtkWidget *send_received;
  GtkWidget *send_order_events;
  GtkWidget *check_interval;
  GtkWidget *keep_days;
  GtkWidget *default_deadline;
  CptDeadlineEditor *deadlines;
  CptPaymentEditor *payments;
  GtkWidget *alert_window;
  GtkWidget *alert_sound;
  GtkWidget *alert_notification;
  GtkWidget *alert_interval;
  GtkWidget *background;
  GtkWidget *support_email;
  GtkWidget *connect_with;
  GtkWidget *api_url;
  GtkWidget *oauth_url;
  GtkWidget *client_id;
  GtkWidget *client_secret;
};

G_DEFINE_FINAL_TYPE (CptPreferencesWindow, cpt_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* --- Where HubRise is --- */

static const char *const root_keys[CPT_N_ROOTS] = {
  [CPT_ROOT_API] = "api-url",
  [CPT_ROOT_OAUTH] = "oauth-url",
  [CPT_ROOT_CLIENT_ID] = "client-id",
  [CPT_ROOT_CLIENT_SECRET] = "client-secret",
};

static void
get_root_rows (CptPreferencesWindow *self, GtkWidget *rows[CPT_N_ROOTS])
{
  rows[CPT_ROOT_API] = self->api_url;
  rows[CPT_ROOT_OAUTH] = self->oauth_url;
  rows[CPT_ROOT_CLIENT_ID] = self->client_id;
  rows[CPT_ROOT_CLIENT_SECRET] = self->client_secret;
}

/* Roots take effect with the next connection, not with every letter: the row has an apply button.
 * An empty one goes back to what the program came with. */
static void
root_applied_cb (AdwEntryRow *row, CptPreferencesWindow *self)
{
  GtkWidget *rows[CPT_N_ROOTS];
  GSettings *settings = cpt_profile_get_settings (self->profile);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  get_root_rows (self, rows);
  for (int i = 0; i < CPT_N_ROOTS; i++)
    {
      if (rows[i] != GTK_WIDGET (row))
        continue;
      if (*text != '\0')
        g_settings_set_string (settings, root_keys[i], text);
      else
        g_settings_reset (settings, root_keys[i]);
    }
}

static void
show_root (GtkWidget *row, CptProfile *profile, CptRoot root)
{
  GSettings *settings = cpt_profile_get_settings (profile);
  const char *variable = cpt_profile_get_root_variable (profile, root);
  g_autofree char *text = g_settings_get_string (settings, root_keys[root]);
  g_autofree char *title = NULL;

  if (variable == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      return;
    }
  /* TRANSLATORS: 1: "Client id" for instance, 2: name of an environment variable. */
  title = g_strdup_printf (_ ("%1$s (decided by %2$s)"),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), variable);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (root != CPT_ROOT_CLIENT_SECRET)
    gtk_editable_set_text (GTK_EDITABLE (row), cpt_profile_get_root (profile, root));
  gtk_widget_set_sensitive (row, FALSE);
}

static void
show_roots (CptPreferencesWindow *self)
{
  GtkWidget *rows[CPT_N_ROOTS];

  get_root_rows (self, rows);
  for (int i = 0; i < CPT_N_ROOTS; i++)
    {
      gboolean is_address = i == CPT_ROOT_API || i == CPT_ROOT_OAUTH;

      show_root (rows[i], self->profile, i);
      cpt_typed_row_watch (ADW_ENTRY_ROW (rows[i]), is_address ? cpt_profile_check_address : NULL);
      g_signal_connect_object (rows[i], "apply", G_CALLBACK (root_applied_cb), self, 0);
    }
}

/* --- Bindings --- */

static const char *const ways[] = { "auto", "code", "browser" };

static gboolean
way_to_position (GValue *value, GVariant *variant, gpointer data)
{
  const char *way = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (way, ways[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
position_to_way (const GValue *value, const GVariantType *type, gpointer data)
{
  guint position = g_value_get_uint (value);

  return g_variant_new_string (ways[position < G_N_ELEMENTS (ways) ? position : 0]);
}

static void
bind (CptPreferencesWindow *self)
{
  const struct
  {
    const char *key;
    GtkWidget *widget;
    const char *property;
  } bindings[] = {
    { "sending", self->sending, "active" },
    { "send-received", self->send_received, "active" },
    { "send-order-events", self->send_order_events, "active" },
    { "check-interval", self->check_interval, "value" },
    { "keep-days", self->keep_days, "value" },
    { "default-deadline", self->default_deadline, "value" },
    { "alert-window", self->alert_window, "active" },
    { "alert-sound", self->alert_sound, "active" },
    { "alert-notification", self->alert_notification, "active" },
    { "alert-interval", self->alert_interval, "value" },
    { "background", self->background, "active" },
    { "support-email", self->support_email, "text" },
  };
  GSettings *settings = cpt_profile_get_settings (self->profile);

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (settings, bindings[i].key, bindings[i].widget, bindings[i].property,
                     G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "connect-with", self->connect_with, "selected",
                                G_SETTINGS_BIND_DEFAULT, way_to_position, position_to_way, NULL,
                                NULL);
  cpt_deadline_editor_set_settings (self->deadlines, settings);
  cpt_payment_editor_set_settings (self->payments, settings);
}

/* --- Closing: what was typed is not lost --- */

static void
drop_and_close (CptPreferencesWindow *self)
{
  self->drops = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
apply_and_close (CptPreferencesWindow *self)
{
  g_autoptr (GPtrArray) pending = cpt_typed_row_list_pending (GTK_WIDGET (self));

  for (guint i = 0; i < pending->len; i++)
    cpt_typed_row_apply (pending->pdata[i]);
  gtk_window_close (GTK_WINDOW (self));
}

/* The dialog is still there when it answers, and GTK 4.8 does not bear that its parent goes first.
 */
static void
answered_cb (AdwMessageDialog *dialog, const char *response, CptPreferencesWindow *self)
{
  if (g_str_equal (response, "back"))
    return;
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "apply"))
    apply_and_close (self);
  else
    drop_and_close (self);
}

/* A line for each; what is wrong with it stands there too. */
static char *
describe (GPtrArray *pending, gboolean *all_right)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *all_right = TRUE;
  for (guint i = 0; i < pending->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              adw_preferences_row_get_title (pending->pdata[i]));
      if (cpt_typed_row_check (pending->pdata[i], &error))
        continue;
      g_string_append_printf (text, "\n%s", error->message);
      *all_right = FALSE;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask (CptPreferencesWindow *self, GPtrArray *pending)
{
  gboolean all_right = FALSE;
  g_autofree char *body = describe (pending, &all_right);
  const char *title = all_right ? _ ("Apply what you typed?") : _ ("This cannot be applied");
  GtkWidget *widget = adw_message_dialog_new (GTK_WINDOW (self), title, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  gtk_window_set_title (GTK_WINDOW (widget), title);
  /* TRANSLATORS: to the preferences, where something was typed. */
  adw_message_dialog_add_response (dialog, "back", _ ("Go back"));
  /* TRANSLATORS: what was typed in the preferences. */
  adw_message_dialog_add_response (dialog, "drop", _ ("Do not apply"));
  adw_message_dialog_set_response_appearance (dialog, "drop", ADW_RESPONSE_DESTRUCTIVE);
  if (all_right)
    {
      /* TRANSLATORS: what was typed in the preferences. */
      adw_message_dialog_add_response (dialog, "apply", _ ("Apply"));
      adw_message_dialog_set_response_appearance (dialog, "apply", ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_default_response (dialog, "back");
  adw_message_dialog_set_close_response (dialog, "back");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (widget));
}

/* What can do no harm is applied when the keyboard leaves it. What decides where this till connects
 * and who gets in here is not taken over by the way: a person says so. */
static gboolean
cpt_preferences_window_close_request (GtkWindow *window)
{
  CptPreferencesWindow *self = CPT_PREFERENCES_WINDOW (window);
  g_autoptr (GPtrArray) pending = NULL;

  gtk_window_set_focus (window, NULL);
  pending = cpt_typed_row_list_pending (GTK_WIDGET (window));
  if (pending->len > 0 && !self->drops)
    {
      ask (self, pending);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (cpt_preferences_window_parent_class)->close_request (window);
}

/* --- The object --- */

static void
cpt_preferences_window_dispose (GObject *object)
{
  g_clear_object (&CPT_PREFERENCES_WINDOW (object)->profile);
  G_OBJECT_CLASS (cpt_preferences_window_parent_class)->dispose (object);
}

static void
cpt_preferences_window_class_init (CptPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_preferences_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cpt_preferences_window_close_request;
  g_type_ensure (CPT_TYPE_DEADLINE_EDITOR);
  g_type_ensure (CPT_TYPE_PAYMENT_EDITOR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/preferences/cpt-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, till_orders);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, sending);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, send_received);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, send_order_events);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, check_interval);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, keep_days);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, default_deadline);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, deadlines);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, payments);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, alert_window);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, alert_sound);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, alert_notification);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, alert_interval);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, background);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, support_email);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, connect_with);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, api_url);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, oauth_url);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, client_id);
  gtk_widget_class_bind_template_child (widget_class, CptPreferencesWindow, client_secret);
}

static void
cpt_preferences_window_init (CptPreferencesWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = cpt_compat_new_text_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_factory (ADW_COMBO_ROW (self->connect_with), factory);
  cpt_compat_name_inside (self->client_secret, GTK_TYPE_BUTTON, _ ("Show or hide the secret"));
  /* TRANSLATORS: in the preferences. */
  cpt_compat_name_inside (GTK_WIDGET (self), GTK_TYPE_SEARCH_ENTRY, _ ("Search"));
}

/**
 * cpt_preferences_window_new:
 * @parent: the window behind
 * @engine: the engine whose profile's settings are shown
 *
 * Returns: (transfer none): the window, which GTK owns
 */
CptPreferencesWindow *
cpt_preferences_window_new (GtkWindow *parent, CptEngine *engine)
{
  CptPreferencesWindow *self =
      g_object_new (CPT_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->profile = g_object_ref (cpt_engine_get_profile (engine));
  bind (self);
  show_roots (self);
  cpt_sale_preferences_fill (self->till_orders, cpt_profile_get_settings (self->profile));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              cpt_stock_preferences_new (cpt_profile_get_settings (self->profile)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              cpt_print_preferences_new (cpt_profile_get_settings (self->profile),
                                                         cpt_engine_get_clock (engine)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              cpt_till_preferences_new (self->profile));
  return self;
}
