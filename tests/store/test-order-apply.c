/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders on their way into the database, and what others do to them. */
#include "cpt-test-store.h"

static void
test_once (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (CptOrder) order = cpt_test_order ("a", CPT_ORDER_NEW);
  CptApplied *first = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  CptApplied *again = cpt_test_apply (fixture, order, CPT_ORIGIN_EVENT, TRUE);
  g_autoptr (GPtrArray) steps = cpt_test_unsent (fixture);
  g_autofree char *all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  g_autofree char *history = cpt_test_history (fixture, first->row);

  g_assert_true (first->is_new && first->changed);
  g_assert_cmpint (first->before, ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpint (first->after, ==, CPT_ORDER_NEW);
  g_assert_cmpstr (first->id, ==, "a");
  g_assert_cmpint (again->row, ==, first->row);
  g_assert_false (again->is_new || again->changed);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (all, ==, "a");
  g_assert_cmpstr (history, ==, "arrived");
  cpt_applied_free (first);
  cpt_applied_free (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/apply/once", test_once);
  return g_test_run ();
}
