/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-order-sender.h"

#include "cpt-order-sender-private.h"

/* What nobody waits for, under way at once: more would make a live order wait behind a backlog. */
#define BACKGROUND_AT_ONCE 3
/* An order whose event is younger is one that somebody waits for; older ones are a backlog. */
#define LIVE_AGE_MS (15 * CPT_MINUTE)
/* An answer that began before the lane's last one is not applied: no request lasts so long. */
#define KEEP_LANE_MS (15 * CPT_MINUTE)

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

gint64
cpt_order_sender_mono (CptOrderSender *self)
{
  return cpt_clock_monotonic (self->clock);
}

static void
cpt_order_sender_finalize (GObject *object)
{
  CptOrderSender *self = CPT_ORDER_SENDER (object);

  cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_ptr_array_unref);
  g_clear_pointer (&self->loaded_steps, g_ptr_array_unref);
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
  self->unsent = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_step_unref);
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

/* --- What to do next --- */

/* What may leave now: a step, an entry or neither. */
typedef struct
{
  CptOrderStep *step;    /* (nullable) */
  CptOutboxEntry *entry; /* (nullable) */
} Due;

/* What a lost reply was about is never judged by what was read before. */
static gboolean
needs_reading (const Due *due)
{
  if (due->step != NULL)
    return due->step->state == CPT_STEP_UNDER_WAY;
  return due->entry == NULL || due->entry->state == CPT_STEP_UNDER_WAY;
}

static void
start (CptOrderSender *self, CptOrderLane *lane, const Due *due, CptPriority priority)
{
  CptOrderErrand *errand = cpt_order_errand_new (self, lane, due->step, due->entry, priority);

  if (needs_reading (due) || !cpt_order_lane_is_fresh (lane, cpt_order_sender_mono (self)))
    cpt_order_errand_read (errand);
  else if (due->step != NULL)
    cpt_order_errand_judge (errand, NULL);
  else
    cpt_entry_errand_judge (errand, NULL);
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
  cpt_order_sender_pump (self);
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

/* The payment or missing item that may leave now, if any; @wake likewise. */
static CptOutboxEntry *
due_entry (CptOrderSender *self, CptOrderLane *lane, gint64 *wake)
{
  CptOutboxEntry *entry = cpt_order_lane_next_entry (lane);
  gint64 left = cpt_order_lane_lost_left (lane, cpt_order_sender_mono (self));

  if (entry == NULL || !g_settings_get_boolean (self->settings, "sending"))
    return NULL;
  if (left == 0)
    return entry;
  *wake = MIN (*wake, left);
  return NULL;
}

/* In the order they were pressed. What cannot leave yet, or was refused, holds back nothing of the
 * other kind. */
static Due
find_due (CptOrderSender *self, CptOrderLane *lane, gint64 *wake)
{
  Due due = { due_step (self, lane, wake), due_entry (self, lane, wake) };

  if (due.step == NULL || due.entry == NULL)
    return due;
  if (due.step->pressed_at <= due.entry->pressed_at)
    due.entry = NULL;
  else
    due.step = NULL;
  return due;
}

/* Another till may have taken a payment at the same time as ours, and it is not documented whether
 * a till hears of another till of the same program. */
static void
check_payments (CptOrderSender *self, CptOrderLane *lane, gint64 *wake)
{
  gint64 left = lane->check_mono - cpt_order_sender_mono (self);

  if (lane->check_mono == 0)
    return;
  if (left > 0)
    {
      *wake = MIN (*wake, left);
      return;
    }
  lane->check_mono = 0;
  lane->wants_read = TRUE;
}

static gboolean
is_live (CptOrderSender *self, CptOrderLane *lane)
{
  return lane->events->len > 0 && lane->event_at != CPT_TIME_NONE &&
         lane->event_at > cpt_clock_now (self->clock) - LIVE_AGE_MS;
}

static CptPriority
choose_priority (CptOrderSender *self, CptOrderLane *lane, const Due *due)
{
  if (due->entry != NULL || (due->step != NULL && cpt_order_lane_is_pressed (lane)))
    return CPT_PRIORITY_PERSON;
  if (is_live (self, lane))
    return CPT_PRIORITY_LIVE;
  return due->step != NULL || lane->wants_read ? CPT_PRIORITY_BACKGROUND : CPT_PRIORITY_SPARE;
}

/* What a person waits for starts at once; the rest goes into @background. */
static void
pump_lane (CptOrderSender *self, CptOrderLane *lane, GPtrArray *background, gint64 *wake)
{
  gint64 pause = lane->retry_mono - cpt_order_sender_mono (self);
  CptPriority priority = CPT_PRIORITY_SPARE;
  Due due = { 0 };

  if (lane->busy || cpt_order_lane_is_idle (lane))
    return;
  check_payments (self, lane, wake);
  due = find_due (self, lane, wake);
  priority = choose_priority (self, lane, &due);
  if (pause > 0 && priority <= lane->rests)
    *wake = MIN (*wake, pause);
  else if (priority == CPT_PRIORITY_PERSON)
    start (self, lane, &due, CPT_PRIORITY_PERSON);
  else if (due.step != NULL || lane->wants_read || lane->wants_reread)
    g_ptr_array_add (background, lane);
}

static void
pump_background (CptOrderSender *self, GPtrArray *lanes)
{
  gint64 wake = G_MAXINT64;
  guint at_once = self->newest_is_done ? BACKGROUND_AT_ONCE : 1;

  if (lanes->len == 0 && self->n_background == 0)
    self->newest_is_done = FALSE;
  g_ptr_array_sort (lanes, compare_newest_first);
  for (guint i = 0; i < lanes->len && self->n_background < at_once; i++)
    {
      CptOrderLane *lane = g_ptr_array_index (lanes, i);
      Due due = { due_step (self, lane, &wake), NULL };

      start (self, lane, &due, choose_priority (self, lane, &due));
    }
}

typedef struct
{
  CptOrderSender *self; /* (owned) */
  gint64 row;
} CallingOff;

/* Where something of it may have left, HubRise is told once it has the order. */
static void
called_off_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree CallingOff *calling_off = data;
  g_autoptr (CptOrderSender) self = calling_off->self;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (self->stopped || g_error_matches (error, CPT_STORE_ERROR, CPT_STORE_ERROR_NOT_ALLOWED))
    return;
  if (error != NULL)
    cpt_order_sender_complain (self, error);
  else
    g_signal_emit (self, signals[STEPS_CHANGED], 0, calling_off->row);
}

