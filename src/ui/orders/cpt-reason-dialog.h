/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks why an order is rejected, cancelled or not delivered, and shows what the customer will
 * read. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-order-row.h"
#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_REASON_DIALOG (cpt_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptReasonDialog, cpt_reason_dialog, CPT, REASON_DIALOG, AdwMessageDialog)

/* Signal "chosen" (char *note (nullable), char *cause (nullable)): the deed is to be done; the
 * cause is there with a rejection only. */

GtkWidget *cpt_reason_dialog_new (GtkWindow *parent, const CptOrderRow *row, CptDeed deed);
void cpt_reason_dialog_fill (CptReasonDialog *self, const char *note, const char *cause);

G_END_DECLS
