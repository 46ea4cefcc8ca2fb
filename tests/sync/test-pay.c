/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invoice and missing items: exactly one payment whatever happens to its request, two tills that
 * take the money at the same time, and an order of which something is missing. Main thread only. */
#include "cpt-test-host.h"
#include "cpt-test-order.h"
#include "cpt-test-till.h"

/* 10.00 in two items, 3.00 of it paid at the site. */
#define ORDER                                                                                      \
  "{\"status\": \"accepted\", \"service_type\": \"collection\", \"seller_notes\": \"Hello\","      \
  " \"items\": [{\"product_name\": \"Margherita\", \"sku_ref\": \"MARG-M\","                       \
  " \"price\": \"4.00 EUR\", \"quantity\": \"1\"}, {\"product_name\": \"Reine\","                  \
  " \"sku_ref\": \"REINE-M\", \"price\": \"6.00 EUR\", \"quantity\": \"1\"}],"                     \
  " \"payments\": [{\"name\": \"Site\", \"ref\": \"WEB\", \"amount\": \"3.00 EUR\"}]}"

static char *
receive (CptTestShop *shop, CptTestTill *till)
{
  char *id = cpt_test_shop_inject (shop, ORDER);

  cpt_test_till_check (till);
  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_mark (shop);
  return id;
}

static guint
count_payments (CptTestShop *shop, const char *id)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);
  guint n = json_array_get_length (json_object_get_array_member (order, "payments"));

  return n;
}

static guint
count_patches (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "PATCH", "/location/orders/.*");
}

static void
assert_money_at (CptTestTill *till, const char *id, const char *expected, const char *where)
{
  g_autofree char *shown = cpt_test_till_describe_money (till, id);
  g_autofree char *journal = NULL;

  if (g_str_equal (shown, expected))
    return;
  journal = cpt_test_shop_describe (till->shop);
  g_error ("%s: order %s shows “%s” instead of “%s”; journal:\n%s", where, id, shown, expected,
           journal);
}

#define assert_money(till, id, expected) assert_money_at (till, id, expected, G_STRLOC)

static void
pay (CptTestTill *till, const char *id, gint64 minor)
{
  g_autoptr (GError) error = NULL;

  cpt_test_till_pay (till, id, minor, &error);
  g_assert_no_error (error);
}

/* --- One till --- */

static void
test_rest (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *path = g_strconcat ("/location/orders/", id, NULL);

  assert_money (till, id, "1000 700");
  pay (till, id, 500);
  pay (till, id, 200);
  assert_money (till, id, "1000 0 waiting");
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 0");
  g_assert_cmpuint (count_payments (shop, id), ==, 3);
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
  g_autofree char *id = receive (shop, till);
  static const gint64 amounts[] = { 701, 0, -100 };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cpt_test_till_pay (till, id, amounts[i], &error));
      g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
    }
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 700");
  g_assert_cmpuint (count_patches (shop), ==, 0);
}

typedef struct
{
  const char *name;
  const char *rule; /* of the failure, without its match */
} Fault;

static const Fault faults[] = {
  { "dropped-before", "\"drop\": \"before\"" },
  { "dropped-after", "\"drop\": \"after\"" },
  { "cut-reply", "\"drop\": \"mid\"" },
  { "status-408", "\"status\": 408" },
  { "status-409-processed", "\"status\": 409, \"process\": true" },
  { "status-500-processed", "\"status\": 500, \"process\": true" },
  { "status-503", "\"status\": 503" },
  { "unreadable", "\"status\": 200, \"body\": \"<html>\", \"process\": true" },
};

static void
fail_patches (CptTestShop *shop, const char *rule)
{
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"path\": \"/location/orders/*\", %s}", rule);
}

/* No look-up before the minute is over, no second PATCH before a look-up, one payment in the end.
 */
