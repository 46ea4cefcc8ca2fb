/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One ticket on its way to a printer or into a file. Main thread only. */
#include "cpt-ticket-output.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>

#include "cpt-printer-finder.h"

/* A roll has no end; a driver's longest page has. */
#define LONGEST (3000 * CPT_TICKET_MM)
/* Above and below the ticket. */
#define BORDER (3 * CPT_TICKET_MM)
/* From the press to the printer's queue. */
#define PATIENCE_MS (30 * CPT_SECOND)

struct _CptTicketOutput
{
  GObject parent_instance;

  CptClock *clock;           /* (owned) */
  CptTicketPainter *painter; /* (owned) */
  char *printer;             /* (owned) */
  char *title;               /* (owned) */
  GtkPrinter *waiting_for;   /* (owned) (nullable) for its details */
  GtkPrintJob *job;          /* (owned) (nullable) */
  guint timer;
  gboolean sent, came_out, over;
};

enum
{
  SIGNAL_SENT,
  SIGNAL_FAILED,
  SIGNAL_OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptTicketOutput, cpt_ticket_output, G_TYPE_OBJECT)

static void
cpt_ticket_output_dispose (GObject *object)
{
  CptTicketOutput *self = CPT_TICKET_OUTPUT (object);

  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->waiting_for);
  G_OBJECT_CLASS (cpt_ticket_output_parent_class)->dispose (object);
}

static void
cpt_ticket_output_finalize (GObject *object)
{
  CptTicketOutput *self = CPT_TICKET_OUTPUT (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->painter, cpt_ticket_painter_free);
  g_free (self->printer);
  g_free (self->title);
  G_OBJECT_CLASS (cpt_ticket_output_parent_class)->finalize (object);
}

static void
cpt_ticket_output_class_init (CptTicketOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_ticket_output_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_ticket_output_finalize;
  signals[SIGNAL_SENT] = g_signal_new ("sent", CPT_TYPE_TICKET_OUTPUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", CPT_TYPE_TICKET_OUTPUT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OVER] = g_signal_new ("over", CPT_TYPE_TICKET_OUTPUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_ticket_output_init (CptTicketOutput *self)
{
}

/* --- What happened --- */

static void
end (CptTicketOutput *self)
{
  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->over)
    return;
  self->over = TRUE;
  g_signal_emit (self, signals[SIGNAL_OVER], 0);
}

static void
end_now (gpointer data)
{
  g_autoptr (CptTicketOutput) self = data;

  end (self);
}

/* The print system is in the middle of telling: nothing of it may go yet. */
static void
end_later (CptTicketOutput *self)
{
  g_idle_add_once (end_now, g_object_ref (self));
}

static void
fail (CptTicketOutput *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  end_later (self);
}

static void
succeed (CptTicketOutput *self, const char *path)
{
  cpt_clock_clear_timer (self->clock, &self->timer);
  self->sent = TRUE;
  g_signal_emit (self, signals[SIGNAL_SENT], 0, path);
}

/* --- Into a file --- */

static char *
dup_pdf_path (CptTicketOutput *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GDateTime) now = cpt_time_to_date_time (cpt_clock_now (self->clock), NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) local = g_date_time_to_timezone (now, zone);
  g_autofree char *stamp = g_date_time_format (local, "%Y-%m-%d-%H%M%S");
  g_autofree char *title = g_strdup (self->title);
  const char *folder = documents != NULL ? documents : g_get_home_dir ();

  g_strdelimit (title, "/\\ :#", '-');
  for (int i = 1;; i++)
    {
      g_autofree char *suffix = i > 1 ? g_strdup_printf ("-%d", i) : g_strdup ("");
      g_autofree char *name = g_strconcat (stamp, "-", title, suffix, ".pdf", NULL);
      char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return path;
      g_free (path);
    }
}

