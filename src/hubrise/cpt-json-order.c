/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From HubRise's order document to the order of core: an id and a status are enough, anything
 * else that cannot be read is kept as text beside it. Any thread. */
#include "cpt-json-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-hubrise-client.h"

static void
read_option (CptJsonReader *reader, gpointer data)
{
  CptOrderItem *item = data;
  CptOrderOption *option = cpt_order_option_new ();

  option->list_name = cpt_json_reader_string (reader, "option_list_name");
  option->name = cpt_json_reader_string (reader, "name");
  option->ref = cpt_json_reader_string (reader, "ref");
  option->price = cpt_json_reader_money (reader, "price");
  option->removed = cpt_json_reader_boolean (reader, "removed");
  option->quantity = 1;
  /* What one costs says nothing when it is not known how many there are. */
  if (!cpt_json_reader_count (reader, "quantity", &option->quantity) &&
      option->price.state == CPT_AMOUNT_KNOWN)
    {
      g_autofree char *price = cpt_money_to_string (option->price);
      g_autofree char *path = g_strconcat (reader->path, ".price", NULL);

      g_ptr_array_add (reader->others, cpt_field_new (path, price));
      option->price = (CptMoney){ .state = CPT_AMOUNT_UNREADABLE };
    }
  g_ptr_array_add (item->options, option);
}

static void
read_deal_line (CptJsonReader *reader, CptOrderItem *item)
{
  g_auto (CptJsonReader) line = { 0 };

  if (!cpt_json_reader_object (reader, "deal_line", &line))
    return;
  item->deal_key = cpt_json_reader_string (&line, "deal_key");
  item->deal_label = cpt_json_reader_string (&line, "label");
  item->deal_pricing_effect = cpt_json_reader_string (&line, "pricing_effect");
  item->deal_pricing_value = cpt_json_reader_string (&line, "pricing_value");
}

static void
read_item (CptJsonReader *reader, gpointer data)
{
  CptOrder *order = data;
  CptOrderItem *item = cpt_order_item_new ();

  item->id = cpt_json_reader_string (reader, "id");
  item->private_ref = cpt_json_reader_string (reader, "private_ref");
  item->product_name = cpt_json_reader_string (reader, "product_name");
  item->sku_name = cpt_json_reader_string (reader, "sku_name");
  item->sku_ref = cpt_json_reader_string (reader, "sku_ref");
  item->price = cpt_json_reader_money (reader, "price");
  item->quantity = cpt_json_reader_decimal (reader, "quantity");
  item->subtotal = cpt_json_reader_money (reader, "subtotal");
  item->tax_rate = cpt_json_reader_string (reader, "tax_rate");
  item->customer_notes = cpt_json_reader_string (reader, "customer_notes");
  item->points_earned = cpt_json_reader_string (reader, "points_earned");
  item->points_used = cpt_json_reader_string (reader, "points_used");
  item->deleted = cpt_json_reader_boolean (reader, "deleted");
  read_deal_line (reader, item);
  cpt_json_reader_array (reader, "options", read_option, item);
  g_ptr_array_add (order->items, item);
}

static void
read_deal (CptJsonReader *reader, gpointer data)
{
  CptOrder *order = data;
  CptOrderDeal *deal = cpt_order_deal_new ();

  deal->key = g_strdup (reader->path + strlen ("deals."));
  deal->name = cpt_json_reader_string (reader, "name");
  deal->ref = cpt_json_reader_string (reader, "ref");
  g_ptr_array_add (order->deals, deal);
}

static CptOrderLine *
read_line (CptJsonReader *reader, const char *amount)
{
  CptOrderLine *line = cpt_order_line_new ();

  line->id = cpt_json_reader_string (reader, "id");
  line->private_ref = cpt_json_reader_string (reader, "private_ref");
  line->name = cpt_json_reader_string (reader, "name");
  line->ref = cpt_json_reader_string (reader, "ref");
  line->amount = cpt_json_reader_money (reader, amount);
  line->deleted = cpt_json_reader_boolean (reader, "deleted");
  return line;
}

