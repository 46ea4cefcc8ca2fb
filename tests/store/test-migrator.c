/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Migrations: a copy first, all or nothing, and every released schema leads to the present one. */
#include <glib/gstdio.h>
#include <utime.h>

#include "cpt-db-backup-private.h"
#include "cpt-migrator-private.h"
#include "cpt-statement-private.h"
#include "cpt-test-store.h"

typedef struct
{
  char *directory;
  char *path;
  char *backup;
  GPtrArray *scripts;
  CptDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = cpt_test_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "comptoir.db", NULL);
  fixture->backup = g_build_filename (fixture->directory, "backup", NULL);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  fixture->scripts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (fixture->scripts, g_strdup ("CREATE TABLE a (a INTEGER PRIMARY KEY);"
                                               "CREATE TABLE b (a INTEGER REFERENCES a);"
                                               "INSERT INTO a VALUES (1), (2);"
                                               "INSERT INTO b VALUES (1);"));
  fixture->db = cpt_db_new (CPT_DB_WRITER);
  cpt_db_open (fixture->db, fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_db_free (fixture->db);
  g_ptr_array_unref (fixture->scripts);
  cpt_test_remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->backup);
}

static void
run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  cpt_migrator_run (fixture->db, fixture->scripts, fixture->backup);
  error = cpt_db_take_failure (fixture->db);
  g_assert_no_error (error);
}

static void
refuse (Fixture *fixture, CptStoreError code)
{
  g_autoptr (GError) error = NULL;

  cpt_migrator_run (fixture->db, fixture->scripts, fixture->backup);
  error = cpt_db_take_failure (fixture->db);
  g_assert_error (error, CPT_STORE_ERROR, (int)code);
}

static void
add (Fixture *fixture, const char *script)
{
  g_ptr_array_add (fixture->scripts, g_strdup (script));
}

