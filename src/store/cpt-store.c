/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to the database file: the lock, the two workers and what goes between them and the
 * caller. Main thread only. */
#include "cpt-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "cpt-db-worker-private.h"
#include "cpt-store-error-private.h"
#include "cpt-store-file-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-private.h"

typedef enum
{
  STATE_CLOSED,
  STATE_OPENING,
  STATE_OPEN,
  STATE_CLOSING,
} State;

struct _CptStore
{
  GObject parent_instance;

  gboolean fresh;   /* the file that is there goes when the store is opened */
  gboolean brief;   /* the lock is given back in a moment */
  gboolean looking; /* no lock, no writer */

  char *directory; /* (owned) */
  char *path;      /* (owned) */
  State state;
  CptDbWorker *writer; /* (owned) (nullable) NULL while closed or read-only */
  CptDbWorker *reader; /* (owned) (nullable) */
  CptDbLock *lock;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CptStore, cpt_store, G_TYPE_OBJECT)

static void
stop (CptStore *self, gboolean clean)
{
  g_clear_pointer (&self->reader, cpt_db_worker_free);
  g_clear_pointer (&self->writer, cpt_db_worker_free);
  if (self->lock != NULL)
    cpt_db_lock_release (g_steal_pointer (&self->lock), clean);
  self->state = STATE_CLOSED;
}

static void
cpt_store_finalize (GObject *object)
{
  CptStore *self = CPT_STORE (object);

  /* Whoever forgot to close loses nothing but the main loop's time. */
  stop (self, FALSE);
  g_free (self->directory);
  g_free (self->path);
  G_OBJECT_CLASS (cpt_store_parent_class)->finalize (object);
}

static void
cpt_store_class_init (CptStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_store_finalize;
}

static void
cpt_store_init (CptStore *self)
{
}

/**
 * cpt_store_new:
 * @directory: holds the database, its lock and its copies; made when it is opened
 *
 * Returns: (transfer full): a closed store
 */
CptStore *
cpt_store_new (const char *directory)
{
  CptStore *self = g_object_new (CPT_TYPE_STORE, NULL);

  self->directory = g_strdup (directory);
  self->path = g_build_filename (directory, "comptoir.db", NULL);
  return self;
}

static void
run_on (CptStore *self,
        CptDbWorker *worker,
        CptStoreJob *job,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, cpt_store_run_async);
  g_task_set_task_data (task, job, (GDestroyNotify)cpt_store_job_free);
  cpt_db_worker_push (worker, task);
}

static void
fail_open (GTask *open, GError *error)
{
  CptStore *self = g_task_get_source_object (open);

  stop (self, FALSE);
  g_task_return_error (open, error);
}

static void
reader_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) open = data;
  CptStore *self = CPT_STORE (source);
  GError *error = NULL;

  cpt_store_run_finish (self, result, &error);
  if (error != NULL)
    {
      fail_open (open, error);
      return;
    }
  self->state = STATE_OPEN;
  g_task_return_boolean (open, TRUE);
}

static void
open_reader (GTask *open)
{
  CptStore *self = g_task_get_source_object (open);

  self->reader = cpt_db_worker_new ("store-reader", CPT_DB_READER);
  run_on (self, self->reader, cpt_store_file_open_reader (self->path), NULL, reader_opened_cb,
          g_object_ref (open));
}

static void
writer_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) open = data;
  CptStore *self = CPT_STORE (source);
  GError *error = NULL;

  self->lock = cpt_store_run_finish (self, result, &error);
  if (error != NULL)
    {
      fail_open (open, error);
      return;
    }
  if (cpt_store_is_read_only (self))
    g_clear_pointer (&self->writer, cpt_db_worker_free);
  open_reader (open);
}

/**
 * cpt_store_set_fresh:
 * @fresh: whether opening begins with an empty database, for data that is worth nothing
 *
 * Before open only. What is there is removed once the lock is ours.
 */
void
cpt_store_set_fresh (CptStore *self, gboolean fresh)
{
  self->fresh = fresh;
}

/**
 * cpt_store_set_brief:
 * @brief: whether this process closes the database again in a moment, so that others wait for it
 *
 * Before open only.
 */
void
cpt_store_set_brief (CptStore *self, gboolean brief)
{
  self->brief = brief;
}

/**
 * cpt_store_set_looking:
 * @looking: whether this process only reads: no lock is taken, nothing can be written
 *
 * Before open only. A file that is missing, or of an older schema, cannot be opened so.
 */
