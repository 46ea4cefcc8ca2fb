/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the database about stock: each constructor copies or refs what it is given
 * and says what its result is. Made on the main thread, run on a worker. Everything is about the
 * current binding, or after a disconnection the last. */
#pragma once

#include "cpt-catalog.h"
#include "cpt-order-row.h"
#include "cpt-stock-item.h"
#include "cpt-stock-rule.h"
#include "cpt-stock-undo.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* How far the stock of the binding has come. */
typedef struct
{
  gint64 binding;      /* 0 for none */
  gboolean taken_over; /* HubRise's inventory was read and what differed answered: sending may
                        * begin */
  CptTime pulled_at, compared_at, synced_at; /* or CPT_TIME_NONE */
  gint64 sync_differences;
  gint64 skus, options; /* items of the catalog */
  gint64 waiting;       /* refs not at HubRise as wanted, or not looked at yet */
  gint64 owed;          /* of these: to leave even where nothing does by itself */
  gint64 refused;
  gint64 differing;  /* another program wrote something else */
  gint64 low;        /* active, managed, at or under their threshold */
  CptTime next_back; /* the next time something comes back by itself, or CPT_TIME_NONE */
} CptStockState;

/* Reader. Result: (transfer full) CptStockState (g_free). */
CptStoreJob *cpt_store_load_stock_state (CptStockMode mode, CptTime now);

/* --- From HubRise --- */

typedef struct
{
  gint64 items, added, gone; /* added and gone count refs */
} CptCatalogNews;

/* Writer, one transaction: items and stock follow @catalog; what the till holds survives. Result:
 * (transfer full) CptCatalogNews (g_free). */
CptStoreJob *cpt_store_apply_catalog (CptCatalog *catalog, CptTime now);

/* The catalog as last pulled. */
typedef struct
{
  gint64 binding;
  CptTime pulled_at; /* or CPT_TIME_NONE */
  gboolean unchanged;
  GBytes *document; /* (owned) (nullable) NULL when unchanged, or when none was kept */
} CptStoredCatalog;

void cpt_stored_catalog_free (CptStoredCatalog *catalog);

/* Reader. @binding and @pulled_at: of the one the caller has; then it is only told that this is
 * still the last. Result: (transfer full) CptStoredCatalog. */
CptStoreJob *cpt_store_load_catalog (gint64 binding, CptTime pulled_at);

typedef struct
{
  gboolean taken_over; /* this very reading */
  gboolean asks;       /* both sides held stock: nothing is sent until each line is answered */
  gint64 entries;
  gint64 differing;
} CptInventoryNews;

/* Writer. A whole inventory as just read. The first one of a binding is taken over, but for what
 * was set here before, which is asked about; with @follow every one is; else it is known only where
 * known was unknown, taken over for refs nobody has set here, and elsewhere theirs. Result:
 * (transfer full) CptInventoryNews (g_free). */
CptStoreJob *
cpt_store_apply_inventory (GPtrArray *entries, gboolean follow, CptStockMode mode, CptTime now);

/* --- To HubRise --- */

typedef enum
{
  CPT_STOCK_FATE_LOST,      /* perhaps processed: stays unknown */
  CPT_STOCK_FATE_CONFIRMED, /* HubRise holds it */
  CPT_STOCK_FATE_REFUSED,   /* not processed, and not sent again: see reason */
  CPT_STOCK_FATE_NOT_SENT,  /* not processed: as before */
  CPT_STOCK_FATE_PUT_OFF,   /* not processed, in bad company: as before, and owed */
} CptStockFate;

/* One ref on its way out. */
typedef struct
{
  gint64 stock;
  CptInventoryEntry *entry; /* (owned) as wanted */
  CptStockEntry before;     /* what was known before it left */
  CptStockFate fate;
  char *reason; /* (owned) (nullable) with REFUSED */
} CptStockChange;

void cpt_stock_change_free (CptStockChange *change);

/* What is not to leave yet, as long as it is still what is wanted. */
typedef struct
{
  gint64 stock;
  CptStockEntry wanted;
} CptStockDelay;

/* Writer. What differs from known and is neither refused nor one of @delays, copied, at most
 * @limit; its known becomes unknown in the same transaction. What turns out equal is no longer
 * looked at. @only_owed: nothing leaves by itself. Result: (transfer full) GPtrArray of
 * CptStockChange. */
CptStoreJob *cpt_store_leave_stock (guint limit,
                                    gboolean only_owed,
                                    GArray *delays,
                                    CptStockMode mode,
                                    CptTime now);
/* Writer. Every ref of the catalog, for a PUT; all of them become unknown. Same result. */
CptStoreJob *cpt_store_leave_all_stock (CptStockMode mode, CptTime now);
/* Writer. @changes: GPtrArray of CptStockChange, their fates set; ref'd: not to be changed any
 * more. Result: NULL. */
CptStoreJob *cpt_store_settle_stock (GPtrArray *changes);
/* Writer. Result: NULL. */
CptStoreJob *cpt_store_note_sync (gint64 differences, CptTime now);
/* Writer. Looks at everything again: the mode is another. Result: NULL. */
CptStoreJob *cpt_store_review_stock (void);
/* Writer. A person has refused entries tried again. Result: NULL. */
CptStoreJob *cpt_store_retry_stock (void);

/* --- Differences --- */

/* Reader. Every ref of the catalog whose entry on HubRise, as last known or read, is not the one
 * wanted. Result: (transfer full) GPtrArray of CptStockItem, its first item each. */
CptStoreJob *cpt_store_load_stock_differences (CptStockMode mode, CptTime now);
/* Writer. Of @rows (items; NULL: all of them): @ours: owed whatever was known; else theirs is taken
 * over. Result: NULL. */
