/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the stock list shows and says, where its columns stand, what can be typed. */
#include <locale.h>

#include "cpt-stock-columns.h"
#include "cpt-stock-tools.h"
#include "cpt-stock-view-state.h"

#define NOW  G_GINT64_CONSTANT (1795262400000)
#define EVER CPT_TIME_NONE

static CptStockItem *
new_item (CptStock stock, CptStockEntry wanted, CptStockEntry known)
{
  CptStockItem *item = cpt_stock_item_new ();

  item->ref = g_strdup ("MAR-SM");
  item->name = g_strdup ("Margherita");
  item->variant = g_strdup ("Small");
  item->category = g_strdup ("Pizzas");
  item->price = cpt_money (980, "EUR");
  item->stock = stock;
  item->wanted = wanted;
  item->known = known;
  return item;
}

static CptStockViewState *
view (const CptStockItem *item)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return cpt_stock_view_state_new (item, TRUE, NOW, zone);
}

/* Each state has a word or sign of its own, shown and read aloud. */
static void
test_states (void)
{
  static const struct
  {
    CptStock stock;
    const char *number, *class_name, *spoken;
  } cases[] = {
    { { TRUE, 24000, TRUE, EVER, 0 }, "24", "stock-available", "24, in stock" },
    { { TRUE, 3000, TRUE, EVER, 5000 }, "▼ 3", "stock-low", "3, low" },
    { { TRUE, 0, TRUE, EVER, 0 }, "✕ 0", "stock-empty", "0, none left" },
    { { TRUE, -2000, TRUE, EVER, 0 }, "✕ −2", "stock-empty", "−2, none left" },
    { { TRUE, 8000, FALSE, EVER, 0 }, "INACTIF", "stock-inactive", "8, INACTIF" },
    { { FALSE, 0, TRUE, EVER, 0 }, "not managed", "stock-not-managed", "not managed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptStockItem) item =
          new_item (cases[i].stock, CPT_STOCK_ENTRY_NONE, CPT_STOCK_ENTRY_NONE);
      g_autoptr (CptStockViewState) state = view (item);

      g_assert_cmpstr (state->number, ==, cases[i].number);
      g_assert_cmpstr (state->number_class, ==, cases[i].class_name);
      g_assert_nonnull (strstr (state->spoken, "Margherita Small, MAR-SM, Pizzas, "));
      g_assert_nonnull (strstr (state->spoken, cases[i].spoken));
    }
}

static void
test_marks (void)
{
  CptStock stock = { TRUE, 24000, TRUE, EVER, 0 };
  CptStockEntry wanted = cpt_stock_entry (24000, EVER);
  g_autoptr (CptStockItem) sent = new_item (stock, wanted, wanted);
  g_autoptr (CptStockItem) waiting = new_item (stock, wanted, CPT_STOCK_ENTRY_UNKNOWN);
  g_autoptr (CptStockItem) refused = new_item (stock, wanted, CPT_STOCK_ENTRY_NONE);
  g_autoptr (CptStockItem) differs = new_item (stock, wanted, wanted);
  g_autoptr (CptStockItem) no_ref = new_item (stock, wanted, wanted);
  g_autoptr (CptStockViewState) state = view (sent);

  g_assert_cmpstr (state->mark, ==, "24 ✓");
  g_clear_pointer (&state, cpt_stock_view_state_free);
  state = view (waiting);
  g_assert_cmpstr (state->mark, ==, "⟳ not sent yet");
  refused->refusal = g_strdup ("unknown ref");
  g_clear_pointer (&state, cpt_stock_view_state_free);
  state = view (refused);
  g_assert_cmpstr (state->mark, ==, "refused: unknown ref");
  g_assert_cmpstr (state->mark_class, ==, "stock-refused");
  differs->has_theirs = TRUE;
  differs->theirs = cpt_stock_entry (2000, EVER);
  g_clear_pointer (&state, cpt_stock_view_state_free);
  state = view (differs);
  g_assert_cmpstr (state->mark, ==, "≠ HubRise has 2");
  g_clear_pointer (&no_ref->ref, g_free);
  g_clear_pointer (&state, cpt_stock_view_state_free);
  state = view (no_ref);
  g_assert_cmpstr (state->mark, ==, "cannot be sent");
  g_assert_cmpstr (state->code, ==, "no code");
  g_assert_true (state->code_warns);
  g_assert_false (state->has_stock);
  g_assert_cmpstr (state->number, ==, "");
}

/* Where numbers are hidden none is seen, none is read aloud, and what nobody can buy says so. */
static void
test_hidden (void)
{
  static const struct
  {
    CptStock stock;
    const char *number, *spoken;
  } cases[] = {
    { { TRUE, 24000, TRUE, EVER, 0 }, "", "€9.80, in stock" },
    { { TRUE, 3000, TRUE, EVER, 5000 }, "", "€9.80, in stock" },
    { { TRUE, 0, TRUE, EVER, 0 }, "✕ none left", "€9.80, none left" },
    { { TRUE, -2000, TRUE, EVER, 0 }, "✕ none left", "€9.80, none left" },
    { { TRUE, 8000, FALSE, EVER, 0 }, "INACTIF", "€9.80, INACTIF" },
    { { FALSE, 0, TRUE, EVER, 0 }, "", "€9.80, in stock" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptStockItem) item =
          new_item (cases[i].stock, CPT_STOCK_ENTRY_NONE, CPT_STOCK_ENTRY_NONE);
      g_autoptr (CptStockViewState) state = cpt_stock_view_state_new (item, FALSE, NOW, zone);

      g_test_message ("case %d", (int)i);
      g_assert_cmpstr (state->number, ==, cases[i].number);
      g_assert_nonnull (strstr (state->spoken, cases[i].spoken));
    }
}

/* Nothing overlaps, nothing is cut off. */
static void
test_columns (gconstpointer hides_quantity)
{
  for (int width = CPT_STOCK_MIN_WIDTH; width < 2600; width += 7)
    {
      CptStockColumns columns = cpt_stock_columns (width, hides_quantity == NULL);
      int end = 0;

      for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
        {
          if (columns.width[i] == 0)
            continue;
          g_assert_cmpint (columns.x[i], >=, end);
          end = columns.x[i] + columns.width[i];
        }
      g_assert_cmpint (end, <=, width);
    }
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text;
    gboolean valid;
    gint64 thousandths;
  } cases[] = {
    { "12,5", TRUE, 12500 },
    { "12.5", TRUE, 12500 },
    { " 3 ", TRUE, 3000 },
    { "-2", TRUE, -2000 },
    { "0", TRUE, 0 },
    { "", FALSE, 0 },
    { "a", FALSE, 0 },
    { "1,2345", FALSE, 0 },
    { "1 2", FALSE, 0 },
    { "1,2,3", FALSE, 0 },
    { "99999999999", FALSE, 0 },
    { "-9223372036854775.808", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 thousandths = 0;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (cpt_stock_parse_typed (cases[i].text, &thousandths), ==, cases[i].valid);
      if (cases[i].valid)
        g_assert_cmpint (thousandths, ==, cases[i].thousandths);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/stock/states", test_states);
  g_test_add_func ("/ui/stock/marks", test_marks);
  g_test_add_func ("/ui/stock/hidden", test_hidden);
  g_test_add_data_func ("/ui/stock/columns/numbers", NULL, test_columns);
  g_test_add_data_func ("/ui/stock/columns/hidden", "hidden", test_columns);
  g_test_add_func ("/ui/stock/typed", test_typed);
  return g_test_run ();
}
