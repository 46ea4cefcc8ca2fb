/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders a test gives the double, listed and read. Main thread only. */
#include "cpt-double-engine-private.h"

#include <string.h>

#include "cpt-engine-till.h"

/* @value: (transfer full) what is read, a boxed value of @type */
static void
answer_reading (CptEngine *self, GTask *task, gpointer value, GType type)
{
  if (!self->fail_reading)
    {
      cpt_double_engine_answer (self, task, value);
      return;
    }
  g_boxed_free (type, value);
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_BUSY, "The database is busy");
  g_object_unref (task);
}

gboolean
cpt_double_engine_matches (const CptOrderRow *row, CptOrderTab tab, const char *text)
{
  if (text != NULL && strstr (row->number, text) == NULL)
    return FALSE;
  if (row->till != (tab == CPT_ORDER_TAB_TILL || tab == CPT_ORDER_TAB_TILL_ALL))
    return FALSE;
  if (tab == CPT_ORDER_TAB_TILL)
    return !cpt_order_status_is_end (row->status);
  if (tab == CPT_ORDER_TAB_TODAY)
    return row->waiting || row->notice != CPT_NOTICE_NONE || row->send != CPT_SEND_NOTHING ||
           !cpt_order_status_is_end (row->status);
  return tab == CPT_ORDER_TAB_ALL || tab == CPT_ORDER_TAB_TILL_ALL;
}

void
cpt_engine_list_orders_async (CptEngine *self,
                              CptOrderTab tab,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->rows->len; i++)
    {
      CptOrderRow *row = self->rows->pdata[i];

      if (cpt_double_engine_matches (row, tab, text))
        g_array_append_val (keys, row->row);
    }
  for (gint64 key = self->filled; key >= 1 && text == NULL && tab == CPT_ORDER_TAB_ALL; key--)
    g_array_append_val (keys, key);
  answer_reading (self, task, keys, G_TYPE_ARRAY);
}

GArray *
cpt_engine_list_orders_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_load_rows_async (CptEngine *self,
                            const gint64 *keys,
                            gsize n,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);

  self->loaded += n;
  self->requests++;
  for (gsize i = 0; i < n; i++)
    {
      CptOrderRow *row = cpt_double_engine_dup_row (self, keys[i]);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  answer_reading (self, g_task_new (self, cancellable, callback, data), rows, G_TYPE_PTR_ARRAY);
}

GPtrArray *
cpt_engine_load_rows_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_load_waiting_async (CptEngine *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);

  for (guint i = 0; i < self->rows->len; i++)
    if (cpt_order_row_rings (self->rows->pdata[i], cpt_clock_now (self->clock)))
      g_ptr_array_add (rows, cpt_order_row_ref (self->rows->pdata[i]));
  cpt_double_engine_answer (self, g_task_new (self, cancellable, callback, data), rows);
}

GPtrArray *
cpt_engine_load_waiting_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_order_details_free (CptOrderDetails *details)
{
  cpt_order_row_unref (details->row);
  cpt_order_unref (details->order);
  g_ptr_array_unref (details->history);
  g_ptr_array_unref (details->outbox);
  g_clear_pointer (&details->seen, cpt_order_unref);
  g_free (details);
}

void
cpt_engine_load_details_async (CptEngine *self,
                               gint64 row,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  CptOrderDetails *details = NULL;
  CptOrder *order = g_hash_table_lookup (self->orders, &row);

  if (self->fail_next != NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

      cpt_double_engine_fail (self, task);
      return;
    }
  details = g_new0 (CptOrderDetails, 1);
  details->row = cpt_double_engine_dup_row (self, row);
  details->order = order != NULL ? cpt_order_ref (order) : cpt_order_new ();
  details->history = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_history_entry_free);
  details->outbox = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);
  g_ptr_array_add (details->history, cpt_history_entry_new (details->row->created_at, CPT_ORDER_NEW,
                                                            "arrived", NULL, NULL));
  cpt_double_engine_answer (self, g_task_new (self, cancellable, callback, data), details);
}

CptOrderDetails *
cpt_engine_load_details_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
