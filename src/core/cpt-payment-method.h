/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a customer pays at the till; plain values, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_PAYMENT_NONE, /* not yet */
  CPT_PAYMENT_CASH,
  CPT_PAYMENT_CARD,
  CPT_PAYMENT_VOUCHER,
  CPT_PAYMENT_OTHER,
  CPT_N_PAYMENTS,
} CptPaymentMethod;

const char *cpt_payment_method_name (CptPaymentMethod method);
const char *cpt_payment_method_ref (CptPaymentMethod method);
const char *cpt_payment_method_label (CptPaymentMethod method);
CptPaymentMethod cpt_payment_method_find (const char *ref);

G_END_DECLS
