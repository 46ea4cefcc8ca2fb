/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-order-sender.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-order-lane.h"

/* What nobody waits for, under way at once: more would make a live order wait behind a backlog. */
#define BACKGROUND_AT_ONCE 3

struct _CptOrderSender
{
  GObject parent_instance;

  CptLink *link;       /* (owned) */
  CptClock *clock;     /* (owned) */
  CptStore *store;     /* (owned) */
  GSettings *settings; /* (owned) */
  GHashTable *lanes;   /* (owned) order id → CptOrderLane */
  guint n_background;  /* readings and automatic steps under way */
  guint timer;         /* until the next hold or pause is over */
  gboolean reloading;
  gboolean reload_again;
  gboolean stopped;
};

enum
{
  APPLIED,
  SETTLED,
  STEPS_CHANGED,
  FAILED,
  DRAINED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptOrderSender, cpt_order_sender, G_TYPE_OBJECT)

/* One thing under way in one lane. Lanes are looked up by id, so that clearing them meanwhile is
 * harmless. */
typedef struct
{
  CptOrderSender *self;   /* (owned) */
  char *order_id;         /* (owned) */
  CptOrderStep *step;     /* (owned) (nullable) the step being sent; NULL for a plain reading */
  CptHubriseReply *reply; /* (owned) (nullable) */
  char **events;          /* (owned) (nullable) the events this reading answers */
  gboolean late;
  gboolean background;
} Deed;

static void pump (CptOrderSender *self);

static CptOrderLane *
deed_lane (Deed *deed)
{
  return g_hash_table_lookup (deed->self->lanes, deed->order_id);
}

static void
deed_free (Deed *deed)
{
  g_clear_pointer (&deed->step, cpt_order_step_unref);
  g_clear_pointer (&deed->reply, cpt_hubrise_reply_unref);
  g_strfreev (deed->events);
  g_free (deed->order_id);
  g_object_unref (deed->self);
  g_free (deed);
}

static gint64
mono (CptOrderSender *self)
{
  return cpt_clock_monotonic (self->clock);
}

static void
cpt_order_sender_finalize (GObject *object)
{
  CptOrderSender *self = CPT_ORDER_SENDER (object);

  cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpt_order_sender_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, CPT_TYPE_ORDER_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, type);
}

static void
cpt_order_sender_class_init (CptOrderSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_order_sender_finalize;
  signals[APPLIED] = new_signal ("applied", 1, G_TYPE_PTR_ARRAY);
  signals[SETTLED] = new_signal ("settled", 1, G_TYPE_STRV);
  signals[STEPS_CHANGED] = new_signal ("steps-changed", 1, G_TYPE_INT64);
  signals[FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
  signals[DRAINED] = new_signal ("drained", 0, G_TYPE_NONE);
}

static void
cpt_order_sender_init (CptOrderSender *self)
{
  self->lanes =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)cpt_order_lane_free);
}

CptOrderSender *
cpt_order_sender_new (CptLink *link, GSettings *settings)
{
  CptOrderSender *self = g_object_new (CPT_TYPE_ORDER_SENDER, NULL);

  self->link = g_object_ref (link);
  self->clock = g_object_ref (cpt_link_get_clock (link));
  self->store = g_object_ref (cpt_link_get_store (link));
  self->settings = g_object_ref (settings);
  return self;
}

static CptOrderLane *
ensure_lane (CptOrderSender *self, const char *order_id)
{
  CptOrderLane *lane = g_hash_table_lookup (self->lanes, order_id);

  if (lane != NULL)
    return lane;
  lane = cpt_order_lane_new (order_id);
  g_hash_table_insert (self->lanes, lane->order_id, lane);
  return lane;
}

/* --- The end of a deed --- */

static void
finish (Deed *deed)
{
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);

  if (deed->background)
    self->n_background--;
  if (lane != NULL)
    lane->busy = FALSE;
  pump (self);
  if (cpt_order_sender_count_reads (self) == 0)
    g_signal_emit (self, signals[DRAINED], 0);
  deed_free (deed);
}

/* Nothing came of it: the same again later. @retry_at: of the reply, or CPT_TIME_NONE. */
static void
postpone (Deed *deed, CptTime retry_at)
{
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  gint64 pause = 0;

  if (lane != NULL)
    {
      pause = cpt_backoff_next (&lane->backoff);
      if (retry_at != CPT_TIME_NONE)
        pause = MAX (retry_at - cpt_clock_now (self->clock), 1);
      lane->retry_mono = mono (self) + pause;
    }
  finish (deed);
}

