/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file and who else is at it: locks, other writers, full disks, files that are not ours,
 * processes that die. The children are this program itself, started with an order to follow. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cpt-db-lock-private.h"
#include "cpt-db-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-private.h"
#include "cpt-test-store.h"
#include "cpt-test-wait.h"

static const char *program;

/* --- What a child does --- */

static GPtrArray *
one_apply (const char *id)
{
  g_autoptr (CptOrder) order = cpt_test_order (id, CPT_ORDER_NEW);
  GPtrArray *applies = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);

  g_ptr_array_add (applies, cpt_order_apply_new (order, CPT_ORIGIN_EVENT));
  return applies;
}

static CptStore *
open_here (const char *directory)
{
  g_autoptr (GError) error = NULL;
  CptStore *store = cpt_store_new (directory);

  cpt_test_open (store, &error);
  g_assert_no_error (error);
  return store;
}

/* Says that it is ready, and waits to be killed. */
static void
stay (void)
{
  puts ("ready");
  fflush (stdout);
  for (;;)
    pause ();
}

static gpointer
die_half_way (CptDb *db, gpointer data)
{
  CptStoreJob *apply = data;

  g_ptr_array_unref (apply->func (db, apply->input));
  g_assert_false (cpt_db_has_failed (db));
  stay ();
  return NULL;
}

static void
child_hold (const char *directory)
{
  CptStore *store = open_here (directory);

  g_assert_false (cpt_store_is_read_only (store));
  stay ();
}

static void
child_die_in_transaction (const char *directory)
{
  CptStore *store = open_here (directory);
  g_autoptr (GPtrArray) applies = one_apply ("half");
  CptStoreJob *apply = cpt_store_apply_orders (applies, NOW);

  cpt_test_run (store, cpt_store_job_new (CPT_JOB_WRITE, die_half_way, apply, NULL, NULL), NULL);
}

static void
child_die_after_commit (const char *directory)
{
  CptStore *store = open_here (directory);
  g_autoptr (GPtrArray) applies = one_apply ("whole");
  g_autoptr (GError) error = NULL;

  cpt_test_run (store, cpt_store_apply_orders (applies, NOW), &error);
  g_assert_no_error (error);
  stay ();
}

static void
child_open_unprivileged (const char *directory)
{
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
  g_assert_false (cpt_test_open (store, &error));
  g_assert_error (error, CPT_STORE_ERROR, CPT_STORE_ERROR_READ_ONLY);
  stay ();
}

static const struct
{
  const char *order;
  void (*func) (const char *directory);
} children[] = {
  { "--hold", child_hold },
  { "--die-in-transaction", child_die_in_transaction },
  { "--die-after-commit", child_die_after_commit },
  { "--open-unprivileged", child_open_unprivileged },
};

/* --- Starting and ending one --- */

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  char **line = data;

  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  if (*line == NULL)
    *line = g_strdup ("it ended");
}

/* Returns when the child is ready. */
static GSubprocess *
start (const char *order, const char *directory)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, order, directory, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, line_cb, &line);
  CPT_WAIT_UNTIL (line != NULL);
  g_assert_cmpstr (line, ==, "ready");
  return child;
}

static void
kill_child (GSubprocess *child)
{
  g_subprocess_send_signal (child, SIGKILL);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
}

static gint64
pid_of (GSubprocess *child)
{
  return g_ascii_strtoll (g_subprocess_get_identifier (child), NULL, 10);
}

/* --- Tests --- */

static CptTestStore *
fixture_closed (void)
{
  CptTestStore *fixture = cpt_test_store_new_bound ();

  cpt_test_close (fixture->store);
  g_clear_object (&fixture->store);
  return fixture;
}

static void
open_again (CptTestStore *fixture)
{
  fixture->store = open_here (fixture->directory);
}

static void
test_second_process (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  g_autoptr (GSubprocess) child = start ("--hold", fixture->directory);
  g_autoptr (GPtrArray) applies = one_apply ("a");
  g_autoptr (CptConnection) connection = NULL;
  g_autofree char *all = NULL;

  open_again (fixture);
  g_assert_true (cpt_store_is_read_only (fixture->store));
  g_assert_cmpint (cpt_store_get_lock_holder (fixture->store), ==, pid_of (child));
  connection = cpt_test_ask (fixture, cpt_store_load_connection ());
  g_assert_cmpstr (connection->location_id, ==, "loc-1");
  cpt_test_refused (fixture, cpt_store_apply_orders (applies, NOW), CPT_STORE_ERROR_LOCKED);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  g_assert_cmpstr (all, ==, "");

  /* The lock dies with its process. */
  kill_child (child);
  cpt_test_store_reopen (fixture);
  g_assert_false (cpt_store_is_read_only (fixture->store));
  g_assert_cmpint (cpt_store_get_lock_holder (fixture->store), ==, 0);
  cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
}

