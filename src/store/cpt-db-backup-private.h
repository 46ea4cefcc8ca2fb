/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the database. Writer only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

/* Beside the database. */
#define CPT_DB_BACKUP_FOLDER "backup"

void cpt_db_backup (CptDb *db, const char *directory);
void cpt_db_backup_forget (CptDb *db, CptTime before);

G_END_DECLS
