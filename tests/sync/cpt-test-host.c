/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till in another process. Main thread only. */
#include "cpt-test-host.h"

#include <gio/gio.h>

CptTestHost *
cpt_test_host_new (CptTestShop *shop, const char *dir)
{
  CptTestHost *self = g_new0 (CptTestHost, 1);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "sync", "cpt-engine-host", NULL);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, program, dir, shop->line, NULL);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  cpt_test_host_expect (self, "open");
  return self;
}

static void
send_line (CptTestHost *self, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL,
                             NULL, &error);
  g_assert_no_error (error);
}

void
cpt_test_host_send (CptTestHost *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  send_line (self, format, args);
  va_end (args);
}

/* What else the process prints is not for us. */
char *
cpt_test_host_read (CptTestHost *self)
{
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, NULL);

      if (line == NULL)
        g_error ("The till in the other process ended");
      if (*line == '@')
        return g_strdup (line + 1);
    }
}

void
cpt_test_host_expect (CptTestHost *self, const char *expected)
{
  g_autofree char *line = cpt_test_host_read (self);

  g_assert_cmpstr (line, ==, expected);
}

void
cpt_test_host_do (CptTestHost *self, const char *expected, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  send_line (self, format, args);
  va_end (args);
  cpt_test_host_expect (self, expected);
}

static void
end (CptTestHost *self)
{
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->lines);
  g_object_unref (self->process);
  g_free (self);
}

void
cpt_test_host_kill (CptTestHost *self)
{
  g_subprocess_force_exit (self->process);
  end (self);
}

void
cpt_test_host_quit (CptTestHost *self)
{
  cpt_test_host_do (self, "closed", "quit");
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  end (self);
}
