/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows of one order, read from the database in one go: immutable, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-money.h"
#include "cpt-order-status.h"
#include "cpt-order.h"
#include "cpt-outbox-entry.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_SEND_NOTHING, /* all of ours is at HubRise */
  CPT_SEND_WAITING, /* not sent yet */
  CPT_SEND_HELD,    /* Undo is offered until held_until */
  CPT_SEND_REFUSED, /* HubRise refused, see send_reason */
} CptSendState;

/* What others did and the user has not yet seen. */
typedef enum
{
  CPT_NOTICE_NONE = 0,
  CPT_NOTICE_CANCELLED =
      1, /* cancelled (or rejected) by the customer or another, after or before acceptance */
  CPT_NOTICE_THEIRS_HOLD = 2,    /* our unsent steps were dropped: theirs is an end state */
  CPT_NOTICE_TOO_LATE = 3,       /* our rejection was dropped: accepted elsewhere */
  CPT_NOTICE_DONE_ELSEWHERE = 4, /* our step was already done by another till */
  CPT_NOTICE_CHANGED = 5,        /* another changed an accepted order */
  CPT_NOTICE_ALREADY_PAID = 6,   /* our payment was dropped: nothing was left to pay */
  CPT_NOTICE_TO_REFUND = 7,      /* two tills took the payment: more was paid than is due */
  CPT_NOTICE_LAST = CPT_NOTICE_TO_REFUND,
} CptNotice;

typedef enum
{
  CPT_ORDER_TAB_TODAY,
  CPT_ORDER_TAB_LATER,
  CPT_ORDER_TAB_ALL,
  CPT_ORDER_TAB_TILL,     /* the till's own, in progress or to be looked at */
  CPT_ORDER_TAB_TILL_ALL, /* the till's own */
} CptOrderTab;

typedef struct _CptOrderRow CptOrderRow;

struct _CptOrderRow
{
  gatomicrefcount ref_count; /* private */

  gint64 row;       /* the order's key everywhere in this program */
  char *id;         /* (nullable) HubRise's id; NULL on a raw order without one */
  char *raw_reason; /* (nullable) set: a raw order */
  gboolean foreign; /* belongs to another binding: shown, never sent */
  char *number;     /* collection code, else ref, else id, else "" */
  char *source;     /* (nullable) channel, else created_by */
  CptServiceType service_type;
  char *service_type_text;                           /* (nullable) as received */
  char *table_name;                                  /* (nullable) */
  CptTime created_at, expected_time, confirmed_time; /* or CPT_TIME_NONE */
  CptTime first_seen_at;
  gboolean late;       /* arrived while we were away */
  gboolean first_list; /* came with the first list, not as an event */
  char *customer;      /* (nullable) */
  char *items;         /* "2 Margherita, 1 Tiramisù" */
  CptMoney total;
  gboolean total_calculated;
  CptMoney due;
  CptPaidState paid;
  CptOrderStatus hubrise_status; /* what HubRise last said */
  CptOrderStatus status; /* what the screen says: the last of our unsent steps, else HubRise's */
  char *status_text;     /* (nullable) HubRise's word, for an unknown one */
  CptSendState send;
  gint64 send_step;           /* the held, waiting or refused step; 0 for none */
  CptOrderStatus send_status; /* the status of that step */
  CptTime held_until;
  char *send_reason;        /* (nullable) */
  CptTime unsent_accept_at; /* when the accept was pressed that HubRise does not have yet, or
                             * refused; or CPT_TIME_NONE */
  CptTime promised_time;    /* what our accept promises while HubRise does not say it; or NONE */
  gboolean local_only;      /* the shown status stays at this till (preference) */
  gboolean handled_elsewhere;
  CptNotice notice;
  char *notice_text;         /* (nullable) the words to add: HubRise's status, a reason */
  gboolean waiting;          /* waits for a decision */
  gboolean till;             /* made at this till: among the sent orders, not the web orders */
  CptSendState outbox;       /* what has to be created or deleted at HubRise; never HELD */
  gint64 outbox_entry;       /* the refused entry, else the first that waits; 0 for none */
  CptOutboxKind outbox_kind; /* of that entry */
  char *outbox_reason;       /* (nullable) why it was refused */
};

#define CPT_TYPE_ORDER_ROW (cpt_order_row_get_type ())

GType cpt_order_row_get_type (void);
CptOrderRow *cpt_order_row_new (void);
CptOrderRow *cpt_order_row_ref (CptOrderRow *self);
void cpt_order_row_unref (CptOrderRow *self);
gboolean cpt_order_row_rings (const CptOrderRow *self, CptTime now);
CptTime cpt_order_row_get_promised (const CptOrderRow *self);
CptTime cpt_order_row_unconfirmed_from (const CptOrderRow *self, CptTime deadline);

/* One line of an order's history. */
typedef struct
{
  CptTime at;
  CptOrderStatus status; /* UNKNOWN when the line is not about a status */
  char *what;   /* machine word: received, pressed, sent, refused, theirs, undo, seen … */
  char *text;   /* (nullable) words to add */
  char *seller; /* (nullable) */
} CptHistoryEntry;

CptHistoryEntry *cpt_history_entry_new (CptTime at,
                                        CptOrderStatus status,
                                        const char *what,
                                        const char *text,
                                        const char *seller);
void cpt_history_entry_free (CptHistoryEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderRow, cpt_order_row_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHistoryEntry, cpt_history_entry_free)

G_END_DECLS
