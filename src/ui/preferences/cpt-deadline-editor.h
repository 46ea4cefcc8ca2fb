/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of how long each platform waits for a decision. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_DEADLINE_EDITOR (cpt_deadline_editor_get_type ())
G_DECLARE_FINAL_TYPE (CptDeadlineEditor, cpt_deadline_editor, CPT, DEADLINE_EDITOR, AdwBin)

void cpt_deadline_editor_set_settings (CptDeadlineEditor *self, GSettings *settings);

G_END_DECLS
