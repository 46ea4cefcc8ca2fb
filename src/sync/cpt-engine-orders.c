/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks and presses: each deed is one transaction, then the network. */
#include "cpt-engine-private.h"
#include "cpt-pay-jobs.h"
#include "cpt-store-stock-jobs.h"

#include <glib/gi18n-lib.h>

#include "cpt-engine-till.h"

/* --- Asking --- */

/* Hands a store job's result on to the engine's caller. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GDestroyNotify free_result = g_task_get_task_data (task);
  gpointer answer = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, cpt_engine_translate_error (error));
  else
    g_task_return_pointer (task, answer, free_result);
}

/* @job: (transfer full) */
static void
ask (CptEngine *self,
     CptStoreJob *job,
     gpointer free_result,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, free_result, NULL);
  cpt_store_run_async (self->store, job, cancellable, answered_cb, task);
}

void
cpt_engine_list_orders_async (CptEngine *self,
                              CptOrderTab tab,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (CptDeadlineTable) deadlines = cpt_engine_dup_deadlines (self);
  g_autofree char *typed = g_strdup (text);
  CptOrderQuery query = cpt_engine_make_query (self, tab, typed, deadlines);

  ask (self, cpt_store_list_orders (&query), g_array_unref, cancellable, callback, data);
}

GArray *
cpt_engine_list_orders_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_load_rows_async (CptEngine *self,
                            const gint64 *rows,
                            gsize n_rows,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  ask (self, cpt_store_load_rows (rows, n_rows, cpt_clock_now (self->clock)), g_ptr_array_unref,
       cancellable, callback, data);
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
  ask (self, cpt_store_load_waiting_rows (cpt_clock_now (self->clock)), g_ptr_array_unref,
       cancellable, callback, data);
}

GPtrArray *
cpt_engine_load_waiting_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_list_exchanges_async (CptEngine *self,
                                 const char *text,
                                 gboolean failures,
                                 gint64 before,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  ask (self, cpt_store_list_exchanges (text, failures, before, limit), g_ptr_array_unref,
       cancellable, callback, data);
}

GPtrArray *
cpt_engine_list_exchanges_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_load_exchange_async (CptEngine *self,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  ask (self, cpt_store_load_exchange (id), cpt_exchange_unref, cancellable, callback, data);
}

CptExchange *
cpt_engine_load_exchange_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_load_activity_async (CptEngine *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  ask (self, cpt_store_load_activity (cpt_clock_now (self->clock)), g_free, cancellable, callback,
       data);
}

CptActivity *
cpt_engine_load_activity_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- The detail of one order --- */

void
cpt_order_details_free (CptOrderDetails *details)
{
  g_clear_pointer (&details->row, cpt_order_row_unref);
  g_clear_pointer (&details->order, cpt_order_unref);
  g_clear_pointer (&details->history, g_ptr_array_unref);
  g_clear_pointer (&details->items, g_ptr_array_unref);
  g_clear_pointer (&details->outbox, g_ptr_array_unref);
  g_clear_pointer (&details->seen, cpt_order_unref);
  g_free (details);
}

static CptOrderDetails *
details_from (CptOrderRecord *record, CptOrder *order)
{
  CptOrderDetails *details = g_new0 (CptOrderDetails, 1);

  details->row = cpt_order_row_ref (record->row);
  details->order = cpt_order_ref (order);
  details->history = g_ptr_array_ref (record->history);
  details->outbox = g_ptr_array_ref (record->outbox);
  return details;
}

/* The stock is held against the refs of an order, for its detail. */
static GPtrArray *
list_refs (const CptOrder *order)
{
  GPtrArray *keys = cpt_inventory_new ();

  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = g_ptr_array_index (order->items, i);

      if (item->sku_ref != NULL)
        g_ptr_array_add (keys, cpt_inventory_entry_new (CPT_ITEM_SKU, item->sku_ref,
                                                        CPT_STOCK_ENTRY_NONE));
      for (guint n = 0; n < item->options->len; n++)
        {
          const char *ref = ((const CptOrderOption *)item->options->pdata[n])->ref;

          if (ref != NULL)
            g_ptr_array_add (keys,
                             cpt_inventory_entry_new (CPT_ITEM_OPTION, ref, CPT_STOCK_ENTRY_NONE));
        }
    }
  return keys;
}

