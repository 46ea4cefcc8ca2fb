/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing under way in one lane: its beginning and end, and what becomes of a step. */
#include "cpt-json.h"
#include "cpt-order-sender-private.h"

CptOrderLane *
cpt_order_errand_get_lane (CptOrderErrand *errand)
{
  CptOrderLane *lane = g_hash_table_lookup (errand->self->lanes, errand->order_id);

  return lane != NULL && lane->serial == errand->lane_serial ? lane : NULL;
}

static void
errand_free (CptOrderErrand *errand)
{
  g_clear_pointer (&errand->step, cpt_order_step_unref);
  g_clear_pointer (&errand->entry, cpt_outbox_entry_unref);
  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  g_strfreev (errand->events);
  g_free (errand->order_id);
  g_object_unref (errand->self);
  g_free (errand);
}

static gboolean
is_background (const CptOrderErrand *errand)
{
  return errand->priority != CPT_PRIORITY_PERSON;
}

CptOrderErrand *
cpt_order_errand_new (CptOrderSender *self,
                      CptOrderLane *lane,
                      CptOrderStep *step,
                      CptOutboxEntry *entry,
                      CptPriority priority)
{
  CptOrderErrand *errand = g_new0 (CptOrderErrand, 1);

  errand->self = g_object_ref (self);
  errand->order_id = g_strdup (lane->order_id);
  errand->lane_serial = lane->serial;
  errand->step = step != NULL ? cpt_order_step_ref (step) : NULL;
  errand->entry = entry != NULL ? cpt_outbox_entry_ref (entry) : NULL;
  errand->priority = priority;
  lane->busy = TRUE;
  if (is_background (errand))
    self->n_background++;
  return errand;
}

/* --- The end of a errand --- */

void
cpt_order_errand_finish (CptOrderErrand *errand)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  if (is_background (errand))
    {
      self->n_background--;
      self->newest_is_done = TRUE;
    }
  if (lane != NULL)
    lane->busy = FALSE;
  cpt_order_sender_pump (self);
  if (cpt_order_sender_count_reads (self) == 0)
    g_signal_emit_by_name (self, "drained");
  errand_free (errand);
}

void
cpt_order_errand_pause (CptOrderErrand *errand, CptTime retry_at)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  gint64 pause = 0;

  if (lane == NULL)
    return;
  pause = cpt_backoff_next (&lane->backoff);
  if (retry_at != CPT_TIME_NONE)
    pause = MAX (retry_at - cpt_clock_now (self->clock), 1);
  lane->retry_mono = cpt_order_sender_mono (self) + pause;
  /* Kept here by the budget, HubRise was not asked: what may have more does not rest. */
  lane->rests = retry_at != CPT_TIME_NONE && errand->reply->status == 0 ? errand->priority
                                                                        : CPT_PRIORITY_PERSON;
}

/* Nothing came of it: the same again later. @retry_at: of the reply, or CPT_TIME_NONE. */
void
cpt_order_errand_postpone (CptOrderErrand *errand, CptTime retry_at)
{
  cpt_order_errand_pause (errand, retry_at);
  cpt_order_errand_finish (errand);
}

void
cpt_order_sender_complain (CptOrderSender *self, GError *error)
{
  if (self->stopped)
    return;
  g_message ("An order could not be written to the database: %s", error->message);
  g_signal_emit_by_name (self, "failed", error);
}

void
cpt_order_sender_emit_applied (CptOrderSender *self, GPtrArray *applied)
{
  if (applied != NULL && applied->len > 0)
    g_signal_emit_by_name (self, "applied", applied);
}

/* --- A step's fate --- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    {
      /* It stays under way in the database: the next try reads it back first. */
      cpt_order_sender_complain (self, error);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  /* What the lane holds is old: it waits for the database, else it would begin the same again. */
  if (lane != NULL)
    g_ptr_array_set_size (lane->steps, 0);
  cpt_order_sender_emit_applied (self, applied);
  g_signal_emit_by_name (self, "steps-changed", errand->step->order);
  cpt_order_sender_reload (self);
  cpt_order_errand_finish (errand);
}

void
cpt_order_errand_settle (CptOrderErrand *errand,
                         CptStepState state,
                         gboolean rest,
                         CptNotice notice,
                         const char *reason,
                         CptOrderApply *apply)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  if (lane != NULL && state != CPT_STEP_WAITING)
    cpt_backoff_reset (&lane->backoff);
  cpt_store_run_async (self->store,
                       cpt_store_settle_step (errand->step->id, state, rest, notice, reason, apply,
                                              cpt_clock_now (self->clock)),
                       NULL, settled_cb, errand);
}

static void
settle_later (CptOrderErrand *errand)
{
  cpt_order_errand_pause (errand, errand->reply->retry_at);
  cpt_order_errand_settle (errand, CPT_STEP_WAITING, FALSE, CPT_NOTICE_NONE, NULL, NULL);
}

