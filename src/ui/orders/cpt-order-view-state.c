/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen says of one order at one moment. Pure, any thread. */
#include "cpt-order-view-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-deadline.h"
#include "cpt-order-view-private.h"

/* Words such as "tomorrow" change with the day: often enough for them. */
#define CALM_REFRESH (10 * CPT_MINUTE)

/**
 * cpt_view_text_new:
 * @text: copied
 *
 * Returns: (transfer full): a text and how it is meant
 */
CptViewText *
cpt_view_text_new (CptTone tone, const char *text)
{
  CptViewText *self = g_new0 (CptViewText, 1);

  self->tone = tone;
  self->text = g_strdup (text);
  return self;
}

void
cpt_view_text_free (CptViewText *self)
{
  g_free (self->text);
  g_free (self);
}

static void
button_free (gpointer data)
{
  CptOrderButton *button = data;

  g_free (button->label);
  g_free (button);
}

void
cpt_order_view_state_free (CptOrderViewState *self)
{
  g_free (self->time);
  g_free (self->number);
  g_free (self->source);
  g_free (self->service);
  g_free (self->summary);
  g_free (self->paid.text);
  g_free (self->total);
  g_free (self->name);
  g_ptr_array_unref (self->badges);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->buttons);
  g_free (self);
}

static gboolean
counts_down (const CptOrderRow *row)
{
  return row->waiting && !row->handled_elsewhere && !row->foreign;
}

/**
 * cpt_order_view_is_over:
 *
 * Returns: whether the platform has most likely given up waiting for a decision
 */
gboolean
cpt_order_view_is_over (const CptOrderRow *row, const CptOrderViewContext *context)
{
  return counts_down (row) && context->deadline != CPT_TIME_NONE &&
         context->now >= context->deadline;
}

/**
 * cpt_order_view_number:
 * @number: an order's number, "" for none
 *
 * Returns: (transfer full): as people say it: "#4821", but "B7F2"; "?" for none
 */
char *
cpt_order_view_number (const char *number)
{
  if (number == NULL || number[0] == '\0')
    return g_strdup ("?");
  if (strspn (number, "0123456789") == strlen (number))
    return g_strconcat ("#", number, NULL);
  return g_strdup (number);
}

/**
 * cpt_order_view_platform:
 *
 * Returns: (transfer none): who to name in a sentence when the source is not known
 */
const char *
cpt_order_view_platform (const CptOrderRow *row)
{
  return row->source != NULL && row->source[0] != '\0' ? row->source : _ ("the ordering site");
}

/**
 * cpt_order_view_is_unconfirmed:
 *
 * Returns: whether the platform has to be told by hand that the order was accepted
 */
gboolean
cpt_order_view_is_unconfirmed (const CptOrderRow *row, const CptOrderViewContext *context)
{
  CptTime from = cpt_order_row_unconfirmed_from (row, context->deadline);

  return from != CPT_TIME_NONE && context->now >= from;
}

/* What was promised, else what was asked for. */
static CptTime
promised_time (const CptOrderRow *row)
{
  CptTime promised = cpt_order_row_get_promised (row);

  return promised != CPT_TIME_NONE ? promised : row->expected_time;
}

/**
 * cpt_order_view_says_table:
 * @name: a table's name
 *
 * Returns: whether it is one like "Table 12", which needs no word before it
 */
gboolean
cpt_order_view_says_table (const char *name)
{
  return g_ascii_strncasecmp (name, "table", strlen ("table")) == 0;
}

static char *
place_text (const CptOrderRow *row)
{
  const char *label = cpt_service_type_label (row->service_type);

  if (row->service_type == CPT_SERVICE_UNKNOWN)
    label = row->service_type_text != NULL ? row->service_type_text : _ ("Order");
  if (row->table_name == NULL || row->table_name[0] == '\0')
    return g_strdup (label);
  if (cpt_order_view_says_table (row->table_name))
    return g_strconcat (label, ", ", row->table_name, NULL);
  /* TRANSLATORS: how an order reaches its customer and where. 1: "Eat in", 2: the table's name. */
  return g_strdup_printf (_ ("%1$s, table %2$s"), label, row->table_name);
}

