/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One unsent step of an order and the rule for when HubRise has moved meanwhile.
 * Immutable once made, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-order-status.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_STEP_WAITING = 0,   /* in the database, not on its way */
  CPT_STEP_UNDER_WAY = 1, /* a request left, its answer is not known */
  CPT_STEP_REFUSED = 2,   /* HubRise said never; Retry or Give up */
  CPT_STEP_DONE = 3,
  CPT_STEP_DROPPED = 4, /* replaced, given up, undone, or theirs holds */
  CPT_STEP_LOCAL = 5,   /* stays at this till: the preference said not to send it */
} CptStepState;

typedef struct _CptOrderStep CptOrderStep;

struct _CptOrderStep
{
  gatomicrefcount ref_count; /* private */

  gint64 id;      /* 0 before it is stored */
  gint64 order;   /* the order's row */
  char *order_id; /* (owned) HubRise's id */
  CptOrderStatus status;
  char *confirmed_time;  /* (owned) (nullable) as it will be sent, in the location's zone */
  char *seller_note;     /* (owned) (nullable) appended to seller_notes */
  char *rejection_cause; /* (owned) (nullable) custom_fields.epos.rejection.cause */
  char *seller;          /* (owned) (nullable) who pressed */
  gboolean automatic;    /* nobody pressed: the `received` of a new order */
  CptTime pressed_at;
  CptTime not_before; /* the end of its hold; pressed_at when there is none */
  CptStepState state;
  char *reason; /* (owned) (nullable) why refused or dropped */
};

#define CPT_TYPE_ORDER_STEP (cpt_order_step_get_type ())

GType cpt_order_step_get_type (void);
CptOrderStep *cpt_order_step_new (gint64 order, const char *order_id, CptOrderStatus status);
CptOrderStep *cpt_order_step_copy (const CptOrderStep *self);
CptOrderStep *cpt_order_step_ref (CptOrderStep *self);
void cpt_order_step_unref (CptOrderStep *self);

/* How long Reject, Cancel and Delivery failed wait for an Undo. */
#define CPT_STEP_HOLD_MS (5 * CPT_SECOND)

typedef enum
{
  CPT_VERDICT_GO,          /* send ours */
  CPT_VERDICT_ALREADY,     /* HubRise is at our step: done, silently */
  CPT_VERDICT_THEIRS_HOLD, /* theirs is an end state: our steps are dropped, told until Seen */
  CPT_VERDICT_TOO_LATE, /* our `rejected` after their acceptance: dropped, told, Cancel offered */
  CPT_VERDICT_DONE_ELSEWHERE, /* theirs is past ours: step done, "done elsewhere" */
} CptVerdict;

CptVerdict cpt_order_step_judge (CptOrderStatus ours, CptOrderStatus theirs);
gboolean cpt_order_step_needs_received (CptTime created_at, CptTime expected_time, CptTime now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderStep, cpt_order_step_unref)

G_END_DECLS
