/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-poller.h"

#include "cpt-json.h"
#include "cpt-stock-sync.h"

#define CHECK_NOW_PAUSE_MS 2000
#define REREAD_MS          (2 * CPT_MINUTE)
#define REREAD_FULL_MS     (2 * CPT_HOUR)
#define ACKS_AT_ONCE       2
#define CALLBACK_AGE_MS    CPT_HOUR
/* An order older than this at the first look after an absence arrived while we were away. */
#define LATE_AGE_MS CPT_MINUTE

struct _CptPoller
{
  GObject parent_instance;

  CptLink *link;          /* (owned) */
  CptClock *clock;        /* (owned) */
  CptStore *store;        /* (owned) */
  CptOrderSender *sender; /* (owned) */
  GSettings *settings;    /* (owned) */

  gboolean running;
  gboolean callback_known; /* the callback was seen to be ours since the start */
  gint64 callback_mono;    /* when it was last seen so */
  gboolean checking;
  gboolean again; /* F5 during a check */
  gboolean asked; /* F5: what waits for a later try goes with this check */
  guint round;    /* changes at every start and stop: answers of an earlier one are dropped */
  gint64 last_check_mono; /* -1: none yet */
  gint64 last_good_mono;  /* of the last check that succeeded; -1: none since the start */
  gint64 next_check_mono;
  guint check_timer;
  guint reread_timer;
  guint reread_round;

  GPtrArray *found;   /* (owned) (element-type CptHubriseEvent) of the check under way */
  char *cursor;       /* (owned) (nullable) of the page asked for last */
  GHashTable *to_ack; /* (owned) event ids, a set */
  GHashTable *acking; /* (owned) event ids under way, a set */
};

enum
{
  CALLBACK_LOST,
  LOCATION_CHANGED,
  CATALOG_CHANGED,
  INVENTORY_CHANGED,
  CHECKED,
  ASKED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptPoller, cpt_poller, G_TYPE_OBJECT)

/* A request of one round: an answer that comes in a later one is dropped. */
typedef struct
{
  CptPoller *self; /* (owned) */
  guint round;
  char *event_id;         /* (owned) (nullable) */
  CptHubriseReply *reply; /* (owned) (nullable) a page that is being read */
} Errand;

static void check (CptPoller *self);
static void pump_acks (CptPoller *self);

static Errand *
errand_new (CptPoller *self, const char *event_id)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  errand->round = self->round;
  errand->event_id = g_strdup (event_id);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->self);
  g_free (errand->event_id);
  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static gboolean
errand_is_stale (Errand *errand)
{
  return errand->round != errand->self->round;
}

static void
cpt_poller_finalize (GObject *object)
{
  CptPoller *self = CPT_POLLER (object);

  cpt_clock_clear_timer (self->clock, &self->check_timer);
  cpt_clock_clear_timer (self->clock, &self->reread_timer);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self->cursor);
  g_clear_pointer (&self->to_ack, g_hash_table_unref);
  g_clear_pointer (&self->acking, g_hash_table_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->sender);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpt_poller_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, CPT_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       0);
}

static void
cpt_poller_class_init (CptPollerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_poller_finalize;
  signals[CALLBACK_LOST] = new_signal ("callback-lost");
  signals[LOCATION_CHANGED] = new_signal ("location-changed");
  signals[CATALOG_CHANGED] = new_signal ("catalog-changed");
  signals[INVENTORY_CHANGED] = new_signal ("inventory-changed");
  signals[CHECKED] = new_signal ("checked");
  signals[ASKED] = new_signal ("asked");
}

static void
cpt_poller_init (CptPoller *self)
{
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_hubrise_event_free);
  self->to_ack = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->acking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last_check_mono = -1;
  self->last_good_mono = -1;
  self->next_check_mono = -1;
}

CptPoller *
cpt_poller_new (CptLink *link, CptOrderSender *sender, GSettings *settings)
{
  CptPoller *self = g_object_new (CPT_TYPE_POLLER, NULL);

  self->link = g_object_ref (link);
  self->clock = g_object_ref (cpt_link_get_clock (link));
  self->store = g_object_ref (cpt_link_get_store (link));
  self->sender = g_object_ref (sender);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (sender, "drained", G_CALLBACK (pump_acks), self, G_CONNECT_SWAPPED);
  return self;
}

gint64
cpt_poller_get_next_check (CptPoller *self)
{
  return self->next_check_mono;
}

gboolean
cpt_poller_is_checking (CptPoller *self)
{
  return self->checking;
}

/* --- The rhythm --- */

static gboolean
check_due_cb (gpointer data)
{
  CptPoller *self = data;

  self->check_timer = 0;
  check (self);
  return G_SOURCE_REMOVE;
}

