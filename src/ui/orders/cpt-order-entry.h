/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order in a list: the same object for the same order as long as anybody holds it; what is
 * known of it comes later and changes. Main thread only. */
#pragma once

#include "cpt-order-row.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDER_ENTRY (cpt_order_entry_get_type ())
G_DECLARE_FINAL_TYPE (CptOrderEntry, cpt_order_entry, CPT, ORDER_ENTRY, GObject)

CptOrderEntry *cpt_order_entry_new (gint64 key);
gint64 cpt_order_entry_get_key (CptOrderEntry *self);
CptOrderRow *cpt_order_entry_get_row (CptOrderEntry *self);
void cpt_order_entry_set_row (CptOrderEntry *self, CptOrderRow *row);

G_END_DECLS
