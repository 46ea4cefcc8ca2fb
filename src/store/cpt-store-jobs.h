/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the database: each constructor copies or refs what it is given and says
 * what its result is. Made on the main thread, run on a worker. */
#pragma once

#include "cpt-connection.h"
#include "cpt-deadline.h"
#include "cpt-activity.h"
#include "cpt-exchange.h"
#include "cpt-level.h"
#include "cpt-order-row.h"
#include "cpt-order-step.h"
#include "cpt-order.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* --- Connection and binding. A binding is (API root, location, catalog); orders belong to the
 * current one when API root and location are the same. --- */

/* Reader. Result: (transfer full) CptConnection; state NONE without a binding, else UNPROVEN, or
 * REFUSED when it was saved so. */
CptStoreJob *cpt_store_load_connection (void);
/* The value that holds the current binding's key_mark. */
#define CPT_KEY_MARK_VALUE "key-mark"
/* Writer. Finds or makes the binding of @connection, makes it current, saves the rest of it and
 * its key_mark. Result: (transfer full) CptConnection with its binding. */
CptStoreJob *cpt_store_bind (CptConnection *connection);
/* Writer. Saves what is not the binding: names, location's data, last success and failure, a
 * refusal with its start and reason. Result: NULL. */
CptStoreJob *cpt_store_save_connection (CptConnection *connection);
/* Writer. No binding is current any more; everything stays. Result: NULL. */
CptStoreJob *cpt_store_unbind (void);
/* Small values of the engine's own (request counts …). Reader; result: (transfer full) (nullable)
 * char. */
CptStoreJob *cpt_store_load_value (const char *key);
/* Writer. Result: NULL. */
CptStoreJob *cpt_store_save_value (const char *key, const char *value);
/* Levels (order acceptance). Reader; result: (transfer full) CptLevel, heap-allocated: free with
 * cpt_store_level_free; never NULL. */
CptStoreJob *cpt_store_load_level (const char *name);
/* Writer. Result: NULL. */
CptStoreJob *cpt_store_save_level (const char *name, const CptLevel *level);
void cpt_store_level_free (CptLevel *level);

/* --- Orders coming in --- */

typedef enum
{
  CPT_ORIGIN_EVENT,      /* read because an event named it */
  CPT_ORIGIN_READ,       /* read again */
  CPT_ORIGIN_REPLY,      /* the reply to our own PATCH: not a change by others */
  CPT_ORIGIN_FIRST_LIST, /* with the first list: no notice; want_received says whether `received` */
} CptOrderOrigin;

/* One order on its way into the database. */
typedef struct
{
  CptOrder *order; /* (owned) */
  CptOrderOrigin origin;
  char **event_ids;       /* (owned) (nullable) events this reading answers */
  gboolean want_received; /* a new order gets the automatic step `received` */
  gboolean late;          /* arrived while we were away */
} CptOrderApply;

CptOrderApply *cpt_order_apply_new (const CptOrder *order, CptOrderOrigin origin);
void cpt_order_apply_free (CptOrderApply *apply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderApply, cpt_order_apply_free)

/* What one order's applying did. */
typedef struct
{
  gint64 row;
  char *id; /* (nullable) */
  gboolean is_new;
  gboolean changed;      /* anything a row shows changed */
  CptOrderStatus before; /* HubRise's status before; UNKNOWN when new */
  CptOrderStatus after;
  CptNotice notice; /* set by this very applying, NONE else */
} CptApplied;

void cpt_applied_free (CptApplied *applied);

/* Writer, one transaction for all: upsert, document kept whole, search text, history, events,
 * the step `received`, the notice when another cancelled it. Applying the same document again
 * changes nothing. Result: (transfer full) GPtrArray of CptApplied, in the order given. */
CptStoreJob *cpt_store_apply_orders (GPtrArray *applies, CptTime now);
/* Reader. Result: (transfer full) GStrv: those of @event_ids not committed yet. */
CptStoreJob *cpt_store_filter_events (const char *const *event_ids);
/* Writer: forgets acknowledged events. Result: NULL. */
CptStoreJob *cpt_store_forget_events (const char *const *event_ids);

/* --- Steps going out --- */

