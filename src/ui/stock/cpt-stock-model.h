/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of a tab, a category and a search, as CptStockLine: keys for all, contents for what is
 * looked at. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-engine-stock.h"
#include "cpt-stock-line.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_MODEL (cpt_stock_model_get_type ())
G_DECLARE_FINAL_TYPE (CptStockModel, cpt_stock_model, CPT, STOCK_MODEL, GObject)

/* Signal "listed" (): an answer came. */
CptStockModel *cpt_stock_model_new (CptEngine *engine);
/* The answer to an earlier query never shows. */
void cpt_stock_model_set_query (CptStockModel *self, const CptEngineStockQuery *query);
gint64 cpt_stock_model_get_key (CptStockModel *self, guint position);
/* Asks again for what is shown. */
void cpt_stock_model_refresh (CptStockModel *self);

G_END_DECLS
