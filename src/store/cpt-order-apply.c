/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order on its way into the database. Constructors on the main thread, the rest on the
 * writer. */
#include "cpt-order-apply-private.h"

#include "cpt-connection-table-private.h"
#include "cpt-order-table-private.h"
#include "cpt-outbox-table-private.h"
#include "cpt-step-table-private.h"
#include "cpt-store-job-private.h"

typedef struct
{
  GPtrArray *applies; /* (owned) (element-type CptOrderApply) */
  CptTime now;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_ptr_array_unref (input->applies);
  g_free (input);
}

/**
 * cpt_order_apply_new:
 *
 * Returns: (transfer full): an apply that answers no event and wants no `received`
 */
CptOrderApply *
cpt_order_apply_new (const CptOrder *order, CptOrderOrigin origin)
{
  CptOrderApply *apply = g_new0 (CptOrderApply, 1);

  apply->order = cpt_order_ref (order);
  apply->origin = origin;
  return apply;
}

void
cpt_order_apply_free (CptOrderApply *apply)
{
  cpt_order_unref (apply->order);
  g_strfreev (apply->event_ids);
  g_free (apply);
}

void
cpt_applied_free (CptApplied *applied)
{
  g_free (applied->id);
  g_free (applied);
}

static void
keep_events (CptDb *db, gint64 place, char **event_ids)
{
  for (char **id = event_ids; id != NULL && *id != NULL; id++)
    {
      g_autoptr (CptStatement) statement =
          cpt_db_prepare (db, "INSERT INTO event (place, id) VALUES (?, ?) ON CONFLICT DO NOTHING");

      cpt_statement_bind_int (statement, place);
      cpt_statement_bind_text (statement, *id);
      cpt_statement_run (statement);
    }
}

static gboolean
is_by_others (const CptOrderApply *apply)
{
  return apply->origin == CPT_ORIGIN_EVENT || apply->origin == CPT_ORIGIN_READ;
}

/* What the user has to be told that another did to an order this till knew. */
static CptNotice
choose_notice (CptDb *db, const CptStoredOrder *before, const CptOrderApply *apply)
{
  CptOrderStatus after = apply->order->status;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autofree char *content = NULL;

  if (!is_by_others (apply) || before->handled_elsewhere || apply->order->raw_reason != NULL ||
      cpt_order_status_is_end (before->hubrise_status) || cpt_order_status_is_end (before->status))
    return CPT_NOTICE_NONE;
  if (cpt_order_status_is_called_off (after))
    return cpt_step_table_has_unsent (db, before->row, after) ? CPT_NOTICE_NONE
                                                              : CPT_NOTICE_CANCELLED;

  /* Of an order that still waits for a decision the row itself tells enough. */
  if (cpt_order_status_is_waiting (before->status) || cpt_order_status_is_end (after) ||
      before->content_hash == NULL || before->notice != CPT_NOTICE_NONE)
    return CPT_NOTICE_NONE;
  outbox = cpt_outbox_table_load_of_order (db, before->row);
  content = cpt_order_table_hash_content (apply->order, outbox);
  return g_strcmp0 (content, before->content_hash) != 0 ? CPT_NOTICE_CHANGED : CPT_NOTICE_NONE;
}

static void
tell (CptDb *db, const CptStoredOrder *before, const CptOrderApply *apply, CptApplied *applied)
{
  CptNotice notice = choose_notice (db, before, apply);

  if (notice == CPT_NOTICE_NONE)
    return;
  applied->notice = notice;
  if (notice == CPT_NOTICE_CHANGED)
    cpt_seen_table_keep (db, before->row);
  cpt_order_table_set_notice (db, before->row, notice,
                              notice == CPT_NOTICE_CANCELLED
                                  ? cpt_order_status_to_string (apply->order->status)
                                  : NULL);
}

/* Two tills took the money for the same order: neither could know of the other. */
static void
tell_refund (CptDb *db, const CptStoredOrder *before, CptApplied *applied)
{
  g_auto (CptStoredOrder) after = { 0 };
  g_autofree char *amount = NULL;

  cpt_order_table_read (db, before->row, &after);
  if (after.due.state != CPT_AMOUNT_KNOWN || after.due.minor >= 0 ||
      before->due.state != CPT_AMOUNT_KNOWN || before->due.minor < 0 ||
      after.paid.minor <= before->paid.minor || after.notice == CPT_NOTICE_CANCELLED ||
      !cpt_outbox_table_took_payment (db, before->row))
    return;
  after.due.minor = -after.due.minor;
  amount = cpt_money_to_string (after.due);
  cpt_order_table_set_notice (db, before->row, CPT_NOTICE_TO_REFUND, amount);
  applied->notice = CPT_NOTICE_TO_REFUND;
}

