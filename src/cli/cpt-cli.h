/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: `comptoir orders`, `comptoir stock set REF QUANTITY` and the like. Works with
 * no display and no message bus. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a command ends with: scripts rely on it. */
typedef enum
{
  CPT_CLI_DONE = 0,
  CPT_CLI_REFUSED = 1,
  CPT_CLI_USAGE = 2,
  CPT_CLI_LOCKED = 3,
  CPT_CLI_NOT_CONNECTED = 4,
  CPT_CLI_STORED = 5, /* will be sent later */
} CptCliExit;

gboolean cpt_cli_is_command (int argc, char **argv);
int cpt_cli_main (int argc, char **argv);
char *cpt_cli_list_commands (void);

G_END_DECLS
