/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir-sandbox: runs the demo shop until its parent ends. Main loop only. */
#include "cpt-sandbox.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

static int port;
static gboolean strict, lenient, orders, exit_with_stdin;
static int orders_every = 25;
static int parent_pid;

static const GOptionEntry options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port on 127.0.0.1; 0: a free one", "N" },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &strict, "Refuse what is outside the contract (default)",
    NULL },
  { "lenient", 0, 0, G_OPTION_ARG_NONE, &lenient, "Ignore what is outside the contract", NULL },
  { "orders", 0, 0, G_OPTION_ARG_NONE, &orders, "Let orders arrive by themselves", NULL },
  { "orders-every", 0, 0, G_OPTION_ARG_INT, &orders_every, "Seconds between two orders", "N" },
  { "parent-pid", 0, 0, G_OPTION_ARG_INT, &parent_pid, "End when this parent process ends", "PID" },
  { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &exit_with_stdin, "End when standard input does",
    NULL },
  { NULL },
};

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
stdin_cb (GObject *stream, gpointer data)
{
  char bytes[256];

  if (read (STDIN_FILENO, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  return quit_cb (data);
}

static void
watch_stdin (GMainLoop *loop)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source =
      g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (stdin_cb), loop, NULL);
  g_source_attach (source, NULL);
}

/* FALSE: the parent is gone already. */
static gboolean
follow_parent (void)
{
  if (!parent_pid)
    return TRUE;
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  return getppid () == parent_pid;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (CptSandbox) sandbox = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  sandbox = cpt_sandbox_new (!lenient);
  if (port < 0 || port > 65535 || !cpt_sandbox_listen (sandbox, (guint)port, &error))
    {
      g_printerr ("%s\n", error ? error->message : "No such port");
      return 2;
    }
  if (!follow_parent ())
    return 0;
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  if (exit_with_stdin)
    watch_stdin (loop);
  if (orders)
    cpt_sandbox_start_orders (sandbox, (guint)MAX (1, orders_every));
  line = cpt_sandbox_describe (sandbox);
  g_print ("%s\n", line);
  fflush (stdout);
  g_main_loop_run (loop);
  return 0;
}