/* Without the catalog the order is shown all the same. */
static void
details_compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptOrderDetails *details = g_object_steal_data (G_OBJECT (task), "cpt-details");

  details->items = cpt_store_run_finish (CPT_STORE (source), result, NULL);
  g_task_return_pointer (task, details, (GDestroyNotify)cpt_order_details_free);
}

static void
compare_details (GTask *task, CptOrderDetails *details)
{
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) keys = list_refs (details->order);

  if (self->store == NULL)
    {
      g_task_return_pointer (task, details, (GDestroyNotify)cpt_order_details_free);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "cpt-details", details,
                          (GDestroyNotify)cpt_order_details_free);
  cpt_store_run_async (self->store, cpt_store_load_items_by_ref (keys), NULL, details_compared_cb,
                       g_object_ref (task));
}

/* How it was before others changed it: shown beside how it is now, missed by nobody where it cannot
 * be read. */
static void
seen_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptOrderDetails *details = g_object_steal_data (G_OBJECT (task), "cpt-details");

  details->seen = cpt_json_decode_finish (result, NULL);
  compare_details (task, details);
}

static void
decode_order (GBytes *document, const char *id, GAsyncReadyCallback callback, GTask *task)
{
  cpt_json_decode_async (document, (CptJsonDecoder)cpt_json_decode_stored_order, g_strdup (id),
                         g_free, (GDestroyNotify)cpt_order_unref, NULL, callback, task);
}

static void
details_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptOrderRecord *record = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, &error);
  CptOrderDetails *details = NULL;

  if (order == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  details = details_from (record, order);
  if (record->seen == NULL)
    {
      compare_details (task, details);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "cpt-details", details,
                          (GDestroyNotify)cpt_order_details_free);
  decode_order (record->seen, record->row->id, seen_decoded_cb, g_steal_pointer (&task));
}

static void
record_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  CptOrderRecord *record = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (record == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  g_task_set_task_data (task, record, (GDestroyNotify)cpt_order_record_free);
  if (record->raw_reason != NULL)
    {
      g_autoptr (CptOrder) raw =
          cpt_order_new_raw (record->row->id, record->raw_reason, record->document);

      g_task_return_pointer (task, details_from (record, raw),
                             (GDestroyNotify)cpt_order_details_free);
      return;
    }
  decode_order (record->document, record->row->id, details_decoded_cb, g_steal_pointer (&task));
}

void
cpt_engine_load_details_async (CptEngine *self,
                               gint64 row,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  cpt_store_run_async (self->store, cpt_store_load_order (row, cpt_clock_now (self->clock)),
                       cancellable, record_loaded_cb, task);
}

CptOrderDetails *
cpt_engine_load_details_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Acting --- */

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  const gint64 *row = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *of_step = NULL;
  gpointer answer = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (*row != 0)
    g_clear_pointer (&answer, cpt_order_step_unref);
  else
    of_step = answer;
  if (error != NULL)
    {
      cpt_engine_set_trouble (self, error);
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  cpt_engine_set_trouble (self, NULL);
  if (!self->closing)
    {
      cpt_engine_emit_row (self, *row != 0 ? *row : *of_step);
      cpt_engine_refresh_counts (self);
      /* A person who presses does not wait for the end of a pause. */
      cpt_order_sender_retry_now (self->sender);
      cpt_order_sender_reload (self->sender);
      cpt_outbox_sender_retry_now (self->outbox);
      cpt_outbox_sender_reload (self->outbox);
      /* A missing item went off sale. */
      if (self->stock != NULL && g_task_get_source_tag (task) == cpt_engine_mark_missing_async)
        cpt_stock_sync_note_change (self->stock);
    }
  g_task_return_boolean (task, TRUE);
}

/* @job: (transfer full), a writing one, whose result is nothing or a step; with @row 0 its result
 * is the row; @task: (transfer full) */
void
cpt_engine_act (GTask *task, CptStoreJob *job, gint64 row)
{
  CptEngine *self = g_task_get_source_object (task);

  g_task_set_task_data (task, g_memdup2 (&row, sizeof row), g_free);
  cpt_store_run_async (self->store, job, NULL, acted_cb, task);
}

