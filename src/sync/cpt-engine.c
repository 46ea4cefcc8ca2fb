/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's snapshots, and how its parts hear of each other. */
#include "cpt-engine-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (cpt_engine_error, cpt_engine_error)
G_DEFINE_FINAL_TYPE (CptEngine, cpt_engine, G_TYPE_OBJECT)

static guint signals[CPT_ENGINE_N_SIGNALS];

void
cpt_engine_drop_parts (CptEngine *self)
{
  cpt_clock_clear_timer (self->clock, &self->keyring_timer);
  cpt_clock_clear_timer (self->clock, &self->day_timer);
  cpt_clock_clear_timer (self->clock, &self->draft_timer);
  cpt_clock_clear_timer (self->clock, &self->open_timer);
  cpt_clock_clear_timer (self->clock, &self->erase_timer);
  cpt_clock_clear_timer (self->clock, &self->clean_timer);
  cpt_clock_clear_timer (self->clock, &self->confirm_timer);
  cpt_engine_end_authorisation (self);
  cpt_engine_drop_stock (self);
  cpt_engine_drop_outbox (self);
  if (self->poller != NULL)
    cpt_poller_stop (self->poller);
  if (self->sender != NULL)
    cpt_order_sender_stop (self->sender);
  if (self->acceptance != NULL)
    cpt_acceptance_stop (self->acceptance);
  if (self->link != NULL)
    cpt_link_stop (self->link);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  self->monitor = NULL;
  if (self->poller != NULL)
    g_signal_handlers_disconnect_by_data (self->poller, self);
  if (self->acceptance != NULL)
    g_signal_handlers_disconnect_by_data (self->acceptance, self);
  if (self->sender != NULL)
    g_signal_handlers_disconnect_by_data (self->sender, self);
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_data (self->link, self);
}

static void
cpt_engine_dispose (GObject *object)
{
  CptEngine *self = CPT_ENGINE (object);

  cpt_engine_drop_parts (self);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->poller);
  g_clear_object (&self->acceptance);
  g_clear_object (&self->outbox);
  g_clear_object (&self->sender);
  g_clear_object (&self->link);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (cpt_engine_parent_class)->dispose (object);
}

static void
cpt_engine_finalize (GObject *object)
{
  CptEngine *self = CPT_ENGINE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->secret);
  g_clear_object (&self->settings);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->nothing, cpt_connection_unref);
  g_clear_pointer (&self->unconfirmed, g_hash_table_unref);
  g_clear_pointer (&self->menu, cpt_menu_unref);
  for (int i = 0; i < CPT_N_DRAFTS; i++)
    g_clear_pointer (&self->drafts[i], g_bytes_unref);
  g_free (self->trouble);
  g_free (self->state);
  G_OBJECT_CLASS (cpt_engine_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       0);
}

