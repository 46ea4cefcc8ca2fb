/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits the number of the row that has the focus. Main thread only. */
#include "cpt-stock-tools.h"

#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"

#define ONE 1000

struct _CptStockTools
{
  GtkBox parent_instance;

  CptEngine *engine;  /* (owned) */
  CptStockItem *item; /* (owned) (nullable) */
  GtkWidget *less, *number, *more, *menu;
};

static guint edited_signal;

G_DEFINE_FINAL_TYPE (CptStockTools, cpt_stock_tools, GTK_TYPE_BOX)

static void
emit (CptStockTools *self, CptStockEdit edit)
{
  g_signal_emit (self, edited_signal, 0, &edit);
}

/* --- The number --- */

/**
 * cpt_stock_parse_typed:
 * @text: what a person typed: "12,5" and "12.5" are the same
 * @thousandths: (out)
 */
gboolean
cpt_stock_parse_typed (const char *text, gint64 *thousandths)
{
  g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  CptDecimal number = { 0 };

  if (!cpt_decimal_parse (plain, &number) || ABS (number.thousandths) > CPT_STOCK_MAX)
    return FALSE;
  *thousandths = number.thousandths;
  return TRUE;
}

static void
show_number (CptStockTools *self)
{
  g_autofree char *text = cpt_decimal_format (cpt_decimal (self->item->stock.quantity));

  /* A minus sign that can be typed again. */
  if (g_str_has_prefix (text, "\u2212"))
    {
      g_autofree char *typed = g_strconcat ("-", text + strlen ("\u2212"), NULL);

      gtk_editable_set_text (GTK_EDITABLE (self->number), typed);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (self->number), self->item->stock.managed ? text : "");
  gtk_widget_remove_css_class (self->number, "error");
}

static void
activated_cb (CptStockTools *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->number));
  gint64 quantity = 0;

  if (cpt_stock_parse_typed (text, &quantity))
    emit (self, (CptStockEdit){ .sets_quantity = TRUE, .quantity = quantity });
  else
    gtk_widget_add_css_class (self->number, "error");
}

static void
add (CptStockTools *self, gint64 more)
{
  emit (self, (CptStockEdit){
                  .sets_managed = TRUE, .managed = TRUE, .adds_quantity = TRUE, .more = more });
}

static void
less_cb (CptStockTools *self)
{
  add (self, -ONE);
}

static void
more_cb (CptStockTools *self)
{
  add (self, ONE);
}

/* A long press is ten at once. */
static void
pressed_long_cb (GtkGesture *gesture, double x, double y, CptStockTools *self)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  add (self, button == self->less ? -10 * ONE : 10 * ONE);
}

static GtkWidget *
new_button (CptStockTools *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_widget_add_css_class (button, "touch-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (pressed_long_cb), self);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (press));
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

/* --- The menu --- */

static void
close_menu (CptStockTools *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
}

static void
put_away (CptStockTools *self, CptTime back_on)
{
  close_menu (self);
  emit (self, (CptStockEdit){ .sets_active = TRUE, .active = FALSE, .back_on = back_on });
}

static void
away_hour_cb (CptStockTools *self)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));

  /* Whole seconds: that is what HubRise's times have. */
  put_away (self, (now + CPT_HOUR) / CPT_SECOND * CPT_SECOND);
}

static void
away_day_cb (CptStockTools *self)
{
  put_away (self, cpt_engine_get_stock_tomorrow (self->engine));
}

static void
away_cb (CptStockTools *self)
{
  put_away (self, CPT_TIME_NONE);
}

static void
toggle_managed_cb (CptStockTools *self)
{
  close_menu (self);
  emit (self, (CptStockEdit){ .sets_managed = TRUE, .managed = !self->item->stock.managed });
}

static void
low_here_cb (CptStockTools *self)
{
  close_menu (self);
  emit (self, (CptStockEdit){ .sets_low = TRUE, .low = MAX (self->item->stock.quantity, 0) });
}

static void
add_choice (CptStockTools *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
}

static void
make_menu_cb (GtkMenuButton *button, gpointer data)
{
  CptStockTools *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  if (self->item == NULL)
    return;
  /* TRANSLATORS: takes an item off sale; it comes back by itself the next morning */
  add_choice (self, box, _ ("Off until tomorrow"), G_CALLBACK (away_day_cb));
  add_choice (self, box, _ ("Off for an hour"), G_CALLBACK (away_hour_cb));
  add_choice (self, box, _ ("Off until I say"), G_CALLBACK (away_cb));
  add_choice (self, box,
              self->item->stock.managed ? _ ("Do not manage its stock") : _ ("Manage its stock"),
              G_CALLBACK (toggle_managed_cb));
  if (self->item->stock.managed)
    add_choice (self, box, _ ("Warn from this number down"), G_CALLBACK (low_here_cb));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

/* --- The object --- */

/**
 * cpt_stock_tools_set_item:
 *
 * What is being typed is not overwritten.
 */
void
cpt_stock_tools_set_item (CptStockTools *self, CptStockItem *item)
{
  CptEngineStock stock;
  gboolean same = self->item != NULL && item != NULL && self->item->row == item->row &&
                  self->item->stock.quantity == item->stock.quantity &&
                  self->item->stock.managed == item->stock.managed;

  g_clear_pointer (&self->item, cpt_stock_item_unref);
  self->item = item != NULL ? cpt_stock_item_ref (item) : NULL;
  if (item == NULL)
    return;
  cpt_engine_get_stock (self->engine, &stock);
  gtk_widget_set_visible (self->less, stock.mode == CPT_STOCK_QUANTITIES);
  gtk_widget_set_visible (self->number, stock.mode == CPT_STOCK_QUANTITIES);
  gtk_widget_set_visible (self->more, stock.mode == CPT_STOCK_QUANTITIES);
  if (!same)
    show_number (self);
}

static void
cpt_stock_tools_dispose (GObject *object)
{
  CptStockTools *self = CPT_STOCK_TOOLS (object);

  g_clear_pointer (&self->item, cpt_stock_item_unref);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_stock_tools_parent_class)->dispose (object);
}

static void
cpt_stock_tools_class_init (CptStockToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_stock_tools_dispose;
  edited_signal = g_signal_new ("edited", CPT_TYPE_STOCK_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cpt_stock_tools_init (CptStockTools *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->less = new_button (self, "list-remove-symbolic", _ ("One less"), G_CALLBACK (less_cb));
  self->number = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->number), 5);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->number), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_alignment (GTK_ENTRY (self->number), 1);
  gtk_widget_add_css_class (self->number, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Quantity"), -1);
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (activated_cb), self);
  gtk_box_append (GTK_BOX (self), self->number);
  self->more = new_button (self, "list-add-symbolic", _ ("One more"), G_CALLBACK (more_cb));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), make_menu_cb, self, NULL);
  gtk_widget_add_css_class (self->menu, "touch-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More for this item"), -1);
  gtk_box_append (GTK_BOX (self), self->menu);
}

GtkWidget *
cpt_stock_tools_new (CptEngine *engine)
{
  CptStockTools *self = g_object_new (CPT_TYPE_STOCK_TOOLS, NULL);

  self->engine = g_object_ref (engine);
  return GTK_WIDGET (self);
}