void
cpt_store_set_looking (CptStore *self, gboolean looking)
{
  self->looking = looking;
}

/**
 * cpt_store_open_async:
 * @cancellable: (nullable): only spares the answer: what is begun is finished
 */
void
cpt_store_open_async (CptStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) open = g_task_new (self, cancellable, callback, data);

  g_return_if_fail (self->state == STATE_CLOSED);

  g_task_set_source_tag (open, cpt_store_open_async);
  g_task_set_check_cancellable (open, FALSE);
  self->state = STATE_OPENING;
  if (self->looking)
    {
      open_reader (open);
      return;
    }
  self->writer = cpt_db_worker_new ("store-writer", CPT_DB_WRITER);
  run_on (self, self->writer,
          cpt_store_file_open_writer (self->directory, self->fresh, self->brief), NULL,
          writer_opened_cb, g_object_ref (open));
}

/**
 * cpt_store_open_finish:
 *
 * Returns: whether the store is open; read-only counts, see cpt_store_is_read_only()
 */
gboolean
cpt_store_open_finish (CptStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
writer_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) close = data;
  CptStore *self = CPT_STORE (source);

  cpt_store_run_finish (self, result, NULL);
  stop (self, TRUE);
  g_task_return_boolean (close, TRUE);
}

static void
reader_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) close = data;
  CptStore *self = CPT_STORE (source);

  cpt_store_run_finish (self, result, NULL);
  if (self->writer == NULL)
    {
      stop (self, TRUE);
      g_task_return_boolean (close, TRUE);
      return;
    }
  /* Last, so that it folds the write-ahead log into the file. */
  run_on (self, self->writer, cpt_store_file_close (), NULL, writer_closed_cb,
          g_steal_pointer (&close));
}

/**
 * cpt_store_close_async:
 *
 * What was queued before is finished; what comes after answers CPT_STORE_ERROR_CLOSED.
 */
void
cpt_store_close_async (CptStore *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) close = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (close, cpt_store_close_async);
  if (self->state != STATE_OPEN)
    {
      g_task_return_error (close, cpt_store_error_new (CPT_STORE_ERROR_CLOSED, NULL));
      return;
    }
  self->state = STATE_CLOSING;
  run_on (self, self->reader, cpt_store_file_close (), NULL, reader_closed_cb,
          g_steal_pointer (&close));
}

gboolean
cpt_store_close_finish (CptStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * cpt_store_is_read_only:
 *
 * Returns: whether another process has the lock, or this one only looks, so that nothing can be
 *   written here
 */
gboolean
cpt_store_is_read_only (CptStore *self)
{
  return self->looking || cpt_store_get_lock_holder (self) != 0;
}

gint64
cpt_store_get_lock_holder (CptStore *self)
{
  return self->lock != NULL ? cpt_db_lock_get_holder (self->lock) : 0;
}

/**
 * cpt_store_is_lock_brief:
 *
 * Returns: whether the other process that has the lock gives it back in a moment
 */
gboolean
cpt_store_is_lock_brief (CptStore *self)
{
  return cpt_store_get_lock_holder (self) != 0 && cpt_db_lock_is_brief (self->lock);
}

const char *
cpt_store_get_path (CptStore *self)
{
  return self->path;
}

/**
 * cpt_store_set_aside:
 *
 * Returns: (transfer full) (nullable): the old file's new path; NULL with @error when it could
 *   not be moved, for instance because another process works on it
 */
char *
cpt_store_set_aside (CptStore *self, CptTime now, GError **error)
{
  g_return_val_if_fail (self->state == STATE_CLOSED, NULL);

  return cpt_store_file_set_aside (self->directory, now, error);
}

static CptDbWorker *
worker_for (CptStore *self, CptStoreJob *job)
{
  return job->kind == CPT_JOB_READ ? self->reader : self->writer;
}

void
cpt_store_run_async (CptStore *self,
                     CptStoreJob *job,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  CptStoreError code = self->state == STATE_OPEN ? CPT_STORE_ERROR_LOCKED : CPT_STORE_ERROR_CLOSED;
  CptDbWorker *worker = self->state == STATE_OPEN ? worker_for (self, job) : NULL;

  if (worker != NULL)
    {
      run_on (self, worker, job, cancellable, callback, data);
      return;
    }
  cpt_store_job_free (job);
  g_task_report_error (self, callback, data, cpt_store_run_async, cpt_store_error_new (code, NULL));
}

gpointer
cpt_store_run_finish (CptStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
