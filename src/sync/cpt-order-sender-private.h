/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the sender share: cpt-order-sender.c (lanes and what is next),
 * cpt-order-errand.c (a step on its way), cpt-entry-errand.c (a payment or a missing item on its
 * way), cpt-order-reading.c (an order being read). */
#pragma once

#include "cpt-order-lane.h"
#include "cpt-order-sender.h"
#include "cpt-pay-jobs.h"

G_BEGIN_DECLS

struct _CptOrderSender
{
  GObject parent_instance;

  CptLink *link;           /* (owned) */
  CptClock *clock;         /* (owned) */
  CptStore *store;         /* (owned) */
  GSettings *settings;     /* (owned) */
  GHashTable *lanes;       /* (owned) order id → CptOrderLane */
  GPtrArray *unsent;       /* (owned) steps of orders that HubRise does not have yet */
  guint n_background;      /* readings and automatic steps under way */
  gboolean newest_is_done; /* of a backlog the newest goes first, alone: nothing can pass it */
  guint timer;             /* until the next hold or pause is over */
  gboolean reloading;
  GPtrArray *loaded_steps; /* (owned) (nullable) until the entries are loaded too */
  gboolean reload_again;
  gboolean stopped;
};

/* One thing under way in one lane. Lanes are looked up, so that clearing them meanwhile is
 * harmless, and filling them again too. */
typedef struct
{
  CptOrderSender *self; /* (owned) */
  char *order_id;       /* (owned) */
  guint lane_serial;
  CptOrderStep *step;     /* (owned) (nullable) the step being sent */
  CptOutboxEntry *entry;  /* (owned) (nullable) or this; with neither a plain reading */
  CptHubriseReply *reply; /* (owned) (nullable) */
  char **events;          /* (owned) (nullable) the events this reading answers */
  gboolean late;
  CptPriority priority; /* of its readings */
} CptOrderErrand;

CptOrderErrand *cpt_order_errand_new (CptOrderSender *self,
                                      CptOrderLane *lane,
                                      CptOrderStep *step,
                                      CptOutboxEntry *entry,
                                      CptPriority priority);
/* (nullable): NULL once the lanes were cleared */
CptOrderLane *cpt_order_errand_get_lane (CptOrderErrand *errand);
/* Its lane rests: until @retry_at of the reply, or as long as the back-off says. */
void cpt_order_errand_pause (CptOrderErrand *errand, CptTime retry_at);
/* @errand is gone after each of these, at once or later. */
void cpt_order_errand_finish (CptOrderErrand *errand);
void cpt_order_errand_postpone (CptOrderErrand *errand, CptTime retry_at);
void cpt_order_errand_settle (CptOrderErrand *errand,
                              CptStepState state,
                              gboolean rest,
                              CptNotice notice,
                              const char *reason,
                              CptOrderApply *apply);
void cpt_order_errand_judge (CptOrderErrand *errand, CptOrderApply *apply);
void cpt_entry_errand_refuse (CptOrderErrand *errand, const char *reason);
void cpt_entry_errand_judge (CptOrderErrand *errand, CptOrderApply *apply);
void cpt_order_errand_read (CptOrderErrand *errand);
void cpt_order_errand_decode (CptOrderErrand *errand, GAsyncReadyCallback callback);

gint64 cpt_order_sender_mono (CptOrderSender *self);
void cpt_order_sender_pump (CptOrderSender *self);
void cpt_order_sender_complain (CptOrderSender *self, GError *error);
void cpt_order_sender_emit_applied (CptOrderSender *self, GPtrArray *applied);

G_END_DECLS
