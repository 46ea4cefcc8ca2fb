/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a tab and a search as a list model of CptOrderEntry. It knows the keys of all and
 * loads what is looked at. Main thread only. */
#pragma once

#include "cpt-engine.h"
#include "cpt-order-entry.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_MODEL (cpt_order_model_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderModel, cpt_order_model, CPT, ORDER_MODEL, GObject)

/* Signals:
 *  "listed" ()             the list of keys was read again, changed or not
 *  "failed" (char *message) it could not be read; the list stays as it was
 */

CptOrderModel *cpt_order_model_new (CptEngine *engine);
void cpt_order_model_set_query (CptOrderModel *self, CptOrderTab tab, const char *text);
CptOrderTab cpt_order_model_get_tab (CptOrderModel *self);
const char *cpt_order_model_get_text (CptOrderModel *self);
gboolean cpt_order_model_is_listed (CptOrderModel *self);
CptOrderEntry *cpt_order_model_find (CptOrderModel *self, gint64 key);
guint cpt_order_model_count_entries (CptOrderModel *self);

G_END_DECLS
