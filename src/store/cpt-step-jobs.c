/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a step: pressed, taken back, sent, refused. Constructors on the main thread,
 * the rest on the writer. */
#include "cpt-connection-table-private.h"
#include "cpt-ledger-table-private.h"
#include "cpt-order-apply-private.h"
#include "cpt-order-table-private.h"
#include "cpt-outbox-table-private.h"
#include "cpt-step-table-private.h"
#include "cpt-store-job-private.h"

typedef struct
{
  CptOrderStep *step; /* (owned) */
  gboolean local;
} PressInput;

static void
press_input_free (gpointer data)
{
  PressInput *input = data;

  cpt_order_step_unref (input->step);
  g_free (input);
}

static gboolean
may_press (CptDb *db, const CptStoredOrder *order, const CptOrderStep *step)
{
  return (order->id != NULL || order->till) &&
         order->place == cpt_connection_table_get_place (db) &&
         cpt_order_status_allows (order->status, step->status, order->service_type);
}

/* What was promised, where something was. */
static const char *
words_of (const CptOrderStep *step)
{
  return step->confirmed_time != NULL ? step->confirmed_time : step->seller_note;
}

static CptOrderStep *
store_step (CptDb *db, const CptStoredOrder *order, const CptOrderStep *step, CptStepState state)
{
  gint64 place = 0;
  gint64 id = 0;

  cpt_step_table_end_holds (db, order->row);
  id = cpt_step_table_insert (db, step, state);
  cpt_history_add (db, order->row, step->pressed_at, step->status,
                   state == CPT_STEP_LOCAL ? "local" : "pressed", words_of (step), step->seller);
  /* Whoever takes the next step here handles the order here. */
  if (order->handled_elsewhere)
    cpt_order_table_set_elsewhere (db, order->row, FALSE);
  cpt_order_table_refresh (db, order->row);
  return cpt_step_table_read (db, id, &place);
}

static gpointer
press (CptDb *db, gpointer data)
{
  const PressInput *input = data;
  g_auto (CptStoredOrder) order = { 0 };

  cpt_db_assert_writer (db);
  cpt_order_table_read (db, input->step->order, &order);
  if (order.row == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  else if (!may_press (db, &order, input->step))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  if (cpt_db_has_failed (db))
    return NULL;
  return store_step (db, &order, input->step,
                     input->local || cpt_outbox_table_stays_here (db, order.row)
                         ? CPT_STEP_LOCAL
                         : CPT_STEP_WAITING);
}

/**
 * cpt_store_press:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) #CptOrderStep as stored
 */
CptStoreJob *
cpt_store_press (CptOrderStep *step, gboolean local)
{
  PressInput *input = g_new0 (PressInput, 1);

  input->step = cpt_order_step_ref (step);
  input->local = local;
  return cpt_store_job_new (CPT_JOB_WRITE, press, input, press_input_free,
                            (GDestroyNotify)cpt_order_step_unref);
}

/* The step, if it exists in the current binding; else the transaction fails. */
static CptOrderStep *
get_step (CptDb *db, gint64 id)
{
  gint64 place = 0;
  g_autoptr (CptOrderStep) step = cpt_step_table_read (db, id, &place);

  cpt_db_assert_writer (db);
  if (step == NULL)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  else if (place != cpt_connection_table_get_place (db))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "the step belongs to another binding");
  return cpt_db_has_failed (db) ? NULL : g_steal_pointer (&step);
}

static gpointer
undo (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOrderStep) step = get_step (db, input->row);

  if (step == NULL)
    return NULL;
  if (step->state != CPT_STEP_WAITING || step->not_before <= step->pressed_at ||
      input->now >= step->not_before)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_step_table_set_state (db, step->id, CPT_STEP_DROPPED, NULL);
  cpt_history_add (db, step->order, input->now, step->status, "undo", NULL, step->seller);
  cpt_order_table_refresh (db, step->order);
  return g_memdup2 (&step->order, sizeof step->order);
}

/**
 * cpt_store_undo:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) the row of its order, for
 *   g_free()
 */
CptStoreJob *
cpt_store_undo (gint64 step, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, undo, step, now, g_free);
}

static gpointer
load_unsent_steps (CptDb *db, gpointer data)
{
  return cpt_step_table_load_unsent (db, cpt_connection_table_get_place (db));
}

/**
 * cpt_store_load_unsent_steps:
 *
 * Returns: (transfer full): a job on the writer; result: (transfer full) (element-type
 *   CptOrderStep) #GPtrArray
 */
