/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order costs and what is left to pay, exact or not at all; pure, any thread. */
#include "cpt-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef __int128 Wide;

/* Why a sum could not be had; the first reason is the one to show. */
typedef enum
{
  PROBLEM_NONE,
  PROBLEM_UNKNOWN_AMOUNT,
  PROBLEM_CURRENCIES,
} Problem;

static const CptMoney unreadable = { .state = CPT_AMOUNT_UNREADABLE };

/* The price of one unit with its options. */
static gboolean
unit_price (const CptOrderItem *item, Wide *minor)
{
  *minor = item->price.minor;
  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];
      Wide price = 0;

      if (option->price.state != CPT_AMOUNT_KNOWN ||
          strcmp (option->price.currency, item->price.currency) != 0)
        return FALSE;
      /* Two 64-bit factors fit; their sum may not. */
      price = (Wide)option->price.minor * option->quantity;
      if (__builtin_add_overflow (*minor, price, minor))
        return FALSE;
    }
  return TRUE;
}

static Wide
thousandths_to_units (Wide value)
{
  Wide half = value < 0 ? -500 : 500;
  Wide rest = value % 1000;

  /* Not value + half: that could overflow at the very end of the range. */
  return value / 1000 + (rest + half) / 1000;
}

/**
 * cpt_order_item_compute_subtotal:
 * @subtotal: (out): quantity × (price + Σ option price × option quantity), rounded to the cent
 *   half away from zero; UNREADABLE on failure
 *
 * For when HubRise gives none. Options that were taken out count their price; deal, loyalty and
 * tax fields are not added.
 *
 * Returns: FALSE when an amount is not known, currencies differ or the result does not fit
 */
gboolean
cpt_order_item_compute_subtotal (const CptOrderItem *item, CptMoney *subtotal)
{
  Wide value = 0;

  *subtotal = unreadable;
  if (item->price.state != CPT_AMOUNT_KNOWN || item->quantity.state != CPT_AMOUNT_KNOWN)
    return FALSE;
  if (!unit_price (item, &value) ||
      __builtin_mul_overflow (value, (Wide)item->quantity.thousandths, &value))
    return FALSE;

  value = thousandths_to_units (value);
  if (value < G_MININT64 || value > G_MAXINT64)
    return FALSE;
  *subtotal = cpt_money (value, item->price.currency);
  return TRUE;
}

static Problem
why_not (CptMoney a, CptMoney b)
{
  if (a.state == CPT_AMOUNT_KNOWN && b.state == CPT_AMOUNT_KNOWN &&
      strcmp (a.currency, b.currency) != 0)
    return PROBLEM_CURRENCIES;
  return PROBLEM_UNKNOWN_AMOUNT;
}

typedef gboolean (*Operation) (CptMoney a, CptMoney b, CptMoney *result);

static void
accumulate (CptMoney *sum, CptMoney amount, Operation operation, Problem *problem)
{
  CptMoney result = unreadable;

  if (*problem != PROBLEM_NONE)
    return;
  if (!operation (*sum, amount, &result))
    *problem = why_not (*sum, amount);
  *sum = result;
}

static void
accumulate_lines (CptMoney *sum, GPtrArray *lines, Operation operation, Problem *problem)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptOrderLine *line = lines->pdata[i];

      if (!line->deleted)
        accumulate (sum, line->amount, operation, problem);
    }
}

static void
accumulate_items (CptMoney *sum, GPtrArray *items, Problem *problem)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CptOrderItem *item = items->pdata[i];
      CptMoney subtotal = item->subtotal;

      if (item->deleted)
        continue;
      if (subtotal.state == CPT_AMOUNT_ABSENT)
        cpt_order_item_compute_subtotal (item, &subtotal);
      accumulate (sum, subtotal, cpt_money_add, problem);
    }
}

static CptMoney
compute_total (const CptOrder *self, Problem *problem)
{
  CptMoney total = cpt_money (0, NULL);

  accumulate_items (&total, self->items, problem);
  accumulate_lines (&total, self->discounts, cpt_money_subtract, problem);
  accumulate_lines (&total, self->charges, cpt_money_add, problem);
  return total;
}

static const char *
problem_text (Problem problem)
{
  switch (problem)
    {
    case PROBLEM_CURRENCIES:
      return _ ("The order's amounts are in different currencies");
    case PROBLEM_UNKNOWN_AMOUNT:
      return _ ("An amount of the order could not be read");
    case PROBLEM_NONE:
    default:
      return NULL;
    }
}

static Problem
get_total (const CptOrder *self, CptOrderBalance *balance)
{
  Problem problem = PROBLEM_NONE;

  balance->total = self->total;
  balance->calculated = FALSE;
  /* Nothing of a raw order was understood: its empty lists say nothing about its price. */
  if (self->raw_reason != NULL)
    balance->total = unreadable;
  else if (self->total.state == CPT_AMOUNT_ABSENT)
    {
      balance->total = compute_total (self, &problem);
      balance->calculated = problem == PROBLEM_NONE;
    }
  if (problem == PROBLEM_NONE && balance->total.state != CPT_AMOUNT_KNOWN)
    problem = PROBLEM_UNKNOWN_AMOUNT;
  return problem;
}

/**
 * cpt_order_get_balance:
 * @balance: (out caller-allocates): what the order costs, what was paid, what is left
 *
 * HubRise's total and subtotals hold where it gives them; elements that were deleted do not
 * count. What is not known for certain is unreadable with a reason: nobody is asked for a wrong
 * amount.
 */
void
cpt_order_get_balance (const CptOrder *self, CptOrderBalance *balance)
{
  Problem problem = get_total (self, balance);
  Problem paid_problem = PROBLEM_NONE;
  const char *currency = balance->total.state == CPT_AMOUNT_KNOWN ? balance->total.currency : NULL;

  balance->paid = cpt_money (0, currency);
  accumulate_lines (&balance->paid, self->payments, cpt_money_add, &paid_problem);
  balance->due = balance->total;
  if (problem == PROBLEM_NONE)
    problem = paid_problem;
  accumulate (&balance->due, balance->paid, cpt_money_subtract, &problem);
  if (problem != PROBLEM_NONE)
    balance->due = unreadable;
  balance->reason = problem_text (problem);
}

/**
 * cpt_order_balance_state:
 *
 * An order that costs nothing is paid without a payment.
 *
 * Returns: how far the order is paid
 */
CptPaidState
cpt_order_balance_state (const CptOrderBalance *balance)
{
  if (balance->due.state != CPT_AMOUNT_KNOWN)
    return CPT_PAID_UNKNOWN;
  if (balance->due.minor < 0)
    return CPT_PAID_TOO_MUCH;
  if (balance->due.minor == 0)
    return CPT_PAID_FULLY;
  return balance->paid.minor > 0 ? CPT_PAID_PARTLY : CPT_PAID_NOTHING;
}
