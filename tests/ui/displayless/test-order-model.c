/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of orders loads what is looked at, keeps one object an order and forgets the rest. */
#include "cpt-double-engine.h"
#include "cpt-order-model.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"

#define MANY 100000

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  CptOrderModel *model;
  guint removed, added, listed, failed;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->removed += removed;
  fixture->added += added;
}

static void
listed_cb (CptOrderModel *model, Fixture *fixture)
{
  fixture->listed++;
}

static void
failed_cb (CptOrderModel *model, const char *message, Fixture *fixture)
{
  fixture->failed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = cpt_test_clock_new (0);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  fixture->model = cpt_order_model_new (fixture->engine);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect (fixture->model, "listed", G_CALLBACK (listed_cb), fixture);
  g_signal_connect (fixture->model, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static CptOrderEntry *
at (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
}

static void
put (Fixture *fixture, gint64 key, const char *number, CptOrderStatus status)
{
  cpt_double_engine_put (fixture->engine, cpt_double_row_new (key, number, "Deliveroo", status, 0),
                         NULL);
}

static void
show_all (Fixture *fixture, guint n)
{
  cpt_double_engine_fill (fixture->engine, n);
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_ALL, NULL);
  CPT_WAIT_UNTIL (count (fixture) == n);
}

static void
test_lazy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = NULL;
  guint before = 0;

  show_all (fixture, MANY);
  before = cpt_double_engine_count_loaded (fixture->engine);
  entry = at (fixture, MANY / 2);
  g_assert_null (cpt_order_entry_get_row (entry));
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry) != NULL);
  g_assert_cmpint (cpt_order_entry_get_row (entry)->row, ==, cpt_order_entry_get_key (entry));
  g_assert_cmpuint (cpt_double_engine_count_loaded (fixture->engine) - before, ==, 100);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  show_all (fixture, MANY);
  for (guint i = 0; i < MANY; i += 50)
    {
      g_autoptr (CptOrderEntry) entry = at (fixture, i);

      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (cpt_order_model_count_entries (fixture->model), <=, 600);
}

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = NULL, again = NULL;

  put (fixture, 1, "1", CPT_ORDER_NEW);
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_TODAY, NULL);
  CPT_WAIT_UNTIL (count (fixture) == 1);
  entry = at (fixture, 0);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry) != NULL);
  put (fixture, 1, "1", CPT_ORDER_ACCEPTED);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry)->status == CPT_ORDER_ACCEPTED);
  again = at (fixture, 0);
  g_assert_true (entry == again);
  /* The row looks different; the list itself has not moved. */
  g_assert_cmpuint (fixture->removed, ==, 0);
  g_assert_cmpuint (fixture->added, ==, 1);
}

static void
test_arrival (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) first = NULL;

  put (fixture, 1, "1", CPT_ORDER_NEW);
  put (fixture, 2, "2", CPT_ORDER_NEW);
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_TODAY, NULL);
  CPT_WAIT_UNTIL (count (fixture) == 2);
  put (fixture, 3, "3", CPT_ORDER_NEW);
  CPT_WAIT_UNTIL (count (fixture) == 3);
  first = at (fixture, 0);
  g_assert_cmpint (cpt_order_entry_get_key (first), ==, 3);
  g_assert_cmpuint (fixture->removed, ==, 0);
  g_assert_cmpuint (fixture->added, ==, 3);
}

/* The answer to what was typed first comes last, or at all: it must not show. */
static void
test_outdated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = NULL;

  put (fixture, 11, "4821", CPT_ORDER_NEW);
  put (fixture, 12, "4900", CPT_ORDER_NEW);
  cpt_double_engine_hold_answers (fixture->engine, TRUE);
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_ALL, "4");
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_ALL, "49");
  cpt_double_engine_hold_answers (fixture->engine, FALSE);
  CPT_WAIT_UNTIL (fixture->listed > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->listed, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 1);
  entry = at (fixture, 0);
  g_assert_cmpint (cpt_order_entry_get_key (entry), ==, 12);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The row at the top while the database is busy: told once. */
static CptOrderEntry *
miss_first (Fixture *fixture)
{
  CptOrderEntry *entry = NULL;

  show_all (fixture, 10);
  cpt_double_engine_fail_reading (fixture->engine, TRUE);
  entry = at (fixture, 0);
  CPT_WAIT_UNTIL (fixture->failed == 1);
  g_assert_null (cpt_order_entry_get_row (entry));
  return entry;
}

/* It comes without anybody scrolling, and nothing is done meanwhile. */
static void
test_missed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = miss_first (fixture);

  settle ();
  g_assert_cmpuint (cpt_double_engine_count_requests (fixture->engine), ==, 1);
  for (guint i = 0; i < 600; i++)
    {
      cpt_test_clock_advance (fixture->clock, CPT_SECOND);
      settle ();
    }
  g_assert_cmpuint (cpt_double_engine_count_requests (fixture->engine), <, 16);
  g_assert_cmpuint (fixture->failed, ==, 1);
  cpt_double_engine_fail_reading (fixture->engine, FALSE);
  cpt_test_clock_advance (fixture->clock, 64 * CPT_SECOND);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry) != NULL);
  g_assert_cmpuint (cpt_test_clock_count_timers (fixture->clock), ==, 0);
}

/* A change of another order says that the database can be read again. */
static void
test_missed_until_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = miss_first (fixture);

  cpt_double_engine_fail_reading (fixture->engine, FALSE);
  put (fixture, 4000, "4821", CPT_ORDER_NEW);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry) != NULL);
  settle ();
  g_assert_cmpuint (cpt_test_clock_count_timers (fixture->clock), ==, 0);
}

/* What is on the screen is old when it could not be read again. */
static void
test_missed_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderEntry) entry = NULL;

  put (fixture, 1, "1", CPT_ORDER_NEW);
  cpt_order_model_set_query (fixture->model, CPT_ORDER_TAB_TODAY, NULL);
  CPT_WAIT_UNTIL (count (fixture) == 1);
  entry = at (fixture, 0);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry) != NULL);
  cpt_double_engine_fail_reading (fixture->engine, TRUE);
  put (fixture, 1, "1", CPT_ORDER_ACCEPTED);
  put (fixture, 2, "2", CPT_ORDER_NEW);
  CPT_WAIT_UNTIL (fixture->failed > 0);
  settle ();
  cpt_double_engine_fail_reading (fixture->engine, FALSE);
  cpt_test_clock_advance (fixture->clock, 2 * CPT_SECOND);
  CPT_WAIT_UNTIL (cpt_order_entry_get_row (entry)->status == CPT_ORDER_ACCEPTED);
  CPT_WAIT_UNTIL (count (fixture) == 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/order-model/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("lazy", test_lazy);
  ADD ("bounded", test_bounded);
  ADD ("identity", test_identity);
  ADD ("arrival", test_arrival);
  ADD ("outdated", test_outdated);
  ADD ("missed/alone", test_missed);
  ADD ("missed/until-changed", test_missed_until_changed);
  ADD ("missed/change", test_missed_change);
  return g_test_run ();
}
