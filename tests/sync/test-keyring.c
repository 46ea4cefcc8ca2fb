/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token in the desktop's secret store, one that answers and one that does not. The store is
 * gnome-keyring on a bus of this test's own. Main thread only. */
#include <libsecret/secret.h>
#include <signal.h>

#include "cpt-test-till.h"

static const SecretSchema schema = {
  "io.github.comptoir.Token",
  SECRET_SCHEMA_NONE,
  {
      { "directory", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* --- The store --- */

static GSubprocess *keyring; /* (owned) */
static GTestDBus *bus;       /* (owned) never let go: it would wait for libsecret's connection */

static gboolean
is_on_the_bus (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = FALSE;

  g_assert_nonnull (answer);
  g_variant_get (answer, "(b)", &owned);
  return owned;
}

/* With an open login keyring, in @home. */
static void
start_keyring (const char *home)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GOutputStream *input = NULL;

  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  keyring = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                         "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (keyring);
  g_output_stream_write_all (input, "password", 8, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  CPT_WAIT_UNTIL (is_on_the_bus ());
}

static void
stop_keyring (void)
{
  g_subprocess_force_exit (keyring);
  g_subprocess_wait (keyring, NULL, NULL);
  g_clear_object (&keyring);
}

/* (transfer full) (nullable): what is kept for @till. */
static char *
dup_kept (CptTestTill *till)
{
  g_autofree char *dir = cpt_test_till_dup_path (till, NULL);
  g_autoptr (GError) error = NULL;
  char *kept = secret_password_lookup_sync (&schema, NULL, &error, "directory", dir, NULL);
  char *copy = g_strdup (kept);

  g_assert_no_error (error);
  secret_password_free (kept);
  return copy;
}

/* --- */

static void
assert_place (CptTestTill *till, const char *place)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "token");

  g_assert_cmpstr (cpt_engine_get_connection (till->engine)->token_place, ==, place);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, g_str_equal (place, "file"));
}

static void
wait_online (CptTestTill *till)
{
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_ONLINE);
}

static void
test_kept (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *token = dup_kept (till);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean revoked = FALSE;

  assert_place (till, "keyring");
  g_assert_cmpuint (cpt_test_shop_ask_with_token (shop, token), ==, 200);
  cpt_test_till_restart (till);
  wait_online (till);
  assert_place (till, "keyring");
  cpt_test_till_disconnect (till, &revoked, &error);
  g_assert_no_error (error);
  g_assert_true (revoked);
  after = dup_kept (till);
  g_assert_null (after);
  g_assert_cmpuint (cpt_test_shop_ask_with_token (shop, token), ==, 401);
}

/* A store that does not answer at the start: waited for and never forgotten. */
static void
test_silent_at_start (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);

  cpt_test_till_close (till);
  g_subprocess_send_signal (keyring, SIGSTOP);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  cpt_test_till_advance (till, 4999);
  g_assert_cmpint (cpt_test_till_get_state (till), !=, CPT_CONNECTION_WAITING_KEYRING);
  cpt_test_till_advance (till, 1);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_till_get_state (till) == CPT_CONNECTION_WAITING_KEYRING);
  g_subprocess_send_signal (keyring, SIGCONT);
  cpt_test_till_advance (till, 20 * CPT_SECOND);
  wait_online (till);
  assert_place (till, "keyring");
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  cpt_engine_connect_with_code_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* One that does not answer at the connection: after 5 s the token is in the file. */
static void
test_silent_at_connection (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  gint64 limit = cpt_test_wait_limit ();
  gint64 waited = 0;
  gboolean done = FALSE;

  g_subprocess_send_signal (keyring, SIGSTOP);
  cpt_engine_connect_with_code_async (till->engine, shop->code, NULL, connected_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count_all (shop, "POST", "/oauth2/v1/token", NULL,
                                                      "answered") == 1);
  for (; !done; waited += 100)
    {
      cpt_test_clock_advance (till->clock, 100);
      cpt_test_wait_step (limit, "the keyring to be given up");
    }
  g_assert_cmpint (waited, >=, 5 * CPT_SECOND);
  g_assert_cmpint (waited, <, 20 * CPT_SECOND);
  g_subprocess_send_signal (keyring, SIGCONT);
  wait_online (till);
  assert_place (till, "file");
  cpt_test_till_restart (till);
  wait_online (till);
}

int
main (int argc, char *argv[])
{
  g_autofree char *home = g_dir_make_tmp ("cpt-keyring-XXXXXX", NULL);
  int status;

  cpt_test_shop_init (&argc, &argv);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  start_keyring (home);
  g_test_add_func ("/sync/keyring/kept", test_kept);
  g_test_add_func ("/sync/keyring/silent-at-start", test_silent_at_start);
  g_test_add_func ("/sync/keyring/silent-at-connection", test_silent_at_connection);
  status = g_test_run ();
  stop_keyring ();
  g_test_dbus_stop (bus);
  cpt_test_remove_directory (home);
  return status;
}
