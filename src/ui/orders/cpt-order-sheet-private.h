/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of an order's sheet are written with. Pure, any thread. */
#pragma once

#include "cpt-order-changes.h"
#include "cpt-order-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  const CptOrder *order;
  const CptOrderRow *row;
  GPtrArray *history; /* (nullable) (element-type CptHistoryEntry) */
  GPtrArray *items;   /* (nullable) (element-type CptStockItem) */
  GPtrArray *outbox;  /* (nullable) (element-type CptOutboxEntry) */
  GPtrArray *changes; /* (nullable) (element-type CptOrderChange) by others, not seen yet */
  GPtrArray *lines;   /* (element-type CptSheetLine) */
  CptTime now;
  GTimeZone *zone; /* (nullable) */
} CptSheet;

gboolean cpt_sheet_is_set (const char *text);
CptSheetLine *
cpt_sheet_add (CptSheet *sheet, CptSheetKind kind, const char *text, const char *value);
void cpt_sheet_add_set (CptSheet *sheet, CptSheetKind kind, const char *text, const char *value);
void cpt_sheet_add_money (CptSheet *sheet, CptSheetKind kind, const char *text, CptMoney money);
void cpt_sheet_add_time (CptSheet *sheet, CptSheetKind kind, const char *text, CptTime time);

void cpt_sheet_write_items (CptSheet *sheet);
void cpt_sheet_write_money (CptSheet *sheet);
void cpt_sheet_write_people (CptSheet *sheet);
void cpt_sheet_write_history (CptSheet *sheet);
void cpt_sheet_write_rest (CptSheet *sheet);

G_END_DECLS
