/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps: pressed, held, taken back, sent in order, refused. */
#include "cpt-pay-jobs.h"
#include "cpt-test-store.h"

#define AFTER_HOLD (NOW + CPT_STEP_HOLD_MS)

static void
press (CptTestStore *fixture, gint64 row, CptOrderStatus status)
{
  cpt_order_step_unref (cpt_test_press (fixture, row, status));
}

static void
refuse_press (CptTestStore *fixture, gint64 row, CptOrderStatus status, CptStoreError code)
{
  g_autoptr (CptOrderStep) step = cpt_test_step (row, status, NOW);

  cpt_test_refused (fixture, cpt_store_press (step, FALSE), code);
}

/* Done, and the answer names the order. */
static void
name_row (CptTestStore *fixture, CptStoreJob *job, gint64 id)
{
  g_autofree gint64 *row = cpt_test_ask (fixture, job);

  g_assert_cmpint (*row, ==, id);
}

static void
settle (CptTestStore *fixture, gint64 step, CptStepState state, const char *reason)
{
  g_autoptr (GPtrArray) applied =
      cpt_test_ask (fixture,
                    cpt_store_settle_step (step, state, FALSE, CPT_NOTICE_NONE, reason, NULL, NOW));

  g_assert_cmpuint (applied->len, ==, 0);
}

/* Returns: (transfer full): the statuses of what is unsent, "received accepted" */
static char *
unsent (CptTestStore *fixture)
{
  g_autoptr (GPtrArray) steps = cpt_test_unsent (fixture);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const CptOrderStep *step = steps->pdata[i];

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "",
                              cpt_order_status_to_string (step->status));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

#define assert_unsent(fixture, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = unsent (fixture);                                                    \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static CptOrderStatus
shown (CptTestStore *fixture, gint64 id)
{
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, id, NOW);

  return row->status;
}

static void
test_accept (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) pressed = cpt_test_step (id, CPT_ORDER_ACCEPTED, NOW);
  g_autoptr (CptOrderStep) stored = NULL;
  g_autoptr (CptOrderRow) row = NULL;

  pressed->confirmed_time = g_strdup ("2026-11-21T13:00:00+01:00");
  pressed->seller_note = g_strdup ("Thank you");
  pressed->seller = g_strdup ("Till 1");
  stored = cpt_test_ask (fixture, cpt_store_press (pressed, FALSE));
  row = cpt_test_row (fixture, id, NOW);

  g_assert_cmpint (stored->id, >, 0);
  g_assert_cmpint (stored->order, ==, id);
  g_assert_cmpstr (stored->order_id, ==, "a");
  g_assert_cmpint (stored->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpstr (stored->confirmed_time, ==, "2026-11-21T13:00:00+01:00");
  g_assert_cmpstr (stored->seller_note, ==, "Thank you");
  g_assert_null (stored->rejection_cause);
  g_assert_cmpstr (stored->seller, ==, "Till 1");
  g_assert_false (stored->automatic);
  g_assert_cmpint (stored->pressed_at, ==, NOW);
  g_assert_cmpint (stored->not_before, ==, NOW);
  g_assert_cmpint (stored->state, ==, CPT_STEP_WAITING);

  g_assert_cmpint (row->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (row->hubrise_status, ==, CPT_ORDER_NEW);
  g_assert_false (row->waiting);
  g_assert_cmpint (row->send, ==, CPT_SEND_WAITING);
  g_assert_cmpint (row->send_step, ==, stored->id);
  g_assert_cmpint (row->send_status, ==, CPT_ORDER_ACCEPTED);
}

#define PROMISED "2026-11-21T14:30:00+01:00"

static CptOrderStep *
promise (CptTestStore *fixture, gint64 row, gboolean local)
{
  g_autoptr (CptOrderStep) step = cpt_test_step (row, CPT_ORDER_ACCEPTED, NOW);

  step->confirmed_time = g_strdup (PROMISED);
  return cpt_test_ask (fixture, cpt_store_press (step, local));
}

/* @promised: whether the row shows the time; @unsent: whether somebody may miss the accept */
static void
assert_promised (CptTestStore *fixture, gint64 id, gboolean promised, gboolean is_unsent)
{
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, id, NOW);
  g_autoptr (GPtrArray) rows = cpt_test_ask (fixture, cpt_store_load_unconfirmed_rows (NOW));
  CptTime time = CPT_TIME_NONE;

  g_assert_true (cpt_time_parse (PROMISED, &time));
  g_assert_cmpint (row->promised_time, ==, promised ? time : CPT_TIME_NONE);
  g_assert_cmpint (row->unsent_accept_at, ==, is_unsent ? NOW : CPT_TIME_NONE);
  g_assert_cmpuint (rows->len, ==, is_unsent ? 1 : 0);
}

