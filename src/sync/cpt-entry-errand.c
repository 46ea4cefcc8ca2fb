/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A payment or a missing item on its way in its order's lane: it is looked up in a fresh reading
 * before it is sent, and again after a lost reply. */
#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-order-sender-private.h"
#include "cpt-outbox-rule.h"

/* A till that read the order just before our payment sends its own within this. */
#define OTHERS_MS (35 * CPT_SECOND)

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
      /* It stays under way in the database: the next try looks it up first. */
      cpt_order_sender_complain (self, error);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  /* What the lane holds is old: it waits for the database, else it would begin the same again. */
  if (lane != NULL)
    g_ptr_array_set_size (lane->entries, 0);
  cpt_order_sender_emit_applied (self, applied);
  g_signal_emit_by_name (self, "steps-changed", errand->entry->order);
  cpt_order_sender_reload (self);
  cpt_order_errand_finish (errand);
}

static void
settle (CptOrderErrand *errand, CptEntryFate fate, CptOrderApply *apply)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  fate.entry = errand->entry->id;
  if (lane != NULL && fate.state != CPT_STEP_WAITING)
    cpt_backoff_reset (&lane->backoff);
  if (lane != NULL && fate.state != CPT_STEP_UNDER_WAY)
    lane->lost_entry = 0;
  cpt_store_run_async (self->store,
                       cpt_store_settle_entry (&fate, apply, cpt_json_decode_stored_order,
                                               cpt_clock_now (self->clock)),
                       NULL, settled_cb, errand);
}

static CptEntryFate
fate_of (CptStepState state, CptNotice notice)
{
  return (CptEntryFate){ .state = state, .notice = notice, .not_before = CPT_TIME_NONE };
}

/**
 * cpt_entry_errand_refuse:
 * @reason: (nullable): HubRise's words
 *
 * HubRise does not give the order to us, or does not take this.
 */
void
cpt_entry_errand_refuse (CptOrderErrand *errand, const char *reason)
{
  CptEntryFate fate = fate_of (CPT_STEP_REFUSED, CPT_NOTICE_NONE);

  fate.reason = reason != NULL ? reason : _ ("no reason given");
  settle (errand, fate, NULL);
}

static void
settle_done (CptOrderErrand *errand, CptOrderApply *apply)
{
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  if (lane != NULL && errand->entry->kind == CPT_OUTBOX_PAYMENT)
    lane->check_mono = cpt_order_sender_mono (errand->self) + OTHERS_MS;
  settle (errand, fate_of (CPT_STEP_DONE, CPT_NOTICE_NONE), apply);
}

/* The server may still be working on it: looked up in a minute, not before. */
static void
settle_lost (CptOrderErrand *errand)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  CptTime now = cpt_clock_now (self->clock);
  CptEntryFate fate = fate_of (CPT_STEP_UNDER_WAY, CPT_NOTICE_NONE);

  fate.not_before = now + CPT_OUTBOX_LOST_MS;
  if (lane != NULL)
    {
      g_clear_pointer (&lane->read, cpt_order_unref);
      cpt_order_lane_note_lost (lane, errand->entry, fate.not_before, now,
                                cpt_order_sender_mono (self));
    }
  settle (errand, fate, NULL);
}

static void
settle_later (CptOrderErrand *errand)
{
  cpt_order_errand_pause (errand, errand->reply->retry_at);
  settle (errand, fate_of (CPT_STEP_WAITING, CPT_NOTICE_NONE), NULL);
}

static gboolean
holds (const CptOrder *order, const CptOutboxEntry *entry)
{
  CptOrderBalance balance = { 0 };

  return cpt_outbox_entry_judge (entry, order, &balance) == CPT_ENTRY_DONE;
}

static void
patch_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);
  g_autoptr (CptOrderApply) apply = NULL;

  if (order->raw_reason != NULL || !holds (order, errand->entry))
    {
      settle_lost (errand);
      return;
    }
  apply = cpt_order_apply_new (order, CPT_ORIGIN_REPLY);
  if (lane != NULL)
    cpt_order_lane_set_read (lane, order, errand->reply->began_mono);
  settle_done (errand, apply);
}

