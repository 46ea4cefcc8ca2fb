/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one row of the stock list shows; pure, any thread. */
#pragma once

#include "cpt-stock-item.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;          /* (owned), like every string here but the classes */
  char *variant;       /* (nullable) */
  char *code;          /* the ref, or the words for none */
  gboolean code_warns; /* no ref, or one shared with another item */
  char *category;      /* (nullable) */
  char *price;
  char *number; /* with its sign: "▼ 3", "✕ 0", "INACTIF", "not managed"; "" without a ref; where
                 * numbers are hidden "✕ none left", "INACTIF" or "" */
  const char *number_class; /* (transfer none) the CSS class of the state */
  char *back;               /* (nullable) "back tomorrow 11:00" */
  char *mark;               /* HubRise's side: "24 ✓", "not sent yet" … */
  const char *mark_class;
  gboolean active;
  gboolean has_stock; /* FALSE: no number, no switch */
  char *spoken;       /* the whole row in words */
} CptStockViewState;

CptStockViewState *cpt_stock_view_state_new (const CptStockItem *item,
                                             gboolean shows_quantity,
                                             CptTime now,
                                             GTimeZone *zone);
void cpt_stock_view_state_free (CptStockViewState *self);
char *cpt_stock_entry_dup_words (CptStockEntry entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStockViewState, cpt_stock_view_state_free)

G_END_DECLS