/* The time shows at once, whatever waits before the accept or behind it; a refusal takes it back,
 * and so does giving up. */
static void
test_promise (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  CptApplied *applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  gint64 id = applied->row;
  g_autoptr (CptOrderStep) accept = NULL;
  g_autoptr (CptOrderRecord) record = NULL;

  assert_promised (fixture, id, FALSE, FALSE);
  accept = promise (fixture, id, FALSE);
  assert_promised (fixture, id, TRUE, TRUE);
  press (fixture, id, CPT_ORDER_IN_PREPARATION);
  assert_unsent (fixture, "received accepted in_preparation");
  assert_promised (fixture, id, TRUE, TRUE);
  record = cpt_test_ask (fixture, cpt_store_load_order (id, NOW));
  g_assert_cmpstr (((CptHistoryEntry *)record->history->pdata[1])->text, ==, PROMISED);

  settle (fixture, accept->id, CPT_STEP_REFUSED, "closed");
  assert_promised (fixture, id, FALSE, TRUE);
  name_row (fixture, cpt_store_retry_step (accept->id, NOW), id);
  assert_promised (fixture, id, TRUE, TRUE);
  name_row (fixture, cpt_store_give_up_step (accept->id, NOW), id);
  assert_promised (fixture, id, FALSE, FALSE);
  cpt_applied_free (applied);
}

/* A cancellation takes the accept's place. Until it leaves it can be undone, and the row must not
 * have gone elsewhere meanwhile. */
static void
test_promise_cancelled (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = promise (fixture, id, FALSE);
  g_autoptr (CptOrderStep) cancel = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);
  g_autoptr (CptOrderStep) again = NULL;

  assert_promised (fixture, id, TRUE, FALSE);
  name_row (fixture, cpt_store_undo (cancel->id, NOW), id);
  assert_promised (fixture, id, TRUE, TRUE);
  again = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);
  cpt_test_do (fixture, cpt_store_begin_step (again->id, AFTER_HOLD));
  assert_promised (fixture, id, FALSE, FALSE);
}

/* What HubRise says holds: of our accept, and of one another till was first with. */
static void
test_promise_theirs (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = promise (fixture, id, FALSE);
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderRow) row = NULL;

  order->confirmed_time = NOW + CPT_HOUR;
  cpt_applied_free (cpt_test_apply (fixture, order, CPT_ORIGIN_READ, FALSE));
  assert_promised (fixture, id, FALSE, FALSE);
  row = cpt_test_row (fixture, id, NOW);
  g_assert_cmpint (cpt_order_row_get_promised (row), ==, NOW + CPT_HOUR);
}

/* Nobody waits for what stays at this till. */
static void
test_promise_local (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = promise (fixture, id, TRUE);

  assert_promised (fixture, id, TRUE, FALSE);
}

/* A step is pressed on what the screen shows, sent or not. */
static void
test_chain (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);

  press (fixture, id, CPT_ORDER_ACCEPTED);
  refuse_press (fixture, id, CPT_ORDER_ACCEPTED, CPT_STORE_ERROR_NOT_ALLOWED);
  refuse_press (fixture, id, CPT_ORDER_COMPLETED, CPT_STORE_ERROR_NOT_ALLOWED);
  refuse_press (fixture, id + 1, CPT_ORDER_ACCEPTED, CPT_STORE_ERROR_NOT_FOUND);
  press (fixture, id, CPT_ORDER_IN_PREPARATION);
  refuse_press (fixture, id, CPT_ORDER_AWAITING_SHIPMENT, CPT_STORE_ERROR_NOT_ALLOWED);
  press (fixture, id, CPT_ORDER_AWAITING_COLLECTION);
  assert_unsent (fixture, "accepted in_preparation awaiting_collection");
  g_assert_cmpint (shown (fixture, id), ==, CPT_ORDER_AWAITING_COLLECTION);
}

