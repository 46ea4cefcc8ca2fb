/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to the database file, used by the thread that made it and no other. */
#include "cpt-db-private.h"

#include <sqlite3.h>

#include "cpt-statement-private.h"
#include "cpt-store-error-private.h"

/* How long the writer waits for a foreign program before it says so: long enough for a short
 * transaction of another till program, short enough for somebody who pressed Accept. */
#define BUSY_MS 2000

struct _CptDb
{
  GThread *owner; /* (unowned) only compared */
  CptDbRole role;
  sqlite3 *handle; /* (owned) (nullable) */
  GHashTable
      *statements; /* (owned) (element-type utf8 CptStatement) compiled ones, by their text */
  GError *failure; /* (owned) (nullable) the first one of this transaction */
  CptDbWantedFunc wanted; /* (nullable) */
  gpointer wanted_data;   /* (unowned) */
};

/**
 * cpt_db_new:
 *
 * Returns: (transfer full): a closed connection of the calling thread
 */
CptDb *
cpt_db_new (CptDbRole role)
{
  CptDb *self = g_new0 (CptDb, 1);

  self->owner = g_thread_self ();
  self->role = role;
  self->statements =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)cpt_statement_free);
  return self;
}

void
cpt_db_free (CptDb *self)
{
  cpt_db_close (self);
  g_hash_table_unref (self->statements);
  g_clear_error (&self->failure);
  g_free (self);
}

void
cpt_db_assert_owner (CptDb *self)
{
  g_assert (g_thread_self () == self->owner);
}

void
cpt_db_assert_writer (CptDb *self)
{
  cpt_db_assert_owner (self);
  g_assert (self->role == CPT_DB_WRITER);
}

sqlite3 *
cpt_db_get_handle (CptDb *self)
{
  cpt_db_assert_owner (self);
  return self->handle;
}

/**
 * cpt_db_set_wanted_func:
 * @func: says whether somebody waits for this thread
 */
void
cpt_db_set_wanted_func (CptDb *self, CptDbWantedFunc func, gpointer data)
{
  cpt_db_assert_owner (self);
  self->wanted = func;
  self->wanted_data = data;
}

gboolean
cpt_db_is_wanted (CptDb *self)
{
  cpt_db_assert_owner (self);
  return self->wanted != NULL && self->wanted (self->wanted_data);
}

/**
 * cpt_db_set_patience:
 * @patient: whether a foreign program at the file is waited for
 */
void
cpt_db_set_patience (CptDb *self, gboolean patient)
{
  sqlite3_busy_timeout (cpt_db_get_handle (self), patient ? BUSY_MS : 0);
}

/**
 * cpt_db_fail:
 * @detail: (nullable): technical words
 *
 * From here on nothing happens any more until the failure is taken; an earlier one holds.
 */
void
cpt_db_fail (CptDb *self, CptStoreError code, const char *detail)
{
  cpt_db_assert_owner (self);
  if (self->failure == NULL)
    self->failure = cpt_store_error_new (code, detail);
}

void
cpt_db_fail_sqlite (CptDb *self, int result)
{
  int system_error = self->handle != NULL ? sqlite3_system_errno (self->handle) : 0;
  const char *words =
      self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result);

  /* Only errors of the file system have an errno that is theirs. */
  if ((result & 0xff) != SQLITE_IOERR && (result & 0xff) != SQLITE_CANTOPEN)
    system_error = 0;
  cpt_db_fail (self, cpt_store_error_code_of (result, system_error), words);
}

gboolean
cpt_db_has_failed (CptDb *self)
{
  cpt_db_assert_owner (self);
  return self->failure != NULL;
}

/**
 * cpt_db_take_failure:
 *
 * Returns: (transfer full) (nullable): the first failure, which is over with this
 */
GError *
cpt_db_take_failure (CptDb *self)
{
  cpt_db_assert_owner (self);
  return g_steal_pointer (&self->failure);
}

/**
 * cpt_db_execute:
 * @script: SQL without parameters, one statement or several
 */
