/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be created or deleted on HubRise, as rows. Workers only; what writes, on the writer.
 */
#include "cpt-outbox-table-private.h"

#include "cpt-statement-private.h"

#define COLUMNS                                                                                    \
  "entry, outbox.row, orders.id, kind, outbox.private_ref, element, name, ref, amount, "           \
  "amount_currency, seller_note, body, seller, pressed_at, not_before, state, reason"
#define FROM " FROM outbox JOIN orders USING (row)"

static GBytes *
read_body (CptStatement *statement)
{
  g_autoptr (GBytes) body = cpt_statement_read_bytes (statement);

  return body != NULL && g_bytes_get_size (body) > 0 ? g_steal_pointer (&body) : NULL;
}

static CptOutboxEntry *
read_entry (CptStatement *statement)
{
  gint64 id = cpt_statement_read_int (statement);
  gint64 row = cpt_statement_read_int (statement);
  const char *order_id = cpt_statement_peek_text (statement);
  CptOutboxKind kind = cpt_outbox_kind_parse (cpt_statement_peek_text (statement));
  CptOutboxEntry *entry = cpt_outbox_entry_new (kind, row, order_id);

  entry->id = id;
  entry->private_ref = cpt_statement_read_text (statement);
  entry->element = cpt_statement_read_text (statement);
  entry->name = cpt_statement_read_text (statement);
  entry->ref = cpt_statement_read_text (statement);
  entry->amount = cpt_statement_read_money (statement);
  entry->seller_note = cpt_statement_read_text (statement);
  entry->body = read_body (statement);
  entry->seller = cpt_statement_read_text (statement);
  entry->pressed_at = cpt_statement_read_int (statement);
  entry->not_before = cpt_statement_read_int (statement);
  entry->state = cpt_statement_read_enum (statement, CPT_STEP_LOCAL, CPT_STEP_DROPPED);
  entry->reason = cpt_statement_read_text (statement);
  return entry;
}

/**
 * cpt_outbox_table_read:
 * @place: (out): where its order belongs
 *
 * Returns: (transfer full) (nullable): the entry, NULL when there is none
 */
CptOutboxEntry *
cpt_outbox_table_read (CptDb *db, gint64 entry, gint64 *place)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT place, " COLUMNS FROM " WHERE entry = ?");

  cpt_statement_bind_int (statement, entry);
  if (!cpt_statement_next (statement))
    return NULL;
  *place = cpt_statement_read_int (statement);
  return read_entry (statement);
}

static GPtrArray *
load (CptDb *db, const char *sql, gint64 key)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, key);
  while (cpt_statement_next (statement))
    g_ptr_array_add (entries, read_entry (statement));
  return entries;
}

/**
 * cpt_outbox_table_load_unsent:
 *
 * Returns: (transfer full) (element-type CptOutboxEntry): by order and age
 */
GPtrArray *
cpt_outbox_table_load_unsent (CptDb *db, gint64 place)
{
  return load (db,
               "SELECT " COLUMNS FROM
               " WHERE state IN (0, 1, 2) AND place = ? ORDER BY outbox.row, entry",
               place);
}

/**
 * cpt_outbox_table_load_of_order:
 *
 * Returns: (transfer full) (element-type CptOutboxEntry): what is not part of HubRise's document
 *   yet or was refused, oldest first
 */
GPtrArray *
cpt_outbox_table_load_of_order (CptDb *db, gint64 row)
{
  return load (db,
               "SELECT " COLUMNS FROM
               " WHERE state IN (0, 1, 2, 5) AND outbox.row = ? ORDER BY entry",
               row);
}

/**
 * cpt_outbox_table_took_payment:
 *
 * Returns: whether a payment was taken here that HubRise has or may have
 */
gboolean
cpt_outbox_table_took_payment (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT 1 FROM outbox WHERE row = ? AND kind = 'payment' AND state IN (1, 3)");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement);
}

