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

  CptClock *clock;              /* (owned) */
  CptTicketPainter *painter;    /* (owned) */
  char *printer;                /* (owned) */
  char *title;                  /* (owned) */
  GtkPrintOperation *operation; /* (owned) (nullable) */
  guint timer;
  gboolean sent, over;
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
  if (self->operation != NULL)
    g_signal_handlers_disconnect_by_data (self->operation, self);
  g_clear_object (&self->operation);
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
fail (CptTicketOutput *self, const char *message)
{
  g_autoptr (CptTicketOutput) hold = g_object_ref (self);

  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  end (hold);
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
  g_autoptr (CptTicketOutput) hold = g_object_ref (self);
  g_autofree char *path = dup_pdf_path (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  g_mkdir_with_parents (folder, 0755);
  if (cpt_ticket_painter_write_pdf (self->painter, path, &error))
    {
      succeed (self, path);
      end (self);
      return;
    }
  /* TRANSLATORS: %s is why, with the name of the file. */
  message = g_strdup_printf (_ ("The file could not be written: %s"), error->message);
  fail (self, message);
}

/* --- To a printer --- */

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, CptTicketOutput *self)
{
  gtk_print_operation_set_n_pages (
      operation,
      (int)cpt_ticket_painter_paginate (self->painter, gtk_print_context_get_height (context)));
}

/* A driver may give a page wider than 72 mm: what is printed keeps to the middle of it. */
static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int page,
              CptTicketOutput *self)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double spare = gtk_print_context_get_width (context) - CPT_TICKET_WIDTH;

  cairo_save (cr);
  if (spare > 0)
    cairo_translate (cr, MIN (spare / 2, CPT_TICKET_MARGIN), 0);
  else if (spare < 0)
    cairo_scale (cr, 1 + spare / CPT_TICKET_WIDTH, 1);
  cpt_ticket_painter_draw (self->painter, cr, (guint)page);
  cairo_restore (cr);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, CptTicketOutput *self)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      fail (self, error != NULL ? error->message : _ ("The printer did not take the ticket"));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_CANCEL)
    fail (self, _ ("Printing was cancelled"));
  else
    succeed (self, NULL);
}

static void
status_changed_cb (GtkPrintOperation *operation, CptTicketOutput *self)
{
  GtkPrintStatus status = gtk_print_operation_get_status (operation);
  g_autofree char *message = NULL;

  if (status == GTK_PRINT_STATUS_FINISHED_ABORTED || status == GTK_PRINT_STATUS_PENDING_ISSUE)
    {
      /* TRANSLATORS: 1: a printer's name, 2: what it says, in the system's words. */
      message = g_strdup_printf (_ ("%1$s: %2$s"), self->printer,
                                 gtk_print_operation_get_status_string (operation));
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
    }
  if (gtk_print_operation_is_finished (operation) && self->sent)
    end (self);
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
new_page_setup (CptTicketOutput *self)
{
  double height = MIN (cpt_ticket_painter_get_height (self->painter) + 2 * BORDER + 1, LONGEST);
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

static GtkPrintOperation *
new_operation (CptTicketOutput *self)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) setup = new_page_setup (self);

  gtk_print_settings_set_printer (settings, self->printer);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_job_name (operation, self->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_track_print_status (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), self);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), self);
  g_signal_connect (operation, "status-changed", G_CALLBACK (status_changed_cb), self);
  return operation;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptTicketOutput) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = cpt_printer_finder_find_finish (result, &error);

  if (name == NULL)
    {
      fail (self, error->message);
      return;
    }
  g_free (self->printer);
  self->printer = g_steal_pointer (&name);
  self->operation = new_operation (self);
  self->timer = cpt_clock_add_timer (self->clock, PATIENCE_MS, patience_over_cb, self, NULL);
  gtk_print_operation_run (self->operation, GTK_PRINT_OPERATION_ACTION_PRINT, NULL, NULL);
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
  return self->sent || self->operation != NULL;
}
