/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tills of one shop: one keeps the stock and the other shows it, or both believe to keep it.
 * What somebody else wrote is seen at both and overwritten by neither. Main thread only. */
#include "cpt-test-stock.h"

#define ITEM "tiramisu"

typedef struct
{
  CptTestShop *shop;
  CptTestTill *one, *other;
} Fixture;

static GSettings *
settings_of (CptTestTill *till)
{
  return cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
}

/* The stock of the first stands at HubRise when the second comes. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->shop = cpt_test_shop_new ();
  fixture->one = cpt_test_till_new_connected (fixture->shop);
  cpt_test_stock_set_quantity (fixture->one, ITEM, 5000);
  cpt_test_stock_leave (fixture->one);
  fixture->other = cpt_test_stock_connect_second (fixture->shop, data != NULL);
  cpt_test_stock_leave (fixture->other);
  cpt_test_shop_set_mark (fixture->shop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_test_till_free (fixture->other);
  cpt_test_till_free (fixture->one);
  cpt_test_shop_free (fixture->shop);
}

/* Each hears of what the others wrote, and answers it if it is going to. */
static void
check_both (Fixture *fixture)
{
  for (int i = 0; i < 2; i++)
    {
      cpt_test_till_check (fixture->one);
      cpt_test_stock_leave (fixture->one);
      cpt_test_till_check (fixture->other);
      cpt_test_stock_leave (fixture->other);
    }
}

/* A program that is neither of them. */
static void
write_elsewhere (Fixture *fixture, const char *stock)
{
  cpt_test_shop_do (fixture->shop, "PATCH", "/inventory",
                    "{\"entries\":[{\"sku_ref\":\"TIRAM\",\"stock\":\"%s\"}]}", stock);
}

/* @theirs: what another wrote that it does not follow, -1 for nothing */
static void
assert_shows (CptTestTill *till, gint64 quantity, gint64 theirs)
{
  g_autoptr (CptStockItem) item = cpt_test_stock_load (till, CPT_ITEM_SKU, ITEM);

  g_assert_true (item->stock.managed && item->stock.active);
  g_assert_cmpint (item->stock.quantity, ==, quantity);
  g_assert_cmpint (item->has_theirs, ==, theirs >= 0);
  if (theirs >= 0)
    g_assert_cmpint (item->theirs.thousandths, ==, theirs);
  g_assert_cmpint (cpt_stock_item_get_mark (item, 0), ==,
                   theirs >= 0 ? CPT_STOCK_MARK_DIFFERS : CPT_STOCK_MARK_SENT);
  g_assert_cmpint (cpt_test_stock_state_of (till).differing, ==, theirs >= 0);
}

/* --- One keeps it --- */

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  assert_shows (fixture->other, 5000, -1);
  cpt_test_stock_set_quantity (fixture->one, ITEM, 4000);
  cpt_test_stock_leave (fixture->one);
  check_both (fixture);
  assert_shows (fixture->other, 4000, -1);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 1);

  write_elsewhere (fixture, "2");
  check_both (fixture);
  assert_shows (fixture->one, 4000, 2000);
  assert_shows (fixture->other, 2000, -1);
  cpt_test_till_restart (fixture->one);
  cpt_test_till_restart (fixture->other);
  check_both (fixture);
  assert_shows (fixture->one, 4000, 2000);
  assert_shows (fixture->other, 2000, -1);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 1);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=2");
  /* The keeper's own change is what sends. */
  cpt_test_stock_set_quantity (fixture->one, ITEM, 7000);
  cpt_test_stock_leave (fixture->one);
  check_both (fixture);
  assert_shows (fixture->one, 7000, -1);
  assert_shows (fixture->other, 7000, -1);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=7");
}