static void
cpt_engine_class_init (CptEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_engine_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_engine_finalize;

  signals[CPT_ENGINE_CONNECTION_CHANGED] = new_signal ("connection-changed");
  signals[CPT_ENGINE_ORDERS_CHANGED] =
      g_signal_new ("orders-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[CPT_ENGINE_COUNTS_CHANGED] = new_signal ("counts-changed");
  signals[CPT_ENGINE_ALERT] =
      g_signal_new ("alert", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                    2, G_TYPE_INT, CPT_TYPE_ORDER_ROW);
  signals[CPT_ENGINE_TROUBLE_CHANGED] = new_signal ("trouble-changed");
  signals[CPT_ENGINE_LOG_CHANGED] = new_signal ("log-changed");
  signals[CPT_ENGINE_CONNECTED] = new_signal ("connected");
  signals[CPT_ENGINE_STOCK_CHANGED] = new_signal ("stock-changed");
  signals[CPT_ENGINE_STOCK_STATE_CHANGED] = new_signal ("stock-state-changed");
  signals[CPT_ENGINE_OPENED] = new_signal ("opened");
  signals[CPT_ENGINE_CLOSING] = new_signal ("closing");
}

static void
cpt_engine_init (CptEngine *self)
{
  self->nothing = cpt_connection_new ();
  self->unconfirmed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
sending_changed_cb (GSettings *settings, const char *key, CptEngine *self)
{
  if (self->link == NULL)
    return;
  cpt_order_sender_reload (self->sender);
  cpt_outbox_sender_reload (self->outbox);
  cpt_acceptance_retry_now (self->acceptance);
}

/**
 * cpt_engine_new:
 *
 * Returns: (transfer full): an engine that holds nothing until it is opened
 */
CptEngine *
cpt_engine_new (CptClock *clock, CptProfile *profile)
{
  CptEngine *self = g_object_new (CPT_TYPE_ENGINE, NULL);

  cpt_hubrise_init ();
  self->clock = g_object_ref (clock);
  self->profile = g_object_ref (profile);
  self->settings = g_object_ref (cpt_profile_get_settings (profile));
  self->secret = cpt_secret_new (clock, profile);
  self->store = cpt_store_new (cpt_profile_get_data_dir (profile));
  g_signal_connect (self->settings, "changed::sending", G_CALLBACK (sending_changed_cb), self);
  g_signal_connect (self->settings, "changed::keep-days",
                    G_CALLBACK (cpt_engine_keep_days_changed_cb), self);
  return self;
}

/**
 * cpt_engine_set_role:
 *
 * Before it is opened only.
 */
void
cpt_engine_set_role (CptEngine *self, CptEngineRole role)
{
  self->role = role;
  cpt_store_set_looking (self->store, role == CPT_ENGINE_LOOKS);
  cpt_store_set_brief (self->store, role == CPT_ENGINE_SENDS);
}

CptClock *
cpt_engine_get_clock (CptEngine *self)
{
  return self->clock;
}

CptProfile *
cpt_engine_get_profile (CptEngine *self)
{
  return self->profile;
}

CptConnection *
cpt_engine_get_connection (CptEngine *self)
{
  return self->link != NULL ? cpt_link_get_connection (self->link) : self->nothing;
}

const char *
cpt_engine_get_trouble (CptEngine *self)
{
  return self->trouble;
}

int
cpt_engine_get_missed_checks (CptEngine *self)
{
  return self->link != NULL ? cpt_link_get_missed_checks (self->link) : 0;
}

gint64
cpt_engine_get_next_check (CptEngine *self)
{
  return self->poller != NULL ? cpt_poller_get_next_check (self->poller) : -1;
}

gboolean
cpt_engine_is_checking (CptEngine *self)
{
  return self->poller != NULL && cpt_poller_is_checking (self->poller);
}

guint
cpt_engine_count_under_way (CptEngine *self)
{
  if (self->link == NULL)
    return 0;
  return MAX (cpt_link_count_pending (self->link), cpt_order_sender_count_busy (self->sender) +
                                                       cpt_outbox_sender_count_busy (self->outbox));
}

gint64
cpt_engine_get_lock_holder (CptEngine *self)
{
  return cpt_store_get_lock_holder (self->store);
}

gboolean
cpt_engine_has_line (CptEngine *self)
{
  return self->link != NULL && cpt_link_is_open (self->link);
}

char *
cpt_engine_dup_database_path (CptEngine *self)
{
  return g_strdup (cpt_store_get_path (self->store));
}

void
cpt_engine_get_counts (CptEngine *self, CptEngineCounts *counts)
{
  *counts = self->counts;
}

void
cpt_engine_get_usage (CptEngine *self, CptEngineUsage *usage)
{
  CptHubriseClient *client = self->link != NULL ? cpt_link_get_client (self->link) : NULL;

  memset (usage, 0, sizeof *usage);
  for (int i = 0; client != NULL && i < 3; i++)
    {
      CptBudgetCount count =
          cpt_hubrise_budget_get (cpt_hubrise_client_get_budget (client), (CptBudgetWindow)i);

      usage->used[i] = count.used;
      usage->limit[i] = count.limit;
    }
}

/* --- Telling the window --- */

void
cpt_engine_emit (CptEngine *self, CptEngineSignal signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* @row: (nullable) */
void
cpt_engine_emit_alert (CptEngine *self, CptAlertKind kind, CptOrderRow *row)
{
  g_signal_emit (self, signals[CPT_ENGINE_ALERT], 0, kind, row);
}

void
cpt_engine_emit_rows (CptEngine *self, GArray *rows)
{
  cpt_engine_stir (self);
  g_signal_emit (self, signals[CPT_ENGINE_ORDERS_CHANGED], 0, rows);
}

void
cpt_engine_emit_row (CptEngine *self, gint64 row)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (rows, row);
  cpt_engine_emit_rows (self, rows);
}

/* Which ones is not known: the day or the binding is another one. */
void
cpt_engine_emit_all_rows (CptEngine *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  cpt_engine_emit_rows (self, none);
}

static const struct
{
  int store;
  int engine;
} error_codes[] = {
  { CPT_STORE_ERROR_NEWER, CPT_ENGINE_ERROR_NEWER_DATABASE },
  { CPT_STORE_ERROR_DAMAGED, CPT_ENGINE_ERROR_DAMAGED_DATABASE },
  { CPT_STORE_ERROR_READ_ONLY, CPT_ENGINE_ERROR_READ_ONLY },
  { CPT_STORE_ERROR_FULL, CPT_ENGINE_ERROR_FULL },
  { CPT_STORE_ERROR_BUSY, CPT_ENGINE_ERROR_BUSY },
  { CPT_STORE_ERROR_LOCKED, CPT_ENGINE_ERROR_LOCKED },
  { CPT_STORE_ERROR_NOT_ALLOWED, CPT_ENGINE_ERROR_NOT_ALLOWED },
  { CPT_STORE_ERROR_NOT_FOUND, CPT_ENGINE_ERROR_NOT_FOUND },
};

/* The window knows the engine's errors only. */
GError *
cpt_engine_translate_error (const GError *error)
{
  int code = CPT_ENGINE_ERROR_FAILED;

  if (error->domain != CPT_STORE_ERROR)
    return g_error_copy (error);
  for (gsize i = 0; i < G_N_ELEMENTS (error_codes); i++)
    if (error_codes[i].store == error->code)
      code = error_codes[i].engine;
  return g_error_new_literal (CPT_ENGINE_ERROR, code, error->message);
}

static gboolean
is_trouble (const GError *error)
{
  return error != NULL && error->domain == CPT_STORE_ERROR &&
         error->code != CPT_STORE_ERROR_NOT_ALLOWED && error->code != CPT_STORE_ERROR_NOT_FOUND &&
         error->code != CPT_STORE_ERROR_CLOSED;
}

/* @error: (nullable): %NULL when a write went well */
void
cpt_engine_set_trouble (CptEngine *self, const GError *error)
{
  const char *text = is_trouble (error) ? error->message : NULL;

  if (error != NULL && text == NULL)
    return;
  if (g_strcmp0 (text, self->trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (text);
  cpt_engine_emit (self, CPT_ENGINE_TROUBLE_CHANGED);
}

/* --- Counts --- */

/* The last one that is not after @now: a day may have 23 or 25 hours. */
static CptTime
last_cutoff (CptTime now, const char *cutoff, GTimeZone *zone)
{
  CptTime next = cpt_time_next_clock (now - 2 * CPT_DAY, cutoff, zone);
  CptTime last = next;

  while (next <= now)
    {
      last = next;
      next = cpt_time_next_clock (last, cutoff, zone);
    }
  return last;
}

CptOrderQuery
cpt_engine_make_query (CptEngine *self, CptOrderTab tab, char *text, CptDeadlineTable *deadlines)
{
  CptConnection *connection = cpt_engine_get_connection (self);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  const char *cutoff = connection->cutoff_time != NULL ? connection->cutoff_time : "06:00";
  CptOrderQuery query = {
    .tab = tab,
    .text = text,
    .now = cpt_clock_now (self->clock),
    .deadlines = deadlines,
    .clock_offset_ms = connection->clock_offset_ms,
  };

  query.today_end = cpt_time_next_clock (query.now, cutoff, zone);
  if (query.today_end == CPT_TIME_NONE)
    query.today_end = cpt_time_next_clock (query.now, cutoff = "06:00", zone);
  query.today_start = last_cutoff (query.now, cutoff, zone);
  return query;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree CptOrderCounts *counts = cpt_store_run_finish (CPT_STORE (source), result, &error);
  CptEngineCounts new_counts;

  self->counting = FALSE;
  if (self->count_again)
    cpt_engine_refresh_counts (self);
  if (counts == NULL)
    return;
  counts->unsent += cpt_engine_count_unsent_stock (self);
  cpt_engine_count_acceptance (self, &counts->unsent, &counts->refused);
  new_counts = (CptEngineCounts){ counts->waiting, counts->ringing, counts->today,   counts->later,
                                  counts->all,     counts->unsent,  counts->refused, counts->till };
  if (memcmp (&new_counts, &self->counts, sizeof new_counts) == 0)
    return;
  self->counts = new_counts;
  cpt_engine_emit (self, CPT_ENGINE_COUNTS_CHANGED);
}

void
cpt_engine_refresh_counts (CptEngine *self)
{
  CptOrderQuery query;

  self->count_again = self->counting;
  if (self->counting || self->closing)
    return;
  self->counting = TRUE;
  /* Whatever changes an order comes by here. */
  if (self->stock != NULL)
    cpt_stock_sync_note_orders (self->stock);
  cpt_engine_watch_accepts (self);
  query = cpt_engine_make_query (self, CPT_ORDER_TAB_TODAY, NULL, NULL);
  cpt_store_run_async (self->store, cpt_store_count_orders (&query), NULL, counted_cb,
                       g_object_ref (self));
}

/* --- What the parts say --- */

static void
alert_rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GPtrArray) rows = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CptOrderRow *row = g_ptr_array_index (rows, i);

      if ((row->notice == CPT_NOTICE_CANCELLED || row->notice == CPT_NOTICE_THEIRS_HOLD) &&
          cpt_order_status_is_called_off (row->hubrise_status))
        cpt_engine_emit_alert (self, CPT_ALERT_CANCELLED, row);
      else if (row->notice != CPT_NOTICE_NONE)
        cpt_engine_emit_alert (self, CPT_ALERT_CHANGED, row);
      else if (cpt_order_row_rings (row, cpt_clock_now (self->clock)) || row->raw_reason != NULL)
        cpt_engine_emit_alert (self, CPT_ALERT_NEW_ORDER, row);
    }
}

static void
alert_rows (CptEngine *self, GArray *rows)
{
  if (rows->len == 0)
    return;
  cpt_store_run_async (self->store,
                       cpt_store_load_rows ((const gint64 *)(gpointer)rows->data, rows->len,
                                            cpt_clock_now (self->clock)),
                       NULL, alert_rows_cb, g_object_ref (self));
}

void
cpt_engine_applied_cb (CptOrderSender *sender, GPtrArray *applied, CptEngine *self)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) alarming = g_array_new (FALSE, FALSE, sizeof (gint64));

  cpt_engine_set_trouble (self, NULL);
  for (guint i = 0; i < applied->len; i++)
    {
      CptApplied *one = g_ptr_array_index (applied, i);

      if (one->changed || one->is_new)
        g_array_append_val (changed, one->row);
      if (one->is_new || one->notice != CPT_NOTICE_NONE)
        g_array_append_val (alarming, one->row);
    }
  if (changed->len > 0)
    cpt_engine_emit_rows (self, changed);
  alert_rows (self, alarming);
  cpt_outbox_sender_note_orders (self->outbox);
  cpt_engine_refresh_counts (self);
}

