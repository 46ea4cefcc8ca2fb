/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet's items with their deals, and what all of it costs. Pure, any thread. */
#include "cpt-order-sheet-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-outbox-rule.h"
#include "cpt-ref-check.h"

static char *
quantity_text (const CptOrderItem *item)
{
  g_autofree char *quantity = cpt_decimal_format (item->quantity);

  return quantity[0] != '\0' ? g_strdup_printf ("%s ×", quantity) : g_strdup ("");
}

static char *
item_text (const CptOrderItem *item)
{
  g_autofree char *quantity = quantity_text (item);
  const char *name = cpt_sheet_is_set (item->product_name) ? item->product_name
                     : cpt_sheet_is_set (item->sku_ref)    ? item->sku_ref
                                                           : "?";

  if (!cpt_sheet_is_set (item->sku_name))
    return g_strdup_printf ("%s %s", quantity, name);
  return g_strdup_printf ("%s %s, %s", quantity, name, item->sku_name);
}

/* Said, never refused: what the catalog of this till does not know, or sells at another price. */
static void
add_verdict (CptSheet *sheet, CptItemKind kind, const char *ref, CptMoney asked)
{
  CptMoney price = { 0 };
  CptRefVerdict verdict = cpt_ref_judge (sheet->items, kind, ref, asked, &price);
  g_autofree char *amount = cpt_money_format (price);
  g_autofree char *words = NULL;

  if (verdict == CPT_REF_UNKNOWN)
    /* TRANSLATORS: an item of an order has a code (ref) that the catalog does not have; %s: it */
    words = g_strdup_printf (_ ("⚠ %s is not in the catalog"), ref);
  else if (verdict == CPT_REF_OTHER_PRICE)
    /* TRANSLATORS: an item of an order has another price than in the catalog; %s: the catalog's */
    words = g_strdup_printf (_ ("⚠ another price than in the catalog, %s"), amount);
  if (words != NULL)
    cpt_sheet_add (sheet, CPT_SHEET_DETAIL, words, NULL);
}

static void
add_option (CptSheet *sheet, const CptOrderOption *option)
{
  g_autofree char *price = cpt_money_format (option->price);
  g_autoptr (GString) text = g_string_new (option->removed ? NULL : "+ ");

  if (option->removed)
    /* TRANSLATORS: before an option the customer does not want: "without Olives". */
    g_string_append_printf (text, "%s ", _ ("without"));
  if (option->quantity != 1)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " × ", option->quantity);
  if (cpt_sheet_is_set (option->list_name))
    /* TRANSLATORS: between the name of a list of options and the option: "Sauce: Barbecue". */
    g_string_append_printf (text, C_ ("option", "%s: "), option->list_name);
  g_string_append (text, option->name != NULL ? option->name : "");
  if (price[0] != '\0')
    g_string_append_printf (text, " · %s", price);
  if (cpt_sheet_is_set (option->ref))
    g_string_append_printf (text, " · %s", option->ref);
  cpt_sheet_add (sheet, option->removed ? CPT_SHEET_REMOVED : CPT_SHEET_DETAIL, text->str, NULL);
  if (!option->removed)
    add_verdict (sheet, CPT_ITEM_OPTION, option->ref, option->price);
}

