/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exclusive lock beside the database: one Comptoir per file. It is the kernel's, so it dies
 * with its process; the file's text says which process that is, and stays there when the process
 * did not end by itself. Any thread, one at a time. */
#include "cpt-db-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cpt-store-error-private.h"

#define BRIEF " brief"

struct _CptDbLock
{
  int fd;
  gint64 holder;      /* 0: this process; −1: another one that has not said which */
  gboolean brief;     /* whoever holds it gives it back in a moment */
  gboolean was_clean; /* the last one closed in good order */
};

static gint64
read_pid (int fd, gboolean *brief)
{
  char text[32] = "";
  char *end = text;
  gssize length = pread (fd, text, sizeof text - 1, 0);
  gint64 pid = length > 0 ? g_ascii_strtoll (text, &end, 10) : 0;

  *brief = g_str_has_prefix (end, BRIEF);
  return pid;
}

static gboolean
write_pid (int fd, gboolean brief)
{
  g_autofree char *text = g_strdup_printf ("%ld%s\n", (long)getpid (), brief ? BRIEF : "");
  gsize length = strlen (text);

  return ftruncate (fd, 0) == 0 && pwrite (fd, text, length, 0) == (gssize)length;
}

static gboolean
is_anothers (int system_error)
{
  return system_error == EAGAIN || system_error == EACCES;
}

static gboolean
try_lock (int fd)
{
  /* The lock of the open file, not of the process: two stores in one process are two as well. */
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &whole) == 0;
}

static CptDbLock *
fail (int fd, GError **error)
{
  int system_error = errno;

  g_propagate_error (error, cpt_store_error_new (cpt_store_error_code_of_errno (system_error),
                                                 g_strerror (system_error)));
  if (fd >= 0)
    close (fd);
  return NULL;
}

static CptDbLock *
lock_new (int fd, gint64 holder, gboolean brief, gboolean was_clean)
{
  CptDbLock *self = g_new0 (CptDbLock, 1);

  self->fd = fd;
  self->holder = holder;
  self->brief = brief;
  self->was_clean = was_clean;
  return self;
}

/**
 * cpt_db_lock_take:
 * @brief: whether it is given back in a moment: others wait for that instead of going without
 *
 * Returns: (transfer full) (nullable): ours, or another's: see cpt_db_lock_get_holder(); NULL
 *   with @error when the lock file cannot be written or locked
 */
CptDbLock *
cpt_db_lock_take (const char *path, gboolean brief, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  gboolean others_brief = FALSE;
  gboolean was_clean = FALSE;

  if (fd < 0)
    return fail (fd, error);
  if (!try_lock (fd))
    {
      gint64 holder = 0;

      if (!is_anothers (errno))
        return fail (fd, error);
      holder = read_pid (fd, &others_brief);
      /* Between taking the lock and writing its number the other has none yet. */
      return lock_new (fd, holder > 0 ? holder : -1, others_brief, FALSE);
    }

  was_clean = read_pid (fd, &others_brief) == 0;
  if (!write_pid (fd, brief))
    g_info ("The lock file does not hold the process number: %s", g_strerror (errno));
  return lock_new (fd, 0, brief, was_clean);
}

/**
 * cpt_db_lock_release:
 * @clean: the database was closed in good order
 */
void
cpt_db_lock_release (CptDbLock *self, gboolean clean)
{
  if (self->holder == 0 && clean && ftruncate (self->fd, 0) != 0)
    g_info ("The lock file cannot be emptied: %s", g_strerror (errno));
  close (self->fd);
  g_free (self);
}

/**
 * cpt_db_lock_get_holder:
 *
 * Returns: the process that has the lock, 0 when it is ours
 */
gint64
cpt_db_lock_get_holder (const CptDbLock *self)
{
  return self->holder;
}

/**
 * cpt_db_lock_is_brief:
 *
 * Returns: whether its holder gives it back in a moment
 */
gboolean
cpt_db_lock_is_brief (const CptDbLock *self)
{
  return self->brief;
}

/**
 * cpt_db_lock_was_clean:
 *
 * Returns: whether the last process to hold the lock closed the database in good order
 */
gboolean
cpt_db_lock_was_clean (const CptDbLock *self)
{
  return self->was_clean;
}
