/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ways to pay are called here and on HubRise. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_PAYMENT_EDITOR (cpt_payment_editor_get_type ())
G_DECLARE_FINAL_TYPE (CptPaymentEditor, cpt_payment_editor, CPT, PAYMENT_EDITOR, AdwBin)

void cpt_payment_editor_set_settings (CptPaymentEditor *self, GSettings *settings);

G_END_DECLS
