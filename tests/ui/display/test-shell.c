/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's dialogs and pages on a screen, with the engine itself on a folder of its own: each
 * can be built, and what is changed in one is kept. */
#include <glib/gstdio.h>

#include "cpt-autostart.h"
#include "cpt-connect-dialog.h"
#include "cpt-exchange-window.h"
#include "cpt-find.h"
#include "cpt-preferences-window.h"
#include "cpt-seller-button.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-trouble-page.h"
#include "cpt-ui.h"
#include "cpt-window.h"

#define NOW (G_GINT64_CONSTANT (1795284120000))

typedef struct
{
  char *folder;
  CptTestClock *clock;
  CptProfile *profile;
  CptEngine *engine;
  CptWindow *window;
  gboolean done;
} Fixture;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_engine_open_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *)data)->done = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_engine_close_finish (CPT_ENGINE (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *)data)->done = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("comptoir-shell-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("COMPTOIR_DATA_DIR", fixture->folder, TRUE);
  fixture->clock = cpt_test_clock_new (NOW);
  fixture->profile = cpt_profile_new ("devel", &error);
  g_assert_no_error (error);
  fixture->engine = cpt_engine_new (CPT_CLOCK (fixture->clock), fixture->profile);
  fixture->window = cpt_window_new (NULL, fixture->engine, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cpt_engine_open_async (fixture->engine, NULL, opened_cb, fixture);
  CPT_WAIT_UNTIL (fixture->done);
  cpt_window_show_opened (fixture->window, NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture->done = FALSE;
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  cpt_engine_close_async (fixture->engine, closed_cb, fixture);
  CPT_WAIT_UNTIL (fixture->done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->engine);
  g_clear_object (&fixture->profile);
  g_clear_object (&fixture->clock);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static GSettings *
settings (Fixture *fixture)
{
  return cpt_profile_get_settings (fixture->profile);
}

/* An order as the database has it. */
static void
add_order (Fixture *fixture, gint64 row, gboolean till)
{
  g_autofree char *path = cpt_engine_dup_database_path (fixture->engine);
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO place SELECT 1, 'r', 'l' WHERE NOT EXISTS"
      " (SELECT 1 FROM place); INSERT INTO orders (row, place, number, till, first_seen_at,"
      " hubrise_status, status) VALUES (%d, 1, 'N%d', %d, 1, 'accepted', 'accepted')",
      (int)row, (int)row, till);
  const char *argv[] = { "sqlite3", "-cmd", ".timeout 5000", path, sql, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* What a notification leads to: each kind of order in its own view. */
static void
test_show_order (Fixture *fixture, gconstpointer data)
{
  GtkWidget *web = cpt_find_button (GTK_WIDGET (fixture->window), "Web orders");
  GtkWidget *sent = cpt_find_button (GTK_WIDGET (fixture->window), "Sent orders");

  add_order (fixture, 7, TRUE);
  add_order (fixture, 8, FALSE);
  cpt_window_show_order (fixture->window, 7);
  CPT_WAIT_UNTIL (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (sent)));
  cpt_window_show_order (fixture->window, 8);
  CPT_WAIT_UNTIL (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (web)));
}

static void
test_begins (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  g_assert_nonnull (cpt_find_label (window, "Connect this till to HubRise"));
  g_assert_nonnull (cpt_find_label (window, "Not connected"));
  g_assert_nonnull (cpt_find_button (window, "Try the demo shop"));
}

static void
set_label (GtkWidget *root, const char *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (cpt_find_label (root, label)), text);
}

/* The words are longer in French: on the narrowest screen the main button still says what it is
 * for, with the whole of it where nobody is at the till by name. */
static void
test_header_has_room (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *button = cpt_find_named (window, GTK_ACCESSIBLE_ROLE_BUTTON, "New order");
  GtkWidget *squeezer = gtk_widget_get_first_child (button);
  GtkWidget *whole = gtk_widget_get_first_child (squeezer);
  GtkWidget *brief = gtk_widget_get_next_sibling (whole);
  static const char *const names[] = { "Anne-Sophie", NULL };

  CPT_WAIT_UNTIL (gtk_widget_get_width (window) > 0);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 740);
  CPT_WAIT_UNTIL (gtk_widget_get_width (window) <= 1024);
  set_label (window, "Web orders", "Commandes web   123");
  set_label (window, "Sent orders", "Commandes en cours");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (whole), "Nouvelle commande");
  gtk_test_widget_wait_for_draw (window);
  CPT_WAIT_UNTIL (gtk_widget_get_child_visible (whole));
  adw_button_content_set_label (ADW_BUTTON_CONTENT (brief), "Commande");
  g_settings_set_strv (settings (fixture), "sellers", names);
  g_settings_set_string (settings (fixture), "seller", names[0]);
  gtk_test_widget_wait_for_draw (window);
  CPT_WAIT_UNTIL (gtk_widget_get_child_visible (whole) || gtk_widget_get_child_visible (brief));
  g_assert_cmpint (gtk_widget_get_width (window), <=, 1024);
}

