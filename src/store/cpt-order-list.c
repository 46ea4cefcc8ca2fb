/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which orders a list shows, in which order, and how many. Constructors on the main thread, the
 * rest on the reader. */
#include "cpt-connection-table-private.h"
#include "cpt-order-step.h"
#include "cpt-order-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

#define FOUND " AND row IN (SELECT rowid FROM order_search WHERE order_search MATCH ?)"

static void
query_free (gpointer data)
{
  CptOrderQuery *query = data;

  g_free (query->text);
  g_clear_pointer (&query->deadlines, cpt_deadline_table_free);
  g_free (query);
}

static CptDeadlineTable *
copy_deadlines (const CptDeadlineTable *table)
{
  CptDeadlineTable *copy =
      table != NULL ? cpt_deadline_table_new () : cpt_deadline_table_new_default ();

  if (table == NULL)
    return copy;
  copy->default_minutes = table->default_minutes;
  for (guint i = 0; i < table->rules->len; i++)
    {
      const CptDeadlineRule *rule = &g_array_index (table->rules, CptDeadlineRule, i);

      cpt_deadline_table_add (copy, rule->source, rule->minutes);
    }
  return copy;
}

static CptOrderQuery *
query_copy (const CptOrderQuery *query)
{
  CptOrderQuery *copy = g_memdup2 (query, sizeof *query);

  copy->text = g_strdup (query->text);
  copy->deadlines = copy_deadlines (query->deadlines);
  return copy;
}

static void
append_rows (CptStatement *statement, GArray *rows)
{
  while (cpt_statement_next (statement))
    {
      gint64 row = cpt_statement_read_int (statement);

      g_array_append_val (rows, row);
    }
}

/* What others did to an order, and what HubRise refused: the platform does not know of it. */
#define NOTICES                                                                                    \
  "SELECT row FROM orders WHERE place = ? AND desk IN (2, 4) AND (desk = 4 OR send_refused = 1)"

static void
append_notices (CptDb *db, gint64 place, const char *match, GArray *rows)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, match != NULL ? NOTICES FOUND " ORDER BY due_at, row"
                                        : NOTICES " ORDER BY due_at, row");

  cpt_statement_bind_int (statement, place);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  append_rows (statement, rows);
}

typedef struct
{
  gint64 row;
  CptTime deadline;
} Waiting;

static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  const Waiting *x = a, *y = b;

  if (x->deadline != y->deadline)
    return x->deadline < y->deadline ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

/* A rejection that can still be taken back keeps the place it was pressed in: Undo stands there. */
#define WAITING                                                                                    \
  "SELECT row, source, listed_at FROM orders WHERE place = ? AND desk IN (2, 3)"                   \
  " AND (desk = 3 OR held_status = 'rejected')"

static GArray *
load_waiting (CptDb *db, gint64 place, const char *match, const CptOrderQuery *query)
{
  GArray *waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, match != NULL ? WAITING FOUND : WAITING);

  cpt_statement_bind_int (statement, place);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  while (cpt_statement_next (statement))
    {
      Waiting item = { .row = cpt_statement_read_int (statement) };
      const char *source = cpt_statement_peek_text (statement);
      CptTime listed_at = cpt_statement_read_int (statement);

      item.deadline = cpt_deadline_at (query->deadlines, source, listed_at, query->clock_offset_ms);
      g_array_append_val (waiting, item);
    }
  g_array_sort (waiting, compare_waiting);
  return waiting;
}

static void
append_waiting (CptDb *db,
                gint64 place,
                const char *match,
                const CptOrderQuery *query,
                GArray *rows)
{
  g_autoptr (GArray) waiting = load_waiting (db, place, match, query);

  for (guint i = 0; i < waiting->len; i++)
    g_array_append_val (rows, g_array_index (waiting, Waiting, i).row);
}

/* What is open by its time, or whatever its time where somebody has to look at it. */
static void
append_open_today (CptDb *db,
                   gint64 place,
                   const char *match,
                   const CptOrderQuery *query,
                   GArray *rows)
{
  const char *all =
      "SELECT row FROM (SELECT row, due_at FROM orders"
      " WHERE place = ?1 AND desk = 1 AND due_at >= ?2 AND due_at < ?3 UNION ALL"
      " SELECT row, due_at FROM orders WHERE place = ?1 AND desk = 2 AND send_refused = 0"
      " AND held_status IS NOT 'rejected') WHERE true";
  g_autofree char *sql =
      g_strconcat (all, match != NULL ? FOUND : "", " ORDER BY due_at, row", NULL);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_int (statement, query->today_start);
  cpt_statement_bind_int (statement, query->today_end);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  append_rows (statement, rows);
}

static void
append_later (CptDb *db, gint64 place, const char *match, const CptOrderQuery *query, GArray *rows)
{
  g_autofree char *sql =
      g_strconcat ("SELECT row FROM orders WHERE place = ? AND desk = 1 AND due_at >= ?",
                   match != NULL ? FOUND : "", " ORDER BY due_at, row", NULL);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_int (statement, query->today_end);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  append_rows (statement, rows);
}

static void
append_all (CptDb *db, gboolean till, const char *match, GArray *rows)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, match != NULL ? "SELECT row FROM orders WHERE till = ?" FOUND
                                          " ORDER BY listed_at DESC, row DESC"
                                        : "SELECT row FROM orders WHERE till = ?"
                                          " ORDER BY listed_at DESC, row DESC");

  cpt_statement_bind_int (statement, till);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  append_rows (statement, rows);
}

