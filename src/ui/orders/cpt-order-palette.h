/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of the tones, light and dark, each text at least 4.5:1 on what it stands on; pure,
 * any thread. */
#pragma once

#include <gdk/gdk.h>

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

void cpt_tone_get_badge (CptTone tone, gboolean dark, GdkRGBA *text, GdkRGBA *ground);
void cpt_tone_get_text (CptTone tone, gboolean dark, GdkRGBA *text);

G_END_DECLS