/* Whatever font a desktop has, and in the language with the longest words: the narrowest screen
 * holds the window. */
static void
test_fits (Fixture *fixture, gconstpointer data)
{
  static const char *const fonts[] = { "Cantarell 11", "Cantarell 14", "DejaVu Sans 10",
                                       "DejaVu Sans 12" };
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  /* Without an application nobody else loads it. */
  gtk_css_provider_load_from_resource (style, "/io/github/comptoir/Comptoir/style.css");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (window),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  for (gsize i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      int width = 0;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", fonts[i], NULL);
      gtk_test_widget_wait_for_draw (window);
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      g_test_message ("%s: %d", fonts[i], width);
      g_assert_cmpint (width, <=, 1024);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
  gtk_style_context_remove_provider_for_display (gtk_widget_get_display (window),
                                                 GTK_STYLE_PROVIDER (style));
}

static void
test_without_client (Fixture *fixture, gconstpointer data)
{
  CptConnectDialog *dialog = cpt_connect_dialog_new (GTK_WINDOW (fixture->window), fixture->engine);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (dialog), "has no client id"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_address_is_shown (Fixture *fixture, gconstpointer data)
{
  CptConnectDialog *dialog = NULL;

  g_settings_set_string (settings (fixture), "client-id", "a-client-of-ours");
  g_settings_set_string (settings (fixture), "connect-with", "code");
  dialog = cpt_connect_dialog_new (GTK_WINDOW (fixture->window), fixture->engine);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (dialog), "client_id=a-client-of-ours"));
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (dialog), "Code shown by HubRise"));
  cpt_press (GTK_WIDGET (dialog), "Use the browser instead");
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (dialog), "127.0.0.1"));
  g_assert_null (cpt_find_label (GTK_WIDGET (dialog), "Code shown by HubRise"));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* A browser that comes back after ten minutes finds nobody: the next page has an address anew. */
static void
test_page_after_time_out (Fixture *fixture, gconstpointer data)
{
  CptConnectDialog *dialog = NULL;
  GtkWidget *label = NULL;
  g_autofree char *before = NULL;

  g_settings_set_string (settings (fixture), "client-id", "a-client-of-ours");
  g_settings_set_string (settings (fixture), "connect-with", "browser");
  dialog = cpt_connect_dialog_new (GTK_WINDOW (fixture->window), fixture->engine);
  gtk_window_present (GTK_WINDOW (dialog));
  label = cpt_find_label (GTK_WIDGET (dialog), "127.0.0.1");
  before = g_strdup (gtk_label_get_text (GTK_LABEL (label)));
  cpt_test_clock_advance (fixture->clock, 10 * CPT_MINUTE);
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (dialog), "Nobody answered"));
  cpt_press (GTK_WIDGET (dialog), "Open HubRise’s page");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), !=, before);
  g_assert_null (cpt_find_label (GTK_WIDGET (dialog), "Nobody answered"));
  /* It stays until the browser has been called. */
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  CPT_WAIT_UNTIL (dialog == NULL);
}

static guint
count_deadlines (Fixture *fixture)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings (fixture), "deadlines");

  return g_variant_n_children (value);
}

static GtkWidget *
present_preferences (Fixture *fixture)
{
  GtkWidget *window =
      GTK_WIDGET (cpt_preferences_window_new (GTK_WINDOW (fixture->window), fixture->engine));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
test_preferences_are_kept (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);
  GtkWidget *interval =
      cpt_find_named (window, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON, "Seconds between two checks");

  g_assert_nonnull (interval);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (interval), 90);
  g_assert_cmpint (g_settings_get_int (settings (fixture), "check-interval"), ==, 90);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (interval), 5);
  g_assert_cmpint (g_settings_get_int (settings (fixture), "check-interval"), ==, 30);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A line counts once it has a name; a line is gone at once. */
