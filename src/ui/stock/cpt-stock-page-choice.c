/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several rows of the stock list at once: by Control and Shift, or by touch once Select is on. Main
 * thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-stock-menu.h"
#include "cpt-stock-page-private.h"

static GArray *
list_chosen (CptStockPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->chosen);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 key = cpt_stock_model_get_key (self->list, position);

      g_array_append_val (rows, key);
    }
  return rows;
}

static void
show_choice (CptStockPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->chosen);
  guint n = (guint)gtk_bitset_get_size (chosen);
  gboolean several = self->choosing || n > 1;
  g_autofree char *words =
      g_strdup_printf (ngettext ("%d item chosen", "%d items chosen", n), (int)n);

  gtk_label_set_text (GTK_LABEL (self->chosen_label), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->bars), several ? "choice" : "actions");
  cpt_stock_sight_set_choosing (self->sight, several);
}

static void
end_choosing (CptStockPage *self)
{
  self->choosing = FALSE;
  gtk_selection_model_unselect_all (self->chosen);
  show_choice (self);
}

static void
begin_choosing_cb (CptStockPage *self)
{
  gtk_selection_model_unselect_all (self->chosen);
  self->choosing = TRUE;
  show_choice (self);
}

static void
choose_all_cb (CptStockPage *self)
{
  self->choosing = TRUE;
  gtk_selection_model_select_all (self->chosen);
}

static void
chosen_changed_cb (CptStockPage *self)
{
  show_choice (self);
}

/* --- What is done to them --- */

static void
change (CptStockPage *self, CptStockEdit edit)
{
  g_autoptr (GArray) rows = list_chosen (self);

  if (rows->len > 0)
    cpt_stock_page_edit (self, (const gint64 *)(gpointer)rows->data, rows->len, &edit);
  end_choosing (self);
}

static void
menu_chosen_cb (CptStockEdit edit, gpointer data)
{
  change (data, edit);
}

static void
on_sale_cb (CptStockPage *self)
{
  change (self, (CptStockEdit){ .sets_active = TRUE, .active = TRUE, .back_on = CPT_TIME_NONE });
}

static void
make_menu_cb (GtkMenuButton *button, gpointer data)
{
  CptStockPage *self = data;

  gtk_menu_button_set_popover (button,
                               cpt_stock_menu_new (self->engine, NULL, menu_chosen_cb, self));
}

/* --- Building --- */

static void
add_button (CptStockPage *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_menu (CptStockPage *self, GtkWidget *box)
{
  GtkWidget *button = gtk_menu_button_new ();

  /* TRANSLATORS: a button with a menu: what to do with several items */
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Take off sale, count…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take off sale, count…"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu_cb, self, NULL);
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_add_css_class (button, "touch-menu");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
}

/**
 * cpt_stock_page_make_choice_bar:
 *
 * Returns: (transfer floating): shown in the place of the buttons while rows are chosen
 */
GtkWidget *
cpt_stock_page_make_choice_bar (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->chosen_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->chosen_label, "stock-chosen");
  gtk_box_append (GTK_BOX (box), self->chosen_label);
  add_button (self, box, _ ("Put on sale"), G_CALLBACK (on_sale_cb));
  add_menu (self, box);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (box), space);
  /* TRANSLATORS: a button: every item of the list */
  add_button (self, box, _ ("Select all"), G_CALLBACK (choose_all_cb));
  /* TRANSLATORS: a button: no more choosing of items */
  add_button (self, box, _ ("Done"), G_CALLBACK (end_choosing));
  g_signal_connect_object (self->chosen, "selection-changed", G_CALLBACK (chosen_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* What left the list is no longer chosen, and no signal says so. */
  g_signal_connect_object (self->chosen, "items-changed", G_CALLBACK (chosen_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return box;
}

GtkWidget *
cpt_stock_page_make_choose (CptStockPage *self)
{
  /* TRANSLATORS: a button: several items can be chosen then */
  self->choose = gtk_button_new_with_label (_ ("Select"));
  gtk_widget_add_css_class (self->choose, "touch-button");
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (begin_choosing_cb), self);
  return self->choose;
}

/* --- The rows --- */

static void
selected_cb (GtkListItem *item, GParamSpec *pspec, CptStockRow *row)
{
  cpt_stock_row_set_chosen (row, gtk_list_item_get_selected (item));
}

/* With Control or Shift the list knows what to do; while choosing, a plain touch adds or takes. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  CptStockPage *self = CPT_STOCK_PAGE (
      gtk_widget_get_ancestor (gtk_event_controller_get_widget (controller), CPT_TYPE_STOCK_PAGE));
  guint position = gtk_list_item_get_position (item);

  if (self == NULL || !self->choosing || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (gtk_selection_model_is_selected (self->chosen, position))
    gtk_selection_model_unselect_item (self->chosen, position);
  else
    gtk_selection_model_select_item (self->chosen, position, FALSE);
}

void
cpt_stock_page_watch_row (CptStockPage *self, GtkListItem *item, GtkWidget *row)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (item, "notify::selected", G_CALLBACK (selected_cb), row);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
}
