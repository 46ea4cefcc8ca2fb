/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock's policy: what is to be done, one request after the other. */
#include <glib/gi18n-lib.h>

#include "cpt-stock-sync-private.h"
#include "cpt-store-jobs.h"

/* Changes of the same moment leave together, and still within a second. */
#define JOIN_MS 250

enum
{
  CHANGED,
  STATE_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptStockSync, cpt_stock_sync, G_TYPE_OBJECT)

static void
cpt_stock_sync_dispose (GObject *object)
{
  CptStockSync *self = CPT_STOCK_SYNC (object);

  cpt_stock_sync_stop (self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  G_OBJECT_CLASS (cpt_stock_sync_parent_class)->dispose (object);
}

static void
cpt_stock_sync_finalize (GObject *object)
{
  CptStockSync *self = CPT_STOCK_SYNC (object);

  g_free (self->trouble);
  g_array_unref (self->delays);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpt_stock_sync_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, CPT_TYPE_STOCK_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
cpt_stock_sync_class_init (CptStockSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_stock_sync_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_stock_sync_finalize;
  signals[CHANGED] = new_signal ("changed");
  signals[STATE_CHANGED] = new_signal ("state-changed");
}

static void
clear_state (CptStockSync *self)
{
  self->state = (CptStockState){
    .pulled_at = CPT_TIME_NONE,
    .compared_at = CPT_TIME_NONE,
    .synced_at = CPT_TIME_NONE,
    .next_back = CPT_TIME_NONE,
  };
}

static void
cpt_stock_sync_init (CptStockSync *self)
{
  self->data_version = -1;
  self->delays = g_array_new (FALSE, FALSE, sizeof (CptStockDelay));
  clear_state (self);
}

/* --- What stands --- */

const CptStockState *
cpt_stock_sync_get_state (CptStockSync *self)
{
  return &self->state;
}

CptStockActivity
cpt_stock_sync_get_activity (CptStockSync *self)
{
  return self->activity;
}

const char *
cpt_stock_sync_get_trouble (CptStockSync *self)
{
  return self->trouble;
}

CptStockMode
cpt_stock_sync_get_mode (CptStockSync *self)
{
  g_autofree char *text = g_settings_get_string (self->settings, "stock-mode");

  return cpt_stock_mode_parse (text);
}

gboolean
cpt_stock_sync_keeps (CptStockSync *self)
{
  return g_settings_get_boolean (self->settings, "keeps-stock");
}

gboolean
cpt_stock_sync_may_send (CptStockSync *self)
{
  return self->state.taken_over && cpt_stock_sync_keeps (self) &&
         g_settings_get_boolean (self->settings, "sending");
}

const char *
cpt_stock_sync_get_catalog (CptStockSync *self)
{
  return cpt_link_get_connection (self->link)->catalog_id;
}

void
cpt_stock_sync_emit_changed (CptStockSync *self)
{
  if (!self->stopped)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
cpt_stock_sync_set_activity (CptStockSync *self, CptStockActivity activity)
{
  if (self->activity == activity)
    return;
  self->activity = activity;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

void
cpt_stock_sync_set_trouble (CptStockSync *self, const char *trouble)
{
  if (g_strcmp0 (self->trouble, trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
state_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autofree CptStockState *state = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  self->loading_state = FALSE;
  if (self->stopped)
    return;
  if (cpt_stock_errand_is_stale (errand))
    {
      cpt_stock_sync_refresh_state (self);
      return;
    }
  if (state != NULL)
    self->state = *state;
  cpt_stock_sync_set_alarms (self);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  if (self->load_state_again)
    cpt_stock_sync_refresh_state (self);
  cpt_stock_sync_pump (self);
}

void
cpt_stock_sync_refresh_state (CptStockSync *self)
{
  self->load_state_again = self->loading_state;
  if (self->loading_state || self->stopped)
    return;
  self->loading_state = TRUE;
  cpt_store_run_async (self->store,
                       cpt_store_load_stock_state (cpt_stock_sync_get_mode (self),
                                                   cpt_clock_now (self->clock)),
                       NULL, state_loaded_cb, cpt_stock_errand_new (self));
}

/* --- The order of work --- */

CptStockErrand *
cpt_stock_errand_new (CptStockSync *self)
{
  CptStockErrand *errand = g_new0 (CptStockErrand, 1);

  errand->self = g_object_ref (self);
  errand->round = self->round;
  errand->pull_wishes = self->pull_wishes;
  if (self->batch != NULL)
    errand->batch = g_ptr_array_ref (self->batch);
  return errand;
}

void
cpt_stock_errand_free (CptStockErrand *errand)
{
  g_object_unref (errand->self);
  g_clear_pointer (&errand->group, g_ptr_array_unref);
  g_clear_pointer (&errand->batch, g_ptr_array_unref);
  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  g_free (errand);
}

gboolean
cpt_stock_errand_is_stale (CptStockErrand *errand)
{
  return errand->self->stopped || errand->round != errand->self->round;
}

gboolean
cpt_stock_sync_sends_owed_only (CptStockSync *self)
{
  return !self->replacing && !g_settings_get_boolean (self->settings, "auto-stock");
}

static gboolean
may_send_now (CptStockSync *self)
{
  return cpt_stock_sync_may_send (self) &&
         (!cpt_stock_sync_sends_owed_only (self) || self->state.owed > 0);
}

gboolean
cpt_stock_sync_is_awaited (CptStockSync *self)
{
  return self->wants_send && self->by_person && may_send_now (self);
}

/* A pull before a reading, so that new refs are known; a reading before anything is sent. */
void
cpt_stock_sync_pump (CptStockSync *self)
{
  if (self->busy || self->stopped || !self->started || self->retry_timer != 0 ||
      !cpt_link_is_open (self->link) || cpt_stock_sync_get_catalog (self) == NULL)
    return;
  if (self->wants_pull)
    cpt_stock_sync_pull (self);
  else if (self->wants_replace && cpt_stock_sync_may_send (self))
    cpt_stock_sync_replace (self);
  else if (self->wants_send && may_send_now (self) && !self->wants_read && self->join_timer == 0)
    cpt_stock_sync_send (self);
  else if (self->wants_read)
    cpt_stock_sync_read (self);
  else
    cpt_stock_sync_set_activity (self, CPT_STOCK_IDLE);
}

void
cpt_stock_sync_done (CptStockSync *self, gboolean changed)
{
  self->busy = FALSE;
  if (self->stopped)
    return;
  if (changed)
    cpt_stock_sync_emit_changed (self);
  cpt_stock_sync_refresh_state (self);
}

static gboolean
retry_due_cb (gpointer data)
{
  CptStockSync *self = data;

  self->retry_timer = 0;
  cpt_stock_sync_pump (self);
  return G_SOURCE_REMOVE;
}

void
cpt_stock_sync_postpone (CptStockSync *self, CptTime retry_at)
{
  gint64 pause = cpt_backoff_next (&self->backoff);

  self->busy = FALSE;
  if (self->stopped)
    return;
  if (retry_at != CPT_TIME_NONE)
    pause = MAX (retry_at - cpt_clock_now (self->clock), 1);
  cpt_clock_clear_timer (self->clock, &self->retry_timer);
  self->kept = FALSE;
  self->retry_timer = cpt_clock_add_timer (self->clock, pause, retry_due_cb, self, NULL);
  cpt_stock_sync_set_activity (self, CPT_STOCK_IDLE);
  cpt_stock_sync_refresh_state (self);
}

void
cpt_stock_sync_fail_tasks (CptStockSync *self, GQueue *tasks, const char *message)
{
  GTask *task = NULL;

  while ((task = g_queue_pop_head (tasks)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               message != NULL ? message : _ ("HubRise could not be reached"));
      g_object_unref (task);
    }
}

/* Whoever waits for one of the answers waits for the readings behind it, too. */
void
cpt_stock_sync_fail_all_tasks (CptStockSync *self, const char *message)
{
  self->wants_replace = self->replacing = FALSE;
  cpt_stock_sync_fail_tasks (self, &self->pulls, message);
  cpt_stock_sync_fail_tasks (self, &self->compares, message);
  cpt_stock_sync_fail_tasks (self, &self->replaces, message);
}

/* Who pressed a button is told at once; what is due by itself is tried again. */
gboolean
cpt_stock_sync_failed (CptStockSync *self, CptHubriseReply *reply)
{
  g_autofree char *words = NULL;

  if (reply->outcome == CPT_OUTCOME_DONE)
    {
      cpt_backoff_reset (&self->backoff);
      cpt_stock_sync_set_trouble (self, NULL);
      return FALSE;
    }
  words = cpt_hubrise_reply_dup_words (reply);
  cpt_stock_sync_fail_all_tasks (self, words);
  if (reply->outcome == CPT_OUTCOME_NEVER)
    {
      self->wants_pull = self->wants_read = FALSE;
      cpt_stock_sync_set_trouble (self, words);
      cpt_stock_sync_done (self, FALSE);
    }
  else
    {
      cpt_stock_sync_postpone (self, reply->retry_at);
      self->kept = reply->status == 0 && reply->retry_at != CPT_TIME_NONE;
    }
  return TRUE;
}

static gboolean
join_due_cb (gpointer data)
{
  CptStockSync *self = data;

  self->join_timer = 0;
  cpt_stock_sync_pump (self);
  return G_SOURCE_REMOVE;
}

/* How much of the fuller window is spent, in hundredths. */
static gint64
get_spent (CptStockSync *self)
{
  CptHubriseClient *client = cpt_link_get_client (self->link);
  CptHubriseBudget *budget = client != NULL ? cpt_hubrise_client_get_budget (client) : NULL;
  gint64 spent = 0;

  for (int i = CPT_WINDOW_HOUR; budget != NULL && i <= CPT_WINDOW_DAY; i++)
    {
      CptBudgetCount count = cpt_hubrise_budget_get (budget, (CptBudgetWindow)i);

      spent = MAX (spent, 100 * count.used / count.limit);
    }
  return spent;
}

/* A program that writes each second would spend an hour's requests in forty minutes, and orders
 * could be read and answered no more. Half of them it may have as it comes; then what it writes is
 * joined. */
static gint64
get_pause (CptStockSync *self)
{
  gint64 spent = get_spent (self);
  gint64 pause = spent < 50 ? 0 : spent < 75 ? 20 * CPT_SECOND : CPT_MINUTE;
  gint64 over = cpt_clock_monotonic (self->clock) - self->sent_at;

  return MAX (pause - over, JOIN_MS);
}

static void
note_change (CptStockSync *self, gint64 pause)
{
  if (self->stopped)
    return;
  self->wants_send = TRUE;
  if (self->join_timer == 0)
    {
      self->paced = pause > JOIN_MS;
      self->join_timer = cpt_clock_add_timer (self->clock, pause, join_due_cb, self, NULL);
    }
  cpt_stock_sync_emit_changed (self);
  cpt_stock_sync_refresh_state (self);
}

void
cpt_stock_sync_note_change (CptStockSync *self)
{
  if (self->paced)
    cpt_clock_clear_timer (self->clock, &self->join_timer);
  if (self->kept)
    cpt_clock_clear_timer (self->clock, &self->retry_timer);
  self->by_person = TRUE;
  note_change (self, JOIN_MS);
}

void
cpt_stock_sync_note_other_change (CptStockSync *self)
{
  note_change (self, get_pause (self));
}

void
cpt_stock_sync_note_place (CptStockSync *self)
{
  if (self->stopped)
    return;
  cpt_stock_sync_emit_changed (self);
  cpt_stock_sync_refresh_state (self);
}

static void
want_pull (CptStockSync *self)
{
  self->pull_wishes++;
  self->wants_pull = TRUE;
}

void
cpt_stock_sync_note_catalog (CptStockSync *self)
{
  if (!g_settings_get_boolean (self->settings, "auto-pull-catalog"))
    return;
  want_pull (self);
  cpt_stock_sync_pump (self);
}

void
cpt_stock_sync_note_inventory (CptStockSync *self)
{
  self->wants_read = TRUE;
  cpt_stock_sync_pump (self);
}

void
cpt_stock_sync_wake (CptStockSync *self)
{
  cpt_stock_sync_look_for_others (self);
  cpt_stock_sync_set_alarms (self);
  cpt_stock_sync_pump (self);
}

void
cpt_stock_sync_retry_now (CptStockSync *self)
{
  cpt_clock_clear_timer (self->clock, &self->retry_timer);
  cpt_backoff_reset (&self->backoff);
  cpt_stock_sync_pump (self);
}

/* --- Life --- */

static void
sending_changed_cb (GSettings *settings, const char *key, CptStockSync *self)
{
  self->wants_send = TRUE;
  if (!cpt_stock_sync_keeps (self))
    self->wants_read = TRUE;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  cpt_stock_sync_pump (self);
}

static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;

  cpt_store_run_finish (CPT_STORE (source), result, NULL);
  cpt_stock_sync_note_change (self);
}

/* What is wanted of HubRise is another for every item. */
static void
mode_changed_cb (GSettings *settings, const char *key, CptStockSync *self)
{
  if (!self->stopped)
    cpt_store_run_async (self->store, cpt_store_review_stock (), NULL, reviewed_cb,
                         g_object_ref (self));
}

CptStockSync *
cpt_stock_sync_new (CptLink *link, GSettings *settings)
{
  CptStockSync *self = g_object_new (CPT_TYPE_STOCK_SYNC, NULL);

  self->link = g_object_ref (link);
  self->clock = g_object_ref (cpt_link_get_clock (link));
  self->store = g_object_ref (cpt_link_get_store (link));
  self->settings = g_object_ref (settings);
  g_signal_connect (settings, "changed::sending", G_CALLBACK (sending_changed_cb), self);
  g_signal_connect (settings, "changed::auto-stock", G_CALLBACK (sending_changed_cb), self);
  g_signal_connect (settings, "changed::keeps-stock", G_CALLBACK (sending_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::keeps-stock",
                            G_CALLBACK (cpt_stock_sync_refresh_state), self);
  g_signal_connect_swapped (settings, "changed::morning-reset",
                            G_CALLBACK (cpt_stock_sync_refresh_state), self);
  g_signal_connect (settings, "changed::stock-mode", G_CALLBACK (mode_changed_cb), self);
  if (!cpt_store_is_read_only (self->store))
    cpt_stock_sync_watch (self);
  cpt_stock_sync_refresh_state (self);
  return self;
}

static void
pull_due_noted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("Whether the catalog has to be read could not be kept: %s", error->message);
}

static void
note_pull_due (CptStockSync *self)
{
  want_pull (self);
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_CATALOG_DUE_KEY, "1"), NULL,
                       pull_due_noted_cb, NULL);
}

/* The catalog is here, unless another one was told of meanwhile. */
void
cpt_stock_sync_end_pull (CptStockSync *self, guint wishes)
{
  if (wishes != self->pull_wishes)
    return;
  self->wants_pull = FALSE;
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_CATALOG_DUE_KEY, NULL), NULL,
                       pull_due_noted_cb, NULL);
}

/* What an earlier process was told and could not read. */
static void
pull_due_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  g_autofree char *due = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (due != NULL && !cpt_stock_errand_is_stale (errand))
    cpt_stock_sync_note_catalog (errand->self);
}