static void
test_deadlines (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);
  GtkWidget *remove = cpt_find_named (window, GTK_ACCESSIBLE_ROLE_BUTTON, "Remove this platform");
  guint before = count_deadlines (fixture);

  cpt_press (window, "Add a platform");
  g_assert_cmpuint (count_deadlines (fixture), ==, before);
  g_assert_nonnull (remove);
  g_signal_emit_by_name (remove, "clicked");
  g_assert_cmpuint (count_deadlines (fixture), ==, before - 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The row around the label that says @title, on the page of that name. */
static GtkWidget *
find_row (GtkWidget *window, const char *page, const char *title)
{
  GtkWidget *label = NULL;

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page);
  label = cpt_find_label (window, title);
  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_ROW);
}

static void
press_enter (GtkWidget *row)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (row)), "activate");
}

static gboolean
has_pin (Fixture *fixture)
{
  g_autofree char *stored = g_settings_get_string (settings (fixture), "pin");

  return *stored != '\0';
}

/* Enter once more, on the field that is empty again, leaves what it has set. */
static void
test_pin_stays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);
  GtkWidget *row = find_row (window, "till", "PIN");

  CPT_WAIT_UNTIL (gtk_widget_get_mapped (row));
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "4711");
  press_enter (row);
  g_assert_true (has_pin (fixture));
  press_enter (row);
  g_assert_true (has_pin (fixture));
  g_signal_emit_by_name (cpt_find_named (row, GTK_ACCESSIBLE_ROLE_BUTTON, "Remove the PIN"),
                         "clicked");
  g_assert_false (has_pin (fixture));
  g_assert_null (cpt_find_named (row, GTK_ACCESSIBLE_ROLE_BUTTON, "Remove the PIN"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- What was typed and not applied --- */

static GtkWidget *
type_into (GtkWidget *window, const char *page, const char *title, const char *text)
{
  GtkWidget *row = find_row (window, page, title);

  CPT_WAIT_UNTIL (gtk_widget_get_mapped (row));
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  return row;
}

static void
assert_setting (Fixture *fixture, const char *key, const char *expected)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings (fixture), key);
  g_autofree char *text = g_variant_print (value, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
press_in_dialog (const char *label)
{
  GtkWidget *dialog = GTK_WIDGET (cpt_find_window (ADW_TYPE_MESSAGE_DIALOG));

  g_assert_nonnull (dialog);
  cpt_press (dialog, label);
  CPT_WAIT_UNTIL (cpt_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* Names can do no harm: they count when the keyboard goes elsewhere, or with the window. */
static void
test_sellers_are_kept (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);

  type_into (window, "till", "Names, separated by commas", "Anne, Bo");
  gtk_widget_grab_focus (find_row (window, "till", "PIN"));
  assert_setting (fixture, "sellers", "['Anne', 'Bo']");
  type_into (window, "till", "Names, separated by commas", "Anne, Bo, Carl");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_null (cpt_find_window (CPT_TYPE_PREFERENCES_WINDOW));
  assert_setting (fixture, "sellers", "['Anne', 'Bo', 'Carl']");
}

/* An address decides where this till connects: the window asks. */
static void
test_addresses_are_asked_for (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);

  type_into (window, "hubrise", "Address of the API", "https://white.example/v1");
  type_into (window, "hubrise", "Client id", "4711.example");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (cpt_find_window (ADW_TYPE_MESSAGE_DIALOG)),
                                    "Address of the API\nClient id"));
  press_in_dialog ("Go back");
  assert_setting (fixture, "api-url", "'https://api.hubrise.com/v1'");
  g_assert_nonnull (cpt_find_window (CPT_TYPE_PREFERENCES_WINDOW));
  gtk_window_close (GTK_WINDOW (window));
  press_in_dialog ("Apply");
  g_assert_null (cpt_find_window (CPT_TYPE_PREFERENCES_WINDOW));
  assert_setting (fixture, "api-url", "'https://white.example/v1'");
  assert_setting (fixture, "client-id", "'4711.example'");
}

