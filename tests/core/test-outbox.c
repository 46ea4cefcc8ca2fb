/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order is worth with what HubRise does not know yet. */
#include "cpt-outbox-entry.h"

#include "cpt-outbox-rule.h"

/* 2 × 2.00 and 1 × 6.00, of which 3.00 were paid at the site. */
static CptOrder *
new_order (void)
{
  CptOrder *order = cpt_order_new ();
  CptOrderLine *payment = cpt_order_line_new ();

  for (int i = 0; i < 2; i++)
    {
      CptOrderItem *item = cpt_order_item_new ();

      item->id = g_strdup_printf ("i%d", i);
      item->product_name = g_strdup ("Margherita");
      item->price = cpt_money (i == 0 ? 200 : 600, "EUR");
      item->quantity = cpt_decimal (i == 0 ? 2000 : 1000);
      g_ptr_array_add (order->items, item);
    }
  order->total = cpt_money (1000, "EUR");
  payment->private_ref = g_strdup ("site");
  payment->amount = cpt_money (300, "EUR");
  g_ptr_array_add (order->payments, payment);
  return order;
}

static CptOutboxEntry *
entry (CptOutboxKind kind, const char *key, gint64 minor, CptStepState state)
{
  CptOutboxEntry *one = cpt_outbox_entry_new (kind, 1, "a");

  if (kind == CPT_OUTBOX_DELETION)
    one->element = g_strdup (key);
  else
    one->private_ref = g_strdup (key);
  one->amount = cpt_money (minor, "EUR");
  one->state = state;
  return one;
}

static void
test_balance (void)
{
  static const struct
  {
    CptOutboxKind kind;
    const char *key;
    gint64 minor;
    CptStepState state;
    gint64 total, paid, due;
  } cases[] = {
    { CPT_OUTBOX_PAYMENT, "p", 500, CPT_STEP_WAITING, 1000, 800, 200 },
    { CPT_OUTBOX_PAYMENT, "p", 700, CPT_STEP_UNDER_WAY, 1000, 1000, 0 },
    { CPT_OUTBOX_PAYMENT, "p", 900, CPT_STEP_LOCAL, 1000, 1200, -200 },
    { CPT_OUTBOX_PAYMENT, "p", 700, CPT_STEP_REFUSED, 1000, 300, 700 },
    { CPT_OUTBOX_PAYMENT, "p", 700, CPT_STEP_DROPPED, 1000, 300, 700 },
    { CPT_OUTBOX_PAYMENT, "site", 300, CPT_STEP_UNDER_WAY, 1000, 300, 700 },
    { CPT_OUTBOX_DELETION, "i0", 0, CPT_STEP_WAITING, 600, 300, 300 },
    { CPT_OUTBOX_DELETION, "i1", 0, CPT_STEP_UNDER_WAY, 400, 300, 100 },
    { CPT_OUTBOX_DELETION, "i1", 0, CPT_STEP_REFUSED, 1000, 300, 700 },
    { CPT_OUTBOX_DELETION, "nobody", 0, CPT_STEP_WAITING, 1000, 300, 700 },
    { CPT_OUTBOX_ORDER, "o", 0, CPT_STEP_WAITING, 1000, 300, 700 },
  };
  g_autoptr (CptOrder) order = new_order ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) outbox =
          g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);
      CptOrderBalance balance = { 0 };

      g_ptr_array_add (outbox, entry (cases[i].kind, cases[i].key, cases[i].minor, cases[i].state));
      cpt_order_get_balance_with (order, outbox, &balance);
      g_test_message ("case %zu", i);
      g_assert_cmpint (balance.total.minor, ==, cases[i].total);
      g_assert_cmpint (balance.paid.minor, ==, cases[i].paid);
      g_assert_cmpint (balance.due.minor, ==, cases[i].due);
    }
}

static void
test_deletion_counts (void)
{
  g_autoptr (GPtrArray) outbox =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);

  g_assert_false (cpt_outbox_has_deletion (NULL, "i0"));
  g_ptr_array_add (outbox, entry (CPT_OUTBOX_DELETION, "i0", 0, CPT_STEP_WAITING));
  g_ptr_array_add (outbox, entry (CPT_OUTBOX_DELETION, "i1", 0, CPT_STEP_REFUSED));
  g_assert_true (cpt_outbox_has_deletion (outbox, "i0"));
  g_assert_false (cpt_outbox_has_deletion (outbox, "i1"));
  g_assert_false (cpt_outbox_has_deletion (outbox, NULL));
}

/* An item that was taken out, by anybody, is not the last one left. */
static void
test_items_left (void)
{
  g_autoptr (CptOrder) order = new_order ();
  g_autoptr (GPtrArray) outbox =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);

  g_assert_cmpuint (cpt_order_count_items_left (order, NULL), ==, 2);
  g_ptr_array_add (outbox, entry (CPT_OUTBOX_DELETION, "i0", 0, CPT_STEP_WAITING));
  g_assert_cmpuint (cpt_order_count_items_left (order, outbox), ==, 1);
  ((CptOrderItem *)order->items->pdata[1])->deleted = TRUE;
  g_assert_cmpuint (cpt_order_count_items_left (order, outbox), ==, 0);
}