void
cpt_stock_sync_start (CptStockSync *self, gboolean connected)
{
  self->started = TRUE;
  /* what failed before the line was cut has nothing to do with this one */
  cpt_clock_clear_timer (self->clock, &self->retry_timer);
  cpt_backoff_reset (&self->backoff);
  cpt_stock_sync_end_delays (self);
  if (connected)
    note_pull_due (self);
  else
    cpt_store_run_async (self->store, cpt_store_load_value (CPT_CATALOG_DUE_KEY), NULL,
                         pull_due_loaded_cb, cpt_stock_errand_new (self));
  /* What another wrote meanwhile, and where a reply was lost, what came of it. */
  self->wants_read = TRUE;
  self->wants_send = TRUE;
  cpt_stock_sync_look_for_others (self);
  cpt_stock_sync_note_orders (self);
  cpt_stock_sync_refresh_state (self);
}

void
cpt_stock_sync_rest (CptStockSync *self)
{
  self->started = FALSE;
  self->round++;
  self->busy = FALSE;
  self->wants_replace = self->replacing = FALSE;
  cpt_stock_sync_drop_batch (self);
  /* Of the next place nothing is known, above all not that its stock may be sent. */
  clear_state (self);
  cpt_clock_clear_timer (self->clock, &self->retry_timer);
  cpt_backoff_reset (&self->backoff);
  cpt_stock_sync_set_trouble (self, NULL);
  cpt_stock_sync_set_activity (self, CPT_STOCK_IDLE);
  cpt_stock_sync_fail_all_tasks (self, _ ("This till is not connected to HubRise"));
}

