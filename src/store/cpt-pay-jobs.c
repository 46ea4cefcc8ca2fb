/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a payment or a missing item: pressed, sent, refused, given up, handled elsewhere.
 * Constructors on the main thread, the rest on the writer. */
#include "cpt-pay-jobs.h"

#include "cpt-connection-table-private.h"
#include "cpt-ledger-table-private.h"
#include "cpt-order-apply-private.h"
#include "cpt-order-table-private.h"
#include "cpt-outbox-rule.h"
#include "cpt-outbox-table-private.h"
#include "cpt-step-table-private.h"
#include "cpt-store-job-private.h"

typedef struct
{
  CptOutboxEntry *entry; /* (owned) */
  CptTime back_on;
  CptOrderDecoder decode;
} PressInput;

static void
press_input_free (gpointer data)
{
  PressInput *input = data;

  cpt_outbox_entry_unref (input->entry);
  g_free (input);
}

static CptOrder *
load_document (CptDb *db, gint64 row, CptOrderDecoder decode)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT id, document FROM document JOIN orders USING (row) WHERE row = ?");
  g_autofree char *id = NULL;
  g_autoptr (GBytes) document = NULL;

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return NULL;
  id = cpt_statement_read_text (statement);
  document = cpt_statement_read_bytes (statement);
  return decode (document, id);
}

/* What the order is worth and what the kitchen works from, with the outbox as it is now. */
static void
count_again (CptDb *db, gint64 row, CptOrderDecoder decode)
{
  g_autoptr (CptOrder) order = load_document (db, row, decode);

  if (order != NULL && order->raw_reason == NULL)
    cpt_order_table_count (db, row, order);
}

static gboolean
takes_payment (const CptOrder *order, GPtrArray *outbox, const CptOutboxEntry *entry)
{
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance_with (order, outbox, &balance);
  return balance.due.state == CPT_AMOUNT_KNOWN && entry->amount.state == CPT_AMOUNT_KNOWN &&
         g_strcmp0 (balance.due.currency, entry->amount.currency) == 0 && entry->amount.minor > 0 &&
         entry->amount.minor <= balance.due.minor;
}

static gboolean
takes_deletion (const CptOrder *order, GPtrArray *outbox, const CptOutboxEntry *entry)
{
  const CptOrderItem *item = cpt_order_find_item (order, entry->element);

  return item != NULL && !item->deleted && !cpt_outbox_has_deletion (outbox, entry->element) &&
         cpt_order_count_items_left (order, outbox) > 1;
}

static gboolean
may_press (CptDb *db,
           const CptStoredOrder *stored,
           const CptOrder *order,
           const CptOutboxEntry *entry)
{
  g_autoptr (GPtrArray) outbox = cpt_outbox_table_load_of_order (db, stored->row);

  if (stored->place != cpt_connection_table_get_place (db) || order == NULL ||
      order->raw_reason != NULL)
    return FALSE;
  if (entry->kind == CPT_OUTBOX_PAYMENT)
    return cpt_order_status_takes_payment (stored->status) && takes_payment (order, outbox, entry);
  return cpt_order_status_takes_missing (stored->status) && takes_deletion (order, outbox, entry);
}

static void
take_off_sale (CptDb *db, const char *ref, CptTime back_on)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE stock SET active = 0, back_on = ? WHERE kind = 'sku' AND ref = ? AND active = 1"
          " AND listed = 1 AND binding = (SELECT binding FROM stock_place)");

  if (ref == NULL || back_on == CPT_TIME_NONE)
    return;
  cpt_statement_bind_time (statement, back_on);
  cpt_statement_bind_text (statement, ref);
  cpt_statement_run (statement);
}

static const char *
name_of (const CptOrder *order, const char *element)
{
  const CptOrderItem *item = cpt_order_find_item (order, element);

  return item != NULL ? item->product_name : NULL;
}

/* What a line of the history says of it. */
static char *
describe (const CptOrder *order, const CptOutboxEntry *entry)
{
  g_autofree char *amount = cpt_money_format (entry->amount);

  if (entry->kind == CPT_OUTBOX_DELETION)
    return g_strdup (order != NULL ? name_of (order, entry->element) : NULL);
  return entry->kind == CPT_OUTBOX_PAYMENT ? g_strdup_printf ("%s %s", entry->name, amount) : NULL;
}

