/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person puts in the basket of the sale page, changes there and takes out again, and for
 * whom it is. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-choice-dialog.h"
#include "cpt-customer-dialog.h"
#include "cpt-sale-page-private.h"
#include "cpt-sale-pane.h"
#include "cpt-sale-product.h"
#include "cpt-sale-question.h"

/* --- Into the basket --- */

static void
changed_cb (CptSalePage *self)
{
  cpt_sale_page_save_draft (self);
}

static void
add_item (CptSalePage *self, CptOrderItem *item)
{
  guint key = cpt_basket_add (self->basket, item);

  cpt_sale_pane_refresh (CPT_SALE_PANE (self->pane), key);
  cpt_sale_page_save_draft (self);
}

static void
chosen_done_cb (CptSalePage *self, const CptOrderItem *item)
{
  add_item (self, cpt_order_item_copy (item));
}

static void
ask_choice (CptSalePage *self, CptChoice *choice)
{
  GtkWidget *dialog =
      cpt_choice_dialog_new (cpt_sale_page_get_window (self), self->stock, choice, FALSE);

  g_signal_connect_object (dialog, "done", G_CALLBACK (chosen_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_asked (GObject *object, gpointer data)
{
  add_item (CPT_SALE_PAGE (object), cpt_choice_to_item (data));
}

static void
chosen_cb (CptSalePage *self, CptSaleProduct *object, guint times)
{
  CptMenuProduct *product = cpt_sale_product_get (object);
  CptSaleMark mark = cpt_sale_stock_get_product (self->stock, product);
  g_autoptr (CptChoice) choice = cpt_choice_new (cpt_sale_product_get_menu (object), product);

  if (!cpt_sale_page_takes_product (self))
    return;
  choice->quantity = cpt_decimal (1000 * (gint64)times);
  if (!cpt_choice_is_simple (product))
    ask_choice (self, g_steal_pointer (&choice));
  else if (!mark.is_sold)
    cpt_sale_ask_inactive (GTK_WIDGET (self), product->name, add_asked, G_OBJECT (self),
                           g_steal_pointer (&choice), (GDestroyNotify)cpt_choice_free);
  else
    add_item (self, cpt_choice_to_item (choice));
}

/* --- Changing a line --- */

typedef struct
{
  CptSalePage *self; /* (owned) */
  guint key;
} Line;

static void
line_done_cb (CptChoiceDialog *dialog, const CptOrderItem *item, Line *line)
{
  cpt_basket_replace (line->self->basket, line->key, cpt_order_item_copy (item));
  cpt_sale_pane_refresh (CPT_SALE_PANE (line->self->pane), line->key);
  cpt_sale_page_save_draft (line->self);
}

static void
line_free (gpointer data, GClosure *closure)
{
  Line *line = data;

  g_object_unref (line->self);
  g_free (line);
}

static void
change_line_cb (CptSalePage *self, guint key)
{
  CptBasketLine *line = cpt_basket_find (self->basket, key, NULL);
  CptChoice *choice =
      self->menu != NULL && line != NULL ? cpt_choice_new_from_item (self->menu, line->item) : NULL;
  GtkWidget *dialog = NULL;
  Line *asked = NULL;

  if (choice == NULL)
    {
      cpt_sale_page_tell (self, _ ("The catalog does not have this product any more"));
      return;
    }
  asked = g_new0 (Line, 1);
  asked->self = g_object_ref (self);
  asked->key = key;
  dialog = cpt_choice_dialog_new (cpt_sale_page_get_window (self), self->stock, choice, TRUE);
  g_signal_connect_data (dialog, "done", G_CALLBACK (line_done_cb), asked, line_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  CptSalePage *self;   /* (weak) (nullable): it holds the message that holds this */
  CptBasket *basket;   /* (unowned) where it was: only compared */
  CptBasketLine *line; /* (owned) (nullable) */
  guint position;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_clear_pointer (&removed->line, cpt_basket_line_free);
  g_clear_weak_pointer (&removed->self);
  g_free (removed);
}

static void
undo_cb (AdwToast *toast, Removed *removed)
{
  CptBasketLine *line = g_steal_pointer (&removed->line);

  if (line == NULL)
    return;
  if (removed->self == NULL || removed->self->basket != removed->basket)
    {
      cpt_basket_line_free (line);
      return;
    }
  cpt_basket_put_back (removed->basket, line, removed->position);
  cpt_sale_pane_refresh (CPT_SALE_PANE (removed->self->pane), line->key);
  cpt_sale_page_save_draft (removed->self);
}

static void
removed_cb (CptSalePage *self, CptBasketLine *line, guint position)
{
  /* TRANSLATORS: %s is a product. */
  g_autofree char *text = g_strdup_printf (_ ("%s was removed"), line->item->product_name);
  AdwToast *toast = cpt_sale_page_make_toast (text);
  Removed *removed = g_new0 (Removed, 1);

  g_set_weak_pointer (&removed->self, self);
  removed->basket = self->basket;
  removed->line = line;
  removed->position = position;
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removed, removed_free, 0);
  cpt_sale_page_show_toast (self, toast);
}

/* --- The customer --- */

static void
customer_done_cb (CptSalePage *self, const CptOrderCustomer *customer)
{
  cpt_basket_set_customer (self->basket, customer);
  cpt_sale_pane_refresh (CPT_SALE_PANE (self->pane), 0);
  cpt_sale_page_save_draft (self);
}

static void
ask_customer_cb (CptSalePage *self)
{
  GtkWidget *dialog = cpt_customer_dialog_new (cpt_sale_page_get_window (self), self->engine,
                                               self->basket->customer);

  g_signal_connect_object (dialog, "done", G_CALLBACK (customer_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- What asks for it --- */

void
cpt_sale_page_watch_basket (CptSalePage *self)
{
  g_signal_connect_swapped (self->shelf, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->pane, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->pane, "change-line", G_CALLBACK (change_line_cb), self);
  g_signal_connect_swapped (self->pane, "removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_swapped (self->pane, "ask-customer", G_CALLBACK (ask_customer_cb), self);
}
