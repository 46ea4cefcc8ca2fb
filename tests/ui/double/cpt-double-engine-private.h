/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the double share. Main thread only. */
#pragma once

#include "cpt-double-engine.h"

G_BEGIN_DECLS

struct _CptEngine
{
  GObject parent_instance;

  CptClock *clock;           /* (owned) */
  CptProfile *profile;       /* (owned) */
  CptConnection *connection; /* (owned) */
  GPtrArray *rows;           /* (owned) (element-type CptOrderRow) newest first */
  GHashTable *orders;        /* (owned) key → CptOrder */
  guint filled;              /* orders made up on demand, keys 1 to that */
  gboolean hold;
  GQueue held;     /* answers that wait, GTask owned */
  char *fail_next; /* (owned) (nullable) */
  gboolean fail_reading;
  char *last_act; /* (owned) (nullable) */
  guint loaded, requests;
  guint claims;
  CptOrdersMode orders_mode;
};

CptOrderRow *cpt_double_engine_dup_row (CptEngine *self, gint64 key);
gboolean cpt_double_engine_matches (const CptOrderRow *row, CptOrderTab tab, const char *text);
void cpt_double_engine_fail (CptEngine *self, GTask *task);
void cpt_double_engine_answer (CptEngine *self, GTask *task, gpointer value);
void cpt_double_engine_forget_stock (CptEngine *self);
void cpt_double_engine_forget_till (CptEngine *self);

G_END_DECLS
