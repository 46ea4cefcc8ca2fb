/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ways to pay are called in this shop, here and on HubRise. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-order.h"
#include "cpt-payment-method.h"

G_BEGIN_DECLS

#define CPT_PAYMENT_NAMES_KEY "payment-methods"

char *cpt_payment_names_dup_name (GSettings *settings, CptPaymentMethod method);
char *cpt_payment_names_dup_ref (GSettings *settings, CptPaymentMethod method);
char *cpt_payment_names_dup_label (GSettings *settings, CptPaymentMethod method);
CptPaymentMethod cpt_payment_names_find (GSettings *settings, const char *ref);
void cpt_payment_names_apply (GSettings *settings, CptOrder *order);

G_END_DECLS
