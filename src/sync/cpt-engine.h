/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: the one object the window and the command line talk to. It holds the database, the
 * line to HubRise and the policy between them. Main thread only; everything that waits is
 * asynchronous. */
#pragma once

#include <gio/gio.h>

#include "cpt-activity.h"
#include "cpt-clock.h"
#include "cpt-connection.h"
#include "cpt-deadline.h"
#include "cpt-exchange.h"
#include "cpt-order-row.h"
#include "cpt-order-step.h"
#include "cpt-order.h"
#include "cpt-profile.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_ENGINE_ERROR_FAILED,
  CPT_ENGINE_ERROR_NEWER_DATABASE,
  CPT_ENGINE_ERROR_DAMAGED_DATABASE,
  CPT_ENGINE_ERROR_READ_ONLY, /* folder or file cannot be written */
  CPT_ENGINE_ERROR_FULL,
  CPT_ENGINE_ERROR_BUSY,
  CPT_ENGINE_ERROR_LOCKED, /* another Comptoir holds the database */
  CPT_ENGINE_ERROR_NOT_ALLOWED,
  CPT_ENGINE_ERROR_NOT_FOUND,
  CPT_ENGINE_ERROR_CONNECT, /* connecting failed; the message says why and what to do */
  CPT_ENGINE_ERROR_OFFLINE, /* HubRise could not be reached */
} CptEngineError;

#define CPT_ENGINE_ERROR (cpt_engine_error_quark ())
GQuark cpt_engine_error_quark (void);

/* What an alert is about; each has its own sound and words. */
typedef enum
{
  CPT_ALERT_NEW_ORDER,
  CPT_ALERT_CHANGED,
  CPT_ALERT_CANCELLED,
  CPT_ALERT_NOT_CONFIRMED,   /* past its deadline with an unsent accept */
  CPT_ALERT_CONNECTION_LOST, /* three checks missed, or refused */
} CptAlertKind;

#define CPT_TYPE_ENGINE (cpt_engine_get_type ())
G_DECLARE_FINAL_TYPE (CptEngine, cpt_engine, CPT, ENGINE, GObject)

/* Signals:
 *  "connection-changed" ()                     the snapshot of get_connection is a new one
 *  "orders-changed" (GArray *rows of gint64)   these orders look different or are new, with none
 *                                              any of them may; the boxed type is G_TYPE_ARRAY
 *  "counts-changed" ()                         get_counts is new
 *  "alert" (int CptAlertKind, CptOrderRow *)   the row is NULL for CONNECTION_LOST
 *  "trouble-changed" ()                        get_trouble is new
 *  "log-changed" ()                            exchanges were added
 *  "connected" ()                              a connection was just made (bring the window
 * forward)
 *  "opened" ()                                 open_async has done its work
 *  "closing" ()                                nothing can be asked any more
 */

CptEngine *cpt_engine_new (CptClock *clock, CptProfile *profile);
CptClock *cpt_engine_get_clock (CptEngine *self);
CptProfile *cpt_engine_get_profile (CptEngine *self);

/* How much of its work an engine does. */
typedef enum
{
  CPT_ENGINE_RECEIVES, /* all of it */
  CPT_ENGINE_SENDS, /* for a moment: sends what waits and what is asked of it; orders that wait on
                     * HubRise stay there, because nobody would hear them ring */
  CPT_ENGINE_LOOKS, /* reads the database beside whoever works on it; no request leaves */
} CptEngineRole;

/* Before open. */
void cpt_engine_set_role (CptEngine *self, CptEngineRole role);

/* Opens the database, reads the token, starts checking when there is a binding. @cancellable
 * (nullable) ends the wait for a command that has the database for a moment; what is open by then
 * is told as open, and is the caller's to close. */
void cpt_engine_open_async (CptEngine *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gboolean cpt_engine_open_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Ends holds, finishes commits, closes. Needs no network. Not before open has ended. */
void cpt_engine_close_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data);
gboolean cpt_engine_close_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* After NEWER_DATABASE or DAMAGED_DATABASE: keeps the file under another name (returned) so that
 * open_async makes a fresh one. */
