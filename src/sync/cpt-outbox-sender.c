/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be created next, and when. */
#include "cpt-outbox-sender.h"

#include "cpt-outbox-sender-private.h"

/* The rest waits: an order pressed now must not stand behind the backlog of a night. */
#define AT_ONCE 2
/* What waited so long is not sent by itself any more. */
#define ASK_AFTER_MS CPT_DAY

enum
{
  APPLIED,
  CHANGED,
  FAILED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CptOutboxSender, cpt_outbox_sender, G_TYPE_OBJECT)

static void
lane_free (gpointer data)
{
  CptOutboxLane *lane = data;

  g_clear_pointer (&lane->next, cpt_outbox_entry_unref);
  g_free (lane);
}

static void
cpt_outbox_sender_finalize (GObject *object)
{
  CptOutboxSender *self = CPT_OUTBOX_SENDER (object);

  cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpt_outbox_sender_parent_class)->finalize (object);
}

static void
new_signal (const char *name, GType type)
{
  g_signal_new (name, CPT_TYPE_OUTBOX_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, type);
}

static void
cpt_outbox_sender_class_init (CptOutboxSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_outbox_sender_finalize;
  new_signal ("applied", G_TYPE_PTR_ARRAY);
  new_signal ("changed", G_TYPE_INT64);
  new_signal ("failed", G_TYPE_ERROR);
}

static void
cpt_outbox_sender_init (CptOutboxSender *self)
{
  self->lanes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, lane_free);
}

CptOutboxSender *
cpt_outbox_sender_new (CptLink *link, GSettings *settings)
{
  CptOutboxSender *self = g_object_new (CPT_TYPE_OUTBOX_SENDER, NULL);

  self->link = g_object_ref (link);
  self->clock = g_object_ref (cpt_link_get_clock (link));
  self->store = g_object_ref (cpt_link_get_store (link));
  self->settings = g_object_ref (settings);
  return self;
}

gint64
cpt_outbox_sender_mono (CptOutboxSender *self)
{
  return cpt_clock_monotonic (self->clock);
}

CptOutboxLane *
cpt_outbox_sender_get_lane (CptOutboxSender *self, gint64 row)
{
  return g_hash_table_lookup (self->lanes, &row);
}

/* --- What to do next --- */

static gboolean
due_cb (gpointer data)
{
  CptOutboxSender *self = data;

  self->timer = 0;
  cpt_outbox_sender_pump (self);
  return G_SOURCE_REMOVE;
}

/* Milliseconds until the lane may go on; -1: somebody has to decide. */
static gint64
get_pause (CptOutboxSender *self, CptOutboxLane *lane)
{
  gint64 until = lane->retry_mono;

  if (lane->next == NULL || lane->next->state == CPT_STEP_REFUSED)
    return -1;
  if (lane->next->state == CPT_STEP_UNDER_WAY)
    until = MAX (until, lane->look_up_mono);
  return MAX (until - cpt_outbox_sender_mono (self), 0);
}

/* A retry, a lost reply: since then somebody knows of it. */
static gboolean
is_old (CptOutboxSender *self, const CptOutboxEntry *entry)
{
  CptTime asked = MAX (entry->pressed_at, entry->not_before);

  return entry->kind == CPT_OUTBOX_ORDER && cpt_clock_now (self->clock) - asked > ASK_AFTER_MS;
}

static void
start (CptOutboxSender *self, CptOutboxLane *lane)
{
  lane->busy = TRUE;
  if (lane->next->state == CPT_STEP_UNDER_WAY)
    cpt_outbox_errand_look_up (self, lane);
  else if (is_old (self, lane->next))
    cpt_outbox_errand_ask_first (self, lane);
  else
    cpt_outbox_errand_post (self, lane);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CptOutboxLane *left = *(CptOutboxLane *const *)a;
  const CptOutboxLane *right = *(CptOutboxLane *const *)b;

  return (left->row < right->row) - (left->row > right->row);
}

/* @wake: (inout): the earlier of itself and when to look again */
static GPtrArray *
list_due (CptOutboxSender *self, gint64 *wake)
{
  GPtrArray *due = g_ptr_array_new ();
  GHashTableIter iter;
  CptOutboxLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    {
      gint64 pause = lane->busy ? -1 : get_pause (self, lane);

      if (pause == 0)
        g_ptr_array_add (due, lane);
      else if (pause > 0)
        *wake = MIN (*wake, pause);
    }
  g_ptr_array_sort (due, compare_newest_first);
  return due;
}

