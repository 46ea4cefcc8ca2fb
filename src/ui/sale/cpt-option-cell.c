/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One option that can be chosen, once or several times. Main thread only. */
#include "cpt-option-cell.h"

#include <glib/gi18n-lib.h>

struct _CptOptionCell
{
  GtkWidget parent_instance;

  const CptMenuList *list; /* of the menu its dialog holds */
  const CptMenuOption *option;
  guint count;

  /* (owned by their parents) */
  GtkWidget *button, *minus, *number, *plus;
};

static guint count_signal;

G_DEFINE_FINAL_TYPE (CptOptionCell, cpt_option_cell, GTK_TYPE_WIDGET)

/* --- The face, which skus have too --- */

static const char *const mark_classes[] = {
  [CPT_STOCK_NOT_MANAGED] = "stock-not-managed",
  [CPT_STOCK_AVAILABLE] = "stock-available",
  [CPT_STOCK_LOW] = "stock-low",
  [CPT_STOCK_EMPTY] = "stock-empty",
  [CPT_STOCK_INACTIVE] = "stock-inactive",
};

/**
 * cpt_option_face_new:
 * @price: "" for none
 *
 * Returns: (transfer floating): what stands on the button of a sku or an option
 */
GtkWidget *
cpt_option_face_new (const char *name, const char *price, const CptSaleMark *mark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *amount = gtk_label_new (price);
  g_autofree char *text = cpt_sale_mark_dup_text (mark);
  GtkWidget *stock = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (amount, "choice-price");
  gtk_widget_add_css_class (stock, mark_classes[mark->look]);
  gtk_widget_set_valign (stock, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (stock, *text != '\0');
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), stock);
  gtk_box_append (GTK_BOX (box), amount);
  return box;
}

/**
 * cpt_option_face_name:
 * @button: what holds the face
 *
 * Says the same to a screen reader.
 */
void
cpt_option_face_name (GtkWidget *button,
                      const char *name,
                      const char *price,
                      const CptSaleMark *mark)
{
  g_autofree char *words = cpt_sale_mark_dup_words (mark);
  g_autofree char *said = g_strdup_printf ("%s%s%s%s%s", name, *price != '\0' ? ", " : "", price,
                                           *words != '\0' ? ", " : "", words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

/* --- The cell --- */

static void
emit_count (CptOptionCell *self, guint count)
{
  g_signal_emit (self, count_signal, 0, count);
}

static void
pressed_cb (CptOptionCell *self)
{
  gboolean must_stay = self->list->max == 1 && self->list->min == 1;

  emit_count (self, self->count > 0 && !must_stay ? 0 : MAX (1, self->count));
}

static void
minus_cb (CptOptionCell *self)
{
  emit_count (self, self->count - 1);
}

static void
plus_cb (CptOptionCell *self)
{
  emit_count (self, self->count + 1);
}

static void
name_steps (CptOptionCell *self, const char *name)
{
  /* TRANSLATORS: for a screen reader; %s is an option. */
  g_autofree char *less = g_strdup_printf (_ ("One less: %s"), name);
  /* TRANSLATORS: for a screen reader; %s is an option. */
  g_autofree char *more = g_strdup_printf (_ ("One more: %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->minus), GTK_ACCESSIBLE_PROPERTY_LABEL, less,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plus), GTK_ACCESSIBLE_PROPERTY_LABEL, more,
                                  -1);
}

static GtkWidget *
make_step (CptOptionCell *self, const char *icon, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
cpt_option_cell_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cpt_option_cell_parent_class)->dispose (object);
}

static void
cpt_option_cell_class_init (CptOptionCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_option_cell_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optioncell");

  count_signal = g_signal_new ("count", CPT_TYPE_OPTION_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cpt_option_cell_init (CptOptionCell *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_spacing (layout, 4);
  self->button = gtk_toggle_button_new ();
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_add_css_class (self->button, "choice-option");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (pressed_cb), self);
  self->minus = make_step (self, "list-remove-symbolic", G_CALLBACK (minus_cb));
  self->number = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->number), 2);
  gtk_widget_add_css_class (self->number, "choice-quantity");
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  self->plus = make_step (self, "list-add-symbolic", G_CALLBACK (plus_cb));
}

/**
 * cpt_option_cell_new:
 * @option: of @list
 * @mark: how much of it is left
 *
 * Returns: (transfer floating)
 */
GtkWidget *
cpt_option_cell_new (const CptMenuList *list, const CptMenuOption *option, const CptSaleMark *mark)
{
  CptOptionCell *self = g_object_new (CPT_TYPE_OPTION_CELL, NULL);
  gboolean is_free = option->price.state != CPT_AMOUNT_KNOWN || option->price.minor == 0;
  g_autofree char *amount = is_free ? g_strdup ("") : cpt_money_format (option->price);
  g_autofree char *price = *amount != '\0' && option->price.minor > 0
                               ? g_strconcat ("+ ", amount, NULL)
                               : g_strdup (amount);

  self->list = list;
  self->option = option;
  gtk_button_set_child (GTK_BUTTON (self->button), cpt_option_face_new (option->name, price, mark));
  cpt_option_face_name (self->button, option->name, price, mark);
  name_steps (self, option->name);
  return GTK_WIDGET (self);
}

const CptMenuList *
cpt_option_cell_get_list (CptOptionCell *self)
{
  return self->list;
}

const CptMenuOption *
cpt_option_cell_get_option (CptOptionCell *self)
{
  return self->option;
}

/**
 * cpt_option_cell_update:
 *
 * Shows how often it is chosen, and offers what the list still allows.
 */
void
cpt_option_cell_update (CptOptionCell *self, const CptChoice *choice)
{
  g_autofree char *number = NULL;
  gboolean can_add = cpt_choice_can_add (choice, self->list);
  gboolean counts = FALSE;

  self->count = cpt_choice_get_count (choice, self->option);
  counts = self->count > 0 && self->list->max != 1;
  number = g_strdup_printf ("%u", self->count);
  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button), self->count > 0);
  gtk_widget_set_sensitive (self->button, self->count > 0 || can_add || self->list->max == 1);
  gtk_widget_set_visible (self->minus, counts && self->count > 1);
  gtk_widget_set_visible (self->number, counts && self->count > 1);
  gtk_widget_set_visible (self->plus, counts);
  gtk_widget_set_sensitive (self->plus, can_add);
}
