/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be sold on a screen: found at once, however much there is of it. And what becomes of the
 * basket while the database lets OK wait: nothing that was put into one is lost. */
#include <adwaita.h>

#include "cpt-customer-dialog.h"
#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-sale-page.h"
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

static void
add_to_category (CptMenu *menu, const char *id, const char *product)
{
  CptMenuCategory *category = cpt_menu_add_category (menu);
  CptMenuProduct *one = cpt_menu_add_product (menu);

  category->id = g_strdup (id);
  category->name = g_strdup (id);
  one->category = g_strdup (id);
  one->name = g_strdup (product);
  cpt_menu_add_sku (one);
}

static void
assert_first (Fixture *fixture, const char *product)
{
  GtkWidget *grid = cpt_find_named (fixture->shelf, GTK_ACCESSIBLE_ROLE_GRID, "Products");

  g_signal_emit_by_name (grid, "activate", 0);
  g_assert_cmpstr (fixture->chosen, ==, product);
}

/* Another catalog comes while somebody looks at the drinks: they stay there, wherever they stand in
 * it, until there are none. */
static void
test_category_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptMenu) before = cpt_menu_new (), after = cpt_menu_new (), last = make_menu (1);
  GtkWidget *names = NULL;

  add_to_category (before, "pizzas", "Reine");
  add_to_category (before, "drinks", "Coke");
  add_to_category (after, "salads", "Niçoise");
  add_to_category (after, "pizzas", "Calzone");
  add_to_category (after, "drinks", "Tea");
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), before);
  names = cpt_find_named (fixture->shelf, GTK_ACCESSIBLE_ROLE_LIST, "Categories");
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (names)), 2, TRUE);
  assert_first (fixture, "Coke");
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), after);
  assert_first (fixture, "Tea");
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), last);
  assert_first (fixture, "Produit 00000, crème brûlée");
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

/* Down the list, with what is there laid out. */
static void
scroll_down (Fixture *fixture)
{
  GtkWidget *grid = cpt_find_named (fixture->shelf, GTK_ACCESSIBLE_ROLE_GRID, "Products");
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));

  CPT_WAIT_UNTIL (gtk_widget_get_width (gtk_widget_get_first_child (grid)) > 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  gtk_adjustment_set_value (adjustment, 900);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 900);
}

/* Somebody who has scrolled down searches, or another catalog comes: the grid warns of a scroll for
 * which it has no tiles, and a warning ends a test. */
static void
test_scrolled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptMenu) menu = make_menu (2000);

  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), menu);
  scroll_down (fixture);
  gtk_editable_set_text (search_of (fixture), "nobody has this");
  CPT_WAIT_UNTIL (cpt_find_label (fixture->shelf, "Nothing found") != NULL);
  gtk_editable_set_text (search_of (fixture), "");
  CPT_WAIT_UNTIL (cpt_find_label (fixture->shelf, "Nothing found") == NULL);
  scroll_down (fixture);
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), NULL);
  CPT_WAIT_UNTIL (cpt_find_label (fixture->shelf, "No catalog yet") != NULL);
  cpt_sale_shelf_set_menu (CPT_SALE_SHELF (fixture->shelf), menu);
  scroll_down (fixture);
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

/* --- The page --- */

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  GtkWidget *window, *page;
} Page;

static CptMenu *
make_drinks (void)
{
  static const char *const names[] = { "Coke", "Tea", "Milk" };
  CptMenu *menu = cpt_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CptMenuProduct *product = cpt_menu_add_product (menu);

      product->name = g_strdup (names[i]);
      add_sku (product, "2.80 EUR");
    }
  return menu;
}

static void
set_up_page (Page *page, gconstpointer data)
{
  page->clock = cpt_test_clock_new (NOW);
  page->engine = cpt_double_engine_new (CPT_CLOCK (page->clock));
  cpt_double_engine_set_menu (page->engine, make_drinks ());
  page->page = cpt_sale_page_new (page->engine);
  page->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (page->window), page->page);
  gtk_window_set_default_size (GTK_WINDOW (page->window), 1024, 700);
  gtk_window_present (GTK_WINDOW (page->window));
  CPT_WAIT_UNTIL (cpt_find_label (page->page, "Touch what is ordered") != NULL);
  CPT_WAIT_UNTIL (count_tiles (page->page) > 0);
}

