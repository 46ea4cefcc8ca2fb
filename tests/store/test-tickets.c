/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was printed, and what prints by itself: once, whatever happens, and never too early. */
#include "cpt-store-ticket-jobs.h"
#include "cpt-store-till-jobs.h"
#include "cpt-test-store.h"

#define LATER (NOW + CPT_MINUTE)

static int
note (CptTestStore *fixture, gint64 row, CptTicketKind kind, gboolean called_off)
{
  g_autofree int *before =
      cpt_test_ask (fixture, cpt_store_note_print (row, kind, called_off, NOW));

  return *before;
}

/* Returns: (transfer full): "1 kitchen, 1 customer off", in the order they are handed out */
static char *
claim (CptTestStore *fixture, gint64 row, gboolean kitchen, gboolean customer, CptTime now)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean wanted[CPT_TICKET_KINDS] = { kitchen, customer };
  g_autoptr (GArray) due = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (row != 0)
    g_array_append_val (rows, row);
  due = cpt_test_ask (fixture, cpt_store_claim_tickets (row != 0 ? rows : NULL, wanted, now));
  for (guint i = 0; i < due->len; i++)
    {
      const CptTicketDue *one = &g_array_index (due, CptTicketDue, i);

      g_string_append_printf (words, "%s%" G_GINT64_FORMAT " %s%s", i > 0 ? ", " : "", one->row,
                              one->kind == CPT_TICKET_KITCHEN ? "kitchen" : "customer",
                              one->called_off ? " off" : "");
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

#define assert_claim(fixture, row, kitchen, customer, now, expected)                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = claim (fixture, row, kitchen, customer, now);                        \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
settle (CptTestStore *fixture, gint64 step, CptStepState state, CptNotice notice, CptTime now)
{
  g_autoptr (GPtrArray) applied =
      cpt_test_ask (fixture, cpt_store_settle_step (step, state, FALSE, notice, NULL, NULL, now));

  g_assert_cmpuint (applied->len, ==, 0);
}

/* Pressed, and confirmed by HubRise. */
static void
accept (CptTestStore *fixture, gint64 row, CptNotice notice)
{
  g_autoptr (CptOrderStep) step = cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED);

  settle (fixture, step->id, CPT_STEP_DONE, notice, LATER);
}

static CptTestStore *
new_store (void)
{
  CptTestStore *fixture = cpt_test_store_new_bound ();

  assert_claim (fixture, 0, TRUE, TRUE, NOW, "");
  return fixture;
}

static void
test_counts (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autofree CptTicketPrints *prints = NULL;

  g_assert_cmpint (note (fixture, row, CPT_TICKET_KITCHEN, FALSE), ==, 0);
  g_assert_cmpint (note (fixture, row, CPT_TICKET_KITCHEN, FALSE), ==, 1);
  g_assert_cmpint (note (fixture, row, CPT_TICKET_CUSTOMER, TRUE), ==, 0);
  cpt_test_store_reopen (fixture);
  prints = cpt_test_ask (fixture, cpt_store_load_prints (row));
  g_assert_cmpuint (prints->copies[CPT_TICKET_KITCHEN], ==, 2);
  g_assert_cmpuint (prints->copies[CPT_TICKET_CUSTOMER], ==, 1);
  g_assert_false (prints->called_off[CPT_TICKET_KITCHEN]);
  g_assert_true (prints->called_off[CPT_TICKET_CUSTOMER]);
  cpt_test_refused (fixture, cpt_store_note_print (99, CPT_TICKET_KITCHEN, FALSE, NOW),
                    CPT_STORE_ERROR_NOT_FOUND);
}

/* Never before HubRise has confirmed it; then once. */
static void
test_acceptance (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) step = cpt_test_press (fixture, row, CPT_ORDER_ACCEPTED);

  assert_claim (fixture, row, TRUE, TRUE, LATER, "");
  settle (fixture, step->id, CPT_STEP_DONE, CPT_NOTICE_NONE, LATER);
  assert_claim (fixture, row, TRUE, TRUE, LATER, "1 kitchen, 1 customer");
  assert_claim (fixture, row, TRUE, TRUE, LATER, "");
  g_assert_cmpint (note (fixture, row, CPT_TICKET_KITCHEN, FALSE), ==, 1);
}

