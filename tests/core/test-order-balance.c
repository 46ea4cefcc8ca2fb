/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order costs and what is left to pay: to the cent, or not at all with a reason. */
#include "cpt-order.h"

#include <string.h>

typedef __int128 Wide;

static CptMoney
money (const char *text)
{
  CptMoney amount = { 0 };

  cpt_money_parse (text, &amount);
  return amount;
}

static CptDecimal
decimal (const char *text)
{
  CptDecimal number = { 0 };

  cpt_decimal_parse (text, &number);
  return number;
}

static CptOrderItem *
add_item (CptOrder *order, const char *quantity, const char *price, const char *subtotal)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->quantity = decimal (quantity);
  item->price = money (price);
  item->subtotal = money (subtotal);
  g_ptr_array_add (order->items, item);
  return item;
}

static CptOrderOption *
add_option (CptOrderItem *item, const char *price, gint64 quantity)
{
  CptOrderOption *option = cpt_order_option_new ();

  g_assert_cmpint (option->quantity, ==, 1);
  option->price = money (price);
  option->quantity = quantity;
  g_ptr_array_add (item->options, option);
  return option;
}

static CptOrderLine *
add_line (GPtrArray *lines, const char *amount)
{
  CptOrderLine *line = cpt_order_line_new ();

  line->amount = money (amount);
  g_ptr_array_add (lines, line);
  return line;
}

static CptOrder *
order_with_total (const char *total)
{
  CptOrder *order = cpt_order_new ();

  order->total = money (total);
  return order;
}

/* total, paid and due as HubRise would write them, "" when unreadable. */
static void
check (const CptOrder *order,
       const char *total,
       const char *paid,
       const char *due,
       CptPaidState state)
{
  CptOrderBalance balance = { 0 };
  g_autofree char *total_text = NULL;
  g_autofree char *paid_text = NULL;
  g_autofree char *due_text = NULL;

  cpt_order_get_balance (order, &balance);
  total_text = cpt_money_to_string (balance.total);
  paid_text = cpt_money_to_string (balance.paid);
  due_text = cpt_money_to_string (balance.due);
  g_assert_cmpstr (total_text, ==, total);
  g_assert_cmpstr (paid_text, ==, paid);
  g_assert_cmpstr (due_text, ==, due);
  g_assert_cmpint (balance.due.state == CPT_AMOUNT_UNREADABLE, ==, due[0] == '\0');
  g_assert_cmpint (balance.reason != NULL, ==, due[0] == '\0');
  g_assert_cmpint (cpt_order_balance_state (&balance), ==, state);
}

static gboolean
is_calculated (const CptOrder *order)
{
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance (order, &balance);
  return balance.calculated;
}

static const char *
reason (const CptOrder *order)
{
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance (order, &balance);
  return balance.reason;
}

