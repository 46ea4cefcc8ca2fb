/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was printed of an order, and what prints by itself. Constructors on the main thread, the
 * rest on the workers. */
#include "cpt-statement-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-ticket-jobs.h"

/* How far back a start looks for what an earlier run did not come to print: in lines of the
 * history, and by when a ticket was printed. */
#define LATE_LINES  5000
#define LATE_PRINTS (7 * CPT_DAY)

static const char *const kinds[CPT_TICKET_KINDS] = { "kitchen", "customer" };

typedef struct
{
  gint64 row;
  CptTicketKind kind;
  gboolean called_off;
  CptTime now;
} PrintInput;

static int
count_copies (CptDb *db, gint64 row, CptTicketKind kind)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT copies FROM ticket WHERE row = ? AND kind = ?");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_text (statement, kinds[kind]);
  return cpt_statement_next (statement) ? (int)cpt_statement_read_int (statement) : 0;
}

static void
add_copy (CptDb *db, gint64 row, CptTicketKind kind, gboolean called_off, CptTime now)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO ticket (row, kind, printed_at, copies, called_off)"
                          " VALUES (?, ?, ?, 1, ?)"
                          " ON CONFLICT (row, kind) DO UPDATE SET copies = copies + 1,"
                          " printed_at = excluded.printed_at,"
                          " called_off = max (called_off, excluded.called_off)");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_text (statement, kinds[kind]);
  cpt_statement_bind_int (statement, now);
  cpt_statement_bind_int (statement, called_off);
  cpt_statement_run (statement);
}

static gboolean
has_order (CptDb *db, gint64 row)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT 1 FROM orders WHERE row = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement);
}

static gpointer
note_print (CptDb *db, gpointer data)
{
  const PrintInput *input = data;
  int before = 0;

  cpt_db_assert_writer (db);
  if (!has_order (db, input->row))
    {
      cpt_db_fail (db, CPT_STORE_ERROR_NOT_FOUND, NULL);
      return NULL;
    }
  before = count_copies (db, input->row, input->kind);
  add_copy (db, input->row, input->kind, input->called_off, input->now);
  return g_memdup2 (&before, sizeof before);
}

/**
 * cpt_store_note_print:
 *
 * Returns: (transfer full): a writing job; result: (transfer full) int, the copies before
 */
CptStoreJob *
cpt_store_note_print (gint64 row, CptTicketKind kind, gboolean called_off, CptTime now)
{
  PrintInput *input = g_new0 (PrintInput, 1);

  input->row = row;
  input->kind = kind;
  input->called_off = called_off;
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, note_print, input, g_free, g_free);
}

static gpointer
load_prints (CptDb *db, gpointer data)
{
  const CptRowInput *input = data;
  CptTicketPrints *prints = g_new0 (CptTicketPrints, 1);

  for (int kind = 0; kind < CPT_TICKET_KINDS; kind++)
    {
      g_autoptr (CptStatement) statement =
          cpt_db_prepare (db, "SELECT copies, called_off FROM ticket WHERE row = ? AND kind = ?");

      cpt_statement_bind_int (statement, input->row);
      cpt_statement_bind_text (statement, kinds[kind]);
      if (!cpt_statement_next (statement))
        continue;
      prints->copies[kind] = cpt_statement_read_int (statement);
      prints->called_off[kind] = cpt_statement_read_int (statement);
    }
  return prints;
}

/**
 * cpt_store_load_prints:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptTicketPrints
 */
CptStoreJob *
cpt_store_load_prints (gint64 row)
{
  return cpt_store_job_new_for_row (CPT_JOB_READ, load_prints, row, 0, g_free);
}

/* --- What prints by itself --- */

typedef struct
{
  GArray *rows; /* (owned) (nullable) (element-type gint64) */
  gboolean wanted[CPT_TICKET_KINDS];
  CptTime now;
} ClaimInput;

static void
claim_input_free (gpointer data)
{
  ClaimInput *input = data;

  g_clear_pointer (&input->rows, g_array_unref);
  g_free (input);
}

static void
add_row (GArray *rows, gint64 row)
{
  g_array_append_val (rows, row);
}

static void
read_rows (CptStatement *statement, GArray *rows)
{
  while (cpt_statement_next (statement))
    add_row (rows, cpt_statement_read_int (statement));
}

/* Where something may be due that an earlier run did not come to. */
static GArray *
find_late_rows (CptDb *db, CptTime now)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CptStatement) history = cpt_db_prepare (
      db, "SELECT DISTINCT row FROM history WHERE line > (SELECT max (line) FROM history) - ?");
  g_autoptr (CptStatement) printed =
      cpt_db_prepare (db,
                      "SELECT DISTINCT row FROM ticket WHERE called_off = 0 AND printed_at > ?");

  cpt_statement_bind_int (history, LATE_LINES);
  read_rows (history, rows);
  cpt_statement_bind_int (printed, now - LATE_PRINTS);
  read_rows (printed, rows);
  return rows;
}

