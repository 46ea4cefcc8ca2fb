/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of stock on a screen, with the engine itself on a folder of its own: where the keyboard
 * goes, what Undo takes back and for how long, and what is seen where numbers are hidden. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "cpt-find.h"
#include "cpt-stock-page.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

#define NOW (G_GINT64_CONSTANT (1795284120000))

/* A catalog that was read and an inventory that was taken over. */
#define CATALOG                                                                                    \
  "INSERT INTO place (place, api_root, location_id) VALUES (1, 'http://127.0.0.1:1/v1', 'l');"     \
  "INSERT INTO binding (binding, place, catalog_id) VALUES (1, 1, 'c');"                           \
  "UPDATE connection SET binding = 1;"                                                             \
  "INSERT INTO stock_state (binding, pulled_at, taken_over_at, compared_at) VALUES (1, 1, 1, 1);"  \
  "INSERT INTO stock (stock, binding, kind, ref, managed, quantity, low, known_state) VALUES"      \
  " (1, 1, 'sku', 'MAR', 1, 24000, 0, 0), (2, 1, 'sku', 'COKE', 0, 0, 0, 0),"                      \
  " (3, 1, 'sku', 'TEA', 1, 3000, 5000, 0), (4, 1, 'sku', 'BEER', 1, -2000, 0, 0),"                \
  " (5, 1, 'option', 'EGG', 0, 0, 0, 0);"                                                          \
  "INSERT INTO item (item, binding, kind, key, stock, ref, name, search, position) VALUES"         \
  " (1, 1, 'sku', 'MAR', 1, 'MAR', 'Margherita', 'margherita', 1),"                                \
  " (2, 1, 'sku', 'COKE', 2, 'COKE', 'Coke', 'coke', 2),"                                          \
  " (3, 1, 'sku', 'TEA', 3, 'TEA', 'Tea', 'tea', 3),"                                              \
  " (4, 1, 'sku', 'BEER', 4, 'BEER', 'Beer', 'beer', 4),"                                          \
  " (5, 1, 'option', 'EGG', 5, 'EGG', 'Egg', 'egg', 5);"

typedef struct
{
  char *folder;
  CptTestClock *clock;
  CptProfile *profile;
  CptEngine *engine;
  GtkWidget *window, *page;
  gboolean done;
} Fixture;

/* --- Another program on this PC --- */

static sqlite3 *
open_file (Fixture *fixture)
{
  g_autofree char *path = cpt_engine_dup_database_path (fixture->engine);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  return handle;
}

