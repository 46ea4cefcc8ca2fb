/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread with a connection of its own that runs jobs first in, first out. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-db-private.h"

G_BEGIN_DECLS

typedef struct _CptDbWorker CptDbWorker;

CptDbWorker *cpt_db_worker_new (const char *name, CptDbRole role);
void cpt_db_worker_free (CptDbWorker *self);
void cpt_db_worker_push (CptDbWorker *self, GTask *task);

G_END_DECLS