static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *path = g_strconcat ("/location/orders/", id, NULL);

  fail_patches (shop, fault->rule);
  pay (till, id, 700);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 0 waiting");
  g_assert_cmpuint (count_patches (shop), ==, 1);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, CPT_OUTBOX_LOST_MS - 1000);
  g_assert_cmpuint (cpt_test_shop_count (shop, "GET", path), ==, 0);
  g_assert_cmpuint (count_patches (shop), ==, 0);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  assert_money (till, id, "1000 0");
}

/* The client gives up after 30 s; the server processes it 30 s after that. */
static void
pay_late (CptTestShop *shop, CptTestTill *till, const char *id)
{
  fail_patches (shop, "\"late_s\": 60");
  pay (till, id, 700);
  CPT_TILL_WAIT_UNTIL (till, count_patches (shop) == 1);
  cpt_test_shop_advance (shop, 31 * CPT_SECOND);
  cpt_test_clock_advance (till->clock, 31 * CPT_SECOND);
  CPT_TILL_WAIT_UNTIL (till, cpt_engine_count_under_way (till->engine) == 0);
  g_assert_cmpuint (count_payments (shop, id), ==, 1);
}

static void
test_late (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);

  pay_late (shop, till, id);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (count_patches (shop), ==, 1);
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  assert_money (till, id, "1000 0");
}

/* The PC's clock is set forward by an hour meanwhile: the minute is over when it is over. */
static void
test_false_clock (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);

  pay_late (shop, till, id);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_HOUR);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (count_patches (shop), ==, 1);
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  assert_money (till, id, "1000 0");
}

/* Refused: kept with its reason, holds nothing else back, tried again, given up. */
static void
test_refused (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autoptr (GError) error = NULL;

  fail_patches (shop, "\"status\": 422, \"times\": 2, \"body_contains\": \"7.00\"");
  pay (till, id, 700);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 700 refused reason");
  cpt_test_till_assert_row (till, id, "in_preparation in_preparation");
  pay (till, id, 300);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 400 refused reason");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);

  /* Now more than is left. */
  cpt_test_till_act_on_entry (till, id, cpt_engine_retry_entry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 400 refused reason");
  cpt_test_till_act_on_entry (till, id, cpt_engine_give_up_entry_async, &error);
  g_assert_no_error (error);
  assert_money (till, id, "1000 400");
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_money (till, id, "1000 400");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
}

/* Retry takes a payment that HubRise refused once. */
static void
test_retry (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autoptr (GError) error = NULL;

  fail_patches (shop, "\"status\": 422");
  pay (till, id, 700);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 700 refused reason");
  cpt_test_till_act_on_entry (till, id, cpt_engine_retry_entry_async, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 0");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
}

/* Cancelled meanwhile: money is not dropped without a word. */
static void
test_ended (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);

  cpt_test_shop_set_status (shop, id, "cancelled", NULL);
  pay (till, id, 700);
  cpt_test_till_settle (till);
  assert_money (till, id, "1000 700 refused cancelled reason");
  g_assert_cmpuint (count_patches (shop), ==, 0);
}

/* --- Two tills --- */

/* Another device of the same program. */
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
  g_autofree char *id = receive (shop, first);
  g_autoptr (GError) error = NULL;

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  pay (first, id, 700);
  cpt_test_till_settle (first);
  assert_money (first, id, "1000 0");
  pay (second, id, 700);
  cpt_test_till_settle (second);
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  g_assert_cmpuint (count_patches (shop), ==, 1);
  assert_money (second, id, "1000 0 already-paid");
  cpt_test_till_restart (second);
  assert_money (second, id, "1000 0 already-paid");
  cpt_test_till_mark (second, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  assert_money (second, id, "1000 0");
  cpt_test_till_advance (first, CPT_MINUTE);
  assert_money (first, id, "1000 0");
}

/* Only part of it was left when the second one pressed. */
static void
test_second_takes_too_much (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) first = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) second = connect_second (shop);
  g_autofree char *id = receive (shop, first);

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  pay (first, id, 400);
  cpt_test_till_settle (first);
  pay (second, id, 700);
  cpt_test_till_settle (second);
  assert_money (second, id, "1000 300 refused reason");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
}

