/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PIN: what is stored tells nothing and lets only the right one pass. */
#include "cpt-pin.h"

#include <string.h>

static void
test_match (void)
{
  g_autofree char *stored = cpt_pin_hash ("4711");
  g_autofree char *again = cpt_pin_hash ("4711");

  g_assert_true (cpt_pin_matches (stored, "4711"));
  g_assert_false (cpt_pin_matches (stored, "4712"));
  g_assert_false (cpt_pin_matches (stored, ""));
  g_assert_null (strstr (stored, "4711"));
  g_assert_cmpstr (stored, !=, again);
}

static void
test_none (void)
{
  g_autofree char *stored = cpt_pin_hash ("");

  g_assert_cmpstr (stored, ==, "");
  g_assert_true (cpt_pin_matches (stored, "anything"));
}

/* Settings somebody wrote into by hand lock; they do not open. */
static void
test_damaged (void)
{
  static const char *const damaged[] = { "4711", "$", "salt$", "a$b$c" };

  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    g_assert_false (cpt_pin_matches (damaged[i], "4711"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pin/match", test_match);
  g_test_add_func ("/ui/pin/none", test_none);
  g_test_add_func ("/ui/pin/damaged", test_damaged);
  return g_test_run ();
}
