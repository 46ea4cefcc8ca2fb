/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the demo shop as a program of its own beside this one. Main thread only. */
#include "cpt-try-demo.h"

#include <gio/gio.h>

/**
 * cpt_try_demo:
 * @error: why it could not be started
 *
 * The demo has its own application id and data, so that it breaks nothing of the shop's. A second
 * call raises the window of the first.
 *
 * Returns: whether it was started
 */
gboolean
cpt_try_demo (GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  char *argv[] = { program, (char *)"--demo", NULL };

  return program != NULL &&
         g_spawn_async (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, error);
}
