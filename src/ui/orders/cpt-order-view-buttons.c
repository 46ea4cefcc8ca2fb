/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with an order at one moment, the most likely first. Pure, any thread. */
#include "cpt-order-view-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-outbox-rule.h"

/* A card holds the magnifier and so many buttons; the rest stands in the detail. */
#define MOST_IN_ROW 2

static guint
count_in_row (const CptOrderViewState *self)
{
  guint n = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    n += ((const CptOrderButton *)self->buttons->pdata[i])->in_row;
  return n;
}

static CptOrderButton *
add (CptOrderViewState *self, CptDeed deed, gint64 target, gboolean in_row, const char *label)
{
  CptOrderButton *button = g_new0 (CptOrderButton, 1);

  button->deed = deed;
  button->target = target;
  button->time = CPT_TIME_NONE;
  button->label = g_strdup (label);
  button->in_row = in_row && count_in_row (self) < MOST_IN_ROW;
  g_ptr_array_add (self->buttons, button);
  return button;
}

static void
add_accept (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  g_autofree char *time =
      cpt_time_format_day_clock (context->accept_time, context->now, context->zone);
  gboolean over = cpt_order_view_is_over (row, context);
  /* TRANSLATORS: buttons; %s is the time the order will be ready or delivered. */
  g_autofree char *label = g_strdup_printf (over ? _ ("Accept anyway %s") : _ ("Accept %s"), time);
  CptOrderButton *button = add (self, CPT_DEED_ACCEPT, row->row, TRUE, label);

  button->to = CPT_ORDER_ACCEPTED;
  button->time = context->accept_time;
  button->main = TRUE;
}

static void
add_reject (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  gboolean over = cpt_order_view_is_over (row, context);

  if (over)
    add (self, CPT_DEED_ELSEWHERE, row->row, TRUE, _ ("Handled elsewhere"));
  add (self, CPT_DEED_REJECT, row->row, !over, cpt_order_step_label (CPT_ORDER_REJECTED))->to =
      CPT_ORDER_REJECTED;
  if (row->waiting && !over)
    add (self, CPT_DEED_ELSEWHERE, row->row, FALSE, _ ("Handled elsewhere"));
}

static void
add_step (CptOrderViewState *self,
          const CptOrderRow *row,
          const CptOrderViewContext *context,
          CptOrderStatus to)
{
  const char *label = cpt_order_step_label (to);
  CptOrderButton *button = NULL;

  switch (to)
    {
    case CPT_ORDER_ACCEPTED:
      add_accept (self, row, context);
      return;
    case CPT_ORDER_REJECTED:
      add_reject (self, row, context);
      return;
    case CPT_ORDER_CANCELLED:
      button = add (self, CPT_DEED_CANCEL, row->row, row->notice == CPT_NOTICE_TOO_LATE, label);
      break;
    case CPT_ORDER_DELIVERY_FAILED:
      button = add (self, CPT_DEED_FAIL, row->row, TRUE, label);
      break;
    default:
      button = add (self, CPT_DEED_STEP, row->row, row->notice != CPT_NOTICE_TOO_LATE, label);
      button->main = TRUE;
      break;
    }
  button->to = to;
}

static void
add_steps (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  gsize n = 0;
  const CptOrderStatus *next = cpt_order_status_next (row->status, row->service_type, &n);

  for (gsize i = 0; i < n; i++)
    add_step (self, row, context, next[i]);
}

static void
add_undo (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  gint64 left = (row->held_until - context->now + CPT_SECOND - 1) / CPT_SECOND;
  /* TRANSLATORS: a button that is there for a few seconds; %d is how many are left. */
  g_autofree char *label = g_strdup_printf (_ ("Undo (%d)"), (int)CLAMP (left, 0, 999));

  add (self, CPT_DEED_UNDO, row->send_step, TRUE, label)->main = TRUE;
}

static void
add_refused (CptOrderViewState *self, const CptOrderRow *row)
{
  add (self, CPT_DEED_RETRY, row->send_step, TRUE, _ ("Retry"))->main = TRUE;
  add (self, CPT_DEED_GIVE_UP, row->send_step, TRUE, _ ("Give up"));
}

/* Most of what HubRise refuses in an order can only be mended by changing it. */
static void
add_refused_entry (CptOrderViewState *self, const CptOrderRow *row)
{
  gboolean can_edit =
      row->till && row->id == NULL &&
      (row->outbox_kind == CPT_OUTBOX_ORDER || row->outbox_kind == CPT_OUTBOX_CUSTOMER);

  if (can_edit)
    add (self, CPT_DEED_EDIT, row->row, TRUE, _ ("Edit and resend"))->main = TRUE;
  add (self, CPT_DEED_RETRY_ENTRY, row->outbox_entry, TRUE, _ ("Retry"))->main = TRUE;
  add (self, CPT_DEED_GIVE_UP_ENTRY, row->outbox_entry, !can_edit, _ ("Give up"));
}

/* Before the steps: who takes the order away has paid for it. */
static void
add_invoice (CptOrderViewState *self, const CptOrderRow *row)
{
  if (row->raw_reason != NULL || !cpt_order_status_takes_payment (row->status) ||
      row->due.state != CPT_AMOUNT_KNOWN || row->due.minor <= 0)
    return;
  /* TRANSLATORS: a button: takes the money for an order. In French: Facturer. */
  add (self, CPT_DEED_INVOICE, row->row, TRUE, _ ("Invoice"))->main =
      row->status == CPT_ORDER_COMPLETED;
}

/* Two buttons that both say "press me" say nothing. */
static void
keep_first_main (CptOrderViewState *self)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->buttons->len; i++)
    {
      CptOrderButton *button = self->buttons->pdata[i];

      button->main = button->main && !found;
      found = found || button->main;
    }
}

static gboolean
can_be_sent (const CptOrderRow *row)
{
  return !row->foreign && !row->handled_elsewhere && (row->id != NULL || row->till);
}

/**
 * cpt_order_view_add_buttons:
 *
 * While a step is held there is only its Undo: a second decision within five seconds would be
 * the first one's end, and the finger is still there.
 */
void
cpt_order_view_add_buttons (CptOrderViewState *self,
                            const CptOrderRow *row,
                            const CptOrderViewContext *context)
{
  if (row->notice != CPT_NOTICE_NONE)
    /* TRANSLATORS: a button: the user has read the notice. */
    add (self, CPT_DEED_SEEN, row->row, TRUE, _ ("Seen"));
  if (row->send == CPT_SEND_HELD && can_be_sent (row))
    {
      add_undo (self, row, context);
      return;
    }
  if (row->send == CPT_SEND_REFUSED && can_be_sent (row))
    add_refused (self, row);
  if (row->outbox == CPT_SEND_REFUSED && !row->foreign)
    add_refused_entry (self, row);
  if (can_be_sent (row))
    add_invoice (self, row);
  if (can_be_sent (row))
    add_steps (self, row, context);
  else if (row->waiting && !row->foreign && !row->handled_elsewhere)
    add (self, CPT_DEED_ELSEWHERE, row->row, TRUE, _ ("Handled elsewhere"));
  keep_first_main (self);
}
