/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders held against the catalog. Pure, any thread. */
#include "cpt-ref-check.h"

/* Of a hundred: names with less in common are not the same thing. */
#define LIKE_AT_LEAST 45

struct _CptRefCheck
{
  GPtrArray *items;    /* (owned) (element-type CptStockItem) */
  GHashTable *known;   /* (owned) "0REF" of each item */
  GHashTable *unknown; /* (owned) "0REF" → CptUnknownRef */
};

void
cpt_unknown_ref_free (CptUnknownRef *self)
{
  g_free (self->ref);
  g_free (self->name);
  g_free (self->source);
  g_free (self->number);
  g_clear_pointer (&self->likely, cpt_stock_item_unref);
  g_free (self);
}

static char *
make_key (CptItemKind kind, const char *ref)
{
  return g_strdup_printf ("%d%s", kind, ref);
}

CptRefCheck *
cpt_ref_check_new (GPtrArray *items)
{
  CptRefCheck *self = g_new0 (CptRefCheck, 1);

  self->items = g_ptr_array_ref (items);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unknown =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)cpt_unknown_ref_free);
  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = g_ptr_array_index (items, i);

      if (item->ref != NULL)
        g_hash_table_add (self->known, make_key (item->kind, item->ref));
    }
  return self;
}

void
cpt_ref_check_free (CptRefCheck *self)
{
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->unknown);
  g_free (self);
}

/* --- Collecting --- */

static void
note_order (CptUnknownRef *found, const CptOrder *order, const char *name)
{
  if (found->name != NULL && order->created_at < found->at)
    return;
  g_free (found->name);
  g_free (found->source);
  g_free (found->number);
  found->name = g_strdup (name != NULL ? name : "");
  found->source = g_strdup (cpt_order_get_source (order));
  found->number = g_strdup (cpt_order_get_number (order));
  found->at = order->created_at;
}

/* @seen: what this order was counted for already */
static void
look_at (CptRefCheck *self,
         const CptOrder *order,
         CptItemKind kind,
         const char *ref,
         const char *name,
         GHashTable *seen)
{
  g_autofree char *key = ref != NULL && *ref != '\0' ? make_key (kind, ref) : NULL;
  CptUnknownRef *found = NULL;

  if (key == NULL || g_hash_table_contains (self->known, key))
    return;
  found = g_hash_table_lookup (self->unknown, key);
  if (found == NULL)
    {
      found = g_new0 (CptUnknownRef, 1);
      found->kind = kind;
      found->ref = g_strdup (ref);
      found->at = CPT_TIME_NONE;
      g_hash_table_insert (self->unknown, g_strdup (key), found);
    }
  note_order (found, order, name);
  if (g_hash_table_add (seen, g_steal_pointer (&key)))
    found->count++;
}

static char *
dup_item_name (const CptOrderItem *item)
{
  if (item->sku_name == NULL || *item->sku_name == '\0')
    return g_strdup (item->product_name);
  return g_strdup_printf ("%s %s", item->product_name != NULL ? item->product_name : "",
                          item->sku_name);
}

void
cpt_ref_check_add (CptRefCheck *self, const CptOrder *order)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = g_ptr_array_index (order->items, i);
      g_autofree char *name = dup_item_name (item);

      look_at (self, order, CPT_ITEM_SKU, item->sku_ref, name, seen);
      for (guint n = 0; n < item->options->len; n++)
        {
          const CptOrderOption *option = g_ptr_array_index (item->options, n);

          look_at (self, order, CPT_ITEM_OPTION, option->ref, option->name, seen);
        }
    }
}

/* --- The likest name --- */

static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autofree char *folded = g_utf8_casefold (ascii, -1);

  return g_strdup_printf (" %s ", g_strstrip (folded));
}

static GHashTable *
make_pairs (const char *text)
{
  GHashTable *pairs = g_hash_table_new (NULL, NULL);
  g_autofree char *folded = fold (text);

  for (const char *p = folded; p[0] != '\0' && p[1] != '\0'; p++)
    g_hash_table_add (pairs, GUINT_TO_POINTER (((guchar)p[0] << 8) | (guchar)p[1]));
  return pairs;
}

/* How many of a hundred pairs of letters two names share. */
static guint
compare_names (GHashTable *a, GHashTable *b)
{
  guint total = g_hash_table_size (a) + g_hash_table_size (b);
  guint common = 0;
  GHashTableIter iter;
  gpointer pair = NULL;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &pair, NULL))
    common += g_hash_table_contains (b, pair);
  return total > 0 ? 200 * common / total : 0;
}

static CptStockItem *
find_likely (CptRefCheck *self, const CptUnknownRef *found)
{
  g_autoptr (GHashTable) asked = make_pairs (found->name);
  CptStockItem *best = NULL;
  guint likeness = LIKE_AT_LEAST - 1;

  for (guint i = 0; i < self->items->len; i++)
    {
      CptStockItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *title = NULL;
      g_autoptr (GHashTable) pairs = NULL;
      guint here = 0;

      if (item->kind != found->kind || item->ref == NULL)
        continue;
      title = cpt_stock_item_dup_title (item);
      pairs = make_pairs (title);
      here = compare_names (asked, pairs);
      if (here > likeness)
        {
          likeness = here;
          best = item;
        }
    }
  return best != NULL ? cpt_stock_item_ref (best) : NULL;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const CptUnknownRef *one = *(const CptUnknownRef *const *)a;
  const CptUnknownRef *other = *(const CptUnknownRef *const *)b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;
  return g_strcmp0 (one->ref, other->ref);
}

/**
 * cpt_ref_check_list:
 *
 * Once: what was found is handed over.
 */
GPtrArray *
cpt_ref_check_list (CptRefCheck *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_unknown_ref_free);
  GHashTableIter iter;
  gpointer key = NULL, value = NULL;

  g_hash_table_iter_init (&iter, self->unknown);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      CptUnknownRef *found = value;

      found->likely = find_likely (self, found);
      g_ptr_array_add (list, found);
      g_hash_table_iter_steal (&iter);
      g_free (key);
    }
  g_ptr_array_sort (list, compare_found);
  return list;
}

/* --- One order --- */

/**
 * cpt_ref_judge:
 *
 * Several skus may share a ref: any of their prices will do. An amount that cannot be read is no
 * other price.
 */
CptRefVerdict
cpt_ref_judge (GPtrArray *items, CptItemKind kind, const char *ref, CptMoney asked, CptMoney *price)
{
  CptRefVerdict verdict = CPT_REF_UNKNOWN;

  if (items == NULL || ref == NULL || *ref == '\0')
    return CPT_REF_KNOWN;
  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = g_ptr_array_index (items, i);

      if (item->kind != kind || g_strcmp0 (item->ref, ref) != 0)
        continue;
      if (asked.state != CPT_AMOUNT_KNOWN || item->price.state != CPT_AMOUNT_KNOWN ||
          (asked.minor == item->price.minor &&
           g_strcmp0 (asked.currency, item->price.currency) == 0))
        return CPT_REF_KNOWN;
      verdict = CPT_REF_OTHER_PRICE;
      *price = item->price;
    }
  return verdict;
}