static const char *
word_of_press (const CptOutboxEntry *entry, CptStepState state)
{
  if (entry->kind == CPT_OUTBOX_DELETION)
    return "missing";
  return state == CPT_STEP_LOCAL ? "paid-here" : "paid";
}

static void
store_entry (CptDb *db, const CptStoredOrder *stored, const CptOrder *order, PressInput *input)
{
  const CptOutboxEntry *entry = input->entry;
  CptStepState state =
      cpt_outbox_table_stays_here (db, stored->row) ? CPT_STEP_LOCAL : CPT_STEP_WAITING;
  g_autofree char *text = describe (order, entry);
  const CptOrderItem *item = cpt_order_find_item (order, entry->element);

  cpt_outbox_table_insert (db, stored->row, entry, state);
  cpt_history_add (db, stored->row, entry->pressed_at, CPT_ORDER_UNKNOWN,
                   word_of_press (entry, state), text, entry->seller);
  if (item != NULL)
    take_off_sale (db, item->sku_ref, input->back_on);
  cpt_order_table_count (db, stored->row, order);
  cpt_order_table_refresh (db, stored->row);
}

static gpointer
press_entry (CptDb *db, gpointer data)
{
  PressInput *input = data;
  g_auto (CptStoredOrder) stored = { 0 };
  g_autoptr (CptOrder) order = NULL;

  cpt_db_assert_writer (db);
  cpt_order_table_read (db, input->entry->order, &stored);
  if (stored.row == 0)
    {
      cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
      return NULL;
    }
  order = load_document (db, stored.row, input->decode);
  if (may_press (db, &stored, order, input->entry))
    store_entry (db, &stored, order, input);
  else
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  return NULL;
}

/**
 * cpt_store_press_entry:
 * @entry: ref'd
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_press_entry (CptOutboxEntry *entry, CptTime back_on, CptOrderDecoder decode)
{
  PressInput *input = g_new0 (PressInput, 1);

  input->entry = cpt_outbox_entry_ref (entry);
  input->back_on = back_on;
  input->decode = decode;
  return cpt_store_job_new (CPT_JOB_WRITE, press_entry, input, press_input_free, NULL);
}

static gpointer
load_unsent_entries (CptDb *db, gpointer data)
{
  GPtrArray *entries = cpt_outbox_table_load_unsent (db, cpt_connection_table_get_place (db));

  for (guint i = entries->len; i > 0; i--)
    {
      const CptOutboxEntry *entry = entries->pdata[i - 1];

      if ((entry->kind != CPT_OUTBOX_PAYMENT && entry->kind != CPT_OUTBOX_DELETION) ||
          entry->state == CPT_STEP_REFUSED)
        g_ptr_array_remove_index (entries, i - 1);
    }
  return entries;
}

/**
 * cpt_store_load_unsent_entries:
 *
 * Returns: (transfer full): a job on the writer; result: (transfer full) (element-type
 *   CptOutboxEntry) #GPtrArray
 */
CptStoreJob *
cpt_store_load_unsent_entries (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, load_unsent_entries, NULL, NULL,
                            (GDestroyNotify)g_ptr_array_unref);
}

/* The entry, if it exists in the current binding; else the transaction fails. */
static CptOutboxEntry *
get_entry (CptDb *db, gint64 id)
{
  gint64 place = 0;
  g_autoptr (CptOutboxEntry) entry = cpt_outbox_table_read (db, id, &place);

  cpt_db_assert_writer (db);
  if (entry == NULL)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  else if (place != cpt_connection_table_get_place (db))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "the entry belongs to another binding");
  return cpt_db_has_failed (db) ? NULL : g_steal_pointer (&entry);
}

static gpointer
begin_entry (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOutboxEntry) entry = get_entry (db, input->row);

  if (entry == NULL)
    return NULL;
  if (entry->state != CPT_STEP_WAITING && entry->state != CPT_STEP_UNDER_WAY)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_outbox_table_set_state (db, entry->id, CPT_STEP_UNDER_WAY, input->now + CPT_OUTBOX_LOST_MS,
                              NULL);
  cpt_order_table_refresh (db, entry->order);
  return NULL;
}

/**
 * cpt_store_begin_entry:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_begin_entry (gint64 entry, CptTime now)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, begin_entry, entry, now, NULL);
}

typedef struct
{
  CptEntryFate fate;
  char *words;          /* (owned) (nullable) fate.words */
  char *reason;         /* (owned) (nullable) fate.reason */
  CptOrderApply *apply; /* (owned) (nullable) */
  CptOrderDecoder decode;
  CptTime now;
} SettleInput;