/**
 * cpt_outbox_table_insert:
 * @row: of the order it is about
 * @entry: its id, order and state are ignored
 *
 * Returns: the new entry's id
 */
gint64
cpt_outbox_table_insert (CptDb *db, gint64 row, const CptOutboxEntry *entry, CptStepState state)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "INSERT INTO outbox (row, kind, private_ref, element, name, ref, amount,"
                      " amount_currency, seller_note, body, seller, pressed_at, not_before, state)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  CptTime not_before = entry->not_before != CPT_TIME_NONE ? entry->not_before : entry->pressed_at;

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_text (statement, cpt_outbox_kind_to_string (entry->kind));
  cpt_statement_bind_text (statement, entry->private_ref);
  cpt_statement_bind_text (statement, entry->element);
  cpt_statement_bind_text (statement, entry->name);
  cpt_statement_bind_text (statement, entry->ref);
  cpt_statement_bind_money (statement, entry->amount);
  cpt_statement_bind_text (statement, entry->seller_note);
  cpt_statement_bind_bytes (statement, entry->body);
  cpt_statement_bind_text (statement, entry->seller);
  cpt_statement_bind_int (statement, entry->pressed_at);
  cpt_statement_bind_int (statement, not_before);
  cpt_statement_bind_int (statement, state);
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

/**
 * cpt_outbox_table_set_state:
 * @not_before: CPT_TIME_NONE leaves it
 * @reason: (nullable): why
 */
void
cpt_outbox_table_set_state (CptDb *db,
                            gint64 entry,
                            CptStepState state,
                            CptTime not_before,
                            const char *reason)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE outbox SET state = ?, not_before = ifnull (?, not_before),"
                          " reason = ? WHERE entry = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, state);
  cpt_statement_bind_time (statement, not_before);
  cpt_statement_bind_text (statement, reason);
  cpt_statement_bind_int (statement, entry);
  cpt_statement_run (statement);
}

/**
 * cpt_outbox_table_set_body:
 *
 * A refused one that was corrected.
 */
void
cpt_outbox_table_set_body (CptDb *db, gint64 entry, GBytes *body)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE outbox SET body = ? WHERE entry = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_bytes (statement, body);
  cpt_statement_bind_int (statement, entry);
  cpt_statement_run (statement);
}

#define OF_CREATION " row = ? AND kind IN ('order', 'customer') "

/**
 * cpt_outbox_table_load_creations:
 *
 * Returns: (transfer full) (element-type CptOutboxEntry): by order and age
 */
GPtrArray *
cpt_outbox_table_load_creations (CptDb *db, gint64 place)
{
  return load (db,
               "SELECT " COLUMNS FROM " WHERE state IN (0, 1, 2) AND kind IN ('order', 'customer')"
               " AND place = ? ORDER BY outbox.row, entry",
               place);
}

static gboolean
exists (CptDb *db, const char *sql, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement);
}

/**
 * cpt_outbox_table_stays_here:
 *
 * Returns: whether the order is this till's and HubRise neither has it nor will
 */
gboolean
cpt_outbox_table_stays_here (CptDb *db, gint64 row)
{
  return exists (db,
                 "SELECT 1 FROM orders WHERE row = ?1 AND till = 1 AND id IS NULL AND NOT EXISTS ("
                 "SELECT 1 FROM outbox WHERE row = ?1 AND kind = 'order' AND state IN (0, 1, 2))",
                 row);
}

/**
 * cpt_outbox_table_is_done:
 *
 * Returns: whether HubRise has what bears this name
 */
gboolean
cpt_outbox_table_is_done (CptDb *db, const char *private_ref)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT 1 FROM outbox WHERE private_ref = ? AND state = 3");

  cpt_statement_bind_text (statement, private_ref);
  return cpt_statement_next (statement);
}

/**
 * cpt_outbox_table_can_replace:
 *
 * Returns: whether the order or its customer was refused and nothing of them is under way
 */
