/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file written anew, so that nothing is left in it of what was deleted. Writer only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

gboolean cpt_db_vacuum (CptDb *db);

G_END_DECLS
