/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of exchanges with HubRise. Constructors on the main thread, the rest on the workers. */
#include "cpt-connection-table-private.h"
#include "cpt-statement-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

#define KEPT_TIME (7 * CPT_DAY)
#define KEPT_ROWS 20000

static gboolean
is_failed (const CptExchange *exchange)
{
  return exchange->status == 0 || exchange->status >= 400 || exchange->failure != NULL;
}

static gboolean
is_look_for_events (const CptExchange *exchange)
{
  g_auto (GStrv) parts = g_strsplit (exchange->path != NULL ? exchange->path : "", "?", 2);

  return g_strcmp0 (exchange->method, "GET") == 0 && parts[0] != NULL &&
         g_str_has_suffix (parts[0], "/callback/events");
}

static gboolean
brought_none (const CptExchange *exchange)
{
  g_autofree char *body = g_strdup (exchange->reply_body != NULL ? exchange->reply_body : "");

  if (exchange->status == 0 || exchange->status == 304)
    return TRUE;
  g_strstrip (body);
  if (exchange->status != 200)
    return FALSE;
  return exchange->reply_body != NULL ? g_str_equal (body, "[]") : exchange->bytes <= 2;
}

static gboolean
is_idle (const CptExchange *exchange)
{
  return is_look_for_events (exchange) && brought_none (exchange);
}

/* Into the newest row, when that is a look for events with the same outcome. */
static gboolean
fold (CptDb *db, const CptExchange *exchange)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE exchange SET repeats = repeats + ?, at = ?, duration_ms = ?"
                          " WHERE id = (SELECT max (id) FROM exchange) AND idle = 1 AND status = ?"
                          " AND failure IS ?");

  cpt_statement_bind_int (statement, exchange->repeats);
  cpt_statement_bind_int (statement, exchange->at);
  cpt_statement_bind_int (statement, exchange->duration_ms);
  cpt_statement_bind_int (statement, exchange->status);
  cpt_statement_bind_text (statement, exchange->failure);
  cpt_statement_run (statement);
  return cpt_db_changes (db) > 0;
}

static gint64
insert (CptDb *db, const CptExchange *exchange)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "INSERT INTO exchange (at, method, path, status, bytes, duration_ms, order_id, failure,"
          " repeats, failed, idle) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cpt_statement_bind_int (statement, exchange->at);
  cpt_statement_bind_text (statement, exchange->method != NULL ? exchange->method : "");
  cpt_statement_bind_text (statement, exchange->path != NULL ? exchange->path : "");
  cpt_statement_bind_int (statement, exchange->status);
  cpt_statement_bind_int (statement, exchange->bytes);
  cpt_statement_bind_int (statement, exchange->duration_ms);
  cpt_statement_bind_text (statement, exchange->order_id);
  cpt_statement_bind_text (statement, exchange->failure);
  cpt_statement_bind_int (statement, exchange->repeats);
  cpt_statement_bind_int (statement, is_failed (exchange));
  cpt_statement_bind_int (statement, is_idle (exchange));
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

static void
insert_bodies (CptDb *db, gint64 id, const CptExchange *exchange)
{
  g_autoptr (CptStatement) statement = NULL;

  if (exchange->request_body == NULL && exchange->reply_body == NULL)
    return;
  statement =
      cpt_db_prepare (db, "INSERT INTO exchange_body (id, request, reply) VALUES (?, ?, ?)");
  cpt_statement_bind_int (statement, id);
  cpt_statement_bind_text (statement, exchange->request_body);
  cpt_statement_bind_text (statement, exchange->reply_body);
  cpt_statement_run (statement);
}

static gpointer
log_exchanges (CptDb *db, gpointer data)
{
  GPtrArray *exchanges = data;

  cpt_db_assert_writer (db);
  for (guint i = 0; i < exchanges->len; i++)
    {
      const CptExchange *exchange = exchanges->pdata[i];

      if (!is_idle (exchange) || !fold (db, exchange))
        insert_bodies (db, insert (db, exchange), exchange);
    }
  return NULL;
}

