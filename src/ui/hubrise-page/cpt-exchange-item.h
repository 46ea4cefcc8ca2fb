/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange as an item of a list; the same exchange stays the same item. Main thread only. */
#pragma once

#include "cpt-exchange.h"

G_BEGIN_DECLS

#define CPT_TYPE_EXCHANGE_ITEM (cpt_exchange_item_get_type ())
G_DECLARE_FINAL_TYPE (CptExchangeItem, cpt_exchange_item, CPT, EXCHANGE_ITEM, GObject)

CptExchangeItem *cpt_exchange_item_new (CptExchange *exchange);
CptExchange *cpt_exchange_item_get_exchange (CptExchangeItem *self);
void cpt_exchange_item_set_exchange (CptExchangeItem *self, CptExchange *exchange);

G_END_DECLS