static void
foreign (Fixture *fixture, const char *sql)
{
  sqlite3 *handle = open_file (fixture);
  char *message = NULL;

  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

static int
query (Fixture *fixture, const char *sql)
{
  sqlite3 *handle = open_file (fixture);
  sqlite3_stmt *statement = NULL;
  int value = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return value;
}

/* --- The view --- */

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

static GtkWidget *
find_switch (Fixture *fixture, const char *item)
{
  g_autofree char *name = g_strconcat ("On sale: ", item, NULL);

  return cpt_find_named (fixture->page, GTK_ACCESSIBLE_ROLE_SWITCH, name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("comptoir-stock-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("COMPTOIR_DATA_DIR", fixture->folder, TRUE);
  fixture->clock = cpt_test_clock_new (NOW);
  fixture->profile = cpt_profile_new ("devel", &error);
  g_assert_no_error (error);
  fixture->engine = cpt_engine_new (CPT_CLOCK (fixture->clock), fixture->profile);
  cpt_engine_open_async (fixture->engine, NULL, opened_cb, fixture);
  CPT_WAIT_UNTIL (fixture->done);
  foreign (fixture, CATALOG);
  fixture->page = cpt_stock_page_new (fixture->engine);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  CPT_WAIT_UNTIL (find_switch (fixture, "Beer") != NULL);
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

static GtkWidget *
find_row (Fixture *fixture, const char *item)
{
  GtkWidget *toggle = find_switch (fixture, item);

  return toggle != NULL ? gtk_widget_get_parent (toggle) : NULL;
}

#define WAIT_LABEL(fixture, text) CPT_WAIT_UNTIL (cpt_find_label ((fixture)->page, text) != NULL)

/* --- The keyboard --- */

/* What a key would go to: the control itself, not what is inside it. */
static GtkWidget *
get_focus (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  if (GTK_IS_TEXT (focus) || GTK_IS_TOGGLE_BUTTON (focus))
    return gtk_widget_get_parent (focus);
  return focus;
}

static void
assert_focus (Fixture *fixture, const char *name)
{
  GtkWidget *focus = get_focus (fixture);
  g_autofree char *difference = NULL;

  g_assert_nonnull (focus);
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (focus),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_assert_cmpstr (difference, ==, NULL);
}

static void
press_tab (Fixture *fixture, const char *comes_to)
{
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  /* what takes the row's tools away comes after */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_focus (fixture, comes_to);
}

/* From the search field on, as somebody does who has just found it. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find_row (fixture, "Margherita");

  gtk_widget_child_focus (gtk_widget_get_parent (row), GTK_DIR_TAB_FORWARD);
  assert_focus (fixture, "Quantity");
  press_tab (fixture, "One more");
  press_tab (fixture, "More for this item");
  press_tab (fixture, "On sale: Margherita");
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD);
  assert_focus (fixture, "More for this item");
}

/* Coming from below, the last of the row is the first that is met. */
static void
test_tab_back (Fixture *fixture, gconstpointer data)
{
  gtk_widget_child_focus (gtk_widget_get_parent (find_row (fixture, "Tea")), GTK_DIR_TAB_BACKWARD);
  assert_focus (fixture, "On sale: Tea");
}

/* --- Undo --- */

static void
press_undo (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, "stock.undo", NULL));
}

static void
switch_sale (Fixture *fixture, const char *item)
{
  GtkSwitch *toggle = GTK_SWITCH (find_switch (fixture, item));

  gtk_switch_set_active (toggle, !gtk_switch_get_active (toggle));
}

static void
test_undo_tells (Fixture *fixture, gconstpointer data)
{
  switch_sale (fixture, "Coke");
  WAIT_LABEL (fixture, "Not for sale any more");
  cpt_test_clock_advance (fixture->clock, CPT_MINUTE);
  press_undo (fixture);
  WAIT_LABEL (fixture, "Undone: Coke is for sale again");
  g_assert_cmpint (query (fixture, "SELECT active FROM stock WHERE ref = 'COKE'"), ==, 1);
  /* once */
  press_undo (fixture);
  WAIT_LABEL (fixture, "There is nothing to undo");
  g_assert_cmpint (query (fixture, "SELECT active FROM stock WHERE ref = 'COKE'"), ==, 1);
}

/* Hours later nobody knows what was changed last. */
static void
test_undo_ends (Fixture *fixture, gconstpointer data)
{
  switch_sale (fixture, "Coke");
  WAIT_LABEL (fixture, "Not for sale any more");
  cpt_test_clock_advance (fixture->clock, 3 * CPT_MINUTE);
  press_undo (fixture);
  WAIT_LABEL (fixture, "There is nothing to undo");
  g_assert_cmpint (query (fixture, "SELECT active FROM stock WHERE ref = 'COKE'"), ==, 0);
}

/* One more, two are sold, one more: Undo takes back what was done here. */
static void
test_undo_leaves_sales (Fixture *fixture, gconstpointer data)
{
  GtkWidget *more = NULL;

  gtk_widget_child_focus (gtk_widget_get_parent (find_row (fixture, "Margherita")),
                          GTK_DIR_TAB_FORWARD);
  more = cpt_find_named (fixture->page, GTK_ACCESSIBLE_ROLE_BUTTON, "One more");
  g_signal_emit_by_name (more, "clicked");
  WAIT_LABEL (fixture, "25");
  foreign (fixture, "UPDATE pos_stock SET quantity = quantity - 2 WHERE ref = 'MAR'");
  WAIT_LABEL (fixture, "23");
  g_signal_emit_by_name (more, "clicked");
  /* a number that no other row has */
  WAIT_LABEL (fixture, "24");
  press_undo (fixture);
  WAIT_LABEL (fixture, "Undone: the stock of Margherita is 22 again");
  g_assert_cmpint (query (fixture, "SELECT quantity FROM stock WHERE ref = 'MAR'"), ==, 22000);
}

/* --- Only what is out of stock is sent --- */

static gboolean
has_digit (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      return TRUE;
  return FALSE;
}

/* The text of a row's first label: its number, or the word in its place. */
static const char *
get_number (Fixture *fixture, const char *item)
{
  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (find_row (fixture, item))));
}

