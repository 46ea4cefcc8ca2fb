/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the basket; the chosen one has its controls under it. Main thread only. */
#include "cpt-basket-row.h"

#include <glib/gi18n-lib.h>

struct _CptBasketRow
{
  GtkListBoxRow parent_instance;

  guint key;
  char *quantity; /* (owned) (nullable) as the line has it */

  /* (owned by their parents) */
  GtkWidget *times, *name, *options, *note_label, *price;
  GtkWidget *controls, *minus, *entry, *note_button, *note, *change;
};

static guint deed_signal;

G_DEFINE_FINAL_TYPE (CptBasketRow, cpt_basket_row, GTK_TYPE_LIST_BOX_ROW)

static void
emit (CptBasketRow *self, CptBasketDeed deed, const char *text)
{
  g_signal_emit (self, deed_signal, 0, (int)deed, text);
}

/* --- What it shows --- */

static char *
option_words (const CptOrderItem *item)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];

      if (words->len > 0)
        g_string_append (words, ", ");
      if (option->quantity > 1)
        g_string_append_printf (words, "%" G_GINT64_FORMAT " × ", option->quantity);
      g_string_append (words, option->name);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
item_words (const CptOrderItem *item)
{
  if (item->sku_name != NULL && *item->sku_name != '\0')
    return g_strdup_printf ("%s, %s", item->product_name, item->sku_name);
  return g_strdup (item->product_name != NULL ? item->product_name : "");
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
say_name (CptBasketRow *self, const char *name, const char *options, const char *price)
{
  const char *note = gtk_label_get_text (GTK_LABEL (self->note_label));
  g_autofree char *said =
      g_strdup_printf ("%s × %s%s%s, %s%s%s", self->quantity, name, *options != '\0' ? ", " : "",
                       options, price, *note != '\0' ? ", " : "", note);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

/**
 * cpt_basket_row_update:
 *
 * Shows the line as it is.
 */
void
cpt_basket_row_update (CptBasketRow *self, const CptOrderItem *item)
{
  g_autofree char *times = NULL;
  g_autofree char *options = option_words (item);
  g_autofree char *name = item_words (item);
  g_autofree char *price = NULL;
  const char *note = item->customer_notes != NULL ? item->customer_notes : "";
  CptMoney subtotal = { 0 };

  g_free (self->quantity);
  self->quantity = cpt_decimal_format (item->quantity);
  times = g_strconcat (self->quantity, " ×", NULL);
  cpt_order_item_compute_subtotal (item, &subtotal);
  price = cpt_money_format (subtotal);
  set_text (self->times, times);
  set_text (self->name, name);
  set_text (self->options, options);
  set_text (self->note_label, note);
  set_text (self->price, price);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->quantity);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->note)), note) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->note), note);
  gtk_widget_set_visible (self->change, item->options->len > 0 || item->sku_name != NULL);
  gtk_widget_set_sensitive (self->minus, item->quantity.thousandths > 1000);
  say_name (self, name, options, price);
}

/* --- Controls --- */

static void
less_cb (CptBasketRow *self)
{
  emit (self, CPT_BASKET_LESS, NULL);
}

static void
more_cb (CptBasketRow *self)
{
  emit (self, CPT_BASKET_MORE, NULL);
}

static void
change_cb (CptBasketRow *self)
{
  emit (self, CPT_BASKET_CHANGE, NULL);
}

static void
remove_cb (CptBasketRow *self)
{
  emit (self, CPT_BASKET_REMOVE, NULL);
}

static void
quantity_cb (CptBasketRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (g_strcmp0 (text, self->quantity) != 0)
    emit (self, CPT_BASKET_QUANTITY, text);
}

static void
quantity_done_cb (CptBasketRow *self)
{
  quantity_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
note_toggled_cb (CptBasketRow *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->note_button));

  gtk_widget_set_visible (self->note, open);
  if (open)
    gtk_widget_grab_focus (self->note);
}

static void
note_changed_cb (CptBasketRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->note));

  if (g_strcmp0 (text, gtk_label_get_text (GTK_LABEL (self->note_label))) != 0)
    emit (self, CPT_BASKET_NOTE, text);
}

static void
note_done_cb (CptBasketRow *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->note_button), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
dress (GtkWidget *button, const char *name)
{
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_button (CptBasketRow *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  dress (button, name);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_quantity (CptBasketRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 5);
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), 0.5F);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (self->entry, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Quantity"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (quantity_done_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (quantity_cb), self);
  gtk_widget_add_controller (self->entry, focus);
  return self->entry;
}

