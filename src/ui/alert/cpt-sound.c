/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds of the desktop's theme. Main thread only, but for what says otherwise.
 *
 * Opening a sound device can take seconds, or hang with a broken sound server: all of that
 * happens in one thread, which a closing program leaves to itself. */
#include "cpt-sound.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gsound.h>

typedef struct
{
  const char *event; /* NULL: the thread ends */
  const char *volume;
} Request;

/* Shared by the object and its thread. */
typedef struct
{
  gatomicrefcount ref_count;
  GAsyncQueue *requests; /* (owned) (element-type Request) */
  GWeakRef sound;        /* the object, looked at on the main thread only */
} Shared;

struct _CptSound
{
  GObject parent_instance;

  Shared *shared; /* (owned) */
  gboolean started;
  char *problem; /* (owned) (nullable) */
  guint counts[CPT_N_SOUNDS];
};

enum
{
  SIGNAL_PROBLEM_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptSound, cpt_sound, G_TYPE_OBJECT)

static const char *const events[CPT_N_SOUNDS] = {
  [CPT_SOUND_NEW] = "message-new-instant",  [CPT_SOUND_CHANGED] = "dialog-information",
  [CPT_SOUND_CANCELLED] = "dialog-warning", [CPT_SOUND_LOST] = "network-connectivity-lost",
  [CPT_SOUND_RING] = "alarm-clock-elapsed",
};

static Shared *
shared_ref (Shared *shared)
{
  g_atomic_ref_count_inc (&shared->ref_count);
  return shared;
}

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;
  g_async_queue_unref (shared->requests);
  g_weak_ref_clear (&shared->sound);
  g_free (shared);
}

typedef struct
{
  Shared *shared; /* (owned) */
  char *problem;  /* (owned) (nullable) */
} Report;

/* Main thread. */
static gboolean
report_cb (gpointer data)
{
  Report *report = data;
  g_autoptr (CptSound) self = g_weak_ref_get (&report->shared->sound);

  if (self != NULL && g_strcmp0 (self->problem, report->problem) != 0)
    {
      g_free (self->problem);
      self->problem = g_steal_pointer (&report->problem);
      g_signal_emit (self, signals[SIGNAL_PROBLEM_CHANGED], 0);
    }
  shared_unref (report->shared);
  g_free (report->problem);
  g_free (report);
  return G_SOURCE_REMOVE;
}

/* Sound thread. */
static void
send_report (Shared *shared, const GError *error)
{
  Report *report = g_new0 (Report, 1);

  report->shared = shared_ref (shared);
  if (error != NULL)
    /* TRANSLATORS: %s is the sound system's reason. */
    report->problem = g_strdup_printf (_ ("No sound can be played: %s"), error->message);
  g_idle_add (report_cb, report);
}

/* Sound thread. */
static gboolean
play (GSoundContext **context, const Request *request, GError **error)
{
  if (*context == NULL)
    *context = gsound_context_new (NULL, error);
  if (*context == NULL)
    return FALSE;
  return gsound_context_play_simple (*context, NULL, error, GSOUND_ATTR_EVENT_ID, request->event,
                                     GSOUND_ATTR_MEDIA_ROLE, "event", GSOUND_ATTR_CANBERRA_VOLUME,
                                     request->volume, NULL);
}

static gpointer
sound_thread (gpointer data)
{
  Shared *shared = data;
  GSoundContext *context = NULL; /* (owned) gsound has no autoptr */

  while (TRUE)
    {
      g_autofree Request *request = g_async_queue_pop (shared->requests);
      g_autoptr (GError) error = NULL;

      if (request->event == NULL)
        break;
      play (&context, request, &error);
      send_report (shared, error);
    }
  g_clear_object (&context);
  shared_unref (shared);
  return NULL;
}

static void
push (CptSound *self, const char *event, const char *volume)
{
  Request *request = g_new0 (Request, 1);

  request->event = event;
  request->volume = volume;
  g_async_queue_push (self->shared->requests, request);
}

static void
cpt_sound_finalize (GObject *object)
{
  CptSound *self = CPT_SOUND (object);

  if (self->started)
    push (self, NULL, NULL);
  g_clear_pointer (&self->shared, shared_unref);
  g_free (self->problem);
  G_OBJECT_CLASS (cpt_sound_parent_class)->finalize (object);
}

static void
cpt_sound_class_init (CptSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_sound_finalize;

  signals[SIGNAL_PROBLEM_CHANGED] =
      g_signal_new ("problem-changed", CPT_TYPE_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
cpt_sound_init (CptSound *self)
{
  self->shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&self->shared->ref_count);
  self->shared->requests = g_async_queue_new_full (g_free);
  g_weak_ref_init (&self->shared->sound, self);
}

/**
 * cpt_sound_new:
 *
 * Returns: (transfer full): a player; its thread starts with the first sound
 */
CptSound *
cpt_sound_new (void)
{
  return g_object_new (CPT_TYPE_SOUND, NULL);
}

/**
 * cpt_sound_play:
 * @loud: louder than usual
 *
 * Returns at once. While the device hangs, sounds are not piled up.
 */
void
cpt_sound_play (CptSound *self, CptSoundKind kind, gboolean loud)
{
  g_return_if_fail (kind < CPT_N_SOUNDS);

  self->counts[kind]++;
  if (g_async_queue_length (self->shared->requests) > 1)
    return;
  if (!self->started)
    g_thread_unref (g_thread_new ("sound", sound_thread, shared_ref (self->shared)));
  self->started = TRUE;
  push (self, events[kind], loud ? "6.0" : "-4.0");
}

/**
 * cpt_sound_get_problem:
 *
 * Returns: (nullable) (transfer none): why the last sound could not be heard, translated
 */
const char *
cpt_sound_get_problem (CptSound *self)
{
  return self->problem;
}

/**
 * cpt_sound_count:
 *
 * Returns: how often that sound was asked for, whether a device could play it or not
 */
guint
cpt_sound_count (CptSound *self, CptSoundKind kind)
{
  return kind < CPT_N_SOUNDS ? self->counts[kind] : 0;
}