static void
test_in_order (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderStep) take = cpt_test_press (fixture, id, CPT_ORDER_IN_PREPARATION);

  cpt_test_refused (fixture, cpt_store_begin_step (take->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  /* A lost reply: the same step begins again. */
  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  settle (fixture, accept->id, CPT_STEP_WAITING, NULL);
  assert_unsent (fixture, "accepted in_preparation");
  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  settle (fixture, accept->id, CPT_STEP_DONE, NULL);
  assert_unsent (fixture, "in_preparation");
  cpt_test_refused (fixture, cpt_store_begin_step (accept->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_do (fixture, cpt_store_begin_step (take->id, NOW));
}

static void
test_undo (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) reject = cpt_test_press (fixture, id, CPT_ORDER_REJECTED);
  g_autoptr (CptOrderRow) held = cpt_test_row (fixture, id, AFTER_HOLD - 1);
  g_autoptr (CptOrderRow) over = cpt_test_row (fixture, id, AFTER_HOLD);
  g_autofree char *today = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, NULL);
  g_autoptr (CptOrderRow) back = NULL;
  g_autofree char *history = NULL;

  g_assert_cmpint (held->send, ==, CPT_SEND_HELD);
  g_assert_cmpint (held->send_step, ==, reject->id);
  g_assert_cmpint (held->send_status, ==, CPT_ORDER_REJECTED);
  g_assert_cmpint (held->held_until, ==, AFTER_HOLD);
  g_assert_cmpint (over->send, ==, CPT_SEND_WAITING);
  g_assert_cmpint (over->held_until, ==, CPT_TIME_NONE);
  g_assert_cmpstr (today, ==, "a");

  cpt_test_refused (fixture, cpt_store_undo (reject->id, AFTER_HOLD), CPT_STORE_ERROR_NOT_ALLOWED);
  name_row (fixture, cpt_store_undo (reject->id, AFTER_HOLD - 1), id);
  back = cpt_test_row (fixture, id, NOW);
  history = cpt_test_history (fixture, id);
  g_assert_cmpint (back->status, ==, CPT_ORDER_NEW);
  g_assert_true (back->waiting);
  g_assert_cmpint (back->send, ==, CPT_SEND_NOTHING);
  g_assert_cmpstr (history, ==, "arrived pressed undo");
  assert_unsent (fixture, "");
  cpt_test_refused (fixture, cpt_store_begin_step (reject->id, AFTER_HOLD),
                    CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_refused (fixture, cpt_store_undo (reject->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
}

/* What was not held cannot be taken back, and neither can what has left. */
static void
test_undo_too_late (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderStep) cancel = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);

  cpt_test_refused (fixture, cpt_store_undo (accept->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_do (fixture, cpt_store_begin_step (cancel->id, AFTER_HOLD));
  cpt_test_refused (fixture, cpt_store_undo (cancel->id, NOW + 1), CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_refused (fixture, cpt_store_undo (cancel->id + 1, NOW), CPT_STORE_ERROR_NOT_FOUND);
}

/* Cancelling replaces the unsent rest, but only when it leaves. */
static void
test_cancel_replaces (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) cancel = NULL;
  g_autoptr (CptOrderStep) again = NULL;

  press (fixture, id, CPT_ORDER_ACCEPTED);
  press (fixture, id, CPT_ORDER_IN_PREPARATION);
  cancel = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);
  assert_unsent (fixture, "accepted in_preparation cancelled");
  name_row (fixture, cpt_store_undo (cancel->id, NOW), id);
  assert_unsent (fixture, "accepted in_preparation");
  g_assert_cmpint (shown (fixture, id), ==, CPT_ORDER_IN_PREPARATION);

  again = cpt_test_press (fixture, id, CPT_ORDER_CANCELLED);
  cpt_test_do (fixture, cpt_store_begin_step (again->id, AFTER_HOLD));
  assert_unsent (fixture, "cancelled");
}

static void
test_refused (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderStep) take = cpt_test_press (fixture, id, CPT_ORDER_IN_PREPARATION);
  g_autoptr (CptOrderRow) row = NULL;
  g_autofree char *history = NULL;

  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  settle (fixture, accept->id, CPT_STEP_REFUSED, "closed");
  row = cpt_test_row (fixture, id, NOW);
  g_assert_cmpint (row->send, ==, CPT_SEND_REFUSED);
  g_assert_cmpint (row->send_step, ==, accept->id);
  g_assert_cmpstr (row->send_reason, ==, "closed");
  cpt_test_refused (fixture, cpt_store_begin_step (take->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);

  cpt_test_refused (fixture, cpt_store_retry_step (take->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
  name_row (fixture, cpt_store_retry_step (accept->id, NOW), id);
  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  settle (fixture, accept->id, CPT_STEP_REFUSED, "closed");
  name_row (fixture, cpt_store_give_up_step (accept->id, NOW), id);
  assert_unsent (fixture, "");
  g_assert_cmpint (shown (fixture, id), ==, CPT_ORDER_NEW);
  history = cpt_test_history (fixture, id);
  g_assert_cmpstr (history, ==, "arrived pressed pressed refused retry refused given-up");
}

/* A refused rejection must not vanish with the finished orders. */
static void
test_refused_stays_in_sight (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) reject = cpt_test_press (fixture, id, CPT_ORDER_REJECTED);
  g_autofree char *today = NULL;

  cpt_test_do (fixture, cpt_store_begin_step (reject->id, AFTER_HOLD));
  settle (fixture, reject->id, CPT_STEP_REFUSED, "no");
  today = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, NULL);
  g_assert_cmpstr (today, ==, "a");
}

static void
test_settle_with_order (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderApply) apply = cpt_order_apply_new (order, CPT_ORIGIN_REPLY);
  g_autoptr (GPtrArray) results = NULL;
  const CptApplied *applied = NULL;
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
  results = cpt_test_ask (fixture, cpt_store_settle_step (accept->id, CPT_STEP_DONE, FALSE,
                                                          CPT_NOTICE_NONE, NULL, apply, NOW));
  g_assert_cmpuint (results->len, ==, 1);
  applied = results->pdata[0];
  g_assert_cmpint (applied->row, ==, id);
  g_assert_true (applied->changed);
  g_assert_cmpint (applied->after, ==, CPT_ORDER_ACCEPTED);
  row = cpt_test_row (fixture, id, NOW);
  g_assert_cmpint (row->hubrise_status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (row->send, ==, CPT_SEND_NOTHING);
}

/* Taken without an order to show for it: the order does not fall back and wait again. */
static void
test_settle_without_order (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{", 1);
  g_autoptr (CptOrder) raw = cpt_order_new_raw ("r", "no status", bytes);
  CptApplied *applied = cpt_test_apply (fixture, raw, CPT_ORIGIN_EVENT, FALSE);
  gint64 ids[] = { cpt_test_arrive (fixture, "a", CPT_ORDER_NEW), applied->row };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, ids[i], CPT_ORDER_ACCEPTED);
      g_autoptr (CptOrderRow) row = NULL;

      cpt_test_do (fixture, cpt_store_begin_step (accept->id, NOW));
      settle (fixture, accept->id, CPT_STEP_DONE, NULL);
      row = cpt_test_row (fixture, ids[i], NOW);
      g_assert_cmpint (row->hubrise_status, ==, CPT_ORDER_ACCEPTED);
      g_assert_cmpint (row->status, ==, CPT_ORDER_ACCEPTED);
      g_assert_false (row->waiting);
      g_assert_cmpint (row->send, ==, CPT_SEND_NOTHING);
    }
  cpt_applied_free (applied);
}

/* Theirs holds: ours are dropped, the user is told until Seen. */
static void
test_theirs_hold (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_CANCELLED);
  g_autoptr (CptOrderApply) apply = cpt_order_apply_new (order, CPT_ORIGIN_READ);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (CptOrderRow) seen = NULL;
  g_autofree char *today = NULL;
  g_autofree char *after = NULL;

  press (fixture, id, CPT_ORDER_IN_PREPARATION);
  results = cpt_test_ask (fixture,
                          cpt_store_settle_step (accept->id, CPT_STEP_DROPPED, TRUE,
                                                 CPT_NOTICE_THEIRS_HOLD, "cancelled", apply, NOW));
  g_assert_cmpint (((CptApplied *)results->pdata[0])->notice, ==, CPT_NOTICE_THEIRS_HOLD);
  row = cpt_test_row (fixture, id, NOW);
  today = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, NULL);
  assert_unsent (fixture, "");
  g_assert_cmpint (row->status, ==, CPT_ORDER_CANCELLED);
  g_assert_cmpint (row->notice, ==, CPT_NOTICE_THEIRS_HOLD);
  g_assert_cmpstr (row->notice_text, ==, "cancelled");
  g_assert_cmpstr (today, ==, "a");

  cpt_test_do (fixture, cpt_store_mark_seen (id, NOW));
  seen = cpt_test_row (fixture, id, NOW);
  after = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, NULL);
  g_assert_cmpint (seen->notice, ==, CPT_NOTICE_NONE);
  g_assert_null (seen->notice_text);
  g_assert_cmpstr (after, ==, "");
}

