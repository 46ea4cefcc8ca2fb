/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connects this till to HubRise: opens the page, takes the code, tells how it goes.
 * Main thread only. */
#include "cpt-connect-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"

struct _CptConnectDialog
{
  AdwWindow parent_instance;

  CptEngine *engine; /* (owned) */
  char *address;     /* (owned) (nullable) the page to open */
  gboolean with_code;
  gboolean sent; /* a code is on its way */

  GtkStack *pages;
  AdwEntryRow *client_id;
  AdwPasswordEntryRow *client_secret;
  GtkLabel *explanation;
  GtkWidget *open_button;
  GtkLabel *address_label;
  GtkLabel *code_title;
  GtkEditable *code;
  GtkButton *other_way;
  GtkSwitch *received;
  GtkWidget *progress_box;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (CptConnectDialog, cpt_connect_dialog, ADW_TYPE_WINDOW)

/* @text: (nullable): %NULL when all is well */
static void
show_problem (CptConnectDialog *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* @text: (nullable): %NULL when nothing is under way */
static void
show_progress (CptConnectDialog *self, const char *text)
{
  gtk_label_set_text (self->progress, text != NULL ? text : "");
  gtk_widget_set_visible (self->progress_box, text != NULL);
  gtk_spinner_set_spinning (self->spinner, text != NULL);
}

static void
allow_input (CptConnectDialog *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean connects =
      self->sent || cpt_engine_get_connection (self->engine)->state == CPT_CONNECTION_CONNECTING;

  gtk_editable_set_editable (self->code, !connects);
  gtk_widget_action_set_enabled (widget, "connect.send-code",
                                 !connects && *gtk_editable_get_text (self->code) != '\0');
  gtk_widget_action_set_enabled (widget, "connect.other-way", !connects);
  gtk_widget_action_set_enabled (widget, "connect.open-page", !connects && self->address != NULL);
}

static void
connection_changed_cb (CptEngine *engine, CptConnectDialog *self)
{
  const CptConnection *connection = cpt_engine_get_connection (engine);
  const char *progress = NULL;

  if (connection->state == CPT_CONNECTION_CONNECTING)
    progress = connection->progress != NULL ? connection->progress : _ ("Connecting…");
  else if (!self->with_code && self->address != NULL && connection->reason == NULL)
    progress = _ ("Waiting for your answer on HubRise’s page. This window goes on by itself.");
  show_progress (self, progress);
  if (connection->state == CPT_CONNECTION_CONNECTING)
    show_problem (self, NULL);
  else if (connection->reason != NULL && !self->sent)
    show_problem (self, connection->reason);
  allow_input (self);
}

static void
show_way (CptConnectDialog *self)
{
  if (self->with_code)
    {
      gtk_label_set_text (self->explanation,
                          _ ("On HubRise’s page, log in and choose your location, customer list "
                             "and catalog. HubRise then shows a code: bring it back here."));
      gtk_label_set_text (self->code_title, _ ("Code shown by HubRise"));
      gtk_button_set_label (self->other_way, _ ("Use the browser instead"));
    }
  else
    {
      gtk_label_set_text (self->explanation,
                          _ ("On HubRise’s page, log in and choose your location, customer list "
                             "and catalog. Your browser then comes back here by itself."));
      gtk_label_set_text (self->code_title,
                          _ ("Browser on another computer? Paste the address it ends on"));
      gtk_button_set_label (self->other_way, _ ("Use a code instead"));
    }
}

static void
begin (CptConnectDialog *self)
{
  g_autoptr (GError) error = NULL;

  g_free (self->address);
  self->address = cpt_engine_begin_connect (self->engine, self->with_code, &error);
  gtk_label_set_text (self->address_label, self->address != NULL ? self->address : "");
  show_way (self);
  show_problem (self, NULL);
  connection_changed_cb (self->engine, self);
  if (self->address == NULL)
    show_problem (self, error->message);
}

static gboolean
has_client (CptConnectDialog *self)
{
  CptProfile *profile = cpt_engine_get_profile (self->engine);

  return *cpt_profile_get_root (profile, CPT_ROOT_CLIENT_ID) != '\0';
}

static void
show_first_page (CptConnectDialog *self)
{
  gboolean known = has_client (self);

  gtk_stack_set_visible_child_name (self->pages, known ? "connect" : "client");
  if (known)
    begin (self);
}

/* --- What a person presses --- */

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptConnectDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->engine != NULL)
    show_problem (self, _ ("The browser could not be opened: copy the address below and open it "
                           "yourself."));
}

/* What was refused, or nobody answered in time, is over: the browser would come back to nobody. */
static gboolean
is_over (CptConnectDialog *self)
{
  return !self->with_code && cpt_engine_get_connection (self->engine)->reason != NULL;
}