static void
make_note (CptBasketRow *self)
{
  self->note_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->note_button), "document-edit-symbolic");
  dress (self->note_button, _ ("Note for the kitchen"));
  g_signal_connect_swapped (self->note_button, "toggled", G_CALLBACK (note_toggled_cb), self);
  self->note = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), _ ("Note for the kitchen"));
  gtk_entry_set_max_length (GTK_ENTRY (self->note), 200);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note for the kitchen"), -1);
  g_signal_connect_swapped (self->note, "changed", G_CALLBACK (note_changed_cb), self);
  g_signal_connect_swapped (self->note, "activate", G_CALLBACK (note_done_cb), self);
}

static GtkWidget *
make_controls (CptBasketRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->controls = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  make_note (self);
  self->minus = make_button (self, "list-remove-symbolic", _ ("One less"), G_CALLBACK (less_cb));
  self->change =
      make_button (self, "view-list-symbolic", _ ("Change the options"), G_CALLBACK (change_cb));
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (row), self->minus);
  gtk_box_append (GTK_BOX (row), make_quantity (self));
  gtk_box_append (GTK_BOX (row),
                  make_button (self, "list-add-symbolic", _ ("One more"), G_CALLBACK (more_cb)));
  gtk_box_append (GTK_BOX (row), space);
  gtk_box_append (GTK_BOX (row), self->change);
  gtk_box_append (GTK_BOX (row), self->note_button);
  gtk_box_append (GTK_BOX (row),
                  make_button (self, "user-trash-symbolic", _ ("Remove"), G_CALLBACK (remove_cb)));
  gtk_box_append (GTK_BOX (self->controls), row);
  gtk_box_append (GTK_BOX (self->controls), self->note);
  gtk_widget_set_visible (self->controls, FALSE);
  return self->controls;
}

/* --- The object --- */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_texts (CptBasketRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->times = gtk_label_new (NULL);
  self->price = gtk_label_new (NULL);
  self->name = make_label ("basket-name");
  self->options = make_label ("basket-options");
  self->note_label = make_label ("basket-note");
  gtk_widget_add_css_class (self->times, "basket-times");
  gtk_widget_add_css_class (self->price, "basket-price");
  gtk_label_set_xalign (GTK_LABEL (self->times), 0);
  gtk_widget_set_valign (self->times, GTK_ALIGN_START);
  gtk_widget_set_valign (self->price, GTK_ALIGN_START);
  gtk_widget_set_valign (middle, GTK_ALIGN_START);
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_box_append (GTK_BOX (middle), self->name);
  gtk_box_append (GTK_BOX (middle), self->options);
  gtk_box_append (GTK_BOX (middle), self->note_label);
  gtk_box_append (GTK_BOX (row), self->times);
  gtk_box_append (GTK_BOX (row), middle);
  gtk_box_append (GTK_BOX (row), self->price);
  gtk_widget_add_css_class (row, "basket-texts");
  return row;
}

static void
cpt_basket_row_finalize (GObject *object)
{
  g_free (CPT_BASKET_ROW (object)->quantity);
  G_OBJECT_CLASS (cpt_basket_row_parent_class)->finalize (object);
}

static void
cpt_basket_row_class_init (CptBasketRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_basket_row_finalize;

  deed_signal = g_signal_new ("deed", CPT_TYPE_BASKET_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
cpt_basket_row_init (CptBasketRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_texts (self));
  gtk_box_append (GTK_BOX (box), make_controls (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "basket-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * cpt_basket_row_new:
 * @key: of the line
 *
 * Returns: (transfer floating): a row without a text yet
 */
GtkWidget *
cpt_basket_row_new (guint key)
{
  CptBasketRow *self = g_object_new (CPT_TYPE_BASKET_ROW, NULL);

  self->key = key;
  return GTK_WIDGET (self);
}

guint
cpt_basket_row_get_key (CptBasketRow *self)
{
  return self->key;
}

/**
 * cpt_basket_row_set_open:
 * @open: whether its controls are there
 */
void
cpt_basket_row_set_open (CptBasketRow *self, gboolean open)
{
  gtk_widget_set_visible (self->controls, open);
  if (!open)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->note_button), FALSE);
}

/**
 * cpt_basket_row_edit_quantity:
 * @text: the first digit that was typed
 *
 * Moves the keyboard into the quantity.
 */
void
cpt_basket_row_edit_quantity (CptBasketRow *self, const char *text)
{
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * cpt_basket_row_finish:
 *
 * Takes a quantity that was typed and not confirmed: OK does not wait for that.
 */
void
cpt_basket_row_finish (CptBasketRow *self)
{
  quantity_cb (self);
}