static void
tear_down_page (Page *page, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (page->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (page->engine);
  g_object_unref (page->clock);
}

static void
add (Page *page, const char *product)
{
  GtkWidget *search =
      cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_SEARCH_BOX, "Search a product");

  gtk_editable_set_text (GTK_EDITABLE (search), product);
  g_signal_emit_by_name (search, "activate");
}

static gboolean
holds (Page *page, const char *product)
{
  GtkWidget *basket = cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_LIST, "Basket");

  return cpt_find_label (basket, product) != NULL;
}

static void
assert_drafts (Page *page, const char *expected)
{
  g_assert_cmpstr (cpt_double_engine_last_drafts (page->engine), ==, expected);
}

static void
assert_placed (Page *page, const char *expected)
{
  g_assert_cmpstr (cpt_double_engine_last_placed (page->engine), ==, expected);
}

static void
end_placing (Page *page, gint64 row)
{
  cpt_double_engine_end_placing (page->engine, row, "The database is busy");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A while after the press before. */
static void
press_ok (Page *page)
{
  cpt_test_clock_advance (page->clock, CPT_SECOND);
  cpt_press (page->page, "OK");
}

/* By a double click. */
static void
take_up (Page *page)
{
  cpt_test_clock_advance (page->clock, CPT_SECOND);
  cpt_press (page->page, "Take it up");
  cpt_press (page->page, "Take it up");
}

/* What is touched while the order before is being saved is the next one's. */
static void
test_next (Page *page, gconstpointer data)
{
  add (page, "Coke");
  press_ok (page);
  assert_placed (page, "0: 1 Coke");
  g_assert_false (holds (page, "Coke"));
  g_assert_nonnull (cpt_find_label (page->page, "saving the order of €2.80"));
  add (page, "Tea");
  assert_drafts (page, "1 Coke | 1 Tea");
  cpt_sale_page_place (CPT_SALE_PAGE (page->page));
  assert_placed (page, "0: 1 Coke");
  end_placing (page, 7);
  g_assert_nonnull (cpt_find_label (page->page, "The order is taken"));
  g_assert_true (holds (page, "Tea"));
  assert_drafts (page, "1 Tea | -");
  press_ok (page);
  assert_placed (page, "0: 1 Tea");
  end_placing (page, 8);
  assert_drafts (page, "- | -");
}

/* Not saved: it is there again, as it was. */
static void
test_back (Page *page, gconstpointer data)
{
  add (page, "Coke");
  press_ok (page);
  end_placing (page, 0);
  g_assert_true (holds (page, "Coke"));
  g_assert_nonnull (cpt_find_label (page->page, "The database is busy"));
  g_assert_null (cpt_find_label (page->page, "Another order waits"));
  assert_drafts (page, "1 Coke | -");
  press_ok (page);
  assert_placed (page, "0: 1 Coke");
  end_placing (page, 7);
}

/* Not saved, and the next one is begun: that one stays under the hand, the other waits. */
static void
test_aside (Page *page, gconstpointer data)
{
  add (page, "Coke");
  press_ok (page);
  add (page, "Tea");
  end_placing (page, 0);
  g_assert_true (holds (page, "Tea") && !holds (page, "Coke"));
  g_assert_nonnull (cpt_find_label (page->page, "Another order waits"));
  g_assert_nonnull (cpt_find_label (page->page, "€2.80 · 1 Coke"));
  assert_drafts (page, "1 Tea | 1 Coke");
  take_up (page);
  g_assert_true (holds (page, "Coke") && !holds (page, "Tea"));
  assert_drafts (page, "1 Coke | 1 Tea");
  press_ok (page);
  assert_placed (page, "0: 1 Coke");
  g_assert_true (holds (page, "Tea"));
  g_assert_null (cpt_find_label (page->page, "Another order waits"));
  end_placing (page, 0);
  g_assert_true (holds (page, "Tea"));
  assert_drafts (page, "1 Tea | 1 Coke");
  /* The second half of a double click on OK is not meant for the one that came in its place. */
  cpt_press (page->page, "OK");
  assert_placed (page, "0: 1 Coke");
  press_ok (page);
  end_placing (page, 7);
  assert_placed (page, "0: 1 Tea");
  g_assert_true (holds (page, "Coke"));
  assert_drafts (page, "1 Coke | -");
}

/* The next one is looked for already: what is chosen now must not go into the one before. */
static void
test_searching (Page *page, gconstpointer data)
{
  GtkWidget *search =
      cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_SEARCH_BOX, "Search a product");

  add (page, "Coke");
  press_ok (page);
  gtk_editable_set_text (GTK_EDITABLE (search), "Te");
  end_placing (page, 0);
  g_signal_emit_by_name (search, "activate");
  g_assert_true (holds (page, "Tea") && !holds (page, "Coke"));
  take_up (page);
  g_assert_true (holds (page, "Coke"));
}

