/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till in a process of its own, which a test kills where it likes. Lines on standard input are
 * commands, lines that begin with @ on standard output are answers. Main thread only.
 *
 *     cpt-engine-host DIRECTORY LINE     LINE: what the shop's server printed */
#include <gio/gunixinputstream.h>
#include <stdio.h>

#include "cpt-engine-stock.h"
#include "cpt-test-order.h"
#include "cpt-test-till.h"

typedef struct
{
  CptTestTill *till;
  GDataInputStream *lines;
  GMainLoop *loop;
  guint changes; /* of the connection: one for every answer of HubRise */
} Host;

static void answer (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
answer (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  printf ("@");
  vprintf (format, args);
  printf ("\n");
  fflush (stdout);
  va_end (args);
}

static void
answer_result (gboolean done, const char *word, const GError *error)
{
  if (done)
    answer ("%s", word);
  else
    answer ("error %d %s", error->code, error->message);
}

static void
changed_cb (CptEngine *engine, Host *host)
{
  host->changes++;
}

static void
pressed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = cpt_engine_act_finish (CPT_ENGINE (source), result, &error);

  answer_result (done, "pressed", error);
}

/* Answers twice: when the press is on its way, and when it is on disk. */
static void
press (Host *host, const char *id, const char *status)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (host->till, id);

  cpt_engine_press_async (host->till->engine, row->row, cpt_order_status_parse (status),
                          CPT_TIME_NONE, NULL, NULL, pressed_cb, NULL);
  answer ("pressing");
}

static void
pay (Host *host, const char *id, const char *minor)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (host->till, id);

  cpt_engine_add_payment_async (host->till->engine, row->row, "Cash", "CASH",
                                cpt_money (g_ascii_strtoll (minor, NULL, 10), "EUR"), pressed_cb,
                                NULL);
  answer ("pressing");
}

static void
miss (Host *host, const char *id, const char *item)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (host->till, id);

  cpt_engine_mark_missing_async (host->till->engine, row->row, item, "missing", pressed_cb, NULL);
  answer ("pressing");
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 row = cpt_engine_place_order_finish (CPT_ENGINE (source), result, &error);

  answer_result (row > 0, "placed", error);
}

/* OK of an order that HubRise gets; answers like a press. */
static void
place (Host *host)
{
  g_autoptr (CptOrder) order = cpt_test_order_new ();

  g_settings_set_string (cpt_profile_get_settings (cpt_engine_get_profile (host->till->engine)),
                         "till-orders", "all");
  cpt_engine_place_order_async (host->till->engine, order, placed_cb, NULL);
  answer ("placing");
}

/* The orders of this till. */
static void
show_till (Host *host)
{
  static const char *const words[] = { "", " waiting", " held", " refused" };
  g_autoptr (GPtrArray) rows = cpt_test_till_list (host->till, CPT_ORDER_TAB_TILL_ALL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = rows->pdata[i];

      g_string_append_printf (text, "%s%s %s%s", i > 0 ? ", " : "", row->number,
                              row->id != NULL ? "there" : "here", words[row->outbox]);
    }
  answer ("%s", text->str);
}

static void
show_money (Host *host, const char *id)
{
  g_autofree char *text = cpt_test_till_describe_money (host->till, id);

  answer ("%s", text);
}

static void
connect_with (Host *host, const char *code)
{
  g_autoptr (GError) error = NULL;
  gboolean done = cpt_test_till_connect_with (host->till, code, &error);

  if (done)
    cpt_test_till_settle (host->till);
  answer_result (done, "connected", error);
}

static void
show (Host *host, const char *id)
{
  g_autofree char *text = cpt_test_till_describe (host->till, id);

  answer ("%s", text);
}

static void
synchronised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) found = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);
}

/* Answers when the press is on its way. */
static void
synchronise (Host *host)
{
  cpt_engine_synchronise_stock_async (host->till->engine, synchronised_cb, NULL);
  answer ("synchronising");
}

static void
run (Host *host, char **words)
{
  if (g_str_equal (words[0], "connect"))
    connect_with (host, words[1]);
  else if (g_str_equal (words[0], "press"))
    press (host, words[1], words[2]);
  else if (g_str_equal (words[0], "pay"))
    pay (host, words[1], words[2]);
  else if (g_str_equal (words[0], "miss"))
    miss (host, words[1], words[2]);
  else if (g_str_equal (words[0], "money"))
    show_money (host, words[1]);
  else if (g_str_equal (words[0], "show"))
    show (host, words[1]);
  else if (g_str_equal (words[0], "place"))
    place (host);
  else if (g_str_equal (words[0], "till"))
    show_till (host);
  else if (g_str_equal (words[0], "changes"))
    answer ("%u", host->changes);
  else if (g_str_equal (words[0], "check"))
    cpt_test_till_check (host->till);
  else if (g_str_equal (words[0], "advance"))
    cpt_test_till_advance (host->till, g_ascii_strtoll (words[1], NULL, 10));
  else if (g_str_equal (words[0], "settle"))
    cpt_test_till_settle (host->till);
  else if (g_str_equal (words[0], "synchronise"))
    synchronise (host);
  else
    g_error ("No such command: %s", words[0]);
  if (g_str_equal (words[0], "check") || g_str_equal (words[0], "advance") ||
      g_str_equal (words[0], "settle"))
    answer ("done");
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Host *host = data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_auto (GStrv) words = NULL;

  if (line == NULL || g_str_equal (line, "quit"))
    {
      g_main_loop_quit (host->loop);
      return;
    }
  words = g_strsplit (line, " ", -1);
  run (host, words);
  g_data_input_stream_read_line_async (host->lines, G_PRIORITY_DEFAULT, NULL, line_cb, host);
}

int
main (int argc, char *argv[])
{
  g_autoptr (CptTestShop) shop = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GError) error = NULL;
  Host host = { 0 };

  g_assert_cmpint (argc, ==, 3);
  shop = cpt_test_shop_new_attached (argv[2]);
  host.till = cpt_test_till_new_at (shop, argv[1]);
  host.lines = g_data_input_stream_new (input);
  host.loop = g_main_loop_new (NULL, FALSE);
  if (cpt_test_till_open (host.till, &error))
    g_signal_connect (host.till->engine, "connection-changed", G_CALLBACK (changed_cb), &host);
  answer_result (error == NULL, "open", error);
  if (error == NULL)
    {
      g_data_input_stream_read_line_async (host.lines, G_PRIORITY_DEFAULT, NULL, line_cb, &host);
      g_main_loop_run (host.loop);
    }
  cpt_test_till_free (host.till);
  g_object_unref (host.lines);
  g_main_loop_unref (host.loop);
  answer ("closed");
  return 0;
}
