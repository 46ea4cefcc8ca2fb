/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Connection information": ids, places and times of the connection, and how support
 * gets in. Main thread only. */
#include "cpt-connection-info.h"

#include <glib/gi18n-lib.h>

#include "cpt-info-row.h"
#include "cpt-stock-status.h"
#include "cpt-support-text.h"

typedef enum
{
  ROW_ACCOUNT,
  ROW_LOCATION,
  ROW_CATALOG,
  ROW_CUSTOMER_LIST,
  ROW_ADDRESS,
  ROW_TIME_ZONE,
  ROW_SINCE,
  ROW_SUCCESS,
  ROW_FAILURE,
  ROW_SOUND,
  ROW_API,
  ROW_ENVIRONMENT,
  ROW_TOKEN,
  ROW_FILE,
  N_ROWS,
} Row;

struct _CptConnectionInfo
{
  AdwBin parent_instance;

  CptEngine *engine; /* (owned) */
  CptAlert *alert;   /* (owned) (nullable) */
  CptInfoRow *rows[N_ROWS];

  GtkWidget *stock_place;
  GtkBox *rows_box;
  GtkButton *connect;
  GtkLabel *support_text;
};

G_DEFINE_FINAL_TYPE (CptConnectionInfo, cpt_connection_info, ADW_TYPE_BIN)

static const struct
{
  const char *caption;
  gboolean can_copy;
} captions[N_ROWS] = {
  /* TRANSLATORS: HubRise's account. */
  [ROW_ACCOUNT] = { N_ ("Account"), TRUE },
  /* TRANSLATORS: a shop or restaurant on HubRise. */
  [ROW_LOCATION] = { N_ ("Location"), TRUE },
  /* TRANSLATORS: of products. */
  [ROW_CATALOG] = { N_ ("Catalog"), TRUE },
  /* TRANSLATORS: HubRise's list of customers. */
  [ROW_CUSTOMER_LIST] = { N_ ("Customer list"), TRUE },
  /* TRANSLATORS: of the location. */
  [ROW_ADDRESS] = { N_ ("Address"), FALSE },
  /* TRANSLATORS: of the location. */
  [ROW_TIME_ZONE] = { N_ ("Time zone"), FALSE },
  /* TRANSLATORS: before a date. */
  [ROW_SINCE] = { N_ ("Connected since"), FALSE },
  /* TRANSLATORS: of a check, before a date. */
  [ROW_SUCCESS] = { N_ ("Last success"), FALSE },
  /* TRANSLATORS: of a check, before a date and a reason. */
  [ROW_FAILURE] = { N_ ("Last failure"), FALSE },
  /* TRANSLATORS: that announces orders. */
  [ROW_SOUND] = { N_ ("Sound"), FALSE },
  /* TRANSLATORS: the address of HubRise's programming interface. */
  [ROW_API] = { N_ ("HubRise’s address"), TRUE },
  /* TRANSLATORS: variables of the environment that decide for the preferences. */
  [ROW_ENVIRONMENT] = { N_ ("Decided by the environment"), FALSE },
  [ROW_TOKEN] = { N_ ("The key to HubRise is kept in"), FALSE },
  [ROW_FILE] = { N_ ("The orders are kept in"), TRUE },
};

static void
cpt_connection_info_dispose (GObject *object)
{
  CptConnectionInfo *self = CPT_CONNECTION_INFO (object);

  g_clear_object (&self->alert);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_connection_info_parent_class)->dispose (object);
}

static void
cpt_connection_info_class_init (CptConnectionInfoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_connection_info_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/hubrise-page/cpt-connection-info.ui");
  gtk_widget_class_bind_template_child (widget_class, CptConnectionInfo, rows_box);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionInfo, stock_place);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionInfo, connect);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionInfo, support_text);
}

/* Two of them stand side by side: in a wide font their words take two lines, not more room. */
static void
let_buttons_wrap (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  if (GTK_IS_LABEL (child))
    {
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (child), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
      return;
    }
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_buttons_wrap (child);
}

static void
cpt_connection_info_init (CptConnectionInfo *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  let_buttons_wrap (GTK_WIDGET (self));
  for (int i = 0; i < N_ROWS; i++)
    {
      self->rows[i] =
          CPT_INFO_ROW (cpt_info_row_new (_ (captions[i].caption), captions[i].can_copy));
      gtk_box_append (self->rows_box, GTK_WIDGET (self->rows[i]));
    }
}

/* --- The rows --- */

static void
show_time (CptConnectionInfo *self, Row row, CptTime time, const char *words)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *text = cpt_time_format_full (time, zone);
  g_autofree char *joined = NULL;

  if (words != NULL && *text != '\0')
    joined = g_strdup_printf ("%s\n%s", text, words);
  cpt_info_row_set (self->rows[row], NULL, joined != NULL ? joined : (*text != '\0' ? text : NULL));
}

