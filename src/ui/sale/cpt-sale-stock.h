/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is left of what can be sold, by ref. Main thread only. */
#pragma once

#include "cpt-engine-stock.h"
#include "cpt-menu.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_STOCK (cpt_sale_stock_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleStock, cpt_sale_stock, CPT, SALE_STOCK, GObject)

/* What a tile says of it. */
typedef struct
{
  CptStockLook look;
  gint64 quantity;  /* thousandths */
  gboolean is_sold; /* FALSE: INACTIF, adding it asks first */
} CptSaleMark;

/* Signal "changed": something may look different. */
CptSaleStock *cpt_sale_stock_new (CptEngine *engine);
CptSaleMark cpt_sale_stock_get (CptSaleStock *self, CptItemKind kind, const char *ref);
CptSaleMark cpt_sale_stock_get_product (CptSaleStock *self, const CptMenuProduct *product);
char *cpt_sale_mark_dup_text (const CptSaleMark *mark);
char *cpt_sale_mark_dup_words (const CptSaleMark *mark);

G_END_DECLS