static void append_part (GString *text, const char *value, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Nothing where there is no @value. */
static void
append_part (GString *text, const char *value, const char *format, ...)
{
  va_list args;

  if (!cpt_sheet_is_set (value))
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

/* A number as people of this language write it; what is no number stays as it is. */
static char *
local_decimal (const char *text)
{
  CptDecimal decimal = { 0 };

  return cpt_decimal_parse (text, &decimal) ? cpt_decimal_format (decimal) : g_strdup (text);
}

static char *
local_money (const char *text)
{
  CptMoney money = { 0 };

  return cpt_money_parse (text, &money) ? cpt_money_format (money) : g_strdup (text);
}

static void
append_points (GString *text, const CptOrderItem *item)
{
  g_autofree char *earned = local_decimal (item->points_earned);
  g_autofree char *used = local_decimal (item->points_used);

  append_part (text, earned, _ ("earns %s points"), earned);
  append_part (text, used, _ ("uses %s points"), used);
}

/* The words of HubRise's own deals; another one stays the ordering site's. */
static const struct
{
  const char *word;
  const char *label;
} effects[] = {
  /* TRANSLATORS: what a deal makes of an item's price; an amount may follow. */
  { "unchanged", NC_ ("deal", "price unchanged") },
  { "fixed_price", NC_ ("deal", "fixed price") },
  { "price_off", NC_ ("deal", "price off") },
  { "percentage_off", NC_ ("deal", "percentage off") },
};

static const char *
effect_label (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (effects); i++)
    if (g_strcmp0 (word, effects[i].word) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "deal", effects[i].label);
  return word;
}

/* What the item's deal makes of it. */
static void
append_deal (GString *text, const CptOrderItem *item)
{
  g_autofree char *value = local_money (item->deal_pricing_value);

  append_part (text, item->deal_label, "%s", item->deal_label);
  append_part (text, item->deal_pricing_effect, "%s", effect_label (item->deal_pricing_effect));
  append_part (text, value, "%s", value);
}

/* What only a bookkeeper asks for, on one line. */
static void
add_item_facts (CptSheet *sheet, const CptOrderItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *price = cpt_money_format (item->price);
  g_autofree char *tax = local_decimal (item->tax_rate);

  /* TRANSLATORS: facts about an item of an order, each with its value. */
  append_part (text, price, _ ("%s each"), price);
  append_part (text, item->sku_ref, _ ("ref %s"), item->sku_ref);
  append_part (text, tax, _ ("tax %s"), tax);
  append_points (text, item);
  append_part (text, item->private_ref, _ ("own ref %s"), item->private_ref);
  append_part (text, item->id, _ ("id %s"), item->id);
  append_deal (text, item);
  if (text->len > 0)
    cpt_sheet_add (sheet, CPT_SHEET_DETAIL, text->str, NULL);
}

/* Struck through, and said: not everybody sees a line through a text. */
static void
add_deleted (CptSheet *sheet, const char *text, const char *amount)
{
  /* TRANSLATORS: an item, a discount, a charge or a payment that was taken back; 1: its name,
   * 2: its amount. */
  g_autofree char *line = g_strdup_printf (_ ("%1$s   %2$s · removed"), text, amount);

  cpt_sheet_add (sheet, CPT_SHEET_REMOVED, line, NULL);
}

/* Struck through like what is deleted: for the kitchen it is. */
static void
add_missing (CptSheet *sheet, const char *text, const char *amount)
{
  gboolean here = sheet->row != NULL && sheet->row->id == NULL;
  /* TRANSLATORS: an item that was said to be missing; 1: its name, 2: its amount. */
  g_autofree char *line = g_strdup_printf (here ? _ ("%1$s   %2$s · missing")
                                                : _ ("%1$s   %2$s · missing, not sent yet"),
                                           text, amount);

  cpt_sheet_add (sheet, CPT_SHEET_REMOVED, line, NULL);
}

static gboolean
can_be_missing (CptSheet *sheet, const CptOrderItem *item)
{
  const CptOrderRow *row = sheet->row;

  return row != NULL && item->id != NULL && !row->foreign && !row->handled_elsewhere &&
         row->send != CPT_SEND_HELD && cpt_order_status_takes_missing (row->status);
}

static void
add_live (CptSheet *sheet, const CptOrderItem *item, const char *text, const char *amount)
{
  CptSheetLine *line = cpt_sheet_add (sheet, CPT_SHEET_ITEM, text, amount);
  const CptOrderChange *change = cpt_order_changes_find (sheet->changes, item);

  if (can_be_missing (sheet, item))
    line->item = g_strdup (item->id);
  if (change != NULL)
    /* TRANSLATORS: beside an item that another added to the order, or changed. */
    line->mark =
        g_strdup (change->kind == CPT_CHANGE_ADDED ? C_ ("item", "new") : C_ ("item", "changed"));
}

static void
add_item (CptSheet *sheet, const CptOrderItem *item)
{
  g_autofree char *text = item_text (item);
  g_autofree char *amount = NULL;
  CptMoney subtotal = item->subtotal;

  if (subtotal.state == CPT_AMOUNT_ABSENT)
    cpt_order_item_compute_subtotal (item, &subtotal);
  amount = cpt_money_format (subtotal);
  if (item->deleted)
    add_deleted (sheet, text, amount);
  else if (cpt_outbox_has_deletion (sheet->outbox, item->id))
    add_missing (sheet, text, amount);
  else
    add_live (sheet, item, text, amount);
  for (guint i = 0; i < item->options->len; i++)
    add_option (sheet, item->options->pdata[i]);
  cpt_sheet_add_set (sheet, CPT_SHEET_NOTE, NULL, item->customer_notes);
  add_item_facts (sheet, item);
  if (!item->deleted)
    add_verdict (sheet, CPT_ITEM_SKU, item->sku_ref, item->price);
}

static void
add_deal (CptSheet *sheet, const CptOrderDeal *deal)
{
  const CptOrder *order = sheet->order;
  g_autoptr (GString) facts = g_string_new (NULL);

  cpt_sheet_add (sheet, CPT_SHEET_STRONG, deal->name != NULL ? deal->name : deal->key, NULL);
  append_part (facts, deal->ref, _ ("ref %s"), deal->ref);
  append_part (facts, deal->key, _ ("deal %s"), deal->key);
  cpt_sheet_add (sheet, CPT_SHEET_DETAIL, facts->str, NULL);
  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = order->items->pdata[i];

      if (g_strcmp0 (item->deal_key, deal->key) == 0)
        add_item (sheet, item);
    }
}

