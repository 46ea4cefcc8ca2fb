/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pause before the next try: 2, 4, 8 … 60 s, with jitter so that two tills that lost the same
 * network do not come back as one. A plain value, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint failures;
} CptBackoff;

gint64 cpt_backoff_next (CptBackoff *self);
void cpt_backoff_reset (CptBackoff *self);

G_END_DECLS
