/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What wins when HubRise moved while a step waited: every row of the rule, with the customer and
 * with a second till as the other. Main thread only. */
#include "cpt-test-order.h"

/* Words between spaces: @before what both sides agree on first, step by step after "received";
 * @theirs what the other then sets; @ours the pressed step; @sent what we may send after that;
 * @row what the row shows, see cpt_test_till_describe(). */
typedef struct
{
  const char *name;
  const char *service;
  const char *before;
  const char *theirs;
  const char *ours;
  const char *sent;
  const char *row;
} Conflict;

static const Conflict conflicts[] = {
  /* (a) HubRise is at our step */
  { "accepted-already", "delivery", "", "accepted", "accepted", "", "accepted accepted" },
  { "rejected-already", "delivery", "", "rejected", "rejected", "", "rejected rejected" },
  { "cancelled-already", "delivery", "accepted", "cancelled", "cancelled", "",
    "cancelled cancelled" },
  { "completed-already", "delivery", "accepted in_preparation awaiting_shipment in_delivery",
    "completed", "completed", "", "completed completed" },
  /* (b) it is at an end state */
  { "accept-cancelled", "delivery", "", "cancelled", "accepted", "",
    "cancelled cancelled theirs-hold" },
  { "accept-rejected", "delivery", "", "rejected", "accepted", "",
    "rejected rejected theirs-hold" },
  { "accept-completed", "delivery", "", "completed", "accepted", "",
    "completed completed theirs-hold" },
  { "accept-delivery-failed", "delivery", "", "delivery_failed", "accepted", "",
    "delivery_failed delivery_failed theirs-hold" },
  { "reject-cancelled", "delivery", "", "cancelled", "rejected", "",
    "cancelled cancelled theirs-hold" },
  { "reject-completed", "delivery", "", "completed", "rejected", "",
    "completed completed theirs-hold" },
  { "cancel-completed", "delivery", "accepted", "completed", "cancelled", "",
    "completed completed theirs-hold" },
  { "cancel-rejected", "delivery", "accepted", "rejected", "cancelled", "",
    "rejected rejected theirs-hold" },
  { "fail-completed", "delivery", "accepted in_preparation awaiting_shipment in_delivery",
    "completed", "delivery_failed", "", "completed completed theirs-hold" },
  /* (c) our rejection, theirs accepted or later */
  { "reject-accepted", "delivery", "", "accepted", "rejected", "", "accepted accepted too-late" },
  { "reject-in-preparation", "delivery", "", "in_preparation", "rejected", "",
    "in_preparation in_preparation too-late" },
  { "reject-in-delivery", "delivery", "", "in_delivery", "rejected", "",
    "in_delivery in_delivery too-late" },
  /* (d) our cancelling and our failed delivery go */
  { "cancel-in-preparation", "delivery", "accepted", "in_preparation", "cancelled", "cancelled",
    "cancelled cancelled" },
  { "cancel-in-delivery", "delivery", "accepted", "in_delivery", "cancelled", "cancelled",
    "cancelled cancelled" },
  { "cancel-received", "delivery", "accepted", "received", "cancelled", "cancelled",
    "cancelled cancelled" },
  { "fail-awaiting-shipment", "delivery", "accepted in_preparation awaiting_shipment in_delivery",
    "awaiting_shipment", "delivery_failed", "delivery_failed", "delivery_failed delivery_failed" },
  /* (e) theirs is past ours; the two ready states are equally far */
  { "accept-in-preparation", "delivery", "", "in_preparation", "accepted", "",
    "in_preparation in_preparation elsewhere" },
  { "accept-in-delivery", "delivery", "", "in_delivery", "accepted", "",
    "in_delivery in_delivery elsewhere" },
  { "prepare-awaiting", "collection", "accepted", "awaiting_collection", "in_preparation", "",
    "awaiting_collection awaiting_collection elsewhere" },
  { "collect-shipment", "collection", "accepted in_preparation", "awaiting_shipment",
    "awaiting_collection", "awaiting_collection", "awaiting_collection awaiting_collection" },
  { "ship-collection", "delivery", "accepted in_preparation", "awaiting_collection",
    "awaiting_shipment", "awaiting_shipment", "awaiting_shipment awaiting_shipment" },
  /* (f) theirs is before ours */
  { "accept-new", "delivery", "", "new", "accepted", "accepted", "accepted accepted" },
  { "prepare-received", "delivery", "accepted", "received", "in_preparation", "in_preparation",
    "in_preparation in_preparation" },
  { "reject-new", "delivery", "", "new", "rejected", "rejected", "rejected rejected" },
};

