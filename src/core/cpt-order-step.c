/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One unsent step of an order and the rule for when HubRise has moved meanwhile. Immutable once
 * made, any thread. */
#include "cpt-order-step.h"

G_DEFINE_BOXED_TYPE (CptOrderStep, cpt_order_step, cpt_order_step_ref, cpt_order_step_unref)

/* Older orders are a list being read, not a customer waiting. */
#define FRESH_MS (12 * CPT_HOUR)

/**
 * cpt_order_step_new:
 * @order: the order's row
 * @order_id: (nullable): HubRise's id
 *
 * Returns: (transfer full): a waiting step without times, to be filled before it is shared
 */
CptOrderStep *
cpt_order_step_new (gint64 order, const char *order_id, CptOrderStatus status)
{
  CptOrderStep *self = g_new0 (CptOrderStep, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->order = order;
  self->order_id = g_strdup (order_id);
  self->status = status;
  self->pressed_at = CPT_TIME_NONE;
  self->not_before = CPT_TIME_NONE;
  return self;
}

/**
 * cpt_order_step_copy:
 *
 * Returns: (transfer full): a step of its own with the same content, to be changed before it is
 *   shared
 */
CptOrderStep *
cpt_order_step_copy (const CptOrderStep *self)
{
  CptOrderStep *copy = cpt_order_step_new (self->order, self->order_id, self->status);

  copy->id = self->id;
  copy->confirmed_time = g_strdup (self->confirmed_time);
  copy->seller_note = g_strdup (self->seller_note);
  copy->rejection_cause = g_strdup (self->rejection_cause);
  copy->seller = g_strdup (self->seller);
  copy->automatic = self->automatic;
  copy->pressed_at = self->pressed_at;
  copy->not_before = self->not_before;
  copy->state = self->state;
  copy->reason = g_strdup (self->reason);
  return copy;
}

CptOrderStep *
cpt_order_step_ref (CptOrderStep *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_order_step_unref (CptOrderStep *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->order_id);
  g_free (self->confirmed_time);
  g_free (self->seller_note);
  g_free (self->rejection_cause);
  g_free (self->seller);
  g_free (self->reason);
  g_free (self);
}

/**
 * cpt_order_step_judge:
 * @ours: where our first unsent step leads
 * @theirs: where HubRise was a moment ago
 *
 * The order of the questions is the rule: an end state holds against everything, our rejection
 * does not undo an acceptance a customer has been told, our cancelling does, and only then is it
 * asked who is further. The two ready states are equally far, so ours goes.
 *
 * Returns: what becomes of our step
 */
CptVerdict
cpt_order_step_judge (CptOrderStatus ours, CptOrderStatus theirs)
{
  int our_rank = cpt_order_status_rank (ours);
  int their_rank = cpt_order_status_rank (theirs);

  if (theirs != CPT_ORDER_UNKNOWN && theirs == ours)
    return CPT_VERDICT_ALREADY;
  if (cpt_order_status_is_end (theirs))
    return CPT_VERDICT_THEIRS_HOLD;
  if (ours == CPT_ORDER_REJECTED)
    return their_rank >= cpt_order_status_rank (CPT_ORDER_ACCEPTED) ? CPT_VERDICT_TOO_LATE
                                                                    : CPT_VERDICT_GO;
  if (ours == CPT_ORDER_CANCELLED || ours == CPT_ORDER_DELIVERY_FAILED)
    return CPT_VERDICT_GO;
  return their_rank > our_rank ? CPT_VERDICT_DONE_ELSEWHERE : CPT_VERDICT_GO;
}

/**
 * cpt_order_step_needs_received:
 * @created_at: or CPT_TIME_NONE when it could not be read, which counts as just now
 * @expected_time: or CPT_TIME_NONE
 *
 * Returns: whether somebody waits for a word: the order was made within 12 hours or is expected
 *   in the future
 */
gboolean
cpt_order_step_needs_received (CptTime created_at, CptTime expected_time, CptTime now)
{
  if (expected_time != CPT_TIME_NONE && expected_time > now)
    return TRUE;
  return created_at == CPT_TIME_NONE || created_at >= now - FRESH_MS;
}
