/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking one change back without taking back what others did since. Pure, any thread. */
#include "cpt-stock-undo.h"

/**
 * cpt_stock_undo_apply:
 * @stock: what the till holds now
 *
 * Only what this change did: an order that took two of it meanwhile has taken two, and what
 * somebody set since stays set.
 *
 * Returns: whether the result is a number the stock can hold; else nothing was changed
 */
gboolean
cpt_stock_undo_apply (const CptStockUndo *self, CptStock *stock)
{
  gint64 quantity = stock->quantity - (self->after.quantity - self->before.quantity);

  if (!cpt_stock_is_quantity (quantity))
    return FALSE;
  stock->quantity = quantity;
  if (stock->managed == self->after.managed)
    stock->managed = self->before.managed;
  if (stock->active == self->after.active && stock->back_on == self->after.back_on)
    {
      stock->active = self->before.active;
      stock->back_on = self->before.back_on;
    }
  if (stock->low == self->after.low)
    stock->low = self->before.low;
  return TRUE;
}

/**
 * cpt_stock_undo_join:
 * @later: another change of the same number
 *
 * One more, and one more: both are taken back at once.
 */
void
cpt_stock_undo_join (CptStockUndo *self, const CptStockUndo *later)
{
  self->after.quantity += later->after.quantity - later->before.quantity;
  self->after.managed = later->after.managed;
}
