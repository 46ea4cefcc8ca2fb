/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket's items with their deals, and what all of it costs. Pure, any thread. */
#include <glib/gi18n-lib.h>

#include "cpt-ticket-private.h"

/* Taken out of the order, there or here. */
static gboolean
is_gone (const CptTicketWriter *writer, const CptOrderItem *item)
{
  return item->deleted || cpt_outbox_has_deletion (writer->input->outbox, item->id);
}

static char *
item_text (const CptOrderItem *item)
{
  g_autofree char *quantity = cpt_decimal_format (item->quantity);
  const char *name = cpt_ticket_is_set (item->product_name) ? item->product_name
                     : cpt_ticket_is_set (item->sku_ref)    ? item->sku_ref
                                                            : "?";
  const char *size = cpt_ticket_is_set (item->sku_name) ? item->sku_name : NULL;

  return g_strconcat (*quantity != '\0' ? quantity : "?", " × ", name, size != NULL ? ", " : "",
                      size, NULL);
}

static char *
option_name (const CptOrderOption *option)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (option->quantity != 1)
    g_string_append_printf (name, "%" G_GINT64_FORMAT " × ", option->quantity);
  if (cpt_ticket_is_set (option->list_name) && !option->removed)
    /* TRANSLATORS: between the name of a list of options and the option: "Sauce: Barbecue". */
    g_string_append_printf (name, C_ ("option", "%s: "), option->list_name);
  g_string_append (name, cpt_ticket_is_set (option->name)  ? option->name
                         : cpt_ticket_is_set (option->ref) ? option->ref
                                                           : "?");
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
add_option (CptTicketWriter *writer, const CptOrderOption *option)
{
  g_autofree char *name = option_name (option);
  g_autofree char *price = cpt_money_format (option->price);
  g_autoptr (GString) text = g_string_new (NULL);

  if (option->removed)
    /* TRANSLATORS: in capitals on a ticket, before what the customer does not want. */
    g_string_append_printf (text, C_ ("ticket", "WITHOUT %s"), name);
  else
    g_string_append_printf (text, "+ %s", name);
  if (writer->priced && option->price.state == CPT_AMOUNT_KNOWN && option->price.minor != 0)
    g_string_append_printf (text, " · %s", price);
  cpt_ticket_add (writer, option->removed ? CPT_TICKET_WITHOUT : CPT_TICKET_DETAIL, text->str);
}

static void
add_item (CptTicketWriter *writer, const CptOrderItem *item)
{
  g_autofree char *text = item_text (item);
  CptMoney subtotal = item->subtotal;

  if (is_gone (writer, item))
    return;
  if (subtotal.state == CPT_AMOUNT_ABSENT)
    cpt_order_item_compute_subtotal (item, &subtotal);
  if (writer->priced)
    cpt_ticket_add_money (writer, CPT_TICKET_ITEM, text, subtotal);
  else
    cpt_ticket_add (writer, CPT_TICKET_ITEM, text);
  for (guint i = 0; i < item->options->len; i++)
    add_option (writer, item->options->pdata[i]);
  cpt_ticket_add (writer, CPT_TICKET_NOTE, item->customer_notes);
}

static gboolean
is_of_deal (const CptOrderItem *item, const CptOrderDeal *deal)
{
  return item->deal_key != NULL && g_strcmp0 (item->deal_key, deal->key) == 0;
}

static void
add_deal (CptTicketWriter *writer, const CptOrderDeal *deal)
{
  gboolean named = FALSE;

  for (guint i = 0; i < writer->order->items->len; i++)
    {
      const CptOrderItem *item = writer->order->items->pdata[i];

      if (!is_of_deal (item, deal) || is_gone (writer, item))
        continue;
      if (!named)
        cpt_ticket_add (writer, CPT_TICKET_HEADING, deal->name != NULL ? deal->name : deal->key);
      named = TRUE;
      add_item (writer, item);
    }
  if (named)
    cpt_ticket_add_value (writer, CPT_TICKET_RULE, NULL, NULL);
}

static gboolean
is_in_deal (const CptOrder *order, const CptOrderItem *item)
{
  for (guint i = 0; i < order->deals->len; i++)
    if (is_of_deal (item, order->deals->pdata[i]))
      return TRUE;
  return FALSE;
}

