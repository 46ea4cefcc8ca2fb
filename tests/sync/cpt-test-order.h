/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders put together at a test's till, and OK. Main thread only. */
#pragma once

#include "cpt-engine-till.h"
#include "cpt-test-till.h"

G_BEGIN_DECLS

/* Two items with options, notes, collection, cash for all of it: 42.70 EUR. */
CptOrder *cpt_test_order_new (void);
CptOrderItem *cpt_test_order_add_item (CptOrder *self,
                                       const char *product,
                                       const char *sku_ref,
                                       const char *price,
                                       const char *quantity);
void cpt_test_order_add_option (CptOrderItem *item,
                                const char *list,
                                const char *ref,
                                const char *price,
                                gint64 quantity);
void cpt_test_order_add_payment (CptOrder *self, const char *name, const char *amount);
/* @id (nullable): of the list; @list (nullable): to be created there; else a guest. */
void cpt_test_order_set_customer (CptOrder *self, const char *id, const char *list);

/* OK. Result: the row, 0 with @error. */
gint64 cpt_test_till_place (CptTestTill *self, const CptOrder *order, GError **error);
gint64 cpt_test_till_replace (CptTestTill *self, gint64 row, const CptOrder *order, GError **error);
/* (transfer full) */
CptOrderRow *cpt_test_till_load_row (CptTestTill *self, gint64 row);
CptOrderDetails *cpt_test_till_load_details (CptTestTill *self, gint64 row);

G_END_DECLS
