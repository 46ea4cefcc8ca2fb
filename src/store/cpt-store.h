/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to the database file. Jobs are made by the constructors of cpt-store-jobs.h, run on the
 * writer or the reader worker in the order given, and answer in the caller's context.
 * Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_STORE_ERROR_FAILED,      /* anything else SQLite says */
  CPT_STORE_ERROR_NEWER,       /* the file was written by a newer program; untouched */
  CPT_STORE_ERROR_DAMAGED,     /* the file is no database or fails its check; untouched */
  CPT_STORE_ERROR_READ_ONLY,   /* file or folder cannot be written */
  CPT_STORE_ERROR_FULL,        /* the disk is full; nothing of the job was kept */
  CPT_STORE_ERROR_BUSY,        /* another program holds the database; nothing of the job was kept */
  CPT_STORE_ERROR_LOCKED,      /* another Comptoir works on this file; see get_lock_holder */
  CPT_STORE_ERROR_NOT_ALLOWED, /* the order's state does not allow that step (any more) */
  CPT_STORE_ERROR_NOT_FOUND,
  CPT_STORE_ERROR_CLOSED,
} CptStoreError;

#define CPT_STORE_ERROR (cpt_store_error_quark ())
GQuark cpt_store_error_quark (void);

typedef struct _CptStoreJob CptStoreJob;
void cpt_store_job_free (CptStoreJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStoreJob, cpt_store_job_free)

#define CPT_TYPE_STORE (cpt_store_get_type ())
G_DECLARE_FINAL_TYPE (CptStore, cpt_store, CPT, STORE, GObject)

/* @directory: holds comptoir.db, lock and backup/; made (0700) when missing. */
CptStore *cpt_store_new (const char *directory);
/* Before open: the database that is there is removed and an empty one made (the demo shop's). */
void cpt_store_set_fresh (CptStore *self, gboolean fresh);
/* Before open: the lock is given back in a moment; others that open meanwhile are told. */
void cpt_store_set_brief (CptStore *self, gboolean brief);
/* Before open: only reads, beside whoever has the lock. The file must be there, in this schema. */
void cpt_store_set_looking (CptStore *self, gboolean looking);
/* Takes the lock, opens, migrates (after a copy into backup/), starts both workers. When another
 * process has the lock the store opens read-only: writing jobs answer CPT_STORE_ERROR_LOCKED.
 * On error nothing is running and the file is as it was. */
void cpt_store_open_async (CptStore *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
gboolean cpt_store_open_finish (CptStore *self, GAsyncResult *result, GError **error);
/* Finishes every queued job, then closes. */
void cpt_store_close_async (CptStore *self, GAsyncReadyCallback callback, gpointer data);
gboolean cpt_store_close_finish (CptStore *self, GAsyncResult *result, GError **error);
gboolean cpt_store_is_read_only (CptStore *self);
/* 0, or the process that holds the lock. */
gint64 cpt_store_get_lock_holder (CptStore *self);
/* Whether that process gives it back in a moment. */
gboolean cpt_store_is_lock_brief (CptStore *self);
const char *cpt_store_get_path (CptStore *self);
/* Moves a damaged or newer file aside (comptoir.db → comptoir-DATE.db), so that a fresh one can be
 * opened; before open only. Returns the new name of the old file. */
char *cpt_store_set_aside (CptStore *self, CptTime now, GError **error);

/* @job: (transfer full). A writing job is one transaction. */
void cpt_store_run_async (CptStore *self,
                          CptStoreJob *job,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* The result's type and owner stand with each job's constructor. NULL can be a result: look at
 * @error. */
gpointer cpt_store_run_finish (CptStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
