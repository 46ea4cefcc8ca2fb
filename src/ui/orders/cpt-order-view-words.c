/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The badges and sentences of an order, and its whole in words. Pure, any thread. */
#include "cpt-order-view-private.h"

#include <glib/gi18n-lib.h>

static CptTone
status_tone (CptOrderStatus status)
{
  switch (status)
    {
    case CPT_ORDER_NEW:
    case CPT_ORDER_RECEIVED:
      return CPT_TONE_BLUE;
    case CPT_ORDER_AWAITING_COLLECTION:
    case CPT_ORDER_AWAITING_SHIPMENT:
      return CPT_TONE_GREEN;
    case CPT_ORDER_REJECTED:
    case CPT_ORDER_CANCELLED:
    case CPT_ORDER_DELIVERY_FAILED:
      return CPT_TONE_RED;
    default:
      return CPT_TONE_GREY;
    }
}

static const char *
status_text (const CptOrderRow *row)
{
  if (row->status == CPT_ORDER_UNKNOWN && row->status_text != NULL)
    return row->status_text;
  return cpt_order_status_label (row->status);
}

static void
add (GPtrArray *texts, CptTone tone, const char *text)
{
  g_ptr_array_add (texts, cpt_view_text_new (tone, text));
}

/* Where an order of this till stands. */
static void
add_place (CptOrderViewState *self, const CptOrderRow *row)
{
  g_autofree char *there = NULL;

  if (row->id == NULL && row->outbox == CPT_SEND_NOTHING && !row->local_only)
    add (self->badges, CPT_TONE_GREY, _ ("stays at this till"));
  if (row->id == NULL)
    return;
  /* TRANSLATORS: a badge on an order of this till. %s is its id on HubRise. */
  there = g_strdup_printf (_ ("HubRise %s"), row->id);
  add (self->badges, CPT_TONE_GREEN, there);
}

/**
 * cpt_order_view_add_badges:
 *
 * The status first, then what sets this order apart from others.
 */
void
cpt_order_view_add_badges (CptOrderViewState *self, const CptOrderRow *row)
{
  if (row->raw_reason != NULL)
    /* TRANSLATORS: a badge on an order that could not be understood. */
    add (self->badges, CPT_TONE_RED, _ ("Unreadable"));
  else
    add (self->badges, status_tone (row->status), status_text (row));
  if (row->handled_elsewhere)
    add (self->badges, CPT_TONE_GREY, _ ("Handled elsewhere"));
  if (row->foreign)
    /* TRANSLATORS: a badge: the order came over a connection to another shop. */
    add (self->badges, CPT_TONE_GREY, _ ("Another connection"));
  if (row->late && row->waiting)
    /* TRANSLATORS: a badge on an order that arrived while the till was away. */
    add (self->badges, CPT_TONE_AMBER, _ ("Late"));
  if (row->send == CPT_SEND_WAITING || row->outbox == CPT_SEND_WAITING)
    add (self->badges, CPT_TONE_PLAIN, _ ("⟳ not sent yet"));
  if (row->send == CPT_SEND_REFUSED || row->outbox == CPT_SEND_REFUSED)
    /* TRANSLATORS: HubRise refused what the user did. */
    add (self->badges, CPT_TONE_RED, _ ("✕ refused"));
  if (row->local_only)
    add (self->badges, CPT_TONE_GREY, _ ("only on this till"));
  if (row->till)
    add_place (self, row);
}

