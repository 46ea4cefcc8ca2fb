/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invoice and missing items on a screen: what is shown, what is pressed and what the engine is
 * asked to do. */
#include <adwaita.h>

#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-invoice-dialog.h"
#include "cpt-missing-dialog.h"
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
  gint64 printed;
} Fixture;

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_variant_get (parameter, "(xs)", &((Fixture *)data)->printed, NULL);
}

/* In a program that can print. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GActionEntry actions[] = {
    { .name = "print-ticket", .activate = print_cb, .parameter_type = "(xs)" },
  };

  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  fixture->page = cpt_orders_page_new (fixture->engine);
  fixture->window = adw_window_new ();
  gtk_widget_insert_action_group (fixture->window, "app", G_ACTION_GROUP (group));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 700);
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
make_order (guint n)
{
  CptOrder *order = cpt_order_new ();

  order->document = g_bytes_new_static ("{}", 2);
  order->id = g_strdup ("5dpm9");
  order->total = cpt_money (400 * n, "EUR");
  for (guint i = 0; i < n; i++)
    {
      CptOrderItem *item = cpt_order_item_new ();

      item->id = g_strdup_printf ("i%u", i);
      item->product_name = g_strdup_printf ("Product %u", i);
      item->sku_ref = g_strdup_printf ("P%u", i);
      item->quantity = cpt_decimal (1000);
      item->price = cpt_money (400, "EUR");
      g_ptr_array_add (order->items, item);
    }
  return order;
}

static GtkWidget *
root (Fixture *fixture)
{
  return GTK_WIDGET (fixture->page);
}

/* Accepted, nothing paid, its detail open. */
static void
show (Fixture *fixture, guint n_items, CptOrderStatus status)
{
  CptOrderRow *row = cpt_double_row_new (7, "4821", "Deliveroo", status, NOW);

  row->total = row->due = cpt_money (400 * n_items, "EUR");
  row->paid = CPT_PAID_NOTHING;
  cpt_double_engine_put (fixture->engine, row, make_order (n_items));
  cpt_orders_page_show_order (fixture->page, 7);
  CPT_WAIT_UNTIL (cpt_find_label (root (fixture), "Product 0") != NULL);
}

/* A button that shows less than its name. */
static void
press_named (GtkWidget *widget, const char *name)
{
  GtkWidget *button = cpt_find_named (widget, GTK_ACCESSIBLE_ROLE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
open_dialog (Fixture *fixture, const char *button, GType type)
{
  GtkWidget *dialog = NULL;

  CPT_WAIT_UNTIL (cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_BUTTON, button) != NULL);
  press_named (root (fixture), button);
  CPT_WAIT_UNTIL ((dialog = GTK_WIDGET (cpt_find_window (type))) != NULL);
  return dialog;
}

static GtkEditable *
find_entry (GtkWidget *dialog, const char *name)
{
  return GTK_EDITABLE (cpt_find_named (dialog, GTK_ACCESSIBLE_ROLE_TEXT_BOX, name));
}

static void
assert_act (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (cpt_double_engine_last_act (fixture->engine), ==, expected);
}

static void
test_invoice (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL, *take = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "Invoice #4821");
  take = cpt_find_button (dialog, "Take €8.00");
  g_assert_false (gtk_widget_get_sensitive (take));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Card")), TRUE);
  g_assert_true (gtk_widget_get_sensitive (take));
  cpt_press (dialog, "Take €8.00");
  assert_act (fixture, "pay 7 Card CARD 8.00 EUR");
  CPT_WAIT_UNTIL (cpt_find_window (CPT_TYPE_INVOICE_DIALOG) == NULL);
  g_assert_cmpint (fixture->printed, ==, 0);
}

/* By the keys on the screen: a part of it in cash, and what to give back of a banknote. */
static void
test_pad (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "5", ".", "5", "0", "9" };
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Cash")), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    cpt_press (dialog, keys[i]);
  g_assert_nonnull (cpt_find_label (dialog, "This is no amount"));
  press_named (dialog, "Erase the last digit");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "Amount")), ==, "5.50");
  g_assert_nonnull (cpt_find_label (dialog, "€2.50 will be left to pay"));

  gtk_widget_grab_focus (GTK_WIDGET (find_entry (dialog, "The customer gives")));
  CPT_WAIT_UNTIL (gtk_window_is_active (GTK_WINDOW (dialog)));
  cpt_press (dialog, "2");
  cpt_press (dialog, "0");
  g_assert_nonnull (cpt_find_label (dialog, "Change: €14.50"));
  cpt_press (dialog, "Take €5.50");
  assert_act (fixture, "pay 7 Cash CASH 5.50 EUR");
}

