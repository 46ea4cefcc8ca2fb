/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the columns of the stock list stand at a given width; pure, any thread. */
#include "cpt-stock-columns.h"

#define PADDING      14
#define GAP          10
#define ROOM_FOR_ALL 1130

/* What each needs; what is left goes to the name and the mark. */
static const int needs[CPT_STOCK_N_COLUMNS] = {
  [CPT_STOCK_COLUMN_NAME] = 140,  [CPT_STOCK_COLUMN_CODE] = 92,   [CPT_STOCK_COLUMN_CATEGORY] = 110,
  [CPT_STOCK_COLUMN_PRICE] = 68,  [CPT_STOCK_COLUMN_NUMBER] = 92, [CPT_STOCK_COLUMN_TOOLS] = 268,
  [CPT_STOCK_COLUMN_SWITCH] = 66, [CPT_STOCK_COLUMN_MARK] = 120,
};

/* Without numbers there is nothing to edit but by the menu, and the state is a word. */
#define STATE_WIDTH 140
#define MENU_WIDTH  170

static int
get_need (CptStockColumn column, gboolean shows_quantity)
{
  if (!shows_quantity && column == CPT_STOCK_COLUMN_NUMBER)
    return STATE_WIDTH;
  if (!shows_quantity && column == CPT_STOCK_COLUMN_TOOLS)
    return MENU_WIDTH;
  return needs[column];
}

/**
 * cpt_stock_columns:
 * @width: of the row
 * @shows_quantity: FALSE: only what is out of stock is sent, numbers are hidden
 */
CptStockColumns
cpt_stock_columns (int width, gboolean shows_quantity)
{
  CptStockColumns columns = { 0 };
  int left = width - 2 * PADDING;
  int x = PADDING;

  for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
    {
      gboolean fits = i != CPT_STOCK_COLUMN_CATEGORY || width >= ROOM_FOR_ALL;

      columns.width[i] = fits ? get_need ((CptStockColumn)i, shows_quantity) : 0;
      left -= fits ? columns.width[i] + GAP : 0;
    }
  left = MAX (left, 0);
  columns.width[CPT_STOCK_COLUMN_NAME] += left * 6 / 10;
  columns.width[CPT_STOCK_COLUMN_MARK] += left - left * 6 / 10;
  for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
    {
      columns.x[i] = x;
      x += columns.width[i] > 0 ? columns.width[i] + GAP : 0;
    }
  return columns;
}
