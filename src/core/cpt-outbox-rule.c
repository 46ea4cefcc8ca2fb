/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a payment or a missing item that waits. Pure, any thread. */
#include "cpt-outbox-rule.h"

/**
 * cpt_order_count_items_left:
 * @outbox: (nullable) (element-type CptOutboxEntry): of this order
 *
 * Returns: the items that are neither deleted nor marked missing here
 */
guint
cpt_order_count_items_left (const CptOrder *self, GPtrArray *outbox)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptOrderItem *item = self->items->pdata[i];

      n += !item->deleted && !cpt_outbox_has_deletion (outbox, item->id);
    }
  return n;
}

/**
 * cpt_order_status_takes_payment:
 *
 * Returns: whether money for an order in this status makes sense: it was accepted and not called
 *   off
 */
gboolean
cpt_order_status_takes_payment (CptOrderStatus status)
{
  return status == CPT_ORDER_COMPLETED ||
         (!cpt_order_status_is_end (status) && !cpt_order_status_is_waiting (status) &&
          status != CPT_ORDER_UNKNOWN);
}

/**
 * cpt_order_status_takes_missing:
 *
 * Returns: whether the kitchen may still find that something is missing
 */
gboolean
cpt_order_status_takes_missing (CptOrderStatus status)
{
  return status != CPT_ORDER_UNKNOWN && !cpt_order_status_is_end (status);
}

static CptEntryVerdict
judge_payment (const CptOutboxEntry *self, const CptOrder *read, const CptOrderBalance *balance)
{
  if (cpt_order_has_payment (read, self->private_ref))
    return CPT_ENTRY_DONE;
  if (cpt_order_status_is_end (read->status) && read->status != CPT_ORDER_COMPLETED)
    return CPT_ENTRY_ENDED;
  if (balance->due.state != CPT_AMOUNT_KNOWN)
    return CPT_ENTRY_DUE_UNKNOWN;
  if (balance->due.minor <= 0)
    return CPT_ENTRY_ALREADY_PAID;
  if (g_strcmp0 (balance->due.currency, self->amount.currency) != 0)
    return CPT_ENTRY_DUE_UNKNOWN;
  return self->amount.minor > balance->due.minor ? CPT_ENTRY_TOO_MUCH : CPT_ENTRY_GO;
}

static CptEntryVerdict
judge_deletion (const CptOutboxEntry *self, const CptOrder *read)
{
  const CptOrderItem *item = cpt_order_find_item (read, self->element);

  if (item == NULL || item->deleted)
    return CPT_ENTRY_DONE;
  if (cpt_order_status_is_end (read->status))
    return CPT_ENTRY_ENDED;
  return cpt_order_count_items_left (read, NULL) <= 1 ? CPT_ENTRY_LAST_ITEM : CPT_ENTRY_GO;
}

/**
 * cpt_outbox_entry_judge:
 * @self: a payment or a deletion
 * @read: the order a moment ago
 * @balance: (out caller-allocates): what is left to pay there
 *
 * Entries of an order go one after the other, so nothing else of ours is on its way. What HubRise
 * holds already is never sent again, whatever else has happened.
 *
 * Returns: what becomes of it
 */
CptEntryVerdict
cpt_outbox_entry_judge (const CptOutboxEntry *self, const CptOrder *read, CptOrderBalance *balance)
{
  cpt_order_get_balance (read, balance);
  if (read->raw_reason != NULL)
    return CPT_ENTRY_UNREADABLE;
  return self->kind == CPT_OUTBOX_PAYMENT ? judge_payment (self, read, balance)
                                          : judge_deletion (self, read);
}
