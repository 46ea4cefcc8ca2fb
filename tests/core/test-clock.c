/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock's contract, held against the false clock every other test relies on. */
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"

#define START (1000 * CPT_DAY)

typedef struct
{
  CptClock *clock;
  GString *log;
  guint timer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = CPT_CLOCK (cpt_test_clock_new (START));
  f->log = g_string_new (NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->clock);
  g_string_free (f->log, TRUE);
}

static gboolean
log_time_cb (gpointer data)
{
  Fixture *f = data;

  g_string_append_printf (f->log, "%d/%d ", (int)(cpt_clock_now (f->clock) - START),
                          (int)cpt_clock_monotonic (f->clock));
  return G_SOURCE_CONTINUE;
}

static gboolean
rearm_cb (gpointer data)
{
  Fixture *f = data;

  log_time_cb (f);
  f->timer = cpt_clock_add_timer (f->clock, 10, rearm_cb, f, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
idle_cb (gpointer data)
{
  Fixture *f = data;

  g_string_append (f->log, "idle ");
  return G_SOURCE_REMOVE;
}

static gboolean
add_idle_cb (gpointer data)
{
  g_idle_add (idle_cb, data);
  return G_SOURCE_REMOVE;
}

static void
log_destroy (gpointer data)
{
  Fixture *f = data;

  g_string_append (f->log, "gone ");
}

static void
test_order (Fixture *f, gconstpointer data)
{
  cpt_clock_add_timer (f->clock, 30, log_time_cb, f, NULL);
  cpt_clock_add_timer (f->clock, 10, log_time_cb, f, NULL);
  cpt_clock_add_timer (f->clock, 51, log_time_cb, f, NULL);
  cpt_clock_add_timer (f->clock, -5, log_time_cb, f, NULL);

  g_assert_cmpint (cpt_test_clock_next_due (CPT_TEST_CLOCK (f->clock)), ==, 0);
  g_assert_cmpstr (f->log->str, ==, "");
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 50);
  g_assert_cmpstr (f->log->str, ==, "0/0 10/10 30/30 ");
  g_assert_cmpint (cpt_clock_now (f->clock), ==, START + 50);
  g_assert_cmpuint (cpt_test_clock_count_timers (CPT_TEST_CLOCK (f->clock)), ==, 1);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 1);
  g_assert_cmpstr (f->log->str, ==, "0/0 10/10 30/30 51/51 ");
}

static void
test_rearm (Fixture *f, gconstpointer data)
{
  cpt_clock_add_timer (f->clock, 10, rearm_cb, f, NULL);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 30);

  g_assert_cmpstr (f->log->str, ==, "10/10 20/20 30/30 ");
  cpt_clock_clear_timer (f->clock, &f->timer);
  g_assert_cmpuint (f->timer, ==, 0);
  cpt_clock_clear_timer (f->clock, &f->timer);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 100);
  g_assert_cmpstr (f->log->str, ==, "10/10 20/20 30/30 ");
}

static void
test_main_context_between (Fixture *f, gconstpointer data)
{
  cpt_clock_add_timer (f->clock, 10, add_idle_cb, f, NULL);
  cpt_clock_add_timer (f->clock, 20, log_time_cb, f, NULL);
  g_idle_add (idle_cb, f);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 20);

  g_assert_cmpstr (f->log->str, ==, "idle idle 20/20 ");
}

static void
test_destroy (Fixture *f, gconstpointer data)
{
  guint id = cpt_clock_add_timer (f->clock, 10, log_time_cb, f, log_destroy);

  cpt_clock_remove_timer (f->clock, id);
  g_assert_cmpstr (f->log->str, ==, "gone ");
  cpt_clock_add_timer (f->clock, 10, log_time_cb, f, log_destroy);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 10);
  g_assert_cmpstr (f->log->str, ==, "gone 10/10 gone ");
}

/* A wall clock that is set does not fire or delay a timer. */
static void
test_wall_clock_jumps (Fixture *f, gconstpointer data)
{
  cpt_clock_add_timer (f->clock, 10, log_time_cb, f, NULL);
  cpt_test_clock_set_now (CPT_TEST_CLOCK (f->clock), START + 500);
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 9);
  g_assert_cmpstr (f->log->str, ==, "");
  cpt_test_clock_advance (CPT_TEST_CLOCK (f->clock), 1);
  g_assert_cmpstr (f->log->str, ==, "510/10 ");
}

static gpointer
set_from_thread (gpointer data)
{
  g_atomic_int_set ((int *)data, 1);
  return NULL;
}

static gboolean
is_set_cb (gpointer data)
{
  return g_atomic_int_get ((int *)data) == 1;
}

static void
test_wait (void)
{
  int flag = 0;
  GThread *thread = g_thread_new ("setter", set_from_thread, &flag);

  cpt_test_wait_until (is_set_cb, &flag, "the other thread");
  CPT_WAIT_UNTIL (g_atomic_int_get (&flag) == 1);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/core/clock/order", test_order);
  ADD ("/core/clock/rearm", test_rearm);
  ADD ("/core/clock/main-context-between", test_main_context_between);
  ADD ("/core/clock/destroy", test_destroy);
  ADD ("/core/clock/wall-clock-jumps", test_wall_clock_jumps);
  g_test_add_func ("/core/clock/wait", test_wait);

  return g_test_run ();
}
