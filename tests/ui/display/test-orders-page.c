/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web orders on a screen: what is shown, what is pressed and what the engine is asked to do. */
#include <adwaita.h>

#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-orders-page.h"
#include "cpt-reason-dialog.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

#define NOW (G_GINT64_CONSTANT (1795284120000)) /* 2026-11-21T18:02:00Z, 19:02 in Paris */

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  GtkWidget *window;
  CptOrdersPage *page;
  gint64 shown;
} Fixture;

static void
shown_cb (CptOrdersPage *page, gint64 row, Fixture *fixture)
{
  fixture->shown = row;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);

  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  fixture->page = cpt_orders_page_new (fixture->engine);
  g_signal_connect (fixture->page, "detail-shown", G_CALLBACK (shown_cb), fixture);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (gtk_widget_get_width (GTK_WIDGET (fixture->page)) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static CptOrder *
make_order (void)
{
  CptOrder *order = cpt_order_new ();

  order->document = g_bytes_new_static ("{}", 2);
  order->id = g_strdup ("5dpm9");
  order->total = cpt_money (2750, "EUR");
  for (int i = 0; i < 60; i++)
    {
      CptOrderItem *item = cpt_order_item_new ();

      item->product_name = g_strdup_printf ("Product %d", i);
      item->quantity = cpt_decimal (1000);
      g_ptr_array_add (order->items, item);
    }
  return order;
}

static void
put (Fixture *fixture, gint64 key, const char *number, CptOrderStatus status)
{
  cpt_double_engine_put (fixture->engine,
                         cpt_double_row_new (key, number, "Deliveroo", status, NOW), make_order ());
}

static GtkWidget *
root (Fixture *fixture)
{
  return GTK_WIDGET (fixture->page);
}

#define WAIT_BUTTON(fixture, label) CPT_WAIT_UNTIL (cpt_find_button (root (fixture), label) != NULL)
#define WAIT_LABEL(fixture, text)   CPT_WAIT_UNTIL (cpt_find_label (root (fixture), text) != NULL)

static void
test_names (Fixture *fixture, gconstpointer data)
{
  put (fixture, 1, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  g_assert_nonnull (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST, "Web orders"));
  g_assert_nonnull (cpt_find_named (
      root (fixture), GTK_ACCESSIBLE_ROLE_LIST_ITEM,
      "Order 4821, Deliveroo, 3 minutes left to decide, Delivery as soon as possible, New, "
      "Zoé D., 2 Margherita, 1 Tiramisù, €27.50, Paid"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  WAIT_LABEL (fixture, "No order to look after");
  put (fixture, 1, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  g_assert_null (cpt_find_label (root (fixture), "No order to look after"));
}

static void
test_accept (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_press (root (fixture), "Accept 19:22");
  /* Exactly what the button showed: 19:22 in Paris is 18:22 UTC. */
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==,
                   "press 7 accepted 1795285320000 note= cause=");
}

static void
open_other_times (Fixture *fixture)
{
  GtkWidget *arrow = cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_BUTTON, "Other times");

  g_assert_nonnull (arrow);
  g_signal_emit_by_name (arrow, "clicked");
}

/* Closed and opened again before the first could be thrown away. */
static void
test_other_times_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *choice = NULL;

  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  open_other_times (fixture);
  choice = cpt_find_button (root (fixture), "+20 min   19:42");
  g_assert_nonnull (choice);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (choice, GTK_TYPE_POPOVER)));
  open_other_times (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (cpt_find_button (root (fixture), "+20 min   19:42"));
  cpt_press (root (fixture), "+20 min   19:42");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==,
                   "press 7 accepted 1795286520000 note= cause=");
}

static void
set_spin (Fixture *fixture, const char *name, int value)
{
  GtkWidget *spin = cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_SPIN_BUTTON, name);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
}

/* A time that was typed says of which day it is, and one that is over is not offered any more. */
static void
test_other_times_left_open (Fixture *fixture, gconstpointer data)
{
  GtkWidget *choice = NULL;

  /* Its deadline is over: nothing else changes any more. */
  cpt_double_engine_put (fixture->engine,
                         cpt_double_row_new (7, "4821", "Deliveroo", CPT_ORDER_NEW, NOW - CPT_HOUR),
                         make_order ());
  CPT_WAIT_UNTIL (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_BUTTON, "Other times") !=
                  NULL);
  open_other_times (fixture);
  choice = cpt_find_button (root (fixture), "+15 min   19:37");
  set_spin (fixture, "Hour", 19);
  set_spin (fixture, "Minute", 0);
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept for tomorrow 19:00"));
  set_spin (fixture, "Minute", 30);
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept for 19:30"));
  cpt_test_clock_advance (fixture->clock, 29 * CPT_MINUTE);
  g_assert_true (gtk_widget_is_sensitive (choice));
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept for tomorrow 19:30"));
  cpt_test_clock_advance (fixture->clock, 6 * CPT_MINUTE);
  g_assert_false (gtk_widget_is_sensitive (choice));
}

