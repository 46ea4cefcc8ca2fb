/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inventory rule and its reverse, case by case, in both modes. */
#include "cpt-stock-rule.h"
#include "cpt-stock-undo.h"

#define NOW  G_GINT64_CONSTANT (1774000000000)
#define NOON (NOW + CPT_HOUR)
#define PAST (NOW - CPT_HOUR)
#define EVER CPT_TIME_NONE

static char *
show (CptStockEntry entry)
{
  g_autofree char *stock = cpt_stock_entry_dup_stock (entry);

  if (entry.state == CPT_ENTRY_UNKNOWN)
    return g_strdup ("?");
  if (entry.expires_at == CPT_TIME_NONE)
    return g_strdup (stock != NULL ? stock : "-");
  return g_strdup_printf ("%s until %+d h", stock, (int)((entry.expires_at - NOW) / CPT_HOUR));
}

static void
test_table (void)
{
  static const struct
  {
    gboolean active;
    CptTime back_on;
    gboolean managed;
    gint64 quantity;
    const char *quantities, *out_only;
  } cases[] = {
    /* Not for sale: zero, whatever the number. */
    { FALSE, EVER, FALSE, 0, "0", "0" },
    { FALSE, EVER, TRUE, 12500, "0", "0" },
    { FALSE, EVER, TRUE, -2000, "0", "0" },
    { FALSE, NOON, FALSE, 0, "0 until +1 h", "0 until +1 h" },
    { FALSE, NOON, TRUE, 3000, "0 until +1 h", "0 until +1 h" },
    /* Its time has come: as if active. */
    { FALSE, PAST, FALSE, 0, "-", "-" },
    { FALSE, PAST, TRUE, 3000, "3", "-" },
    { FALSE, NOW, TRUE, 3000, "3", "-" },
    /* Managed. */
    { TRUE, EVER, TRUE, 12500, "12.5", "-" },
    { TRUE, EVER, TRUE, 24000, "24", "-" },
    { TRUE, EVER, TRUE, 1, "0.001", "-" },
    { TRUE, EVER, TRUE, 0, "0", "0" },
    { TRUE, EVER, TRUE, -2000, "0", "0" },
    /* Not managed: the number says nothing. */
    { TRUE, EVER, FALSE, 0, "-", "-" },
    { TRUE, EVER, FALSE, -2000, "-", "-" },
    { TRUE, EVER, FALSE, 5000, "-", "-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptStock stock = { cases[i].managed, cases[i].quantity, cases[i].active, cases[i].back_on,
                         0 };
      g_autofree char *quantities = show (cpt_stock_rule (&stock, CPT_STOCK_QUANTITIES, NOW));
      g_autofree char *out_only = show (cpt_stock_rule (&stock, CPT_STOCK_OUT_ONLY, NOW));

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (quantities, ==, cases[i].quantities);
      g_assert_cmpstr (out_only, ==, cases[i].out_only);
    }
}

/* An item taken over and sent again is what stood there: a first connection changes nothing. */
static void
test_take_over (void)
{
  static const struct
  {
    CptStockEntry entry;
    const char *again;
    CptStockLook look;
  } cases[] = {
    { { CPT_ENTRY_NONE, 0, EVER }, "-", CPT_STOCK_NOT_MANAGED },
    { { CPT_ENTRY_THERE, 0, EVER }, "0", CPT_STOCK_INACTIVE },
    { { CPT_ENTRY_THERE, 0, NOON }, "0 until +1 h", CPT_STOCK_INACTIVE },
    { { CPT_ENTRY_THERE, 0, PAST }, "-", CPT_STOCK_NOT_MANAGED },
    { { CPT_ENTRY_THERE, 0, NOW }, "-", CPT_STOCK_NOT_MANAGED },
    { { CPT_ENTRY_THERE, 3500, EVER }, "3.5", CPT_STOCK_AVAILABLE },
    /* What is not known changes nothing. */
    { { CPT_ENTRY_UNKNOWN, 0, EVER }, "0 until +1 h", CPT_STOCK_INACTIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptStock stock = { TRUE, 9000, FALSE, NOON, 0 };
      g_autofree char *again = NULL;

      cpt_stock_take_over (&stock, cases[i].entry, NOW);
      again = show (cpt_stock_rule (&stock, CPT_STOCK_QUANTITIES, NOW));
      if (cases[i].entry.expires_at != PAST)
        g_assert_cmpstr (again, ==, cases[i].again);
      g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, cases[i].look);
    }
}

