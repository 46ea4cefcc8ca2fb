/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the location takes orders: a level. What the till wants and what HubRise last confirmed
 * are in the database; sending makes them equal. Main thread only. */
#pragma once

#include "cpt-link.h"

G_BEGIN_DECLS

#define CPT_TYPE_ACCEPTANCE (cpt_acceptance_get_type ())
G_DECLARE_FINAL_TYPE (CptAcceptance, cpt_acceptance, CPT, ACCEPTANCE, GObject)

typedef enum
{
  CPT_ACCEPTANCE_OPEN,
  CPT_ACCEPTANCE_BUSY,
  CPT_ACCEPTANCE_PAUSED,
} CptAcceptanceMode;

/* A level as parts. */
typedef struct
{
  CptAcceptanceMode mode;
  int extra_minutes; /* with BUSY */
  CptTime resume_at; /* or CPT_TIME_NONE */
  char *reason;      /* (owned) (nullable) with PAUSED */
} CptAcceptanceLevel;

void cpt_acceptance_level_clear (CptAcceptanceLevel *level);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptAcceptanceLevel, cpt_acceptance_level_clear)

/* Signals:
 *  "changed" ()    the level or its refusal is new
 *  "confirmed" ()  HubRise holds what the till wants: get_wanted tells what
 */
CptAcceptance *cpt_acceptance_new (CptLink *link, GSettings *settings);
/* Reads the level of the database and sends it when it differs. */
void cpt_acceptance_start (CptAcceptance *self);
/* The line is gone, the location may be another one when it is there again: answers that are still
 * to come are dropped. */
void cpt_acceptance_rest (CptAcceptance *self);
/* Done when it is on disk. @extra_minutes: with BUSY; @resume_at: (nullable) ISO 8601, not with
 * OPEN; @reason: (nullable) with PAUSED. */
void cpt_acceptance_want_async (CptAcceptance *self,
                                CptAcceptanceMode mode,
                                int extra_minutes,
                                const char *resume_at,
                                const char *reason,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean cpt_acceptance_want_finish (CptAcceptance *self, GAsyncResult *result, GError **error);
/* The location was read: @shown is the word of its order_acceptance, nullable. */
void cpt_acceptance_note_shown (CptAcceptance *self, const char *shown);
/* FALSE when this till never wanted anything. */
gboolean cpt_acceptance_get_wanted (CptAcceptance *self, CptAcceptanceLevel *level);
/* The word for an open shop that this server shows. */
const char *cpt_acceptance_get_word (CptAcceptance *self);
/* Whether HubRise has not confirmed what the till wants. */
gboolean cpt_acceptance_is_unsent (CptAcceptance *self);
/* (nullable) why HubRise refused it */
const char *cpt_acceptance_get_refusal (CptAcceptance *self);
void cpt_acceptance_retry_now (CptAcceptance *self);
void cpt_acceptance_stop (CptAcceptance *self);

G_END_DECLS
