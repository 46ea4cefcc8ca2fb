/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen says of an order, case by case. */
#include "cpt-order-view-state.h"

#include <string.h>

#include "cpt-deadline.h"

#define CREATED (G_GINT64_CONSTANT (1795284120000)) /* 2026-11-21T18:02:00Z */

static CptOrderRow *
make_row (CptOrderStatus status)
{
  CptOrderRow *row = cpt_order_row_new ();

  row->row = 7;
  row->id = g_strdup ("5dpm9");
  row->number = g_strdup ("4821");
  row->source = g_strdup ("Deliveroo");
  row->service_type = CPT_SERVICE_DELIVERY;
  row->created_at = CREATED;
  row->first_seen_at = CREATED;
  row->customer = g_strdup ("Zoé D.");
  row->items = g_strdup ("2 Margherita");
  row->total = cpt_money (2750, "EUR");
  row->paid = CPT_PAID_FULLY;
  row->status = row->hubrise_status = status;
  row->waiting = cpt_order_status_is_waiting (status);
  return row;
}

/* Looks at @row @seconds after it was made; Deliveroo waits three minutes. */
static CptOrderViewState *
look (const CptOrderRow *row, gint64 seconds)
{
  CptOrderViewContext context = {
    .now = CREATED + seconds * CPT_SECOND,
    .deadline = CREATED + 3 * CPT_MINUTE,
    .accept_time = CREATED + 88 * CPT_MINUTE,
  };

  return cpt_order_view_state_new (row, &context);
}

static gboolean
has_text (GPtrArray *texts, const char *part)
{
  for (guint i = 0; i < texts->len; i++)
    if (strstr (((const CptViewText *)texts->pdata[i])->text, part) != NULL)
      return TRUE;
  return FALSE;
}

/* The deeds as words, those of the row marked: "accept* reject* elsewhere". */
static char *
deeds (const CptOrderViewState *state)
{
  static const char *const words[] = {
    [CPT_DEED_ACCEPT] = "accept",
    [CPT_DEED_REJECT] = "reject",
    [CPT_DEED_STEP] = "step",
    [CPT_DEED_CANCEL] = "cancel",
    [CPT_DEED_FAIL] = "fail",
    [CPT_DEED_ELSEWHERE] = "elsewhere",
    [CPT_DEED_SEEN] = "seen",
    [CPT_DEED_UNDO] = "undo",
    [CPT_DEED_RETRY] = "retry",
    [CPT_DEED_GIVE_UP] = "give-up",
    [CPT_DEED_INVOICE] = "invoice",
    [CPT_DEED_RETRY_ENTRY] = "retry-entry",
    [CPT_DEED_GIVE_UP_ENTRY] = "give-up-entry",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < state->buttons->len; i++)
    {
      const CptOrderButton *button = state->buttons->pdata[i];

      g_string_append_printf (text, "%s%s%s%s", i > 0 ? " " : "", words[button->deed],
                              button->in_row ? "*" : "", button->main ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_deeds (const CptOrderRow *row, gint64 seconds, const char *expected)
{
  g_autoptr (CptOrderViewState) state = look (row, seconds);
  g_autofree char *found = deeds (state);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_countdown (void)
{
  static const struct
  {
    gint64 seconds;
    const char *time;
    CptTone tone;
  } cases[] = {
    { 0, "3:00", CPT_TONE_PLAIN },  { 1, "2:59", CPT_TONE_PLAIN },   { 89, "1:31", CPT_TONE_PLAIN },
    { 90, "1:30", CPT_TONE_AMBER }, { 119, "1:01", CPT_TONE_AMBER }, { 120, "1:00", CPT_TONE_RED },
    { 132, "0:48", CPT_TONE_RED },  { 179, "0:01", CPT_TONE_RED },   { 180, "0:00", CPT_TONE_RED },
    { 9000, "0:00", CPT_TONE_RED },
  };
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderViewState) state = look (row, cases[i].seconds);

      g_assert_cmpstr (state->time, ==, cases[i].time);
      g_assert_cmpint (state->time_tone, ==, cases[i].tone);
    }
}

static void
test_next_change (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);
  CptOrderViewContext context = { .now = CREATED + 300, .deadline = CREATED + 3 * CPT_MINUTE };
  g_autoptr (CptOrderViewState) state = cpt_order_view_state_new (row, &context);
  g_autoptr (CptOrderViewState) over = look (row, 200);

  /* 179.7 s are left, shown as 3:00: at 179.0 it is 2:59. */
  g_assert_cmpstr (state->time, ==, "3:00");
  g_assert_cmpint (state->next_change, ==, CREATED + CPT_SECOND);
  /* Past the deadline the time that Accept offers moves with the minutes. */
  g_assert_cmpint (over->next_change, ==, CREATED + 4 * CPT_MINUTE);
}

static void
test_clock_time (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderViewState) created = look (row, 10);

  g_assert_cmpstr (created->time, ==, "18:02");
  row->expected_time = CREATED + 58 * CPT_MINUTE;
  g_autoptr (CptOrderViewState) expected = look (row, 10);
  g_assert_cmpstr (expected->time, ==, "19:00");
  g_assert_cmpstr (expected->service, ==, "Delivery 19:00");
  row->confirmed_time = CREATED + 88 * CPT_MINUTE;
  g_autoptr (CptOrderViewState) confirmed = look (row, 10);
  g_assert_cmpstr (confirmed->time, ==, "19:30");
  g_assert_cmpstr (confirmed->service, ==, "Delivery 19:30");
  row->promised_time = CREATED + 98 * CPT_MINUTE;
  g_autoptr (CptOrderViewState) promised = look (row, 10);
  g_assert_cmpstr (promised->time, ==, "19:40");
  g_assert_cmpstr (promised->service, ==, "Delivery 19:40");
}

