/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an order is called, its life by reference, and whether its row rings. */
#include "cpt-order.h"

#include "cpt-exchange.h"
#include "cpt-order-row.h"

#define NOW (G_GINT64_CONSTANT (20000) * CPT_DAY)

static void
test_source (void)
{
  static const struct
  {
    const char *channel, *created_by, *source;
  } cases[] = {
    { "Uber Eats", "Bridge", "Uber Eats" },
    { NULL, "Bridge", "Bridge" },
    { "", "Bridge", "Bridge" },
    { "Uber Eats", NULL, "Uber Eats" },
    { NULL, NULL, NULL },
    { "", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();

      order->channel = g_strdup (cases[i].channel);
      order->created_by = g_strdup (cases[i].created_by);
      g_assert_cmpstr (cpt_order_get_source (order), ==, cases[i].source);
    }
}

static void
test_number (void)
{
  static const struct
  {
    const char *code, *ref, *id, *number;
  } cases[] = {
    { "A7", "2222", "abc-1", "A7" }, { NULL, "2222", "abc-1", "2222" },
    { "", "2222", "abc-1", "2222" }, { NULL, NULL, "abc-1", "abc-1" },
    { "", "", "abc-1", "abc-1" },    { NULL, NULL, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();

      order->collection_code = g_strdup (cases[i].code);
      order->ref = g_strdup (cases[i].ref);
      order->id = g_strdup (cases[i].id);
      g_assert_cmpstr (cpt_order_get_number (order), ==, cases[i].number);
    }
}

static void
test_customer_name (void)
{
  static const struct
  {
    const char *first, *last, *company, *name;
  } cases[] = {
    { "First", "Last", "Company", "First Last" },
    { "First", NULL, "Company", "First" },
    { "", "Last", "Company", "Last" },
    { NULL, NULL, "Company", "Company" },
    { "", "", "", NULL },
    { NULL, NULL, NULL, NULL },
  };
  g_autoptr (CptOrder) nobody = cpt_order_new ();

  g_assert_null (cpt_order_dup_customer_name (nobody));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = cpt_order_new ();
      g_autofree char *name = NULL;

      order->customer = cpt_order_customer_new ();
      order->customer->first_name = g_strdup (cases[i].first);
      order->customer->last_name = g_strdup (cases[i].last);
      order->customer->company_name = g_strdup (cases[i].company);
      name = cpt_order_dup_customer_name (order);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static CptOrderItem *
add_item (CptOrder *order, const char *quantity, const char *product, const char *sku)
{
  CptOrderItem *item = cpt_order_item_new ();

  cpt_decimal_parse (quantity, &item->quantity);
  item->product_name = g_strdup (product);
  item->sku_name = g_strdup (sku);
  g_ptr_array_add (order->items, item);
  return item;
}

static void
test_items_summary (void)
{
  g_autoptr (CptOrder) order = cpt_order_new ();
  g_autofree char *empty = cpt_order_dup_items_summary (order, NULL);
  g_autofree char *summary = NULL;

  g_assert_cmpstr (empty, ==, "");
  add_item (order, "9", "Gone", NULL)->deleted = TRUE;
  add_item (order, "2.0", "Margherita", "Large");
  add_item (order, "1", "Tiramisù", NULL);
  add_item (order, "0.5", "", "Cheese, 100 g");
  add_item (order, NULL, "Coke", NULL);
  add_item (order, "1", NULL, NULL)->sku_ref = g_strdup ("REF");
  add_item (order, "1", NULL, NULL);
  summary = cpt_order_dup_items_summary (order, NULL);
  g_assert_cmpstr (summary, ==, "2 Margherita, 1 Tiramisù, 0.5 Cheese, 100 g, Coke, 1 REF, 1 ?");
}

static void
test_raw (void)
{
  g_autoptr (GBytes) document = g_bytes_new_static ("{", 1);
  CptOrder *order = cpt_order_new_raw ("abc-1", "cut off", document);
  g_autoptr (CptOrder) nameless = cpt_order_new_raw (NULL, "cut off", NULL);

  g_assert_cmpstr (order->id, ==, "abc-1");
  g_assert_cmpstr (order->raw_reason, ==, "cut off");
  g_assert_true (order->document == document);
  g_assert_cmpint (order->status, ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpint (order->created_at, ==, CPT_TIME_NONE);
  cpt_order_unref (order);
  g_assert_cmpuint (g_bytes_get_size (document), ==, 1);
  g_assert_null (nameless->document);
  g_assert_cmpstr (cpt_order_get_number (nameless), ==, "");
}

/* Every part filled, so that a leak or a double free shows under the sanitizers. */
static CptOrder *
full_order (void)
{
  CptOrder *order = cpt_order_new ();
  CptOrderItem *item = add_item (order, "1", "Margherita", NULL);
  CptOrderOption *option = cpt_order_option_new ();
  CptOrderLine *payment = cpt_order_line_new ();
  CptOrderDeal *deal = cpt_order_deal_new ();

  option->name = g_strdup ("Olives");
  g_ptr_array_add (item->options, option);
  g_ptr_array_add (payment->info, cpt_field_new ("card", "1234"));
  g_ptr_array_add (order->payments, payment);
  deal->key = g_strdup ("0");
  g_ptr_array_add (order->deals, deal);
  g_ptr_array_add (order->custom_fields, cpt_field_new ("a.b", "c"));
  g_ptr_array_add (order->others, cpt_field_new ("d", "e"));
  g_ptr_array_add (order->problems, cpt_field_new ("ref", "2222"));
  order->coupon_codes = g_strsplit ("A,B", ",", 0);
  order->customer = cpt_order_customer_new ();
  order->customer->phone = g_strdup ("000");
  order->delivery = cpt_order_delivery_new ();
  order->delivery->carrier = g_strdup ("Bike");
  return order;
}

static gpointer
ref_and_unref (gpointer data)
{
  for (int i = 0; i < 10000; i++)
    cpt_order_unref (cpt_order_ref (data));
  return NULL;
}

static void
test_shared (void)
{
  CptOrder *order = full_order ();
  CptOrder *boxed = g_boxed_copy (CPT_TYPE_ORDER, order);
  GThread *thread = g_thread_new ("other", ref_and_unref, order);

  g_assert_true (boxed == order);
  ref_and_unref (order);
  g_thread_join (thread);
  cpt_order_unref (order);
  g_assert_cmpuint (boxed->items->len, ==, 1);
  g_assert_cmpint (boxed->delivery->estimated_pickup_at, ==, CPT_TIME_NONE);
  g_boxed_free (CPT_TYPE_ORDER, boxed);
}

static void
test_rings (void)
{
  static const struct
  {
    gboolean waiting, elsewhere, foreign;
    CptTime created, seen, expected;
    gboolean rings;
  } cases[] = {
    { TRUE, FALSE, FALSE, NOW, NOW, CPT_TIME_NONE, TRUE },
    { FALSE, FALSE, FALSE, NOW, NOW, CPT_TIME_NONE, FALSE },
    { TRUE, TRUE, FALSE, NOW, NOW, CPT_TIME_NONE, FALSE },
    { TRUE, FALSE, TRUE, NOW, NOW, CPT_TIME_NONE, FALSE },
    { TRUE, FALSE, FALSE, NOW - 12 * CPT_HOUR, NOW, CPT_TIME_NONE, TRUE },
    { TRUE, FALSE, FALSE, NOW - 12 * CPT_HOUR - 1, NOW, CPT_TIME_NONE, FALSE },
    { TRUE, FALSE, FALSE, NOW - CPT_DAY, NOW, NOW + CPT_DAY, TRUE },
    { TRUE, FALSE, FALSE, NOW - CPT_DAY, NOW, NOW - CPT_HOUR, FALSE },
    { TRUE, FALSE, FALSE, CPT_TIME_NONE, NOW - CPT_HOUR, CPT_TIME_NONE, TRUE },
    { TRUE, FALSE, FALSE, CPT_TIME_NONE, NOW - CPT_DAY, CPT_TIME_NONE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderRow) row = cpt_order_row_new ();

      row->waiting = cases[i].waiting;
      row->handled_elsewhere = cases[i].elsewhere;
      row->foreign = cases[i].foreign;
      row->created_at = cases[i].created;
      row->first_seen_at = cases[i].seen;
      row->expected_time = cases[i].expected;
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (cpt_order_row_rings (row, NOW), ==, cases[i].rings);
    }
}

static void
test_row_shared (void)
{
  CptOrderRow *row = cpt_order_row_new ();
  CptOrderRow *boxed = NULL;

  row->number = g_strdup ("A7");
  g_assert_cmpint (row->created_at, ==, CPT_TIME_NONE);
  g_assert_cmpint (row->held_until, ==, CPT_TIME_NONE);
  boxed = g_boxed_copy (CPT_TYPE_ORDER_ROW, row);
  cpt_order_row_unref (row);
  g_assert_cmpstr (boxed->number, ==, "A7");
  g_boxed_free (CPT_TYPE_ORDER_ROW, boxed);
}

static void
test_history_entry (void)
{
  g_autoptr (CptHistoryEntry) entry =
      cpt_history_entry_new (NOW, CPT_ORDER_ACCEPTED, "pressed", NULL, "Till 2");

  g_assert_cmpint (entry->at, ==, NOW);
  g_assert_cmpint (entry->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpstr (entry->what, ==, "pressed");
  g_assert_null (entry->text);
  g_assert_cmpstr (entry->seller, ==, "Till 2");
}

static void
test_exchange (void)
{
  CptExchange *exchange = cpt_exchange_new ();
  CptExchange *boxed = g_boxed_copy (CPT_TYPE_EXCHANGE, exchange);

  exchange->path = g_strdup ("/location");
  cpt_exchange_unref (exchange);
  g_assert_cmpstr (boxed->path, ==, "/location");
  g_assert_cmpint (boxed->repeats, ==, 1);
  g_assert_cmpint (boxed->at, ==, CPT_TIME_NONE);
  g_boxed_free (CPT_TYPE_EXCHANGE, boxed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/order/source", test_source);
  g_test_add_func ("/core/order/number", test_number);
  g_test_add_func ("/core/order/customer-name", test_customer_name);
  g_test_add_func ("/core/order/items-summary", test_items_summary);
  g_test_add_func ("/core/order/raw", test_raw);
  g_test_add_func ("/core/order/shared", test_shared);
  g_test_add_func ("/core/order/rings", test_rings);
  g_test_add_func ("/core/order/row-shared", test_row_shared);
  g_test_add_func ("/core/order/history-entry", test_history_entry);
  g_test_add_func ("/core/order/exchange", test_exchange);

  return g_test_run ();
}
