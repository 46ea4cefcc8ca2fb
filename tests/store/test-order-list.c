/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tabs show, in which order, how many, and what search finds. */
#include "cpt-test-store.h"

static gint64
add_at (CptTestStore *fixture,
        const char *id,
        CptOrderStatus status,
        CptTime created,
        CptTime expected,
        const char *channel)
{
  g_autoptr (CptOrder) order = cpt_test_order_at (id, status, created, expected);
  CptApplied *applied = NULL;
  gint64 row = 0;

  g_free (order->channel);
  order->channel = g_strdup (channel);
  applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, FALSE);
  row = applied->row;
  cpt_applied_free (applied);
  return row;
}

static void
change_to (CptTestStore *fixture, const char *id, CptOrderStatus status, CptTime created)
{
  add_at (fixture, id, status, created, CPT_TIME_NONE, "web");
}

#define assert_tab(fixture, tab, text, expected)                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *ids_ = cpt_test_list (fixture, tab, text);                                    \
    g_assert_cmpstr (ids_, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
fill (CptTestStore *fixture)
{
  add_at (fixture, "yesterday", CPT_ORDER_ACCEPTED, NOW - CPT_DAY, CPT_TIME_NONE, "web");
  add_at (fixture, "noon", CPT_ORDER_ACCEPTED, NOW - CPT_HOUR, CPT_TIME_NONE, "web");
  add_at (fixture, "evening", CPT_ORDER_ACCEPTED, NOW - 2 * CPT_HOUR, NOW + 7 * CPT_HOUR, "web");
  add_at (fixture, "done", CPT_ORDER_COMPLETED, NOW - 3 * CPT_HOUR, CPT_TIME_NONE, "web");
  add_at (fixture, "tomorrow", CPT_ORDER_ACCEPTED, NOW - CPT_MINUTE, NOW + CPT_DAY, "web");
  add_at (fixture, "sunday", CPT_ORDER_ACCEPTED, NOW - 2 * CPT_MINUTE, NOW + 2 * CPT_DAY, "web");
  /* Made later, but its platform waits only three minutes. */
  add_at (fixture, "uber", CPT_ORDER_NEW, NOW - 3 * CPT_MINUTE, CPT_TIME_NONE, "Uber Eats");
  add_at (fixture, "roo", CPT_ORDER_NEW, NOW - CPT_MINUTE, NOW + 3 * CPT_DAY, "Deliveroo Paris");
  add_at (fixture, "gone", CPT_ORDER_ACCEPTED, NOW - 5 * CPT_DAY, CPT_TIME_NONE, "web");
  change_to (fixture, "gone", CPT_ORDER_CANCELLED, NOW - 5 * CPT_DAY);
}

static void
test_tabs (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();

  fill (fixture);
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "gone roo uber noon evening");
  assert_tab (fixture, CPT_ORDER_TAB_LATER, NULL, "tomorrow sunday");
  assert_tab (fixture, CPT_ORDER_TAB_ALL, NULL,
              "roo tomorrow sunday uber noon evening done yesterday gone");
}

static void
test_day_borders (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();

  add_at (fixture, "before", CPT_ORDER_ACCEPTED, NOW - 6 * CPT_HOUR - 1, CPT_TIME_NONE, "web");
  add_at (fixture, "first", CPT_ORDER_ACCEPTED, NOW - 6 * CPT_HOUR, CPT_TIME_NONE, "web");
  add_at (fixture, "last", CPT_ORDER_ACCEPTED, NOW, NOW + 18 * CPT_HOUR - 1, "web");
  add_at (fixture, "next", CPT_ORDER_ACCEPTED, NOW, NOW + 18 * CPT_HOUR, "web");
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "first last");
  assert_tab (fixture, CPT_ORDER_TAB_LATER, NULL, "next");
}