/* In which statuses the buttons are there at all. */
static void
test_takes (void)
{
  static const struct
  {
    CptOrderStatus status;
    gboolean payment, missing;
  } cases[] = {
    { CPT_ORDER_UNKNOWN, FALSE, FALSE },         { CPT_ORDER_NEW, FALSE, TRUE },
    { CPT_ORDER_RECEIVED, FALSE, TRUE },         { CPT_ORDER_ACCEPTED, TRUE, TRUE },
    { CPT_ORDER_IN_DELIVERY, TRUE, TRUE },       { CPT_ORDER_COMPLETED, TRUE, FALSE },
    { CPT_ORDER_REJECTED, FALSE, FALSE },        { CPT_ORDER_CANCELLED, FALSE, FALSE },
    { CPT_ORDER_DELIVERY_FAILED, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (cpt_order_status_takes_payment (cases[i].status), ==, cases[i].payment);
      g_assert_cmpint (cpt_order_status_takes_missing (cases[i].status), ==, cases[i].missing);
    }
}

static void
test_kinds (void)
{
  for (int kind = CPT_OUTBOX_ORDER; kind <= CPT_OUTBOX_DELETION; kind++)
    g_assert_cmpint (cpt_outbox_kind_parse (cpt_outbox_kind_to_string (kind)), ==, kind);
}

/* What became of it, once the order was read again. */
static void
test_judge (void)
{
  static const struct
  {
    CptOutboxKind kind;
    const char *key;
    gint64 minor;
    const char *currency;
    CptOrderStatus theirs;
    CptEntryVerdict verdict;
  } cases[] = {
    { CPT_OUTBOX_PAYMENT, "p", 700, "EUR", CPT_ORDER_ACCEPTED, CPT_ENTRY_GO },
    { CPT_OUTBOX_PAYMENT, "p", 100, "EUR", CPT_ORDER_COMPLETED, CPT_ENTRY_GO },
    { CPT_OUTBOX_PAYMENT, "p", 701, "EUR", CPT_ORDER_ACCEPTED, CPT_ENTRY_TOO_MUCH },
    { CPT_OUTBOX_PAYMENT, "p", 700, "GBP", CPT_ORDER_ACCEPTED, CPT_ENTRY_DUE_UNKNOWN },
    { CPT_OUTBOX_PAYMENT, "p", 700, "EUR", CPT_ORDER_CANCELLED, CPT_ENTRY_ENDED },
    { CPT_OUTBOX_PAYMENT, "p", 700, "EUR", CPT_ORDER_REJECTED, CPT_ENTRY_ENDED },
    { CPT_OUTBOX_PAYMENT, "p", 700, "EUR", CPT_ORDER_DELIVERY_FAILED, CPT_ENTRY_ENDED },
    /* It is there: nothing else matters. */
    { CPT_OUTBOX_PAYMENT, "site", 9999, "GBP", CPT_ORDER_CANCELLED, CPT_ENTRY_DONE },
    { CPT_OUTBOX_DELETION, "i0", 0, "EUR", CPT_ORDER_ACCEPTED, CPT_ENTRY_GO },
    { CPT_OUTBOX_DELETION, "gone", 0, "EUR", CPT_ORDER_ACCEPTED, CPT_ENTRY_DONE },
    { CPT_OUTBOX_DELETION, "i0", 0, "EUR", CPT_ORDER_COMPLETED, CPT_ENTRY_ENDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrder) order = new_order ();
      g_autoptr (CptOutboxEntry) one =
          entry (cases[i].kind, cases[i].key, cases[i].minor, CPT_STEP_WAITING);
      CptOrderBalance balance = { 0 };

      order->status = cases[i].theirs;
      one->amount = cpt_money (cases[i].minor, cases[i].currency);
      g_assert_cmpint (cpt_outbox_entry_judge (one, order, &balance), ==, cases[i].verdict);
    }
}

/* Paid by another till, or nothing left of it but this. */
static void
test_judge_others (void)
{
  g_autoptr (CptOrder) order = new_order ();
  g_autoptr (CptOrder) raw = cpt_order_new_raw ("a", "unreadable", NULL);
  g_autoptr (CptOutboxEntry) payment = entry (CPT_OUTBOX_PAYMENT, "p", 700, CPT_STEP_WAITING);
  g_autoptr (CptOutboxEntry) deletion = entry (CPT_OUTBOX_DELETION, "i0", 0, CPT_STEP_WAITING);
  g_autoptr (CptOutboxEntry) again = entry (CPT_OUTBOX_DELETION, "i1", 0, CPT_STEP_WAITING);
  CptOrderLine *theirs = cpt_order_line_new ();
  CptOrderBalance balance = { 0 };

  order->status = CPT_ORDER_ACCEPTED;
  theirs->amount = cpt_money (700, "EUR");
  g_ptr_array_add (order->payments, theirs);
  ((CptOrderItem *)order->items->pdata[1])->deleted = TRUE;
  g_assert_cmpint (cpt_outbox_entry_judge (payment, order, &balance), ==, CPT_ENTRY_ALREADY_PAID);
  g_assert_cmpint (cpt_outbox_entry_judge (deletion, order, &balance), ==, CPT_ENTRY_LAST_ITEM);
  g_assert_cmpint (cpt_outbox_entry_judge (again, order, &balance), ==, CPT_ENTRY_DONE);
  g_assert_cmpint (cpt_outbox_entry_judge (deletion, raw, &balance), ==, CPT_ENTRY_UNREADABLE);
  g_assert_cmpint (cpt_outbox_entry_judge (payment, raw, &balance), ==, CPT_ENTRY_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/outbox/balance", test_balance);
  g_test_add_func ("/core/outbox/deletion-counts", test_deletion_counts);
  g_test_add_func ("/core/outbox/items-left", test_items_left);
  g_test_add_func ("/core/outbox/takes", test_takes);
  g_test_add_func ("/core/outbox/kinds", test_kinds);
  g_test_add_func ("/core/outbox/judge", test_judge);
  g_test_add_func ("/core/outbox/judge-others", test_judge_others);
  return g_test_run ();
}
