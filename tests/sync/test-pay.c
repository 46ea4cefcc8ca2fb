/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invoice: exactly one payment whatever happens to its request, and two tills that take the money
 * at the same time. Main thread only. */
#include "cpt-test-money.h"
#include "cpt-test-order.h"

/* --- One till --- */

static void
test_rest (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *path = g_strconcat ("/location/orders/", id, NULL);

  cpt_test_money_assert (till, id, "1000 700");
  cpt_test_money_pay (till, id, 500);
  cpt_test_money_pay (till, id, 200);
  cpt_test_money_assert (till, id, "1000 0 waiting");
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 0");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 3);
  g_assert_cmpuint (cpt_test_shop_count_all (shop, "PATCH", path,
                                             "{\"payments\":[{\"name\":\"Cash\",\"ref\":\"CASH\","
                                             "\"amount\":\"5.00 EUR\",\"private_ref\":\"",
                                             NULL),
                    ==, 1);
  /* A read stands before each, unless the last answer is fresh. */
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), >=, 1);
}

static void
test_not_allowed (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  static const gint64 amounts[] = { 701, 0, -100 };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cpt_test_till_pay (till, id, amounts[i], &error));
      g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
    }
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 700");
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 0);
}

/* No look-up before the minute is over, no second PATCH before a look-up, one payment in the end.
 */
static void
test_fault (gconstpointer data)
{
  const CptTestFault *fault = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autofree char *path = g_strconcat ("/location/orders/", id, NULL);

  cpt_test_money_fail_patches (shop, fault->rule);
  cpt_test_money_pay (till, id, 700);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 0 waiting");
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, CPT_OUTBOX_LOST_MS - 1000);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 0);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 0);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  cpt_test_money_assert (till, id, "1000 0");
}

/* The client gives up after 30 s; the server processes it 30 s after that. */
static void
pay_late (CptTestShop *shop, CptTestTill *till, const char *id)
{
  cpt_test_money_fail_patches (shop, "\"late_s\": 60");
  cpt_test_money_pay (till, id, 700);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_money_count_patches (shop) == 1);
  cpt_test_shop_advance (shop, 31 * CPT_SECOND);
  cpt_test_clock_advance (till->clock, 31 * CPT_SECOND);
  CPT_TILL_WAIT_UNTIL (till, cpt_engine_count_under_way (till->engine) == 0);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 1);
}

static void
test_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);

  pay_late (shop, till, id);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  cpt_test_money_assert (till, id, "1000 0");
}

/* The PC's clock is set forward by an hour meanwhile: the minute is over when it is over. */
static void
test_false_clock (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);

  pay_late (shop, till, id);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_HOUR);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  cpt_test_money_assert (till, id, "1000 0");
}

/* Refused: kept with its reason, holds nothing else back, tried again, given up. */
static void
test_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autoptr (GError) error = NULL;

  cpt_test_money_fail_patches (shop, "\"status\": 422, \"times\": 2, \"body_contains\": \"7.00\"");
  cpt_test_money_pay (till, id, 700);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 700 refused reason");
  cpt_test_till_assert_row (till, id, "in_preparation in_preparation");
  cpt_test_money_pay (till, id, 300);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 400 refused reason");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);

  /* Now more than is left. */
  cpt_test_till_act_on_entry (till, id, cpt_engine_retry_entry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 400 refused reason");
  cpt_test_till_act_on_entry (till, id, cpt_engine_give_up_entry_async, &error);
  g_assert_no_error (error);
  cpt_test_money_assert (till, id, "1000 400");
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, CPT_MINUTE);
  cpt_test_money_assert (till, id, "1000 400");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
}

/* Retry takes a payment that HubRise refused once. */
static void
test_retry (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autoptr (GError) error = NULL;

  cpt_test_money_fail_patches (shop, "\"status\": 422");
  cpt_test_money_pay (till, id, 700);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 700 refused reason");
  cpt_test_till_act_on_entry (till, id, cpt_engine_retry_entry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 0");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
}

/* Cancelled meanwhile: money is not dropped without a word. */
static void
test_ended (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);

  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_money_pay (till, id, 700);
  cpt_test_till_settle (till);
  cpt_test_money_assert (till, id, "1000 700 refused cancelled reason");
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 0);
}

/* --- Two tills --- */

/* Another device of the same program. */
/* The program is closed until the day after tomorrow. */
static void
sleep_over (CptTestTill *till)
{
  cpt_test_till_close (till);
  cpt_test_shop_advance (till->shop, 2 * CPT_DAY);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + 2 * CPT_DAY);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
}