/* What creates or deletes something may have been done although the answer says later. */
static gboolean
is_lost (const CptHubriseReply *reply)
{
  return reply->outcome == CPT_OUTCOME_UNKNOWN ||
         (reply->outcome == CPT_OUTCOME_LATER &&
          (reply->status == 408 || reply->status == 409 || reply->status >= 500));
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;

  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  errand->reply = cpt_link_send_finish (CPT_LINK (source), result);
  if (errand->reply->outcome == CPT_OUTCOME_DONE)
    cpt_order_errand_decode (errand, patch_decoded_cb);
  else if (errand->reply->outcome == CPT_OUTCOME_NEVER)
    cpt_entry_errand_refuse (errand, errand->reply->message);
  else if (is_lost (errand->reply))
    settle_lost (errand);
  else
    settle_later (errand);
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
      /* Given up meanwhile, or the disk would not: look again. */
      if (error != NULL && !g_error_matches (error, CPT_STORE_ERROR, CPT_STORE_ERROR_NOT_ALLOWED))
        cpt_order_sender_complain (self, error);
      cpt_order_sender_reload (self);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  request = cpt_hubrise_request_patch_entry (errand->entry, lane->read);
  cpt_link_send_async (self->link, cpt_hubrise_request_by_person (request), patched_cb, errand);
}

static char *
refusal_of (CptEntryVerdict verdict, const CptOrder *read, const CptOrderBalance *balance)
{
  g_autofree char *left = cpt_money_format (balance->due);

  if (verdict == CPT_ENTRY_TOO_MUCH)
    /* TRANSLATORS: %s is an amount. */
    return g_strdup_printf (_ ("only %s is left to pay"), left);
  if (verdict == CPT_ENTRY_DUE_UNKNOWN)
    return g_strdup (balance->reason != NULL ? balance->reason
                                             : _ ("the order is in another currency"));
  if (verdict == CPT_ENTRY_UNREADABLE)
    return g_strdup (read->raw_reason);
  if (verdict == CPT_ENTRY_LAST_ITEM)
    return g_strdup (_ ("nothing else is left of the order: it has to be cancelled"));
  /* TRANSLATORS: %s is an order's status. */
  return g_strdup_printf (_ ("the order is “%s” at HubRise"),
                          cpt_order_status_label (read->status));
}

static void
settle_refused (CptOrderErrand *errand,
                CptEntryVerdict verdict,
                const CptOrderBalance *balance,
                CptOrderApply *apply)
{
  CptOrder *read = cpt_order_errand_get_lane (errand)->read;
  g_autofree char *reason = refusal_of (verdict, read, balance);
  CptEntryFate fate = fate_of (CPT_STEP_REFUSED, CPT_NOTICE_NONE);

  fate.reason = reason;
  settle (errand, fate, apply);
}

static void
settle_already_paid (CptOrderErrand *errand, CptOrderApply *apply)
{
  g_autofree char *amount = cpt_money_to_string (errand->entry->amount);
  CptEntryFate fate = fate_of (CPT_STEP_DROPPED, CPT_NOTICE_ALREADY_PAID);

  fate.words = amount;
  settle (errand, fate, apply);
}

static void
settle_in_doubt (CptOrderErrand *errand, CptOrderApply *apply)
{
  CptEntryFate fate = fate_of (CPT_STEP_REFUSED, CPT_NOTICE_NONE);

  fate.reason = _ ("HubRise may have it: the till was connected anew before the answer came. "
                   "Look at what is paid; Retry sends it again.");
  settle (errand, fate, apply);
}

/* An item that is gone because of our own lost request is no change by others. */
static void
settle_found (CptOrderErrand *errand, CptOrderApply *apply)
{
  if (apply != NULL && errand->entry->state == CPT_STEP_UNDER_WAY)
    apply->origin = CPT_ORIGIN_REPLY;
  settle_done (errand, apply);
}

/**
 * cpt_entry_errand_judge:
 * @apply: (nullable): the reading in the lane, when it is not stored yet
 *
 * Looks the entry up in the reading, and sends it when it is not there.
 */
void
cpt_entry_errand_judge (CptOrderErrand *errand, CptOrderApply *apply)
{
  CptOrderSender *self = errand->self;
  CptOrder *read = cpt_order_errand_get_lane (errand)->read;
  CptTime since = cpt_link_get_connection (self->link)->connected_since;
  CptOrderBalance balance = { 0 };
  CptEntryVerdict verdict = cpt_outbox_entry_judge (errand->entry, read, &balance);

  switch (verdict)
    {
    case CPT_ENTRY_GO:
      if (errand->entry->kind == CPT_OUTBOX_PAYMENT &&
          cpt_outbox_entry_is_lost_before (errand->entry, since))
        settle_in_doubt (errand, apply);
      else
        cpt_store_run_async (self->store,
                             cpt_store_begin_entry (errand->entry->id, cpt_clock_now (self->clock)),
                             NULL, begun_cb, errand);
      break;
    case CPT_ENTRY_DONE:
      settle_found (errand, apply);
      break;
    case CPT_ENTRY_ALREADY_PAID:
      settle_already_paid (errand, apply);
      break;
    default:
      settle_refused (errand, verdict, &balance, apply);
    }
}
