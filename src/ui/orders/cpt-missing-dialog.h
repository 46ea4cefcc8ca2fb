/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once before an item of an order is said to be missing. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_MISSING_DIALOG (cpt_missing_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptMissingDialog, cpt_missing_dialog, CPT, MISSING_DIALOG, AdwMessageDialog)

/* Signals:
 *  "confirmed" (char *note (nullable))  it is missing, and the customer reads this
 *  "call-off" (gboolean rejects)        nothing else is left: the order is to be rejected, else
 *                                       cancelled
 */

GtkWidget *cpt_missing_dialog_new (GtkWindow *parent,
                                   CptEngine *engine,
                                   const CptOrderDetails *details,
                                   const char *item);
void cpt_missing_dialog_fill (CptMissingDialog *self, const char *note);

G_END_DECLS
