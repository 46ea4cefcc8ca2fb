/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large digits for who has no keyboard. Main thread only. */
#include "cpt-stock-keypad.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "cpt-decimal.h"

#define POPOVER "cpt-keypad"
#define COLUMNS 3

/* The first key writes over what stood there, the others go on. */
static void
write_key (GtkEntry *entry, const char *key)
{
  GtkEditable *editable = GTK_EDITABLE (entry);
  int start = 0, end = 0;

  if (gtk_editable_get_selection_bounds (editable, &start, &end))
    gtk_editable_delete_selection (editable);
  else
    end = (int)g_utf8_strlen (gtk_editable_get_text (editable), -1);
  gtk_editable_set_position (editable, -1);
  start = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, key, (int)strlen (key), &start);
  gtk_editable_set_position (editable, start);
}

static void
key_cb (GtkButton *button, GtkEntry *entry)
{
  write_key (entry, gtk_button_get_label (button));
}

static void
back_cb (GtkButton *button, GtkEntry *entry)
{
  GtkEditable *editable = GTK_EDITABLE (entry);
  int length = (int)g_utf8_strlen (gtk_editable_get_text (editable), -1);

  if (gtk_editable_get_selection_bounds (editable, NULL, NULL))
    gtk_editable_delete_selection (editable);
  else if (length > 0)
    gtk_editable_delete_text (editable, length - 1, length);
}

static void
done_cb (GtkButton *button, GtkEntry *entry)
{
  GtkPopover *popover = g_object_get_data (G_OBJECT (entry), POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (popover);
  g_signal_emit_by_name (entry, "activate");
}

static GtkWidget *
add_key (GtkGrid *grid, GtkEntry *entry, const char *label, int at, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_add_css_class (button, "keypad-key");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect (button, "clicked", callback, entry);
  gtk_grid_attach (grid, button, at % COLUMNS, at / COLUMNS, 1, 1);
  return button;
}

/* The sign that parts whole from decimal in this language. */
static char *
dup_point (void)
{
  g_autofree char *half = cpt_decimal_format (cpt_decimal (1500));

  return strchr (half, ',') != NULL ? g_strdup (",") : g_strdup (".");
}

GtkWidget *
cpt_stock_keypad_new (GtkEntry *entry)
{
  static const char *const digits[] = { "7", "8", "9", "4", "5", "6", "1", "2", "3" };
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autofree char *point = dup_point ();
  GtkWidget *button = NULL;
  int at = 0;

  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 6);
  gtk_grid_set_column_homogeneous (grid, TRUE);
  for (; at < (int)G_N_ELEMENTS (digits); at++)
    add_key (grid, entry, digits[at], at, G_CALLBACK (key_cb));
  add_key (grid, entry, point, at++, G_CALLBACK (key_cb));
  add_key (grid, entry, "0", at++, G_CALLBACK (key_cb));
  button = add_key (grid, entry, "⌫", at++, G_CALLBACK (back_cb));
  /* TRANSLATORS: a key that takes the last digit away */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Delete"), -1);
  button = gtk_button_new_with_label (_ ("OK"));
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect (button, "clicked", G_CALLBACK (done_cb), entry);
  gtk_grid_attach (grid, button, 0, at / COLUMNS, COLUMNS, 1);
  return GTK_WIDGET (grid);
}

static void
pressed_cb (GtkEntry *entry, GtkEntryIconPosition position)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (entry), POPOVER);

  if (popover == NULL)
    {
      popover = gtk_popover_new ();
      gtk_popover_set_child (GTK_POPOVER (popover), cpt_stock_keypad_new (entry));
      gtk_widget_set_parent (popover, GTK_WIDGET (entry));
      g_object_set_data (G_OBJECT (entry), POPOVER, popover);
    }
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
}

static void
destroy_cb (GtkEntry *entry)
{
  GtkWidget *popover = g_object_steal_data (G_OBJECT (entry), POPOVER);

  if (popover != NULL)
    gtk_widget_unparent (popover);
}

void
cpt_stock_keypad_attach (GtkEntry *entry)
{
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY, "input-dialpad-symbolic");
  /* TRANSLATORS: opens large digits to press on */
  gtk_entry_set_icon_tooltip_text (entry, GTK_ENTRY_ICON_SECONDARY, _ ("Keypad"));
  g_signal_connect (entry, "icon-press", G_CALLBACK (pressed_cb), NULL);
  g_signal_connect (entry, "destroy", G_CALLBACK (destroy_cb), NULL);
}
