/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits to press with a finger, for amounts. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_MONEY_PAD (cpt_money_pad_get_type ())
G_DECLARE_FINAL_TYPE (CptMoneyPad, cpt_money_pad, CPT, MONEY_PAD, GtkWidget)

GtkWidget *cpt_money_pad_new (void);
void cpt_money_pad_set_entry (CptMoneyPad *self, GtkEditable *entry);

G_END_DECLS
