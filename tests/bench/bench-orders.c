/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work of the main thread per frame while a list of orders is scrolled, searched and its tabs
 * changed; and beside it the floor: a bare GtkListView with one label a row, scrolled alike.
 *
 *   bench-orders --fill DIRECTORY N   makes the database, in a process of its own so that what
 *                           filling takes does not count as the list's memory
 *   bench-orders N          prints one JSON line: p50 and p99 of the frame's work in microseconds
 *                           for each phase, and the memory in kB after scrolling
 *
 * CPU time of the thread is measured, not the clock's: what else the machine does is left out. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <time.h>

#include "cpt-engine.h"
#include "cpt-orders-page.h"
#include "cpt-store-jobs.h"
#include "cpt-system-clock.h"
#include "cpt-ui.h"

#define BATCH         1000
#define FRAMES        240
#define SETTLE_FRAMES 20
#define API           "http://127.0.0.1:9/v1"

static const char *const products[] = { "Margherita", "Reine",        "Calzone", "Quatre fromages",
                                        "Tiramisù",   "Végétarienne", "Coca",    "Panna cotta" };
static const char *const sources[] = { "Deliveroo", "Uber Eats", "Just Eat", "Site web" };

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

/* --- A database of N orders --- */

static CptOrder *
make_order (int i, CptTime now)
{
  g_autofree char *document =
      g_strdup_printf ("{\"id\":\"b%06d\",\"status\":\"%s\"}", i, i < 20 ? "new" : "completed");
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));
  CptOrder *order = cpt_order_new ();

  order->document = g_bytes_ref (bytes);
  order->id = g_strdup_printf ("b%06d", i);
  order->ref = g_strdup_printf ("%d", 1000 + i);
  order->status = i < 20 ? CPT_ORDER_NEW : CPT_ORDER_COMPLETED;
  order->status_text = g_strdup (cpt_order_status_to_string (order->status));
  order->service_type = i % 3 == 0 ? CPT_SERVICE_COLLECTION : CPT_SERVICE_DELIVERY;
  order->created_at = now - (gint64)i * 5 * CPT_MINUTE;
  order->expected_time = order->created_at + 30 * CPT_MINUTE;
  order->confirmed_time = CPT_TIME_NONE;
  order->channel = g_strdup (sources[i % G_N_ELEMENTS (sources)]);
  order->total = cpt_money (900 + i % 4000, "EUR");
  order->customer = cpt_order_customer_new ();
  order->customer->first_name = g_strdup_printf ("Client %d", i % 977);
  order->customer->phone = g_strdup_printf ("+336%08d", i);
  for (int n = 0; n < 3; n++)
    {
      CptOrderItem *item = cpt_order_item_new ();

      item->product_name = g_strdup (products[(i + n) % G_N_ELEMENTS (products)]);
      item->quantity = cpt_decimal (1000 * (1 + n % 2));
      item->price = cpt_money (300, "EUR");
      g_ptr_array_add (order->items, item);
    }
  return order;
}

static void
run_job (CptStore *store, CptStoreJob *job, GDestroyNotify free_result)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gpointer answer;

  cpt_store_run_async (store, job, NULL, keep_result_cb, &slot);
  result = wait_for (&slot);
  answer = cpt_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  if (answer != NULL && free_result != NULL)
    free_result (answer);
}

static void
fill (CptStore *store, int n, CptTime now)
{
  for (int begin = 0; begin < n; begin += BATCH)
    {
      g_autoptr (GPtrArray) applies =
          g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);

      for (int i = begin; i < MIN (begin + BATCH, n); i++)
        {
          g_autoptr (CptOrder) order = make_order (i, now);

          g_ptr_array_add (applies, cpt_order_apply_new (order, CPT_ORIGIN_FIRST_LIST));
        }
      run_job (store, cpt_store_apply_orders (applies, now), (GDestroyNotify)g_ptr_array_unref);
    }
}

static void
make_database (const char *directory, int n, CptTime now)
{
  g_autoptr (CptStore) store = cpt_store_new (directory);
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  cpt_store_open_async (store, NULL, keep_result_cb, &slot);
  opened = wait_for (&slot);
  g_assert_true (cpt_store_open_finish (store, opened, &error));
  connection->state = CPT_CONNECTION_ONLINE;
  connection->api_root = g_strdup (API);
  connection->location_id = g_strdup ("bench-1");
  connection->location_name = g_strdup ("Bench");
  run_job (store, cpt_store_bind (connection), (GDestroyNotify)cpt_connection_unref);
  fill (store, n, now);
  cpt_store_close_async (store, keep_result_cb, &slot);
  closed = wait_for (&slot);
  g_assert_true (cpt_store_close_finish (store, closed, &error));
}

/* --- Measuring --- */

