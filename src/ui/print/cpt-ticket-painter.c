/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket laid out on paper of 80 mm. One thread at a time. */
#include "cpt-ticket-painter.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <pango/pangocairo.h>

#define FONT "Sans"
/* Letters may reach a little over their own width: they do not over the printable box. */
#define INSET 1.5
/* Between a text and its amount, and inside the frame of a note. */
#define GAP   6.0
#define FRAME 3.0

typedef struct
{
  double size[CPT_TICKET_KINDS]; /* the kitchen reads from further away */
  gboolean bold;
  double indent;
  double above; /* the space over it */
  PangoAlignment alignment;
} Look;

#define LEFT   PANGO_ALIGN_LEFT
#define CENTRE PANGO_ALIGN_CENTER

static const Look looks[] = {
  [CPT_TICKET_BANNER] = { { 22, 18 }, TRUE, 0, 4, CENTRE },
  [CPT_TICKET_NUMBER] = { { 40, 28 }, TRUE, 0, 2, CENTRE },
  [CPT_TICKET_BIG] = { { 20, 14 }, TRUE, 0, 2, CENTRE },
  [CPT_TICKET_TITLE] = { { 16, 12 }, TRUE, 0, 2, CENTRE },
  [CPT_TICKET_CENTRE] = { { 10, 9.5 }, FALSE, 0, 1, CENTRE },
  [CPT_TICKET_RULE] = { { 0, 0 }, FALSE, 0, 5, LEFT },
  [CPT_TICKET_HEADING] = { { 13, 11 }, TRUE, 0, 3, LEFT },
  [CPT_TICKET_ITEM] = { { 16, 11 }, TRUE, 0, 5, LEFT },
  [CPT_TICKET_DETAIL] = { { 13, 9.5 }, FALSE, 12, 1, LEFT },
  [CPT_TICKET_WITHOUT] = { { 14, 10 }, TRUE, 12, 1, LEFT },
  [CPT_TICKET_NOTE] = { { 13, 10 }, TRUE, 12, 4, LEFT },
  [CPT_TICKET_LINE] = { { 11, 10 }, FALSE, 0, 2, LEFT },
  [CPT_TICKET_TOTAL] = { { 16, 15 }, TRUE, 0, 4, LEFT },
  [CPT_TICKET_TEXT] = { { 11, 10 }, FALSE, 0, 1, LEFT },
  [CPT_TICKET_SMALL] = { { 8.5, 8 }, FALSE, 0, 1, LEFT },
};

/* One line of the ticket, laid out. */
typedef struct
{
  const Look *look;
  CptTicketStyle style;
  PangoLayout *text;  /* (owned) (nullable) */
  PangoLayout *value; /* (owned) (nullable) */
  double x, width;    /* of the text */
  double height;      /* with the space above */
  double y;           /* on its page */
  guint page;
} Block;

struct _CptTicketPainter
{
  PangoContext *context; /* (owned) */
  CptTicketKind kind;
  GArray *blocks; /* (owned) (element-type Block) */
};

static void
block_clear (gpointer data)
{
  Block *block = data;

  g_clear_object (&block->text);
  g_clear_object (&block->value);
}

/* The same letters at the same place whatever they are drawn on. */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
new_layout (CptTicketPainter *self, const Look *look, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_font_description_set_size (font, (int)(look->size[self->kind] * PANGO_SCALE));
  pango_font_description_set_weight (font, look->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
layout_width (PangoLayout *layout)
{
  PangoRectangle extents = { 0 };

  pango_layout_get_extents (layout, NULL, &extents);
  return (double)extents.width / PANGO_SCALE;
}

static double
layout_height (PangoLayout *layout)
{
  int height = 0;

  if (layout == NULL)
    return 0;
  pango_layout_get_size (layout, NULL, &height);
  return (double)height / PANGO_SCALE;
}

static void
set_width (PangoLayout *layout, double width, PangoAlignment alignment)
{
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, alignment);
}

/* An amount keeps its width; a text that long stands beside half a line at least. */
static void
lay_out_value (CptTicketPainter *self, Block *block, const char *value)
{
  double width = 0;

  block->value = new_layout (self, block->look, value);
  width = MIN (layout_width (block->value) + 1, block->width * 0.6);
  set_width (block->value, width, PANGO_ALIGN_RIGHT);
  block->width -= width + GAP;
}

static double
get_frame (const Block *block)
{
  return block->style == CPT_TICKET_NOTE || block->style == CPT_TICKET_BANNER ? FRAME : 0;
}

static void
lay_out (CptTicketPainter *self, const CptTicketLine *line)
{
  Block block = { .style = line->style, .look = &looks[line->style] };
  double frame = get_frame (&block);

  block.x = INSET + block.look->indent + 2 * frame;
  block.width = CPT_TICKET_WIDTH - INSET - 2 * frame - block.x;
  if (line->value != NULL && *line->value != '\0')
    lay_out_value (self, &block, line->value);
  if (line->text != NULL)
    {
      block.text = new_layout (self, block.look, line->text);
      set_width (block.text, block.width, block.look->alignment);
    }
  block.height =
      block.look->above + 2 * frame + MAX (layout_height (block.text), layout_height (block.value));
  g_array_append_val (self->blocks, block);
}

/**
 * cpt_ticket_painter_new:
 * @lines: (element-type CptTicketLine): not needed afterwards
 *
 * Returns: (transfer full): the ticket laid out on one page of its own height
 */
CptTicketPainter *
cpt_ticket_painter_new (GPtrArray *lines, CptTicketKind kind)
{
  CptTicketPainter *self = g_new0 (CptTicketPainter, 1);

  self->context = new_context ();
  self->kind = kind;
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, block_clear);
  for (guint i = 0; i < lines->len; i++)
    lay_out (self, lines->pdata[i]);
  cpt_ticket_painter_paginate (self, G_MAXINT);
  return self;
}

