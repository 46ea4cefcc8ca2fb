/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the engine share: cpt-engine.c (snapshots and signals), cpt-engine-open.c
 * (opening and closing), cpt-engine-connect.c (authorisation, disconnecting), cpt-engine-erase.c
 * (persons in old orders), cpt-engine-list.c (location and first list), cpt-engine-confirm.c
 * (accepts that do not leave), cpt-engine-orders.c, cpt-engine-pay.c, cpt-engine-stock.c,
 * cpt-engine-till.c and cpt-engine-place.c (what the window asks). */
#pragma once

#include "cpt-acceptance.h"
#include "cpt-engine.h"
#include "cpt-hubrise-auth.h"
#include "cpt-json.h"
#include "cpt-link.h"
#include "cpt-menu.h"
#include "cpt-order-sender.h"
#include "cpt-outbox-sender.h"
#include "cpt-poller.h"
#include "cpt-secret.h"
#include "cpt-stock-sync.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

/* The one that becomes an order, and another one. */
#define CPT_N_DRAFTS 2

struct _CptEngine
{
  GObject parent_instance;

  CptClock *clock;     /* (owned) */
  CptProfile *profile; /* (owned) */
  GSettings *settings; /* (owned) */
  CptEngineRole role;
  CptStore *store;           /* (owned) (nullable) between open and close */
  CptLink *link;             /* (owned) (nullable) likewise, and the five below */
  CptOrderSender *sender;    /* (owned) (nullable) */
  CptOutboxSender *outbox;   /* (owned) (nullable) */
  CptPoller *poller;         /* (owned) (nullable) */
  CptAcceptance *acceptance; /* (owned) (nullable) */
  CptStockSync *stock;       /* (owned) (nullable) */
  gint64 unsent_stock;
  CptSecret *secret;        /* (owned) */
  GNetworkMonitor *monitor; /* (unowned) (nullable) */
  CptConnection *nothing;   /* (owned) the snapshot while there is no link */
  char *trouble;            /* (owned) (nullable) */
  CptEngineCounts counts;
  gboolean counting;
  gboolean count_again;
  gboolean closing;
  GCancellable *cancellable; /* (owned) ends what asks HubRise beside the link, at close */
  guint keyring_timer;
  guint open_timer;  /* until another program's brief work on the database is looked at again */
  guint opens;       /* how often it was */
  guint day_timer;   /* until the location's cutoff time */
  CptTime day_ends;  /* the same, on the wall clock */
  guint erase_timer; /* until old orders are looked for */
  guint clean_timer; /* until the file is looked at */
  gint64 stirred_at; /* monotonic: when somebody was last at work here */

  /* Accepts HubRise does not have. */
  gboolean confirming;
  gboolean confirm_again;
  guint confirm_timer;
  GHashTable *unconfirmed; /* (owned) (element-type gint64 gint64) rows that were told, and when
                            * their accept was pressed */

  /* The authorisation under way. */
  char *state;               /* (owned) (nullable) */
  CptAuthListener *listener; /* (owned) (nullable) */
  guint connect_timer;

  /* What is sold and what is being put together. */
  CptMenu *menu; /* (owned) (nullable) of the catalog below */
  gint64 menu_binding;
  CptTime menu_pulled_at;
  GBytes *drafts[CPT_N_DRAFTS]; /* (owned) (nullable) as last given, empty: none; NULL: only the
                                 * disk knows */
  gint64 draft_binding;
  guint draft_timer; /* until it is written */
  guint placing;     /* orders on their way to the disk: they forget the first draft */

  /* The list of the last 30 days. */
  gint64 location_sequence; /* of the newest request when the location was last known */
  gboolean location_read;   /* since the start: not all of it is on disk */
  gboolean wants_first_list;
  gboolean listing;
  guint listed;

  guint round; /* grows when a place is left: what was asked before is not for the next */
};

/* Kept until the first list was read to its end: a program killed in between reads it again. */
#define CPT_FIRST_LIST_KEY "first-list-pending"