static void
test_local (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderStep) take = cpt_test_step (id, CPT_ORDER_IN_PREPARATION, NOW);
  g_autoptr (CptOrderStep) stored = cpt_test_ask (fixture, cpt_store_press (take, TRUE));
  g_autoptr (CptOrderRow) row = cpt_test_row (fixture, id, NOW);
  g_autoptr (CptOrder) theirs = cpt_test_order ("a", CPT_ORDER_AWAITING_COLLECTION);
  CptApplied *applied = NULL;
  g_autoptr (CptOrderRow) after = NULL;

  g_assert_cmpint (stored->state, ==, CPT_STEP_LOCAL);
  g_assert_cmpint (row->status, ==, CPT_ORDER_IN_PREPARATION);
  g_assert_true (row->local_only);
  g_assert_cmpint (row->send, ==, CPT_SEND_NOTHING);
  assert_unsent (fixture, "");

  applied = cpt_test_apply (fixture, theirs, CPT_ORIGIN_EVENT, FALSE);
  after = cpt_test_row (fixture, id, NOW);
  g_assert_cmpint (after->status, ==, CPT_ORDER_AWAITING_COLLECTION);
  g_assert_false (after->local_only);
  cpt_applied_free (applied);
}

static void
test_end_holds (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) reject = cpt_test_press (fixture, id, CPT_ORDER_REJECTED);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_do (fixture, cpt_store_end_holds (NOW));
  steps = cpt_test_unsent (fixture);
  row = cpt_test_row (fixture, id, NOW);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpint (((CptOrderStep *)steps->pdata[0])->not_before, <=, NOW);
  g_assert_cmpint (row->send, ==, CPT_SEND_WAITING);
  cpt_test_refused (fixture, cpt_store_undo (reject->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
}

/* HubRise moved while a rejection was held: who goes on from there cannot take it back any more. */
static void
test_next_press_ends_hold (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) reject = cpt_test_press (fixture, id, CPT_ORDER_REJECTED);

  g_assert_cmpint (cpt_test_arrive (fixture, "a", CPT_ORDER_ACCEPTED), ==, id);
  press (fixture, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_refused (fixture, cpt_store_undo (reject->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
}

static void
test_elsewhere (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  CptApplied *applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  gint64 id = applied->row;
  g_autoptr (CptOrderRow) row = NULL;
  g_autoptr (CptOrderRow) again = NULL;
  g_autofree char *today = NULL;

  cpt_test_do (fixture, cpt_store_mark_elsewhere (id, NULL, NOW));
  row = cpt_test_row (fixture, id, NOW);
  today = cpt_test_list (fixture, CPT_ORDER_TAB_TODAY, NULL);
  assert_unsent (fixture, "");
  g_assert_true (row->handled_elsewhere);
  g_assert_false (row->waiting);
  g_assert_cmpstr (today, ==, "");

  /* Somebody changes their mind; what was decided is taken out of nobody's sight. */
  press (fixture, id, CPT_ORDER_ACCEPTED);
  again = cpt_test_row (fixture, id, NOW);
  g_assert_false (again->handled_elsewhere);
  cpt_test_refused (fixture, cpt_store_mark_elsewhere (id, NULL, NOW), CPT_STORE_ERROR_NOT_ALLOWED);
  assert_unsent (fixture, "accepted");
  cpt_test_refused (fixture, cpt_store_mark_elsewhere (id + 1, NULL, NOW),
                    CPT_STORE_ERROR_NOT_FOUND);
  cpt_test_refused (fixture, cpt_store_mark_seen (id + 1, NOW), CPT_STORE_ERROR_NOT_FOUND);
  cpt_applied_free (applied);
}

/* Handled elsewhere while a step was on its way: HubRise's answer is still true. */
static void
test_answer_after_drop (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  CptApplied *applied = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (GPtrArray) steps = cpt_test_unsent (fixture);
  const CptOrderStep *received = steps->pdata[0];

  cpt_test_do (fixture, cpt_store_begin_step (received->id, NOW));
  cpt_test_do (fixture, cpt_store_mark_elsewhere (applied->row, NULL, NOW));
  settle (fixture, received->id, CPT_STEP_WAITING, NULL);
  assert_unsent (fixture, "");
  settle (fixture, received->id, CPT_STEP_REFUSED, "no");
  assert_unsent (fixture, "");
  cpt_applied_free (applied);
}

/* Another binding's orders are shown and never sent; coming back resumes them. */
static void
test_other_binding (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 id = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_press (fixture, id, CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderRow) foreign = NULL;
  g_autoptr (CptOrderRow) ours = NULL;

  cpt_test_bind (fixture, "http://127.0.0.1/v1", "loc-2", "cat-1");
  foreign = cpt_test_row (fixture, id, NOW);
  g_assert_true (foreign->foreign);
  assert_unsent (fixture, "");
  refuse_press (fixture, id, CPT_ORDER_IN_PREPARATION, CPT_STORE_ERROR_NOT_ALLOWED);
  cpt_test_refused (fixture, cpt_store_begin_step (accept->id, NOW), CPT_STORE_ERROR_NOT_ALLOWED);

  /* The same location with another catalog has the same orders. */
  cpt_test_bind (fixture, "http://127.0.0.1/v1", "loc-1", "cat-2");
  ours = cpt_test_row (fixture, id, NOW);
  g_assert_false (ours->foreign);
  assert_unsent (fixture, "accepted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/steps/accept", test_accept);
  g_test_add_func ("/store/steps/promise", test_promise);
  g_test_add_func ("/store/steps/promise-cancelled", test_promise_cancelled);
  g_test_add_func ("/store/steps/promise-theirs", test_promise_theirs);
  g_test_add_func ("/store/steps/promise-local", test_promise_local);
  g_test_add_func ("/store/steps/chain", test_chain);
  g_test_add_func ("/store/steps/in-order", test_in_order);
  g_test_add_func ("/store/steps/undo", test_undo);
  g_test_add_func ("/store/steps/undo-too-late", test_undo_too_late);
  g_test_add_func ("/store/steps/cancel-replaces", test_cancel_replaces);
  g_test_add_func ("/store/steps/refused", test_refused);
  g_test_add_func ("/store/steps/refused-stays-in-sight", test_refused_stays_in_sight);
  g_test_add_func ("/store/steps/settle-with-order", test_settle_with_order);
  g_test_add_func ("/store/steps/settle-without-order", test_settle_without_order);
  g_test_add_func ("/store/steps/theirs-hold", test_theirs_hold);
  g_test_add_func ("/store/steps/local", test_local);
  g_test_add_func ("/store/steps/end-holds", test_end_holds);
  g_test_add_func ("/store/steps/next-press-ends-hold", test_next_press_ends_hold);
  g_test_add_func ("/store/steps/elsewhere", test_elsewhere);
  g_test_add_func ("/store/steps/answer-after-drop", test_answer_after_drop);
  g_test_add_func ("/store/steps/other-binding", test_other_binding);
  return g_test_run ();
}