static void
read_discount (CptJsonReader *reader, gpointer data)
{
  CptOrder *order = data;
  g_ptr_array_add (order->discounts, read_line (reader, "price_off"));
}

static void
read_charge (CptJsonReader *reader, gpointer data)
{
  CptOrder *order = data;
  CptOrderLine *line = read_line (reader, "price");

  line->tax_rate = cpt_json_reader_string (reader, "tax_rate");
  g_ptr_array_add (order->charges, line);
}

static void
read_payment (CptJsonReader *reader, gpointer data)
{
  CptOrder *order = data;
  CptOrderLine *line = read_line (reader, "amount");

  cpt_json_reader_leaves (reader, "info", line->info);
  g_ptr_array_add (order->payments, line);
}

static void
read_customer (CptJsonReader *order_reader, CptOrder *order)
{
  g_auto (CptJsonReader) reader = { 0 };

  if (cpt_json_reader_object (order_reader, "customer", &reader))
    order->customer = cpt_json_reader_customer (&reader);
}

static void
read_delivery (CptJsonReader *order_reader, CptOrder *order)
{
  g_auto (CptJsonReader) reader = { 0 };

  if (!cpt_json_reader_object (order_reader, "delivery", &reader))
    return;

  CptOrderDelivery *delivery = order->delivery = cpt_order_delivery_new ();
  delivery->carrier = cpt_json_reader_string (&reader, "carrier");
  delivery->status = cpt_json_reader_string (&reader, "status");
  delivery->fee = cpt_json_reader_money (&reader, "fee");
  delivery->estimated_pickup_at = cpt_json_reader_time (&reader, "estimated_pickup_at");
  delivery->estimated_dropoff_at = cpt_json_reader_time (&reader, "estimated_dropoff_at");
  delivery->tracking_url = cpt_json_reader_string (&reader, "tracking_url");
  delivery->driver_name = cpt_json_reader_string (&reader, "driver_name");
  delivery->driver_phone = cpt_json_reader_string (&reader, "driver_phone");
}

static void
read_custom_fields (CptJsonReader *reader, CptOrder *order)
{
  cpt_json_reader_leaves (reader, "custom_fields", order->custom_fields);
  for (guint i = 0; i < order->custom_fields->len; i++)
    {
      CptField *field = g_ptr_array_index (order->custom_fields, i);
      if (g_str_equal (field->path, "restaurant.table_name") && order->table_name == NULL)
        order->table_name = g_strdup (field->text);
    }
}

static void
read_head (CptJsonReader *reader, CptOrder *order)
{
  order->location_id = cpt_json_reader_string (reader, "location_id");
  order->ref = cpt_json_reader_string (reader, "ref");
  order->private_ref = cpt_json_reader_string (reader, "private_ref");
  order->service_type_text = cpt_json_reader_string (reader, "service_type");
  order->service_type = cpt_service_type_parse (order->service_type_text);
  order->service_type_ref = cpt_json_reader_string (reader, "service_type_ref");
  order->created_at = cpt_json_reader_time (reader, "created_at");
  order->expected_time = cpt_json_reader_time (reader, "expected_time");
  order->confirmed_time = cpt_json_reader_time (reader, "confirmed_time");
  order->created_by = cpt_json_reader_string (reader, "created_by");
  order->channel = cpt_json_reader_string (reader, "channel");
  order->connection_name = cpt_json_reader_string (reader, "connection_name");
  order->customer_notes = cpt_json_reader_string (reader, "customer_notes");
  order->seller_notes = cpt_json_reader_string (reader, "seller_notes");
  order->collection_code = cpt_json_reader_string (reader, "collection_code");
  order->coupon_codes = cpt_json_reader_strings (reader, "coupon_codes");
  order->total = cpt_json_reader_money (reader, "total");
  cpt_json_reader_skip (reader, "total_discrepancy");
  cpt_json_reader_skip (reader, "payment_discrepancy");
}

static void
read_body (CptJsonReader *reader, CptOrder *order)
{
  cpt_json_reader_array (reader, "items", read_item, order);
  cpt_json_reader_map (reader, "deals", read_deal, order);
  cpt_json_reader_array (reader, "discounts", read_discount, order);
  cpt_json_reader_array (reader, "charges", read_charge, order);
  cpt_json_reader_array (reader, "payments", read_payment, order);
  read_customer (reader, order);
  read_delivery (reader, order);
  read_custom_fields (reader, order);
}

