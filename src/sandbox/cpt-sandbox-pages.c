/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages on which a person allows a program. Main loop only. */
#include "cpt-sandbox-private.h"

/* Answers what is not /token or /revoke under the OAuth root. */
void
cpt_sandbox_oauth_pages (CptSandboxCall *call)
{
  cpt_sandbox_reply_error (call, 404, "No such page", NULL);
}