CptStoreJob *
cpt_store_load_unsent_steps (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, load_unsent_steps, NULL, NULL,
                            (GDestroyNotify)g_ptr_array_unref);
}

static gboolean
replaces_the_rest (CptOrderStatus status)
{
  return status == CPT_ORDER_REJECTED || status == CPT_ORDER_CANCELLED;
}

static gpointer
begin_step (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOrderStep) step = get_step (db, input->row);

  if (step == NULL)
    return NULL;
  if (replaces_the_rest (step->status))
    cpt_step_table_drop_before (db, step);
  /* None is skipped: a platform may wait for the very step that was left out. */
  if ((step->state != CPT_STEP_WAITING && step->state != CPT_STEP_UNDER_WAY) ||
      cpt_step_table_has_unsent_before (db, step))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_step_table_set_state (db, step->id, CPT_STEP_UNDER_WAY, NULL);
  cpt_order_table_refresh (db, step->order);
  return NULL;
}

/**
 * cpt_store_begin_step:
 *
 * Also allowed for a step whose earlier request was lost.
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_begin_step (gint64 step, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, begin_step, step, now, NULL);
}

/* HubRise never heard of the order: it is created nowhere, and the cancellation stays here with
 * what was taken for it. What it took off the stock is put back. */
static gpointer
call_off (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOrderStep) step = get_step (db, input->row);

  if (step == NULL)
    return NULL;
  if (step->state != CPT_STEP_WAITING || step->status != CPT_ORDER_CANCELLED ||
      !cpt_outbox_table_never_left (db, step->order))
    {
      cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
      return NULL;
    }
  cpt_step_table_drop_before (db, step);
  cpt_step_table_set_state (db, step->id, CPT_STEP_LOCAL, NULL);
  cpt_outbox_table_drop_creation (db, step->order);
  cpt_outbox_table_keep_here (db, step->order);
  cpt_history_add (db, step->order, input->now, step->status, "local", NULL, step->seller);
  cpt_order_table_refresh (db, step->order);
  cpt_ledger_table_look_again (db, step->order);
  return NULL;
}

/**
 * cpt_store_call_off:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_call_off (gint64 step, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, call_off, step, now, NULL);
}

typedef struct
{
  gint64 step;
  CptStepState state;
  gboolean rest;
  CptNotice notice;
  char *reason;         /* (owned) (nullable) */
  CptOrderApply *apply; /* (owned) (nullable) */
  CptTime now;
} SettleInput;

static void
settle_input_free (gpointer data)
{
  SettleInput *input = data;

  g_free (input->reason);
  g_clear_pointer (&input->apply, cpt_order_apply_free);
  g_free (input);
}

static const char *
word_for (CptStepState state)
{
  switch (state)
    {
    case CPT_STEP_DONE:
      return "sent";
    case CPT_STEP_REFUSED:
      return "refused";
    case CPT_STEP_DROPPED:
      return "dropped";
    default:
      return NULL;
    }
}

/* A step that was taken back or replaced while its request was on its way stays so, unless the
 * answer says that HubRise took it. */
static gboolean
may_settle (const CptOrderStep *step, CptStepState state)
{
  if (step->state == CPT_STEP_DROPPED)
    return state == CPT_STEP_DONE;
  return step->state != CPT_STEP_DONE && step->state != CPT_STEP_LOCAL;
}

static void
settle_state (CptDb *db, const CptOrderStep *step, const SettleInput *input)
{
  const char *word = word_for (input->state);

  if (!may_settle (step, input->state))
    return;
  cpt_step_table_set_state (db, step->id, input->state, input->reason);
  if (input->notice == CPT_NOTICE_DONE_ELSEWHERE)
    word = "elsewhere";
  if (word != NULL)
    cpt_history_add (db, step->order, input->now, step->status, word, input->reason, step->seller);
}

/* HubRise took the step but the order it answered with, if any, says nothing: without this the
 * order would fall back to where it was before and wait again. */
static void
trust_step (CptDb *db, const CptOrderStep *step, const SettleInput *input)
{
  g_auto (CptStoredOrder) order = { 0 };

  if (input->state != CPT_STEP_DONE ||
      (input->apply != NULL && input->apply->order->raw_reason == NULL))
    return;
  cpt_order_table_read (db, step->order, &order);
  if (cpt_order_step_judge (step->status, order.hubrise_status) == CPT_VERDICT_GO)
    cpt_order_table_set_status (db, step->order, step->status);
}