CptStoreJob *
cpt_store_answer_stock_differences (GArray *rows, gboolean ours, CptStockMode mode, CptTime now);

/* Writer. Another till keeps the stock: what was changed here is as HubRise has it again. Result:
 * NULL. */
CptStoreJob *cpt_store_follow_stock (CptTime now);

/* --- The till's own changes --- */

/* Writer. @rows: items; those without a ref are passed over. NOT_ALLOWED when a number would be too
 * large: nothing was changed. Result: (transfer full) GArray of CptStockUndo, one a ref. */
CptStoreJob *cpt_store_edit_stock (const gint64 *rows, gsize n_rows, const CptStockEdit *edit);
/* Writer. Takes back what these changes did, and nothing that was done since. Same result. */
CptStoreJob *cpt_store_undo_stock (GArray *undos);
/* Writer. @keys: GPtrArray of CptInventoryEntry whose kind and ref count. Items by ref, for lists
 * from elsewhere; @edits: (element-type CptStockEdit) as many. Result: (transfer full) GArray of
 * gboolean: which of them were found and taken. */
CptStoreJob *cpt_store_edit_stock_by_ref (GPtrArray *keys, GArray *edits);
/* Writer. Makes active what was away until now. Result: (transfer full) gint64 (g_free): how many.
 */
CptStoreJob *cpt_store_wake_stock (CptTime now);
/* Writer. Makes active whatever is away until a time. Same result. */
CptStoreJob *cpt_store_reset_stock (void);
/* Writer, outside a transaction. Result: (transfer full) gint64 (g_free): a number that is another
 * after another process wrote to the database. */
CptStoreJob *cpt_store_look_for_others (void);

/* --- What the screen shows --- */

typedef enum
{
  CPT_STOCK_TAB_OUT,
  CPT_STOCK_TAB_AVAILABLE,
  CPT_STOCK_TAB_ALL,
} CptStockTab;

typedef struct
{
  CptStockTab tab;
  CptItemKind kind;
  char *category; /* (nullable) */
  char *text;     /* (nullable) what the user typed */
  gboolean low;   /* only those at or under their threshold */
} CptStockQuery;

typedef struct
{
  gint64 out, available, all, low; /* of the kind, by the other filters */
  gint64 skus, options;            /* of the tab, by the other filters but the category */
} CptStockCounts;

/* Reader. Copies *@query. Result: (transfer full) GArray of gint64 items in the catalog's order. */
CptStoreJob *cpt_store_list_stock (const CptStockQuery *query, CptTime now);
/* Reader. Result: (transfer full) CptStockCounts (g_free). */
CptStoreJob *cpt_store_count_stock (const CptStockQuery *query, CptTime now);
/* Reader. Result: (transfer full) GPtrArray of CptStockItem, those that exist, in the order asked.
 */
CptStoreJob *
cpt_store_load_stock_items (const gint64 *rows, gsize n_rows, CptStockMode mode, CptTime now);
/* Reader. Every item of the catalog, for an export. Same result. */
CptStoreJob *cpt_store_load_all_stock_items (CptStockMode mode, CptTime now);
/* Reader. Items that left the catalog, with what the till held of them. Same result. */
CptStoreJob *cpt_store_load_gone_stock_items (CptStockMode mode, CptTime now);
/* Reader. Result: (transfer full) GStrv in the catalog's order. */
CptStoreJob *cpt_store_list_stock_categories (CptItemKind kind);

/* --- The ledger --- */

/* An order as it is stored. */
typedef struct
{
  gint64 row;
  char *id;         /* (owned) (nullable) */
  GBytes *document; /* (owned) */
} CptLedgerOrder;

void cpt_ledger_order_free (CptLedgerOrder *order);

/* One line of an order, or one option of it. */
typedef struct
{
  char *line; /* (owned) its key within the order */
  CptItemKind kind;
  char *ref;       /* (owned) */
  gint64 quantity; /* thousandths */
  gboolean deleted;
} CptLedgerLine;

void cpt_ledger_line_free (CptLedgerLine *line);

/* Reader. Orders held against the catalog: the newest first, at most @limit. Result: (transfer
 * full) GPtrArray of CptLedgerOrder. */
CptStoreJob *cpt_store_load_recent_orders (CptTime since, guint limit);
/* Reader. @keys: GPtrArray of CptInventoryEntry whose kind and ref count. Result: (transfer full)
 * (nullable) GPtrArray of CptStockItem; NULL while no catalog was read. */
CptStoreJob *cpt_store_load_items_by_ref (GPtrArray *keys);

/* What a document says is for others to read, on the writer. @id: (nullable). Returns: (transfer
 * full) GPtrArray of CptLedgerLine, never NULL. */
typedef GPtrArray *(*CptLedgerReader) (GBytes *document, const char *id);

/* Writer. Forgets those there is nothing to do about. Result: (transfer full) GArray of gint64: the
 * rows of orders to book, at most @limit. */
CptStoreJob *cpt_store_load_ledger_due (guint limit);
/* Writer. Books each line of the order once, puts back once what is deleted or ended, and is done
 * with it. Result: NULL. */
CptStoreJob *cpt_store_book (gint64 row, CptLedgerReader reader);
/* Writer. Nothing is due: deduction is off. Result: NULL. */
CptStoreJob *cpt_store_skip_ledger (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStockChange, cpt_stock_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptLedgerOrder, cpt_ledger_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptLedgerLine, cpt_ledger_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStoredCatalog, cpt_stored_catalog_free)

G_END_DECLS