static void
test_second_store (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  CptStore *second = open_here (fixture->directory);
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autofree gint64 *found = NULL;

  g_assert_true (cpt_store_is_read_only (second));
  g_assert_cmpint (cpt_store_get_lock_holder (second), ==, getpid ());
  found = cpt_test_run (second, cpt_store_find_order ("a"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (*found, ==, row);
  cpt_test_close (second);
  g_assert_finalize_object (second);
  /* The second one's end took nothing from the first. */
  cpt_test_arrive (fixture, "b", CPT_ORDER_NEW);
}

/* One that gives the lock back in a moment says so to who meets it. */
static void
test_brief (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  CptStore *brief = cpt_store_new (fixture->directory);
  CptStore *second = NULL;
  g_autoptr (GError) error = NULL;

  cpt_store_set_brief (brief, TRUE);
  g_assert_true (cpt_test_open (brief, &error));
  g_assert_false (cpt_store_is_read_only (brief));
  g_assert_false (cpt_store_is_lock_brief (brief));
  second = open_here (fixture->directory);
  g_assert_cmpint (cpt_store_get_lock_holder (second), ==, getpid ());
  g_assert_true (cpt_store_is_lock_brief (second));
  cpt_test_close (second);
  cpt_test_close (brief);
  open_again (fixture);
  cpt_test_close (second = open_here (fixture->directory));
  g_assert_false (cpt_store_is_lock_brief (second));
  g_assert_finalize_object (second);
  g_assert_finalize_object (brief);
}

/* Who only looks needs no lock and leaves none; it writes nothing, makes nothing. */
static void
test_looking (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  CptStore *looking = cpt_store_new (fixture->directory);
  g_autoptr (GPtrArray) applies = one_apply ("b");
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *found = NULL;

  cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  cpt_store_set_looking (looking, TRUE);
  g_assert_true (cpt_test_open (looking, &error));
  g_assert_cmpint (cpt_store_get_lock_holder (looking), ==, 0);
  g_assert_true (cpt_store_is_read_only (looking));
  found = cpt_test_run (looking, cpt_store_find_order ("a"), &error);
  g_assert_cmpint (*found, !=, 0);
  cpt_test_run (looking, cpt_store_apply_orders (applies, NOW), &error);
  g_assert_error (error, CPT_STORE_ERROR, CPT_STORE_ERROR_LOCKED);
  cpt_test_store_reopen (fixture);
  g_assert_false (cpt_store_is_read_only (fixture->store));
  cpt_test_close (looking);
  g_assert_finalize_object (looking);
}

static gboolean
was_clean (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autoptr (GError) error = NULL;
  CptDbLock *lock = cpt_db_lock_take (path, FALSE, &error);
  gboolean clean = FALSE;

  g_assert_no_error (error);
  g_assert_cmpint (cpt_db_lock_get_holder (lock), ==, 0);
  clean = cpt_db_lock_was_clean (lock);
  cpt_db_lock_release (lock, TRUE);
  return clean;
}

/* Who did not close leaves a trace: the next one looks the file over, however large it is. */
static void
test_clean_end (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  g_autoptr (GSubprocess) child = NULL;

  g_assert_true (was_clean (fixture->directory));
  child = start ("--hold", fixture->directory);
  kill_child (child);
  g_assert_false (was_clean (fixture->directory));
  g_assert_true (was_clean (fixture->directory));
}

static void
test_killed_in_transaction (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  g_autoptr (GSubprocess) child = start ("--die-in-transaction", fixture->directory);
  g_autofree char *all = NULL;
  g_autofree char *found = NULL;

  kill_child (child);
  open_again (fixture);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  found = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, "half");
  g_assert_cmpstr (all, ==, "");
  g_assert_cmpstr (found, ==, "");
  cpt_test_arrive (fixture, "half", CPT_ORDER_NEW);
}

static void
test_killed_after_commit (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  g_autoptr (GSubprocess) child = start ("--die-after-commit", fixture->directory);
  g_autofree char *all = NULL;

  kill_child (child);
  open_again (fixture);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, "whole");
  g_assert_cmpstr (all, ==, "whole");
}