/* What is no address is told, and stays where it can be mended. */
static void
test_no_address (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);
  GtkWidget *row = type_into (window, "hubrise", "Address of the API", "htps://white.example");

  press_enter (row);
  g_assert_nonnull (cpt_find_label (window, "must begin with https://"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "htps://white.example");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_null (cpt_find_button (GTK_WIDGET (cpt_find_window (ADW_TYPE_MESSAGE_DIALOG)), "Apply"));
  press_in_dialog ("Do not apply");
  g_assert_null (cpt_find_window (CPT_TYPE_PREFERENCES_WINDOW));
  assert_setting (fixture, "api-url", "'https://api.hubrise.com/v1'");
}

/* Nobody sees what a PIN says: half of it would lock its owner out. */
static void
test_pin_is_asked_for (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present_preferences (fixture);

  type_into (window, "till", "PIN", "4711");
  gtk_widget_grab_focus (find_row (window, "till", "Names, separated by commas"));
  g_assert_false (has_pin (fixture));
  gtk_window_close (GTK_WINDOW (window));
  press_in_dialog ("Go back");
  g_assert_false (has_pin (fixture));
  gtk_window_close (GTK_WINDOW (window));
  press_in_dialog ("Apply");
  g_assert_true (has_pin (fixture));
}

/* --- Starting with the desktop --- */

/* A program that runs for weeks is replaced by its next version while it runs. */
static void
test_autostart_command (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *self, *installed, *expected;
  } cases[] = {
    { NULL, NULL, "comptoir" },
    { "/usr/bin/comptoir", "/usr/bin/comptoir", "comptoir" },
    { "/usr/bin/comptoir (deleted)", "/usr/bin/comptoir", "comptoir" },
    { "/opt/a b/comptoir", "/usr/bin/comptoir", "\"/opt/a b/comptoir\"" },
    { "/opt/100%/$x\\y", NULL, "\"/opt/100%%/\\\\$x\\\\\\\\y\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = cpt_autostart_dup_command (cases[i].self, cases[i].installed);

      g_assert_cmpstr (command, ==, cases[i].expected);
    }
}

/* A switch that is on promises that the orders ring tomorrow morning. */
static void
test_autostart_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  GtkWidget *window = present_preferences (fixture);
  GtkWidget *row = find_row (window, "till", "Start when the computer does");
  GtkWidget *toggle =
      cpt_find_named (row, GTK_ACCESSIBLE_ROLE_SWITCH, "Start when the computer does");

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "no folder", -1, NULL));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  assert_setting (fixture, "autostart", "false");
  g_assert_nonnull (cpt_find_label (window, folder));
  g_assert_cmpint (g_unlink (folder), ==, 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  assert_setting (fixture, "autostart", "true");
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- The desktop's portal, as a program in a sandbox sees it --- */

#define PORTAL "org.freedesktop.portal.Desktop"

static const char portal_xml[] = "<node><interface name='org.freedesktop.portal.Background'>"
                                 "<method name='RequestBackground'>"
                                 "<arg type='s' direction='in'/>"
                                 "<arg type='a{sv}' direction='in'/>"
                                 "<arg type='o' direction='out'/></method></interface></node>";

typedef struct
{
  gboolean named;
  GVariant *options; /* (owned) */
} Portal;

static void
requested_cb (GDBusConnection *bus,
              const char *sender,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *parameters,
              GDBusMethodInvocation *invocation,
              gpointer data)
{
  Portal *portal = data;

  portal->options = g_variant_get_child_value (parameters, 1);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/request"));
}

static void
named_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  ((Portal *)data)->named = TRUE;
}

/* Asked without waiting for it, and for what the switch says when the desktop hears it. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  static const GDBusInterfaceVTable methods = { .method_call = requested_cb };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (portal_xml, NULL);
  Portal portal = { 0 };
  guint object =
      g_dbus_connection_register_object (bus, "/org/freedesktop/portal/desktop",
                                         node->interfaces[0], &methods, &portal, NULL, NULL);
  guint name = g_bus_own_name_on_connection (bus, PORTAL, G_BUS_NAME_OWNER_FLAGS_NONE, named_cb,
                                             NULL, &portal, NULL);
  gboolean wanted = FALSE;

  CPT_WAIT_UNTIL (portal.named);
  cpt_autostart_ask_portal (settings (fixture));
  g_settings_set_boolean (settings (fixture), "autostart", TRUE);
  CPT_WAIT_UNTIL (portal.options != NULL);
  g_assert_true (g_variant_lookup (portal.options, "autostart", "b", &wanted));
  g_assert_true (wanted);
  g_variant_unref (portal.options);
  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
}

/* A name is what was typed, underscores included. */
static void
test_seller_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "jean_luc", NULL };
  CptSellerButton *button = g_object_ref_sink (g_object_new (CPT_TYPE_SELLER_BUTTON, NULL));
  GtkWidget *menu = NULL;
  g_autofree char *label = NULL;

  g_settings_set_strv (settings (fixture), "sellers", names);
  cpt_seller_button_set_settings (button, settings (fixture));
  menu = adw_bin_get_child (ADW_BIN (button));
  g_menu_model_get_item_attribute (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (menu)), 0,
                                   G_MENU_ATTRIBUTE_LABEL, "s", &label);
  g_assert_cmpstr (label, ==, "jean__luc");
  g_object_unref (button);
}