static gboolean
is_in_deal (const CptOrder *order, const CptOrderItem *item)
{
  for (guint i = 0; i < order->deals->len; i++)
    if (g_strcmp0 (((const CptOrderDeal *)order->deals->pdata[i])->key, item->deal_key) == 0)
      return TRUE;
  return FALSE;
}

/**
 * cpt_sheet_write_items:
 *
 * Items of a deal stand together under its name.
 */
void
cpt_sheet_write_items (CptSheet *sheet)
{
  const CptOrder *order = sheet->order;

  cpt_sheet_add (sheet, CPT_SHEET_SECTION, NULL, NULL);
  for (guint i = 0; i < order->deals->len; i++)
    add_deal (sheet, order->deals->pdata[i]);
  for (guint i = 0; i < order->items->len; i++)
    if (!is_in_deal (order, order->items->pdata[i]))
      add_item (sheet, order->items->pdata[i]);
  if (order->items->len == 0)
    cpt_sheet_add (sheet, CPT_SHEET_TEXT, _ ("No items"), NULL);
}

static void
add_line_facts (CptSheet *sheet, const CptOrderLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *tax = local_decimal (line->tax_rate);

  append_part (text, line->ref, _ ("ref %s"), line->ref);
  append_part (text, tax, _ ("tax %s"), tax);
  append_part (text, line->private_ref, _ ("own ref %s"), line->private_ref);
  append_part (text, line->id, _ ("id %s"), line->id);
  for (guint i = 0; line->info != NULL && i < line->info->len; i++)
    {
      const CptField *field = line->info->pdata[i];
      g_autofree char *part = g_strdup_printf ("%s: %s", field->path, field->text);

      append_part (text, part, "%s", part);
    }
  if (text->len > 0)
    cpt_sheet_add (sheet, CPT_SHEET_DETAIL, text->str, NULL);
}

