/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders on their way into the database, and what others do to them. */
#include "cpt-pay-jobs.h"
#include "cpt-test-store.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptApplied, cpt_applied_free)

static CptApplied *
change (CptTestStore *fixture, const char *id, CptOrderStatus status, CptOrderOrigin origin)
{
  g_autoptr (CptOrder) order = cpt_test_order (id, status);

  return cpt_test_apply (fixture, order, origin, FALSE);
}

static void
test_once (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  g_autoptr (CptApplied) first = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptApplied) again = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (GPtrArray) steps = cpt_test_unsent (fixture);
  g_autofree char *all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  g_autofree char *history = cpt_test_history (fixture, first->row);

  g_assert_true (first->is_new && first->changed);
  g_assert_cmpint (first->before, ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpint (first->after, ==, CPT_ORDER_NEW);
  g_assert_cmpstr (first->id, ==, "a");
  g_assert_cmpint (again->row, ==, first->row);
  g_assert_false (again->is_new || again->changed);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (all, ==, "a");
  g_assert_cmpstr (history, ==, "arrived");
}

static void
test_survives_reopening (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  g_autoptr (CptOrderRecord) record = NULL;

  cpt_test_store_reopen (fixture);
  record = cpt_test_ask (fixture, cpt_store_load_order (row, NOW));
  g_assert_true (g_bytes_equal (record->document, order->document));
}

static void
test_received_step (void)
{
  static const struct
  {
    CptOrderStatus status;
    gboolean want;
    guint steps;
    CptOrderStatus shown;
  } cases[] = {
    { CPT_ORDER_NEW, TRUE, 1, CPT_ORDER_RECEIVED },
    { CPT_ORDER_NEW, FALSE, 0, CPT_ORDER_NEW },
    { CPT_ORDER_RECEIVED, TRUE, 0, CPT_ORDER_RECEIVED },
    { CPT_ORDER_ACCEPTED, TRUE, 0, CPT_ORDER_ACCEPTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
      g_autoptr (CptOrder) order = cpt_test_order ("a", cases[i].status);
      g_autoptr (CptApplied) applied =
          cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, cases[i].want);
      g_autoptr (GPtrArray) steps = cpt_test_unsent (fixture);
      g_autoptr (CptOrderRow) row = cpt_test_row (fixture, applied->row, NOW);
      CptOrderStep *step = NULL;

      g_assert_cmpuint (steps->len, ==, cases[i].steps);
      g_assert_cmpint (row->status, ==, cases[i].shown);
      g_assert_cmpint (row->hubrise_status, ==, cases[i].status);
      if (steps->len == 0)
        continue;
      step = steps->pdata[0];
      g_assert_true (step->automatic);
      g_assert_cmpint (step->status, ==, CPT_ORDER_RECEIVED);
      g_assert_cmpstr (step->order_id, ==, "a");
      g_assert_cmpint (step->order, ==, applied->row);
      g_assert_true (row->waiting);
      g_assert_cmpint (row->send, ==, CPT_SEND_WAITING);
    }
}

