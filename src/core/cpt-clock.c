/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to the time. Main thread only. */
#include "cpt-clock.h"

G_DEFINE_INTERFACE (CptClock, cpt_clock, G_TYPE_OBJECT)

static void
cpt_clock_default_init (CptClockInterface *iface)
{
}

/**
 * cpt_clock_now:
 *
 * Returns: the wall clock: it can jump, in both directions
 */
CptTime
cpt_clock_now (CptClock *self)
{
  g_return_val_if_fail (CPT_IS_CLOCK (self), CPT_TIME_NONE);

  return CPT_CLOCK_GET_IFACE (self)->now (self);
}

/**
 * cpt_clock_monotonic:
 *
 * Returns: milliseconds since an arbitrary moment, never going back: for durations and time-outs
 */
gint64
cpt_clock_monotonic (CptClock *self)
{
  g_return_val_if_fail (CPT_IS_CLOCK (self), 0);

  return CPT_CLOCK_GET_IFACE (self)->monotonic (self);
}

/**
 * cpt_clock_add_timer:
 * @delay_ms: milliseconds from now on the monotonic clock; less than 0 counts as 0
 * @func: called once on the main thread: whatever it returns, the timer is gone
 * @destroy: (nullable): called once for @data, after @func or when the timer is removed
 *
 * Returns: the timer's id, never 0
 */
guint
cpt_clock_add_timer (CptClock *self,
                     gint64 delay_ms,
                     GSourceFunc func,
                     gpointer data,
                     GDestroyNotify destroy)
{
  g_return_val_if_fail (CPT_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return CPT_CLOCK_GET_IFACE (self)->add_timer (self, MAX (delay_ms, 0), func, data, destroy);
}

/**
 * cpt_clock_remove_timer:
 * @id: a timer that has not fired: set your own copy to 0 first thing in its function
 */
void
cpt_clock_remove_timer (CptClock *self, guint id)
{
  g_return_if_fail (CPT_IS_CLOCK (self));
  g_return_if_fail (id != 0);

  CPT_CLOCK_GET_IFACE (self)->remove_timer (self, id);
}

/**
 * cpt_clock_clear_timer:
 * @id: (inout): a timer's id or 0; 0 afterwards
 */
void
cpt_clock_clear_timer (CptClock *self, guint *id)
{
  guint old = *id;

  *id = 0;
  if (old != 0)
    cpt_clock_remove_timer (self, old);
}
