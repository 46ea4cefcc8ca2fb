/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders made at this till, and what becomes of what is to be created at HubRise. Constructors on
 * the main thread, the rest on the writer. */
#include "cpt-connection-table-private.h"
#include "cpt-ledger-table-private.h"
#include "cpt-order-apply-private.h"
#include "cpt-order-table-private.h"
#include "cpt-outbox-table-private.h"
#include "cpt-step-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-till-jobs.h"

#define NUMBER_KEY "till-number"

/* --- Numbers --- */

/* Kept as "DAY NUMBER": of another day it begins with 1. */
static gint64
read_number (CptDb *db, CptTime day)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT value FROM value WHERE key = '" NUMBER_KEY "'");
  const char *text = cpt_statement_next (statement) ? cpt_statement_peek_text (statement) : NULL;
  char *end = NULL;

  if (text == NULL || g_ascii_strtoll (text, &end, 10) != day)
    return 0;
  return g_ascii_strtoll (end, NULL, 10);
}

static gpointer
take_till_number (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  gint64 number = read_number (db, input->now) + 1;
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, input->now, number);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO value (key, value) VALUES ('" NUMBER_KEY "', ?)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");

  cpt_db_assert_writer (db);
  cpt_statement_bind_text (statement, text);
  cpt_statement_run (statement);
  return g_memdup2 (&number, sizeof number);
}

/**
 * cpt_store_take_till_number:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_take_till_number (CptTime day)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, take_till_number, 0, day, g_free);
}

/* --- Orders of this till --- */

typedef struct
{
  gint64 row; /* 0: a new one */
  CptOrder *order;
  GPtrArray *entries; /* (owned) (element-type CptOutboxEntry) */
  char *seller;       /* (owned) (nullable) */
  char *draft;        /* (owned) (nullable) */
  CptTime now;
} PlaceInput;

static void
place_input_free (gpointer data)
{
  PlaceInput *input = data;

  cpt_order_unref (input->order);
  g_ptr_array_unref (input->entries);
  g_free (input->seller);
  g_free (input->draft);
  g_free (input);
}

static void
forget_draft (CptDb *db, const char *key)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "DELETE FROM value WHERE key = ?");

  cpt_statement_bind_text (statement, key);
  cpt_statement_run (statement);
}

/* A customer whom HubRise has since the try before is not created again. */
static void
add_entries (CptDb *db, gint64 row, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const CptOutboxEntry *entry = entries->pdata[i];

      if (!cpt_outbox_table_is_done (db, entry->private_ref))
        cpt_outbox_table_insert (db, row, entry, CPT_STEP_WAITING);
    }
}

static gpointer
write_content (CptDb *db, gint64 row, const PlaceInput *input, const char *what)
{
  cpt_order_table_write (db, row, input->order);
  add_entries (db, row, input->entries);
  cpt_history_add (db, row, input->now, CPT_ORDER_ACCEPTED, what, NULL, input->seller);
  forget_draft (db, input->draft);
  cpt_order_table_refresh (db, row);
  return g_memdup2 (&row, sizeof row);
}

static gpointer
place_order (CptDb *db, gpointer data)
{
  const PlaceInput *input = data;
  gint64 place = cpt_connection_table_get_place (db);

  cpt_db_assert_writer (db);
  /* Without a binding it is not known whose order this is. */
  if (place == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "no binding");
  if (cpt_db_has_failed (db))
    return NULL;
  return write_content (db,
                        cpt_order_table_insert_till (db, place, input->order->private_ref,
                                                     input->now),
                        input, "placed");
}

static PlaceInput *
place_input_new (gint64 row,
                 const CptOrder *order,
                 GPtrArray *entries,
                 const char *seller,
                 const char *draft,
                 CptTime now)
{
  PlaceInput *input = g_new0 (PlaceInput, 1);

  input->row = row;
  input->order = cpt_order_ref (order);
  input->entries = g_ptr_array_ref (entries);
  input->seller = g_strdup (seller);
  input->draft = g_strdup (draft);
  input->now = now;
  return input;
}

/**
 * cpt_store_place_order:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_place_order (const CptOrder *order,
                       GPtrArray *entries,
                       const char *seller,
                       const char *draft,
                       CptTime now)
{
  return cpt_store_job_new (CPT_JOB_WRITE, place_order,
                            place_input_new (0, order, entries, seller, draft, now),
                            place_input_free, g_free);
}

static gpointer
replace_order (CptDb *db, gpointer data)
{
  const PlaceInput *input = data;
  g_auto (CptStoredOrder) stored = { 0 };

  cpt_db_assert_writer (db);
  cpt_order_table_read (db, input->row, &stored);
  if (stored.row == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  else if (stored.id != NULL || stored.place != cpt_connection_table_get_place (db) ||
           !cpt_outbox_table_can_replace (db, input->row))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  if (cpt_db_has_failed (db))
    return NULL;
  cpt_outbox_table_drop_creation (db, input->row);
  cpt_ledger_table_begin_anew (db, input->row);
  return write_content (db, input->row, input, "corrected");
}

/**
 * cpt_store_replace_order:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) gint64
 */
CptStoreJob *
cpt_store_replace_order (gint64 row,
                         const CptOrder *order,
                         GPtrArray *entries,
                         const char *seller,
                         const char *draft,
                         CptTime now)
{
  return cpt_store_job_new (CPT_JOB_WRITE, replace_order,
                            place_input_new (row, order, entries, seller, draft, now),
                            place_input_free, g_free);
}

/* --- The outbox --- */

