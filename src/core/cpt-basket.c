/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being put together at the till. Its arithmetic is the order's own: a basket is made into
 * an order to know what it costs. Main thread only. */
#include "cpt-basket.h"

#include <glib/gi18n-lib.h>

/**
 * cpt_basket_new:
 *
 * Returns: (transfer full): an empty basket, to be collected as soon as possible, not paid
 */
CptBasket *
cpt_basket_new (void)
{
  CptBasket *self = g_new0 (CptBasket, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_basket_line_free);
  self->next_key = 1;
  self->service_type = CPT_SERVICE_COLLECTION;
  self->expected_time = CPT_TIME_NONE;
  return self;
}

void
cpt_basket_line_free (CptBasketLine *line)
{
  cpt_order_item_free (line->item);
  g_free (line);
}

void
cpt_basket_free (CptBasket *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self->table_name);
  g_free (self->notes);
  g_free (self->number);
  g_free (self->reason);
  g_clear_pointer (&self->customer, cpt_order_customer_free);
  g_free (self);
}

static void
append (CptBasket *self, CptOrderItem *item)
{
  CptBasketLine *line = g_new0 (CptBasketLine, 1);

  line->key = self->next_key++;
  line->item = item;
  g_ptr_array_add (self->lines, line);
}

static CptPaymentMethod
payment_of (const CptOrder *order)
{
  for (guint i = 0; i < order->payments->len; i++)
    {
      const CptOrderLine *payment = order->payments->pdata[i];

      if (!payment->deleted)
        return cpt_payment_method_find (payment->ref);
    }
  return CPT_PAYMENT_NONE;
}

/**
 * cpt_basket_new_from_order:
 * @order: a draft, or an order that HubRise refused
 *
 * What HubRise or the engine add to an order, its ids for instance, stays behind.
 *
 * Returns: (transfer full): a basket that makes the same order
 */
CptBasket *
cpt_basket_new_from_order (const CptOrder *order)
{
  CptBasket *self = cpt_basket_new ();

  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = order->items->pdata[i];

      if (!item->deleted)
        append (self, cpt_order_item_copy (item));
    }
  if (order->service_type != CPT_SERVICE_UNKNOWN)
    self->service_type = order->service_type;
  self->table_name = g_strdup (order->table_name);
  self->expected_time = order->expected_time;
  self->notes = g_strdup (order->customer_notes);
  self->payment = payment_of (order);
  cpt_basket_set_customer (self, order->customer);
  return self;
}

static void
add_payment (const CptBasket *self, CptOrder *order)
{
  CptOrderLine *payment = NULL;
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance (order, &balance);
  if (self->payment == CPT_PAYMENT_NONE || balance.total.state != CPT_AMOUNT_KNOWN ||
      balance.total.minor <= 0)
    return;
  payment = cpt_order_line_new ();
  payment->name = g_strdup (cpt_payment_method_name (self->payment));
  payment->ref = g_strdup (cpt_payment_method_ref (self->payment));
  payment->amount = balance.total;
  g_ptr_array_add (order->payments, payment);
}

/**
 * cpt_basket_to_order:
 *
 * Returns: (transfer full): the order as it stands, without anything that only HubRise or the
 *   engine can know
 */
CptOrder *
cpt_basket_to_order (const CptBasket *self)
{
  CptOrder *order = cpt_order_new ();

  for (guint i = 0; i < self->lines->len; i++)
    {
      const CptBasketLine *line = self->lines->pdata[i];

      g_ptr_array_add (order->items, cpt_order_item_copy (line->item));
    }
  order->service_type = self->service_type;
  order->service_type_text = g_strdup (cpt_service_type_to_string (self->service_type));
  order->expected_time = self->expected_time;
  order->customer_notes = g_strdup (self->notes);
  if (self->service_type == CPT_SERVICE_EAT_IN)
    order->table_name = g_strdup (self->table_name);
  if (self->customer != NULL)
    order->customer = cpt_order_customer_copy (self->customer);
  add_payment (self, order);
  return order;
}

/**
 * cpt_basket_is_empty:
 *
 * Returns: whether nothing would be lost with it
 */
gboolean
cpt_basket_is_empty (const CptBasket *self)
{
  return self->lines->len == 0 && self->customer == NULL && self->notes == NULL &&
         self->table_name == NULL && self->expected_time == CPT_TIME_NONE;
}

/* --- Lines --- */

static gboolean
is_same_option (const CptOrderOption *a, const CptOrderOption *b)
{
  return g_strcmp0 (a->list_name, b->list_name) == 0 && g_strcmp0 (a->name, b->name) == 0 &&
         g_strcmp0 (a->ref, b->ref) == 0 && a->quantity == b->quantity &&
         a->removed == b->removed && cpt_money_equal (a->price, b->price);
}

