/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is pressed on the till's own orders and what HubRise refuses of them, on the false clock.
 * Main thread only. */
#include <libintl.h>

#include "cpt-test-sale.h"

/* --- Steps --- */

/* What is pressed before HubRise has the order waits and then goes. */
static void
test_steps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL;
  gint64 row;

  cpt_test_shop_set_offline (shop, TRUE);
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_engine_press_async (till->engine, row, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL, NULL,
                          cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "in_preparation here waiting step");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "in_preparation there");
  cpt_test_sale_assert_once (till, row);
  shown = cpt_test_till_load_row (till, row);
  sent = cpt_test_shop_dup_sent (shop, shown->id);
  g_assert_cmpstr (sent, ==, "in_preparation");
}

static void
press (CptTestTill *till, gint64 row, CptOrderStatus to)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_press_async (till->engine, row, to, CPT_TIME_NONE, NULL, NULL, cpt_test_sale_result_cb,
                          &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

static void
set_sending (CptTestTill *till, gboolean sending)
{
  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "sending", sending);
}

/* Cancelled before it could leave: HubRise never hears of it, nor of its customer. */
static void
test_cancelled (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  g_autofree char *list = cpt_test_sale_dup_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  set_sending (till, FALSE);
  row = cpt_test_sale_place (till, order);
  press (till, row, CPT_ORDER_IN_PREPARATION);
  press (till, row, CPT_ORDER_CANCELLED);
  cpt_test_sale_assert_shows (till, row, "cancelled here waiting step");
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  cpt_test_sale_assert_shows (till, row, "cancelled here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
  set_sending (till, TRUE);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "cancelled here");
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/.*"), ==, 0);
}

/* While that can be taken back nothing leaves; taken back, it goes. */
static void
test_cancelled_and_undone (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 row;

  set_sending (till, FALSE);
  row = cpt_test_sale_place (till, order);
  press (till, row, CPT_ORDER_CANCELLED);
  set_sending (till, TRUE);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS - CPT_SECOND);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
  shown = cpt_test_till_load_row (till, row);
  cpt_engine_undo_async (till->engine, shown->send_step, cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  cpt_test_sale_assert_once (till, row);
}

/* Quit while it can be taken back: that ends with the program. */
static void
test_cancelled_and_quit (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  set_sending (till, FALSE);
  row = cpt_test_sale_place (till, order);
  press (till, row, CPT_ORDER_CANCELLED);
  set_sending (till, TRUE);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "cancelled here");
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
}

/* Tried, and nobody there who could have taken it. */
static void
test_cancelled_without_route (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gint64 row;

  set_sending (till, FALSE);
  row = cpt_test_sale_place (till, order);
  cpt_test_shop_end (shop);
  set_sending (till, TRUE);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_OFFLINE);
  cpt_engine_press_async (till->engine, row, CPT_ORDER_CANCELLED, CPT_TIME_NONE, NULL, NULL,
                          cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  g_assert_true (cpt_engine_act_finish (till->engine, result, NULL));
  CPT_TILL_WAIT_UNTIL (till, cpt_test_sale_shows (till, row, "cancelled here waiting step"));
  cpt_test_clock_advance (till->clock, CPT_STEP_HOLD_MS);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_sale_shows (till, row, "cancelled here"));
}

/* One request may have left: HubRise is asked, gets the order and then hears that it is cancelled,
 * even where the next try certainly did not leave. */
static void
test_cancelled_after_loss (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderRow) shown = NULL;
  g_autofree char *sent = NULL;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"drop\": \"before\"}");
  row = cpt_test_sale_place (till, order);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_sale_count_posts (shop) == 1);
  cpt_test_till_settle (till);
  press (till, row, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  cpt_test_sale_assert_shows (till, row, "cancelled here waiting step");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "cancelled there");
  shown = cpt_test_till_load_row (till, row);
  sent = cpt_test_shop_dup_sent (shop, shown->id);
  g_assert_cmpstr (sent, ==, "cancelled");
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 1);
}

