/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is left of what can be sold. Read as a whole after each change: an order is taken from
 * it as soon as it is placed. Main thread only. */
#include "cpt-sale-stock.h"

#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"

struct _CptSaleStock
{
  GObject parent_instance;

  CptEngine *engine;     /* (owned) (nullable) until dispose */
  GHashTable *stocks[2]; /* (owned) by CptItemKind: ref → CptStock */
  GCancellable *cancellable;
  gboolean loading, load_again;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CptSaleStock, cpt_sale_stock, G_TYPE_OBJECT)

static void load (CptSaleStock *self);

static void
take (CptSaleStock *self, GPtrArray *items)
{
  for (int kind = 0; kind < 2; kind++)
    g_hash_table_remove_all (self->stocks[kind]);
  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = items->pdata[i];

      if (item->ref != NULL)
        g_hash_table_insert (self->stocks[item->kind], g_strdup (item->ref),
                             g_memdup2 (&item->stock, sizeof item->stock));
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptSaleStock) self = data;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);

  self->loading = FALSE;
  if (self->engine == NULL)
    return;
  if (items != NULL)
    take (self, items);
  if (self->load_again)
    load (self);
}

static void
load (CptSaleStock *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  cpt_engine_load_all_stock_async (self->engine, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
cpt_sale_stock_dispose (GObject *object)
{
  CptSaleStock *self = CPT_SALE_STOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_sale_stock_parent_class)->dispose (object);
}

static void
cpt_sale_stock_finalize (GObject *object)
{
  CptSaleStock *self = CPT_SALE_STOCK (object);

  g_clear_object (&self->cancellable);
  for (int kind = 0; kind < 2; kind++)
    g_hash_table_unref (self->stocks[kind]);
  G_OBJECT_CLASS (cpt_sale_stock_parent_class)->finalize (object);
}

static void
cpt_sale_stock_class_init (CptSaleStockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_sale_stock_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_sale_stock_finalize;

  changed_signal = g_signal_new ("changed", CPT_TYPE_SALE_STOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
cpt_sale_stock_init (CptSaleStock *self)
{
  self->cancellable = g_cancellable_new ();
  for (int kind = 0; kind < 2; kind++)
    self->stocks[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * cpt_sale_stock_new:
 *
 * Returns: (transfer full): what the engine knows of the stock, a moment later
 */
CptSaleStock *
cpt_sale_stock_new (CptEngine *engine)
{
  CptSaleStock *self = g_object_new (CPT_TYPE_SALE_STOCK, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "stock-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/**
 * cpt_sale_stock_get:
 * @ref: (nullable): of a sku or an option; one that nobody counts can always be sold
 */
CptSaleMark
cpt_sale_stock_get (CptSaleStock *self, CptItemKind kind, const char *ref)
{
  const CptStock *stock = ref != NULL ? g_hash_table_lookup (self->stocks[kind], ref) : NULL;
  CptSaleMark mark = { .look = CPT_STOCK_NOT_MANAGED, .is_sold = TRUE };

  if (stock == NULL || self->engine == NULL)
    return mark;
  mark.look = cpt_stock_get_look (stock, cpt_clock_now (cpt_engine_get_clock (self->engine)));
  mark.quantity = stock->quantity;
  mark.is_sold = mark.look != CPT_STOCK_INACTIVE;
  return mark;
}

static gboolean
has_ref_before (const CptMenuProduct *product, guint n)
{
  const CptMenuSku *sku = product->skus->pdata[n];

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (((const CptMenuSku *)product->skus->pdata[i])->ref, sku->ref) == 0)
      return TRUE;
  return FALSE;
}

/**
 * cpt_sale_stock_get_product:
 *
 * Of several skus: the sum where all that are for sale are counted. One that can be sold is enough
 * for the product to be for sale.
 */
CptSaleMark
cpt_sale_stock_get_product (CptSaleStock *self, const CptMenuProduct *product)
{
  /* From worst to best. */
  static const int ranks[] = {
    [CPT_STOCK_INACTIVE] = 0,  [CPT_STOCK_EMPTY] = 1,       [CPT_STOCK_LOW] = 2,
    [CPT_STOCK_AVAILABLE] = 3, [CPT_STOCK_NOT_MANAGED] = 4,
  };
  CptSaleMark best = { .look = CPT_STOCK_INACTIVE };
  gint64 sum = 0;

  for (guint i = 0; i < product->skus->len; i++)
    {
      const CptMenuSku *sku = product->skus->pdata[i];
      CptSaleMark mark = cpt_sale_stock_get (self, CPT_ITEM_SKU, sku->ref);

      if (mark.is_sold && !has_ref_before (product, i))
        sum += mark.quantity;
      if (i == 0 || ranks[mark.look] > ranks[best.look])
        best = mark;
    }
  best.quantity = best.is_sold ? sum : best.quantity;
  return best;
}

/**
 * cpt_sale_mark_dup_text:
 *
 * Returns: (transfer full): "12", "▼ 3", "✕ 0", "INACTIF"; "" where nobody counts. Colour is never
 *   the only sign.
 */
char *
cpt_sale_mark_dup_text (const CptSaleMark *mark)
{
  g_autofree char *quantity = cpt_decimal_format (cpt_decimal (mark->quantity));

  switch (mark->look)
    {
    case CPT_STOCK_AVAILABLE:
      return g_steal_pointer (&quantity);
    case CPT_STOCK_LOW:
      return g_strconcat ("▼ ", quantity, NULL);
    case CPT_STOCK_EMPTY:
      return g_strconcat ("✕ ", quantity, NULL);
    case CPT_STOCK_INACTIVE:
      return g_strdup (cpt_stock_look_label (mark->look));
    case CPT_STOCK_NOT_MANAGED:
    default:
      return g_strdup ("");
    }
}

/**
 * cpt_sale_mark_dup_words:
 *
 * Returns: (transfer full): the same for who cannot see it
 */
char *
cpt_sale_mark_dup_words (const CptSaleMark *mark)
{
  g_autofree char *quantity = cpt_decimal_format (cpt_decimal (mark->quantity));

  if (mark->look == CPT_STOCK_NOT_MANAGED)
    return g_strdup ("");
  if (mark->look == CPT_STOCK_INACTIVE)
    return g_strdup (cpt_stock_look_label (mark->look));
  /* TRANSLATORS: for a screen reader: how many are in stock. */
  return g_strdup_printf (_ ("%s in stock"), quantity);
}