void
cpt_ticket_painter_free (CptTicketPainter *self)
{
  g_array_unref (self->blocks);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * cpt_ticket_painter_get_height:
 *
 * Returns: what all of it needs, without margins
 */
double
cpt_ticket_painter_get_height (CptTicketPainter *self)
{
  double height = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    height += g_array_index (self->blocks, Block, i).height;
  return height;
}

/**
 * cpt_ticket_painter_paginate:
 * @page_height: what a page of this printer holds, without margins
 *
 * Returns: how many pages it takes: one on a roll
 */
guint
cpt_ticket_painter_paginate (CptTicketPainter *self, double page_height)
{
  double y = 0;
  guint page = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);

      if (y > 0 && y + block->height > page_height + 0.01)
        {
          page++;
          y = 0;
        }
      block->page = page;
      block->y = y;
      y += block->height;
    }
  return page + 1;
}

static void
draw_box (cairo_t *cr, const Block *block, double y)
{
  double x = INSET + block->look->indent + 0.5;
  double width = CPT_TICKET_WIDTH - INSET - 0.5 - x;
  double height = block->height - block->look->above;

  cairo_rectangle (cr, x, y, width, height);
  if (block->style == CPT_TICKET_BANNER)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static void
draw_rule (cairo_t *cr, double y)
{
  cairo_move_to (cr, INSET, y);
  cairo_line_to (cr, CPT_TICKET_WIDTH - INSET, y);
  cairo_stroke (cr);
}

static void
draw_layout (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  if (layout == NULL)
    return;
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_block (cairo_t *cr, const Block *block)
{
  double y = block->y + block->look->above;
  double frame = get_frame (block);

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1);
  if (block->style == CPT_TICKET_RULE)
    draw_rule (cr, y - 1);
  if (frame > 0)
    draw_box (cr, block, y);
  if (block->style == CPT_TICKET_BANNER)
    cairo_set_source_rgb (cr, 1, 1, 1);
  draw_layout (cr, block->text, block->x, y + frame);
  draw_layout (cr, block->value, block->x + block->width + GAP, y + frame);
}

/**
 * cpt_ticket_painter_draw:
 * @cr: in points, its origin at the upper left of the printable box
 * @page: from 0
 */
void
cpt_ticket_painter_draw (CptTicketPainter *self, cairo_t *cr, guint page)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);

      if (block->page == page)
        draw_block (cr, block);
    }
}

static gboolean
fail_unless_drawn (cairo_status_t status, const char *path, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
               cairo_status_to_string (status));
  return FALSE;
}

/**
 * cpt_ticket_painter_write_pdf:
 * @path: the file to write, 80 mm wide and as long as the ticket
 *
 * Returns: whether the whole ticket is in the file
 */
gboolean
cpt_ticket_painter_write_pdf (CptTicketPainter *self, const char *path, GError **error)
{
  double height = cpt_ticket_painter_get_height (self) + 2 * CPT_TICKET_MARGIN;
  cairo_surface_t *surface = cairo_pdf_surface_create (path, CPT_TICKET_PAPER, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;

  cairo_translate (cr, CPT_TICKET_MARGIN, CPT_TICKET_MARGIN);
  cpt_ticket_painter_paginate (self, G_MAXINT);
  cpt_ticket_painter_draw (self, cr, 0);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return fail_unless_drawn (status, path, error);
}
