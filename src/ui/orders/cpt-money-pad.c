/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits to press with a finger. Main thread only. */
#include "cpt-money-pad.h"

#include <glib/gi18n-lib.h>

#include "cpt-money.h"

#define COLUMNS 3

struct _CptMoneyPad
{
  GtkWidget parent_instance;

  GtkWidget *grid;    /* (owned by self) */
  GtkEditable *entry; /* (unowned) (nullable) watched */
};

G_DEFINE_FINAL_TYPE (CptMoneyPad, cpt_money_pad, GTK_TYPE_WIDGET)

/* As people of this language write it. */
static const char *
decimal_mark (void)
{
  g_autofree char *half = cpt_money_format (cpt_money (50, NULL));

  return g_utf8_strchr (half, -1, ',') != NULL ? "," : ".";
}

static void
type_cb (GtkButton *button, CptMoneyPad *self)
{
  const char *text = gtk_button_get_label (button);
  int position = 0;

  if (self->entry == NULL)
    return;
  gtk_editable_delete_selection (self->entry);
  position = gtk_editable_get_position (self->entry);
  gtk_editable_insert_text (self->entry, text, -1, &position);
  gtk_editable_set_position (self->entry, position);
}

static void
erase_cb (GtkButton *button, CptMoneyPad *self)
{
  int position = 0;

  if (self->entry == NULL)
    return;
  if (gtk_editable_get_selection_bounds (self->entry, NULL, NULL))
    {
      gtk_editable_delete_selection (self->entry);
      return;
    }
  position = gtk_editable_get_position (self->entry);
  if (position > 0)
    gtk_editable_delete_text (self->entry, position - 1, position);
}

static void
attach (CptMoneyPad *self, GtkWidget *button, int at, GCallback callback)
{
  gtk_widget_add_css_class (button, "cpt-key");
  /* A keyboard has digits of its own: it stays in the entry. */
  gtk_widget_set_focusable (button, FALSE);
  g_signal_connect (button, "clicked", callback, self);
  gtk_grid_attach (GTK_GRID (self->grid), button, at % COLUMNS, at / COLUMNS, 1, 1);
}

static void
cpt_money_pad_dispose (GObject *object)
{
  CptMoneyPad *self = CPT_MONEY_PAD (object);

  g_clear_weak_pointer (&self->entry);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_money_pad_parent_class)->dispose (object);
}

static void
cpt_money_pad_class_init (CptMoneyPadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_money_pad_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_money_pad_init (CptMoneyPad *self)
{
  static const char *const digits[] = { "7", "8", "9", "4", "5", "6", "1", "2", "3", "0" };
  GtkWidget *erase = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    attach (self, gtk_button_new_with_label (digits[i]), (int)i, G_CALLBACK (type_cb));
  attach (self, gtk_button_new_with_label (decimal_mark ()), 10, G_CALLBACK (type_cb));
  gtk_widget_set_tooltip_text (erase, _ ("Erase the last digit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (erase), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Erase the last digit"), -1);
  attach (self, erase, 11, G_CALLBACK (erase_cb));
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/**
 * cpt_money_pad_new:
 *
 * Returns: (transfer full): a floating pad that types nowhere yet
 */
GtkWidget *
cpt_money_pad_new (void)
{
  return g_object_new (CPT_TYPE_MONEY_PAD, NULL);
}

/**
 * cpt_money_pad_set_entry:
 * @entry: what it types into from now on
 */
void
cpt_money_pad_set_entry (CptMoneyPad *self, GtkEditable *entry)
{
  g_set_weak_pointer (&self->entry, entry);
}
