/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of the orders. Writer only. */
#pragma once

#include "cpt-db-private.h"
#include "cpt-order-step.h"

G_BEGIN_DECLS

CptOrderStep *cpt_step_table_read (CptDb *db, gint64 step, gint64 *place);
GPtrArray *cpt_step_table_load_unsent (CptDb *db, gint64 place);
gint64 cpt_step_table_insert (CptDb *db, const CptOrderStep *step, CptStepState state);
void cpt_step_table_add_received (CptDb *db, gint64 row, CptTime now);
gboolean cpt_step_table_has_unsent (CptDb *db, gint64 row, CptOrderStatus status);
gboolean cpt_step_table_has_unsent_before (CptDb *db, const CptOrderStep *step);
void cpt_step_table_set_state (CptDb *db, gint64 step, CptStepState state, const char *reason);
void cpt_step_table_drop_before (CptDb *db, const CptOrderStep *step);
void cpt_step_table_drop_after (CptDb *db, const CptOrderStep *step);
void cpt_step_table_drop_others (CptDb *db, const CptOrderStep *step);
void cpt_step_table_drop_all (CptDb *db, gint64 row);
void cpt_step_table_end_holds (CptDb *db, gint64 row);
void cpt_step_table_keep_here (CptDb *db, gint64 row);

G_END_DECLS
