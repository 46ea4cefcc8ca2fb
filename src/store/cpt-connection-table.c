/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this till is connected to and was connected to before. Constructors on the main thread,
 * the rest on the workers. */
#include "cpt-connection-table-private.h"

#include "cpt-statement-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

/* Columns and fields in one order for reading and writing. */
static const struct
{
  const char *column;
  gsize offset;
} texts[] = {
  { "account_id", G_STRUCT_OFFSET (CptConnection, account_id) },
  { "account_name", G_STRUCT_OFFSET (CptConnection, account_name) },
  { "currency", G_STRUCT_OFFSET (CptConnection, currency) },
  { "location_name", G_STRUCT_OFFSET (CptConnection, location_name) },
  { "catalog_name", G_STRUCT_OFFSET (CptConnection, catalog_name) },
  { "customer_list_id", G_STRUCT_OFFSET (CptConnection, customer_list_id) },
  { "customer_list_name", G_STRUCT_OFFSET (CptConnection, customer_list_name) },
  { "address_1", G_STRUCT_OFFSET (CptConnection, address_1) },
  { "address_2", G_STRUCT_OFFSET (CptConnection, address_2) },
  { "postal_code", G_STRUCT_OFFSET (CptConnection, postal_code) },
  { "city", G_STRUCT_OFFSET (CptConnection, city) },
  { "country", G_STRUCT_OFFSET (CptConnection, country) },
  { "time_zone", G_STRUCT_OFFSET (CptConnection, time_zone) },
  { "cutoff_time", G_STRUCT_OFFSET (CptConnection, cutoff_time) },
  { "opening_hours", G_STRUCT_OFFSET (CptConnection, opening_hours) },
  { "order_acceptance", G_STRUCT_OFFSET (CptConnection, order_acceptance) },
  { "acceptance_reason", G_STRUCT_OFFSET (CptConnection, acceptance_reason) },
  { "last_failure_reason", G_STRUCT_OFFSET (CptConnection, last_failure_reason) },
  { "token_place", G_STRUCT_OFFSET (CptConnection, token_place) },
};

/**
 * cpt_connection_table_get_place:
 *
 * Returns: the place whose orders are ours now, 0 for none
 */
gint64
cpt_connection_table_get_place (CptDb *db)
{
  return cpt_db_query_int (
      db, "SELECT place FROM connection JOIN binding USING (binding) WHERE only = 1");
}

static char *
build_select (void)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT binding, api_root, location_id, nullif (catalog_id, ''), refused_since, "
      "refused_reason, preparation_time, connected_since, last_success, last_failure, "
      "clock_offset_ms, acceptance_minutes, acceptance_resume_at");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (sql, ", %s", texts[i].column);
  g_string_append (sql, " FROM connection JOIN binding USING (binding) JOIN place USING (place)"
                        " WHERE only = 1");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
load_key_mark (CptDb *db)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT value FROM value WHERE key = ?");

  cpt_statement_bind_text (statement, CPT_KEY_MARK_VALUE);
  return cpt_statement_next (statement) ? cpt_statement_read_text (statement) : NULL;
}

static gpointer
load_connection (CptDb *db, gpointer input)
{
  CptConnection *connection = cpt_connection_new ();
  g_autofree char *sql = build_select ();
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  if (!cpt_statement_next (statement))
    return connection;
  connection->key_mark = load_key_mark (db);

  connection->binding = cpt_statement_read_int (statement);
  connection->api_root = cpt_statement_read_text (statement);
  connection->location_id = cpt_statement_read_text (statement);
  connection->catalog_id = cpt_statement_read_text (statement);
  connection->since = cpt_statement_read_time (statement);
  connection->reason = cpt_statement_read_text (statement);
  connection->preparation_time = cpt_statement_read_int (statement);
  connection->connected_since = cpt_statement_read_time (statement);
  connection->last_success = cpt_statement_read_time (statement);
  connection->last_failure = cpt_statement_read_time (statement);
  connection->clock_offset_ms = cpt_statement_read_int (statement);
  connection->acceptance_minutes = cpt_statement_read_int (statement);
  connection->acceptance_resume_at = cpt_statement_read_time (statement);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, connection, texts[i].offset) = cpt_statement_read_text (statement);
  connection->state =
      connection->since != CPT_TIME_NONE ? CPT_CONNECTION_REFUSED : CPT_CONNECTION_UNPROVEN;
  return connection;
}

/**
 * cpt_store_load_connection:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptConnection in state NONE,
 *   UNPROVEN or REFUSED
 */
CptStoreJob *
cpt_store_load_connection (void)
{
  return cpt_store_job_new (CPT_JOB_READ, load_connection, NULL, NULL,
                            (GDestroyNotify)cpt_connection_unref);
}

