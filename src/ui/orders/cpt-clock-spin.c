/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours or minutes, large enough for a finger. Main thread only. */
#include "cpt-clock-spin.h"

static gboolean
two_digits_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/**
 * cpt_clock_spin_new:
 * @most: the largest number
 * @step: what a press adds
 * @value: the first number
 * @name: what a screen reader says, translated
 *
 * Returns: (transfer floating): the hours or the minutes of a time to choose
 */
GtkWidget *
cpt_clock_spin_new (double most, double step, int value, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, step);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  g_signal_connect (spin, "output", G_CALLBACK (two_digits_cb), NULL);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_widget_add_css_class (spin, "cpt-clock");
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return spin;
}
