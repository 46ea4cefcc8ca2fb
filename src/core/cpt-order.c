/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as HubRise sent it, and what a list shows of it. Immutable once handed on, any
 * thread. */
#include "cpt-order.h"

#include "cpt-order-private.h"
#include "cpt-outbox-entry.h"

static CptOrder *
copy_boxed (CptOrder *self)
{
  return cpt_order_ref (self);
}

G_DEFINE_BOXED_TYPE (CptOrder, cpt_order, copy_boxed, cpt_order_unref)

/**
 * cpt_order_new:
 *
 * Returns: (transfer full): an empty order without times, to be filled before it is shared
 */
CptOrder *
cpt_order_new (void)
{
  CptOrder *self = g_new0 (CptOrder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->created_at = CPT_TIME_NONE;
  self->expected_time = CPT_TIME_NONE;
  self->confirmed_time = CPT_TIME_NONE;
  cpt_order_init_arrays (self);
  return self;
}

/**
 * cpt_order_new_raw:
 * @id: (nullable): HubRise's id, where it could be had
 * @reason: why the document could not be understood, translated
 * @document: (nullable): (transfer none): the document as received
 *
 * Returns: (transfer full): an order that is kept and shown although nobody could read it
 */
CptOrder *
cpt_order_new_raw (const char *id, const char *reason, GBytes *document)
{
  CptOrder *self = cpt_order_new ();

  self->id = g_strdup (id);
  self->raw_reason = g_strdup (reason);
  self->document = document != NULL ? g_bytes_ref (document) : NULL;
  return self;
}

CptOrder *
cpt_order_ref (const CptOrder *self)
{
  CptOrder *shared = (CptOrder *)self;

  g_atomic_ref_count_inc (&shared->ref_count);
  return shared;
}

static void
free_texts (CptOrder *self)
{
  g_free (self->raw_reason);
  g_free (self->id);
  g_free (self->location_id);
  g_free (self->ref);
  g_free (self->private_ref);
  g_free (self->status_text);
  g_free (self->service_type_text);
  g_free (self->service_type_ref);
  g_free (self->created_by);
  g_free (self->channel);
  g_free (self->connection_name);
  g_free (self->customer_notes);
  g_free (self->seller_notes);
  g_free (self->collection_code);
  g_free (self->table_name);
  g_strfreev (self->coupon_codes);
}

void
cpt_order_unref (CptOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->document, g_bytes_unref);
  free_texts (self);
  cpt_order_clear_parts (self);
  g_free (self);
}

static gboolean
is_set (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/**
 * cpt_order_get_source:
 *
 * Returns: (nullable) (transfer none): where the order comes from: its channel, else the program
 *   that made it
 */
const char *
cpt_order_get_source (const CptOrder *self)
{
  if (is_set (self->channel))
    return self->channel;
  return is_set (self->created_by) ? self->created_by : NULL;
}

/**
 * cpt_order_get_number:
 *
 * Returns: (transfer none): what people call the order by: the short number shared with the
 *   customer, else the ordering program's, else HubRise's id; "" when it has none of them
 */
const char *
cpt_order_get_number (const CptOrder *self)
{
  if (is_set (self->collection_code))
    return self->collection_code;
  if (is_set (self->ref))
    return self->ref;
  return self->id != NULL ? self->id : "";
}

/**
 * cpt_order_dup_customer_name:
 *
 * Returns: (transfer full) (nullable): first and last name, else the company's
 */
char *
cpt_order_dup_customer_name (const CptOrder *self)
{
  const CptOrderCustomer *customer = self->customer;

  if (customer == NULL)
    return NULL;
  if (is_set (customer->first_name) && is_set (customer->last_name))
    return g_strdup_printf ("%s %s", customer->first_name, customer->last_name);
  if (is_set (customer->first_name))
    return g_strdup (customer->first_name);
  if (is_set (customer->last_name))
    return g_strdup (customer->last_name);
  return is_set (customer->company_name) ? g_strdup (customer->company_name) : NULL;
}

static const char *
item_name (const CptOrderItem *item)
{
  if (is_set (item->product_name))
    return item->product_name;
  if (is_set (item->sku_name))
    return item->sku_name;
  return is_set (item->sku_ref) ? item->sku_ref : "?";
}

/**
 * cpt_order_dup_items_summary:
 * @outbox: (nullable) (element-type CptOutboxEntry): of this order: what was marked missing here
 *   is left out
 *
 * Returns: (transfer full): the items that count on one line, "2 Margherita, 1 Tiramisù"; ""
 *   when there are none
 */
char *
cpt_order_dup_items_summary (const CptOrder *self, GPtrArray *outbox)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptOrderItem *item = self->items->pdata[i];
      g_autofree char *quantity = cpt_decimal_format (item->quantity);

      if (item->deleted || cpt_outbox_has_deletion (outbox, item->id))
        continue;
      if (summary->len > 0)
        g_string_append (summary, ", ");
      if (quantity[0] != '\0')
        g_string_append_printf (summary, "%s ", quantity);
      g_string_append (summary, item_name (item));
    }
  return g_string_free (g_steal_pointer (&summary), FALSE);
}

/**
 * cpt_order_has_payment:
 * @private_ref: (nullable): which this till gave the payment
 *
 * Returns: whether it is part of the document, taken back or not
 */
gboolean
cpt_order_has_payment (const CptOrder *self, const char *private_ref)
{
  for (guint i = 0; private_ref != NULL && i < self->payments->len; i++)
    {
      const CptOrderLine *payment = self->payments->pdata[i];

      if (g_strcmp0 (payment->private_ref, private_ref) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cpt_order_find_item:
 * @id: (nullable): of an item
 *
 * Returns: (transfer none) (nullable): the item, deleted or not
 */
const CptOrderItem *
cpt_order_find_item (const CptOrder *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->items->len; i++)
    {
      const CptOrderItem *item = self->items->pdata[i];

      if (g_strcmp0 (item->id, id) == 0)
        return item;
    }
  return NULL;
}
