/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products of a category and a search. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-sale-product.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_MODEL (cpt_sale_model_get_type ())
G_DECLARE_FINAL_TYPE (CptSaleModel, cpt_sale_model, CPT, SALE_MODEL, GObject)

CptSaleModel *cpt_sale_model_new (void);
void cpt_sale_model_set_menu (CptSaleModel *self, CptMenu *menu);
void cpt_sale_model_set_query (CptSaleModel *self, const char *category, const char *text);
gboolean cpt_sale_model_is_searched (CptSaleModel *self);
GPtrArray *cpt_sale_model_list_categories (CptSaleModel *self);

G_END_DECLS
