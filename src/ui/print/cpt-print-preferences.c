/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of printing. Main thread only. */
#include "cpt-print-preferences.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-printer-finder.h"
#include "cpt-ticket-output.h"

/* One choice of a printer, kept with its row. */
typedef struct
{
  GSettings *settings; /* (owned) */
  const char *key;
  GPtrArray *values; /* (owned) (element-type char*) what each line stands for */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->settings);
  g_ptr_array_unref (choice->values);
  g_free (choice);
}

static Choice *
get_choice (AdwComboRow *row)
{
  return g_object_get_data (G_OBJECT (row), "choice");
}

static void
add_line (AdwComboRow *row, GtkStringList *model, const char *value, const char *label)
{
  gtk_string_list_append (model, label);
  g_ptr_array_add (get_choice (row)->values, g_strdup (value));
}

static gboolean
has_value (const Choice *choice, const char *value, guint *at)
{
  return g_ptr_array_find_with_equal_func (choice->values, value, g_str_equal, at);
}

static void
selected_cb (AdwComboRow *row)
{
  Choice *choice = get_choice (row);
  guint at = adw_combo_row_get_selected (row);

  if (at < choice->values->len)
    g_settings_set_string (choice->settings, choice->key, choice->values->pdata[at]);
}

/* @printers: (nullable): what was found; the chosen one is there even while it is off */
static void
fill (AdwComboRow *row, char **printers)
{
  Choice *choice = get_choice (row);
  g_autofree char *chosen = g_settings_get_string (choice->settings, choice->key);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint at = 0;

  g_signal_handlers_block_by_func (row, selected_cb, NULL);
  g_ptr_array_set_size (choice->values, 0);
  add_line (row, model, "", _ ("The computer’s own printer"));
  add_line (row, model, CPT_TICKET_TO_PDF, _ ("PDF in Documents"));
  for (char **name = printers; name != NULL && *name != NULL; name++)
    if (!has_value (choice, *name, NULL))
      add_line (row, model, *name, *name);
  if (!has_value (choice, chosen, NULL))
    add_line (row, model, chosen, chosen);
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  has_value (choice, chosen, &at);
  adw_combo_row_set_selected (row, at);
  g_signal_handlers_unblock_by_func (row, selected_cb, NULL);
}

static GtkWidget *
add_combo (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkListItemFactory) factory = cpt_compat_new_text_factory ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_combo_row_set_factory (ADW_COMBO_ROW (row), factory);
  adw_preferences_group_add (group, row);
  return row;
}

static AdwComboRow *
add_printer (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title)
{
  GtkWidget *row = add_combo (group, title);
  Choice *choice = g_new0 (Choice, 1);

  choice->settings = g_object_ref (settings);
  choice->key = key;
  choice->values = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (row), "choice", choice, choice_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb), NULL);
  fill (ADW_COMBO_ROW (row), NULL);
  return ADW_COMBO_ROW (row);
}

static const char *const moments[] = { "none", "kitchen", "customer", "both" };

static gboolean
read_moment (GValue *value, GVariant *variant, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (g_str_equal (g_variant_get_string (variant, NULL), moments[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
write_moment (const GValue *value, const GVariantType *type, gpointer data)
{
  guint chosen = g_value_get_uint (value);

  return chosen < G_N_ELEMENTS (moments) ? g_variant_new_string (moments[chosen]) : NULL;
}

static void
add_moment (AdwPreferencesGroup *group, GSettings *settings)
{
  GtkWidget *row = add_combo (group, _ ("Printed by themselves"));
  const char *names[] = {
    /* TRANSLATORS: which tickets print when an order is accepted. */
    C_ ("tickets", "None"),
    C_ ("tickets", "Kitchen"),
    C_ ("tickets", "Customer"),
    C_ ("tickets", "Kitchen and customer"),
    NULL,
  };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("When an order is accepted here and HubRise has confirmed it"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 5);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "print-on-acceptance", row, "selected",
                                G_SETTINGS_BIND_DEFAULT, read_moment, write_moment, NULL, NULL);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AdwPreferencesPage) page = data;
  g_autofree char *standard = NULL;
  g_auto (GStrv) printers = cpt_printer_finder_list_finish (result, &standard);

  fill (g_object_get_data (G_OBJECT (page), "kitchen"), printers);
  fill (g_object_get_data (G_OBJECT (page), "customer"), printers);
}

/**
 * cpt_print_preferences_new:
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
cpt_print_preferences_new (GSettings *settings, CptClock *clock)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  /* TRANSLATORS: a page of the preferences */
  adw_preferences_page_set_title (page, _ ("Printing"));
  adw_preferences_page_set_name (page, "printing");
  adw_preferences_page_set_icon_name (page, "printer-symbolic");
  adw_preferences_group_set_title (group, _ ("Tickets of 80 mm"));
  adw_preferences_group_set_description (
      group, _ ("A second print of a ticket says that it is one. When an order is cancelled whose "
                "ticket was printed, that is printed too."));
  g_object_set_data (G_OBJECT (page), "kitchen",
                     add_printer (group, settings, "printer-kitchen",
                                  _ ("Printer of kitchen tickets")));
  g_object_set_data (G_OBJECT (page), "customer",
                     add_printer (group, settings, "printer-customer",
                                  _ ("Printer of customer tickets")));
  add_moment (group, settings);
  adw_preferences_page_add (page, group);
  cpt_printer_finder_list_async (clock, listed_cb, g_object_ref (page));
  return page;
}
