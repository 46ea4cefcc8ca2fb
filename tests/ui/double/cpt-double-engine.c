/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An engine without database and network. Main thread only. */
#include "cpt-double-engine-private.h"

#include <string.h>

#include "cpt-engine-till.h"

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

CptOrderRow *
cpt_double_engine_dup_row (CptEngine *self, gint64 key)
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

/* With the words of cpt_double_engine_fail_next(). */
void
cpt_double_engine_fail (CptEngine *self, GTask *task)
{
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_BUSY, "%s", self->fail_next);
  g_clear_pointer (&self->fail_next, g_free);
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
      counts->today += cpt_double_engine_matches (row, CPT_ORDER_TAB_TODAY, NULL);
      counts->till += cpt_double_engine_matches (row, CPT_ORDER_TAB_TILL, NULL);
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
