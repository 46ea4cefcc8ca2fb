/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as a ticket: what stands above and below its items. Pure, any thread. */
#include "cpt-ticket.h"

#include <glib/gi18n-lib.h>

#include "cpt-order-view-state.h"
#include "cpt-ticket-private.h"

/* More of a document nobody could understand only wastes paper. */
#define RAW_BYTES 2000

static void
line_free (gpointer data)
{
  CptTicketLine *line = data;

  g_free (line->text);
  g_free (line->value);
  g_free (line);
}

gboolean
cpt_ticket_is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * cpt_ticket_add_value:
 * @text: (nullable): copied
 * @value: (nullable): copied
 */
void
cpt_ticket_add_value (CptTicketWriter *writer,
                      CptTicketStyle style,
                      const char *text,
                      const char *value)
{
  CptTicketLine *line = g_new0 (CptTicketLine, 1);

  line->style = style;
  line->text = g_strdup (text);
  line->value = g_strdup (value);
  g_ptr_array_add (writer->lines, line);
}

/**
 * cpt_ticket_add:
 * @text: (nullable): without one there is no line
 */
void
cpt_ticket_add (CptTicketWriter *writer, CptTicketStyle style, const char *text)
{
  if (cpt_ticket_is_set (text))
    cpt_ticket_add_value (writer, style, text, NULL);
}

void
cpt_ticket_add_money (CptTicketWriter *writer,
                      CptTicketStyle style,
                      const char *text,
                      CptMoney money)
{
  g_autofree char *value = cpt_money_format (money);

  cpt_ticket_add_value (writer, style, text, value);
}

/**
 * cpt_ticket_add_format:
 * @format: translated, with one %s
 * @value: (nullable): without one there is no line
 */
void
cpt_ticket_add_format (CptTicketWriter *writer,
                       CptTicketStyle style,
                       const char *format,
                       const char *value)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *text = NULL;

  if (!cpt_ticket_is_set (value))
    return;
  text = g_strconcat (parts[0], value, parts[0] != NULL ? parts[1] : NULL, NULL);
  cpt_ticket_add (writer, style, text);
}

static void
add_rule (CptTicketWriter *writer)
{
  cpt_ticket_add_value (writer, CPT_TICKET_RULE, NULL, NULL);
}

/* --- Above the items --- */

static void
write_banners (CptTicketWriter *writer)
{
  if (writer->input->called_off)
    /* TRANSLATORS: in capitals on a ticket whose order was cancelled. */
    cpt_ticket_add (writer, CPT_TICKET_BANNER, C_ ("ticket", "CANCELLED"));
  else if (writer->input->duplicate)
    /* TRANSLATORS: in capitals on a ticket that was printed before. */
    cpt_ticket_add (writer, CPT_TICKET_BANNER, C_ ("ticket", "DUPLICATE"));
}

static char *
join (const char *a, const char *b)
{
  if (cpt_ticket_is_set (a) && cpt_ticket_is_set (b))
    return g_strdup_printf ("%s %s", a, b);
  return g_strdup (cpt_ticket_is_set (a) ? a : b);
}

static void
write_shop (CptTicketWriter *writer)
{
  const CptConnection *shop = writer->input->shop;
  g_autofree char *town = join (shop->postal_code, shop->city);

  cpt_ticket_add (writer, CPT_TICKET_TITLE, shop->location_name);
  cpt_ticket_add (writer, CPT_TICKET_CENTRE, shop->address_1);
  cpt_ticket_add (writer, CPT_TICKET_CENTRE, shop->address_2);
  cpt_ticket_add (writer, CPT_TICKET_CENTRE, town);
  add_rule (writer);
}

static const char *
service_label (const CptOrder *order)
{
  if (order->service_type == CPT_SERVICE_UNKNOWN)
    return order->service_type_text;
  return cpt_service_type_label (order->service_type);
}

