/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong with the database, in the user's words: what happened, what was kept, what to
 * do. Any thread. */
#include "cpt-store-error-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>

G_DEFINE_QUARK (cpt_store_error, cpt_store_error)

static const char *
message_of (CptStoreError code)
{
  switch (code)
    {
    case CPT_STORE_ERROR_NEWER:
      return _ ("The database was written by a newer version of this program. The file was left as "
                "it is. Install the newer version, or go on with a fresh database beside it.");
    case CPT_STORE_ERROR_DAMAGED:
      return _ ("The database file is damaged, or it is not a database of this program. The file "
                "was left as it is. Go on with a fresh database beside it; earlier copies are in "
                "the folder “backup”.");
    case CPT_STORE_ERROR_READ_ONLY:
      return _ ("The database cannot be written. What was stored before is safe. Give your account "
                "the right to write to the file and its folder, then try again.");
    case CPT_STORE_ERROR_FULL:
      return _ ("The disk is full. Nothing of this action was kept, what was stored before is "
                "safe. Free some space, then try again.");
    case CPT_STORE_ERROR_BUSY:
      return _ ("The database is busy: another program is writing to it. Nothing of this action "
                "was kept. Try again in a moment, or close the other program.");
    case CPT_STORE_ERROR_LOCKED:
      return _ ("Another Comptoir is working with this database, so nothing can be changed here. "
                "Use the other one, or close it and start this one again.");
    case CPT_STORE_ERROR_NOT_ALLOWED:
      return _ ("The order's state does not allow this any more. Nothing was changed.");
    case CPT_STORE_ERROR_NOT_FOUND:
      return _ ("This is no longer in the database.");
    case CPT_STORE_ERROR_CLOSED:
      return _ ("The database is not open. Nothing was changed.");
    case CPT_STORE_ERROR_FAILED:
    default:
      return _ ("The database could not do this. Nothing of this action was kept, what was stored "
                "before is safe. Try again, or start the program again.");
    }
}

/**
 * cpt_store_error_new:
 * @detail: (nullable): technical words, for the program's log only
 *
 * Returns: (transfer full): the error with its words for the user
 */
GError *
cpt_store_error_new (CptStoreError code, const char *detail)
{
  if (detail != NULL)
    g_info ("Database error %d: %s", code, detail);
  return g_error_new_literal (CPT_STORE_ERROR, code, message_of (code));
}

/**
 * cpt_store_error_code_of:
 * @result: SQLite's result code, extended or not
 * @system_error: the errno behind it, 0 for none
 *
 * Returns: the code a caller can act on
 */
CptStoreError
cpt_store_error_code_of (int result, int system_error)
{
  if (system_error == ENOSPC || system_error == EDQUOT)
    return CPT_STORE_ERROR_FULL;

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return CPT_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CPT_STORE_ERROR_BUSY;
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return CPT_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return CPT_STORE_ERROR_DAMAGED;
    case SQLITE_CANTOPEN:
      return system_error == EACCES || system_error == EPERM || system_error == EROFS
                 ? CPT_STORE_ERROR_READ_ONLY
                 : CPT_STORE_ERROR_FAILED;
    default:
      return CPT_STORE_ERROR_FAILED;
    }
}

/**
 * cpt_store_error_code_of_errno:
 *
 * Returns: the code for a file operation of our own that failed
 */
CptStoreError
cpt_store_error_code_of_errno (int system_error)
{
  switch (system_error)
    {
    case ENOSPC:
    case EDQUOT:
      return CPT_STORE_ERROR_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
      return CPT_STORE_ERROR_READ_ONLY;
    default:
      return CPT_STORE_ERROR_FAILED;
    }
}
