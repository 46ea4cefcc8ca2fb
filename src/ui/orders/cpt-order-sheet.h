/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one order as lines to read, everything the document holds. Pure, any thread. */
#pragma once

#include "cpt-order-row.h"
#include "cpt-order.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_SHEET_SECTION, /* starts a part; text NULL: only a line across */
  CPT_SHEET_ITEM,    /* what is sold; value: its amount */
  CPT_SHEET_LINE,    /* label and value */
  CPT_SHEET_TOTAL,   /* the same, large */
  CPT_SHEET_TEXT,    /* one text over the whole width */
  CPT_SHEET_STRONG,  /* the same, bold */
  CPT_SHEET_DETAIL,  /* the same, indented under an item */
  CPT_SHEET_REMOVED, /* the same, struck through and said so */
  CPT_SHEET_NOTE,    /* somebody's own words */
  CPT_SHEET_WARNING, /* what must not be overlooked */
  CPT_SHEET_CHANGE,  /* what another changed, until it was seen */
  CPT_SHEET_SMALL,   /* what is seldom needed; value: may be NULL */
  CPT_SHEET_LINK,    /* value: an address to open */
  CPT_SHEET_COPY,    /* value: something to copy */
  CPT_SHEET_RAW,     /* as received, letter by letter */
} CptSheetKind;

typedef struct
{
  CptSheetKind kind;
  char *text;  /* (owned) (nullable) */
  char *value; /* (owned) (nullable) */
  char *mark;  /* (owned) (nullable) ITEM: what another did to it */
  char *item;  /* (owned) (nullable) ITEM: its id, when it can be said to be missing */
} CptSheetLine;

/* What is read. */
typedef struct
{
  const CptOrder *order;
  const CptOrderRow *row; /* (nullable) what the list shows of it */
  GPtrArray *history;     /* (nullable) (element-type CptHistoryEntry) oldest first */
  GPtrArray *outbox;      /* (nullable) (element-type CptOutboxEntry) not at HubRise yet */
  GPtrArray *items;     /* (nullable) (element-type CptStockItem) what the catalog has of its refs;
                         * NULL: no catalog was read */
  const CptOrder *seen; /* (nullable) how it was before others changed it */
  CptTime now;
  GTimeZone *zone; /* (nullable) the location's */
} CptSheetSource;

GPtrArray *cpt_order_sheet_new (const CptSheetSource *source);

G_END_DECLS
