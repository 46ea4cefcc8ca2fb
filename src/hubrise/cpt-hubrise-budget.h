/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many requests HubRise still allows this connection: 500 a round minute, 2,500 a round hour,
 * 10,000 a round day, 10 heavy ones a round minute. The last fifth of each is a person's, but for
 * the reading of an order that has just come, which a person waits for without knowing. What is
 * done in case something changed never takes more than half. Main thread only. */
#pragma once

#include <glib-object.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_PRIORITY_SPARE,      /* half of each window: reading again what may have changed */
  CPT_PRIORITY_BACKGROUND, /* four fifths */
  CPT_PRIORITY_LIVE,       /* nine tenths: an order that has just come */
  CPT_PRIORITY_PERSON,     /* all of it */
} CptPriority;

typedef enum
{
  CPT_WINDOW_MINUTE,
  CPT_WINDOW_HOUR,
  CPT_WINDOW_DAY,
  CPT_WINDOW_HEAVY_MINUTE,
  CPT_N_WINDOWS,
} CptBudgetWindow;

typedef struct
{
  CptTime start; /* of the round window the count belongs to */
  gint64 used;
  gint64 limit;
} CptBudgetCount;

#define CPT_TYPE_HUBRISE_BUDGET (cpt_hubrise_budget_get_type ())
G_DECLARE_FINAL_TYPE (CptHubriseBudget, cpt_hubrise_budget, CPT, HUBRISE_BUDGET, GObject)

CptHubriseBudget *cpt_hubrise_budget_new (CptClock *clock);
/* Takes one request: 0 when granted, else the instant at which to ask again. */
CptTime cpt_hubrise_budget_take (CptHubriseBudget *self, CptPriority priority, gboolean heavy);
/* A 429 came: nothing more before @retry_at; without Retry-After (CPT_TIME_NONE): the next round
 * minute, and the next round hour when that was refused as well. */
void cpt_hubrise_budget_refused (CptHubriseBudget *self, CptTime retry_at);
/* Until when a 429 forbids every request, on this PC's clock, or CPT_TIME_NONE. */
CptTime cpt_hubrise_budget_get_blocked_until (CptHubriseBudget *self);
/* A request was let through again. */
void cpt_hubrise_budget_answered (CptHubriseBudget *self);
void cpt_hubrise_budget_set_offset (CptHubriseBudget *self, gint64 clock_offset_ms);
CptBudgetCount cpt_hubrise_budget_get (CptHubriseBudget *self, CptBudgetWindow window);
/* The counts as one line of text, to keep over a restart; of a line it does not understand: none.
 */
char *cpt_hubrise_budget_save (CptHubriseBudget *self);
void cpt_hubrise_budget_load (CptHubriseBudget *self, const char *saved);

G_END_DECLS