static void
edit_is_refused (CptTestTill *till)
{
  gint64 row = cpt_test_stock_find (till, CPT_ITEM_SKU, ITEM);
  CptStockEdit edit = { .sets_quantity = TRUE, .quantity = 9000 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) undo = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_edit_stock_async (till->engine, &row, 1, &edit, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  undo = cpt_engine_edit_stock_finish (till->engine, result, &error);
  g_assert_null (undo);
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
}

static void
file_is_refused (CptTestTill *till)
{
  g_autoptr (GPtrArray) lines = cpt_stock_csv_parse ("ref;quantity\nTIRAM;9\n");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_import_stock_async (till->engine, lines, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  g_assert_false (cpt_engine_act_finish (till->engine, result, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED);
}

/* What the next reading would take back is not taken; what a POS writes all the same stays here
 * until then. */
static void
test_is_read_only (Fixture *fixture, gconstpointer data)
{
  edit_is_refused (fixture->other);
  file_is_refused (fixture->other);
  assert_shows (fixture->other, 5000, -1);
  cpt_test_stock_foreign (fixture->other, "UPDATE pos_stock SET quantity = 9 WHERE ref = 'TIRAM'");
  check_both (fixture);
  cpt_test_till_advance (fixture->other, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 0);
  cpt_test_stock_set_quantity (fixture->one, ITEM, 3000);
  cpt_test_stock_leave (fixture->one);
  check_both (fixture);
  assert_shows (fixture->other, 3000, -1);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=3");
}

/* Two minutes before the shop's day ends. */
static void
sleep_until_morning (CptTestTill *till)
{
  const char *cutoff = cpt_engine_get_connection (till->engine)->cutoff_time;
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (till->engine);
  CptTime now = cpt_clock_now (CPT_CLOCK (till->clock));
  gint64 night =
      cpt_time_next_clock (now, cutoff != NULL ? cutoff : "06:00", zone) - 2 * CPT_MINUTE - now;

  cpt_test_till_close (till);
  cpt_test_shop_advance (till->shop, MAX (night, 0));
  cpt_test_clock_advance (till->clock, MAX (night, 0));
  g_assert_true (cpt_test_till_open (till, NULL));
  cpt_test_till_settle (till);
}

/* Nor is it another program on this PC that says what HubRise has. */
static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  cpt_test_stock_foreign (fixture->other, "UPDATE pos_stock SET quantity = 1 WHERE ref = 'TIRAM';"
                                          "UPDATE pos_stock SET quantity = 2 WHERE ref = 'COKE'");
  cpt_test_till_check (fixture->other);
  cpt_test_stock_leave (fixture->other);
  assert_shows (fixture->other, 5000, -1);
  g_assert_cmpint (cpt_test_stock_state_of (fixture->other).waiting, ==, 0);
  g_assert_cmpuint (cpt_test_shop_count (fixture->shop, "GET", CPT_TEST_INVENTORY), ==, 0);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 0);
}

/* The morning brings things back at the till that keeps them. */
static void
test_morning (Fixture *fixture, gconstpointer data)
{
  CptTime days = cpt_test_shop_get_now (fixture->shop) / 1000 * 1000 + 5 * CPT_DAY;
  g_autoptr (CptStockItem) item = NULL;

  g_settings_set_boolean (settings_of (fixture->other), "morning-reset", TRUE);
  cpt_test_till_settle (fixture->other);
  cpt_test_stock_edit (fixture->one, CPT_ITEM_SKU, ITEM,
                       (CptStockEdit){ .sets_active = TRUE, .back_on = days });
  cpt_test_stock_leave (fixture->one);
  check_both (fixture);
  sleep_until_morning (fixture->other);
  cpt_test_till_advance (fixture->other, 5 * CPT_MINUTE);
  item = cpt_test_stock_load (fixture->other, CPT_ITEM_SKU, ITEM);
  g_assert_false (item->stock.active);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=0@");
}

/* The one gives it up with a change on its way, the other takes it. */
static void
test_hand_over (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_do (fixture->shop, "POST", "/failures",
                    "{\"method\":\"PATCH\",\"path\":\"*inventory\",\"status\":503,\"times\":0}");
  cpt_test_stock_set_quantity (fixture->one, ITEM, 1000);
  cpt_test_stock_leave (fixture->one);
  g_settings_set_boolean (settings_of (fixture->one), "keeps-stock", FALSE);
  g_settings_set_boolean (settings_of (fixture->other), "keeps-stock", TRUE);
  cpt_test_shop_do (fixture->shop, "DELETE", "/failures", NULL);
  cpt_test_shop_set_mark (fixture->shop);
  cpt_test_till_advance (fixture->one, 5 * CPT_MINUTE);
  check_both (fixture);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 0);
  assert_shows (fixture->one, 5000, -1);
  assert_shows (fixture->other, 5000, -1);
  cpt_test_stock_set_quantity (fixture->other, ITEM, 8000);
  cpt_test_stock_leave (fixture->other);
  check_both (fixture);
  assert_shows (fixture->one, 8000, -1);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=8");
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 1);
}

