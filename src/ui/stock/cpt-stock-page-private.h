/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the stock page share: cpt-stock-page.c (the list and its filters),
 * cpt-stock-page-actions.c (buttons, changes and Undo), cpt-stock-page-choice.c (several rows at
 * once), cpt-stock-files.c. Main thread only. */
#pragma once

#include "cpt-stock-model.h"
#include "cpt-stock-page.h"
#include "cpt-stock-sight.h"

G_BEGIN_DECLS

/* Those of the engine, then the low ones. */
#define CPT_STOCK_TAB_LOW (CPT_ENGINE_STOCK_ALL + 1)
#define CPT_STOCK_N_TABS  (CPT_STOCK_TAB_LOW + 1)

struct _CptStockPage
{
  AdwBin parent_instance;

  CptEngine *engine;         /* (owned) */
  CptStockModel *list;       /* (owned) */
  GtkSelectionModel *chosen; /* (owned) */
  CptStockSight *sight;      /* (owned) */
  GTimeZone *zone;           /* (owned) held so that a row's question for it reads no file */
  gboolean counting, count_again;
  gboolean filling;  /* the categories are being written: no query */
  char **categories; /* (owned) (nullable) */

  AdwToast *toast;   /* (weak) (nullable) the last one */
  GArray *undo;      /* (owned) (nullable) what the last change takes back */
  gint64 undo_row;   /* the row of it */
  CptTime undo_at;   /* when it was made */
  gboolean adding;   /* the last change was one more or one less */
  gboolean choosing; /* a touch chooses rows */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *tabs[CPT_STOCK_N_TABS], *kinds[2], *search, *category;
  GtkWidget *header, *compare, *choose, *question;
  GtkWidget *bars, *chosen_label;
  GtkWidget *stack, *empty, *view;
};

/* The row of buttons under the tabs. */
GtkWidget *cpt_stock_page_make_actions (CptStockPage *self);
/* The bar that asks who keeps the stock. */
GtkWidget *cpt_stock_page_make_question (CptStockPage *self);
/* A menu with what is seldom needed, and the list as a file, in and out. */
GtkWidget *cpt_stock_page_make_files (CptStockPage *self);
/* What begins choosing; the bar while several rows are chosen. */
GtkWidget *cpt_stock_page_make_choose (CptStockPage *self);
GtkWidget *cpt_stock_page_make_choice_bar (CptStockPage *self);
void cpt_stock_page_watch_row (CptStockPage *self, GtkListItem *item, GtkWidget *row);
void cpt_stock_page_show_state (CptStockPage *self);
void
cpt_stock_page_edit (CptStockPage *self, const gint64 *rows, gsize n, const CptStockEdit *edit);
void cpt_stock_page_undo (CptStockPage *self);
void cpt_stock_page_tell (CptStockPage *self, const char *text);

G_END_DECLS
