/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change of a ref's stock as it was made, so that it can be taken back; a plain value, any
 * thread. */
#pragma once

#include "cpt-stock-item.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 stock; /* the store's key */
  CptStock before, after;
} CptStockUndo;

gboolean cpt_stock_undo_apply (const CptStockUndo *self, CptStock *stock);
void cpt_stock_undo_join (CptStockUndo *self, const CptStockUndo *later);

G_END_DECLS
