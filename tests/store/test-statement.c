/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each wrapper around a prepared statement, and the failure that sticks. */
#include "cpt-db-vacuum-private.h"
#include "cpt-statement-private.h"
#include "cpt-test-store.h"

typedef struct
{
  char *directory;
  char *path;
  CptDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = cpt_test_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "x.db", NULL);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  fixture->db = cpt_db_new (CPT_DB_WRITER);
  cpt_db_open (fixture->db, fixture->path);
  cpt_db_execute (fixture->db, "CREATE TABLE t (a, b)");
  g_assert_false (cpt_db_has_failed (fixture->db));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_db_free (fixture->db);
  cpt_test_remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* What SQLite made of a bound value, in SQLite's own words. */
static void
assert_quoted (CptStatement *statement, const char *expected)
{
  g_assert_true (cpt_statement_next (statement));
  g_assert_cmpstr (cpt_statement_peek_text (statement), ==, expected);
  g_assert_false (cpt_statement_next (statement));
  cpt_statement_release (statement);
}

static CptStatement *
quote (Fixture *fixture)
{
  return cpt_db_prepare (fixture->db, "SELECT quote (?)");
}

static void
test_bind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\1", 2);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  CptStatement *statement = quote (fixture);

  cpt_statement_bind_int (statement, G_MININT64);
  assert_quoted (statement, "-9223372036854775808");
  cpt_statement_bind_text (statement = quote (fixture), "d'é");
  assert_quoted (statement, "'d''é'");
  cpt_statement_bind_text (statement = quote (fixture), NULL);
  assert_quoted (statement, "NULL");
  cpt_statement_bind_text (statement = quote (fixture), "");
  assert_quoted (statement, "''");
  cpt_statement_bind_bytes (statement = quote (fixture), bytes);
  assert_quoted (statement, "X'0001'");
  cpt_statement_bind_bytes (statement = quote (fixture), empty);
  assert_quoted (statement, "X''");
  cpt_statement_bind_bytes (statement = quote (fixture), NULL);
  assert_quoted (statement, "NULL");
  cpt_statement_bind_time (statement = quote (fixture), NOW);
  assert_quoted (statement, "1795262400000");
  cpt_statement_bind_time (statement = quote (fixture), CPT_TIME_NONE);
  assert_quoted (statement, "NULL");
  cpt_statement_bind_time (statement = quote (fixture), 0);
  assert_quoted (statement, "0");
  cpt_statement_bind_status (statement = quote (fixture), CPT_ORDER_ACCEPTED);
  assert_quoted (statement, "'accepted'");
  cpt_statement_bind_status (statement = quote (fixture), CPT_ORDER_UNKNOWN);
  assert_quoted (statement, "NULL");
}

static void
test_bind_money (Fixture *fixture, gconstpointer data)
{
  static const CptMoney unreadable = { .state = CPT_AMOUNT_UNREADABLE, .minor = 5 };
  const char *sql = "SELECT quote (?) || quote (?) || quote (?)";
  CptStatement *statement = cpt_db_prepare (fixture->db, sql);

  cpt_statement_bind_money (statement, cpt_money (-890, "EUR"));
  cpt_statement_bind_int (statement, 7);
  assert_quoted (statement, "-890'EUR'7");
  statement = cpt_db_prepare (fixture->db, sql);
  cpt_statement_bind_money (statement, unreadable);
  cpt_statement_bind_int (statement, 7);
  assert_quoted (statement, "NULLNULL7");
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptStatement) statement = cpt_db_prepare (
      fixture->db,
      "SELECT 9223372036854775807, NULL, 'é', NULL, x'0001', NULL, 0, NULL, 890, 'EUR',"
      " NULL, NULL, 'in_preparation', 'on_hold', NULL, 'last'");
  g_autofree char *text = NULL;
  g_autofree char *no_text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) no_bytes = NULL;

  g_assert_true (cpt_statement_next (statement));
  g_assert_cmpint (cpt_statement_read_int (statement), ==, G_MAXINT64);
  g_assert_cmpint (cpt_statement_read_int (statement), ==, 0);
  text = cpt_statement_read_text (statement);
  no_text = cpt_statement_read_text (statement);
  g_assert_cmpstr (text, ==, "é");
  g_assert_null (no_text);
  bytes = cpt_statement_read_bytes (statement);
  no_bytes = cpt_statement_read_bytes (statement);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 2);
  g_assert_cmpuint (g_bytes_get_size (no_bytes), ==, 0);
  g_assert_cmpint (cpt_statement_read_time (statement), ==, 0);
  g_assert_cmpint (cpt_statement_read_time (statement), ==, CPT_TIME_NONE);
  g_assert_true (cpt_money_equal (cpt_statement_read_money (statement), cpt_money (890, "EUR")));
  g_assert_cmpint (cpt_statement_read_money (statement).state, ==, CPT_AMOUNT_UNREADABLE);
  g_assert_cmpint (cpt_statement_read_status (statement), ==, CPT_ORDER_IN_PREPARATION);
  g_assert_cmpint (cpt_statement_read_status (statement), ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpint (cpt_statement_read_status (statement), ==, CPT_ORDER_UNKNOWN);
  g_assert_cmpstr (cpt_statement_peek_text (statement), ==, "last");
}

/* A statement lent again has forgotten the parameters of before. */
static void
test_lent_again (Fixture *fixture, gconstpointer data)
{
  CptStatement *first = quote (fixture);
  CptStatement *again = NULL;

  cpt_statement_bind_int (first, 1);
  cpt_statement_release (first);
  again = quote (fixture);
  g_assert_true (again == first);
  assert_quoted (again, "NULL");
}