/* Paper lies about: "tomorrow" would be wrong on it the day after. */
static char *
dup_time (const CptTicketInput *input, CptTime time)
{
  g_autoptr (GDateTime) day = cpt_time_to_date_time (time, input->zone);
  g_autoptr (GDateTime) today = cpt_time_to_date_time (input->now, input->zone);

  if (day == NULL || today == NULL || g_date_time_get_year (day) != g_date_time_get_year (today) ||
      g_date_time_get_day_of_year (day) != g_date_time_get_day_of_year (today))
    return cpt_time_format_full (time, input->zone);
  return cpt_time_format_clock (time, input->zone);
}

/* What was promised, by HubRise's word or by ours on its way there, else what was asked for. */
static char *
dup_wanted_time (const CptTicketInput *input)
{
  CptTime time = input->row->promised_time;

  if (time == CPT_TIME_NONE)
    time = input->order->confirmed_time;
  if (time == CPT_TIME_NONE)
    time = input->order->expected_time;
  return time != CPT_TIME_NONE ? dup_time (input, time) : NULL;
}

static void
write_service (CptTicketWriter *writer)
{
  g_autofree char *time = dup_wanted_time (writer->input);
  g_autofree char *service = join (service_label (writer->order), time);
  const char *table = writer->order->table_name;

  cpt_ticket_add (writer, CPT_TICKET_BIG, service);
  if (time == NULL)
    /* TRANSLATORS: on a ticket: no time was asked for. */
    cpt_ticket_add (writer, CPT_TICKET_TITLE, C_ ("ticket", "As soon as possible"));
  if (table != NULL && cpt_order_view_says_table (table))
    cpt_ticket_add (writer, CPT_TICKET_BIG, table);
  else
    /* TRANSLATORS: on a ticket; %s is the table's name or number. */
    cpt_ticket_add_format (writer, CPT_TICKET_BIG, C_ ("ticket", "Table %s"), table);
}

static void
write_number (CptTicketWriter *writer)
{
  const CptOrderRow *row = writer->input->row;
  g_autofree char *number = cpt_order_view_number (row->number);
  g_autofree char *created = cpt_time_format_full (row->created_at, writer->input->zone);

  cpt_ticket_add (writer, CPT_TICKET_NUMBER, number);
  cpt_ticket_add (writer, CPT_TICKET_TITLE, row->source);
  write_service (writer);
  /* TRANSLATORS: on a ticket; %s is when the order was made. */
  cpt_ticket_add_format (writer, CPT_TICKET_CENTRE, C_ ("ticket", "Ordered %s"), created);
}

/* --- For whom --- */

static void
write_address (CptTicketWriter *writer, const CptOrderCustomer *customer)
{
  g_autofree char *town = join (customer->postal_code, customer->city);

  cpt_ticket_add (writer, CPT_TICKET_TEXT, customer->address_1);
  cpt_ticket_add (writer, CPT_TICKET_TEXT, customer->address_2);
  cpt_ticket_add (writer, CPT_TICKET_TEXT, town);
  cpt_ticket_add (writer, CPT_TICKET_TEXT, customer->state);
  cpt_ticket_add (writer, CPT_TICKET_NOTE, customer->delivery_notes);
}

static void
write_customer (CptTicketWriter *writer, const CptOrderCustomer *customer)
{
  g_autofree char *name = join (customer->first_name, customer->last_name);

  cpt_ticket_add (writer, CPT_TICKET_HEADING, name);
  if (!writer->priced)
    return;
  cpt_ticket_add (writer, CPT_TICKET_TEXT, customer->company_name);
  cpt_ticket_add (writer, CPT_TICKET_TEXT, customer->phone);
  /* TRANSLATORS: on a ticket: the code to be keyed in after the telephone number. */
  cpt_ticket_add_format (writer, CPT_TICKET_TEXT, C_ ("ticket", "Access code %s"),
                         customer->phone_access_code);
  write_address (writer, customer);
}

