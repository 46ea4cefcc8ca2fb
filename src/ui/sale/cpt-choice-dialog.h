/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks which sku of a product, with which options. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-choice.h"
#include "cpt-sale-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_CHOICE_DIALOG (cpt_choice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CptChoiceDialog, cpt_choice_dialog, CPT, CHOICE_DIALOG, AdwWindow)

/* Signal "done" (CptOrderItem *, not kept): what was chosen; the dialog closes by itself. */
GtkWidget *
cpt_choice_dialog_new (GtkWindow *parent, CptSaleStock *stock, CptChoice *choice, gboolean changes);

G_END_DECLS