/* Another program writes and does not finish. */
static void
test_busy (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptOrderStep) accept = cpt_test_step (row, CPT_ORDER_ACCEPTED, NOW);
  g_autoptr (CptDb) other = cpt_db_new (CPT_DB_WRITER);
  g_autoptr (CptOrderRow) before = NULL;
  g_autoptr (CptOrderRow) after = NULL;
  g_autoptr (GError) error = NULL;

  cpt_db_open (other, cpt_store_get_path (fixture->store));
  cpt_db_begin (other);
  cpt_test_refused (fixture, cpt_store_press (accept, FALSE), CPT_STORE_ERROR_BUSY);
  /* Reading goes on all the while. */
  before = cpt_test_row (fixture, row, NOW);
  g_assert_cmpint (before->status, ==, CPT_ORDER_NEW);
  g_assert_cmpint (before->send, ==, CPT_SEND_NOTHING);

  error = cpt_db_end (other);
  g_assert_no_error (error);
  cpt_order_step_unref (cpt_test_ask (fixture, cpt_store_press (accept, FALSE)));
  after = cpt_test_row (fixture, row, NOW);
  g_assert_cmpint (after->status, ==, CPT_ORDER_ACCEPTED);
  cpt_db_close (other);
}

static CptStoreJob *
apply_large (guint n)
{
  g_autoptr (GPtrArray) applies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("large-%u", i);
      g_autoptr (CptOrder) order = cpt_test_order (id, CPT_ORDER_NEW);
      g_autofree char *text = g_strnfill (100000, 'x');

      g_bytes_unref (order->document);
      order->document = g_bytes_new_take (g_steal_pointer (&text), 100000);
      g_ptr_array_add (applies, cpt_order_apply_new (order, CPT_ORIGIN_EVENT));
    }
  return cpt_store_apply_orders (applies, NOW);
}

static void
test_full (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autofree char *all = NULL;
  g_autoptr (CptOrderRow) kept = NULL;
  g_autoptr (GPtrArray) later = NULL;

  cpt_test_do (fixture, cpt_store_limit_pages (1));
  /* The first of these would still fit. */
  cpt_test_refused (fixture, apply_large (40), CPT_STORE_ERROR_FULL);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  kept = cpt_test_row (fixture, row, NOW);
  g_assert_cmpstr (all, ==, "a");
  g_assert_cmpstr (kept->id, ==, "a");

  cpt_test_do (fixture, cpt_store_limit_pages (0));
  later = cpt_test_ask (fixture, apply_large (40));
  g_assert_cmpuint (later->len, ==, 40);
}

static void
open_unprivileged (const char *directory)
{
  g_autoptr (GSubprocess) child = start ("--open-unprivileged", directory);

  kill_child (child);
}

static void
test_read_only_directory (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();
  g_autofree char *missing = g_build_filename (fixture->directory, "inside", NULL);
  g_autofree char *lock = g_build_filename (fixture->directory, "lock", NULL);
  g_autofree char *file = g_build_filename (fixture->directory, "comptoir.db", NULL);

  g_assert_cmpint (g_chmod (fixture->directory, 0555), ==, 0);
  open_unprivileged (fixture->directory);
  open_unprivileged (missing);
  /* Where the files themselves could be written, the log beside them cannot be made. */
  g_assert_cmpint (g_chmod (lock, 0666), ==, 0);
  g_assert_cmpint (g_chmod (file, 0666), ==, 0);
  open_unprivileged (fixture->directory);
  /* A file that cannot be written in a folder that can. */
  g_assert_cmpint (g_chmod (file, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->directory, 0777), ==, 0);
  open_unprivileged (fixture->directory);
  g_assert_cmpint (g_chmod (fixture->directory, 0700), ==, 0);
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  open_again (fixture);
}

static void
test_modes (void)
{
  g_autofree char *parent = cpt_test_make_directory ();
  g_autofree char *directory = g_build_filename (parent, "comptoir", "shop", NULL);
  CptStore *store = open_here (directory);
  struct stat folder = { 0 }, file = { 0 };

  g_assert_cmpint (stat (directory, &folder), ==, 0);
  g_assert_cmpint (stat (cpt_store_get_path (store), &file), ==, 0);
  g_assert_cmpint (folder.st_mode & 0777, ==, 0700);
  g_assert_cmpint (file.st_mode & 0777, ==, 0600);
  cpt_test_close (store);
  g_assert_finalize_object (store);

  /* one that was open to others before */
  g_assert_cmpint (g_chmod (directory, 0755), ==, 0);
  store = open_here (directory);
  g_assert_cmpint (stat (directory, &folder), ==, 0);
  g_assert_cmpint (folder.st_mode & 0777, ==, 0700);
  cpt_test_close (store);
  g_assert_finalize_object (store);
  cpt_test_remove_directory (parent);
}

/* --- Queues --- */

typedef struct
{
  int done;
  int failed;
} Tally;

