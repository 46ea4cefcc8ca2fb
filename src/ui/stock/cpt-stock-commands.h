/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's commands about the whole stock, which the Stock and the HubRise page share:
 * win.compare-stock, win.synchronise-stock, win.pull-catalog, win.check-refs. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine-stock.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_COMMANDS (cpt_stock_commands_get_type ())
G_DECLARE_FINAL_TYPE (CptStockCommands, cpt_stock_commands, CPT, STOCK_COMMANDS, GObject)

/* Shows a short text, translated. */
typedef void (*CptStockTell) (const char *text, gpointer data);

/* @window: a GActionMap, which gets the commands; what they find is shown over it. @data outlives
 * the commands. */
CptStockCommands *
cpt_stock_commands_new (GtkWindow *window, CptEngine *engine, CptStockTell tell, gpointer data);
/* The window is going. */
void cpt_stock_commands_close (CptStockCommands *self);

G_END_DECLS
