/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An engine without database and network. Main thread only. */
#include "cpt-double-engine-private.h"

#include <string.h>

#include "cpt-engine-till.h"

struct _CptEngine
{
  GObject parent_instance;

  CptClock *clock;           /* (owned) */
  CptProfile *profile;       /* (owned) */
  CptConnection *connection; /* (owned) */
  GPtrArray *rows;           /* (owned) (element-type CptOrderRow) newest first */
  GHashTable *orders;        /* (owned) key → CptOrder */
  guint filled;              /* orders made up on demand, keys 1 to that */
  gboolean hold;
  GQueue held;     /* answers that wait, GTask owned */
  char *fail_next; /* (owned) (nullable) */
  gboolean fail_reading;
  char *last_act; /* (owned) (nullable) */
  guint loaded, requests;
  guint claims;
  CptOrdersMode orders_mode;
};

enum
{
  CONNECTION_CHANGED,
  ORDERS_CHANGED,
  COUNTS_CHANGED,
  ALERT,
  STOCK_CHANGED,
  STOCK_STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (cpt - engine - error - quark, cpt_engine_error)
G_DEFINE_FINAL_TYPE (CptEngine, cpt_engine, G_TYPE_OBJECT)

static void
cpt_engine_finalize (GObject *object)
{
  CptEngine *self = CPT_ENGINE (object);

  g_clear_object (&self->clock);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->connection, cpt_connection_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_queue_clear_full (&self->held, g_object_unref);
  cpt_double_engine_forget_stock (self);
  cpt_double_engine_forget_till (self);
  g_free (self->fail_next);
  g_free (self->last_act);
  G_OBJECT_CLASS (cpt_engine_parent_class)->finalize (object);
}

static void
cpt_engine_class_init (CptEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_engine_finalize;

  signals[CONNECTION_CHANGED] =
      g_signal_new ("connection-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[ORDERS_CHANGED] = g_signal_new ("orders-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOCK_CHANGED] = g_signal_new ("stock-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOCK_STATE_CHANGED] =
      g_signal_new ("stock-state-changed", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[ALERT] = g_signal_new ("alert", CPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT, CPT_TYPE_ORDER_ROW);
}

static void
cpt_engine_init (CptEngine *self)
{
  self->connection = cpt_connection_new ();
  self->connection->state = CPT_CONNECTION_ONLINE;
  self->connection->preparation_time = 20;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);
  self->orders =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)cpt_order_unref);
  g_queue_init (&self->held);
}

/* --- What tests say --- */

CptEngine *
cpt_double_engine_new (CptClock *clock)
{
  CptEngine *self = g_object_new (CPT_TYPE_ENGINE, NULL);
  g_autoptr (GError) error = NULL;

  self->clock = g_object_ref (clock);
  self->profile = cpt_profile_new ("devel", &error);
  g_assert_no_error (error);
  return self;
}

static guint
find (CptEngine *self, gint64 key)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((CptOrderRow *)self->rows->pdata[i])->row == key)
      return i;
  return G_MAXUINT;
}

static void
emit_changed (CptEngine *self, gint64 key)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (keys, key);
  g_signal_emit (self, signals[ORDERS_CHANGED], 0, keys);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

/* Takes @row and @order (nullable). */
void
cpt_double_engine_put (CptEngine *self, CptOrderRow *row, CptOrder *order)
{
  guint at = find (self, row->row);
  gint64 key = row->row;

  if (at == G_MAXUINT)
    g_ptr_array_insert (self->rows, 0, row);
  else
    {
      cpt_order_row_unref (self->rows->pdata[at]);
      self->rows->pdata[at] = row;
    }
  if (order != NULL)
    g_hash_table_insert (self->orders, g_memdup2 (&key, sizeof key), order);
  emit_changed (self, key);
}

void
cpt_double_engine_remove (CptEngine *self, gint64 row)
{
  g_ptr_array_remove_index (self->rows, find (self, row));
  emit_changed (self, row);
}

/* Makes the list @n orders long, without holding them. */
void
cpt_double_engine_fill (CptEngine *self, guint n)
{
  self->filled = n;
  emit_changed (self, 1);
}

/* All orders are another binding's from now on. */
void
cpt_double_engine_unbind (CptEngine *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (CptOrderRow) before = self->rows->pdata[i];
      CptOrderRow *row = cpt_double_row_new (before->row, before->number, before->source,
                                             before->status, before->created_at);

      row->foreign = TRUE;
      row->waiting = FALSE;
      self->rows->pdata[i] = row;
    }
  g_signal_emit (self, signals[ORDERS_CHANGED], 0, none);
}

