/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of this till: who is at it, who may change it, what it keeps. Main thread only.
 */
#include "cpt-till-preferences.h"

#include <glib/gi18n-lib.h>

#include "cpt-autostart.h"
#include "cpt-compat.h"
#include "cpt-pin.h"

#define SWITCHED "active"

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *text)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, text);
  adw_preferences_page_add (page, group);
  return group;
}

static GtkWidget *
new_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 5);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (group, row);
  return row;
}

/* --- Sellers --- */

static char **
split_names (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (names, *part);
  return g_strv_builder_end (names);
}

static void
sellers_applied_cb (AdwEntryRow *row, GSettings *settings)
{
  g_auto (GStrv) names = split_names (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_settings_set_strv (settings, "sellers", (const char *const *)names);
}

static void
add_sellers (AdwPreferencesPage *page, GSettings *settings)
{
  AdwPreferencesGroup *group =
      add_group (page, _ ("Sellers"),
                 _ ("Who is at the till is chosen in the header, kept with every step and told to "
                    "HubRise."));
  GtkWidget *row = adw_entry_row_new ();
  g_auto (GStrv) names = g_settings_get_strv (settings, "sellers");
  g_autofree char *text = g_strjoinv (", ", names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Names, separated by commas"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "apply", G_CALLBACK (sellers_applied_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* --- PIN --- */

static void
name_pin (AdwPreferencesRow *row, GSettings *settings)
{
  g_autofree char *stored = g_settings_get_string (settings, "pin");

  adw_preferences_row_set_title (row,
                                 *stored != '\0' ? _ ("New PIN; leave empty for none") : _ ("PIN"));
}

static void
pin_applied_cb (AdwEntryRow *row, GSettings *settings)
{
  g_autofree char *stored = cpt_pin_hash (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_settings_set_string (settings, "pin", stored);
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  name_pin (ADW_PREFERENCES_ROW (row), settings);
}

static void
add_pin (AdwPreferencesPage *page, GSettings *settings)
{
  AdwPreferencesGroup *group =
      add_group (page, _ ("Access"), _ ("Asked before the preferences and before disconnecting."));
  GtkWidget *row = adw_password_entry_row_new ();

  name_pin (ADW_PREFERENCES_ROW (row), settings);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  cpt_compat_name_inside (row, GTK_TYPE_BUTTON, _ ("Show or hide the PIN"));
  g_signal_connect_object (row, "apply", G_CALLBACK (pin_applied_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* --- What is kept, and the start --- */

static void
autostart_changed_cb (GtkWidget *toggle, GParamSpec *pspec, CptProfile *profile)
{
  GtkRoot *window = gtk_widget_get_root (toggle);
  g_autoptr (GError) error = NULL;

  if (cpt_autostart_apply (profile, &error))
    return;
  if (ADW_IS_PREFERENCES_WINDOW (window))
    {
      g_autofree char *plain = g_markup_escape_text (error->message, -1);

      adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (plain));
    }
}

static void
add_rest (AdwPreferencesPage *page, CptProfile *profile)
{
  GSettings *settings = cpt_profile_get_settings (profile);
  AdwPreferencesGroup *group = add_group (page, _ ("This computer"), NULL);
  GtkWidget *start = gtk_switch_new ();

  new_row (group, _ ("Start when the computer does"), _ ("After somebody has logged in"), start);
  g_settings_bind (settings, "autostart", start, SWITCHED, G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (start, "notify::active", G_CALLBACK (autostart_changed_cb), profile, 0);
}

/**
 * cpt_till_preferences_new:
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
cpt_till_preferences_new (CptProfile *profile)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GSettings *settings = cpt_profile_get_settings (profile);

  /* TRANSLATORS: a page of the preferences: this till */
  adw_preferences_page_set_title (page, C_ ("preferences", "Till"));
  adw_preferences_page_set_icon_name (page, "computer-symbolic");
  add_sellers (page, settings);
  add_pin (page, settings);
  add_rest (page, profile);
  return page;
}