static void
settled_cb (CptOrderSender *sender, char **events, CptEngine *self)
{
  cpt_poller_acknowledge (self->poller, (const char *const *)events);
}

static void
steps_changed_cb (CptOrderSender *sender, gint64 row, CptEngine *self)
{
  cpt_engine_set_trouble (self, NULL);
  cpt_engine_emit_row (self, row);
  cpt_outbox_sender_note_orders (self->outbox);
  cpt_engine_refresh_counts (self);
}

static void
failed_cb (CptOrderSender *sender, GError *error, CptEngine *self)
{
  cpt_engine_set_trouble (self, error);
}

static void
link_changed_cb (CptLink *link, CptEngine *self)
{
  cpt_acceptance_note_shown (self->acceptance, cpt_link_get_connection (link)->order_acceptance);
  cpt_engine_emit (self, CPT_ENGINE_CONNECTION_CHANGED);
}

static void
link_back_cb (CptLink *link, CptEngine *self)
{
  cpt_acceptance_retry_now (self->acceptance);
  cpt_order_sender_retry_now (self->sender);
  cpt_outbox_sender_retry_now (self->outbox);
}

static void
link_lost_cb (CptLink *link, CptEngine *self)
{
  cpt_engine_emit_alert (self, CPT_ALERT_CONNECTION_LOST, NULL);
}