static CptOrder *
read_order (JsonObject *object, GBytes *body)
{
  CptOrder *order = cpt_order_new ();
  g_auto (CptJsonReader) reader = { 0 };

  cpt_json_reader_init (&reader, object, "", order);
  order->document = g_bytes_ref (body);
  order->id = cpt_json_reader_string (&reader, "id");
  order->status_text = cpt_json_reader_string (&reader, "status");
  order->status = cpt_order_status_parse (order->status_text);
  read_head (&reader, order);
  read_body (&reader, order);
  return order;
}

/**
 * cpt_json_decode_order:
 * @body: one order's document
 * @id_hint: (nullable): the id that was asked for: HubRise knows the order by it, whatever the
 *   document says
 *
 * Any thread.
 *
 * Returns: (transfer full): never NULL: what has no id or no status, or is no JSON object, is a
 * raw order with its reason, translated.
 */
CptOrder *
cpt_json_decode_order (GBytes *body, const char *id_hint)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, &error);

  if (object == NULL)
    return cpt_order_new_raw (id_hint, error->message, body);

  g_autofree char *id = cpt_json_dup_member (object, "id");
  g_autofree char *status = cpt_json_dup_member (object, "status");

  if (id == NULL)
    return cpt_order_new_raw (id_hint, _ ("The order has no id"), body);
  if (status == NULL)
    return cpt_order_new_raw (id_hint != NULL ? id_hint : id, _ ("The order has no status"), body);

  CptOrder *order = read_order (object, body);
  if (id_hint != NULL && !g_str_equal (order->id, id_hint))
    {
      g_ptr_array_add (order->problems, cpt_field_new ("id", order->id));
      g_free (order->id);
      order->id = g_strdup (id_hint);
    }
  return order;
}

/**
 * cpt_json_decode_own_order:
 * @body: what cpt_json_write_order() wrote
 *
 * An order of this till has neither id nor a word of HubRise's before HubRise has it. Any thread.
 *
 * Returns: (transfer full): never NULL; a raw order only when @body is no JSON object
 */
CptOrder *
cpt_json_decode_own_order (GBytes *body)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, &error);

  if (object == NULL)
    return cpt_order_new_raw (NULL, error->message, body);
  return read_order (object, body);
}

/**
 * cpt_json_decode_stored_order:
 * @id: (nullable): HubRise's; an order of this till has none before HubRise has it
 *
 * Returns: (transfer full): never NULL
 */
CptOrder *
cpt_json_decode_stored_order (GBytes *body, const char *id)
{
  return id != NULL ? cpt_json_decode_order (body, id) : cpt_json_decode_own_order (body);
}

/* Of a text that was scanned: something stands in it. */
static gboolean
begins_with_bracket (const char *text)
{
  if ((guchar)*text == 0xef) /* a byte order mark */
    text += 3;
  while (g_ascii_isspace (*text))
    text++;
  return *text == '[';
}

/**
 * cpt_json_decode_orders:
 * @body: a page of orders
 *
 * Each order keeps the bytes of its own element; one that cannot be understood is a raw order
 * and does not touch its neighbours. Any thread.
 *
 * Returns: (transfer full) (element-type CptOrder): or NULL when @body is no list
 */
GPtrArray *
cpt_json_decode_orders (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CptJsonSpan));

  if (!cpt_json_scan (text != NULL ? text : "", length, G_MAXSIZE, NULL, spans, error))
    return NULL;
  if (!begins_with_bracket (text))
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("A list was expected, something else came"));
      return NULL;
    }

  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_unref);
  for (guint i = 0; i < spans->len; i++)
    {
      CptJsonSpan span = g_array_index (spans, CptJsonSpan, i);
      g_autoptr (GBytes) element = g_bytes_new (text + span.start, span.end - span.start);
      g_ptr_array_add (orders, cpt_json_decode_order (element, NULL));
    }
  return orders;
}
