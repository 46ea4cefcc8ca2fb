/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks who an order is for. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine-till.h"

G_BEGIN_DECLS

#define CPT_TYPE_CUSTOMER_DIALOG (cpt_customer_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptCustomerDialog, cpt_customer_dialog, CPT, CUSTOMER_DIALOG, AdwWindow)

/* Signal "done" (CptOrderCustomer *, not kept, NULL for nobody); the dialog closes by itself. */
GtkWidget *
cpt_customer_dialog_new (GtkWindow *parent, CptEngine *engine, const CptOrderCustomer *customer);

G_END_DECLS
