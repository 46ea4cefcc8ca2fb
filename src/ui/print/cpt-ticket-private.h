/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a ticket are written with. Pure, any thread. */
#pragma once

#include "cpt-ticket.h"

G_BEGIN_DECLS

typedef struct
{
  const CptTicketInput *input;
  const CptOrder *order;
  gboolean priced;  /* a customer's ticket */
  GPtrArray *lines; /* (element-type CptTicketLine) */
} CptTicketWriter;

gboolean cpt_ticket_is_set (const char *text);
void cpt_ticket_add (CptTicketWriter *writer, CptTicketStyle style, const char *text);
void cpt_ticket_add_value (CptTicketWriter *writer,
                           CptTicketStyle style,
                           const char *text,
                           const char *value);
void cpt_ticket_add_money (CptTicketWriter *writer,
                           CptTicketStyle style,
                           const char *text,
                           CptMoney money);
void cpt_ticket_add_format (CptTicketWriter *writer,
                            CptTicketStyle style,
                            const char *format,
                            const char *value);

void cpt_ticket_write_items (CptTicketWriter *writer);
void cpt_ticket_write_money (CptTicketWriter *writer);

G_END_DECLS
