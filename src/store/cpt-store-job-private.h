/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of work for a worker: made and freed on the main thread, run on a worker. */
#pragma once

#include "cpt-db-private.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_JOB_WRITE, /* on the writer, one transaction */
  CPT_JOB_READ,  /* on the reader, one moment of the database */
  CPT_JOB_OPEN,  /* on the worker it is given to, outside any transaction */
  CPT_JOB_SPARE, /* on the writer, likewise; to be given up when cpt_db_is_wanted() */
} CptJobKind;

/* Returns the result; a failure is left in @db. */
typedef gpointer (*CptJobFunc) (CptDb *db, gpointer input);

struct _CptStoreJob
{
  CptJobKind kind;
  CptJobFunc func;
  gpointer input;             /* (owned) (nullable) */
  GDestroyNotify free_input;  /* (nullable) */
  GDestroyNotify free_result; /* (nullable) */

  gboolean begun;
  gpointer result; /* (owned) (nullable) */
  GError *failure; /* (owned) (nullable) */
};

/* The commonest input: one row of a table and the time. */
typedef struct
{
  gint64 row;
  CptTime now;
} CptRowInput;

CptStoreJob *cpt_store_job_new (CptJobKind kind,
                                CptJobFunc func,
                                gpointer input,
                                GDestroyNotify free_input,
                                GDestroyNotify free_result);
CptStoreJob *cpt_store_job_new_for_row (CptJobKind kind,
                                        CptJobFunc func,
                                        gint64 row,
                                        CptTime now,
                                        GDestroyNotify free_result);
void cpt_store_job_run (CptStoreJob *self, CptDb *db);

G_END_DECLS
