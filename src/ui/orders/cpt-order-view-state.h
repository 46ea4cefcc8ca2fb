/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen says of one order at one moment: texts, tones and buttons. Pure: the same row
 * and the same moment give the same state. Any thread; the program's language decides the words. */
#pragma once

#include "cpt-order-row.h"

G_BEGIN_DECLS

/* How a text is meant; cpt-order-palette gives each its colours. */
typedef enum
{
  CPT_TONE_PLAIN,
  CPT_TONE_GREY,
  CPT_TONE_BLUE,
  CPT_TONE_GREEN,
  CPT_TONE_AMBER,
  CPT_TONE_RED,
  CPT_N_TONES,
} CptTone;

typedef struct
{
  char *text; /* (owned) */
  CptTone tone;
} CptViewText;

/* What a person can do with an order. */
typedef enum
{
  CPT_DEED_ACCEPT,
  CPT_DEED_REJECT,
  CPT_DEED_STEP,
  CPT_DEED_CANCEL,
  CPT_DEED_FAIL,
  CPT_DEED_ELSEWHERE,
  CPT_DEED_SEEN,
  CPT_DEED_UNDO,
  CPT_DEED_RETRY,
  CPT_DEED_GIVE_UP,
  CPT_DEED_INVOICE,
  CPT_DEED_EDIT,          /* an order of this till that HubRise refused */
  CPT_DEED_RETRY_ENTRY,   /* of the outbox */
  CPT_DEED_GIVE_UP_ENTRY, /* of the outbox */
} CptDeed;

typedef struct
{
  CptDeed deed;
  CptOrderStatus to; /* the status it leads to, UNKNOWN when it leads to none */
  gint64 target;   /* the step for UNDO, RETRY and GIVE_UP, the entry for those of the outbox, else
                    * the order's row */
  CptTime time;    /* ACCEPT: the instant the label shows, else CPT_TIME_NONE */
  char *label;     /* (owned) */
  gboolean main;   /* the one to press now */
  gboolean in_row; /* shown on the card too; all of them stand in the detail */
} CptOrderButton;

/* The moment and the place. */
typedef struct
{
  CptTime now;
  CptTime deadline;       /* on this PC's clock, or CPT_TIME_NONE */
  gint64 clock_offset_ms; /* HubRise's clock minus this PC's */
  CptTime accept_time;    /* the instant Accept offers */
  GTimeZone *zone;        /* (nullable) NULL for UTC */
} CptOrderViewContext;

typedef struct
{
  char *time; /* time left "0:48", or the clock time of the order */
  CptTone time_tone;
  char *number;      /* "#4821" */
  char *source;      /* "" when not known */
  char *service;     /* "Delivery 19:30" */
  GPtrArray *badges; /* (element-type CptViewText) the status first; never NULL, like those below */
  char *summary;     /* "Zoé D. · 2 Margherita" */
  CptViewText paid;  /* text NULL: nothing to say */
  char *total;       /* "" when not known */
  GPtrArray *messages; /* (element-type CptViewText) whole sentences */
  GPtrArray *buttons;  /* (element-type CptOrderButton) */
  char *name;          /* everything in words, for who cannot see it */
  gboolean ended;      /* nothing more will happen: shown quieter */
  gboolean alarm;      /* somebody must look at once */
  CptTime made_at;
  CptTime next_change; /* the state may look different from then on */
} CptOrderViewState;

CptOrderViewState *cpt_order_view_state_new (const CptOrderRow *row,
                                             const CptOrderViewContext *context);
void cpt_order_view_state_free (CptOrderViewState *self);
gboolean cpt_order_view_state_is_old (const CptOrderViewState *self, CptTime now);
const CptOrderButton *cpt_order_view_state_find (const CptOrderViewState *self, CptDeed deed);
gboolean cpt_order_view_is_over (const CptOrderRow *row, const CptOrderViewContext *context);
gboolean cpt_order_view_is_unconfirmed (const CptOrderRow *row, const CptOrderViewContext *context);

char *cpt_order_view_number (const char *number);
const char *cpt_order_view_platform (const CptOrderRow *row);
gboolean cpt_order_view_says_table (const char *name);
char *cpt_order_view_service (const CptOrderRow *row, const CptOrderViewContext *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderViewState, cpt_order_view_state_free)

G_END_DECLS
