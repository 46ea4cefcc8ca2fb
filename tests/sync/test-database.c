/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that another holds, that is full, read-only, newer or damaged: a message with a way
 * out, nothing lost. Main thread only. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "cpt-engine-private.h"
#include "cpt-store-private.h"
#include "cpt-test-host.h"
#include "cpt-test-till.h"

/* What the user is told and what he may do stand in the words. */
static void
assert_words (const char *words, const char *what, const char *way_out)
{
  g_assert_nonnull (words);
  g_assert_nonnull (strstr (words, what));
  g_assert_nonnull (strstr (words, way_out));
}

/* --- Another Comptoir --- */

static void
test_second (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-second-XXXXXX", NULL);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  CptTestHost *first = cpt_test_host_new (shop, dir);
  gint64 pid = g_ascii_strtoll (g_subprocess_get_identifier (first->process), NULL, 10);

  cpt_test_host_do (first, "connected", "connect %s", shop->code);
  cpt_test_host_do (first, "received received", "show %s", id);
  till = cpt_test_till_new_at (shop, dir);
  cpt_test_till_open (till, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_engine_get_lock_holder (till->engine), ==, pid);
  cpt_test_till_assert_row (till, id, "received received");
  cpt_test_shop_set_mark (shop);
  g_assert_false (
      cpt_test_till_press_with (till, id, CPT_ORDER_ACCEPTED, CPT_TIME_NONE, NULL, NULL, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_LOCKED);
  assert_words (error->message, "Another Comptoir", "close it");
  g_clear_error (&error);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "*", ".*"), ==, 0);
  cpt_test_till_assert_row (till, id, "received received");

  /* What the first one does is seen here. */
  cpt_test_host_do (first, "pressing", "press %s accepted", id);
  cpt_test_host_expect (first, "pressed");
  cpt_test_host_do (first, "done", "settle");
  cpt_test_till_assert_row (till, id, "accepted accepted");
  cpt_test_till_close (till);
  cpt_test_host_quit (first);
  cpt_test_till_open (till, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_engine_get_lock_holder (till->engine), ==, 0);
  cpt_test_till_settle (till);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
  cpt_test_till_close (till);
  cpt_test_remove_directory (dir);
}

/* A killed one leaves no lock behind. */
static void
test_second_after_kill (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *dir = g_dir_make_tmp ("cpt-second-XXXXXX", NULL);
  g_autoptr (CptTestTill) till = cpt_test_till_new_at (shop, dir);
  g_autoptr (GError) error = NULL;

  cpt_test_host_kill (cpt_test_host_new (shop, dir));
  cpt_test_till_open (till, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_engine_get_lock_holder (till->engine), ==, 0);
  cpt_test_till_close (till);
  cpt_test_remove_directory (dir);
}

static void
brief_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gboolean *)data = cpt_engine_open_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
}

/* A command has the database for a moment: whoever opens meanwhile gets all of it, not a look. */
static void
test_brief (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *dir = g_dir_make_tmp ("cpt-second-XXXXXX", NULL);
  g_autoptr (CptTestTill) command = cpt_test_till_new_at (shop, dir);
  g_autoptr (CptTestTill) window = cpt_test_till_new_at (shop, dir);
  g_autoptr (GError) error = NULL;
  gboolean opened = FALSE;

  command->role = CPT_ENGINE_SENDS;
  cpt_test_till_open (command, &error);
  g_assert_no_error (error);
  window->engine =
      cpt_engine_new (CPT_CLOCK (window->clock), cpt_engine_get_profile (command->engine));
  cpt_engine_open_async (window->engine, NULL, brief_opened_cb, &opened);
  CPT_TILL_WAIT_UNTIL (window, cpt_engine_get_lock_holder (window->engine) != 0);
  g_assert_false (opened);
  cpt_test_till_close (command);
  for (gint64 limit = cpt_test_wait_limit (); !opened;)
    {
      cpt_test_clock_advance (window->clock, CPT_SECOND / 4);
      cpt_test_wait_step (limit, "opened after the command");
    }
  g_assert_cmpint (cpt_engine_get_lock_holder (window->engine), ==, 0);
  cpt_test_till_close (window);
  cpt_test_remove_directory (dir);
}

