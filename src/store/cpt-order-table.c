/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders as HubRise sent them: found, kept, compared. Workers only. */
#include "cpt-order-table-private.h"

#include "cpt-outbox-table-private.h"

void
cpt_stored_order_clear (CptStoredOrder *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->content_hash, g_free);
}

static char *
hash_document (const CptOrder *order)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256,
                                       order->document != NULL ? order->document : nothing);
}

static gint64
find_by (CptDb *db, const char *sql, gint64 place, const char *key)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, key);
  return cpt_statement_next (statement) ? cpt_statement_read_int (statement) : 0;
}

/**
 * cpt_order_table_find:
 *
 * Returns: the row of the order with this id, or of the document itself when it has none; 0 for
 *   none
 */
gint64
cpt_order_table_find (CptDb *db, gint64 place, const CptOrder *order)
{
  g_autofree char *hash = NULL;

  if (order->id != NULL)
    return find_by (db, "SELECT row FROM orders WHERE place = ? AND id = ?", place, order->id);
  hash = hash_document (order);
  return find_by (db, "SELECT row FROM orders WHERE place = ? AND document_hash = ? AND id IS NULL",
                  place, hash);
}

/**
 * cpt_order_table_read:
 * @stored: (out caller-allocates): cleared before; its row is 0 when there is no such order
 */
void
cpt_order_table_read (CptDb *db, gint64 row, CptStoredOrder *stored)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT row, place, id, hubrise_status, status, service_type, handled_elsewhere, notice,"
          " waiting, content_hash, till, due, due_currency, paid, paid_currency FROM orders WHERE "
          "row = ?");

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return;
  stored->row = cpt_statement_read_int (statement);
  stored->place = cpt_statement_read_int (statement);
  stored->id = cpt_statement_read_text (statement);
  stored->hubrise_status = cpt_statement_read_status (statement);
  stored->status = cpt_statement_read_status (statement);
  stored->service_type = cpt_service_type_parse (cpt_statement_peek_text (statement));
  stored->handled_elsewhere = cpt_statement_read_int (statement);
  stored->notice = cpt_statement_read_enum (statement, CPT_NOTICE_LAST, CPT_NOTICE_NONE);
  stored->waiting = cpt_statement_read_int (statement);
  stored->content_hash = cpt_statement_read_text (statement);
  stored->till = cpt_statement_read_int (statement);
  stored->due = cpt_statement_read_money (statement);
  stored->paid = cpt_statement_read_money (statement);
}

/**
 * cpt_order_table_has_document:
 *
 * Returns: whether the very same bytes, understood the same way, are stored already
 */
gboolean
cpt_order_table_has_document (CptDb *db, gint64 row, const CptOrder *order)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT document, raw_reason FROM document JOIN orders USING (row) WHERE row = ?");
  g_autoptr (GBytes) bytes = NULL;

  cpt_statement_bind_int (statement, row);
  if (!cpt_statement_next (statement))
    return FALSE;
  bytes = cpt_statement_read_bytes (statement);
  return order->document != NULL && g_bytes_equal (bytes, order->document) &&
         (cpt_statement_peek_text (statement) == NULL) == (order->raw_reason == NULL);
}

/**
 * cpt_order_table_insert:
 *
 * Returns: the new row, empty but for its keys
 */
gint64
cpt_order_table_insert (CptDb *db, gint64 place, const CptOrder *order, CptTime now)
{
  g_autofree char *hash = order->id == NULL ? hash_document (order) : NULL;
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "INSERT INTO orders (place, id, document_hash, first_seen_at) VALUES (?, ?, ?, ?)");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, order->id);
  cpt_statement_bind_text (statement, hash);
  cpt_statement_bind_int (statement, now);
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

/**
 * cpt_order_table_insert_till:
 *
 * Returns: the new row of an order of this till, empty but for its keys
 */
gint64
cpt_order_table_insert_till (CptDb *db, gint64 place, const char *private_ref, CptTime now)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "INSERT INTO orders (place, till, private_ref, first_seen_at) VALUES (?, 1, ?, ?)");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, private_ref);
  cpt_statement_bind_int (statement, now);
  cpt_statement_run (statement);
  return cpt_db_last_row (db);
}

