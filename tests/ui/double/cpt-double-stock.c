/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items a test gives the double; nobody counts them. Main thread only. */
#include "cpt-double-engine-private.h"

#define ITEMS "cpt-double-items"

static GPtrArray *
get_items (CptEngine *self)
{
  GPtrArray *items = g_object_get_data (G_OBJECT (self), ITEMS);

  if (items == NULL)
    {
      items = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
      g_object_set_data (G_OBJECT (self), ITEMS, items);
    }
  return items;
}

void
cpt_double_engine_forget_stock (CptEngine *self)
{
  GPtrArray *items = g_object_steal_data (G_OBJECT (self), ITEMS);

  g_clear_pointer (&items, g_ptr_array_unref);
}

void
cpt_double_engine_put_item (CptEngine *self, CptItemKind kind, const char *ref)
{
  CptStockItem *item = cpt_stock_item_new ();

  item->kind = kind;
  item->ref = g_strdup (ref);
  item->name = g_strdup (ref);
  g_ptr_array_add (get_items (self), item);
}

static gpointer
copy_item (gconstpointer item, gpointer data)
{
  return cpt_stock_item_ref ((CptStockItem *)item);
}

void
cpt_engine_load_all_stock_async (CptEngine *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  GPtrArray *items = g_ptr_array_copy (get_items (self), copy_item, NULL);

  cpt_double_engine_answer (self, g_task_new (self, cancellable, callback, data), items);
}

GPtrArray *
cpt_engine_load_stock_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* All that the file's lines say is taken, but for the code "GONE", which the catalog had before. */
void
cpt_engine_import_stock_async (CptEngine *self,
                               GPtrArray *lines,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  for (guint i = 0; i < lines->len; i++)
    {
      CptStockCsvLine *line = g_ptr_array_index (lines, i);

      if (g_strcmp0 (line->ref, "GONE") == 0 && line->problem == NULL)
        line->problem = g_strdup ("it left the catalog");
    }
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data), GSIZE_TO_POINTER (1));
}
