/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchanges of the log, newest first, kept up to date with the engine; a GListModel of
 * CptExchangeItem. Main thread only. */
#pragma once

#include "cpt-engine.h"
#include "cpt-exchange-item.h"

G_BEGIN_DECLS

#define CPT_TYPE_EXCHANGE_LIST (cpt_exchange_list_get_type ())
G_DECLARE_FINAL_TYPE (CptExchangeList, cpt_exchange_list, CPT, EXCHANGE_LIST, GObject)

CptExchangeList *cpt_exchange_list_new (CptEngine *engine);
GListModel *cpt_exchange_list_get_model (CptExchangeList *self);
void cpt_exchange_list_set_filter (CptExchangeList *self, const char *text, gboolean failures);
void cpt_exchange_list_set_active (CptExchangeList *self, gboolean active);
void cpt_exchange_list_load_older (CptExchangeList *self);
void cpt_exchange_list_merge (GListStore *store, GPtrArray *newest);
void cpt_exchange_list_replace (GListStore *store, GPtrArray *newest);

G_END_DECLS