/* --- Both believe to --- */

/* Neither takes back what the other did, however often they look: a person is shown the two. */
static void
test_both_keep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  cpt_test_stock_set_quantity (fixture->one, ITEM, 4000);
  cpt_test_stock_leave (fixture->one);
  check_both (fixture);
  assert_shows (fixture->one, 4000, -1);
  assert_shows (fixture->other, 5000, 4000);
  cpt_test_stock_set_quantity (fixture->other, ITEM, 9000);
  cpt_test_stock_leave (fixture->other);
  check_both (fixture);
  assert_shows (fixture->one, 4000, 9000);
  assert_shows (fixture->other, 9000, -1);
  cpt_test_till_restart (fixture->one);
  cpt_test_till_restart (fixture->other);
  check_both (fixture);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 2);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=9");

  differences = cpt_test_stock_ask_differences (fixture->one, cpt_engine_compare_stock_async);
  g_assert_cmpuint (differences->len, ==, 1);
  cpt_engine_answer_stock_async (fixture->one->engine, NULL, FALSE, cpt_test_stock_result_cb,
                                 &result);
  CPT_STOCK_ANSWER (fixture->one, result);
  check_both (fixture);
  assert_shows (fixture->one, 9000, -1);
  assert_shows (fixture->other, 9000, -1);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 2);
}

/* What each changes of its own goes, and only that. */
static void
test_both_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptStockItem) coke = NULL;

  cpt_test_stock_set_quantity (fixture->one, "Coca-Cola 33 cl", 3000);
  cpt_test_stock_set_quantity (fixture->other, ITEM, 6000);
  cpt_test_stock_leave (fixture->one);
  cpt_test_stock_leave (fixture->other);
  check_both (fixture);
  cpt_test_stock_assert_there (fixture->shop, "COKE=3 TIRAM=6");
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 2);
  g_assert_cmpuint (cpt_test_stock_entries_of (fixture->shop, "PATCH", 0), ==, 1);
  g_assert_cmpuint (cpt_test_stock_entries_of (fixture->shop, "PATCH", 1), ==, 1);
  assert_shows (fixture->one, 5000, 6000);
  coke = cpt_test_stock_load (fixture->other, CPT_ITEM_SKU, "Coca-Cola 33 cl");
  g_assert_cmpint (cpt_stock_item_get_mark (coke, 0), ==, CPT_STOCK_MARK_DIFFERS);
}

/* A pull sends refs that are new here; a difference stays one. */
static void
test_both_pull (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_stock_set_quantity (fixture->one, ITEM, 4000);
  cpt_test_stock_leave (fixture->one);
  cpt_engine_pull_catalog_async (fixture->other->engine, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (fixture->other, result);
  cpt_engine_act_finish (fixture->other->engine, result, &error);
  g_assert_no_error (error);
  check_both (fixture);
  assert_shows (fixture->other, 5000, 4000);
  g_assert_cmpuint (cpt_test_stock_writes (fixture->shop), ==, 1);
  cpt_test_stock_assert_there (fixture->shop, "TIRAM=4");
}

#define ADD(path, keeps, func)                                                                     \
  g_test_add ("/sync/stock-tills/" path, Fixture, keeps, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  ADD ("follows", NULL, test_follows);
  ADD ("is-read-only", NULL, test_is_read_only);
  ADD ("other-program", NULL, test_other_program);
  ADD ("morning", NULL, test_morning);
  ADD ("hand-over", NULL, test_hand_over);
  ADD ("both-keep", "keeps", test_both_keep);
  ADD ("both-change", "keeps", test_both_change);
  ADD ("both-pull", "keeps", test_both_pull);
  return g_test_run ();
}
