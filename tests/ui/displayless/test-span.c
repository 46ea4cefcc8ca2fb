/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans lead from the old list to the new one, and are as small as can be for small lists. */
#include "cpt-span.h"

static GArray *
make (const char *keys)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *keys != '\0'; keys++)
    {
      gint64 key = *keys;

      g_array_append_val (array, key);
    }
  return array;
}

static const gint64 *
data (GArray *keys)
{
  return (const gint64 *)(gpointer)keys->data;
}

static guint
apply (GArray *list, GArray *to)
{
  g_autoptr (GArray) spans = cpt_span_compare (data (list), list->len, data (to), to->len);
  guint touched = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const CptSpan *span = &g_array_index (spans, CptSpan, i);

      g_assert_cmpuint (span->position + span->removed, <=, list->len);
      g_assert_cmpuint (span->source + span->added, <=, to->len);
      g_array_remove_range (list, span->position, span->removed);
      g_array_insert_vals (list, span->position, data (to) + span->source, span->added);
      touched += span->removed + span->added;
    }
  g_assert_cmpmem (list->data, list->len * sizeof (gint64), to->data, to->len * sizeof (gint64));
  return touched;
}

static void
test_small (void)
{
  static const struct
  {
    const char *from, *to;
    guint touched;
  } cases[] = {
    { "", "", 0 },           { "abc", "abc", 0 },       { "", "abc", 3 },
    { "abc", "", 3 },        { "abc", "xabc", 1 },      { "abc", "abcx", 1 },
    { "abc", "axbc", 1 },    { "abcd", "bcda", 2 },     { "abcd", "dabc", 2 },
    { "abcde", "aXcYe", 4 }, { "abcdef", "fbcdea", 4 }, { "ab", "xy", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) from = make (cases[i].from);
      g_autoptr (GArray) to = make (cases[i].to);

      g_assert_cmpuint (apply (from, to), ==, cases[i].touched);
    }
}

static void
test_random (void)
{
  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) to = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (gint64 key = 0; key < 60; key++)
        {
          if (g_test_rand_int_range (0, 2))
            g_array_append_val (from, key);
          if (g_test_rand_int_range (0, 2))
            g_array_insert_val (to, g_test_rand_int_range (0, to->len + 1), key);
        }
      apply (from, to);
    }
}

static void
test_large (void)
{
  g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) to = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 added = -1;

  for (gint64 key = 0; key < 100000; key++)
    {
      g_array_append_val (from, key);
      g_array_append_val (to, key);
    }
  g_array_insert_val (to, 50000, added);
  g_assert_cmpuint (apply (from, to), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/span/small", test_small);
  g_test_add_func ("/span/random", test_random);
  g_test_add_func ("/span/large", test_large);
  return g_test_run ();
}
