/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds widgets by what a person sees. Main thread only. */
#include "cpt-find.h"

#include <string.h>

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *root, Match match, gconstpointer data)
{
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (match (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_label (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

/* A visible label with @part in it, or NULL. */
GtkWidget *
cpt_find_label (GtkWidget *root, const char *part)
{
  return find (root, is_label, part);
}

static gboolean
holds_label (GtkWidget *widget, gconstpointer data)
{
  GtkWidget *label = GTK_IS_BUTTON (widget) ? cpt_find_label (widget, "") : NULL;
  g_autofree char *text = label != NULL ? g_strdup (gtk_label_get_text (GTK_LABEL (label))) : NULL;

  return text != NULL && g_str_equal (g_strdelimit (text, "\n", ' '), data);
}

/* A visible button that says exactly @label, whatever its lines, or NULL. */
GtkWidget *
cpt_find_button (GtkWidget *root, const char *label)
{
  return find (root, holds_label, label);
}

typedef struct
{
  GtkAccessibleRole role;
  const char *name;
} Named;

static gboolean
is_named (GtkWidget *widget, gconstpointer data)
{
  const Named *named = data;
  g_autofree char *difference = NULL;

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) != named->role)
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, named->name);
  return difference == NULL;
}

/* A visible widget with that role and exactly that accessible name, or NULL. */
GtkWidget *
cpt_find_named (GtkWidget *root, GtkAccessibleRole role, const char *name)
{
  Named named = { role, name };

  return find (root, is_named, &named);
}

/* A visible window of @type, or NULL. */
GtkWindow *
cpt_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* Presses the button that says @label; there must be one. */
void
cpt_press (GtkWidget *root, const char *label)
{
  GtkWidget *button = cpt_find_button (root, label);

  if (button == NULL)
    g_error ("there is no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}