static void add_printf (GPtrArray *texts, CptTone tone, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
add_printf (GPtrArray *texts, CptTone tone, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add (texts, tone, text);
}

/* What another did is told in HubRise's word for it where it is one. */
static const char *
notice_words (const CptOrderRow *row)
{
  CptOrderStatus status = cpt_order_status_parse (row->notice_text);

  if (status != CPT_ORDER_UNKNOWN)
    return cpt_order_status_label (status);
  if (row->notice_text != NULL && row->notice_text[0] != '\0')
    return row->notice_text;
  return cpt_order_status_label (row->hubrise_status);
}

/* The amount a notice speaks of. */
static char *
notice_amount (const CptOrderRow *row)
{
  CptMoney money = { 0 };

  if (row->notice_text == NULL || !cpt_money_parse (row->notice_text, &money))
    return g_strdup ("?");
  return cpt_money_format (money);
}

static void
add_money_notice (CptOrderViewState *self, const CptOrderRow *row)
{
  g_autofree char *amount = notice_amount (row);

  if (row->notice == CPT_NOTICE_ALREADY_PAID)
    /* TRANSLATORS: %s is an amount. */
    add_printf (self->messages, CPT_TONE_RED,
                _ ("Already paid elsewhere: the payment of %s taken here was not added"), amount);
  else
    /* TRANSLATORS: %s is an amount. */
    add_printf (self->messages, CPT_TONE_RED,
                _ ("To refund %s: another till took a payment at the same time"), amount);
}

static void
add_notice (CptOrderViewState *self, const CptOrderRow *row)
{
  switch (row->notice)
    {
    case CPT_NOTICE_CANCELLED:
      if (row->hubrise_status == CPT_ORDER_REJECTED)
        {
          /* TRANSLATORS: %s is where the order comes from (Deliveroo). */
          add_printf (self->messages, CPT_TONE_RED, _ ("Rejected on another till or by %s"),
                      cpt_order_view_platform (row));
          break;
        }
      /* TRANSLATORS: %s is where the order comes from (Deliveroo). */
      add_printf (self->messages, CPT_TONE_RED, _ ("Cancelled by the customer or by %s"),
                  cpt_order_view_platform (row));
      break;
    case CPT_NOTICE_THEIRS_HOLD:
      /* TRANSLATORS: %s is an order's status. */
      add_printf (self->messages, CPT_TONE_RED,
                  _ ("HubRise already says “%s”: what was done here was not sent"),
                  notice_words (row));
      break;
    case CPT_NOTICE_TOO_LATE:
      add (
          self->messages, CPT_TONE_RED,
          _ ("Already accepted elsewhere: the rejection was not sent. It can still be cancelled."));
      break;
    case CPT_NOTICE_DONE_ELSEWHERE:
      /* TRANSLATORS: %s is an order's status. */
      add_printf (self->messages, CPT_TONE_AMBER, _ ("Done elsewhere: HubRise says “%s”"),
                  notice_words (row));
      break;
    case CPT_NOTICE_CHANGED:
      if (row->notice_text != NULL)
        /* TRANSLATORS: %s is an order's status, or what changed. */
        add_printf (self->messages, CPT_TONE_AMBER, _ ("Changed by another: “%s”"),
                    notice_words (row));
      else
        add (self->messages, CPT_TONE_AMBER,
             _ ("Changed by another: open it to see what, then press Seen"));
      break;
    case CPT_NOTICE_ALREADY_PAID:
    case CPT_NOTICE_TO_REFUND:
      add_money_notice (self, row);
      break;
    case CPT_NOTICE_NONE:
    default:
      break;
    }
}

/* With the amount: it is what somebody has to hand back. */
static void
add_refund (CptOrderViewState *self, const CptOrderRow *row)
{
  CptMoney back = row->due;
  g_autofree char *amount = NULL;

  if (row->paid != CPT_PAID_TOO_MUCH || row->due.state != CPT_AMOUNT_KNOWN ||
      row->notice == CPT_NOTICE_TO_REFUND)
    return;
  back.minor = -back.minor;
  amount = cpt_money_format (back);
  /* TRANSLATORS: on an order of which more was paid than it costs; %s is an amount. */
  add_printf (self->messages, CPT_TONE_AMBER, _ ("To refund %s"), amount);
}

static void
add_refused_entry (CptOrderViewState *self, const CptOrderRow *row)
{
  const char *reason = row->outbox_reason != NULL ? row->outbox_reason : _ ("no reason given");

  if (row->outbox != CPT_SEND_REFUSED)
    return;
  switch (row->outbox_kind)
    {
    case CPT_OUTBOX_CUSTOMER:
      /* TRANSLATORS: %s is the reason HubRise gave. */
      add_printf (self->messages, CPT_TONE_RED, _ ("HubRise refused the customer: %s"), reason);
      break;
    case CPT_OUTBOX_PAYMENT:
      /* TRANSLATORS: %s is the reason HubRise gave. */
      add_printf (self->messages, CPT_TONE_RED, _ ("HubRise refused the payment: %s"), reason);
      break;
    case CPT_OUTBOX_DELETION:
      /* TRANSLATORS: %s is the reason HubRise gave. */
      add_printf (self->messages, CPT_TONE_RED, _ ("HubRise did not take the missing item out: %s"),
                  reason);
      break;
    case CPT_OUTBOX_ORDER:
    default:
      /* TRANSLATORS: %s is the reason HubRise gave. */
      add_printf (self->messages, CPT_TONE_RED, _ ("HubRise refused this order: %s"), reason);
      break;
    }
}

static void
add_sending (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  gint64 left = (row->held_until - context->now + CPT_SECOND - 1) / CPT_SECOND;

  if (cpt_order_view_is_unconfirmed (row, context))
    /* TRANSLATORS: %s is where the order comes from (Deliveroo). */
    add_printf (self->messages, CPT_TONE_RED,
                _ ("Not confirmed to %1$s: use the tablet or the phone of %1$s"),
                cpt_order_view_platform (row));
  if (row->send == CPT_SEND_HELD && row->held_until != CPT_TIME_NONE && left > 0)
    /* TRANSLATORS: 1: an order's status (Rejected), 2: seconds. */
    add_printf (self->messages, CPT_TONE_AMBER, _ ("“%1$s” will be sent in %2$d s"),
                cpt_order_status_label (row->send_status), (int)left);
  if (row->send == CPT_SEND_REFUSED)
    /* TRANSLATORS: 1: an order's status (Accepted), 2: the reason HubRise gave. */
    add_printf (self->messages, CPT_TONE_RED, _ ("HubRise refused “%1$s”: %2$s"),
                cpt_order_status_label (row->send_status),
                row->send_reason != NULL ? row->send_reason : _ ("no reason given"));
  add_refused_entry (self, row);
}

/**
 * cpt_order_view_add_messages:
 *
 * The sentences a person must read before touching the order.
 */
void
cpt_order_view_add_messages (CptOrderViewState *self,
                             const CptOrderRow *row,
                             const CptOrderViewContext *context)
{
  if (row->raw_reason != NULL)
    /* TRANSLATORS: %s is the reason. */
    add_printf (self->messages, CPT_TONE_RED, _ ("This order could not be understood: %s"),
                row->raw_reason);
  if (row->foreign)
    add (self->messages, CPT_TONE_GREY,
         _ ("It belongs to another connection: nothing about it is sent"));
  if (cpt_order_view_is_over (row, context))
    /* TRANSLATORS: %s is where the order comes from (Deliveroo). */
    add_printf (self->messages, CPT_TONE_RED, _ ("%s has probably cancelled it, check there"),
                cpt_order_view_platform (row));
  add_sending (self, row, context);
  add_notice (self, row);
  add_refund (self, row);
}

static void
add_part (GString *name, const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (name->len > 0)
    g_string_append (name, ", ");
  g_string_append (name, part);
}

/* In whole minutes: a name that changed each second would never be read to its end. */
static char *
time_left_words (const CptOrderRow *row, const CptOrderViewContext *context)
{
  gint64 left = context->deadline - context->now;

  if (!row->waiting || row->handled_elsewhere || row->foreign || context->deadline == CPT_TIME_NONE)
    return NULL;
  if (left <= 0)
    return g_strdup (_ ("the time to decide is over"));
  if (left <= CPT_MINUTE)
    return g_strdup (_ ("less than a minute left to decide"));
  return g_strdup_printf (ngettext ("%d minute left to decide", "%d minutes left to decide",
                                    (int)(left / CPT_MINUTE)),
                          (int)(left / CPT_MINUTE));
}

static void
add_texts (GString *name, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    add_part (name, ((const CptViewText *)texts->pdata[i])->text);
}

/**
 * cpt_order_view_name:
 *
 * Returns: (transfer full): all that the row shows, in words
 */
char *
cpt_order_view_name (const CptOrderViewState *self,
                     const CptOrderRow *row,
                     const CptOrderViewContext *context)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *left = time_left_words (row, context);

  /* TRANSLATORS: %s is an order's number. */
  g_string_append_printf (name, _ ("Order %s"),
                          row->number != NULL && row->number[0] != '\0' ? row->number : "?");
  add_part (name, cpt_order_view_platform (row));
  add_part (name, left);
  add_part (name, self->service);
  add_texts (name, self->badges);
  add_part (name, row->customer);
  add_part (name, row->items);
  add_part (name, self->total);
  add_part (name, self->paid.text);
  if (row->send != CPT_SEND_HELD)
    add_texts (name, self->messages);
  return g_string_free (g_steal_pointer (&name), FALSE);
}
