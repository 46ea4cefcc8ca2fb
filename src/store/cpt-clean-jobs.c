/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last part of taking persons out of old orders: out of the file's unused bytes. Constructors
 * on the main thread, the rest on the workers. */
#include "cpt-db-vacuum-private.h"
#include "cpt-order-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

static gpointer
load_unclean (CptDb *db, gpointer input)
{
  gint64 *bytes = g_new0 (gint64, 1);

  if (cpt_db_query_int (db, "SELECT count(*) FROM value WHERE key = " CPT_UNCLEAN) > 0)
    *bytes = cpt_db_query_int (db, "PRAGMA page_count") * cpt_db_query_int (db, "PRAGMA page_size");
  return bytes;
}

/**
 * cpt_store_load_unclean:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #gint64 (g_free), the bytes
 *   that cpt_store_clean() would write; 0 where nothing was erased since it last did
 */
CptStoreJob *
cpt_store_load_unclean (void)
{
  return cpt_store_job_new (CPT_JOB_READ, load_unclean, NULL, NULL, g_free);
}

static gpointer
clean (CptDb *db, gpointer input)
{
  gboolean *done = g_new0 (gboolean, 1);

  *done = cpt_db_vacuum (db);
  if (*done)
    cpt_db_execute (db, "DELETE FROM value WHERE key = " CPT_UNCLEAN);
  return done;
}

/**
 * cpt_store_clean:
 *
 * Returns: (transfer full): a job for the writer's spare time; result: (transfer full) #gboolean
 *   (g_free), whether it came to its end
 */
CptStoreJob *
cpt_store_clean (void)
{
  return cpt_store_job_new (CPT_JOB_SPARE, clean, NULL, NULL, g_free);
}
