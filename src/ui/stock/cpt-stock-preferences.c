/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of stock. Main thread only. */
#include "cpt-stock-preferences.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-compat.h"

/* What of a switch a setting is. */
#define SWITCHED "active"

static void
add_switch (AdwPreferencesGroup *group,
            GSettings *settings,
            const char *key,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 5);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, key, toggle, SWITCHED, G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (group, row);
}

static const char *const modes[] = { "quantities", "out-of-stock" };

static gboolean
read_mode (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_uint (value, g_str_equal (g_variant_get_string (variant, NULL), modes[1]));
  return TRUE;
}

static GVariant *
write_mode (const GValue *value, const GVariantType *type, gpointer data)
{
  guint chosen = g_value_get_uint (value);

  return chosen < G_N_ELEMENTS (modes) ? g_variant_new_string (modes[chosen]) : NULL;
}

static void
add_mode (AdwPreferencesGroup *group, GSettings *settings)
{
  GtkWidget *row = adw_combo_row_new ();
  const char *names[] = { _ ("Quantities"), _ ("Only what is out of stock"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  g_autoptr (GtkListItemFactory) factory = cpt_compat_new_text_factory ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What is sent"));
  adw_combo_row_set_factory (ADW_COMBO_ROW (row), factory);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "stock-mode", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                read_mode, write_mode, NULL, NULL);
  adw_preferences_group_add (group, row);
}

/**
 * cpt_stock_preferences_new:
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
cpt_stock_preferences_new (GSettings *settings)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  /* TRANSLATORS: a page of the preferences */
  adw_preferences_page_set_title (page, _ ("Stock"));
  adw_preferences_page_set_icon_name (page, "view-list-bullet-symbolic");
  add_switch (group, settings, "keeps-stock", _ ("This till keeps the stock"),
              _ ("Off: another till does; HubRise's stock is shown here and nothing is sent"));
  add_switch (group, settings, "auto-stock", _ ("Send changes by themselves"),
              _ ("Off: changes wait until Synchronise stock"));
  add_mode (group, settings);
  add_switch (group, settings, "auto-pull-catalog", _ ("Read the catalog when it changes"),
              _ ("Names, prices and items follow HubRise; the stock stays"));
  add_switch (group, settings, "deduct-stock", _ ("Take accepted orders off the stock"),
              _ ("And put cancelled ones back, once"));
  add_switch (group, settings, "morning-reset",
              _ ("Bring back each morning what was off for a day"),
              _ ("At the location's cut-off time"));
  adw_preferences_page_add (page, group);
  return page;
}