static gint64
query (Fixture *fixture, const char *sql)
{
  return cpt_db_query_int (fixture->db, sql);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Returns: (transfer full): the names of the copies, sorted */
static char *
copies (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->backup, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = NULL;

  run (fixture);
  none = copies (fixture);
  g_assert_cmpint (query (fixture, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (fixture, "PRAGMA application_id"), ==, CPT_DB_APPLICATION_ID);
  g_assert_cmpint (query (fixture, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpstr (none, ==, "");
  run (fixture);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM a"), ==, 2);
}

static void
test_copy_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->backup, "comptoir-000001.db", NULL);
  g_autoptr (CptDb) copy = NULL;
  GStatBuf info = { 0 };

  run (fixture);
  /* Still in the write-ahead log: the file alone does not hold it. */
  cpt_db_execute (fixture->db, "INSERT INTO a VALUES (3)");
  add (fixture, "DELETE FROM a WHERE a = 2; ALTER TABLE a ADD COLUMN c");
  run (fixture);
  g_assert_cmpint (query (fixture, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM a"), ==, 2);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  copy = cpt_db_new (CPT_DB_READER);
  cpt_db_open (copy, path);
  g_assert_cmpint (cpt_db_query_int (copy, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (cpt_db_query_int (copy, "SELECT count (*) FROM a"), ==, 3);
  cpt_db_close (copy);
}

static void
test_five_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  run (fixture);
  for (int i = 0; i < 7; i++)
    {
      add (fixture, "INSERT INTO a DEFAULT VALUES");
      run (fixture);
    }
  kept = copies (fixture);
  g_assert_cmpstr (kept, ==,
                   "comptoir-000003.db comptoir-000004.db comptoir-000005.db"
                   " comptoir-000006.db comptoir-000007.db");
}

static void
set_age (const char *path, int days)
{
  struct utimbuf times = { time (NULL) - days * 86400, time (NULL) - days * 86400 };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* Persons that the database forgets are in its copies, and in what was left beside one. The copy
 * of the migration that has just been is not of that age. */
static void
test_old_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_build_filename (fixture->backup, "comptoir-000001.db", NULL);
  g_autofree char *journal = g_strconcat (first, "-journal", NULL);
  g_autofree char *kept = NULL;

  run (fixture);
  cpt_db_backup_forget (fixture->db, NOW);
  add (fixture, "INSERT INTO a DEFAULT VALUES");
  run (fixture);
  set_age (first, 100);
  g_assert_true (g_file_set_contents (journal, "killed", -1, NULL));
  add (fixture, "INSERT INTO a DEFAULT VALUES");
  run (fixture);
  cpt_db_backup_forget (fixture->db, ((CptTime)time (NULL) - 90 * 86400) * CPT_SECOND);
  kept = copies (fixture);
  g_assert_cmpstr (kept, ==, "comptoir-000002.db");
}

static void
test_several_steps (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  run (fixture);
  add (fixture, "ALTER TABLE a ADD COLUMN c INTEGER NOT NULL DEFAULT 5");
  add (fixture, "UPDATE a SET c = c + 1");
  run (fixture);
  kept = copies (fixture);
  g_assert_cmpint (query (fixture, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (query (fixture, "SELECT sum (c) FROM a"), ==, 12);
  g_assert_cmpstr (kept, ==, "comptoir-000001.db");
}

static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  run (fixture);
  add (fixture, "ALTER TABLE a ADD COLUMN c; DELETE FROM b");
  add (fixture, "INSERT INTO nowhere VALUES (1)");
  refuse (fixture, CPT_STORE_ERROR_FAILED);
  g_assert_cmpint (query (fixture, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM b"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM pragma_table_info ('a')"), ==, 1);
  g_assert_cmpint (query (fixture, "PRAGMA foreign_keys"), ==, 1);
}

/* Foreign keys are off during a migration so that tables can be rebuilt; what it leaves is
 * checked. */
static void
test_orphans (Fixture *fixture, gconstpointer data)
{
  run (fixture);
  add (fixture, "DELETE FROM a");
  refuse (fixture, CPT_STORE_ERROR_DAMAGED);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM a"), ==, 2);
  g_assert_cmpint (query (fixture, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_rebuilt_table (Fixture *fixture, gconstpointer data)
{
  run (fixture);
  add (fixture, "CREATE TABLE n (a INTEGER PRIMARY KEY); INSERT INTO n SELECT a FROM a;"
                "DROP TABLE a; ALTER TABLE n RENAME TO a");
  run (fixture);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM b JOIN a USING (a)"), ==, 1);
}

/* Everything that says what the schema is, one line each. */
static char *
schema_of (CptDb *db)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT type || ' ' || name || ' ' || ifnull (sql, '') FROM sqlite_schema"
                          " ORDER BY type, name");

  while (cpt_statement_next (statement))
    g_string_append_printf (text, "%s\n", cpt_statement_peek_text (statement));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
load_dump (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "db", name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  cpt_db_execute (fixture->db, sql);
  error = cpt_db_take_failure (fixture->db);
  g_assert_no_error (error);
}

/* Table by table the same as a fresh one, and what it held is there. */
static void
test_dump (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptStore) store = cpt_store_new (fixture->directory);
  g_autoptr (CptTestStore) fresh = cpt_test_store_new ();
  g_autoptr (CptDb) other = cpt_db_new (CPT_DB_READER);
  g_autofree char *migrated_schema = NULL;
  g_autofree char *fresh_schema = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rows[] = { 1, 2, 3 };
  g_autoptr (GPtrArray) loaded = NULL;
  const CptOrderRow *first = NULL;

  load_dump (fixture, data);
  cpt_db_close (fixture->db);
  cpt_test_open (store, &error);
  g_assert_no_error (error);
  loaded = cpt_test_run (store, cpt_store_load_rows (rows, 3, NOW), &error);
  g_assert_no_error (error);
  cpt_test_close (store);

  g_assert_cmpuint (loaded->len, ==, 3);
  first = loaded->pdata[0];
  g_assert_cmpstr (first->id, ==, "a");
  g_assert_cmpint (first->status, ==, CPT_ORDER_ACCEPTED);
  g_assert_cmpint (first->send, ==, CPT_SEND_WAITING);

  cpt_db_open (fixture->db, fixture->path);
  cpt_db_open (other, cpt_store_get_path (fresh->store));
  migrated_schema = schema_of (fixture->db);
  fresh_schema = schema_of (other);
  g_assert_cmpstr (migrated_schema, ==, fresh_schema);
  cpt_db_close (other);
}

/* Table by table as a fresh one, and of the till's own orders nothing is lost: nobody knows what of
 * them left, so nothing is taken for never sent. */
static void
test_till_dump (Fixture *fixture, gconstpointer data)
{
  static const char *const kept[] = {
    "SELECT count (*) = 2 FROM orders WHERE till = 1",
    "SELECT count (*) = 5 FROM outbox",
    "SELECT sum (sends) = 5 FROM outbox",
    "SELECT state = 1 AND body IS NOT NULL FROM outbox WHERE private_ref = 'x-c'",
    "SELECT state = 0 AND outbox.row = 4 FROM outbox WHERE entry = 2",
    "SELECT state = 2 AND amount = 980 AND reason IS NOT NULL FROM outbox WHERE kind = 'payment'",
    "SELECT outbox_entry = 1 AND send_step = 2 FROM orders WHERE row = 4",
    "SELECT copies = 2 FROM ticket WHERE row = 2 AND kind = 'kitchen'",
    "SELECT count (*) = 1 FROM catalog",
    "SELECT count (*) = 1 FROM seen_document",
    "SELECT value = '1795186800000 2' FROM value WHERE key = 'till-number'",
  };

  test_dump (fixture, data);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_test_message ("%s", kept[i]);
      g_assert_cmpint (query (fixture, kept[i]), ==, 1);
    }
}

/* What was never written down of a pause is not made up. */
static void
test_pause_dump (Fixture *fixture, gconstpointer data)
{
  test_till_dump (fixture, data);
  g_assert_cmpint (query (fixture, "SELECT order_acceptance = 'paused' AND acceptance_minutes = 0"
                                   " AND acceptance_resume_at IS NULL AND opening_hours IS NULL"
                                   " FROM connection"),
                   ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM value WHERE key = 'file-unclean'"), ==,
                   1);
  g_assert_cmpint (query (fixture, "SELECT sends = 2 FROM outbox WHERE private_ref = 'x-c'"), ==,
                   1);
}

/* What was pressed and confirmed before the program knew of promises. */
static void
test_promise_dump (Fixture *fixture, gconstpointer data)
{
  static const char *const kept[] = {
    "SELECT unsent_accept_at = 1795262400000 AND promised_time = 1795270500000"
    " AND due_at = promised_time AND desk = 2 FROM orders WHERE row = 1",
    "SELECT due_at = 1795269600000 AND unsent_accept_at IS NULL FROM orders WHERE row = 2",
    "SELECT count (*) = 3 FROM orders WHERE promised_time IS NULL AND unsent_accept_at IS NULL"
    " AND due_at = 1795262400000",
    "SELECT count (*) = 1 FROM history WHERE text = '2026-11-21T15:15:00+01:00' AND line = 4",
  };

  test_pause_dump (fixture, data);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_test_message ("%s", kept[i]);
      g_assert_cmpint (query (fixture, kept[i]), ==, 1);
    }
}

#define ADD(name, func) g_test_add ("/store/migrator/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fresh", test_fresh);
  ADD ("copy-first", test_copy_first);
  ADD ("five-copies", test_five_copies);
  ADD ("old-copies", test_old_copies);
  ADD ("several-steps", test_several_steps);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("orphans", test_orphans);
  ADD ("rebuilt-table", test_rebuilt_table);
  g_test_add ("/store/migrator/dump-1", Fixture, "v1-orders.sql", set_up, test_dump, tear_down);
  g_test_add ("/store/migrator/dump-2", Fixture, "v2-stock.sql", set_up, test_dump, tear_down);
  g_test_add ("/store/migrator/dump-3", Fixture, "v3-till.sql", set_up, test_till_dump, tear_down);
  g_test_add ("/store/migrator/dump-4", Fixture, "v4-erased.sql", set_up, test_till_dump,
              tear_down);
  g_test_add ("/store/migrator/dump-5", Fixture, "v5-counted.sql", set_up, test_pause_dump,
              tear_down);
  g_test_add ("/store/migrator/dump-6", Fixture, "v6-promised.sql", set_up, test_promise_dump,
              tear_down);
  return g_test_run ();
}