static gpointer
settle_step (CptDb *db, gpointer data)
{
  const SettleInput *input = data;
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_applied_free);
  g_autoptr (CptOrderStep) step = get_step (db, input->step);
  CptApplied *applied = NULL;

  if (step == NULL)
    return results;
  /* Before the step is settled: what others did is judged by what was still unsent. */
  if (input->apply != NULL)
    {
      applied =
          cpt_order_apply_run (db, cpt_connection_table_get_place (db), input->apply, input->now);
      g_ptr_array_add (results, applied);
    }
  settle_state (db, step, input);
  trust_step (db, step, input);
  if (input->rest)
    cpt_step_table_drop_others (db, step);
  if (input->notice != CPT_NOTICE_NONE)
    cpt_order_table_set_notice (db, step->order, input->notice, input->reason);
  if (applied != NULL && input->notice != CPT_NOTICE_NONE)
    applied->notice = input->notice;
  if (applied != NULL)
    applied->changed = TRUE;
  cpt_order_table_refresh (db, step->order);
  return results;
}

/**
 * cpt_store_settle_step:
 * @apply: (nullable): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptApplied)
 *   #GPtrArray
 */
CptStoreJob *
cpt_store_settle_step (gint64 step,
                       CptStepState state,
                       gboolean rest,
                       CptNotice notice,
                       const char *reason,
                       CptOrderApply *apply,
                       CptTime now)
{
  SettleInput *input = g_new0 (SettleInput, 1);

  input->step = step;
  input->state = state;
  input->rest = rest;
  input->notice = notice;
  input->reason = g_strdup (reason);
  input->apply = cpt_order_apply_copy (apply);
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, settle_step, input, settle_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
retry_step (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOrderStep) step = get_step (db, input->row);

  if (step == NULL)
    return NULL;
  if (step->state != CPT_STEP_REFUSED)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_step_table_set_state (db, step->id, CPT_STEP_WAITING, NULL);
  cpt_history_add (db, step->order, input->now, step->status, "retry", NULL, NULL);
  cpt_order_table_refresh (db, step->order);
  return g_memdup2 (&step->order, sizeof step->order);
}

/**
 * cpt_store_retry_step:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) the row of its order, for
 *   g_free()
 */
CptStoreJob *
cpt_store_retry_step (gint64 step, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, retry_step, step, now, g_free);
}

static gpointer
give_up_step (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOrderStep) step = get_step (db, input->row);

  if (step == NULL)
    return NULL;
  if (step->state != CPT_STEP_REFUSED && step->state != CPT_STEP_WAITING)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_step_table_set_state (db, step->id, CPT_STEP_DROPPED, step->reason);
  cpt_step_table_drop_after (db, step);
  cpt_history_add (db, step->order, input->now, step->status, "given-up", step->reason, NULL);
  cpt_order_table_refresh (db, step->order);
  return g_memdup2 (&step->order, sizeof step->order);
}

/**
 * cpt_store_give_up_step:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) the row of its order, for
 *   g_free()
 */
CptStoreJob *
cpt_store_give_up_step (gint64 step, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, give_up_step, step, now, g_free);
}

static gpointer
end_holds (CptDb *db, gpointer data)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT DISTINCT row FROM order_step"
                          " WHERE state IN (0, 1, 2) AND not_before > pressed_at");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  cpt_db_assert_writer (db);
  while (cpt_statement_next (statement))
    {
      gint64 row = cpt_statement_read_int (statement);

      g_array_append_val (rows, row);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      cpt_step_table_end_holds (db, row);
      cpt_order_table_refresh (db, row);
    }
  return NULL;
}

/**
 * cpt_store_end_holds:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_end_holds (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, end_holds, 0, now, NULL);
}

/* The order, if it exists; else the transaction fails. */
static gboolean
get_order (CptDb *db, gint64 row, CptStoredOrder *order)
{
  cpt_db_assert_writer (db);
  cpt_order_table_read (db, row, order);
  if (order->row == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  return order->row != 0;
}

static gpointer
mark_seen (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_auto (CptStoredOrder) order = { 0 };

  if (!get_order (db, input->row, &order) || order.notice == CPT_NOTICE_NONE)
    return NULL;
  cpt_order_table_set_notice (db, order.row, CPT_NOTICE_NONE, NULL);
  cpt_seen_table_forget (db, order.row);
  cpt_history_add (db, order.row, input->now, CPT_ORDER_UNKNOWN, "seen", NULL, NULL);
  cpt_order_table_refresh (db, order.row);
  return NULL;
}

/**
 * cpt_store_mark_seen:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_mark_seen (gint64 row, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, mark_seen, row, now, NULL);
}
