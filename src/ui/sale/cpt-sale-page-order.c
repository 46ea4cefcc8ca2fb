/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the basket of the sale page: an order by OK, nothing when the person leaves; and
 * a refused order that comes back to be corrected. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-payment-names.h"
#include "cpt-sale-page-private.h"
#include "cpt-sale-pane.h"
#include "cpt-sale-question.h"
#include "cpt-sale-shelf.h"

/* --- OK --- */

static void
tell_placed (CptSalePage *self, gint64 row, gboolean sent, gboolean corrected)
{
  const char *text = corrected ? _ ("The order is corrected and goes to HubRise")
                     : sent    ? _ ("The order is taken and goes to HubRise")
                               : _ ("The order is taken and stays at this till");
  AdwToast *toast = cpt_sale_page_make_toast (text);

  /* TRANSLATORS: a button: shows the order that was just taken. */
  adw_toast_set_button_label (toast, _ ("Show it"));
  adw_toast_set_action_name (toast, "win.show-sent");
  adw_toast_set_action_target (toast, "x", row);
  cpt_sale_page_show_toast (self, toast);
}

static gboolean
is_on_screen (CptSalePage *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* What the bar says already, and whole, is not said twice. */
static void
tell_failed (CptSalePage *self, const char *reason, const char *what)
{
  gboolean known = g_strcmp0 (reason, cpt_engine_get_trouble (self->engine)) == 0;

  cpt_sale_page_tell (self, known ? what : reason);
}

/* Not under the hand of who is about to choose for the next order. @failed: (transfer full) */
static void
bring_back (CptSalePage *self, CptBasket *failed, const char *reason)
{
  if (cpt_sale_page_is_free (self) && !cpt_sale_shelf_is_used (CPT_SALE_SHELF (self->shelf)))
    {
      cpt_sale_page_set_basket (self, failed);
      tell_failed (self, reason, _ ("The order is not saved: here it is again"));
    }
  else
    {
      cpt_sale_page_set_aside (self, failed);
      tell_failed (self, reason, _ ("The order before is not saved: it waits beside this one"));
    }
  /* Whoever takes it for done has to see that it is not. */
  if (!is_on_screen (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.new-order", NULL);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_engine_place_order_finish (CPT_ENGINE (source), result, &error);
  g_autoptr (CptBasket) basket = g_steal_pointer (&self->saving);
  g_autoptr (CptOrder) order = NULL;
  gboolean corrected = basket->corrects != 0;

  if (self->engine == NULL)
    return;
  cpt_sale_pane_set_saving (CPT_SALE_PANE (self->pane), NULL);
  if (row == 0)
    bring_back (self, g_steal_pointer (&basket), error->message);
  else
    {
      order = cpt_basket_to_order (basket);
      tell_placed (self, row, cpt_engine_would_send (self->engine, order), corrected);
    }
  cpt_sale_page_save_draft (self);
  if (row != 0 && corrected && cpt_sale_page_is_free (self) && is_on_screen (self))
    cpt_sale_page_emit_left (self);
}

/* The page is free for what comes next before this one is on the disk. */
static void
save (CptSalePage *self)
{
  g_autoptr (CptOrder) order = cpt_basket_to_order (self->basket);

  cpt_payment_names_apply (cpt_profile_get_settings (cpt_engine_get_profile (self->engine)), order);
  self->saving = g_steal_pointer (&self->basket);
  cpt_sale_page_begin_anew (self);
  cpt_sale_pane_set_saving (CPT_SALE_PANE (self->pane), self->saving);
  cpt_sale_shelf_clear (CPT_SALE_SHELF (self->shelf));
  cpt_sale_page_show_sale (self);
  if (self->saving->corrects != 0)
    cpt_engine_replace_order_async (self->engine, self->saving->corrects, order, placed_cb,
                                    g_object_ref (self));
  else
    cpt_engine_place_order_async (self->engine, order, placed_cb, g_object_ref (self));
}

void
cpt_sale_page_ok (CptSalePage *self)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));
  g_autofree char *problem = NULL;

  if (self->saving != NULL || !cpt_sale_pane_finish (CPT_SALE_PANE (self->pane)))
    return;
  problem = cpt_basket_dup_problem (self->basket, now);
  if (problem == NULL)
    {
      if (cpt_sale_page_take_press (self))
        save (self);
    }
  /* A second press must not hide what became of the first; under OK it says what is missing. */
  else if (self->toast == NULL || self->basket->lines->len > 0)
    cpt_sale_page_tell (self, problem);
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
    cpt_sale_page_ok (self);
}