static void
write_pdf (CptTicketOutput *self)
{
  g_autofree char *path = dup_pdf_path (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  g_mkdir_with_parents (folder, 0755);
  if (cpt_ticket_painter_write_pdf (self->painter, path, &error))
    {
      succeed (self, path);
      self->came_out = TRUE;
      end_later (self);
      return;
    }
  /* TRANSLATORS: %s is why, with the name of the file. */
  message = g_strdup_printf (_ ("The file could not be written: %s"), error->message);
  fail (self, message);
}

/* --- To a printer --- */

/* GtkPrintOperation would be the usual way. In GTK 4.8 it looks for the named printer by itself,
 * takes any other when that one is away, and calls itself back twice when CUPS answers late, the
 * second time with freed memory [tried]: so the printer that was found is given its job directly.
 */

/* The job is in the queue, and nothing will come out of it by itself. */
static void
tell_waiting (CptTicketOutput *self)
{
  /* TRANSLATORS: %s is the name of a printer. */
  g_autofree char *message =
      g_strdup_printf (_ ("The printer “%s” is paused: the ticket waits in its queue"),
                       self->printer);

  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

static void
sent_cb (GtkPrintJob *job, gpointer data, const GError *error)
{
  CptTicketOutput *self = data;

  if (self->over)
    return;
  if (error != NULL)
    {
      fail (self, error->message);
      return;
    }
  succeed (self, NULL);
  if (gtk_printer_is_paused (gtk_print_job_get_printer (job)))
    tell_waiting (self);
}

/* What the print system calls its end is the end here too, well or not. */
static void
status_changed_cb (GtkPrintJob *job, CptTicketOutput *self)
{
  GtkPrintStatus status = gtk_print_job_get_status (job);
  g_autofree char *message = NULL;

  if (status == GTK_PRINT_STATUS_PENDING_ISSUE)
    /* TRANSLATORS: %s is the name of a printer. */
    message = g_strdup_printf (_ ("The printer “%s” waits for help: paper, cover or cable?"),
                               self->printer);
  else if (status == GTK_PRINT_STATUS_FINISHED_ABORTED)
    /* TRANSLATORS: %s is the name of a printer. */
    message = g_strdup_printf (_ ("The printer “%s” gave up"), self->printer);
  if (message != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  self->came_out = self->came_out || status == GTK_PRINT_STATUS_FINISHED;
  if (status == GTK_PRINT_STATUS_FINISHED || status == GTK_PRINT_STATUS_FINISHED_ABORTED)
    end_later (self);
}

static gboolean
patience_over_cb (gpointer data)
{
  CptTicketOutput *self = data;
  /* TRANSLATORS: %s is the name of a printer. */
  g_autofree char *message =
      g_strdup_printf (_ ("The printer “%s” does not answer"), self->printer);

  self->timer = 0;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  return G_SOURCE_REMOVE;
}

static GtkPageSetup *
new_page_setup (double height)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new_custom ("comptoir-ticket", "80 mm", CPT_TICKET_PAPER,
                                                   height, GTK_UNIT_POINTS);

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_left_margin (setup, CPT_TICKET_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, CPT_TICKET_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_top_margin (setup, BORDER, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, BORDER, GTK_UNIT_POINTS);
  gtk_paper_size_free (paper);
  return setup;
}

/* Returns: whether every page is in the job */
static gboolean
draw (CptTicketOutput *self, double height, GError **error)
{
  cairo_surface_t *surface = gtk_print_job_get_surface (self->job, error);
  guint pages = cpt_ticket_painter_paginate (self->painter, height - 2 * BORDER);
  cairo_t *cr = NULL;

  if (surface == NULL)
    return FALSE;
  cr = cairo_create (surface);
  for (guint i = 0; i < pages; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, CPT_TICKET_MARGIN, BORDER);
      cpt_ticket_painter_draw (self->painter, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  return TRUE;
}

static void
send_job (CptTicketOutput *self, GtkPrinter *printer)
{
  double height = MIN (cpt_ticket_painter_get_height (self->painter) + 2 * BORDER + 1, LONGEST);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) setup = new_page_setup (height);
  g_autoptr (GError) error = NULL;

  gtk_print_settings_set_printer (settings, self->printer);
  gtk_print_settings_set_paper_size (settings, gtk_page_setup_get_paper_size (setup));
  self->job = gtk_print_job_new (self->title, printer, settings, setup);
  gtk_print_job_set_track_print_status (self->job, TRUE);
  g_signal_connect (self->job, "status-changed", G_CALLBACK (status_changed_cb), self);
  if (draw (self, height, &error))
    gtk_print_job_send (self->job, sent_cb, g_object_ref (self), g_object_unref);
  else
    fail (self, error->message);
}

static void
details_cb (GtkPrinter *printer, gboolean success, CptTicketOutput *self)
{
  g_signal_handlers_disconnect_by_data (printer, self);
  send_job (self, printer);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptTicketOutput) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrinter) printer = cpt_printer_finder_find_finish (result, &error);

  if (printer == NULL)
    {
      fail (self, error->message);
      return;
    }
  g_free (self->printer);
  self->printer = g_strdup (gtk_printer_get_name (printer));
  self->timer = cpt_clock_add_timer (self->clock, PATIENCE_MS, patience_over_cb, self, NULL);
  if (gtk_printer_has_details (printer))
    send_job (self, printer);
  else
    {
      g_signal_connect_object (printer, "details-acquired", G_CALLBACK (details_cb), self, 0);
      g_set_object (&self->waiting_for, printer);
      gtk_printer_request_details (printer);
    }
}

/**
 * cpt_ticket_output_new:
 * @painter: (transfer full): the ticket
 * @printer: a printer's name, "" for the desktop's own, or CPT_TICKET_TO_PDF
 * @title: what the print queue, or the file, calls it
 *
 * Returns: (transfer full): the print, not begun
 */
CptTicketOutput *
cpt_ticket_output_new (CptClock *clock,
                       CptTicketPainter *painter,
                       const char *printer,
                       const char *title)
{
  CptTicketOutput *self = g_object_new (CPT_TYPE_TICKET_OUTPUT, NULL);

  self->clock = g_object_ref (clock);
  self->painter = painter;
  self->printer = g_strdup (printer);
  self->title = g_strdup (title);
  return self;
}

void
cpt_ticket_output_run (CptTicketOutput *self)
{
  if (g_str_equal (self->printer, CPT_TICKET_TO_PDF))
    write_pdf (self);
  else
    cpt_printer_finder_find_async (self->clock, self->printer, found_cb, g_object_ref (self));
}

/**
 * cpt_ticket_output_was_sent:
 *
 * Returns: whether there may be something on paper
 */
gboolean
cpt_ticket_output_was_sent (CptTicketOutput *self)
{
  return self->sent;
}

/**
 * cpt_ticket_output_came_out:
 *
 * Returns: whether the printer, or the disk, says that it is done
 */
gboolean
cpt_ticket_output_came_out (CptTicketOutput *self)
{
  return self->came_out;
}
