/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the location takes orders, as HubRise sees it: a level that survives lost replies. Main
 * thread only. */
#include "cpt-test-stock.h"
#include "cpt-test-till.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  cpt_engine_act_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
want (CptTestTill *till, CptOrdersMode mode, int minutes, CptTime resume_at)
{
  gboolean done = FALSE;

  cpt_engine_set_acceptance_async (till->engine, mode, minutes, resume_at, NULL, done_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, done);
  cpt_test_till_settle (till);
}

/* The mode that HubRise holds. */
static void
assert_mode (CptTestTill *till, const char *expected)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (till->shop, "GET", "/state", NULL);
  JsonObject *location = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (answer), "locations"), 0);

  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (location, "order_acceptance"), "mode"),
                   ==, expected);
}

/* HubRise confirmed once that it is open: else nothing would be known that could be wrong. */
static CptTestTill *
new_till_known_open (CptTestShop *shop)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  assert_mode (till, "online");
  cpt_test_shop_set_mark (shop);
  return till;
}

/* A member of the location's order_acceptance at HubRise, NULL when it has none. */
static char *
dup_there (CptTestTill *till, const char *member)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (till->shop, "GET", "/state", NULL);
  JsonObject *location = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (answer), "locations"), 0);
  JsonObject *acceptance = json_object_get_object_member (location, "order_acceptance");

  if (!json_object_has_member (acceptance, member))
    return NULL;
  return json_node_get_value_type (json_object_get_member (acceptance, member)) == G_TYPE_INT64
             ? g_strdup_printf ("%" G_GINT64_FORMAT,
                                json_object_get_int_member (acceptance, member))
             : g_strdup (json_object_get_string_member (acceptance, member));
}

/* What the screen says, in one line: "paused 0 2026-01-15T20:00:00+01:00 oven unsent". */
static char *
dup_shown (CptTestTill *till)
{
  static const char *const modes[] = { "open", "busy", "paused" };
  g_auto (CptOrdersState) state = { 0 };
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (till->engine);
  g_autofree char *until = NULL;

  cpt_engine_get_acceptance (till->engine, &state);
  if (state.resume_at != CPT_TIME_NONE)
    until = cpt_time_to_string (state.resume_at, zone);
  return g_strdup_printf ("%s %d %s %s%s%s", modes[state.mode], state.extra_minutes,
                          until != NULL ? until : "-", state.reason != NULL ? state.reason : "-",
                          state.unsent ? " unsent" : "", state.refusal != NULL ? " refused" : "");
}

#define assert_shown(till, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *shown_ = dup_shown (till);                                                    \
    g_assert_cmpstr (shown_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

/* What the bar, and who disconnects, is told. */
static void
assert_counts (CptTestTill *till, gint64 unsent, gint64 refused)
{
  CptEngineCounts counts = { 0 };

  cpt_test_till_settle (till);
  cpt_engine_get_counts (till->engine, &counts);
  g_assert_cmpint (counts.unsent, ==, unsent);
  g_assert_cmpint (counts.refused, ==, refused);
}

static guint
patches (CptTestTill *till)
{
  return cpt_test_shop_count (till->shop, "PATCH", "/location");
}

static void
fail_next (CptTestTill *till, const char *rest)
{
  cpt_test_shop_do (till->shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"path\": \"/location\", %s}", rest);
}

static void
test_bodies (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  CptTime resume_at;
  static const char *const expected[] = {
    "{\"order_acceptance\":{\"mode\":\"paused\",\"resume_at\":\"2026-01-15T20:00:00+01:00\"}}",
    "{\"order_acceptance\":{\"mode\":\"busy\",\"extra_preparation_time\":20}}",
    "{\"order_acceptance\":{\"mode\":\"online\"}}",
  };

  cpt_test_shop_do (shop, "POST", "/clock",
                    "{\"set\": \"2026-01-15T19:00:00+01:00\", \"freeze\": true}");
  till = cpt_test_till_new_connected (shop);
  assert_mode (till, "online");
  cpt_test_shop_set_mark (shop);
  resume_at = cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_HOUR;
  want (till, CPT_ORDERS_PAUSED, 0, resume_at);
  assert_mode (till, "paused");
  want (till, CPT_ORDERS_BUSY, 20, CPT_TIME_NONE);
  assert_mode (till, "busy");
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  assert_mode (till, "online");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, "PATCH", "/location", i);

      g_assert_cmpstr (json_object_get_string_member (entry, "body_text"), ==, expected[i]);
    }
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (patches (till), ==, G_N_ELEMENTS (expected));
}

/* Paused and processed, the reply lost in @data's way, opened again: it is open. */
static void
test_lost_reply (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_known_open (shop);

  fail_next (till, data);
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_mode (till, "paused");
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_mode (till, "online");
}

/* The same, with the program closed before it heard the reply. */
static void
test_closed_in_between (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_known_open (shop);

  fail_next (till, "\"hold\": \"after\"");
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_mode (till, "paused");
  cpt_test_till_close (till);
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_mode (till, "online");
}