static void
test_deadline_table (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptDeadlineTable) table = cpt_deadline_table_new ();
  CptOrderQuery query = { .tab = CPT_ORDER_TAB_TODAY,
                          .now = NOW,
                          .today_start = NOW - CPT_HOUR,
                          .today_end = NOW + CPT_HOUR,
                          .deadlines = table };
  gint64 uber = add_at (fixture, "uber", CPT_ORDER_NEW, NOW, CPT_TIME_NONE, "Uber Eats");
  gint64 web = add_at (fixture, "web", CPT_ORDER_NEW, NOW, CPT_TIME_NONE, "web");
  CptStoreJob *job = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_deadline_table_add (table, "uber", 90);
  job = cpt_store_list_orders (&query);
  /* The query was copied: what its owner does with it now plays no part. */
  cpt_deadline_table_add (table, "web", 900);
  rows = cpt_test_ask (fixture, job);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (g_array_index (rows, gint64, 0), ==, web);
  g_assert_cmpint (g_array_index (rows, gint64, 1), ==, uber);
}

static void
test_counts (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  CptOrderQuery query = { .now = NOW,
                          .today_start = NOW - 6 * CPT_HOUR,
                          .today_end = NOW + 18 * CPT_HOUR };
  g_autofree CptOrderCounts *empty = cpt_test_ask (fixture, cpt_store_count_orders (&query));
  g_autofree CptOrderCounts *counts = NULL;
  g_autofree CptOrderCounts *foreign = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  gint64 row = 0;
  CptOrderStep *step = NULL;

  g_assert_cmpint (empty->all, ==, 0);
  fill (fixture);
  /* Too old to ring, still waiting. */
  row = add_at (fixture, "old", CPT_ORDER_NEW, NOW - CPT_DAY, CPT_TIME_NONE, "web");
  g_assert_cmpint (row, >, 0);
  row = add_at (fixture, "sent", CPT_ORDER_NEW, NOW, CPT_TIME_NONE, "web");
  step = cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED);
  cpt_order_step_unref (cpt_test_press (fixture, row, CPT_ORDER_IN_PREPARATION));
  refused = cpt_test_ask (fixture, cpt_store_settle_step (step->id, CPT_STEP_REFUSED, FALSE,
                                                          CPT_NOTICE_NONE, "no", NULL, NOW));
  cpt_order_step_unref (step);

  counts = cpt_test_ask (fixture, cpt_store_count_orders (&query));
  g_assert_cmpint (counts->waiting, ==, 3);
  g_assert_cmpint (counts->ringing, ==, 2);
  g_assert_cmpint (counts->today, ==, 7);
  g_assert_cmpint (counts->later, ==, 2);
  g_assert_cmpint (counts->all, ==, 11);
  g_assert_cmpint (counts->unsent, ==, 1);
  g_assert_cmpint (counts->refused, ==, 1);

  cpt_test_do (fixture, cpt_store_unbind ());
  foreign = cpt_test_ask (fixture, cpt_store_count_orders (&query));
  g_assert_cmpint (foreign->waiting, ==, 0);
  g_assert_cmpint (foreign->today, ==, 0);
  g_assert_cmpint (foreign->unsent, ==, 0);
  g_assert_cmpint (foreign->all, ==, 11);
}

/* Whoever pressed believes it was sent: it stands before what waits for a decision. */
static void
test_refused_first (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (CptOrderStep) step = NULL;
  gint64 row = 0;

  add_at (fixture, "waits", CPT_ORDER_NEW, NOW - CPT_MINUTE, CPT_TIME_NONE, "web");
  row = add_at (fixture, "sent", CPT_ORDER_NEW, NOW, NOW + 2 * CPT_HOUR, "web");
  step = cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED);
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "waits sent");
  refused = cpt_test_ask (fixture, cpt_store_settle_step (step->id, CPT_STEP_REFUSED, FALSE,
                                                          CPT_NOTICE_NONE, "no", NULL, NOW));
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "sent waits");
}

/* The finger that rejected finds Undo where it pressed. */
static void
test_held_stays (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrderStep) step = NULL;
  gint64 row = add_at (fixture, "first", CPT_ORDER_NEW, NOW - CPT_MINUTE, CPT_TIME_NONE, "web");

  add_at (fixture, "second", CPT_ORDER_NEW, NOW, CPT_TIME_NONE, "web");
  step = cpt_test_press (fixture, row, CPT_ORDER_REJECTED);
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "first second");
  cpt_test_do (fixture, cpt_store_end_holds (NOW));
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "second first");
}

