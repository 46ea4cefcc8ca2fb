/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New order: what can be sold, and the order it becomes. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine-till.h"

G_BEGIN_DECLS

#define CPT_TYPE_SALE_PAGE (cpt_sale_page_get_type ())
G_DECLARE_FINAL_TYPE (CptSalePage, cpt_sale_page, CPT, SALE_PAGE, AdwBin)

/* Signal "left" (): the person is done here. */
GtkWidget *cpt_sale_page_new (CptEngine *engine);
void cpt_sale_page_begin (CptSalePage *self);
void cpt_sale_page_place (CptSalePage *self);
void cpt_sale_page_edit (CptSalePage *self, gint64 row);

G_END_DECLS