/* --- Leaving --- */

static void
thrown_away (GObject *object, gpointer data)
{
  CptSalePage *self = CPT_SALE_PAGE (object);

  cpt_sale_page_begin_anew (self);
  cpt_sale_page_save_draft (self);
  if (cpt_basket_is_empty (self->basket))
    cpt_sale_page_emit_left (self);
}

void
cpt_sale_page_leave (CptSalePage *self)
{
  if (self->basket->corrects != 0)
    cpt_sale_ask (GTK_WIDGET (self), _ ("Leave this order as it was?"),
                  _ ("HubRise refused it; it can still be corrected later."), _ ("Leave it"), FALSE,
                  thrown_away, G_OBJECT (self), NULL, NULL);
  else if (!cpt_basket_is_empty (self->basket))
    cpt_sale_ask (GTK_WIDGET (self), _ ("Throw this order away?"),
                  _ ("It stays as it is when you go to another view instead."), _ ("Throw away"),
                  TRUE, thrown_away, G_OBJECT (self), NULL, NULL);
  else
    cpt_sale_page_emit_left (self);
}

void
cpt_sale_page_swap (CptSalePage *self)
{
  CptBasket *shown = NULL, *waiting = NULL;

  if (self->aside == NULL || !cpt_sale_pane_finish (CPT_SALE_PANE (self->pane)) ||
      !cpt_sale_page_take_press (self))
    return;
  waiting = g_steal_pointer (&self->aside);
  shown = g_steal_pointer (&self->basket);
  cpt_sale_page_set_basket (self, waiting);
  if (cpt_basket_is_empty (shown))
    g_clear_pointer (&shown, cpt_basket_free);
  cpt_sale_page_set_aside (self, shown);
  cpt_sale_page_save_draft (self);
}

/* --- Edit and resend --- */

/* One that was placed calls its payment what the shop does. */
static CptBasket *
make_basket (CptSalePage *self, const CptOrderDetails *details)
{
  const CptOrder *order = details->order;
  CptBasket *basket = cpt_basket_new_from_order (order);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  if (order->payments->len > 0)
    basket->payment =
        cpt_payment_names_find (settings, ((const CptOrderLine *)order->payments->pdata[0])->ref);
  basket->corrects = details->row->row;
  basket->number = g_strdup (details->row->number);
  basket->reason = g_strdup (details->row->outbox_reason);
  return basket;
}

static gboolean
may_edit (CptSalePage *self)
{
  if (cpt_sale_page_is_free (self))
    return TRUE;
  cpt_sale_page_tell (self,
                      _ ("First finish the order that is being put together, or throw it away"));
  return FALSE;
}

static void
details_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSalePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderDetails) details =
      cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;
  if (details == NULL)
    cpt_sale_page_tell (self, error->message);
  else if (may_edit (self))
    {
      cpt_sale_page_set_basket (self, make_basket (self, details));
      cpt_sale_page_show_sale (self);
    }
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

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "wait") == 0)
    {
      self->wanted = row;
      return;
    }
  self->wanted = 0;
  if (may_edit (self))
    cpt_engine_load_details_async (self->engine, row, self->cancellable, details_cb,
                                   g_object_ref (self));
}