/* A question is open whose answer belongs to the next order. */
static void
test_asked (Page *page, gconstpointer data)
{
  GtkWidget *customer = NULL, *dialog = NULL;

  add (page, "Coke");
  press_ok (page);
  customer = cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_BUTTON, "Who it is for: Customer");
  g_signal_emit_by_name (customer, "clicked");
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_CUSTOMER_DIALOG))) != NULL);
  end_placing (page, 0);
  g_assert_false (holds (page, "Coke"));
  g_assert_nonnull (cpt_find_label (page->page, "Another order waits"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkEditable *
find_field (GtkWidget *dialog, GtkAccessibleRole role, const char *name)
{
  GtkWidget *field = cpt_find_named (dialog, role, name);

  g_assert_nonnull (field);
  return GTK_EDITABLE (field);
}

/* That nobody has a number is said of the number that was asked for, not of what is typed since. */
static void
test_nobody_found (Page *page, gconstpointer data)
{
  GtkWidget *customer =
      cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_BUTTON, "Who it is for: Customer");
  GtkWidget *dialog = NULL;
  GtkEditable *search = NULL;

  g_signal_emit_by_name (customer, "clicked");
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_CUSTOMER_DIALOG))) != NULL);
  search =
      find_field (dialog, GTK_ACCESSIBLE_ROLE_SEARCH_BOX, "Phone or e-mail of a HubRise customer");
  cpt_double_engine_hold_answers (page->engine, TRUE);
  gtk_editable_set_text (search, "0612345678");
  g_signal_emit_by_name (search, "activate");
  gtk_editable_set_text (search, "0699");
  cpt_double_engine_hold_answers (page->engine, FALSE);
  CPT_WAIT_UNTIL (cpt_find_label (dialog, "Nobody has this") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (
                       find_field (dialog, GTK_ACCESSIBLE_ROLE_TEXT_BOX, "Phone")),
                   ==, "0612345678");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
