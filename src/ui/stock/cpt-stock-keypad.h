/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large digits for who has no keyboard, under the number they write. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @entry: gets the keypad at its right end; OK activates it. */
void cpt_stock_keypad_attach (GtkEntry *entry);

/* Returns: (transfer floating): the same digits, to stand beside @entry, which lives as long. */
GtkWidget *cpt_stock_keypad_new (GtkEntry *entry);

G_END_DECLS
