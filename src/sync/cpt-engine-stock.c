/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks about stock: to the database, or to the policy. */
#include "cpt-engine-stock.h"

#include <glib/gi18n-lib.h>

#include "cpt-engine-private.h"
#include "cpt-opening-hours.h"
#include "cpt-stock-sync.h"

static void
list_changed_cb (CptStockSync *sync, CptEngine *self)
{
  cpt_engine_stir (self);
  cpt_engine_emit (self, CPT_ENGINE_STOCK_CHANGED);
}

/* Before HubRise's inventory was read nothing of ours waits for it. */
gint64
cpt_engine_count_unsent_stock (CptEngine *self)
{
  const CptStockState *state = self->stock != NULL ? cpt_stock_sync_get_state (self->stock) : NULL;

  if (state == NULL || !state->taken_over ||
      !g_settings_get_boolean (self->settings, "keeps-stock"))
    return 0;
  return state->waiting;
}

static void
state_changed_cb (CptStockSync *sync, CptEngine *self)
{
  gint64 unsent = cpt_engine_count_unsent_stock (self);

  if (unsent != self->unsent_stock)
    {
      self->unsent_stock = unsent;
      cpt_engine_refresh_counts (self);
    }
  cpt_engine_emit (self, CPT_ENGINE_STOCK_STATE_CHANGED);
}

void
cpt_engine_make_stock (CptEngine *self)
{
  self->stock = cpt_stock_sync_new (self->link, self->settings);
  g_signal_connect (self->stock, "changed", G_CALLBACK (list_changed_cb), self);
  g_signal_connect (self->stock, "state-changed", G_CALLBACK (state_changed_cb), self);
  g_signal_connect_swapped (self->poller, "catalog-changed",
                            G_CALLBACK (cpt_stock_sync_note_catalog), self->stock);
  g_signal_connect_swapped (self->poller, "inventory-changed",
                            G_CALLBACK (cpt_stock_sync_note_inventory), self->stock);
  g_signal_connect_swapped (self->poller, "checked", G_CALLBACK (cpt_stock_sync_wake), self->stock);
  g_signal_connect_swapped (self->link, "back", G_CALLBACK (cpt_stock_sync_retry_now), self->stock);
}

void
cpt_engine_drop_stock (CptEngine *self)
{
  if (self->stock == NULL)
    return;
  cpt_stock_sync_stop (self->stock);
  g_signal_handlers_disconnect_by_data (self->stock, self);
  g_signal_handlers_disconnect_by_data (self->poller, self->stock);
  g_signal_handlers_disconnect_by_data (self->link, self->stock);
  g_clear_object (&self->stock);
}

void
cpt_engine_get_stock (CptEngine *self, CptEngineStock *stock)
{
  const CptStockState *state = NULL;

  *stock = (CptEngineStock){ .pulled_at = CPT_TIME_NONE,
                             .compared_at = CPT_TIME_NONE,
                             .synced_at = CPT_TIME_NONE };
  if (self->stock == NULL)
    return;
  state = cpt_stock_sync_get_state (self->stock);
  *stock = (CptEngineStock){
    .activity = (CptEngineStockActivity)cpt_stock_sync_get_activity (self->stock),
    .trouble = cpt_stock_sync_get_trouble (self->stock),
    .ready = state->compared_at != CPT_TIME_NONE && state->pulled_at != CPT_TIME_NONE,
    .asks = state->compared_at != CPT_TIME_NONE && !state->taken_over,
    .keeps = g_settings_get_boolean (self->settings, "keeps-stock"),
    .mode = cpt_stock_sync_get_mode (self->stock),
    .pulled_at = state->pulled_at,
    .compared_at = state->compared_at,
    .synced_at = state->synced_at,
    .sync_differences = state->sync_differences,
    .skus = state->skus,
    .options = state->options,
    .waiting = state->waiting,
    .refused = state->refused,
    .differing = state->differing,
    .low = state->low,
  };
}

/* --- Questions to the database --- */

static CptStockMode
get_mode (CptEngine *self)
{
  g_autofree char *text = g_settings_get_string (self->settings, "stock-mode");

  return cpt_stock_mode_parse (text);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  gpointer value = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, cpt_engine_translate_error (error));
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

/* @free_value: how the result is freed when nobody takes it */
static void
ask (CptEngine *self,
     CptStoreJob *job,
     gpointer free_value,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, free_value, NULL);
  cpt_store_run_async (self->store, job, cancellable, asked_cb, task);
}

