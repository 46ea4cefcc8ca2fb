/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer will read, to be changed. Main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_NOTE_BOX (cpt_note_box_get_type ())
G_DECLARE_FINAL_TYPE (CptNoteBox, cpt_note_box, CPT, NOTE_BOX, AdwBin)

GtkWidget *cpt_note_box_new (void);
char *cpt_note_box_dup_text (CptNoteBox *self);
void cpt_note_box_offer (CptNoteBox *self, const char *sentence);
void cpt_note_box_set_text (CptNoteBox *self, const char *text);
void cpt_note_box_focus (CptNoteBox *self);

G_END_DECLS