static void
set_mode (Fixture *fixture, const char *mode)
{
  g_settings_set_string (cpt_profile_get_settings (fixture->profile), "stock-mode", mode);
}

static void
test_hides_numbers (Fixture *fixture, gconstpointer data)
{
  static const char *const items[] = { "Margherita", "Coke", "Tea", "Beer" };
  static const char *const words[] = { "", "", "", "✕ none left" };

  g_assert_nonnull (cpt_find_label (fixture->page, "Stock"));
  g_assert_nonnull (cpt_find_button (fixture->page, "Low 1"));
  cpt_press (fixture->page, "Low 1");
  set_mode (fixture, "out-of-stock");
  CPT_WAIT_UNTIL (find_switch (fixture, "Beer") != NULL &&
                  !has_digit (get_number (fixture, "Beer")));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      CPT_WAIT_UNTIL (find_switch (fixture, items[i]) != NULL);
      g_assert_cmpstr (get_number (fixture, items[i]), ==, words[i]);
    }
  g_assert_null (cpt_find_label (fixture->page, "Stock"));
  g_assert_null (cpt_find_button (fixture->page, "Low 1"));
  /* back, as fast */
  set_mode (fixture, "quantities");
  CPT_WAIT_UNTIL (g_str_equal (get_number (fixture, "Margherita"), "24"));
  g_assert_nonnull (cpt_find_label (fixture->page, "Stock"));
  g_assert_nonnull (cpt_find_button (fixture->page, "Low 1"));
}

static void
test_keyboard_without_numbers (Fixture *fixture, gconstpointer data)
{
  set_mode (fixture, "out-of-stock");
  CPT_WAIT_UNTIL (!has_digit (get_number (fixture, "Margherita")));
  gtk_widget_child_focus (gtk_widget_get_parent (find_row (fixture, "Margherita")),
                          GTK_DIR_TAB_FORWARD);
  assert_focus (fixture, "More for this item");
  g_assert_null (cpt_find_named (fixture->page, GTK_ACCESSIBLE_ROLE_BUTTON, "One more"));
  press_tab (fixture, "On sale: Margherita");
}

/* What was typed and is no number has no field any more to be corrected in. */
static void
test_wrong_number_goes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *number = NULL;

  gtk_widget_child_focus (gtk_widget_get_parent (find_row (fixture, "Margherita")),
                          GTK_DIR_TAB_FORWARD);
  number = get_focus (fixture);
  gtk_editable_set_text (GTK_EDITABLE (number), "1O");
  g_signal_emit_by_name (number, "activate");
  WAIT_LABEL (fixture, "Not a number");
  set_mode (fixture, "out-of-stock");
  CPT_WAIT_UNTIL (cpt_find_label (fixture->page, "Not a number") == NULL);
  g_assert_cmpint (query (fixture, "SELECT quantity FROM stock WHERE ref = 'MAR'"), ==, 24000);
}

/* What was written in a popover's list of choices, from the top. */
static GtkWidget *
open_menu (Fixture *fixture, const char *item)
{
  GtkWidget *menu = NULL;

  gtk_widget_child_focus (gtk_widget_get_parent (find_row (fixture, item)), GTK_DIR_TAB_FORWARD);
  menu = cpt_find_named (fixture->page, GTK_ACCESSIBLE_ROLE_BUTTON, "More for this item");
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)));
}

