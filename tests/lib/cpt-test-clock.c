/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The false clock: time stands still until a test moves it. Main thread only. */
#include "cpt-test-clock.h"

/* More timers than any test means to fire: something arms itself again and again. */
#define RUNAWAY 1000000

typedef struct
{
  guint id;
  gint64 due; /* on the monotonic clock */
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy; /* (nullable) */
} Timer;

struct _CptTestClock
{
  GObject parent_instance;

  CptTime now;
  gint64 monotonic;
  GQueue timers; /* (element-type Timer) (owned) the next one first, equal ones as added */
  guint last_id;
};

static void cpt_test_clock_iface_init (CptClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CptTestClock,
                               cpt_test_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CPT_TYPE_CLOCK, cpt_test_clock_iface_init))

static void
timer_free (gpointer data)
{
  Timer *timer = data;

  if (timer->destroy != NULL)
    timer->destroy (timer->data);
  g_free (timer);
}

static int
timer_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Timer *x = a, *y = b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return x->id < y->id ? -1 : 1;
}

static CptTime
cpt_test_clock_now (CptClock *clock)
{
  return CPT_TEST_CLOCK (clock)->now;
}

static gint64
cpt_test_clock_monotonic (CptClock *clock)
{
  return CPT_TEST_CLOCK (clock)->monotonic;
}

static guint
cpt_test_clock_add_timer (CptClock *clock,
                          gint64 delay_ms,
                          GSourceFunc func,
                          gpointer data,
                          GDestroyNotify destroy)
{
  CptTestClock *self = CPT_TEST_CLOCK (clock);
  Timer *timer = g_new0 (Timer, 1);

  timer->id = ++self->last_id;
  timer->due = self->monotonic + delay_ms;
  timer->func = func;
  timer->data = data;
  timer->destroy = destroy;
  g_queue_insert_sorted (&self->timers, timer, timer_compare, NULL);
  return timer->id;
}

/* Like GLib's sources: removing one that is not there is a mistake of the caller. */
static void
cpt_test_clock_remove_timer (CptClock *clock, guint id)
{
  CptTestClock *self = CPT_TEST_CLOCK (clock);

  for (GList *link = self->timers.head; link != NULL; link = link->next)
    {
      Timer *timer = link->data;

      if (timer->id != id)
        continue;
      g_queue_delete_link (&self->timers, link);
      timer_free (timer);
      return;
    }
  g_critical ("Timer %u has fired or was removed before", id);
}

static void
cpt_test_clock_iface_init (CptClockInterface *iface)
{
  iface->now = cpt_test_clock_now;
  iface->monotonic = cpt_test_clock_monotonic;
  iface->add_timer = cpt_test_clock_add_timer;
  iface->remove_timer = cpt_test_clock_remove_timer;
}

static void
cpt_test_clock_finalize (GObject *object)
{
  CptTestClock *self = CPT_TEST_CLOCK (object);

  g_queue_clear_full (&self->timers, timer_free);
  G_OBJECT_CLASS (cpt_test_clock_parent_class)->finalize (object);
}

static void
cpt_test_clock_class_init (CptTestClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_test_clock_finalize;
}

static void
cpt_test_clock_init (CptTestClock *self)
{
  g_queue_init (&self->timers);
}

/**
 * cpt_test_clock_new:
 * @start: what the wall clock shows
 *
 * Returns: (transfer full): a clock that stands still
 */
CptTestClock *
cpt_test_clock_new (CptTime start)
{
  CptTestClock *self = g_object_new (CPT_TYPE_TEST_CLOCK, NULL);

  self->now = start;
  return self;
}

static void
move_to (CptTestClock *self, gint64 monotonic)
{
  self->now += monotonic - self->monotonic;
  self->monotonic = monotonic;
}

static void
dispatch_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
fire_next (CptTestClock *self, gint64 target)
{
  Timer *timer = g_queue_peek_head (&self->timers);

  if (timer == NULL || timer->due > target)
    return FALSE;
  g_queue_pop_head (&self->timers);
  move_to (self, MAX (timer->due, self->monotonic));
  timer->func (timer->data);
  timer_free (timer);
  return TRUE;
}

/**
 * cpt_test_clock_advance:
 * @ms: how far to move, 0 for what is due now
 *
 * Fires what becomes due, in order, each at its own time, also what those arm themselves; work
 * ready on the main context runs before, between and after. Answers of other threads and of the
 * network are not waited for: that is cpt_test_wait_until().
 */
void
cpt_test_clock_advance (CptTestClock *self, gint64 ms)
{
  g_autoptr (CptTestClock) alive = g_object_ref (self);
  gint64 target = self->monotonic + ms;
  guint fired = 0;

  g_return_if_fail (ms >= 0);

  do
    {
      dispatch_pending ();
      if (++fired > RUNAWAY)
        g_error ("%u timers fired in one move of the clock", fired);
    }
  while (fire_next (self, target));

  /* A callback may have moved the clock itself. */
  move_to (self, MAX (target, self->monotonic));
}

/**
 * cpt_test_clock_set_now:
 *
 * The wall clock jumps, as when a PC's clock is set; timers and the monotonic clock stay.
 */
void
cpt_test_clock_set_now (CptTestClock *self, CptTime now)
{
  self->now = now;
}

/**
 * cpt_test_clock_count_timers:
 *
 * Returns: how many timers are armed
 */
guint
cpt_test_clock_count_timers (CptTestClock *self)
{
  return self->timers.length;
}

/**
 * cpt_test_clock_next_due:
 *
 * Returns: milliseconds until the next timer, −1 when none is armed
 */
gint64
cpt_test_clock_next_due (CptTestClock *self)
{
  const Timer *timer = g_queue_peek_head (&self->timers);

  return timer != NULL ? MAX (timer->due - self->monotonic, 0) : -1;
}
