/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks which sku of a product, with which options. Main thread only. */
#include "cpt-choice-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-option-cell.h"
#include "cpt-sale-question.h"

struct _CptChoiceDialog
{
  AdwWindow parent_instance;

  CptSaleStock *stock; /* (owned) */
  CptChoice *choice;   /* (owned) */
  gboolean changes;    /* a line that is in the basket already */
  gboolean updating;

  GPtrArray *cells; /* (owned) (element-type CptOptionCell) unowned */
  /* (owned by their parents) */
  GtkWidget *skus, *lists, *note, *quantity, *minus, *problem, *add, *scroller;
};

static guint done_signal;

G_DEFINE_FINAL_TYPE (CptChoiceDialog, cpt_choice_dialog, ADW_TYPE_WINDOW)

/* --- What it says --- */

static void
update_add (CptChoiceDialog *self)
{
  g_autoptr (CptOrderItem) item = cpt_choice_to_item (self->choice);
  g_autofree char *problem = cpt_choice_dup_problem (self->choice);
  g_autofree char *price = NULL;
  g_autofree char *label = NULL;
  CptMoney subtotal = { 0 };

  cpt_order_item_compute_subtotal (item, &subtotal);
  price = cpt_money_format (subtotal);
  label = self->changes ? g_strdup_printf (/* TRANSLATORS: a button; %s is the price. */
                                           _ ("Change to %s"), price)
                        : g_strdup_printf (/* TRANSLATORS: a button; %s is the price. */
                                           _ ("Add %s"), price);
  gtk_button_set_label (GTK_BUTTON (self->add), label);
  gtk_widget_set_sensitive (self->add, problem == NULL);
  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static void
update (CptChoiceDialog *self)
{
  g_autofree char *quantity = cpt_decimal_format (self->choice->quantity);

  for (guint i = 0; i < self->cells->len; i++)
    cpt_option_cell_update (self->cells->pdata[i], self->choice);
  gtk_label_set_text (GTK_LABEL (self->quantity), quantity);
  gtk_widget_set_sensitive (self->minus, self->choice->quantity.thousandths > 1000);
  update_add (self);
}

/* --- Options --- */

static void
count_cb (CptChoiceDialog *self, guint count, CptOptionCell *cell)
{
  const CptMenuList *list = cpt_option_cell_get_list (cell);

  cpt_choice_set_count (self->choice, list, cpt_option_cell_get_option (cell), count);
  update (self);
}

static GtkWidget *
make_cell (CptChoiceDialog *self, const CptMenuList *list, const CptMenuOption *option)
{
  CptSaleMark mark = cpt_sale_stock_get (self->stock, CPT_ITEM_OPTION, option->ref);
  GtkWidget *cell = cpt_option_cell_new (list, option, &mark);

  g_signal_connect_object (cell, "count", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->cells, cell);
  return cell;
}

static GtkWidget *
make_heading (const char *text, const char *rule)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *name = gtk_label_new (text);
  GtkWidget *words = gtk_label_new (rule);

  gtk_widget_add_css_class (name, "choice-heading");
  gtk_widget_add_css_class (words, "choice-rule");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static GtkWidget *
make_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  return grid;
}

static void
add_list (CptChoiceDialog *self, const CptMenuList *list)
{
  g_autofree char *rule = cpt_choice_dup_rule (list);
  GtkWidget *grid = make_grid ();

  for (guint i = 0; i < list->options->len; i++)
    gtk_grid_attach (GTK_GRID (grid), make_cell (self, list, list->options->pdata[i]), (int)i % 2,
                     (int)i / 2, 1, 1);
  /* One alone must not be as wide as two. */
  if (list->options->len == 1)
    gtk_grid_attach (GTK_GRID (grid), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), 1, 0, 1, 1);
  gtk_box_append (GTK_BOX (self->lists), make_heading (list->name, rule));
  gtk_box_append (GTK_BOX (self->lists), grid);
}

static void
fill_lists (CptChoiceDialog *self)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self->choice);
  GtkWidget *child = NULL;

  g_ptr_array_set_size (self->cells, 0);
  while ((child = gtk_widget_get_first_child (self->lists)) != NULL)
    gtk_box_remove (GTK_BOX (self->lists), child);
  for (guint i = 0; i < sku->lists->len; i++)
    add_list (self, sku->lists->pdata[i]);
}

