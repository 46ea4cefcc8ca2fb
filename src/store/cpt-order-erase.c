/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons taken out of old orders. What a document says is for others to read: it comes back
 * without them. Constructors on the main thread, the rest on the workers. */
#include "cpt-db-backup-private.h"
#include "cpt-order-table-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

/* Pages of the index that one job goes through. */
#define TIDY_PAGES "500"
/* In value while the index still holds words of what was erased: a restart does not forget it. */
#define UNTIDY "'search-untidy'"

typedef struct
{
  GPtrArray *erasures; /* (owned) (nullable) (element-type CptErasure) */
  CptTime time;        /* made before it, or erased at it */
  guint limit;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->erasures, g_ptr_array_unref);
  g_free (input);
}

static Input *
input_new (CptTime time, guint limit)
{
  Input *input = g_new0 (Input, 1);

  input->time = time;
  input->limit = limit;
  return input;
}

void
cpt_erasure_free (CptErasure *erasure)
{
  g_clear_pointer (&erasure->document, g_bytes_unref);
  g_clear_pointer (&erasure->order, cpt_order_unref);
  g_free (erasure);
}

/* What is still to be sent needs what it says; what was refused does not hold a person here for
 * ever. */
static gpointer
load_expired (CptDb *db, gpointer data)
{
  const Input *input = data;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_erasure_free);
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT row, document, till = 1 AND id IS NULL FROM orders JOIN document USING (row)"
          " WHERE erased_at IS NULL AND listed_at < ?1 AND due_at < ?1"
          " AND (send_step IS NULL AND outbox_entry IS NULL OR send_refused OR outbox_refused)"
          " ORDER BY listed_at LIMIT ?2");

  cpt_statement_bind_int (statement, input->time);
  cpt_statement_bind_int (statement, input->limit);
  while (cpt_statement_next (statement))
    {
      CptErasure *erasure = g_new0 (CptErasure, 1);

      erasure->row = cpt_statement_read_int (statement);
      erasure->document = cpt_statement_read_bytes (statement);
      erasure->own = cpt_statement_read_int (statement);
      g_ptr_array_add (found, erasure);
    }
  return found;
}

/**
 * cpt_store_load_expired:
 * @before: made before that, and for before that
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (element-type CptErasure)
 *   #GPtrArray of at most @limit, without their orders
 */
CptStoreJob *
cpt_store_load_expired (CptTime before, guint limit)
{
  return cpt_store_job_new (CPT_JOB_READ, load_expired, input_new (before, limit), input_free,
                            (GDestroyNotify)g_ptr_array_unref);
}

static void
run_for_row (CptDb *db, const char *sql, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

/* Nobody can tell what is whose in a document that is not understood, nor in what was known of the
 * order when it still was. */
static void
erase_document (CptDb *db, gint64 row)
{
  run_for_row (db, "UPDATE document SET document = CAST ('{}' AS BLOB) WHERE row = ?", row);
  run_for_row (db, "UPDATE orders SET customer = NULL WHERE row = ?", row);
  run_for_row (db,
               "UPDATE order_search SET text ="
               " (SELECT number || char (10) || ifnull (id, '') FROM orders WHERE row = rowid)"
               " WHERE rowid = ?",
               row);
}

/* HubRise refused to make it of this till's order: what it was to be made of goes, so it is no
 * longer to be made, and the order is one that stays here. */
static void
keep_here (CptDb *db, gint64 row)
{
  run_for_row (
      db,
      "UPDATE order_step SET state = 5 WHERE row = ? AND state IN (0, 1, 2)"
      " AND (SELECT id IS NULL AND till = 1 FROM orders WHERE orders.row = order_step.row)",
      row);
  run_for_row (db,
               "UPDATE outbox SET state = 5 WHERE row = ? AND state IN (0, 1, 2)"
               " AND (SELECT id IS NULL AND till = 1 FROM orders WHERE orders.row = outbox.row)",
               row);
}

/* HubRise's reasons and what a person typed may name the customer. */
static void
erase_words (CptDb *db, gint64 row)
{
  run_for_row (db,
               "UPDATE order_step SET seller_note = NULL, reason = NULL WHERE row = ?"
               " AND state NOT IN (0, 1)",
               row);
  run_for_row (db, "UPDATE outbox SET body = NULL, seller_note = NULL, reason = NULL WHERE row = ?",
               row);
  run_for_row (db,
               "UPDATE history SET text = NULL WHERE row = ? AND what IN ('pressed', 'local',"
               " 'refused', 'given-up', 'entry-refused', 'entry-given-up',"
               " 'order-refused', 'customer-refused')",
               row);
}

/* Whether it came anew since it was read: then the next look takes it. */
static gboolean
is_the_one_read (CptDb *db, const CptErasure *erasure)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT document = ifnull (?, x'') FROM document WHERE row = ?");

  cpt_statement_bind_bytes (statement, erasure->document);
  cpt_statement_bind_int (statement, erasure->row);
  return cpt_statement_next (statement) && cpt_statement_read_int (statement);
}

static void
mark (CptDb *db, gint64 row, CptTime now)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "UPDATE orders SET erased_at = ? WHERE row = ?");

  cpt_statement_bind_int (statement, now);
  cpt_statement_bind_int (statement, row);
  cpt_statement_run (statement);
}

