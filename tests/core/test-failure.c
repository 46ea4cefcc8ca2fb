/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each status of an answer means for the work behind it. */
#include "cpt-failure.h"

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    CptOutcome outcome;
  } cases[] = {
    { 0, CPT_OUTCOME_UNKNOWN }, { 200, CPT_OUTCOME_DONE },          { 201, CPT_OUTCOME_DONE },
    { 204, CPT_OUTCOME_DONE },  { 304, CPT_OUTCOME_DONE },          { 300, CPT_OUTCOME_LATER },
    { 301, CPT_OUTCOME_LATER }, { 302, CPT_OUTCOME_LATER },         { 307, CPT_OUTCOME_LATER },
    { 308, CPT_OUTCOME_LATER }, { 400, CPT_OUTCOME_NEVER },         { 401, CPT_OUTCOME_STOP },
    { 402, CPT_OUTCOME_NEVER }, { 403, CPT_OUTCOME_NEVER },         { 404, CPT_OUTCOME_NEVER },
    { 405, CPT_OUTCOME_NEVER }, { 408, CPT_OUTCOME_LATER },         { 409, CPT_OUTCOME_LATER },
    { 410, CPT_OUTCOME_NEVER }, { 415, CPT_OUTCOME_NEVER },         { 422, CPT_OUTCOME_NEVER },
    { 429, CPT_OUTCOME_LATER }, { 499, CPT_OUTCOME_NEVER },         { 500, CPT_OUTCOME_LATER },
    { 502, CPT_OUTCOME_LATER }, { 503, CPT_OUTCOME_LATER },         { 504, CPT_OUTCOME_LATER },
    { 599, CPT_OUTCOME_LATER }, { 100, CPT_OUTCOME_UNKNOWN },       { 600, CPT_OUTCOME_UNKNOWN },
    { 1, CPT_OUTCOME_UNKNOWN }, { G_MAXUINT, CPT_OUTCOME_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", cases[i].status);
      g_assert_cmpint (cpt_outcome_of_status (cases[i].status), ==, cases[i].outcome);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/failure/statuses", test_statuses);

  return g_test_run ();
}
