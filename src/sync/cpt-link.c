/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-link.h"

#include <glib/gi18n-lib.h>

#include "cpt-store-jobs.h"

#define MISSED_CHECKS_ALARM 3
#define ALARM_AGAIN         (5 * CPT_MINUTE)
#define LOG_PAUSE_MS        500
#define SAVE_PAUSE_MS       (60 * CPT_SECOND)
#define BUDGET_KEY          "request-counts"
#define COUNTS_KNOWN        "counts-known" /* of a client: those of the last start were read */

struct _CptLink
{
  GObject parent_instance;

  CptClock *clock;           /* (owned) */
  CptStore *store;           /* (owned) */
  CptHubriseClient *client;  /* (owned) (nullable) */
  CptConnection *connection; /* (owned) */
  GTimeZone *zone;           /* (owned) (nullable) its own: GLib reads the file once while held */
  GCancellable *cancellable; /* (owned) ends every request at stop */
  GPtrArray *exchanges;      /* (owned) not yet in the log */
  guint log_timer;
  CptTime saved_at;
  int missed_checks;
  gint64 alarmed_at; /* on the steady clock, when that many checks were missed; 0: not, or twice */
  guint n_pending;
  gboolean trying; /* a refused connection is being tried */
};

enum
{
  CHANGED,
  BACK,
  LOST,
  LOGGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptLink, cpt_link, G_TYPE_OBJECT)

static void
cpt_link_dispose (GObject *object)
{
  CptLink *self = CPT_LINK (object);

  cpt_link_stop (self);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (cpt_link_parent_class)->dispose (object);
}