/* An order of an earlier day stands among today's as long as somebody has to look at it. */
static gboolean
is_today (CptTestTill *till, const char *id)
{
  g_autoptr (GPtrArray) rows = cpt_test_till_list (till, CPT_ORDER_TAB_TODAY);

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((CptOrderRow *)rows->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

static CptTestTill *
connect_second (CptTestShop *shop)
{
  CptTestTill *till = cpt_test_till_new (shop);
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (shop, "POST", "/code", "{\"device_id\": \"second\"}");
  g_autoptr (GError) error = NULL;

  cpt_test_till_connect_with (till,
                              json_object_get_string_member (json_node_get_object (answer), "code"),
                              &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  return till;
}

static void
test_second_press (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) first = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) second = connect_second (shop);
  g_autofree char *id = cpt_test_money_receive (shop, first);
  g_autoptr (GError) error = NULL;

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  cpt_test_money_pay (first, id, 700);
  cpt_test_till_settle (first);
  cpt_test_money_assert (first, id, "1000 0");
  cpt_test_money_pay (second, id, 700);
  cpt_test_till_settle (second);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  cpt_test_money_assert (second, id, "1000 0 already-paid");
  sleep_over (second);
  cpt_test_money_assert (second, id, "1000 0 already-paid");
  g_assert_true (is_today (second, id));
  cpt_test_till_mark (second, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  cpt_test_money_assert (second, id, "1000 0");
  g_assert_false (is_today (second, id));
  cpt_test_till_advance (first, CPT_MINUTE);
  cpt_test_money_assert (first, id, "1000 0");
}

/* Only part of it was left when the second one pressed. */
static void
test_second_takes_too_much (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) first = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) second = connect_second (shop);
  g_autofree char *id = cpt_test_money_receive (shop, first);

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  cpt_test_money_pay (first, id, 400);
  cpt_test_till_settle (first);
  cpt_test_money_pay (second, id, 700);
  cpt_test_till_settle (second);
  cpt_test_money_assert (second, id, "1000 300 refused reason");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  sleep_over (second);
  g_assert_true (is_today (second, id));
  cpt_test_till_act_on_entry (second, id, cpt_engine_give_up_entry_async, NULL);
  g_assert_false (is_today (second, id));
}

/* Both read before either wrote. Whether a till hears of another one of the same program is not
 * documented. */
static void
test_both (gconstpointer own_is_program)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) first = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) second = connect_second (shop);
  g_autofree char *id = cpt_test_money_receive (shop, first);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"own_is_program\": %s}",
                    own_is_program != NULL ? "true" : "false");
  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"PATCH\", \"hold\": \"before\"}");
  cpt_test_money_pay (first, id, 700);
  cpt_test_till_settle (first);
  cpt_test_money_pay (second, id, 700);
  cpt_test_till_settle (second);
  cpt_test_money_assert (second, id, "1000 0");
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  CPT_TILL_WAIT_UNTIL (first, cpt_test_money_count_payments (shop, id) == 3);
  cpt_test_till_settle (first);
  cpt_test_money_assert (first, id, "1000 -700 to-refund");
  cpt_test_till_advance (second, CPT_MINUTE);
  cpt_test_money_assert (second, id, "1000 -700 to-refund");
  row = cpt_test_till_find (second, id);
  g_assert_cmpstr (row->notice_text, ==, "7.00 EUR");
  sleep_over (second);
  g_assert_true (is_today (second, id));

  cpt_test_till_mark (second, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (second, 5 * CPT_MINUTE);
  cpt_test_money_assert (second, id, "1000 -700");
}

/* As another till, or the site, does it. */
static void
change (CptTestTill *till, const char *id, const char *json)
{
  g_autofree char *order = g_strconcat ("/orders/", id, NULL);

  cpt_test_shop_do (till->shop, "PATCH", order, "%s", json);
  cpt_test_till_check (till);
}

static void
assert_no_refund (CptTestTill *till, const char *id, gint64 due)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  g_assert_cmpint (row->due.minor, ==, due);
  g_assert_cmpint (row->notice, !=, CPT_NOTICE_TO_REFUND);
}

/* Where something is left to pay, where what was paid is as before, and where nobody took anything
 * here, no two tills took the same money. */
static void
test_no_refund (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *parts = cpt_test_money_receive (shop, till);
  g_autofree char *cheaper = cpt_test_money_receive (shop, till);
  g_autofree char *theirs = cpt_test_money_receive (shop, till);
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, cheaper);
  JsonObject *item =
      json_array_get_object_element (json_object_get_array_member (order, "items"), 0);
  g_autofree char *deletion = g_strdup_printf ("{\"items\": [{\"id\": \"%s\", \"deleted\": true}]}",
                                               json_object_get_string_member (item, "id"));

  cpt_test_money_pay (till, parts, 200);
  cpt_test_money_pay (till, cheaper, 700);
  cpt_test_till_settle (till);
  change (till, parts, "{\"payments\": [{\"name\": \"Card\", \"amount\": \"3.00 EUR\"}]}");
  assert_no_refund (till, parts, 200);
  change (till, cheaper, deletion);
  assert_no_refund (till, cheaper, -400);
  change (till, theirs, "{\"payments\": [{\"name\": \"Card\", \"amount\": \"8.00 EUR\"}]}");
  assert_no_refund (till, theirs, -100);
}

