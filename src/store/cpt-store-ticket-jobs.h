/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the database about printed tickets. Made on the main thread, run on a
 * worker. */
#pragma once

#include "cpt-store.h"
#include "cpt-ticket-prints.h"

G_BEGIN_DECLS

/* Writer. Counts a print that is about to be made, of the ticket or (@called_off) of its
 * cancellation. Result: (transfer full) int (g_free), how many there were before, or
 * CPT_STORE_ERROR_NOT_FOUND. */
CptStoreJob *
cpt_store_note_print (gint64 row, CptTicketKind kind, gboolean called_off, CptTime now);
/* Reader. Result: (transfer full) CptTicketPrints (g_free). */
CptStoreJob *cpt_store_load_prints (gint64 row);
/* Writer. Finds and counts in one go what prints by itself: of every kind in @wanted the tickets
 * of orders accepted here for good since that kind is wanted, and whatever the kind the
 * cancellation of what was printed. @rows: (nullable): NULL for every order of late. Result:
 * (transfer full) GArray of CptTicketDue. */
CptStoreJob *
cpt_store_claim_tickets (GArray *rows, const gboolean wanted[CPT_TICKET_KINDS], CptTime now);

G_END_DECLS
