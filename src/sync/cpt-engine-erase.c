/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons are taken out of orders older than the days of the preference. Little at a time: nothing
 * else waits for it. */
#include "cpt-engine-private.h"

#define AT_ONCE  20
#define PAUSE_MS 500
/* Nothing brings erased data back: whoever types 90 has written 9 on the way. */
#define CHANGE_MS CPT_MINUTE

static gboolean erase_cb (gpointer data);
static void tidy (CptEngine *self, gboolean begin);

static void
plan (CptEngine *self, gint64 pause_ms, GSourceFunc what)
{
  cpt_clock_clear_timer (self->clock, &self->erase_timer);
  self->erase_timer = cpt_clock_add_timer (self->clock, pause_ms, what, self, NULL);
}

/* --- The index, when all is erased --- */

static gboolean
tidy_cb (gpointer data)
{
  CptEngine *self = data;

  self->erase_timer = 0;
  tidy (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
tidied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gboolean *more = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    g_message ("The search index could not be tidied: %s", error->message);
  else if (!*more)
    cpt_engine_plan_cleaning (self);
  /* unless the next look for old orders is planned already */
  else if (!self->closing && self->erase_timer == 0)
    plan (self, PAUSE_MS, tidy_cb);
}

static void
tidy (CptEngine *self, gboolean begin)
{
  cpt_store_run_async (self->store, cpt_store_tidy_search (begin), NULL, tidied_cb,
                       g_object_ref (self));
}

/* --- The copies --- */

static CptTime
get_expiry (CptEngine *self)
{
  return cpt_clock_now (self->clock) - g_settings_get_int (self->settings, "keep-days") * CPT_DAY;
}

/* A copy that old knows none but persons who have been taken out here. */
static void
forget_copies (CptEngine *self)
{
  cpt_store_run_async (self->store, cpt_store_forget_copies (get_expiry (self)), NULL,
                       cpt_engine_ignored_cb, (gpointer) "Removing old copies");
}

static void
forget_drafts (CptEngine *self)
{
  cpt_store_run_async (self->store,
                       cpt_store_forget_drafts (get_expiry (self), cpt_clock_now (self->clock)),
                       NULL, cpt_engine_ignored_cb, (gpointer) "Removing old drafts");
}

/* What HubRise said of the last request that failed may name a customer, too. */
static void
forget_failure (CptEngine *self)
{
  CptConnection *connection = cpt_link_get_connection (self->link);
  CptConnection *edited = NULL;

  if (connection->last_failure_reason == NULL || connection->last_failure >= get_expiry (self))
    return;
  edited = cpt_connection_copy (connection);
  g_clear_pointer (&edited->last_failure_reason, g_free);
  cpt_link_take_connection (self->link, edited, TRUE);
}

/* --- Orders --- */

static void
emit_erased (CptEngine *self, GPtrArray *erasures)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < erasures->len; i++)
    g_array_append_val (rows, ((CptErasure *)erasures->pdata[i])->row);
  cpt_engine_emit_rows (self, rows);
}

typedef struct
{
  CptEngine *self;     /* (owned) */
  GPtrArray *erasures; /* (owned) (element-type CptErasure) */
} Batch;

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->erasures);
  g_object_unref (batch->self);
  g_free (batch);
}

static void
erased_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Batch *batch = data;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("Old orders could not be erased: %s", error->message);
  else if (!batch->self->closing)
    {
      emit_erased (batch->self, batch->erasures);
      plan (batch->self, PAUSE_MS, erase_cb);
    }
  batch_free (batch);
}

/* What is not understood is not kept in part. */
static void
make_order (gpointer data, gpointer unused)
{
  CptErasure *erasure = data;
  g_autoptr (GBytes) kept = cpt_json_erase (erasure->document);

  if (kept == NULL)
    return;
  erasure->order =
      erasure->own ? cpt_json_decode_own_order (kept) : cpt_json_decode_order (kept, NULL);
  if (erasure->order->raw_reason != NULL)
    g_clear_pointer (&erasure->order, cpt_order_unref);
}

/* A thread of its own: documents can be long. */
static void
make_orders (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_ptr_array_foreach (data, make_order, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Batch *batch = data;
  CptEngine *self = batch->self;

  if (self->closing)
    batch_free (batch);
  else
    cpt_store_run_async (self->store,
                         cpt_store_erase (batch->erasures, cpt_clock_now (self->clock)), NULL,
                         erased_cb, batch);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = cpt_store_run_finish (CPT_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;
  Batch *batch = NULL;

  if (error != NULL)
    g_message ("Old orders could not be read: %s", error->message);
  if (found == NULL || self->closing)
    return;
  if (found->len == 0)
    {
      forget_copies (self);
      forget_drafts (self);
      forget_failure (self);
      tidy (self, TRUE);
      return;
    }
  batch = g_new0 (Batch, 1);
  batch->self = g_object_ref (self);
  batch->erasures = g_ptr_array_ref (found);
  /* Not the engine's task: a thread must not hold the last of it. */
  task = g_task_new (NULL, NULL, made_cb, batch);
  g_task_set_task_data (task, g_ptr_array_ref (found), (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, make_orders);
}

static gboolean
erase_cb (gpointer data)
{
  CptEngine *self = data;

  self->erase_timer = 0;
  cpt_store_run_async (self->store, cpt_store_load_expired (get_expiry (self), AT_ONCE), NULL,
                       loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/**
 * cpt_engine_plan_erasing:
 *
 * At a start and each day: orders whose days are over are looked for soon.
 */
void
cpt_engine_plan_erasing (CptEngine *self)
{
  if (!cpt_store_is_read_only (self->store))
    plan (self, PAUSE_MS, erase_cb);
}

void
cpt_engine_keep_days_changed_cb (GSettings *settings, const char *key, CptEngine *self)
{
  if (self->link != NULL && !self->closing && !cpt_store_is_read_only (self->store))
    plan (self, CHANGE_MS, erase_cb);
}