static gboolean
stays_here (CptEngine *self, CptOrderStatus to)
{
  if (g_settings_get_boolean (self->settings, "send-order-events"))
    return FALSE;
  return to != CPT_ORDER_ACCEPTED && !cpt_order_status_is_held (to);
}

static CptOrderStep *
make_step (CptEngine *self, gint64 row, CptOrderStatus to, CptTime confirmed)
{
  CptOrderStep *step = cpt_order_step_new (row, NULL, to);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  g_autofree char *seller = g_settings_get_string (self->settings, "seller");

  step->pressed_at = cpt_clock_now (self->clock);
  step->not_before = step->pressed_at;
  if (cpt_order_status_is_held (to))
    step->not_before += CPT_STEP_HOLD_MS;
  if (to == CPT_ORDER_ACCEPTED && confirmed != CPT_TIME_NONE)
    step->confirmed_time = cpt_time_to_string (confirmed, zone);
  if (*seller != '\0')
    step->seller = g_steal_pointer (&seller);
  return step;
}

void
cpt_engine_press_async (CptEngine *self,
                        gint64 row,
                        CptOrderStatus to,
                        CptTime confirmed_time,
                        const char *note,
                        const char *cause,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (CptOrderStep) step = make_step (self, row, to, confirmed_time);

  if (note != NULL && *note != '\0')
    step->seller_note = g_strdup (note);
  if (to == CPT_ORDER_REJECTED && cause != NULL && *cause != '\0')
    step->rejection_cause = g_strdup (cause);
  cpt_engine_act (task, cpt_store_press (step, stays_here (self, to)), row);
}

void
cpt_engine_undo_async (CptEngine *self, gint64 step, GAsyncReadyCallback callback, gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_undo (step, cpt_clock_now (self->clock)), 0);
}

void
cpt_engine_retry_async (CptEngine *self, gint64 step, GAsyncReadyCallback callback, gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_retry_step (step, cpt_clock_now (self->clock)), 0);
}

void
cpt_engine_give_up_async (CptEngine *self, gint64 step, GAsyncReadyCallback callback, gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_give_up_step (step, cpt_clock_now (self->clock)), 0);
}

void
cpt_engine_mark_elsewhere_async (CptEngine *self,
                                 gint64 row,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_mark_elsewhere (row, cpt_json_decode_stored_order,
                                            cpt_clock_now (self->clock)),
                  row);
}

void
cpt_engine_mark_seen_async (CptEngine *self,
                            gint64 row,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_mark_seen (row, cpt_clock_now (self->clock)), row);
}

gboolean
cpt_engine_act_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Small answers --- */

CptTime
cpt_engine_get_accept_time (CptEngine *self, CptTime expected_time)
{
  CptTime now = cpt_clock_now (self->clock);
  CptTime time = now + cpt_engine_get_connection (self)->preparation_time * CPT_MINUTE;

  if (expected_time != CPT_TIME_NONE && expected_time > now)
    return expected_time;
  return (time + CPT_MINUTE - 1) / CPT_MINUTE * CPT_MINUTE;
}

GTimeZone *
cpt_engine_dup_zone (CptEngine *self)
{
  GTimeZone *zone = cpt_connection_dup_zone (cpt_engine_get_connection (self));

  return zone != NULL ? zone : g_time_zone_new_local ();
}

CptDeadlineTable *
cpt_engine_dup_deadlines (CptEngine *self)
{
  CptDeadlineTable *table = cpt_deadline_table_new ();
  g_autoptr (GVariant) rules = g_settings_get_value (self->settings, "deadlines");
  GVariantIter iter;
  const char *source = NULL;
  int minutes = 0;

  table->default_minutes = g_settings_get_int (self->settings, "default-deadline");
  g_variant_iter_init (&iter, rules);
  while (g_variant_iter_next (&iter, "(&si)", &source, &minutes))
    cpt_deadline_table_add (table, source, minutes);
  return table;
}

CptTime
cpt_engine_get_deadline (CptEngine *self, const CptOrderRow *row)
{
  g_autoptr (CptDeadlineTable) table = cpt_engine_dup_deadlines (self);

  return cpt_deadline_at (table, row->source, row->created_at,
                          cpt_engine_get_connection (self)->clock_offset_ms);
}
