/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be done about one order: a reading it wants, the steps, payments and missing items it
 * waits to send. Requests about one order are serialised because a lane does one thing at a time.
 * Main thread only. */
#pragma once

#include "cpt-backoff.h"
#include "cpt-hubrise-budget.h"
#include "cpt-order-step.h"
#include "cpt-order.h"
#include "cpt-outbox-entry.h"

G_BEGIN_DECLS

typedef struct
{
  char *order_id;     /* (owned) */
  guint serial;       /* another lane of the same order has another one */
  GPtrArray *steps;   /* (owned) (element-type CptOrderStep) unsent, oldest first */
  GPtrArray *entries; /* (owned) (element-type CptOutboxEntry) unsent, oldest first */

  gboolean wants_read;
  gboolean wants_reread; /* nothing says it changed: once, while there are requests to spare */
  gboolean late;         /* what is read arrived while we were away */
  GPtrArray *events;     /* (owned) (element-type char) the events the next reading answers */
  CptTime event_at;      /* of the newest event: newest orders are read first */

  gint64 lost_entry; /* the entry whose reply was lost, 0 for none */
  gint64 lost_mono;  /* it is not looked up before */
  gint64 check_mono; /* when to read what others did beside our payment; 0 for never */

  gboolean busy;
  gint64 retry_mono; /* not before, monotonic milliseconds … */
  CptPriority rests; /* … what has this priority or less */
  CptBackoff backoff;

  CptOrder *read;    /* (owned) (nullable) the order as last read or replied */
  gint64 read_mono;  /* when that request began */
  gint64 sequence;   /* of the newest request when the last answer was applied */
  guint garbled;     /* identical answers in a row that could not be read */
  char *garbled_sum; /* (owned) (nullable) */
} CptOrderLane;

CptOrderLane *cpt_order_lane_new (const char *order_id);
void cpt_order_lane_free (CptOrderLane *lane);
gint64 cpt_order_lane_hold_left (const CptOrderStep *step, CptTime now);
CptOrderStep *cpt_order_lane_next_step (CptOrderLane *lane, CptTime now);
CptOutboxEntry *cpt_order_lane_next_entry (CptOrderLane *lane);
void cpt_order_lane_note_lost (CptOrderLane *lane,
                               const CptOutboxEntry *entry,
                               CptTime until,
                               CptTime now,
                               gint64 mono);
gint64 cpt_order_lane_lost_left (CptOrderLane *lane, gint64 mono);
void cpt_order_lane_set_read (CptOrderLane *lane, CptOrder *order, gint64 began_mono);
gboolean cpt_order_lane_is_fresh (CptOrderLane *lane, gint64 mono);
gboolean cpt_order_lane_is_garbled (CptOrderLane *lane, GBytes *body);
char **cpt_order_lane_dup_events (CptOrderLane *lane);
gboolean cpt_order_lane_is_idle (CptOrderLane *lane);
gboolean cpt_order_lane_is_pressed (CptOrderLane *lane);

G_END_DECLS
