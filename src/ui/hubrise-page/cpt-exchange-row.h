/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the log of exchanges. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-exchange-item.h"

G_BEGIN_DECLS

#define CPT_TYPE_EXCHANGE_ROW (cpt_exchange_row_get_type ())
G_DECLARE_FINAL_TYPE (CptExchangeRow, cpt_exchange_row, CPT, EXCHANGE_ROW, GtkBox)

GtkWidget *cpt_exchange_row_new (void);
void
cpt_exchange_row_show (CptExchangeRow *self, CptExchange *exchange, CptTime now, GTimeZone *zone);

G_END_DECLS