static void
complain (CptOrderSender *self, GError *error)
{
  if (self->stopped)
    return;
  g_message ("An order could not be written to the database: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
emit_applied (CptOrderSender *self, GPtrArray *applied)
{
  if (applied != NULL && applied->len > 0)
    g_signal_emit (self, signals[APPLIED], 0, applied);
}

/* --- A step's fate --- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    {
      /* It stays under way in the database: the next try reads it back first. */
      complain (self, error);
      postpone (deed, CPT_TIME_NONE);
      return;
    }
  /* What the lane holds is old: it waits for the database, else it would begin the same again. */
  if (lane != NULL)
    g_ptr_array_set_size (lane->steps, 0);
  emit_applied (self, applied);
  g_signal_emit (self, signals[STEPS_CHANGED], 0, deed->step->order);
  cpt_order_sender_reload (self);
  finish (deed);
}

static void
settle (Deed *deed,
        CptStepState state,
        gboolean rest,
        CptNotice notice,
        const char *reason,
        CptOrderApply *apply)
{
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);

  if (lane != NULL && state != CPT_STEP_WAITING)
    cpt_backoff_reset (&lane->backoff);
  cpt_store_run_async (self->store,
                       cpt_store_settle_step (deed->step->id, state, rest, notice, reason, apply,
                                              cpt_clock_now (self->clock)),
                       NULL, settled_cb, deed);
}

static void
settle_later (Deed *deed)
{
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  CptHubriseReply *reply = deed->reply;
  gint64 pause = 0;

  if (lane != NULL)
    {
      pause = cpt_backoff_next (&lane->backoff);
      if (reply->retry_at != CPT_TIME_NONE)
        pause = MAX (reply->retry_at - cpt_clock_now (self->clock), 1);
      lane->retry_mono = mono (self) + pause;
    }
  settle (deed, CPT_STEP_WAITING, FALSE, CPT_NOTICE_NONE, NULL, NULL);
}

static void
settle_patched (Deed *deed, CptOrder *order)
{
  g_autoptr (CptOrderApply) apply = NULL;
  CptOrderLane *lane = deed_lane (deed);

  if (order->raw_reason != NULL)
    {
      /* Processed or not: the next round reads it back. */
      if (lane != NULL)
        g_clear_pointer (&lane->read, cpt_order_unref);
      postpone (deed, CPT_TIME_NONE);
      return;
    }
  apply = cpt_order_apply_new (order, CPT_ORIGIN_REPLY);
  if (lane != NULL)
    cpt_order_lane_set_read (lane, order, deed->reply->began_mono, deed->reply->sequence);
  settle (deed, CPT_STEP_DONE, FALSE, CPT_NOTICE_NONE, NULL, apply);
}

static void
patch_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);

  settle_patched (data, order);
}

static void
decode_reply (Deed *deed, GAsyncReadyCallback callback)
{
  cpt_json_decode_async (deed->reply->body, (CptJsonDecoder)cpt_json_decode_order,
                         g_strdup (deed->order_id), g_free, (GDestroyNotify)cpt_order_unref, NULL,
                         callback, deed);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  CptOrderLane *lane = deed_lane (deed);

  g_clear_pointer (&deed->reply, cpt_hubrise_reply_unref);
  deed->reply = cpt_link_send_finish (CPT_LINK (source), result);
  switch (deed->reply->outcome)
    {
    case CPT_OUTCOME_DONE:
      decode_reply (deed, patch_decoded_cb);
      break;
    case CPT_OUTCOME_NEVER:
      settle (deed, CPT_STEP_REFUSED, FALSE, CPT_NOTICE_NONE, deed->reply->message, NULL);
      break;
    case CPT_OUTCOME_UNKNOWN:
      /* Still under way in the database: the next round reads it back and compares. */
      if (lane != NULL)
        g_clear_pointer (&lane->read, cpt_order_unref);
      postpone (deed, CPT_TIME_NONE);
      break;
    case CPT_OUTCOME_LATER:
    case CPT_OUTCOME_STOP:
    default:
      settle_later (deed);
    }
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  g_autoptr (GError) error = NULL;
  CptHubriseRequest *request;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL || lane == NULL || lane->read == NULL)
    {
      /* Taken back meanwhile, or the disk would not: look again. */
      if (error != NULL && !g_error_matches (error, CPT_STORE_ERROR, CPT_STORE_ERROR_NOT_ALLOWED))
        complain (self, error);
      cpt_order_sender_reload (self);
      postpone (deed, CPT_TIME_NONE);
      return;
    }
  request = cpt_hubrise_request_patch_order (deed->step, lane->read);
  if (!deed->background)
    cpt_hubrise_request_by_person (request);
  cpt_link_send_async (self->link, request, patched_cb, deed);
}

