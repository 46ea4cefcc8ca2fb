/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shown instead of the shop when its database cannot be opened, with the ways out.
 * Main thread only. */
#include "cpt-trouble-page.h"

#include <glib/gi18n-lib.h>

struct _CptTroublePage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkLabel *path;
  GtkLabel *detail;
  GtkWidget *fresh;
};

G_DEFINE_FINAL_TYPE (CptTroublePage, cpt_trouble_page, ADW_TYPE_BIN)

static void
cpt_trouble_page_class_init (CptTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/comptoir/Comptoir/cpt-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CptTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, CptTroublePage, path);
  gtk_widget_class_bind_template_child (widget_class, CptTroublePage, detail);
  gtk_widget_class_bind_template_child (widget_class, CptTroublePage, fresh);
}

static void
cpt_trouble_page_init (CptTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const struct
{
  int code;
  const char *title;
  const char *description;
  gboolean fresh;
} troubles[] = {
  { CPT_ENGINE_ERROR_NEWER_DATABASE, N_ ("These orders belong to a newer Comptoir"),
    N_ ("The file was last used by a newer version and has not been touched. Install that version "
        "again, or keep the file and start with a fresh one."),
    TRUE },
  { CPT_ENGINE_ERROR_DAMAGED_DATABASE, N_ ("The file with the orders is damaged"),
    N_ ("It has not been touched. Keep it, start with a fresh one and connect again: HubRise gives "
        "the orders of the last 30 days once more. The folder “backup” beside it holds copies."),
    TRUE },
  { CPT_ENGINE_ERROR_READ_ONLY, N_ ("The orders cannot be written"),
    N_ ("Comptoir may not write to its folder. Have the rights of the folder set right, then try "
        "again."),
    FALSE },
  { CPT_ENGINE_ERROR_FULL, N_ ("The disk is full"),
    N_ ("Free some space, then try again. Nothing has been lost."), FALSE },
  { CPT_ENGINE_ERROR_BUSY, N_ ("Another program holds the orders"),
    N_ ("Close the program that works on this file, then try again. Nothing has been lost."),
    FALSE },
  { CPT_ENGINE_ERROR_LOCKED, N_ ("Another Comptoir works with these orders"),
    N_ ("Use its window, or quit it and try again."), FALSE },
};

/**
 * cpt_trouble_page_show:
 * @self: the page
 * @engine: the engine that could not be opened
 * @error: why
 */
void
cpt_trouble_page_show (CptTroublePage *self, CptEngine *engine, const GError *error)
{
  const char *title = _ ("Comptoir could not start");
  const char *description = _ ("Nothing has been lost. Try again; if it stays so, show the text "
                               "below to your support.");
  g_autofree char *path = cpt_engine_dup_database_path (engine);
  gboolean fresh = FALSE;
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_error_matches (error, CPT_ENGINE_ERROR, troubles[i].code))
      {
        title = _ (troubles[i].title);
        description = _ (troubles[i].description);
        fresh = troubles[i].fresh;
        known = TRUE;
      }
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, description);
  gtk_label_set_text (self->path, path);
  gtk_label_set_text (self->detail, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), !known);
  gtk_widget_set_visible (self->fresh, fresh);
}
