/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order made at this till. Any thread. */
#include "cpt-till-order.h"

#include <glib/gi18n-lib.h>

/* --- What can be placed --- */

static gboolean
has_quantities (const CptOrder *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptOrderItem *item = self->items->pdata[i];

      if (item->quantity.state != CPT_AMOUNT_KNOWN || item->quantity.thousandths <= 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * cpt_till_order_problem:
 *
 * Returns: (nullable) (transfer none): why an order made by cpt_till_order_new() cannot be placed,
 *   translated
 */
const char *
cpt_till_order_problem (const CptOrder *self)
{
  CptOrderBalance balance = { 0 };

  if (self->items->len == 0)
    return _ ("The order is empty: choose at least one item");
  if (!has_quantities (self))
    return _ ("An item has no quantity");
  cpt_order_get_balance (self, &balance);
  if (balance.total.state != CPT_AMOUNT_KNOWN)
    return balance.reason;
  if (balance.total.minor < 0)
    return _ ("The discounts are larger than the order");
  return balance.due.state != CPT_AMOUNT_KNOWN ? balance.reason : NULL;
}

/* --- Copies --- */

static void
copy_options (CptOrderItem *to, const CptOrderItem *from)
{
  for (guint i = 0; i < from->options->len; i++)
    {
      const CptOrderOption *option = from->options->pdata[i];
      CptOrderOption *copy = cpt_order_option_new ();

      *copy = *option;
      copy->list_name = g_strdup (option->list_name);
      copy->name = g_strdup (option->name);
      copy->ref = g_strdup (option->ref);
      g_ptr_array_add (to->options, copy);
    }
}

static CptOrderItem *
copy_item (const CptOrderItem *item, const char *content_ref, guint i)
{
  CptOrderItem *copy = cpt_order_item_new ();

  copy->private_ref = g_strdup_printf ("%s-i%u", content_ref, i);
  copy->product_name = g_strdup (item->product_name);
  copy->sku_name = g_strdup (item->sku_name);
  copy->sku_ref = g_strdup (item->sku_ref);
  copy->price = item->price;
  copy->quantity = item->quantity;
  copy->tax_rate = g_strdup (item->tax_rate);
  copy->customer_notes = g_strdup (item->customer_notes);
  copy->deal_key = g_strdup (item->deal_key);
  copy->deal_label = g_strdup (item->deal_label);
  copy->deal_pricing_effect = g_strdup (item->deal_pricing_effect);
  copy->deal_pricing_value = g_strdup (item->deal_pricing_value);
  copy_options (copy, item);
  cpt_order_item_compute_subtotal (copy, &copy->subtotal);
  return copy;
}

static void
copy_deals (CptOrder *to, const CptOrder *from)
{
  for (guint i = 0; i < from->deals->len; i++)
    {
      const CptOrderDeal *deal = from->deals->pdata[i];
      CptOrderDeal *copy = cpt_order_deal_new ();

      copy->key = g_strdup (deal->key);
      copy->name = g_strdup (deal->name);
      copy->ref = g_strdup (deal->ref);
      g_ptr_array_add (to->deals, copy);
    }
}

/* @kind: stands in the private_ref between content and number */
static void
copy_lines (GPtrArray *to, const GPtrArray *from, const char *content_ref, char kind)
{
  for (guint i = 0; i < from->len; i++)
    {
      const CptOrderLine *line = from->pdata[i];
      CptOrderLine *copy = NULL;

      if (line->deleted)
        continue;
      copy = cpt_order_line_new ();
      copy->private_ref = g_strdup_printf ("%s-%c%u", content_ref, kind, i);
      copy->name = g_strdup (line->name);
      copy->ref = g_strdup (line->ref);
      copy->tax_rate = g_strdup (line->tax_rate);
      copy->amount = line->amount;
      g_ptr_array_add (to, copy);
    }
}

static void
copy_items (CptOrder *to, const CptOrder *from, const char *content_ref)
{
  for (guint i = 0; i < from->items->len; i++)
    {
      const CptOrderItem *item = from->items->pdata[i];

      if (!item->deleted)
        g_ptr_array_add (to->items, copy_item (item, content_ref, i));
    }
}

/* One without an id that is to stand in the list is created there: by this name he is found. */
static void
copy_customer (CptOrder *to, const CptOrder *from, const CptTillStamp *stamp)
{
  CptOrderCustomer *customer = NULL;

  if (from->customer == NULL)
    return;
  customer = to->customer = cpt_order_customer_copy (from->customer);
  g_clear_pointer (&customer->private_ref, g_free);
  if (customer->id != NULL || customer->customer_list_id == NULL)
    return;
  if (stamp->customer_ref != NULL &&
      g_strcmp0 (from->customer->private_ref, stamp->customer_ref) == 0)
    customer->private_ref = g_strdup (stamp->customer_ref);
  else
    customer->private_ref = g_strdup_printf ("%s-c", stamp->content_ref);
}

static void
copy_head (CptOrder *to, const CptOrder *from, CptTime now)
{
  to->service_type = from->service_type;
  to->service_type_text = g_strdup (cpt_service_type_to_string (from->service_type));
  to->service_type_ref = g_strdup (from->service_type_ref);
  to->customer_notes = g_strdup (from->customer_notes);
  to->seller_notes = g_strdup (from->seller_notes);
  to->coupon_codes = g_strdupv (from->coupon_codes);
  to->table_name = g_strdup (from->table_name);
  if (from->expected_time != CPT_TIME_NONE && from->expected_time > now)
    to->expected_time = from->expected_time;
}

static void
add_custom_field (CptOrder *self, const char *path, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (self->custom_fields, cpt_field_new (path, text));
}

static void
stamp_order (CptOrder *self, const CptTillStamp *stamp)
{
  CptOrderBalance balance = { 0 };

  self->private_ref = g_strdup (stamp->private_ref);
  self->ref = g_strdup (stamp->number);
  self->status = CPT_ORDER_ACCEPTED;
  self->status_text = g_strdup (cpt_order_status_to_string (CPT_ORDER_ACCEPTED));
  self->created_at = stamp->now;
  add_custom_field (self, "epos.order_id", stamp->order_id);
  add_custom_field (self, "restaurant.staff.name", stamp->seller);
  add_custom_field (self, "restaurant.table_name", self->table_name);
  cpt_order_get_balance (self, &balance);
  self->total = balance.total;
}

/**
 * cpt_till_order_new:
 * Returns: (transfer full): @draft as an order of this till: accepted, with its names and its
 *   total, without what others gave it
 */
CptOrder *
cpt_till_order_new (const CptOrder *draft, const CptTillStamp *stamp)
{
  CptOrder *self = cpt_order_new ();

  copy_head (self, draft, stamp->now);
  copy_items (self, draft, stamp->content_ref);
  copy_deals (self, draft);
  copy_lines (self->discounts, draft->discounts, stamp->content_ref, 'd');
  copy_lines (self->charges, draft->charges, stamp->content_ref, 'h');
  copy_lines (self->payments, draft->payments, stamp->content_ref, 'p');
  copy_customer (self, draft, stamp);
  stamp_order (self, stamp);
  return self;
}