static void
test_subtotal (void)
{
  static const struct
  {
    const char *quantity, *price, *option;
    gint64 option_quantity;
    const char *subtotal;
  } cases[] = {
    { "1", "8.90 EUR", "0.00 EUR", 1, "8.90 EUR" },
    { "2", "8.90 EUR", "1.50 EUR", 1, "20.80 EUR" },
    { "2", "8.90 EUR", "1.50 EUR", 3, "26.80 EUR" },
    { "2", "8.90 EUR", "1.50 EUR", 0, "17.80 EUR" },
    { "0", "8.90 EUR", "1.50 EUR", 1, "0.00 EUR" },
    { "0.5", "0.01 EUR", "0.00 EUR", 1, "0.01 EUR" },
    { "0.499", "0.01 EUR", "0.00 EUR", 1, "0.00 EUR" },
    { "0.5", "-0.01 EUR", "0.00 EUR", 1, "-0.01 EUR" },
    { "-0.5", "0.01 EUR", "0.00 EUR", 1, "-0.01 EUR" },
    { "-0.499", "0.01 EUR", "0.00 EUR", 1, "0.00 EUR" },
    { "1.5", "0.03 EUR", "0.00 EUR", 1, "0.05 EUR" },
    { "0.333", "10.00 EUR", "0.00 EUR", 1, "3.33 EUR" },
    { "0.255", "12.90 EUR", "0.00 EUR", 1, "3.29 EUR" },
    { "1", "1.00 EUR", "-2.00 EUR", 1, "-1.00 EUR" },
    { "1", "92233720368547758.07 EUR", "0.00 EUR", 1, "92233720368547758.07 EUR" },
    { "0.5", "92233720368547758.07 EUR", "92233720368547758.07 EUR", 1,
      "92233720368547758.07 EUR" },
    { "1", "92233720368547758.07 EUR", "0.01 EUR", 1, "" },
    { "9223372036854775.807", "92233720368547758.07 EUR", "92233720368547758.07 EUR", G_MAXINT64,
      "" },
    { "1", "8.90 EUR", "1.50 GBP", 1, "" },
    { "1", "8.90 EUR", NULL, 1, "" },
    { "1", "8.90 EUR", "free", 1, "" },
    { "1", NULL, "1.50 EUR", 1, "" },
    { "1", "8.90", "1.50 EUR", 1, "" },
    { NULL, "8.90 EUR", "1.50 EUR", 1, "" },
    { "two", "8.90 EUR", "1.50 EUR", 1, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();
      CptOrderItem *item = add_item (order, cases[i].quantity, cases[i].price, NULL);
      CptMoney subtotal = cpt_money (7, "EUR");
      g_autofree char *text = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      add_option (item, cases[i].option, cases[i].option_quantity);
      g_assert_cmpint (cpt_order_item_compute_subtotal (item, &subtotal), ==,
                       cases[i].subtotal[0] != '\0');
      text = cpt_money_to_string (subtotal);
      g_assert_cmpstr (text, ==, cases[i].subtotal);
    }
}

static void
test_options_add_up (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  CptOrderItem *item = add_item (order, "3", "10.00 EUR", NULL);
  CptMoney subtotal = { 0 };

  add_option (item, "1.00 EUR", 1);
  add_option (item, "0.50 EUR", 2);
  add_option (item, "-0.25 EUR", 1)->removed = TRUE;
  g_assert_true (cpt_order_item_compute_subtotal (item, &subtotal));
  g_assert_cmpint (subtotal.minor, ==, 3525);
}

/* Sums of products beyond 128 bits are refused, not wrapped around to a small amount. */
static void
test_wide_overflow (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  CptOrderItem *item = add_item (order, "1", "0.00 EUR", NULL);
  CptMoney subtotal = { 0 };

  for (int i = 0; i < 4; i++)
    add_option (item, "-92233720368547758.08 EUR", G_MININT64);
  g_assert_false (cpt_order_item_compute_subtotal (item, &subtotal));
  g_assert_cmpint (subtotal.state, ==, CPT_AMOUNT_UNREADABLE);
}

/* Half away from zero, said in another way than the program says it. */
static Wide
round_half_away (Wide thousandths)
{
  Wide size = thousandths < 0 ? -thousandths : thousandths;
  Wide units = (size * 2 + 1000) / 2000;

  return thousandths < 0 ? -units : units;
}

static void
test_random_subtotals (void)
{
  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();
      CptOrderItem *item = add_item (order, NULL, NULL, NULL);
      CptMoney subtotal = { 0 };
      Wide unit = 0, expected = 0;

      item->price = cpt_money (g_test_rand_int_range (-100000, 100000), "EUR");
      item->quantity = cpt_decimal (g_test_rand_int_range (-20000, 20000));
      unit = item->price.minor;
      for (int n = g_test_rand_int_range (0, 4); n > 0; n--)
        {
          CptOrderOption *option = add_option (item, NULL, g_test_rand_int_range (0, 5));

          option->price = cpt_money (g_test_rand_int_range (-1000, 1000), "EUR");
          unit += (Wide)option->price.minor * option->quantity;
        }
      expected = round_half_away (unit * item->quantity.thousandths);
      g_assert_true (cpt_order_item_compute_subtotal (item, &subtotal));
      g_assert_cmpint (subtotal.minor, ==, (gint64)expected);
    }
}