typedef enum
{
  CPT_ENGINE_CONNECTION_CHANGED,
  CPT_ENGINE_ORDERS_CHANGED,
  CPT_ENGINE_COUNTS_CHANGED,
  CPT_ENGINE_ALERT,
  CPT_ENGINE_TROUBLE_CHANGED,
  CPT_ENGINE_LOG_CHANGED,
  CPT_ENGINE_CONNECTED,
  CPT_ENGINE_STOCK_CHANGED,
  CPT_ENGINE_STOCK_STATE_CHANGED,
  CPT_ENGINE_OPENED,
  CPT_ENGINE_CLOSING,
  CPT_ENGINE_N_SIGNALS,
} CptEngineSignal;

void cpt_engine_make_parts (CptEngine *self);
/* Ends everything under way; the parts stay until the engine goes. */
void cpt_engine_drop_parts (CptEngine *self);
void cpt_engine_emit (CptEngine *self, CptEngineSignal signal);
void cpt_engine_emit_alert (CptEngine *self, CptAlertKind kind, CptOrderRow *row);
void cpt_engine_emit_row (CptEngine *self, gint64 row);
void cpt_engine_emit_rows (CptEngine *self, GArray *rows);
void cpt_engine_emit_all_rows (CptEngine *self);
void cpt_engine_refresh_counts (CptEngine *self);
void cpt_engine_watch_accepts (CptEngine *self);
void cpt_engine_plan_day (CptEngine *self);
void cpt_engine_plan_erasing (CptEngine *self);
void cpt_engine_plan_cleaning (CptEngine *self);
void cpt_engine_stir (CptEngine *self);
void cpt_engine_keep_days_changed_cb (GSettings *settings, const char *key, CptEngine *self);
void cpt_engine_set_trouble (CptEngine *self, const GError *error);
GError *cpt_engine_translate_error (const GError *error);
void cpt_engine_act (GTask *task, CptStoreJob *job, gint64 row);
CptOrderQuery
cpt_engine_make_query (CptEngine *self, CptOrderTab tab, char *text, CptDeadlineTable *deadlines);
/* Makes the client for the profile's roots and starts checking. */
gboolean cpt_engine_make_client (CptEngine *self, GError **error);
/* All that works with an open line, from what is on disk. */
void cpt_engine_start_work (CptEngine *self);
void cpt_engine_leave_place (CptEngine *self);
void cpt_engine_start_line (CptEngine *self, const char *token);
void cpt_engine_end_authorisation (CptEngine *self);
void cpt_engine_want_first_list (CptEngine *self);
void cpt_engine_list_first (CptEngine *self);
void cpt_engine_set_progress (CptEngine *self, const char *progress);
void cpt_engine_ignored_cb (GObject *source, GAsyncResult *result, gpointer what);
void cpt_engine_set_state (CptEngine *self, CptConnectionState state, const char *reason);
const char *cpt_engine_explain_other_key (void);
gboolean cpt_engine_decode_location (CptEngine *self, GBytes *body, CptConnection *edited);
void cpt_engine_note_location (CptEngine *self);
void cpt_engine_read_location (CptEngine *self);
void cpt_engine_complete_location (CptEngine *self);
void cpt_engine_make_outbox (CptEngine *self);
void cpt_engine_drop_outbox (CptEngine *self);
void cpt_engine_make_acceptance (CptEngine *self);
void cpt_engine_count_acceptance (CptEngine *self, gint64 *unsent, gint64 *refused);
void cpt_engine_make_stock (CptEngine *self);
gint64 cpt_engine_count_unsent_stock (CptEngine *self);
void cpt_engine_drop_stock (CptEngine *self);
/* What is being put together goes to the disk now. */
void cpt_engine_flush_draft (CptEngine *self);
void cpt_engine_applied_cb (CptOrderSender *sender, GPtrArray *applied, CptEngine *self);

G_END_DECLS
