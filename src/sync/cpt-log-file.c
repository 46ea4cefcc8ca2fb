/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-log-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What one message may take of a file. */
#define LONGEST (16 * 1024)

struct _CptLogFile
{
  GObject parent_instance;

  CptClock *clock; /* (owned) */
  char *path;      /* (owned) */
  GMutex lock;     /* of what is below */
  int fd;          /* -1 while it cannot be written */
};

G_DEFINE_FINAL_TYPE (CptLogFile, cpt_log_file, G_TYPE_OBJECT)

static void
close_file (CptLogFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
cpt_log_file_finalize (GObject *object)
{
  CptLogFile *self = CPT_LOG_FILE (object);

  close_file (self);
  g_mutex_clear (&self->lock);
  g_clear_object (&self->clock);
  g_free (self->path);
  G_OBJECT_CLASS (cpt_log_file_parent_class)->finalize (object);
}

static void
cpt_log_file_class_init (CptLogFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_log_file_finalize;
}

static void
cpt_log_file_init (CptLogFile *self)
{
  g_mutex_init (&self->lock);
  self->fd = -1;
}

/* A line is written whole at the end, whoever else writes there. */
static gboolean
open_file (CptLogFile *self)
{
  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return self->fd >= 0;
}

/**
 * cpt_log_file_new:
 * @path: of the newest file; its folder is made
 *
 * A program that cannot write its log works all the same, and says so once.
 *
 * Returns: (transfer full): a log that nothing is written to yet
 */
CptLogFile *
cpt_log_file_new (CptClock *clock, const char *path)
{
  CptLogFile *self = g_object_new (CPT_TYPE_LOG_FILE, NULL);
  g_autofree char *dir = g_path_get_dirname (path);

  self->clock = g_object_ref (clock);
  self->path = g_strdup (path);
  if (g_mkdir_with_parents (dir, 0700) != 0 || !open_file (self))
    g_message ("The log %s cannot be written: %s", path, g_strerror (errno));
  return self;
}

/* --- Files --- */

/* (transfer full): the path of the nth file, 0 for the newest. */
static char *
nth_path (CptLogFile *self, guint n)
{
  return n == 0 ? g_strdup (self->path) : g_strdup_printf ("%s.%u", self->path, n);
}

/* Each file takes the next one's name; the oldest is gone. */
static void
begin_new_file (CptLogFile *self)
{
  close_file (self);
  for (guint n = CPT_LOG_FILES - 1; n > 0; n--)
    {
      g_autofree char *from = nth_path (self, n - 1);
      g_autofree char *to = nth_path (self, n);

      g_rename (from, to);
    }
  open_file (self);
}

static gboolean
has_room (CptLogFile *self, gsize length)
{
  struct stat info = { 0 };

  return fstat (self->fd, &info) != 0 || info.st_size + (goffset)length <= CPT_LOG_FILE_SIZE;
}

/* --- Lines --- */

static const char *
level_word (GLogLevelFlags level)
{
  if (level & G_LOG_LEVEL_ERROR)
    return "error";
  if (level & G_LOG_LEVEL_CRITICAL)
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  return level & G_LOG_LEVEL_MESSAGE ? "message" : "info";
}

/* What comes from outside must not look like a line of ours. */
static char *
make_line (CptLogFile *self, GLogLevelFlags level, const char *domain, const char *message)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *now = cpt_time_to_string (cpt_clock_now (self->clock), zone);
  g_autofree char *text = g_strndup (message, LONGEST);

  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_strdup_printf ("%s %s %s: %s\n", now, level_word (level), domain, text);
}

/**
 * cpt_log_file_write:
 *
 * One line with the time. Any thread.
 */
void
cpt_log_file_write (CptLogFile *self, GLogLevelFlags level, const char *domain, const char *message)
{
  g_autofree char *line = make_line (self, level, domain, message);
  gsize length = strlen (line);
  gssize written = 0;

  g_mutex_lock (&self->lock);
  if (self->fd >= 0 && !has_room (self, length))
    begin_new_file (self);
  /* There is nowhere to tell that the log cannot be written. */
  if (self->fd >= 0)
    written = write (self->fd, line, length);
  (void)written;
  g_mutex_unlock (&self->lock);
}

/* --- What the process says --- */

static const char *
find_field (const GLogField *fields, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, name) && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

/* The libraries' small talk is theirs. */
static gboolean
is_kept (GLogLevelFlags level, const char *domain)
{
  if (level & G_LOG_LEVEL_DEBUG)
    return FALSE;
  return (level & G_LOG_LEVEL_INFO) == 0 || g_str_has_prefix (domain, "cpt-") ||
         g_str_equal (domain, "comptoir");
}

static GLogWriterOutput
writer_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  CptLogFile *self = data;
  const char *domain = find_field (fields, n, "GLIB_DOMAIN");
  const char *message = find_field (fields, n, "MESSAGE");

  if (domain == NULL)
    domain = "-";
  if (message != NULL && is_kept (level, domain))
    cpt_log_file_write (self, level, domain, message);
  return g_log_writer_default (level, fields, n, NULL);
}

/**
 * cpt_log_file_install:
 *
 * Whatever this process says through GLib's log from now on to its end is kept, and still goes
 * where it went before.
 */
void
cpt_log_file_install (CptLogFile *self)
{
  g_log_set_writer_func (writer_cb, g_object_ref (self), NULL);
}