static void
test_waiting_rows (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (GPtrArray) rows = NULL;

  fill (fixture);
  rows = cpt_test_ask (fixture, cpt_store_load_waiting_rows (NOW));
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((CptOrderRow *)rows->pdata[0])->id, ==, "uber");
  g_assert_cmpstr (((CptOrderRow *)rows->pdata[1])->id, ==, "roo");
}

static CptOrder *
full_order (void)
{
  CptOrder *order = cpt_test_order_at ("3r4s3-1", CPT_ORDER_RECEIVED, NOW, NOW + CPT_HOUR);
  CptOrderLine *payment = cpt_order_line_new ();

  order->ref = g_strdup ("R-77");
  order->collection_code = g_strdup ("0042");
  order->confirmed_time = NOW + 2 * CPT_HOUR;
  order->table_name = g_strdup ("T12");
  order->total = cpt_money (2350, "EUR");
  payment->amount = cpt_money (1000, "EUR");
  g_ptr_array_add (order->payments, payment);
  order->customer = cpt_order_customer_new ();
  order->customer->first_name = g_strdup ("Zoé");
  order->customer->last_name = g_strdup ("Crème-Brûlée");
  order->customer->phone = g_strdup ("+33 6 12 34 56 78");
  cpt_test_order_add_item (order, "Pizza \"Reine\"", 2);
  cpt_test_order_add_item (order, "Tiramisù", 1);
  return order;
}

static void
test_row (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = full_order ();
  CptApplied *applied = cpt_test_apply (fixture, order, CPT_ORIGIN_FIRST_LIST, FALSE);
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, applied->row, NOW);

  g_assert_cmpint (row->row, ==, applied->row);
  g_assert_cmpstr (row->id, ==, "3r4s3-1");
  g_assert_null (row->raw_reason);
  g_assert_false (row->foreign || row->late || row->local_only || row->handled_elsewhere);
  g_assert_true (row->first_list && row->waiting);
  g_assert_cmpstr (row->number, ==, "0042");
  g_assert_cmpstr (row->source, ==, "Deliveroo");
  g_assert_cmpint (row->service_type, ==, CPT_SERVICE_COLLECTION);
  g_assert_cmpstr (row->service_type_text, ==, "collection");
  g_assert_cmpstr (row->table_name, ==, "T12");
  g_assert_cmpint (row->created_at, ==, NOW);
  g_assert_cmpint (row->expected_time, ==, NOW + CPT_HOUR);
  g_assert_cmpint (row->confirmed_time, ==, NOW + 2 * CPT_HOUR);
  g_assert_cmpint (row->first_seen_at, ==, NOW);
  g_assert_cmpstr (row->customer, ==, "Zoé Crème-Brûlée");
  g_assert_cmpstr (row->items, ==, "2 Pizza \"Reine\", 1 Tiramisù");
  g_assert_true (cpt_money_equal (row->total, cpt_money (2350, "EUR")));
  g_assert_true (cpt_money_equal (row->due, cpt_money (1350, "EUR")));
  g_assert_false (row->total_calculated);
  g_assert_cmpint (row->paid, ==, CPT_PAID_PARTLY);
  g_assert_cmpint (row->hubrise_status, ==, CPT_ORDER_RECEIVED);
  g_assert_cmpint (row->status, ==, CPT_ORDER_RECEIVED);
  g_assert_null (row->status_text);
  g_assert_cmpint (row->send, ==, CPT_SEND_NOTHING);
  g_assert_cmpint (row->send_step, ==, 0);
  g_assert_cmpint (row->held_until, ==, CPT_TIME_NONE);
  g_assert_cmpint (row->notice, ==, CPT_NOTICE_NONE);
  cpt_applied_free (applied);
}

static void
test_rows_in_order (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 a = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  gint64 b = cpt_test_arrive (fixture, "b", CPT_ORDER_NEW);
  gint64 asked[] = { b, 999, a };
  g_autoptr (GPtrArray) rows =
      cpt_test_ask (fixture, cpt_store_load_rows (asked, G_N_ELEMENTS (asked), NOW));

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((CptOrderRow *)rows->pdata[0])->row, ==, b);
  g_assert_cmpint (((CptOrderRow *)rows->pdata[1])->row, ==, a);
}