char *cpt_engine_set_database_aside (CptEngine *self, GError **error);
/* Whether another process works on this database (its pid), 0 when this one does. */
gint64 cpt_engine_get_lock_holder (CptEngine *self);
/* Whether requests to HubRise can leave now: bound, with its token, not refused. */
gboolean cpt_engine_has_line (CptEngine *self);
char *cpt_engine_dup_database_path (CptEngine *self);

/* --- Connection --- */

/* Never NULL; a new snapshot replaces it at each "connection-changed". (transfer none) */
CptConnection *cpt_engine_get_connection (CptEngine *self);
/* (nullable) what the user must know of this machine: disk full, database busy …, translated */
const char *cpt_engine_get_trouble (CptEngine *self);
int cpt_engine_get_missed_checks (CptEngine *self);
/* Next check on the monotonic clock's milliseconds; -1 none planned. */
gint64 cpt_engine_get_next_check (CptEngine *self);
gboolean cpt_engine_is_checking (CptEngine *self);
/* How much is under way right now: requests without a reply, or orders being worked on, whichever
 * are more. */
guint cpt_engine_count_under_way (CptEngine *self);

/* Whether the connect dialog offers the pasted code first (else the browser's redirect). */
gboolean cpt_engine_prefers_code (CptEngine *self);
/* Starts an authorisation: returns the address to open. @out_of_band: the page shows a code to
 * paste; else a loopback listener waits for the redirect and finishes by itself through
 * "connection-changed" (CONNECTING → ONLINE, or NONE with a reason in `reason`). Starting again
 * replaces the earlier one; it times out after 10 minutes. Error: no client id, or no port. */
char *cpt_engine_begin_connect (CptEngine *self, gboolean out_of_band, GError **error);
void cpt_engine_cancel_connect (CptEngine *self);
/* A pasted code or whole redirected address. Done when the token is kept and the location read. */
void cpt_engine_connect_with_code_async (CptEngine *self,
                                         const char *text,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean
cpt_engine_connect_with_code_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Revokes on HubRise, forgets here. TRUE with @revoked FALSE: forgotten here, but HubRise could
 * not be reached, so that the token still lives there. */
void cpt_engine_disconnect_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data);
gboolean cpt_engine_disconnect_finish (CptEngine *self,
                                       GAsyncResult *result,
                                       gboolean *revoked,
                                       GError **error);
/* F5: at most every 2 s; does nothing while not connected. */
void cpt_engine_check_now (CptEngine *self);

/* --- Orders --- */

typedef struct
{
  gint64 waiting, ringing, today, later, all;
  gint64 unsent; /* changes waiting to be sent */
  gint64 refused;
  gint64 till; /* orders of this till in progress */
} CptEngineCounts;

