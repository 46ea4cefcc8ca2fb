/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of stock with very many items beside the floor: a bare GtkListView with one label a row,
 * shown the same rows, in the same run.
 *
 *   bench-stock DIRECTORY CODE N   connects to the demo shop the environment points at, whose
 *                          catalog holds N skus, and prints one JSON line: for each phase the work
 *                          of the main thread in microseconds (paint: until the first rows are on
 *                          the screen; search, tabs: of the worst frame of each change; sync: of a
 *                          frame while the whole stock is sent), and what the reading back gave
 *
 * CPU time of the thread is measured, not the clock's: what else the machine does is left out. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <time.h>

#include "cpt-engine-stock.h"
#include "cpt-stock-page.h"
#include "cpt-system-clock.h"
#include "cpt-ui.h"

#define SETTLE_FRAMES 12
#define SCROLL_FRAMES 240
#define SCROLL_STEP   120

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

/* --- Measuring --- */

typedef struct
{
  GArray *work; /* (owned) (element-type gint64) microseconds of each frame since the last report */
  gint64 last;
  GArray *counts; /* (owned) (element-type guint) how many rows each change led to */
} Meter;

static gint64
cpu_us (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000) + t.tv_nsec / 1000;
}

static void
after_paint_cb (GdkFrameClock *clock, Meter *meter)
{
  gint64 now = cpu_us ();
  gint64 work = now - meter->last;

  g_array_append_val (meter->work, work);
  meter->last = now;
}

static int
compare_int64 (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

static gint64
percentile (Meter *meter, int percent)
{
  g_array_sort (meter->work, compare_int64);
  if (meter->work->len == 0)
    return 0;
  return g_array_index (meter->work, gint64, (meter->work->len - 1) * percent / 100);
}

static void
begin (Meter *meter)
{
  g_array_set_size (meter->work, 0);
  meter->last = cpu_us ();
}

static void
report (GString *out, const char *list, const char *phase, gint64 work)
{
  g_string_append_printf (out, "\"%s-%s\": %" G_GINT64_FORMAT ", ", list, phase, work);
}

/* --- Acting --- */

static GtkWidget *
find_widget (GtkWidget *top, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (top, type) && gtk_widget_get_child_visible (top) &&
      gtk_widget_get_ancestor (top, GTK_TYPE_POPOVER) == NULL)
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
find_tabs (GtkWidget *top, GPtrArray *tabs)
{
  if (GTK_IS_TOGGLE_BUTTON (top) && gtk_widget_has_css_class (top, "cpt-tab"))
    g_ptr_array_add (tabs, top);
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_tabs (child, tabs);
}

static gboolean
count_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(int *)data;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* @n frames are drawn whether or not something moved. */
static void
draw_frames (GtkWidget *window, int n)
{
  int drawn = 0;
  guint id = gtk_widget_add_tick_callback (window, count_tick_cb, &drawn, NULL);

  while (drawn < n)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (window, id);
}

static GListModel *
rows_of (GtkWidget *window)
{
  GtkWidget *list = find_widget (window, GTK_TYPE_LIST_VIEW);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static GtkWidget *
open_window (GtkWidget *child, Meter *meter)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    meter);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Until rows have been painted. */
static void
await_rows (GtkWidget *window)
{
  while (g_list_model_get_n_items (rows_of (window)) == 0)
    g_main_context_iteration (NULL, TRUE);
  draw_frames (window, 2);
}

static void
note_count (GtkWidget *window, Meter *meter)
{
  guint n = g_list_model_get_n_items (rows_of (window));

  g_array_append_val (meter->counts, n);
}

static void
scroll_once (GtkWidget *window, int i)
{
  GtkWidget *list = find_widget (window, GTK_TYPE_LIST_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment) + SCROLL_STEP;

  /* Now and then a jump, as by dragging the bar. */
  if (i % 60 == 59)
    value += most / 5;
  gtk_adjustment_set_value (adjustment, value < most ? value : 0);
  draw_frames (window, 1);
}

/* --- The page --- */

static void
type_words (GtkWidget *window, Meter *meter)
{
  static const char *const typed[] = { "g", "g0", "g01", "g012", "", "5", "55", "555", "" };
  GtkWidget *entry = find_widget (window, GTK_TYPE_SEARCH_ENTRY);

  begin (meter);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
      /* Past the moment it waits for the next letter. */
      draw_frames (window, 2 * SETTLE_FRAMES);
      note_count (window, meter);
    }
}

