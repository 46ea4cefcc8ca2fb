/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order shows, derived from what HubRise said and from its steps. Written in every
 * transaction that touches either, so that nobody has to derive it while a list scrolls. Writer
 * only. */
#include "cpt-order-table-private.h"

#include "cpt-order-step.h"
#include "cpt-outbox-entry.h"

/* The values of the column desk. */
typedef enum
{
  DESK_DONE,      /* finished or handled elsewhere: in All only */
  DESK_OPEN,      /* goes by its time: Today or Later */
  DESK_KEPT,      /* in Today whatever its time: somebody has to look at what was not sent */
  DESK_WAITING,   /* for a decision */
  DESK_NOTICE,    /* others did something that was not seen yet */
  DESK_TILL,      /* an order of this till in progress: on no desk of the web orders */
  DESK_TILL_KEPT, /* one that somebody has to look at */
} Desk;

typedef struct
{
  CptOrderStatus hubrise;
  gboolean elsewhere;
  gboolean decided;
  CptNotice notice;
  gboolean till;

  CptOrderStatus shown;
  gboolean local_only;
  gint64 send_step;
  CptOrderStatus send_status;
  char *send_reason;
  gboolean refused;
  gint64 held_step;
  CptOrderStatus held_status;
  CptTime held_until;
  CptTime unsent_accept_at;
  CptTime promised_time;

  gint64 outbox_entry;
  char *outbox_kind;
  char *outbox_reason;
  gboolean outbox_refused;
} Derived;

static void
derived_clear (Derived *self)
{
  g_free (self->send_reason);
  g_free (self->outbox_kind);
  g_free (self->outbox_reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Derived, derived_clear)

static gboolean
read_order (CptDb *db, gint64 row, Derived *derived)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db,
      "SELECT hubrise_status, handled_elsewhere, decided, notice, till FROM orders WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return FALSE;
  derived->hubrise = cpt_statement_read_status (statement);
  derived->elsewhere = cpt_statement_read_int (statement);
  derived->decided = cpt_statement_read_int (statement);
  derived->notice = cpt_statement_read_enum (statement, CPT_NOTICE_LAST, CPT_NOTICE_NONE);
  derived->till = cpt_statement_read_int (statement);
  derived->shown = derived->hubrise;
  derived->held_until = CPT_TIME_NONE;
  derived->unsent_accept_at = CPT_TIME_NONE;
  derived->promised_time = CPT_TIME_NONE;
  return TRUE;
}

/* A time HubRise refused is promised to nobody; tried again, it is. */
static void
show_accept (Derived *derived, CptStepState state, CptTime pressed_at, const char *time)
{
  derived->unsent_accept_at = state != CPT_STEP_LOCAL ? pressed_at : CPT_TIME_NONE;
  derived->promised_time = CPT_TIME_NONE;
  if (state != CPT_STEP_REFUSED)
    cpt_time_parse (time, &derived->promised_time);
}

/* A step counts for what is shown as long as the conflict rule would send it. */
static void
show_step (Derived *derived,
           CptOrderStatus status,
           CptStepState state,
           CptTime pressed_at,
           const char *time)
{
  if (cpt_order_step_judge (status, derived->hubrise) != CPT_VERDICT_GO)
    return;
  derived->shown = status;
  derived->local_only = state == CPT_STEP_LOCAL;
  if (status == CPT_ORDER_ACCEPTED)
    show_accept (derived, state, pressed_at, time);
  /* The accept before it will not go. Its time stays while this can be taken back: the row must
   * not change its place. */
  if (status == CPT_ORDER_REJECTED || status == CPT_ORDER_CANCELLED)
    derived->unsent_accept_at = CPT_TIME_NONE;
}

static void
add_step (Derived *derived, CptStatement *statement)
{
  gint64 step = cpt_statement_read_int (statement);
  CptOrderStatus status = cpt_statement_read_status (statement);
  CptStepState state = cpt_statement_read_enum (statement, CPT_STEP_LOCAL, CPT_STEP_DROPPED);
  CptTime pressed_at = cpt_statement_read_int (statement);
  CptTime not_before = cpt_statement_read_int (statement);

  show_step (derived, status, state, pressed_at, cpt_statement_peek_text (statement));
  if (state == CPT_STEP_LOCAL)
    return;
  if (derived->send_step == 0)
    {
      derived->send_step = step;
      derived->send_status = status;
      derived->send_reason = cpt_statement_read_text (statement);
      derived->refused = state == CPT_STEP_REFUSED;
    }
  if (state == CPT_STEP_WAITING && not_before > pressed_at)
    {
      derived->held_step = step;
      derived->held_status = status;
      derived->held_until = not_before;
    }
}

