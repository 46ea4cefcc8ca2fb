/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with an apply button. What was typed and not applied would be lost with the window: here
 * is who knows of it. Main thread only. */
#include "cpt-typed-row.h"

#define WATCHED "cpt-typed"
#define WRONG   "error" /* the library's own style */

typedef struct
{
  char *kept;          /* (owned) the text in force */
  CptTypedCheck check; /* (nullable) */
} Typed;

static void
typed_free (Typed *typed)
{
  g_free (typed->kept);
  g_free (typed);
}

static Typed *
get_typed (AdwEntryRow *row)
{
  return g_object_get_data (G_OBJECT (row), WATCHED);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
keep (AdwEntryRow *row)
{
  Typed *typed = get_typed (row);

  g_free (typed->kept);
  typed->kept = g_strdup (get_text (row));
}

static gboolean
is_pending (AdwEntryRow *row)
{
  Typed *typed = get_typed (row);

  return typed != NULL && gtk_widget_is_sensitive (GTK_WIDGET (row)) &&
         !g_str_equal (get_text (row), typed->kept);
}

/**
 * cpt_typed_row_check:
 *
 * Returns: whether what @row holds can be applied
 */
gboolean
cpt_typed_row_check (AdwEntryRow *row, GError **error)
{
  Typed *typed = get_typed (row);
  g_autofree char *text = g_strstrip (g_strdup (get_text (row)));

  return *text == '\0' || typed->check == NULL || typed->check (text, error);
}

static void
tell (AdwEntryRow *row, const char *text)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (row));
  g_autofree char *plain = g_markup_escape_text (text, -1);

  if (ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (plain));
}

/* Before whoever stores it: what is wrong is told and not stored. */
static void
apply_cb (AdwEntryRow *row)
{
  g_autoptr (GError) error = NULL;

  if (cpt_typed_row_check (row, &error))
    {
      keep (row);
      return;
    }
  g_signal_stop_emission_by_name (row, "apply");
  gtk_widget_add_css_class (GTK_WIDGET (row), WRONG);
  tell (row, error->message);
}

static void
edited_cb (AdwEntryRow *row)
{
  gtk_widget_remove_css_class (GTK_WIDGET (row), WRONG);
}

/**
 * cpt_typed_row_watch:
 * @row: with an apply button; before anybody else listens to it
 * @check: (nullable): what may be applied
 *
 * The text it holds now is the one in force.
 */
void
cpt_typed_row_watch (AdwEntryRow *row, CptTypedCheck check)
{
  Typed *typed = g_new0 (Typed, 1);

  typed->check = check;
  g_object_set_data_full (G_OBJECT (row), WATCHED, typed, (GDestroyNotify)typed_free);
  keep (row);
  g_signal_connect (row, "apply", G_CALLBACK (apply_cb), NULL);
  g_signal_connect (row, "changed", G_CALLBACK (edited_cb), NULL);
}

/* Without a button for a moment: what is in force is not offered to be applied. */
static void
hide_button (AdwEntryRow *row)
{
  adw_entry_row_set_show_apply_button (row, FALSE);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

/**
 * cpt_typed_row_show:
 * @row: a watched row
 * @text: what is in force
 */
void
cpt_typed_row_show (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  keep (row);
  hide_button (row);
}

/**
 * cpt_typed_row_apply:
 *
 * As its button does.
 */
void
cpt_typed_row_apply (AdwEntryRow *row)
{
  hide_button (row);
  g_signal_emit_by_name (row, "apply");
}

static void
left_cb (AdwEntryRow *row)
{
  if (is_pending (row))
    cpt_typed_row_apply (row);
}

/**
 * cpt_typed_row_apply_on_leave:
 * @row: a watched row
 *
 * For a text that can do no harm: it counts when the keyboard leaves it, or when it goes from the
 * screen.
 */
void
cpt_typed_row_apply_on_leave (AdwEntryRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
  g_signal_connect (row, "unmap", G_CALLBACK (left_cb), NULL);
}

static void
add_pending (GtkWidget *widget, GPtrArray *rows)
{
  if (ADW_IS_ENTRY_ROW (widget) && is_pending (ADW_ENTRY_ROW (widget)))
    g_ptr_array_add (rows, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_pending (child, rows);
}

/**
 * cpt_typed_row_list_pending:
 *
 * Returns: (transfer full) (element-type AdwEntryRow): the rows below @root that hold what was not
 *   applied
 */
GPtrArray *
cpt_typed_row_list_pending (GtkWidget *root)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  add_pending (root, rows);
  return rows;
}
