/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the connection bar says, computed without widgets; pure, any thread. */
#pragma once

#include "cpt-connection.h"
#include "cpt-engine.h"

G_BEGIN_DECLS

/* Checks missed in a row before the bar raises its voice. */
#define CPT_BAR_MISSED_CHECKS 3

/**
 * CptBarInput: everything the bar depends on.
 */
typedef struct
{
  const CptConnection *connection;
  CptEngineCounts counts;
  CptTime now;
  GTimeZone *zone; /* (nullable): UTC */
  int missed_checks;
  gboolean sending;             /* the preference "sending" */
  const char *trouble;          /* (nullable) what the user must know of this machine */
  gint64 lock_holder;           /* the process that holds the data, 0 for this one */
  const CptOrdersState *orders; /* (nullable): orders come in */
} CptBarInput;

typedef struct
{
  char *text;            /* (owned) */
  const char *css_class; /* (unowned): "notice-alarm" or "notice-quiet" */
  const char *action;    /* (unowned) (nullable) what its button does */
  const char *label;     /* (unowned) (nullable) translated, of its button */
} CptBarNotice;

/**
 * CptBarState: texts are translated and owned; a class is one of style.css.
 */
typedef struct
{
  char *state;             /* "Offline since 19:02" */
  const char *state_class; /* "state-good", "state-wait", "state-alarm", "state-none" */
  gboolean is_bound;       /* location and catalog are shown */
  char *contact;           /* (nullable) "HubRise contacted 12 s ago", or what is being done */
  gboolean contact_is_alarm;
  char *changes; /* (nullable) "2 changes waiting" */
  gboolean changes_is_alarm;
  gboolean offers_connect; /* else Disconnect */
  gboolean offers_again;   /* with offers_connect: this till was connected before */
  GPtrArray *notices;      /* (element-type CptBarNotice) the worst first */
} CptBarState;

CptBarState *cpt_bar_state_new (const CptBarInput *input);
void cpt_bar_state_free (CptBarState *self);
char *cpt_bar_state_format_ago (CptTime at, CptTime now, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBarState, cpt_bar_state_free)

G_END_DECLS