/* A second till of the same program: the connection "c2". */
static void
connect_second_till (CptTestShop *shop)
{
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (shop, "POST", "/code", "{\"device_id\": \"second\"}");
  const char *code = json_object_get_string_member (json_node_get_object (answer), "code");
  g_autofree char *address = g_strconcat (shop->oauth_url, "/token", NULL);
  g_autoptr (SoupMessage) message =
      soup_message_new_from_encoded_form ("POST", address,
                                          soup_form_encode ("code", code, "client_id",
                                                            shop->client_id, "client_secret",
                                                            shop->client_secret, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (shop->session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

static void
press_all (CptTestTill *till, const char *id, const char *statuses)
{
  g_auto (GStrv) words = g_strsplit (statuses, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      cpt_test_till_press (till, id, cpt_order_status_parse (*word));
      cpt_test_till_settle (till);
    }
}

static gboolean
history_has (CptTestTill *till, const char *id, const char *what)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);
  g_autoptr (CptOrderDetails) details = cpt_test_till_load_details (till, row->row);

  for (guint i = 0; i < details->history->len; i++)
    if (g_str_equal (((CptHistoryEntry *)details->history->pdata[i])->what, what))
      return TRUE;
  return FALSE;
}

/* @other: (nullable): the connection that is the other, else the customer */
static void
run (const Conflict *conflict, CptTestShop *shop, CptTestTill *till, const char *other)
{
  g_autofree char *id =
      cpt_test_shop_inject (shop, "{\"generate\": true, \"service_type\": \"%s\"}",
                            conflict->service);
  g_autofree char *sent = NULL;
  CptOrderStatus ours = cpt_order_status_parse (conflict->ours);

  cpt_test_till_check (till);
  press_all (till, id, conflict->before);
  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_status (shop, id, conflict->theirs, other);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_press (till, id, ours);
  if (cpt_order_status_is_held (ours))
    cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  cpt_test_till_settle (till);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, conflict->sent);
  cpt_test_till_assert_row (till, id, conflict->row);
  g_assert_cmpint (history_has (till, id, "elsewhere"), ==,
                   g_str_has_suffix (conflict->row, " elsewhere"));
  /* The event of their change comes with the next check and changes nothing of that. */
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, conflict->row);
  g_clear_pointer (&sent, g_free);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, conflict->sent);
}

static void
test_conflict (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  connect_second_till (shop);
  run (data, shop, till, NULL);
  run (data, shop, till, "c2");
}

/* Their rejection dropped ours; Cancel is offered then, and goes. */
static void
test_cancel_after_too_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_status (shop, id, "accepted", NULL);
  cpt_test_till_press (till, id, CPT_ORDER_REJECTED);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  row = cpt_test_till_find (till, id);
  g_assert_true (cpt_order_status_allows (row->status, CPT_ORDER_CANCELLED, row->service_type));
  cpt_test_till_mark (till, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  cpt_test_till_assert_row (till, id, "accepted accepted");
  cpt_test_till_press (till, id, CPT_ORDER_CANCELLED);
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  cpt_test_till_assert_row (till, id, "cancelled cancelled");
  g_assert_cmpuint (cpt_test_shop_count_status (shop, id, "cancelled"), ==, 1);
}