static gboolean
is_same_item (const CptOrderItem *a, const CptOrderItem *b)
{
  if (g_strcmp0 (a->product_name, b->product_name) != 0 ||
      g_strcmp0 (a->sku_name, b->sku_name) != 0 || g_strcmp0 (a->sku_ref, b->sku_ref) != 0 ||
      g_strcmp0 (a->customer_notes, b->customer_notes) != 0 ||
      !cpt_money_equal (a->price, b->price) || a->options->len != b->options->len)
    return FALSE;
  for (guint i = 0; i < a->options->len; i++)
    if (!is_same_option (a->options->pdata[i], b->options->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_quantity (gint64 thousandths)
{
  return thousandths > 0 && thousandths <= CPT_BASKET_MOST;
}

/**
 * cpt_basket_add:
 * @item: (transfer full): with a quantity
 *
 * The same thing once more counts on the line that is there, unless that line says something else
 * to the kitchen.
 *
 * Returns: the key of its line
 */
guint
cpt_basket_add (CptBasket *self, CptOrderItem *item)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      CptBasketLine *line = self->lines->pdata[i];
      gint64 sum = line->item->quantity.thousandths + item->quantity.thousandths;

      if (!is_same_item (line->item, item) || !is_quantity (sum))
        continue;
      line->item->quantity = cpt_decimal (sum);
      cpt_order_item_free (item);
      return line->key;
    }
  append (self, item);
  return self->next_key - 1;
}

/**
 * cpt_basket_find:
 * @position: (out) (optional): its place
 *
 * Returns: (nullable) (transfer none): the line with that key
 */
CptBasketLine *
cpt_basket_find (const CptBasket *self, guint key, guint *position)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      CptBasketLine *line = self->lines->pdata[i];

      if (line->key != key)
        continue;
      if (position != NULL)
        *position = i;
      return line;
    }
  return NULL;
}

/**
 * cpt_basket_set_quantity:
 *
 * Returns: FALSE when it is no quantity an order can have; the line keeps its own then
 */
gboolean
cpt_basket_set_quantity (CptBasket *self, guint key, CptDecimal quantity)
{
  CptBasketLine *line = cpt_basket_find (self, key, NULL);

  if (line == NULL || quantity.state != CPT_AMOUNT_KNOWN || !is_quantity (quantity.thousandths))
    return FALSE;
  line->item->quantity = quantity;
  return TRUE;
}

/**
 * cpt_basket_step:
 * @by: +1 or −1
 *
 * One more or one less, never to nothing: for that there is a button with an undo.
 */
void
cpt_basket_step (CptBasket *self, guint key, int by)
{
  CptBasketLine *line = cpt_basket_find (self, key, NULL);

  if (line != NULL)
    cpt_basket_set_quantity (self, key, cpt_decimal (line->item->quantity.thousandths + 1000 * by));
}

/**
 * cpt_basket_set_note:
 * @note: (nullable): for the kitchen
 */
void
cpt_basket_set_note (CptBasket *self, guint key, const char *note)
{
  CptBasketLine *line = cpt_basket_find (self, key, NULL);

  if (line == NULL)
    return;
  g_free (line->item->customer_notes);
  line->item->customer_notes = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
}

/**
 * cpt_basket_replace:
 * @item: (transfer full): what the line is from now on
 */
void
cpt_basket_replace (CptBasket *self, guint key, CptOrderItem *item)
{
  CptBasketLine *line = cpt_basket_find (self, key, NULL);

  if (line == NULL)
    {
      cpt_order_item_free (item);
      return;
    }
  cpt_order_item_free (line->item);
  line->item = item;
}

/**
 * cpt_basket_take:
 * @position: (out): where it stood
 *
 * Returns: (transfer full) (nullable): the line, which is in the basket no more
 */
CptBasketLine *
cpt_basket_take (CptBasket *self, guint key, guint *position)
{
  if (cpt_basket_find (self, key, position) == NULL)
    return NULL;
  return g_ptr_array_steal_index (self->lines, *position);
}

/**
 * cpt_basket_put_back:
 * @line: (transfer full): what cpt_basket_take() gave
 */
void
cpt_basket_put_back (CptBasket *self, CptBasketLine *line, guint position)
{
  g_ptr_array_insert (self->lines, MIN (position, self->lines->len), line);
}

/* --- The rest --- */

/**
 * cpt_basket_set_customer:
 * @customer: (nullable): copied
 */
void
cpt_basket_set_customer (CptBasket *self, const CptOrderCustomer *customer)
{
  CptOrderCustomer *copy = customer != NULL ? cpt_order_customer_copy (customer) : NULL;

  g_clear_pointer (&self->customer, cpt_order_customer_free);
  self->customer = copy;
}

/**
 * cpt_basket_get_balance:
 * @balance: (out caller-allocates): what it costs and what is left to pay
 */
void
cpt_basket_get_balance (const CptBasket *self, CptOrderBalance *balance)
{
  g_autoptr (CptOrder) order = cpt_basket_to_order (self);

  cpt_order_get_balance (order, balance);
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
can_be_delivered (const CptOrderCustomer *customer)
{
  return customer != NULL && (is_set (customer->address_1) || is_set (customer->id));
}

/**
 * cpt_basket_dup_problem:
 *
 * Returns: (transfer full) (nullable): why it cannot be placed, and what to do; %NULL when it can
 */
char *
cpt_basket_dup_problem (const CptBasket *self, CptTime now)
{
  CptOrderBalance balance = { 0 };

  if (self->lines->len == 0)
    return g_strdup (_ ("Choose what is ordered"));
  if (self->service_type == CPT_SERVICE_DELIVERY && !can_be_delivered (self->customer))
    return g_strdup (_ ("Enter the address to deliver to"));
  if (self->expected_time != CPT_TIME_NONE && self->expected_time <= now)
    return g_strdup (_ ("The time chosen is over: choose another"));
  cpt_basket_get_balance (self, &balance);
  return g_strdup (balance.reason);
}
