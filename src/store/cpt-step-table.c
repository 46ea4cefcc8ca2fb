/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of the orders as rows: which comes first, which are gone. Writer only. */
#include "cpt-step-table-private.h"

#include "cpt-statement-private.h"

#define COLUMNS                                                                                    \
  "step, order_step.row, orders.id, order_step.status, order_step.confirmed_time, seller_note, "   \
  "rejection_cause, seller, automatic, pressed_at, not_before, state, reason"

static CptOrderStep *
read_step (CptStatement *statement)
{
  gint64 id = cpt_statement_read_int (statement);
  gint64 row = cpt_statement_read_int (statement);
  const char *order_id = cpt_statement_peek_text (statement);
  CptOrderStep *step = cpt_order_step_new (row, order_id, cpt_statement_read_status (statement));

  step->id = id;
  step->confirmed_time = cpt_statement_read_text (statement);
  step->seller_note = cpt_statement_read_text (statement);
  step->rejection_cause = cpt_statement_read_text (statement);
  step->seller = cpt_statement_read_text (statement);
  step->automatic = cpt_statement_read_int (statement);
  step->pressed_at = cpt_statement_read_int (statement);
  step->not_before = cpt_statement_read_int (statement);
  step->state = cpt_statement_read_enum (statement, CPT_STEP_LOCAL, CPT_STEP_DROPPED);
  step->reason = cpt_statement_read_text (statement);
  return step;
}

/**
 * cpt_step_table_read:
 * @place: (out): where its order belongs
 *
 * Returns: (transfer full) (nullable): the step, NULL when there is none
 */
CptOrderStep *
cpt_step_table_read (CptDb *db, gint64 step, gint64 *place)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT place, " COLUMNS
                          " FROM order_step JOIN orders USING (row) WHERE step = ?");

  cpt_statement_bind_int (statement, step);
  if (!cpt_statement_next (statement))
    return NULL;
  *place = cpt_statement_read_int (statement);
  return read_step (statement);
}

/**
 * cpt_step_table_load_unsent:
 *
 * Returns: (transfer full) (element-type CptOrderStep): by order and age
 */
GPtrArray *
cpt_step_table_load_unsent (CptDb *db, gint64 place)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_step_unref);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT " COLUMNS " FROM order_step JOIN orders USING (row)"
                          " WHERE state IN (0, 1, 2) AND place = ? ORDER BY order_step.row, step");

  cpt_statement_bind_int (statement, place);
  while (cpt_statement_next (statement))
    g_ptr_array_add (steps, read_step (statement));
  return steps;
}

/**
 * cpt_step_table_insert:
 * @step: its id and state are ignored
 *
 * Returns: the new step's id
 */
gint64
cpt_step_table_insert (CptDb *db, const CptOrderStep *step, CptStepState state)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db,
      "INSERT INTO order_step (row, status, confirmed_time, seller_note, rejection_cause,"
      " seller, automatic, pressed_at, not_before, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  CptTime not_before = step->not_before != CPT_TIME_NONE ? step->not_before : step->pressed_at;

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, step->order);
  cpt_statement_bind_status (statement, step->status);
  cpt_statement_bind_text (statement, step->confirmed_time);
  cpt_statement_bind_text (statement, step->seller_note);
  cpt_statement_bind_text (statement, step->rejection_cause);
  cpt_statement_bind_text (statement, step->seller);
  cpt_statement_bind_int (statement, step->automatic);
  cpt_statement_bind_int (statement, step->pressed_at);
  cpt_statement_bind_int (statement, state == CPT_STEP_LOCAL ? step->pressed_at : not_before);
  cpt_statement_bind_int (statement, state);
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

/**
 * cpt_step_table_add_received:
 *
 * The step nobody presses: the till has the order.
 */
void
cpt_step_table_add_received (CptDb *db, gint64 row, CptTime now)
{
  g_autoptr (CptOrderStep) step = cpt_order_step_new (row, NULL, CPT_ORDER_RECEIVED);

  step->automatic = TRUE;
  step->pressed_at = now;
  step->not_before = now;
  cpt_step_table_insert (db, step, CPT_STEP_WAITING);
}

/**
 * cpt_step_table_has_unsent:
 *
 * Returns: whether an unsent step of ours leads there
 */
gboolean
cpt_step_table_has_unsent (CptDb *db, gint64 row, CptOrderStatus status)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT 1 FROM order_step WHERE row = ? AND state IN (0, 1, 2) AND status = ?");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_status (statement, status);
  return cpt_statement_next (statement);
}

/**
 * cpt_step_table_has_unsent_before:
 *
 * Returns: whether another step of the order has to go first
 */
gboolean
cpt_step_table_has_unsent_before (CptDb *db, const CptOrderStep *step)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "SELECT 1 FROM order_step WHERE row = ? AND state IN (0, 1, 2) AND step < ?");

  cpt_statement_bind_int (statement, step->order);
  cpt_statement_bind_int (statement, step->id);
  return cpt_statement_next (statement);
}

/**
 * cpt_step_table_set_state:
 * @reason: (nullable): why
 */
void
cpt_step_table_set_state (CptDb *db, gint64 step, CptStepState state, const char *reason)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE order_step SET state = ?, reason = ? WHERE step = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, state);
  cpt_statement_bind_text (statement, reason);
  cpt_statement_bind_int (statement, step);
  cpt_statement_run (statement);
}

static void
drop_range (CptDb *db, gint64 row, gint64 first, gint64 last)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE order_step SET state = 4 WHERE row = ? AND step BETWEEN ? AND ?"
                          " AND state IN (0, 1, 2)");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_int (statement, first);
  cpt_statement_bind_int (statement, last);
  cpt_statement_run (statement);
}

static void
drop_local (CptDb *db, gint64 row, gint64 first)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "UPDATE order_step SET state = 4 WHERE row = ? AND step >= ? AND state = 5");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_int (statement, first);
  cpt_statement_run (statement);
}

/* The unsent ones that were pressed before @step. */
void
cpt_step_table_drop_before (CptDb *db, const CptOrderStep *step)
{
  drop_range (db, step->order, 0, step->id - 1);
}

/* What was pressed after @step, at this till only or not: it has nothing to stand on. */
void
cpt_step_table_drop_after (CptDb *db, const CptOrderStep *step)
{
  drop_range (db, step->order, step->id + 1, G_MAXINT64);
  drop_local (db, step->order, step->id + 1);
}

void
cpt_step_table_drop_others (CptDb *db, const CptOrderStep *step)
{
  cpt_step_table_drop_before (db, step);
  cpt_step_table_drop_after (db, step);
}

void
cpt_step_table_drop_all (CptDb *db, gint64 row)
{
  drop_range (db, row, 0, G_MAXINT64);
}

/**
 * cpt_step_table_end_holds:
 *
 * The order's steps may leave now and cannot be taken back any more.
 */
void
cpt_step_table_end_holds (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE order_step SET not_before = pressed_at WHERE row = ? AND state IN (0, 1, 2)"
          " AND not_before > pressed_at");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_step_table_keep_here:
 *
 * HubRise will not get the order: what was pressed stays here with it.
 */
void
cpt_step_table_keep_here (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE order_step SET state = 5, not_before = pressed_at"
                          " WHERE row = ? AND state = 0");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}