/* The second half of a double click must not take the next step. */
static void
test_double_click (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_press (root (fixture), "Accept 19:22");
  put (fixture, 7, "4821", CPT_ORDER_ACCEPTED);
  WAIT_BUTTON (fixture, "Take charge");
  cpt_press (root (fixture), "Take charge");
  g_assert_true (
      g_str_has_prefix (cpt_double_engine_last_act (fixture->engine), "press 7 accepted"));
  cpt_test_clock_advance (fixture->clock, 400);
  cpt_press (root (fixture), "Take charge");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==,
                   "press 7 in_preparation 0 note= cause=");
}

static void
put_held (Fixture *fixture, gint64 key, const char *number, gint64 step)
{
  CptOrderRow *row = cpt_double_row_new (key, number, "Deliveroo", CPT_ORDER_REJECTED, NOW);

  row->send = CPT_SEND_HELD;
  row->send_step = step;
  row->send_status = CPT_ORDER_REJECTED;
  row->held_until = NOW + 5 * CPT_SECOND;
  cpt_double_engine_put (fixture->engine, row, NULL);
}

/* Where Undo stood Accept comes: an order must not be accepted by who wanted to think again. */
static void
test_double_click_undo (Fixture *fixture, gconstpointer data)
{
  put_held (fixture, 7, "4821", 42);
  put_held (fixture, 8, "4822", 43);
  WAIT_BUTTON (fixture, "Undo (5)");
  gtk_widget_activate_action (root (fixture), "order.undo", "x", (gint64)42);
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, "undo 42");
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_press (root (fixture), "Accept 19:22");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, "undo 42");
  gtk_widget_activate_action (root (fixture), "order.undo", "x", (gint64)43);
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, "undo 43");
  cpt_test_clock_advance (fixture->clock, 400);
  cpt_press (root (fixture), "Accept 19:22");
  g_assert_true (
      g_str_has_prefix (cpt_double_engine_last_act (fixture->engine), "press 7 accepted"));
}

static void
test_reject (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL, *reason = NULL;

  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Reject");
  cpt_press (root (fixture), "Reject");
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_REASON_DIALOG))) != NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  reason = cpt_find_button (dialog, "Sold out");
  g_assert_nonnull (reason);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (reason), TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==,
                   "press 7 rejected 0 note=We are sorry: a product is sold out. cause=Sold out");
  gtk_window_destroy (GTK_WINDOW (dialog));
  /* A double click on the answer falls on what stood behind it. */
  gtk_widget_activate_action (root (fixture), "order.accept", "(xx)", (gint64)8, NOW);
  g_assert_true (
      g_str_has_prefix (cpt_double_engine_last_act (fixture->engine), "press 7 rejected"));
}

/* What the database does not take is there when the question is asked again, and of that order
 * only. */
static void
test_reject_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  put (fixture, 7, "4821", CPT_ORDER_NEW);
  put (fixture, 8, "4822", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Reject");
  gtk_widget_activate_action (root (fixture), "order.reject", "x", (gint64)7);
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_REASON_DIALOG))) != NULL);
  cpt_reason_dialog_fill (CPT_REASON_DIALOG (dialog), "The oven is cold.", "Closed");
  cpt_double_engine_fail_next (fixture->engine, "The database is busy");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  WAIT_LABEL (fixture, "The database is busy");

  cpt_test_clock_advance (fixture->clock, 400);
  gtk_widget_activate_action (root (fixture), "order.reject", "x", (gint64)8);
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_REASON_DIALOG))) != NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (root (fixture), "order.reject", "x", (gint64)7);
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (CPT_TYPE_REASON_DIALOG))) != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==,
                   "press 7 rejected 0 note=The oven is cold. cause=Closed");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  put_held (fixture, 7, "4821", 42);
  WAIT_BUTTON (fixture, "Undo (5)");
  cpt_test_clock_advance (fixture->clock, 2 * CPT_SECOND);
  g_assert_nonnull (cpt_find_button (root (fixture), "Undo (3)"));
  cpt_press (root (fixture), "Undo (3)");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, "undo 42");
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_double_engine_fail_next (fixture->engine, "The database is <busy>");
  cpt_press (root (fixture), "Accept 19:22");
  WAIT_LABEL (fixture, "The database is <busy>");
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept 19:22"));
}