static void
plan_check (CptPoller *self, gint64 pause)
{
  cpt_clock_clear_timer (self->clock, &self->check_timer);
  if (!self->running)
    return;
  self->next_check_mono = cpt_clock_monotonic (self->clock) + pause;
  self->check_timer = cpt_clock_add_timer (self->clock, pause, check_due_cb, self, NULL);
}

static gint64
interval (CptPoller *self)
{
  return g_settings_get_int (self->settings, "check-interval") * CPT_SECOND;
}

static void
end_check (CptPoller *self, gboolean succeeded)
{
  gint64 now = cpt_clock_monotonic (self->clock);
  gint64 pause = MAX (self->last_check_mono + interval (self) - now, 0);

  self->checking = FALSE;
  if (succeeded)
    self->last_good_mono = now;
  if (self->again)
    pause = MAX (self->last_check_mono + CHECK_NOW_PAUSE_MS - now, 0);
  self->again = FALSE;
  plan_check (self, pause);
  cpt_link_note_check (self->link, succeeded);
  g_signal_emit (self, signals[CHECKED], 0);
  pump_acks (self);
}

/* --- Acknowledging --- */

static void
acknowledged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptPoller *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);
  const char *ids[] = { errand->event_id, NULL };

  g_hash_table_remove (self->acking, errand->event_id);
  if (reply->outcome == CPT_OUTCOME_DONE || reply->status == 404 || reply->status == 200)
    cpt_store_run_async (self->store, cpt_store_forget_events (ids), NULL, NULL, NULL);
  /* Else it comes again with the next check, which finds it on disk and acknowledges it. */
  if (!errand_is_stale (errand))
    pump_acks (self);
}

/* Acknowledging waits for the readings: a live order goes before the end of a backlog. */
static void
pump_acks (CptPoller *self)
{
  GHashTableIter iter;
  gpointer id = NULL;

  if (!self->running || cpt_order_sender_count_reads (self->sender) > 0)
    return;
  while (g_hash_table_size (self->acking) < ACKS_AT_ONCE)
    {
      g_hash_table_iter_init (&iter, self->to_ack);
      if (!g_hash_table_iter_next (&iter, &id, NULL))
        return;
      g_hash_table_iter_steal (&iter);
      g_hash_table_add (self->acking, id);
      cpt_link_send_async (self->link, cpt_hubrise_request_delete_event (id), acknowledged_cb,
                           errand_new (self, id));
    }
}

void
cpt_poller_acknowledge (CptPoller *self, const char *const *event_ids)
{
  for (; event_ids != NULL && *event_ids != NULL; event_ids++)
    if (!g_hash_table_contains (self->acking, *event_ids))
      g_hash_table_add (self->to_ack, g_strdup (*event_ids));
  pump_acks (self);
}

/* --- What was found --- */

/* A check that HubRise answered says nothing about an order it refuses: only a person ends pauses.
 */
static void
wake_sender (CptPoller *self)
{
  gboolean asked = self->asked;

  self->asked = FALSE;
  if (!asked)
    {
      cpt_order_sender_wake (self->sender);
      return;
    }
  cpt_order_sender_retry_now (self->sender);
  g_signal_emit (self, signals[ASKED], 0);
}

static void
catalog_due_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  const char *ids[] = { errand->event_id, NULL };
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (errand_is_stale (errand))
    return;
  g_signal_emit (errand->self, signals[CATALOG_CHANGED], 0);
  /* Else it comes again with the next check. */
  if (error == NULL)
    cpt_poller_acknowledge (errand->self, ids);
}

/* HubRise tells it once: that the catalog has to be read is on disk before it is acknowledged. */
static void
take_catalog_event (CptPoller *self, CptHubriseEvent *event)
{
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_CATALOG_DUE_KEY, "1"), NULL,
                       catalog_due_cb, errand_new (self, event->id));
}

/* It was taken, and is listed until HubRise has its acknowledgement: behind a backlog, for minutes.
 */
static gboolean
is_taken (CptPoller *self, const char *event_id)
{
  return g_hash_table_contains (self->to_ack, event_id) ||
         g_hash_table_contains (self->acking, event_id);
}