/* Both read before either wrote. Whether a till hears of another one of the same program is not
 * documented. */
static void
test_both (gconstpointer own_is_program)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) first = cpt_test_till_new_connected (shop);
  g_autoptr (CptTestTill) second = connect_second (shop);
  g_autofree char *id = receive (shop, first);
  g_autoptr (GError) error = NULL;

  cpt_test_till_check (second);
  cpt_test_till_advance (second, 2001);
  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"own_is_program\": %s}",
                    own_is_program != NULL ? "true" : "false");
  cpt_test_shop_do (shop, "POST", "/failures", "{\"method\": \"PATCH\", \"hold\": \"before\"}");
  pay (first, id, 700);
  cpt_test_till_settle (first);
  pay (second, id, 700);
  cpt_test_till_settle (second);
  assert_money (second, id, "1000 0");
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  CPT_TILL_WAIT_UNTIL (first, count_payments (shop, id) == 3);
  cpt_test_till_settle (first);
  assert_money (first, id, "1000 -700 to-refund");
  cpt_test_till_advance (second, CPT_MINUTE);
  assert_money (second, id, "1000 -700 to-refund");

  cpt_test_till_mark (second, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  cpt_test_till_advance (second, 5 * CPT_MINUTE);
  assert_money (second, id, "1000 -700");
}

/* --- SIGKILL --- */

typedef struct
{
  const char *name;
  const char *rule;
  const char *stage; /* the PATCH was so far when the till was killed */
} Kill;

static const Kill kills[] = {
  { "arrived", "\"hold\": \"before\"", "arrived" },
  { "processed", "\"hold\": \"after\"", "processed" },
};

static guint
count_stage (CptTestShop *shop, const char *stage)
{
  return cpt_test_shop_count_all (shop, "PATCH", "/location/orders/.*", NULL, stage);
}

/* Killed with the request on its way, which the server goes on with: looked up, not repeated. */
static void
test_kill (gconstpointer data)
{
  const Kill *kill = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-pay-XXXXXX", &error);
  CptTestHost *host = cpt_test_host_new (shop, dir);
  g_autofree char *id = NULL;

  cpt_test_host_do (host, "connected", "connect %s", shop->code);
  id = cpt_test_shop_inject (shop, ORDER);
  cpt_test_host_do (host, "done", "check");
  cpt_test_host_do (host, "done", "advance 2001");
  cpt_test_shop_set_mark (shop);
  fail_patches (shop, kill->rule);
  cpt_test_host_do (host, "pressing", "pay %s 700", id);
  cpt_test_host_expect (host, "pressed");
  cpt_test_host_send (host, "settle");
  CPT_WAIT_UNTIL (count_stage (shop, kill->stage) == 1);
  cpt_test_host_kill (host);

  host = cpt_test_host_new (shop, dir);
  cpt_test_host_do (host, "done", "settle");
  cpt_test_host_do (host, "1000 0 waiting", "money %s", id);
  g_assert_cmpuint (count_patches (shop), ==, 1);
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  cpt_test_host_do (host, "done", "advance 120000");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  g_assert_cmpuint (count_patches (shop), ==, 1);
  cpt_test_host_do (host, "1000 0", "money %s", id);
  cpt_test_host_quit (host);
  cpt_test_remove_directory (dir);
}

/* Killed between the press and the request: sent once. */
static void
test_kill_after_press (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-pay-XXXXXX", &error);
  CptTestHost *host = cpt_test_host_new (shop, dir);
  g_autofree char *id = NULL;

  cpt_test_host_do (host, "connected", "connect %s", shop->code);
  id = cpt_test_shop_inject (shop, ORDER);
  cpt_test_host_do (host, "done", "check");
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_host_do (host, "pressing", "pay %s 700", id);
  cpt_test_host_expect (host, "pressed");
  cpt_test_host_kill (host);

  cpt_test_shop_set_offline (shop, FALSE);
  host = cpt_test_host_new (shop, dir);
  cpt_test_host_do (host, "done", "advance 120000");
  g_assert_cmpuint (count_payments (shop, id), ==, 2);
  cpt_test_host_do (host, "1000 0", "money %s", id);
  cpt_test_host_quit (host);
  cpt_test_remove_directory (dir);
}