static void
show_api (CptConnectionInfo *self)
{
  CptProfile *profile = cpt_engine_get_profile (self->engine);
  const char *variable = cpt_profile_get_root_variable (profile, CPT_ROOT_API);
  g_autofree char *decided = NULL;

  if (variable != NULL)
    /* TRANSLATORS: %s is the name of an environment variable. */
    decided = g_strdup_printf (_ ("decided by %s"), variable);
  cpt_info_row_set (self->rows[ROW_API], decided, cpt_profile_get_root (profile, CPT_ROOT_API));
}

static void
show_environment (CptConnectionInfo *self)
{
  g_autofree char *lines = cpt_profile_dup_environment (cpt_engine_get_profile (self->engine));

  cpt_info_row_set (self->rows[ROW_ENVIRONMENT], NULL, lines);
}

static void
show_token (CptConnectionInfo *self, const char *place)
{
  const char *text = NULL;

  if (g_strcmp0 (place, "keyring") == 0)
    text = _ ("the keyring of this desktop");
  else if (g_strcmp0 (place, "file") == 0)
    text = _ ("a file only this user can read, as this desktop has no keyring");
  cpt_info_row_set (self->rows[ROW_TOKEN], NULL, text);
}

static void
show_binding (CptConnectionInfo *self, const CptConnection *connection)
{
  g_autofree char *address = cpt_support_text_address (connection);

  cpt_info_row_set (self->rows[ROW_ACCOUNT], connection->account_name, connection->account_id);
  cpt_info_row_set (self->rows[ROW_LOCATION], connection->location_name, connection->location_id);
  cpt_info_row_set (self->rows[ROW_CATALOG], connection->catalog_name, connection->catalog_id);
  cpt_info_row_set (self->rows[ROW_CUSTOMER_LIST], connection->customer_list_name,
                    connection->customer_list_id);
  cpt_info_row_set (self->rows[ROW_ADDRESS], NULL, address);
  cpt_info_row_set (self->rows[ROW_TIME_ZONE], NULL, connection->time_zone);
  show_time (self, ROW_SINCE, connection->connected_since, NULL);
  show_time (self, ROW_SUCCESS, connection->last_success, NULL);
  show_time (self, ROW_FAILURE, connection->last_failure, connection->last_failure_reason);
  show_token (self, connection->token_place);
}

static void
show_machine (CptConnectionInfo *self)
{
  const char *sound = self->alert != NULL ? cpt_alert_get_sound_problem (self->alert) : NULL;
  g_autofree char *path = cpt_engine_dup_database_path (self->engine);

  cpt_info_row_set (self->rows[ROW_SOUND], NULL, sound);
  cpt_info_row_set_alarm (self->rows[ROW_SOUND], sound != NULL);
  cpt_info_row_set (self->rows[ROW_FILE], NULL, path);
  show_api (self);
  show_environment (self);
}

static void
show_actions (CptConnectionInfo *self, CptConnectionState state)
{
  gboolean none = state == CPT_CONNECTION_NONE || state == CPT_CONNECTION_CONNECTING;

  gtk_button_set_label (self->connect, none ? _ ("Connect") : _ ("Disconnect"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->connect),
                                  none ? "win.connect" : "win.disconnect");
}

static void
show_support (CptConnectionInfo *self)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));
  g_autofree char *email = g_settings_get_string (settings, "support-email");
  g_autofree char *text = NULL;

  if (*email != '\0')
    text = g_strdup_printf (
        /* TRANSLATORS: %s is an e-mail address; Configuration, Permissions and Manager are words of
           HubRise's pages. */
        _ ("On HubRise, open Configuration > Permissions, press + and add %s as Manager. Take the "
           "access back there when all is well. A password is never shared, with nobody."),
        email);
  else
    text = g_strdup (
        /* TRANSLATORS: Configuration, Permissions and Manager are words of HubRise's pages. */
        _ ("On HubRise, open Configuration > Permissions, press + and add your support’s e-mail "
           "address as Manager (it can be noted in the preferences). A password is never shared, "
           "with nobody."));
  gtk_label_set_text (self->support_text, text);
}

static void
refresh (CptConnectionInfo *self)
{
  const CptConnection *connection = cpt_engine_get_connection (self->engine);

  show_binding (self, connection);
  show_machine (self);
  show_actions (self, connection->state);
}

/**
 * cpt_connection_info_new:
 * @engine: the engine
 * @alert: (nullable): the alerts, which may have a problem with the sound
 *
 * Returns: (transfer floating): the pane
 */
CptConnectionInfo *
cpt_connection_info_new (CptEngine *engine, CptAlert *alert)
{
  CptConnectionInfo *self = g_object_new (CPT_TYPE_CONNECTION_INFO, NULL);

  self->engine = g_object_ref (engine);
  adw_bin_set_child (ADW_BIN (self->stock_place), cpt_stock_status_new (engine, 0));
  g_set_object (&self->alert, alert);
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (cpt_profile_get_settings (cpt_engine_get_profile (engine)),
                           "changed::support-email", G_CALLBACK (show_support), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_support (self);
  refresh (self);
  return self;
}
