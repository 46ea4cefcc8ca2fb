/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two lists of keys; pure, any thread. */
#include "cpt-span.h"

/* The table of common parts has the square of this many cells. */
#define MOST_COMPARED 300

typedef struct
{
  const gint64 *old_keys, *new_keys;
  guint n_old, n_new;
  guint offset; /* where both start in their whole lists */
} Middle;

static guint
common_prefix (const gint64 *a, guint n_a, const gint64 *b, guint n_b)
{
  guint n = 0;

  while (n < n_a && n < n_b && a[n] == b[n])
    n++;
  return n;
}

static guint
common_suffix (const gint64 *a, guint n_a, const gint64 *b, guint n_b)
{
  guint n = 0;

  while (n < n_a && n < n_b && a[n_a - 1 - n] == b[n_b - 1 - n])
    n++;
  return n;
}

/* Cell (i, j) holds how many keys the rests from i and j have in common, in order. */
static guint16 *
common_lengths (const Middle *middle)
{
  guint width = middle->n_new + 1;
  guint16 *cells = g_new0 (guint16, (gsize)(middle->n_old + 1) * width);

  for (guint i = middle->n_old; i-- > 0;)
    for (guint j = middle->n_new; j-- > 0;)
      {
        guint16 down = cells[(i + 1) * width + j];
        guint16 right = cells[i * width + j + 1];

        cells[i * width + j] = middle->old_keys[i] == middle->new_keys[j]
                                   ? cells[(i + 1) * width + j + 1] + 1
                                   : MAX (down, right);
      }
  return cells;
}

/* Keys before @j of the new list already stand in their place: that is also the position. */
static void
add_difference (GArray *spans, const Middle *middle, guint j, guint removed, guint added)
{
  CptSpan span = {
    .position = middle->offset + j,
    .removed = removed,
    .added = added,
    .source = middle->offset + j,
  };

  if (removed > 0 || added > 0)
    g_array_append_val (spans, span);
}

static void
compare_middle (GArray *spans, const Middle *middle)
{
  g_autofree guint16 *cells = common_lengths (middle);
  guint width = middle->n_new + 1;
  guint i = 0, j = 0;

  while (i < middle->n_old || j < middle->n_new)
    {
      guint from_i = i, from_j = j;

      while (
          (i < middle->n_old || j < middle->n_new) &&
          !(i < middle->n_old && j < middle->n_new && middle->old_keys[i] == middle->new_keys[j]))
        if (j == middle->n_new ||
            (i < middle->n_old && cells[(i + 1) * width + j] >= cells[i * width + j + 1]))
          i++;
        else
          j++;
      add_difference (spans, middle, from_j, i - from_i, j - from_j);
      while (i < middle->n_old && j < middle->n_new && middle->old_keys[i] == middle->new_keys[j])
        i++, j++;
    }
}

/**
 * cpt_span_compare:
 *
 * Small lists are compared for what they have in common, so that a moved key is one key out and
 * one in; of large ones only the equal ends stay.
 *
 * Returns: (transfer full) (element-type CptSpan): to be applied one after the other
 */
GArray *
cpt_span_compare (const gint64 *old_keys, guint n_old, const gint64 *new_keys, guint n_new)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CptSpan));
  guint prefix = common_prefix (old_keys, n_old, new_keys, n_new);
  guint suffix =
      common_suffix (old_keys + prefix, n_old - prefix, new_keys + prefix, n_new - prefix);
  Middle middle = {
    .old_keys = old_keys + prefix,
    .new_keys = new_keys + prefix,
    .n_old = n_old - prefix - suffix,
    .n_new = n_new - prefix - suffix,
    .offset = prefix,
  };

  if (middle.n_old > MOST_COMPARED || middle.n_new > MOST_COMPARED)
    add_difference (spans, &middle, 0, middle.n_old, middle.n_new);
  else
    compare_middle (spans, &middle);
  return spans;
}