static void
test_cancelled_by_others (void)
{
  static const struct
  {
    CptOrderStatus from, to;
    CptOrderOrigin origin;
    CptNotice notice;
  } cases[] = {
    { CPT_ORDER_NEW, CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT, CPT_NOTICE_CANCELLED },
    { CPT_ORDER_RECEIVED, CPT_ORDER_REJECTED, CPT_ORIGIN_READ, CPT_NOTICE_CANCELLED },
    { CPT_ORDER_ACCEPTED, CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT, CPT_NOTICE_CANCELLED },
    { CPT_ORDER_IN_DELIVERY, CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT, CPT_NOTICE_CANCELLED },
    { CPT_ORDER_ACCEPTED, CPT_ORDER_CANCELLED, CPT_ORIGIN_REPLY, CPT_NOTICE_NONE },
    { CPT_ORDER_ACCEPTED, CPT_ORDER_CANCELLED, CPT_ORIGIN_FIRST_LIST, CPT_NOTICE_NONE },
    { CPT_ORDER_COMPLETED, CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT, CPT_NOTICE_NONE },
    { CPT_ORDER_NEW, CPT_ORDER_ACCEPTED, CPT_ORIGIN_EVENT, CPT_NOTICE_NONE },
    { CPT_ORDER_ACCEPTED, CPT_ORDER_COMPLETED, CPT_ORIGIN_EVENT, CPT_NOTICE_NONE },
    { CPT_ORDER_IN_DELIVERY, CPT_ORDER_DELIVERY_FAILED, CPT_ORIGIN_EVENT, CPT_NOTICE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
      gint64 id = cpt_test_arrive (fixture, "a", cases[i].from);
      g_autoptr (CptApplied) applied = change (fixture, "a", cases[i].to, cases[i].origin);
      g_autoptr (CptOrderRow) row = cpt_test_row (fixture, id, NOW);
      g_autofree char *history = cpt_test_history (fixture, id);

      g_assert_cmpint (applied->before, ==, cases[i].from);
      g_assert_cmpint (applied->after, ==, cases[i].to);
      g_assert_cmpint (applied->notice, ==, cases[i].notice);
      g_assert_cmpint (row->notice, ==, cases[i].notice);
      g_assert_cmpstr (row->notice_text, ==,
                       cases[i].notice != CPT_NOTICE_NONE ? cpt_order_status_to_string (cases[i].to)
                                                          : NULL);
      g_assert_cmpint (row->status, ==, cases[i].to);
      g_assert_false (row->waiting);
      g_assert_cmpstr (history, ==,
                       cases[i].origin == CPT_ORIGIN_REPLY ? "arrived" : "arrived theirs");
    }
}

static void
test_new_but_cancelled (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptApplied) applied = change (fixture, "a", CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT);

  g_assert_cmpint (applied->notice, ==, CPT_NOTICE_NONE);
}

/* Our own cancelling, whose reply was lost, is not another's. */
static void
test_cancelled_by_us (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderStep) step = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);
  g_autoptr (CptApplied) applied = NULL;

  cpt_test_do (fixture, cpt_store_begin_step (step->id, NOW + CPT_STEP_HOLD_MS));
  applied = change (fixture, "a", CPT_ORDER_CANCELLED, CPT_ORIGIN_READ);
  g_assert_cmpint (applied->notice, ==, CPT_NOTICE_NONE);
}

static void
test_cancelled_when_elsewhere (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptApplied) applied = NULL;

  cpt_test_do (fixture, cpt_store_mark_elsewhere (id, NULL, NOW));
  applied = change (fixture, "a", CPT_ORDER_CANCELLED, CPT_ORIGIN_EVENT);
  g_assert_cmpint (applied->notice, ==, CPT_NOTICE_NONE);
}

/* Another till accepted before our `received` left: nothing waits here any more. */
static void
test_accepted_elsewhere (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  g_autoptr (CptApplied) arrived = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptApplied) applied = change (fixture, "a", CPT_ORDER_ACCEPTED, CPT_ORIGIN_READ);
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, arrived->row, NOW);

  g_assert_true (applied->changed);
  g_assert_cmpint (row->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_false (row->waiting);
}

static void
test_content_changed (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) paid = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) more = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptApplied) arrived = NULL;
  g_autoptr (CptApplied) same = NULL;
  g_autoptr (CptApplied) changed = NULL;

  cpt_test_order_add_item (order, "Margherita", 1);
  arrived = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, FALSE);
  /* Another document, but nothing for the kitchen. */
  cpt_test_order_add_item (paid, "Margherita", 1);
  g_clear_pointer (&paid->document, g_bytes_unref);
  paid->document = g_bytes_new_static ("{\"paid\":1}", 10);
  same = cpt_test_apply (fixture, paid, CPT_ORIGIN_EVENT, FALSE);
  cpt_test_order_add_item (more, "Margherita", 2);
  changed = cpt_test_apply (fixture, more, CPT_ORIGIN_EVENT, FALSE);

  g_assert_cmpint (arrived->notice, ==, CPT_NOTICE_NONE);
  g_assert_true (same->changed);
  g_assert_cmpint (same->notice, ==, CPT_NOTICE_NONE);
  g_assert_cmpint (changed->notice, ==, CPT_NOTICE_CHANGED);
}