static void
test_number_and_place (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);
  g_autoptr (CptOrderViewState) plain = look (row, 0);

  g_assert_cmpstr (plain->number, ==, "#4821");
  g_assert_cmpstr (plain->source, ==, "Deliveroo");
  g_assert_cmpstr (plain->service, ==, "Delivery as soon as possible");
  g_assert_cmpstr (plain->summary, ==, "Zoé D. · 2 Margherita");
  g_assert_cmpstr (plain->total, ==, "€27.50");
  g_free (row->number);
  row->number = g_strdup ("B7F2");
  row->service_type = CPT_SERVICE_EAT_IN;
  row->table_name = g_strdup ("13");
  g_clear_pointer (&row->source, g_free);
  g_autoptr (CptOrderViewState) table = look (row, 0);
  g_assert_cmpstr (table->number, ==, "B7F2");
  g_assert_cmpstr (table->source, ==, "");
  g_assert_cmpstr (table->service, ==, "Eat in, table 13");
  g_free (row->table_name);
  row->table_name = g_strdup ("Table 12");
  g_autoptr (CptOrderViewState) named = look (row, 0);
  g_assert_cmpstr (named->service, ==, "Eat in, Table 12");
}

static void
test_paid (void)
{
  static const struct
  {
    CptPaidState state;
    const char *text;
    CptTone tone;
  } cases[] = {
    { CPT_PAID_UNKNOWN, "Payment unknown", CPT_TONE_GREY },
    { CPT_PAID_NOTHING, "To pay", CPT_TONE_AMBER },
    { CPT_PAID_PARTLY, "Partly paid", CPT_TONE_AMBER },
    { CPT_PAID_FULLY, "Paid", CPT_TONE_GREEN },
    { CPT_PAID_TOO_MUCH, "To refund", CPT_TONE_AMBER },
  };
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      row->paid = cases[i].state;
      g_autoptr (CptOrderViewState) state = look (row, 0);
      g_assert_cmpstr (state->paid.text, ==, cases[i].text);
      g_assert_cmpint (state->paid.tone, ==, cases[i].tone);
    }
}

