/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at the till, in the header: only where names are set. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_SELLER_BUTTON (cpt_seller_button_get_type ())
G_DECLARE_FINAL_TYPE (CptSellerButton, cpt_seller_button, CPT, SELLER_BUTTON, AdwBin)

void cpt_seller_button_set_settings (CptSellerButton *self, GSettings *settings);

G_END_DECLS