/* What was wanted while there was no network goes when there is, the last word alone. */
static void
test_offline (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_set_offline (shop, TRUE);
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  want (till, CPT_ORDERS_BUSY, 15, CPT_TIME_NONE);
  assert_counts (till, 1, 0);
  cpt_test_till_restart (till);
  assert_counts (till, 1, 0);
  assert_mode (till, "online");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_mode (till, "busy");
  assert_counts (till, 0, 0);
  g_assert_cmpuint (patches (till), ==, 1);
}

/* Another program, or a damaged disk: what is no level of ours is nothing to send. */
static void
test_no_level (void)
{
  static const char *const texts[] = { "paused", "busy|20", "", "shut||", "|||" };
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  want (till, CPT_ORDERS_BUSY, 15, CPT_TIME_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE level SET wanted = '%s'", texts[i]);

      cpt_test_stock_foreign (till, sql);
      cpt_test_shop_set_mark (shop);
      cpt_test_till_restart (till);
      cpt_test_till_advance (till, CPT_MINUTE);
      g_assert_cmpuint (patches (till), ==, 0);
      assert_shown (till, "busy 15 - -");
    }
}

/* The other documented word for an open shop is tried where the first is refused. */
static void
test_words (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"acceptance_word\": \"normal\"}");
  till = cpt_test_till_new_connected (shop);
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  assert_mode (till, "normal");

  /* The server changes its mind behind our back. */
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"acceptance_word\": \"online\"}");
  cpt_test_shop_set_mark (shop);
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_mode (till, "online");
  g_assert_cmpuint (patches (till), ==, 2);
}

/* A till that never touched the level sends nothing about it. */
static void
test_untouched (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_do (shop, "PATCH", "/location", "{\"order_acceptance\": {\"mode\": \"paused\"}}");
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  cpt_test_till_restart (till);
  g_assert_cmpuint (patches (till), ==, 0);
  assert_mode (till, "paused");
}

static CptTestTill *
new_till_at_seven (CptTestShop *shop)
{
  cpt_test_shop_do (shop, "POST", "/clock",
                    "{\"set\": \"2026-01-15T19:00:00+01:00\", \"freeze\": true}");
  return cpt_test_till_new_connected (shop);
}

/* The end, the minutes and the reason are on the location, and the screen says the same. */
static void
test_set_from_here (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_at_seven (shop);
  CptTime until = cpt_clock_now (CPT_CLOCK (till->clock)) + CPT_HOUR;
  gboolean done = FALSE;
  g_autofree char *resume_at = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *minutes = NULL;

  assert_shown (till, "open 0 - -");
  cpt_engine_set_acceptance_async (till->engine, CPT_ORDERS_PAUSED, 0, until, "oven | broken",
                                   done_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, done);
  cpt_test_till_settle (till);
  resume_at = dup_there (till, "resume_at");
  reason = dup_there (till, "reason");
  g_assert_cmpstr (resume_at, ==, "2026-01-15T20:00:00+01:00");
  g_assert_cmpstr (reason, ==, "oven | broken");
  assert_shown (till, "paused 0 2026-01-15T20:00:00+01:00 oven | broken");
  want (till, CPT_ORDERS_BUSY, 20, until);
  minutes = dup_there (till, "extra_preparation_time");
  g_assert_cmpstr (minutes, ==, "20");
  assert_shown (till, "busy 20 2026-01-15T20:00:00+01:00 -");
  cpt_test_till_restart (till);
  cpt_test_till_settle (till);
  assert_shown (till, "busy 20 2026-01-15T20:00:00+01:00 -");
  /* The end comes by itself. */
  cpt_test_till_advance (till, CPT_HOUR);
  assert_shown (till, "open 0 - -");
}

/* Another program set it, and opens again; what this till wanted before does not count. */
static void
test_set_elsewhere (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_at_seven (shop);

  cpt_test_shop_do (shop, "PATCH", "/location",
                    "{\"order_acceptance\": {\"mode\": \"paused\", \"reason\": \"closed\", "
                    "\"resume_at\": \"2026-01-15T21:30:00+01:00\"}}");
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_shown (till, "paused 0 2026-01-15T21:30:00+01:00 closed");
  /* A start without a network still knows until when. */
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_restart (till);
  cpt_test_till_settle (till);
  assert_shown (till, "paused 0 2026-01-15T21:30:00+01:00 closed");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  assert_mode (till, "online");
  assert_shown (till, "open 0 - -");
  /* Paused again over there: the same press as before must still open it. */
  cpt_test_shop_do (shop, "PATCH", "/location", "{\"order_acceptance\": {\"mode\": \"paused\"}}");
  cpt_test_till_advance (till, CPT_MINUTE);
  assert_shown (till, "paused 0 - -");
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  assert_mode (till, "online");
}

