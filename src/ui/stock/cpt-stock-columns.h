/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the columns of the stock list stand at a given width; pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_STOCK_COLUMN_NAME,
  CPT_STOCK_COLUMN_CODE,
  CPT_STOCK_COLUMN_CATEGORY, /* no width where there is no room */
  CPT_STOCK_COLUMN_PRICE,
  CPT_STOCK_COLUMN_NUMBER, /* to the right; without numbers the word of the state alone */
  CPT_STOCK_COLUMN_TOOLS,
  CPT_STOCK_COLUMN_SWITCH,
  CPT_STOCK_COLUMN_MARK,
  CPT_STOCK_N_COLUMNS,
} CptStockColumn;

typedef struct
{
  int x[CPT_STOCK_N_COLUMNS], width[CPT_STOCK_N_COLUMNS];
} CptStockColumns;

#define CPT_STOCK_MIN_WIDTH  944
#define CPT_STOCK_ROW_HEIGHT 56

CptStockColumns cpt_stock_columns (int width, gboolean shows_quantity);

G_END_DECLS