static CptOrderRow *
made_up_row (gint64 key)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  CptOrderRow *row = cpt_double_row_new (key, number, key % 3 != 0 ? "Deliveroo" : "Uber Eats",
                                         CPT_ORDER_COMPLETED, 0);

  row->waiting = FALSE;
  return row;
}

static CptOrderRow *
dup_row (CptEngine *self, gint64 key)
{
  guint at = find (self, key);

  if (at != G_MAXUINT)
    return cpt_order_row_ref (self->rows->pdata[at]);
  return key >= 1 && key <= self->filled ? made_up_row (key) : NULL;
}

CptOrderRow *
cpt_double_engine_get (CptEngine *self, gint64 row)
{
  guint at = find (self, row);

  return at != G_MAXUINT ? self->rows->pdata[at] : NULL;
}

void
cpt_double_engine_alert (CptEngine *self, CptAlertKind kind, gint64 row)
{
  g_signal_emit (self, signals[ALERT], 0, (int)kind, cpt_double_engine_get (self, row));
}

void
cpt_double_engine_fail_next (CptEngine *self, const char *message)
{
  g_free (self->fail_next);
  self->fail_next = g_strdup (message);
}

/* The lists cannot be read until this is taken back. */
void
cpt_double_engine_fail_reading (CptEngine *self, gboolean fail)
{
  self->fail_reading = fail;
}

const char *
cpt_double_engine_last_act (CptEngine *self)
{
  return self->last_act;
}

guint
cpt_double_engine_count_loaded (CptEngine *self)
{
  return self->loaded;
}

/* How often rows were asked for. */
guint
cpt_double_engine_count_requests (CptEngine *self)
{
  return self->requests;
}

/* How often it was asked what of all orders is to be printed. */
guint
cpt_double_engine_count_claims (CptEngine *self)
{
  return self->claims;
}

CptOrderRow *
cpt_double_row_new (gint64 key,
                    const char *number,
                    const char *source,
                    CptOrderStatus status,
                    CptTime created_at)
{
  CptOrderRow *row = cpt_order_row_new ();

  row->row = key;
  row->id = g_strdup_printf ("id%" G_GINT64_FORMAT, key);
  row->number = g_strdup (number);
  row->source = g_strdup (source);
  row->service_type = CPT_SERVICE_DELIVERY;
  row->created_at = created_at;
  row->first_seen_at = created_at;
  row->customer = g_strdup ("Zoé D.");
  row->items = g_strdup ("2 Margherita, 1 Tiramisù");
  row->total = cpt_money (2750, "EUR");
  row->due = cpt_money (0, "EUR");
  row->paid = CPT_PAID_FULLY;
  row->status = status;
  row->hubrise_status = status;
  row->waiting = cpt_order_status_is_waiting (status);
  return row;
}

/* --- Answers --- */

static gboolean
answer_cb (gpointer data)
{
  GTask *task = data;
  gpointer value = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (value != NULL && GPOINTER_TO_SIZE (value) == 1)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, value, NULL);
  return G_SOURCE_REMOVE;
}

/* @task: (transfer full), @value: what it returns, 1 for TRUE */
void
cpt_double_engine_answer (CptEngine *self, GTask *task, gpointer value)
{
  g_task_set_task_data (task, value, NULL);
  if (self->hold)
    g_queue_push_tail (&self->held, task);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

static void
fail (CptEngine *self, GTask *task)
{
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_BUSY, "%s", self->fail_next);
  g_clear_pointer (&self->fail_next, g_free);
}

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

/* While held, answers wait; letting go gives them in their order. */
void
cpt_double_engine_hold_answers (CptEngine *self, gboolean hold)
{
  GTask *task = NULL;

  self->hold = hold;
  while (!hold && (task = g_queue_pop_head (&self->held)) != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

static gboolean
matches (const CptOrderRow *row, CptOrderTab tab, const char *text)
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

      if (matches (row, tab, text))
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
      CptOrderRow *row = dup_row (self, keys[i]);

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

      fail (self, task);
      return;
    }
  details = g_new0 (CptOrderDetails, 1);
  details->row = dup_row (self, row);
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

/* --- Deeds --- */

static void
act (CptEngine *self, GAsyncReadyCallback callback, gpointer data, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
act (CptEngine *self, GAsyncReadyCallback callback, gpointer data, const char *format, ...)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  va_list args;

  g_free (self->last_act);
  va_start (args, format);
  self->last_act = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->fail_next != NULL)
    {
      fail (self, task);
      g_object_unref (task);
      return;
    }
  cpt_double_engine_answer (self, task, GSIZE_TO_POINTER (1));
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
  act (self, callback, data, "press %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " note=%s cause=%s",
       row, cpt_order_status_to_string (to),
       confirmed_time == CPT_TIME_NONE ? (gint64)0 : confirmed_time, note != NULL ? note : "",
       cause != NULL ? cause : "");
}