/* What somebody has to look at first, then the newest. */
static void
append_till (CptDb *db, gint64 place, const char *match, GArray *rows)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, match != NULL
                              ? "SELECT row FROM orders WHERE place = ? AND desk IN (5, 6)" FOUND
                                " ORDER BY desk DESC, listed_at DESC, row DESC"
                              : "SELECT row FROM orders WHERE place = ? AND desk IN (5, 6)"
                                " ORDER BY desk DESC, listed_at DESC, row DESC");

  cpt_statement_bind_int (statement, place);
  if (match != NULL)
    cpt_statement_bind_text (statement, match);
  append_rows (statement, rows);
}

static GArray *
list_tab (CptDb *db, const CptOrderQuery *query)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 place = cpt_connection_table_get_place (db);
  g_autofree char *match = cpt_order_search_parse (query->text);

  switch (query->tab)
    {
    case CPT_ORDER_TAB_TODAY:
      append_notices (db, place, match, rows);
      append_waiting (db, place, match, query, rows);
      append_open_today (db, place, match, query, rows);
      break;
    case CPT_ORDER_TAB_LATER:
      append_later (db, place, match, query, rows);
      break;
    case CPT_ORDER_TAB_TILL:
      append_till (db, place, match, rows);
      break;
    case CPT_ORDER_TAB_TILL_ALL:
      append_all (db, TRUE, match, rows);
      break;
    case CPT_ORDER_TAB_ALL:
    default:
      append_all (db, FALSE, match, rows);
      break;
    }
  return rows;
}

static gpointer
list_orders (CptDb *db, gpointer data)
{
  return list_tab (db, data);
}

/**
 * cpt_store_list_orders:
 * @query: copied; without deadlines the platforms' own hold
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type gint64) #GArray
 *   of every row of the tab
 */
CptStoreJob *
cpt_store_list_orders (const CptOrderQuery *query)
{
  return cpt_store_job_new (CPT_JOB_READ, list_orders, query_copy (query), query_free,
                            (GDestroyNotify)g_array_unref);
}

static gint64
count_ringing (CptDb *db, gint64 place, CptTime now)
{
  gint64 count = 0;
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT listed_at, expected_time FROM orders WHERE place = ? AND desk = 3");

  cpt_statement_bind_int (statement, place);
  while (cpt_statement_next (statement))
    {
      CptTime listed_at = cpt_statement_read_int (statement);
      CptTime expected_time = cpt_statement_read_time (statement);

      count += cpt_order_step_needs_received (listed_at, expected_time, now);
    }
  return count;
}

static void
count_unsent (CptDb *db, gint64 place, CptOrderCounts *counts)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT total (state <> 2), total (state = 2) FROM ("
                          "SELECT state FROM order_step JOIN orders USING (row)"
                          " WHERE state IN (0, 1, 2) AND place = ?1 UNION ALL"
                          " SELECT state FROM outbox JOIN orders USING (row)"
                          " WHERE state IN (0, 1, 2) AND place = ?1)");

  cpt_statement_bind_int (statement, place);
  if (!cpt_statement_next (statement))
    return;
  counts->unsent = cpt_statement_read_int (statement);
  counts->refused = cpt_statement_read_int (statement);
}

static void
count_tabs (CptDb *db, gint64 place, const CptOrderQuery *query, CptOrderCounts *counts)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT (SELECT count (*) FROM orders WHERE place = ?1 AND desk = 3),"
          " (SELECT count (*) FROM orders WHERE place = ?1 AND desk IN (2, 3, 4)) +"
          " (SELECT count (*) FROM orders"
          "  WHERE place = ?1 AND desk = 1 AND due_at >= ?2 AND due_at < ?3),"
          " (SELECT count (*) FROM orders WHERE place = ?1 AND desk = 1 AND due_at >= ?3),"
          " (SELECT count (*) FROM orders WHERE till = 0),"
          " (SELECT count (*) FROM orders WHERE place = ?1 AND desk IN (5, 6))");

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_int (statement, query->today_start);
  cpt_statement_bind_int (statement, query->today_end);
  if (!cpt_statement_next (statement))
    return;
  counts->waiting = cpt_statement_read_int (statement);
  counts->today = cpt_statement_read_int (statement);
  counts->later = cpt_statement_read_int (statement);
  counts->all = cpt_statement_read_int (statement);
  counts->till = cpt_statement_read_int (statement);
}

static gpointer
count_orders (CptDb *db, gpointer data)
{
  const CptOrderQuery *query = data;
  CptOrderCounts *counts = g_new0 (CptOrderCounts, 1);
  gint64 place = cpt_connection_table_get_place (db);

  count_tabs (db, place, query, counts);
  counts->ringing = count_ringing (db, place, query->now);
  count_unsent (db, place, counts);
  return counts;
}

/**
 * cpt_store_count_orders:
 * @query: copied; its tab and text play no part
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptOrderCounts
 */
CptStoreJob *
cpt_store_count_orders (const CptOrderQuery *query)
{
  return cpt_store_job_new (CPT_JOB_READ, count_orders, query_copy (query), query_free, g_free);
}
