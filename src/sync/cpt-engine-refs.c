/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recent orders held against the catalog. Main thread, but for the look itself. */
#include "cpt-engine-private.h"
#include "cpt-engine-stock.h"

/* What is older was ordered from another menu. */
#define RECENT      (30 * CPT_DAY)
#define MOST_ORDERS 2000

/* Handed to a thread of its own and back: a thousand orders are too many for the main one. */
typedef struct
{
  GTask *task;       /* (owned) */
  GPtrArray *items;  /* (owned) (element-type CptStockItem) */
  GPtrArray *orders; /* (owned) (nullable) (element-type CptLedgerOrder) */
  GPtrArray *found;  /* (owned) (nullable) (element-type CptUnknownRef) */
} Look;

static void
look_free (Look *look)
{
  g_clear_pointer (&look->items, g_ptr_array_unref);
  g_clear_pointer (&look->orders, g_ptr_array_unref);
  g_clear_pointer (&look->found, g_ptr_array_unref);
  g_clear_object (&look->task);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gboolean
looked_cb (gpointer data)
{
  g_autoptr (Look) look = data;

  g_task_return_pointer (look->task, g_steal_pointer (&look->found),
                         (GDestroyNotify)g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

static gpointer
look_thread (gpointer data)
{
  Look *look = data;
  g_autoptr (CptRefCheck) check = cpt_ref_check_new (look->items);

  for (guint i = 0; i < look->orders->len; i++)
    {
      const CptLedgerOrder *one = g_ptr_array_index (look->orders, i);
      g_autoptr (CptOrder) order = cpt_json_decode_order (one->document, one->id);

      cpt_ref_check_add (check, order);
    }
  look->found = cpt_ref_check_list (check);
  g_main_context_invoke (g_task_get_context (look->task), looked_cb, look);
  return NULL;
}

static void
orders_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  g_autoptr (GError) error = NULL;

  look->orders = cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (look->orders == NULL)
    g_task_return_error (look->task, cpt_engine_translate_error (error));
  else
    g_thread_unref (g_thread_new ("cpt-refs", look_thread, g_steal_pointer (&look)));
}

static void
items_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  CptEngine *self = g_task_get_source_object (look->task);
  g_autoptr (GError) error = NULL;

  look->items = cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (look->items == NULL)
    {
      g_task_return_error (look->task, cpt_engine_translate_error (error));
      return;
    }
  cpt_store_run_async (self->store,
                       cpt_store_load_recent_orders (cpt_clock_now (self->clock) - RECENT,
                                                     MOST_ORDERS),
                       NULL, orders_loaded_cb, g_steal_pointer (&look));
}

void
cpt_engine_check_refs_async (CptEngine *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Look *look = g_new0 (Look, 1);

  look->task = g_task_new (self, cancellable, callback, data);
  cpt_store_run_async (self->store,
                       cpt_store_load_all_stock_items (CPT_STOCK_QUANTITIES,
                                                       cpt_clock_now (self->clock)),
                       NULL, items_loaded_cb, look);
}

GPtrArray *
cpt_engine_check_refs_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