void
cpt_stock_sync_stop (CptStockSync *self)
{
  if (self->stopped || self->link == NULL)
    return;
  self->stopped = TRUE;
  cpt_clock_clear_timer (self->clock, &self->retry_timer);
  cpt_clock_clear_timer (self->clock, &self->join_timer);
  cpt_stock_sync_stop_alarms (self);
  cpt_stock_sync_end_delays (self);
  cpt_stock_sync_drop_batch (self);
  cpt_stock_sync_fail_all_tasks (self, NULL);
}

/* --- What a person asks for --- */

static gboolean
add_task (CptStockSync *self, GQueue *tasks, GTask *task)
{
  if (!self->started || !cpt_link_is_open (self->link))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "%s",
                             _ ("This till is not connected to HubRise"));
  else if (cpt_stock_sync_get_catalog (self) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                             _ ("This till is not bound to a catalog: connect again and choose one "
                                "on HubRise's page"));
  else
    {
      g_queue_push_tail (tasks, g_object_ref (task));
      return TRUE;
    }
  return FALSE;
}

void
cpt_stock_sync_pull_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  if (!add_task (self, &self->pulls, task))
    return;
  want_pull (self);
  cpt_stock_sync_retry_now (self);
}

gboolean
cpt_stock_sync_pull_finish (CptStockSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
cpt_stock_sync_compare_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  if (!add_task (self, &self->compares, task))
    return;
  self->wants_read = TRUE;
  cpt_stock_sync_retry_now (self);
}

static const char *
explain_no_sending (CptStockSync *self)
{
  if (!cpt_stock_sync_keeps (self))
    return _ ("Another till keeps the stock: nothing is sent from here");
  if (!g_settings_get_boolean (self->settings, "sending"))
    return _ ("Sending is switched off in the preferences");
  if (self->state.compared_at != CPT_TIME_NONE)
    return _ ("Both sides hold stock: compare first, nothing is sent before");
  return _ ("The catalog has not been read yet");
}

void
cpt_stock_sync_replace_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  if (!cpt_stock_sync_may_send (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               explain_no_sending (self));
      return;
    }
  if (!add_task (self, &self->replaces, task))
    return;
  self->wants_replace = TRUE;
  cpt_stock_sync_retry_now (self);
}

GPtrArray *
cpt_stock_sync_compare_finish (CptStockSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
