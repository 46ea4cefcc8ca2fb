/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one order: for the events that named it, or before a step is sent. */
#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-order-sender-private.h"

/* --- Reading --- */

static void
take_events (CptOrderErrand *errand, CptOrderLane *lane)
{
  if (lane->events->len > 0)
    errand->events = cpt_order_lane_dup_events (lane);
  errand->late = lane->late;
  g_ptr_array_set_size (lane->events, 0);
  lane->wants_read = FALSE;
  lane->wants_reread = FALSE;
  lane->late = FALSE;
}

/* The reading failed: what it was to answer still waits. */
static void
give_events_back (CptOrderErrand *errand)
{
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);

  if (lane == NULL || errand->priority == CPT_PRIORITY_SPARE)
    return;
  for (char **event = errand->events; event != NULL && *event != NULL; event++)
    g_ptr_array_add (lane->events, g_strdup (*event));
  lane->wants_read =
      lane->wants_read || (errand->step == NULL && errand->entry == NULL) || lane->events->len > 0;
  lane->late = lane->late || errand->late;
}

static CptOrderApply *
new_apply (CptOrderErrand *errand, CptOrder *order)
{
  CptOrderSender *self = errand->self;
  CptOrderApply *apply =
      cpt_order_apply_new (order, errand->events != NULL ? CPT_ORIGIN_EVENT : CPT_ORIGIN_READ);

  apply->event_ids = g_strdupv (errand->events);
  apply->late = errand->late;
  apply->want_received = g_settings_get_boolean (self->settings, "send-received") &&
                         cpt_order_step_needs_received (order->created_at, order->expected_time,
                                                        cpt_clock_now (self->clock));
  return apply;
}

static void
emit_settled (CptOrderErrand *errand)
{
  if (errand->events != NULL)
    g_signal_emit_by_name (errand->self, "settled", errand->events);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    {
      cpt_order_sender_complain (self, error);
      give_events_back (errand);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  if (lane != NULL)
    cpt_backoff_reset (&lane->backoff);
  cpt_order_sender_emit_applied (self, applied);
  emit_settled (errand);
  cpt_order_sender_reload (self);
  cpt_order_errand_finish (errand);
}

static void
take_order (CptOrderErrand *errand, CptOrder *order)
{
  CptOrderSender *self = errand->self;
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (CptOrderApply) apply = NULL;
  g_autoptr (GPtrArray) applies = NULL;

  if (lane == NULL)
    {
      cpt_order_errand_finish (errand);
      return;
    }
  apply = new_apply (errand, order);
  cpt_order_lane_set_read (lane, order, errand->reply->began_mono);
  if (errand->step != NULL && errand->events == NULL)
    {
      cpt_order_errand_judge (errand, apply);
      return;
    }
  if (errand->entry != NULL && errand->events == NULL)
    {
      cpt_entry_errand_judge (errand, apply);
      return;
    }
  applies = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);
  g_ptr_array_add (applies, g_steal_pointer (&apply));
  cpt_store_run_async (self->store, cpt_store_apply_orders (applies, cpt_clock_now (self->clock)),
                       NULL, applied_cb, errand);
}

static void
read_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);

  take_order (errand, order);
}

static void
take_garbled (CptOrderErrand *errand)
{
  CptOrderLane *lane = cpt_order_errand_get_lane (errand);
  g_autoptr (CptOrder) raw = NULL;

  if (lane == NULL || !cpt_order_lane_is_garbled (lane, errand->reply->body))
    {
      give_events_back (errand);
      cpt_order_errand_postpone (errand, CPT_TIME_NONE);
      return;
    }
  raw =
      cpt_order_new_raw (errand->order_id,
                         errand->reply->message != NULL ? errand->reply->message
                                                        : _ ("HubRise's answer could not be read"),
                         errand->reply->body);
  take_order (errand, raw);
}

/* An event that is not acknowledged comes again for ever, and HubRise has understood and refused:
 * what it says is kept where the order would stand, for somebody to see. */
static void
keep_refusal (CptOrderErrand *errand)
{
  g_autoptr (CptOrder) raw = cpt_order_new_raw (errand->order_id, errand->reply->message, NULL);

  take_order (errand, raw);
}

/* HubRise does not give this order to us: the event is of no use, the step is refused. */
static void
take_refusal (CptOrderErrand *errand)
{
  if (errand->step != NULL)
    {
      cpt_order_errand_settle (errand, CPT_STEP_REFUSED, FALSE, CPT_NOTICE_NONE,
                               errand->reply->message, NULL);
      return;
    }
  if (errand->entry != NULL)
    {
      cpt_entry_errand_refuse (errand, errand->reply->message);
      return;
    }
  g_message ("Order %s cannot be read: HubRise answered %u", errand->order_id,
             errand->reply->status);
  if (errand->events != NULL && errand->reply->status != 404)
    {
      keep_refusal (errand);
      return;
    }
  emit_settled (errand);
  cpt_order_errand_finish (errand);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOrderErrand *errand = data;

  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  errand->reply = cpt_link_send_finish (CPT_LINK (source), result);
  switch (errand->reply->outcome)
    {
    case CPT_OUTCOME_DONE:
      if (errand->reply->body != NULL)
        cpt_order_errand_decode (errand, read_decoded_cb);
      else
        take_garbled (errand);
      break;
    case CPT_OUTCOME_NEVER:
      take_refusal (errand);
      break;
    case CPT_OUTCOME_UNKNOWN:
      if (errand->reply->status >= 200 && errand->reply->status < 300)
        {
          take_garbled (errand);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case CPT_OUTCOME_LATER:
    case CPT_OUTCOME_STOP:
    default:
      give_events_back (errand);
      if (errand->priority == CPT_PRIORITY_SPARE)
        cpt_order_errand_finish (errand);
      else
        cpt_order_errand_postpone (errand, errand->reply->retry_at);
    }
}

void
cpt_order_errand_read (CptOrderErrand *errand)
{
  CptHubriseRequest *request = cpt_hubrise_request_get_order (errand->order_id);

  take_events (errand, cpt_order_errand_get_lane (errand));
  cpt_hubrise_request_set_priority (request, errand->priority);
  cpt_link_send_async (errand->self->link, request, read_cb, errand);
}