static void
settle_input_free (gpointer data)
{
  SettleInput *input = data;

  g_free (input->words);
  g_free (input->reason);
  g_clear_pointer (&input->apply, cpt_order_apply_free);
  g_free (input);
}

static const char *
word_of_fate (const SettleInput *input)
{
  switch (input->fate.state)
    {
    case CPT_STEP_DONE:
      return "entry-sent";
    case CPT_STEP_REFUSED:
      return "entry-refused";
    case CPT_STEP_DROPPED:
      return input->fate.notice == CPT_NOTICE_ALREADY_PAID ? "already-paid" : "entry-dropped";
    default:
      return NULL;
    }
}

static void
tell_history (CptDb *db,
              const CptOutboxEntry *entry,
              CptOrderDecoder decode,
              CptTime now,
              const char *word,
              const char *reason)
{
  g_autoptr (CptOrder) order = load_document (db, entry->order, decode);
  g_autofree char *text = describe (order, entry);
  g_autofree char *whole =
      reason != NULL ? g_strdup_printf ("%s · %s", text != NULL ? text : "", reason) : NULL;

  cpt_history_add (db, entry->order, now, CPT_ORDER_UNKNOWN, word, whole != NULL ? whole : text,
                   entry->seller);
}

/* What was given up while its request was on its way stays so, unless HubRise took it. */
static gboolean
may_settle (const CptOutboxEntry *entry, CptStepState state)
{
  if (entry->state == CPT_STEP_DROPPED)
    return state == CPT_STEP_DONE;
  return entry->state != CPT_STEP_DONE && entry->state != CPT_STEP_LOCAL;
}

static void
settle_state (CptDb *db, const CptOutboxEntry *entry, const SettleInput *input)
{
  const char *word = word_of_fate (input);

  if (!may_settle (entry, input->fate.state))
    return;
  cpt_outbox_table_set_state (db, entry->id, input->fate.state, input->fate.not_before,
                              input->reason);
  if (word != NULL)
    tell_history (db, entry, input->decode, input->now, word, input->reason);
}

static CptApplied *
apply_order (CptDb *db, const SettleInput *input)
{
  CptApplied *applied =
      cpt_order_apply_run (db, cpt_connection_table_get_place (db), input->apply, input->now);

  applied->changed = TRUE;
  if (input->fate.notice != CPT_NOTICE_NONE)
    applied->notice = input->fate.notice;
  return applied;
}

/* The entry first: what is done is part of the order that is applied, what is refused or dropped
 * counts no more. */
static gpointer
settle_entry (CptDb *db, gpointer data)
{
  const SettleInput *input = data;
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_applied_free);
  g_autoptr (CptOutboxEntry) entry = get_entry (db, input->fate.entry);

  if (entry == NULL)
    return results;
  settle_state (db, entry, input);
  if (input->apply != NULL)
    g_ptr_array_add (results, apply_order (db, input));
  if (input->fate.notice != CPT_NOTICE_NONE)
    cpt_order_table_set_notice (db, entry->order, input->fate.notice, input->words);
  count_again (db, entry->order, input->decode);
  cpt_order_table_refresh (db, entry->order);
  return results;
}

/**
 * cpt_store_settle_entry:
 * @apply: (nullable): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptApplied)
 *   #GPtrArray
 */
