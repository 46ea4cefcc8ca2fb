/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be created or deleted on HubRise, and what an order is worth with it. Immutable once
 * made, any thread. */
#include "cpt-outbox-entry.h"

G_DEFINE_BOXED_TYPE (CptOutboxEntry, cpt_outbox_entry, cpt_outbox_entry_ref, cpt_outbox_entry_unref)

static const char *const kinds[] = { "order", "customer", "payment", "deletion" };

/**
 * cpt_outbox_entry_new:
 * @order: the order's row
 * @order_id: (nullable): HubRise's id
 *
 * Returns: (transfer full): a waiting entry without times, to be filled before it is shared
 */
CptOutboxEntry *
cpt_outbox_entry_new (CptOutboxKind kind, gint64 order, const char *order_id)
{
  CptOutboxEntry *self = g_new0 (CptOutboxEntry, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->order = order;
  self->order_id = g_strdup (order_id);
  self->pressed_at = CPT_TIME_NONE;
  self->not_before = CPT_TIME_NONE;
  return self;
}

CptOutboxEntry *
cpt_outbox_entry_ref (CptOutboxEntry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_outbox_entry_unref (CptOutboxEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->order_id);
  g_free (self->private_ref);
  g_free (self->element);
  g_free (self->name);
  g_free (self->ref);
  g_free (self->seller_note);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->seller);
  g_free (self->reason);
  g_free (self);
}

/* The word the database keeps. */
const char *
cpt_outbox_kind_to_string (CptOutboxKind kind)
{
  return kinds[kind];
}

/**
 * cpt_outbox_kind_parse:
 * @text: a word of cpt_outbox_kind_to_string()
 */
CptOutboxKind
cpt_outbox_kind_parse (const char *text)
{
  guint kind = 0;

  while (kind < G_N_ELEMENTS (kinds) - 1 && g_strcmp0 (kinds[kind], text) != 0)
    kind++;
  return (CptOutboxKind)kind;
}

/**
 * cpt_outbox_entry_counts:
 *
 * What is refused, given up or part of HubRise's document already is not added to it.
 *
 * Returns: whether the screen shows the order with it
 */
gboolean
cpt_outbox_entry_counts (const CptOutboxEntry *self)
{
  return self->state == CPT_STEP_WAITING || self->state == CPT_STEP_UNDER_WAY ||
         self->state == CPT_STEP_LOCAL;
}

/**
 * cpt_outbox_has_deletion:
 * @outbox: (nullable) (element-type CptOutboxEntry): of the item's order
 * @element: (nullable): the id of an item
 *
 * Returns: whether the item was marked missing here and HubRise does not know it yet
 */
gboolean
cpt_outbox_has_deletion (GPtrArray *outbox, const char *element)
{
  for (guint i = 0; outbox != NULL && element != NULL && i < outbox->len; i++)
    {
      const CptOutboxEntry *entry = outbox->pdata[i];

      if (entry->kind == CPT_OUTBOX_DELETION && cpt_outbox_entry_counts (entry) &&
          g_strcmp0 (entry->element, element) == 0)
        return TRUE;
    }
  return FALSE;
}

static CptMoney
subtotal_of (const CptOrder *order, const char *element)
{
  const CptOrderItem *item = cpt_order_find_item (order, element);
  CptMoney subtotal = cpt_money (0, NULL);

  if (item == NULL || item->deleted)
    return subtotal;
  subtotal = item->subtotal;
  if (subtotal.state == CPT_AMOUNT_ABSENT)
    cpt_order_item_compute_subtotal (item, &subtotal);
  return subtotal;
}

static void
add_entry (const CptOrder *order, const CptOutboxEntry *entry, CptOrderBalance *balance)
{
  CptMoney change = cpt_money (0, NULL);

  if (!cpt_outbox_entry_counts (entry))
    return;
  if (entry->kind == CPT_OUTBOX_PAYMENT && !cpt_order_has_payment (order, entry->private_ref))
    {
      cpt_money_add (balance->paid, entry->amount, &balance->paid);
      cpt_money_subtract (balance->due, entry->amount, &balance->due);
    }
  else if (entry->kind == CPT_OUTBOX_DELETION)
    {
      change = subtotal_of (order, entry->element);
      balance->calculated = TRUE;
      cpt_money_subtract (balance->total, change, &balance->total);
      cpt_money_subtract (balance->due, change, &balance->due);
    }
}

/**
 * cpt_outbox_entry_is_lost_before:
 * @since: when the till was connected, or CPT_TIME_NONE
 *
 * A private_ref is seen by whoever set it only, which another connection may not be: that nothing
 * is found under it there proves nothing.
 *
 * Returns: whether its reply was lost on another connection
 */
gboolean
cpt_outbox_entry_is_lost_before (const CptOutboxEntry *self, CptTime since)
{
  CptTime lost = self->not_before - CPT_OUTBOX_LOST_MS;

  return self->state == CPT_STEP_UNDER_WAY && lost >= self->pressed_at && lost < since;
}

/**
 * cpt_order_get_balance_with:
 * @outbox: (nullable) (element-type CptOutboxEntry): what of this order is not at HubRise yet
 * @balance: (out caller-allocates): what the order costs with it
 *
 * A payment that HubRise's document holds already is not counted twice.
 */
void
cpt_order_get_balance_with (const CptOrder *self, GPtrArray *outbox, CptOrderBalance *balance)
{
  cpt_order_get_balance (self, balance);
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    add_entry (self, outbox->pdata[i], balance);
}
