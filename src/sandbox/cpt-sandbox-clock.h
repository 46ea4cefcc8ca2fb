/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's own time, which tests set and advance. Main loop only. */
#pragma once

#include <glib.h>

typedef struct _CptSandboxClock CptSandboxClock;
typedef void (*CptSandboxJob) (gpointer data);

CptSandboxClock *cpt_sandbox_clock_new (void);
void cpt_sandbox_clock_free (CptSandboxClock *self);
gint64 cpt_sandbox_clock_now (CptSandboxClock *self);
gboolean cpt_sandbox_clock_frozen (CptSandboxClock *self);
void cpt_sandbox_clock_freeze (CptSandboxClock *self, gboolean frozen);
void cpt_sandbox_clock_set (CptSandboxClock *self, gint64 now);
guint cpt_sandbox_clock_at (CptSandboxClock *self,
                            gint64 due,
                            CptSandboxJob job,
                            gpointer data,
                            GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSandboxClock, cpt_sandbox_clock_free)
