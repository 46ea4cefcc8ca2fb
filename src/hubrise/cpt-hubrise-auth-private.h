/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading an answer of the authorisation: for the paste and for the listener. */
#pragma once

#include "cpt-hubrise-auth.h"

G_BEGIN_DECLS

char *cpt_hubrise_auth_refusal_words (const char *reason);
char *cpt_hubrise_auth_read_answer (GHashTable *parameters, const char *state, GError **error);

G_END_DECLS
