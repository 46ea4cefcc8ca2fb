/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of this till: who is at it, who may change it, what it keeps. Main thread only.
 */
#include "cpt-till-preferences.h"

#include <glib/gi18n-lib.h>

#include "cpt-autostart.h"
#include "cpt-compat.h"
#include "cpt-pin.h"
#include "cpt-typed-row.h"

#define SWITCHED "active"
#define REMOVE   "cpt-remove"

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
  cpt_typed_row_watch (ADW_ENTRY_ROW (row), NULL);
  cpt_typed_row_apply_on_leave (ADW_ENTRY_ROW (row));
  g_signal_connect_object (row, "apply", G_CALLBACK (sellers_applied_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* --- PIN --- */

static void
name_pin (AdwEntryRow *row, GSettings *settings)
{
  g_autofree char *stored = g_settings_get_string (settings, "pin");
  gboolean is_set = *stored != '\0';

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), is_set ? _ ("New PIN") : _ ("PIN"));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), REMOVE), is_set);
}

/* An Enter too many takes no PIN away: that has a button of its own. */
static void
pin_applied_cb (AdwEntryRow *row, GSettings *settings)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *stored = *typed != '\0' ? cpt_pin_hash (typed) : NULL;

  if (stored == NULL)
    return;
  g_settings_set_string (settings, "pin", stored);
  cpt_typed_row_show (row, "");
  name_pin (row, settings);
}

static void
pin_removed_cb (GtkWidget *button, GSettings *settings)
{
  AdwEntryRow *row = ADW_ENTRY_ROW (gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW));

  gtk_widget_grab_focus (GTK_WIDGET (row));
  g_settings_reset (settings, "pin");
  cpt_typed_row_show (row, "");
  name_pin (row, settings);
}

static GtkWidget *
new_pin_remover (GSettings *settings)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  /* TRANSLATORS: nobody is asked for one any more. */
  gtk_widget_set_tooltip_text (button, _ ("Remove the PIN"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the PIN"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (pin_removed_cb), settings, 0);
  return button;
}

static void
add_pin (AdwPreferencesPage *page, GSettings *settings)
{
  AdwPreferencesGroup *group =
      add_group (page, _ ("Access"), _ ("Asked before the preferences and before disconnecting."));
  GtkWidget *row = adw_password_entry_row_new ();
  GtkWidget *remove = new_pin_remover (settings);

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  cpt_compat_name_inside (row, GTK_TYPE_BUTTON, _ ("Show or hide the PIN"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), remove);
  g_object_set_data (G_OBJECT (row), REMOVE, remove);
  name_pin (ADW_ENTRY_ROW (row), settings);
  /* Nobody sees what it says: half a PIN would lock its owner out. The window asks. */
  cpt_typed_row_watch (ADW_ENTRY_ROW (row), NULL);
  g_signal_connect_object (row, "apply", G_CALLBACK (pin_applied_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* --- What is kept, and the start --- */

/* The switch says what is so: where the desktop could not be told it goes back. */
static void
autostart_changed_cb (GtkWidget *toggle, GParamSpec *pspec, CptProfile *profile)
{
  GtkRoot *window = gtk_widget_get_root (toggle);
  g_autoptr (GError) error = NULL;

  if (cpt_autostart_apply (profile, &error))
    return;
  g_signal_handlers_block_by_func (toggle, (gpointer)autostart_changed_cb, profile);
  gtk_switch_set_active (GTK_SWITCH (toggle), !gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_signal_handlers_unblock_by_func (toggle, (gpointer)autostart_changed_cb, profile);
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
  adw_preferences_page_set_name (page, "till");
  adw_preferences_page_set_icon_name (page, "computer-symbolic");
  add_sellers (page, settings);
  add_pin (page, settings);
  add_rest (page, profile);
  return page;
}
