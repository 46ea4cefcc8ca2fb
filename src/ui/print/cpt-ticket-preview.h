/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket as it would come out of the printer. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"
#include "cpt-ticket-prints.h"

G_BEGIN_DECLS

#define CPT_TYPE_TICKET_PREVIEW (cpt_ticket_preview_get_type ())
G_DECLARE_FINAL_TYPE (CptTicketPreview, cpt_ticket_preview, CPT, TICKET_PREVIEW, AdwWindow)

CptTicketPreview *
cpt_ticket_preview_new (GtkWindow *parent, CptEngine *engine, gint64 row, CptTicketKind kind);

G_END_DECLS