static void
test_find_and_load (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 a = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autofree gint64 *found = cpt_test_ask (fixture, cpt_store_find_order ("a"));
  g_autofree gint64 *missing = cpt_test_ask (fixture, cpt_store_find_order ("b"));
  g_autofree gint64 *foreign = NULL;
  g_autoptr (CptOrderRecord) record = cpt_test_ask (fixture, cpt_store_load_order (a, NOW));
  const CptHistoryEntry *line = record->history->pdata[0];

  g_assert_cmpint (*found, ==, a);
  g_assert_cmpint (*missing, ==, 0);
  g_assert_cmpint (record->row->row, ==, a);
  g_assert_null (record->raw_reason);
  g_assert_cmpstr (line->what, ==, "arrived");
  g_assert_cmpint (line->status, ==, CPT_ORDER_NEW);
  g_assert_cmpint (line->at, ==, NOW);
  cpt_test_refused (fixture, cpt_store_load_order (a + 1, NOW), CPT_STORE_ERROR_NOT_FOUND);

  cpt_test_do (fixture, cpt_store_unbind ());
  foreign = cpt_test_ask (fixture, cpt_store_find_order ("a"));
  g_assert_cmpint (*foreign, ==, 0);
}

static void
test_search (void)
{
  static const struct
  {
    const char *text;
    gboolean found;
  } cases[] = {
    { "0042", TRUE },
    { "R-77", TRUE },
    { "r-77", TRUE },
    { "3r4s3-1", TRUE },
    { "3r4s", TRUE },
    { "zoe", TRUE },
    { "ZOÉ", TRUE },
    { "creme", TRUE },
    { "brul", TRUE },
    { "tiramisu", TRUE },
    { "tira zoe", TRUE },
    { "tira nobody", FALSE },
    { "\"Reine\"", TRUE },
    { "\"", TRUE },
    { "pizza \"rei", TRUE },
    { "' OR 1=1 --", FALSE },
    { "zoe OR nobody", FALSE },
    { "zoe*", TRUE },
    { "text:zoe", FALSE },
    { "(zoe", TRUE },
    { "NEAR(zoe", FALSE },
    { "^zoe", TRUE },
    { "  ", TRUE },
    { "%", TRUE },
    { "06 12 34 56 78", TRUE },
    { "0612345678", TRUE },
    { "+33612345678", TRUE },
    { "+33 6 12 34 56 78", TRUE },
    { "0033612345678", TRUE },
    { "612345678", TRUE },
    { "06.12.34", TRUE },
    { "345678", TRUE },
    { "5678", TRUE },
    { "0699999999", FALSE },
    { "999", FALSE },
    { "\xff\xfe zoe", TRUE },
  };
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = full_order ();
  CptApplied *applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, FALSE);

  cpt_test_arrive (fixture, "other", CPT_ORDER_COMPLETED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *today = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, cases[i].text);
      g_autofree char *all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, cases[i].text);
      g_autofree char *later = cpt_test_list (fixture, CPT_ORDER_TAB_LATER, cases[i].text);

      g_test_message ("case %u: %s", i, all);
      g_assert_cmpstr (today, ==, cases[i].found ? "3r4s3-1" : "");
      g_assert_cmpint (strstr (all, "3r4s3-1") != NULL, ==, cases[i].found);
      g_assert_cmpstr (later, ==, "");
    }
  cpt_applied_free (applied);
}

/* However it was written by the site, and however it is typed. */
static void
test_search_phone (void)
{
  static const char *const written[] = { "06 12 34 56 78", "+33612345678", "0033 6.12.34.56.78" };
  static const char *const typed[] = { "06 12 34 56 78",      "+33612345678",  "0612345678",
                                       "+33 6 12 34 56 78",   "0033612345678", "612345678",
                                       "+33 (0)6 12 34 56 78" };
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_ACCEPTED);

      order->customer = cpt_order_customer_new ();
      order->customer->phone = g_strdup (written[i]);
      cpt_applied_free (cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, FALSE));
      for (guint j = 0; j < G_N_ELEMENTS (typed); j++)
        assert_tab (fixture, CPT_ORDER_TAB_ALL, typed[j], "a");
      assert_tab (fixture, CPT_ORDER_TAB_ALL, "+33 6 12 34 56 79", "");
    }
}

