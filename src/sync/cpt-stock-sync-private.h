/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of stock's policy share: cpt-stock-sync.c (life and order of work),
 * cpt-catalog-sync.c (reading), cpt-stock-sender.c (sending), cpt-stock-clock.c (times, other
 * programs and the ledger). Main thread only. */
#pragma once

#include "cpt-backoff.h"
#include "cpt-stock-sync.h"

G_BEGIN_DECLS

struct _CptStockSync
{
  GObject parent_instance;

  CptLink *link;       /* (owned) */
  CptClock *clock;     /* (owned) */
  CptStore *store;     /* (owned) */
  GSettings *settings; /* (owned) */
  GFileMonitor *watch; /* (owned) (nullable) of the write-ahead log */

  CptStockState state;
  CptStockActivity activity;
  char *trouble; /* (owned) (nullable) */
  gboolean started;
  gboolean stopped;
  gboolean loading_state, load_state_again;

  /* What is to be done, one request at a time. */
  gboolean busy;
  guint round; /* grows when the line goes: what is under way then does not go on */
  gboolean wants_pull, wants_read, wants_send, wants_replace;
  guint pull_wishes;  /* grows with each */
  gboolean replacing; /* a replacement is on its way to be read back */
  GQueue pulls;       /* (element-type GTask) (owned) who waits for a pull */
  GQueue compares;    /* who waits for a reading */
  GQueue replaces;    /* who waits for a replacement */
  CptBackoff backoff;
  guint retry_timer;
  gboolean kept; /* by the limits, HubRise was not asked: what a person wants does not wait */
  guint join_timer;
  gboolean paced;     /* it waits for longer than changes of the same moment */
  gboolean by_person; /* somebody waits for what is to be sent */
  gint64 sent_at;     /* of the clock that is never set */

  /* A request split until the refused entry stands alone. */
  GPtrArray *batch; /* (owned) (nullable) (element-type CptStockChange) all that left */
  GQueue groups;    /* (element-type GPtrArray) (owned) borrowed changes, not sent yet */
  guint requests;   /* spent on this batch */
  GArray *delays;   /* (owned) (element-type CptStockDelay) what later batches find out about */
  guint delay_timer;

  /* Other programs, the clock, the ledger. */
  gint64 data_version;
  gboolean looking, look_again;
  guint back_timer;
  guint morning_timer;
  gboolean resetting; /* the morning's is under way */
  gboolean booking, book_again;
};

/* One piece of work, from step to step: of an earlier round, or after the stop, it ends where it
 * is. What it sends it holds, so that a batch may be dropped while a part of it is on its way. */
typedef struct
{
  CptStockSync *self; /* (owned) */
  guint round;
  guint pull_wishes;      /* how many there were when it began */
  GPtrArray *batch;       /* (owned) (nullable) (element-type CptStockChange) */
  GPtrArray *group;       /* (owned) (nullable) borrowed from the batch */
  CptHubriseReply *reply; /* (owned) (nullable) that refused the group */
} CptStockErrand;

CptStockErrand *cpt_stock_errand_new (CptStockSync *self);
void cpt_stock_errand_free (CptStockErrand *errand);
gboolean cpt_stock_errand_is_stale (CptStockErrand *errand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStockErrand, cpt_stock_errand_free)

/* The order of work. */
void cpt_stock_sync_pump (CptStockSync *self);
void cpt_stock_sync_set_activity (CptStockSync *self, CptStockActivity activity);
/* A piece of work is over; @changed: what a list shows is new. */
void cpt_stock_sync_done (CptStockSync *self, gboolean changed);
/* Tried again at @retry_at, or after a pause. */
void cpt_stock_sync_postpone (CptStockSync *self, CptTime retry_at);
void cpt_stock_sync_set_trouble (CptStockSync *self, const char *trouble);
void cpt_stock_sync_refresh_state (CptStockSync *self);
void cpt_stock_sync_emit_changed (CptStockSync *self);
gboolean cpt_stock_sync_keeps (CptStockSync *self);
/* Whether changes may leave at all. */
gboolean cpt_stock_sync_may_send (CptStockSync *self);
/* Nothing leaves by itself: only what a person said, or what was begun. */
gboolean cpt_stock_sync_sends_owed_only (CptStockSync *self);
/* What somebody changed leaves behind the readings that are due. */
gboolean cpt_stock_sync_is_awaited (CptStockSync *self);
/* TRUE and a pause, or an end for those who wait, when @reply is no success. */
gboolean cpt_stock_sync_failed (CptStockSync *self, CptHubriseReply *reply);
void cpt_stock_sync_fail_tasks (CptStockSync *self, GQueue *tasks, const char *message);
void cpt_stock_sync_fail_all_tasks (CptStockSync *self, const char *message);
const char *cpt_stock_sync_get_catalog (CptStockSync *self);

/* A pull that began after @wishes of them was applied. */
void cpt_stock_sync_end_pull (CptStockSync *self, guint wishes);

/* Reading. */
void cpt_stock_sync_pull (CptStockSync *self);
void cpt_stock_sync_read (CptStockSync *self);

/* What nobody pressed changed stock. */
void cpt_stock_sync_note_other_change (CptStockSync *self);

/* Sending. */
void cpt_stock_sync_send (CptStockSync *self);
void cpt_stock_sync_replace (CptStockSync *self);
void cpt_stock_sync_drop_batch (CptStockSync *self);
/* Nothing waits for a later batch any more. */
void cpt_stock_sync_end_delays (CptStockSync *self);

/* Times, other programs, the ledger. */
void cpt_stock_sync_watch (CptStockSync *self);
void cpt_stock_sync_look_for_others (CptStockSync *self);
void cpt_stock_sync_set_alarms (CptStockSync *self);
void cpt_stock_sync_stop_alarms (CptStockSync *self);

G_END_DECLS