/* --- Missing items --- */

static JsonObject *
get_item (JsonObject *order, guint at)
{
  return json_array_get_object_element (json_object_get_array_member (order, "items"), at);
}

static char *
dup_item_id (CptTestShop *shop, const char *id, guint at)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);
  char *item = g_strdup (json_object_get_string_member (get_item (order, at), "id"));

  return item;
}

static void
assert_missing_there (CptTestShop *shop, const char *id, guint at, const char *notes)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);

  g_assert_true (
      json_object_get_boolean_member_with_default (get_item (order, at), "deleted", FALSE));
  g_assert_cmpstr (json_object_get_string_member (order, "seller_notes"), ==, notes);
}

static const char *
find_stock (JsonNode *inventory, const char *ref)
{
  JsonArray *entries = json_node_get_array (inventory);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (entry, "sku_ref", ""), ref) == 0)
        return json_object_get_string_member (entry, "stock");
    }
  return NULL;
}

static void
assert_out_of_stock (CptTestShop *shop, const char *ref, gboolean out)
{
  g_autoptr (JsonNode) inventory = cpt_test_shop_control (shop, "GET", "/inventory", NULL);

  g_assert_cmpstr (find_stock (inventory, ref), ==, out ? "0" : NULL);
}

/* Total, due, stock and notes agree on both sides. */
static void
test_missing (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autofree char *other = dup_item_id (shop, id, 1);
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_miss (till, id, item, "Sorry: no Margherita", &error);
  g_assert_no_error (error);
  assert_money (till, id, "600 300 waiting");
  row = cpt_test_till_find (till, id);
  g_assert_cmpstr (row->items, ==, "1 Reine");
  cpt_test_till_advance (till, 3 * CPT_SECOND);
  assert_money (till, id, "600 300");
  assert_missing_there (shop, id, 0, "Hello\nSorry: no Margherita");
  assert_out_of_stock (shop, "MARG-M", TRUE);
  assert_out_of_stock (shop, "REINE-M", FALSE);

  /* The last one cannot go, nor the same twice. */
  g_assert_false (cpt_test_till_miss (till, id, other, "Sorry", &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (cpt_test_till_miss (till, id, item, "Sorry", &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
}

/* A till that does not keep the stock leaves it alone. */
static void
test_missing_without_stock (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "keeps-stock", FALSE);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 3 * CPT_SECOND);
  assert_missing_there (shop, id, 0, "Hello\nSorry");
  assert_out_of_stock (shop, "MARG-M", FALSE);
}

/* The note is written once, and nobody else is said to have changed the order. */
static void
test_missing_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  fail_patches (shop, fault->rule);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, 3 * CPT_MINUTE);
  assert_money (till, id, "600 300");
  assert_missing_there (shop, id, 0, "Hello\nSorry");
}

/* Our own deletion, seen because another changed something else while its reply was lost. */
static void
test_missing_is_no_news (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;

  fail_patches (shop, "\"drop\": \"after\"");
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  cpt_test_shop_set_status (shop, id, "in_preparation", NULL);
  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "in_preparation in_preparation");
  assert_money (till, id, "600 300 waiting");
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_money (till, id, "600 300");
}

/* What is missing of a paid order is to be refunded; no other till is to blame. */
static void
test_missing_refund (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 1);
  g_autoptr (GError) error = NULL;

  pay (till, id, 700);
  cpt_test_till_settle (till);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  assert_money (till, id, "400 -600 waiting");
  cpt_test_till_settle (till);
  assert_money (till, id, "400 -600");
}