static void
erase_one (CptDb *db, const CptErasure *erasure, CptTime now)
{
  if (!is_the_one_read (db, erasure))
    return;
  if (erasure->order != NULL)
    cpt_order_table_write (db, erasure->row, erasure->order);
  else
    erase_document (db, erasure->row);
  run_for_row (db, "DELETE FROM seen_document WHERE row = ?", erasure->row);
  keep_here (db, erasure->row);
  erase_words (db, erasure->row);
  cpt_order_table_refresh (db, erasure->row);
  mark (db, erasure->row, now);
}

static gpointer
erase (CptDb *db, gpointer data)
{
  const Input *input = data;

  cpt_db_assert_writer (db);
  for (guint i = 0; i < input->erasures->len; i++)
    erase_one (db, input->erasures->pdata[i], input->time);
  cpt_db_execute (db, "INSERT OR REPLACE INTO value (key, value)"
                      " VALUES (" UNTIDY ", '1'), (" CPT_UNCLEAN ", '1')");
  return NULL;
}

/**
 * cpt_store_erase:
 * @erasures: (element-type CptErasure): with the orders as they are to be kept; taken over
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_erase (GPtrArray *erasures, CptTime now)
{
  Input *input = input_new (now, 0);

  input->erasures = g_ptr_array_ref (erasures);
  return cpt_store_job_new (CPT_JOB_WRITE, erase, input, input_free, NULL);
}

/* The index keeps the words of a row that is gone until it merges what it holds. A merge that did
 * something changes two rows at least. */
static gboolean
merge (CptDb *db, gboolean begin)
{
  gint64 before = cpt_db_query_int (db, "SELECT total_changes ()");

  cpt_db_execute (db, begin ? "INSERT INTO order_search (order_search, rank)"
                              " VALUES ('merge', -" TIDY_PAGES ")"
                            : "INSERT INTO order_search (order_search, rank)"
                              " VALUES ('merge', " TIDY_PAGES ")");
  return cpt_db_query_int (db, "SELECT total_changes ()") - before >= 2;
}

static gpointer
tidy (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  gboolean *more = g_new0 (gboolean, 1);

  cpt_db_assert_writer (db);
  if (cpt_db_query_int (db, "SELECT count(*) FROM value WHERE key = " UNTIDY) == 0)
    return more;
  *more = merge (db, input->row != 0);
  if (!*more)
    cpt_db_execute (db, "DELETE FROM value WHERE key = " UNTIDY);
  return more;
}

/**
 * cpt_store_tidy_search:
 * @begin: whether this is the first of the jobs that go through the whole index
 *
 * Returns: (transfer full): a writing job; result: (transfer full) #gboolean (g_free), whether
 * there is more to do
 */
CptStoreJob *
cpt_store_tidy_search (gboolean begin)
{
  return cpt_store_job_new_for_row (CPT_JOB_WRITE, tidy, begin, 0, g_free);
}

static gpointer
forget_copies (CptDb *db, gpointer data)
{
  const Input *input = data;

  cpt_db_backup_forget (db, input->time);
  return NULL;
}

/**
 * cpt_store_forget_copies:
 * @before: made before that
 *
 * The copies of the database hold the persons, too.
 *
 * Returns: (transfer full): a job for the writer without result
 */
CptStoreJob *
cpt_store_forget_copies (CptTime before)
{
  return cpt_store_job_new (CPT_JOB_OPEN, forget_copies, input_new (before, 0), input_free, NULL);
}

/* --- Drafts --- */

/* When a draft was first found to be of another binding than the current one. */
#define LEFT   "'left-' || key"
#define DRAFTS "(key GLOB 'till-draft-[0-9]*' OR key GLOB 'till-waiting-[0-9]*')"
#define CURRENT                                                                                    \
  "(SELECT 'till-draft-' || binding FROM connection WHERE binding IS NOT NULL"                     \
  " UNION ALL SELECT 'till-waiting-' || binding FROM connection WHERE binding IS NOT NULL)"

static void
run_at (CptDb *db, const char *sql, CptTime time)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, sql);

  cpt_statement_bind_int (statement, time);
  cpt_statement_run (statement);
}

typedef struct
{
  CptTime before, now;
} DraftInput;

static gpointer
forget_drafts (CptDb *db, gpointer data)
{
  const DraftInput *input = data;

  cpt_db_assert_writer (db);
  cpt_db_execute (db, "DELETE FROM value WHERE key IN (SELECT " LEFT " FROM value"
                      " WHERE key IN " CURRENT ")");
  run_at (db,
          "INSERT OR IGNORE INTO value (key, value) SELECT " LEFT ", ? FROM value"
          " WHERE value IS NOT NULL AND " DRAFTS " AND key NOT IN " CURRENT,
          input->now);
  run_at (db,
          "DELETE FROM value WHERE " DRAFTS " AND " LEFT " IN (SELECT key FROM value"
          " WHERE key GLOB 'left-till-*' AND CAST (value AS INTEGER) < ?)",
          input->before);
  run_at (db, "DELETE FROM value WHERE key GLOB 'left-till-*' AND CAST (value AS INTEGER) < ?",
          input->before);
  return NULL;
}

/**
 * cpt_store_forget_drafts:
 * @before: left before that
 *
 * What was being put together under a binding that the till has left names a customer, too.
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_forget_drafts (CptTime before, CptTime now)
{
  DraftInput *input = g_new0 (DraftInput, 1);

  input->before = before;
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, forget_drafts, input, g_free, NULL);
}