void
cpt_engine_add_payment_async (CptEngine *self,
                              gint64 row,
                              const char *name,
                              const char *ref,
                              CptMoney amount,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autofree char *text = cpt_money_to_string (amount);

  act (self, callback, data, "pay %" G_GINT64_FORMAT " %s %s %s", row, name, ref, text);
}

void
cpt_engine_mark_missing_async (CptEngine *self,
                               gint64 row,
                               const char *item,
                               const char *note,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  act (self, callback, data, "missing %" G_GINT64_FORMAT " %s note=%s", row, item,
       note != NULL ? note : "");
}

CptTime
cpt_engine_get_missing_until (CptEngine *self)
{
  return cpt_clock_now (self->clock) + 10 * CPT_HOUR;
}

#define ACT(name)                                                                                  \
  void cpt_engine_##name##_async (CptEngine *self, gint64 target, GAsyncReadyCallback callback,    \
                                  gpointer data)                                                   \
  {                                                                                                \
    act (self, callback, data, #name " %" G_GINT64_FORMAT, target);                                \
  }

ACT (undo)
ACT (retry)
ACT (give_up)
ACT (mark_elsewhere)
ACT (mark_seen)
ACT (retry_entry)
ACT (give_up_entry)

gboolean
cpt_engine_act_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Tickets: none is due --- */

void
cpt_engine_note_print_async (CptEngine *self,
                             gint64 row,
                             CptTicketKind kind,
                             gboolean called_off,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data), GSIZE_TO_POINTER (1));
}

int
cpt_engine_note_print_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? 0 : -1;
}

void
cpt_engine_claim_tickets_async (CptEngine *self,
                                GArray *rows,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  self->claims += rows == NULL;
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data),
                            g_array_new (FALSE, FALSE, sizeof (CptTicketDue)));
}

GArray *
cpt_engine_claim_tickets_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Whether orders come in --- */

void
cpt_double_engine_set_orders (CptEngine *self, CptOrdersMode mode)
{
  self->orders_mode = mode;
  g_signal_emit (self, signals[CONNECTION_CHANGED], 0);
}

void
cpt_engine_get_acceptance (CptEngine *self, CptOrdersState *state)
{
  *state = (CptOrdersState){ .mode = self->orders_mode, .resume_at = CPT_TIME_NONE };
}

void
cpt_orders_state_clear (CptOrdersState *state)
{
  g_clear_pointer (&state->reason, g_free);
  g_clear_pointer (&state->refusal, g_free);
}

/* --- Snapshots --- */

CptClock *
cpt_engine_get_clock (CptEngine *self)
{
  return self->clock;
}

const char *
cpt_engine_get_trouble (CptEngine *self)
{
  return NULL;
}

CptProfile *
cpt_engine_get_profile (CptEngine *self)
{
  return self->profile;
}

CptConnection *
cpt_engine_get_connection (CptEngine *self)
{
  return self->connection;
}

int
cpt_engine_get_missed_checks (CptEngine *self)
{
  return 0;
}

void
cpt_engine_get_counts (CptEngine *self, CptEngineCounts *counts)
{
  memset (counts, 0, sizeof *counts);
  counts->all = self->rows->len + self->filled;
  for (guint i = 0; i < self->rows->len; i++)
    {
      CptOrderRow *row = self->rows->pdata[i];

      counts->waiting += row->waiting;
      counts->ringing += cpt_order_row_rings (row, cpt_clock_now (self->clock));
      counts->today += matches (row, CPT_ORDER_TAB_TODAY, NULL);
      counts->till += matches (row, CPT_ORDER_TAB_TILL, NULL);
    }
}

CptTime
cpt_engine_get_accept_time (CptEngine *self, CptTime expected_time)
{
  CptTime now = cpt_clock_now (self->clock);

  if (expected_time != CPT_TIME_NONE && expected_time > now)
    return expected_time;
  return (now + 20 * CPT_MINUTE + CPT_MINUTE - 1) / CPT_MINUTE * CPT_MINUTE;
}

GTimeZone *
cpt_engine_dup_zone (CptEngine *self)
{
  return g_time_zone_new_identifier ("Europe/Paris");
}

CptDeadlineTable *
cpt_engine_dup_deadlines (CptEngine *self)
{
  return cpt_deadline_table_new_default ();
}

CptTime
cpt_engine_get_deadline (CptEngine *self, const CptOrderRow *row)
{
  g_autoptr (CptDeadlineTable) table = cpt_engine_dup_deadlines (self);

  return cpt_deadline_at (table, row->source, row->created_at, 0);
}