static void
call_off (CptOrderSender *self, CptOrderStep *step)
{
  CallingOff *calling_off = g_new0 (CallingOff, 1);

  calling_off->self = g_object_ref (self);
  calling_off->row = step->order;
  cpt_store_run_async (self->store, cpt_store_call_off (step->id, cpt_clock_now (self->clock)),
                       NULL, called_off_cb, calling_off);
}

/* An order that was cancelled before anything of it left is nobody's but this till's: for that no
 * network is needed. */
static void
call_off_unsent (CptOrderSender *self, gint64 *wake)
{
  CptTime now = cpt_clock_now (self->clock);

  for (guint i = self->unsent->len; i > 0; i--)
    {
      CptOrderStep *step = g_ptr_array_index (self->unsent, i - 1);
      gint64 left = cpt_order_lane_hold_left (step, now);

      if (step->status != CPT_ORDER_CANCELLED)
        continue;
      if (left > 0)
        {
          *wake = MIN (*wake, left);
          continue;
        }
      call_off (self, step);
      g_ptr_array_remove_index (self->unsent, i - 1);
    }
}

static void
pump_lanes (CptOrderSender *self, gint64 *wake)
{
  g_autoptr (GPtrArray) background = g_ptr_array_new ();
  GHashTableIter iter;
  CptOrderLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    pump_lane (self, lane, background, wake);
  pump_background (self, background);
}

