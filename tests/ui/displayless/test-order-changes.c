/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others changed in an order, in words. */
#include "cpt-order-changes.h"

static CptOrderItem *
add_item (CptOrder *order, const char *id, const char *name, gint64 quantity)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->id = g_strdup (id);
  item->product_name = g_strdup (name);
  item->quantity = cpt_decimal (quantity * 1000);
  item->price = cpt_money (400, "EUR");
  g_ptr_array_add (order->items, item);
  return item;
}

static CptOrderOption *
add_option (CptOrderItem *item, const char *name)
{
  CptOrderOption *option = cpt_order_option_new ();

  option->name = g_strdup (name);
  option->quantity = 1;
  option->price = cpt_money (0, "EUR");
  g_ptr_array_add (item->options, option);
  return option;
}

static CptOrder *
new_order (void)
{
  CptOrder *order = cpt_order_new ();

  add_option (add_item (order, "i1", "Margherita", 1), "Egg");
  add_item (order, "i2", "Reine", 2);
  order->service_type = CPT_SERVICE_EAT_IN;
  order->table_name = g_strdup ("7");
  order->total = cpt_money (1200, "EUR");
  return order;
}

static char *
compare (CptOrder *now)
{
  g_autoptr (CptOrder) seen = new_order ();
  g_autoptr (GPtrArray) changes = cpt_order_changes_new (seen, now, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " | " : "",
                            ((const CptOrderChange *)changes->pdata[i])->text);
  return g_string_free (text, FALSE);
}

static void
assert_changes (CptOrder *now, const char *expected)
{
  g_autofree char *text = compare (now);

  g_assert_cmpstr (text, ==, expected);
  cpt_order_unref (now);
}

static CptOrderItem *
item_of (CptOrder *order, guint at)
{
  return order->items->pdata[at];
}

static void
test_same (void)
{
  assert_changes (new_order (), "");
}

static void
test_items (void)
{
  CptOrder *now = new_order ();

  add_item (now, "i3", "Cola", 3);
  assert_changes (now, "Added: 3 × Cola");
  now = new_order ();
  item_of (now, 1)->deleted = TRUE;
  assert_changes (now, "Removed: 2 × Reine");
  now = new_order ();
  g_ptr_array_remove_index (now->items, 0);
  assert_changes (now, "Removed: 1 × Margherita (Egg)");
  now = new_order ();
  item_of (now, 1)->quantity = cpt_decimal (3000);
  assert_changes (now, "Changed: 2 × Reine → 3 × Reine");
  now = new_order ();
  item_of (now, 1)->customer_notes = g_strdup ("no salt");
  assert_changes (now, "Changed: 2 × Reine → 2 × Reine “no salt”");
  now = new_order ();
  ((CptOrderOption *)item_of (now, 0)->options->pdata[0])->removed = TRUE;
  assert_changes (now, "Changed: 1 × Margherita (Egg) → 1 × Margherita (without Egg)");
  /* The same items in another order are no change. */
  now = new_order ();
  g_ptr_array_insert (now->items, 0, g_ptr_array_steal_index (now->items, 1));
  assert_changes (now, "");
}

static void
test_rest (void)
{
  CptOrder *now = new_order ();

  now->expected_time = 1795284120000;
  assert_changes (now, "Wanted for: nothing → 21 Nov 2026 18:02");
  now = new_order ();
  now->service_type = CPT_SERVICE_COLLECTION;
  g_clear_pointer (&now->table_name, g_free);
  assert_changes (now, "Service: Eat in → Collection | Table: 7 → nothing");
  now = new_order ();
  now->customer_notes = g_strdup ("Ring twice");
  assert_changes (now, "The customer says: nothing → Ring twice");
  now = new_order ();
  now->total = cpt_money (1400, "EUR");
  assert_changes (now, "Total: €12.00 → €14.00");
}

/* Without ids the place tells; what was not understood tells nothing. */
static void
test_odd (void)
{
  g_autoptr (CptOrder) seen = new_order ();
  g_autoptr (CptOrder) now = new_order ();
  g_autoptr (CptOrder) raw = cpt_order_new_raw ("a", "why", NULL);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) none = cpt_order_changes_new (seen, raw, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&item_of (seen, i)->id, g_free);
      g_clear_pointer (&item_of (now, i)->id, g_free);
    }
  add_item (now, NULL, "Cola", 1);
  changes = cpt_order_changes_new (seen, now, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpint (cpt_order_changes_find (changes, item_of (now, 2))->kind, ==, CPT_CHANGE_ADDED);
  g_assert_null (cpt_order_changes_find (changes, item_of (now, 0)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/order-changes/same", test_same);
  g_test_add_func ("/ui/order-changes/items", test_items);
  g_test_add_func ("/ui/order-changes/rest", test_rest);
  g_test_add_func ("/ui/order-changes/odd", test_odd);
  return g_test_run ();
}
