/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wanted and known: a value this till wants HubRise to hold, and what HubRise last confirmed.
 * Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptLevel: three texts, each NULL for "nothing there"; @known_is_unknown from the moment a
 * request leaves until its reply or a read-back. Unknown differs from every wanted value.
 */
typedef struct
{
  char *wanted; /* (owned) (nullable) */
  char *known;  /* (owned) (nullable) */
  gboolean known_is_unknown;
  char *theirs; /* (owned) (nullable) what another wrote and we did not overwrite */
  gboolean has_theirs;
} CptLevel;

void cpt_level_clear (CptLevel *self);
gboolean cpt_level_must_send (const CptLevel *self);
void cpt_level_want (CptLevel *self, const char *value);
void cpt_level_leave (CptLevel *self);
void cpt_level_confirm (CptLevel *self, const char *value);
void cpt_level_read (CptLevel *self, const char *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptLevel, cpt_level_clear)

G_END_DECLS
