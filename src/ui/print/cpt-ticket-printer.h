/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints tickets: by hand, and by itself when an order is accepted for good or cancelled. Trouble
 * with a printer is told and stops nothing else. Main thread only. */
#pragma once

#include <glib-object.h>

#include "cpt-engine.h"
#include "cpt-ticket-painter.h"

G_BEGIN_DECLS

#define CPT_TYPE_TICKET_PRINTER (cpt_ticket_printer_get_type ())
G_DECLARE_FINAL_TYPE (CptTicketPrinter, cpt_ticket_printer, CPT, TICKET_PRINTER, GObject)

/* Signals:
 *  "printed" (char *text)             what to tell whoever pressed
 *  "trouble" (char *text, int64 row)  a ticket of that order did not come out
 *  "well" ()                          every ticket came out, or was given up
 *  "idle" ()                          nothing is on its way to a printer any more
 */

CptTicketPrinter *cpt_ticket_printer_new (CptEngine *engine);
/* The database is open: from here on tickets print by themselves. */
void cpt_ticket_printer_start (CptTicketPrinter *self);
/* One ticket by hand; a second press within a moment does nothing. */
void cpt_ticket_printer_print (CptTicketPrinter *self, gint64 row, CptTicketKind kind);
/* How many tickets did not come out; once more, or no longer. */
gboolean cpt_ticket_printer_is_busy (CptTicketPrinter *self);
guint cpt_ticket_printer_count_failed (CptTicketPrinter *self);
void cpt_ticket_printer_print_failed (CptTicketPrinter *self);
void cpt_ticket_printer_forget_failed (CptTicketPrinter *self);

/* The words of actions for a kind: "kitchen", "customer". */
const char *cpt_ticket_kind_to_string (CptTicketKind kind);
gboolean cpt_ticket_kind_parse (const char *text, CptTicketKind *kind);
/* Laid out as it would print: (transfer full), free with cpt_ticket_painter_free */
CptTicketPainter *cpt_ticket_printer_lay_out (CptEngine *engine,
                                              const CptOrderDetails *details,
                                              CptTicketKind kind,
                                              gboolean duplicate,
                                              gboolean called_off);

G_END_DECLS
