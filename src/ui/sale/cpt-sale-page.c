/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New order: what can be sold, and the order it becomes. Main thread only.
 *
 * What is put together is kept as a draft at every change, and offered again when the program ended
 * in the middle of it. An order that HubRise refused is corrected here too; of that one there is no
 * draft: it is in the database already. */
#include "cpt-sale-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-choice-dialog.h"
#include "cpt-compat.h"
#include "cpt-customer-dialog.h"
#include "cpt-payment-names.h"
#include "cpt-sale-pane.h"
#include "cpt-sale-product.h"
#include "cpt-sale-question.h"
#include "cpt-sale-shelf.h"

struct _CptSalePage
{
  AdwBin parent_instance;

  CptEngine *engine;         /* (owned) (nullable) until dispose */
  CptSaleStock *stock;       /* (owned) */
  CptMenu *menu;             /* (owned) (nullable) */
  CptBasket *basket;         /* (owned) */
  CptOrder *draft;           /* (owned) (nullable) offered, not answered yet */
  gint64 editing;            /* the refused order that is corrected, 0 for a new one */
  gboolean placing;          /* OK is not answered yet */
  gboolean loading;          /* the menu is on its way */
  guint menu_again;          /* and was asked for meanwhile */
  GCancellable *cancellable; /* (owned) ends with the page */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *stack, *shelf, *pane, *draft_page;
};

static guint left_signal;

G_DEFINE_FINAL_TYPE (CptSalePage, cpt_sale_page, ADW_TYPE_BIN)

/* --- Messages --- */

static AdwToast *
say (CptSalePage *self, const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (plain);

  adw_toast_set_timeout (toast, 6);
  return toast;
}

static void
show_toast (CptSalePage *self, AdwToast *toast)
{
  GtkWidget *child = adw_toast_overlay_get_child (self->toasts);

  adw_toast_overlay_add_toast (self->toasts, toast);
  for (GtkWidget *one = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); one != NULL;
       one = gtk_widget_get_next_sibling (one))
    if (one != child)
      cpt_compat_name_inside (one, GTK_TYPE_BUTTON, _ ("Close the message"));
}

static void
tell_cb (CptSalePage *self, const char *text)
{
  show_toast (self, say (self, text));
}

static GtkWindow *
get_window (CptSalePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- The draft --- */

static void
save_draft (CptSalePage *self)
{
  g_autoptr (CptOrder) order = NULL;

  if (self->editing != 0 || self->engine == NULL)
    return;
  if (!cpt_basket_is_empty (self->basket))
    order = cpt_basket_to_order (self->basket);
  cpt_engine_save_draft (self->engine, order);
}

static void
set_basket (CptSalePage *self, CptBasket *basket)
{
  cpt_sale_pane_set_basket (CPT_SALE_PANE (self->pane), basket);
  g_clear_pointer (&self->basket, cpt_basket_free);
  self->basket = basket;
}

static void
begin_anew (CptSalePage *self)
{
  self->editing = 0;
  cpt_sale_pane_set_title (CPT_SALE_PANE (self->pane), NULL, NULL);
  set_basket (self, cpt_basket_new ());
}

static void
show_sale (CptSalePage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sale");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    cpt_sale_shelf_focus_search (CPT_SALE_SHELF (self->shelf));
}

static void
draft_taken_cb (CptSalePage *self)
{
  g_autoptr (CptOrder) draft = g_steal_pointer (&self->draft);

  if (draft != NULL)
    set_basket (self, cpt_basket_new_from_order (draft));
  show_sale (self);
}

static void
draft_dropped_cb (CptSalePage *self)
{
  g_clear_pointer (&self->draft, cpt_order_unref);
  cpt_engine_save_draft (self->engine, NULL);
  show_sale (self);
}

static void
offer_draft (CptSalePage *self)
{
  g_autofree char *items = cpt_order_dup_items_summary (self->draft, NULL);
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance (self->draft, &balance);
  total = cpt_money_format (balance.total);
  text = g_strdup_printf ("%s\n%s", items, total);
  plain = g_markup_escape_text (text, -1);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->draft_page), plain);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "draft");
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (CptOrder) draft = cpt_engine_load_draft_finish (CPT_ENGINE (source), result, NULL);

  if (self->engine == NULL)
    return;
  if (draft == NULL || draft->items->len == 0)
    {
      show_sale (self);
      return;
    }
  self->draft = g_steal_pointer (&draft);
  offer_draft (self);
}

/* --- The menu --- */

static void load_menu (CptSalePage *self);