/* A comma, as the French type it; the receipt is printed once it is on disk. */
static void
test_comma_and_receipt (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL, *print = NULL;

  show (fixture, 2, CPT_ORDER_COMPLETED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Voucher")), TRUE);
  gtk_editable_set_text (find_entry (dialog, "Amount"), "3,2");
  print = cpt_find_named (dialog, GTK_ACCESSIBLE_ROLE_CHECKBOX, "Print the receipt");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (print), TRUE);
  cpt_press (dialog, "Take €3.20");
  assert_act (fixture, "pay 7 Voucher VOUCHER 3.20 EUR");
  CPT_WAIT_UNTIL (fixture->printed == 7);
}

/* What was typed stays until the payment is on the disk. */
static void
test_not_saved (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Card")), TRUE);
  gtk_editable_set_text (find_entry (dialog, "Amount"), "3,2");
  cpt_double_engine_fail_next (fixture->engine, "The database is busy");
  cpt_press (dialog, "Take €3.20");
  CPT_WAIT_UNTIL (cpt_find_label (dialog, "The database is busy") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "Amount")), ==, "3,2");
  cpt_double_engine_hold_answers (fixture->engine, TRUE);
  cpt_press (dialog, "Take €3.20");
  assert_act (fixture, "pay 7 Card CARD 3.20 EUR");
  g_assert_false (gtk_widget_is_sensitive (cpt_find_button (dialog, "Take €3.20")));
  cpt_double_engine_hold_answers (fixture->engine, FALSE);
  CPT_WAIT_UNTIL (cpt_find_window (CPT_TYPE_INVOICE_DIALOG) == NULL);
}

/* Who closes it in between is told of a failure behind it. */
static void
test_not_saved_closed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Card")), TRUE);
  cpt_double_engine_fail_next (fixture->engine, "The database is busy");
  cpt_press (dialog, "Take €8.00");
  gtk_window_destroy (GTK_WINDOW (dialog));
  CPT_WAIT_UNTIL (cpt_find_label (root (fixture), "The database is busy") != NULL);
}

static void
test_back (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  cpt_press (dialog, "Back");
  CPT_WAIT_UNTIL (cpt_find_window (CPT_TYPE_INVOICE_DIALOG) == NULL);
  g_assert_null (cpt_double_engine_last_act (fixture->engine));
}

/* The shop's own names for the ways to pay. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (fixture->engine));
  GtkWidget *dialog = NULL;

  g_settings_set (settings, "payment-methods", "a(ss)", NULL);
  g_settings_set_value (settings, "payment-methods",
                        g_variant_new_parsed ("[('Cash', 'CASH'), ('Terminal', 'CB')]"));
  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Invoice", CPT_TYPE_INVOICE_DIALOG);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cpt_find_button (dialog, "Terminal")), TRUE);
  cpt_press (dialog, "Take €8.00");
  assert_act (fixture, "pay 7 Terminal CB 8.00 EUR");
  g_settings_reset (settings, "payment-methods");
}

static void
respond (GtkWidget *dialog, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Missing: 1 × Product 1", CPT_TYPE_MISSING_DIALOG);
  g_assert_nonnull (cpt_find_label (dialog, "This cannot be undone."));
  g_assert_nonnull (cpt_find_label (dialog, "€4.00 will be left to pay."));
  g_assert_nonnull (cpt_find_label (dialog, "The product is not for sale until"));
  respond (dialog, "do");
  assert_act (fixture, "missing 7 i1 note=We are sorry: Product 1 is not available.");
}

/* HubRise names what it can; the customer must be able to read the rest. */
static void
test_missing_nameless (Fixture *fixture, gconstpointer data)
{
  CptOrder *order = make_order (2);
  CptOrderItem *item = order->items->pdata[1];
  GtkWidget *dialog = NULL;

  g_clear_pointer (&item->product_name, g_free);
  g_clear_pointer (&item->sku_ref, g_free);
  cpt_double_engine_put (fixture->engine,
                         cpt_double_row_new (7, "4821", "Deliveroo", CPT_ORDER_ACCEPTED, NOW),
                         order);
  cpt_orders_page_show_order (fixture->page, 7);
  dialog = open_dialog (fixture, "Missing: 1 × ?", CPT_TYPE_MISSING_DIALOG);
  respond (dialog, "do");
  assert_act (fixture, "missing 7 i1 note=We are sorry: a product is not available.");
}

/* What the database does not take is there when the question is asked again. */
static void
test_missing_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Missing: 1 × Product 1", CPT_TYPE_MISSING_DIALOG);
  cpt_missing_dialog_fill (CPT_MISSING_DIALOG (dialog), "No more of it.");
  cpt_double_engine_fail_next (fixture->engine, "The database is busy");
  respond (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  CPT_WAIT_UNTIL (cpt_find_label (root (fixture), "The database is busy") != NULL);

  cpt_test_clock_advance (fixture->clock, 400);
  dialog = open_dialog (fixture, "Missing: 1 × Product 1", CPT_TYPE_MISSING_DIALOG);
  respond (dialog, "do");
  assert_act (fixture, "missing 7 i1 note=No more of it.");
}

