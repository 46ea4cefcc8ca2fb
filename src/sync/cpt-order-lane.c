/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-order-lane.h"

#include "cpt-hubrise-client.h"

/* A status is written on a reading that is no older than this. */
#define FRESH_MS 2000
/* So many identical unreadable answers are believed. */
#define GARBLED_LIMIT 3

/**
 * cpt_order_lane_new:
 *
 * Returns: (transfer full): a lane with nothing to do
 */
CptOrderLane *
cpt_order_lane_new (const char *order_id)
{
  static guint serial;
  CptOrderLane *lane = g_new0 (CptOrderLane, 1);

  lane->serial = ++serial;
  lane->order_id = g_strdup (order_id);
  lane->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_step_unref);
  lane->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);
  lane->events = g_ptr_array_new_with_free_func (g_free);
  lane->event_at = CPT_TIME_NONE;
  return lane;
}

void
cpt_order_lane_free (CptOrderLane *lane)
{
  g_free (lane->order_id);
  g_ptr_array_unref (lane->steps);
  g_ptr_array_unref (lane->entries);
  g_ptr_array_unref (lane->events);
  g_clear_pointer (&lane->read, cpt_order_unref);
  g_free (lane->garbled_sum);
  g_free (lane);
}

/**
 * cpt_order_lane_hold_left:
 *
 * A PC's clock may have been set back since the press: no step waits longer than a hold lasts.
 *
 * Returns: milliseconds until @step may leave, 0 for now
 */
gint64
cpt_order_lane_hold_left (const CptOrderStep *step, CptTime now)
{
  if (step->not_before <= step->pressed_at || step->not_before - now > CPT_STEP_HOLD_MS)
    return 0;
  return MAX (step->not_before - now, 0);
}

static gboolean
replaces_the_rest (CptOrderStep *step, CptTime now)
{
  return (step->status == CPT_ORDER_REJECTED || step->status == CPT_ORDER_CANCELLED) &&
         cpt_order_lane_hold_left (step, now) == 0 && step->state != CPT_STEP_REFUSED;
}

/**
 * cpt_order_lane_next_step:
 *
 * The first unsent step; or a rejection or cancellation whose hold is over, which replaces those
 * before it. A refused step stops the ones behind it until somebody decides.
 *
 * Returns: (transfer none) (nullable): the step to send next, though perhaps not yet
 */
CptOrderStep *
cpt_order_lane_next_step (CptOrderLane *lane, CptTime now)
{
  CptOrderStep *first = NULL;

  for (guint i = lane->steps->len; i > 0; i--)
    {
      CptOrderStep *step = g_ptr_array_index (lane->steps, i - 1);

      if (replaces_the_rest (step, now))
        return step;
    }
  if (lane->steps->len > 0)
    first = g_ptr_array_index (lane->steps, 0);
  return first != NULL && first->state != CPT_STEP_REFUSED ? first : NULL;
}

/**
 * cpt_order_lane_next_entry:
 *
 * Returns: (transfer none) (nullable): the payment or missing item to send next, though perhaps
 *   not yet
 */
CptOutboxEntry *
cpt_order_lane_next_entry (CptOrderLane *lane)
{
  return lane->entries->len > 0 ? lane->entries->pdata[0] : NULL;
}

/**
 * cpt_order_lane_note_lost:
 * @entry: one that is under way
 * @until: when it may be looked up, on the PC's clock
 *
 * The server may still be working on a request whose reply was lost. From here on the monotonic
 * clock counts: the PC's may be set. A lost entry waits no longer than a minute, however the PC's
 * clock was set since it was lost.
 */
void
cpt_order_lane_note_lost (CptOrderLane *lane,
                          const CptOutboxEntry *entry,
                          CptTime until,
                          CptTime now,
                          gint64 mono)
{
  lane->lost_entry = entry->id;
  lane->lost_mono = mono + CLAMP (until - now, 0, CPT_OUTBOX_LOST_MS);
}

/* The lane's first entry: milliseconds until it may be looked up or sent, 0 for now. */
gint64
cpt_order_lane_lost_left (CptOrderLane *lane, gint64 mono)
{
  const CptOutboxEntry *entry = cpt_order_lane_next_entry (lane);

  return entry != NULL && entry->id == lane->lost_entry ? MAX (lane->lost_mono - mono, 0) : 0;
}

/**
 * cpt_order_lane_set_read:
 *
 * What began while this answer was on its way may have been read by HubRise before it and come
 * after it: it is not applied to this order.
 */
void
cpt_order_lane_set_read (CptOrderLane *lane, CptOrder *order, gint64 began_mono)
{
  g_clear_pointer (&lane->read, cpt_order_unref);
  lane->read = cpt_order_ref (order);
  lane->read_mono = began_mono;
  lane->sequence = cpt_hubrise_client_get_last_sequence ();
  lane->garbled = 0;
}

gboolean
cpt_order_lane_is_fresh (CptOrderLane *lane, gint64 mono)
{
  return lane->read != NULL && mono - lane->read_mono < FRESH_MS;
}

/**
 * cpt_order_lane_is_garbled:
 * @body: (nullable): an answer that could not be read
 *
 * An answer cut by the network looks different each time; one that is always the same is what
 * HubRise holds.
 *
 * Returns: whether it came for the third time
 */
gboolean
cpt_order_lane_is_garbled (CptOrderLane *lane, GBytes *body)
{
  g_autofree char *sum =
      body != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body) : g_strdup ("");

  if (g_strcmp0 (sum, lane->garbled_sum) != 0)
    lane->garbled = 0;
  g_free (lane->garbled_sum);
  lane->garbled_sum = g_steal_pointer (&sum);
  return ++lane->garbled >= GARBLED_LIMIT;
}

char **
cpt_order_lane_dup_events (CptOrderLane *lane)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < lane->events->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (lane->events, i));
  return g_strv_builder_end (builder);
}

gboolean
cpt_order_lane_is_idle (CptOrderLane *lane)
{
  return !lane->busy && !lane->wants_read && !lane->wants_reread && lane->steps->len == 0 &&
         lane->entries->len == 0 && lane->check_mono == 0;
}

/**
 * cpt_order_lane_is_pressed:
 *
 * Returns: whether one of the steps was pressed by a person, who waits for the whole row of them
 */
gboolean
cpt_order_lane_is_pressed (CptOrderLane *lane)
{
  for (guint i = 0; i < lane->steps->len; i++)
    if (!((CptOrderStep *)g_ptr_array_index (lane->steps, i))->automatic)
      return TRUE;
  return FALSE;
}
