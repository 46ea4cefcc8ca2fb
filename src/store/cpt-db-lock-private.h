/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exclusive lock beside the database: one Comptoir per file. Any thread, one at a time. */
#pragma once

#include "cpt-store.h"

G_BEGIN_DECLS

typedef struct _CptDbLock CptDbLock;

CptDbLock *cpt_db_lock_take (const char *path, gboolean brief, GError **error);
void cpt_db_lock_release (CptDbLock *self, gboolean clean);
gint64 cpt_db_lock_get_holder (const CptDbLock *self);
gboolean cpt_db_lock_is_brief (const CptDbLock *self);
gboolean cpt_db_lock_was_clean (const CptDbLock *self);

G_END_DECLS