static void
save_since (CptDb *db, const char *key, CptTime since)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO value (key, value) VALUES (?, ?)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, since);

  cpt_statement_bind_text (statement, key);
  cpt_statement_bind_text (statement, text);
  cpt_statement_run (statement);
}

static void
forget_since (CptDb *db, const char *key)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "DELETE FROM value WHERE key = ?");

  cpt_statement_bind_text (statement, key);
  cpt_statement_run (statement);
}

/* Since when tickets of @kind print by themselves: turning that on prints nothing old. */
static CptTime
get_since (CptDb *db, CptTicketKind kind, gboolean wanted, CptTime now)
{
  g_autofree char *key = g_strconcat ("tickets-since-", kinds[kind], NULL);
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT value FROM value WHERE key = ?");
  gboolean known = FALSE;
  CptTime since = now;

  cpt_statement_bind_text (statement, key);
  known = cpt_statement_next (statement);
  if (known)
    since = g_ascii_strtoll (cpt_statement_peek_text (statement), NULL, 10);
  g_clear_pointer (&statement, cpt_statement_release);
  if (wanted && !known)
    save_since (db, key, now);
  else if (!wanted && known)
    forget_since (db, key);
  return since;
}

/* Accepted here and confirmed by HubRise, or made at this till; never what another till did. */
static gboolean
is_accepted (CptDb *db, gint64 row, CptTime since)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      db, "SELECT 1 FROM orders WHERE row = ?1"
          " AND status NOT IN ('new', 'received', 'rejected', 'cancelled', 'delivery_failed')"
          " AND (till = 1 AND first_seen_at >= ?2 OR till = 0 AND EXISTS (SELECT 1 FROM history"
          " WHERE row = ?1 AND what = 'sent' AND status = 'accepted' AND at >= ?2))");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_int (statement, since);
  return cpt_statement_next (statement);
}

/* Cancelled by whomever, and no longer to be undone here. */
static gboolean
is_called_off (CptDb *db, gint64 row, CptTicketKind kind, CptTime now)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT 1 FROM ticket JOIN orders USING (row) WHERE row = ?"
                          " AND kind = ? AND called_off = 0 AND status IN ('cancelled', 'rejected')"
                          " AND (coalesce (held_step, 0) = 0 OR held_until <= ?)");

  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_text (statement, kinds[kind]);
  cpt_statement_bind_int (statement, now);
  return cpt_statement_next (statement);
}

static void
claim (CptDb *db, gint64 row, CptTicketKind kind, CptTime since, CptTime now, GArray *due)
{
  CptTicketDue one = { .row = row, .kind = kind };

  one.called_off = is_called_off (db, row, kind, now);
  if (!one.called_off &&
      (since == CPT_TIME_NONE || count_copies (db, row, kind) > 0 || !is_accepted (db, row, since)))
    return;
  add_copy (db, row, kind, one.called_off, now);
  g_array_append_val (due, one);
}

static gpointer
claim_tickets (CptDb *db, gpointer data)
{
  const ClaimInput *input = data;
  GArray *due = g_array_new (FALSE, FALSE, sizeof (CptTicketDue));
  g_autoptr (GArray) rows = NULL;

  cpt_db_assert_writer (db);
  rows = input->rows != NULL ? g_array_ref (input->rows) : find_late_rows (db, input->now);
  for (int kind = 0; kind < CPT_TICKET_KINDS; kind++)
    {
      CptTime since = get_since (db, (CptTicketKind)kind, input->wanted[kind], input->now);

      if (!input->wanted[kind])
        since = CPT_TIME_NONE;
      for (guint i = 0; i < rows->len; i++)
        claim (db, g_array_index (rows, gint64, i), (CptTicketKind)kind, since, input->now, due);
    }
  return due;
}

/**
 * cpt_store_claim_tickets:
 * @rows: (nullable) (element-type gint64): copied
 * @wanted: by #CptTicketKind, which print on acceptance
 *
 * Returns: (transfer full): a writing job; result: (transfer full) (element-type CptTicketDue)
 */
CptStoreJob *
cpt_store_claim_tickets (GArray *rows, const gboolean wanted[CPT_TICKET_KINDS], CptTime now)
{
  ClaimInput *input = g_new0 (ClaimInput, 1);

  input->rows = rows != NULL ? g_array_copy (rows) : NULL;
  memcpy (input->wanted, wanted, sizeof input->wanted);
  input->now = now;
  return cpt_store_job_new (CPT_JOB_WRITE, claim_tickets, input, claim_input_free,
                            (GDestroyNotify)g_array_unref);
}
