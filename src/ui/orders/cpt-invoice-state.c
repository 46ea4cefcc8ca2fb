/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the invoice dialog says to what was typed so far. Pure, any thread. */
#include "cpt-invoice-state.h"

#include <glib/gi18n-lib.h>

void
cpt_invoice_state_free (CptInvoiceState *self)
{
  g_free (self->problem);
  g_free (self->button);
  g_free (self->change);
  g_free (self->left);
  g_free (self);
}

static char *
amount_problem (CptMoney due, CptMoney amount)
{
  g_autofree char *most = cpt_money_format (due);

  if (amount.state != CPT_AMOUNT_KNOWN)
    return g_strdup (_ ("This is no amount"));
  if (amount.minor <= 0)
    return g_strdup (_ ("The amount must be more than zero"));
  if (amount.minor > due.minor)
    /* TRANSLATORS: %s is an amount. */
    return g_strdup_printf (_ ("Only %s is left to pay"), most);
  return NULL;
}

/* What the customer hands over, when it is not just the amount. */
static void
count_change (CptInvoiceState *self, const char *given)
{
  CptMoney money = { 0 }, back = { 0 };
  g_autofree char *text = NULL;

  if (given[0] == '\0' || self->problem != NULL)
    return;
  if (!cpt_money_parse_typed (given, self->amount.currency, &money))
    {
      self->problem = g_strdup (_ ("What the customer gives is no amount"));
      return;
    }
  if (!cpt_money_subtract (money, self->amount, &back) || back.minor < 0)
    {
      self->problem = g_strdup (_ ("The customer gives less than the amount"));
      return;
    }
  text = cpt_money_format (back);
  /* TRANSLATORS: what to give back of a banknote; %s is an amount. In French: À rendre. */
  self->change = g_strdup_printf (_ ("Change: %s"), text);
}

static void
say_left (CptInvoiceState *self, CptMoney due)
{
  CptMoney left = { 0 };
  g_autofree char *text = NULL;

  if (self->problem != NULL || !cpt_money_subtract (due, self->amount, &left) || left.minor <= 0)
    return;
  text = cpt_money_format (left);
  /* TRANSLATORS: after a payment of a part; %s is an amount. */
  self->left = g_strdup_printf (_ ("%s will be left to pay"), text);
}

static void
say_button (CptInvoiceState *self)
{
  g_autofree char *text = cpt_money_format (self->amount);

  self->button = self->amount.state == CPT_AMOUNT_KNOWN && self->problem == NULL
                     /* TRANSLATORS: a button; %s is an amount. In French: Encaisser. */
                     ? g_strdup_printf (_ ("Take %s"), text)
                     /* TRANSLATORS: a button: takes a payment. In French: Encaisser. */
                     : g_strdup (C_ ("payment", "Take"));
}

/**
 * cpt_invoice_state_new:
 * @due: what is left to pay, known and positive
 * @method: NONE as long as none was chosen
 * @amount: as typed
 * @given: as typed, "" for just the amount; counts with cash only
 *
 * Returns: (transfer full): what to show
 */
CptInvoiceState *
cpt_invoice_state_new (CptMoney due, CptPaymentMethod method, const char *amount, const char *given)
{
  CptInvoiceState *self = g_new0 (CptInvoiceState, 1);

  cpt_money_parse_typed (amount, due.currency, &self->amount);
  self->counts = method == CPT_PAYMENT_CASH;
  self->problem = amount_problem (due, self->amount);
  if (self->counts)
    count_change (self, given);
  say_left (self, due);
  say_button (self);
  if (self->problem == NULL && method == CPT_PAYMENT_NONE)
    self->problem = g_strdup (_ ("How does the customer pay?"));
  self->allowed = self->problem == NULL;
  return self;
}