static void
change_tabs (GtkWidget *window, Meter *meter)
{
  g_autoptr (GPtrArray) tabs = g_ptr_array_new ();

  find_tabs (window, tabs);
  g_assert_cmpuint (tabs->len, >=, 3);
  begin (meter);
  for (guint i = 0; i < 12; i++)
    {
      gtk_toggle_button_set_active (g_ptr_array_index (tabs, i % 3), TRUE);
      draw_frames (window, SETTLE_FRAMES);
      note_count (window, meter);
    }
}

static void
synchronise (GtkWidget *window, CptEngine *engine, Meter *meter, GString *out)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) error = NULL;
  int frames = 0;

  begin (meter);
  cpt_engine_synchronise_stock_async (engine, keep_result_cb, &slot);
  while (slot == NULL || frames < SCROLL_FRAMES)
    scroll_once (window, frames++);
  result = wait_for (&slot);
  differences = cpt_engine_load_stock_finish (engine, result, &error);
  g_assert_no_error (error);
  g_string_append_printf (out, "\"differences\": %u, \"sync-frames\": %d, ", differences->len,
                          frames);
}

static void
measure_page (CptEngine *engine, Meter *meter, GString *out)
{
  GtkWidget *window = NULL;
  gint64 start = cpu_us ();

  window = open_window (cpt_stock_page_new (engine), meter);
  await_rows (window);
  report (out, "page", "paint", cpu_us () - start);
  draw_frames (window, SETTLE_FRAMES);
  type_words (window, meter);
  report (out, "page", "search", percentile (meter, 99));
  change_tabs (window, meter);
  report (out, "page", "tabs", percentile (meter, 99));
  synchronise (window, engine, meter, out);
  report (out, "page", "sync", percentile (meter, 99));
  report (out, "page", "sync-worst", percentile (meter, 100));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- The floor --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *object = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (object));
}

static char **
make_names (int n)
{
  char **names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++)
    names[i] = g_strdup_printf ("Product %d", i);
  return names;
}

static GtkWidget *
make_floor (GtkStringList *strings)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GListModel *model = G_LIST_MODEL (g_object_ref (strings));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (scrolled),
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (model)), factory));
  return scrolled;
}

/* The same changes of what is listed as the page had, from @from on. */
static void
replay (GtkWidget *window,
        GtkStringList *strings,
        char **names,
        Meter *meter,
        guint from,
        guint n,
        int frames)
{
  begin (meter);
  for (guint i = from; i < from + n; i++)
    {
      guint count = g_array_index (meter->counts, guint, i);
      g_autofree char **part = g_new0 (char *, count + 1);

      memcpy (part, names, count * sizeof *part);
      gtk_string_list_splice (strings, 0, g_list_model_get_n_items (G_LIST_MODEL (strings)),
                              (const char *const *)part);
      draw_frames (window, frames);
    }
}

