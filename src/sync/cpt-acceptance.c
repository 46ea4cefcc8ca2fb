/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-acceptance.h"

#include "cpt-backoff.h"
#include "cpt-store-jobs.h"

#define LEVEL_NAME "order-acceptance"
/* Two words for "open" are documented: the one this server last showed is kept under this key. */
#define WORD_KEY "order-acceptance-word"

/* A level's text: mode, extra minutes, end and reason, between bars:
 * "busy|20|2026-01-02T12:00:00+01:00". The reason comes last: it may hold anything. */
#define PARTS     4

#define OPEN_TEXT "open||"

struct _CptAcceptance
{
  GObject parent_instance;

  CptLink *link;       /* (owned) */
  CptClock *clock;     /* (owned) */
  CptStore *store;     /* (owned) */
  GSettings *settings; /* (owned) */
  CptLevel level;
  char *word;          /* (owned) (nullable) */
  gboolean other_word; /* the shown word was refused: try the other */
  char *refusal;       /* (owned) (nullable) */
  gboolean loaded;
  gboolean busy;
  gboolean stopped;
  guint round; /* grows with every location: answers of an earlier one are dropped */
  CptBackoff backoff;
  guint timer;
};

enum
{
  CHANGED,
  CONFIRMED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptAcceptance, cpt_acceptance, G_TYPE_OBJECT)

static void pump (CptAcceptance *self);

static void
cpt_acceptance_finalize (GObject *object)
{
  CptAcceptance *self = CPT_ACCEPTANCE (object);

  cpt_clock_clear_timer (self->clock, &self->timer);
  cpt_level_clear (&self->level);
  g_free (self->word);
  g_free (self->refusal);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpt_acceptance_parent_class)->finalize (object);
}

static void
cpt_acceptance_class_init (CptAcceptanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_acceptance_finalize;
  signals[CHANGED] = g_signal_new ("changed", CPT_TYPE_ACCEPTANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CONFIRMED] = g_signal_new ("confirmed", CPT_TYPE_ACCEPTANCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_acceptance_init (CptAcceptance *self)
{
}

CptAcceptance *
cpt_acceptance_new (CptLink *link, GSettings *settings)
{
  CptAcceptance *self = g_object_new (CPT_TYPE_ACCEPTANCE, NULL);

  self->link = g_object_ref (link);
  self->clock = g_object_ref (cpt_link_get_clock (link));
  self->store = g_object_ref (cpt_link_get_store (link));
  self->settings = g_object_ref (settings);
  return self;
}

static const char *const mode_words[] = { "open", "busy", "paused", NULL };

/* Another program may have written the database: what is no level of ours is nothing to send. */
static gboolean
is_level_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "|", PARTS);

  return g_strv_length (parts) >= PARTS - 1 && g_strv_contains (mode_words, parts[0]);
}

/* A till that never touched the level wants nothing of HubRise. */
gboolean
cpt_acceptance_is_unsent (CptAcceptance *self)
{
  return is_level_text (self->level.wanted) && cpt_level_must_send (&self->level);
}

const char *
cpt_acceptance_get_refusal (CptAcceptance *self)
{
  return self->refusal;
}

void
cpt_acceptance_level_clear (CptAcceptanceLevel *level)
{
  g_clear_pointer (&level->reason, g_free);
}

static CptAcceptanceMode
parse_mode (const char *word)
{
  if (g_str_equal (word, "paused"))
    return CPT_ACCEPTANCE_PAUSED;
  return g_str_equal (word, "busy") ? CPT_ACCEPTANCE_BUSY : CPT_ACCEPTANCE_OPEN;
}

gboolean
cpt_acceptance_get_wanted (CptAcceptance *self, CptAcceptanceLevel *level)
{
  g_auto (GStrv) parts = NULL;

  *level = (CptAcceptanceLevel){ .resume_at = CPT_TIME_NONE };
  if (!is_level_text (self->level.wanted))
    return FALSE;
  parts = g_strsplit (self->level.wanted, "|", PARTS);
  level->mode = parse_mode (parts[0]);
  level->extra_minutes = atoi (parts[1]);
  if (!cpt_time_parse (parts[2], &level->resume_at))
    level->resume_at = CPT_TIME_NONE;
  if (parts[3] != NULL && *parts[3] != '\0')
    level->reason = g_strdup (parts[3]);
  return TRUE;
}