static void
tally_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Tally *tally = data;
  g_autoptr (GError) error = NULL;
  gpointer applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  g_clear_pointer (&applied, g_ptr_array_unref);
  tally->done++;
  tally->failed += error != NULL;
}

/* Close finishes what was queued and takes nothing more. */
static void
test_close_finishes (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  Tally before = { 0 }, after = { 0 };
  g_autoptr (GPtrArray) late = one_apply ("late");
  g_autofree char *all = NULL;

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("o%d", i);
      g_autoptr (GPtrArray) applies = one_apply (id);

      cpt_store_run_async (fixture->store, cpt_store_apply_orders (applies, NOW), NULL, tally_cb,
                           &before);
    }
  cpt_test_close (fixture->store);
  g_assert_cmpint (before.done, ==, 20);
  g_assert_cmpint (before.failed, ==, 0);

  cpt_test_refused (fixture, cpt_store_apply_orders (late, NOW), CPT_STORE_ERROR_CLOSED);
  g_assert_cmpint (after.done, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  open_again (fixture);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, "late");
  g_assert_cmpstr (all, ==, "");
  all = (g_free (all), cpt_test_list (fixture, CPT_ORDER_TAB_ALL, "o19"));
  g_assert_cmpstr (all, ==, "o19");
}

static void
test_closed (void)
{
  g_autofree char *directory = cpt_test_make_directory ();
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autoptr (GError) error = NULL;

  g_assert_null (cpt_test_run (store, cpt_store_load_connection (), &error));
  g_assert_error (error, CPT_STORE_ERROR, CPT_STORE_ERROR_CLOSED);
  cpt_test_remove_directory (directory);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError **error = data;

  g_assert_null (cpt_store_run_finish (CPT_STORE (source), result, error));
}

/* What has not begun is skipped. */
static void
test_cancel (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) applies = one_apply ("a");
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;

  g_cancellable_cancel (cancellable);
  cpt_store_run_async (fixture->store, cpt_store_apply_orders (applies, NOW), cancellable,
                       cancelled_cb, &error);
  CPT_WAIT_UNTIL (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  all = cpt_test_list (fixture, CPT_ORDER_TAB_ALL, NULL);
  g_assert_cmpstr (all, ==, "");
}

static gint64
count_all (CptTestStore *test)
{
  g_autofree char *listed = cpt_test_list (test, CPT_ORDER_TAB_ALL, NULL);

  return *listed != '\0' ? 1 : 0;
}

/* The demo shop begins anew each time; another's open database is never taken away. */
static void
test_fresh (void)
{
  g_autoptr (CptTestStore) first = cpt_test_store_new_bound ();
  g_autoptr (CptStore) beside = cpt_store_new (first->directory);

  cpt_test_arrive (first, "a", CPT_ORDER_NEW);
  cpt_store_set_fresh (beside, TRUE);
  g_assert_true (cpt_test_open (beside, NULL));
  g_assert_true (cpt_store_is_read_only (beside));
  cpt_test_close (beside);
  cpt_test_store_reopen (first);
  g_assert_cmpint (count_all (first), ==, 1);

  cpt_test_close (first->store);
  cpt_store_set_fresh (first->store, TRUE);
  g_assert_true (cpt_test_open (first->store, NULL));
  g_assert_cmpint (count_all (first), ==, 0);
}

int
main (int argc, char **argv)
{
  for (guint i = 0; argc == 3 && i < G_N_ELEMENTS (children); i++)
    if (g_str_equal (argv[1], children[i].order))
      {
        children[i].func (argv[2]);
        return 0;
      }

  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/file/fresh", test_fresh);
  g_test_add_func ("/store/file/second-process", test_second_process);
  g_test_add_func ("/store/file/second-store", test_second_store);
  g_test_add_func ("/store/file/brief", test_brief);
  g_test_add_func ("/store/file/looking", test_looking);
  g_test_add_func ("/store/file/clean-end", test_clean_end);
  g_test_add_func ("/store/file/killed-in-transaction", test_killed_in_transaction);
  g_test_add_func ("/store/file/killed-after-commit", test_killed_after_commit);
  g_test_add_func ("/store/file/busy", test_busy);
  g_test_add_func ("/store/file/full", test_full);
  g_test_add_func ("/store/file/read-only-directory", test_read_only_directory);
  g_test_add_func ("/store/file/modes", test_modes);
  g_test_add_func ("/store/file/close-finishes", test_close_finishes);
  g_test_add_func ("/store/file/closed", test_closed);
  g_test_add_func ("/store/file/cancel", test_cancel);
  return g_test_run ();
}
