/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the database, made by SQLite itself: the file alone would lack what is still in the
 * write-ahead log. Writer only. */
#include "cpt-db-backup-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

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
remove_old (const char *directory)
{
  g_autoptr (GPtrArray) names = list_copies (directory);

  for (guint i = 0; i + KEPT < names->len; i++)
    {
      g_autofree char *path = g_build_filename (directory, names->pdata[i], NULL);

      if (g_unlink (path) != 0)
        g_info ("An old copy of the database stays: %s", g_strerror (errno));
    }
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

static int
copy_to (CptDb *db, const char *path)
{
  sqlite3 *target = NULL;
  int result = sqlite3_open_v2 (path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

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
