/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of a list view, of which only those in sight are complete. Main thread only. */
#include "cpt-order-cards.h"

struct _CptOrderCards
{
  GObject parent_instance;

  CptOrderTicker *ticker;  /* (owned) */
  CptCardHeights *heights; /* (owned) */
  GHashTable *cards;       /* (owned) (element-type CptOrderCard) all there are, unowned */
  gint64 selected;

  GtkWidget *view;      /* (unowned) */
  GdkFrameClock *clock; /* (unowned) (nullable) while the view is realized */
  gulong layout_id;
};

G_DEFINE_FINAL_TYPE (CptOrderCards, cpt_order_cards, G_TYPE_OBJECT)

/* After the rows have found their places, which maps those in sight, and before they are drawn:
 * what this changes is laid out again within the same frame. */
static void
layout_cb (CptOrderCards *self)
{
  GHashTableIter iter;
  gpointer card = NULL;

  if (!gtk_widget_get_mapped (self->view))
    return;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &card, NULL))
    cpt_order_card_set_in_sight (card, gtk_widget_get_mapped (card));
}

static void
unrealize_cb (CptOrderCards *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  self->clock = NULL;
}

static void
realize_cb (CptOrderCards *self)
{
  unrealize_cb (self);
  self->clock = gtk_widget_get_frame_clock (self->view);
  self->layout_id = g_signal_connect_object (self->clock, "layout", G_CALLBACK (layout_cb), self,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
cpt_order_cards_finalize (GObject *object)
{
  CptOrderCards *self = CPT_ORDER_CARDS (object);

  g_hash_table_unref (self->cards);
  g_object_unref (self->heights);
  g_object_unref (self->ticker);
  G_OBJECT_CLASS (cpt_order_cards_parent_class)->finalize (object);
}

static void
cpt_order_cards_class_init (CptOrderCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_order_cards_finalize;
}

static void
cpt_order_cards_init (CptOrderCards *self)
{
  self->cards = g_hash_table_new (NULL, NULL);
  self->heights = cpt_card_heights_new ();
}

/**
 * cpt_order_cards_new:
 * @ticker: the second hand of the list
 *
 * Returns: (transfer full): no cards yet
 */
CptOrderCards *
cpt_order_cards_new (CptOrderTicker *ticker)
{
  CptOrderCards *self = g_object_new (CPT_TYPE_ORDER_CARDS, NULL);

  self->ticker = g_object_ref (ticker);
  return self;
}

/**
 * cpt_order_cards_watch:
 * @view: the list view whose rows the cards are; not realized yet
 */
void
cpt_order_cards_watch (CptOrderCards *self, GtkWidget *view)
{
  self->view = view;
  g_signal_connect_object (view, "realize", G_CALLBACK (realize_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (unrealize_cb), self, G_CONNECT_SWAPPED);
}

/* In a teardown the item may have let go of its card already. */
static void
destroyed_cb (CptOrderCards *self, GtkWidget *card)
{
  g_hash_table_remove (self->cards, card);
}

/**
 * cpt_order_cards_make:
 *
 * Returns: (transfer full): a floating, empty card
 */
GtkWidget *
cpt_order_cards_make (CptOrderCards *self)
{
  GtkWidget *card = cpt_order_card_new (self->ticker);

  cpt_order_card_set_heights (CPT_ORDER_CARD (card), self->heights);
  cpt_order_card_set_selected (CPT_ORDER_CARD (card), self->selected);
  g_hash_table_add (self->cards, card);
  g_signal_connect_object (card, "destroy", G_CALLBACK (destroyed_cb), self, G_CONNECT_SWAPPED);
  return card;
}

/**
 * cpt_order_cards_select:
 * @key: the order whose detail is open, 0 for none
 */
void
cpt_order_cards_select (CptOrderCards *self, gint64 key)
{
  GHashTableIter iter;
  gpointer card = NULL;

  self->selected = key;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &card, NULL))
    cpt_order_card_set_selected (card, key);
}
