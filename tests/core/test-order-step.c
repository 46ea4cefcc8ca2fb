/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of our step when HubRise has moved: the whole table by hand, and who is told
 * "received". */
#include "cpt-order-step.h"

#define NOW (G_GINT64_CONSTANT (20000) * CPT_DAY)

static const CptOrderStatus columns[] = {
  CPT_ORDER_NEW,
  CPT_ORDER_RECEIVED,
  CPT_ORDER_ACCEPTED,
  CPT_ORDER_IN_PREPARATION,
  CPT_ORDER_AWAITING_COLLECTION,
  CPT_ORDER_AWAITING_SHIPMENT,
  CPT_ORDER_IN_DELIVERY,
  CPT_ORDER_COMPLETED,
  CPT_ORDER_REJECTED,
  CPT_ORDER_CANCELLED,
  CPT_ORDER_DELIVERY_FAILED,
  CPT_ORDER_UNKNOWN,
};

/* One letter for each of theirs, in the order of the columns: G ours goes, a already there,
 * H theirs holds, L our rejection comes too late, E done elsewhere.
 *   theirs: new, received, accepted, in_preparation, awaiting_collection, awaiting_shipment,
 *           in_delivery, completed, rejected, cancelled, delivery_failed, a word we do not know */
static const struct
{
  CptOrderStatus ours;
  const char *verdicts;
} table[] = {
  { CPT_ORDER_NEW, "aEEEEEEHHHHG" },
  { CPT_ORDER_RECEIVED, "GaEEEEEHHHHG" },
  { CPT_ORDER_ACCEPTED, "GGaEEEEHHHHG" },
  { CPT_ORDER_IN_PREPARATION, "GGGaEEEHHHHG" },
  { CPT_ORDER_AWAITING_COLLECTION, "GGGGaGEHHHHG" },
  { CPT_ORDER_AWAITING_SHIPMENT, "GGGGGaEHHHHG" },
  { CPT_ORDER_IN_DELIVERY, "GGGGGGaHHHHG" },
  { CPT_ORDER_COMPLETED, "GGGGGGGaHHHG" },
  { CPT_ORDER_REJECTED, "GGLLLLLHaHHG" },
  { CPT_ORDER_CANCELLED, "GGGGGGGHHaHG" },
  { CPT_ORDER_DELIVERY_FAILED, "GGGGGGGHHHaG" },
};

static char
letter (CptVerdict verdict)
{
  switch (verdict)
    {
    case CPT_VERDICT_GO:
      return 'G';
    case CPT_VERDICT_ALREADY:
      return 'a';
    case CPT_VERDICT_THEIRS_HOLD:
      return 'H';
    case CPT_VERDICT_TOO_LATE:
      return 'L';
    case CPT_VERDICT_DONE_ELSEWHERE:
      return 'E';
    default:
      return '?';
    }
}

static void
test_judge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      char verdicts[G_N_ELEMENTS (columns) + 1] = "";

      for (gsize k = 0; k < G_N_ELEMENTS (columns); k++)
        verdicts[k] = letter (cpt_order_step_judge (table[i].ours, columns[k]));
      g_test_message ("%s", cpt_order_status_to_string (table[i].ours));
      g_assert_cmpstr (verdicts, ==, table[i].verdicts);
    }
}

static void
test_needs_received (void)
{
  static const struct
  {
    CptTime created, expected;
    gboolean needs;
  } cases[] = {
    { NOW, CPT_TIME_NONE, TRUE },
    { NOW + CPT_MINUTE, CPT_TIME_NONE, TRUE },
    { NOW - 12 * CPT_HOUR, CPT_TIME_NONE, TRUE },
    { NOW - 12 * CPT_HOUR - 1, CPT_TIME_NONE, FALSE },
    { NOW - 30 * CPT_DAY, CPT_TIME_NONE, FALSE },
    { NOW - 30 * CPT_DAY, NOW + 1, TRUE },
    { NOW - 30 * CPT_DAY, NOW, FALSE },
    { NOW - 30 * CPT_DAY, NOW - CPT_DAY, FALSE },
    { NOW - CPT_HOUR, NOW - 30 * CPT_MINUTE, TRUE },
    { CPT_TIME_NONE, CPT_TIME_NONE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpt_order_step_needs_received (cases[i].created, cases[i].expected, NOW), ==,
                     cases[i].needs);
}

static void
test_new (void)
{
  g_autoptr (CptOrderStep) step = cpt_order_step_new (7, "abc-1", CPT_ORDER_ACCEPTED);

  g_assert_cmpint (step->id, ==, 0);
  g_assert_cmpint (step->order, ==, 7);
  g_assert_cmpstr (step->order_id, ==, "abc-1");
  g_assert_cmpint (step->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (step->state, ==, CPT_STEP_WAITING);
  g_assert_cmpint (step->pressed_at, ==, CPT_TIME_NONE);
  g_assert_cmpint (step->not_before, ==, CPT_TIME_NONE);
}

static void
test_copy (void)
{
  CptOrderStep *step = cpt_order_step_new (7, "abc-1", CPT_ORDER_REJECTED);
  CptOrderStep *boxed = NULL;
  g_autoptr (CptOrderStep) copy = NULL;

  step->id = 3;
  step->confirmed_time = g_strdup ("2026-11-21T19:30:00+01:00");
  step->seller_note = g_strdup ("a note");
  step->rejection_cause = g_strdup ("sold_out");
  step->seller = g_strdup ("Till 2");
  step->automatic = TRUE;
  step->pressed_at = NOW;
  step->not_before = NOW + CPT_STEP_HOLD_MS;
  step->state = CPT_STEP_REFUSED;
  step->reason = g_strdup ("a reason");
  boxed = g_boxed_copy (CPT_TYPE_ORDER_STEP, step);
  g_assert_true (boxed == step);
  copy = cpt_order_step_copy (step);
  cpt_order_step_unref (step);
  g_boxed_free (CPT_TYPE_ORDER_STEP, boxed);

  g_assert_cmpint (copy->id, ==, 3);
  g_assert_cmpint (copy->order, ==, 7);
  g_assert_cmpstr (copy->order_id, ==, "abc-1");
  g_assert_cmpint (copy->status, ==, CPT_ORDER_REJECTED);
  g_assert_cmpstr (copy->confirmed_time, ==, "2026-11-21T19:30:00+01:00");
  g_assert_cmpstr (copy->seller_note, ==, "a note");
  g_assert_cmpstr (copy->rejection_cause, ==, "sold_out");
  g_assert_cmpstr (copy->seller, ==, "Till 2");
  g_assert_true (copy->automatic);
  g_assert_cmpint (copy->pressed_at, ==, NOW);
  g_assert_cmpint (copy->not_before, ==, NOW + 5000);
  g_assert_cmpint (copy->state, ==, CPT_STEP_REFUSED);
  g_assert_cmpstr (copy->reason, ==, "a reason");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/order-step/judge", test_judge);
  g_test_add_func ("/core/order-step/needs-received", test_needs_received);
  g_test_add_func ("/core/order-step/new", test_new);
  g_test_add_func ("/core/order-step/copy", test_copy);

  return g_test_run ();
}