static void
test_steps (void)
{
  static const struct
  {
    CptOrderStatus status;
    CptServiceType service;
    const char *deeds;
    CptOrderStatus to;
  } cases[] = {
    { CPT_ORDER_NEW, CPT_SERVICE_DELIVERY, "accept*! reject* elsewhere", CPT_ORDER_ACCEPTED },
    { CPT_ORDER_RECEIVED, CPT_SERVICE_COLLECTION, "accept*! reject* elsewhere",
      CPT_ORDER_ACCEPTED },
    { CPT_ORDER_ACCEPTED, CPT_SERVICE_DELIVERY, "step*! cancel", CPT_ORDER_IN_PREPARATION },
    { CPT_ORDER_IN_PREPARATION, CPT_SERVICE_DELIVERY, "step*! cancel",
      CPT_ORDER_AWAITING_SHIPMENT },
    { CPT_ORDER_IN_PREPARATION, CPT_SERVICE_EAT_IN, "step*! cancel",
      CPT_ORDER_AWAITING_COLLECTION },
    { CPT_ORDER_AWAITING_SHIPMENT, CPT_SERVICE_DELIVERY, "step*! cancel", CPT_ORDER_IN_DELIVERY },
    { CPT_ORDER_AWAITING_COLLECTION, CPT_SERVICE_COLLECTION, "step*! cancel", CPT_ORDER_COMPLETED },
    { CPT_ORDER_IN_DELIVERY, CPT_SERVICE_DELIVERY, "step*! fail* cancel", CPT_ORDER_COMPLETED },
    { CPT_ORDER_COMPLETED, CPT_SERVICE_DELIVERY, "", CPT_ORDER_UNKNOWN },
    { CPT_ORDER_REJECTED, CPT_SERVICE_DELIVERY, "", CPT_ORDER_UNKNOWN },
    { CPT_ORDER_CANCELLED, CPT_SERVICE_DELIVERY, "", CPT_ORDER_UNKNOWN },
    { CPT_ORDER_DELIVERY_FAILED, CPT_SERVICE_DELIVERY, "", CPT_ORDER_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderRow) row = make_row (cases[i].status);
      g_autoptr (CptOrderViewState) state = NULL;

      row->service_type = cases[i].service;
      assert_deeds (row, 0, cases[i].deeds);
      state = look (row, 0);
      if (cases[i].to != CPT_ORDER_UNKNOWN)
        g_assert_cmpint (((CptOrderButton *)state->buttons->pdata[0])->to, ==, cases[i].to);
    }
}

static void
test_accept (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_RECEIVED);
  g_autoptr (CptOrderViewState) state = look (row, 10);
  const CptOrderButton *accept = cpt_order_view_state_find (state, CPT_DEED_ACCEPT);

  g_assert_nonnull (accept);
  g_assert_cmpstr (accept->label, ==, "Accept 19:30");
  g_assert_cmpint (accept->time, ==, CREATED + 88 * CPT_MINUTE);
  g_assert_cmpint (accept->target, ==, 7);
}

static void
test_over (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_RECEIVED);
  g_autoptr (CptOrderViewState) state = look (row, 180);

  g_assert_true (has_text (state->messages, "Deliveroo has probably cancelled it, check there"));
  g_assert_cmpstr (cpt_order_view_state_find (state, CPT_DEED_ACCEPT)->label, ==,
                   "Accept anyway 19:30");
  g_assert_true (state->alarm);
  assert_deeds (row, 180, "accept*! elsewhere* reject");
  assert_deeds (row, 179, "accept*! reject* elsewhere");
}

