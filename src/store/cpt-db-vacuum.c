/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is deleted SQLite overwrites, but where it moves the cells of a page a copy stays in the
 * page's unused part. Only a file that is written anew has none. Writer only. */
#include "cpt-db-vacuum-private.h"

#include <gio/gio.h>
#include <sqlite3.h>

/* Steps of SQLite's machine between two looks at who waits: well below a millisecond. */
#define STEPS 1000
/* The new file, the log it goes through, and as much again for everybody else. */
#define ROOM 3

/* Nobody else on this computer is to find the disk full because of this. */
static gboolean
has_room (CptDb *db)
{
  g_autoptr (GFile) file =
      g_file_new_for_path (sqlite3_db_filename (cpt_db_get_handle (db), "main"));
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  guint64 size = (guint64)cpt_db_query_int (db, "PRAGMA page_count") *
                 (guint64)cpt_db_query_int (db, "PRAGMA page_size");

  return info != NULL &&
         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) > ROOM * size;
}

static int
wanted_cb (void *data)
{
  return cpt_db_is_wanted (data);
}

/* The log holds the old pages until it is cut off. */
static int
write_anew (CptDb *db)
{
  sqlite3 *handle = cpt_db_get_handle (db);
  int result = SQLITE_OK;

  cpt_db_set_patience (db, FALSE);
  sqlite3_progress_handler (handle, STEPS, wanted_cb, db);
  result = sqlite3_exec (handle, "VACUUM", NULL, NULL, NULL);
  sqlite3_progress_handler (handle, 0, NULL, NULL);
  if (result == SQLITE_OK)
    result =
        sqlite3_wal_checkpoint_v2 (handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) & 0xff;
  cpt_db_set_patience (db, TRUE);
  return result;
}

/**
 * cpt_db_vacuum:
 *
 * Outside any transaction. Given up as soon as the thread is wanted, or another program is at the
 * file: then all is as before. Only the last part, in which the finished pages go into the file,
 * is not: 6 ms a megabyte were measured.
 *
 * Returns: whether the file holds nothing but what is in it; a failure is left in @db
 */
gboolean
cpt_db_vacuum (CptDb *db)
{
  int result = SQLITE_OK;

  cpt_db_assert_writer (db);
  if (cpt_db_is_wanted (db) || !has_room (db) || cpt_db_has_failed (db))
    return FALSE;
  result = write_anew (db);
  if (result != SQLITE_OK && result != SQLITE_INTERRUPT && (result & 0xff) != SQLITE_BUSY)
    cpt_db_fail_sqlite (db, result);
  return result == SQLITE_OK;
}