static void
write_carrier (CptTicketWriter *writer, const CptOrderDelivery *delivery)
{
  g_autofree char *pickup = dup_time (writer->input, delivery->estimated_pickup_at);
  g_autofree char *carrier = join (delivery->carrier, delivery->driver_name);

  /* TRANSLATORS: on a ticket; %s is who delivers the order. */
  cpt_ticket_add_format (writer, CPT_TICKET_TEXT, C_ ("ticket", "Carrier: %s"), carrier);
  /* TRANSLATORS: on a ticket; %s is the time at which the carrier comes. */
  cpt_ticket_add_format (writer, CPT_TICKET_TEXT, C_ ("ticket", "Picked up at %s"), pickup);
}

static void
write_people (CptTicketWriter *writer)
{
  const CptOrder *order = writer->order;
  guint before = writer->lines->len;

  if (order->customer != NULL)
    write_customer (writer, order->customer);
  if (order->delivery != NULL)
    write_carrier (writer, order->delivery);
  cpt_ticket_add (writer, CPT_TICKET_NOTE, order->customer_notes);
  cpt_ticket_add (writer, CPT_TICKET_NOTE, order->seller_notes);
  if (writer->lines->len > before)
    add_rule (writer);
}

/* --- Below the items --- */

static const char *
find_seller (const CptOrder *order)
{
  for (guint i = 0; i < order->custom_fields->len; i++)
    {
      const CptField *field = order->custom_fields->pdata[i];

      if (g_str_equal (field->path, "restaurant.staff.name"))
        return field->text;
    }
  return NULL;
}

static void
write_foot (CptTicketWriter *writer)
{
  g_autofree char *printed = cpt_time_format_full (writer->input->now, writer->input->zone);
  const char *id = writer->order->id != NULL ? writer->order->id : writer->input->row->id;

  add_rule (writer);
  if (writer->priced)
    cpt_ticket_add (writer, CPT_TICKET_TITLE, _ ("This document is not an invoice"));
  /* TRANSLATORS: on a ticket; %s is a name. */
  cpt_ticket_add_format (writer, CPT_TICKET_SMALL, C_ ("ticket", "Served by %s"),
                         find_seller (writer->order));
  /* TRANSLATORS: on a ticket; %s is a date and a time. */
  cpt_ticket_add_format (writer, CPT_TICKET_SMALL, C_ ("ticket", "Printed %s"), printed);
  cpt_ticket_add_format (writer, CPT_TICKET_SMALL, "HubRise %s", id);
}

/* An order nobody could understand is still something a kitchen may have to work from. */
static void
write_raw (CptTicketWriter *writer)
{
  gsize size = 0;
  const char *bytes =
      writer->order->document != NULL ? g_bytes_get_data (writer->order->document, &size) : NULL;
  g_autofree char *text = bytes != NULL ? g_utf8_make_valid (bytes, MIN (size, RAW_BYTES)) : NULL;

  add_rule (writer);
  cpt_ticket_add (writer, CPT_TICKET_HEADING, _ ("This order could not be understood"));
  cpt_ticket_add (writer, CPT_TICKET_TEXT, writer->order->raw_reason);
  cpt_ticket_add (writer, CPT_TICKET_NOTE, text);
}

/**
 * cpt_ticket_new:
 *
 * Returns: (transfer full) (element-type CptTicketLine): the ticket from top to bottom
 */
GPtrArray *
cpt_ticket_new (const CptTicketInput *input)
{
  CptTicketWriter writer = { .input = input,
                             .order = input->order,
                             .priced = input->kind == CPT_TICKET_CUSTOMER };

  writer.lines = g_ptr_array_new_with_free_func (line_free);
  write_banners (&writer);
  if (writer.priced)
    write_shop (&writer);
  write_number (&writer);
  if (input->order->raw_reason != NULL)
    {
      write_raw (&writer);
      write_foot (&writer);
      return writer.lines;
    }
  add_rule (&writer);
  write_people (&writer);
  cpt_ticket_write_items (&writer);
  if (writer.priced)
    cpt_ticket_write_money (&writer);
  write_foot (&writer);
  return writer.lines;
}