static gint64
find_or_make_place (CptDb *db, const CptConnection *connection)
{
  g_autoptr (CptStatement) insert = cpt_db_prepare (
      db, "INSERT INTO place (api_root, location_id) VALUES (?, ?) ON CONFLICT DO NOTHING");
  g_autoptr (CptStatement) select =
      cpt_db_prepare (db, "SELECT place FROM place WHERE api_root = ? AND location_id = ?");

  cpt_statement_bind_text (insert, connection->api_root);
  cpt_statement_bind_text (insert, connection->location_id);
  cpt_statement_run (insert);
  cpt_statement_bind_text (select, connection->api_root);
  cpt_statement_bind_text (select, connection->location_id);
  return cpt_statement_next (select) ? cpt_statement_read_int (select) : 0;
}

static gint64
find_or_make_binding (CptDb *db, const CptConnection *connection)
{
  const char *catalog = connection->catalog_id != NULL ? connection->catalog_id : "";
  gint64 place = find_or_make_place (db, connection);
  g_autoptr (CptStatement) insert = cpt_db_prepare (
      db, "INSERT INTO binding (place, catalog_id) VALUES (?, ?) ON CONFLICT DO NOTHING");
  g_autoptr (CptStatement) select =
      cpt_db_prepare (db, "SELECT binding FROM binding WHERE place = ? AND catalog_id = ?");

  cpt_statement_bind_int (insert, place);
  cpt_statement_bind_text (insert, catalog);
  cpt_statement_run (insert);
  cpt_statement_bind_int (select, place);
  cpt_statement_bind_text (select, catalog);
  return cpt_statement_next (select) ? cpt_statement_read_int (select) : 0;
}

static char *
build_update (void)
{
  g_autoptr (GString) sql = g_string_new (
      "UPDATE connection SET refused_since = ?, refused_reason = ?, preparation_time = ?, "
      "connected_since = ?, last_success = ?, last_failure = ?, clock_offset_ms = ?, "
      "acceptance_minutes = ?, acceptance_resume_at = ?");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (sql, ", %s = ?", texts[i].column);
  g_string_append (sql, " WHERE only = 1");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gpointer
save_connection (CptDb *db, gpointer input)
{
  const CptConnection *connection = input;
  gboolean refused = connection->state == CPT_CONNECTION_REFUSED;
  g_autofree char *sql = build_update ();
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);
  CptTime since = connection->since != CPT_TIME_NONE ? connection->since : 0;

  cpt_db_assert_writer (db);
  /* A refusal is known by its start: it must have one. */
  cpt_statement_bind_time (statement, refused ? since : CPT_TIME_NONE);
  cpt_statement_bind_text (statement, refused ? connection->reason : NULL);
  cpt_statement_bind_int (statement, connection->preparation_time);
  cpt_statement_bind_time (statement, connection->connected_since);
  cpt_statement_bind_time (statement, connection->last_success);
  cpt_statement_bind_time (statement, connection->last_failure);
  cpt_statement_bind_int (statement, connection->clock_offset_ms);
  cpt_statement_bind_int (statement, connection->acceptance_minutes);
  cpt_statement_bind_time (statement, connection->acceptance_resume_at);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    cpt_statement_bind_text (statement, G_STRUCT_MEMBER (char *, connection, texts[i].offset));
  cpt_statement_run (statement);
  return NULL;
}

/**
 * cpt_store_save_connection:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_save_connection (CptConnection *connection)
{
  return cpt_store_job_new (CPT_JOB_WRITE, save_connection, cpt_connection_ref (connection),
                            (GDestroyNotify)cpt_connection_unref, NULL);
}

static void
set_binding (CptDb *db, gint64 binding)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE connection SET binding = nullif (?, 0) WHERE only = 1");

  cpt_statement_bind_int (statement, binding);
  cpt_statement_run (statement);
}

/* In the same transaction: a key that was kept without its binding is known as such. */
static void
set_key_mark (CptDb *db, const char *mark)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO value (key, value) VALUES (?, ?)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");

  cpt_statement_bind_text (statement, CPT_KEY_MARK_VALUE);
  cpt_statement_bind_text (statement, mark);
  cpt_statement_run (statement);
}

static gpointer
bind (CptDb *db, gpointer input)
{
  CptConnection *connection = cpt_connection_copy (input);

  if (connection->api_root == NULL || connection->location_id == NULL)
    cpt_db_fail (db, CPT_STORE_ERROR_FAILED, "a binding needs an API root and a location");
  connection->binding = find_or_make_binding (db, connection);
  set_binding (db, connection->binding);
  set_key_mark (db, connection->key_mark);
  save_connection (db, connection);
  /* Events belong to a connection's own queue; those of another must not look like these. */
  cpt_db_execute (db, "DELETE FROM event");
  return connection;
}

/**
 * cpt_store_bind:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) #CptConnection with its binding
 */
CptStoreJob *
cpt_store_bind (CptConnection *connection)
{
  return cpt_store_job_new (CPT_JOB_WRITE, bind, cpt_connection_ref (connection),
                            (GDestroyNotify)cpt_connection_unref,
                            (GDestroyNotify)cpt_connection_unref);
}

static gpointer
unbind (CptDb *db, gpointer input)
{
  cpt_db_assert_writer (db);
  set_binding (db, 0);
  return NULL;
}

/**
 * cpt_store_unbind:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_unbind (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, unbind, NULL, NULL, NULL);
}