static void
cpt_link_finalize (GObject *object)
{
  CptLink *self = CPT_LINK (object);

  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->connection, cpt_connection_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->exchanges, g_ptr_array_unref);
  G_OBJECT_CLASS (cpt_link_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, CPT_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_link_class_init (CptLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_link_finalize;
  signals[CHANGED] = new_signal ("changed");
  signals[BACK] = new_signal ("back");
  signals[LOST] = new_signal ("lost");
  signals[LOGGED] = new_signal ("logged");
}

static void
cpt_link_init (CptLink *self)
{
  self->cancellable = g_cancellable_new ();
  self->connection = cpt_connection_new ();
  self->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
}

/**
 * cpt_link_new:
 *
 * Returns: (transfer full): a link without a client: closed
 */
CptLink *
cpt_link_new (CptClock *clock, CptStore *store)
{
  CptLink *self = g_object_new (CPT_TYPE_LINK, NULL);

  self->clock = g_object_ref (clock);
  self->store = g_object_ref (store);
  return self;
}

CptClock *
cpt_link_get_clock (CptLink *self)
{
  return self->clock;
}

CptStore *
cpt_link_get_store (CptLink *self)
{
  return self->store;
}

CptConnection *
cpt_link_get_connection (CptLink *self)
{
  return self->connection;
}

CptHubriseClient *
cpt_link_get_client (CptLink *self)
{
  return self->client;
}

int
cpt_link_get_missed_checks (CptLink *self)
{
  return self->missed_checks;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("The connection's state could not be kept: %s", error->message);
}

static void
save_connection (CptLink *self)
{
  g_autofree char *counts = NULL;

  if (cpt_store_is_read_only (self->store))
    return;
  self->saved_at = cpt_clock_now (self->clock);
  if (self->connection->binding != 0)
    cpt_store_run_async (self->store, cpt_store_save_connection (self->connection), NULL, saved_cb,
                         NULL);
  /* before the last ones were read they would overwrite them */
  if (self->client == NULL || g_object_get_data (G_OBJECT (self->client), COUNTS_KNOWN) == NULL)
    return;
  counts = cpt_hubrise_budget_save (cpt_hubrise_client_get_budget (self->client));
  cpt_store_run_async (self->store, cpt_store_save_value (BUDGET_KEY, counts), NULL, saved_cb,
                       NULL);
}

void
cpt_link_take_connection (CptLink *self, CptConnection *edited, gboolean save)
{
  GTimeZone *zone = cpt_connection_dup_zone (edited);

  if (edited->state != self->connection->state)
    g_info ("%s: %s", cpt_connection_state_label (edited->state),
            edited->reason != NULL ? edited->reason : "-");

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  cpt_connection_unref (self->connection);
  self->connection = edited;
  if (save)
    save_connection (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- The log of exchanges --- */

static void
logged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptLink) self = data;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("The log of exchanges could not be written: %s", error->message);
  else
    g_signal_emit (self, signals[LOGGED], 0);
}

void
cpt_link_flush_log (CptLink *self)
{
  cpt_clock_clear_timer (self->clock, &self->log_timer);
  if (self->exchanges->len == 0)
    return;
  cpt_store_run_async (self->store, cpt_store_log (self->exchanges), NULL, logged_cb,
                       g_object_ref (self));
  g_ptr_array_unref (self->exchanges);
  self->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
}

static gboolean
log_due_cb (gpointer data)
{
  CptLink *self = data;

  self->log_timer = 0;
  cpt_link_flush_log (self);
  return G_SOURCE_REMOVE;
}

static void
exchange_cb (CptHubriseClient *client, CptExchange *exchange, CptLink *self)
{
  /* Requests end after the stop, when nobody writes the log any more. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_ptr_array_add (self->exchanges, cpt_exchange_ref (exchange));
  if (self->log_timer == 0)
    self->log_timer = cpt_clock_add_timer (self->clock, LOG_PAUSE_MS, log_due_cb, self, NULL);
}

static void
counts_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptHubriseClient) client = data;
  g_autofree char *counts = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (counts != NULL)
    cpt_hubrise_budget_load (cpt_hubrise_client_get_budget (client), counts);
  g_object_set_data (G_OBJECT (client), COUNTS_KNOWN, GINT_TO_POINTER (TRUE));
}

void
cpt_link_set_client (CptLink *self, CptHubriseClient *client)
{
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_set_object (&self->client, client);
  if (client == NULL)
    return;
  g_signal_connect (client, "exchange", G_CALLBACK (exchange_cb), self);
  cpt_hubrise_budget_set_offset (cpt_hubrise_client_get_budget (client),
                                 self->connection->clock_offset_ms);
  cpt_store_run_async (self->store, cpt_store_load_value (BUDGET_KEY), NULL, counts_loaded_cb,
                       g_object_ref (client));
}

gboolean
cpt_link_is_open (CptLink *self)
{
  CptConnectionState state = self->connection->state;

  if (self->client == NULL || !cpt_hubrise_client_has_token (self->client))
    return FALSE;
  if (state == CPT_CONNECTION_REFUSED)
    return self->trying;
  return state == CPT_CONNECTION_ONLINE || state == CPT_CONNECTION_OFFLINE ||
         state == CPT_CONNECTION_UNPROVEN;
}

void
cpt_link_try_again (CptLink *self)
{
  self->trying = TRUE;
}

/* --- What a reply says of the line --- */

static void
lose (CptLink *self, CptConnectionState state, const char *reason)
{
  CptConnection *edited = cpt_connection_copy (self->connection);

  if (edited->state != state)
    edited->since = cpt_clock_now (self->clock);
  edited->state = state;
  g_free (edited->reason);
  edited->reason = g_strdup (reason);
  edited->last_failure = cpt_clock_now (self->clock);
  g_free (edited->last_failure_reason);
  edited->last_failure_reason = g_strdup (reason);
  cpt_link_take_connection (self, edited, TRUE);
}

static gboolean
is_bound_state (CptConnectionState state)
{
  return state == CPT_CONNECTION_ONLINE || state == CPT_CONNECTION_OFFLINE ||
         state == CPT_CONNECTION_UNPROVEN || state == CPT_CONNECTION_REFUSED;
}

static void
note_answer (CptLink *self, CptHubriseReply *reply)
{
  CptConnection *edited = cpt_connection_copy (self->connection);
  gboolean was_away =
      edited->state == CPT_CONNECTION_OFFLINE || edited->state == CPT_CONNECTION_REFUSED;
  gboolean save =
      edited->state != CPT_CONNECTION_ONLINE || reply->received_at - self->saved_at > SAVE_PAUSE_MS;

  self->trying = FALSE;
  if (is_bound_state (edited->state))
    {
      edited->state = CPT_CONNECTION_ONLINE;
      edited->since = CPT_TIME_NONE;
      g_clear_pointer (&edited->reason, g_free);
    }
  edited->last_success = reply->received_at;
  if (reply->server_date != CPT_TIME_NONE)
    edited->clock_offset_ms = reply->server_date - reply->received_at;
  /* The Date header has whole seconds: a smaller offset is its rounding. */
  if (ABS (edited->clock_offset_ms) < 2 * CPT_SECOND)
    edited->clock_offset_ms = 0;
  cpt_hubrise_budget_set_offset (cpt_hubrise_client_get_budget (self->client),
                                 edited->clock_offset_ms);
  cpt_link_take_connection (self, edited, save);
  if (was_away)
    g_signal_emit (self, signals[BACK], 0);
}

static void
note_failure (CptLink *self, CptHubriseReply *reply)
{
  CptConnection *edited = cpt_connection_copy (self->connection);

  edited->last_failure = reply->received_at;
  g_free (edited->last_failure_reason);
  edited->last_failure_reason = g_strdup (reply->message);
  cpt_link_take_connection (self, edited, FALSE);
}

static void
note_reply (CptLink *self, CptHubriseReply *reply)
{
  gboolean no_answer = reply->status == 0 && (reply->sent || reply->no_route);

  if (self->client == NULL)
    return;
  if (reply->outcome == CPT_OUTCOME_DONE || (reply->status >= 200 && reply->status < 300))
    note_answer (self, reply);
  else if (no_answer && is_bound_state (self->connection->state) &&
           self->connection->state != CPT_CONNECTION_REFUSED)
    lose (self, CPT_CONNECTION_OFFLINE, reply->message);
  else if (no_answer || reply->status >= 300)
    note_failure (self, reply);
}

static void
sound_alarm (CptLink *self, gint64 at)
{
  self->alarmed_at = at;
  g_signal_emit (self, signals[LOST], 0);
}

/**
 * cpt_link_note_check:
 *
 * The alarm is for three checks missed in a row, however long that took. It comes once more where
 * nobody mended the line in five minutes, and then no more: the bar says it all the time.
 */
void
cpt_link_note_check (CptLink *self, gboolean succeeded)
{
  gint64 now = cpt_clock_monotonic (self->clock);

  self->missed_checks = succeeded ? 0 : self->missed_checks + 1;
  if (succeeded)
    self->alarmed_at = 0;
  else if (self->missed_checks == MISSED_CHECKS_ALARM)
    sound_alarm (self, now);
  else if (self->alarmed_at != 0 && now - self->alarmed_at >= ALARM_AGAIN)
    sound_alarm (self, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Sending --- */

typedef struct
{
  CptHubriseReply *refused; /* (owned) the reply whose 401 is being checked */
} Check;

static void
check_free (Check *check)
{
  g_clear_pointer (&check->refused, cpt_hubrise_reply_unref);
  g_free (check);
}

static CptHubriseReply *
new_closed_reply (CptLink *self)
{
  CptHubriseReply *reply = g_new0 (CptHubriseReply, 1);

  g_atomic_ref_count_init (&reply->ref_count);
  reply->outcome =
      self->connection->state == CPT_CONNECTION_REFUSED ? CPT_OUTCOME_STOP : CPT_OUTCOME_LATER;
  reply->message = g_strdup (_ ("This till is not connected to HubRise"));
  reply->server_date = CPT_TIME_NONE;
  reply->retry_at = CPT_TIME_NONE;
  reply->received_at = cpt_clock_now (self->clock);
  return reply;
}

/* GET /location answered as well: only its 401 condemns the connection. */
static void
location_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptLink *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (CptHubriseReply) location =
      cpt_hubrise_client_send_finish (CPT_HUBRISE_CLIENT (source), result, NULL);
  CptHubriseReply *refused = check->refused;

  /* A key that is no longer ours is condemned for good reason. */
  if (CPT_HUBRISE_CLIENT (source) != self->client)
    refused->outcome = CPT_OUTCOME_LATER;
  else if (location != NULL && location->outcome == CPT_OUTCOME_STOP)
    {
      gboolean news = self->connection->state != CPT_CONNECTION_REFUSED;

      self->trying = FALSE;
      lose (self, CPT_CONNECTION_REFUSED, refused->message);
      if (news)
        g_signal_emit (self, signals[LOST], 0);
    }
  else if (location != NULL && location->outcome == CPT_OUTCOME_DONE)
    {
      refused->outcome = CPT_OUTCOME_NEVER;
      note_reply (self, location);
    }
  else
    {
      refused->outcome = CPT_OUTCOME_LATER;
      if (location != NULL)
        note_reply (self, location);
    }
  g_task_return_pointer (task, g_steal_pointer (&check->refused),
                         (GDestroyNotify)cpt_hubrise_reply_unref);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptLink *self = g_task_get_source_object (task);
  CptHubriseClient *client = CPT_HUBRISE_CLIENT (source);
  g_autoptr (CptHubriseReply) reply = cpt_hubrise_client_send_finish (client, result, NULL);
  g_autoptr (CptHubriseRequest) location = NULL;
  Check *check = g_task_get_task_data (task);

  if (reply == NULL)
    reply = new_closed_reply (self);
  if (reply->outcome != CPT_OUTCOME_STOP || client != self->client)
    {
      if (client == self->client)
        note_reply (self, reply);
      g_task_return_pointer (task, g_steal_pointer (&reply),
                             (GDestroyNotify)cpt_hubrise_reply_unref);
      return;
    }
  check->refused = g_steal_pointer (&reply);
  location = cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ());
  cpt_hubrise_client_send_async (client, location, self->cancellable, location_checked_cb,
                                 g_steal_pointer (&task));
}

void
cpt_link_send_async (CptLink *self,
                     CptHubriseRequest *request,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (CptHubriseRequest) owned = request;
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  self->n_pending++;
  if (!cpt_link_is_open (self) && self->connection->state != CPT_CONNECTION_CONNECTING)
    {
      g_task_return_pointer (task, new_closed_reply (self),
                             (GDestroyNotify)cpt_hubrise_reply_unref);
      return;
    }
  g_task_set_task_data (task, g_new0 (Check, 1), (GDestroyNotify)check_free);
  cpt_hubrise_client_send_async (self->client, owned, self->cancellable, sent_cb,
                                 g_steal_pointer (&task));
}

CptHubriseReply *
cpt_link_send_finish (CptLink *self, GAsyncResult *result)
{
  self->n_pending--;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

guint
cpt_link_count_pending (CptLink *self)
{
  return self->n_pending;
}

/**
 * cpt_link_stop:
 *
 * Ends what is under way; what the log still waits to write is handed to the store.
 */
void
cpt_link_stop (CptLink *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_cancellable_cancel (self->cancellable);
  cpt_link_flush_log (self);
  save_connection (self);
}