press_named (Page *page, const char *name)
{
  GtkWidget *button = cpt_find_named (page->page, GTK_ACCESSIBLE_ROLE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* Taken out and put back; and the window may close while that is offered. */
static void
test_undo (Page *page, gconstpointer data)
{
  add (page, "Coke");
  press_named (page, "Remove");
  g_assert_false (holds (page, "Coke"));
  cpt_press (page->page, "Undo");
  g_assert_true (holds (page, "Coke"));
  press_named (page, "Remove");
  g_assert_nonnull (cpt_find_button (page->page, "Undo"));
}

/* An undo is of its own order, not of the one that came in its place. */
static void
test_undo_of_another (Page *page, gconstpointer data)
{
  add (page, "Coke");
  add (page, "Tea");
  press_named (page, "Remove");
  g_assert_true (holds (page, "Coke") && !holds (page, "Tea"));
  press_ok (page);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (cpt_find_button (page->page, "Undo") != NULL)
    cpt_press (page->page, "Undo");
  g_assert_false (holds (page, "Tea"));
  end_placing (page, 7);
  assert_drafts (page, "- | -");
}

static CptOrder *
make_milk (void)
{
  CptOrder *order = cpt_order_new ();
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup ("Milk");
  item->quantity = cpt_decimal (1000);
  item->price = cpt_money (150, "EUR");
  g_ptr_array_add (order->items, item);
  return order;
}

/* Under the buttons that take up the order or throw it away lie the products: the second half of a
 * double click chooses none. */
static void
test_draft (Page *page, gconstpointer data)
{
  const char *answer = data;
  gboolean kept = g_str_equal (answer, "Go on with it");

  cpt_double_engine_set_draft (page->engine, make_milk ());
  page->page = cpt_sale_page_new (page->engine);
  adw_window_set_content (ADW_WINDOW (page->window), page->page);
  CPT_WAIT_UNTIL (cpt_find_label (page->page, "An order was being put together") != NULL);
  cpt_press (page->page, answer);
  add (page, "Tea");
  g_assert_cmpint (holds (page, "Milk"), ==, kept);
  g_assert_false (holds (page, "Tea"));
  cpt_test_clock_advance (page->clock, 400);
  add (page, "Tea");
  g_assert_cmpint (holds (page, "Milk"), ==, kept);
  g_assert_true (holds (page, "Tea"));
}

static void
put_refused (Page *page)
{
  CptOrderRow *row = cpt_double_row_new (9, "C9", "Comptoir", CPT_ORDER_ACCEPTED, NOW);

  row->outbox_reason = g_strdup ("the price is wrong");
  cpt_double_engine_put (page->engine, row, make_milk ());
}

/* Touched before the refused order came from the disk: it stays. */
static void
test_edit_late (Page *page, gconstpointer data)
{
  put_refused (page);
  cpt_double_engine_hold_answers (page->engine, TRUE);
  cpt_sale_page_edit (CPT_SALE_PAGE (page->page), 9);
  add (page, "Tea");
  cpt_double_engine_hold_answers (page->engine, FALSE);
  CPT_WAIT_UNTIL (cpt_find_label (page->page, "First finish the order") != NULL);
  g_assert_true (holds (page, "Tea") && !holds (page, "Milk"));
}

static void
left_cb (gboolean *left)
{
  *left = TRUE;
}

/* Corrected, refused by the disk, corrected again; nothing of the next order goes with it. */
static void
test_correct (Page *page, gconstpointer data)
{
  gboolean left = FALSE;

  g_signal_connect_swapped (page->page, "left", G_CALLBACK (left_cb), &left);
  put_refused (page);
  cpt_sale_page_edit (CPT_SALE_PAGE (page->page), 9);
  CPT_WAIT_UNTIL (cpt_find_label (page->page, "Correcting order C9") != NULL);
  g_assert_nonnull (cpt_find_label (page->page, "the price is wrong"));
  g_assert_nonnull (cpt_find_label (page->page, "goes to HubRise"));
  press_ok (page);
  assert_placed (page, "9: 1 Milk");
  g_assert_null (cpt_find_label (page->page, "Correcting order C9"));
  end_placing (page, 0);
  g_assert_nonnull (cpt_find_label (page->page, "Correcting order C9"));
  press_ok (page);
  add (page, "Tea");
  end_placing (page, 9);
  g_assert_false (left);
  press_ok (page);
  assert_placed (page, "0: 1 Tea");
  end_placing (page, 10);
  g_assert_false (left);
}

/* With nothing begun meanwhile the list is shown again. */
static void
test_corrected (Page *page, gconstpointer data)
{
  gboolean left = FALSE;

  g_signal_connect_swapped (page->page, "left", G_CALLBACK (left_cb), &left);
  put_refused (page);
  cpt_sale_page_edit (CPT_SALE_PAGE (page->page), 9);
  CPT_WAIT_UNTIL (cpt_find_label (page->page, "Correcting order C9") != NULL);
  press_ok (page);
  end_placing (page, 9);
  g_assert_true (left);
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
  ADD ("category-stays", test_category_stays);
  ADD ("large", test_large);
  ADD ("scrolled", test_scrolled);
  g_test_add_func ("/sale/price", test_price);

#define ADD_PAGE(path, test)                                                                       \
  g_test_add ("/sale/page/" path, Page, NULL, set_up_page, test, tear_down_page)
  ADD_PAGE ("next", test_next);
  ADD_PAGE ("back", test_back);
  ADD_PAGE ("aside", test_aside);
  ADD_PAGE ("searching", test_searching);
  ADD_PAGE ("asked", test_asked);
  ADD_PAGE ("nobody-found", test_nobody_found);
  ADD_PAGE ("undo", test_undo);
  ADD_PAGE ("undo/of-another", test_undo_of_another);
  g_test_add ("/sale/page/draft/taken", Page, "Go on with it", set_up_page, test_draft,
              tear_down_page);
  g_test_add ("/sale/page/draft/dropped", Page, "Throw away", set_up_page, test_draft,
              tear_down_page);
  ADD_PAGE ("edit-late", test_edit_late);
  ADD_PAGE ("correct", test_correct);
  ADD_PAGE ("corrected", test_corrected);
  return g_test_run ();
}