static void
read_steps (CptDb *db, gint64 row, Derived *derived)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT step, status, state, pressed_at, not_before, confirmed_time, reason"
                      " FROM order_step WHERE row = ? AND state IN (0, 1, 2, 5) ORDER BY step");

  cpt_statement_bind_int (statement, row);
  while (cpt_statement_next (statement))
    add_step (derived, statement);
}

/* A refused entry first: somebody has to look at it. */
static void
read_outbox (CptDb *db, gint64 row, Derived *derived)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT entry, kind, reason, state = 2 FROM outbox"
                          " WHERE row = ? AND state IN (0, 1, 2) ORDER BY state = 2 DESC, entry");

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return;
  derived->outbox_entry = cpt_statement_read_int (statement);
  derived->outbox_kind = cpt_statement_read_text (statement);
  derived->outbox_reason = cpt_statement_read_text (statement);
  derived->outbox_refused = cpt_statement_read_int (statement);
}

/* A word that is none of HubRise's known ones waits for somebody to look at it, unless the order
 * was past that already. */
static gboolean
is_waiting (const Derived *derived)
{
  if (derived->elsewhere)
    return FALSE;
  return cpt_order_status_is_waiting (derived->shown) ||
         (derived->shown == CPT_ORDER_UNKNOWN && !derived->decided);
}

static Desk
choose_till_desk (const Derived *derived)
{
  if (derived->refused || derived->outbox_refused || derived->notice != CPT_NOTICE_NONE)
    return DESK_TILL_KEPT;
  if (!cpt_order_status_is_end (derived->shown) || derived->send_step != 0 ||
      derived->outbox_entry != 0)
    return DESK_TILL;
  return DESK_DONE;
}

static Desk
choose_desk (const Derived *derived)
{
  if (derived->till)
    return choose_till_desk (derived);
  if (is_waiting (derived))
    return DESK_WAITING;
  if (derived->notice == CPT_NOTICE_CANCELLED || derived->notice == CPT_NOTICE_THEIRS_HOLD ||
      derived->notice == CPT_NOTICE_TOO_LATE)
    return DESK_NOTICE;
  if (derived->refused || derived->outbox_refused || derived->notice == CPT_NOTICE_ALREADY_PAID ||
      derived->notice == CPT_NOTICE_TO_REFUND || derived->unsent_accept_at != CPT_TIME_NONE)
    return DESK_KEPT;
  /* Undo stands on the row: it must not vanish with the press. */
  if (derived->elsewhere || cpt_order_status_is_end (derived->shown))
    return derived->send_step != 0 || derived->outbox_entry != 0 ? DESK_KEPT : DESK_DONE;
  return DESK_OPEN;
}

static void
write_derived (CptDb *db, gint64 row, const Derived *derived)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE orders SET status = ?, local_only = ?, waiting = ?, send_step = nullif (?, 0),"
          " send_status = ?, send_reason = ?, send_refused = ?, held_step = nullif (?, 0),"
          " held_status = ?, held_until = ?, desk = ?, outbox_entry = nullif (?, 0),"
          " outbox_kind = ?, outbox_reason = ?, outbox_refused = ?,"
          " unsent_accept_at = ?, promised_time = ?,"
          " listed_at = ifnull (created_at, first_seen_at),"
          " due_at = coalesce (?, confirmed_time, expected_time, created_at, first_seen_at)"
          " WHERE row = ?");

  cpt_statement_bind_status (statement, derived->shown);
  cpt_statement_bind_int (statement, derived->local_only);
  cpt_statement_bind_int (statement, !derived->till && is_waiting (derived));
  cpt_statement_bind_int (statement, derived->send_step);
  cpt_statement_bind_status (statement, derived->send_status);
  cpt_statement_bind_text (statement, derived->send_reason);
  cpt_statement_bind_int (statement, derived->refused);
  cpt_statement_bind_int (statement, derived->held_step);
  cpt_statement_bind_status (statement, derived->held_status);
  cpt_statement_bind_time (statement, derived->held_until);
  cpt_statement_bind_int (statement, choose_desk (derived));
  cpt_statement_bind_int (statement, derived->outbox_entry);
  cpt_statement_bind_text (statement, derived->outbox_kind);
  cpt_statement_bind_text (statement, derived->outbox_reason);
  cpt_statement_bind_int (statement, derived->outbox_refused);
  cpt_statement_bind_time (statement, derived->unsent_accept_at);
  cpt_statement_bind_time (statement, derived->promised_time);
  cpt_statement_bind_time (statement, derived->promised_time);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_order_table_refresh:
 *
 * To be called last by whatever changed the order or its steps.
 */
void
cpt_order_table_refresh (CptDb *db, gint64 row)
{
  g_auto (Derived) derived = { 0 };

  cpt_db_assert_writer (db);
  if (!read_order (db, row, &derived))
    return;
  read_steps (db, row, &derived);
  read_outbox (db, row, &derived);
  write_derived (db, row, &derived);
}