/* Steps, payments and missing items of one order leave in the order they were pressed. */
static void
test_in_order (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *item = dup_item_id (shop, id, 0);
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "payments", "in_preparation", "items", "awaiting" };

  cpt_test_shop_set_offline (shop, TRUE);
  pay (till, id, 100);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_miss (till, id, item, "Sorry", &error);
  g_assert_no_error (error);
  cpt_test_clock_advance (till->clock, 1);
  cpt_test_till_press (till, id, CPT_ORDER_AWAITING_COLLECTION);
  cpt_test_till_settle (till);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  g_assert_cmpuint (count_patches (shop), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *entry = cpt_test_shop_find (shop, "PATCH", "/location/orders/.*", i);

      g_assert_nonnull (strstr (json_object_get_string_member (entry, "body_text"), expected[i]));
      json_object_unref (entry);
    }
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
  g_assert_cmpuint (count_payments (shop, there->id), ==, 1);
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
  g_assert_cmpuint (count_patches (shop), ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (shop, "POST", "/location/orders"), ==, 0);
}

/* --- Changes by others --- */

static CptOrderDetails *
load_details (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return cpt_test_till_load_details (till, row->row);
}

static void
test_seen (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive (shop, till);
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (GError) error = NULL;
  CptOrderDetails *details = load_details (till, id);

  g_assert_null (details->seen);
  cpt_order_details_free (details);
  for (int i = 0; i < 2; i++)
    {
      cpt_test_shop_do (shop, "PATCH", path,
                        "{\"items\": [{\"product_name\": \"Cola\", \"price\": \"2.00 EUR\","
                        " \"quantity\": \"1\"}]}");
      cpt_test_till_check (till);
    }
  cpt_test_till_restart (till);
  cpt_test_till_assert_row (till, id, "accepted accepted changed");
  details = load_details (till, id);
  g_assert_nonnull (details->seen);
  g_assert_cmpuint (details->seen->items->len, ==, 2);
  g_assert_cmpuint (details->order->items->len, ==, 4);
  cpt_order_details_free (details);

  cpt_test_till_mark (till, id, cpt_engine_mark_seen_async, &error);
  g_assert_no_error (error);
  details = load_details (till, id);
  g_assert_null (details->seen);
  cpt_order_details_free (details);
}

static void
add_faults (const char *prefix, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat (prefix, faults[i].name, NULL);

      g_test_add_data_func (name, &faults[i], func);
    }
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/pay/rest", test_rest);
  g_test_add_func ("/sync/pay/not-allowed", test_not_allowed);
  add_faults ("/sync/pay/fault/", test_fault);
  g_test_add_func ("/sync/pay/late", test_late);
  g_test_add_func ("/sync/pay/false-clock", test_false_clock);
  g_test_add_func ("/sync/pay/refused", test_refused);
  g_test_add_func ("/sync/pay/retry", test_retry);
  g_test_add_func ("/sync/pay/ended", test_ended);
  g_test_add_func ("/sync/pay/second-press", test_second_press);
  g_test_add_func ("/sync/pay/second-takes-too-much", test_second_takes_too_much);
  g_test_add_data_func ("/sync/pay/both", NULL, test_both);
  g_test_add_data_func ("/sync/pay/both-unheard", GINT_TO_POINTER (1), test_both);
  for (gsize i = 0; i < G_N_ELEMENTS (kills); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/pay/kill/", kills[i].name, NULL);

      g_test_add_data_func (name, &kills[i], test_kill);
    }
  g_test_add_func ("/sync/pay/kill/pressed", test_kill_after_press);
  g_test_add_func ("/sync/pay/missing", test_missing);
  g_test_add_func ("/sync/pay/missing/without-stock", test_missing_without_stock);
  add_faults ("/sync/pay/missing/fault/", test_missing_fault);
  g_test_add_func ("/sync/pay/missing/no-news", test_missing_is_no_news);
  g_test_add_func ("/sync/pay/missing/refund", test_missing_refund);
  g_test_add_func ("/sync/pay/in-order", test_in_order);
  g_test_add_func ("/sync/pay/till-order", test_till_order);
  g_test_add_func ("/sync/pay/till-order/stays", test_till_order_stays);
  g_test_add_func ("/sync/pay/seen", test_seen);
  return g_test_run ();
}
