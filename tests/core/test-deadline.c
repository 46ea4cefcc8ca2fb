/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long each platform waits, on this PC's clock. */
#include "cpt-deadline.h"

#define CREATED (G_GINT64_CONSTANT (20000) * CPT_DAY)

static void
test_defaults (void)
{
  static const struct
  {
    const char *source;
    int minutes;
  } cases[] = {
    { "Deliveroo", 3 },
    { "DELIVEROO UK", 3 },
    { "My deliveroo bridge", 3 },
    { "Just Eat", 3 },
    { "just-eat", 3 },
    { "JET Connect", 3 },
    { "Just Eat Takeaway", 3 },
    { "Uber Eats", 10 },
    { "UberEats", 10 },
    { "Website", 5 },
    { "", 5 },
    { NULL, 5 },
    { "JustEat", 5 },
  };
  g_autoptr (CptDeadlineTable) table = cpt_deadline_table_new_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpt_deadline_table_minutes (table, cases[i].source), ==, cases[i].minutes);
}

static void
test_edited (void)
{
  g_autoptr (CptDeadlineTable) table = cpt_deadline_table_new ();

  g_assert_cmpint (cpt_deadline_table_minutes (table, "Deliveroo"), ==, 5);
  table->default_minutes = 8;
  cpt_deadline_table_add (table, "", 1);
  cpt_deadline_table_add (table, "Crêpes", 4);
  cpt_deadline_table_add (table, "crêpes express", 2);
  g_assert_cmpint (cpt_deadline_table_minutes (table, "Deliveroo"), ==, 8);
  g_assert_cmpint (cpt_deadline_table_minutes (table, "CRÊPES EXPRESS"), ==, 4);
}

static void
test_at (void)
{
  g_autoptr (CptDeadlineTable) table = cpt_deadline_table_new_default ();

  g_assert_cmpint (cpt_deadline_at (table, "Uber", CREATED, 0), ==, CREATED + 10 * CPT_MINUTE);
  /* This PC is 40 s slow: its clock shows less when the deadline comes. */
  g_assert_cmpint (cpt_deadline_at (table, "Deliveroo", CREATED, 40 * CPT_SECOND), ==,
                   CREATED + 3 * CPT_MINUTE - 40 * CPT_SECOND);
  g_assert_cmpint (cpt_deadline_start (CREATED, 40 * CPT_SECOND), ==, CREATED - 40 * CPT_SECOND);
  g_assert_cmpint (cpt_deadline_at (table, "Deliveroo", CPT_TIME_NONE, 40), ==, CPT_TIME_NONE);
  g_assert_cmpint (cpt_deadline_start (CPT_TIME_NONE, 40), ==, CPT_TIME_NONE);
}

static void
test_state (void)
{
  static const struct
  {
    CptTime minutes, after;
    CptDeadlineState state;
  } cases[] = {
    { 10, -CPT_MINUTE, CPT_DEADLINE_CALM },
    { 10, 0, CPT_DEADLINE_CALM },
    { 10, 5 * CPT_MINUTE - 1, CPT_DEADLINE_CALM },
    { 10, 5 * CPT_MINUTE, CPT_DEADLINE_AMBER },
    { 10, 9 * CPT_MINUTE - 1, CPT_DEADLINE_AMBER },
    { 10, 9 * CPT_MINUTE, CPT_DEADLINE_RED },
    { 10, 10 * CPT_MINUTE - 1, CPT_DEADLINE_RED },
    { 10, 10 * CPT_MINUTE, CPT_DEADLINE_OVER },
    { 10, CPT_DAY, CPT_DEADLINE_OVER },
    { 3, 90 * CPT_SECOND - 1, CPT_DEADLINE_CALM },
    { 3, 90 * CPT_SECOND, CPT_DEADLINE_AMBER },
    { 3, 120 * CPT_SECOND, CPT_DEADLINE_RED },
    { 1, 0, CPT_DEADLINE_RED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpt_deadline_state (CREATED, CREATED + cases[i].minutes * CPT_MINUTE,
                                         CREATED + cases[i].after),
                     ==, cases[i].state);
  g_assert_cmpint (cpt_deadline_state (CREATED, CPT_TIME_NONE, CREATED), ==, CPT_DEADLINE_CALM);
  g_assert_cmpint (cpt_deadline_state (CPT_TIME_NONE, CREATED, CREATED - 2 * CPT_MINUTE), ==,
                   CPT_DEADLINE_CALM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/deadline/defaults", test_defaults);
  g_test_add_func ("/core/deadline/edited", test_edited);
  g_test_add_func ("/core/deadline/at", test_at);
  g_test_add_func ("/core/deadline/state", test_state);

  return g_test_run ();
}
