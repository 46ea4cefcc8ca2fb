/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries that exist. Main thread only. */
#include "cpt-order-pool.h"

/* A list view holds about two hundred by itself; this is for going back and forth. */
#define MOST_RECENT 600

typedef struct
{
  CptOrderPool *pool;
  gint64 key;
  CptOrderEntry *entry; /* (unowned) watched: goes when nobody holds it */
  GList link;           /* in pool->recent, which owns a reference */
  gboolean recent;
} Slot;

struct _CptOrderPool
{
  GHashTable *slots; /* (owned) key → Slot */
  GQueue recent;     /* (element-type Slot) the last used first */
};

static void
entry_gone_cb (gpointer data, GObject *entry)
{
  Slot *slot = data;
  CptOrderPool *pool = slot->pool;
  gint64 key = slot->key;

  slot->entry = NULL;
  g_hash_table_remove (pool->slots, &key);
}

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  if (slot->entry != NULL)
    g_object_weak_unref (G_OBJECT (slot->entry), entry_gone_cb, slot);
  g_free (slot);
}

/**
 * cpt_order_pool_new:
 *
 * Returns: (transfer full): an empty pool
 */
CptOrderPool *
cpt_order_pool_new (void)
{
  CptOrderPool *self = g_new0 (CptOrderPool, 1);

  self->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, slot_free);
  g_queue_init (&self->recent);
  return self;
}

static void
forget (CptOrderPool *self, Slot *slot)
{
  g_queue_unlink (&self->recent, &slot->link);
  slot->recent = FALSE;
  g_object_unref (slot->entry);
}

void
cpt_order_pool_free (CptOrderPool *self)
{
  while (self->recent.tail != NULL)
    forget (self, self->recent.tail->data);
  g_hash_table_unref (self->slots);
  g_free (self);
}

static void
touch (CptOrderPool *self, Slot *slot)
{
  if (slot->recent)
    g_queue_unlink (&self->recent, &slot->link);
  else
    g_object_ref (slot->entry);
  slot->recent = TRUE;
  g_queue_push_head_link (&self->recent, &slot->link);
  if (self->recent.length > MOST_RECENT)
    forget (self, self->recent.tail->data);
}

static Slot *
add_slot (CptOrderPool *self, CptOrderEntry *entry)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->pool = self;
  slot->key = cpt_order_entry_get_key (entry);
  slot->entry = entry;
  slot->link.data = slot;
  g_object_weak_ref (G_OBJECT (entry), entry_gone_cb, slot);
  g_hash_table_insert (self->slots, &slot->key, slot);
  return slot;
}

/**
 * cpt_order_pool_get:
 *
 * Returns: (transfer full): the one entry of that order, a new one where there was none
 */
CptOrderEntry *
cpt_order_pool_get (CptOrderPool *self, gint64 key)
{
  Slot *slot = g_hash_table_lookup (self->slots, &key);
  CptOrderEntry *entry = slot != NULL ? g_object_ref (slot->entry) : cpt_order_entry_new (key);

  touch (self, slot != NULL ? slot : add_slot (self, entry));
  return entry;
}

/**
 * cpt_order_pool_peek:
 *
 * Returns: (nullable) (transfer none): the entry of that order, if there is one
 */
CptOrderEntry *
cpt_order_pool_peek (CptOrderPool *self, gint64 key)
{
  Slot *slot = g_hash_table_lookup (self->slots, &key);

  return slot != NULL ? slot->entry : NULL;
}

guint
cpt_order_pool_count (CptOrderPool *self)
{
  return g_hash_table_size (self->slots);
}

/**
 * cpt_order_pool_list:
 *
 * Returns: (transfer full) (element-type gint64): the orders that have an entry
 */
GArray *
cpt_order_pool_list (CptOrderPool *self)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (keys, key, 1);
  return keys;
}
