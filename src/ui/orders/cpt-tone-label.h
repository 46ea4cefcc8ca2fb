/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label in a tone: a badge on its ground, or a sentence. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_TONE_LABEL (cpt_tone_label_get_type ())
G_DECLARE_FINAL_TYPE (CptToneLabel, cpt_tone_label, CPT, TONE_LABEL, GtkWidget)

GtkWidget *cpt_tone_label_new (const char *text, CptTone tone, gboolean badge);
void cpt_tone_label_set (CptToneLabel *self, const char *text, CptTone tone);

G_END_DECLS
