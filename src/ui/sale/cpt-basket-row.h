/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the basket; the chosen one has its controls under it. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-basket.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_BASKET_LESS,
  CPT_BASKET_MORE,
  CPT_BASKET_QUANTITY, /* text: as typed */
  CPT_BASKET_NOTE,     /* text: for the kitchen */
  CPT_BASKET_CHANGE,
  CPT_BASKET_REMOVE,
} CptBasketDeed;

#define CPT_TYPE_BASKET_ROW (cpt_basket_row_get_type ())
G_DECLARE_FINAL_TYPE (CptBasketRow, cpt_basket_row, CPT, BASKET_ROW, GtkListBoxRow)

/* Signal "deed" (int CptBasketDeed, char *text): what a person wants of the line. */
GtkWidget *cpt_basket_row_new (guint key);
guint cpt_basket_row_get_key (CptBasketRow *self);
void cpt_basket_row_update (CptBasketRow *self, const CptOrderItem *item);
void cpt_basket_row_set_open (CptBasketRow *self, gboolean open);
void cpt_basket_row_edit_quantity (CptBasketRow *self, const char *text);
void cpt_basket_row_finish (CptBasketRow *self);

G_END_DECLS
