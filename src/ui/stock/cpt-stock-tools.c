/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits the number of the row that has the focus. Main thread only. */
#include "cpt-stock-tools.h"

#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"
#include "cpt-stock-keypad.h"
#include "cpt-stock-menu.h"

#define ONE 1000
/* While a button is held: how often it counts, and from when on by tens. */
#define REPEAT_MS  120
#define TENS_AFTER 20

struct _CptStockTools
{
  GtkBox parent_instance;

  CptEngine *engine;  /* (owned) */
  CptStockItem *item; /* (owned) (nullable) */
  GtkWidget *less, *number, *more, *menu;
  gboolean showing; /* what stands there is being written, not typed */
  gboolean typed, wrong;

  guint repeat_timer;
  guint repeats;
  gint64 step, counted; /* while a button is held: written when it is let go */
};

static guint edited_signal, judged_signal;

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

  if (!cpt_decimal_parse (plain, &number) || !cpt_stock_is_quantity (number.thousandths))
    return FALSE;
  *thousandths = number.thousandths;
  return TRUE;
}

static void
judge (CptStockTools *self, gboolean wrong)
{
  if (wrong == self->wrong)
    return;
  self->wrong = wrong;
  if (wrong)
    gtk_widget_add_css_class (self->number, "error");
  else
    gtk_widget_remove_css_class (self->number, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  g_signal_emit (self, judged_signal, 0);
}

static void
show_quantity (CptStockTools *self, gint64 thousandths)
{
  g_autofree char *text = cpt_decimal_format (cpt_decimal (thousandths));
  /* A minus sign that can be typed again. */
  gboolean negative = g_str_has_prefix (text, "\u2212");
  g_autofree char *typed =
      g_strconcat (negative ? "-" : "", text + (negative ? strlen ("\u2212") : 0), NULL);

  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->number), typed);
  self->showing = FALSE;
  self->typed = FALSE;
  judge (self, FALSE);
}

static void
show_number (CptStockTools *self)
{
  if (self->item->stock.managed)
    show_quantity (self, self->item->stock.quantity);
  else
    {
      self->showing = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->number), "");
      self->showing = self->typed = FALSE;
      judge (self, FALSE);
    }
}

static void
activated_cb (CptStockTools *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->number));
  gint64 quantity = 0;

  if (cpt_stock_parse_typed (text, &quantity))
    {
      self->typed = FALSE;
      judge (self, FALSE);
      emit (self, (CptStockEdit){ .sets_quantity = TRUE, .quantity = quantity });
    }
  else
    judge (self, TRUE);
}

static void
typed_cb (CptStockTools *self)
{
  self->typed = self->typed || !self->showing;
}

/**
 * cpt_stock_tools_take_typed:
 *
 * Who typed a number and goes on to something else meant it; who emptied the field meant nothing.
 */
void
cpt_stock_tools_take_typed (CptStockTools *self)
{
  if (!self->typed || self->item == NULL)
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->number)) == '\0')
    show_number (self);
  else
    activated_cb (self);
}

static gboolean
selects_all (guint key, GdkModifierType state)
{
  return (state & GDK_CONTROL_MASK) != 0 &&
         (key == GDK_KEY_a || key == GDK_KEY_A || key == GDK_KEY_slash);
}

/* Escape brings back what stands there. Select all is of the field, even of an empty one, which
 * would leave it to the list. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        CptStockTools *self)
{
  if (selects_all (key, state))
    {
      gtk_editable_select_region (GTK_EDITABLE (self->number), 0, -1);
      return TRUE;
    }
  if (key != GDK_KEY_Escape || !self->typed)
    return FALSE;
  show_number (self);
  gtk_editable_select_region (GTK_EDITABLE (self->number), 0, -1);
  return TRUE;
}

static void
add (CptStockTools *self, gint64 more)
{
  self->typed = FALSE;
  judge (self, FALSE);
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

/* --- A button that is held --- */

static void count_once (CptStockTools *self);

static gboolean
repeat_cb (gpointer data)
{
  CptStockTools *self = data;

  self->repeat_timer = 0;
  count_once (self);
  return G_SOURCE_REMOVE;
}

static void
count_once (CptStockTools *self)
{
  CptClock *clock = cpt_engine_get_clock (self->engine);

  self->repeats++;
  self->counted += self->repeats > TENS_AFTER ? 10 * self->step : self->step;
  show_quantity (self, self->item->stock.quantity + self->counted);
  self->repeat_timer = cpt_clock_add_timer (clock, REPEAT_MS, repeat_cb, self, NULL);
}

