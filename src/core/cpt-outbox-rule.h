/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a payment or a missing item that waits, once the order was read again. Pure, any
 * thread. */
#pragma once

#include "cpt-outbox-entry.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_ENTRY_GO,           /* send it */
  CPT_ENTRY_DONE,         /* HubRise holds it already */
  CPT_ENTRY_ALREADY_PAID, /* a payment, and nothing is left to pay: dropped, told until Seen */
  CPT_ENTRY_TOO_MUCH,     /* a payment of more than is left */
  CPT_ENTRY_DUE_UNKNOWN,  /* a payment, and nobody knows what is left */
  CPT_ENTRY_LAST_ITEM,    /* the order would be empty: it has to be cancelled */
  CPT_ENTRY_ENDED,        /* the order ended meanwhile */
  CPT_ENTRY_UNREADABLE,   /* the order cannot be understood any more */
} CptEntryVerdict;

CptEntryVerdict
cpt_outbox_entry_judge (const CptOutboxEntry *self, const CptOrder *read, CptOrderBalance *balance);
gboolean cpt_order_status_takes_payment (CptOrderStatus status);
gboolean cpt_order_status_takes_missing (CptOrderStatus status);
guint cpt_order_count_items_left (const CptOrder *self, GPtrArray *outbox);

G_END_DECLS
