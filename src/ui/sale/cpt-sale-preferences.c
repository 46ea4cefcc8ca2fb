/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of the till's own orders. Main thread only. */
#include "cpt-sale-preferences.h"

#include <glib/gi18n-lib.h>

#define KEY "till-orders"

static const struct
{
  const char *word, *title, *subtitle;
} choices[] = {
  /* TRANSLATORS: which orders taken at this till are sent to HubRise. */
  { "never", NC_ ("send till orders", "Never"),
    N_ ("Orders taken at this till stay here; web orders are not concerned") },
  { "customers", NC_ ("send till orders", "Web customers only"),
    N_ ("Those of a customer of the HubRise list: their history and loyalty stay complete") },
  { "all", NC_ ("send till orders", "All"),
    N_ ("HubRise then knows all sales, for reports, kitchen screens and other programs") },
};

static void
toggled_cb (GtkCheckButton *check, GSettings *settings)
{
  const char *word = g_object_get_data (G_OBJECT (check), KEY);
  g_autofree char *now = g_settings_get_string (settings, KEY);

  if (gtk_check_button_get_active (check) && g_strcmp0 (now, word) != 0)
    g_settings_set_string (settings, KEY, word);
}

static void
setting_changed_cb (GSettings *settings, const char *key, GtkCheckButton *check)
{
  g_autofree char *now = g_settings_get_string (settings, KEY);

  if (g_strcmp0 (now, g_object_get_data (G_OBJECT (check), KEY)) == 0)
    gtk_check_button_set_active (check, TRUE);
}

static GtkWidget *
add_choice (AdwPreferencesGroup *group, GSettings *settings, gsize i, GtkWidget *first)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *title = g_dpgettext2 (GETTEXT_PACKAGE, "send till orders", choices[i].title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (choices[i].subtitle));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 5);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (check), KEY, (gpointer)choices[i].word);
  setting_changed_cb (settings, KEY, GTK_CHECK_BUTTON (check));
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), settings, 0);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (setting_changed_cb), check, 0);
  adw_preferences_group_add (group, row);
  return check;
}

/**
 * cpt_sale_preferences_fill:
 * @group: an empty group of the preferences
 */
void
cpt_sale_preferences_fill (AdwPreferencesGroup *group, GSettings *settings)
{
  GtkWidget *first = NULL;

  adw_preferences_group_set_title (group, _ ("Send till orders to HubRise"));
  adw_preferences_group_set_description (
      group, _ ("Counts for orders taken from now on: nothing older is sent."));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *check = add_choice (group, settings, i, first);

      first = first != NULL ? first : check;
    }
}
