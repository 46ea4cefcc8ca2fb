/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock as a table for a spreadsheet: reading what others write, writing what they read. Pure, any
 * thread. */
#pragma once

#include "cpt-stock-item.h"

G_BEGIN_DECLS

/* One line of a file, taken or not. */
typedef struct
{
  guint number; /* of the line in the file, from 1 */
  CptItemKind kind;
  char *ref; /* (owned) (nullable) */
  CptStockEdit edit;
  char *problem; /* (owned) (nullable) translated: why it is not taken */
} CptStockCsvLine;

char *cpt_stock_csv_to_utf8 (const char *data, gsize length);
GPtrArray *cpt_stock_csv_new_lines (void);
GPtrArray *cpt_stock_csv_parse (const char *text);
char *cpt_stock_csv_write (GPtrArray *items, gboolean french);

G_END_DECLS