static void
open_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);
  GdkAppLaunchContext *context =
      gdk_display_get_app_launch_context (gtk_widget_get_display (widget));

  if (is_over (self))
    begin (self);
  if (self->address != NULL)
    g_app_info_launch_default_for_uri_async (self->address, G_APP_LAUNCH_CONTEXT (context), NULL,
                                             launched_cb, g_object_ref (self));
  g_object_unref (context);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
copy_address_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);

  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->address);
}

static void
other_way_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);

  self->with_code = !self->with_code;
  gtk_editable_set_text (self->code, "");
  begin (self);
  gtk_widget_grab_focus (self->open_button);
}

static void
code_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptConnectDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean connected = cpt_engine_connect_with_code_finish (CPT_ENGINE (source), result, &error);

  self->sent = FALSE;
  if (self->engine == NULL || connected)
    return;
  connection_changed_cb (self->engine, self);
  show_progress (self, NULL);
  show_problem (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
send_code_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->code)));

  if (self->sent || *text == '\0')
    return;
  self->sent = TRUE;
  cpt_engine_connect_with_code_async (self->engine, text, NULL, code_sent_cb, g_object_ref (self));
  allow_input (self);
}

static void
save_client_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));
  g_autofree char *id =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->client_id))));
  g_autofree char *secret =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->client_secret))));

  g_settings_set_string (settings, "client-id", id);
  g_settings_set_string (settings, "client-secret", secret);
  show_first_page (self);
}

static void
try_demo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_widget_activate_action (GTK_WIDGET (parent), "app.try-demo", NULL);
  gtk_window_close (GTK_WINDOW (widget));
}

static void
client_edited_cb (GtkEditable *editable, CptConnectDialog *self)
{
  const char *id = gtk_editable_get_text (GTK_EDITABLE (self->client_id));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.save-client", *id != '\0');
}

static void
code_edited_cb (GtkEditable *editable, CptConnectDialog *self)
{
  allow_input (self);
}

static void
code_entered_cb (GtkEntry *entry, CptConnectDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.send-code", NULL);
}

/* --- The object --- */

/* Not earlier: what has the focus before its window is mapped makes the window appear as a mere
 * filler on the accessibility bus. */
static void
cpt_connect_dialog_map (GtkWidget *widget)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (widget);

  GTK_WIDGET_CLASS (cpt_connect_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (has_client (self) ? self->open_button : GTK_WIDGET (self->client_id));
}

static gboolean
cpt_connect_dialog_close_request (GtkWindow *window)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (window);

  if (self->engine != NULL)
    cpt_engine_cancel_connect (self->engine);
  /* GTK's entry complains when its window goes while its cursor blinks. */
  gtk_window_set_focus (window, NULL);
  return GTK_WINDOW_CLASS (cpt_connect_dialog_parent_class)->close_request (window);
}

static void
cpt_connect_dialog_dispose (GObject *object)
{
  CptConnectDialog *self = CPT_CONNECT_DIALOG (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (cpt_connect_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, pages);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, client_id);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, client_secret);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, explanation);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, open_button);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, address_label);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, code_title);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, code);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, other_way);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, received);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, progress_box);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, spinner);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, progress);
  gtk_widget_class_bind_template_child (klass, CptConnectDialog, problem);
  gtk_widget_class_bind_template_callback (klass, client_edited_cb);
  gtk_widget_class_bind_template_callback (klass, code_edited_cb);
  gtk_widget_class_bind_template_callback (klass, code_entered_cb);
}

static void
cpt_connect_dialog_class_init (CptConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_connect_dialog_dispose;
  widget_class->map = cpt_connect_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = cpt_connect_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/cpt-connect-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "connect.open-page", NULL, open_page_cb);
  gtk_widget_class_install_action (widget_class, "connect.copy-address", NULL, copy_address_cb);
  gtk_widget_class_install_action (widget_class, "connect.other-way", NULL, other_way_cb);
  gtk_widget_class_install_action (widget_class, "connect.send-code", NULL, send_code_cb);
  gtk_widget_class_install_action (widget_class, "connect.save-client", NULL, save_client_cb);
  gtk_widget_class_install_action (widget_class, "connect.try-demo", NULL, try_demo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_connect_dialog_init (CptConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.save-client", FALSE);
  cpt_compat_name_inside (GTK_WIDGET (self->client_secret), GTK_TYPE_BUTTON,
                          _ ("Show or hide the secret"));
}

/**
 * cpt_connect_dialog_new:
 * @parent: the window behind
 * @engine: the engine to connect
 *
 * Begins an authorisation at once, so that its address can be shown; closing the dialog ends it.
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
CptConnectDialog *
cpt_connect_dialog_new (GtkWindow *parent, CptEngine *engine)
{
  CptConnectDialog *self =
      g_object_new (CPT_TYPE_CONNECT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (engine));

  self->engine = g_object_ref (engine);
  self->with_code = cpt_engine_prefers_code (engine);
  g_settings_bind (settings, "send-received", self->received, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (connection_changed_cb), self,
                           0);
  show_way (self);
  show_first_page (self);
  return self;
}
