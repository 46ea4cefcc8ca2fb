/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events whose orders are stored: one that comes again needs only its acknowledgement.
 * Constructors on the main thread, the rest on the workers. */
#include "cpt-connection-table-private.h"
#include "cpt-statement-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

static gboolean
is_committed (CptDb *db, gint64 place, const char *id)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT 1 FROM event WHERE place = ? AND id = ?");

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, id);
  return cpt_statement_next (statement);
}

static gpointer
filter_events (CptDb *db, gpointer data)
{
  char **ids = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gint64 place = cpt_connection_table_get_place (db);

  for (; *ids != NULL; ids++)
    if (!is_committed (db, place, *ids))
      g_strv_builder_add (builder, *ids);
  return g_strv_builder_end (builder);
}

/**
 * cpt_store_filter_events:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #GStrv of those whose orders
 *   are not stored yet, in the order given
 */
CptStoreJob *
cpt_store_filter_events (const char *const *event_ids)
{
  return cpt_store_job_new (CPT_JOB_READ, filter_events, g_strdupv ((char **)event_ids),
                            (GDestroyNotify)g_strfreev, (GDestroyNotify)g_strfreev);
}

static gpointer
forget_events (CptDb *db, gpointer data)
{
  char **ids = data;
  gint64 place = cpt_connection_table_get_place (db);

  cpt_db_assert_writer (db);
  for (; *ids != NULL; ids++)
    {
      g_autoptr (CptStatement) statement =
          cpt_db_prepare (db, "DELETE FROM event WHERE place = ? AND id = ?");

      cpt_statement_bind_int (statement, place);
      cpt_statement_bind_text (statement, *ids);
      cpt_statement_run (statement);
    }
  return NULL;
}

/**
 * cpt_store_forget_events:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_forget_events (const char *const *event_ids)
{
  return cpt_store_job_new (CPT_JOB_WRITE, forget_events, g_strdupv ((char **)event_ids),
                            (GDestroyNotify)g_strfreev, NULL);
}