static void
settle_patched (CptOrderErrand *errand, CptOrder *order)
{
  g_autoptr (CptOrderApply) apply = NULL;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  if (order->raw_reason != NULL)
    {
      /* Processed or not: the next round reads it back. */
      if (lane != NULL)
        g_clear_pointer (&lane->read, cpt_order_unref);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  apply = cpt_order_apply_new (order, CPT_ORIGIN_REPLY);
  if (lane != NULL)
    cpt_order_lane_set_read (lane, order, errand->reply->began_mono);
  cpt_order_errand_settle (errand, CPT_STEP_DONE, FALSE, CPT_NOTICE_NONE, NULL, apply);
}

static void
patch_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);

  settle_patched (data, order);
}

void
cpt_order_errand_decode (CptOrderErrand *errand, GAsyncReadyCallback callback)
{
  cpt_json_decode_async (errand->reply->body, (CptJsonDecoder)cpt_json_decode_order,
                         g_strdup (errand->order_id), g_free, (GDestroyNotify)cpt_order_unref, NULL,
                         callback, errand);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  errand->reply = cpt_link_send_finish (CPT_LINK (source), result);
  switch (errand->reply->outcome)
    {
    case CPT_OUTCOME_DONE:
      cpt_order_errand_decode (errand, patch_decoded_cb);
      break;
    case CPT_OUTCOME_NEVER:
      cpt_order_errand_settle (errand, CPT_STEP_REFUSED, FALSE, CPT_NOTICE_NONE,
                               errand->reply->message, NULL);
      break;
    case CPT_OUTCOME_UNKNOWN:
      /* Still under way in the database: the next round reads it back and compares. */
      if (lane != NULL)
        g_clear_pointer (&lane->read, cpt_order_unref);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      break;
    case CPT_OUTCOME_LATER:
    case CPT_OUTCOME_STOP:
    default:
      settle_later (errand);
    }
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (GError) error = NULL;
  CptHubriseRequest *request;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL || lane == NULL || lane->read == NULL)
    {
      /* Taken back meanwhile, or the disk would not: look again. */
      if (error != NULL && !g_error_matches (error, CPT_STORE_ERROR, CPT_STORE_ERROR_NOT_ALLOWED))
        cpt_order_sender_complain (self, error);
      cpt_order_sender_reload (self);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  request = cpt_hubrise_request_patch_order (errand->step, lane->read);
  if (!is_background (errand))
    cpt_hubrise_request_by_person (request);
  cpt_link_send_async (self->link, request, patched_cb, errand);
}

static void
begin (CptOrderErrand *errand)
{
  cpt_store_run_async (errand->self->store,
                       cpt_store_begin_step (errand->step->id, cpt_clock_now (errand->self->clock)),
                       NULL, begun_cb, errand);
}

/* Theirs is an end state. Where nobody pressed anything here, nothing of a person was dropped. */
static CptNotice
choose_notice (const CptOrderStep *step, const CptOrder *read)
{
  if (!step->automatic)
    return CPT_NOTICE_THEIRS_HOLD;
  return cpt_order_status_is_called_off (read->status) ? CPT_NOTICE_CANCELLED
                                                       : CPT_NOTICE_DONE_ELSEWHERE;
}

/* The rule for what HubRise did meanwhile, on the reading in the lane. @apply: (nullable). */
void
cpt_order_errand_judge (CptOrderErrand *errand, CptOrderApply *apply)
{
  CptOrder *read = cpt_order_errand_get_lane (errand)->read;
  CptNotice elsewhere = errand->step->automatic ? CPT_NOTICE_NONE : CPT_NOTICE_DONE_ELSEWHERE;

  switch (cpt_order_step_judge (errand->step->status, read->status))
    {
    case CPT_VERDICT_ALREADY:
      cpt_order_errand_settle (errand, CPT_STEP_DONE,
                               cpt_order_status_is_end (errand->step->status), CPT_NOTICE_NONE,
                               NULL, apply);
      break;
    case CPT_VERDICT_THEIRS_HOLD:
      cpt_order_errand_settle (errand, CPT_STEP_DROPPED, TRUE, choose_notice (errand->step, read),
                               read->status_text, apply);
      break;
    case CPT_VERDICT_TOO_LATE:
      cpt_order_errand_settle (errand, CPT_STEP_DROPPED, TRUE, CPT_NOTICE_TOO_LATE,
                               read->status_text, apply);
      break;
    case CPT_VERDICT_DONE_ELSEWHERE:
      cpt_order_errand_settle (errand, CPT_STEP_DONE, FALSE, elsewhere, read->status_text, apply);
      break;
    case CPT_VERDICT_GO:
    default:
      begin (errand);
    }
}