CptStoreJob *
cpt_store_settle_entry (const CptEntryFate *fate,
                        CptOrderApply *apply,
                        CptOrderDecoder decode,
                        CptTime now)
{
  SettleInput *input = g_new0 (SettleInput, 1);

  input->fate = *fate;
  input->words = g_strdup (fate->words);
  input->reason = g_strdup (fate->reason);
  input->apply = cpt_order_apply_copy (apply);
  input->decode = decode;
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, settle_entry, input, settle_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

typedef struct
{
  gint64 entry;
  CptOrderDecoder decode;
  CptTime now;
} DecideInput;

/* HubRise will not get the order: what waits for it there stays here with it. */
static void
keep_here (CptDb *db, gint64 row)
{
  cpt_step_table_keep_here (db, row);
  cpt_outbox_table_keep_here (db, row);
  cpt_ledger_table_look_again (db, row);
}

static gpointer
decide (CptDb *db, const DecideInput *input, CptStepState state, const char *word)
{
  g_autoptr (CptOutboxEntry) entry = get_entry (db, input->entry);

  if (entry == NULL)
    return NULL;
  if (entry->state != CPT_STEP_REFUSED &&
      (state == CPT_STEP_WAITING || entry->state != CPT_STEP_WAITING))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  /* From now on somebody knows of it, however old it is. */
  cpt_outbox_table_set_state (db, entry->id, state,
                              state == CPT_STEP_WAITING ? input->now : CPT_TIME_NONE,
                              state == CPT_STEP_DROPPED ? entry->reason : NULL);
  /* An order cannot name a customer who is given up. */
  if (state == CPT_STEP_DROPPED &&
      (entry->kind == CPT_OUTBOX_ORDER || entry->kind == CPT_OUTBOX_CUSTOMER))
    cpt_outbox_table_drop_creation (db, entry->order);
  if (cpt_outbox_table_stays_here (db, entry->order))
    keep_here (db, entry->order);
  tell_history (db, entry, input->decode, input->now, word, NULL);
  count_again (db, entry->order, input->decode);
  cpt_order_table_refresh (db, entry->order);
  return g_memdup2 (&entry->order, sizeof entry->order);
}

static gpointer
retry_entry (CptDb *db, gpointer data)
{
  return decide (db, data, CPT_STEP_WAITING, "entry-retry");
}

static gpointer
give_up_entry (CptDb *db, gpointer data)
{
  return decide (db, data, CPT_STEP_DROPPED, "entry-given-up");
}

static CptStoreJob *
decide_job (CptJobFunc func, gint64 entry, CptOrderDecoder decode, CptTime now)
{
  DecideInput *input = g_new0 (DecideInput, 1);

  *input = (DecideInput){ entry, decode, now };
  return cpt_store_job_new (CPT_JOB_WRITE, func, input, g_free, g_free);
}

/**
 * cpt_store_retry_entry:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) the row of its order, for
 *   g_free()
 */
CptStoreJob *
cpt_store_retry_entry (gint64 entry, CptOrderDecoder decode, CptTime now)
{
  return decide_job (retry_entry, entry, decode, now);
}

/**
 * cpt_store_give_up_entry:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) the row of its order, for
 *   g_free()
 */
CptStoreJob *
cpt_store_give_up_entry (gint64 entry, CptOrderDecoder decode, CptTime now)
{
  return decide_job (give_up_entry, entry, decode, now);
}

typedef struct
{
  gint64 row;
  CptOrderDecoder decode;
  CptTime now;
} ElsewhereInput;

/* The order, if it waits for a decision here; else the transaction fails: what was decided already
 * is somebody's work. */
static gboolean
get_waiting (CptDb *db, gint64 row, CptStoredOrder *stored)
{
  cpt_db_assert_writer (db);
  cpt_order_table_read (db, row, stored);
  if (stored->row == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  else if (!stored->waiting || stored->place != cpt_connection_table_get_place (db))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  return !cpt_db_has_failed (db);
}

static gpointer
mark_elsewhere (CptDb *db, gpointer data)
{
  const ElsewhereInput *input = data;
  g_auto (CptStoredOrder) stored = { 0 };

  if (!get_waiting (db, input->row, &stored))
    return NULL;
  cpt_step_table_drop_all (db, stored.row);
  if (cpt_outbox_table_drop_unsent (db, stored.row))
    count_again (db, stored.row, input->decode);
  cpt_order_table_set_elsewhere (db, stored.row, TRUE);
  cpt_order_table_set_notice (db, stored.row, CPT_NOTICE_NONE, NULL);
  cpt_seen_table_forget (db, stored.row);
  cpt_history_add (db, stored.row, input->now, CPT_ORDER_UNKNOWN, "handled-elsewhere", NULL, NULL);
  cpt_order_table_refresh (db, stored.row);
  return NULL;
}

/**
 * cpt_store_mark_elsewhere:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_mark_elsewhere (gint64 row, CptOrderDecoder decode, CptTime now)
{
  ElsewhereInput *input = g_new0 (ElsewhereInput, 1);

  *input = (ElsewhereInput){ row, decode, now };
  return cpt_store_job_new (CPT_JOB_WRITE, mark_elsewhere, input, g_free, NULL);
}