static void
test_run_and_count (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptStatement) insert =
      cpt_db_prepare (fixture->db, "INSERT INTO t VALUES (?, ?), (3, 4)");

  cpt_statement_bind_int (insert, 1);
  cpt_statement_bind_int (insert, 2);
  cpt_statement_run (insert);
  g_assert_cmpint (cpt_db_changes (fixture->db), ==, 2);
  g_assert_cmpint (cpt_db_last_row (fixture->db), ==, 2);
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT sum (a + b) FROM t"), ==, 10);
}

static void
test_failure_sticks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) none = NULL;

  cpt_db_begin (fixture->db);
  cpt_db_execute (fixture->db, "INSERT INTO t VALUES (1, 1)");
  {
    g_autoptr (CptStatement) wrong = cpt_db_prepare (fixture->db, "SELECT nothing FROM nowhere");
    g_autoptr (CptStatement) right = cpt_db_prepare (fixture->db, "INSERT INTO t VALUES (2, ?)");

    g_assert_false (cpt_statement_next (wrong));
    cpt_statement_bind_int (right, 2);
    cpt_statement_run (right);
  }
  cpt_db_fail (fixture->db, CPT_STORE_ERROR_NOT_FOUND, NULL);
  failure = cpt_db_end (fixture->db);
  g_assert_error (failure, CPT_STORE_ERROR, CPT_STORE_ERROR_FAILED);
  g_assert_false (cpt_db_has_failed (fixture->db));
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT count (*) FROM t"), ==, 0);

  cpt_db_begin (fixture->db);
  cpt_db_execute (fixture->db, "INSERT INTO t VALUES (1, 1)");
  none = cpt_db_end (fixture->db);
  g_assert_no_error (none);
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT count (*) FROM t"), ==, 1);
}

static void
test_reader_writes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptDb) reader = cpt_db_new (CPT_DB_READER);
  g_autoptr (GError) failure = NULL;

  cpt_db_open (reader, fixture->path);
  cpt_db_begin (reader);
  cpt_db_execute (reader, "INSERT INTO t VALUES (1, 1)");
  failure = cpt_db_end (reader);
  g_assert_error (failure, CPT_STORE_ERROR, CPT_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT count (*) FROM t"), ==, 0);
}

static void
test_foreign_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) failure = NULL;

  cpt_db_begin (fixture->db);
  cpt_db_execute (fixture->db, "CREATE TABLE p (p INTEGER PRIMARY KEY);"
                               "CREATE TABLE c (p INTEGER REFERENCES p);"
                               "INSERT INTO c VALUES (1)");
  failure = cpt_db_end (fixture->db);
  g_assert_error (failure, CPT_STORE_ERROR, CPT_STORE_ERROR_FAILED);
  g_assert_cmpint (cpt_db_query_int (fixture->db, "PRAGMA synchronous"), ==, 2);
}

static gpointer
use_elsewhere (gpointer data)
{
  cpt_db_execute (data, "SELECT 1");
  return NULL;
}

static void
test_owner (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      /* Nobody will tear this one down. */
      cpt_test_remove_directory (fixture->directory);
      g_thread_join (g_thread_new ("stranger", use_elsewhere, fixture->db));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*owner*");
}

static gboolean
third_look (gpointer data)
{
  guint *looks = data;

  return ++*looks > 2;
}

/* Whoever needs the thread has it at once; nothing is lost, and the next time is as good. */
static void
test_vacuum_given_up (Fixture *fixture, gconstpointer data)
{
  guint looks = 0;

  cpt_db_execute (fixture->db,
                  "PRAGMA journal_mode = WAL;"
                  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)"
                  " INSERT INTO t SELECT i, randomblob (200) FROM n;"
                  "DELETE FROM t WHERE a % 2 = 0");
  cpt_db_set_wanted_func (fixture->db, third_look, &looks);
  g_assert_false (cpt_db_vacuum (fixture->db));
  g_assert_cmpuint (looks, ==, 3);
  g_assert_false (cpt_db_has_failed (fixture->db));
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT count (*) FROM t"), ==, 2500);
  cpt_db_set_wanted_func (fixture->db, NULL, NULL);
  g_assert_true (cpt_db_vacuum (fixture->db));
  g_assert_cmpint (cpt_db_query_int (fixture->db, "SELECT count (*) FROM t"), ==, 2500);
  g_assert_cmpint (cpt_db_query_int (fixture->db, "PRAGMA page_count"), <, 200);
}

/* Somebody else at the file: it is left to him, without waiting. */
static void
test_vacuum_beside_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptDb) other = cpt_db_new (CPT_DB_WRITER);

  cpt_db_execute (fixture->db, "PRAGMA journal_mode = WAL; INSERT INTO t VALUES (1, 'word')");
  cpt_db_open (other, fixture->path);
  cpt_db_begin (other);
  g_assert_false (cpt_db_vacuum (fixture->db));
  g_assert_false (cpt_db_has_failed (fixture->db));
  g_assert_null (cpt_db_end (other));
  g_assert_true (cpt_db_vacuum (fixture->db));
  cpt_db_close (other);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/statement/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bind", test_bind);
  ADD ("bind-money", test_bind_money);
  ADD ("read", test_read);
  ADD ("lent-again", test_lent_again);
  ADD ("run-and-count", test_run_and_count);
  ADD ("failure-sticks", test_failure_sticks);
  ADD ("reader-writes-nothing", test_reader_writes_nothing);
  ADD ("foreign-keys", test_foreign_keys);
  ADD ("owner", test_owner);
  ADD ("vacuum-given-up", test_vacuum_given_up);
  ADD ("vacuum-beside-another", test_vacuum_beside_another);
  return g_test_run ();
}
