/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-backoff.h"

#define FIRST_MS   2000
#define LONGEST_MS 60000

/**
 * cpt_backoff_next:
 *
 * Returns: milliseconds to wait before the next try: between 80 % and 100 % of the step
 */
gint64
cpt_backoff_next (CptBackoff *self)
{
  guint shift = MIN (self->failures, 5);
  gint64 pause = MIN (FIRST_MS << shift, LONGEST_MS);

  self->failures++;
  return pause - g_random_int_range (0, (gint32)(pause / 5) + 1);
}

/**
 * cpt_backoff_reset:
 *
 * A try succeeded: the next pause is the shortest again.
 */
void
cpt_backoff_reset (CptBackoff *self)
{
  self->failures = 0;
}