static void
link_logged_cb (CptLink *link, CptEngine *self)
{
  cpt_engine_emit (self, CPT_ENGINE_LOG_CHANGED);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, CptEngine *self)
{
  if (available && cpt_engine_get_connection (self)->state == CPT_CONNECTION_OFFLINE)
    cpt_poller_check_now (self->poller);
}

/* The business day is over: Today is another list, the log has a day more than it keeps, and so
 * have the orders. */
static gboolean
day_over_cb (gpointer data)
{
  CptEngine *self = data;

  self->day_timer = 0;
  if (!cpt_store_is_read_only (self->store))
    cpt_store_run_async (self->store, cpt_store_prune_log (cpt_clock_now (self->clock)), NULL,
                         cpt_engine_ignored_cb, (gpointer) "Pruning the log");
  cpt_engine_plan_erasing (self);
  cpt_engine_emit_all_rows (self);
  cpt_engine_refresh_counts (self);
  cpt_engine_plan_day (self);
  return G_SOURCE_REMOVE;
}

/* Timers stand still while the PC sleeps: the end of the day may have passed. */
static void
watch_day (CptEngine *self)
{
  if (self->day_timer == 0 || cpt_clock_now (self->clock) < self->day_ends)
    return;
  cpt_clock_clear_timer (self->clock, &self->day_timer);
  day_over_cb (self);
}

