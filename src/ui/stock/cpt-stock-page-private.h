/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the stock page share: cpt-stock-page.c (the list and its filters),
 * cpt-stock-page-actions.c (the buttons and what they tell). Main thread only. */
#pragma once

#include "cpt-stock-model.h"
#include "cpt-stock-page.h"
#include "cpt-stock-sight.h"

G_BEGIN_DECLS

#define CPT_STOCK_N_TABS 3

struct _CptStockPage
{
  AdwBin parent_instance;

  CptEngine *engine;    /* (owned) */
  CptStockModel *list;  /* (owned) */
  CptStockSight *sight; /* (owned) */
  GTimeZone *zone;      /* (owned) held so that a row's question for it reads no file */
  gboolean counting, count_again;
  gboolean filling;  /* the categories are being written: no query */
  char **categories; /* (owned) (nullable) */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *tabs[CPT_STOCK_N_TABS], *kinds[2], *search, *category;
  GtkWidget *compare, *synchronise, *pull, *spinner, *status, *question;
  GtkWidget *stack, *empty, *view;
};

/* The row of buttons under the tabs. */
GtkWidget *cpt_stock_page_make_actions (CptStockPage *self);
/* The bar that asks who keeps the stock. */
GtkWidget *cpt_stock_page_make_question (CptStockPage *self);
/* A menu with the list as a file, in and out. */
GtkWidget *cpt_stock_page_make_files (CptStockPage *self);
void cpt_stock_page_show_state (CptStockPage *self);
void cpt_stock_page_edit (CptStockPage *self, gint64 row, const CptStockEdit *edit);
void cpt_stock_page_tell (CptStockPage *self, const char *text);

G_END_DECLS