gboolean
cpt_outbox_table_can_replace (CptDb *db, gint64 row)
{
  return exists (db, "SELECT 1 FROM outbox WHERE" OF_CREATION "AND state = 2", row) &&
         !exists (db, "SELECT 1 FROM outbox WHERE" OF_CREATION "AND state = 1", row);
}

/**
 * cpt_outbox_table_has_unsent_before:
 *
 * Returns: whether another entry of the order has to go first
 */
gboolean
cpt_outbox_table_has_unsent_before (CptDb *db, const CptOutboxEntry *entry)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT 1 FROM outbox WHERE" OF_CREATION
                                                           "AND state IN (0, 1, 2) AND entry < ?");

  cpt_statement_bind_int (statement, entry->order);
  cpt_statement_bind_int (statement, entry->id);
  return cpt_statement_next (statement);
}

static void
run_for_row (CptDb *db, const char *sql, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_outbox_table_drop_creation:
 *
 * What takes its place may have the same private_ref: HubRise must not get the order twice.
 */
void
cpt_outbox_table_drop_creation (CptDb *db, gint64 row)
{
  run_for_row (db,
               "UPDATE outbox SET state = 4, private_ref = NULL WHERE" OF_CREATION
               "AND state IN (0, 2)",
               row);
}

/**
 * cpt_outbox_table_note_created:
 *
 * HubRise has the order, by whatever way that was found out.
 */
void
cpt_outbox_table_note_created (CptDb *db, gint64 row)
{
  run_for_row (db, "UPDATE outbox SET state = 3 WHERE" OF_CREATION "AND state IN (0, 1, 2)", row);
}

/**
 * cpt_outbox_table_count_send:
 * @more: 1 before a request leaves, −1 when it certainly did not
 */
void
cpt_outbox_table_count_send (CptDb *db, gint64 entry, int more)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE outbox SET sends = max (sends + ?, 0) WHERE entry = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, more);
  cpt_statement_bind_int (statement, entry);
  cpt_statement_run (statement);
}

/**
 * cpt_outbox_table_never_left:
 *
 * Returns: whether the order is still to be created and HubRise cannot have heard of it; nothing of
 *   its creation is under way
 */
gboolean
cpt_outbox_table_never_left (CptDb *db, gint64 row)
{
  return exists (db,
                 "SELECT 1 FROM outbox"
                 " WHERE row = ? AND kind = 'order' AND state IN (0, 2) AND sends = 0",
                 row) &&
         !exists (db, "SELECT 1 FROM outbox WHERE" OF_CREATION "AND state = 1", row);
}

/**
 * cpt_outbox_table_keep_here:
 *
 * HubRise will not get the order: what waits for it there stays here with it.
 */
void
cpt_outbox_table_keep_here (CptDb *db, gint64 row)
{
  run_for_row (db,
               "UPDATE outbox SET state = 5, reason = NULL WHERE row = ?"
               " AND kind IN ('payment', 'deletion') AND state IN (0, 2)",
               row);
}

/* A payment that is under way may be HubRise's already: it is looked up. A deletion that is not
 * there yet would be sent again. */
#define OF_OTHERS                                                                                  \
  " row = ? AND (kind = 'deletion' AND state IN (0, 1, 2) OR kind = 'payment' AND state IN (0, "   \
  "2))"

/**
 * cpt_outbox_table_drop_unsent:
 *
 * Others handle the order: no payment and no missing item of ours may follow.
 *
 * Returns: whether there was any
 */
gboolean
cpt_outbox_table_drop_unsent (CptDb *db, gint64 row)
{
  gboolean any = exists (db, "SELECT 1 FROM outbox WHERE" OF_OTHERS, row);

  if (any)
    run_for_row (db, "UPDATE outbox SET state = 4, reason = NULL WHERE" OF_OTHERS, row);
  return any;
}
