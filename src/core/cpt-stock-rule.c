/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inventory rule: what of the till's stock HubRise is to hold. Pure, any thread. */
#include "cpt-stock-rule.h"

/**
 * cpt_stock_mode_parse:
 * @text: (nullable): the preference's word
 */
CptStockMode
cpt_stock_mode_parse (const char *text)
{
  return g_strcmp0 (text, "out-of-stock") == 0 ? CPT_STOCK_OUT_ONLY : CPT_STOCK_QUANTITIES;
}

/**
 * cpt_stock_rule:
 * @now: an item whose time to be back has come counts as active
 *
 * Not active: zero, with its end where it has one. Else managed: the quantity, never below zero;
 * in out-of-stock mode only when none is left. Else nothing.
 *
 * Returns: the entry HubRise is to hold. NONE is sent as a null only where something else is known
 *   to stand there.
 */
CptStockEntry
cpt_stock_rule (const CptStock *stock, CptStockMode mode, CptTime now)
{
  if (!cpt_stock_is_active (stock, now))
    return cpt_stock_entry (0, stock->back_on);
  if (stock->managed && stock->quantity <= 0)
    return cpt_stock_entry (0, CPT_TIME_NONE);
  if (stock->managed && mode == CPT_STOCK_QUANTITIES)
    return cpt_stock_entry (stock->quantity, CPT_TIME_NONE);
  return CPT_STOCK_ENTRY_NONE;
}

/**
 * cpt_stock_take_over:
 * @stock: what the till holds, changed to what @entry means
 *
 * The rule read backwards: zero with an end is INACTIF today, zero without is INACTIF until
 * somebody says, a number is managed with that number, no entry is for sale and not managed.
 */
void
cpt_stock_take_over (CptStock *stock, CptStockEntry entry, CptTime now)
{
  gboolean there = entry.state == CPT_ENTRY_THERE &&
                   (entry.expires_at == CPT_TIME_NONE || entry.expires_at > now);

  if (entry.state == CPT_ENTRY_UNKNOWN)
    return;
  stock->active = !there || entry.thousandths > 0;
  stock->back_on = stock->active ? CPT_TIME_NONE : entry.expires_at;
  if (!there)
    stock->managed = FALSE;
  else if (entry.thousandths > 0)
    {
      stock->managed = TRUE;
      stock->quantity = entry.thousandths;
    }
}