/* A second failure does not wait until nobody needs to read the first. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_double_engine_fail_next (fixture->engine, "The first");
  cpt_press (root (fixture), "Accept 19:22");
  WAIT_LABEL (fixture, "The first");
  cpt_test_clock_advance (fixture->clock, 400);
  cpt_double_engine_fail_next (fixture->engine, "The second");
  cpt_press (root (fixture), "Accept 19:22");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (cpt_find_label (root (fixture), "The second"));
}

static void
test_over (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_test_clock_advance (fixture->clock, 3 * CPT_MINUTE);
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept anyway 19:25"));
  cpt_press (root (fixture), "Handled elsewhere");
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, "mark_elsewhere 7");
}

/* A PC whose clock was an hour fast counts down when that is set right, too. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "Product 59");
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_test_clock_set_now (fixture->clock, NOW - CPT_HOUR);
  cpt_test_clock_advance (fixture->clock, CPT_SECOND);
  g_assert_null (cpt_find_button (root (fixture), "Accept 19:22"));
  g_assert_nonnull (cpt_find_button (root (fixture), "Accept 18:23"));
}

/* What belongs to another binding can be read, and nothing else. */
static void
test_disconnected (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "All 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "All 1")),
                                TRUE);
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "Product 59");
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_double_engine_unbind (fixture->engine);
  WAIT_LABEL (fixture, "Another connection");
  CPT_WAIT_UNTIL (cpt_find_button (root (fixture), "Accept 19:22") == NULL);
}

static void
test_tabs (Fixture *fixture, gconstpointer data)
{
  put (fixture, 1, "4821", CPT_ORDER_NEW);
  put (fixture, 2, "4700", CPT_ORDER_COMPLETED);
  WAIT_BUTTON (fixture, "Today 1");
  WAIT_BUTTON (fixture, "Accept 19:22");
  g_assert_nonnull (cpt_find_button (root (fixture), "All 2"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "Later 0")),
                                TRUE);
  WAIT_LABEL (fixture, "Nothing for later");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "All 2")),
                                TRUE);
  CPT_WAIT_UNTIL (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                  "Order 4700, Deliveroo, Delivery, Completed, Zoé D., 2 "
                                  "Margherita, 1 Tiramisù, €27.50, Paid"));
}

/* Rows that go make a list view look for them among what comes: not among everything. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  cpt_double_engine_fill (fixture->engine, 20000);
  put (fixture, 20001, "4821", CPT_ORDER_NEW);
  put (fixture, 20002, "4700", CPT_ORDER_COMPLETED);
  WAIT_BUTTON (fixture, "Accept 19:22");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "All 20002")),
                                TRUE);
  CPT_WAIT_UNTIL (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                  "Order 4700, Deliveroo, Delivery, Completed, Zoé D., 2 "
                                  "Margherita, 1 Tiramisù, €27.50, Paid"));
  g_assert_cmpuint (cpt_double_engine_count_loaded (fixture->engine), <=, 1000);
}

static GtkWidget *
find_row (Fixture *fixture, const char *number)
{
  g_autofree char *name =
      g_strdup_printf ("Order %s, Deliveroo, Delivery, Completed, Zoé D., 2 Margherita, "
                       "1 Tiramisù, €27.50, Paid",
                       number);

  return cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST_ITEM, name);
}

static GtkWidget *
find_magnifier (Fixture *fixture, const char *number)
{
  GtkWidget *row = find_row (fixture, number);

  return row != NULL ? cpt_find_named (row, GTK_ACCESSIBLE_ROLE_BUTTON, "Show the whole order")
                     : NULL;
}

static guint
count_buttons (GtkWidget *root)
{
  guint n = GTK_IS_BUTTON (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child);
  return n;
}

/* Only what can be seen has buttons. */
static void
test_scrolled (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = NULL;
  GtkWidget *list = NULL;

  cpt_double_engine_fill (fixture->engine, 1000);
  WAIT_BUTTON (fixture, "All 1000");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "All 1000")),
                                TRUE);
  CPT_WAIT_UNTIL (find_magnifier (fixture, "1000") != NULL);
  list = cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST, "Web orders");
  g_assert_cmpuint (count_buttons (list), <, 30);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  CPT_WAIT_UNTIL (find_magnifier (fixture, "1") != NULL);
  g_assert_null (find_magnifier (fixture, "1000"));

  gtk_adjustment_set_value (adjustment, 0);
  CPT_WAIT_UNTIL (find_magnifier (fixture, "1000") != NULL);
}

