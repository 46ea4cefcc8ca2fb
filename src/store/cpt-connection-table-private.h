/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection, its bindings, levels and small values. Workers only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

gint64 cpt_connection_table_get_place (CptDb *db);

G_END_DECLS