/* --- Skus --- */

static void
sku_toggled_cb (CptChoiceDialog *self, GtkToggleButton *button)
{
  guint sku = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "sku"));

  if (!gtk_toggle_button_get_active (button) || sku == self->choice->sku)
    return;
  cpt_choice_set_sku (self->choice, sku);
  fill_lists (self);
  update (self);
}

static GtkWidget *
make_sku (CptChoiceDialog *self, guint i, GtkWidget *first)
{
  const CptMenuSku *sku = self->choice->product->skus->pdata[i];
  CptSaleMark mark = cpt_sale_stock_get (self->stock, CPT_ITEM_SKU, sku->ref);
  g_autofree char *price = cpt_money_format (sku->price);
  GtkWidget *button = gtk_toggle_button_new ();
  const char *name = sku->name != NULL ? sku->name : self->choice->product->name;

  gtk_button_set_child (GTK_BUTTON (button), cpt_option_face_new (name, price, &mark));
  cpt_option_face_name (button, name, price, &mark);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == self->choice->sku);
  gtk_widget_add_css_class (button, "choice-option");
  g_object_set_data (G_OBJECT (button), "sku", GUINT_TO_POINTER (i));
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (sku_toggled_cb), self);
  return button;
}

static GtkWidget *
make_skus (CptChoiceDialog *self)
{
  GtkWidget *grid = make_grid ();
  GtkWidget *first = NULL;

  for (guint i = 0; i < self->choice->product->skus->len; i++)
    {
      GtkWidget *button = make_sku (self, i, first);

      first = first != NULL ? first : button;
      gtk_grid_attach (GTK_GRID (grid), button, (int)i % 2, (int)i / 2, 1, 1);
    }
  gtk_widget_set_visible (grid, self->choice->product->skus->len > 1);
  return grid;
}

/* --- Adding it --- */

static void
finish (GObject *object, gpointer data)
{
  CptChoiceDialog *self = CPT_CHOICE_DIALOG (object);
  g_autoptr (CptOrderItem) item = NULL;

  g_free (self->choice->note);
  self->choice->note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))));
  item = cpt_choice_to_item (self->choice);
  g_signal_emit (self, done_signal, 0, item);
  gtk_window_close (GTK_WINDOW (self));
}

/* The first of what is chosen that is not for sale. */
static const char *
find_inactive (CptChoiceDialog *self)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self->choice);

  if (!cpt_sale_stock_get (self->stock, CPT_ITEM_SKU, sku->ref).is_sold)
    return self->choice->product->name;
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CptMenuOption *option = cpt_option_cell_get_option (self->cells->pdata[i]);

      if (cpt_choice_get_count (self->choice, option) > 0 &&
          !cpt_sale_stock_get (self->stock, CPT_ITEM_OPTION, option->ref).is_sold)
        return option->name;
    }
  return NULL;
}

static void
add_cb (CptChoiceDialog *self)
{
  g_autofree char *problem = cpt_choice_dup_problem (self->choice);
  const char *inactive = find_inactive (self);

  if (problem != NULL)
    return;
  if (inactive != NULL)
    cpt_sale_ask_inactive (GTK_WIDGET (self), inactive, finish, G_OBJECT (self), NULL, NULL);
  else
    finish (G_OBJECT (self), NULL);
}

static gboolean
add_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  add_cb (CPT_CHOICE_DIALOG (widget));
  return TRUE;
}

static void
step (CptChoiceDialog *self, int by)
{
  cpt_choice_step (self->choice, by);
  update (self);
}

static void
minus_cb (CptChoiceDialog *self)
{
  step (self, -1);
}

static void
plus_cb (CptChoiceDialog *self)
{
  step (self, 1);
}

/* --- The object --- */

