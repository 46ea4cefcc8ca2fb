/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row whose text counts once it is applied: what it holds that was not, what is wrong with it.
 * Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Whether @text can be applied; never asked about an empty one. */
typedef gboolean (*CptTypedCheck) (const char *text, GError **error);

void cpt_typed_row_watch (AdwEntryRow *row, CptTypedCheck check);
void cpt_typed_row_apply_on_leave (AdwEntryRow *row);
void cpt_typed_row_show (AdwEntryRow *row, const char *text);
gboolean cpt_typed_row_check (AdwEntryRow *row, GError **error);
void cpt_typed_row_apply (AdwEntryRow *row);
GPtrArray *cpt_typed_row_list_pending (GtkWidget *root);

G_END_DECLS