/* Writer. Stores @step (its id and state are ignored) if the order's shown status allows it, else
 * CPT_STORE_ERROR_NOT_ALLOWED. Ends the hold of an earlier step of this order. History line.
 * @local: it stays at this till (CPT_STEP_LOCAL). Result: (transfer full) CptOrderStep as stored.
 */
CptStoreJob *cpt_store_press (CptOrderStep *step, gboolean local);
/* Writer. Takes the held step back while its hold lasts and it has not left, else NOT_ALLOWED.
 * Result, of this and the two below about one step: (transfer full) gint64 (g_free), the order's
 * row. */
CptStoreJob *cpt_store_undo (gint64 step, CptTime now);
/* Writer (so that it sees what was queued before). Result: (transfer full) GPtrArray of
 * CptOrderStep: every step of the current binding in state WAITING, UNDER_WAY or REFUSED, by
 * order and age. */
CptStoreJob *cpt_store_load_unsent_steps (void);
/* Writer. A WAITING (or already UNDER_WAY) step becomes UNDER_WAY before its request leaves; for
 * rejected and cancelled the earlier unsent steps of the order are dropped in the same transaction.
 * NOT_ALLOWED when it was taken back meanwhile. Result: NULL. */
CptStoreJob *cpt_store_begin_step (gint64 step, CptTime now);
/* Writer. A WAITING cancellation of an order of this till of whose creation nothing ever left: it
 * is settled here and nothing is sent, ever; else NOT_ALLOWED. Result: NULL. */
CptStoreJob *cpt_store_call_off (gint64 step, CptTime now);
/* Writer. The step's fate: DONE, REFUSED (with @reason), WAITING (again), DROPPED; @rest: the
 * order's other unsent steps are dropped too; @notice with @reason is shown until Seen; @apply: the
 * order as just read or replied, nullable, applied in the same transaction. Result: (transfer full)
 * GPtrArray of CptApplied (empty without @apply). */
CptStoreJob *cpt_store_settle_step (gint64 step,
                                    CptStepState state,
                                    gboolean rest,
                                    CptNotice notice,
                                    const char *reason,
                                    CptOrderApply *apply,
                                    CptTime now);
/* Writer. REFUSED → WAITING. Result: the row. */
CptStoreJob *cpt_store_retry_step (gint64 step, CptTime now);
/* Writer. REFUSED or WAITING → DROPPED, with the steps behind it. Result: the row. */
CptStoreJob *cpt_store_give_up_step (gint64 step, CptTime now);
/* Writer. Ends every hold (at start and at quit). Result: NULL. */
CptStoreJob *cpt_store_end_holds (CptTime now);
/* Writer. The notice was seen. Result: NULL. */
CptStoreJob *cpt_store_mark_seen (gint64 row, CptTime now);

/* --- What the screen shows --- */

typedef struct
{
  gint64 waiting; /* wait for a decision */
  gint64 ringing; /* of those: for which the alert rings */
  gint64 today, later, all;
  gint64 unsent;  /* steps and outbox entries not at HubRise yet */
  gint64 refused; /* those HubRise refused */
  gint64 till;    /* the till's own orders in progress */
} CptOrderCounts;

typedef struct
{
  CptOrderTab tab;
  char *text;                          /* (nullable) what the user typed */
  CptTime now, today_start, today_end; /* the business day, by the location's cutoff time */
  CptDeadlineTable *deadlines;         /* sorts the waiting ones, most urgent first */
  gint64 clock_offset_ms;
} CptOrderQuery;

/* Reader. Copies *@query. Today: unseen cancellations first, then the waiting by deadline, then the
 * others by the time that was promised, else expected; Later likewise; All newest first; of the
 * till's own those to be looked at first. Result: (transfer full) GArray of gint64 rows, all of
 * them. */
CptStoreJob *cpt_store_list_orders (const CptOrderQuery *query);
/* Reader. Result: (transfer full) CptOrderCounts (g_free). */
CptStoreJob *cpt_store_count_orders (const CptOrderQuery *query);
/* Reader. Result: (transfer full) GPtrArray of CptOrderRow, those that exist, in the order asked.
 */