static void
test_not_confirmed (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_ACCEPTED);

  /* `received` has not left either: what counts is that the accept has not. */
  row->send = CPT_SEND_WAITING;
  row->send_status = CPT_ORDER_RECEIVED;
  row->unsent_accept_at = CREATED + CPT_MINUTE;
  g_autoptr (CptOrderViewState) before = look (row, 179);
  g_assert_true (has_text (before->badges, "not sent yet"));
  g_assert_false (has_text (before->messages, "Not confirmed") || before->alarm);
  g_assert_cmpint (before->next_change, ==, CREATED + 3 * CPT_MINUTE);
  g_autoptr (CptOrderViewState) after = look (row, 180);
  g_assert_true (has_text (after->messages, "Not confirmed to Deliveroo"));
  g_assert_true (after->alarm);
  row->foreign = TRUE;
  g_autoptr (CptOrderViewState) foreign = look (row, 180);
  g_assert_false (has_text (foreign->messages, "Not confirmed") || foreign->alarm);
  row->foreign = FALSE;
  row->till = TRUE;
  g_autoptr (CptOrderViewState) own = look (row, 180);
  g_assert_false (has_text (own->messages, "Not confirmed") || own->alarm);
  row->till = FALSE;
  row->unsent_accept_at = CPT_TIME_NONE;
  row->send_status = CPT_ORDER_IN_PREPARATION;
  g_autoptr (CptOrderViewState) other = look (row, 180);
  g_assert_false (has_text (other->messages, "Not confirmed") || other->alarm);
}

/* Accepted past the deadline all the same: it has its moment to leave. */
static void
test_accepted_late (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_ACCEPTED);

  row->send = CPT_SEND_WAITING;
  row->send_status = CPT_ORDER_ACCEPTED;
  row->unsent_accept_at = CREATED + 200 * CPT_SECOND;
  g_autoptr (CptOrderViewState) on_its_way = look (row, 209);
  g_assert_false (has_text (on_its_way->messages, "Not confirmed") || on_its_way->alarm);
  g_assert_cmpint (on_its_way->next_change, ==, CREATED + 210 * CPT_SECOND);
  g_autoptr (CptOrderViewState) late = look (row, 210);
  g_assert_true (has_text (late->messages, "Not confirmed to Deliveroo") && late->alarm);
}

static void
test_held (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_REJECTED);

  row->send = CPT_SEND_HELD;
  row->send_status = CPT_ORDER_REJECTED;
  row->send_step = 42;
  row->held_until = CREATED + 5 * CPT_SECOND;
  g_autoptr (CptOrderViewState) state = look (row, 1);
  g_assert_true (has_text (state->messages, "“Rejected” will be sent in 4 s"));
  g_assert_cmpstr (cpt_order_view_state_find (state, CPT_DEED_UNDO)->label, ==, "Undo (4)");
  g_assert_cmpint (cpt_order_view_state_find (state, CPT_DEED_UNDO)->target, ==, 42);
  g_assert_cmpint (state->next_change, ==, CREATED + 2 * CPT_SECOND);
  assert_deeds (row, 1, "undo*!");
}

static void
test_refused (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_ACCEPTED);

  row->send = CPT_SEND_REFUSED;
  row->send_status = CPT_ORDER_ACCEPTED;
  row->send_step = 42;
  row->send_reason = g_strdup ("confirmed_time is in the past");
  g_autoptr (CptOrderViewState) state = look (row, 1);
  g_assert_true (has_text (state->badges, "refused"));
  g_assert_true (
      has_text (state->messages, "HubRise refused “Accepted”: confirmed_time is in the past"));
  g_assert_true (state->alarm);
  assert_deeds (row, 1, "retry*! give-up* step cancel");
}

