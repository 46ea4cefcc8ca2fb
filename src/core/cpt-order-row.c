/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows of one order. Immutable once handed on, any thread. */
#include "cpt-order-row.h"

#include "cpt-order-step.h"

/* What was pressed just now is on its way: nobody is sent to the telephone for that. */
#define ON_ITS_WAY_MS (10 * CPT_SECOND)

G_DEFINE_BOXED_TYPE (CptOrderRow, cpt_order_row, cpt_order_row_ref, cpt_order_row_unref)

/**
 * cpt_order_row_new:
 *
 * Returns: (transfer full): an empty row without times, to be filled before it is shared
 */
CptOrderRow *
cpt_order_row_new (void)
{
  CptOrderRow *self = g_new0 (CptOrderRow, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->created_at = CPT_TIME_NONE;
  self->expected_time = CPT_TIME_NONE;
  self->confirmed_time = CPT_TIME_NONE;
  self->first_seen_at = CPT_TIME_NONE;
  self->held_until = CPT_TIME_NONE;
  self->unsent_accept_at = CPT_TIME_NONE;
  self->promised_time = CPT_TIME_NONE;
  return self;
}

CptOrderRow *
cpt_order_row_ref (CptOrderRow *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_order_row_unref (CptOrderRow *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->raw_reason);
  g_free (self->number);
  g_free (self->source);
  g_free (self->service_type_text);
  g_free (self->table_name);
  g_free (self->customer);
  g_free (self->items);
  g_free (self->status_text);
  g_free (self->send_reason);
  g_free (self->notice_text);
  g_free (self->outbox_reason);
  g_free (self);
}

/**
 * cpt_order_row_rings:
 *
 * An order whose time cannot be read counts from when it was first seen: not ringing could lose
 * it, ringing for ever would teach people to turn the sound off.
 *
 * Returns: whether the alert sounds for this order
 */
gboolean
cpt_order_row_rings (const CptOrderRow *self, CptTime now)
{
  CptTime since = self->created_at != CPT_TIME_NONE ? self->created_at : self->first_seen_at;

  return self->waiting && !self->handled_elsewhere && !self->foreign &&
         cpt_order_step_needs_received (since, self->expected_time, now);
}

/**
 * cpt_order_row_get_promised:
 *
 * Returns: the time the customer is told: by our accept as soon as it is pressed, else by HubRise;
 *   CPT_TIME_NONE when none was promised
 */
CptTime
cpt_order_row_get_promised (const CptOrderRow *self)
{
  return self->promised_time != CPT_TIME_NONE ? self->promised_time : self->confirmed_time;
}

/**
 * cpt_order_row_unconfirmed_from:
 * @deadline: the order's, on this PC's clock, or CPT_TIME_NONE
 *
 * Nobody waits for a decision on an order of this till.
 *
 * Returns: from when on somebody must tell the platform himself that the order was accepted,
 *   because HubRise does not know it; CPT_TIME_NONE when nobody must
 */
CptTime
cpt_order_row_unconfirmed_from (const CptOrderRow *self, CptTime deadline)
{
  if (self->unsent_accept_at == CPT_TIME_NONE || deadline == CPT_TIME_NONE || self->till ||
      self->foreign || self->handled_elsewhere)
    return CPT_TIME_NONE;
  return MAX (deadline, self->unsent_accept_at + ON_ITS_WAY_MS);
}

/**
 * cpt_history_entry_new:
 * @status: UNKNOWN when the line is not about a status
 * @what: a machine word
 * @text: (nullable): words to add
 * @seller: (nullable): who did it
 *
 * Returns: (transfer full): a line of an order's history
 */
CptHistoryEntry *
cpt_history_entry_new (CptTime at,
                       CptOrderStatus status,
                       const char *what,
                       const char *text,
                       const char *seller)
{
  CptHistoryEntry *entry = g_new0 (CptHistoryEntry, 1);

  entry->at = at;
  entry->status = status;
  entry->what = g_strdup (what);
  entry->text = g_strdup (text);
  entry->seller = g_strdup (seller);
  return entry;
}

void
cpt_history_entry_free (CptHistoryEntry *entry)
{
  g_free (entry->what);
  g_free (entry->text);
  g_free (entry->seller);
  g_free (entry);
}