static void
begin (Deed *deed)
{
  cpt_store_run_async (deed->self->store,
                       cpt_store_begin_step (deed->step->id, cpt_clock_now (deed->self->clock)),
                       NULL, begun_cb, deed);
}

/* The rule for what HubRise did meanwhile, on the reading in the lane. @apply: (nullable). */
static void
judge (Deed *deed, CptOrderApply *apply)
{
  CptOrder *read = deed_lane (deed)->read;
  CptNotice elsewhere = deed->step->automatic ? CPT_NOTICE_NONE : CPT_NOTICE_DONE_ELSEWHERE;

  switch (cpt_order_step_judge (deed->step->status, read->status))
    {
    case CPT_VERDICT_ALREADY:
      settle (deed, CPT_STEP_DONE, cpt_order_status_is_end (deed->step->status), CPT_NOTICE_NONE,
              NULL, apply);
      break;
    case CPT_VERDICT_THEIRS_HOLD:
      settle (deed, CPT_STEP_DROPPED, TRUE,
              deed->step->automatic ? CPT_NOTICE_CANCELLED : CPT_NOTICE_THEIRS_HOLD,
              read->status_text, apply);
      break;
    case CPT_VERDICT_TOO_LATE:
      settle (deed, CPT_STEP_DROPPED, TRUE, CPT_NOTICE_TOO_LATE, read->status_text, apply);
      break;
    case CPT_VERDICT_DONE_ELSEWHERE:
      settle (deed, CPT_STEP_DONE, FALSE, elsewhere, read->status_text, apply);
      break;
    case CPT_VERDICT_GO:
    default:
      begin (deed);
    }
}

/* --- Reading --- */

static void
take_events (Deed *deed, CptOrderLane *lane)
{
  if (lane->events->len > 0)
    deed->events = cpt_order_lane_dup_events (lane);
  deed->late = lane->late;
  g_ptr_array_set_size (lane->events, 0);
  lane->wants_read = FALSE;
  lane->late = FALSE;
}

/* The reading failed: what it was to answer still waits. */
static void
give_events_back (Deed *deed)
{
  CptOrderLane *lane = deed_lane (deed);

  if (lane == NULL)
    return;
  for (char **event = deed->events; event != NULL && *event != NULL; event++)
    g_ptr_array_add (lane->events, g_strdup (*event));
  lane->wants_read = lane->wants_read || deed->step == NULL || lane->events->len > 0;
  lane->late = lane->late || deed->late;
}

static CptOrderApply *
new_apply (Deed *deed, CptOrder *order)
{
  CptOrderSender *self = deed->self;
  CptOrderApply *apply =
      cpt_order_apply_new (order, deed->events != NULL ? CPT_ORIGIN_EVENT : CPT_ORIGIN_READ);

  apply->event_ids = g_strdupv (deed->events);
  apply->late = deed->late;
  apply->want_received = g_settings_get_boolean (self->settings, "send-received") &&
                         cpt_order_step_needs_received (order->created_at, order->expected_time,
                                                        cpt_clock_now (self->clock));
  return apply;
}

static void
emit_settled (Deed *deed)
{
  if (deed->events != NULL)
    g_signal_emit (deed->self, signals[SETTLED], 0, deed->events);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    {
      complain (self, error);
      give_events_back (deed);
      postpone (deed, CPT_TIME_NONE);
      return;
    }
  if (lane != NULL)
    cpt_backoff_reset (&lane->backoff);
  emit_applied (self, applied);
  emit_settled (deed);
  cpt_order_sender_reload (self);
  finish (deed);
}

static void
take_order (Deed *deed, CptOrder *order)
{
  CptOrderSender *self = deed->self;
  CptOrderLane *lane = deed_lane (deed);
  g_autoptr (CptOrderApply) apply = NULL;
  g_autoptr (GPtrArray) applies = NULL;

  if (lane == NULL)
    {
      finish (deed);
      return;
    }
  apply = new_apply (deed, order);
  cpt_order_lane_set_read (lane, order, deed->reply->began_mono, deed->reply->sequence);
  if (deed->step != NULL && deed->events == NULL)
    {
      judge (deed, apply);
      return;
    }
  applies = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);
  g_ptr_array_add (applies, g_steal_pointer (&apply));
  cpt_store_run_async (self->store, cpt_store_apply_orders (applies, cpt_clock_now (self->clock)),
                       NULL, applied_cb, deed);
}

