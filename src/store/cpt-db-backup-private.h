/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the database. Writer only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

void cpt_db_backup (CptDb *db, const char *directory);

G_END_DECLS
