/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be sold on a screen: found at once, however much there is of it. */
#include <adwaita.h>

#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-sale-product.h"
#include "cpt-sale-shelf.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

#define NOW (G_GINT64_CONSTANT (1795284120000))

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  CptSaleStock *stock;
  GtkWidget *window, *shelf;
  char *chosen; /* (owned) (nullable) */
  guint times;
} Fixture;

static void
chosen_cb (Fixture *fixture, CptSaleProduct *product, guint times)
{
  g_free (fixture->chosen);
  fixture->chosen = g_strdup (cpt_sale_product_get (product)->name);
  fixture->times = times;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  fixture->stock = cpt_sale_stock_new (fixture->engine);
  fixture->shelf = cpt_sale_shelf_new (fixture->stock);
  g_signal_connect_swapped (fixture->shelf, "chosen", G_CALLBACK (chosen_cb), fixture);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->shelf);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 650);
  gtk_window_present (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (gtk_widget_get_width (fixture->shelf) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->stock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
  g_free (fixture->chosen);
}

static CptMenu *
make_menu (guint n)
{
  CptMenu *menu = cpt_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      CptMenuProduct *product = cpt_menu_add_product (menu);
      CptMenuSku *sku = cpt_menu_add_sku (product);

      product->name = g_strdup_printf ("Produit %05u, crème brûlée", i);
      sku->ref = g_strdup_printf ("R%05u", i);
      sku->price = cpt_money (100 + i, "EUR");
    }
  return menu;
}

static GtkEditable *
search_of (Fixture *fixture)
{
  return GTK_EDITABLE (
      cpt_find_named (fixture->shelf, GTK_ACCESSIBLE_ROLE_SEARCH_BOX, "Search a product"));
}

static void
test_no_catalog (Fixture *fixture, gconstpointer data)
{
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), NULL);
  CPT_WAIT_UNTIL (cpt_find_label (fixture->shelf, "No catalog yet") != NULL);
  g_assert_nonnull (cpt_find_button (fixture->shelf, "Pull the catalog"));
}

/* Accents and case do not matter; Enter takes the first. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptMenu) menu = make_menu (200);

  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), menu);
  gtk_editable_set_text (search_of (fixture), "BRULEE 00137");
  g_signal_emit_by_name (search_of (fixture), "activate");
  g_assert_cmpstr (fixture->chosen, ==, "Produit 00137, crème brûlée");
  g_assert_cmpuint (fixture->times, ==, 1);
  gtk_editable_set_text (search_of (fixture), "nobody has this");
  CPT_WAIT_UNTIL (cpt_find_label (fixture->shelf, "Nothing found") != NULL);
}

/* Who presses Enter once more wants nothing of it. */
static void
test_empty_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptMenu) menu = make_menu (3);

  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), menu);
  g_signal_emit_by_name (search_of (fixture), "activate");
  g_assert_null (fixture->chosen);
  gtk_editable_set_text (search_of (fixture), "  ");
  g_signal_emit_by_name (search_of (fixture), "activate");
  g_assert_null (fixture->chosen);
}

static guint
count_tiles (GtkWidget *widget)
{
  guint n = g_str_equal (G_OBJECT_TYPE_NAME (widget), "CptSaleTile");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_tiles (child);
  return n;
}

/* Of twenty thousand, those that may be seen are built, and a letter is answered before the next.
 */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptMenu) menu = make_menu (20000);
  gint64 start = g_get_monotonic_time ();

  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), menu);
  CPT_WAIT_UNTIL (count_tiles (fixture->shelf) > 0);
  g_test_message ("shown after %d ms", (int)((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpuint (count_tiles (fixture->shelf), <, 400);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 1000 + i);

      start = g_get_monotonic_time ();
      gtk_editable_set_text (search_of (fixture), text);
      g_signal_emit_by_name (search_of (fixture), "activate");
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_test_message ("found after %d ms", (int)((g_get_monotonic_time () - start) / 1000));
    }
  g_assert_cmpstr (fixture->chosen, ==, "Produit 01004, crème brûlée");
}

static CptMenuSku *
add_sku (CptMenuProduct *product, const char *price)
{
  CptMenuSku *sku = cpt_menu_add_sku (product);

  if (price != NULL)
    g_assert_true (cpt_money_parse (price, &sku->price));
  return sku;
}

static void
assert_price (const CptMenuProduct *product, const char *expected)
{
  g_autofree char *price = cpt_sale_product_dup_price (product);

  g_assert_cmpstr (price, ==, expected);
}

/* A size whose price is not in the catalog yet does not hide what the others cost. */
static void
test_price (void)
{
  g_autoptr (CptMenu) menu = cpt_menu_new ();
  CptMenuProduct *product = cpt_menu_add_product (menu);

  assert_price (product, "");
  add_sku (product, NULL);
  assert_price (product, "");
  add_sku (product, "12.00 EUR");
  assert_price (product, "from €12.00");
  add_sku (product, "9.50 EUR");
  add_sku (product, NULL);
  assert_price (product, "from €9.50");
  product = cpt_menu_add_product (menu);
  add_sku (product, "0.00 EUR");
  add_sku (product, "0.00 EUR");
  assert_price (product, "€0.00");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();

#define ADD(path, test) g_test_add ("/sale/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("no-catalog", test_no_catalog);
  ADD ("search", test_search);
  ADD ("empty-search", test_empty_search);
  ADD ("large", test_large);
  g_test_add_func ("/sale/price", test_price);
  return g_test_run ();
}
