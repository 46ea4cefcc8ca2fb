/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a customer pays at the till; any thread. */
#include "cpt-payment-method.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name, *ref, *label;
} methods[CPT_N_PAYMENTS] = {
  /* TRANSLATORS: ways to pay, on buttons: short. Voucher in French: Titre-restaurant. */
  [CPT_PAYMENT_NONE] = { NULL, NULL, NC_ ("payment", "To pay") },
  [CPT_PAYMENT_CASH] = { "Cash", "CASH", NC_ ("payment", "Cash") },
  [CPT_PAYMENT_CARD] = { "Card", "CARD", NC_ ("payment", "Card") },
  [CPT_PAYMENT_VOUCHER] = { "Voucher", "VOUCHER", NC_ ("payment", "Voucher") },
  [CPT_PAYMENT_OTHER] = { "Other", "OTHER", NC_ ("payment", "Other") },
};

/**
 * cpt_payment_method_name:
 *
 * Returns: (nullable) (transfer none): its name on HubRise; %NULL for none
 */
const char *
cpt_payment_method_name (CptPaymentMethod method)
{
  return methods[method].name;
}

/**
 * cpt_payment_method_ref:
 *
 * Returns: (nullable) (transfer none): its ref on HubRise; %NULL for none
 */
const char *
cpt_payment_method_ref (CptPaymentMethod method)
{
  return methods[method].ref;
}

/**
 * cpt_payment_method_label:
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
cpt_payment_method_label (CptPaymentMethod method)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "payment", methods[method].label);
}

/**
 * cpt_payment_method_find:
 * @ref: (nullable): of a payment
 *
 * Returns: the method of that ref; OTHER for one that is none of ours
 */
CptPaymentMethod
cpt_payment_method_find (const char *ref)
{
  for (guint i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    if (g_strcmp0 (ref, methods[i].ref) == 0)
      return (CptPaymentMethod)i;
  return CPT_PAYMENT_OTHER;
}