/* An order that stays here goes its way here. */
static void
test_local_steps (void)
{
  static const CptOrderStatus steps[] = { CPT_ORDER_IN_PREPARATION, CPT_ORDER_AWAITING_COLLECTION,
                                          CPT_ORDER_COMPLETED };
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "never");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  gint64 row = cpt_test_sale_place (till, order);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      cpt_engine_press_async (till->engine, row, steps[i], CPT_TIME_NONE, NULL, NULL,
                              cpt_test_sale_result_cb, &result);
      CPT_TILL_WAIT_UNTIL (till, result != NULL);
      cpt_engine_act_finish (till->engine, result, &error);
      g_assert_no_error (error);
    }
  cpt_test_till_advance (till, CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "completed here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", "/location/orders.*"), ==, 0);
}

/* --- Refused --- */

static void
speak (const char *language)
{
  g_autofree char *catalogs = g_build_filename (g_getenv ("COMPTOIR_BUILD_DIR"), "po", NULL);

  g_setenv ("LANGUAGE", language, TRUE);
  bindtextdomain (GETTEXT_PACKAGE, catalogs);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static const char *
last_of_history (const CptOrderDetails *details)
{
  const CptHistoryEntry *entry = details->history->pdata[details->history->len - 1];

  return entry->what;
}

/* One field: kept, named in French, corrected, sent. */
static void
test_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL, corrected = NULL;
  g_autoptr (GPtrArray) progress = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *private_ref = NULL;
  CptOrderItem *item;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"status\": 422, \"body\": {\"error_type\":"
                    " \"unprocessable_entity\", \"message\": \"Validation failed\", \"errors\":"
                    " [{\"field\": \"items[1].price\", \"message\": \"is required\"}]}}");
  speak ("fr");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  speak ("C");
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  details = cpt_test_till_load_details (till, row);
  g_assert_cmpstr (details->row->outbox_reason, ==,
                   "Prix de « Lasagnes bolognaise » : à renseigner");
  g_assert_cmpstr (last_of_history (details), ==, "order-refused");
  g_assert_cmpuint (details->order->items->len, ==, 2);
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 1);

  private_ref = g_strdup (details->order->private_ref);
  item = details->order->items->pdata[1];
  g_assert_true (cpt_money_parse ("11.90 EUR", &item->price));
  g_assert_cmpint (cpt_test_till_replace (till, row, details->order, &error), ==, row);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted there");
  cpt_test_sale_assert_once (till, row);
  corrected = cpt_test_till_load_details (till, row);
  g_assert_cmpstr (corrected->order->private_ref, ==, private_ref);
  g_assert_cmpstr (corrected->row->number, ==, "C1");
}

/* The customer was taken and the order was not: corrected, he is not made twice. */
static void
test_refused_after_customer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = cpt_test_sale_dup_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*orders\", \"status\": 422}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  details = cpt_test_till_load_details (till, row);
  g_assert_cmpint (cpt_test_till_replace (till, row, details->order, &error), ==, row);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_once (till, row);
  found = cpt_test_sale_search (till, "0612345678", NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

/* What is at HubRise, or on its way, is not replaced. */
static void
test_not_replaced (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_test_sale_place (till, order);

  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_replace (till, row, order, &error), ==, 0);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  cpt_test_till_settle (till);
  cpt_test_sale_assert_once (till, row);
}

/* 422 on private_ref: it is there already. */
static void
test_taken (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"status\": 422, \"process\": true, \"body\":"
                    " {\"error_type\": \"unprocessable_entity\", \"errors\":"
                    " [{\"field\": \"private_ref\", \"message\": \"is taken\"}]}}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 1);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 1);
  cpt_test_sale_assert_once (till, row);
}