static void
brief_given_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cpt_engine_open_finish (CPT_ENGINE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *)data = TRUE;
}

/* Who quits meanwhile need not wait for the command, which goes on. */
static void
test_brief_given_up (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *dir = g_dir_make_tmp ("cpt-second-XXXXXX", NULL);
  g_autoptr (CptTestTill) command = cpt_test_till_new_at (shop, dir);
  g_autoptr (CptTestTill) window = cpt_test_till_new_at (shop, dir);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean given_up = FALSE;

  command->role = CPT_ENGINE_SENDS;
  cpt_test_till_open (command, &error);
  g_assert_no_error (error);
  window->engine =
      cpt_engine_new (CPT_CLOCK (window->clock), cpt_engine_get_profile (command->engine));
  cpt_engine_open_async (window->engine, cancellable, brief_given_up_cb, &given_up);
  CPT_TILL_WAIT_UNTIL (window, cpt_engine_get_lock_holder (window->engine) != 0);
  g_cancellable_cancel (cancellable);
  for (gint64 limit = cpt_test_wait_limit (); !given_up;)
    {
      cpt_test_clock_advance (window->clock, CPT_SECOND / 4);
      cpt_test_wait_step (limit, "given up beside the command");
    }
  cpt_test_till_close (command);
  g_assert_finalize_object (g_steal_pointer (&window->engine));
  cpt_test_remove_directory (dir);
}

/* Orders wait on HubRise for a Comptoir that rings. */
static void
test_roles (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  g_autoptr (GError) error = NULL;

  cpt_test_till_close (till);
  for (till->role = CPT_ENGINE_SENDS; till->role <= CPT_ENGINE_LOOKS; till->role++)
    {
      cpt_test_shop_set_mark (shop);
      cpt_test_till_open (till, &error);
      g_assert_no_error (error);
      cpt_test_till_advance (till, 5 * CPT_MINUTE);
      g_assert_cmpuint (cpt_test_shop_count (shop, "*", "/callback.*"), ==, 0);
      g_assert_cmpuint (cpt_test_shop_count (shop, "*", "/location/orders.*"), ==, 0);
      g_assert_cmpint (cpt_engine_has_line (till->engine), ==, till->role == CPT_ENGINE_SENDS);
      cpt_test_till_assert_row (till, id, "-");
      cpt_test_till_close (till);
    }
}

/* --- A program that holds the database --- */

static sqlite3 *
lock_database (CptTestTill *till)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static void
unlock_database (sqlite3 *db)
{
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_busy (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = lock_database (till);

  cpt_test_shop_set_mark (shop);
  g_assert_false (
      cpt_test_till_press_with (till, id, CPT_ORDER_ACCEPTED, CPT_TIME_NONE, NULL, NULL, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_BUSY);
  assert_words (error->message, "busy", "Try again");
  g_assert_cmpstr (cpt_engine_get_trouble (till->engine), ==, error->message);
  cpt_test_till_assert_row (till, id, "received received");
  unlock_database (db);
  cpt_test_till_settle (till);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  g_assert_null (cpt_engine_get_trouble (till->engine));
  cpt_test_till_assert_row (till, id, "accepted accepted");
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 1);
}

/* A short one is waited for. */
typedef struct
{
  sqlite3 *db;
  gboolean pressed;
  GError *error;
} Short;

static void
pressed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Short *data_ = data;

  cpt_engine_act_finish (CPT_ENGINE (source), result, &data_->error);
  data_->pressed = TRUE;
}

static void
test_busy_for_a_moment (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_till_receive (till);
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);
  Short press = { lock_database (till) };

  cpt_engine_press_async (till->engine, row->row, CPT_ORDER_ACCEPTED, CPT_TIME_NONE, NULL, NULL,
                          pressed_cb, &press);
  for (int i = 0; i < 20; i++)
    {
      cpt_test_till_assert_row (till, id, "received received");
      g_assert_false (press.pressed);
    }
  unlock_database (press.db);
  CPT_TILL_WAIT_UNTIL (till, press.pressed);
  g_assert_no_error (press.error);
  cpt_test_till_settle (till);
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