/**
 * cpt_order_view_service:
 *
 * Returns: (transfer full): "Delivery 19:30", "Eat in, table 13", "Collection as soon as possible"
 */
char *
cpt_order_view_service (const CptOrderRow *row, const CptOrderViewContext *context)
{
  g_autofree char *place = place_text (row);
  CptTime promised = promised_time (row);
  g_autofree char *time = cpt_time_format_day_clock (promised, context->now, context->zone);

  if (promised != CPT_TIME_NONE)
    /* TRANSLATORS: 1: "Delivery" or "Eat in, table 13", 2: a time such as "19:30" or
     * "tomorrow 11:00". */
    return g_strdup_printf (C_ ("service and time", "%1$s %2$s"), place, time);
  if (row->service_type == CPT_SERVICE_EAT_IN || !row->waiting)
    return g_steal_pointer (&place);
  /* TRANSLATORS: %s is "Delivery" or "Collection". */
  return g_strdup_printf (_ ("%s as soon as possible"), place);
}

static char *
time_left_text (gint64 ms)
{
  gint64 seconds = MAX (0, (ms + CPT_SECOND - 1) / CPT_SECOND);

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d", seconds / 60, (int)(seconds % 60));
}

static CptTone
time_left_tone (const CptOrderRow *row, const CptOrderViewContext *context)
{
  static const CptTone tones[] = {
    [CPT_DEADLINE_CALM] = CPT_TONE_PLAIN,
    [CPT_DEADLINE_AMBER] = CPT_TONE_AMBER,
    [CPT_DEADLINE_RED] = CPT_TONE_RED,
    [CPT_DEADLINE_OVER] = CPT_TONE_RED,
  };
  CptTime start = cpt_deadline_start (row->created_at, context->clock_offset_ms);

  return tones[cpt_deadline_state (start, context->deadline, context->now)];
}

static void
fill_time (CptOrderViewState *self, const CptOrderRow *row, const CptOrderViewContext *context)
{
  CptTime shown = promised_time (row);

  self->time_tone = CPT_TONE_PLAIN;
  if (counts_down (row) && context->deadline != CPT_TIME_NONE)
    {
      self->time = time_left_text (context->deadline - context->now);
      self->time_tone = time_left_tone (row, context);
      return;
    }
  if (shown == CPT_TIME_NONE)
    shown = row->created_at != CPT_TIME_NONE ? row->created_at : row->first_seen_at;
  self->time = cpt_time_format_clock (shown, context->zone);
}

static char *
summary_text (const CptOrderRow *row)
{
  const char *items = row->items != NULL ? row->items : "";

  if (row->raw_reason != NULL)
    return g_strdup (_ ("Open it to read it"));
  if (row->customer == NULL || row->customer[0] == '\0')
    return g_strdup (items);
  if (items[0] == '\0')
    return g_strdup (row->customer);
  return g_strdup_printf ("%s · %s", row->customer, items);
}

static void
fill_money (CptOrderViewState *self, const CptOrderRow *row)
{
  /* TRANSLATORS: these say how far an order is paid; short, they stand in a badge. */
  static const CptViewText texts[] = {
    [CPT_PAID_UNKNOWN] = { NC_ ("paid", "Payment unknown"), CPT_TONE_GREY },
    [CPT_PAID_NOTHING] = { NC_ ("paid", "To pay"), CPT_TONE_AMBER },
    [CPT_PAID_PARTLY] = { NC_ ("paid", "Partly paid"), CPT_TONE_AMBER },
    [CPT_PAID_FULLY] = { NC_ ("paid", "Paid"), CPT_TONE_GREEN },
    [CPT_PAID_TOO_MUCH] = { NC_ ("paid", "To refund"), CPT_TONE_AMBER },
  };
  const CptViewText *text = &texts[(guint)row->paid < G_N_ELEMENTS (texts) ? row->paid : 0];

  self->total = cpt_money_format (row->total);
  if (row->raw_reason != NULL)
    return;
  self->paid.text = g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "paid", text->text));
  /* Money that is owed is owed after the end, too. */
  self->paid.tone = self->ended && row->paid != CPT_PAID_TOO_MUCH ? CPT_TONE_GREY : text->tone;
}