static void
take_menu (CptSalePage *self, CptMenu *menu)
{
  if (menu != NULL && menu == self->menu)
    return;
  g_clear_pointer (&self->menu, cpt_menu_unref);
  self->menu = menu != NULL ? cpt_menu_ref (menu) : NULL;
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (self->shelf), menu);
}

static void
menu_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptMenu) menu = cpt_engine_load_menu_finish (CPT_ENGINE (source), result, &error);

  self->loading = FALSE;
  if (self->engine == NULL)
    return;
  if (menu != NULL || g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_FOUND))
    take_menu (self, menu);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_cb (self, error->message);
  if (self->menu_again)
    load_menu (self);
}

static void
load_menu (CptSalePage *self)
{
  self->menu_again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  cpt_engine_load_menu_async (self->engine, self->cancellable, menu_loaded_cb, g_object_ref (self));
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cpt_engine_act_finish (CPT_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;
  cpt_sale_shelf_set_pulling (CPT_SALE_SHELF (self->shelf), FALSE);
  if (!done)
    tell_cb (self, error->message);
  load_menu (self);
}

static void
pull_cb (CptSalePage *self)
{
  cpt_sale_shelf_set_pulling (CPT_SALE_SHELF (self->shelf), TRUE);
  cpt_engine_pull_catalog_async (self->engine, pulled_cb, g_object_ref (self));
}

/* --- Into the basket --- */

static void
changed_cb (CptSalePage *self)
{
  save_draft (self);
}

static void
add_item (CptSalePage *self, CptOrderItem *item)
{
  guint key = cpt_basket_add (self->basket, item);

  cpt_sale_pane_refresh (CPT_SALE_PANE (self->pane), key);
  save_draft (self);
}

static void
chosen_done_cb (CptSalePage *self, const CptOrderItem *item)
{
  add_item (self, cpt_order_item_copy (item));
}

static void
ask_choice (CptSalePage *self, CptChoice *choice)
{
  GtkWidget *dialog = cpt_choice_dialog_new (get_window (self), self->stock, choice, FALSE);

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
  save_draft (line->self);
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
      tell_cb (self, _ ("The catalog does not have this product any more"));
      return;
    }
  asked = g_new0 (Line, 1);
  asked->self = g_object_ref (self);
  asked->key = key;
  dialog = cpt_choice_dialog_new (get_window (self), self->stock, choice, TRUE);
  g_signal_connect_data (dialog, "done", G_CALLBACK (line_done_cb), asked, line_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  CptSalePage *self;   /* (owned) */
  CptBasket *basket;   /* (unowned) where it was: only compared */
  CptBasketLine *line; /* (owned) (nullable) */
  guint position;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_clear_pointer (&removed->line, cpt_basket_line_free);
  g_object_unref (removed->self);
  g_free (removed);
}

static void
undo_cb (AdwToast *toast, Removed *removed)
{
  CptBasketLine *line = g_steal_pointer (&removed->line);

  if (line == NULL)
    return;
  if (removed->self->basket != removed->basket)
    {
      cpt_basket_line_free (line);
      return;
    }
  cpt_basket_put_back (removed->basket, line, removed->position);
  cpt_sale_pane_refresh (CPT_SALE_PANE (removed->self->pane), line->key);
  save_draft (removed->self);
}

static void
removed_cb (CptSalePage *self, CptBasketLine *line, guint position)
{
  /* TRANSLATORS: %s is a product. */
  g_autofree char *text = g_strdup_printf (_ ("%s was removed"), line->item->product_name);
  AdwToast *toast = say (self, text);
  Removed *removed = g_new0 (Removed, 1);

  removed->self = g_object_ref (self);
  removed->basket = self->basket;
  removed->line = line;
  removed->position = position;
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removed, removed_free, 0);
  show_toast (self, toast);
}

/* --- The customer --- */

static void
customer_done_cb (CptSalePage *self, const CptOrderCustomer *customer)
{
  cpt_basket_set_customer (self->basket, customer);
  cpt_sale_pane_refresh (CPT_SALE_PANE (self->pane), 0);
  save_draft (self);
}

