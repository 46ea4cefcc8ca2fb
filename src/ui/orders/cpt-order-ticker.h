/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second hand of the orders on screen, and the moment they are looked at. Main thread only. */
#pragma once

#include "cpt-engine.h"
#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_TICKER (cpt_order_ticker_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderTicker, cpt_order_ticker, CPT, ORDER_TICKER, GObject)

/* Signals:
 *  "tick" ()  a second has passed, or the zone, the deadlines or the clock's offset changed
 */

CptOrderTicker *cpt_order_ticker_new (CptEngine *engine);
void cpt_order_ticker_get_context (CptOrderTicker *self,
                                   const CptOrderRow *row,
                                   CptOrderViewContext *context);
CptTime cpt_order_ticker_get_now (CptOrderTicker *self);
GTimeZone *cpt_order_ticker_get_zone (CptOrderTicker *self);

G_END_DECLS
