/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a database to this program's schema. Writer only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

int cpt_migrator_get_version (void);
GPtrArray *cpt_migrator_load_scripts (void);

void cpt_migrator_check (CptDb *db, gboolean thoroughly, int newest);
void cpt_migrator_run (CptDb *db, GPtrArray *scripts, const char *backup_directory);

G_END_DECLS
