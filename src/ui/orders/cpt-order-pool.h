/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries that exist: one for each order, kept while somebody holds it or it was among the
 * last looked at. Main thread only. */
#pragma once

#include "cpt-order-entry.h"

G_BEGIN_DECLS

typedef struct _CptOrderPool CptOrderPool;

CptOrderPool *cpt_order_pool_new (void);
void cpt_order_pool_free (CptOrderPool *self);
CptOrderEntry *cpt_order_pool_get (CptOrderPool *self, gint64 key);
CptOrderEntry *cpt_order_pool_peek (CptOrderPool *self, gint64 key);
guint cpt_order_pool_count (CptOrderPool *self);
GArray *cpt_order_pool_list (CptOrderPool *self);

G_END_DECLS