static void
take_event (CptPoller *self, CptHubriseEvent *event, GHashTable *fresh, gboolean late)
{
  const char *ids[] = { event->id, NULL };
  gboolean is_order = g_strcmp0 (event->resource_type, "order") == 0 && event->order_id != NULL;

  if (is_order && g_hash_table_contains (fresh, event->id))
    {
      cpt_order_sender_read (self->sender, event->order_id, event->id, event->created_at, late);
      return;
    }
  if (g_strcmp0 (event->resource_type, "catalog") == 0)
    {
      take_catalog_event (self, event);
      return;
    }
  /* What these two name is read at every start. */
  if (g_strcmp0 (event->resource_type, "location") == 0)
    g_signal_emit (self, signals[LOCATION_CHANGED], 0);
  else if (g_strcmp0 (event->resource_type, "inventory") == 0)
    g_signal_emit (self, signals[INVENTORY_CHANGED], 0);
  cpt_poller_acknowledge (self, ids);
}

static gboolean
was_away (CptPoller *self)
{
  gint64 now = cpt_clock_monotonic (self->clock);

  return self->last_good_mono < 0 || now - self->last_good_mono > 3 * interval (self);
}

static void
filtered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptPoller *self = errand->self;
  g_auto (GStrv) fresh_ids = cpt_store_run_finish (CPT_STORE (source), result, NULL);
  g_autoptr (GHashTable) fresh = g_hash_table_new (g_str_hash, g_str_equal);
  CptTime old = cpt_clock_now (self->clock) - LATE_AGE_MS;
  gboolean away = was_away (self);

  if (errand_is_stale (errand))
    return;
  for (char **id = fresh_ids; id != NULL && *id != NULL; id++)
    g_hash_table_add (fresh, *id);
  for (guint i = 0; fresh_ids != NULL && i < self->found->len; i++)
    {
      CptHubriseEvent *event = g_ptr_array_index (self->found, i);

      if (!is_taken (self, event->id))
        take_event (self, event, fresh,
                    away && event->created_at != CPT_TIME_NONE && event->created_at < old);
    }
  wake_sender (self);
  end_check (self, fresh_ids != NULL);
}

static void
filter (CptPoller *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < self->found->len; i++)
    {
      CptHubriseEvent *event = g_ptr_array_index (self->found, i);

      g_strv_builder_add (builder, event->id);
    }
  ids = g_strv_builder_end (builder);
  cpt_store_run_async (self->store, cpt_store_filter_events ((const char *const *)ids), NULL,
                       filtered_cb, errand_new (self, NULL));
}

/* --- The check itself --- */

static void list_page (CptPoller *self, const char *cursor);

static void
take_page (CptPoller *self, CptHubriseReply *reply, GPtrArray *events)
{
  /* A page that says there is more but brings nothing, or names itself, would go round for ever. */
  gboolean more = reply->next_cursor != NULL && events->len > 0 &&
                  g_strcmp0 (reply->next_cursor, self->cursor) != 0;

  g_ptr_array_extend_and_steal (self->found, events);
  if (more)
    list_page (self, reply->next_cursor);
  else if (self->found->len > 0)
    filter (self);
  else
    {
      wake_sender (self);
      end_check (self, TRUE);
    }
}

static void
end_pages (CptPoller *self, CptHubriseReply *reply)
{
  /* What the earlier pages brought is not given up for a later page's failure. */
  if (self->found->len > 0)
    filter (self);
  else
    end_check (self, reply->status == 304);
}

static void
page_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GPtrArray) events = cpt_json_decode_finish (result, NULL);

  if (errand_is_stale (errand))
    return;
  if (events != NULL)
    take_page (errand->self, errand->reply, g_steal_pointer (&events));
  else
    end_pages (errand->self, errand->reply);
}

static gpointer
decode_events (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_events (body, error);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptHubriseReply *reply = cpt_link_send_finish (CPT_LINK (source), result);

  errand->reply = reply;
  if (errand_is_stale (errand))
    return;
  if (reply->outcome == CPT_OUTCOME_DONE && reply->body != NULL)
    cpt_json_decode_async (reply->body, decode_events, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, page_decoded_cb,
                           g_steal_pointer (&errand));
  else
    end_pages (errand->self, reply);
}

/* Looking for live orders is never refused for the requests a backlog used up. */
static void
send_live (CptPoller *self, CptHubriseRequest *request, GAsyncReadyCallback callback)
{
  cpt_link_send_async (self->link, cpt_hubrise_request_by_person (request), callback,
                       errand_new (self, NULL));
}

static void
list_page (CptPoller *self, const char *cursor)
{
  CptHubriseRequest *request = cpt_hubrise_request_list_events (cursor);

  g_free (self->cursor);
  self->cursor = g_strdup (cursor);
  if (cursor == NULL)
    send_live (self, request, page_cb);
  else
    cpt_link_send_async (self->link, request, page_cb, errand_new (self, NULL));
}

/* --- The callback --- */

static void
note_callback (CptPoller *self, gboolean ours)
{
  self->callback_known = ours;
  if (ours)
    self->callback_mono = cpt_clock_monotonic (self->clock);
}

