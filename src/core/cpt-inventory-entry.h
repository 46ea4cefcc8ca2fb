/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HubRise's inventory holds for one ref; plain values, any thread. */
#pragma once

#include <glib.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

/* The refs of skus and of options are two name spaces. */
typedef enum
{
  CPT_ITEM_SKU = 0,
  CPT_ITEM_OPTION = 1,
} CptItemKind;

const char *cpt_item_kind_to_string (CptItemKind kind);
gboolean cpt_item_kind_parse (const char *text, CptItemKind *kind);

typedef enum
{
  CPT_ENTRY_NONE = 0, /* no entry: unlimited */
  CPT_ENTRY_THERE = 1,
  CPT_ENTRY_UNKNOWN = 2, /* a request left and its reply was not seen, or nothing was ever read */
} CptEntryState;

typedef struct
{
  CptEntryState state;
  gint64 thousandths;
  CptTime expires_at; /* only with 0: HubRise drops the entry then; else CPT_TIME_NONE */
} CptStockEntry;

#define CPT_STOCK_ENTRY_NONE    ((CptStockEntry){ CPT_ENTRY_NONE, 0, CPT_TIME_NONE })
#define CPT_STOCK_ENTRY_UNKNOWN ((CptStockEntry){ CPT_ENTRY_UNKNOWN, 0, CPT_TIME_NONE })

CptStockEntry cpt_stock_entry (gint64 thousandths, CptTime expires_at);
gboolean cpt_stock_entry_equal (CptStockEntry a, CptStockEntry b, CptTime now);
char *cpt_stock_entry_dup_stock (CptStockEntry self);

/* One line of an inventory, in or out. */
typedef struct
{
  CptItemKind kind;
  char *ref; /* (owned) */
  CptStockEntry entry;
} CptInventoryEntry;

CptInventoryEntry *cpt_inventory_entry_new (CptItemKind kind, const char *ref, CptStockEntry entry);
void cpt_inventory_entry_free (CptInventoryEntry *self);
GPtrArray *cpt_inventory_new (void);
/* What isolating a refused request works with: the index of an entry and why it was refused. */
typedef struct
{
  guint index;
  char *reason; /* (owned) */
} CptInventoryRefusal;

void cpt_inventory_refusal_free (CptInventoryRefusal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptInventoryEntry, cpt_inventory_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptInventoryRefusal, cpt_inventory_refusal_free)

G_END_DECLS
