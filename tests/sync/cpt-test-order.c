/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders put together at a test's till. Main thread only. */
#include "cpt-test-order.h"

static CptMoney
money (const char *text)
{
  CptMoney money = { 0 };

  g_assert_true (cpt_money_parse (text, &money));
  return money;
}

CptOrderItem *
cpt_test_order_add_item (CptOrder *self,
                         const char *product,
                         const char *sku_ref,
                         const char *price,
                         const char *quantity)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup (product);
  item->sku_ref = g_strdup (sku_ref);
  item->price = money (price);
  g_assert_true (cpt_decimal_parse (quantity, &item->quantity));
  g_ptr_array_add (self->items, item);
  return item;
}

void
cpt_test_order_add_option (CptOrderItem *item,
                           const char *list,
                           const char *ref,
                           const char *price,
                           gint64 quantity)
{
  CptOrderOption *option = cpt_order_option_new ();

  option->list_name = g_strdup (list);
  option->name = g_strdup (ref);
  option->ref = g_strdup (ref);
  option->price = money (price);
  option->quantity = quantity;
  g_ptr_array_add (item->options, option);
}

void
cpt_test_order_add_payment (CptOrder *self, const char *name, const char *amount)
{
  CptOrderLine *payment = cpt_order_line_new ();

  payment->name = g_strdup (name);
  payment->ref = g_ascii_strup (name, -1);
  payment->amount = money (amount);
  g_ptr_array_add (self->payments, payment);
}

void
cpt_test_order_set_customer (CptOrder *self, const char *id, const char *list)
{
  self->customer = cpt_order_customer_new ();
  self->customer->id = g_strdup (id);
  self->customer->customer_list_id = g_strdup (list);
  self->customer->first_name = g_strdup ("Léa");
  self->customer->last_name = g_strdup ("Martin");
  self->customer->phone = g_strdup ("+33612345678");
}

CptOrder *
cpt_test_order_new (void)
{
  CptOrder *self = cpt_order_new ();
  CptOrderItem *item = cpt_test_order_add_item (self, "Margherita", "MARG-G", "13.00 EUR", "2");

  item->sku_name = g_strdup ("Grande 33 cm");
  item->customer_notes = g_strdup ("Bien cuite");
  cpt_test_order_add_option (item, "Suppléments", "EGG", "1.00 EUR", 2);
  item = cpt_test_order_add_item (self, "Lasagnes bolognaise", "LASAGNE", "11.90 EUR", "1");
  cpt_test_order_add_option (item, "Accompagnement", "PARMESAN", "0.80 EUR", 1);
  self->service_type = CPT_SERVICE_COLLECTION;
  self->customer_notes = g_strdup ("Sonner \"deux\" fois");
  cpt_test_order_add_payment (self, "Cash", "42.70 EUR");
  return self;
}

/* --- At the till --- */

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

gint64
cpt_test_till_place (CptTestTill *self, const CptOrder *order, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_place_order_async (self->engine, order, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (self, result != NULL);
  return cpt_engine_place_order_finish (self->engine, result, error);
}

gint64
cpt_test_till_replace (CptTestTill *self, gint64 row, const CptOrder *order, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_replace_order_async (self->engine, row, order, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (self, result != NULL);
  return cpt_engine_place_order_finish (self->engine, result, error);
}

CptOrderDetails *
cpt_test_till_load_details (CptTestTill *self, gint64 row)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CptOrderDetails *details = NULL;

  cpt_engine_load_details_async (self->engine, row, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (self, result != NULL);
  details = cpt_engine_load_details_finish (self->engine, result, &error);
  g_assert_no_error (error);
  return details;
}

CptOrderRow *
cpt_test_till_load_row (CptTestTill *self, gint64 row)
{
  g_autoptr (CptOrderDetails) details = cpt_test_till_load_details (self, row);

  return cpt_order_row_ref (details->row);
}
