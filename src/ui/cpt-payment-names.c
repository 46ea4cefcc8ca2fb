/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ways to pay are called in this shop. Main thread only. */
#include "cpt-payment-names.h"

/* Name and ref as the settings have them, from CASH on. */
static void
get (GSettings *settings, CptPaymentMethod method, char **name, char **ref)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, CPT_PAYMENT_NAMES_KEY);
  gsize at = (gsize)method - CPT_PAYMENT_CASH;

  if (method != CPT_PAYMENT_NONE && at < g_variant_n_children (all))
    g_variant_get_child (all, at, "(ss)", name, ref);
}

static char *
set_or (char *text, const char *otherwise)
{
  if (text != NULL && text[0] != '\0')
    return text;
  g_free (text);
  return g_strdup (otherwise);
}

/**
 * cpt_payment_names_dup_name:
 *
 * Returns: (transfer full) (nullable): its name on HubRise, NULL for NONE
 */
char *
cpt_payment_names_dup_name (GSettings *settings, CptPaymentMethod method)
{
  char *name = NULL;
  g_autofree char *ref = NULL;

  get (settings, method, &name, &ref);
  return set_or (name, cpt_payment_method_name (method));
}

/**
 * cpt_payment_names_dup_ref:
 *
 * Returns: (transfer full) (nullable): its ref on HubRise, NULL for NONE
 */
char *
cpt_payment_names_dup_ref (GSettings *settings, CptPaymentMethod method)
{
  g_autofree char *name = NULL;
  char *ref = NULL;

  get (settings, method, &name, &ref);
  return set_or (ref, cpt_payment_method_ref (method));
}

/**
 * cpt_payment_names_dup_label:
 *
 * Returns: (transfer full): its name for people: the shop's own, or in their language; of NONE
 *   that nothing is paid yet
 */
char *
cpt_payment_names_dup_label (GSettings *settings, CptPaymentMethod method)
{
  g_autofree char *name = cpt_payment_names_dup_name (settings, method);

  if (name != NULL && g_strcmp0 (name, cpt_payment_method_name (method)) != 0)
    return g_steal_pointer (&name);
  return g_strdup (cpt_payment_method_label (method));
}

/**
 * cpt_payment_names_find:
 * @ref: (nullable): of a payment, as this shop calls it
 *
 * Returns: the method of that ref; OTHER for one that is none of ours
 */
CptPaymentMethod
cpt_payment_names_find (GSettings *settings, const char *ref)
{
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    {
      g_autofree char *own = cpt_payment_names_dup_ref (settings, (CptPaymentMethod)i);

      if (g_strcmp0 (own, ref) == 0)
        return (CptPaymentMethod)i;
    }
  return cpt_payment_method_find (ref);
}

/**
 * cpt_payment_names_apply:
 * @order: one that was just put together, and is nobody else's yet
 *
 * Calls the ways it is paid what this shop calls them.
 */
void
cpt_payment_names_apply (GSettings *settings, CptOrder *order)
{
  for (guint i = 0; i < order->payments->len; i++)
    {
      CptOrderLine *payment = order->payments->pdata[i];
      CptPaymentMethod method = cpt_payment_method_find (payment->ref);

      g_free (payment->name);
      g_free (payment->ref);
      payment->name = cpt_payment_names_dup_name (settings, method);
      payment->ref = cpt_payment_names_dup_ref (settings, method);
    }
}
