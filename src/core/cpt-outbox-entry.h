/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be created or deleted on HubRise, and is not there yet: an order of this till, its
 * customer, a payment, an item that is missing. Each is looked up on HubRise before it is repeated.
 * Immutable once made, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-money.h"
#include "cpt-order-step.h"
#include "cpt-order.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_OUTBOX_ORDER,    /* an order made at this till */
  CPT_OUTBOX_CUSTOMER, /* the customer of such an order, for the HubRise list */
  CPT_OUTBOX_PAYMENT,
  CPT_OUTBOX_DELETION, /* an item of an order is missing */
} CptOutboxKind;

typedef struct _CptOutboxEntry CptOutboxEntry;

struct _CptOutboxEntry
{
  gatomicrefcount ref_count; /* private */

  gint64 id;      /* 0 before it is stored; smaller is older */
  gint64 order;   /* the order's row */
  char *order_id; /* (owned) (nullable) HubRise's id; NULL as long as the order is not there */
  CptOutboxKind kind;
  char *private_ref; /* (owned) (nullable) what it is looked up by; NULL for a deletion */
  char *element;     /* (owned) (nullable) DELETION: the item's id */
  char *name, *ref;  /* (owned) (nullable) PAYMENT: of the method */
  CptMoney amount;   /* PAYMENT */
  char *seller_note; /* (owned) (nullable) DELETION: appended to seller_notes */
  GBytes *body;      /* (owned) (nullable) ORDER, CUSTOMER: what is posted */
  char *seller;      /* (owned) (nullable) who pressed */
  CptTime pressed_at;
  CptTime not_before; /* after a lost reply: no look-up before this */
  CptStepState state; /* UNDER_WAY: a request left and its reply is not known */
  char *reason;       /* (owned) (nullable) why refused */
};

#define CPT_TYPE_OUTBOX_ENTRY (cpt_outbox_entry_get_type ())

/* After a lost reply the server may still be working: so long nothing is looked up. */
#define CPT_OUTBOX_LOST_MS (60 * CPT_SECOND)

GType cpt_outbox_entry_get_type (void);
CptOutboxEntry *cpt_outbox_entry_new (CptOutboxKind kind, gint64 order, const char *order_id);
CptOutboxEntry *cpt_outbox_entry_ref (CptOutboxEntry *self);
void cpt_outbox_entry_unref (CptOutboxEntry *self);
const char *cpt_outbox_kind_to_string (CptOutboxKind kind);
CptOutboxKind cpt_outbox_kind_parse (const char *text);

gboolean cpt_outbox_entry_counts (const CptOutboxEntry *self);
gboolean cpt_outbox_entry_is_lost_before (const CptOutboxEntry *self, CptTime since);
gboolean cpt_outbox_has_deletion (GPtrArray *outbox, const char *element);
void cpt_order_get_balance_with (const CptOrder *self, GPtrArray *outbox, CptOrderBalance *balance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOutboxEntry, cpt_outbox_entry_unref)

G_END_DECLS
