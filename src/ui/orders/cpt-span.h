/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two lists of keys, as spans a list view can follow; pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At @position of the list as it stands when the spans before were applied, @removed keys go and
 * @added ones come, which stand at @source of the new list. */
typedef struct
{
  guint position, removed, added, source;
} CptSpan;

GArray *cpt_span_compare (const gint64 *old_keys, guint n_old, const gint64 *new_keys, guint n_new);

G_END_DECLS