/**
 * cpt_order_table_find_unsent:
 * @order: as HubRise has it
 *
 * Returns: the row of the order of this till that this is, of which it was not known yet that
 *   HubRise has it; 0 for none
 */
gint64
cpt_order_table_find_unsent (CptDb *db, gint64 place, const CptOrder *order)
{
  if (order->id == NULL || order->private_ref == NULL)
    return 0;
  return find_by (db,
                  "SELECT row FROM orders"
                  " WHERE place = ? AND private_ref = ? AND till = 1 AND id IS NULL",
                  place, order->private_ref);
}

/**
 * cpt_order_table_adopt:
 * @order: as HubRise has it
 *
 * The order of this till is known by HubRise's id from here on, and nothing of it is to be created
 * any more.
 */
void
cpt_order_table_adopt (CptDb *db, gint64 row, const CptOrder *order, CptTime now)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET id = ? WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_text (statement, order->id);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
  cpt_outbox_table_note_created (db, row);
  cpt_history_add (db, row, now, CPT_ORDER_ACCEPTED, "sent", NULL, NULL);
}

static void
write_document (CptDb *db, gint64 row, const CptOrder *order)
{
  g_autoptr (CptStatement) document =
      cpt_db_prepare (db, "INSERT INTO document (row, document) VALUES (?, ifnull (?, x''))"
                          " ON CONFLICT (row) DO UPDATE SET document = excluded.document"
                          " WHERE length (excluded.document) > 0");
  g_autoptr (CptStatement) reason =
      cpt_db_prepare (db, "UPDATE orders SET raw_reason = ?, erased_at = NULL WHERE row = ?");

  cpt_statement_bind_int (document, row);
  cpt_statement_bind_bytes (document, order->document);
  cpt_statement_run (document);
  cpt_statement_bind_text (reason, order->raw_reason);
  cpt_statement_bind_int (reason, row);
  cpt_statement_run (reason);
}

static void
write_names (CptDb *db, gint64 row, const CptOrder *order)
{
  g_autofree char *customer = cpt_order_dup_customer_name (order);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE orders SET number = ?, source = ?, service_type = ?, table_name = ?,"
          " created_at = ?, expected_time = ?, confirmed_time = ?, customer = ? WHERE row = ?");

  cpt_statement_bind_text (statement, cpt_order_get_number (order));
  cpt_statement_bind_text (statement, cpt_order_get_source (order));
  cpt_statement_bind_text (statement, order->service_type_text);
  cpt_statement_bind_text (statement, order->table_name);
  cpt_statement_bind_time (statement, order->created_at);
  cpt_statement_bind_time (statement, order->expected_time);
  cpt_statement_bind_time (statement, order->confirmed_time);
  cpt_statement_bind_text (statement, customer);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

static void
write_amounts (CptDb *db, gint64 row, const CptOrder *order, GPtrArray *outbox)
{
  CptOrderBalance balance = { 0 };
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "UPDATE orders SET total = ?, total_currency = ?, total_calculated = ?, due = ?,"
          " due_currency = ?, paid = ?, paid_currency = ? WHERE row = ?");

  cpt_order_get_balance_with (order, outbox, &balance);
  cpt_statement_bind_money (statement, balance.total);
  cpt_statement_bind_int (statement, balance.calculated);
  cpt_statement_bind_money (statement, balance.due);
  cpt_statement_bind_money (statement, balance.paid);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