static void
add_lines (CptSheet *sheet, GPtrArray *lines, const char *unnamed, const char *sign)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptOrderLine *line = lines->pdata[i];
      const char *name = cpt_sheet_is_set (line->name) ? line->name : unnamed;
      g_autofree char *amount = cpt_money_format (line->amount);
      g_autofree char *value = g_strconcat (sign, amount, NULL);

      if (line->deleted)
        add_deleted (sheet, name, value);
      else
        cpt_sheet_add (sheet, CPT_SHEET_LINE, name, value);
      add_line_facts (sheet, line);
    }
}

static void
add_refused_payment (CptSheet *sheet, const CptOutboxEntry *entry, const char *amount)
{
  /* TRANSLATORS: 1: a way to pay (Cash), 2: an amount. */
  g_autofree char *text =
      g_strdup_printf (_ ("%1$s %2$s was not taken by HubRise"), entry->name, amount);

  cpt_sheet_add (sheet, CPT_SHEET_WARNING, text, entry->reason);
}

/* Payments taken here that the document does not hold. */
static void
add_own_payment (CptSheet *sheet, const CptOutboxEntry *entry)
{
  g_autofree char *amount = cpt_money_format (entry->amount);
  g_autofree char *text = NULL;

  if (entry->kind != CPT_OUTBOX_PAYMENT || cpt_order_has_payment (sheet->order, entry->private_ref))
    return;
  if (entry->state == CPT_STEP_REFUSED)
    {
      add_refused_payment (sheet, entry, amount);
      return;
    }
  text = g_strdup_printf (entry->state == CPT_STEP_LOCAL
                              /* TRANSLATORS: %s is a way to pay (Cash). */
                              ? _ ("%s · stays at this till")
                              /* TRANSLATORS: %s is a way to pay (Cash). */
                              : _ ("%s · not sent yet"),
                          entry->name);
  cpt_sheet_add (sheet, CPT_SHEET_LINE, text, amount);
}

static void
add_own_payments (CptSheet *sheet)
{
  for (guint i = 0; sheet->outbox != NULL && i < sheet->outbox->len; i++)
    add_own_payment (sheet, sheet->outbox->pdata[i]);
}

static void
add_due (CptSheet *sheet, const CptOrderBalance *balance)
{
  CptMoney back = balance->due;

  if (balance->due.state != CPT_AMOUNT_KNOWN)
    {
      cpt_sheet_add (sheet, CPT_SHEET_WARNING, _ ("What is left to pay is not known"),
                     balance->reason);
      return;
    }
  back.minor = -back.minor;
  if (balance->due.minor < 0)
    cpt_sheet_add_money (sheet, CPT_SHEET_TOTAL, _ ("To refund"), back);
  else if (balance->due.minor > 0)
    cpt_sheet_add_money (sheet, CPT_SHEET_TOTAL, _ ("Left to pay"), balance->due);
  else
    cpt_sheet_add (sheet, CPT_SHEET_LINE, _ ("Nothing left to pay"), "✓");
}

/**
 * cpt_sheet_write_money:
 *
 * Discounts and charges, the total, payments and what is left.
 */
void
cpt_sheet_write_money (CptSheet *sheet)
{
  const CptOrder *order = sheet->order;
  CptOrderBalance balance = { 0 };

  cpt_order_get_balance_with (order, sheet->outbox, &balance);
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, NULL, NULL);
  add_lines (sheet, order->discounts, _ ("Discount"), "\u2212");
  add_lines (sheet, order->charges, _ ("Charge"), "");
  cpt_sheet_add_money (sheet, CPT_SHEET_TOTAL,
                       balance.calculated ? _ ("Total (calculated)") : _ ("Total"), balance.total);
  add_lines (sheet, order->payments, _ ("Payment"), "");
  add_own_payments (sheet);
  add_due (sheet, &balance);
}