static GtkWidget *
make_step_button (CptChoiceDialog *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_foot (CptChoiceDialog *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->minus =
      make_step_button (self, "list-remove-symbolic", _ ("One less"), G_CALLBACK (minus_cb));
  self->quantity = gtk_label_new (NULL);
  self->problem = gtk_label_new (NULL);
  self->add = gtk_button_new_with_label ("");
  gtk_label_set_width_chars (GTK_LABEL (self->quantity), 3);
  gtk_widget_add_css_class (self->quantity, "choice-quantity");
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 1);
  gtk_widget_add_css_class (self->problem, "state-wait");
  gtk_widget_set_hexpand (self->problem, TRUE);
  gtk_widget_set_halign (self->add, GTK_ALIGN_END);
  gtk_widget_set_hexpand (self->add, TRUE);
  gtk_widget_add_css_class (self->add, "large-button");
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (foot), self->minus);
  gtk_box_append (GTK_BOX (foot), self->quantity);
  gtk_box_append (GTK_BOX (foot), make_step_button (self, "list-add-symbolic", _ ("One more"),
                                                    G_CALLBACK (plus_cb)));
  gtk_box_append (GTK_BOX (foot), self->problem);
  gtk_box_append (GTK_BOX (foot), self->add);
  gtk_widget_add_css_class (foot, "choice-foot");
  return foot;
}

static GtkWidget *
make_note (CptChoiceDialog *self)
{
  self->note = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), _ ("Note for the kitchen"));
  gtk_entry_set_max_length (GTK_ENTRY (self->note), 200);
  gtk_entry_set_activates_default (GTK_ENTRY (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note for the kitchen"), -1);
  if (self->choice->note != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->note), self->choice->note);
  return self->note;
}

static void
build (CptChoiceDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();

  self->lists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->skus = make_skus (self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_box_append (GTK_BOX (content), self->skus);
  gtk_box_append (GTK_BOX (content), self->lists);
  gtk_box_append (GTK_BOX (content), make_note (self));
  gtk_widget_add_css_class (content, "choice-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), content);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 520);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->add);
}

static void
cpt_choice_dialog_finalize (GObject *object)
{
  CptChoiceDialog *self = CPT_CHOICE_DIALOG (object);

  g_ptr_array_unref (self->cells);
  g_clear_pointer (&self->choice, cpt_choice_free);
  g_clear_object (&self->stock);
  G_OBJECT_CLASS (cpt_choice_dialog_parent_class)->finalize (object);
}

/* Where nothing has to be chosen one more Enter is enough. */
static void
focus_first (CptChoiceDialog *self)
{
  g_autofree char *problem = cpt_choice_dup_problem (self->choice);

  for (guint i = 0; problem != NULL && i < self->cells->len; i++)
    {
      const CptMenuList *list = cpt_option_cell_get_list (self->cells->pdata[i]);

      if (cpt_choice_count_list (self->choice, list) < (guint)MAX (0, list->min))
        {
          gtk_widget_child_focus (self->cells->pdata[i], GTK_DIR_TAB_FORWARD);
          return;
        }
    }
  gtk_widget_grab_focus (self->add);
}

/* Not before: GTK tells the accessibility bus a wrong role of a window that had the focus first. */
static void
cpt_choice_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_choice_dialog_parent_class)->map (widget);
  focus_first (CPT_CHOICE_DIALOG (widget));
}

static gboolean
close_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
cpt_choice_dialog_class_init (CptChoiceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_choice_dialog_finalize;
  widget_class->map = cpt_choice_dialog_map;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, add_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, add_key_cb, NULL);

  done_signal = g_signal_new ("done", CPT_TYPE_CHOICE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cpt_choice_dialog_init (CptChoiceDialog *self)
{
  self->cells = g_ptr_array_new ();
}

/**
 * cpt_choice_dialog_new:
 * @choice: (transfer full): what is chosen at first
 * @changes: whether it changes a line that is in the basket already
 *
 * Returns: (transfer none): the question, to be presented
 */
GtkWidget *
cpt_choice_dialog_new (GtkWindow *parent, CptSaleStock *stock, CptChoice *choice, gboolean changes)
{
  CptChoiceDialog *self = g_object_new (CPT_TYPE_CHOICE_DIALOG, "transient-for", parent, "modal",
                                        TRUE, "title", choice->product->name, NULL);

  self->stock = g_object_ref (stock);
  self->choice = choice;
  self->changes = changes;
  gtk_window_set_default_size (GTK_WINDOW (self), 620, -1);
  build (self);
  fill_lists (self);
  update (self);
  return GTK_WIDGET (self);
}
