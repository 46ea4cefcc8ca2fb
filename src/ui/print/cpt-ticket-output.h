/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One ticket on its way to a printer or into a file. Main thread only. */
#pragma once

#include <glib-object.h>

#include "cpt-clock.h"
#include "cpt-ticket-painter.h"

G_BEGIN_DECLS

/* The name that stands for a file in Documents instead of a printer. */
#define CPT_TICKET_TO_PDF      "pdf"

#define CPT_TYPE_TICKET_OUTPUT (cpt_ticket_output_get_type ())
G_DECLARE_FINAL_TYPE (CptTicketOutput, cpt_ticket_output, CPT, TICKET_OUTPUT, GObject)

/* Signals:
 *  "sent" (char *path (nullable))   the printer has it, or it is in the file
 *  "failed" (char *message)         it did not get there, or the printer then had trouble with it
 *  "over" ()                        nothing more will be said; the last one
 */

CptTicketOutput *cpt_ticket_output_new (CptClock *clock,
                                        CptTicketPainter *painter,
                                        const char *printer,
                                        const char *title);
void cpt_ticket_output_run (CptTicketOutput *self);
gboolean cpt_ticket_output_was_sent (CptTicketOutput *self);
gboolean cpt_ticket_output_came_out (CptTicketOutput *self);

G_END_DECLS
