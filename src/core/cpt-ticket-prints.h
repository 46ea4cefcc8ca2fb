/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tickets on paper: their kinds and what was printed of an order; plain values, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_TICKET_KITCHEN,
  CPT_TICKET_CUSTOMER,
} CptTicketKind;

#define CPT_TICKET_KINDS 2

/* What is known of the prints of an order. */
typedef struct
{
  guint copies[CPT_TICKET_KINDS];        /* by CptTicketKind: how often it was printed */
  gboolean called_off[CPT_TICKET_KINDS]; /* its cancellation was printed too */
} CptTicketPrints;

/* A ticket that prints by itself. */
typedef struct
{
  gint64 row;
  CptTicketKind kind;
  gboolean called_off; /* it tells of a cancellation */
} CptTicketDue;

G_END_DECLS