static CptOrder *
raw (const char *id, const char *document)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));

  return cpt_order_new_raw (id, "no status", bytes);
}

static void
test_raw (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) one = raw (NULL, "{]");
  g_autoptr (CptOrder) two = raw (NULL, "{]]");
  g_autoptr (CptOrder) named = raw ("n", "{");
  g_autoptr (CptApplied) first = cpt_test_apply (fixture, one, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptApplied) again = cpt_test_apply (fixture, one, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptApplied) other = cpt_test_apply (fixture, two, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptApplied) third = cpt_test_apply (fixture, named, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, first->row, NOW);
  g_autoptr (CptOrderStep) accept = NULL;

  g_assert_true (first->is_new);
  g_assert_false (again->is_new || again->changed);
  g_assert_cmpint (again->row, ==, first->row);
  g_assert_cmpint (other->row, !=, first->row);
  g_assert_cmpstr (row->raw_reason, ==, "no status");
  g_assert_true (row->waiting);
  g_assert_cmpint (row->total.state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpint (row->paid, ==, CPT_PAID_UNKNOWN);

  /* With an id it can be accepted, without one nothing can be sent about it. */
  accept = cpt_test_step (first->row, CPT_ORDER_ACCEPTED, NOW);
  cpt_test_refused (fixture, cpt_store_press (accept, FALSE), CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_order_step_unref (cpt_test_press (fixture, third->row, CPT_ORDER_ACCEPTED));
}

/* A reading that makes no sense takes nothing away from what was understood. */
static void
test_raw_over_good (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) broken = raw ("a", "{");
  g_autoptr (CptApplied) applied = cpt_test_apply (fixture, broken, CPT_ORIGIN_READ, FALSE);
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, id, NOW);
  g_autoptr (CptApplied) mended = NULL;
  g_autoptr (CptOrderRow) good = NULL;

  g_assert_cmpint (applied->row, ==, id);
  g_assert_cmpint (applied->notice, ==, CPT_NOTICE_NONE);
  g_assert_cmpstr (row->raw_reason, ==, "no status");
  g_assert_cmpint (row->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_false (row->waiting);

  mended = change (fixture, "a", CPT_ORDER_ACCEPTED, CPT_ORIGIN_READ);
  good = cpt_test_row (fixture, id, NOW);
  g_assert_true (mended->changed);
  g_assert_null (good->raw_reason);
}

static void
test_unknown_status (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_UNKNOWN);
  g_autoptr (CptOrder) later = cpt_test_order ("b", CPT_ORDER_UNKNOWN);
  g_autoptr (CptApplied) applied = NULL;
  g_autoptr (CptApplied) known = NULL;
  g_autoptr (CptApplied) moved = NULL;
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (CptOrderRow) past = NULL;

  order->status_text = g_strdup ("on_hold");
  applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, FALSE);
  row = cpt_test_row (fixture, applied->row, NOW);
  g_assert_cmpstr (row->status_text, ==, "on_hold");
  g_assert_true (row->waiting);

  /* Past the decision it does not start to wait again. */
  known = change (fixture, "b", CPT_ORDER_ACCEPTED, CPT_ORIGIN_EVENT);
  later->status_text = g_strdup ("driver_assigned");
  moved = cpt_test_apply (fixture, later, CPT_ORIGIN_EVENT, FALSE);
  past = cpt_test_row (fixture, moved->row, NOW);
  g_assert_cmpint (known->row, ==, moved->row);
  g_assert_false (past->waiting);
}

