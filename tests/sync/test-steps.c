/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person presses, as HubRise sees it: which requests, when, and their literal bodies. Main
 * thread only. */
#include "cpt-test-order.h"

static char *
order_path (const char *id)
{
  return g_strdup_printf ("/location/orders/%s", id);
}

/* The text of the only PATCH of the order since the mark. */
static char *
only_patch (CptTestShop *shop, const char *id)
{
  g_autofree char *path = order_path (id);
  g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, "PATCH", path, 0);

  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", path), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 1);
  return g_strdup (json_object_get_string_member (entry, "body_text"));
}

/* --- Accept --- */

/* The instant in Paris, written by another hand than the program's. */
static char *
paris (CptTime time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (there, "%Y-%m-%dT%H:%M:%S%:z");
}

static void
accept_at (const char *set, const char *offset)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *body = NULL;
  g_autofree char *time = NULL;
  g_autofree char *expected = NULL;
  CptTime shown;

  cpt_test_shop_do (shop, "POST", "/clock", "{\"set\": \"%s\", \"freeze\": true}", set);
  till = cpt_test_till_new_connected (shop);
  id = cpt_test_till_receive (till);
  path = order_path (id);
  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_mark (shop);
  shown = cpt_engine_get_accept_time (till->engine, CPT_TIME_NONE);
  g_assert_cmpint (shown, >, cpt_clock_now (CPT_CLOCK (till->clock)));
  cpt_test_till_press_with (till, id, CPT_ORDER_ACCEPTED, shown, NULL, NULL, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);

  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 1);
  body = only_patch (shop, id);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*"), ==, 2);
  time = paris (shown);
  g_assert_true (g_str_has_suffix (time, offset));
  expected = g_strdup_printf ("{\"status\":\"accepted\",\"confirmed_time\":\"%s\"}", time);
  g_assert_cmpstr (body, ==, expected);
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

static void
test_accept_in_winter (void)
{
  accept_at ("2026-01-15T19:02:03+01:00", "+01:00");
}

static void
test_accept_in_summer (void)
{
  accept_at ("2026-07-15T19:02:03+02:00", "+02:00");
}

/* The order was read a moment ago: no reading before the PATCH. */
static void
test_accept_fresh (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *path = order_path (id);
  g_autofree char *body = NULL;

  cpt_test_till_advance (till, 1999);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 0);
  body = only_patch (shop, id);
}

/* The whole way of an order, a step after the other. */
static void
test_whole_path (void)
{
  static const CptOrderStatus steps[] = { CPT_ORDER_ACCEPTED, CPT_ORDER_IN_PREPARATION,
                                          CPT_ORDER_AWAITING_SHIPMENT, CPT_ORDER_IN_DELIVERY,
                                          CPT_ORDER_COMPLETED };
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id =
      cpt_test_shop_inject (shop, "{\"generate\": true, \"service_type\": \"delivery\"}");
  g_autofree char *sent = NULL;

  cpt_test_till_check (till);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      cpt_test_till_press (till, id, steps[i]);
      cpt_test_till_settle (till);
    }
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==,
                   "received accepted in_preparation awaiting_shipment in_delivery completed");
  cpt_test_till_assert_row (till, id, "completed completed");
}