static void
ask_customer_cb (CptSalePage *self)
{
  GtkWidget *dialog =
      cpt_customer_dialog_new (get_window (self), self->engine, self->basket->customer);

  g_signal_connect_object (dialog, "done", G_CALLBACK (customer_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- OK --- */

static void
tell_placed (CptSalePage *self, gint64 row, gboolean sent, gboolean corrected)
{
  const char *text = corrected ? _ ("The order is corrected and goes to HubRise")
                     : sent    ? _ ("The order is taken and goes to HubRise")
                               : _ ("The order is taken and stays at this till");
  AdwToast *toast = say (self, text);

  /* TRANSLATORS: a button: shows the order that was just taken. */
  adw_toast_set_button_label (toast, _ ("Show it"));
  adw_toast_set_action_name (toast, "win.show-sent");
  adw_toast_set_action_target (toast, "x", row);
  show_toast (self, toast);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_engine_place_order_finish (CPT_ENGINE (source), result, &error);
  gboolean corrected = self->editing != 0;
  g_autoptr (CptOrder) order = NULL;

  self->placing = FALSE;
  if (self->engine == NULL)
    return;
  cpt_sale_pane_set_busy (CPT_SALE_PANE (self->pane), FALSE);
  if (row == 0)
    {
      tell_cb (self, error->message);
      return;
    }
  order = cpt_basket_to_order (self->basket);
  tell_placed (self, row, cpt_engine_would_send (self->engine, order), corrected);
  begin_anew (self);
  cpt_sale_shelf_clear (CPT_SALE_SHELF (self->shelf));
  if (corrected)
    g_signal_emit (self, left_signal, 0);
  else
    show_sale (self);
}

static void
ok_cb (CptSalePage *self)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));
  g_autofree char *problem = cpt_basket_dup_problem (self->basket, now);
  g_autoptr (CptOrder) order = NULL;

  if (self->placing)
    return;
  if (problem != NULL)
    {
      tell_cb (self, problem);
      return;
    }
  order = cpt_basket_to_order (self->basket);
  cpt_payment_names_apply (cpt_profile_get_settings (cpt_engine_get_profile (self->engine)), order);
  self->placing = TRUE;
  cpt_sale_pane_set_busy (CPT_SALE_PANE (self->pane), TRUE);
  if (self->editing != 0)
    cpt_engine_replace_order_async (self->engine, self->editing, order, placed_cb,
                                    g_object_ref (self));
  else
    cpt_engine_place_order_async (self->engine, order, placed_cb, g_object_ref (self));
}

/* --- Leaving --- */

static void
thrown_away (GObject *object, gpointer data)
{
  CptSalePage *self = CPT_SALE_PAGE (object);

  begin_anew (self);
  save_draft (self);
  g_signal_emit (self, left_signal, 0);
}

static void
leave (CptSalePage *self)
{
  if (self->placing)
    return;
  if (self->editing != 0)
    cpt_sale_ask (GTK_WIDGET (self), _ ("Leave this order as it was?"),
                  _ ("HubRise refused it; it can still be corrected later."), _ ("Leave it"), FALSE,
                  thrown_away, G_OBJECT (self), NULL, NULL);
  else if (!cpt_basket_is_empty (self->basket))
    cpt_sale_ask (GTK_WIDGET (self), _ ("Throw this order away?"),
                  _ ("It stays as it is when you go to another view instead."), _ ("Throw away"),
                  TRUE, thrown_away, G_OBJECT (self), NULL, NULL);
  else
    g_signal_emit (self, left_signal, 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CptSalePage *self = CPT_SALE_PAGE (widget);

  if (!cpt_sale_shelf_step_back (CPT_SALE_SHELF (self->shelf)))
    leave (self);
  return TRUE;
}

/* --- The object --- */

static GtkWidget *
make_large_button (CptSalePage *self, const char *label, const char *css_class, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "large-button");
  gtk_widget_add_css_class (button, css_class);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_draft_page (CptSalePage *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->draft_page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->draft_page),
                                 "document-open-recent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->draft_page),
                             _ ("An order was being put together"));
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), make_large_button (self, _ ("Throw away"), "cpt-danger",
                                                        G_CALLBACK (draft_dropped_cb)));
  gtk_box_append (GTK_BOX (buttons),
                  make_large_button (self, _ ("Go on with it"), "suggested-action",
                                     G_CALLBACK (draft_taken_cb)));
  adw_status_page_set_child (ADW_STATUS_PAGE (self->draft_page), buttons);
  return self->draft_page;
}

