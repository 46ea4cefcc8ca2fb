/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an order: made empty, filled by whoever decodes, freed with their order; any
 * thread. */
#include "cpt-order-private.h"

static void
field_free (gpointer data)
{
  CptField *field = data;

  g_free (field->path);
  g_free (field->text);
  g_free (field);
}

/**
 * cpt_field_new:
 *
 * Returns: (transfer full): a leaf of a document
 */
CptField *
cpt_field_new (const char *path, const char *text)
{
  CptField *field = g_new0 (CptField, 1);

  field->path = g_strdup (path);
  field->text = g_strdup (text);
  return field;
}

/**
 * cpt_field_array_new:
 *
 * Returns: (transfer full) (element-type CptField): an empty array that owns its fields
 */
GPtrArray *
cpt_field_array_new (void)
{
  return g_ptr_array_new_with_free_func (field_free);
}

/**
 * cpt_order_option_new:
 *
 * Returns: (transfer full): one option, for an item's array
 */
CptOrderOption *
cpt_order_option_new (void)
{
  CptOrderOption *option = g_new0 (CptOrderOption, 1);

  option->quantity = 1;
  return option;
}

static void
option_free (gpointer data)
{
  CptOrderOption *option = data;

  g_free (option->list_name);
  g_free (option->name);
  g_free (option->ref);
  g_free (option);
}

/**
 * cpt_order_item_new:
 *
 * Returns: (transfer full): an item without options and amounts
 */
CptOrderItem *
cpt_order_item_new (void)
{
  CptOrderItem *item = g_new0 (CptOrderItem, 1);

  item->options = g_ptr_array_new_with_free_func (option_free);
  return item;
}

static CptOrderOption *
option_copy (const CptOrderOption *option)
{
  CptOrderOption *copy = g_memdup2 (option, sizeof *option);

  copy->list_name = g_strdup (option->list_name);
  copy->name = g_strdup (option->name);
  copy->ref = g_strdup (option->ref);
  return copy;
}

/**
 * cpt_order_item_copy:
 *
 * Returns: (transfer full): the same item for another order: without the ids of the one it is in
 */
CptOrderItem *
cpt_order_item_copy (const CptOrderItem *item)
{
  CptOrderItem *copy = cpt_order_item_new ();

  copy->product_name = g_strdup (item->product_name);
  copy->sku_name = g_strdup (item->sku_name);
  copy->sku_ref = g_strdup (item->sku_ref);
  copy->price = item->price;
  copy->quantity = item->quantity;
  copy->tax_rate = g_strdup (item->tax_rate);
  copy->customer_notes = g_strdup (item->customer_notes);
  for (guint i = 0; i < item->options->len; i++)
    g_ptr_array_add (copy->options, option_copy (item->options->pdata[i]));
  return copy;
}

void
cpt_order_item_free (CptOrderItem *item)
{
  g_free (item->id);
  g_free (item->private_ref);
  g_free (item->product_name);
  g_free (item->sku_name);
  g_free (item->sku_ref);
  g_free (item->tax_rate);
  g_free (item->customer_notes);
  g_free (item->points_earned);
  g_free (item->points_used);
  g_free (item->deal_key);
  g_free (item->deal_label);
  g_free (item->deal_pricing_effect);
  g_free (item->deal_pricing_value);
  g_ptr_array_unref (item->options);
  g_free (item);
}

/**
 * cpt_order_line_new:
 *
 * Returns: (transfer full): a discount, charge or payment without an amount
 */
CptOrderLine *
cpt_order_line_new (void)
{
  CptOrderLine *line = g_new0 (CptOrderLine, 1);

  line->info = cpt_field_array_new ();
  return line;
}

static void
line_free (gpointer data)
{
  CptOrderLine *line = data;

  g_free (line->id);
  g_free (line->private_ref);
  g_free (line->name);
  g_free (line->ref);
  g_free (line->tax_rate);
  g_ptr_array_unref (line->info);
  g_free (line);
}

/**
 * cpt_order_deal_new:
 *
 * Returns: (transfer full): an empty deal
 */
CptOrderDeal *
cpt_order_deal_new (void)
{
  return g_new0 (CptOrderDeal, 1);
}

