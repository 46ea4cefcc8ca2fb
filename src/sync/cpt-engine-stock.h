/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window and the command line ask of the engine about stock. The engine's signal
 * "stock-changed" says that rows look different, "stock-state-changed" that get_stock_state or
 * get_stock_activity is new. Main thread only; everything that waits is asynchronous. */
#pragma once

#include "cpt-engine.h"
#include "cpt-ref-check.h"
#include "cpt-stock-csv.h"
#include "cpt-stock-item.h"
#include "cpt-stock-rule.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_ENGINE_STOCK_IDLE,
  CPT_ENGINE_STOCK_PULLING,
  CPT_ENGINE_STOCK_READING,
  CPT_ENGINE_STOCK_SENDING,
  CPT_ENGINE_STOCK_REPLACING,
  CPT_ENGINE_STOCK_READING_BACK,
} CptEngineStockActivity;

typedef struct
{
  CptEngineStockActivity activity;
  const char *trouble; /* (nullable) (transfer none) translated */
  gboolean ready;      /* catalog and inventory were read once */
  gboolean keeps;      /* this till keeps the stock */
  gboolean asks;       /* both sides held stock when bound: nothing is sent until it is answered */
  CptStockMode mode;
  CptTime pulled_at, compared_at, synced_at; /* or CPT_TIME_NONE */
  gint64 sync_differences;                   /* of the last full synchronisation */
  gint64 skus, options;
  gint64 waiting, refused, differing, low;
} CptEngineStock;

void cpt_engine_get_stock (CptEngine *self, CptEngineStock *stock);

typedef enum
{
  CPT_ENGINE_STOCK_OUT,
  CPT_ENGINE_STOCK_AVAILABLE,
  CPT_ENGINE_STOCK_ALL,
} CptEngineStockTab;

typedef struct
{
  CptEngineStockTab tab;
  CptItemKind kind;
  const char *category; /* (nullable) */
  const char *text;     /* (nullable) */
  gboolean low;         /* only those at or under their threshold */
} CptEngineStockQuery;

typedef struct
{
  gint64 out, available, all, low; /* of the kind */
  gint64 skus, options;            /* of the tab */
} CptEngineStockCounts;

/* Result: (transfer full) GArray of gint64 rows in the order to show. */
void cpt_engine_list_stock_async (CptEngine *self,
                                  const CptEngineStockQuery *query,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GArray *cpt_engine_list_stock_finish (CptEngine *self, GAsyncResult *result, GError **error);
void cpt_engine_count_stock_async (CptEngine *self,
                                   const CptEngineStockQuery *query,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean cpt_engine_count_stock_finish (CptEngine *self,
                                        GAsyncResult *result,
                                        CptEngineStockCounts *counts,
                                        GError **error);
/* Result: (transfer full) GPtrArray of CptStockItem, those that exist, in the order asked. */
void cpt_engine_load_stock_async (CptEngine *self,
                                  const gint64 *rows,
                                  gsize n_rows,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* Every item of the catalog. Same result. */
void cpt_engine_load_all_stock_async (CptEngine *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
/* Those that left the catalog, with what the till held of them. Same result. */
void cpt_engine_load_gone_stock_async (CptEngine *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
/* Every difference as last read. Same result. */
void cpt_engine_load_stock_differences_async (CptEngine *self,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer data);
/* For the four above, for compare and synchronise. */
GPtrArray *cpt_engine_load_stock_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Result: (transfer full) GStrv. */
void cpt_engine_list_stock_categories_async (CptEngine *self,
                                             CptItemKind kind,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer data);
char **
cpt_engine_list_stock_categories_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* A person changes items. Finished when it is on disk. Result: (transfer full) what undo takes. */
void cpt_engine_edit_stock_async (CptEngine *self,
                                  const gint64 *rows,
                                  gsize n_rows,
                                  const CptStockEdit *edit,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
void cpt_engine_undo_stock_async (CptEngine *self,
                                  GArray *undo,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GArray *cpt_engine_edit_stock_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Refused entries are tried again. */
void cpt_engine_retry_stock (CptEngine *self);

/* Of @lines (element-type CptStockCsvLine): takes those without a problem, in one transaction; a
 * line whose ref the catalog does not have gets its problem then. Finished by act_finish. */
void cpt_engine_import_stock_async (CptEngine *self,
                                    GPtrArray *lines,
                                    GAsyncReadyCallback callback,
                                    gpointer data);

/* Reads catalog and inventory. Finished by act_finish. */
void cpt_engine_pull_catalog_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data);
/* Reads the inventory. Result by load_stock_finish: every difference. */
void cpt_engine_compare_stock_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data);
/* Replaces HubRise's whole inventory and reads it back. Result by load_stock_finish: each line that
 * still differs, none when it is proved equal. */
void
cpt_engine_synchronise_stock_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data);
/* Of @rows (NULL: all that differ): sends ours, or takes theirs over. Finished by act_finish. */
void cpt_engine_answer_stock_async (CptEngine *self,
                                    GArray *rows,
                                    gboolean ours,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
/* Refs of recent orders that the catalog does not know. Result: (transfer full) GPtrArray of
 * CptUnknownRef, the most frequent first. */
void cpt_engine_check_refs_async (CptEngine *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GPtrArray *cpt_engine_check_refs_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* When "tomorrow" begins for an item that is off today: the next opening, else the cut-off. */
CptTime cpt_engine_get_stock_tomorrow (CptEngine *self);
/* The first opening, or cut-off, after a time. */
CptTime cpt_engine_get_stock_opening (CptEngine *self, CptTime after);

G_END_DECLS