void
cpt_order_sender_pump (CptOrderSender *self)
{
  gint64 wake = G_MAXINT64;

  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->stopped)
    return;
  call_off_unsent (self, &wake);
  if (cpt_link_is_open (self->link))
    pump_lanes (self, &wake);
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
  if (!g_ptr_array_find_with_equal_func (lane->events, event_id, g_str_equal, NULL))
    g_ptr_array_add (lane->events, g_strdup (event_id));
}

void
cpt_order_sender_reread (CptOrderSender *self, const char *order_id)
{
  ensure_lane (self, order_id)->wants_reread = TRUE;
}

static void
empty_lanes (CptOrderSender *self)
{
  GHashTableIter iter;
  CptOrderLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    {
      g_ptr_array_set_size (lane->steps, 0);
      g_ptr_array_set_size (lane->entries, 0);
    }
}

static void
add_entry (CptOrderSender *self, CptOutboxEntry *entry)
{
  CptOrderLane *lane = ensure_lane (self, entry->order_id);

  g_ptr_array_add (lane->entries, cpt_outbox_entry_ref (entry));
  if (entry->state == CPT_STEP_UNDER_WAY && lane->lost_entry != entry->id)
    cpt_order_lane_note_lost (lane, entry, entry->not_before, cpt_clock_now (self->clock),
                              cpt_order_sender_mono (self));
}

static gboolean
is_spent (gpointer key, gpointer value, gpointer data)
{
  CptOrderLane *lane = value;
  CptOrderSender *self = data;

  return cpt_order_lane_is_idle (lane) &&
         cpt_order_sender_mono (self) - lane->read_mono > KEEP_LANE_MS;
}

static void
fill_lanes (CptOrderSender *self, GPtrArray *steps, GPtrArray *entries)
{
  empty_lanes (self);
  g_ptr_array_set_size (self->unsent, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      CptOrderStep *step = g_ptr_array_index (steps, i);

      g_ptr_array_add (step->order_id != NULL ? ensure_lane (self, step->order_id)->steps
                                              : self->unsent,
                       cpt_order_step_ref (step));
    }
  /* An order of this till has no id until HubRise has it: its payments wait for that. */
  for (guint i = 0; i < entries->len; i++)
    {
      CptOutboxEntry *entry = g_ptr_array_index (entries, i);

      if (entry->order_id != NULL)
        add_entry (self, entry);
    }
}

/* Steps and entries come in two readings and into the lanes together: nothing may pass what was
 * pressed before it. */
static void
entries_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = g_steal_pointer (&self->loaded_steps);
  g_autoptr (GPtrArray) entries = cpt_store_run_finish (CPT_STORE (source), result, &error);

  self->reloading = FALSE;
  if (self->reload_again)
    {
      cpt_order_sender_reload (self);
      return;
    }
  if (entries == NULL)
    {
      cpt_order_sender_complain (self, error);
      return;
    }
  fill_lanes (self, steps, entries);
  g_hash_table_foreach_remove (self->lanes, is_spent, self);
  cpt_order_sender_pump (self);
}

static void
steps_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (steps == NULL)
    {
      self->reloading = FALSE;
      cpt_order_sender_complain (self, error);
      return;
    }
  self->loaded_steps = g_steal_pointer (&steps);
  cpt_store_run_async (self->store, cpt_store_load_unsent_entries (), NULL, entries_loaded_cb,
                       g_object_ref (self));
}

/**
 * cpt_order_sender_reload:
 *
 * The database is the truth: after every change of a step or an entry the lanes are filled from it
 * again.
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
    if (lane->wants_read && lane->retry_mono <= cpt_order_sender_mono (self))
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
  cpt_order_sender_pump (self);
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
  cpt_order_sender_pump (self);
}

void
cpt_order_sender_clear (CptOrderSender *self)
{
  cpt_clock_clear_timer (self->clock, &self->timer);
  g_hash_table_remove_all (self->lanes);
  g_ptr_array_set_size (self->unsent, 0);
  /* What is being read from the disk was asked for before. */
  self->reload_again = self->reloading;
}

void
cpt_order_sender_stop (CptOrderSender *self)
{
  self->stopped = TRUE;
  cpt_clock_clear_timer (self->clock, &self->timer);
}
