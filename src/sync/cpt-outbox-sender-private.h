/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the outbox's sender share: cpt-outbox-sender.c (what is next),
 * cpt-outbox-errand.c (a creation on its way). Main thread only. */
#pragma once

#include "cpt-backoff.h"
#include "cpt-outbox-sender.h"

G_BEGIN_DECLS

struct _CptOutboxSender
{
  GObject parent_instance;

  CptLink *link;       /* (owned) */
  CptClock *clock;     /* (owned) */
  CptStore *store;     /* (owned) */
  GSettings *settings; /* (owned) */
  GHashTable *lanes;   /* (owned) row → CptOutboxLane */
  guint timer;         /* until the next pause is over */
  gboolean reloading;
  gboolean reload_again;
  gboolean stopped;
};

/* One order of this till that HubRise does not have. */
typedef struct
{
  gint64 row;
  CptOutboxEntry *next; /* (owned) (nullable) what has to go first */
  gboolean busy;
  gint64 retry_mono; /* not before, monotonic milliseconds */
  CptBackoff backoff;
  gint64 lost;         /* the entry whose reply is missing; 0 for none */
  gint64 look_up_mono; /* it is not looked up before */
  gboolean is_taken;   /* HubRise says that it has an order of this name */
} CptOutboxLane;

/* One creation on its way. Lanes are looked up by row, so that clearing them meanwhile is harmless.
 */
typedef struct
{
  CptOutboxSender *self;  /* (owned) */
  CptOutboxEntry *entry;  /* (owned) */
  CptOrder *order;        /* (owned) (nullable) ORDER: what is sent */
  CptHubriseReply *reply; /* (owned) (nullable) */
} CptOutboxErrand;

/* The rest takes care of itself. */
void cpt_outbox_errand_post (CptOutboxSender *self, CptOutboxLane *lane);
void cpt_outbox_errand_look_up (CptOutboxSender *self, CptOutboxLane *lane);
void cpt_outbox_errand_ask_first (CptOutboxSender *self, CptOutboxLane *lane);

/* (nullable): NULL once the lanes were cleared */
CptOutboxLane *cpt_outbox_sender_get_lane (CptOutboxSender *self, gint64 row);
gint64 cpt_outbox_sender_mono (CptOutboxSender *self);
void cpt_outbox_sender_pump (CptOutboxSender *self);

G_END_DECLS
