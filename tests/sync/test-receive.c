/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders coming in: at the next check in the database and `received` on HubRise, acknowledged only
 * when they are on disk, never twice. Main thread only. */
#include <sqlite3.h>

#include "cpt-test-till.h"

#define EVENT "/callback/events/[^/]+"

static void
test_injected (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = NULL;

  cpt_test_shop_set_mark (shop);
  id = cpt_test_till_receive (till);
  g_assert_cmpuint (cpt_test_shop_count_status (shop, id, "received"), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", "/location/orders/.*"), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 0);
  g_assert_cmpuint (till->alerts[CPT_ALERT_NEW_ORDER], ==, 1);
}

/* The check comes at the interval of the settings, not before. */
static void
test_interval (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  gint64 began = cpt_engine_get_next_check (till->engine) - 30 * CPT_SECOND;
  gint64 now = cpt_clock_monotonic (CPT_CLOCK (till->clock));

  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, began + 29999 - now);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*"), ==, 0);
  cpt_test_till_advance (till, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback/events"), ==, 1);
  cpt_engine_check_now (till->engine);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback/events"), ==, 1);
  cpt_test_till_advance (till, 2000);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback/events"), ==, 2);
}

static void
test_received_off (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = NULL;

  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "send-received", FALSE);
  id = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "new new");
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
}

/* A list that never ends is left, and what it brought is taken. */
static void
test_endless_list (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/v1/callback/events\", \"times\": 0,"
                    " \"status\": 200, \"headers\": {\"X-Cursor-Next\": \"round\"},"
                    " \"body\": [{\"id\": \"e1\", \"resource_type\": \"order\","
                    " \"event_type\": \"create\", \"order_id\": \"%s\"}]}",
                    id);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback/events"), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count_status (shop, id, "received"), ==, 1);
}

/* Nor does the first list go round. */
static void
test_endless_first_list (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/v1/location/orders\", \"times\": 0,"
                    " \"status\": 200, \"headers\": {\"X-Cursor-Next\": \"round\"}, \"body\": []}");
  cpt_test_shop_set_mark (shop);
  till = cpt_test_till_new_connected (shop);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 2);
}

/* What came with the first list is shown, and is not an event. */
static void
test_first_list (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *old = cpt_test_shop_inject (shop, "{\"expected_time\": null}");
  g_autofree char *fresh = NULL;
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "POST", "/orders", "{\"expected_time\": null, \"count\": 120}");
  cpt_test_shop_do (shop, "POST", "/clock", "{\"advance\": 50400}");
  fresh = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_set_mark (shop);
  till = cpt_test_till_new_connected (shop);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_status (shop, fresh, "received") == 1);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, fresh, "received received");
  cpt_test_till_assert_row (till, old, "new new");
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 1);
  cpt_test_till_advance (till, 90 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/location/orders"), ==, 2);
}

/* Many orders that want a word at once: each gets it, once. */
static void
test_many_received (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "POST", "/orders", "{\"generate\": true, \"count\": 40}");
  cpt_test_shop_set_mark (shop);
  till = cpt_test_till_new_connected (shop);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count (shop, "PATCH", ".*") >= 40);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 40);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 40);
}

/* --- On disk before it is acknowledged --- */

/* What a program that knows nothing of this one finds in the file. */
static char *
read_from_outside (CptTestTill *till, const char *id)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *script = g_strdup_printf (
      "import sqlite3, sys\n"
      "db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)\n"
      "print(db.execute('SELECT count(*) FROM orders WHERE id = ?', [sys.argv[2]]).fetchone()[0])");
  const char *argv[] = { "python3", "-c", script, path, id, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  return g_strdup (g_strstrip (out));
}

static void
test_on_disk_before_delete (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autofree char *before = read_from_outside (till, id);
  g_autofree char *during = NULL;

  g_assert_cmpstr (before, ==, "0");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"DELETE\", \"path\": \"/callback/events/*\","
                    " \"hold\": \"before\"}");
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count_all (shop, "DELETE", EVENT, NULL, "arrived"), ==, 1);
  during = read_from_outside (till, id);
  g_assert_cmpstr (during, ==, "1");
  cpt_test_shop_do (shop, "POST", "/release", "{}");
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count_all (shop, "DELETE", EVENT, NULL, "answered"), ==, 1);
}