static void
deal_free (gpointer data)
{
  CptOrderDeal *deal = data;

  g_free (deal->key);
  g_free (deal->name);
  g_free (deal->ref);
  g_free (deal);
}

/**
 * cpt_order_customer_new:
 *
 * Returns: (transfer full): a customer of whom nothing is known
 */
CptOrderCustomer *
cpt_order_customer_new (void)
{
  return g_new0 (CptOrderCustomer, 1);
}

/* Every text a customer has, where it stands. */
static const gsize customer_texts[] = {
  G_STRUCT_OFFSET (CptOrderCustomer, id),
  G_STRUCT_OFFSET (CptOrderCustomer, customer_list_id),
  G_STRUCT_OFFSET (CptOrderCustomer, private_ref),
  G_STRUCT_OFFSET (CptOrderCustomer, email),
  G_STRUCT_OFFSET (CptOrderCustomer, first_name),
  G_STRUCT_OFFSET (CptOrderCustomer, last_name),
  G_STRUCT_OFFSET (CptOrderCustomer, company_name),
  G_STRUCT_OFFSET (CptOrderCustomer, phone),
  G_STRUCT_OFFSET (CptOrderCustomer, phone_access_code),
  G_STRUCT_OFFSET (CptOrderCustomer, address_1),
  G_STRUCT_OFFSET (CptOrderCustomer, address_2),
  G_STRUCT_OFFSET (CptOrderCustomer, postal_code),
  G_STRUCT_OFFSET (CptOrderCustomer, city),
  G_STRUCT_OFFSET (CptOrderCustomer, state),
  G_STRUCT_OFFSET (CptOrderCustomer, country),
  G_STRUCT_OFFSET (CptOrderCustomer, latitude),
  G_STRUCT_OFFSET (CptOrderCustomer, longitude),
  G_STRUCT_OFFSET (CptOrderCustomer, delivery_notes),
  G_STRUCT_OFFSET (CptOrderCustomer, nb_orders),
};

/**
 * cpt_order_customer_copy:
 *
 * Returns: (transfer full): one of its own
 */
CptOrderCustomer *
cpt_order_customer_copy (const CptOrderCustomer *customer)
{
  CptOrderCustomer *copy = cpt_order_customer_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (customer_texts); i++)
    G_STRUCT_MEMBER (char *, copy, customer_texts[i]) =
        g_strdup (G_STRUCT_MEMBER (char *, customer, customer_texts[i]));
  copy->anonymised = customer->anonymised;
  return copy;
}

/**
 * cpt_order_customer_free:
 * @customer: (transfer full)
 */
void
cpt_order_customer_free (CptOrderCustomer *customer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (customer_texts); i++)
    g_free (G_STRUCT_MEMBER (char *, customer, customer_texts[i]));
  g_free (customer);
}

/**
 * cpt_order_delivery_new:
 *
 * Returns: (transfer full): a delivery without times
 */
CptOrderDelivery *
cpt_order_delivery_new (void)
{
  CptOrderDelivery *delivery = g_new0 (CptOrderDelivery, 1);

  delivery->estimated_pickup_at = CPT_TIME_NONE;
  delivery->estimated_dropoff_at = CPT_TIME_NONE;
  return delivery;
}

static void
delivery_free (CptOrderDelivery *delivery)
{
  g_free (delivery->carrier);
  g_free (delivery->status);
  g_free (delivery->tracking_url);
  g_free (delivery->driver_name);
  g_free (delivery->driver_phone);
  g_free (delivery);
}

void
cpt_order_init_arrays (CptOrder *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_item_free);
  self->deals = g_ptr_array_new_with_free_func (deal_free);
  self->discounts = g_ptr_array_new_with_free_func (line_free);
  self->charges = g_ptr_array_new_with_free_func (line_free);
  self->payments = g_ptr_array_new_with_free_func (line_free);
  self->custom_fields = cpt_field_array_new ();
  self->others = cpt_field_array_new ();
  self->problems = cpt_field_array_new ();
}

void
cpt_order_clear_parts (CptOrder *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->deals, g_ptr_array_unref);
  g_clear_pointer (&self->discounts, g_ptr_array_unref);
  g_clear_pointer (&self->charges, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->custom_fields, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->customer, cpt_order_customer_free);
  g_clear_pointer (&self->delivery, delivery_free);
}