/**
 * cpt_store_log:
 * @exchanges: (element-type CptExchange): oldest first; each is referenced
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_log (GPtrArray *exchanges)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);

  for (guint i = 0; i < exchanges->len; i++)
    g_ptr_array_add (copy, cpt_exchange_ref (exchanges->pdata[i]));
  return cpt_store_job_new (CPT_JOB_WRITE, log_exchanges, copy, (GDestroyNotify)g_ptr_array_unref,
                            NULL);
}

static gpointer
prune_log (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "DELETE FROM exchange WHERE at < ? OR id <= (SELECT max (id) FROM exchange) - ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, input->now - KEPT_TIME);
  cpt_statement_bind_int (statement, KEPT_ROWS);
  cpt_statement_run (statement);
  return NULL;
}

/**
 * cpt_store_prune_log:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_prune_log (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, prune_log, 0, now, NULL);
}

static CptExchange *
read_exchange (CptStatement *statement)
{
  CptExchange *exchange = cpt_exchange_new ();

  exchange->id = cpt_statement_read_int (statement);
  exchange->at = cpt_statement_read_int (statement);
  exchange->method = cpt_statement_read_text (statement);
  exchange->path = cpt_statement_read_text (statement);
  exchange->status = cpt_statement_read_int (statement);
  exchange->bytes = cpt_statement_read_int (statement);
  exchange->duration_ms = cpt_statement_read_int (statement);
  exchange->order_id = cpt_statement_read_text (statement);
  exchange->failure = cpt_statement_read_text (statement);
  exchange->repeats = cpt_statement_read_int (statement);
  return exchange;
}

#define COLUMNS                                                                                    \
  "SELECT id, at, method, path, status, bytes, duration_ms, order_id, failure, repeats"

typedef struct
{
  char *text; /* (owned) (nullable) */
  gboolean failures;
  gint64 before;
  guint limit;
} ListInput;

static void
list_input_free (gpointer data)
{
  ListInput *input = data;

  g_free (input->text);
  g_free (input);
}

static gpointer
list_exchanges (CptDb *db, gpointer data)
{
  const ListInput *input = data;
  GPtrArray *exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
  /* instr() takes what was typed as it is; LIKE would read its % and _. */
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, COLUMNS " FROM exchange WHERE id < ?1 AND failed >= ?2"
                  " AND (?3 = '' OR instr (lower (path || ' ' || ifnull (order_id, '') || ' ' ||"
                  " ifnull (failure, '')), lower (?3)) > 0) ORDER BY id DESC LIMIT ?4");

  cpt_statement_bind_int (statement, input->before > 0 ? input->before : G_MAXINT64);
  cpt_statement_bind_int (statement, input->failures);
  cpt_statement_bind_text (statement, input->text != NULL ? input->text : "");
  cpt_statement_bind_int (statement, input->limit);
  while (cpt_statement_next (statement))
    g_ptr_array_add (exchanges, read_exchange (statement));
  return exchanges;
}

/**
 * cpt_store_list_exchanges:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptExchange)
 *   #GPtrArray
 */
CptStoreJob *
cpt_store_list_exchanges (const char *text, gboolean failures, gint64 before, guint limit)
{
  ListInput *input = g_new0 (ListInput, 1);

  input->text = g_strdup (text);
  input->failures = failures;
  input->before = before;
  input->limit = limit;
  return cpt_store_job_new (CPT_JOB_READ, list_exchanges, input, list_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
load_exchange (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  CptExchange *exchange = NULL;
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, COLUMNS ", request, reply FROM exchange LEFT JOIN exchange_body USING (id) WHERE id = ?");

  cpt_statement_bind_int (statement, input->row);
  if (!cpt_statement_next (statement))
    {
      cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
      return NULL;
    }
  exchange = read_exchange (statement);
  exchange->request_body = cpt_statement_read_text (statement);
  exchange->reply_body = cpt_statement_read_text (statement);
  return exchange;
}

/**
 * cpt_store_load_exchange:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptExchange
 */
CptStoreJob *
cpt_store_load_exchange (gint64 id)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_exchange, id, 0,
                                    (GDestroyNotify)cpt_exchange_unref);
}

/* --- What happened by the hour --- */

static void
read_hours (CptStatement *statement, int *hours)
{
  while (cpt_statement_next (statement))
    {
      gint64 hour = cpt_statement_read_int (statement);

      if (hour >= 0 && hour < CPT_ACTIVITY_HOURS)
        hours[hour] = (int)cpt_statement_read_int (statement);
    }
}

static gpointer
load_activity (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  CptActivity *activity = g_new0 (CptActivity, 1);
  CptTime begin = input->now - input->now % CPT_HOUR - (CPT_ACTIVITY_HOURS - 1) * CPT_HOUR;
  g_autoptr (CptStatement) orders =
      cpt_db_prepare (db, "SELECT (listed_at - ?1) / ?2, count (*) FROM orders"
                          " WHERE till = 0 AND listed_at >= ?1 AND place = ?3 GROUP BY 1");
  g_autoptr (CptStatement) replies = cpt_db_prepare (
      db, "SELECT (at - ?1) / ?2, CAST (round (avg (duration_ms)) AS INTEGER) FROM exchange"
          " WHERE at >= ?1 AND status > 0 GROUP BY 1");

  activity->begin = begin;
  cpt_statement_bind_int (orders, begin);
  cpt_statement_bind_int (orders, CPT_HOUR);
  cpt_statement_bind_int (orders, cpt_connection_table_get_place (db));
  read_hours (orders, activity->orders);
  cpt_statement_bind_int (replies, begin);
  cpt_statement_bind_int (replies, CPT_HOUR);
  read_hours (replies, activity->reply_ms);
  return activity;
}

/**
 * cpt_store_load_activity:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptActivity
 */
CptStoreJob *
cpt_store_load_activity (CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_activity, 0, now, g_free);
}
