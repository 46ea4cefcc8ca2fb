/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket as it would come out of the printer. Main thread only. */
#include "cpt-ticket-preview.h"

#include <glib/gi18n-lib.h>

#include "cpt-ticket-printer.h"

/* Points on paper to pixels on a screen one stands before. */
#define ZOOM 1.7

struct _CptTicketPreview
{
  AdwWindow parent_instance;

  CptEngine *engine;         /* (owned) */
  CptOrderDetails *details;  /* (owned) (nullable) until loaded */
  CptTicketPainter *painter; /* (owned) (nullable) likewise */
  gint64 row;
  CptTicketKind kind;

  /* (owned by their parents) */
  GtkWidget *paper, *kitchen, *customer, *print, *problem;
};

G_DEFINE_FINAL_TYPE (CptTicketPreview, cpt_ticket_preview, ADW_TYPE_WINDOW)

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  CptTicketPreview *self = data;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (self->painter == NULL)
    return;
  cairo_scale (cr, ZOOM, ZOOM);
  cairo_translate (cr, CPT_TICKET_MARGIN, CPT_TICKET_MARGIN);
  cpt_ticket_painter_draw (self->painter, cr, 0);
}

static void
show (CptTicketPreview *self)
{
  double height = 0;

  if (self->details == NULL)
    return;
  g_clear_pointer (&self->painter, cpt_ticket_painter_free);
  self->painter =
      cpt_ticket_printer_lay_out (self->engine, self->details, self->kind, FALSE,
                                  cpt_order_status_is_called_off (self->details->row->status));
  height = cpt_ticket_painter_get_height (self->painter) + 2 * CPT_TICKET_MARGIN;
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->paper), (int)(height * ZOOM));
  gtk_widget_queue_draw (self->paper);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptTicketPreview) self = data;
  g_autoptr (GError) error = NULL;

  self->details = cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);
  gtk_widget_set_sensitive (self->print, self->details != NULL);
  if (self->details == NULL)
    gtk_label_set_text (GTK_LABEL (self->problem), error->message);
  gtk_widget_set_visible (self->problem, self->details == NULL);
  show (self);
}

static void
kind_toggled_cb (CptTicketPreview *self)
{
  self->kind = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->customer))
                   ? CPT_TICKET_CUSTOMER
                   : CPT_TICKET_KITCHEN;
  show (self);
}

static void
print_cb (CptTicketPreview *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "app.print-ticket", "(xs)", self->row,
                              cpt_ticket_kind_to_string (self->kind));
  gtk_window_close (GTK_WINDOW (self));
}

static void
cpt_ticket_preview_dispose (GObject *object)
{
  CptTicketPreview *self = CPT_TICKET_PREVIEW (object);

  g_clear_pointer (&self->painter, cpt_ticket_painter_free);
  g_clear_pointer (&self->details, cpt_order_details_free);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_ticket_preview_parent_class)->dispose (object);
}

static void
cpt_ticket_preview_class_init (CptTicketPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_ticket_preview_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
make_kinds (CptTicketPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* TRANSLATORS: whose ticket. */
  self->kitchen = gtk_toggle_button_new_with_label (C_ ("ticket", "Kitchen"));
  self->customer = gtk_toggle_button_new_with_label (C_ ("ticket", "Customer"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->customer),
                               GTK_TOGGLE_BUTTON (self->kitchen));
  /* Flat, so that the chosen one stands out. */
  gtk_widget_add_css_class (self->kitchen, "flat");
  gtk_widget_add_css_class (self->customer, "flat");
  gtk_widget_add_css_class (self->kitchen, "view-button");
  gtk_widget_add_css_class (self->customer, "view-button");
  gtk_box_append (GTK_BOX (box), self->kitchen);
  gtk_box_append (GTK_BOX (box), self->customer);
  return box;
}

static GtkWidget *
make_header (CptTicketPreview *self)
{
  GtkWidget *header = adw_header_bar_new ();

  /* TRANSLATORS: on paper. */
  self->print = gtk_button_new_with_label (_ ("Print"));
  gtk_widget_add_css_class (self->print, "touch-button");
  gtk_widget_add_css_class (self->print, "suggested-action");
  gtk_widget_set_sensitive (self->print, FALSE);
  g_signal_connect_swapped (self->print, "clicked", G_CALLBACK (print_cb), self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), make_kinds (self));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->print);
  return header;
}

static GtkWidget *
make_paper (CptTicketPreview *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->paper = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->paper),
                                      (int)(CPT_TICKET_PAPER * ZOOM));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->paper), draw_cb, self, NULL);
  gtk_widget_set_halign (self->paper, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->paper, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->paper, "ticket-paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->paper), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* TRANSLATORS: read aloud: the picture of a ticket. */
                                  _ ("The ticket as it prints"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->paper);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
cpt_ticket_preview_init (CptTicketPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "notice");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), make_paper (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 680);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Ticket"));
}

/**
 * cpt_ticket_preview_new:
 * @parent: the window behind, in whose application "app.print-ticket" prints
 *
 * Returns: (transfer none): the window, which GTK owns
 */
CptTicketPreview *
cpt_ticket_preview_new (GtkWindow *parent, CptEngine *engine, gint64 row, CptTicketKind kind)
{
  CptTicketPreview *self =
      g_object_new (CPT_TYPE_TICKET_PREVIEW, "transient-for", parent, "modal", TRUE, NULL);

  self->engine = g_object_ref (engine);
  self->row = row;
  self->kind = kind;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (kind == CPT_TICKET_CUSTOMER ? self->customer
                                                                               : self->kitchen),
                                TRUE);
  g_signal_connect_swapped (self->customer, "toggled", G_CALLBACK (kind_toggled_cb), self);
  cpt_engine_load_details_async (engine, row, NULL, loaded_cb, g_object_ref (self));
  return self;
}