static void
test_notices (void)
{
  static const struct
  {
    CptNotice notice;
    CptOrderStatus status;
    const char *text, *message, *deeds;
  } cases[] = {
    { CPT_NOTICE_CANCELLED, CPT_ORDER_CANCELLED, NULL, "Cancelled by the customer or by Deliveroo",
      "seen*" },
    { CPT_NOTICE_CANCELLED, CPT_ORDER_REJECTED, "rejected",
      "Rejected on another till or by Deliveroo", "seen*" },
    { CPT_NOTICE_THEIRS_HOLD, CPT_ORDER_CANCELLED, "cancelled", "HubRise already says “Cancelled”",
      "seen*" },
    { CPT_NOTICE_TOO_LATE, CPT_ORDER_ACCEPTED, "accepted", "Already accepted elsewhere",
      "seen* step! cancel*" },
    { CPT_NOTICE_DONE_ELSEWHERE, CPT_ORDER_IN_PREPARATION, "in_preparation",
      "Done elsewhere: HubRise says “In preparation”", "seen* step*! cancel" },
    { CPT_NOTICE_CHANGED, CPT_ORDER_ACCEPTED, "two items more",
      "Changed by another: “two items more”", "seen* step*! cancel" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderRow) row = make_row (cases[i].status);
      g_autoptr (CptOrderViewState) state = NULL;

      row->notice = cases[i].notice;
      row->notice_text = g_strdup (cases[i].text);
      state = look (row, 0);
      g_assert_true (has_text (state->messages, cases[i].message));
      assert_deeds (row, 0, cases[i].deeds);
    }
}

static void
test_elsewhere_and_foreign (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);

  row->handled_elsewhere = TRUE;
  g_autoptr (CptOrderViewState) elsewhere = look (row, 500);
  g_assert_true (has_text (elsewhere->badges, "Handled elsewhere"));
  g_assert_false (elsewhere->alarm);
  g_assert_cmpstr (elsewhere->time, ==, "18:02");
  assert_deeds (row, 0, "");
  row->handled_elsewhere = FALSE;
  row->foreign = TRUE;
  g_autoptr (CptOrderViewState) foreign = look (row, 500);
  g_assert_true (has_text (foreign->messages, "another connection"));
  assert_deeds (row, 0, "");
}

static void
test_raw (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_UNKNOWN);

  row->waiting = TRUE;
  row->raw_reason = g_strdup ("it has no status");
  row->total.state = CPT_AMOUNT_ABSENT;
  g_autoptr (CptOrderViewState) state = look (row, 0);
  g_assert_true (has_text (state->badges, "Unreadable"));
  g_assert_true (has_text (state->messages, "it has no status"));
  g_assert_cmpstr (state->total, ==, "");
  g_assert_null (state->paid.text);
  assert_deeds (row, 0, "accept*! reject* elsewhere");
  g_clear_pointer (&row->id, g_free);
  assert_deeds (row, 0, "elsewhere*");
}

static void
test_name (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_NEW);

  row->late = TRUE;
  g_autoptr (CptOrderViewState) calm = look (row, 0);
  g_assert_cmpstr (calm->name, ==,
                   "Order 4821, Deliveroo, 3 minutes left to decide, "
                   "Delivery as soon as possible, New, Late, Zoé D., 2 Margherita, €27.50, Paid");
  g_autoptr (CptOrderViewState) soon = look (row, 132);
  g_assert_nonnull (strstr (soon->name, "less than a minute left to decide"));
  g_autoptr (CptOrderViewState) over = look (row, 181);
  g_assert_nonnull (strstr (over->name, "the time to decide is over"));
  g_assert_nonnull (strstr (over->name, "Deliveroo has probably cancelled it, check there"));
  g_autoptr (CptOrderViewState) a = look (row, 10), b = look (row, 11);
  g_assert_cmpstr (a->name, ==, b->name);
}

/* While something is left to pay, before the step; of a finished order alone. */
static void
test_invoice (void)
{
  static const struct
  {
    CptOrderStatus status;
    const char *deeds;
  } cases[] = {
    { CPT_ORDER_NEW, "accept*! reject* elsewhere" },
    { CPT_ORDER_ACCEPTED, "invoice* step*! cancel" },
    { CPT_ORDER_IN_PREPARATION, "invoice* step*! cancel" },
    { CPT_ORDER_IN_DELIVERY, "invoice* step*! fail cancel" },
    { CPT_ORDER_COMPLETED, "invoice*!" },
    { CPT_ORDER_CANCELLED, "" },
    { CPT_ORDER_REJECTED, "" },
    { CPT_ORDER_DELIVERY_FAILED, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderRow) row = make_row (cases[i].status);

      row->due = cpt_money (700, "EUR");
      row->paid = CPT_PAID_PARTLY;
      assert_deeds (row, 0, cases[i].deeds);
    }
}