/* It counts on while it is held, and is one change when it is let go. */
static void
stop_counting (CptStockTools *self)
{
  gint64 counted = self->counted;

  cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->repeat_timer);
  self->counted = 0;
  if (counted != 0)
    add (self, counted);
}

static void
pressed_long_cb (GtkGesture *gesture, double x, double y, CptStockTools *self)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->step = button == self->less ? -ONE : ONE;
  self->repeats = 0;
  self->counted = 0;
  count_once (self);
}

static void
released_cb (GtkGesture *gesture, GdkEventSequence *sequence, CptStockTools *self)
{
  if (self->engine != NULL && self->item != NULL)
    stop_counting (self);
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
  g_signal_connect (press, "end", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (press));
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

/* --- The menu --- */

static void
chosen_cb (CptStockEdit edit, gpointer data)
{
  emit (data, edit);
}

static void
make_menu_cb (GtkMenuButton *button, gpointer data)
{
  CptStockTools *self = data;

  if (self->item != NULL)
    gtk_menu_button_set_popover (button,
                                 cpt_stock_menu_new (self->engine, self->item, chosen_cb, self));
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
                  (self->typed || (self->item->stock.quantity == item->stock.quantity &&
                                   self->item->stock.managed == item->stock.managed));

  g_clear_pointer (&self->item, cpt_stock_item_unref);
  self->item = item != NULL ? cpt_stock_item_ref (item) : NULL;
  if (item == NULL)
    return;
  cpt_engine_get_stock (self->engine, &stock);
  gtk_widget_set_visible (self->less, stock.mode == CPT_STOCK_QUANTITIES);
  gtk_widget_set_visible (self->number, stock.mode == CPT_STOCK_QUANTITIES);
  gtk_widget_set_visible (self->more, stock.mode == CPT_STOCK_QUANTITIES);
  if (!same && self->repeat_timer == 0)
    show_number (self);
}

/**
 * cpt_stock_tools_grab_first:
 *
 * Returns: whether the keyboard is on the number now, or where numbers are hidden on the menu
 */
gboolean
cpt_stock_tools_grab_first (CptStockTools *self)
{
  return gtk_widget_grab_focus (gtk_widget_get_visible (self->number) ? self->number : self->menu);
}

const char *
cpt_stock_tools_get_wrong (CptStockTools *self)
{
  return self->wrong ? gtk_editable_get_text (GTK_EDITABLE (self->number)) : NULL;
}

void
cpt_stock_tools_type (CptStockTools *self, const char *text)
{
  g_autofree char *typed = g_strdup (text);

  gtk_editable_set_text (GTK_EDITABLE (self->number), typed);
  cpt_stock_tools_take_typed (self);
}

static void
cpt_stock_tools_dispose (GObject *object)
{
  CptStockTools *self = CPT_STOCK_TOOLS (object);

  if (self->engine != NULL)
    cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->repeat_timer);
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
  judged_signal = g_signal_new ("judged", CPT_TYPE_STOCK_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
make_number (CptStockTools *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->number = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->number), 5);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->number), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_alignment (GTK_ENTRY (self->number), 1);
  gtk_widget_add_css_class (self->number, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Quantity"), -1);
  cpt_stock_keypad_attach (GTK_ENTRY (self->number));
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (cpt_stock_tools_take_typed), self);
  gtk_widget_add_controller (self->number, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->number, keys);
  gtk_box_append (GTK_BOX (self), self->number);
}

static void
make_menu (CptStockTools *self)
{
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), make_menu_cb, self, NULL);
  gtk_widget_add_css_class (self->menu, "touch-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More for this item"), -1);
  gtk_box_append (GTK_BOX (self), self->menu);
}

static void
cpt_stock_tools_init (CptStockTools *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->less = new_button (self, "list-remove-symbolic", _ ("One less"), G_CALLBACK (less_cb));
  make_number (self);
  self->more = new_button (self, "list-add-symbolic", _ ("One more"), G_CALLBACK (more_cb));
  make_menu (self);
}

GtkWidget *
cpt_stock_tools_new (CptEngine *engine)
{
  CptStockTools *self = g_object_new (CPT_TYPE_STOCK_TOOLS, NULL);

  self->engine = g_object_ref (engine);
  return GTK_WIDGET (self);
}
