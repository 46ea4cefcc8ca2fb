/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks about an order of the till's own: the draft of it, and OK. */
#include <glib/gi18n-lib.h>

#include "cpt-engine-private.h"
#include "cpt-engine-till.h"
#include "cpt-store-till-jobs.h"
#include "cpt-till-order.h"

#define DRAFT_PAUSE_MS 500

/* --- Drafts --- */

/* Prices and refs are of one catalog. */
static char *
dup_draft_key (gint64 binding, int which)
{
  return g_strdup_printf (which == 0 ? "till-draft-%" G_GINT64_FORMAT
                                     : "till-waiting-%" G_GINT64_FORMAT,
                          binding);
}

/* The first one not while it becomes an order: written after that it would be offered again. */
static void
write_draft (CptEngine *self, int which)
{
  g_autofree char *key = dup_draft_key (self->draft_binding, which);
  GBytes *draft = self->drafts[which];
  g_autofree char *text = NULL;

  if (draft == NULL || (which == 0 && self->placing > 0))
    return;
  if (g_bytes_get_size (draft) > 0)
    text = g_strndup (g_bytes_get_data (draft, NULL), g_bytes_get_size (draft));
  cpt_store_run_async (self->store, cpt_store_save_value (key, text), NULL, cpt_engine_ignored_cb,
                       (gpointer) "Keeping what is being put together");
}

static gboolean
draft_due_cb (gpointer data)
{
  CptEngine *self = data;

  self->draft_timer = 0;
  for (int i = 0; i < CPT_N_DRAFTS; i++)
    write_draft (self, i);
  return G_SOURCE_REMOVE;
}

void
cpt_engine_flush_draft (CptEngine *self)
{
  if (self->draft_timer == 0)
    return;
  cpt_clock_clear_timer (self->clock, &self->draft_timer);
  draft_due_cb (self);
}

/* @draft: (nullable) */
static void
set_draft (CptEngine *self, int which, const CptOrder *draft)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);

  g_clear_pointer (&self->drafts[which], g_bytes_unref);
  self->drafts[which] = draft != NULL ? cpt_json_write_order (draft, zone) : g_bytes_new (NULL, 0);
}

/* What belongs to another binding stays on the disk for it. */
static void
begin_drafts (CptEngine *self)
{
  gint64 binding = cpt_engine_get_connection (self)->binding;

  if (self->draft_binding == binding)
    return;
  cpt_engine_flush_draft (self);
  for (int i = 0; i < CPT_N_DRAFTS; i++)
    g_clear_pointer (&self->drafts[i], g_bytes_unref);
  self->draft_binding = binding;
}

void
cpt_engine_save_draft (CptEngine *self, const CptOrder *draft, const CptOrder *other)
{
  if (self->closing || cpt_store_is_read_only (self->store))
    return;
  begin_drafts (self);
  set_draft (self, 0, draft);
  set_draft (self, 1, other);
  if (self->draft_timer == 0)
    self->draft_timer = cpt_clock_add_timer (self->clock, DRAFT_PAUSE_MS, draft_due_cb, self, NULL);
}

/* Drafts on their way from the disk. */
typedef struct
{
  gint64 binding;
  int n;                          /* how many are there */
  CptOrder *orders[CPT_N_DRAFTS]; /* (owned) (nullable) */
} LoadingDrafts;

static void
loading_drafts_free (gpointer data)
{
  LoadingDrafts *loading = data;

  for (int i = 0; i < CPT_N_DRAFTS; i++)
    g_clear_pointer (&loading->orders[i], cpt_order_unref);
  g_free (loading);
}

/* @draft: (nullable) */
static void
take_draft (LoadingDrafts *loading, GBytes *draft)
{
  gboolean is_empty = draft == NULL || g_bytes_get_size (draft) == 0;
  g_autoptr (CptOrder) order = is_empty ? NULL : cpt_json_decode_own_order (draft);

  if (order != NULL && order->raw_reason == NULL)
    loading->orders[loading->n] = g_steal_pointer (&order);
  loading->n++;
}

