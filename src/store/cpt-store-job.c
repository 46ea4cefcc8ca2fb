/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of work for a worker: made and freed on the main thread, run on a worker. */
#include "cpt-store-job-private.h"

/**
 * cpt_store_job_new:
 * @func: runs on the worker of @kind
 * @input: (transfer full) (nullable): what @func works on
 *
 * Returns: (transfer full): a job for cpt_store_run_async()
 */
CptStoreJob *
cpt_store_job_new (CptJobKind kind,
                   CptJobFunc func,
                   gpointer input,
                   GDestroyNotify free_input,
                   GDestroyNotify free_result)
{
  CptStoreJob *self = g_new0 (CptStoreJob, 1);

  self->kind = kind;
  self->func = func;
  self->input = input;
  self->free_input = free_input;
  self->free_result = free_result;
  return self;
}

/**
 * cpt_store_job_new_for_row:
 *
 * Returns: (transfer full): a job whose input is a #CptRowInput
 */
CptStoreJob *
cpt_store_job_new_for_row (CptJobKind kind,
                           CptJobFunc func,
                           gint64 row,
                           CptTime now,
                           GDestroyNotify free_result)
{
  CptRowInput *input = g_new0 (CptRowInput, 1);

  input->row = row;
  input->now = now;
  return cpt_store_job_new (kind, func, input, g_free, free_result);
}

void
cpt_store_job_free (CptStoreJob *self)
{
  if (self->input != NULL && self->free_input != NULL)
    self->free_input (self->input);
  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * cpt_store_job_run:
 *
 * Leaves the result or the failure in the job; what was made before a failure stays there too, to
 * be freed with the job on the main thread.
 */
void
cpt_store_job_run (CptStoreJob *self, CptDb *db)
{
  cpt_db_assert_owner (db);
  self->begun = TRUE;
  if (self->kind == CPT_JOB_OPEN || self->kind == CPT_JOB_SPARE)
    {
      self->result = self->func (db, self->input);
      self->failure = cpt_db_take_failure (db);
      return;
    }

  cpt_db_begin (db);
  if (!cpt_db_has_failed (db))
    self->result = self->func (db, self->input);
  self->failure = cpt_db_end (db);
}