static void
test_unknown_exchange (Fixture *fixture, gconstpointer data)
{
  CptExchangeWindow *window =
      cpt_exchange_window_new (GTK_WINDOW (fixture->window), fixture->engine, 4711);

  gtk_window_present (GTK_WINDOW (window));
  g_assert_nonnull (cpt_find_label (GTK_WIDGET (window), "Request"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static const struct
{
  CptEngineError code;
  const char *title;
  gboolean fresh;
} troubles[] = {
  { CPT_ENGINE_ERROR_NEWER_DATABASE, "belong to a newer Comptoir", TRUE },
  { CPT_ENGINE_ERROR_DAMAGED_DATABASE, "is damaged", TRUE },
  { CPT_ENGINE_ERROR_READ_ONLY, "cannot be written", FALSE },
  { CPT_ENGINE_ERROR_FULL, "disk is full", FALSE },
  { CPT_ENGINE_ERROR_BUSY, "Another program holds", FALSE },
  { CPT_ENGINE_ERROR_LOCKED, "Another Comptoir works", FALSE },
  { CPT_ENGINE_ERROR_FAILED, "Comptoir could not start", FALSE },
};

static void
test_troubles (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *path = cpt_engine_dup_database_path (fixture->engine);

  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (CPT_ENGINE_ERROR, troubles[i].code, "words of the engine");
      GtkWidget *fresh = NULL;

      cpt_window_show_opened (fixture->window, error);
      g_assert_nonnull (cpt_find_label (window, troubles[i].title));
      g_assert_nonnull (cpt_find_label (window, path));
      g_assert_nonnull (cpt_find_button (window, "Quit"));
      fresh = cpt_find_button (window, "Keep it and start a fresh one");
      g_assert_cmpint (fresh != NULL && gtk_widget_get_visible (fresh), ==, troubles[i].fresh);
    }
}

/* What opens web addresses on this desktop opens nothing. */
static void
stand_in_for_the_browser (void)
{
  static const char *const files[][2] = {
    { "nobody.desktop", "[Desktop Entry]\nType=Application\nName=Nobody\nExec=true %u\n"
                        "MimeType=x-scheme-handler/https;\n" },
    { "mimeapps.list", "[Default Applications]\nx-scheme-handler/https=nobody.desktop\n" },
  };
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i][0], NULL);
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, files[i][1], -1, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  stand_in_for_the_browser ();
  cpt_ui_init_language ();
  cpt_ui_init ();
#define ADD(name, func) g_test_add ("/shell/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("begins", test_begins);
  ADD ("header-has-room", test_header_has_room);
  ADD ("fits", test_fits);
  ADD ("show-order", test_show_order);
  ADD ("without-client", test_without_client);
  ADD ("address-is-shown", test_address_is_shown);
  ADD ("page-after-time-out", test_page_after_time_out);
  ADD ("preferences-are-kept", test_preferences_are_kept);
  ADD ("deadlines", test_deadlines);
  ADD ("pin-stays", test_pin_stays);
  ADD ("sellers-are-kept", test_sellers_are_kept);
  ADD ("addresses-are-asked-for", test_addresses_are_asked_for);
  ADD ("no-address", test_no_address);
  ADD ("pin-is-asked-for", test_pin_is_asked_for);
  ADD ("autostart-command", test_autostart_command);
  ADD ("autostart-fails", test_autostart_fails);
  ADD ("portal", test_portal);
  ADD ("seller-names", test_seller_names);
  ADD ("unknown-exchange", test_unknown_exchange);
  ADD ("troubles", test_troubles);
  return g_test_run ();
}
