/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one order as lines to read. Pure, any thread. */
#include "cpt-order-sheet.h"

#include <glib/gi18n-lib.h>

#include "cpt-order-sheet-private.h"

/* More of a document nobody could understand helps nobody, and a label must stay a label. */
#define RAW_BYTES (64 * 1024)

static void
line_free (gpointer data)
{
  CptSheetLine *line = data;

  g_free (line->text);
  g_free (line->value);
  g_free (line->mark);
  g_free (line->item);
  g_free (line);
}

gboolean
cpt_sheet_is_set (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/**
 * cpt_sheet_add:
 * @text: (nullable): copied
 * @value: (nullable): copied
 *
 * Returns: (transfer none): the new line
 */
CptSheetLine *
cpt_sheet_add (CptSheet *sheet, CptSheetKind kind, const char *text, const char *value)
{
  CptSheetLine *line = g_new0 (CptSheetLine, 1);

  line->kind = kind;
  line->text = g_strdup (text);
  line->value = g_strdup (value);
  g_ptr_array_add (sheet->lines, line);
  return line;
}

/**
 * cpt_sheet_add_set:
 * @value: (nullable): without one there is no line
 */
void
cpt_sheet_add_set (CptSheet *sheet, CptSheetKind kind, const char *text, const char *value)
{
  if (cpt_sheet_is_set (value))
    cpt_sheet_add (sheet, kind, text, value);
}

void
cpt_sheet_add_money (CptSheet *sheet, CptSheetKind kind, const char *text, CptMoney money)
{
  g_autofree char *value = cpt_money_format (money);

  cpt_sheet_add_set (sheet, kind, text, value);
}

void
cpt_sheet_add_time (CptSheet *sheet, CptSheetKind kind, const char *text, CptTime time)
{
  g_autofree char *value = cpt_time_format_full (time, sheet->zone);

  cpt_sheet_add_set (sheet, kind, text, value);
}

/* The received bytes as something a label can hold: cut, and what is no text marked. */
static char *
raw_text (GBytes *document)
{
  gsize size = 0;
  const char *bytes = document != NULL ? g_bytes_get_data (document, &size) : NULL;
  char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_utf8_make_valid (bytes, MIN (size, RAW_BYTES));
  if (size > RAW_BYTES)
    {
      g_autofree char *whole = text;

      text = g_strconcat (whole, "\n…", NULL);
    }
  return text;
}

/* Why it could not be understood stands above, among the messages. */
static void
write_raw (CptSheet *sheet)
{
  g_autofree char *text = raw_text (sheet->order->document);

  cpt_sheet_add_set (sheet, CPT_SHEET_COPY, _ ("HubRise id"), sheet->order->id);
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("As it was received"), NULL);
  cpt_sheet_add (sheet, CPT_SHEET_RAW, text, NULL);
}

static const char *
service_label (const CptOrder *order)
{
  if (order->service_type == CPT_SERVICE_UNKNOWN && cpt_sheet_is_set (order->service_type_text))
    return order->service_type_text;
  return order->service_type != CPT_SERVICE_UNKNOWN ? cpt_service_type_label (order->service_type)
                                                    : NULL;
}

/* What is promised here counts from the press on; the document says it when HubRise has it. */
static void
write_promised (CptSheet *sheet)
{
  if (sheet->row != NULL && sheet->row->promised_time != CPT_TIME_NONE)
    /* TRANSLATORS: before the time an order was accepted for here, not at HubRise yet. */
    cpt_sheet_add_time (sheet, CPT_SHEET_LINE, _ ("Accepted for"), sheet->row->promised_time);
  else
    cpt_sheet_add_time (sheet, CPT_SHEET_LINE, _ ("Confirmed for"), sheet->order->confirmed_time);
}

static void
write_head (CptSheet *sheet)
{
  const CptOrder *order = sheet->order;
  g_autofree char *coupons =
      order->coupon_codes != NULL ? g_strjoinv (", ", order->coupon_codes) : NULL;

  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Service"), service_label (order));
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Table"), order->table_name);
  cpt_sheet_add_time (sheet, CPT_SHEET_LINE, _ ("Wanted for"), order->expected_time);
  write_promised (sheet);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Collection code"), order->collection_code);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Coupon codes"), coupons);
  if (cpt_sheet_is_set (order->customer_notes))
    {
      cpt_sheet_add (sheet, CPT_SHEET_STRONG, _ ("The customer says"), NULL);
      cpt_sheet_add (sheet, CPT_SHEET_NOTE, order->customer_notes, NULL);
    }
  if (cpt_sheet_is_set (order->seller_notes))
    {
      cpt_sheet_add (sheet, CPT_SHEET_STRONG, _ ("Told to the customer"), NULL);
      cpt_sheet_add (sheet, CPT_SHEET_NOTE, order->seller_notes, NULL);
    }
}

static void
write_changes (CptSheet *sheet)
{
  for (guint i = 0; sheet->changes != NULL && i < sheet->changes->len; i++)
    cpt_sheet_add (sheet, CPT_SHEET_CHANGE,
                   ((const CptOrderChange *)sheet->changes->pdata[i])->text, NULL);
}

/**
 * cpt_order_sheet_new:
 *
 * Returns: (transfer full) (element-type CptSheetLine): the order from what the kitchen needs
 *   down to what nobody ever asked for: nothing the document holds is left out
 */
GPtrArray *
cpt_order_sheet_new (const CptSheetSource *source)
{
  const CptOrder *order = source->order;
  g_autoptr (GPtrArray) changes =
      source->seen != NULL ? cpt_order_changes_new (source->seen, order, source->zone) : NULL;
  CptSheet sheet = {
    .order = order,
    .row = source->row,
    .history = source->history,
    .items = source->items,
    .outbox = source->outbox,
    .changes = changes,
    .now = source->now,
    .zone = source->zone,
  };

  sheet.lines = g_ptr_array_new_with_free_func (line_free);
  if (order->raw_reason != NULL)
    {
      write_raw (&sheet);
      cpt_sheet_write_history (&sheet);
      return sheet.lines;
    }
  write_changes (&sheet);
  write_head (&sheet);
  cpt_sheet_write_items (&sheet);
  cpt_sheet_write_money (&sheet);
  cpt_sheet_write_people (&sheet);
  cpt_sheet_write_history (&sheet);
  cpt_sheet_write_rest (&sheet);
  return sheet.lines;
}