/* What the status does not offer is refused here, and nothing is sent. */
static void
test_not_allowed (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (GError) error = NULL;

  cpt_test_shop_set_mark (shop);
  g_assert_false (
      cpt_test_till_press_with (till, id, CPT_ORDER_COMPLETED, CPT_TIME_NONE, NULL, NULL, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*"), ==, 0);
}

/* --- Reject, Cancel --- */

static void
reject (CptTestTill *till, const char *id)
{
  g_autoptr (GError) error = NULL;

  cpt_test_till_press_with (till, id, CPT_ORDER_REJECTED, CPT_TIME_NONE,
                            "Nous sommes complets ce soir", "Too busy", &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
}

static void
test_reject (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *body = NULL;

  cpt_test_shop_set_mark (shop);
  reject (till, id);
  cpt_test_till_assert_row (till, id, "rejected received held");
  cpt_test_till_advance (till, 4999);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_advance (till, 1);
  body = only_patch (shop, id);
  g_assert_cmpstr (body, ==,
                   "{\"status\":\"rejected\",\"seller_notes\":\"Nous sommes complets ce soir\","
                   "\"custom_fields\":{\"epos\":{\"rejection\":{\"cause\":\"Too busy\"}}}}");
  cpt_test_till_assert_row (till, id, "rejected rejected");
  cpt_test_till_advance (till, CPT_HOUR);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 1);
}

static void
test_reject_undone (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (GError) error = NULL;

  cpt_test_shop_set_mark (shop);
  reject (till, id);
  cpt_test_till_advance (till, 4999);
  cpt_test_till_act (till, id, cpt_engine_undo_async, &error);
  g_assert_no_error (error);
  cpt_test_till_assert_row (till, id, "received received");
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_assert_row (till, id, "received received");
}

/* Undo after the hold: too late, and said so. */
static void
test_undo_too_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_shop_do (
      shop, "POST", "/failures",
      "{\"method\": \"PATCH\", \"path\": \"/location/orders/*\", \"hold\": \"before\"}");
  cpt_test_shop_set_mark (shop);
  reject (till, id);
  cpt_test_till_advance (till, 5000);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 1);
  g_assert_false (cpt_test_till_act (till, id, cpt_engine_undo_async, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  cpt_test_shop_do (shop, "POST", "/release", "{}");
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, "rejected rejected");
}

/* Quitting ends the hold: it is sent at the next start, at once. */
static void
test_hold_over_at_quit (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *body = NULL;

  cpt_test_shop_set_mark (shop);
  reject (till, id);
  cpt_test_till_restart (till);
  body = only_patch (shop, id);
  cpt_test_till_assert_row (till, id, "rejected rejected");
}

/* What is in the order's notes and custom fields stays. */
static void
test_reject_keeps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (
      shop, "{\"generate\": true, \"seller_notes\": \"Sonnez\", \"custom_fields\":"
            " {\"restaurant\": {\"table_name\": \"7\"}, \"epos\": {\"order_id\": \"12\"}}}");
  g_autoptr (JsonObject) order = NULL;
  JsonObject *fields;

  cpt_test_till_check (till);
  reject (till, id);
  cpt_test_till_advance (till, 5000);
  order = cpt_test_shop_get_order (shop, id);
  g_assert_cmpstr (json_object_get_string_member (order, "seller_notes"), ==,
                   "Sonnez\nNous sommes complets ce soir");
  fields = json_object_get_object_member (order, "custom_fields");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (fields,
                                                                                 "restaurant"),
                                                  "table_name"),
                   ==, "7");
  fields = json_object_get_object_member (fields, "epos");
  g_assert_cmpstr (json_object_get_string_member (fields, "order_id"), ==, "12");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (fields, "rejection"), "cause"),
      ==, "Too busy");
}

static void
test_cancel (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_press_with (till, id, CPT_ORDER_CANCELLED, CPT_TIME_NONE, "Four en panne",
                            "Too busy", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 4999);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_advance (till, 1);
  body = only_patch (shop, id);
  g_assert_cmpstr (body, ==, "{\"status\":\"cancelled\",\"seller_notes\":\"Four en panne\"}");
}

/* Rejecting replaces what was not sent yet. */
static void
test_cancel_replaces_the_rest (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *sent = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_settle (till);
  cpt_test_till_press (till, id, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (till, 5000);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, "cancelled");
  cpt_test_till_assert_row (till, id, "cancelled cancelled");
}

/* --- Offline --- */

static void
test_offline_steps (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *sent = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_OFFLINE);
  cpt_test_till_assert_row (till, id, "in_preparation received waiting");
  /* Three checks in 30 s each and the pauses between; five minutes later once more, then no more.
   */
  cpt_test_till_advance (till, 4 * CPT_MINUTE);
  g_assert_cmpuint (till->alerts[CPT_ALERT_CONNECTION_LOST], ==, 1);
  cpt_test_till_advance (till, 6 * CPT_MINUTE);
  g_assert_cmpuint (till->alerts[CPT_ALERT_CONNECTION_LOST], ==, 2);
  cpt_test_till_advance (till, 20 * CPT_MINUTE);
  g_assert_cmpuint (till->alerts[CPT_ALERT_CONNECTION_LOST], ==, 2);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, "accepted in_preparation");
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
}

static CptTime
deadline_of (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return cpt_engine_get_deadline (till->engine, row);
}

static void
advance_to (CptTestTill *till, CptTime time)
{
  cpt_test_till_advance (till, time - cpt_clock_now (CPT_CLOCK (till->clock)));
}

static guint
not_confirmed (CptTestTill *till)
{
  return till->alerts[CPT_ALERT_NOT_CONFIRMED];
}

/* @id accepted for an hour from now. */
static CptTime
accept_in_an_hour (CptTestTill *till, const char *id)
{
  g_autoptr (GError) error = NULL;
  CptTime now = cpt_clock_now (CPT_CLOCK (till->clock));
  CptTime promised = now / CPT_SECOND * CPT_SECOND + CPT_HOUR;

  cpt_test_till_press_with (till, id, CPT_ORDER_ACCEPTED, promised, NULL, NULL, &error);
  g_assert_no_error (error);
  return promised;
}

/* @here: whether it is this till's word only. */
static void
assert_promised (CptTestTill *till, const char *id, CptTime promised, gboolean here)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);
  g_autoptr (CptOrderDetails) details = cpt_test_till_load_details (till, row->row);

  g_assert_cmpint (cpt_order_row_get_promised (row), ==, promised);
  g_assert_cmpint (details->row->promised_time, ==, here ? promised : CPT_TIME_NONE);
  g_assert_cmpint (details->order->confirmed_time, ==, here ? CPT_TIME_NONE : promised);
}