static gpointer
load_creations (CptDb *db, gpointer data)
{
  return cpt_outbox_table_load_creations (db, cpt_connection_table_get_place (db));
}

/**
 * cpt_store_load_creations:
 *
 * Returns: (transfer full): a job on the writer; result: (transfer full) (element-type
 *   CptOutboxEntry) #GPtrArray
 */
CptStoreJob *
cpt_store_load_creations (void)
{
  return cpt_store_job_new (CPT_JOB_WRITE, load_creations, NULL, NULL,
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

/* A cancellation that may still be taken back: until then nothing of it leaves. */
static gboolean
is_being_called_off (CptDb *db, gint64 row)
{
  return cpt_step_table_has_unsent (db, row, CPT_ORDER_CANCELLED) &&
         cpt_outbox_table_never_left (db, row);
}

static gpointer
begin_creation (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  g_autoptr (CptOutboxEntry) entry = get_entry (db, input->row);

  if (entry == NULL)
    return NULL;
  if (entry->state != CPT_STEP_WAITING || cpt_outbox_table_has_unsent_before (db, entry) ||
      is_being_called_off (db, entry->order))
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, NULL);
  cpt_outbox_table_set_state (db, entry->id, CPT_STEP_UNDER_WAY, CPT_TIME_NONE, NULL);
  cpt_outbox_table_count_send (db, entry->id, 1);
  cpt_order_table_refresh (db, entry->order);
  return NULL;
}

/**
 * cpt_store_begin_creation:
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_begin_creation (gint64 entry)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, begin_creation, entry, CPT_TIME_NONE, NULL);
}

typedef struct
{
  gint64 entry;
  CptStepState state;
  CptTime not_before;
  char *reason;         /* (owned) (nullable) */
  CptOrderApply *apply; /* (owned) (nullable) */
  gboolean kept;        /* its request did not leave */
  CptTime now;
} SettleInput;

static void
settle_input_free (gpointer data)
{
  SettleInput *input = data;

  g_free (input->reason);
  g_clear_pointer (&input->apply, cpt_order_apply_free);
  g_free (input);
}

/* What was given up while its request was on its way stays so, unless the answer says that HubRise
 * has it. */
static gboolean
may_settle (const CptOutboxEntry *entry, CptStepState state)
{
  if (entry->state == CPT_STEP_DROPPED)
    return state == CPT_STEP_DONE;
  return entry->state != CPT_STEP_DONE;
}

/* Not the word of a payment's refusal: there, the order itself is at HubRise. */
static const char *
word_of_refusal (const CptOutboxEntry *entry)
{
  return entry->kind == CPT_OUTBOX_CUSTOMER ? "customer-refused" : "order-refused";
}

static void
settle_state (CptDb *db, const CptOutboxEntry *entry, const SettleInput *input)
{
  if (!may_settle (entry, input->state))
    return;
  cpt_outbox_table_set_state (db, entry->id, input->state, input->not_before, input->reason);
  if (input->kept)
    cpt_outbox_table_count_send (db, entry->id, -1);
  if (input->state == CPT_STEP_REFUSED)
    cpt_history_add (db, entry->order, input->now, CPT_ORDER_UNKNOWN, word_of_refusal (entry),
                     input->reason, entry->seller);
}

/* Where a later reading brought the order meanwhile, this answer is older: it is not applied. That
 * HubRise leaves out our private_ref is not foreseen, and yet it must not make a second row. */
static CptApplied *
take_order (CptDb *db, const CptOutboxEntry *entry, const SettleInput *input)
{
  gint64 place = cpt_connection_table_get_place (db);

  if (input->apply == NULL || entry->order_id != NULL)
    return NULL;
  if (cpt_order_table_find (db, place, input->apply->order) == 0 &&
      cpt_order_table_find_unsent (db, place, input->apply->order) == 0)
    cpt_order_table_adopt (db, entry->order, input->apply->order, input->now);
  return cpt_order_apply_run (db, place, input->apply, input->now);
}

static gpointer
settle_creation (CptDb *db, gpointer data)
{
  const SettleInput *input = data;
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_applied_free);
  g_autoptr (CptOutboxEntry) entry = get_entry (db, input->entry);
  CptApplied *applied = NULL;

  if (entry == NULL)
    return results;
  settle_state (db, entry, input);
  applied = take_order (db, entry, input);
  if (applied != NULL)
    g_ptr_array_add (results, applied);
  cpt_order_table_refresh (db, entry->order);
  return results;
}

/**
 * cpt_store_settle_creation:
 * @apply: (nullable): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptApplied)
 *   #GPtrArray
 */
CptStoreJob *
cpt_store_settle_creation (gint64 entry,
                           CptStepState state,
                           CptTime not_before,
                           const char *reason,
                           CptOrderApply *apply,
                           CptTime now)
{
  SettleInput *input = g_new0 (SettleInput, 1);

  input->entry = entry;
  input->state = state;
  input->not_before = not_before;
  input->reason = g_strdup (reason);
  input->apply = cpt_order_apply_copy (apply);
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, settle_creation, input, settle_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

/**
 * cpt_store_keep_creation:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) an empty #GPtrArray
 */
CptStoreJob *
cpt_store_keep_creation (gint64 entry)
{
  SettleInput *input = g_new0 (SettleInput, 1);

  input->entry = entry;
  input->state = CPT_STEP_WAITING;
  input->not_before = CPT_TIME_NONE;
  input->kept = TRUE;
  return cpt_store_job_new (CPT_JOB_WRITE, settle_creation, input, settle_input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}
