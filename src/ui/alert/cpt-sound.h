/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds of the desktop's theme, played without ever waiting for the sound device. Main thread
 * only; a thread of its own talks to the device. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_SOUND_NEW,
  CPT_SOUND_CHANGED,
  CPT_SOUND_CANCELLED,
  CPT_SOUND_LOST,
  CPT_SOUND_RING,
  CPT_N_SOUNDS,
} CptSoundKind;

#define CPT_TYPE_SOUND (cpt_sound_get_type ())
G_DECLARE_FINAL_TYPE (CptSound, cpt_sound, CPT, SOUND, GObject)

/* Signal "problem-changed" () */

CptSound *cpt_sound_new (void);
void cpt_sound_play (CptSound *self, CptSoundKind kind, gboolean loud);
const char *cpt_sound_get_problem (CptSound *self);
guint cpt_sound_count (CptSound *self, CptSoundKind kind);

G_END_DECLS
