/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the till holds of one ref, and one line of the stock list; any thread. */
#include "cpt-stock-item.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (CptStockItem, cpt_stock_item, cpt_stock_item_ref, cpt_stock_item_unref)

gboolean
cpt_stock_is_quantity (gint64 thousandths)
{
  /* Not by its absolute value: the smallest number of all has none. */
  return thousandths >= -CPT_STOCK_MAX && thousandths <= CPT_STOCK_MAX;
}

/**
 * cpt_stock_is_active:
 *
 * Returns: whether it is for sale, or its time to be back has come
 */
gboolean
cpt_stock_is_active (const CptStock *self, CptTime now)
{
  return self->active || (self->back_on != CPT_TIME_NONE && self->back_on <= now);
}

/**
 * cpt_stock_is_out:
 *
 * Returns: whether nobody can buy it: not active, or managed with none left
 */
gboolean
cpt_stock_is_out (const CptStock *self, CptTime now)
{
  return !cpt_stock_is_active (self, now) || (self->managed && self->quantity <= 0);
}

CptStockLook
cpt_stock_get_look (const CptStock *self, CptTime now)
{
  if (!cpt_stock_is_active (self, now))
    return CPT_STOCK_INACTIVE;
  if (!self->managed)
    return CPT_STOCK_NOT_MANAGED;
  if (self->quantity <= 0)
    return CPT_STOCK_EMPTY;
  return self->quantity <= self->low ? CPT_STOCK_LOW : CPT_STOCK_AVAILABLE;
}

/**
 * cpt_stock_look_label:
 *
 * Returns: (transfer none): the state's own word, translated; INACTIF is INACTIF in every language
 */
const char *
cpt_stock_look_label (CptStockLook look)
{
  switch (look)
    {
    case CPT_STOCK_AVAILABLE:
      /* TRANSLATORS: an item of the stock list has some left */
      return _ ("in stock");
    case CPT_STOCK_LOW:
      /* TRANSLATORS: an item of the stock list has few left */
      return _ ("low");
    case CPT_STOCK_EMPTY:
      /* TRANSLATORS: an item of the stock list has none left */
      return _ ("none left");
    case CPT_STOCK_INACTIVE:
      /* TRANSLATORS: the badge of an item that is not for sale, known from the tills: the same word
       * in French */
      return _ ("INACTIF");
    case CPT_STOCK_NOT_MANAGED:
    default:
      /* TRANSLATORS: nobody counts the stock of this item */
      return _ ("not managed");
    }
}

static void
set_active (CptStock *self, gboolean active, CptTime back_on)
{
  self->active = active;
  self->back_on = active ? CPT_TIME_NONE : back_on;
}

/**
 * cpt_stock_apply:
 *
 * Returns: whether the result is a number the stock can hold; else nothing was changed
 */
gboolean
cpt_stock_apply (CptStock *self, const CptStockEdit *edit)
{
  gint64 quantity = edit->sets_quantity ? edit->quantity : self->quantity;

  if (edit->adds_quantity && __builtin_add_overflow (quantity, edit->more, &quantity))
    return FALSE;
  if (!cpt_stock_is_quantity (quantity) || (edit->sets_low && edit->low < 0))
    return FALSE;

  self->quantity = quantity;
  if (edit->sets_quantity)
    self->managed = TRUE;
  if (edit->sets_managed)
    self->managed = edit->managed;
  if (edit->sets_active)
    set_active (self, edit->active, edit->back_on);
  if (edit->sets_low)
    self->low = edit->low;
  return TRUE;
}

/**
 * cpt_stock_item_new:
 *
 * Returns: (transfer full): an item to be filled before it is shared
 */
CptStockItem *
cpt_stock_item_new (void)
{
  CptStockItem *self = g_new0 (CptStockItem, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->stock = CPT_STOCK_INIT;
  self->wanted = CPT_STOCK_ENTRY_NONE;
  self->known = CPT_STOCK_ENTRY_UNKNOWN;
  self->theirs = CPT_STOCK_ENTRY_NONE;
  return self;
}

CptStockItem *
cpt_stock_item_ref (CptStockItem *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_stock_item_unref (CptStockItem *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->ref);
  g_free (self->name);
  g_free (self->variant);
  g_free (self->category);
  g_free (self->refusal);
  g_free (self);
}

CptStockMark
cpt_stock_item_get_mark (const CptStockItem *self, CptTime now)
{
  if (self->ref == NULL)
    return CPT_STOCK_MARK_NO_REF;
  if (self->refusal != NULL)
    return CPT_STOCK_MARK_REFUSED;
  if (!cpt_stock_entry_equal (self->wanted, self->known, now))
    return CPT_STOCK_MARK_WAITING;
  if (self->has_theirs && !cpt_stock_entry_equal (self->theirs, self->wanted, now))
    return CPT_STOCK_MARK_DIFFERS;
  return self->known.state == CPT_ENTRY_THERE ? CPT_STOCK_MARK_SENT : CPT_STOCK_MARK_NOTHING;
}

/**
 * cpt_stock_item_dup_title:
 *
 * Returns: (transfer full): the product's name and its variant, if any
 */
char *
cpt_stock_item_dup_title (const CptStockItem *self)
{
  if (self->variant == NULL)
    return g_strdup (self->name);
  return g_strconcat (self->name, " ", self->variant, NULL);
}