static void
test_menu_without_numbers (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = open_menu (fixture, "Tea");

  g_assert_nonnull (cpt_find_button (popover, "Warn from a number down…"));
  g_assert_nonnull (cpt_find_button (popover, "Do not warn"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  set_mode (fixture, "out-of-stock");
  CPT_WAIT_UNTIL (!has_digit (get_number (fixture, "Tea")));
  popover = open_menu (fixture, "Tea");
  g_assert_null (cpt_find_button (popover, "Warn from a number down…"));
  g_assert_null (cpt_find_button (popover, "Do not warn"));
  g_assert_null (cpt_find_button (popover, "Manage its stock…"));
  g_assert_nonnull (cpt_find_button (popover, "Do not manage its stock"));
  g_assert_nonnull (cpt_find_button (popover, "Off until tomorrow"));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* --- Numbers asked in the menu --- */

static GtkWidget *
find_asked (GtkWidget *popover, const char *question)
{
  GtkWidget *number = cpt_find_named (popover, GTK_ACCESSIBLE_ROLE_TEXT_BOX, question);

  g_assert_nonnull (number);
  g_assert_true (gtk_widget_get_mapped (number));
  return number;
}

/* Any number, by keyboard and by the digits under it; none of it is the number the item has. */
static void
test_threshold (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = open_menu (fixture, "Margherita");
  GtkWidget *number = NULL;

  cpt_press (popover, "Warn from a number down…");
  number = find_asked (popover, "Warn from this number down");
  gtk_editable_set_text (GTK_EDITABLE (number), "-1");
  g_signal_emit_by_name (number, "activate");
  g_assert_nonnull (cpt_find_label (popover, "Write a number"));
  g_assert_cmpint (query (fixture, "SELECT low FROM stock WHERE ref = 'MAR'"), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (number), "");
  cpt_press (popover, "2");
  cpt_press (popover, "5");
  cpt_press (popover, "OK");
  CPT_WAIT_UNTIL (query (fixture, "SELECT low FROM stock WHERE ref = 'MAR'") == 25000);
  g_assert_cmpint (query (fixture, "SELECT quantity FROM stock WHERE ref = 'MAR'"), ==, 24000);
  WAIT_LABEL (fixture, "Low 2");
  popover = open_menu (fixture, "Margherita");
  cpt_press (popover, "Do not warn");
  WAIT_LABEL (fixture, "Low 1");
  g_assert_cmpint (query (fixture, "SELECT low FROM stock WHERE ref = 'MAR'"), ==, 0);
}

/* Who begins to count says how many there are: until then nothing is counted, and nothing sent. */
static void
test_manage (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = open_menu (fixture, "Coke");
  GtkWidget *number = NULL;

  cpt_press (popover, "Manage its stock…");
  number = find_asked (popover, "How many are there?");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (number)), ==, "");
  gtk_popover_popdown (GTK_POPOVER (popover));
  CPT_WAIT_UNTIL (!gtk_widget_get_visible (popover));
  popover = open_menu (fixture, "Coke");
  cpt_press (popover, "Manage its stock…");
  number = find_asked (popover, "How many are there?");
  g_assert_cmpint (query (fixture, "SELECT managed FROM stock WHERE ref = 'COKE'"), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (number), "12,5");
  g_signal_emit_by_name (number, "activate");
  CPT_WAIT_UNTIL (query (fixture, "SELECT quantity FROM stock WHERE ref = 'COKE'") == 12500);
  g_assert_cmpint (query (fixture, "SELECT managed FROM stock WHERE ref = 'COKE'"), ==, 1);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();
#define ADD(name, func) g_test_add ("/stock-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("tab", test_tab);
  ADD ("tab-back", test_tab_back);
  ADD ("undo-tells", test_undo_tells);
  ADD ("undo-ends", test_undo_ends);
  ADD ("undo-leaves-sales", test_undo_leaves_sales);
  ADD ("hides-numbers", test_hides_numbers);
  ADD ("keyboard-without-numbers", test_keyboard_without_numbers);
  ADD ("wrong-number-goes", test_wrong_number_goes);
  ADD ("menu-without-numbers", test_menu_without_numbers);
  ADD ("threshold", test_threshold);
  ADD ("manage", test_manage);
  return g_test_run ();
}
