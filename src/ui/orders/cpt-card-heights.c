/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How high cards turned out to be. Main thread only. */
#include "cpt-card-heights.h"

/* Of the plainest card, until one was seen. */
#define FIRST_GUESS 100
/* Widths come and go while a window is dragged. */
#define MOST_SHAPES 500

struct _CptCardHeights
{
  GObject parent_instance;

  GHashTable *heights; /* (owned) (element-type guint int) by shape */
  int plainest;        /* least of all that were seen */
};

G_DEFINE_FINAL_TYPE (CptCardHeights, cpt_card_heights, G_TYPE_OBJECT)

static guint
count_in_row (const CptOrderViewState *state)
{
  guint n = 0;

  for (guint i = 0; i < state->buttons->len; i++)
    n += ((const CptOrderButton *)state->buttons->pdata[i])->in_row;
  return n;
}

/* What decides how many lines a card has, but for the lengths of its texts. */
static gpointer
shape_of (const CptOrderViewState *state, int width)
{
  guint shape = MIN (state->messages->len, 7);

  shape = shape << 3 | MIN (state->badges->len, 7);
  shape = shape << 2 | MIN (count_in_row (state), 3);
  shape = shape << 1 | (state->source[0] != '\0');
  shape = shape << 1 | (state->paid.text != NULL);
  return GUINT_TO_POINTER (shape << 16 | (guint)CLAMP (width, 0, G_MAXUINT16));
}

static void
cpt_card_heights_finalize (GObject *object)
{
  g_hash_table_unref (CPT_CARD_HEIGHTS (object)->heights);
  G_OBJECT_CLASS (cpt_card_heights_parent_class)->finalize (object);
}

static void
cpt_card_heights_class_init (CptCardHeightsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_card_heights_finalize;
}

static void
cpt_card_heights_init (CptCardHeights *self)
{
  self->heights = g_hash_table_new (NULL, NULL);
}

CptCardHeights *
cpt_card_heights_new (void)
{
  return g_object_new (CPT_TYPE_CARD_HEIGHTS, NULL);
}

/**
 * cpt_card_heights_guess:
 * @state: (nullable): what the card shows, NULL when it is not loaded
 * @width: of the card, in pixels
 *
 * Returns: in pixels, the height of the last card of that shape, or of the plainest one
 */
int
cpt_card_heights_guess (CptCardHeights *self, const CptOrderViewState *state, int width)
{
  gpointer height = NULL;

  if (state != NULL)
    height = g_hash_table_lookup (self->heights, shape_of (state, width));
  if (height != NULL)
    return GPOINTER_TO_INT (height);
  return self->plainest > 0 ? self->plainest : FIRST_GUESS;
}

/**
 * cpt_card_heights_learn:
 * @height: what a card with @state at @width takes
 */
void
cpt_card_heights_learn (CptCardHeights *self, const CptOrderViewState *state, int width, int height)
{
  if (g_hash_table_size (self->heights) >= MOST_SHAPES)
    g_hash_table_remove_all (self->heights);
  g_hash_table_insert (self->heights, shape_of (state, width), GINT_TO_POINTER (height));
  self->plainest = self->plainest > 0 ? MIN (self->plainest, height) : height;
}