static void
test_equal (void)
{
  CptStockEntry none = CPT_STOCK_ENTRY_NONE, unknown = CPT_STOCK_ENTRY_UNKNOWN;

  g_assert_true (cpt_stock_entry_equal (none, none, NOW));
  g_assert_false (cpt_stock_entry_equal (unknown, none, NOW));
  g_assert_false (cpt_stock_entry_equal (unknown, unknown, NOW));
  g_assert_false (cpt_stock_entry_equal (cpt_stock_entry (0, EVER), none, NOW));
  g_assert_false (
      cpt_stock_entry_equal (cpt_stock_entry (0, EVER), cpt_stock_entry (0, NOON), NOW));
  g_assert_true (cpt_stock_entry_equal (cpt_stock_entry (0, NOON), none, NOON));
  g_assert_true (
      cpt_stock_entry_equal (cpt_stock_entry (1500, EVER), cpt_stock_entry (1500, NOON), NOW));
  /* a fraction of a second is read, and never written */
  g_assert_true (
      cpt_stock_entry_equal (cpt_stock_entry (0, NOON + 500), cpt_stock_entry (0, NOON), NOW));
  g_assert_false (cpt_stock_entry_equal (cpt_stock_entry (0, NOON + CPT_SECOND),
                                         cpt_stock_entry (0, NOON), NOW));
}

static void
test_looks (void)
{
  CptStock stock = CPT_STOCK_INIT;
  CptStockEdit number = { .sets_quantity = TRUE, .quantity = 3000 };
  CptStockEdit low = { .sets_low = TRUE, .low = 3000 };
  CptStockEdit sold = { .adds_quantity = TRUE, .more = -5000 };
  CptStockEdit off = { .sets_active = TRUE, .back_on = NOON };
  CptStockEdit too_many = { .adds_quantity = TRUE, .more = G_MAXINT64 };

  g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, CPT_STOCK_NOT_MANAGED);
  g_assert_true (cpt_stock_apply (&stock, &number));
  g_assert_true (stock.managed);
  g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, CPT_STOCK_AVAILABLE);
  g_assert_true (cpt_stock_apply (&stock, &low));
  g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, CPT_STOCK_LOW);
  g_assert_true (cpt_stock_apply (&stock, &sold));
  g_assert_cmpint (stock.quantity, ==, -2000);
  g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, CPT_STOCK_EMPTY);
  g_assert_true (cpt_stock_is_out (&stock, NOW));
  g_assert_true (cpt_stock_apply (&stock, &off));
  g_assert_cmpint (cpt_stock_get_look (&stock, NOW), ==, CPT_STOCK_INACTIVE);
  g_assert_cmpint (cpt_stock_get_look (&stock, NOON), ==, CPT_STOCK_EMPTY);
  g_assert_false (cpt_stock_apply (&stock, &too_many));
  g_assert_cmpint (stock.quantity, ==, -2000);
}

static void
test_marks (void)
{
  g_autoptr (CptStockItem) item = cpt_stock_item_new ();

  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_NO_REF);
  item->ref = g_strdup ("COKE");
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_WAITING);
  item->known = CPT_STOCK_ENTRY_NONE;
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_NOTHING);
  item->wanted = item->known = cpt_stock_entry (3000, EVER);
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_SENT);
  item->has_theirs = TRUE;
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_DIFFERS);
  item->theirs = item->wanted;
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_SENT);
  item->refusal = g_strdup ("unknown ref");
  g_assert_cmpint (cpt_stock_item_get_mark (item, NOW), ==, CPT_STOCK_MARK_REFUSED);
}

/* --- Undo --- */

