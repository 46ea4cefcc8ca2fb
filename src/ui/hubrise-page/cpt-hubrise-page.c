/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "HubRise": what this till is connected to and every exchange with HubRise.
 * Main thread only. */
#include "cpt-hubrise-page.h"

#include "cpt-activity-pane.h"
#include "cpt-connection-info.h"
#include "cpt-exchange-log.h"

struct _CptHubrisePage
{
  AdwBin parent_instance;

  GtkWidget *info_place;
  GtkWidget *activity_place;
  GtkWidget *log_place;
};

G_DEFINE_FINAL_TYPE (CptHubrisePage, cpt_hubrise_page, ADW_TYPE_BIN)

static void
cpt_hubrise_page_class_init (CptHubrisePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/hubrise-page/cpt-hubrise-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CptHubrisePage, info_place);
  gtk_widget_class_bind_template_child (widget_class, CptHubrisePage, activity_place);
  gtk_widget_class_bind_template_child (widget_class, CptHubrisePage, log_place);
}

static void
cpt_hubrise_page_init (CptHubrisePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cpt_hubrise_page_new:
 * @engine: the engine
 * @alert: (nullable): the alerts, which may have a problem with the sound
 *
 * Returns: (transfer floating): the view
 */
CptHubrisePage *
cpt_hubrise_page_new (CptEngine *engine, CptAlert *alert)
{
  CptHubrisePage *self = g_object_new (CPT_TYPE_HUBRISE_PAGE, NULL);

  adw_bin_set_child (ADW_BIN (self->info_place),
                     GTK_WIDGET (cpt_connection_info_new (engine, alert)));
  adw_bin_set_child (ADW_BIN (self->activity_place), GTK_WIDGET (cpt_activity_pane_new (engine)));
  adw_bin_set_child (ADW_BIN (self->log_place), GTK_WIDGET (cpt_exchange_log_new (engine)));
  return self;
}

/**
 * cpt_hubrise_page_focus_search:
 * @self: the view
 *
 * Moves the keyboard into the search field of the log.
 */
void
cpt_hubrise_page_focus_search (CptHubrisePage *self)
{
  g_return_if_fail (CPT_IS_HUBRISE_PAGE (self));

  cpt_exchange_log_focus_search (CPT_EXCHANGE_LOG (adw_bin_get_child (ADW_BIN (self->log_place))));
}