/* A word nobody knows is before ours. */
static void
test_unknown_word (gconstpointer as)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *order = g_strconcat ("/orders/", id, as, NULL);
  g_autofree char *sent = NULL;

  connect_second_till (shop);
  cpt_test_till_advance (till, 2001);
  cpt_test_shop_do (shop, "PATCH", order,
                    "{\"verbatim\": {\"id\": \"%s\", \"status\": \"on_the_moon\"}}", id);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, "accepted");
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

/* All of a row of unsent steps goes with the first that cannot hold. */
static void
test_drops_the_rest (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  press_all (till, id, "accepted in_preparation");
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_assert_row (till, id, "cancelled cancelled theirs-hold");
}

/* Steps in the middle that were done elsewhere are not sent, those behind them are. */
static void
test_goes_on_behind (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autofree char *sent = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  press_all (till, id, "accepted in_preparation");
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_status (shop, id, "accepted", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  sent = cpt_test_shop_dup_sent (shop, id);
  g_assert_cmpstr (sent, ==, "in_preparation");
}

/* A customer cancels what was accepted: told until seen. */
static void
test_cancelled_by_customer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (GError) error = NULL;

  press_all (till, id, "accepted");
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "cancelled cancelled cancelled");
  g_assert_cmpuint (till->alerts[CPT_ALERT_CANCELLED], ==, 1);
  cpt_test_till_restart (till);
  cpt_test_till_assert_row (till, id, "cancelled cancelled cancelled");
  cpt_test_till_mark (till, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  cpt_test_till_assert_row (till, id, "cancelled cancelled");
}

/* What another till did before this one had said that it has it: finished is no cancellation, what
 * the customer cancelled is one, and of an acceptance nobody need be told. */
static void
test_before_received (gconstpointer data)
{
  const char *expected = data;
  g_auto (GStrv) words = g_strsplit (expected, " ", -1);
  gboolean cancelled = g_str_equal (words[0], "cancelled");
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
  g_autofree char *id = NULL;

  g_settings_set_boolean (settings, "sending", FALSE);
  id = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_check (till);
  cpt_test_shop_set_status (shop, id, "accepted", NULL);
  if (!g_str_equal (words[0], "accepted"))
    cpt_test_shop_set_status (shop, id, words[0], NULL);
  cpt_test_till_advance (till, 3000);
  g_settings_set_boolean (settings, "sending", TRUE);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, expected);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, expected);
  g_assert_cmpuint (till->alerts[CPT_ALERT_CANCELLED], ==, cancelled);
}

/* Cancelled here and there: what was pressed before it goes with it, and nobody is told. */
static void
test_both_cancel (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  press_all (till, id, "accepted cancelled");
  cpt_test_till_advance (till, CPT_STEP_HOLD_MS);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_assert_row (till, id, "cancelled cancelled");
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (conflicts); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/conflict/", conflicts[i].name, NULL);

      g_test_add_data_func (name, &conflicts[i], test_conflict);
    }
  g_test_add_func ("/sync/conflict/cancel-after-too-late", test_cancel_after_too_late);
  g_test_add_data_func ("/sync/conflict/unknown-word/customer", NULL, test_unknown_word);
  g_test_add_data_func ("/sync/conflict/unknown-word/second-till", "?as=c2", test_unknown_word);
  g_test_add_func ("/sync/conflict/drops-the-rest", test_drops_the_rest);
  g_test_add_func ("/sync/conflict/goes-on-behind", test_goes_on_behind);
  g_test_add_func ("/sync/conflict/both-cancel", test_both_cancel);
  g_test_add_data_func ("/sync/conflict/before-received/completed", "completed completed elsewhere",
                        test_before_received);
  g_test_add_data_func ("/sync/conflict/before-received/cancelled", "cancelled cancelled cancelled",
                        test_before_received);
  g_test_add_data_func ("/sync/conflict/before-received/accepted", "accepted accepted",
                        test_before_received);
  g_test_add_func ("/sync/conflict/cancelled-by-customer", test_cancelled_by_customer);
  return g_test_run ();
}
