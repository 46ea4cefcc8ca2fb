/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the libraries leave out in the versions this program starts from: names for a screen reader
 * on controls that are built inside others, a key that closes. Main thread only. */
#include "cpt-compat.h"

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * cpt_compat_name_menu_button:
 * @button: a button with an icon
 * @name: what a screen reader says, translated
 *
 * The focus is on a button inside, which takes its name from the icon.
 */
void
cpt_compat_name_menu_button (GtkMenuButton *button, const char *name)
{
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (button));

  gtk_widget_set_tooltip_text (GTK_WIDGET (button), name);
  name_widget (GTK_WIDGET (button), name);
  if (inside != NULL)
    name_widget (inside, name);
}

/**
 * cpt_compat_name_inside:
 * @widget: where to look
 * @type: the exact type of the controls to name
 * @name: what a screen reader says, translated
 *
 * Names the controls of @type that a library built inside @widget.
 */
void
cpt_compat_name_inside (GtkWidget *widget, GType type, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_OBJECT_TYPE (child) == type)
        name_widget (child, name);
      cpt_compat_name_inside (child, type, name);
    }
}

/**
 * cpt_compat_close_on_escape:
 * @window: a window of its own, without a class to bind keys to
 *
 * Message dialogs and preferences close by themselves; a plain window does not.
 */
void
cpt_compat_close_on_escape (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape,
                                                                                  0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

/* --- A choice whose lines have names --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  GtkWidget *line = gtk_widget_get_parent (label);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), text);
  if (line != NULL)
    name_widget (line, text);
}

/**
 * cpt_compat_new_text_factory:
 *
 * Returns: (transfer full): shows GtkStringObjects, each line with its name
 */
GtkListItemFactory *
cpt_compat_new_text_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