/* What is unknown, nothing, or another shop's cannot be taken. */
static void
test_no_invoice (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_COMPLETED);

  row->due = cpt_money (0, "EUR");
  assert_deeds (row, 0, "");
  row->due.state = CPT_AMOUNT_UNREADABLE;
  assert_deeds (row, 0, "");
  row->due = cpt_money (700, "EUR");
  row->foreign = TRUE;
  assert_deeds (row, 0, "");
  row->foreign = FALSE;
  row->handled_elsewhere = TRUE;
  assert_deeds (row, 0, "");
}

static void
test_money_notices (void)
{
  static const struct
  {
    CptNotice notice;
    const char *text;
  } cases[] = {
    { CPT_NOTICE_ALREADY_PAID,
      "Already paid elsewhere: the payment of €7.00 taken here was not added" },
    { CPT_NOTICE_TO_REFUND, "To refund €7.00: another till took a payment at the same time" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_COMPLETED);
      g_autoptr (CptOrderViewState) state = NULL;

      row->notice = cases[i].notice;
      row->notice_text = g_strdup ("7.00 EUR");
      row->due = cpt_money (-700, "EUR");
      row->paid = CPT_PAID_TOO_MUCH;
      state = look (row, 0);
      g_assert_true (has_text (state->messages, cases[i].text));
      g_assert_cmpstr (state->paid.text, ==, "To refund");
      g_assert_true (has_text (state->messages, "To refund €7.00"));
      g_assert_cmpint (state->paid.tone, ==, CPT_TONE_AMBER);
      g_assert_true (state->alarm);
      assert_deeds (row, 0, "seen*");
    }
}

static void
test_refused_payment (void)
{
  g_autoptr (CptOrderRow) row = make_row (CPT_ORDER_ACCEPTED);
  g_autoptr (CptOrderViewState) state = NULL;

  row->outbox = CPT_SEND_REFUSED;
  row->outbox_entry = 3;
  row->outbox_kind = CPT_OUTBOX_PAYMENT;
  row->outbox_reason = g_strdup ("only €3.00 is left to pay");
  row->due = cpt_money (300, "EUR");
  state = look (row, 0);
  g_assert_true (
      has_text (state->messages, "HubRise refused the payment: only €3.00 is left to pay"));
  assert_deeds (row, 0, "retry-entry*! give-up-entry* invoice step cancel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order-view-state/countdown", test_countdown);
  g_test_add_func ("/order-view-state/next-change", test_next_change);
  g_test_add_func ("/order-view-state/clock-time", test_clock_time);
  g_test_add_func ("/order-view-state/number-and-place", test_number_and_place);
  g_test_add_func ("/order-view-state/paid", test_paid);
  g_test_add_func ("/order-view-state/steps", test_steps);
  g_test_add_func ("/order-view-state/accept", test_accept);
  g_test_add_func ("/order-view-state/over", test_over);
  g_test_add_func ("/order-view-state/not-confirmed", test_not_confirmed);
  g_test_add_func ("/order-view-state/accepted-late", test_accepted_late);
  g_test_add_func ("/order-view-state/held", test_held);
  g_test_add_func ("/order-view-state/refused", test_refused);
  g_test_add_func ("/order-view-state/notices", test_notices);
  g_test_add_func ("/order-view-state/elsewhere-and-foreign", test_elsewhere_and_foreign);
  g_test_add_func ("/order-view-state/raw", test_raw);
  g_test_add_func ("/order-view-state/name", test_name);
  g_test_add_func ("/ui/order-view-state/invoice", test_invoice);
  g_test_add_func ("/ui/order-view-state/no-invoice", test_no_invoice);
  g_test_add_func ("/ui/order-view-state/money-notices", test_money_notices);
  g_test_add_func ("/ui/order-view-state/refused-payment", test_refused_payment);
  return g_test_run ();
}