static void
test_search_follows_changes (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) before = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) after = cpt_test_order ("a", CPT_ORDER_ACCEPTED);

  cpt_test_order_add_item (before, "Calzone", 1);
  cpt_test_order_add_item (after, "Napoli", 1);
  cpt_applied_free (cpt_test_apply (fixture, before, CPT_ORIGIN_EVENT, FALSE));
  cpt_applied_free (cpt_test_apply (fixture, after, CPT_ORIGIN_EVENT, FALSE));
  assert_tab (fixture, CPT_ORDER_TAB_ALL, "calz", "");
  assert_tab (fixture, CPT_ORDER_TAB_ALL, "napo", "a");
}

/* A list goes by what was promised, from the press on; what may be missed is not put away for
 * tomorrow. */
static void
test_promised (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) confirmed = cpt_test_order_at ("c", CPT_ORDER_ACCEPTED, NOW, NOW);
  gint64 a = add_at (fixture, "a", CPT_ORDER_NEW, NOW, NOW, "web");
  gint64 b = add_at (fixture, "b", CPT_ORDER_NEW, NOW, NOW + CPT_DAY, "web");
  g_autoptr (CptOrderStep) accept = cpt_test_step (a, CPT_ORDER_ACCEPTED, NOW);
  g_autoptr (CptOrderStep) stored = NULL;
  g_autoptr (CptOrderStep) tomorrow = NULL;
  g_autoptr (GPtrArray) applied = NULL;

  add_at (fixture, "half", CPT_ORDER_ACCEPTED, NOW, NOW + CPT_HOUR / 2, "web");
  add_at (fixture, "two", CPT_ORDER_ACCEPTED, NOW, NOW + 2 * CPT_HOUR, "web");
  confirmed->confirmed_time = NOW + 3 * CPT_HOUR;
  cpt_applied_free (cpt_test_apply (fixture, confirmed, CPT_ORIGIN_EVENT, FALSE));
  accept->confirmed_time = g_strdup ("2026-11-21T14:00:00+01:00");
  stored = cpt_test_ask (fixture, cpt_store_press (accept, FALSE));
  tomorrow = cpt_test_press (fixture, b, CPT_ORDER_ACCEPTED);
  assert_tab (fixture, CPT_ORDER_TAB_TODAY, NULL, "half a two c b");
  assert_tab (fixture, CPT_ORDER_TAB_LATER, NULL, "");
  applied = cpt_test_ask (fixture, cpt_store_settle_step (tomorrow->id, CPT_STEP_DONE, FALSE,
                                                          CPT_NOTICE_NONE, NULL, NULL, NOW));
  assert_tab (fixture, CPT_ORDER_TAB_LATER, NULL, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/list/tabs", test_tabs);
  g_test_add_func ("/store/list/day-borders", test_day_borders);
  g_test_add_func ("/store/list/deadline-table", test_deadline_table);
  g_test_add_func ("/store/list/counts", test_counts);
  g_test_add_func ("/store/list/waiting-rows", test_waiting_rows);
  g_test_add_func ("/store/list/row", test_row);
  g_test_add_func ("/store/list/rows-in-order", test_rows_in_order);
  g_test_add_func ("/store/list/find-and-load", test_find_and_load);
  g_test_add_func ("/store/list/search", test_search);
  g_test_add_func ("/store/list/search-phone", test_search_phone);
  g_test_add_func ("/store/list/search-follows-changes", test_search_follows_changes);
  g_test_add_func ("/store/order-list/refused-first", test_refused_first);
  g_test_add_func ("/store/order-list/held-stays", test_held_stays);
  g_test_add_func ("/store/order-list/promised", test_promised);
  return g_test_run ();
}
