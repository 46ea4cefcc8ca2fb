/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the database, made by SQLite itself: the file alone would lack what is still in the
 * write-ahead log. Writer only. */
#include "cpt-db-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "cpt-store-error-private.h"

#define KEPT       5
#define FIRST_NAME "comptoir-000001.db"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The copies by age: their names count up, so no clock has a say. */
static GPtrArray *
list_copies (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strlen (name) == strlen (FIRST_NAME) && g_str_has_prefix (name, "comptoir-") &&
        g_str_has_suffix (name, ".db"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
next_name (GPtrArray *names)
{
  const char *last = names->len > 0 ? names->pdata[names->len - 1] : NULL;
  guint64 number = last != NULL ? g_ascii_strtoull (last + strlen ("comptoir-"), NULL, 10) : 0;

  return g_strdup_printf ("comptoir-%06" G_GUINT64_FORMAT ".db", number + 1);
}

static void
remove_file (const char *path)
{
  if (g_unlink (path) != 0 && errno != ENOENT)
    g_message ("An old copy of the database stays: %s", g_strerror (errno));
}

/* Whoever looked into a copy, or was killed while it was made, left the copy's own log beside it.
 */
static void
remove_copy (const char *directory, const char *name)
{
  static const char *const suffixes[] = { "-journal", "-wal", "-shm", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (name, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (directory, file, NULL);

      remove_file (path);
    }
}

static void
remove_first (const char *directory, GPtrArray *names, guint n)
{
  for (guint i = 0; i < n; i++)
    remove_copy (directory, names->pdata[i]);
}

static void
remove_old (const char *directory)
{
  g_autoptr (GPtrArray) names = list_copies (directory);

  if (names->len > KEPT)
    remove_first (directory, names, names->len - KEPT);
}

static int
copy (CptDb *db, sqlite3 *target)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", cpt_db_get_handle (db), "main");
  int result = SQLITE_OK;

  if (backup == NULL)
    return sqlite3_errcode (target);
  result = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  return result == SQLITE_DONE ? SQLITE_OK : result;
}

/* SQLite would make it readable for others: it holds persons. */
static int
make_file (const char *path)
{
  int descriptor = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (descriptor < 0)
    return SQLITE_CANTOPEN;
  close (descriptor);
  return SQLITE_OK;
}

static int
copy_to (CptDb *db, const char *path)
{
  sqlite3 *target = NULL;
  int result = make_file (path);

  if (result == SQLITE_OK)
    result = sqlite3_open_v2 (path, &target, SQLITE_OPEN_READWRITE, NULL);
  if (result == SQLITE_OK)
    result = copy (db, target);
  sqlite3_close (target);
  return result;
}

/**
 * cpt_db_backup:
 * @directory: made when missing; holds the last five copies
 *
 * Fails @db when the copy cannot be made.
 */
void
cpt_db_backup (CptDb *db, const char *directory)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  int result = SQLITE_OK;

  cpt_db_assert_writer (db);
  if (cpt_db_has_failed (db))
    return;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      cpt_db_fail (db, cpt_store_error_code_of_errno (errno), g_strerror (errno));
      return;
    }

  names = list_copies (directory);
  name = next_name (names);
  path = g_build_filename (directory, name, NULL);
  result = copy_to (db, path);
  if (result != SQLITE_OK)
    {
      g_unlink (path);
      cpt_db_fail (db, cpt_store_error_code_of (result, 0), sqlite3_errstr (result));
      return;
    }
  remove_old (directory);
}

static gboolean
was_made_before (const char *directory, const char *name, CptTime time)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  GStatBuf info = { 0 };

  return g_stat (path, &info) == 0 && (CptTime)info.st_mtime * CPT_SECOND < time;
}

/**
 * cpt_db_backup_forget:
 * @before: copies of that age hold persons that the database itself has forgotten by now
 *
 * A migration is a piece of work of the same thread: none can be half done now, and one that was
 * given up has left the database as it was. So no copy is needed for one.
 */
void
cpt_db_backup_forget (CptDb *db, CptTime before)
{
  const char *path = sqlite3_db_filename (cpt_db_get_handle (db), "main");
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *directory = g_build_filename (parent, CPT_DB_BACKUP_FOLDER, NULL);
  g_autoptr (GPtrArray) names = list_copies (directory);
  guint n = names->len;

  cpt_db_assert_writer (db);
  /* Those made before an old one are older, whatever the PC's clock said then. */
  while (n > 0 && !was_made_before (directory, names->pdata[n - 1], before))
    n--;
  remove_first (directory, names, n);
}