/* Nothing happens without an answer. */
static void
test_missing_back (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = NULL;

  show (fixture, 2, CPT_ORDER_ACCEPTED);
  dialog = open_dialog (fixture, "Missing: 1 × Product 0", CPT_TYPE_MISSING_DIALOG);
  respond (dialog, "back");
  g_assert_null (cpt_double_engine_last_act (fixture->engine));
}

/* The last item: the order ends instead. */
static void
test_missing_last (Fixture *fixture, gconstpointer data)
{
  CptOrderStatus status = GPOINTER_TO_INT (data);
  GtkWidget *dialog = NULL, *reason = NULL;

  show (fixture, 1, status);
  dialog = open_dialog (fixture, "Missing: 1 × Product 0", CPT_TYPE_MISSING_DIALOG);
  g_assert_nonnull (cpt_find_label (dialog, "An order cannot be empty."));
  respond (dialog, "do");
  CPT_WAIT_UNTIL ((reason = GTK_WIDGET (cpt_find_window (CPT_TYPE_REASON_DIALOG))) != NULL);
  g_assert_cmpstr (adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (reason), "do"), ==,
                   status == CPT_ORDER_ACCEPTED ? "Cancel" : "Reject");
  g_assert_null (cpt_double_engine_last_act (fixture->engine));
  gtk_window_destroy (GTK_WINDOW (reason));
}

static gboolean
has_focus (Fixture *fixture, const char *name)
{
  GtkWidget *focus = NULL;
  g_autofree char *difference = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  if (focus == NULL || !gtk_widget_get_mapped (focus))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (focus),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return difference == NULL;
}

/* As it stands after another program took the last but @left of its items away. */
static void
change (Fixture *fixture, guint left, CptOrderStatus status)
{
  CptOrder *order = make_order (left);
  g_autofree char *document = g_strdup_printf ("[%u]", left);

  g_clear_pointer (&order->document, g_bytes_unref);
  order->document = g_bytes_new (document, strlen (document));
  cpt_double_engine_put (fixture->engine, cpt_double_row_new (7, "4821", "Deliveroo", status, NOW),
                         order);
}

/* The order changes under the hand of who works by keyboard. */
static void
test_focus_stays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *missing = NULL;

  show (fixture, 3, CPT_ORDER_ACCEPTED);
  missing = cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_BUTTON, "Missing: 1 × Product 1");
  gtk_widget_grab_focus (missing);
  change (fixture, 2, CPT_ORDER_ACCEPTED);
  CPT_WAIT_UNTIL (cpt_find_label (root (fixture), "Product 2") == NULL);
  CPT_WAIT_UNTIL (has_focus (fixture, "Missing: 1 × Product 1"));
  change (fixture, 1, CPT_ORDER_ACCEPTED);
  CPT_WAIT_UNTIL (has_focus (fixture, "Take charge"));
  change (fixture, 1, CPT_ORDER_IN_PREPARATION);
  CPT_WAIT_UNTIL (has_focus (fixture, "Ready"));
  change (fixture, 1, CPT_ORDER_CANCELLED);
  CPT_WAIT_UNTIL (has_focus (fixture, "Back to the list"));
}

/* Where it is elsewhere it is not taken. */
static void
test_focus_elsewhere (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search =
      cpt_find_named (root (fixture), GTK_ACCESSIBLE_ROLE_SEARCH_BOX, "Search orders");

  show (fixture, 3, CPT_ORDER_ACCEPTED);
  gtk_widget_grab_focus (search);
  change (fixture, 1, CPT_ORDER_IN_PREPARATION);
  CPT_WAIT_UNTIL (cpt_find_button (root (fixture), "Ready") != NULL);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), search));
}

#define ADD(name, data, func) g_test_add ("/ui/pay/" name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  cpt_ui_init ();
  ADD ("invoice", NULL, test_invoice);
  ADD ("pad", NULL, test_pad);
  ADD ("comma-and-receipt", NULL, test_comma_and_receipt);
  ADD ("not-saved", NULL, test_not_saved);
  ADD ("not-saved/closed", NULL, test_not_saved_closed);
  ADD ("back", NULL, test_back);
  ADD ("names", NULL, test_names);
  ADD ("missing", NULL, test_missing);
  ADD ("missing/nameless", NULL, test_missing_nameless);
  ADD ("missing/again", NULL, test_missing_again);
  ADD ("missing/back", NULL, test_missing_back);
  ADD ("missing/last-accepted", GINT_TO_POINTER (CPT_ORDER_ACCEPTED), test_missing_last);
  ADD ("missing/last-new", GINT_TO_POINTER (CPT_ORDER_NEW), test_missing_last);
  ADD ("focus/stays", NULL, test_focus_stays);
  ADD ("focus/elsewhere", NULL, test_focus_elsewhere);
  return g_test_run ();
}
