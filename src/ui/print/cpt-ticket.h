/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as a ticket: what stands on it, line by line, and in which style. Pure, any thread. */
#pragma once

#include "cpt-connection.h"
#include "cpt-order-row.h"
#include "cpt-order.h"
#include "cpt-ticket-prints.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_TICKET_BANNER,  /* white on black: what this paper must not be taken for */
  CPT_TICKET_NUMBER,  /* the order's number, as large as it goes */
  CPT_TICKET_BIG,     /* service and time */
  CPT_TICKET_TITLE,   /* bold, in the middle */
  CPT_TICKET_CENTRE,  /* in the middle */
  CPT_TICKET_RULE,    /* a line across, without text */
  CPT_TICKET_HEADING, /* bold, over what belongs together */
  CPT_TICKET_ITEM,    /* what is sold; value: its amount */
  CPT_TICKET_DETAIL,  /* indented under an item */
  CPT_TICKET_WITHOUT, /* the same, bold: what must not be in it */
  CPT_TICKET_NOTE,    /* somebody's own words, boxed */
  CPT_TICKET_LINE,    /* text and value */
  CPT_TICKET_TOTAL,   /* the same, bold and larger */
  CPT_TICKET_TEXT,
  CPT_TICKET_SMALL,
} CptTicketStyle;

typedef struct
{
  CptTicketStyle style;
  char *text;  /* (owned) (nullable) */
  char *value; /* (owned) (nullable) at the right edge */
} CptTicketLine;

/* What a ticket is made from. */
typedef struct
{
  CptTicketKind kind;
  const CptOrder *order;
  const CptOrderRow *row;
  GPtrArray *outbox; /* (nullable) (element-type CptOutboxEntry): what HubRise does not have yet */
  const CptConnection *shop;
  gboolean duplicate;  /* it was printed before */
  gboolean called_off; /* the order was cancelled */
  CptTime now;
  GTimeZone *zone; /* (nullable): the location's */
} CptTicketInput;

GPtrArray *cpt_ticket_new (const CptTicketInput *input);

G_END_DECLS