/* In pieces, where every quantity is a whole number: a bag is checked against it. */
static void
add_count (CptTicketWriter *writer)
{
  gint64 pieces = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < writer->order->items->len; i++)
    {
      const CptOrderItem *item = writer->order->items->pdata[i];

      if (is_gone (writer, item))
        continue;
      if (item->quantity.state != CPT_AMOUNT_KNOWN || item->quantity.thousandths % 1000 != 0)
        return;
      pieces += item->quantity.thousandths / 1000;
    }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d item in all", "%d items in all",
                                       (gulong)pieces),
                          (int)pieces);
  cpt_ticket_add_value (writer, CPT_TICKET_RULE, NULL, NULL);
  cpt_ticket_add (writer, CPT_TICKET_TEXT, text);
}

/**
 * cpt_ticket_write_items:
 *
 * Items of a deal stand together under its name; what was taken out of the order is left out.
 */
void
cpt_ticket_write_items (CptTicketWriter *writer)
{
  const CptOrder *order = writer->order;

  for (guint i = 0; i < order->deals->len; i++)
    add_deal (writer, order->deals->pdata[i]);
  for (guint i = 0; i < order->items->len; i++)
    if (!is_in_deal (order, order->items->pdata[i]))
      add_item (writer, order->items->pdata[i]);
  add_count (writer);
}

static void
add_lines (CptTicketWriter *writer, GPtrArray *lines, const char *unnamed, const char *sign)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptOrderLine *line = lines->pdata[i];
      g_autofree char *amount = cpt_money_format (line->amount);
      g_autofree char *value = g_strconcat (sign, amount, NULL);

      if (!line->deleted)
        cpt_ticket_add_value (writer, CPT_TICKET_LINE,
                              cpt_ticket_is_set (line->name) ? line->name : unnamed, value);
    }
}

/* Payments taken here that the document does not hold: the customer who paid has this paper. */
static void
add_own_payments (CptTicketWriter *writer)
{
  GPtrArray *outbox = writer->input->outbox;

  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      const CptOutboxEntry *entry = outbox->pdata[i];

      if (entry->kind == CPT_OUTBOX_PAYMENT && cpt_outbox_entry_counts (entry) &&
          !cpt_order_has_payment (writer->order, entry->private_ref))
        cpt_ticket_add_money (writer, CPT_TICKET_LINE, entry->name, entry->amount);
    }
}

static void
add_due (CptTicketWriter *writer, const CptOrderBalance *balance)
{
  CptMoney back = balance->due;

  back.minor = -back.minor;
  if (balance->due.state != CPT_AMOUNT_KNOWN)
    cpt_ticket_add (writer, CPT_TICKET_HEADING, _ ("What is left to pay is not known"));
  else if (balance->due.minor < 0)
    cpt_ticket_add_money (writer, CPT_TICKET_TOTAL, _ ("To refund"), back);
  else if (balance->due.minor > 0)
    cpt_ticket_add_money (writer, CPT_TICKET_TOTAL, _ ("Left to pay"), balance->due);
  else
    /* TRANSLATORS: on a ticket: nothing is left to pay. */
    cpt_ticket_add (writer, CPT_TICKET_TITLE, C_ ("ticket", "PAID"));
}

/**
 * cpt_ticket_write_money:
 *
 * Discounts and charges, the total, payments and what is left.
 */
void
cpt_ticket_write_money (CptTicketWriter *writer)
{
  const CptOrder *order = writer->order;
  CptOrderBalance balance = { 0 };
  g_autofree char *coupons =
      order->coupon_codes != NULL ? g_strjoinv (", ", order->coupon_codes) : NULL;

  cpt_order_get_balance_with (order, writer->input->outbox, &balance);
  cpt_ticket_add_value (writer, CPT_TICKET_RULE, NULL, NULL);
  add_lines (writer, order->discounts, _ ("Discount"), "\u2212");
  if (cpt_ticket_is_set (coupons))
    cpt_ticket_add_value (writer, CPT_TICKET_LINE, _ ("Coupon codes"), coupons);
  add_lines (writer, order->charges, _ ("Charge"), "");
  cpt_ticket_add_money (writer, CPT_TICKET_TOTAL,
                        balance.calculated ? _ ("Total (calculated)") : _ ("Total"), balance.total);
  add_lines (writer, order->payments, _ ("Payment"), "");
  add_own_payments (writer);
  add_due (writer, &balance);
}