/* An event that stays is seen again with every check, and the order is read once. */
static void
test_delete_lost (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"DELETE\", \"path\": \"/callback/events/*\","
                    " \"status\": 500, \"times\": 2}");
  cpt_test_shop_set_mark (shop);
  id = cpt_test_till_receive (till);
  path = g_strdup_printf ("/location/orders/%s", id);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 1);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", path), ==, 0);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 2);
  cpt_test_till_assert_row (till, id, "received received");
}

/* Several events of one order: one reading, every event acknowledged. */
static void
test_grouped (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autofree char *path = g_strdup_printf ("/location/orders/%s", id);

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *order = g_strconcat ("/orders/", id, NULL);

      cpt_test_shop_do (shop, "PATCH", order, "{\"customer_notes\": \"Note %d\"}", i);
    }
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "received received");
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 1);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 5);
}

/* An event that names an order HubRise does not give is acknowledged all the same. */
static void
test_order_not_found (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autofree char *next = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/location/orders/%s\", \"status\": 404,"
                    " \"times\": 0}",
                    id);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 1);
  cpt_test_till_assert_row (till, id, "-");
  next = cpt_test_till_receive (till);
}

/* Until it is acknowledged it is listed again: that is no news, and no second reading. */
static void
test_acknowledging_takes_long (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autofree char *path = g_strdup_printf ("/location/orders/%s", id);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/location/orders/%s\", \"status\": 404,"
                    " \"times\": 0}",
                    id);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"DELETE\", \"path\": \"/callback/events/*\","
                    " \"hold\": \"before\"}");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2 * CPT_SECOND);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", "/callback/events"), ==, 2);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 1);
  cpt_test_shop_release (shop);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 1);
}

static char *
dup_reason (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return row != NULL ? g_strdup (row->raw_reason) : NULL;
}

static void
refuse_readings (CptTestShop *shop, const char *id)
{
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/location/orders/%s\", \"status\": 403,"
                    " \"body\": {\"message\": \"Not for you\"}, \"times\": 0}",
                    id);
}

/* One that HubRise refuses to show is told with its reason, acknowledged, and read when it can be;
 * what was known of an order stays. */
static void
test_order_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *known = cpt_test_till_receive (till);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autofree char *order = g_strconcat ("/orders/", known, NULL);
  g_autofree char *reason = NULL, *reason_of_known = NULL, *none = NULL;
  g_autoptr (CptOrderRow) row = NULL;

  refuse_readings (shop, id);
  refuse_readings (shop, known);
  cpt_test_shop_do (shop, "PATCH", order, "{\"collection_code\": \"77\"}");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 2);
  reason = dup_reason (till, id);
  g_assert_cmpstr (reason, ==, "Not for you");
  reason_of_known = dup_reason (till, known);
  g_assert_cmpstr (reason_of_known, ==, "Not for you");
  row = cpt_test_till_find (till, known);
  g_assert_cmpstr (row->items, !=, "");

  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_do (shop, "PATCH", order, "{\"collection_code\": \"78\"}");
  cpt_test_till_check (till);
  none = dup_reason (till, known);
  g_assert_null (none);
}

static gboolean
is_late (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return row->late;
}

/* What came while the line was down or the program closed is told to be late, what comes when it is
 * back is not, nor what a till that asks seldom finds. */
static void
test_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *before = cpt_test_till_receive (till);
  g_autofree char *away = NULL, *back = NULL, *closed = NULL, *seldom = NULL;

  g_assert_false (is_late (till, before));
  cpt_test_shop_set_offline (shop, TRUE);
  away = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  back = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_true (is_late (till, away));
  g_assert_false (is_late (till, back));

  cpt_test_till_close (till);
  closed = cpt_test_shop_inject (shop, NULL);
  cpt_test_shop_advance (shop, 5 * CPT_MINUTE);
  cpt_test_clock_advance (till->clock, 5 * CPT_MINUTE);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  g_assert_true (is_late (till, closed));

  g_settings_set_int (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                      "check-interval", 300);
  cpt_test_till_check (till);
  seldom = cpt_test_shop_inject (shop, NULL);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_false (is_late (till, seldom));
}