static void
read_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);

  take_order (deed, order);
}

static void
take_garbled (Deed *deed)
{
  CptOrderLane *lane = deed_lane (deed);
  g_autoptr (CptOrder) raw = NULL;

  if (lane == NULL || !cpt_order_lane_is_garbled (lane, deed->reply->body))
    {
      give_events_back (deed);
      postpone (deed, CPT_TIME_NONE);
      return;
    }
  raw = cpt_order_new_raw (deed->order_id,
                           deed->reply->message != NULL ? deed->reply->message
                                                        : _ ("HubRise's answer could not be read"),
                           deed->reply->body);
  take_order (deed, raw);
}

/* HubRise does not give this order to us: the event is of no use, the step is refused. */
static void
take_refusal (Deed *deed)
{
  if (deed->step != NULL)
    {
      settle (deed, CPT_STEP_REFUSED, FALSE, CPT_NOTICE_NONE, deed->reply->message, NULL);
      return;
    }
  g_message ("Order %s cannot be read: HubRise answered %u", deed->order_id, deed->reply->status);
  if (deed->reply->status == 404)
    emit_settled (deed);
  finish (deed);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;

  g_clear_pointer (&deed->reply, cpt_hubrise_reply_unref);
  deed->reply = cpt_link_send_finish (CPT_LINK (source), result);
  switch (deed->reply->outcome)
    {
    case CPT_OUTCOME_DONE:
      if (deed->reply->body != NULL)
        decode_reply (deed, read_decoded_cb);
      else
        take_garbled (deed);
      break;
    case CPT_OUTCOME_NEVER:
      take_refusal (deed);
      break;
    case CPT_OUTCOME_UNKNOWN:
      if (deed->reply->status >= 200 && deed->reply->status < 300)
        {
          take_garbled (deed);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case CPT_OUTCOME_LATER:
    case CPT_OUTCOME_STOP:
    default:
      give_events_back (deed);
      postpone (deed, deed->reply->retry_at);
    }
}

static void
read_order (Deed *deed)
{
  CptHubriseRequest *request = cpt_hubrise_request_get_order (deed->order_id);

  take_events (deed, deed_lane (deed));
  if (!deed->background)
    cpt_hubrise_request_by_person (request);
  cpt_link_send_async (deed->self->link, request, read_cb, deed);
}

/* --- What to do next --- */

static Deed *
new_deed (CptOrderSender *self, CptOrderLane *lane, CptOrderStep *step, gboolean background)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->self = g_object_ref (self);
  deed->order_id = g_strdup (lane->order_id);
  deed->step = step != NULL ? cpt_order_step_ref (step) : NULL;
  deed->background = background;
  lane->busy = TRUE;
  if (background)
    self->n_background++;
  return deed;
}

static void
start (CptOrderSender *self, CptOrderLane *lane, CptOrderStep *step, gboolean background)
{
  Deed *deed = new_deed (self, lane, step, background);

  if (step != NULL && step->state != CPT_STEP_UNDER_WAY &&
      cpt_order_lane_is_fresh (lane, mono (self)))
    judge (deed, NULL);
  else
    read_order (deed);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CptOrderLane *left = *(CptOrderLane *const *)a;
  const CptOrderLane *right = *(CptOrderLane *const *)b;

  return (left->event_at < right->event_at) - (left->event_at > right->event_at);
}

