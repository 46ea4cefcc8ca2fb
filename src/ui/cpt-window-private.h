/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's files share. Main thread only. */
#pragma once

#include "cpt-connection-bar.h"
#include "cpt-orders-page.h"
#include "cpt-print-trouble.h"
#include "cpt-seller-button.h"
#include "cpt-start-page.h"
#include "cpt-stock-commands.h"
#include "cpt-trouble-page.h"
#include "cpt-window.h"

G_BEGIN_DECLS

struct _CptWindow
{
  AdwApplicationWindow parent_instance;

  CptEngine *engine;       /* (owned) */
  CptAlert *alert;         /* (owned) (nullable) */
  CptOrdersPage *orders;   /* (unowned) (nullable) made once the database is open */
  CptOrdersPage *sent;     /* (unowned) (nullable) likewise */
  GtkWidget *sale;         /* (unowned) (nullable) likewise: New order */
  const char *view_before; /* (nullable) the view that New order was opened from */
  GtkWidget *order_stack;  /* (unowned) (nullable) the orders, or how to begin */
  CptStockCommands *stock; /* (owned) (nullable) made once the database is open */
  GtkWidget *dialog;       /* (weak) (nullable) the connect dialog */
  AdwToast *toast;         /* (weak) (nullable) the last one */
  gint64 wanted_row;       /* to be shown once the orders are there; 0 for none */

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkStack *views;
  GtkBox *switcher;
  GtkWidget *new_order; /* hidden until the orders are open */
  GtkMenuButton *menu_button;
  CptSellerButton *seller;
  GtkWidget *demo_badge;
  CptConnectionBar *bar;
  CptPrintTrouble *print_trouble;
  CptTroublePage *trouble;
};

void cpt_window_install_actions (GtkWidgetClass *klass);
void cpt_window_add_stateful_actions (CptWindow *self);
void cpt_window_show_view (CptWindow *self, const char *name);

G_END_DECLS