/* The row that was at the top would take the list along to where it stands among the others. */
static void
test_tab_begins (Fixture *fixture, gconstpointer data)
{
  put (fixture, 1, "4821", CPT_ORDER_NEW);
  for (gint64 key = 2; key <= 20; key++)
    {
      g_autofree char *number = g_strdup_printf ("%d", 100 + (int)key);

      put (fixture, key, number, CPT_ORDER_COMPLETED);
    }
  WAIT_BUTTON (fixture, "Accept 19:22");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (root (fixture), "All 20")),
                                TRUE);
  CPT_WAIT_UNTIL (find_magnifier (fixture, "120") != NULL);
  g_assert_null (cpt_find_button (root (fixture), "Accept 19:22"));
}

static gboolean
list_is_visible (Fixture *fixture)
{
  return cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST, "Web orders") != NULL;
}

static void
test_detail (Fixture *fixture, gconstpointer data)
{
  gboolean wide = GPOINTER_TO_INT (data) > 1240;

  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_orders_page_show_order (fixture->page, 7);
  g_assert_cmpint (fixture->shown, ==, 7);
  WAIT_LABEL (fixture, "Product 59");
  CPT_WAIT_UNTIL (list_is_visible (fixture) == wide);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "order.show", "x", (gint64)7);
  g_signal_emit_by_name (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_BUTTON,
                                         "Back to the list"),
                         "clicked");
  g_assert_cmpint (fixture->shown, ==, 0);
  CPT_WAIT_UNTIL (list_is_visible (fixture));
}

/* What could not be read is asked for again by the next press. */
static void
test_detail_failure (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_double_engine_fail_next (fixture->engine, "The database is busy");
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "The database is busy");
  g_assert_cmpint (fixture->shown, ==, 0);
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "Product 59");
}

