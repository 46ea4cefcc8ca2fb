/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strip that says why a ticket did not come out, and offers a way out. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_PRINT_TROUBLE (cpt_print_trouble_get_type ())
G_DECLARE_FINAL_TYPE (CptPrintTrouble, cpt_print_trouble, CPT, PRINT_TROUBLE, AdwBin)

void cpt_print_trouble_show (CptPrintTrouble *self, const char *text, guint n);
void cpt_print_trouble_clear (CptPrintTrouble *self);

G_END_DECLS
