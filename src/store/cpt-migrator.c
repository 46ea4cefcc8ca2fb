/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a database to this program's schema: a copy first, then all steps in one transaction.
 * Writer only. */
#include "cpt-migrator-private.h"

#include <gio/gio.h>

#include "cpt-db-backup-private.h"
#include "cpt-statement-private.h"
#include "cpt-store-resources.h"

#define PREFIX "/io/github/comptoir/store/migrations/"

/**
 * cpt_migrator_load_scripts:
 *
 * Returns: (transfer full) (element-type utf8): the numbered scripts, the first one first: script
 *   n leads from version n − 1 to n
 */
GPtrArray *
cpt_migrator_load_scripts (void)
{
  GResource *resource = cpt_store_get_resource ();
  GPtrArray *scripts = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      g_autofree char *name = g_strdup_printf (PREFIX "%04u.sql", scripts->len + 1);
      g_autoptr (GBytes) bytes =
          g_resource_lookup_data (resource, name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (bytes == NULL)
        return scripts;
      g_ptr_array_add (scripts,
                       g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
    }
}

/**
 * cpt_migrator_get_version:
 *
 * Returns: the schema's version this program writes
 */
int
cpt_migrator_get_version (void)
{
  g_autoptr (GPtrArray) scripts = cpt_migrator_load_scripts ();

  return scripts->len;
}

static void
check_whole_file (CptDb *db)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "PRAGMA quick_check(1)");
  const char *answer = NULL;

  if (!cpt_statement_next (statement))
    return;
  answer = cpt_statement_peek_text (statement);
  if (g_strcmp0 (answer, "ok") != 0)
    cpt_db_fail (db, CPT_STORE_ERROR_DAMAGED, answer);
}

/**
 * cpt_migrator_check:
 * @thoroughly: read every page too
 * @newest: the newest version the program knows
 *
 * Fails @db with DAMAGED or NEWER when the file is not one to write to. Writes nothing.
 */
void
cpt_migrator_check (CptDb *db, gboolean thoroughly, int newest)
{
  gint64 id = cpt_db_query_int (db, "PRAGMA application_id");
  gint64 version = cpt_db_query_int (db, "PRAGMA user_version");
  gint64 tables = cpt_db_query_int (db, "SELECT count(*) FROM sqlite_schema");

  if (id != CPT_DB_APPLICATION_ID && (id != 0 || tables > 0))
    cpt_db_fail (db, CPT_STORE_ERROR_DAMAGED, "the file belongs to another program");
  if (version > newest)
    cpt_db_fail (db, CPT_STORE_ERROR_NEWER, "user_version is newer");
  if (thoroughly && tables > 0)
    check_whole_file (db);
}

static void
check_references (CptDb *db)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "PRAGMA foreign_key_check");

  if (cpt_statement_next (statement))
    cpt_db_fail (db, CPT_STORE_ERROR_DAMAGED, "a migration left a row without its parent");
}

static void
set_version (CptDb *db, guint version)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d",
                                          version, CPT_DB_APPLICATION_ID);

  cpt_db_execute (db, sql);
}

/* Off and on outside the transaction: inside, the pragma does nothing. */
static void
set_foreign_keys (CptDb *db, gboolean on)
{
  cpt_db_execute (db, on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
  if (!cpt_db_has_failed (db) && cpt_db_query_int (db, "PRAGMA foreign_keys") != on)
    cpt_db_fail (db, CPT_STORE_ERROR_FAILED, "foreign keys cannot be switched");
}

static void
climb (CptDb *db, GPtrArray *scripts, guint from)
{
  g_autoptr (GError) failure = NULL;

  cpt_db_begin (db);
  for (guint i = from; i < scripts->len; i++)
    cpt_db_execute (db, scripts->pdata[i]);
  check_references (db);
  set_version (db, scripts->len);
  failure = cpt_db_end (db);
  set_foreign_keys (db, TRUE);
  if (failure != NULL)
    cpt_db_fail (db, failure->code, "the migration was rolled back");
}

static void
set_journal (CptDb *db)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "PRAGMA journal_mode = WAL");

  if (cpt_statement_next (statement) && g_strcmp0 (cpt_statement_peek_text (statement), "wal") != 0)
    cpt_db_fail (db, CPT_STORE_ERROR_FAILED, "the file cannot have a write-ahead log");
}

/**
 * cpt_migrator_run:
 * @scripts: from cpt_migrator_load_scripts()
 * @backup_directory: where a copy of an older database goes before it is touched
 *
 * All or nothing: when a step fails the database is as it was, and the copy stays.
 */
void
cpt_migrator_run (CptDb *db, GPtrArray *scripts, const char *backup_directory)
{
  gint64 version = cpt_db_query_int (db, "PRAGMA user_version");

  cpt_db_assert_writer (db);
  set_journal (db);
  if (cpt_db_has_failed (db) || version >= (gint64)scripts->len)
    return;
  if (version > 0)
    cpt_db_backup (db, backup_directory);
  set_foreign_keys (db, FALSE);
  if (!cpt_db_has_failed (db))
    climb (db, scripts, version);
}
