/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One view's button in the header, with a count of what waits there. Main thread only. */
#include "cpt-view-button.h"

#include <glib/gi18n-lib.h>

struct _CptViewButton
{
  GtkToggleButton parent_instance;

  char *title; /* (owned) */
  gboolean quiet;
  GtkWidget *label; /* (unowned) children */
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (CptViewButton, cpt_view_button, GTK_TYPE_TOGGLE_BUTTON)

static void
cpt_view_button_finalize (GObject *object)
{
  g_free (CPT_VIEW_BUTTON (object)->title);
  G_OBJECT_CLASS (cpt_view_button_parent_class)->finalize (object);
}

static void
cpt_view_button_class_init (CptViewButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_view_button_finalize;
}

/* Where there is little room for a wide font it takes two lines, which the button is high enough
 * for. */
static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  return label;
}

static void
cpt_view_button_init (CptViewButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->label = make_label ();
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "count-badge");
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->badge);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view-button");
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
}

/**
 * cpt_view_button_new:
 * @view: the view's name, for the action "win.view"
 * @title: the view's name for people
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
cpt_view_button_new (const char *view, const char *title)
{
  CptViewButton *self = g_object_new (CPT_TYPE_VIEW_BUTTON, NULL);

  self->title = g_strdup (title);
  gtk_label_set_text (GTK_LABEL (self->label), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", view);
  cpt_view_button_set_count (self, 0);
  return GTK_WIDGET (self);
}

/**
 * cpt_view_button_set_quiet:
 * @self: the button
 * @quiet: what is counted goes its way: nobody needs to look at it
 */
void
cpt_view_button_set_quiet (CptViewButton *self, gboolean quiet)
{
  g_return_if_fail (CPT_IS_VIEW_BUTTON (self));

  self->quiet = quiet;
  if (quiet)
    gtk_widget_add_css_class (self->badge, "quiet");
  else
    gtk_widget_remove_css_class (self->badge, "quiet");
}

/**
 * cpt_view_button_set_count:
 * @self: the button
 * @count: how many orders are there; 0 shows no badge
 */
void
cpt_view_button_set_count (CptViewButton *self, gint64 count)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autofree char *name = NULL;

  g_return_if_fail (CPT_IS_VIEW_BUTTON (self));
  if (count > 0 && self->quiet)
    /* TRANSLATORS: for a screen reader. 1: name of a view, 2: number of orders in it. */
    name = g_strdup_printf (_ ("%1$s, %2$s in progress"), self->title, number);
  else if (count > 0)
    /* TRANSLATORS: for a screen reader. 1: name of a view, 2: number of orders waiting in it. */
    name = g_strdup_printf (_ ("%1$s, %2$s waiting"), self->title, number);
  gtk_label_set_text (GTK_LABEL (self->badge), number);
  gtk_widget_set_visible (self->badge, count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : self->title, -1);
}