static CptStockQuery
make_query (const CptEngineStockQuery *query)
{
  return (CptStockQuery){ .tab = (CptStockTab)query->tab,
                          .kind = query->kind,
                          .category = (char *)query->category,
                          .text = (char *)query->text,
                          .low = query->low };
}

void
cpt_engine_list_stock_async (CptEngine *self,
                             const CptEngineStockQuery *query,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  CptStockQuery asked = make_query (query);

  ask (self, cpt_store_list_stock (&asked, cpt_clock_now (self->clock)), g_array_unref, cancellable,
       callback, data);
}

GArray *
cpt_engine_list_stock_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_count_stock_async (CptEngine *self,
                              const CptEngineStockQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  CptStockQuery asked = make_query (query);

  ask (self, cpt_store_count_stock (&asked, cpt_clock_now (self->clock)), g_free, cancellable,
       callback, data);
}

gboolean
cpt_engine_count_stock_finish (CptEngine *self,
                               GAsyncResult *result,
                               CptEngineStockCounts *counts,
                               GError **error)
{
  g_autofree CptStockCounts *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found == NULL)
    return FALSE;
  *counts = (CptEngineStockCounts){ found->out, found->available, found->all,
                                    found->low, found->skus,      found->options };
  return TRUE;
}

void
cpt_engine_load_stock_async (CptEngine *self,
                             const gint64 *rows,
                             gsize n_rows,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  ask (self,
       cpt_store_load_stock_items (rows, n_rows, get_mode (self), cpt_clock_now (self->clock)),
       g_ptr_array_unref, cancellable, callback, data);
}

void
cpt_engine_load_all_stock_async (CptEngine *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  ask (self, cpt_store_load_all_stock_items (get_mode (self), cpt_clock_now (self->clock)),
       g_ptr_array_unref, cancellable, callback, data);
}

void
cpt_engine_load_gone_stock_async (CptEngine *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  ask (self, cpt_store_load_gone_stock_items (get_mode (self), cpt_clock_now (self->clock)),
       g_ptr_array_unref, cancellable, callback, data);
}

void
cpt_engine_load_stock_differences_async (CptEngine *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data)
{
  ask (self, cpt_store_load_stock_differences (get_mode (self), cpt_clock_now (self->clock)),
       g_ptr_array_unref, cancellable, callback, data);
}

GPtrArray *
cpt_engine_load_stock_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_list_stock_categories_async (CptEngine *self,
                                        CptItemKind kind,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data)
{
  ask (self, cpt_store_list_stock_categories (kind), g_strfreev, cancellable, callback, data);
}

char **
cpt_engine_list_stock_categories_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Changes --- */

/* What is shown is HubRise's then, and the next reading of it would take a change back. @task:
 * (transfer full) where it is refused */
static gboolean
refuse_follower (CptEngine *self, GTask *task)
{
  if (g_settings_get_boolean (self->settings, "keeps-stock"))
    return FALSE;
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED, "%s",
                           _ ("Another till keeps the stock: it is changed there"));
  g_object_unref (task);
  return TRUE;
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  GArray *undo = cpt_store_run_finish (CPT_STORE (source), result, &error);

  cpt_engine_set_trouble (self, error);
  if (error != NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  if (self->stock != NULL)
    cpt_stock_sync_note_change (self->stock);
  g_task_return_pointer (task, undo, (GDestroyNotify)g_array_unref);
}

void
cpt_engine_edit_stock_async (CptEngine *self,
                             const gint64 *rows,
                             gsize n_rows,
                             const CptStockEdit *edit,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_follower (self, task))
    cpt_store_run_async (self->store, cpt_store_edit_stock (rows, n_rows, edit), NULL, edited_cb,
                         task);
}

void
cpt_engine_undo_stock_async (CptEngine *self,
                             GArray *undo,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_follower (self, task))
    cpt_store_run_async (self->store, cpt_store_undo_stock (undo), NULL, edited_cb, task);
}

GArray *
cpt_engine_edit_stock_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  cpt_engine_set_trouble (self, error);
  if (error != NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  if (self->stock != NULL)
    cpt_stock_sync_note_change (self->stock);
  g_task_return_boolean (task, TRUE);
}

