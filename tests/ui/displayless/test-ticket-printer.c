/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When tickets print by themselves. */
#include "cpt-double-engine.h"
#include "cpt-test-clock.h"
#include "cpt-ticket-printer.h"

#define NOW (G_GINT64_CONSTANT (1795284120000))

static void
cancel (CptEngine *engine, CptTestClock *clock, gint64 key)
{
  CptOrderRow *row = cpt_double_row_new (key, "4821", "Deliveroo", CPT_ORDER_CANCELLED, NOW);

  row->send = CPT_SEND_HELD;
  row->held_until = cpt_clock_now (CPT_CLOCK (clock)) + 5 * CPT_SECOND;
  cpt_double_engine_put (engine, row, NULL);
  cpt_test_clock_advance (clock, 0);
}

/* Without a network nothing tells that a cancellation cannot be undone any more: of two within
 * five seconds both are printed. */
static void
test_two_cancellations (void)
{
  CptTestClock *clock = cpt_test_clock_new (NOW);
  CptEngine *engine = cpt_double_engine_new (CPT_CLOCK (clock));
  CptTicketPrinter *printer = cpt_ticket_printer_new (engine);

  cpt_ticket_printer_start (printer);
  cpt_test_clock_advance (clock, 0);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 1);
  cancel (engine, clock, 1);
  cpt_test_clock_advance (clock, 3 * CPT_SECOND);
  cancel (engine, clock, 2);
  cpt_test_clock_advance (clock, 2 * CPT_SECOND);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 1);
  cpt_test_clock_advance (clock, 1);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 2);
  cpt_test_clock_advance (clock, 2999);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 2);
  cpt_test_clock_advance (clock, 1);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 3);
  cpt_test_clock_advance (clock, CPT_MINUTE);
  g_assert_cmpuint (cpt_double_engine_count_claims (engine), ==, 3);
  g_assert_finalize_object (printer);
  g_assert_finalize_object (engine);
  g_object_unref (clock);
}

static void
count_idle_cb (CptTicketPrinter *printer, guint *n)
{
  (*n)++;
}

/* From the press on, until what was pressed is with its printer or cannot be: so long a quit
 * waits. */
static void
test_busy (void)
{
  CptTestClock *clock = cpt_test_clock_new (NOW);
  CptEngine *engine = cpt_double_engine_new (CPT_CLOCK (clock));
  CptTicketPrinter *printer = cpt_ticket_printer_new (engine);
  guint idle = 0;

  g_signal_connect (printer, "idle", G_CALLBACK (count_idle_cb), &idle);
  g_assert_false (cpt_ticket_printer_is_busy (printer));
  cpt_double_engine_fail_next (engine, "The database is busy");
  cpt_ticket_printer_print (printer, 7, CPT_TICKET_KITCHEN);
  g_assert_true (cpt_ticket_printer_is_busy (printer));
  g_assert_cmpuint (idle, ==, 0);
  cpt_test_clock_advance (clock, 0);
  g_assert_cmpuint (cpt_ticket_printer_count_failed (printer), ==, 1);
  g_assert_false (cpt_ticket_printer_is_busy (printer));
  g_assert_cmpuint (idle, ==, 1);

  /* What prints by itself is counted on disk as it is asked for. */
  cpt_double_engine_hold_answers (engine, TRUE);
  cpt_ticket_printer_start (printer);
  cpt_test_clock_advance (clock, CPT_SECOND);
  g_assert_true (cpt_ticket_printer_is_busy (printer));
  cpt_double_engine_hold_answers (engine, FALSE);
  cpt_test_clock_advance (clock, 0);
  g_assert_false (cpt_ticket_printer_is_busy (printer));
  g_assert_cmpuint (idle, ==, 2);
  g_assert_finalize_object (printer);
  g_assert_finalize_object (engine);
  g_object_unref (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/ticket-printer/two-cancellations", test_two_cancellations);
  g_test_add_func ("/ui/ticket-printer/busy", test_busy);
  return g_test_run ();
}
