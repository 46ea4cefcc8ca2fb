/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the database about the till's own orders and about what is to be created at
 * HubRise: each constructor copies or refs what it is given and says what its result is. Made on
 * the main thread, run on a worker. */
#pragma once

#include "cpt-outbox-entry.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

/* Writer. @day: when the business day began; the count begins again with each. Result: (transfer
 * full) gint64 (g_free): the next number of the day, given once. */
CptStoreJob *cpt_store_take_till_number (CptTime day);

/* Writer, one transaction: the order's row, its history, @entries, and @draft is forgotten.
 * @order: as decoded from its document, with its private_ref; @entries: (element-type
 * CptOutboxEntry) what is to be created, in this order, their rows set here; empty for an order
 * that stays here; @seller: (nullable); @draft: (nullable) the key of a value. Result: (transfer
 * full) gint64 (g_free), the row. */
CptStoreJob *cpt_store_place_order (const CptOrder *order,
                                    GPtrArray *entries,
                                    const char *seller,
                                    const char *draft,
                                    CptTime now);
/* Writer. The same for an order that HubRise refused: it gets another content, what it took off the
 * stock is put back, and it is sent again. NOT_ALLOWED when nothing of it was refused or it is
 * under way. Same result. */
CptStoreJob *cpt_store_replace_order (gint64 row,
                                      const CptOrder *order,
                                      GPtrArray *entries,
                                      const char *seller,
                                      const char *draft,
                                      CptTime now);

/* Creations are the entries of the outbox that make an order or its customer at HubRise. */

/* Writer (so that it sees what was queued before). Result: (transfer full) GPtrArray of
 * CptOutboxEntry: every creation of the current binding in state WAITING, UNDER_WAY or REFUSED, by
 * order and age. */
CptStoreJob *cpt_store_load_creations (void);
/* Writer. A WAITING creation becomes UNDER_WAY before its request leaves. NOT_ALLOWED when it was
 * given up meanwhile, another of its order has to go first, or its order never left this till and
 * is being cancelled. Result: NULL. */
CptStoreJob *cpt_store_begin_creation (gint64 entry);
/* Writer. Its fate: DONE, REFUSED (with @reason), WAITING (again), UNDER_WAY (its reply was lost:
 * it is not looked up before @not_before; else CPT_TIME_NONE). @apply: (nullable): the order as
 * replied or found: the row gets its id and its document. Result: (transfer full) GPtrArray of
 * CptApplied (empty without @apply). */
CptStoreJob *cpt_store_settle_creation (gint64 entry,
                                        CptStepState state,
                                        CptTime not_before,
                                        const char *reason,
                                        CptOrderApply *apply,
                                        CptTime now);
/* Writer. Its request did not leave after all: WAITING, as if it had not begun. Result: (transfer
 * full) an empty GPtrArray. */
CptStoreJob *cpt_store_keep_creation (gint64 entry);

G_END_DECLS
