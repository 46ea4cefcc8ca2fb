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
} CptSheetLine;

GPtrArray *cpt_order_sheet_new (const CptOrder *order,
                                const CptOrderRow *row,
                                GPtrArray *history,
                                GPtrArray *items,
                                CptTime now,
                                GTimeZone *zone);

G_END_DECLS