/* Nothing is sent, `received` neither: what was promised shows all the same, and past the deadline
 * somebody is told, once, and once more by a till that was started again. */
static void
test_accept_unsent (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  g_autofree char *id = NULL;
  CptTime promised = CPT_TIME_NONE, deadline = CPT_TIME_NONE;

  g_settings_set_boolean (settings, "sending", FALSE);
  id = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_check (till);
  promised = accept_in_an_hour (till, id);
  assert_promised (till, id, promised, TRUE);
  deadline = deadline_of (till, id);
  advance_to (till, deadline - 1);
  g_assert_cmpuint (not_confirmed (till), ==, 0);
  advance_to (till, deadline);
  g_assert_cmpuint (not_confirmed (till), ==, 1);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (not_confirmed (till), ==, 1);

  cpt_test_till_restart (till);
  g_assert_cmpuint (not_confirmed (till), ==, 2);
  settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, "in_preparation in_preparation");
  assert_promised (till, id, promised, FALSE);
}

/* Past its deadline and accepted anyway: what leaves at once alarms nobody, what HubRise refuses
 * does. */
static void
test_accept_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *sent = cpt_test_till_receive (till);
  g_autofree char *refused = cpt_test_till_receive (till);

  advance_to (till, deadline_of (till, refused) + CPT_SECOND);
  accept_in_an_hour (till, sent);
  cpt_test_till_settle (till);
  cpt_test_till_advance (till, CPT_MINUTE / 2);
  g_assert_cmpuint (not_confirmed (till), ==, 0);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"status\": 422, \"times\": 0}");
  accept_in_an_hour (till, refused);
  cpt_test_till_settle (till);
  assert_promised (till, refused, CPT_TIME_NONE, FALSE);
  cpt_test_till_advance (till, CPT_MINUTE / 2);
  g_assert_cmpuint (not_confirmed (till), ==, 1);
}

/* The PC's clock is set back by an hour: what was pressed before does not wait for it. */
static void
set_back (CptOrderStatus to, const char *word)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  CptClock *clock = CPT_CLOCK (till->clock);

  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_press (till, id, to);
  cpt_test_till_advance (till, CPT_SECOND);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (clock) - CPT_HOUR);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count_status (shop, id, word), ==, 1);
}

static void
test_clock_set_back (void)
{
  set_back (CPT_ORDER_ACCEPTED, "accepted");
  set_back (CPT_ORDER_REJECTED, "rejected");
}

/* "Handled elsewhere": nothing is sent, it leaves Today. */
static void
test_handled_elsewhere (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) today = NULL;
  CptEngineCounts counts;

  cpt_engine_get_counts (till->engine, &counts);
  g_assert_cmpint (counts.ringing, ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_mark (till, id, cpt_engine_mark_elsewhere_async, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_engine_get_counts (till->engine, &counts);
  g_assert_cmpint (counts.ringing, ==, 0);
  g_assert_cmpint (counts.waiting, ==, 0);
  today = cpt_test_till_list (till, CPT_ORDER_TAB_TODAY);
  g_assert_cmpuint (today->len, ==, 0);
}

/* Waiting orders are read again every two minutes. */
static void
test_reread (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *path = order_path (id);

  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 4 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 2);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 4 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 0);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/steps/accept-in-winter", test_accept_in_winter);
  g_test_add_func ("/sync/steps/accept-in-summer", test_accept_in_summer);
  g_test_add_func ("/sync/steps/accept-fresh", test_accept_fresh);
  g_test_add_func ("/sync/steps/whole-path", test_whole_path);
  g_test_add_func ("/sync/steps/not-allowed", test_not_allowed);
  g_test_add_func ("/sync/steps/reject", test_reject);
  g_test_add_func ("/sync/steps/reject-undone", test_reject_undone);
  g_test_add_func ("/sync/steps/undo-too-late", test_undo_too_late);
  g_test_add_func ("/sync/steps/hold-over-at-quit", test_hold_over_at_quit);
  g_test_add_func ("/sync/steps/reject-keeps", test_reject_keeps);
  g_test_add_func ("/sync/steps/cancel", test_cancel);
  g_test_add_func ("/sync/steps/cancel-replaces-the-rest", test_cancel_replaces_the_rest);
  g_test_add_func ("/sync/steps/offline-steps", test_offline_steps);
  g_test_add_func ("/sync/steps/accept-unsent", test_accept_unsent);
  g_test_add_func ("/sync/steps/accept-late", test_accept_late);
  g_test_add_func ("/sync/steps/clock-set-back", test_clock_set_back);
  g_test_add_func ("/sync/steps/handled-elsewhere", test_handled_elsewhere);
  g_test_add_func ("/sync/steps/reread", test_reread);
  return g_test_run ();
}
