/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-system-clock.h"

struct _CptSystemClock
{
  GObject parent_instance;
};

static CptTime
cpt_system_clock_now (CptClock *clock)
{
  return g_get_real_time () / 1000;
}

static gint64
cpt_system_clock_monotonic (CptClock *clock)
{
  return g_get_monotonic_time () / 1000;
}

static guint
cpt_system_clock_add_timer (CptClock *clock,
                            gint64 delay_ms,
                            GSourceFunc func,
                            gpointer data,
                            GDestroyNotify destroy)
{
  guint delay = (guint)CLAMP (delay_ms, 0, G_MAXINT);

  return g_timeout_add_full (G_PRIORITY_DEFAULT, delay, func, data, destroy);
}

static void
cpt_system_clock_remove_timer (CptClock *clock, guint id)
{
  g_source_remove (id);
}

static void
cpt_system_clock_iface_init (CptClockInterface *iface)
{
  iface->now = cpt_system_clock_now;
  iface->monotonic = cpt_system_clock_monotonic;
  iface->add_timer = cpt_system_clock_add_timer;
  iface->remove_timer = cpt_system_clock_remove_timer;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CptSystemClock,
                               cpt_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CPT_TYPE_CLOCK, cpt_system_clock_iface_init))

static void
cpt_system_clock_class_init (CptSystemClockClass *klass)
{
}

static void
cpt_system_clock_init (CptSystemClock *self)
{
}

/**
 * cpt_system_clock_new:
 *
 * Returns: (transfer full): the clock every part of the program is handed outside of tests
 */
CptClock *
cpt_system_clock_new (void)
{
  return g_object_new (CPT_TYPE_SYSTEM_CLOCK, NULL);
}
