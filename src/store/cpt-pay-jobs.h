/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the database about payments and missing items: each constructor copies or
 * refs what it is given and says what its result is. Made on the main thread, run on a worker. */
#pragma once

#include "cpt-outbox-entry.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

/* Reads a document as HubRise sends it; pure, any thread. What an order is worth with what is not
 * at HubRise yet follows from its document, which this room keeps and does not understand. */
typedef CptOrder *(*CptOrderDecoder) (GBytes *document, const char *id);

/* Writer. Stores @entry, a payment or a deletion, if the order as it stands takes it, else
 * NOT_ALLOWED: more than is left, nothing left, the last item, a status that does not allow it. An
 * order that stays at this till takes it as LOCAL. With a deletion the item goes off sale until
 * @back_on; CPT_TIME_NONE leaves the stock alone. Result: NULL. */
CptStoreJob *cpt_store_press_entry (CptOutboxEntry *entry, CptTime back_on, CptOrderDecoder decode);
/* Writer (so that it sees what was queued before). Result: (transfer full) GPtrArray of
 * CptOutboxEntry: the payments and deletions of the current binding that wait or are under way, by
 * order and age. */
CptStoreJob *cpt_store_load_unsent_entries (void);
/* Writer. WAITING (or UNDER_WAY, after it was looked up) becomes UNDER_WAY before its request
 * leaves, with the moment before which a next start may not look it up. NOT_ALLOWED when it was
 * given up meanwhile. Result: NULL. */
CptStoreJob *cpt_store_begin_entry (gint64 entry, CptTime now);

/* An entry's fate. */
typedef struct
{
  gint64 entry;
  CptStepState state; /* UNDER_WAY: its reply was lost */
  CptTime not_before; /* of the next look-up, or CPT_TIME_NONE */
  CptNotice notice;   /* told until Seen, with @words */
  const char *words;  /* (nullable) */
  const char *reason; /* (nullable) why refused */
} CptEntryFate;

/* Writer, one transaction. Copies *@fate; @apply: (nullable) the order as just read or replied.
 * Result: (transfer full) GPtrArray of CptApplied (empty without @apply). */
CptStoreJob *cpt_store_settle_entry (const CptEntryFate *fate,
                                     CptOrderApply *apply,
                                     CptOrderDecoder decode,
                                     CptTime now);
/* Writer. REFUSED → WAITING. Result: (transfer full) gint64 (g_free), the order's row. */
CptStoreJob *cpt_store_retry_entry (gint64 entry, CptOrderDecoder decode, CptTime now);
/* Writer. REFUSED or WAITING → DROPPED. Same result. */
CptStoreJob *cpt_store_give_up_entry (gint64 entry, CptOrderDecoder decode, CptTime now);
/* Writer. "Handled elsewhere": no longer waiting, leaves Today; its unsent steps, payments and
 * deletions are dropped. NOT_ALLOWED for an order that waits for no decision. Result: NULL. */
CptStoreJob *cpt_store_mark_elsewhere (gint64 row, CptOrderDecoder decode, CptTime now);

G_END_DECLS
