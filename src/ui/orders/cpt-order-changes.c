/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others changed in an order since somebody here saw it. Pure, any thread. */
#include "cpt-order-changes.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const CptOrder *seen, *now;
  GTimeZone *zone; /* (nullable) */
  GPtrArray *list; /* (element-type CptOrderChange) */
} Changes;

static void
change_free (gpointer data)
{
  CptOrderChange *change = data;

  g_free (change->text);
  g_free (change);
}

/* @text: (transfer full) */
static void
add (Changes *changes, CptChangeKind kind, const CptOrderItem *item, char *text)
{
  CptOrderChange *change = g_new0 (CptOrderChange, 1);

  change->kind = kind;
  change->item = item;
  change->text = text;
  g_ptr_array_add (changes->list, change);
}

/* --- Items --- */

static void
append_options (GString *text, const CptOrderItem *item)
{
  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];

      g_string_append (text, i == 0 ? " (" : ", ");
      if (option->removed)
        /* TRANSLATORS: before an option the customer does not want: "without Olives". */
        g_string_append_printf (text, "%s ", _ ("without"));
      if (option->quantity != 1)
        g_string_append_printf (text, "%" G_GINT64_FORMAT " × ", option->quantity);
      g_string_append (text, option->name != NULL ? option->name : "?");
    }
  if (item->options->len > 0)
    g_string_append_c (text, ')');
}

/* All that the kitchen works from: what differs here is another dish. */
static char *
describe (const CptOrderItem *item)
{
  g_autofree char *quantity = cpt_decimal_format (item->quantity);
  g_autoptr (GString) text = g_string_new (quantity);

  g_string_append (text, quantity[0] != '\0' ? " × " : "");
  g_string_append (text, item->product_name != NULL ? item->product_name
                         : item->sku_ref != NULL    ? item->sku_ref
                                                    : "?");
  if (item->sku_name != NULL && item->sku_name[0] != '\0')
    g_string_append_printf (text, ", %s", item->sku_name);
  append_options (text, item);
  if (item->customer_notes == NULL || item->customer_notes[0] == '\0')
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_string_append_c (text, ' ');
  /* TRANSLATORS: quotation marks around somebody's own words. */
  g_string_append_printf (text, C_ ("quotation", "“%s”"), item->customer_notes);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* By its id; without one by its place. */
static const CptOrderItem *
find_same (const CptOrder *order, const CptOrderItem *item, guint at)
{
  for (guint i = 0; item->id != NULL && i < order->items->len; i++)
    {
      const CptOrderItem *other = order->items->pdata[i];

      if (g_strcmp0 (other->id, item->id) == 0)
        return other;
    }
  return item->id == NULL && at < order->items->len ? order->items->pdata[at] : NULL;
}

static gboolean
counts (const CptOrderItem *item)
{
  return item != NULL && !item->deleted;
}

static void
compare_item (Changes *changes, const CptOrderItem *before, const CptOrderItem *after)
{
  g_autofree char *was = before != NULL ? describe (before) : NULL;
  g_autofree char *is = after != NULL ? describe (after) : NULL;

  if (!counts (before) && counts (after))
    /* TRANSLATORS: what another did to an order; %s is an item. */
    add (changes, CPT_CHANGE_ADDED, after, g_strdup_printf (_ ("Added: %s"), is));
  else if (counts (before) && !counts (after))
    /* TRANSLATORS: what another did to an order; %s is an item. */
    add (changes, CPT_CHANGE_REMOVED, after, g_strdup_printf (_ ("Removed: %s"), was));
  else if (counts (before) && g_strcmp0 (was, is) != 0)
    /* TRANSLATORS: what another did to an order; 1: an item before, 2: the same item now. */
    add (changes, CPT_CHANGE_OTHER, after, g_strdup_printf (_ ("Changed: %1$s → %2$s"), was, is));
}

static void
compare_items (Changes *changes)
{
  for (guint i = 0; i < changes->seen->items->len; i++)
    {
      const CptOrderItem *before = changes->seen->items->pdata[i];

      compare_item (changes, before, find_same (changes->now, before, i));
    }
  for (guint i = 0; i < changes->now->items->len; i++)
    {
      const CptOrderItem *after = changes->now->items->pdata[i];

      if (find_same (changes->seen, after, i) == NULL)
        compare_item (changes, NULL, after);
    }
}

/* --- The rest --- */

static const char *
or_nothing (const char *text)
{
  /* TRANSLATORS: instead of a note or a time that is not there. */
  return text != NULL && text[0] != '\0' ? text : C_ ("change", "nothing");
}

static void
compare_text (Changes *changes, const char *name, const char *before, const char *after)
{
  if (g_strcmp0 (before != NULL ? before : "", after != NULL ? after : "") == 0)
    return;
  /* TRANSLATORS: what another changed. 1: its name ("Table"), 2: before, 3: now. */
  add (changes, CPT_CHANGE_OTHER, NULL,
       g_strdup_printf (_ ("%1$s: %2$s → %3$s"), name, or_nothing (before), or_nothing (after)));
}

static void
compare_time (Changes *changes, const char *name, CptTime before, CptTime after)
{
  g_autofree char *was =
      before != CPT_TIME_NONE ? cpt_time_format_full (before, changes->zone) : NULL;
  g_autofree char *is = after != CPT_TIME_NONE ? cpt_time_format_full (after, changes->zone) : NULL;

  compare_text (changes, name, was, is);
}

static const char *
service_of (const CptOrder *order)
{
  return order->service_type != CPT_SERVICE_UNKNOWN ? cpt_service_type_label (order->service_type)
                                                    : order->service_type_text;
}

static void
compare_total (Changes *changes)
{
  CptOrderBalance before = { 0 }, after = { 0 };
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  cpt_order_get_balance (changes->seen, &before);
  cpt_order_get_balance (changes->now, &after);
  was = cpt_money_format (before.total);
  is = cpt_money_format (after.total);
  compare_text (changes, _ ("Total"), was, is);
}

/**
 * cpt_order_changes_new:
 * @seen: how it was
 * @now: how it is, which must outlive the result
 * @zone: (nullable): the location's
 *
 * Returns: (transfer full) (element-type CptOrderChange): what differs, items first; empty when it
 *   cannot be said because one of them was not understood
 */
GPtrArray *
cpt_order_changes_new (const CptOrder *seen, const CptOrder *now, GTimeZone *zone)
{
  Changes changes = { seen, now, zone, g_ptr_array_new_with_free_func (change_free) };

  if (seen->raw_reason != NULL || now->raw_reason != NULL)
    return changes.list;
  compare_items (&changes);
  compare_time (&changes, _ ("Wanted for"), seen->expected_time, now->expected_time);
  compare_text (&changes, _ ("Service"), service_of (seen), service_of (now));
  compare_text (&changes, _ ("Table"), seen->table_name, now->table_name);
  compare_text (&changes, _ ("The customer says"), seen->customer_notes, now->customer_notes);
  compare_total (&changes);
  return changes.list;
}

/**
 * cpt_order_changes_find:
 * @changes: (nullable)
 *
 * Returns: (transfer none) (nullable): what happened to @item, NULL for nothing
 */
const CptOrderChange *
cpt_order_changes_find (GPtrArray *changes, const CptOrderItem *item)
{
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const CptOrderChange *change = changes->pdata[i];

      if (change->item == item)
        return change;
    }
  return NULL;
}
