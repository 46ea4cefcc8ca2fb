/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's own time, which tests set and advance. Main loop only.
 *
 * It runs with the real clock from an offset, or stands still when frozen. Jobs run at their time
 * on this clock, in order, each seeing its own moment as now while the clock is being advanced. */
#include "cpt-sandbox-clock.h"

typedef struct
{
  guint id;
  gint64 due;
  CptSandboxJob job;
  gpointer data;
  GDestroyNotify destroy; /* (nullable) */
} Job;

struct _CptSandboxClock
{
  gint64 offset; /* microseconds added to the real clock */
  gint64 frozen_at;
  gboolean frozen;
  GSequence *jobs; /* (owned) of Job, by due time */
  guint last_id;
  guint source;
};

static gboolean run_due_cb (gpointer data);

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->destroy)
    job->destroy (job->data);
  g_free (job);
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *left = a, *right = b;

  if (left->due != right->due)
    return left->due < right->due ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/* A clock that shows the real time. */
CptSandboxClock *
cpt_sandbox_clock_new (void)
{
  CptSandboxClock *self = g_new0 (CptSandboxClock, 1);

  self->jobs = g_sequence_new (job_free);
  return self;
}

void
cpt_sandbox_clock_free (CptSandboxClock *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_sequence_free (self->jobs);
  g_free (self);
}

/* Microseconds since 1970, UTC. */
gint64
cpt_sandbox_clock_now (CptSandboxClock *self)
{
  return self->frozen ? self->frozen_at : g_get_real_time () + self->offset;
}

gboolean
cpt_sandbox_clock_frozen (CptSandboxClock *self)
{
  return self->frozen;
}

static Job *
first_job (CptSandboxClock *self)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->jobs);

  return g_sequence_iter_is_end (iter) ? NULL : g_sequence_get (iter);
}

/* A frozen clock reaches no due time by itself. */
static void
arm (CptSandboxClock *self)
{
  Job *job = first_job (self);
  gint64 wait;

  g_clear_handle_id (&self->source, g_source_remove);
  if (!job || self->frozen)
    return;
  wait = MAX (0, job->due - cpt_sandbox_clock_now (self));
  self->source = g_timeout_add ((guint)MIN (wait / 1000 + 1, 3600 * 1000), run_due_cb, self);
}

static void
run_first (CptSandboxClock *self)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->jobs);
  Job *job = g_sequence_get (iter);
  Job taken = *job;

  job->destroy = NULL;
  g_sequence_remove (iter);
  taken.job (taken.data);
  if (taken.destroy)
    taken.destroy (taken.data);
}

static gboolean
run_due_cb (gpointer data)
{
  CptSandboxClock *self = data;

  self->source = 0;
  for (Job *job = first_job (self); job && job->due <= cpt_sandbox_clock_now (self);
       job = first_job (self))
    run_first (self);
  arm (self);
  return G_SOURCE_REMOVE;
}

/* Stops the clock where it is, or lets it run on from there. */
void
cpt_sandbox_clock_freeze (CptSandboxClock *self, gboolean frozen)
{
  gint64 now = cpt_sandbox_clock_now (self);

  self->frozen = frozen;
  self->frozen_at = now;
  self->offset = now - g_get_real_time ();
  arm (self);
}

/* Moves to `now`, running every job on the way at its own time. */
void
cpt_sandbox_clock_set (CptSandboxClock *self, gint64 now)
{
  gboolean frozen = self->frozen;

  self->frozen_at = cpt_sandbox_clock_now (self);
  self->frozen = TRUE;
  for (Job *job = first_job (self); job && job->due <= now; job = first_job (self))
    {
      self->frozen_at = MAX (self->frozen_at, job->due);
      run_first (self);
    }
  self->frozen_at = now;
  self->offset = now - g_get_real_time ();
  self->frozen = frozen;
  arm (self);
}

/* Runs `job` once the clock shows `due` (microseconds since 1970). */
guint
cpt_sandbox_clock_at (CptSandboxClock *self,
                      gint64 due,
                      CptSandboxJob job,
                      gpointer data,
                      GDestroyNotify destroy)
{
  Job *entry = g_new0 (Job, 1);

  entry->id = ++self->last_id;
  entry->due = due;
  entry->job = job;
  entry->data = data;
  entry->destroy = destroy;
  g_sequence_insert_sorted (self->jobs, entry, compare_jobs, NULL);
  arm (self);
  return entry->id;
}