void
cpt_engine_answer_stock_async (CptEngine *self,
                               GArray *rows,
                               gboolean ours,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_follower (self, task))
    cpt_store_run_async (self->store,
                         cpt_store_answer_stock_differences (rows, ours, get_mode (self),
                                                             cpt_clock_now (self->clock)),
                         NULL, acted_cb, task);
}

void
cpt_engine_retry_stock (CptEngine *self)
{
  cpt_store_run_async (self->store, cpt_store_retry_stock (), NULL, acted_cb,
                       g_task_new (self, NULL, NULL, NULL));
}

/* --- Lists from elsewhere --- */

typedef struct
{
  GPtrArray *lines; /* (owned) (element-type CptStockCsvLine) */
  GPtrArray *taken; /* (owned) those of them that were sent to the database, borrowed */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_ptr_array_unref (import->taken);
  g_ptr_array_unref (import->lines);
  g_free (import);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) taken = cpt_store_run_finish (CPT_STORE (source), result, &error);

  cpt_engine_set_trouble (self, error);
  if (taken == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  for (guint i = 0; i < taken->len; i++)
    if (!g_array_index (taken, gboolean, i))
      ((CptStockCsvLine *)import->taken->pdata[i])->problem =
          g_strdup (_ ("the catalog does not have this code"));
  if (self->stock != NULL)
    cpt_stock_sync_note_change (self->stock);
  g_task_return_boolean (task, TRUE);
}

void
cpt_engine_import_stock_async (CptEngine *self,
                               GPtrArray *lines,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Import *import = NULL;
  g_autoptr (GPtrArray) keys = cpt_inventory_new ();
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (CptStockEdit));

  if (refuse_follower (self, task))
    return;
  import = g_new0 (Import, 1);
  import->lines = g_ptr_array_ref (lines);
  import->taken = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++)
    {
      CptStockCsvLine *line = g_ptr_array_index (lines, i);

      if (line->problem != NULL)
        continue;
      g_ptr_array_add (import->taken, line);
      g_ptr_array_add (keys, cpt_inventory_entry_new (line->kind, line->ref, CPT_STOCK_ENTRY_NONE));
      g_array_append_val (edits, line->edit);
    }
  g_task_set_task_data (task, import, import_free);
  cpt_store_run_async (self->store, cpt_store_edit_stock_by_ref (keys, edits), NULL, imported_cb,
                       task);
}

/* --- What the policy does --- */

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (cpt_stock_sync_pull_finish (CPT_STOCK_SYNC (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
refuse_closed (CptEngine *self, GTask *task)
{
  if (self->stock != NULL)
    return FALSE;
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_FAILED, "%s",
                           _ ("This till is not connected to HubRise"));
  g_object_unref (task);
  return TRUE;
}

void
cpt_engine_pull_catalog_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_closed (self, task))
    cpt_stock_sync_pull_async (self->stock, pulled_cb, task);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *found = cpt_stock_sync_compare_finish (CPT_STOCK_SYNC (source), result, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
cpt_engine_compare_stock_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_closed (self, task))
    cpt_stock_sync_compare_async (self->stock, compared_cb, task);
}

void
cpt_engine_synchronise_stock_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  if (!refuse_closed (self, task))
    cpt_stock_sync_replace_async (self->stock, compared_cb, task);
}

static CptTime
next_cutoff (CptEngine *self, CptTime after, GTimeZone *zone)
{
  const char *cutoff = cpt_engine_get_connection (self)->cutoff_time;

  return cpt_time_next_clock (after, cutoff != NULL ? cutoff : "06:00", zone);
}

/* Where the hours of the location are not known, its cut-off time stands for the opening. */
CptTime
cpt_engine_get_stock_opening (CptEngine *self, CptTime after)
{
  const char *hours = cpt_engine_get_connection (self)->opening_hours;
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  CptTime opening =
      hours != NULL ? cpt_opening_hours_next_opening (hours, after, zone) : CPT_TIME_NONE;

  return opening != CPT_TIME_NONE ? opening : next_cutoff (self, after, zone);
}

/* The day of a shop ends at its cut-off time. */
CptTime
cpt_engine_get_stock_tomorrow (CptEngine *self)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  CptTime end = next_cutoff (self, cpt_clock_now (self->clock), zone);

  if (cpt_engine_get_connection (self)->opening_hours == NULL)
    return end;
  return cpt_engine_get_stock_opening (self, end);
}
