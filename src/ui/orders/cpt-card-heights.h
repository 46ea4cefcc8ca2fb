/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How high cards turned out to be, so that a card out of sight need not be laid out to know how
 * much room it takes. Main thread only. */
#pragma once

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_CARD_HEIGHTS (cpt_card_heights_get_type ())
G_DECLARE_FINAL_TYPE (CptCardHeights, cpt_card_heights, CPT, CARD_HEIGHTS, GObject)

CptCardHeights *cpt_card_heights_new (void);
int cpt_card_heights_guess (CptCardHeights *self, const CptOrderViewState *state, int width);
void cpt_card_heights_learn (CptCardHeights *self,
                             const CptOrderViewState *state,
                             int width,
                             int height);

G_END_DECLS