/* An order that cannot be written is not acknowledged, and comes when the database is free. */
static void
test_busy_coming_in (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = cpt_test_shop_inject (shop, NULL);
  sqlite3 *db = lock_database (till);

  cpt_test_shop_set_mark (shop);
  cpt_test_shop_advance (shop, 30 * CPT_SECOND);
  cpt_test_clock_advance (till->clock, 30 * CPT_SECOND);
  CPT_TILL_WAIT_UNTIL (till, cpt_engine_get_trouble (till->engine) != NULL);
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", ".*"), ==, 0);
  unlock_database (db);
  cpt_test_till_advance (till, CPT_MINUTE);
  cpt_test_till_assert_row (till, id, "received received");
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", ".*"), ==, 1);
  g_assert_null (cpt_engine_get_trouble (till->engine));
}

/* --- A full disk --- */

static void
limited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* @pages: 0 for none; 1: not one page more than there are. */
static void
limit_pages (CptTestTill *till, guint pages)
{
  gboolean done = FALSE;

  cpt_store_run_async (till->engine->store, cpt_store_limit_pages (pages), NULL, limited_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, done);
}

static CptTestTill *
new_nearly_full (CptTestShop *shop, char **id)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  *id = cpt_test_till_receive (till);
  cpt_test_till_settle (till);
  limit_pages (till, 1);
  return till;
}