CptStoreJob *cpt_store_load_rows (const gint64 *rows, gsize n_rows, CptTime now);
/* Reader. Orders that wait for a decision, whatever the tab. Result: (transfer full) GPtrArray of
 * CptOrderRow. */
CptStoreJob *cpt_store_load_waiting_rows (CptTime now);
/* Reader. Orders whose accept HubRise does not have. Result: (transfer full) GPtrArray of
 * CptOrderRow. */
CptStoreJob *cpt_store_load_unconfirmed_rows (CptTime now);

typedef struct
{
  CptOrderRow *row;   /* (owned) */
  GBytes *document;   /* (owned) as received */
  char *raw_reason;   /* (owned) (nullable) */
  GPtrArray *history; /* (owned) (element-type CptHistoryEntry) oldest first */
  GPtrArray *outbox;  /* (owned) (element-type CptOutboxEntry) not at HubRise yet, or refused */
  GBytes *seen;       /* (owned) (nullable) the document before others changed it */
} CptOrderRecord;

void cpt_order_record_free (CptOrderRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderRecord, cpt_order_record_free)

/* Reader. Result: (transfer full) CptOrderRecord, or CPT_STORE_ERROR_NOT_FOUND. */
CptStoreJob *cpt_store_load_order (gint64 row, CptTime now);
/* Reader. Result: (transfer full) gint64 (g_free): the row of the order @id of the current binding,
 * 0 for none. */
CptStoreJob *cpt_store_find_order (const char *id);

/* --- Old orders --- */

typedef struct
{
  gint64 row;
  GBytes *document; /* (owned) as received */
  gboolean own;     /* of this till, and HubRise does not have it */
  CptOrder *order;  /* (owned) (nullable) as it is to be kept; NULL: nothing of it can be */
} CptErasure;

void cpt_erasure_free (CptErasure *erasure);

/* Reader. Orders made before @before with nothing left to send, oldest first. Result: (transfer
 * full) GPtrArray of CptErasure, their orders NULL. */
CptStoreJob *cpt_store_load_expired (CptTime before, guint limit);
/* Writer. @erasures: GPtrArray of CptErasure, not touched afterwards by the caller. Result: NULL.
 */
CptStoreJob *cpt_store_erase (GPtrArray *erasures, CptTime now);
/* Writer. Takes what was erased out of the search index as well, a piece of it; touches nothing
 * when nothing was. Result: (transfer full) gboolean (g_free): whether there is more. */
CptStoreJob *cpt_store_tidy_search (gboolean begin);
/* Writer. Removes the copies of the database that were made before @before. Result: NULL. */
CptStoreJob *cpt_store_forget_drafts (CptTime before, CptTime now);
CptStoreJob *cpt_store_forget_copies (CptTime before);
/* Reader. Result: (transfer full) gint64 (g_free): the size of the file where copies of what was
 * erased may stand in its unused bytes, 0 where none do. */
CptStoreJob *cpt_store_load_unclean (void);
/* Writer, in its spare time: takes them out; given up as soon as another job waits. Result:
 * (transfer full) gboolean (g_free): whether it came to its end. */
CptStoreJob *cpt_store_clean (void);

/* --- The log of exchanges --- */

/* Writer. @exchanges: GPtrArray of CptExchange. An idle poll (GET of the events that brought none,
 * with the same outcome as the newest row) is folded into that row. Result: NULL. */
CptStoreJob *cpt_store_log (GPtrArray *exchanges);
/* Writer. Keeps 7 days and 20,000 rows. Result: NULL. */
CptStoreJob *cpt_store_prune_log (CptTime now);
/* Reader. Newest first, without bodies; @text nullable: in path, order or failure; @failures: only
 * those; @before: id to go on from, 0 for the newest. Result: (transfer full) GPtrArray of
 * CptExchange. */
CptStoreJob *
cpt_store_list_exchanges (const char *text, gboolean failures, gint64 before, guint limit);
/* Reader. With bodies. Result: (transfer full) CptExchange or NOT_FOUND. */
CptStoreJob *cpt_store_load_exchange (gint64 id);
/* Reader. Result: (transfer full) CptActivity (g_free) of the current binding. */
CptStoreJob *cpt_store_load_activity (CptTime now);

G_END_DECLS