/* HubRise's total is shown even where its parts say otherwise. */
static void
test_hubrise_total_holds (void)
{
  g_autoptr (CptOrder) order = order_with_total ("20.00 EUR");

  add_item (order, "1", "5.00 EUR", "5.00 EUR");
  add_item (order, "1", "rubbish", NULL);
  check (order, "20.00 EUR", "0.00 EUR", "20.00 EUR", CPT_PAID_NOTHING);
  g_assert_false (is_calculated (order));
}

static void
test_computed_total (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();

  add_option (add_item (order, "2", "8.90 EUR", NULL), "1.10 EUR", 1);
  /* HubRise's subtotal, although quantity × price says otherwise. */
  add_item (order, "1", "5.00 EUR", "4.50 EUR");
  add_item (order, "1", "99.00 EUR", "99.00 EUR")->deleted = TRUE;
  add_line (order->discounts, "3.00 EUR");
  add_line (order->discounts, "50.00 EUR")->deleted = TRUE;
  add_line (order->charges, "2.50 EUR");
  add_line (order->charges, "60.00 EUR")->deleted = TRUE;
  order->delivery = cpt_order_delivery_new ();
  order->delivery->fee = money ("7.00 EUR");

  check (order, "24.00 EUR", "0.00 EUR", "24.00 EUR", CPT_PAID_NOTHING);
  g_assert_true (is_calculated (order));
}

static void
test_payments (void)
{
  static const struct
  {
    const char *first, *second, *paid, *due;
    CptPaidState state;
  } cases[] = {
    { "5.00 EUR", "0.00 EUR", "5.00 EUR", "15.00 EUR", CPT_PAID_PARTLY },
    { "5.00 EUR", "15.00 EUR", "20.00 EUR", "0.00 EUR", CPT_PAID_FULLY },
    { "19.99 EUR", "0.00 EUR", "19.99 EUR", "0.01 EUR", CPT_PAID_PARTLY },
    { "20.00 EUR", "0.01 EUR", "20.01 EUR", "-0.01 EUR", CPT_PAID_TOO_MUCH },
    { "20.00 EUR", "-20.00 EUR", "0.00 EUR", "20.00 EUR", CPT_PAID_NOTHING },
    { "0.00 EUR", "-5.00 EUR", "-5.00 EUR", "25.00 EUR", CPT_PAID_NOTHING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = order_with_total ("20.00 EUR");

      add_line (order->payments, cases[i].first);
      add_line (order->payments, cases[i].second);
      add_line (order->payments, "400.00 EUR")->deleted = TRUE;
      check (order, "20.00 EUR", cases[i].paid, cases[i].due, cases[i].state);
    }
}

static void
test_costs_nothing (void)
{
  g_autoptr (CptOrder) given = order_with_total ("0.00 EUR");
  g_autoptr (CptOrder) computed = cpt_order_new ();

  check (given, "0.00 EUR", "0.00 EUR", "0.00 EUR", CPT_PAID_FULLY);
  check (computed, "0.00", "0.00", "0.00", CPT_PAID_FULLY);
  add_line (computed->payments, "5.00 EUR");
  check (computed, "0.00", "5.00 EUR", "-5.00 EUR", CPT_PAID_TOO_MUCH);
}

static void
test_currencies_differ (void)
{
  g_autoptr (CptOrder) paid = order_with_total ("20.00 EUR");
  g_autoptr (CptOrder) computed = cpt_order_new ();
  g_autoptr (CptOrder) deleted = order_with_total ("20.00 EUR");

  add_line (paid->payments, "20.00 GBP");
  check (paid, "20.00 EUR", "", "", CPT_PAID_UNKNOWN);
  g_assert_nonnull (strstr (reason (paid), "currencies"));

  add_item (computed, "1", "5.00 EUR", NULL);
  add_line (computed->charges, "1.00 GBP");
  check (computed, "", "0.00", "", CPT_PAID_UNKNOWN);
  g_assert_nonnull (strstr (reason (computed), "currencies"));
  g_assert_false (is_calculated (computed));

  add_line (deleted->payments, "20.00 GBP")->deleted = TRUE;
  check (deleted, "20.00 EUR", "0.00 EUR", "20.00 EUR", CPT_PAID_NOTHING);
}

/* Wherever an amount that counts is not known, nobody is asked for money. */
static void
test_unknown_amounts (void)
{
  static const char *amounts[] = { NULL, "rubbish", "5.00" };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (CptOrder) payment = order_with_total ("20.00 EUR");
      g_autoptr (CptOrder) discount = cpt_order_new ();
      g_autoptr (CptOrder) charge = cpt_order_new ();
      g_autoptr (CptOrder) item = cpt_order_new ();

      add_line (payment->payments, "2.00 EUR");
      add_line (payment->payments, amounts[i]);
      add_line (payment->payments, "3.00 EUR");
      check (payment, "20.00 EUR", "", "", CPT_PAID_UNKNOWN);
      add_line (discount->discounts, amounts[i]);
      check (discount, "", "0.00", "", CPT_PAID_UNKNOWN);
      add_line (charge->charges, amounts[i]);
      check (charge, "", "0.00", "", CPT_PAID_UNKNOWN);
      add_item (item, "1", amounts[i], NULL);
      add_line (item->payments, "3.00 EUR");
      check (item, "", "3.00 EUR", "", CPT_PAID_UNKNOWN);
      g_assert_nonnull (strstr (reason (item), "could not be read"));
    }
}