static void
test_full (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *id = NULL;
  g_autoptr (CptTestTill) till = new_nearly_full (shop, &id);
  g_autofree char *note = g_strnfill (64 * 1024, 'n');
  g_autoptr (GError) error = NULL;

  cpt_test_shop_set_mark (shop);
  g_assert_false (
      cpt_test_till_press_with (till, id, CPT_ORDER_REJECTED, CPT_TIME_NONE, note, NULL, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_FULL);
  assert_words (error->message, "disk is full", "Free some space");
  g_assert_cmpstr (cpt_engine_get_trouble (till->engine), ==, error->message);
  cpt_test_till_assert_row (till, id, "received received");
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpuint (cpt_test_shop_count (shop, "PATCH", ".*"), ==, 0);
  limit_pages (till, 0);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_settle (till);
  g_assert_null (cpt_engine_get_trouble (till->engine));
  cpt_test_till_assert_row (till, id, "accepted accepted");
}

/* An order too many for the disk: it stays with HubRise until there is room. */
static void
test_full_coming_in (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *known = NULL;
  g_autoptr (CptTestTill) till = new_nearly_full (shop, &known);
  g_autofree char *notes = g_strnfill (64 * 1024, 'n');
  g_autofree char *id = cpt_test_shop_inject (shop, "{\"customer_notes\": \"%s\"}", notes);

  cpt_test_shop_set_mark (shop);
  cpt_test_till_check (till);
  g_assert_nonnull (cpt_engine_get_trouble (till->engine));
  cpt_test_till_assert_row (till, id, "-");
  cpt_test_till_assert_row (till, known, "received received");
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", ".*"), ==, 0);
  limit_pages (till, 0);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_till_assert_row (till, id, "received received");
  g_assert_cmpuint (cpt_test_shop_count (shop, "DELETE", ".*"), ==, 1);
  g_assert_null (cpt_engine_get_trouble (till->engine));
}

/* --- What the environment decides --- */

static void
test_environment (void)
{
  g_autofree char *dir = g_dir_make_tmp ("cpt-environment-XXXXXX", NULL);
  g_autofree char *expected =
      g_strdup_printf ("COMPTOIR_CLIENT_ID=white-label\nCOMPTOIR_CLIENT_SECRET=•••\n"
                       "COMPTOIR_DATA_DIR=%s\nCOMPTOIR_PROFILE=devel",
                       dir);
  g_autoptr (CptProfile) profile = NULL;
  g_autofree char *told = NULL;

  cpt_test_shop_hold_directories ();
  g_setenv ("COMPTOIR_DATA_DIR", dir, TRUE);
  g_setenv ("COMPTOIR_CLIENT_ID", "white-label", TRUE);
  g_setenv ("COMPTOIR_CLIENT_SECRET", "hush", TRUE);
  g_setenv ("COMPTOIR_PROFILE", "devel", TRUE);
  profile = cpt_profile_new (NULL, NULL);
  told = cpt_profile_dup_environment (profile);
  g_clear_object (&profile);
  g_unsetenv ("COMPTOIR_PROFILE");
  g_unsetenv ("COMPTOIR_CLIENT_ID");
  g_unsetenv ("COMPTOIR_CLIENT_SECRET");
  g_unsetenv ("COMPTOIR_DATA_DIR");
  g_assert_cmpstr (told, ==, expected);
  g_clear_pointer (&told, g_free);
  profile = cpt_profile_new ("shop", NULL);
  told = cpt_profile_dup_environment (profile);
  g_assert_cmpstr (told, ==, NULL);
  g_clear_object (&profile);
  cpt_test_remove_directory (dir);
}

/* A slash at the end of an address is a slip, at the end of a secret a part of it. */
static void
test_environment_slashes (void)
{
  g_autofree char *dir = g_dir_make_tmp ("cpt-environment-XXXXXX", NULL);
  g_autoptr (CptProfile) profile = NULL;

  cpt_test_shop_hold_directories ();
  g_setenv ("COMPTOIR_DATA_DIR", dir, TRUE);
  g_setenv ("COMPTOIR_API_URL", " https://hub.example/v1// ", TRUE);
  g_setenv ("COMPTOIR_CLIENT_SECRET", "aGk/", TRUE);
  profile = cpt_profile_new ("shop", NULL);
  g_assert_cmpstr (cpt_profile_get_root (profile, CPT_ROOT_API), ==, "https://hub.example/v1");
  g_assert_cmpstr (cpt_profile_get_root (profile, CPT_ROOT_CLIENT_SECRET), ==, "aGk/");
  g_unsetenv ("COMPTOIR_CLIENT_SECRET");
  g_unsetenv ("COMPTOIR_API_URL");
  g_unsetenv ("COMPTOIR_DATA_DIR");
  g_clear_object (&profile);
  cpt_test_remove_directory (dir);
}

/* --- A directory that cannot be written --- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

/* Opens an engine as a user who may not write. */
static void
open_unprivileged (void)
{
  g_autoptr (CptProfile) profile = cpt_profile_new ("shop", NULL);
  g_autoptr (CptTestClock) clock = cpt_test_clock_new (0);
  g_autoptr (CptEngine) engine = cpt_engine_new (CPT_CLOCK (clock), profile);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_true (setgid (65534) == 0 && setuid (65534) == 0);
  cpt_engine_open_async (engine, NULL, opened_cb, &result);
  CPT_WAIT_UNTIL (result != NULL);
  g_assert_false (cpt_engine_open_finish (engine, result, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_READ_ONLY);
  assert_words (error->message, "cannot be written", "right to write");
}

static void
hand_over (const char *path, int mode)
{
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, 65534, 65534), ==, 0);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

/* A shop's directory with a database, which a test may make unwritable. */
static char *
make_shop_directory (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autofree char *dir = g_dir_make_tmp ("cpt-closed-XXXXXX", NULL);
  CptTestTill *till = cpt_test_till_new_at (shop, dir);
  g_autoptr (GError) error = NULL;

  cpt_test_till_open (till, &error);
  g_assert_no_error (error);
  cpt_test_till_free (till);
  return g_steal_pointer (&dir);
}

static void
test_read_only_directory (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *data = NULL;

  if (g_test_subprocess ())
    {
      open_unprivileged ();
      return;
    }
  dir = make_shop_directory ();
  data = g_build_filename (dir, "shop", NULL);
  hand_over (data, 0500);
  hand_over (dir, 0500);
  g_setenv ("COMPTOIR_DATA_DIR", dir, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_chmod (dir, 0700);
  g_chmod (data, 0700);
  cpt_test_remove_directory (dir);
}

static void
test_read_only_parent (void)
{
  g_autofree char *dir = NULL;

  if (g_test_subprocess ())
    {
      open_unprivileged ();
      return;
    }
  cpt_test_shop_hold_directories ();
  dir = g_dir_make_tmp ("cpt-closed-XXXXXX", NULL);
  hand_over (dir, 0500);
  g_setenv ("COMPTOIR_DATA_DIR", dir, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_chmod (dir, 0700);
  cpt_test_remove_directory (dir);
}

static void
test_read_only_file (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *data = NULL;
  g_autofree char *file = NULL;

  if (g_test_subprocess ())
    {
      open_unprivileged ();
      return;
    }
  dir = make_shop_directory ();
  data = g_build_filename (dir, "shop", NULL);
  file = g_build_filename (data, "comptoir.db", NULL);
  hand_over (file, 0400);
  hand_over (data, 0700);
  hand_over (dir, 0700);
  g_setenv ("COMPTOIR_DATA_DIR", dir, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  cpt_test_remove_directory (dir);
}

/* --- Newer, damaged --- */

static char *
sum_of (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);
}

/* Refused with @code, the file untouched; put aside, a fresh one works, and the old one is whole.
 */
static void
assert_put_aside (CptTestTill *till, CptEngineError code, const char *what)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autofree char *before = sum_of (path);
  g_autofree char *after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *old_sum = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cpt_test_till_open (till, &error));
  g_assert_error (error, CPT_ENGINE_ERROR, (int)code);
  assert_words (error->message, what, "fresh database beside it");
  g_clear_error (&error);
  after = sum_of (path);
  g_assert_cmpstr (after, ==, before);

  old = cpt_engine_set_database_aside (till->engine, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  old_sum = sum_of (old);
  g_assert_cmpstr (old_sum, ==, before);
  cpt_test_till_open (till, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_NONE);
  cpt_test_till_connect (till);
  g_free (cpt_test_till_receive (till));
}

static void
execute (CptTestTill *till, const char *sql)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_till_close (till);
  execute (till, "PRAGMA user_version = 9999");
  assert_put_aside (till, CPT_ENGINE_ERROR_NEWER_DATABASE, "newer version");
}

static void
overwrite (CptTestTill *till, gsize from, gsize length)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autofree char *text = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpuint (size, >, from);
  memset (text + from, 0x5a, MIN (length, size - from));
  g_assert_true (g_file_set_contents (path, text, (gssize)size, NULL));
}