static void
test_only_the_wanted (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);

  assert_claim (fixture, 0, FALSE, TRUE, NOW, "");
  accept (fixture, row, CPT_NOTICE_NONE);
  assert_claim (fixture, row, FALSE, TRUE, LATER, "1 customer");
  /* Turned on afterwards, it does not print what is past. */
  assert_claim (fixture, 0, TRUE, TRUE, LATER + 1, "");
}

/* Killed before it came to print: the next start does. */
static void
test_restart (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);

  accept (fixture, row, CPT_NOTICE_NONE);
  cpt_test_store_reopen (fixture);
  assert_claim (fixture, 0, TRUE, FALSE, LATER, "1 kitchen");
  cpt_test_store_reopen (fixture);
  assert_claim (fixture, 0, TRUE, FALSE, LATER, "");
}

/* Another till accepted it, or took it further: its printer has the ticket. */
static void
test_another_till (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  gint64 late = cpt_test_arrive (fixture, "b", CPT_ORDER_NEW);
  g_autoptr (CptOrder) theirs = cpt_test_order ("a", CPT_ORDER_ACCEPTED);

  cpt_applied_free (cpt_test_apply (fixture, theirs, CPT_ORIGIN_EVENT, FALSE));
  assert_claim (fixture, row, TRUE, TRUE, LATER, "");
  accept (fixture, late, CPT_NOTICE_DONE_ELSEWHERE);
  assert_claim (fixture, late, TRUE, TRUE, LATER, "");
}

static void
cancel_there (CptTestStore *fixture, const char *id)
{
  g_autoptr (CptOrder) theirs = cpt_test_order (id, CPT_ORDER_CANCELLED);

  cpt_applied_free (cpt_test_apply (fixture, theirs, CPT_ORIGIN_EVENT, FALSE));
}

/* Only what was printed is called off, once, and whatever the preference says. */
static void
test_called_off (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  gint64 printed = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  gint64 other = cpt_test_arrive (fixture, "b", CPT_ORDER_NEW);

  note (fixture, printed, CPT_TICKET_KITCHEN, FALSE);
  cancel_there (fixture, "a");
  cancel_there (fixture, "b");
  assert_claim (fixture, printed, FALSE, FALSE, LATER, "1 kitchen off");
  assert_claim (fixture, printed, TRUE, TRUE, LATER, "");
  assert_claim (fixture, other, TRUE, TRUE, LATER, "");
}

/* Not while it can still be undone. */
static void
test_held_cancellation (void)
{
  g_autoptr (CptTestStore) fixture = new_store ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) step = NULL;

  accept (fixture, row, CPT_NOTICE_NONE);
  assert_claim (fixture, row, TRUE, FALSE, LATER, "1 kitchen");
  step = cpt_test_press (fixture, row, CPT_ORDER_CANCELLED);
  assert_claim (fixture, row, TRUE, FALSE, step->not_before - 1, "");
  assert_claim (fixture, 0, TRUE, FALSE, step->not_before, "1 kitchen off");
}

/* An order of this till is accepted with OK; one taken before the preference asked is not printed.
 */
static gint64
place (CptTestStore *fixture, const char *ref, CptTime now)
{
  g_autoptr (CptOrder) order = cpt_test_order ("", CPT_ORDER_ACCEPTED);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree gint64 *row = NULL;

  g_clear_pointer (&order->id, g_free);
  order->private_ref = g_strdup (ref);
  row = cpt_test_ask (fixture, cpt_store_place_order (order, none, NULL, "draft", now));
  return *row;
}

static void
test_till_order (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 before = place (fixture, "a", NOW - 1);
  gint64 row = 0;

  assert_claim (fixture, 0, TRUE, FALSE, NOW, "");
  row = place (fixture, "b", NOW);
  assert_claim (fixture, row, TRUE, FALSE, NOW, "2 kitchen");
  assert_claim (fixture, before, TRUE, FALSE, NOW, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tickets/counts", test_counts);
  g_test_add_func ("/store/tickets/acceptance", test_acceptance);
  g_test_add_func ("/store/tickets/only-the-wanted", test_only_the_wanted);
  g_test_add_func ("/store/tickets/restart", test_restart);
  g_test_add_func ("/store/tickets/another-till", test_another_till);
  g_test_add_func ("/store/tickets/called-off", test_called_off);
  g_test_add_func ("/store/tickets/held-cancellation", test_held_cancellation);
  g_test_add_func ("/store/tickets/till-order", test_till_order);
  return g_test_run ();
}
