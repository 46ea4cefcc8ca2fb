/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is put together at the till becomes the same order, to the cent, and comes back from it. */
#include "cpt-basket.h"

static CptMoney
money (const char *text)
{
  CptMoney amount = { 0 };

  g_assert_true (cpt_money_parse (text, &amount));
  return amount;
}

static CptOrderItem *
make_item (const char *name, const char *price)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup (name);
  item->sku_ref = g_strdup (name);
  item->price = money (price);
  item->quantity = cpt_decimal (1000);
  return item;
}

static CptOrderItem *
make_item_with (const char *name, const char *price, const char *option, gint64 quantity)
{
  CptOrderItem *item = make_item (name, price);
  CptOrderOption *chosen = cpt_order_option_new ();

  chosen->name = g_strdup (option);
  chosen->price = money ("1.50 EUR");
  chosen->quantity = quantity;
  g_ptr_array_add (item->options, chosen);
  return item;
}

static void
assert_total (const CptBasket *basket, const char *total, const char *due)
{
  CptOrderBalance balance = { 0 };

  cpt_basket_get_balance (basket, &balance);
  g_assert_true (cpt_money_equal (balance.total, money (total)));
  g_assert_true (cpt_money_equal (balance.due, money (due)));
}

static void
test_total (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  guint key = cpt_basket_add (basket, make_item ("Cheese", "19.90 EUR"));

  g_assert_true (cpt_basket_set_quantity (basket, key, cpt_decimal (235)));
  cpt_basket_add (basket, make_item_with ("Pizza", "9.50 EUR", "Egg", 2));
  /* 4.6765 → 4.68, and 12.50 */
  assert_total (basket, "17.18 EUR", "17.18 EUR");
  basket->payment = CPT_PAYMENT_CARD;
  assert_total (basket, "17.18 EUR", "0.00 EUR");
  cpt_basket_step (basket, key, 1);
  /* 1.235 × 19.90 = 24.5765 → 24.58: what is paid goes with it */
  assert_total (basket, "37.08 EUR", "0.00 EUR");
}

static void
test_same_joins (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  guint first = cpt_basket_add (basket, make_item ("Coke", "2.80 EUR"));

  g_assert_cmpuint (cpt_basket_add (basket, make_item ("Coke", "2.80 EUR")), ==, first);
  g_assert_cmpuint (cpt_basket_add (basket, make_item ("Coke", "3.00 EUR")), !=, first);
  g_assert_cmpuint (cpt_basket_add (basket, make_item_with ("Coke", "2.80 EUR", "Ice", 1)), !=,
                    first);
  cpt_basket_set_note (basket, first, "cold");
  g_assert_cmpuint (cpt_basket_add (basket, make_item ("Coke", "2.80 EUR")), !=, first);
  g_assert_cmpuint (basket->lines->len, ==, 4);
  assert_total (basket, "15.70 EUR", "15.70 EUR");
}

static void
test_quantity (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  guint key = cpt_basket_add (basket, make_item ("Coke", "2.80 EUR"));
  CptBasketLine *line = cpt_basket_find (basket, key, NULL);
  const CptDecimal unknown = { .state = CPT_AMOUNT_UNREADABLE };

  g_assert_false (cpt_basket_set_quantity (basket, key, cpt_decimal (0)));
  g_assert_false (cpt_basket_set_quantity (basket, key, cpt_decimal (-1000)));
  g_assert_false (cpt_basket_set_quantity (basket, key, cpt_decimal (CPT_BASKET_MOST + 1)));
  g_assert_false (cpt_basket_set_quantity (basket, key, unknown));
  cpt_basket_step (basket, key, -1);
  g_assert_cmpint (line->item->quantity.thousandths, ==, 1000);
  g_assert_true (cpt_basket_set_quantity (basket, key, cpt_decimal (1)));
  assert_total (basket, "0.00 EUR", "0.00 EUR");
}

static void
test_undo (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  guint key = cpt_basket_add (basket, make_item ("Coke", "2.80 EUR"));
  guint position = 99;
  CptBasketLine *taken = NULL;

  cpt_basket_add (basket, make_item ("Water", "2.00 EUR"));
  taken = cpt_basket_take (basket, key, &position);
  g_assert_cmpuint (position, ==, 0);
  assert_total (basket, "2.00 EUR", "2.00 EUR");
  g_assert_null (cpt_basket_take (basket, key, &position));
  cpt_basket_put_back (basket, taken, position);
  g_assert_true (basket->lines->pdata[0] == taken);
  assert_total (basket, "4.80 EUR", "4.80 EUR");
}

static void
fill (CptBasket *basket)
{
  g_autoptr (CptOrderCustomer) customer = cpt_order_customer_new ();

  customer->first_name = g_strdup ("Zoé");
  customer->phone = g_strdup ("+33123456789");
  customer->address_1 = g_strdup ("1 rue de la Paix");
  cpt_basket_set_customer (basket, customer);
  cpt_basket_add (basket, make_item_with ("Pizza", "9.50 EUR", "Egg", 2));
  cpt_basket_set_note (basket, 1, "well done");
  basket->service_type = CPT_SERVICE_EAT_IN;
  basket->table_name = g_strdup ("13");
  basket->expected_time = 1795284120000;
  basket->notes = g_strdup ("a birthday");
  basket->payment = CPT_PAYMENT_VOUCHER;
}