void
cpt_db_execute (CptDb *self, const char *script)
{
  int result = SQLITE_OK;

  if (cpt_db_has_failed (self))
    return;
  result = sqlite3_exec (self->handle, script, NULL, NULL, NULL);
  if (result != SQLITE_OK)
    cpt_db_fail_sqlite (self, result);
}

/**
 * cpt_db_query_int:
 *
 * Returns: the first column of the first row, 0 for none
 */
gint64
cpt_db_query_int (CptDb *self, const char *sql)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (self, sql);

  return cpt_statement_next (statement) ? cpt_statement_read_int (statement) : 0;
}

gint64
cpt_db_last_row (CptDb *self)
{
  return sqlite3_last_insert_rowid (cpt_db_get_handle (self));
}

/**
 * cpt_db_changes:
 *
 * Returns: how many rows the last change touched, 0 after a failure
 */
gint64
cpt_db_changes (CptDb *self)
{
  return cpt_db_has_failed (self) ? 0 : sqlite3_changes64 (self->handle);
}

/**
 * cpt_db_prepare:
 * @sql: one statement
 *
 * Returns: (transfer full): the statement, compiled at the first use of its text; never NULL
 */
CptStatement *
cpt_db_prepare (CptDb *self, const char *sql)
{
  CptStatement *statement = NULL;

  cpt_db_assert_owner (self);
  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    {
      statement = cpt_statement_new (self, sql);
      if (cpt_statement_is_usable (statement))
        g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  cpt_statement_lend (statement);
  return statement;
}

static void
check_foreign_keys (CptDb *self)
{
  /* Inside a transaction the pragma would do nothing and say nothing. */
  if (!cpt_db_has_failed (self) && cpt_db_query_int (self, "PRAGMA foreign_keys") != 1)
    cpt_db_fail (self, CPT_STORE_ERROR_FAILED, "foreign keys cannot be switched on");
}

/**
 * cpt_db_open:
 * @path: the file; must exist, an empty one is an empty database
 *
 * A writer still has to set the journal, which writes to the file: cpt_migrator_run() does, once
 * it knows that the file is ours.
 */
void
cpt_db_open (CptDb *self, const char *path)
{
  int result = SQLITE_OK;

  cpt_db_assert_owner (self);
  g_assert (self->handle == NULL);
  result = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      cpt_db_fail_sqlite (self, result);
      return;
    }
  sqlite3_extended_result_codes (self->handle, TRUE);
  cpt_db_set_patience (self, TRUE);
  /* What is deleted is overwritten. The unused part of a page whose cells SQLite moved is not: a
   * copy may stay there until cpt_db_vacuum(). */
  cpt_db_execute (self,
                  "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
  check_foreign_keys (self);
  if (self->role == CPT_DB_READER)
    cpt_db_execute (self, "PRAGMA query_only = ON");
}

void
cpt_db_close (CptDb *self)
{
  cpt_db_assert_owner (self);
  g_hash_table_remove_all (self->statements);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement outlives its connection");
  self->handle = NULL;
}

/**
 * cpt_db_begin:
 *
 * A writer takes the right to write at once: a transaction that reads first and writes later
 * would be refused at once instead of waiting its turn. A reader sees one moment throughout.
 */
void
cpt_db_begin (CptDb *self)
{
  cpt_db_execute (self, self->role == CPT_DB_WRITER ? "BEGIN IMMEDIATE" : "BEGIN");
}

static gboolean
is_in_transaction (CptDb *self)
{
  return self->handle != NULL && sqlite3_get_autocommit (self->handle) == 0;
}

/**
 * cpt_db_end:
 *
 * Commits, or rolls back when anything since cpt_db_begin() failed.
 *
 * Returns: (transfer full) (nullable): the failure
 */
GError *
cpt_db_end (CptDb *self)
{
  GError *failure = NULL;

  cpt_db_execute (self, "COMMIT");
  failure = cpt_db_take_failure (self);
  if (failure != NULL && is_in_transaction (self))
    {
      cpt_db_execute (self, "ROLLBACK");
      g_clear_error (&self->failure);
    }
  return failure;
}