static void
apply_to_known (CptDb *db,
                const CptStoredOrder *before,
                const CptOrderApply *apply,
                CptTime now,
                CptApplied *applied)
{
  const CptOrder *order = apply->order;

  applied->before = before->hubrise_status;
  applied->after = before->hubrise_status;
  if (cpt_order_table_has_document (db, before->row, order))
    return;

  applied->changed = TRUE;
  if (order->raw_reason == NULL)
    applied->after = order->status;
  if (applied->after != applied->before && apply->origin != CPT_ORIGIN_REPLY)
    cpt_history_add (db, before->row, now, order->status, "theirs",
                     order->status == CPT_ORDER_UNKNOWN ? order->status_text : NULL, NULL);
  tell (db, before, apply, applied);
  cpt_order_table_write (db, before->row, order);
  tell_refund (db, before, applied);
}

static gint64
apply_new (CptDb *db, gint64 place, const CptOrderApply *apply, CptTime now, CptApplied *applied)
{
  const CptOrder *order = apply->order;
  gint64 row = cpt_order_table_insert (db, place, order, now);

  applied->is_new = TRUE;
  applied->changed = TRUE;
  applied->after = order->status;
  cpt_order_table_write (db, row, order);
  cpt_order_table_set_arrival (db, row, apply->late, apply->origin == CPT_ORIGIN_FIRST_LIST);
  cpt_history_add (db, row, now, order->status, "arrived", order->raw_reason, NULL);
  if (apply->want_received && order->status == CPT_ORDER_NEW && order->id != NULL)
    cpt_step_table_add_received (db, row, now);
  return row;
}

/* An order of this till, whatever way it comes back: never a second row. HubRise may write it
 * differently: that is no change by others. */
static gint64
adopt (CptDb *db, gint64 place, const CptOrderApply *apply, CptTime now, CptStoredOrder *before)
{
  gint64 row = cpt_order_table_find_unsent (db, place, apply->order);

  if (row == 0)
    return 0;
  cpt_order_table_adopt (db, row, apply->order, now);
  cpt_order_table_read (db, row, before);
  g_clear_pointer (&before->content_hash, g_free);
  return row;
}

/**
 * cpt_order_apply_run:
 * @place: where the order belongs
 *
 * The same document twice changes nothing.
 *
 * Returns: (transfer full): what this did; never NULL
 */
CptApplied *
cpt_order_apply_run (CptDb *db, gint64 place, const CptOrderApply *apply, CptTime now)
{
  CptApplied *applied = g_new0 (CptApplied, 1);
  g_auto (CptStoredOrder) before = { 0 };

  cpt_db_assert_writer (db);
  applied->id = g_strdup (apply->order->id);
  applied->row = cpt_order_table_find (db, place, apply->order);
  if (applied->row != 0)
    cpt_order_table_read (db, applied->row, &before);
  else
    applied->row = adopt (db, place, apply, now, &before);
  if (applied->row != 0)
    apply_to_known (db, &before, apply, now, applied);
  else
    applied->row = apply_new (db, place, apply, now, applied);
  keep_events (db, place, apply->event_ids);
  if (applied->changed)
    cpt_order_table_refresh (db, applied->row);
  return applied;
}

static gpointer
apply_orders (CptDb *db, gpointer data)
{
  const Input *input = data;
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_applied_free);
  gint64 place = cpt_connection_table_get_place (db);

  /* Without a binding it is not known whose orders these are. */
  if (place == 0)
    cpt_db_fail (db, CPT_STORE_ERROR_NOT_ALLOWED, "no binding");
  for (guint i = 0; i < input->applies->len && !cpt_db_has_failed (db); i++)
    g_ptr_array_add (results,
                     cpt_order_apply_run (db, place, input->applies->pdata[i], input->now));
  return results;
}

/**
 * cpt_order_apply_copy:
 * @apply: (nullable)
 *
 * Returns: (transfer full) (nullable): one of its own
 */
CptOrderApply *
cpt_order_apply_copy (const CptOrderApply *apply)
{
  CptOrderApply *copy = NULL;

  if (apply == NULL)
    return NULL;
  copy = cpt_order_apply_new (apply->order, apply->origin);
  copy->event_ids = g_strdupv (apply->event_ids);
  copy->want_received = apply->want_received;
  copy->late = apply->late;
  return copy;
}

/**
 * cpt_store_apply_orders:
 * @applies: (element-type CptOrderApply): copied
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptApplied)
 *   #GPtrArray, in the order given
 */
CptStoreJob *
cpt_store_apply_orders (GPtrArray *applies, CptTime now)
{
  Input *input = g_new0 (Input, 1);

  input->applies = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);
  for (guint i = 0; i < applies->len; i++)
    g_ptr_array_add (input->applies, cpt_order_apply_copy (applies->pdata[i]));
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, apply_orders, input, input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}