/* What a change did is taken back from what stands there now, however that came to be. */
static void
test_undo (void)
{
  static const struct
  {
    CptStock before, after, now, undone;
  } cases[] = {
    /* nobody else came by */
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { TRUE, 4000, TRUE, EVER, 0 } },
    { { FALSE, 0, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { FALSE, 0, TRUE, EVER, 0 } },
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, FALSE, NOON, 0 },
      { TRUE, 4000, FALSE, NOON, 0 },
      { TRUE, 4000, TRUE, EVER, 0 } },
    { { TRUE, 4000, FALSE, NOON, 0 },
      { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, FALSE, NOON, 0 } },
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, TRUE, EVER, 4000 },
      { TRUE, 4000, TRUE, EVER, 4000 },
      { TRUE, 4000, TRUE, EVER, 0 } },
    /* two were sold since */
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { TRUE, 5000, TRUE, EVER, 0 },
      { TRUE, 2000, TRUE, EVER, 0 } },
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, FALSE, EVER, 0 },
      { TRUE, 2000, FALSE, EVER, 0 },
      { TRUE, 2000, TRUE, EVER, 0 } },
    /* somebody took it off sale until another time, or warns from another number down */
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, FALSE, EVER, 0 },
      { TRUE, 4000, FALSE, NOON, 0 },
      { TRUE, 4000, FALSE, NOON, 0 } },
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 7000, TRUE, EVER, 0 },
      { TRUE, 7000, FALSE, EVER, 2000 },
      { TRUE, 4000, FALSE, EVER, 2000 } },
    { { TRUE, 4000, TRUE, EVER, 0 },
      { TRUE, 4000, TRUE, EVER, 4000 },
      { TRUE, 4000, TRUE, EVER, 1000 },
      { TRUE, 4000, TRUE, EVER, 1000 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptStockUndo undo = { 1, cases[i].before, cases[i].after };
      CptStock stock = cases[i].now;

      g_test_message ("case %d", (int)i);
      g_assert_true (cpt_stock_undo_apply (&undo, &stock));
      g_assert_cmpint (stock.managed, ==, cases[i].undone.managed);
      g_assert_cmpint (stock.quantity, ==, cases[i].undone.quantity);
      g_assert_cmpint (stock.active, ==, cases[i].undone.active);
      g_assert_cmpint (stock.back_on, ==, cases[i].undone.back_on);
      g_assert_cmpint (stock.low, ==, cases[i].undone.low);
    }
}

/* One more, two are sold, one more: two less than before the first. */
static void
test_undo_join (void)
{
  CptStockUndo first = { 1, { FALSE, 4000, TRUE, EVER, 0 }, { TRUE, 5000, TRUE, EVER, 0 } };
  CptStockUndo second = { 1, { TRUE, 3000, TRUE, EVER, 0 }, { TRUE, 4000, TRUE, EVER, 0 } };
  CptStock stock = second.after;

  cpt_stock_undo_join (&first, &second);
  g_assert_true (cpt_stock_undo_apply (&first, &stock));
  g_assert_cmpint (stock.quantity, ==, 2000);
  g_assert_false (stock.managed);
}

static void
test_undo_too_large (void)
{
  CptStockUndo undo = { 1, { TRUE, CPT_STOCK_MAX, TRUE, EVER, 0 }, { TRUE, 0, TRUE, EVER, 0 } };
  CptStock stock = { TRUE, 1, TRUE, EVER, 0 };

  g_assert_false (cpt_stock_undo_apply (&undo, &stock));
  g_assert_cmpint (stock.quantity, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock-rule/table", test_table);
  g_test_add_func ("/stock-rule/take-over", test_take_over);
  g_test_add_func ("/stock-rule/equal", test_equal);
  g_test_add_func ("/stock-rule/looks", test_looks);
  g_test_add_func ("/stock-rule/marks", test_marks);
  g_test_add_func ("/stock-rule/undo", test_undo);
  g_test_add_func ("/stock-rule/undo-join", test_undo_join);
  g_test_add_func ("/stock-rule/undo-too-large", test_undo_too_large);
  return g_test_run ();
}