static GtkWidget *
make_sale (CptSalePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->shelf = cpt_sale_shelf_new (self->stock);
  self->pane = cpt_sale_pane_new (self->engine);
  /* Over what is sold, not over the price and OK. */
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, self->shelf);
  gtk_widget_set_hexpand (GTK_WIDGET (self->toasts), TRUE);
  g_signal_connect_swapped (self->shelf, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->shelf, "leave", G_CALLBACK (leave), self);
  g_signal_connect_swapped (self->shelf, "pull", G_CALLBACK (pull_cb), self);
  g_signal_connect_swapped (self->pane, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->pane, "change-line", G_CALLBACK (change_line_cb), self);
  g_signal_connect_swapped (self->pane, "removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_swapped (self->pane, "refused", G_CALLBACK (tell_cb), self);
  g_signal_connect_swapped (self->pane, "ask-customer", G_CALLBACK (ask_customer_cb), self);
  g_signal_connect_swapped (self->pane, "ok", G_CALLBACK (ok_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  gtk_box_append (GTK_BOX (box), self->pane);
  return box;
}

static void
build (CptSalePage *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), make_sale (self), "sale");
  gtk_stack_add_named (GTK_STACK (self->stack), make_draft_page (self), "draft");
  adw_bin_set_child (ADW_BIN (self), self->stack);
}

static void
cpt_sale_page_dispose (GObject *object)
{
  CptSalePage *self = CPT_SALE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->pane != NULL)
    cpt_sale_pane_set_basket (CPT_SALE_PANE (self->pane), NULL);
  self->pane = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->stock);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_sale_page_parent_class)->dispose (object);
}

static void
cpt_sale_page_finalize (GObject *object)
{
  CptSalePage *self = CPT_SALE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->menu, cpt_menu_unref);
  g_clear_pointer (&self->basket, cpt_basket_free);
  g_clear_pointer (&self->draft, cpt_order_unref);
  G_OBJECT_CLASS (cpt_sale_page_parent_class)->finalize (object);
}

static void
cpt_sale_page_class_init (CptSalePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_sale_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_sale_page_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);

  left_signal = g_signal_new ("left", CPT_TYPE_SALE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
cpt_sale_page_init (CptSalePage *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * cpt_sale_page_new:
 * @engine: open
 *
 * Returns: (transfer floating)
 */
GtkWidget *
cpt_sale_page_new (CptEngine *engine)
{
  CptSalePage *self = g_object_new (CPT_TYPE_SALE_PAGE, NULL);

  self->engine = g_object_ref (engine);
  self->stock = cpt_sale_stock_new (engine);
  build (self);
  begin_anew (self);
  g_signal_connect_object (engine, "stock-changed", G_CALLBACK (load_menu), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "stock-state-changed", G_CALLBACK (load_menu), self,
                           G_CONNECT_SWAPPED);
  load_menu (self);
  cpt_engine_load_draft_async (engine, self->cancellable, draft_loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * cpt_sale_page_begin:
 *
 * The page was just opened: the keyboard is where a product is looked for.
 */
void
cpt_sale_page_begin (CptSalePage *self)
{
  g_return_if_fail (CPT_IS_SALE_PAGE (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "sale") == 0)
    cpt_sale_shelf_focus_search (CPT_SALE_SHELF (self->shelf));
}

/**
 * cpt_sale_page_place:
 *
 * As if OK was pressed.
 */
void
cpt_sale_page_place (CptSalePage *self)
{
  g_return_if_fail (CPT_IS_SALE_PAGE (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "sale") == 0)
    ok_cb (self);
}

/* --- Edit and resend --- */

/* One that was placed calls its payment what the shop does. */
static CptBasket *
make_basket (CptSalePage *self, const CptOrder *order)
{
  CptBasket *basket = cpt_basket_new_from_order (order);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  if (order->payments->len > 0)
    basket->payment =
        cpt_payment_names_find (settings, ((const CptOrderLine *)order->payments->pdata[0])->ref);
  return basket;
}

static void
details_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderDetails) details =
      cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);
  g_autofree char *title = NULL;

  if (self->engine == NULL)
    return;
  if (details == NULL)
    {
      tell_cb (self, error->message);
      return;
    }
  self->editing = details->row->row;
  set_basket (self, make_basket (self, details->order));
  /* TRANSLATORS: %s is an order's number. */
  title = g_strdup_printf (_ ("Correcting order %s"), details->row->number);
  cpt_sale_pane_set_title (CPT_SALE_PANE (self->pane), title, details->row->outbox_reason);
  show_sale (self);
}

/**
 * cpt_sale_page_edit:
 * @row: an order of this till that HubRise refused
 *
 * Takes it into the basket to be corrected and sent again.
 */
void
cpt_sale_page_edit (CptSalePage *self, gint64 row)
{
  g_return_if_fail (CPT_IS_SALE_PAGE (self));

  if (self->draft != NULL || !cpt_basket_is_empty (self->basket))
    {
      tell_cb (self, _ ("First finish the order that is being put together, or throw it away"));
      return;
    }
  cpt_engine_load_details_async (self->engine, row, self->cancellable, details_cb,
                                 g_object_ref (self));
}
