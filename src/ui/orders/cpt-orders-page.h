/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "Web orders": the list and the detail beside or over it. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_ORDERS_PAGE (cpt_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (CptOrdersPage, cpt_orders_page, CPT, ORDERS_PAGE, AdwBin)

/* Signal "detail-shown" (gint64 row): the order whose detail is open and on the screen, 0 for none.
 */

CptOrdersPage *cpt_orders_page_new (CptEngine *engine);
CptOrdersPage *cpt_orders_page_new_sent (CptEngine *engine);
void cpt_orders_page_show_order (CptOrdersPage *self, gint64 row);
void cpt_orders_page_focus_search (CptOrdersPage *self);

G_END_DECLS
