/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a new user begins: connect this till, or try the demo shop. Main thread only. */
#include "cpt-start-page.h"

#include <glib/gi18n-lib.h>

struct _CptStartPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkWidget *buttons;
  GtkWidget *try_demo;
};

G_DEFINE_FINAL_TYPE (CptStartPage, cpt_start_page, ADW_TYPE_BIN)

static void
cpt_start_page_class_init (CptStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/comptoir/Comptoir/cpt-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CptStartPage, status);
  gtk_widget_class_bind_template_child (widget_class, CptStartPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, CptStartPage, try_demo);
}

static void
cpt_start_page_init (CptStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The demo shop connects by itself: there the page only asks for a moment's patience. */
static void
refresh (CptStartPage *self, CptEngine *engine)
{
  gboolean is_demo = g_str_equal (cpt_profile_get_name (cpt_engine_get_profile (engine)), "demo");
  gboolean connects =
      is_demo || cpt_engine_get_connection (engine)->state == CPT_CONNECTION_CONNECTING;

  gtk_widget_set_visible (self->buttons, !connects);
  gtk_widget_set_visible (self->try_demo, !is_demo);
  if (connects)
    {
      adw_status_page_set_title (self->status, _ ("Connecting…"));
      adw_status_page_set_description (self->status, _ ("The first orders appear in a moment."));
      return;
    }
  adw_status_page_set_title (self->status, _ ("Connect this till to HubRise"));
  adw_status_page_set_description (
      self->status, _ ("Web orders from your platforms then come in here, and what you decide goes "
                       "back to them. To look around first, try the demo shop: nothing there is "
                       "real."));
}

static void
connection_changed_cb (CptEngine *engine, CptStartPage *self)
{
  refresh (self, engine);
}

/**
 * cpt_start_page_new:
 * @engine: the engine that is not connected yet
 *
 * Returns: (transfer floating): the page
 */
CptStartPage *
cpt_start_page_new (CptEngine *engine)
{
  CptStartPage *self = g_object_new (CPT_TYPE_START_PAGE, NULL);

  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (connection_changed_cb), self,
                           0);
  refresh (self, engine);
  return self;
}
