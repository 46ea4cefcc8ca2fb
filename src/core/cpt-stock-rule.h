/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inventory rule: what of the till's stock HubRise is to hold. Pure, any thread. */
#pragma once

#include "cpt-stock-item.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_STOCK_QUANTITIES,
  CPT_STOCK_OUT_ONLY, /* only "0" and the removal of an entry ever leave */
} CptStockMode;

CptStockMode cpt_stock_mode_parse (const char *text);
CptStockEntry cpt_stock_rule (const CptStock *stock, CptStockMode mode, CptTime now);
void cpt_stock_take_over (CptStock *stock, CptStockEntry entry, CptTime now);

G_END_DECLS
