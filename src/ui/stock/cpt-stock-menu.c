/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to one item, or to several, beside its number. Main thread only. */
#include "cpt-stock-menu.h"

#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"
#include "cpt-stock-keypad.h"
#include "cpt-stock-tools.h"

#define REASON_CHARS 34

typedef struct
{
  CptEngine *engine;  /* (owned) */
  CptStockItem *item; /* (owned) (nullable) */
  CptStockMenuChosen chosen;
  gpointer data;

  gboolean asks_threshold; /* else how many there are */

  /* (owned by the popover) */
  GtkWidget *popover, *pages, *calendar;
  GtkWidget *question, *number, *wrong;
} Menu;

static void
menu_free (gpointer data)
{
  Menu *menu = data;

  g_clear_pointer (&menu->item, cpt_stock_item_unref);
  g_object_unref (menu->engine);
  g_free (menu);
}

static void
choose (Menu *menu, CptStockEdit edit)
{
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
  menu->chosen (edit, menu->data);
}

/* --- Off sale --- */

static void
put_away (Menu *menu, CptTime back_on)
{
  choose (menu, (CptStockEdit){ .sets_active = TRUE, .active = FALSE, .back_on = back_on });
}

static void
away_day_cb (Menu *menu)
{
  put_away (menu, cpt_engine_get_stock_tomorrow (menu->engine));
}

static void
away_hour_cb (Menu *menu)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (menu->engine));

  /* Whole seconds: that is what HubRise's times have. */
  put_away (menu, (now + CPT_HOUR) / CPT_SECOND * CPT_SECOND);
}

static void
away_cb (Menu *menu)
{
  put_away (menu, CPT_TIME_NONE);
}

static void
away_date_cb (Menu *menu)
{
  gtk_stack_set_visible_child_name (GTK_STACK (menu->pages), "date");
}

/* A day that is over would bring it back at once: the next opening then. */
static void
date_chosen_cb (Menu *menu)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (menu->calendar));
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (menu->engine);
  g_autoptr (GDateTime) midnight =
      g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                       g_date_time_get_day_of_month (day), 0, 0, 0);
  CptTime now = cpt_clock_now (cpt_engine_get_clock (menu->engine));
  CptTime begin = g_date_time_to_unix (midnight) * CPT_SECOND;

  put_away (menu, cpt_engine_get_stock_opening (menu->engine, MAX (begin, now)));
}

/* --- The rest --- */

static void
on_sale_cb (Menu *menu)
{
  choose (menu, (CptStockEdit){ .sets_active = TRUE, .active = TRUE, .back_on = CPT_TIME_NONE });
}

static void
not_manage_cb (Menu *menu)
{
  choose (menu, (CptStockEdit){ .sets_managed = TRUE, .managed = FALSE });
}

static void
low_never_cb (Menu *menu)
{
  choose (menu, (CptStockEdit){ .sets_low = TRUE, .low = 0 });
}

static void
retry_cb (Menu *menu)
{
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
  cpt_engine_retry_stock (menu->engine);
}

/* --- A number --- */

static void
tell_wrong (Menu *menu, gboolean wrong)
{
  gtk_widget_set_visible (menu->wrong, wrong);
  if (wrong)
    gtk_widget_add_css_class (menu->number, "error");
  else
    gtk_widget_remove_css_class (menu->number, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (menu->number), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
ask (Menu *menu, const char *question, gint64 proposal)
{
  g_autofree char *text =
      proposal > 0 ? cpt_decimal_format (cpt_decimal (proposal)) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (menu->question), question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  question, -1);
  gtk_editable_set_text (GTK_EDITABLE (menu->number), text);
  tell_wrong (menu, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (menu->pages), "number");
  gtk_widget_grab_focus (menu->number);
}

/* Nothing is counted, and nothing sent, before it is known how many there are: none would take the
 * product off every site. */
static void
manage_cb (Menu *menu)
{
  menu->asks_threshold = FALSE;
  ask (menu, menu->item != NULL ? _ ("How many are there?") : _ ("How many of each are there?"),
       menu->item != NULL ? menu->item->stock.quantity : 0);
}

static void
threshold_cb (Menu *menu)
{
  const CptStock *stock = menu->item != NULL ? &menu->item->stock : NULL;

  menu->asks_threshold = TRUE;
  ask (menu, _ ("Warn from this number down"),
       stock == NULL    ? 0
       : stock->low > 0 ? stock->low
                        : stock->quantity);
}

static void
number_entered_cb (Menu *menu)
{
  gint64 number = 0;
  gboolean wrong =
      !cpt_stock_parse_typed (gtk_editable_get_text (GTK_EDITABLE (menu->number)), &number) ||
      (menu->asks_threshold && number < 0);

  tell_wrong (menu, wrong);
  if (wrong)
    gtk_widget_grab_focus (menu->number);
  else if (menu->asks_threshold)
    choose (menu, (CptStockEdit){ .sets_low = TRUE, .low = number });
  else
    choose (menu, (CptStockEdit){ .sets_quantity = TRUE, .quantity = number });
}

/* --- Building --- */

static void
add_choice (Menu *menu, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", callback, menu);
  gtk_box_append (GTK_BOX (box), button);
}

/* The row has room for a few words only. */
static void
add_refusal (Menu *menu, GtkWidget *box)
{
  GtkWidget *label = NULL;
  g_autofree char *text = NULL;

  if (menu->item == NULL || menu->item->refusal == NULL)
    return;
  text = *menu->item->refusal != '\0' ? g_strdup_printf (_ ("refused: %s"), menu->item->refusal)
                                      : g_strdup (_ ("refused"));
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), REASON_CHARS);
  gtk_widget_add_css_class (label, "stock-reason");
  gtk_box_append (GTK_BOX (box), label);
  add_choice (menu, box, _ ("Send it again"), G_CALLBACK (retry_cb));
}

