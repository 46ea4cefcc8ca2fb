/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New order: what can be sold, and the order it becomes. Main thread only.
 *
 * What is put together is kept as a draft at every change, and offered again when the program ended
 * in the middle of it. An order that HubRise refused is corrected here too; of that one there is no
 * draft: it is in the database already.
 *
 * OK makes room for the next order at once. The one before is kept until it is on the disk; where
 * that fails it comes back, or waits beside what was begun meanwhile: whoever is typing is not
 * interrupted. */
#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-sale-aside.h"
#include "cpt-sale-page-private.h"
#include "cpt-sale-pane.h"
#include "cpt-sale-shelf.h"

#define REST_MS 400

static guint left_signal;

G_DEFINE_FINAL_TYPE (CptSalePage, cpt_sale_page, ADW_TYPE_BIN)

/* --- Messages --- */

AdwToast *
cpt_sale_page_make_toast (const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (plain);

  adw_toast_set_timeout (toast, 6);
  return toast;
}

void
cpt_sale_page_show_toast (CptSalePage *self, AdwToast *toast)
{
  GtkWidget *child = adw_toast_overlay_get_child (self->toasts);

  /* What is said now matters more than what was said before: no queue. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
  for (GtkWidget *one = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); one != NULL;
       one = gtk_widget_get_next_sibling (one))
    if (one != child)
      cpt_compat_name_inside (one, GTK_TYPE_BUTTON, _ ("Close the message"));
}

void
cpt_sale_page_tell (CptSalePage *self, const char *text)
{
  cpt_sale_page_show_toast (self, cpt_sale_page_make_toast (text));
}

GtkWindow *
cpt_sale_page_get_window (CptSalePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- The draft --- */

/* (nullable) (transfer full) */
static CptOrder *
dup_draft (const CptBasket *basket)
{
  if (basket == NULL || basket->corrects != 0 || cpt_basket_is_empty (basket))
    return NULL;
  return cpt_basket_to_order (basket);
}

void
cpt_sale_page_save_draft (CptSalePage *self)
{
  gboolean saving = self->saving != NULL;
  g_autoptr (CptOrder) first = NULL, second = NULL;

  if (self->engine == NULL)
    return;
  /* The first is forgotten once it is an order. */
  first = dup_draft (saving ? self->saving : self->basket);
  second = dup_draft (saving ? self->basket : self->aside);
  cpt_engine_save_draft (self->engine, first, second);
}

void
cpt_sale_page_set_basket (CptSalePage *self, CptBasket *basket)
{
  /* An undo is of the basket before. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  cpt_sale_pane_set_basket (CPT_SALE_PANE (self->pane), basket);
  g_clear_pointer (&self->basket, cpt_basket_free);
  self->basket = basket;
}

void
cpt_sale_page_set_aside (CptSalePage *self, CptBasket *basket)
{
  g_clear_pointer (&self->aside, cpt_basket_free);
  self->aside = basket;
  cpt_sale_aside_set_basket (CPT_SALE_ASIDE (self->aside_view), basket);
}

static gboolean
is_asking (CptSalePage *self)
{
  GtkWindow *window = cpt_sale_page_get_window (self);
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && !found; i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (windows, i);

      found = window != NULL && gtk_window_get_modal (one) &&
              gtk_window_get_transient_for (one) == window &&
              gtk_widget_get_visible (GTK_WIDGET (one));
    }
  return found;
}

gboolean
cpt_sale_page_is_free (CptSalePage *self)
{
  return self->draft == NULL && cpt_basket_is_empty (self->basket) && !is_asking (self);
}

void
cpt_sale_page_begin_anew (CptSalePage *self)
{
  CptBasket *next = g_steal_pointer (&self->aside);

  cpt_sale_page_set_aside (self, NULL);
  cpt_sale_page_set_basket (self, next != NULL ? next : cpt_basket_new ());
}

void
cpt_sale_page_show_sale (CptSalePage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sale");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    cpt_sale_shelf_focus_search (CPT_SALE_SHELF (self->shelf));
}

static gint64
mono (CptSalePage *self)
{
  return cpt_clock_monotonic (cpt_engine_get_clock (self->engine));
}

static void
show_next (CptSalePage *self)
{
  cpt_sale_page_begin_anew (self);
  cpt_sale_page_show_sale (self);
}

static void
take_draft (CptSalePage *self)
{
  g_autoptr (CptOrder) draft = g_steal_pointer (&self->draft);

  if (draft != NULL)
    cpt_sale_page_set_basket (self, cpt_basket_new_from_order (draft));
  cpt_sale_page_show_sale (self);
}

static void
draft_taken_cb (CptSalePage *self)
{
  self->shelf_rests_until = mono (self) + REST_MS;
  take_draft (self);
}

static void
draft_dropped_cb (CptSalePage *self)
{
  g_clear_pointer (&self->draft, cpt_order_unref);
  self->shelf_rests_until = mono (self) + REST_MS;
  show_next (self);
  cpt_sale_page_save_draft (self);
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
take_drafts (CptSalePage *self, CptOrder *draft, CptOrder *other)
{
  if (other != NULL)
    cpt_sale_page_set_aside (self, cpt_basket_new_from_order (other));
  if (draft == NULL)
    {
      show_next (self);
      return;
    }
  self->draft = cpt_order_ref (draft);
  if (draft->items->len > 0)
    offer_draft (self);
  else
    take_draft (self);
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (CptOrder) other = NULL;
  g_autoptr (CptOrder) draft =
      cpt_engine_load_draft_finish (CPT_ENGINE (source), result, &other, NULL);

  if (self->engine == NULL)
    return;
  if (draft != NULL)
    take_drafts (self, draft, other);
  else
    take_drafts (self, other, NULL);
  if (self->wanted != 0)
    cpt_sale_page_edit (self, self->wanted);
}

gboolean
cpt_sale_page_take_press (CptSalePage *self)
{
  gboolean taken = mono (self) >= self->rest_until;

  self->rest_until = mono (self) + REST_MS;
  return taken;
}

gboolean
cpt_sale_page_takes_product (CptSalePage *self)
{
  return mono (self) >= self->shelf_rests_until;
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
    cpt_sale_page_tell (self, error->message);
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
    cpt_sale_page_tell (self, error->message);
  load_menu (self);
}

static void
pull_cb (CptSalePage *self)
{
  cpt_sale_shelf_set_pulling (CPT_SALE_SHELF (self->shelf), TRUE);
  cpt_engine_pull_catalog_async (self->engine, pulled_cb, g_object_ref (self));
}

/* --- The object --- */

void
cpt_sale_page_emit_left (CptSalePage *self)
{
  g_signal_emit (self, left_signal, 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CptSalePage *self = CPT_SALE_PAGE (widget);

  if (!cpt_sale_shelf_step_back (CPT_SALE_SHELF (self->shelf)))
    cpt_sale_page_leave (self);
  return TRUE;
}

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
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->shelf = cpt_sale_shelf_new (self->stock);
  self->aside_view = cpt_sale_aside_new ();
  self->pane = cpt_sale_pane_new (self->engine);
  /* Over what is sold, not over the price and OK. */
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, self->shelf);
  gtk_widget_set_hexpand (GTK_WIDGET (self->toasts), TRUE);
  g_signal_connect_swapped (self->shelf, "leave", G_CALLBACK (cpt_sale_page_leave), self);
  g_signal_connect_swapped (self->shelf, "pull", G_CALLBACK (pull_cb), self);
  g_signal_connect_swapped (self->pane, "refused", G_CALLBACK (cpt_sale_page_tell), self);
  g_signal_connect_swapped (self->pane, "ok", G_CALLBACK (cpt_sale_page_ok), self);
  g_signal_connect_swapped (self->aside_view, "taken", G_CALLBACK (cpt_sale_page_swap), self);
  cpt_sale_page_watch_basket (self);
  gtk_widget_set_vexpand (self->pane, TRUE);
  gtk_box_append (GTK_BOX (right), self->aside_view);
  gtk_box_append (GTK_BOX (right), self->pane);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  gtk_box_append (GTK_BOX (box), right);
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
  g_clear_weak_pointer (&self->toast);
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
  g_clear_pointer (&self->saving, cpt_basket_free);
  g_clear_pointer (&self->aside, cpt_basket_free);
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
  cpt_sale_page_begin_anew (self);
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