void
cpt_outbox_sender_pump (CptOutboxSender *self)
{
  g_autoptr (GPtrArray) due = NULL;
  gint64 wake = G_MAXINT64;
  guint busy = cpt_outbox_sender_count_busy (self);

  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->stopped || !cpt_link_is_open (self->link) ||
      !g_settings_get_boolean (self->settings, "sending"))
    return;
  due = list_due (self, &wake);
  for (guint i = 0; i < due->len && busy < AT_ONCE; i++, busy++)
    start (self, due->pdata[i]);
  if (wake != G_MAXINT64)
    self->timer = cpt_clock_add_timer (self->clock, wake, due_cb, self, NULL);
}

/* --- What the database holds --- */

/* A reply that is missing since before this process: the server may have been at work until now,
 * unless the moment of the loss is on disk. The clock may have been set back since. */
static void
note_lost (CptOutboxSender *self, CptOutboxLane *lane)
{
  gint64 left = lane->next->not_before - cpt_clock_now (self->clock);

  if (lane->next->state != CPT_STEP_UNDER_WAY || lane->lost == lane->next->id)
    return;
  lane->lost = lane->next->id;
  if (left <= 0 || left > CPT_OUTBOX_LOST_MS)
    left = CPT_OUTBOX_LOST_MS;
  lane->look_up_mono = cpt_outbox_sender_mono (self) + left;
}

static void
add_entry (CptOutboxSender *self, CptOutboxEntry *entry)
{
  CptOutboxLane *lane = cpt_outbox_sender_get_lane (self, entry->order);

  if (lane == NULL)
    {
      lane = g_new0 (CptOutboxLane, 1);
      lane->row = entry->order;
      g_hash_table_insert (self->lanes, &lane->row, lane);
    }
  if (lane->next != NULL)
    return;
  lane->next = cpt_outbox_entry_ref (entry);
  /* While its request is under way its reply is not lost. */
  if (!lane->busy)
    note_lost (self, lane);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  CptOutboxLane *lane = value;

  return lane->next == NULL && !lane->busy;
}

static void
fill_lanes (CptOutboxSender *self, GPtrArray *entries)
{
  GHashTableIter iter;
  CptOutboxLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    g_clear_pointer (&lane->next, cpt_outbox_entry_unref);
  for (guint i = 0; i < entries->len; i++)
    add_entry (self, entries->pdata[i]);
  g_hash_table_foreach_remove (self->lanes, is_over, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOutboxSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cpt_store_run_finish (CPT_STORE (source), result, &error);

  self->reloading = FALSE;
  if (self->stopped)
    return;
  if (self->reload_again)
    {
      cpt_outbox_sender_reload (self);
      return;
    }
  if (entries == NULL)
    {
      g_signal_emit_by_name (self, "failed", error);
      return;
    }
  fill_lanes (self, entries);
  cpt_outbox_sender_pump (self);
}

void
cpt_outbox_sender_reload (CptOutboxSender *self)
{
  self->reload_again = self->reloading;
  if (self->stopped || self->reloading)
    return;
  self->reloading = TRUE;
  cpt_store_run_async (self->store, cpt_store_load_creations (), NULL, loaded_cb,
                       g_object_ref (self));
}

void
cpt_outbox_sender_note_orders (CptOutboxSender *self)
{
  if (g_hash_table_size (self->lanes) > 0)
    cpt_outbox_sender_reload (self);
}

void
cpt_outbox_sender_retry_now (CptOutboxSender *self)
{
  GHashTableIter iter;
  CptOutboxLane *lane = NULL;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    {
      lane->retry_mono = 0;
      cpt_backoff_reset (&lane->backoff);
    }
  cpt_outbox_sender_pump (self);
}

guint
cpt_outbox_sender_count_busy (CptOutboxSender *self)
{
  GHashTableIter iter;
  CptOutboxLane *lane = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    n += lane->busy ? 1 : 0;
  return n;
}

void
cpt_outbox_sender_clear (CptOutboxSender *self)
{
  cpt_clock_clear_timer (self->clock, &self->timer);
  g_hash_table_remove_all (self->lanes);
  /* What is being read from the disk was asked for before. */
  self->reload_again = self->reloading;
}

void
cpt_outbox_sender_stop (CptOutboxSender *self)
{
  self->stopped = TRUE;
  cpt_clock_clear_timer (self->clock, &self->timer);
}
