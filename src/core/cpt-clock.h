/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to the time: handed in, so that a test can run a day in a second.
 * Main thread only. */
#pragma once

#include <glib-object.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

#define CPT_TYPE_CLOCK (cpt_clock_get_type ())
G_DECLARE_INTERFACE (CptClock, cpt_clock, CPT, CLOCK, GObject)

struct _CptClockInterface
{
  GTypeInterface parent_iface;

  CptTime (*now) (CptClock *self);
  gint64 (*monotonic) (CptClock *self);
  guint (*add_timer) (CptClock *self,
                      gint64 delay_ms,
                      GSourceFunc func,
                      gpointer data,
                      GDestroyNotify destroy);
  void (*remove_timer) (CptClock *self, guint id);
};

CptTime cpt_clock_now (CptClock *self);
gint64 cpt_clock_monotonic (CptClock *self);
guint cpt_clock_add_timer (CptClock *self,
                           gint64 delay_ms,
                           GSourceFunc func,
                           gpointer data,
                           GDestroyNotify destroy);
void cpt_clock_remove_timer (CptClock *self, guint id);
void cpt_clock_clear_timer (CptClock *self, guint *id);

G_END_DECLS