static void
measure_floor (int n, Meter *meter, GString *out)
{
  g_auto (GStrv) names = make_names (n);
  g_autoptr (GtkStringList) strings = gtk_string_list_new ((const char *const *)names);
  GtkWidget *window = NULL;
  gint64 start = cpu_us ();

  window = open_window (make_floor (strings), meter);
  await_rows (window);
  report (out, "floor", "paint", cpu_us () - start);
  draw_frames (window, SETTLE_FRAMES);
  replay (window, strings, names, meter, 0, 9, 2 * SETTLE_FRAMES);
  report (out, "floor", "search", percentile (meter, 99));
  replay (window, strings, names, meter, 9, 12, SETTLE_FRAMES);
  report (out, "floor", "tabs", percentile (meter, 99));
  begin (meter);
  for (int i = 0; i < SCROLL_FRAMES; i++)
    scroll_once (window, i);
  report (out, "floor", "sync", percentile (meter, 99));
  report (out, "floor", "sync-worst", percentile (meter, 100));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- A till with very many items --- */

static CptEngine *
open_engine (CptClock *clock, CptProfile *profile, const char *code)
{
  CptEngine *engine = cpt_engine_new (clock, profile);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  cpt_engine_open_async (engine, NULL, keep_result_cb, &slot);
  opened = wait_for (&slot);
  cpt_engine_open_finish (engine, opened, &error);
  g_assert_no_error (error);
  cpt_engine_connect_with_code_async (engine, code, NULL, keep_result_cb, &slot);
  connected = wait_for (&slot);
  cpt_engine_connect_with_code_finish (engine, connected, &error);
  g_assert_no_error (error);
  return engine;
}

static CptEngineStock
state_of (CptEngine *engine)
{
  CptEngineStock stock;

  cpt_engine_get_stock (engine, &stock);
  return stock;
}

static GArray *
list_all (CptEngine *engine)
{
  CptEngineStockQuery query = { .tab = CPT_ENGINE_STOCK_ALL, .kind = CPT_ITEM_SKU };
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  cpt_engine_list_stock_async (engine, &query, NULL, keep_result_cb, &slot);
  result = wait_for (&slot);
  return cpt_engine_list_stock_finish (engine, result, NULL);
}

static void
set (CptEngine *engine, GArray *rows, guint from, guint n, gint64 quantity)
{
  CptStockEdit edit = { .sets_quantity = TRUE, .quantity = quantity };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) undo = NULL;
  GAsyncResult *slot = NULL;

  cpt_engine_edit_stock_async (engine, &g_array_index (rows, gint64, from), n, &edit,
                               keep_result_cb, &slot);
  result = wait_for (&slot);
  undo = cpt_engine_edit_stock_finish (engine, result, NULL);
  g_assert_nonnull (undo);
}

/* Two thirds are there, one third is out of stock; nothing is sent until it is asked for. */
static void
fill (CptEngine *engine, guint n)
{
  g_autoptr (GArray) rows = NULL;

  while (!state_of (engine).ready)
    g_main_context_iteration (NULL, TRUE);
  rows = list_all (engine);
  g_assert_cmpuint (rows->len, ==, n);
  set (engine, rows, 0, n / 3 * 2, 7500);
  set (engine, rows, n / 3 * 2, n - n / 3 * 2, 0);
}

/* As the application does by itself, which is not there. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  cpt_ui_init ();
  gtk_css_provider_load_from_resource (provider, "/io/github/comptoir/Comptoir/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  g_autoptr (CptClock) clock = cpt_system_clock_new ();
  g_autoptr (GString) out = g_string_new ("{");
  g_autoptr (CptProfile) profile = NULL;
  g_autoptr (CptEngine) engine = NULL;
  g_autoptr (GError) error = NULL;
  Meter meter = { g_array_new (FALSE, FALSE, sizeof (gint64)), 0,
                  g_array_new (FALSE, FALSE, sizeof (guint)) };
  int n = 0;

  g_assert_cmpint (argc, ==, 4);
  n = atoi (argv[3]);
  adw_init ();
  load_style ();
  g_setenv ("COMPTOIR_DATA_DIR", argv[1], TRUE);
  profile = cpt_profile_new ("devel", &error);
  g_assert_no_error (error);
  g_settings_set_boolean (cpt_profile_get_settings (profile), "auto-stock", FALSE);
  engine = open_engine (clock, profile, argv[2]);
  fill (engine, n);
  measure_page (engine, &meter, out);
  measure_floor (n, &meter, out);
  g_print ("%s\"items\": %d}\n", out->str, n);
  g_array_unref (meter.work);
  g_array_unref (meter.counts);
  return 0;
}