static CptTime
sooner (CptTime a, CptTime b)
{
  return a == CPT_TIME_NONE || (b != CPT_TIME_NONE && b < a) ? b : a;
}

/* The moment the number of whole seconds to @end drops. */
static CptTime
next_second (CptTime end, CptTime now)
{
  gint64 part = (end - now) % CPT_SECOND;

  return now + (part > 0 ? part : CPT_SECOND);
}

static CptTime
find_next_change (const CptOrderRow *row, const CptOrderViewContext *context)
{
  CptTime now = context->now;
  CptTime next = now + CALM_REFRESH;
  CptTime unconfirmed = cpt_order_row_unconfirmed_from (row, context->deadline);

  if (counts_down (row))
    next = now - now % CPT_MINUTE + CPT_MINUTE;
  if (counts_down (row) && context->deadline != CPT_TIME_NONE && now < context->deadline)
    next = next_second (context->deadline, now);
  if (unconfirmed != CPT_TIME_NONE && now < unconfirmed)
    next = sooner (next, unconfirmed);
  if (row->send == CPT_SEND_HELD && row->held_until != CPT_TIME_NONE && now < row->held_until)
    next = sooner (next, next_second (row->held_until, now));
  return next;
}

static gboolean
needs_somebody (const CptOrderRow *row, const CptOrderViewContext *context)
{
  if (row->foreign || row->handled_elsewhere)
    return FALSE;
  return row->send == CPT_SEND_REFUSED || row->outbox == CPT_SEND_REFUSED ||
         row->notice == CPT_NOTICE_CANCELLED || row->notice == CPT_NOTICE_THEIRS_HOLD ||
         row->notice == CPT_NOTICE_TOO_LATE || row->notice == CPT_NOTICE_ALREADY_PAID ||
         row->notice == CPT_NOTICE_TO_REFUND || cpt_order_view_is_over (row, context) ||
         cpt_order_view_is_unconfirmed (row, context);
}

/**
 * cpt_order_view_state_new:
 * @row: the order as the database has it
 * @context: when and where it is looked at
 *
 * Returns: (transfer full): what the screen says of it
 */
CptOrderViewState *
cpt_order_view_state_new (const CptOrderRow *row, const CptOrderViewContext *context)
{
  CptOrderViewState *self = g_new0 (CptOrderViewState, 1);

  self->badges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_view_text_free);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_view_text_free);
  self->buttons = g_ptr_array_new_with_free_func (button_free);
  self->ended = row->handled_elsewhere || row->foreign || cpt_order_status_is_end (row->status);
  self->alarm = needs_somebody (row, context);
  self->made_at = context->now;
  self->next_change = find_next_change (row, context);
  self->number = cpt_order_view_number (row->number);
  self->source = g_strdup (row->source != NULL ? row->source : "");
  self->service = cpt_order_view_service (row, context);
  self->summary = summary_text (row);
  fill_time (self, row, context);
  fill_money (self, row);
  cpt_order_view_add_badges (self, row);
  cpt_order_view_add_messages (self, row, context);
  cpt_order_view_add_buttons (self, row, context);
  self->name = cpt_order_view_name (self, row, context);
  return self;
}

/**
 * cpt_order_view_state_is_old:
 *
 * A clock that was set back counts: what is left of a deadline must not stand still for an hour.
 *
 * Returns: whether the state may look different by now
 */
gboolean
cpt_order_view_state_is_old (const CptOrderViewState *self, CptTime now)
{
  return now >= self->next_change || now < self->made_at;
}

/**
 * cpt_order_view_state_find:
 *
 * Returns: (nullable) (transfer none): the button for @deed; NULL when it cannot be done now
 */
const CptOrderButton *
cpt_order_view_state_find (const CptOrderViewState *self, CptDeed deed)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      const CptOrderButton *button = self->buttons->pdata[i];

      if (button->deed == deed)
        return button;
    }
  return NULL;
}
