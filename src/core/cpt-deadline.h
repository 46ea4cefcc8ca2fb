/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a platform waits for a decision; pure, any thread. */
#pragma once

#include <glib.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef struct
{
  char *source; /* lower-case part of the source's name */
  int minutes;
} CptDeadlineRule;

typedef struct
{
  GArray *rules; /* (element-type CptDeadlineRule) first match holds */
  int default_minutes;
} CptDeadlineTable;

typedef enum
{
  CPT_DEADLINE_CALM,
  CPT_DEADLINE_AMBER, /* past half */
  CPT_DEADLINE_RED,   /* the last 60 s */
  CPT_DEADLINE_OVER,
} CptDeadlineState;

CptDeadlineTable *cpt_deadline_table_new (void);
CptDeadlineTable *cpt_deadline_table_new_default (void);
void cpt_deadline_table_add (CptDeadlineTable *table, const char *source, int minutes);
void cpt_deadline_table_free (CptDeadlineTable *table);
int cpt_deadline_table_minutes (const CptDeadlineTable *table, const char *source);
CptTime cpt_deadline_start (CptTime created_at, gint64 clock_offset_ms);
CptTime cpt_deadline_at (const CptDeadlineTable *table,
                         const char *source,
                         CptTime created_at,
                         gint64 clock_offset_ms);
CptDeadlineState cpt_deadline_state (CptTime created_at, CptTime deadline, CptTime now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDeadlineTable, cpt_deadline_table_free)

G_END_DECLS
