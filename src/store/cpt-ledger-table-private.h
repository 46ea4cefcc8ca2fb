/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What orders take off the stock, within a transaction. Writer only. */
#pragma once

#include "cpt-db-private.h"

G_BEGIN_DECLS

void cpt_ledger_table_begin_anew (CptDb *db, gint64 row);
void cpt_ledger_table_look_again (CptDb *db, gint64 row);

G_END_DECLS