static void
write_content (CptDb *db, gint64 row, const CptOrder *order, GPtrArray *outbox)
{
  g_autofree char *items = cpt_order_dup_items_summary (order, outbox);
  g_autofree char *content = cpt_order_table_hash_content (order, outbox);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET items = ?, content_hash = ? WHERE row = ?");

  cpt_statement_bind_text (statement, items);
  cpt_statement_bind_text (statement, content);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/* An item that was marked missing here is no news when HubRise's document says so: the ledger would
 * not hear of it. */
static void
note_for_ledger (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT OR IGNORE INTO ledger_due (row)"
                          " SELECT row FROM outbox WHERE row = ? AND kind = 'deletion' LIMIT 1");

  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_order_table_count:
 * @order: as it is stored
 *
 * Writes what the order is worth and what the kitchen works from, with what is not at HubRise yet.
 * To be called by whatever changed the order's outbox; a new document counts by itself.
 */
void
cpt_order_table_count (CptDb *db, gint64 row, const CptOrder *order)
{
  g_autoptr (GPtrArray) outbox = cpt_outbox_table_load_of_order (db, row);

  cpt_db_assert_writer (db);
  write_amounts (db, row, order, outbox);
  write_content (db, row, order, outbox);
  note_for_ledger (db, row);
}

static void
write_status (CptDb *db, gint64 row, const CptOrder *order)
{
  gboolean decided =
      order->status != CPT_ORDER_UNKNOWN && !cpt_order_status_is_waiting (order->status);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "UPDATE orders SET hubrise_status = ?, decided = decided OR ? WHERE row = ?");

  cpt_statement_bind_text (statement, order->status != CPT_ORDER_UNKNOWN
                                          ? cpt_order_status_to_string (order->status)
                                          : order->status_text);
  cpt_statement_bind_int (statement, decided);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

static gboolean
was_understood (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT content_hash IS NOT NULL FROM orders WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement) && cpt_statement_read_int (statement);
}

/**
 * cpt_order_table_write:
 *
 * Keeps the document and what a list shows of it. Where a document cannot be understood that was
 * understood before, what was known of the order stays; where there is none now, the last one does.
 */
void
cpt_order_table_write (CptDb *db, gint64 row, const CptOrder *order)
{
  cpt_db_assert_writer (db);
  write_document (db, row, order);
  if (order->raw_reason != NULL && was_understood (db, row))
    return;
  write_names (db, row, order);
  write_status (db, row, order);
  cpt_order_table_count (db, row, order);
  cpt_order_search_write (db, row, order);
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  /* With its end: "ab" "c" is not "a" "bc". */
  g_checksum_update (checksum, (const guchar *)(text != NULL ? text : ""), -1);
  g_checksum_update (checksum, (const guchar *)"", 1);
}

static void
hash_number (GChecksum *checksum, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  hash_text (checksum, text);
}

static void
hash_item (GChecksum *checksum, const CptOrderItem *item)
{
  hash_text (checksum, item->product_name);
  hash_text (checksum, item->sku_name);
  hash_text (checksum, item->customer_notes);
  hash_number (checksum, item->quantity.thousandths);
  hash_number (checksum, item->options->len);
  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];

      hash_text (checksum, option->name);
      hash_number (checksum, option->removed ? 0 : option->quantity);
    }
}

/**
 * cpt_order_table_hash_content:
 * @outbox: (nullable) (element-type CptOutboxEntry): of this order: what was marked missing here is
 *   gone for the kitchen already
 *
 * Returns: (transfer full): the same as long as the kitchen has nothing to do differently; NULL
 *   for a raw order
 */
char *
cpt_order_table_hash_content (const CptOrder *order, GPtrArray *outbox)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (order->raw_reason != NULL)
    return NULL;
  hash_text (checksum, order->service_type_text);
  hash_text (checksum, order->customer_notes);
  hash_text (checksum, order->table_name);
  hash_number (checksum, order->expected_time);
  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = order->items->pdata[i];

      if (!item->deleted && !cpt_outbox_has_deletion (outbox, item->id))
        hash_item (checksum, item);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * cpt_order_table_set_status:
 * @status: where HubRise is, known without its document
 */
void
cpt_order_table_set_status (CptDb *db, gint64 row, CptOrderStatus status)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db,
                      "UPDATE orders SET hubrise_status = ?, decided = decided OR ? WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_status (statement, status);
  cpt_statement_bind_int (statement, !cpt_order_status_is_waiting (status));
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/**
 * cpt_order_table_set_notice:
 * @text: (nullable): the words to add
 */
void
cpt_order_table_set_notice (CptDb *db, gint64 row, CptNotice notice, const char *text)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET notice = ?, notice_text = ? WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, notice);
  cpt_statement_bind_text (statement, text);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

void
cpt_order_table_set_elsewhere (CptDb *db, gint64 row, gboolean elsewhere)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET handled_elsewhere = ? WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, elsewhere);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

void
cpt_order_table_set_arrival (CptDb *db, gint64 row, gboolean late, gboolean first_list)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET late = ?, first_list = ? WHERE row = ?");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, late);
  cpt_statement_bind_int (statement, first_list);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}
