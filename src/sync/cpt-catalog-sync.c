/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading: the catalog, then the inventory, each decoded off the main thread and applied in one
 * transaction. */
#include "cpt-json-stock.h"
#include "cpt-json.h"
#include "cpt-stock-sync-private.h"

static void
end_pulls (CptStockSync *self)
{
  GTask *task = NULL;

  while ((task = g_queue_pop_head (&self->pulls)) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
fail (CptStockSync *self, const GError *error)
{
  cpt_stock_sync_set_trouble (self, error->message);
  cpt_stock_sync_fail_all_tasks (self, error->message);
  cpt_stock_sync_done (self, FALSE);
}

/* --- The inventory --- */

/* Whoever pressed Compare, or waits for the proof of a replacement. */
static void
give_differences (GQueue *tasks, GPtrArray *differences)
{
  GTask *task = NULL;

  while ((task = g_queue_pop_head (tasks)) != NULL)
    {
      g_task_return_pointer (task, g_ptr_array_ref (differences),
                             (GDestroyNotify)g_ptr_array_unref);
      g_object_unref (task);
    }
}

static void
sync_noted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;

  cpt_store_run_finish (CPT_STORE (source), result, NULL);
  cpt_stock_sync_refresh_state (self);
}

static void
end_replacement (CptStockSync *self, GPtrArray *differences)
{
  if (!self->replacing)
    return;
  self->replacing = FALSE;
  cpt_store_run_async (self->store,
                       cpt_store_note_sync (differences->len, cpt_clock_now (self->clock)), NULL,
                       sync_noted_cb, g_object_ref (self));
  give_differences (&self->replaces, differences);
}

static void
differences_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (differences == NULL)
    {
      fail (self, error);
      return;
    }
  give_differences (&self->compares, differences);
  end_replacement (self, differences);
  end_pulls (self);
  cpt_stock_sync_done (self, TRUE);
}

static void
inventory_applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autofree CptInventoryNews *news = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (news == NULL)
    {
      fail (self, error);
      return;
    }
  /* Another till may have put them there: who keeps the stock has to be asked. */
  if (news->taken_over && news->entries > 0)
    g_settings_set_boolean (self->settings, "keeps-stock-asks", TRUE);
  self->wants_send = TRUE;
  cpt_store_run_async (self->store,
                       cpt_store_load_stock_differences (cpt_stock_sync_get_mode (self),
                                                         cpt_clock_now (self->clock)),
                       NULL, differences_cb, g_steal_pointer (&errand));
}

static void
inventory_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cpt_json_decode_finish (result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (entries == NULL)
    {
      fail (self, error);
      return;
    }
  cpt_store_run_async (self->store,
                       cpt_store_apply_inventory (entries, !cpt_stock_sync_keeps (self),
                                                  cpt_stock_sync_get_mode (self),
                                                  cpt_clock_now (self->clock)),
                       NULL, inventory_applied_cb, g_steal_pointer (&errand));
}

static gpointer
decode_inventory (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_inventory (body, error);
}

static void
inventory_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (cpt_stock_sync_failed (self, reply))
    return;
  self->wants_read = FALSE;
  cpt_json_decode_async (reply->body, decode_inventory, NULL, NULL,
                         (GDestroyNotify)g_ptr_array_unref, NULL, inventory_decoded_cb,
                         g_steal_pointer (&errand));
}

static CptHubriseRequest *
asked_by (CptHubriseRequest *request, gboolean person)
{
  return person ? cpt_hubrise_request_by_person (request) : request;
}

void
cpt_stock_sync_read (CptStockSync *self)
{
  gboolean person =
      self->compares.length > 0 || self->replacing || cpt_stock_sync_is_awaited (self);

  self->busy = TRUE;
  cpt_stock_sync_set_activity (self, self->replacing ? CPT_STOCK_READING_BACK : CPT_STOCK_READING);
  cpt_link_send_async (
      self->link,
      asked_by (cpt_hubrise_request_get_inventory (cpt_stock_sync_get_catalog (self)), person),
      inventory_cb, cpt_stock_errand_new (self));
}

/* --- The catalog --- */

/* The same again would fail again: it is due on disk, and tried with the next start, the next event
 * or when somebody asks. */
static void
fail_pull (CptStockSync *self, const GError *error)
{
  self->wants_pull = FALSE;
  fail (self, error);
}

static void
catalog_applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autofree CptCatalogNews *news = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (news == NULL)
    {
      fail_pull (self, error);
      return;
    }
  cpt_stock_sync_end_pull (self, errand->pull_wishes);
  /* After any pull the inventory is read. */
  self->wants_read = TRUE;
  cpt_stock_sync_done (self, TRUE);
}

static void
catalog_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptCatalog) catalog = cpt_json_decode_finish (result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (catalog == NULL)
    {
      fail_pull (self, error);
      return;
    }
  cpt_store_run_async (self->store, cpt_store_apply_catalog (catalog, cpt_clock_now (self->clock)),
                       NULL, catalog_applied_cb, g_steal_pointer (&errand));
}

static gpointer
decode_catalog (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_catalog (body, error);
}

static void
catalog_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  if (cpt_stock_errand_is_stale (errand) || cpt_stock_sync_failed (self, reply))
    return;
  cpt_json_decode_async (reply->body, decode_catalog, NULL, NULL, (GDestroyNotify)cpt_catalog_unref,
                         NULL, catalog_decoded_cb, g_steal_pointer (&errand));
}

void
cpt_stock_sync_pull (CptStockSync *self)
{
  self->busy = TRUE;
  cpt_stock_sync_set_activity (self, CPT_STOCK_PULLING);
  cpt_link_send_async (self->link,
                       asked_by (cpt_hubrise_request_get_catalog (cpt_stock_sync_get_catalog (self),
                                                                  FALSE),
                                 self->pulls.length > 0 || cpt_stock_sync_is_awaited (self)),
                       catalog_cb, cpt_stock_errand_new (self));
}