/* A draft comes back as it was, twice as well as once. */
static void
test_draft (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  g_autoptr (CptOrder) order = NULL;
  g_autoptr (CptBasket) back = NULL;
  const CptOrderItem *item = NULL;
  const CptOrderLine *payment = NULL;

  fill (basket);
  order = cpt_basket_to_order (basket);
  back = cpt_basket_new_from_order (order);
  g_clear_pointer (&order, cpt_order_unref);
  order = cpt_basket_to_order (back);
  item = order->items->pdata[0];
  payment = order->payments->pdata[0];
  g_assert_cmpuint (order->items->len, ==, 1);
  g_assert_cmpstr (item->product_name, ==, "Pizza");
  g_assert_cmpstr (item->customer_notes, ==, "well done");
  g_assert_cmpint (((CptOrderOption *)item->options->pdata[0])->quantity, ==, 2);
  g_assert_cmpint (order->service_type, ==, CPT_SERVICE_EAT_IN);
  g_assert_cmpstr (order->table_name, ==, "13");
  g_assert_cmpint (order->expected_time, ==, 1795284120000);
  g_assert_cmpstr (order->customer_notes, ==, "a birthday");
  g_assert_cmpstr (order->customer->phone, ==, "+33123456789");
  g_assert_cmpstr (payment->ref, ==, "VOUCHER");
  g_assert_true (cpt_money_equal (payment->amount, money ("12.50 EUR")));
}

/* What HubRise gave the order that is corrected is not sent back to it. */
static void
test_ids_stay_behind (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  g_autoptr (CptBasket) basket = NULL;
  g_autoptr (CptOrder) again = NULL;
  CptOrderItem *gone = make_item ("Gone", "1.00 EUR");

  gone->deleted = TRUE;
  g_ptr_array_add (order->items, gone);
  g_ptr_array_add (order->items, make_item ("Coke", "2.80 EUR"));
  ((CptOrderItem *)order->items->pdata[1])->id = g_strdup ("i1");
  ((CptOrderItem *)order->items->pdata[1])->private_ref = g_strdup ("p1");
  order->total = money ("99.00 EUR");
  basket = cpt_basket_new_from_order (order);
  again = cpt_basket_to_order (basket);
  g_assert_cmpuint (again->items->len, ==, 1);
  g_assert_null (((CptOrderItem *)again->items->pdata[0])->id);
  g_assert_null (((CptOrderItem *)again->items->pdata[0])->private_ref);
  g_assert_cmpint (again->total.state, ==, CPT_AMOUNT_ABSENT);
}

static void
assert_problem (const CptBasket *basket, CptTime now, const char *problem)
{
  g_autofree char *found = cpt_basket_dup_problem (basket, now);

  g_assert_cmpstr (found, ==, problem);
}

static void
test_problems (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  g_autoptr (CptOrderCustomer) customer = cpt_order_customer_new ();

  assert_problem (basket, 1000, "Choose what is ordered");
  cpt_basket_add (basket, make_item ("Coke", "2.80 EUR"));
  assert_problem (basket, 1000, NULL);
  basket->service_type = CPT_SERVICE_DELIVERY;
  assert_problem (basket, 1000, "Enter the address to deliver to");
  customer->address_1 = g_strdup ("1 rue de la Paix");
  cpt_basket_set_customer (basket, customer);
  assert_problem (basket, 1000, NULL);
  basket->expected_time = 1000;
  assert_problem (basket, 1000, "The time chosen is over: choose another");
  assert_problem (basket, 999, NULL);
  cpt_basket_add (basket, make_item ("Tea", "2.80 GBP"));
  assert_problem (basket, 999, "The order's amounts are in different currencies");
}

/* A basket that holds only what was typed about the order is not one to be thrown away unasked. */
static void
test_empty (void)
{
  g_autoptr (CptBasket) table = cpt_basket_new (), timed = cpt_basket_new ();
  g_autoptr (CptBasket) basket = cpt_basket_new ();

  g_assert_true (cpt_basket_is_empty (basket));
  basket->service_type = CPT_SERVICE_DELIVERY;
  basket->payment = CPT_PAYMENT_CARD;
  g_assert_true (cpt_basket_is_empty (basket));
  table->table_name = g_strdup ("12");
  g_assert_false (cpt_basket_is_empty (table));
  timed->expected_time = 1795284120000;
  g_assert_false (cpt_basket_is_empty (timed));
}

/* Nothing is paid with nothing: HubRise wants no payment of 0. */
static void
test_free (void)
{
  g_autoptr (CptBasket) basket = cpt_basket_new ();
  g_autoptr (CptOrder) order = NULL;

  cpt_basket_add (basket, make_item ("Water", "0.00 EUR"));
  basket->payment = CPT_PAYMENT_CASH;
  order = cpt_basket_to_order (basket);
  g_assert_cmpuint (order->payments->len, ==, 0);
  assert_total (basket, "0.00 EUR", "0.00 EUR");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/basket/total", test_total);
  g_test_add_func ("/basket/same-joins", test_same_joins);
  g_test_add_func ("/basket/quantity", test_quantity);
  g_test_add_func ("/basket/undo", test_undo);
  g_test_add_func ("/basket/draft", test_draft);
  g_test_add_func ("/basket/ids-stay-behind", test_ids_stay_behind);
  g_test_add_func ("/basket/problems", test_problems);
  g_test_add_func ("/basket/empty", test_empty);
  g_test_add_func ("/basket/free", test_free);
  return g_test_run ();
}
