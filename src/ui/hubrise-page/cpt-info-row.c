/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caption, a value and, where it is an id, a button that copies it. Main thread only. */
#include "cpt-info-row.h"

#include <glib/gi18n-lib.h>

struct _CptInfoRow
{
  GtkBox parent_instance;

  char *caption;    /* (owned) */
  GtkWidget *label; /* (unowned) children */
  GtkWidget *name;
  GtkWidget *value;
  GtkWidget *copy; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CptInfoRow, cpt_info_row, GTK_TYPE_BOX)

static void
cpt_info_row_finalize (GObject *object)
{
  g_free (CPT_INFO_ROW (object)->caption);
  G_OBJECT_CLASS (cpt_info_row_parent_class)->finalize (object);
}

static void
cpt_info_row_class_init (CptInfoRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_info_row_finalize;
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
cpt_info_row_init (CptInfoRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_add_css_class (GTK_WIDGET (self), "info-row");
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->label = add_label (texts, "bar-caption");
  self->name = add_label (texts, "bar-name");
  self->value = add_label (texts, "info-value");
  gtk_label_set_selectable (GTK_LABEL (self->value), TRUE);
  gtk_box_append (GTK_BOX (self), texts);
}

static void
add_copy (CptInfoRow *self)
{
  /* TRANSLATORS: %s is what is copied, "Location" for instance. */
  g_autofree char *name = g_strdup_printf (_ ("Copy: %s"), self->caption);

  gtk_widget_add_css_class (self->value, "bar-id");
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "touch-button");
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_tooltip_text (self->copy, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "win.copy");
  gtk_box_append (GTK_BOX (self), self->copy);
}

/**
 * cpt_info_row_new:
 * @caption: what the value is, translated
 * @can_copy: whether a button copies the value
 *
 * Returns: (transfer floating): a row without a value
 */
GtkWidget *
cpt_info_row_new (const char *caption, gboolean can_copy)
{
  CptInfoRow *self = g_object_new (CPT_TYPE_INFO_ROW, NULL);

  self->caption = g_strdup (caption);
  gtk_label_set_text (GTK_LABEL (self->label), caption);
  if (can_copy)
    add_copy (self);
  cpt_info_row_set (self, NULL, NULL);
  return GTK_WIDGET (self);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

/**
 * cpt_info_row_set:
 * @self: the row
 * @name: (nullable): shown above the value
 * @value: (nullable): what the button copies; without name and value the row hides
 */
void
cpt_info_row_set (CptInfoRow *self, const char *name, const char *value)
{
  g_return_if_fail (CPT_IS_INFO_ROW (self));

  set_text (self->name, name);
  set_text (self->value, value);
  gtk_widget_set_visible (GTK_WIDGET (self), name != NULL || value != NULL);
  if (self->copy == NULL)
    return;
  gtk_widget_set_visible (self->copy, value != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy), "s", value != NULL ? value : "");
}

/**
 * cpt_info_row_set_alarm:
 * @self: the row
 * @alarm: whether the value is bad news
 */
void
cpt_info_row_set_alarm (CptInfoRow *self, gboolean alarm)
{
  if (alarm)
    gtk_widget_add_css_class (self->value, "state-alarm");
  else
    gtk_widget_remove_css_class (self->value, "state-alarm");
}
