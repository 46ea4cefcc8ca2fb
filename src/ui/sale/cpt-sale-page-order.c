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
      cpt_sale_page_tell (self, error->message);
      return;
    }
  order = cpt_basket_to_order (self->basket);
  tell_placed (self, row, cpt_engine_would_send (self->engine, order), corrected);
  cpt_sale_page_begin_anew (self);
  cpt_sale_shelf_clear (CPT_SALE_SHELF (self->shelf));
  if (corrected)
    cpt_sale_page_emit_left (self);
  else
    cpt_sale_page_show_sale (self);
}

void
cpt_sale_page_ok (CptSalePage *self)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));
  g_autofree char *problem = NULL;
  g_autoptr (CptOrder) order = NULL;

  if (self->placing || !cpt_sale_pane_finish (CPT_SALE_PANE (self->pane)))
    return;
  problem = cpt_basket_dup_problem (self->basket, now);
  if (problem != NULL)
    {
      /* A second press must not hide what became of the first; under OK it says what is missing. */
      if (self->toast == NULL || self->basket->lines->len > 0)
        cpt_sale_page_tell (self, problem);
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
  cpt_sale_page_emit_left (self);
}

void
cpt_sale_page_leave (CptSalePage *self)
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
    cpt_sale_page_emit_left (self);
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
      cpt_sale_page_tell (self, error->message);
      return;
    }
  self->editing = details->row->row;
  cpt_sale_page_set_basket (self, make_basket (self, details->order));
  /* TRANSLATORS: %s is an order's number. */
  title = g_strdup_printf (_ ("Correcting order %s"), details->row->number);
  cpt_sale_pane_set_title (CPT_SALE_PANE (self->pane), title, details->row->outbox_reason);
  cpt_sale_page_show_sale (self);
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
      cpt_sale_page_tell (
          self, _ ("First finish the order that is being put together, or throw it away"));
      return;
    }
  cpt_engine_load_details_async (self->engine, row, self->cancellable, details_cb,
                                 g_object_ref (self));
}
