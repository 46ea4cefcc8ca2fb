/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that does one thing with an order through the action group "order"; Accept has an
 * arrow beside it with other times. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_DEED_BUTTON (cpt_deed_button_get_type ())
G_DECLARE_FINAL_TYPE (CptDeedButton, cpt_deed_button, CPT, DEED_BUTTON, GtkWidget)

/* Which of an order's buttons a box holds. */
typedef enum
{
  CPT_PICK_CARD,  /* those a card shows */
  CPT_PICK_FIRST, /* those, and the main one */
  CPT_PICK_REST,  /* the others */
} CptPick;

GtkWidget *cpt_deed_button_new (const CptOrderButton *button, const CptOrderViewContext *context);
void cpt_deed_button_update (CptDeedButton *self,
                             const CptOrderButton *button,
                             const CptOrderViewContext *context);
void cpt_deed_box_update (GtkBox *box,
                          const CptOrderViewState *state,
                          const CptOrderViewContext *context,
                          CptPick pick);

G_END_DECLS