static void
test_marks (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_at_seven (shop);

  cpt_test_shop_set_offline (shop, TRUE);
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_shown (till, "paused 0 - - unsent");
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_shown (till, "paused 0 - -");
  fail_next (till, "\"status\": 422, \"message\": \"not now\"");
  want (till, CPT_ORDERS_BUSY, 30, CPT_TIME_NONE);
  assert_shown (till, "busy 30 - - unsent refused");
  assert_counts (till, 0, 1);
  assert_mode (till, "paused");
  want (till, CPT_ORDERS_BUSY, 30, CPT_TIME_NONE);
  assert_shown (till, "busy 30 - -");
}

/* A pause that ended before it could be sent is not sent: the shop would stay paused for ever. */
static void
test_over_before_sent (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_at_seven (shop);

  cpt_test_shop_set_offline (shop, TRUE);
  want (till, CPT_ORDERS_PAUSED, 0, cpt_clock_now (CPT_CLOCK (till->clock)) + 10 * CPT_MINUTE);
  cpt_test_till_advance (till, 11 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_shop_set_mark (shop);
  cpt_test_till_advance (till, 3 * CPT_MINUTE);
  assert_mode (till, "online");
  assert_shown (till, "open 0 - -");
  /* One may have arrived: what HubRise holds is not known. */
  g_assert_cmpuint (patches (till), ==, 1);
}

/* What HubRise holds instead has no end of its own: it must not stay closed while the till says
 * that it is open. */
static void
test_over_after_pause (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = new_till_at_seven (shop);

  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_mode (till, "paused");
  cpt_test_shop_set_offline (shop, TRUE);
  want (till, CPT_ORDERS_BUSY, 20, cpt_clock_now (CPT_CLOCK (till->clock)) + 10 * CPT_MINUTE);
  cpt_test_till_advance (till, 11 * CPT_MINUTE);
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 3 * CPT_MINUTE);
  assert_mode (till, "online");
  assert_shown (till, "open 0 - -");
}

/* Open again after a pause whose reply was lost, with a shop that says @data for open. */
static void
test_word_after_lost_reply (gconstpointer data)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "PATCH", "/settings", "{\"acceptance_word\": \"%s\"}",
                    (const char *)data);
  till = cpt_test_till_new_connected (shop);
  fail_next (till, "\"drop\": \"after\"");
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_mode (till, "paused");
  fail_next (till, "\"drop\": \"after\"");
  want (till, CPT_ORDERS_OPEN, 0, CPT_TIME_NONE);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  assert_mode (till, data);
  assert_shown (till, "open 0 - -");
}

/* What HubRise told of the location before our request and what comes after its reply is older. */
static void
test_overtaken (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_shop_do (shop, "PATCH", "/location", "{\"name\": \"Renamed\"}");
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/v1/location\", \"hold\": \"after\"}");
  cpt_test_till_check (till);
  g_assert_cmpuint (cpt_test_shop_count_held (shop), ==, 1);
  want (till, CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE);
  assert_shown (till, "paused 0 - -");
  cpt_test_shop_release (shop);
  cpt_test_till_settle (till);
  assert_shown (till, "paused 0 - -");
  g_assert_cmpstr (cpt_engine_get_connection (till->engine)->location_name, ==, "Renamed");
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/acceptance/bodies", test_bodies);
  g_test_add_data_func ("/sync/acceptance/lost/after", "\"drop\": \"after\"", test_lost_reply);
  g_test_add_data_func ("/sync/acceptance/lost/mid", "\"drop\": \"mid\"", test_lost_reply);
  g_test_add_data_func ("/sync/acceptance/lost/unreadable",
                        "\"status\": 200, \"process\": true, \"body\": \"<html>\"",
                        test_lost_reply);
  g_test_add_data_func ("/sync/acceptance/lost/error", "\"status\": 500, \"process\": true",
                        test_lost_reply);
  g_test_add_func ("/sync/acceptance/closed-in-between", test_closed_in_between);
  g_test_add_func ("/sync/acceptance/overtaken", test_overtaken);
  g_test_add_func ("/sync/acceptance/offline", test_offline);
  g_test_add_func ("/sync/acceptance/no-level", test_no_level);
  g_test_add_func ("/sync/acceptance/words", test_words);
  g_test_add_func ("/sync/acceptance/untouched", test_untouched);
  g_test_add_func ("/sync/acceptance/set-from-here", test_set_from_here);
  g_test_add_func ("/sync/acceptance/set-elsewhere", test_set_elsewhere);
  g_test_add_func ("/sync/acceptance/marks", test_marks);
  g_test_add_func ("/sync/acceptance/over-before-sent", test_over_before_sent);
  g_test_add_func ("/sync/acceptance/over-after-pause", test_over_after_pause);
  g_test_add_data_func ("/sync/acceptance/lost-reply/online", "online", test_word_after_lost_reply);
  g_test_add_data_func ("/sync/acceptance/lost-reply/normal", "normal", test_word_after_lost_reply);
  return g_test_run ();
}
