/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket laid out on paper of 80 mm: nothing stands outside the 72 mm a ticket printer reaches.
 * Lengths in points. One thread at a time. */
#pragma once

#include <cairo.h>

#include "cpt-ticket.h"

G_BEGIN_DECLS

#define CPT_TICKET_MM     (72 / 25.4)
#define CPT_TICKET_PAPER  (80 * CPT_TICKET_MM)
#define CPT_TICKET_WIDTH  (72 * CPT_TICKET_MM)
#define CPT_TICKET_MARGIN (4 * CPT_TICKET_MM)

typedef struct _CptTicketPainter CptTicketPainter;

CptTicketPainter *cpt_ticket_painter_new (GPtrArray *lines, CptTicketKind kind);
void cpt_ticket_painter_free (CptTicketPainter *self);
double cpt_ticket_painter_get_height (CptTicketPainter *self);
guint cpt_ticket_painter_paginate (CptTicketPainter *self, double page_height);
void cpt_ticket_painter_draw (CptTicketPainter *self, cairo_t *cr, guint page);
gboolean cpt_ticket_painter_write_pdf (CptTicketPainter *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTicketPainter, cpt_ticket_painter_free)

G_END_DECLS