/* An open detail that nobody sees is not looked at: the order rings again. */
static void
test_detail_hidden (Fixture *fixture, gconstpointer data)
{
  put (fixture, 7, "4821", CPT_ORDER_NEW);
  cpt_orders_page_show_order (fixture->page, 7);
  g_assert_cmpint (fixture->shown, ==, 7);
  gtk_widget_set_visible (root (fixture), FALSE);
  g_assert_cmpint (fixture->shown, ==, 0);
  gtk_widget_set_visible (root (fixture), TRUE);
  CPT_WAIT_UNTIL (fixture->shown == 7);
  gtk_widget_set_visible (fixture->window, FALSE);
  g_assert_cmpint (fixture->shown, ==, 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (fixture->shown == 7);
  gtk_window_minimize (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (fixture->shown == 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (fixture->shown == 7);
}

static GtkAdjustment *
detail_scroll (Fixture *fixture)
{
  GtkWidget *label = cpt_find_label (root (fixture), "Product 59");
  GtkWidget *scroller = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
test_scroll_stays (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = NULL;
  CptOrder *order = make_order ();

  put (fixture, 7, "4821", CPT_ORDER_NEW);
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "Product 59");
  adjustment = detail_scroll (fixture);
  CPT_WAIT_UNTIL (gtk_adjustment_get_upper (adjustment) > 1500);
  gtk_adjustment_set_value (adjustment, 400);
  g_bytes_unref (order->document);
  order->document = g_bytes_new_static ("{\"a\":1}", 7);
  order->seller_notes = g_strdup ("a word to the customer");
  cpt_double_engine_put (fixture->engine,
                         cpt_double_row_new (7, "4821", "Deliveroo", CPT_ORDER_ACCEPTED, NOW),
                         order);
  WAIT_LABEL (fixture, "a word to the customer");
  WAIT_BUTTON (fixture, "Take charge");
  CPT_WAIT_UNTIL (gtk_adjustment_get_upper (detail_scroll (fixture)) > 1500);
  g_assert_cmpfloat (gtk_adjustment_get_value (detail_scroll (fixture)), ==, 400);
}

static void
test_raw (Fixture *fixture, gconstpointer data)
{
  CptOrderRow *row = cpt_double_row_new (7, "", NULL, CPT_ORDER_UNKNOWN, NOW);
  g_autoptr (GBytes) document = g_bytes_new_static ("{\"oops\":", 8);

  row->raw_reason = g_strdup ("it is not JSON");
  row->waiting = TRUE;
  cpt_double_engine_put (fixture->engine, row,
                         cpt_order_new_raw ("5dpm9", "it is not JSON", document));
  WAIT_BUTTON (fixture, "Accept 19:22");
  cpt_orders_page_show_order (fixture->page, 7);
  WAIT_LABEL (fixture, "{\"oops\":");
  WAIT_LABEL (fixture, "it is not JSON");
}

/* --- Sent orders --- */

static void
put_till (Fixture *fixture, gint64 key, const char *id, CptSendState outbox, const char *reason)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  CptOrderRow *row = cpt_double_row_new (key, number, "Comptoir", CPT_ORDER_ACCEPTED, NOW);

  g_free (row->id);
  row->id = g_strdup (id);
  row->till = TRUE;
  row->outbox = outbox;
  row->outbox_entry = 70 + key;
  row->outbox_kind = CPT_OUTBOX_ORDER;
  row->outbox_reason = g_strdup (reason);
  cpt_double_engine_put (fixture->engine, row, NULL);
}

static void
show_sent (Fixture *fixture)
{
  fixture->page = cpt_orders_page_new_sent (fixture->engine);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
}

static void
assert_item (Fixture *fixture, const char *name)
{
  CPT_WAIT_UNTIL (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_LIST_ITEM, name) != NULL);
}

static void
test_sent_state (Fixture *fixture, gconstpointer data)
{
  show_sent (fixture);
  WAIT_LABEL (fixture, "No order in progress");
  WAIT_BUTTON (fixture, "New order");
  put_till (fixture, 1, NULL, CPT_SEND_NOTHING, NULL);
  put_till (fixture, 2, NULL, CPT_SEND_WAITING, NULL);
  put_till (fixture, 3, "5dpm9", CPT_SEND_NOTHING, NULL);
#define WORDS(number, place)                                                                       \
  "Order " number ", Comptoir, Delivery, Accepted, " place                                         \
  ", Zoé D., 2 Margherita, 1 Tiramisù, €27.50, Paid"
  assert_item (fixture, WORDS ("1", "stays at this till"));
  assert_item (fixture, WORDS ("2", "⟳ not sent yet"));
  assert_item (fixture, WORDS ("3", "HubRise 5dpm9"));
  WAIT_BUTTON (fixture, "In progress 3");
  WAIT_BUTTON (fixture, "Take charge");
}

static void
test_sent_refused (Fixture *fixture, gconstpointer data)
{
  show_sent (fixture);
  put_till (fixture, 4, NULL, CPT_SEND_REFUSED, "the phone is not valid");
  WAIT_BUTTON (fixture, "Edit and resend");
  WAIT_BUTTON (fixture, "Retry");
  assert_item (fixture,
               "Order 4, Comptoir, Delivery, Accepted, ✕ refused, Zoé D., 2 Margherita, "
               "1 Tiramisù, €27.50, Paid, HubRise refused this order: the phone is not valid");
  cpt_orders_page_show_order (fixture->page, 4);
  WAIT_BUTTON (fixture, "Give up");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();

#define ADD(path, width, test)                                                                     \
  g_test_add ("/orders-page/" path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)
  ADD ("names", 1000, test_names);
  ADD ("empty", 1000, test_empty);
  ADD ("accept", 1000, test_accept);
  ADD ("other-times-again", 1000, test_other_times_again);
  ADD ("other-times-left-open", 1000, test_other_times_left_open);
  ADD ("double-click", 1000, test_double_click);
  ADD ("double-click/undo", 1000, test_double_click_undo);
  ADD ("reject", 1000, test_reject);
  ADD ("reject/again", 1000, test_reject_again);
  ADD ("undo", 1000, test_undo);
  ADD ("failure", 1000, test_failure);
  ADD ("failures", 1000, test_failures);
  ADD ("over", 1000, test_over);
  ADD ("clock-set-back", 1300, test_clock_set_back);
  ADD ("disconnected", 1300, test_disconnected);
  ADD ("tabs", 1000, test_tabs);
  ADD ("many", 1000, test_many);
  ADD ("scrolled", 1000, test_scrolled);
  ADD ("tab-begins", 1000, test_tab_begins);
  ADD ("detail/narrow", 1000, test_detail);
  ADD ("detail/wide", 1300, test_detail);
  ADD ("detail/failure", 1300, test_detail_failure);
  ADD ("detail/hidden", 1300, test_detail_hidden);
  ADD ("scroll-stays", 1300, test_scroll_stays);
  ADD ("raw", 1300, test_raw);
  ADD ("sent/state", 1000, test_sent_state);
  ADD ("sent/refused", 1000, test_sent_refused);
  return g_test_run ();
}
