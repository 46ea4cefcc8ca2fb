/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the invoice dialog says to what was typed so far. Pure, any thread; the program's language
 * decides the words. */
#pragma once

#include "cpt-money.h"
#include "cpt-payment-method.h"

G_BEGIN_DECLS

typedef struct
{
  CptMoney amount;  /* to be taken; KNOWN only when it can be */
  char *problem;    /* (owned) (nullable) why not */
  char *button;     /* (owned) what the button that takes it says */
  gboolean counts;  /* the customer may give more than that: cash */
  char *change;     /* (owned) (nullable) what to give back */
  char *left;       /* (owned) (nullable) what is still to pay afterwards */
  gboolean allowed; /* to take it now */
} CptInvoiceState;

CptInvoiceState *cpt_invoice_state_new (CptMoney due,
                                        CptPaymentMethod method,
                                        const char *amount,
                                        const char *given);
void cpt_invoice_state_free (CptInvoiceState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptInvoiceState, cpt_invoice_state_free)

G_END_DECLS