static void
test_unreadable_total (void)
{
  g_autoptr (CptOrder) order = order_with_total ("20,00 EUR");
  g_autoptr (CptOrder) subtotal = cpt_order_new ();

  add_item (order, "1", "5.00 EUR", "5.00 EUR");
  check (order, "", "0.00", "", CPT_PAID_UNKNOWN);
  g_assert_false (is_calculated (order));
  add_item (subtotal, "1", "5.00 EUR", "five");
  check (subtotal, "", "0.00", "", CPT_PAID_UNKNOWN);
}

static void
test_raw (void)
{
  g_autoptr (CptOrder) order = cpt_order_new_raw ("abc-1", "not JSON", NULL);

  check (order, "", "0.00", "", CPT_PAID_UNKNOWN);
}

static void
test_sum_overflow (void)
{
  g_autoptr (CptOrder) order = order_with_total ("-92233720368547758.08 EUR");

  add_line (order->payments, "0.01 EUR");
  check (order, "-92233720368547758.08 EUR", "0.01 EUR", "", CPT_PAID_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/order-balance/subtotal", test_subtotal);
  g_test_add_func ("/core/order-balance/options-add-up", test_options_add_up);
  g_test_add_func ("/core/order-balance/wide-overflow", test_wide_overflow);
  g_test_add_func ("/core/order-balance/random-subtotals", test_random_subtotals);
  g_test_add_func ("/core/order-balance/hubrise-total-holds", test_hubrise_total_holds);
  g_test_add_func ("/core/order-balance/computed-total", test_computed_total);
  g_test_add_func ("/core/order-balance/payments", test_payments);
  g_test_add_func ("/core/order-balance/costs-nothing", test_costs_nothing);
  g_test_add_func ("/core/order-balance/currencies-differ", test_currencies_differ);
  g_test_add_func ("/core/order-balance/unknown-amounts", test_unknown_amounts);
  g_test_add_func ("/core/order-balance/unreadable-total", test_unreadable_total);
  g_test_add_func ("/core/order-balance/raw", test_raw);
  g_test_add_func ("/core/order-balance/sum-overflow", test_sum_overflow);

  return g_test_run ();
}