void cpt_engine_get_counts (CptEngine *self, CptEngineCounts *counts);
/* Result: (transfer full) GArray of gint64 rows in the order to show. @text nullable. */
void cpt_engine_list_orders_async (CptEngine *self,
                                   CptOrderTab tab,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GArray *cpt_engine_list_orders_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Result: (transfer full) GPtrArray of CptOrderRow, those that exist, in the order asked. */
void cpt_engine_load_rows_async (CptEngine *self,
                                 const gint64 *rows,
                                 gsize n_rows,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GPtrArray *cpt_engine_load_rows_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* All orders that wait for a decision, for the warning window. Same result. */
void cpt_engine_load_waiting_async (CptEngine *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GPtrArray *cpt_engine_load_waiting_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* All of one order, for the detail. */
typedef struct
{
  CptOrderRow *row;
  CptOrder *order;    /* decoded; a raw order has raw_reason and document */
  GPtrArray *history; /* CptHistoryEntry, oldest first */
  GPtrArray *items;   /* (nullable) CptStockItem: those its refs name; NULL: no catalog was read */
  GPtrArray *outbox;  /* CptOutboxEntry: what of it is not at HubRise yet, or was refused */
  CptOrder *seen;     /* (nullable) with the notice CHANGED: how it was before others changed it */
} CptOrderDetails;

void cpt_order_details_free (CptOrderDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderDetails, cpt_order_details_free)

void cpt_engine_load_details_async (CptEngine *self,
                                    gint64 row,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
CptOrderDetails *
cpt_engine_load_details_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* A person presses a step. Finished when it is on disk (then the row says "not sent yet"); an
 * error means nothing happened. @confirmed_time: with ACCEPTED, the instant the button showed, or
 * CPT_TIME_NONE; @note: (nullable) what the customer will read; @cause: (nullable) with REJECTED.
 */
void cpt_engine_press_async (CptEngine *self,
                             gint64 row,
                             CptOrderStatus to,
                             CptTime confirmed_time,
                             const char *note,
                             const char *cause,
                             GAsyncReadyCallback callback,
                             gpointer data);
void
cpt_engine_undo_async (CptEngine *self, gint64 step, GAsyncReadyCallback callback, gpointer data);
void
cpt_engine_retry_async (CptEngine *self, gint64 step, GAsyncReadyCallback callback, gpointer data);
void cpt_engine_give_up_async (CptEngine *self,
                               gint64 step,
                               GAsyncReadyCallback callback,
                               gpointer data);
void cpt_engine_mark_elsewhere_async (CptEngine *self,
                                      gint64 row,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
void cpt_engine_mark_seen_async (CptEngine *self,
                                 gint64 row,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
/* For the six above. */
gboolean cpt_engine_act_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* --- Order acceptance of the location --- */

typedef enum
{
  CPT_ORDERS_OPEN,
  CPT_ORDERS_BUSY,
  CPT_ORDERS_PAUSED,
} CptOrdersMode;

/* Whether orders come in, as the screen says it: what this till wants while that is on its way,
 * else what HubRise last showed, whoever set it; what has ended is OPEN. */
typedef struct
{
  CptOrdersMode mode;
  int extra_minutes; /* with BUSY; 0 when HubRise does not say */
  CptTime resume_at; /* or CPT_TIME_NONE: until somebody says */
  char *reason;      /* (owned) (nullable) with PAUSED */
  gboolean unsent;   /* HubRise has not confirmed it yet */
  char *refusal;     /* (owned) (nullable) why HubRise refused it */
} CptOrdersState;

void cpt_orders_state_clear (CptOrdersState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptOrdersState, cpt_orders_state_clear)

/* Fills *@state, to be cleared; "connection-changed" tells of a new one, except that it ends. */
void cpt_engine_get_acceptance (CptEngine *self, CptOrdersState *state);
/* Finished (by act_finish) when it is on disk. @extra_minutes: with BUSY; @resume_at: an instant or
 * CPT_TIME_NONE, not with OPEN; @reason: (nullable) with PAUSED. */
void cpt_engine_set_acceptance_async (CptEngine *self,
                                      CptOrdersMode mode,
                                      int extra_minutes,
                                      CptTime resume_at,
                                      const char *reason,
                                      GAsyncReadyCallback callback,
                                      gpointer data);

/* The instant Accept shows: expected_time if in the future, else now + the location's preparation
 * time, rounded up to the minute. */
CptTime cpt_engine_get_accept_time (CptEngine *self, CptTime expected_time);
/* (transfer full) the location's zone, the PC's own when not known */
GTimeZone *cpt_engine_dup_zone (CptEngine *self);
/* (transfer full) free with cpt_deadline_table_free */
CptDeadlineTable *cpt_engine_dup_deadlines (CptEngine *self);
CptTime cpt_engine_get_deadline (CptEngine *self, const CptOrderRow *row);

/* --- Log --- */

void cpt_engine_list_exchanges_async (CptEngine *self,
                                      const char *text,
                                      gboolean failures,
                                      gint64 before,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
/* (element-type CptExchange) newest first, without bodies */
GPtrArray *cpt_engine_list_exchanges_finish (CptEngine *self, GAsyncResult *result, GError **error);
void cpt_engine_load_exchange_async (CptEngine *self,
                                     gint64 id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
CptExchange *
cpt_engine_load_exchange_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* Requests used in the current round minute, hour and day, and the limits. */
typedef struct
{
  gint64 used[3], limit[3];
} CptEngineUsage;

void cpt_engine_get_usage (CptEngine *self, CptEngineUsage *usage);

void cpt_engine_load_activity_async (CptEngine *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
/* (transfer full) g_free */
CptActivity *
cpt_engine_load_activity_finish (CptEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
