/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the sale page share: cpt-sale-page.c (messages, draft and menu),
 * cpt-sale-page-basket.c (what goes in the basket), cpt-sale-page-order.c (what becomes of it).
 * Main thread only. */
#pragma once

#include "cpt-basket.h"
#include "cpt-sale-page.h"
#include "cpt-sale-stock.h"

G_BEGIN_DECLS

struct _CptSalePage
{
  AdwBin parent_instance;

  CptEngine *engine;         /* (owned) (nullable) until dispose */
  CptSaleStock *stock;       /* (owned) */
  CptMenu *menu;             /* (owned) (nullable) */
  CptBasket *basket;         /* (owned) */
  CptBasket *saving;         /* (owned) (nullable) OK was pressed, it is not on the disk yet */
  CptBasket *aside;          /* (owned) (nullable) another one that waits */
  CptOrder *draft;           /* (owned) (nullable) offered, not answered yet */
  gint64 wanted;             /* the refused order to be corrected once the draft was read, or 0 */
  gint64 rest_until;         /* on the monotonic clock */
  gint64 shelf_rests_until;  /* likewise */
  gboolean loading;          /* the menu is on its way */
  guint menu_again;          /* and was asked for meanwhile */
  GCancellable *cancellable; /* (owned) ends with the page */
  AdwToast *toast;           /* (weak) (nullable) what was said last */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *stack, *shelf, *aside_view, *pane, *draft_page;
};

/* Every message closes by itself; what else it offers is added before it is shown. */
AdwToast *cpt_sale_page_make_toast (const char *text);
/* @toast: (transfer full) */
void cpt_sale_page_show_toast (CptSalePage *self, AdwToast *toast);
void cpt_sale_page_tell (CptSalePage *self, const char *text);
GtkWindow *cpt_sale_page_get_window (CptSalePage *self);

/* After every change of the basket. */
void cpt_sale_page_save_draft (CptSalePage *self);
/* @basket: (transfer full) */
void cpt_sale_page_set_basket (CptSalePage *self, CptBasket *basket);
/* @basket: (transfer full) (nullable) */
void cpt_sale_page_set_aside (CptSalePage *self, CptBasket *basket);
/* Whether another basket may take the place of the one shown: nothing is in it, and no question
 * stands open whose answer would go into it. */
gboolean cpt_sale_page_is_free (CptSalePage *self);
/* The one that waits comes, else an empty one. */
void cpt_sale_page_begin_anew (CptSalePage *self);
void cpt_sale_page_show_sale (CptSalePage *self);
/* Whether a press counts that puts another order in the place of the one shown: the second half of
 * a double click, or a key that is held, is not meant for that one. */
gboolean cpt_sale_page_take_press (CptSalePage *self);
/* Whether a product that is touched counts: under the buttons of the draft lie products, and the
 * second half of a double click is not meant for them. */
gboolean cpt_sale_page_takes_product (CptSalePage *self);
void cpt_sale_page_emit_left (CptSalePage *self);

/* The shelf and the pane are made: what they ask of the basket is done from now on. */
void cpt_sale_page_watch_basket (CptSalePage *self);
void cpt_sale_page_ok (CptSalePage *self);
/* The one that waits is shown, the one shown waits. */
void cpt_sale_page_swap (CptSalePage *self);
/* Asks first when something would be lost. */
void cpt_sale_page_leave (CptSalePage *self);

G_END_DECLS
