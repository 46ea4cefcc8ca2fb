/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread with a connection of its own that runs jobs first in, first out, and hands each back
 * to the context it came from, where the last reference is dropped. Main thread only, but for
 * what runs in the thread. */
#include "cpt-db-worker-private.h"

#include "cpt-store-job-private.h"

struct _CptDbWorker
{
  GThread *thread;    /* (owned) */
  GAsyncQueue *queue; /* (owned) (element-type GTask) the worker itself is the end */
  CptDbRole role;
};

static gboolean
deliver_cb (gpointer data)
{
  GTask *task = data;
  CptStoreJob *job = g_task_get_task_data (task);

  /* What was committed has happened, whether anybody still wants to know or not. */
  if (job->begun && job->kind == CPT_JOB_WRITE)
    g_task_set_check_cancellable (task, FALSE);

  if (!job->begun)
    g_task_return_error_if_cancelled (task);
  else if (job->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&job->failure));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->free_result);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that may run here, in the worker, while nobody owns the context. */
static void
deliver (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "[comptoir] store answer");
  g_source_set_callback (source, deliver_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
is_wanted (gpointer data)
{
  CptDbWorker *self = data;

  return g_async_queue_length (self->queue) > 0;
}

static gpointer
run_thread (gpointer data)
{
  CptDbWorker *self = data;
  g_autoptr (CptDb) db = cpt_db_new (self->role);
  gpointer item = NULL;

  cpt_db_set_wanted_func (db, is_wanted, self);
  while ((item = g_async_queue_pop (self->queue)) != self)
    {
      GTask *task = item;

      if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        cpt_store_job_run (g_task_get_task_data (task), db);
      deliver (task);
    }
  return NULL;
}

/**
 * cpt_db_worker_new:
 * @name: the thread's, at most 15 bytes
 *
 * Returns: (transfer full): a running worker whose connection is not open yet
 */
CptDbWorker *
cpt_db_worker_new (const char *name, CptDbRole role)
{
  CptDbWorker *self = g_new0 (CptDbWorker, 1);

  self->queue = g_async_queue_new ();
  self->role = role;
  self->thread = g_thread_new (name, run_thread, self);
  return self;
}

/**
 * cpt_db_worker_free:
 *
 * Waits until what was pushed is done. Push the closing of the connection before, and wait for
 * its answer, so that nothing is left to wait for here.
 */
void
cpt_db_worker_free (CptDbWorker *self)
{
  g_async_queue_push (self->queue, self);
  g_thread_join (g_steal_pointer (&self->thread));
  g_async_queue_unref (self->queue);
  g_free (self);
}

/**
 * cpt_db_worker_push:
 * @task: (transfer full): its task data is the #CptStoreJob; answered in its context
 */
void
cpt_db_worker_push (CptDbWorker *self, GTask *task)
{
  g_async_queue_push (self->queue, task);
}
