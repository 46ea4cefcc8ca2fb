/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be created or deleted on HubRise, as rows. Workers only; what writes, on the writer.
 */
#pragma once

#include "cpt-db-private.h"
#include "cpt-outbox-entry.h"

G_BEGIN_DECLS

CptOutboxEntry *cpt_outbox_table_read (CptDb *db, gint64 entry, gint64 *place);
GPtrArray *cpt_outbox_table_load_unsent (CptDb *db, gint64 place);
GPtrArray *cpt_outbox_table_load_of_order (CptDb *db, gint64 row);
gint64
cpt_outbox_table_insert (CptDb *db, gint64 row, const CptOutboxEntry *entry, CptStepState state);
gboolean cpt_outbox_table_took_payment (CptDb *db, gint64 row);
void cpt_outbox_table_set_state (CptDb *db,
                                 gint64 entry,
                                 CptStepState state,
                                 CptTime not_before,
                                 const char *reason);
void cpt_outbox_table_set_body (CptDb *db, gint64 entry, GBytes *body);

/* The creation of an order: of itself and of its customer. */
GPtrArray *cpt_outbox_table_load_creations (CptDb *db, gint64 place);
gboolean cpt_outbox_table_stays_here (CptDb *db, gint64 row);
gboolean cpt_outbox_table_is_done (CptDb *db, const char *private_ref);
gboolean cpt_outbox_table_can_replace (CptDb *db, gint64 row);
gboolean cpt_outbox_table_has_unsent_before (CptDb *db, const CptOutboxEntry *entry);
void cpt_outbox_table_drop_creation (CptDb *db, gint64 row);
void cpt_outbox_table_note_created (CptDb *db, gint64 row);
void cpt_outbox_table_count_send (CptDb *db, gint64 entry, int more);
gboolean cpt_outbox_table_never_left (CptDb *db, gint64 row);
void cpt_outbox_table_keep_here (CptDb *db, gint64 row);
gboolean cpt_outbox_table_drop_unsent (CptDb *db, gint64 row);

G_END_DECLS
