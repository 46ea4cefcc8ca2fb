/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock between the database and HubRise: reads catalog and inventory, sends what differs, one
 * request after the other, and decides when. Main thread only. */
#pragma once

#include "cpt-link.h"
#include "cpt-store-stock-jobs.h"

G_BEGIN_DECLS

#define CPT_TYPE_STOCK_SYNC (cpt_stock_sync_get_type ())
G_DECLARE_FINAL_TYPE (CptStockSync, cpt_stock_sync, CPT, STOCK_SYNC, GObject)

typedef enum
{
  CPT_STOCK_IDLE,
  CPT_STOCK_PULLING,      /* reads the catalog */
  CPT_STOCK_READING,      /* reads the inventory */
  CPT_STOCK_SENDING,      /* sends what changed */
  CPT_STOCK_REPLACING,    /* sends the whole inventory */
  CPT_STOCK_READING_BACK, /* proves it */
} CptStockActivity;

/* Signals: "changed" (): what a list of stock shows is new; "state-changed" (): get_state,
 * get_activity or get_trouble is new. */

/* On disk while a catalog that is known to be another one has not been read. */
#define CPT_CATALOG_DUE_KEY "catalog-pull-due"

CptStockSync *cpt_stock_sync_new (CptLink *link, GSettings *settings);
/* There is a line and a binding. @connected: just made, so that the catalog is read as well. */
void cpt_stock_sync_start (CptStockSync *self, gboolean connected);
/* The line is gone; the list stays. */
void cpt_stock_sync_rest (CptStockSync *self);
void cpt_stock_sync_stop (CptStockSync *self);

const CptStockState *cpt_stock_sync_get_state (CptStockSync *self);
CptStockActivity cpt_stock_sync_get_activity (CptStockSync *self);
/* (nullable) why stock cannot be brought up to date, translated */
const char *cpt_stock_sync_get_trouble (CptStockSync *self);
CptStockMode cpt_stock_sync_get_mode (CptStockSync *self);

/* Another binding is current: its stock is shown, and nothing of the old one's counts. */
void cpt_stock_sync_note_place (CptStockSync *self);
/* Somebody changed stock: shown at once, on its way within a second. */
void cpt_stock_sync_note_change (CptStockSync *self);
/* HubRise has another catalog, another inventory. */
void cpt_stock_sync_note_catalog (CptStockSync *self);
void cpt_stock_sync_note_inventory (CptStockSync *self);
/* An order changed: it may take something off the stock. */
void cpt_stock_sync_note_orders (CptStockSync *self);
/* Other programs are looked for, waiting work is tried again. */
void cpt_stock_sync_wake (CptStockSync *self);
/* The network is back: pauses end. */
void cpt_stock_sync_retry_now (CptStockSync *self);

/* Reads catalog and inventory. */
void cpt_stock_sync_pull_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data);
gboolean cpt_stock_sync_pull_finish (CptStockSync *self, GAsyncResult *result, GError **error);
/* Reads the inventory. Result: (transfer full) (element-type CptStockItem): every difference. */
void cpt_stock_sync_compare_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data);
/* Replaces the whole inventory and reads it back. Same result: empty when proved equal. */
void cpt_stock_sync_replace_async (CptStockSync *self, GAsyncReadyCallback callback, gpointer data);
/* For both. */
GPtrArray *cpt_stock_sync_compare_finish (CptStockSync *self, GAsyncResult *result, GError **error);

G_END_DECLS
