/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, asked in one line. Main thread only. */
#include "cpt-test-store.h"

#include <glib/gstdio.h>

#include "cpt-test-wait.h"

typedef struct
{
  gboolean done;
  GAsyncResult *result; /* (owned) */
} Answer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

char *
cpt_test_make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("comptoir-store-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

void
cpt_test_remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        cpt_test_remove_directory (path);
      else
        g_unlink (path);
    }
  g_rmdir (directory);
}

gboolean
cpt_test_open (CptStore *store, GError **error)
{
  Answer answer = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  cpt_store_open_async (store, NULL, answer_cb, &answer);
  CPT_WAIT_UNTIL (answer.done);
  result = answer.result;
  return cpt_store_open_finish (store, result, error);
}

void
cpt_test_close (CptStore *store)
{
  Answer answer = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cpt_store_close_async (store, answer_cb, &answer);
  CPT_WAIT_UNTIL (answer.done);
  result = answer.result;
  cpt_store_close_finish (store, result, &error);
  g_assert_no_error (error);
}

CptTestStore *
cpt_test_store_new (void)
{
  CptTestStore *self = g_new0 (CptTestStore, 1);
  g_autoptr (GError) error = NULL;

  self->directory = cpt_test_make_directory ();
  self->store = cpt_store_new (self->directory);
  cpt_test_open (self->store, &error);
  g_assert_no_error (error);
  return self;
}

CptTestStore *
cpt_test_store_new_bound (void)
{
  CptTestStore *self = cpt_test_store_new ();

  cpt_test_bind (self, "http://127.0.0.1/v1", "loc-1", "cat-1");
  return self;
}

void
cpt_test_store_reopen (CptTestStore *self)
{
  g_autoptr (GError) error = NULL;

  cpt_test_close (self->store);
  g_assert_finalize_object (g_steal_pointer (&self->store));
  self->store = cpt_store_new (self->directory);
  cpt_test_open (self->store, &error);
  g_assert_no_error (error);
}

void
cpt_test_store_free (CptTestStore *self)
{
  if (self->store != NULL)
    {
      cpt_test_close (self->store);
      g_assert_finalize_object (self->store);
    }
  cpt_test_remove_directory (self->directory);
  g_free (self->directory);
  g_free (self);
}

gpointer
cpt_test_run (CptStore *store, CptStoreJob *job, GError **error)
{
  Answer answer = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  cpt_store_run_async (store, job, NULL, answer_cb, &answer);
  CPT_WAIT_UNTIL (answer.done);
  result = answer.result;
  return cpt_store_run_finish (store, result, error);
}

gpointer
cpt_test_ask (CptTestStore *self, CptStoreJob *job)
{
  g_autoptr (GError) error = NULL;
  gpointer result = cpt_test_run (self->store, job, &error);

  g_assert_no_error (error);
  return result;
}

void
cpt_test_do (CptTestStore *self, CptStoreJob *job)
{
  g_assert_null (cpt_test_ask (self, job));
}

void
cpt_test_refused (CptTestStore *self, CptStoreJob *job, CptStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cpt_test_run (self->store, job, &error));
  g_assert_error (error, CPT_STORE_ERROR, (int)code);
}

void
cpt_test_bind (CptTestStore *self, const char *api_root, const char *location, const char *catalog)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (CptConnection) bound = NULL;

  connection->api_root = g_strdup (api_root);
  connection->location_id = g_strdup (location);
  connection->catalog_id = g_strdup (catalog);
  bound = cpt_test_ask (self, cpt_store_bind (connection));
  g_assert_cmpint (bound->binding, >, 0);
}

/* To be called after the last change of a field. */
void
cpt_test_order_seal (CptOrder *order)
{
  g_autofree char *items = cpt_order_dup_items_summary (order, NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"status\":\"%s\",\"items\":\"%s\",\"expected\":%" G_GINT64_FORMAT "}",
      order->id, cpt_order_status_to_string (order->status), items, order->expected_time);

  g_clear_pointer (&order->document, g_bytes_unref);
  order->document = g_bytes_new (text, strlen (text));
}

