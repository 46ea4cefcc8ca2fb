/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files the store must not touch: newer, damaged, somebody else's; and moving them aside. */
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cpt-db-private.h"
#include "cpt-test-store.h"

static CptTestStore *
fixture_closed (void)
{
  CptTestStore *fixture = cpt_test_store_new_bound ();

  cpt_test_close (fixture->store);
  g_clear_object (&fixture->store);
  return fixture;
}

static void
refuse_open (const char *directory, CptStoreError code)
{
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autoptr (GError) error = NULL;

  g_assert_false (cpt_test_open (store, &error));
  g_assert_error (error, CPT_STORE_ERROR, (int)code);
  g_assert_cmpuint (strlen (error->message), >, 40);
}

static GBytes *
content_of (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

/* Refused, untouched, and set aside it makes room for a fresh one. */
static void
check_unusable (const char *directory, CptStoreError code)
{
  g_autoptr (GBytes) before = content_of (directory);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;
  g_autofree char *kept = NULL;
  gsize length = 0;

  refuse_open (directory, code);
  after = content_of (directory);
  g_assert_true (g_bytes_equal (before, after));

  aside = cpt_store_set_aside (store, NOW, &error);
  g_assert_no_error (error);
  name = g_path_get_basename (aside);
  g_assert_cmpstr (name, ==, "comptoir-2026-11-21.db");
  g_assert_true (g_file_get_contents (aside, &kept, &length, NULL));
  g_assert_cmpmem (kept, length, g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  cpt_test_open (store, &error);
  g_assert_no_error (error);
  cpt_test_close (store);
}

static void
execute (const char *directory, const char *sql)
{
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autoptr (CptDb) db = cpt_db_new (CPT_DB_WRITER);
  g_autoptr (GError) error = NULL;

  cpt_db_open (db, path);
  cpt_db_execute (db, sql);
  error = cpt_db_take_failure (db);
  g_assert_no_error (error);
  cpt_db_close (db);
}

static void
test_newer (void)
{
  g_autoptr (CptTestStore) fixture = fixture_closed ();

  execute (fixture->directory, "PRAGMA user_version = 9999");
  check_unusable (fixture->directory, CPT_STORE_ERROR_NEWER);
}

static void
test_another_programs (void)
{
  g_autofree char *directory = cpt_test_make_directory ();
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  execute (directory, "CREATE TABLE recipes (name TEXT)");
  check_unusable (directory, CPT_STORE_ERROR_DAMAGED);
  cpt_test_remove_directory (directory);
}

static void
test_no_database (void)
{
  g_autofree char *directory = cpt_test_make_directory ();
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  check_unusable (directory, CPT_STORE_ERROR_DAMAGED);
  cpt_test_remove_directory (directory);
}

/* Returns: where the page of an index that opening the store has no need of begins */
static goffset
find_page (const char *path)
{
  g_autoptr (CptDb) db = cpt_db_new (CPT_DB_READER);
  gint64 page = 0;
  gint64 size = 0;

  cpt_db_open (db, path);
  page = cpt_db_query_int (db, "SELECT rootpage FROM sqlite_schema WHERE name = 'orders_by_age'");
  size = cpt_db_query_int (db, "PRAGMA page_size");
  g_assert_cmpint (page, >, 1);
  cpt_db_close (db);
  return (page - 1) * size;
}

/* A block of the disk gone bad, in the middle of a file that begins well. */
static void
test_damaged (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  g_autofree char *path = g_build_filename (fixture->directory, "comptoir.db", NULL);
  g_autofree char *rubbish = g_strnfill (512, '\x5a');
  int fd = -1;

  cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  cpt_test_close (fixture->store);
  g_clear_object (&fixture->store);
  fd = g_open (path, O_RDWR);
  g_assert_cmpint (pwrite (fd, rubbish, 512, find_page (path)), ==, 512);
  close (fd);
  check_unusable (fixture->directory, CPT_STORE_ERROR_DAMAGED);
}

static void
test_set_aside_twice (void)
{
  g_autofree char *directory = cpt_test_make_directory ();
  g_autofree char *path = g_build_filename (directory, "comptoir.db", NULL);
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "1", -1, NULL));
  first = cpt_store_set_aside (store, NOW, NULL);
  g_assert_true (g_file_set_contents (path, "2", -1, NULL));
  second = cpt_store_set_aside (store, NOW, NULL);
  g_assert_true (g_str_has_suffix (second, "comptoir-2026-11-21-2.db"));
  none = cpt_store_set_aside (store, NOW, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
  cpt_test_remove_directory (directory);
}

static void
test_set_aside_of_another (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptStore) other = cpt_store_new (fixture->directory);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  aside = cpt_store_set_aside (other, NOW, &error);
  g_assert_null (aside);
  g_assert_error (error, CPT_STORE_ERROR, CPT_STORE_ERROR_LOCKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/unusable/newer", test_newer);
  g_test_add_func ("/store/unusable/another-programs", test_another_programs);
  g_test_add_func ("/store/unusable/no-database", test_no_database);
  g_test_add_func ("/store/unusable/damaged", test_damaged);
  g_test_add_func ("/store/unusable/set-aside-twice", test_set_aside_twice);
  g_test_add_func ("/store/unusable/set-aside-of-another", test_set_aside_of_another);
  return g_test_run ();
}
