/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the money for an order: how, how much, and what to give back. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_INVOICE_DIALOG (cpt_invoice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptInvoiceDialog, cpt_invoice_dialog, CPT, INVOICE_DIALOG, AdwWindow)

/* What was taken. */
typedef struct
{
  const char *name, *ref; /* of the method, on HubRise */
  CptMoney amount;
  gboolean prints; /* the receipt is wanted */
} CptTaking;

/* Signal "taken" (const CptTaking *): the payment is to be stored; cpt_invoice_dialog_end() says
 * whether it was. */

GtkWidget *
cpt_invoice_dialog_new (GtkWindow *parent, CptEngine *engine, const CptOrderDetails *details);
void cpt_invoice_dialog_end (CptInvoiceDialog *self, const char *failure);

G_END_DECLS