CptOrder *
cpt_test_order_at (const char *id, CptOrderStatus status, CptTime created, CptTime expected)
{
  CptOrder *order = cpt_order_new ();

  order->id = g_strdup (id);
  order->status = status;
  order->status_text = g_strdup (cpt_order_status_to_string (status));
  order->created_at = created;
  order->expected_time = expected;
  order->service_type = CPT_SERVICE_COLLECTION;
  order->service_type_text = g_strdup ("collection");
  order->channel = g_strdup ("Deliveroo");
  cpt_test_order_seal (order);
  return order;
}

CptOrder *
cpt_test_order (const char *id, CptOrderStatus status)
{
  return cpt_test_order_at (id, status, NOW, CPT_TIME_NONE);
}

void
cpt_test_order_add_item (CptOrder *order, const char *name, int quantity)
{
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup (name);
  item->quantity = cpt_decimal (quantity * 1000);
  g_ptr_array_add (order->items, item);
  cpt_test_order_seal (order);
}

CptApplied *
cpt_test_apply (CptTestStore *self, CptOrder *order, CptOrderOrigin origin, gboolean want_received)
{
  g_autoptr (GPtrArray) applies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);
  g_autoptr (GPtrArray) results = NULL;
  CptOrderApply *apply = cpt_order_apply_new (order, origin);
  CptApplied *applied = NULL;

  apply->want_received = want_received;
  g_ptr_array_add (applies, apply);
  results = cpt_test_ask (self, cpt_store_apply_orders (applies, NOW));
  g_assert_cmpuint (results->len, ==, 1);
  applied = g_memdup2 (results->pdata[0], sizeof *applied);
  applied->id = g_strdup (applied->id);
  return applied;
}

gint64
cpt_test_arrive (CptTestStore *self, const char *id, CptOrderStatus status)
{
  g_autoptr (CptOrder) order = cpt_test_order (id, status);
  CptApplied *applied = cpt_test_apply (self, order, CPT_ORIGIN_EVENT, FALSE);
  gint64 row = applied->row;

  cpt_applied_free (applied);
  return row;
}

CptOrderRow *
cpt_test_row (CptTestStore *self, gint64 row, CptTime now)
{
  g_autoptr (GPtrArray) rows = cpt_test_ask (self, cpt_store_load_rows (&row, 1, now));

  g_assert_cmpuint (rows->len, ==, 1);
  return cpt_order_row_ref (rows->pdata[0]);
}

CptOrderStep *
cpt_test_step (gint64 row, CptOrderStatus status, CptTime at)
{
  CptOrderStep *step = cpt_order_step_new (row, NULL, status);

  step->pressed_at = at;
  step->not_before = at + (cpt_order_status_is_held (status) ? CPT_STEP_HOLD_MS : 0);
  return step;
}

CptOrderStep *
cpt_test_press (CptTestStore *self, gint64 row, CptOrderStatus status)
{
  g_autoptr (CptOrderStep) step = cpt_test_step (row, status, NOW);

  return cpt_test_ask (self, cpt_store_press (step, FALSE));
}

GPtrArray *
cpt_test_unsent (CptTestStore *self)
{
  return cpt_test_ask (self, cpt_store_load_unsent_steps ());
}

/* Returns: (transfer full): the ids of the tab in their order, "a b c" */
char *
cpt_test_list (CptTestStore *self, CptOrderTab tab, const char *text)
{
  CptOrderQuery query = { .tab = tab,
                          .text = (char *)text,
                          .now = NOW,
                          .today_start = NOW - 6 * CPT_HOUR,
                          .today_end = NOW + 18 * CPT_HOUR };
  g_autoptr (GArray) rows = cpt_test_ask (self, cpt_store_list_orders (&query));
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (CptOrderRow) row = cpt_test_row (self, g_array_index (rows, gint64, i), NOW);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", row->id != NULL ? row->id : "raw");
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* Returns: (transfer full): the words of the history, "arrived pressed sent" */
char *
cpt_test_history (CptTestStore *self, gint64 row)
{
  g_autoptr (CptOrderRecord) record = cpt_test_ask (self, cpt_store_load_order (row, NOW));
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < record->history->len; i++)
    {
      const CptHistoryEntry *entry = record->history->pdata[i];

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", entry->what);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