static void
test_events (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  g_autoptr (GPtrArray) applies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);
  CptOrderApply *apply = cpt_order_apply_new (order, CPT_ORIGIN_EVENT);
  const char *const asked[] = { "e1", "e2", "e3", NULL };
  const char *const gone[] = { "e1", NULL };
  g_autoptr (GPtrArray) results = NULL;
  g_auto (GStrv) open = NULL;
  g_auto (GStrv) after = NULL;
  g_auto (GStrv) elsewhere = NULL;
  g_auto (GStrv) back = NULL;

  apply->event_ids = g_strsplit ("e1 e2", " ", -1);
  g_ptr_array_add (applies, apply);
  results = cpt_test_ask (fixture, cpt_store_apply_orders (applies, NOW));
  open = cpt_test_ask (fixture, cpt_store_filter_events (asked));
  g_assert_cmpuint (g_strv_length (open), ==, 1);
  g_assert_cmpstr (open[0], ==, "e3");

  cpt_test_do (fixture, cpt_store_forget_events (gone));
  after = cpt_test_ask (fixture, cpt_store_filter_events (asked));
  g_assert_cmpuint (g_strv_length (after), ==, 2);

  /* Another server may count its events from one again. */
  cpt_test_bind (fixture, "http://127.0.0.2/v1", "loc-1", "cat-1");
  elsewhere = cpt_test_ask (fixture, cpt_store_filter_events (asked));
  g_assert_cmpuint (g_strv_length (elsewhere), ==, 3);

  /* A new connection has a new queue, also to the same place. */
  cpt_test_bind (fixture, "http://127.0.0.1/v1", "loc-1", "cat-1");
  back = cpt_test_ask (fixture, cpt_store_filter_events (asked));
  g_assert_cmpuint (g_strv_length (back), ==, 3);
}

static void
test_not_bound (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  g_autoptr (GPtrArray) applies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);

  g_ptr_array_add (applies, cpt_order_apply_new (order, CPT_ORIGIN_EVENT));
  cpt_test_refused (fixture, cpt_store_apply_orders (applies, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
}

/* One that comes anew between the look for old orders and their erasing is not overwritten. */
static void
test_erased_meanwhile (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (GPtrArray) found =
      cpt_test_ask (fixture, cpt_store_load_expired (NOW + 365 * CPT_DAY, 20));
  CptErasure *erasure = found->pdata[0];
  g_autoptr (CptApplied) applied = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (CptOrderRow) after = NULL;

  g_assert_cmpint (erasure->row, ==, row);
  erasure->order = cpt_test_order ("a", CPT_ORDER_NEW);
  applied = change (fixture, "a", CPT_ORDER_ACCEPTED, CPT_ORIGIN_EVENT);
  cpt_test_do (fixture, cpt_store_erase (found, NOW));
  after = cpt_test_row (fixture, row, NOW);
  g_assert_cmpint (after->status, ==, CPT_ORDER_ACCEPTED);
  again = cpt_test_ask (fixture, cpt_store_load_expired (NOW + 365 * CPT_DAY, 20));
  g_assert_cmpuint (again->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/apply/once", test_once);
  g_test_add_func ("/store/apply/survives-reopening", test_survives_reopening);
  g_test_add_func ("/store/apply/received-step", test_received_step);
  g_test_add_func ("/store/apply/cancelled-by-others", test_cancelled_by_others);
  g_test_add_func ("/store/apply/new-but-cancelled", test_new_but_cancelled);
  g_test_add_func ("/store/apply/cancelled-by-us", test_cancelled_by_us);
  g_test_add_func ("/store/apply/cancelled-when-elsewhere", test_cancelled_when_elsewhere);
  g_test_add_func ("/store/apply/accepted-elsewhere", test_accepted_elsewhere);
  g_test_add_func ("/store/apply/content-changed", test_content_changed);
  g_test_add_func ("/store/apply/raw", test_raw);
  g_test_add_func ("/store/apply/raw-over-good", test_raw_over_good);
  g_test_add_func ("/store/apply/unknown-status", test_unknown_status);
  g_test_add_func ("/store/apply/events", test_events);
  g_test_add_func ("/store/apply/not-bound", test_not_bound);
  g_test_add_func ("/store/apply/erased-meanwhile", test_erased_meanwhile);
  return g_test_run ();
}
