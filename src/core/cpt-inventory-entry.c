/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HubRise's inventory holds for one ref; plain values, any thread. */
#include "cpt-inventory-entry.h"

#include "cpt-decimal.h"

/**
 * cpt_item_kind_to_string:
 *
 * Returns: (transfer none): the machine word: "sku" or "option"
 */
const char *
cpt_item_kind_to_string (CptItemKind kind)
{
  return kind == CPT_ITEM_OPTION ? "option" : "sku";
}

/**
 * cpt_item_kind_parse:
 * @text: (nullable)
 * @kind: (out): untouched when FALSE is returned
 */
gboolean
cpt_item_kind_parse (const char *text, CptItemKind *kind)
{
  if (g_strcmp0 (text, "sku") == 0)
    *kind = CPT_ITEM_SKU;
  else if (g_strcmp0 (text, "option") == 0)
    *kind = CPT_ITEM_OPTION;
  else
    return FALSE;
  return TRUE;
}

/**
 * cpt_stock_entry:
 * @thousandths: zero or more
 * @expires_at: with 0 only, else CPT_TIME_NONE
 *
 * Returns: an entry that stands there
 */
CptStockEntry
cpt_stock_entry (gint64 thousandths, CptTime expires_at)
{
  return (CptStockEntry){ CPT_ENTRY_THERE, thousandths,
                          thousandths == 0 ? expires_at : CPT_TIME_NONE };
}

/* HubRise drops an entry at its time, told or not. */
static CptEntryState
state_at (CptStockEntry self, CptTime now)
{
  if (self.state == CPT_ENTRY_THERE && self.expires_at != CPT_TIME_NONE && self.expires_at <= now)
    return CPT_ENTRY_NONE;
  return self.state;
}

/* Times are written without a fraction: one that came with it, once sent, is back without it. */
static gboolean
is_same_second (CptTime a, CptTime b)
{
  return a / CPT_SECOND == b / CPT_SECOND;
}

/**
 * cpt_stock_entry_equal:
 * @now: an entry whose time is over counts as none
 *
 * Compared as instants, to the second, and thousandths. Unknown equals nothing, not even unknown.
 */
gboolean
cpt_stock_entry_equal (CptStockEntry a, CptStockEntry b, CptTime now)
{
  CptEntryState state = state_at (a, now);

  if (state == CPT_ENTRY_UNKNOWN || state != state_at (b, now))
    return FALSE;
  return state == CPT_ENTRY_NONE ||
         (a.thousandths == b.thousandths && is_same_second (a.expires_at, b.expires_at));
}

/**
 * cpt_stock_entry_dup_stock:
 *
 * Returns: (transfer full) (nullable): the text HubRise reads, "0" or "12.5"; NULL for no entry
 */
char *
cpt_stock_entry_dup_stock (CptStockEntry self)
{
  if (self.state != CPT_ENTRY_THERE)
    return NULL;
  return cpt_decimal_to_string (cpt_decimal (self.thousandths));
}

CptInventoryEntry *
cpt_inventory_entry_new (CptItemKind kind, const char *ref, CptStockEntry entry)
{
  CptInventoryEntry *self = g_new0 (CptInventoryEntry, 1);

  self->kind = kind;
  self->ref = g_strdup (ref);
  self->entry = entry;
  return self;
}

void
cpt_inventory_entry_free (CptInventoryEntry *self)
{
  g_free (self->ref);
  g_free (self);
}

/**
 * cpt_inventory_new:
 *
 * Returns: (transfer full) (element-type CptInventoryEntry): an empty inventory
 */
GPtrArray *
cpt_inventory_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_inventory_entry_free);
}

void
cpt_inventory_refusal_free (CptInventoryRefusal *self)
{
  g_free (self->reason);
  g_free (self);
}