/* Where numbers are hidden nobody starts to count; what another program counts and is out comes
 * back by not being managed. */
static void
add_counting (Menu *menu, GtkWidget *box)
{
  const CptStockItem *item = menu->item;
  CptEngineStock stock;
  gboolean counts = FALSE;

  cpt_engine_get_stock (menu->engine, &stock);
  counts = stock.mode == CPT_STOCK_QUANTITIES;
  if (counts && (item == NULL || !item->stock.managed))
    add_choice (menu, box, _ ("Manage its stock…"), G_CALLBACK (manage_cb));
  if (item == NULL || item->stock.managed)
    add_choice (menu, box, _ ("Do not manage its stock"), G_CALLBACK (not_manage_cb));
  if (counts && (item == NULL || item->stock.managed))
    /* TRANSLATORS: of the stock: it is shown as low at that number and below */
    add_choice (menu, box, _ ("Warn from a number down…"), G_CALLBACK (threshold_cb));
  if (counts && (item == NULL || item->stock.low > 0))
    add_choice (menu, box, _ ("Do not warn"), G_CALLBACK (low_never_cb));
}

static GtkWidget *
make_choices (Menu *menu)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  add_refusal (menu, box);
  if (menu->item == NULL)
    /* TRANSLATORS: several items are for sale again */
    add_choice (menu, box, _ ("Put on sale"), G_CALLBACK (on_sale_cb));
  /* TRANSLATORS: takes an item off sale; it comes back by itself the next morning */
  add_choice (menu, box, _ ("Off until tomorrow"), G_CALLBACK (away_day_cb));
  add_choice (menu, box, _ ("Off for an hour"), G_CALLBACK (away_hour_cb));
  add_choice (menu, box, _ ("Off until a date…"), G_CALLBACK (away_date_cb));
  add_choice (menu, box, _ ("Off until I say"), G_CALLBACK (away_cb));
  add_counting (menu, box);
  return box;
}

static GtkWidget *
make_date (Menu *menu)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  menu->calendar = gtk_calendar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back on"), -1);
  gtk_box_append (GTK_BOX (box), menu->calendar);
  /* TRANSLATORS: takes an item off sale until the morning of the day chosen above */
  add_choice (menu, box, _ ("Off until that morning"), G_CALLBACK (date_chosen_cb));
  return box;
}

static GtkWidget *
make_number (Menu *menu)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  menu->question = gtk_label_new (NULL);
  gtk_widget_add_css_class (menu->question, "heading");
  gtk_label_set_wrap (GTK_LABEL (menu->question), TRUE);
  menu->number = gtk_entry_new ();
  gtk_editable_set_alignment (GTK_EDITABLE (menu->number), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (menu->number), 8);
  gtk_widget_add_css_class (menu->number, "touch-button");
  g_signal_connect_swapped (menu->number, "activate", G_CALLBACK (number_entered_cb), menu);
  menu->wrong = gtk_label_new (_ ("Write a number like 3 or 12.5"));
  gtk_label_set_wrap (GTK_LABEL (menu->wrong), TRUE);
  gtk_widget_add_css_class (menu->wrong, "stock-reason");
  gtk_box_append (GTK_BOX (box), menu->question);
  gtk_box_append (GTK_BOX (box), menu->number);
  gtk_box_append (GTK_BOX (box), menu->wrong);
  gtk_box_append (GTK_BOX (box), cpt_stock_keypad_new (GTK_ENTRY (menu->number)));
  return box;
}

GtkWidget *
cpt_stock_menu_new (CptEngine *engine, CptStockItem *item, CptStockMenuChosen chosen, gpointer data)
{
  Menu *menu = g_new0 (Menu, 1);

  menu->engine = g_object_ref (engine);
  menu->item = item != NULL ? cpt_stock_item_ref (item) : NULL;
  menu->chosen = chosen;
  menu->data = data;
  menu->popover = gtk_popover_new ();
  menu->pages = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (menu->pages), FALSE);
  gtk_stack_add_named (GTK_STACK (menu->pages), make_choices (menu), "choices");
  gtk_stack_add_named (GTK_STACK (menu->pages), make_date (menu), "date");
  gtk_stack_add_named (GTK_STACK (menu->pages), make_number (menu), "number");
  gtk_popover_set_child (GTK_POPOVER (menu->popover), menu->pages);
  g_object_set_data_full (G_OBJECT (menu->popover), "cpt-menu", menu, menu_free);
  return menu->popover;
}
