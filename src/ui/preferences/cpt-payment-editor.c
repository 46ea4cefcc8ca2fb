/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ways to pay are called here and on HubRise. Main thread only. */
#include "cpt-payment-editor.h"

#include <glib/gi18n-lib.h>

#include "cpt-payment-names.h"

struct _CptPaymentEditor
{
  AdwBin parent_instance;

  GSettings *settings; /* (owned) */
  gboolean loading;    /* what changes now was read here */
  gboolean saving;     /* what changes now was written here */

  GtkListBox *list;                                        /* (unowned) */
  GtkWidget *names[CPT_N_PAYMENTS], *refs[CPT_N_PAYMENTS]; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (CptPaymentEditor, cpt_payment_editor, ADW_TYPE_BIN)

/* What was left empty is the usual name. */
static char *
dup_text (GtkWidget *entry, const char *otherwise)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup (otherwise);
}

static void
edited_cb (CptPaymentEditor *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  if (self->loading)
    return;
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    {
      g_autofree char *name =
          dup_text (self->names[i], cpt_payment_method_name ((CptPaymentMethod)i));
      g_autofree char *ref = dup_text (self->refs[i], cpt_payment_method_ref ((CptPaymentMethod)i));

      g_variant_builder_add (&builder, "(ss)", name, ref);
    }
  self->saving = TRUE;
  g_settings_set_value (self->settings, CPT_PAYMENT_NAMES_KEY, g_variant_builder_end (&builder));
  self->saving = FALSE;
}

static GtkWidget *
new_entry (CptPaymentEditor *self, const char *name, int chars)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_widget_add_css_class (entry, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (edited_cb), self);
  return entry;
}

static void
add_line (CptPaymentEditor *self, CptPaymentMethod method)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (cpt_payment_method_label (method));
  /* TRANSLATORS: for a screen reader; %s is a way to pay (Cash). */
  g_autofree char *name = g_strdup_printf (_ ("Name of %s"), cpt_payment_method_label (method));
  /* TRANSLATORS: for a screen reader; %s is a way to pay (Cash). */
  g_autofree char *ref = g_strdup_printf (_ ("Code of %s"), cpt_payment_method_label (method));

  self->names[method] = new_entry (self, name, 14);
  self->refs[method] = new_entry (self, ref, 10);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "deadline-line");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->names[method]);
  gtk_box_append (GTK_BOX (box), self->refs[method]);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cpt_payment_method_label (method), -1);
  gtk_list_box_append (self->list, row);
}

static void
load (CptPaymentEditor *self)
{
  self->loading = TRUE;
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    {
      g_autofree char *name = cpt_payment_names_dup_name (self->settings, (CptPaymentMethod)i);
      g_autofree char *ref = cpt_payment_names_dup_ref (self->settings, (CptPaymentMethod)i);

      gtk_editable_set_text (GTK_EDITABLE (self->names[i]), name);
      gtk_editable_set_text (GTK_EDITABLE (self->refs[i]), ref);
    }
  self->loading = FALSE;
}

static void
changed_cb (GSettings *settings, const char *key, CptPaymentEditor *self)
{
  if (!self->saving)
    load (self);
}

static void
cpt_payment_editor_dispose (GObject *object)
{
  g_clear_object (&CPT_PAYMENT_EDITOR (object)->settings);
  G_OBJECT_CLASS (cpt_payment_editor_parent_class)->dispose (object);
}

static void
cpt_payment_editor_class_init (CptPaymentEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_payment_editor_dispose;
}

static void
cpt_payment_editor_init (CptPaymentEditor *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    add_line (self, (CptPaymentMethod)i);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * cpt_payment_editor_set_settings:
 * @self: the editor
 * @settings: holds the names, read now and written at every change; once
 */
void
cpt_payment_editor_set_settings (CptPaymentEditor *self, GSettings *settings)
{
  g_return_if_fail (CPT_IS_PAYMENT_EDITOR (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" CPT_PAYMENT_NAMES_KEY, G_CALLBACK (changed_cb),
                           self, 0);
  load (self);
}