static void load_drafts (GTask *task);

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *text = cpt_store_run_finish (CPT_STORE (source), result, &error);
  g_autoptr (GBytes) draft = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;

  if (error != NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  take_draft (g_task_get_task_data (task), draft);
  load_drafts (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
load_drafts (GTask *task)
{
  CptEngine *self = g_task_get_source_object (task);
  LoadingDrafts *loading = g_task_get_task_data (task);
  g_autofree char *key = dup_draft_key (loading->binding, loading->n);

  if (loading->n < CPT_N_DRAFTS)
    {
      cpt_store_run_async (self->store, cpt_store_load_value (key), g_task_get_cancellable (task),
                           draft_loaded_cb, task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&loading->orders[0]),
                         (GDestroyNotify)cpt_order_unref);
  g_object_unref (task);
}

void
cpt_engine_load_draft_async (CptEngine *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  LoadingDrafts *loading = g_new0 (LoadingDrafts, 1);

  loading->binding = cpt_engine_get_connection (self)->binding;
  g_task_set_task_data (task, loading, loading_drafts_free);
  while (loading->n < CPT_N_DRAFTS && self->drafts[loading->n] != NULL &&
         self->draft_binding == loading->binding)
    take_draft (loading, self->drafts[loading->n]);
  load_drafts (task);
}

CptOrder *
cpt_engine_load_draft_finish (CptEngine *self,
                              GAsyncResult *result,
                              CptOrder **other,
                              GError **error)
{
  LoadingDrafts *loading = g_task_get_task_data (G_TASK (result));

  *other = g_steal_pointer (&loading->orders[1]);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- OK --- */

static gboolean
is_of_list (const CptOrder *order)
{
  return order->customer != NULL &&
         (order->customer->id != NULL || order->customer->customer_list_id != NULL);
}

gboolean
cpt_engine_would_send (CptEngine *self, const CptOrder *order)
{
  g_autofree char *which = g_settings_get_string (self->settings, "till-orders");

  return g_str_equal (which, "all") || (g_str_equal (which, "customers") && is_of_list (order));
}

/* An order on its way to the disk. */
typedef struct
{
  gint64 row;         /* of the one it replaces; 0: a new one */
  CptOrder *draft;    /* (owned) */
  char *number;       /* (owned) (nullable) until it is known */
  char *order_id;     /* (owned) (nullable) */
  char *private_ref;  /* (owned) (nullable) */
  char *customer_ref; /* (owned) (nullable) */
} Placing;

static void
placing_free (gpointer data)
{
  Placing *placing = data;

  cpt_order_unref (placing->draft);
  g_free (placing->number);
  g_free (placing->order_id);
  g_free (placing->private_ref);
  g_free (placing->customer_ref);
  g_free (placing);
}

static CptOutboxEntry *
make_entry (CptOutboxKind kind,
            const char *private_ref,
            GBytes *body,
            const char *seller,
            CptTime now)
{
  CptOutboxEntry *entry = cpt_outbox_entry_new (kind, 0, NULL);

  entry->private_ref = g_strdup (private_ref);
  entry->body = body;
  entry->seller = g_strdup (seller);
  entry->pressed_at = now;
  entry->not_before = now;
  return entry;
}

/* The customer first: the order names him. */
static GPtrArray *
make_entries (const CptOrder *order, const char *seller, CptTime now)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);

  if (order->customer != NULL && order->customer->private_ref != NULL)
    g_ptr_array_add (entries, make_entry (CPT_OUTBOX_CUSTOMER, order->customer->private_ref,
                                          cpt_json_write_customer (order->customer), seller, now));
  g_ptr_array_add (entries, make_entry (CPT_OUTBOX_ORDER, order->private_ref,
                                        g_bytes_ref (order->document), seller, now));
  return entries;
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *row = cpt_store_run_finish (CPT_STORE (source), result, &error);

  self->placing--;
  cpt_engine_set_trouble (self, error);
  if (row == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  if (!self->closing)
    {
      begin_drafts (self);
      set_draft (self, 0, NULL);
      cpt_engine_emit_row (self, *row);
      cpt_engine_refresh_counts (self);
      cpt_outbox_sender_retry_now (self->outbox);
      cpt_outbox_sender_reload (self->outbox);
    }
  g_task_return_int (task, *row);
}

/* As it will be kept, with its document; NULL with an error when it cannot be placed. */
static CptOrder *
make_order (CptEngine *self, const Placing *placing, const char *seller, GError **error)
{
  g_autofree char *content_ref = g_uuid_string_random ();
  CptTillStamp stamp = { .private_ref = placing->private_ref,
                         .content_ref = content_ref,
                         .number = placing->number,
                         .order_id = placing->order_id,
                         .customer_ref = placing->customer_ref,
                         .seller = seller,
                         .now = cpt_clock_now (self->clock) };
  g_autoptr (CptOrder) order = cpt_till_order_new (placing->draft, &stamp);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  g_autoptr (GBytes) document = cpt_json_write_order (order, zone);
  const char *problem = cpt_till_order_problem (order);

  if (problem == NULL)
    return cpt_json_decode_own_order (document);
  g_set_error_literal (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED, problem);
  return NULL;
}

static CptStoreJob *
make_job (CptEngine *self, const Placing *placing, const CptOrder *order, const char *seller)
{
  CptTime now = cpt_clock_now (self->clock);
  g_autofree char *draft = dup_draft_key (cpt_engine_get_connection (self)->binding, 0);
  g_autoptr (GPtrArray) entries = NULL;

  /* Whoever sends again a refused one wants it sent. */
  if (placing->row != 0 || cpt_engine_would_send (self, order))
    entries = make_entries (order, seller, now);
  else
    entries = g_ptr_array_new ();
  if (placing->row != 0)
    return cpt_store_replace_order (placing->row, order, entries, seller, draft, now);
  return cpt_store_place_order (order, entries, seller, draft, now);
}

/* @task: (transfer full) its number is known */
static void
place (GTask *task)
{
  g_autoptr (GTask) owned = task;
  CptEngine *self = g_task_get_source_object (task);
  const Placing *placing = g_task_get_task_data (task);
  g_autofree char *seller = g_settings_get_string (self->settings, "seller");
  GError *error = NULL;
  g_autoptr (CptOrder) order = make_order (self, placing, seller, &error);

  if (order == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Should it not be placed, what was put together is not lost. */
  cpt_engine_flush_draft (self);
  self->placing++;
  cpt_store_run_async (self->store,
                       make_job (self, placing, order, *seller != '\0' ? seller : NULL), NULL,
                       placed_cb, g_steal_pointer (&owned));
}

static CptTime
get_day (CptEngine *self)
{
  return cpt_engine_make_query (self, CPT_ORDER_TAB_TODAY, NULL, NULL).today_start;
}

static char *
make_order_id (CptEngine *self, const char *number)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  g_autoptr (GDateTime) day = cpt_time_to_date_time (get_day (self), zone);
  g_autofree char *date = g_date_time_format (day, "%Y%m%d");

  return g_strconcat (date, "-", number, NULL);
}

static void
numbered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *number = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (number == NULL)
    {
      cpt_engine_set_trouble (self, error);
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  /* No platform's number begins like this: nobody takes one for the other. */
  placing->number = g_strdup_printf ("C%" G_GINT64_FORMAT, *number);
  placing->order_id = make_order_id (self, placing->number);
  placing->private_ref = g_uuid_string_random ();
  place (g_steal_pointer (&task));
}

static GTask *
new_placing (CptEngine *self,
             gint64 row,
             const CptOrder *draft,
             GAsyncReadyCallback callback,
             gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Placing *placing = g_new0 (Placing, 1);

  placing->row = row;
  placing->draft = cpt_order_ref (draft);
  g_task_set_task_data (task, placing, placing_free);
  if (cpt_engine_get_connection (self)->binding != 0)
    return task;
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED, "%s",
                           _ ("This till is not connected to HubRise"));
  g_object_unref (task);
  return NULL;
}

void
cpt_engine_place_order_async (CptEngine *self,
                              const CptOrder *order,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  GTask *task = new_placing (self, 0, order, callback, data);

  if (task != NULL)
    cpt_store_run_async (self->store, cpt_store_take_till_number (get_day (self)), NULL,
                         numbered_cb, task);
}

gint64
cpt_engine_place_order_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  gint64 row = g_task_propagate_int (G_TASK (result), error);

  return MAX (row, 0);
}

static char *
dup_custom_field (const CptOrder *order, const char *path)
{
  for (guint i = 0; i < order->custom_fields->len; i++)
    {
      const CptField *field = order->custom_fields->pdata[i];

      if (g_str_equal (field->path, path))
        return g_strdup (field->text);
    }
  return NULL;
}

/* It keeps its names: HubRise must not get it twice, and people know it by its number. */
static void
replaced_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderRecord) record = cpt_store_run_finish (CPT_STORE (source), result, &error);
  g_autoptr (CptOrder) order = NULL;

  if (record == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  order = cpt_json_decode_own_order (record->document);
  placing->number = g_strdup (order->ref);
  placing->order_id = dup_custom_field (order, "epos.order_id");
  placing->private_ref = g_strdup (order->private_ref);
  if (order->customer != NULL)
    placing->customer_ref = g_strdup (order->customer->private_ref);
  place (g_steal_pointer (&task));
}

void
cpt_engine_replace_order_async (CptEngine *self,
                                gint64 row,
                                const CptOrder *order,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task = new_placing (self, row, order, callback, data);

  if (task != NULL)
    cpt_store_run_async (self->store, cpt_store_load_order (row, cpt_clock_now (self->clock)), NULL,
                         replaced_loaded_cb, task);
}