typedef struct
{
  GArray *work; /* (element-type gint64) microseconds a frame */
  gint64 last;
  gboolean on;
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

  if (meter->on)
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
report (GString *out, Meter *meter, const char *name)
{
  g_string_append_printf (out,
                          "\"%s\": {\"frames\": %u, \"p50\": %" G_GINT64_FORMAT
                          ", \"p99\": %" G_GINT64_FORMAT "}, ",
                          name, meter->work->len, percentile (meter, 50), percentile (meter, 99));
  g_array_set_size (meter->work, 0);
}

static gint64
resident_kb (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_file_get_contents ("/proc/self/statm", &text, NULL, NULL);
  parts = g_strsplit (text, " ", 3);
  return g_ascii_strtoll (parts[1], NULL, 10) * (sysconf (_SC_PAGESIZE) / 1024);
}

static void
report_memory (GString *out, const char *when)
{
  g_string_append_printf (out, "\"memory-%s\": %" G_GINT64_FORMAT ", ", when, resident_kb ());
}

/* --- Acting --- */

static GtkWidget *
find_widget (GtkWidget *top, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (top, type) && gtk_widget_get_mapped (top))
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
find_toggles (GtkWidget *top, GPtrArray *toggles)
{
  if (GTK_IS_TOGGLE_BUTTON (top) && !gtk_widget_has_css_class (top, "magnifier"))
    g_ptr_array_add (toggles, top);
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_toggles (child, toggles);
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

static void
scroll (GtkWidget *window, Meter *meter)
{
  GtkWidget *list = find_widget (window, GTK_TYPE_LIST_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  meter->on = TRUE;
  for (int i = 0; i < FRAMES; i++)
    {
      double most =
          gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
      double value = gtk_adjustment_get_value (adjustment) + 120;

      /* A third of the way a jump, as by dragging the bar. */
      if (i % 60 == 59)
        value += most / 5;
      gtk_adjustment_set_value (adjustment, value < most ? value : 0);
      draw_frames (window, 1);
    }
  meter->on = FALSE;
}

static void
search (GtkWidget *window, Meter *meter)
{
  static const char *const typed[] = { "m", "ma", "mar", "marg", "", "1", "12", "123", "" };
  GtkWidget *entry = find_widget (window, GTK_TYPE_SEARCH_ENTRY);

  meter->on = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
      draw_frames (window, SETTLE_FRAMES);
    }
  meter->on = FALSE;
}

static void
change_tabs (GtkWidget *window, Meter *meter)
{
  g_autoptr (GPtrArray) toggles = g_ptr_array_new ();

  find_toggles (window, toggles);
  g_assert_cmpuint (toggles->len, >=, 3);
  meter->on = TRUE;
  for (guint i = 0; i < 12; i++)
    {
      gtk_toggle_button_set_active (g_ptr_array_index (toggles, i % 3), TRUE);
      draw_frames (window, SETTLE_FRAMES);
    }
  meter->on = FALSE;
  gtk_toggle_button_set_active (g_ptr_array_index (toggles, 2), TRUE);
  draw_frames (window, SETTLE_FRAMES);
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

static GtkWidget *
make_floor (int n)
{
  g_autoptr (GtkStringList) strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list;

  for (int i = 0; i < n; i++)
    gtk_string_list_take (strings, g_strdup_printf ("Order %d, Margherita", i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (
                                gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&strings)))),
                            factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static GtkWidget *
show (GtkWidget *child, Meter *meter)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    meter);
  draw_frames (window, SETTLE_FRAMES);
  return window;
}

static void
measure_floor (int n, Meter *meter, GString *out)
{
  GtkWidget *window = show (make_floor (n), meter);

  scroll (window, meter);
  report (out, meter, "floor-scroll");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
list_is_filled (GtkWidget *window)
{
  GtkWidget *list = find_widget (window, GTK_TYPE_LIST_VIEW);

  return list != NULL && g_list_model_get_n_items (
                             G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) > 0;
}

static void
measure_page (CptEngine *engine, Meter *meter, GString *out)
{
  GtkWidget *window = show (GTK_WIDGET (cpt_orders_page_new (engine)), meter);

  while (!list_is_filled (window))
    g_main_context_iteration (NULL, TRUE);
  report_memory (out, "at-start");
  change_tabs (window, meter);
  report (out, meter, "tabs");
  report_memory (out, "after-tabs");
  search (window, meter);
  report (out, meter, "search");
  report_memory (out, "after-search");
  scroll (window, meter);
  report (out, meter, "scroll");
  report_memory (out, "after-scroll");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
fill_elsewhere (const char *program, const char *directory, int n)
{
  g_autofree char *count = g_strdup_printf ("%d", n);
  const char *argv[] = { program, "--fill", directory, count, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static CptEngine *
open_engine (CptClock *clock, CptProfile *profile)
{
  CptEngine *engine = cpt_engine_new (clock, profile);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  cpt_engine_open_async (engine, NULL, keep_result_cb, &slot);
  opened = wait_for (&slot);
  cpt_engine_open_finish (engine, opened, &error);
  g_assert_no_error (error);
  return engine;
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

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_directory (inner);
    }
  g_remove (path);
}

static void
measure (const char *program, CptClock *clock, int n)
{
  g_autofree char *directory = g_dir_make_tmp ("comptoir-bench-XXXXXX", NULL);
  g_autofree char *data = g_build_filename (directory, "devel", NULL);
  g_autofree char *token = g_build_filename (data, "token", NULL);
  g_autoptr (GString) out = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  g_autoptr (CptProfile) profile = NULL;
  g_autoptr (CptEngine) engine = NULL;
  Meter meter = { g_array_new (FALSE, FALSE, sizeof (gint64)), 0, FALSE };

  fill_elsewhere (program, data, n);
  g_file_set_contents (token, "bench", -1, NULL);
  g_setenv ("COMPTOIR_DATA_DIR", directory, TRUE);
  g_setenv ("COMPTOIR_API_URL", API, TRUE);
  profile = cpt_profile_new ("devel", &error);
  g_assert_no_error (error);
  engine = open_engine (clock, profile);
  measure_page (engine, &meter, out);
  measure_floor (n, &meter, out);
  g_print ("%s\"orders\": %d}\n", out->str, n);
  remove_directory (directory);
  g_array_unref (meter.work);
}

int
main (int argc, char **argv)
{
  g_autoptr (CptClock) clock = cpt_system_clock_new ();

  if (argc == 4 && g_str_equal (argv[1], "--fill"))
    {
      make_database (argv[2], atoi (argv[3]), cpt_clock_now (clock));
      return 0;
    }
  adw_init ();
  load_style ();
  measure (argv[0], clock, argc > 1 ? atoi (argv[1]) : 1000);
  return 0;
}