static gboolean
due_cb (gpointer data)
{
  CptOrderSender *self = data;

  self->timer = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

/* The step that may leave now, if any; @wake becomes the earlier of itself and when to look again.
 */
static CptOrderStep *
due_step (CptOrderSender *self, CptOrderLane *lane, gint64 *wake)
{
  CptTime now = cpt_clock_now (self->clock);
  CptOrderStep *step = NULL;

  if (!g_settings_get_boolean (self->settings, "sending"))
    return NULL;
  step = cpt_order_lane_next_step (lane, now);
  if (step == NULL || cpt_order_lane_hold_left (step, now) == 0)
    return step;
  *wake = MIN (*wake, cpt_order_lane_hold_left (step, now));
  return NULL;
}

/* What a person waits for starts at once; the rest goes into @background. */
static void
pump_lane (CptOrderSender *self, CptOrderLane *lane, GPtrArray *background, gint64 *wake)
{
  gint64 pause = lane->retry_mono - mono (self);
  CptOrderStep *step;

  if (lane->busy || cpt_order_lane_is_idle (lane))
    return;
  if (pause > 0)
    {
      *wake = MIN (*wake, pause);
      return;
    }
  step = due_step (self, lane, wake);
  if (step != NULL && cpt_order_lane_is_pressed (lane))
    start (self, lane, step, FALSE);
  else if (step != NULL || lane->wants_read)
    g_ptr_array_add (background, lane);
}

static void
pump_background (CptOrderSender *self, GPtrArray *lanes)
{
  gint64 wake = G_MAXINT64;

  g_ptr_array_sort (lanes, compare_newest_first);
  for (guint i = 0; i < lanes->len && self->n_background < BACKGROUND_AT_ONCE; i++)
    {
      CptOrderLane *lane = g_ptr_array_index (lanes, i);

      start (self, lane, due_step (self, lane, &wake), TRUE);
    }
}

static void
pump (CptOrderSender *self)
{
  g_autoptr (GPtrArray) background = g_ptr_array_new ();
  GHashTableIter iter;
  CptOrderLane *lane = NULL;
  gint64 wake = G_MAXINT64;

  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->stopped || !cpt_link_is_open (self->link))
    return;
  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    pump_lane (self, lane, background, &wake);
  pump_background (self, background);
  if (wake != G_MAXINT64)
    self->timer = cpt_clock_add_timer (self->clock, wake, due_cb, self, NULL);
}

void
cpt_order_sender_read (CptOrderSender *self,
                       const char *order_id,
                       const char *event_id,
                       CptTime event_at,
                       gboolean late)
{
  CptOrderLane *lane = ensure_lane (self, order_id);

  lane->wants_read = TRUE;
  lane->late = lane->late || late;
  if (event_at != CPT_TIME_NONE)
    lane->event_at = MAX (lane->event_at, event_at);
  if (event_id != NULL &&
      !g_ptr_array_find_with_equal_func (lane->events, event_id, g_str_equal, NULL))
    g_ptr_array_add (lane->events, g_strdup (event_id));
}

static void
fill_lanes (CptOrderSender *self, GPtrArray *steps)
{
  GHashTableIter iter;
  CptOrderLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    g_ptr_array_set_size (lane->steps, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      CptOrderStep *step = g_ptr_array_index (steps, i);

      if (step->order_id != NULL)
        g_ptr_array_add (ensure_lane (self, step->order_id)->steps, cpt_order_step_ref (step));
    }
}

static void
steps_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = cpt_store_run_finish (CPT_STORE (source), result, &error);

  self->reloading = FALSE;
  if (self->reload_again)
    {
      cpt_order_sender_reload (self);
      return;
    }
  if (steps == NULL)
    {
      complain (self, error);
      return;
    }
  fill_lanes (self, steps);
  pump (self);
}

/**
 * cpt_order_sender_reload:
 *
 * The database is the truth: after every change of a step the lanes are filled from it again.
 */
void
cpt_order_sender_reload (CptOrderSender *self)
{
  self->reload_again = self->reloading;
  if (self->stopped || self->reloading)
    return;
  self->reloading = TRUE;
  cpt_store_run_async (self->store, cpt_store_load_unsent_steps (), NULL, steps_loaded_cb,
                       g_object_ref (self));
}

gboolean
cpt_order_sender_admits (CptOrderSender *self, const char *order_id, gint64 sequence)
{
  CptOrderLane *lane = g_hash_table_lookup (self->lanes, order_id);

  return lane == NULL || (!lane->busy && lane->sequence < sequence);
}

guint
cpt_order_sender_count_reads (CptOrderSender *self)
{
  GHashTableIter iter;
  CptOrderLane *lane = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    if (lane->wants_read && lane->retry_mono <= mono (self))
      n++;
  return n;
}

guint
cpt_order_sender_count_busy (CptOrderSender *self)
{
  GHashTableIter iter;
  CptOrderLane *lane = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    n += lane->busy ? 1 : 0;
  return n;
}

void
cpt_order_sender_wake (CptOrderSender *self)
{
  pump (self);
}

void
cpt_order_sender_retry_now (CptOrderSender *self)
{
  GHashTableIter iter;
  CptOrderLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    {
      lane->retry_mono = 0;
      cpt_backoff_reset (&lane->backoff);
    }
  pump (self);
}

void
cpt_order_sender_clear (CptOrderSender *self)
{
  cpt_clock_clear_timer (self->clock, &self->timer);
  g_hash_table_remove_all (self->lanes);
}

void
cpt_order_sender_stop (CptOrderSender *self)
{
  self->stopped = TRUE;
  cpt_clock_clear_timer (self->clock, &self->timer);
}