static gboolean
due_cb (gpointer data)
{
  CptAcceptance *self = data;

  self->timer = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
postpone (CptAcceptance *self, CptTime retry_at)
{
  gint64 pause = cpt_backoff_next (&self->backoff);

  self->busy = FALSE;
  if (self->stopped)
    return;
  if (retry_at != CPT_TIME_NONE)
    pause = MAX (retry_at - cpt_clock_now (self->clock), 1);
  cpt_clock_clear_timer (self->clock, &self->timer);
  self->timer = cpt_clock_add_timer (self->clock, pause, due_cb, self, NULL);
}

/* One deed on its way to the disk or to HubRise and back. */
typedef struct
{
  CptAcceptance *self; /* (owned) */
  guint round;
  char *sent; /* (owned) what was wanted then: what is confirmed is what was sent */
} Sending;

static Sending *
sending_new (CptAcceptance *self)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (self);
  sending->round = self->round;
  sending->sent = g_strdup (self->level.wanted);
  return sending;
}

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->self);
  g_free (sending->sent);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static gboolean
sending_is_stale (Sending *sending)
{
  return sending->self->stopped || sending->round != sending->self->round;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  CptAcceptance *self = sending->self;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (sending_is_stale (sending))
    return;
  if (error != NULL)
    {
      g_message ("The order acceptance could not be kept: %s", error->message);
      postpone (self, CPT_TIME_NONE);
      return;
    }
  self->busy = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  pump (self);
}

static void
save (CptAcceptance *self, GAsyncReadyCallback callback)
{
  cpt_store_run_async (self->store, cpt_store_save_level (LEVEL_NAME, &self->level), NULL, callback,
                       sending_new (self));
}

/* --- Sending --- */

static const char *
open_word (CptAcceptance *self)
{
  gboolean online = g_strcmp0 (self->word, "online") == 0;

  return online != self->other_word ? "online" : "normal";
}

static CptHubriseRequest *
new_request (CptAcceptance *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", PARTS);
  const char *resume_at = *parts[2] != '\0' ? parts[2] : NULL;

  if (g_str_equal (parts[0], "open"))
    return cpt_hubrise_request_patch_acceptance (open_word (self), 0, NULL, NULL);
  return cpt_hubrise_request_patch_acceptance (parts[0], atoi (parts[1]), parts[3], resume_at);
}

static void
refuse (CptAcceptance *self, Sending *sending, CptHubriseReply *reply)
{
  if (reply->status == 422 && g_str_equal (sending->sent, OPEN_TEXT) && !self->other_word)
    {
      self->other_word = TRUE;
      self->busy = FALSE;
      pump (self);
      return;
    }
  self->busy = FALSE;
  g_free (self->refusal);
  self->refusal = g_strdup (reply->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  CptAcceptance *self = sending->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  if (sending_is_stale (sending))
    return;
  if (reply->outcome == CPT_OUTCOME_DONE)
    {
      cpt_backoff_reset (&self->backoff);
      cpt_level_confirm (&self->level, sending->sent);
      if (!cpt_acceptance_is_unsent (self))
        g_signal_emit (self, signals[CONFIRMED], 0);
      save (self, saved_cb);
    }
  else if (reply->outcome == CPT_OUTCOME_NEVER)
    refuse (self, sending, reply);
  else
    postpone (self, reply->retry_at);
}

/* It is on disk that what HubRise knows is unknown: the request may leave. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  CptAcceptance *self = sending->self;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (sending_is_stale (sending))
    return;
  if (error != NULL)
    {
      postpone (self, CPT_TIME_NONE);
      return;
    }
  /* The disk did not keep what was wanted: it is not wanted any more. */
  if (!cpt_acceptance_is_unsent (self))
    {
      self->busy = FALSE;
      return;
    }
  cpt_link_send_async (self->link,
                       cpt_hubrise_request_by_person (new_request (self, self->level.wanted)),
                       answered_cb, sending_new (self));
}

/* What was to end before it could be sent is over: orders are to come in, whatever HubRise holds
 * from before. */
