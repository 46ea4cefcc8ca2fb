/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing the database file, and moving one aside that cannot be used. The jobs run
 * on the workers, the rest on the main thread. */
#include "cpt-store-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cpt-db-backup-private.h"
#include "cpt-migrator-private.h"
#include "cpt-store-error-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-private.h"

/* Reading every page of a larger file would keep the shop waiting at each start. */
#define CHECK_BYTES (64 * 1024 * 1024)

static void
release_lock (gpointer data)
{
  cpt_db_lock_release (data, FALSE);
}

static void
fail_errno (CptDb *db)
{
  cpt_db_fail (db, cpt_store_error_code_of_errno (errno), g_strerror (errno));
}

/* Empty is a database too; made here for its mode: it will hold customers' addresses. */
static void
make_file (CptDb *db, const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    fail_errno (db);
  else
    close (fd);
}

static gboolean
needs_whole_check (const char *path, CptDbLock *lock)
{
  GStatBuf info = { 0 };

  return !cpt_db_lock_was_clean (lock) ||
         (g_stat (path, &info) == 0 && info.st_size <= CHECK_BYTES);
}

static void
open_database (CptDb *db, const char *directory, CptDbLock *lock)
{
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autofree char *backup = g_build_filename (directory, CPT_DB_BACKUP_FOLDER, NULL);
  g_autoptr (GPtrArray) scripts = cpt_migrator_load_scripts ();

  make_file (db, path);
  if (!cpt_db_has_failed (db))
    cpt_db_open (db, path);
  if (!cpt_db_has_failed (db))
    cpt_migrator_check (db, needs_whole_check (path, lock), scripts->len);
  if (!cpt_db_has_failed (db))
    cpt_migrator_run (db, scripts, backup);
}

/* A folder that was there before may be open to others: a copy put back, one made by hand. Where it
 * is not ours to change, what is made in it is still for us alone. */
static void
tighten (const char *directory)
{
  GStatBuf info = { 0 };

  if (g_stat (directory, &info) == 0 && (info.st_mode & 0077) != 0 &&
      g_chmod (directory, info.st_mode & 0700) != 0)
    g_message ("Others may look into the folder of the data: %s", g_strerror (errno));
}

static CptDbLock *
take_lock (CptDb *db, const char *directory, gboolean brief)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autoptr (GError) error = NULL;
  CptDbLock *lock = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      fail_errno (db);
      return NULL;
    }
  tighten (directory);
  lock = cpt_db_lock_take (path, brief, &error);
  if (lock == NULL)
    cpt_db_fail (db, error->code, NULL);
  return lock;
}

typedef struct
{
  char *directory; /* (owned) */
  gboolean fresh, brief;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->directory);
  g_free (opening);
}

/* Only under the lock: nobody has these files open. */
static void
remove_database (const char *directory)
{
  static const char *const names[] = { "comptoir.db", "comptoir.db-wal", "comptoir.db-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
}

/* Result: the lock. Another's lock is a result too: then nothing was opened. */
static gpointer
open_writer (CptDb *db, gpointer input)
{
  const Opening *opening = input;
  CptDbLock *lock = take_lock (db, opening->directory, opening->brief);
  gboolean ours = lock != NULL && cpt_db_lock_get_holder (lock) == 0;

  if (ours && opening->fresh)
    remove_database (opening->directory);
  if (ours)
    open_database (db, opening->directory, lock);
  if (cpt_db_has_failed (db))
    {
      GError *failure = cpt_db_take_failure (db);

      cpt_db_close (db);
      cpt_db_fail (db, failure->code, NULL);
      g_error_free (failure);
    }
  return lock;
}

/**
 * cpt_store_file_open_writer:
 *
 * @fresh: whether a file that is there goes first
 * @brief: whether it is closed again in a moment
 *
 * For the writer. Takes the lock, makes what is missing, opens, checks, migrates.
 *
 * Returns: (transfer full): a job; result: (transfer full) #CptDbLock
 */
CptStoreJob *
cpt_store_file_open_writer (const char *directory, gboolean fresh, gboolean brief)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->directory = g_strdup (directory);
  opening->fresh = fresh;
  opening->brief = brief;
  return cpt_store_job_new (CPT_JOB_OPEN, open_writer, opening, opening_free, release_lock);
}