/* The end of the day moves with the location's cutoff time: planned again when that is read. */
void
cpt_engine_plan_day (CptEngine *self)
{
  CptOrderQuery query = cpt_engine_make_query (self, CPT_ORDER_TAB_TODAY, NULL, NULL);

  cpt_clock_clear_timer (self->clock, &self->day_timer);
  self->day_ends = query.today_end;
  self->day_timer =
      cpt_clock_add_timer (self->clock, query.today_end - query.now, day_over_cb, self, NULL);
}

/* Read after this check, and after each until that succeeded. */
static void
location_changed_cb (CptEngine *self)
{
  self->location_read = FALSE;
}

/* F5, at most every two seconds, and HubRise answers. */
static void
asked_cb (CptEngine *self)
{
  cpt_outbox_sender_retry_now (self->outbox);
}

void
cpt_engine_make_parts (CptEngine *self)
{
  self->closing = FALSE;
  cpt_engine_stir (self);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->link = cpt_link_new (self->clock, self->store);
  self->sender = cpt_order_sender_new (self->link, self->settings);
  self->poller = cpt_poller_new (self->link, self->sender, self->settings);
  cpt_engine_make_acceptance (self);
  g_signal_connect (self->link, "changed", G_CALLBACK (link_changed_cb), self);
  g_signal_connect (self->link, "back", G_CALLBACK (link_back_cb), self);
  g_signal_connect (self->link, "lost", G_CALLBACK (link_lost_cb), self);
  g_signal_connect (self->link, "logged", G_CALLBACK (link_logged_cb), self);
  g_signal_connect (self->sender, "applied", G_CALLBACK (cpt_engine_applied_cb), self);
  g_signal_connect (self->sender, "settled", G_CALLBACK (settled_cb), self);
  g_signal_connect (self->sender, "steps-changed", G_CALLBACK (steps_changed_cb), self);
  g_signal_connect (self->sender, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->poller, "callback-lost", G_CALLBACK (cpt_engine_want_first_list),
                            self);
  g_signal_connect_swapped (self->poller, "checked", G_CALLBACK (cpt_engine_list_first), self);
  g_signal_connect_swapped (self->poller, "checked", G_CALLBACK (watch_day), self);
  g_signal_connect_swapped (self->poller, "checked", G_CALLBACK (cpt_engine_complete_location),
                            self);
  g_signal_connect_swapped (self->poller, "asked", G_CALLBACK (asked_cb), self);
  g_signal_connect_swapped (self->poller, "location-changed", G_CALLBACK (location_changed_cb),
                            self);
  cpt_engine_make_outbox (self);
  cpt_engine_make_stock (self);
  self->monitor = g_network_monitor_get_default ();
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}