static void
drop_what_is_past (CptAcceptance *self)
{
  g_auto (CptAcceptanceLevel) wanted = { 0 };

  if (!cpt_acceptance_is_unsent (self) || !cpt_acceptance_get_wanted (self, &wanted) ||
      wanted.resume_at == CPT_TIME_NONE || wanted.resume_at > cpt_clock_now (self->clock))
    return;
  cpt_level_want (&self->level, OPEN_TEXT);
  cpt_store_run_async (self->store, cpt_store_save_level (LEVEL_NAME, &self->level), NULL, NULL,
                       NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
pump (CptAcceptance *self)
{
  if (!self->busy)
    drop_what_is_past (self);
  if (self->busy || self->stopped || self->refusal != NULL || !cpt_acceptance_is_unsent (self) ||
      !cpt_link_is_open (self->link) || !g_settings_get_boolean (self->settings, "sending"))
    return;
  self->busy = TRUE;
  cpt_clock_clear_timer (self->clock, &self->timer);
  cpt_level_leave (&self->level);
  save (self, left_cb);
}

void
cpt_acceptance_retry_now (CptAcceptance *self)
{
  cpt_backoff_reset (&self->backoff);
  pump (self);
}

/* --- Wanting --- */

static char *
make_text (CptAcceptanceMode mode, int extra_minutes, const char *resume_at, const char *reason)
{
  if (mode == CPT_ACCEPTANCE_OPEN)
    return g_strdup (OPEN_TEXT);
  if (mode == CPT_ACCEPTANCE_PAUSED)
    return g_strconcat ("paused||", resume_at != NULL ? resume_at : "",
                        reason != NULL && *reason != '\0' ? "|" : NULL, reason, NULL);
  return g_strdup_printf ("busy|%d|%s", extra_minutes, resume_at != NULL ? resume_at : "");
}

static void
wanted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptAcceptance *self = g_task_get_source_object (task);
  GError *error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    {
      cpt_level_want (&self->level, g_task_get_task_data (task));
      g_task_return_error (task, error);
      return;
    }
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, TRUE);
  pump (self);
}

void
cpt_acceptance_want_async (CptAcceptance *self,
                           CptAcceptanceMode mode,
                           int extra_minutes,
                           const char *resume_at,
                           const char *reason,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autofree char *text = make_text (mode, extra_minutes, resume_at, reason);

  /* Kept in the task: what was wanted before, should the disk refuse. */
  g_task_set_task_data (task, g_strdup (self->level.wanted), g_free);
  /* Another till or HubRise itself may have changed it since it was confirmed, and a person who
   * presses means it: it is sent whatever was known. */
  cpt_level_leave (&self->level);
  cpt_level_want (&self->level, text);
  g_clear_pointer (&self->refusal, g_free);
  self->other_word = FALSE;
  cpt_store_run_async (self->store, cpt_store_save_level (LEVEL_NAME, &self->level), NULL,
                       wanted_cb, task);
}

gboolean
cpt_acceptance_want_finish (CptAcceptance *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Reading --- */

const char *
cpt_acceptance_get_word (CptAcceptance *self)
{
  return open_word (self);
}

void
cpt_acceptance_note_shown (CptAcceptance *self, const char *shown)
{
  if (g_strcmp0 (shown, "online") != 0 && g_strcmp0 (shown, "normal") != 0)
    return;
  if (g_strcmp0 (self->word, shown) == 0)
    return;
  g_free (self->word);
  self->word = g_strdup (shown);
  cpt_store_run_async (self->store, cpt_store_save_value (WORD_KEY, shown), NULL, NULL, NULL);
}

static void
word_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptAcceptance) self = data;
  g_autofree char *word = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (self->word == NULL)
    self->word = g_steal_pointer (&word);
}

static void
level_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  CptAcceptance *self = sending->self;
  CptLevel *level = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (level == NULL)
    return;
  if (sending_is_stale (sending))
    {
      cpt_store_level_free (level);
      return;
    }
  if (!self->loaded && self->level.wanted == NULL)
    {
      cpt_level_clear (&self->level);
      self->level = *level;
      g_free (level);
    }
  else
    cpt_store_level_free (level);
  self->loaded = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  pump (self);
}

void
cpt_acceptance_rest (CptAcceptance *self)
{
  self->round++;
  self->busy = FALSE;
  self->other_word = FALSE;
  self->loaded = FALSE;
  cpt_clock_clear_timer (self->clock, &self->timer);
  cpt_backoff_reset (&self->backoff);
  g_clear_pointer (&self->refusal, g_free);
  cpt_level_clear (&self->level);
}

void
cpt_acceptance_start (CptAcceptance *self)
{
  /* Another binding has a level of its own. */
  cpt_acceptance_rest (self);
  cpt_store_run_async (self->store, cpt_store_load_value (WORD_KEY), NULL, word_loaded_cb,
                       g_object_ref (self));
  cpt_store_run_async (self->store, cpt_store_load_level (LEVEL_NAME), NULL, level_loaded_cb,
                       sending_new (self));
}

void
cpt_acceptance_stop (CptAcceptance *self)
{
  self->stopped = TRUE;
  cpt_clock_clear_timer (self->clock, &self->timer);
}
