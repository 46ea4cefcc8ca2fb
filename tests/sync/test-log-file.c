/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own log: what is kept, how it looks, and how much of it. Main thread only. */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "cpt-log-file.h"
#include "cpt-test-clock.h"
#include "cpt-test-till.h"

#define NOON 1768474923000 /* 2026-01-15T11:02:03Z */

typedef struct
{
  CptTestClock *clock;
  CptLogFile *log;
  char *dir, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  cpt_test_shop_hold_directories ();
  fixture->clock = cpt_test_clock_new (NOON);
  fixture->dir = g_dir_make_tmp ("cpt-log-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "comptoir", "shop.log", NULL);
  fixture->log = cpt_log_file_new (CPT_CLOCK (fixture->clock), fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->log);
  g_assert_finalize_object (fixture->clock);
  cpt_test_remove_directory (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static char *
read_file (Fixture *fixture, const char *end)
{
  g_autofree char *path = g_strconcat (fixture->path, end, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  GStatBuf info = { 0 };

  cpt_log_file_write (fixture->log, G_LOG_LEVEL_WARNING, "Gtk", "Élan\nfalse line\r\n");
  cpt_test_clock_advance (fixture->clock, 1000);
  cpt_log_file_write (fixture->log, G_LOG_LEVEL_INFO, "cpt-sync", "Connected");
  text = read_file (fixture, "");
  g_assert_cmpstr (text, ==,
                   "2026-01-15T11:02:03+00:00 warning Gtk: Élan false line  \n"
                   "2026-01-15T11:02:04+00:00 info cpt-sync: Connected\n");
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
write_number (Fixture *fixture, guint n)
{
  g_autofree char *rest = g_strnfill (10000, '.');
  g_autofree char *text = g_strdup_printf ("n%u %s", n, rest);

  cpt_log_file_write (fixture->log, G_LOG_LEVEL_MESSAGE, "cpt-test", text);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The number in the first line of @text, and whether the lines count up from there. */
static guint
first_number (const char *text, guint *last)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint first = 0;

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      *last = (guint)g_ascii_strtoull (strstr (lines[i], ": n") + 3, NULL, 10);
      first = i == 0 ? *last : first;
      g_assert_cmpuint (*last, ==, first + i);
    }
  return first;
}

/* Seven megabytes: the newest five stay, without a gap. */
static void
test_rotated (Fixture *fixture, gconstpointer data)
{
  static const char *const ends[] = { "", ".1", ".2", ".3", ".4" };
  guint expected = 700;

  for (guint i = 1; i <= 700; i++)
    write_number (fixture, i);
  g_assert_cmpuint (count_files (fixture), ==, G_N_ELEMENTS (ends));
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = read_file (fixture, ends[i]);
      guint last = 0;
      guint first = first_number (text, &last);

      g_assert_cmpuint (strlen (text), <=, 1024 * 1024);
      g_assert_cmpuint (last, ==, expected);
      expected = first - 1;
    }
  g_assert_cmpuint (expected, >, 0);
}

/* The next start goes on where this one was. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  cpt_log_file_write (fixture->log, G_LOG_LEVEL_MESSAGE, "cpt-test", "before");
  g_assert_finalize_object (fixture->log);
  fixture->log = cpt_log_file_new (CPT_CLOCK (fixture->clock), fixture->path);
  cpt_log_file_write (fixture->log, G_LOG_LEVEL_MESSAGE, "cpt-test", "after");
  text = read_file (fixture, "");
  g_assert_nonnull (strstr (text, "before\n2026"));
  g_assert_nonnull (strstr (text, "after\n"));
}

/* No place for it: said once, and nothing else is the worse for it. */
static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below", "a-file.log", NULL);
  g_autoptr (CptLogFile) log = NULL;

  g_test_expect_message ("cpt-sync", G_LOG_LEVEL_MESSAGE, "The log * cannot be written: *");
  log = cpt_log_file_new (CPT_CLOCK (fixture->clock), path);
  g_test_assert_expected_messages ();
  cpt_log_file_write (log, G_LOG_LEVEL_MESSAGE, "cpt-test", "lost");
}

/* A message too long for a file is cut. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *message = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *text = NULL;

  cpt_log_file_write (fixture->log, G_LOG_LEVEL_MESSAGE, "cpt-test", message);
  text = read_file (fixture, "");
  g_assert_cmpuint (strlen (text), <, 20 * 1024);
}

static void
test_installed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr (CptLogFile) log =
          cpt_log_file_new (CPT_CLOCK (fixture->clock), g_getenv ("CPT_TEST_LOG"));

      cpt_log_file_install (log);
      g_info ("kept");
      g_debug ("not kept");
      g_log ("GLib-GIO", G_LOG_LEVEL_INFO, "small talk");
      g_log ("Gtk", G_LOG_LEVEL_MESSAGE, "of a library");
      exit (0);
    }
  g_setenv ("CPT_TEST_LOG", fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*of a library*");
  text = read_file (fixture, "");
  g_assert_cmpstr (text, ==,
                   "2026-01-15T11:02:03+00:00 info cpt-test: kept\n"
                   "2026-01-15T11:02:03+00:00 message Gtk: of a library\n");
}

#define ADD(name, func) g_test_add ("/sync/log-file/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  ADD ("lines", test_lines);
  ADD ("rotated", test_rotated);
  ADD ("goes-on", test_goes_on);
  ADD ("no-place", test_no_place);
  ADD ("long", test_long);
  ADD ("installed", test_installed);
  return g_test_run ();
}
