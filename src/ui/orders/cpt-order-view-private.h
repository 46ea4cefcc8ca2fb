/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts a view state is put together from; pure, any thread. */
#pragma once

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

CptViewText *cpt_view_text_new (CptTone tone, const char *text);
void cpt_view_text_free (CptViewText *self);
void cpt_order_view_add_messages (CptOrderViewState *self,
                                  const CptOrderRow *row,
                                  const CptOrderViewContext *context);
void cpt_order_view_add_badges (CptOrderViewState *self, const CptOrderRow *row);
void cpt_order_view_add_buttons (CptOrderViewState *self,
                                 const CptOrderRow *row,
                                 const CptOrderViewContext *context);
char *cpt_order_view_name (const CptOrderViewState *self,
                           const CptOrderRow *row,
                           const CptOrderViewContext *context);

G_END_DECLS