/* … or it says so and has none: refused, and no endless asking. */
static void
test_taken_by_nobody (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"times\": 0, \"status\": 422, \"body\":"
                    " {\"error_type\": \"unprocessable_entity\", \"errors\":"
                    " [{\"field\": \"private_ref\", \"message\": \"is taken\"}]}}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_advance (till, CPT_HOUR);
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 2);
  g_assert_cmpuint (cpt_test_sale_count_look_ups (shop), ==, 1);
}

/* The customer is refused and given up: the order stays here, and what is pressed does too. */
static void
test_given_up (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (CptOrderDetails) details = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = cpt_test_sale_dup_list (till);
  gint64 row;

  cpt_test_order_set_customer (order, NULL, list);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"POST\", \"path\": \"*customers\", \"status\": 422}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "accepted here refused");
  details = cpt_test_till_load_details (till, row);
  g_assert_cmpstr (last_of_history (details), ==, "customer-refused");
  cpt_test_sale_decide (till, row, cpt_engine_give_up_entry_async);
  cpt_test_sale_assert_shows (till, row, "accepted here");
  cpt_engine_press_async (till->engine, row, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL, NULL,
                          cpt_test_sale_result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  cpt_engine_act_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "in_preparation here");
  g_assert_cmpuint (cpt_test_sale_count_orders (shop), ==, 0);
}

static guint
count_in_progress (CptTestTill *till)
{
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);

  return rows->len;
}

/* One that is over and not sent yet is not out of sight. */
static void
test_over_unsent (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_shop_set_offline (shop, TRUE);
  row = cpt_test_sale_place (till, order);
  press (till, row, CPT_ORDER_IN_PREPARATION);
  press (till, row, CPT_ORDER_AWAITING_COLLECTION);
  press (till, row, CPT_ORDER_COMPLETED);
  cpt_test_sale_assert_shows (till, row, "completed here waiting step");
  g_assert_cmpuint (count_in_progress (till), ==, 1);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  cpt_test_sale_assert_shows (till, row, "completed there");
  g_assert_cmpuint (count_in_progress (till), ==, 0);
}

/* What was pressed while the order still waited for HubRise stays here with it, and does not wait
 * for ever. */
static void
test_given_up_with_steps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GPtrArray) progress = NULL;
  gint64 row;

  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"POST\", \"status\": 422}");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  press (till, row, CPT_ORDER_IN_PREPARATION);
  press (till, row, CPT_ORDER_AWAITING_COLLECTION);
  press (till, row, CPT_ORDER_COMPLETED);
  cpt_test_sale_assert_shows (till, row, "completed here refused step");
  cpt_test_sale_decide (till, row, cpt_engine_give_up_entry_async);
  cpt_test_sale_assert_shows (till, row, "completed here");
  progress = cpt_test_till_list (till, CPT_ORDER_TAB_TILL);
  g_assert_cmpuint (progress->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/till/steps/waiting", test_steps);
  g_test_add_func ("/sync/till/steps/local", test_local_steps);
  g_test_add_func ("/sync/till/cancelled/before", test_cancelled);
  g_test_add_func ("/sync/till/cancelled/undone", test_cancelled_and_undone);
  g_test_add_func ("/sync/till/cancelled/quit", test_cancelled_and_quit);
  g_test_add_func ("/sync/till/cancelled/without-route", test_cancelled_without_route);
  g_test_add_func ("/sync/till/cancelled/after-loss", test_cancelled_after_loss);
  g_test_add_func ("/sync/till/refused/corrected", test_refused);
  g_test_add_func ("/sync/till/refused/after-customer", test_refused_after_customer);
  g_test_add_func ("/sync/till/refused/not-replaced", test_not_replaced);
  g_test_add_func ("/sync/till/refused/taken", test_taken);
  g_test_add_func ("/sync/till/refused/taken-by-nobody", test_taken_by_nobody);
  g_test_add_func ("/sync/till/refused/given-up", test_given_up);
  g_test_add_func ("/sync/till/refused/given-up-with-steps", test_given_up_with_steps);
  g_test_add_func ("/sync/till/steps/over-unsent", test_over_unsent);
  return g_test_run ();
}