/* HubRise has it, but shows its name to the connection that is gone only. */
static void
test_connected_anew (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_money_fail_patches (shop, "\"drop\": \"after\"");
  cpt_test_money_pay (till, id, 200);
  cpt_test_till_settle (till);
  g_assert_true (cpt_test_till_disconnect (till, NULL, NULL));
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  cpt_test_till_connect (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  row = cpt_test_till_find (till, id);
  g_assert_cmpint (row->outbox, ==, CPT_SEND_REFUSED);
}

/* Ours was taken too where its reply was lost. */
static void
test_refund_after_lost_reply (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_money_receive (shop, till);

  cpt_test_money_fail_patches (shop, "\"drop\": \"after\"");
  cpt_test_money_pay (till, id, 700);
  cpt_test_till_settle (till);
  change (till, id, "{\"payments\": [{\"name\": \"Card\", \"amount\": \"7.00 EUR\"}]}");
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_money_assert (till, id, "1000 -700 to-refund");
}

/* --- Orders of this till --- */

static gint64
place_unpaid (CptTestTill *till, const char *which)
{
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  g_autoptr (GError) error = NULL;
  gint64 row = 0;

  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                         "till-orders", which);
  g_ptr_array_set_size (order->payments, 0);
  row = cpt_test_till_place (till, order, &error);
  g_assert_no_error (error);
  return row;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_engine_act_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

static void
pay_row (CptTestTill *till, gint64 row, gint64 minor)
{
  gboolean done = FALSE;

  cpt_engine_add_payment_async (till->engine, row, "Cash", "CASH", cpt_money (minor, "EUR"),
                                acted_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, done);
}

/* HubRise does not have the order yet: its payment waits for it, and goes once. */
static void
test_till_order (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrderRow) here = NULL, there = NULL;
  gint64 row = 0;

  cpt_test_shop_set_offline (shop, TRUE);
  row = place_unpaid (till, "all");
  pay_row (till, row, 4000);
  here = cpt_test_till_load_row (till, row);
  g_assert_null (here->id);
  g_assert_cmpint (here->due.minor, ==, 270);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  there = cpt_test_till_load_row (till, row);
  g_assert_nonnull (there->id);
  g_assert_cmpint (there->due.minor, ==, 270);
  g_assert_cmpint (there->outbox, ==, CPT_SEND_NOTHING);
  g_assert_cmpuint (cpt_test_money_count_payments (shop, there->id), ==, 1);
}

/* HubRise will never have it: the money is taken here, and nothing is sent. */
static void
test_till_order_stays (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  gint64 row = place_unpaid (till, "never");
  g_autoptr (CptOrderRow) paid = NULL;

  pay_row (till, row, 4270);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  paid = cpt_test_till_load_row (till, row);
  g_assert_null (paid->id);
  g_assert_cmpint (paid->due.minor, ==, 0);
  g_assert_cmpint (paid->paid, ==, CPT_PAID_FULLY);
  g_assert_cmpint (paid->outbox, ==, CPT_SEND_NOTHING);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/location/orders"), ==, 0);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/pay/rest", test_rest);
  g_test_add_func ("/sync/pay/not-allowed", test_not_allowed);
  cpt_test_money_add_faults ("/sync/pay/fault/", test_fault);
  g_test_add_func ("/sync/pay/late", test_late);
  g_test_add_func ("/sync/pay/false-clock", test_false_clock);
  g_test_add_func ("/sync/pay/refused", test_refused);
  g_test_add_func ("/sync/pay/retry", test_retry);
  g_test_add_func ("/sync/pay/ended", test_ended);
  g_test_add_func ("/sync/pay/second-press", test_second_press);
  g_test_add_func ("/sync/pay/second-takes-too-much", test_second_takes_too_much);
  g_test_add_func ("/sync/pay/no-refund", test_no_refund);
  g_test_add_func ("/sync/pay/connected-anew", test_connected_anew);
  g_test_add_func ("/sync/pay/refund-after-lost-reply", test_refund_after_lost_reply);
  g_test_add_data_func ("/sync/pay/both", NULL, test_both);
  g_test_add_data_func ("/sync/pay/both-unheard", GINT_TO_POINTER (1), test_both);
  g_test_add_func ("/sync/pay/till-order", test_till_order);
  g_test_add_func ("/sync/pay/till-order/stays", test_till_order_stays);
  return g_test_run ();
}
