/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product of the menu as an object a list can hold. Main thread only. */
#pragma once

#include "cpt-menu.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_PRODUCT (cpt_sale_product_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleProduct, cpt_sale_product, CPT, SALE_PRODUCT, GObject)

CptSaleProduct *cpt_sale_product_new (CptMenu *menu, CptMenuProduct *product);
CptMenu *cpt_sale_product_get_menu (CptSaleProduct *self);
CptMenuProduct *cpt_sale_product_get (CptSaleProduct *self);
char *cpt_sale_product_dup_price (const CptMenuProduct *product);

G_END_DECLS