/* Another program may take it away at any time, and then no event comes any more: looked at again
 * now and then, and where something may have happened. */
static gboolean
must_look_for_callback (CptPoller *self)
{
  return !self->callback_known || self->asked || was_away (self) ||
         cpt_clock_monotonic (self->clock) - self->callback_mono >= CALLBACK_AGE_MS;
}

static void
callback_posted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptPoller *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  if (errand_is_stale (errand))
    return;
  note_callback (self, reply->outcome == CPT_OUTCOME_DONE);
  if (!self->callback_known)
    {
      end_check (self, FALSE);
      return;
    }
  g_signal_emit (self, signals[CALLBACK_LOST], 0);
  list_page (self, NULL);
}

static void
callback_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptPoller *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  if (errand_is_stale (errand))
    return;
  if (reply->outcome != CPT_OUTCOME_DONE)
    {
      /* That it could not be looked at again keeps no order away. */
      if (self->callback_known)
        list_page (self, NULL);
      else
        end_check (self, FALSE);
      return;
    }
  note_callback (self, reply->body != NULL && cpt_json_callback_is_ours (reply->body));
  if (self->callback_known)
    list_page (self, NULL);
  else
    send_live (self, cpt_hubrise_request_post_callback (), callback_posted_cb);
}

static void
check (CptPoller *self)
{
  if (self->checking || !self->running)
    return;
  if (!cpt_link_is_open (self->link))
    {
      plan_check (self, interval (self));
      return;
    }
  self->checking = TRUE;
  self->last_check_mono = cpt_clock_monotonic (self->clock);
  g_ptr_array_set_size (self->found, 0);
  if (must_look_for_callback (self))
    send_live (self, cpt_hubrise_request_get_callback (), callback_read_cb);
  else
    list_page (self, NULL);
}

void
cpt_poller_check_now (CptPoller *self)
{
  gint64 now = cpt_clock_monotonic (self->clock);
  gint64 since = self->last_check_mono < 0 ? CHECK_NOW_PAUSE_MS : now - self->last_check_mono;

  if (!self->running)
    return;
  self->asked = TRUE;
  if (self->checking)
    self->again = TRUE;
  else
    plan_check (self, MAX (CHECK_NOW_PAUSE_MS - since, 0));
}

/* --- Reading waiting orders again --- */

static void plan_reread (CptPoller *self);

/* After two hours every second round, after four every third: a handful of orders that nobody
 * answers for weeks would use up the requests of a day. */
static gboolean
is_its_turn (CptPoller *self, const CptOrderRow *row)
{
  CptTime now = cpt_clock_now (self->clock);
  gint64 age = row->created_at != CPT_TIME_NONE ? MAX (now - row->created_at, 0) : 0;

  return (self->reread_round + row->row) % (1 + age / REREAD_FULL_MS) == 0;
}

static void
waiting_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CptPoller *self = errand->self;
  g_autoptr (GPtrArray) rows = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (errand_is_stale (errand))
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CptOrderRow *row = g_ptr_array_index (rows, i);

      if (row->id != NULL && !row->foreign && !row->handled_elsewhere && is_its_turn (self, row))
        cpt_order_sender_reread (self->sender, row->id);
    }
  self->reread_round++;
  cpt_order_sender_reload (self->sender);
}

/* Whether a till hears of what another till of the same program did is not documented: orders
 * that wait for a decision are read again every two minutes, seldomer as they grow old. */
static gboolean
reread_due_cb (gpointer data)
{
  CptPoller *self = data;

  self->reread_timer = 0;
  plan_reread (self);
  if (cpt_link_is_open (self->link))
    cpt_store_run_async (self->store, cpt_store_load_waiting_rows (cpt_clock_now (self->clock)),
                         NULL, waiting_cb, errand_new (self, NULL));
  return G_SOURCE_REMOVE;
}

static void
plan_reread (CptPoller *self)
{
  self->reread_timer = cpt_clock_add_timer (self->clock, REREAD_MS, reread_due_cb, self, NULL);
}

void
cpt_poller_start (CptPoller *self)
{
  cpt_poller_stop (self);
  self->running = TRUE;
  self->callback_known = FALSE;
  self->last_good_mono = -1;
  plan_reread (self);
  check (self);
}

void
cpt_poller_stop (CptPoller *self)
{
  self->running = FALSE;
  self->checking = FALSE;
  self->again = FALSE;
  self->round++;
  self->next_check_mono = -1;
  cpt_clock_clear_timer (self->clock, &self->check_timer);
  cpt_clock_clear_timer (self->clock, &self->reread_timer);
  g_hash_table_remove_all (self->to_ack);
}