static gpointer
open_reader (CptDb *db, gpointer input)
{
  int version = cpt_migrator_get_version ();

  /* Neither can happen where this process has the lock: it has just made the file. */
  if (!g_file_test (input, G_FILE_TEST_EXISTS))
    cpt_db_fail (db, CPT_STORE_ERROR_LOCKED, "the file is being made");
  if (!cpt_db_has_failed (db))
    cpt_db_open (db, input);
  if (!cpt_db_has_failed (db))
    cpt_migrator_check (db, FALSE, version);
  if (!cpt_db_has_failed (db) && cpt_db_query_int (db, "PRAGMA user_version") < version)
    cpt_db_fail (db, CPT_STORE_ERROR_LOCKED, "the schema is being written");
  return NULL;
}

/**
 * cpt_store_file_open_reader:
 *
 * For the reader.
 *
 * Returns: (transfer full): a job without result
 */
CptStoreJob *
cpt_store_file_open_reader (const char *path)
{
  return cpt_store_job_new (CPT_JOB_OPEN, open_reader, g_strdup (path), g_free, NULL);
}

static gpointer
close_file (CptDb *db, gpointer input)
{
  cpt_db_close (db);
  return NULL;
}

/**
 * cpt_store_file_close:
 *
 * For either worker.
 *
 * Returns: (transfer full): a job without result
 */
CptStoreJob *
cpt_store_file_close (void)
{
  return cpt_store_job_new (CPT_JOB_OPEN, close_file, NULL, NULL, NULL);
}

static gpointer
limit_pages (CptDb *db, gpointer input)
{
  guint pages = GPOINTER_TO_UINT (input);
  g_autofree char *sql =
      g_strdup_printf ("PRAGMA max_page_count = %u", pages > 0 ? pages : G_MAXINT32);

  cpt_db_execute (db, sql);
  return NULL;
}

CptStoreJob *
cpt_store_limit_pages (guint pages)
{
  return cpt_store_job_new (CPT_JOB_OPEN, limit_pages, GUINT_TO_POINTER (pages), NULL, NULL);
}

static char *
free_name (const char *directory, CptTime now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = cpt_time_to_date_time (now, zone);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%d");

  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("comptoir-%s.db", date)
                                     : g_strdup_printf ("comptoir-%s-%u.db", date, i);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

/* The log of a file goes with it: it may hold what the file does not. */
static gboolean
move_file (const char *from, const char *to, const char *suffix)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);

  return g_rename (source, target) == 0 || (errno == ENOENT && suffix[0] != '\0');
}

/**
 * cpt_store_file_set_aside:
 *
 * Main thread, while nothing is open.
 *
 * Returns: (transfer full) (nullable): the new path
 */
char *
cpt_store_file_set_aside (const char *directory, CptTime now, GError **error)
{
  g_autofree char *lock_path = g_build_filename (directory, "lock", NULL);
  g_autofree char *from = g_build_filename (directory, "comptoir.db", NULL);
  g_autofree char *to = free_name (directory, now);
  CptDbLock *lock = cpt_db_lock_take (lock_path, TRUE, error);
  gboolean ours = FALSE;
  gboolean moved = FALSE;

  if (lock == NULL)
    return NULL;
  ours = cpt_db_lock_get_holder (lock) == 0;
  moved = ours && move_file (from, to, "-wal") && move_file (from, to, "-shm") &&
          move_file (from, to, "");
  if (!moved)
    g_propagate_error (error, cpt_store_error_new (ours ? cpt_store_error_code_of_errno (errno)
                                                        : CPT_STORE_ERROR_LOCKED,
                                                   "the file stays where it is"));
  cpt_db_lock_release (lock, TRUE);
  return moved ? g_steal_pointer (&to) : NULL;
}