/* The place of the reading of @path among those of orders. */
static guint
place_of_reading (CptTestShop *shop, const char *path)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, "GET", "/location/orders/.*", i);

      g_assert_nonnull (entry);
      if (g_str_equal (json_object_get_string_member (entry, "path"), path))
        return i;
    }
}

static void
first_on_screen_cb (CptEngine *engine, GArray *rows, gint64 *first)
{
  if (*first == 0 && rows->len > 0)
    *first = g_array_index (rows, gint64, 0);
}

/* Three thousand events waited while the shop was closed: the order of now goes first. */
static void
test_backlog (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *live = NULL;
  g_autofree char *live_path = NULL;
  g_autoptr (CptOrderRow) row = NULL;
  gint64 first = 0;

  cpt_test_till_close (till);
  cpt_test_shop_do (shop, "POST", "/orders", "{\"generate\": true, \"count\": 3000}");
  cpt_test_shop_do (shop, "POST", "/clock", "{\"advance\": 36000}");
  cpt_test_clock_advance (till->clock, 36000 * CPT_SECOND);
  live = cpt_test_shop_inject (shop, NULL);
  live_path = g_strdup_printf ("/v1/location/orders/%s", live);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_open (till, NULL);
  g_signal_connect (till->engine, "orders-changed", G_CALLBACK (first_on_screen_cb), &first);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_status (shop, live, "received") == 1);

  row = cpt_test_till_find (till, live);
  g_assert_cmpint (row->row, ==, first);
  g_assert_cmpuint (place_of_reading (shop, live_path), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", EVENT), ==, 0);
}

static gint64
number_of (CptTestShop *shop, const char *method)
{
  g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, method, "/location/orders.*", 0);

  return json_object_get_int_member (entry, "n");
}

/* A page of the first list that HubRise wrote before our step and that comes after its reply is
 * older than what is known, although it was asked for later. */
static void
test_first_list_overtaken (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autofree char *id = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/location/orders\", \"status\": 500, \"times\": 0}");
  cpt_test_till_connect (till);
  id = cpt_test_till_receive (till);
  cpt_test_shop_do (shop, "DELETE", "/failures", NULL);
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"path\": \"*orders*\", \"hold\": \"before\"}");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/v1/location/orders\", \"hold\": \"after\"}");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_held (shop) == 1);
  cpt_engine_check_now (till->engine);
  cpt_test_till_advance (till, 2000);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_held (shop) == 2);
  cpt_test_shop_do (shop, "POST", "/release", "{\"n\": %" G_GINT64_FORMAT "}",
                    number_of (shop, "PATCH"));
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_status (shop, id, "accepted") == 1);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, "accepted accepted");
  cpt_test_shop_release (shop);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/receive/injected", test_injected);
  g_test_add_func ("/sync/receive/interval", test_interval);
  g_test_add_func ("/sync/receive/received-off", test_received_off);
  g_test_add_func ("/sync/receive/endless-list", test_endless_list);
  g_test_add_func ("/sync/receive/endless-first-list", test_endless_first_list);
  g_test_add_func ("/sync/receive/first-list", test_first_list);
  g_test_add_func ("/sync/receive/first-list-overtaken", test_first_list_overtaken);
  g_test_add_func ("/sync/receive/many-received", test_many_received);
  g_test_add_func ("/sync/receive/on-disk-before-delete", test_on_disk_before_delete);
  g_test_add_func ("/sync/receive/delete-lost", test_delete_lost);
  g_test_add_func ("/sync/receive/grouped", test_grouped);
  g_test_add_func ("/sync/receive/order-not-found", test_order_not_found);
  g_test_add_func ("/sync/receive/acknowledging-takes-long", test_acknowledging_takes_long);
  g_test_add_func ("/sync/receive/order-refused", test_order_refused);
  g_test_add_func ("/sync/receive/late", test_late);
  g_test_add_func ("/sync/receive/backlog", test_backlog);
  return g_test_run ();
}
