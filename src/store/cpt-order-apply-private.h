/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applying an order within a transaction. Writer only. */
#pragma once

#include "cpt-db-private.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

CptOrderApply *cpt_order_apply_copy (const CptOrderApply *apply);
CptApplied *cpt_order_apply_run (CptDb *db, gint64 place, const CptOrderApply *apply, CptTime now);

G_END_DECLS
