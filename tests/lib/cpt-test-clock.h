/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The false clock: a day of timers in a second. Main thread only. */
#pragma once

#include "cpt-clock.h"

G_BEGIN_DECLS

#define CPT_TYPE_TEST_CLOCK (cpt_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (CptTestClock, cpt_test_clock, CPT, TEST_CLOCK, GObject)

CptTestClock *cpt_test_clock_new (CptTime start);
void cpt_test_clock_advance (CptTestClock *self, gint64 ms);
void cpt_test_clock_set_now (CptTestClock *self, CptTime now);
guint cpt_test_clock_count_timers (CptTestClock *self);
gint64 cpt_test_clock_next_due (CptTestClock *self);

G_END_DECLS