static void
test_no_database (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_till_close (till);
  overwrite (till, 0, 4096);
  assert_put_aside (till, CPT_ENGINE_ERROR_DAMAGED_DATABASE, "damaged");
}

static void
test_damaged_page (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_till_close (till);
  overwrite (till, 8 * 4096, 4 * 4096);
  assert_put_aside (till, CPT_ENGINE_ERROR_DAMAGED_DATABASE, "damaged");
}

static void
test_another_program (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");

  cpt_test_till_close (till);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  execute (till, "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1");
  assert_put_aside (till, CPT_ENGINE_ERROR_DAMAGED_DATABASE, "damaged");
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/database/second", test_second);
  g_test_add_func ("/sync/database/second-after-kill", test_second_after_kill);
  g_test_add_func ("/sync/database/brief", test_brief);
  g_test_add_func ("/sync/database/brief-given-up", test_brief_given_up);
  g_test_add_func ("/sync/database/roles", test_roles);
  g_test_add_func ("/sync/database/busy", test_busy);
  g_test_add_func ("/sync/database/busy-for-a-moment", test_busy_for_a_moment);
  g_test_add_func ("/sync/database/busy-coming-in", test_busy_coming_in);
  g_test_add_func ("/sync/database/full", test_full);
  g_test_add_func ("/sync/database/full-coming-in", test_full_coming_in);
  g_test_add_func ("/sync/database/read-only-directory", test_read_only_directory);
  g_test_add_func ("/sync/database/read-only-parent", test_read_only_parent);
  g_test_add_func ("/sync/database/read-only-file", test_read_only_file);
  g_test_add_func ("/sync/database/environment", test_environment);
  g_test_add_func ("/sync/database/environment-slashes", test_environment_slashes);
  g_test_add_func ("/sync/database/newer", test_newer);
  g_test_add_func ("/sync/database/no-database", test_no_database);
  g_test_add_func ("/sync/database/damaged-page", test_damaged_page);
  g_test_add_func ("/sync/database/another-program", test_another_program);
  return g_test_run ();
}
