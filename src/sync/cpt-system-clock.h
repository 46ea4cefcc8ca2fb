/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real clock: wall time, monotonic time and main-loop timers. Main thread only. */
#pragma once

#include "cpt-clock.h"

G_BEGIN_DECLS

#define CPT_TYPE_SYSTEM_CLOCK (cpt_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (CptSystemClock, cpt_system_clock, CPT, SYSTEM_CLOCK, GObject)

CptClock *cpt_system_clock_new (void);

G_END_DECLS
