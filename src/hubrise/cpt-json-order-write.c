/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an order of this till to the document it keeps and to the one that HubRise is sent. They
 * differ in what only this till knows: the customer's details beside its name in the list, when it
 * was made, what it costs. Any thread. */
#include "cpt-json-order-write.h"

#include <string.h>

/* HubRise wants times in the future: what will have passed while the request is on its way has
 * passed. */
#define MARGIN_MS CPT_MINUTE

/* --- Leaves --- */

static void
set_money (JsonObject *object, const char *name, CptMoney money)
{
  g_autofree char *text = NULL;

  if (money.state != CPT_AMOUNT_KNOWN)
    return;
  text = cpt_money_to_string (money);
  json_object_set_string_member (object, name, text);
}

static void
set_time (JsonObject *object, const char *name, CptTime time, GTimeZone *zone)
{
  g_autofree char *text = time != CPT_TIME_NONE ? cpt_time_to_string (time, zone) : NULL;

  cpt_json_set_text (object, name, text);
}

/* HubRise asks for a name where core may have none. */
static void
set_name (JsonObject *object, const char *name, const char *text, const char *fallback)
{
  cpt_json_set_text (object, name, fallback != NULL ? fallback : "?");
  cpt_json_set_text (object, name, text);
}

/* --- Items --- */

static JsonObject *
build_option (const CptOrderOption *option)
{
  JsonObject *object = json_object_new ();

  cpt_json_set_text (object, "option_list_name", option->list_name);
  set_name (object, "name", option->name, option->ref);
  cpt_json_set_text (object, "ref", option->ref);
  set_money (object, "price", option->price);
  if (option->removed)
    json_object_set_boolean_member (object, "removed", TRUE);
  return object;
}

/* HubRise wants identical options repeated. */
static JsonArray *
build_options (const CptOrderItem *item)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];

      for (gint64 n = 0; n < option->quantity; n++)
        json_array_add_object_element (array, build_option (option));
    }
  return array;
}

static void
set_deal_line (JsonObject *object, const CptOrderItem *item)
{
  JsonObject *line = NULL;

  if (item->deal_key == NULL)
    return;
  line = json_object_new ();
  cpt_json_set_text (line, "deal_key", item->deal_key);
  cpt_json_set_text (line, "label", item->deal_label);
  cpt_json_set_text (line, "pricing_effect", item->deal_pricing_effect);
  cpt_json_set_text (line, "pricing_value", item->deal_pricing_value);
  json_object_set_object_member (object, "deal_line", line);
}

static JsonObject *
build_item (const CptOrderItem *item, gboolean own)
{
  JsonObject *object = json_object_new ();
  g_autofree char *quantity = cpt_decimal_to_string (item->quantity);

  cpt_json_set_text (object, "private_ref", item->private_ref);
  set_name (object, "product_name", item->product_name, item->sku_ref);
  cpt_json_set_text (object, "sku_name", item->sku_name);
  cpt_json_set_text (object, "sku_ref", item->sku_ref);
  set_money (object, "price", item->price);
  cpt_json_set_text (object, "quantity", quantity);
  if (own)
    set_money (object, "subtotal", item->subtotal);
  cpt_json_set_text (object, "tax_rate", item->tax_rate);
  cpt_json_set_text (object, "customer_notes", item->customer_notes);
  json_object_set_array_member (object, "options", build_options (item));
  set_deal_line (object, item);
  return object;
}

static void
set_items (JsonObject *object, const CptOrder *order, gboolean own)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < order->items->len; i++)
    json_array_add_object_element (array, build_item (order->items->pdata[i], own));
  json_object_set_array_member (object, "items", array);
}

static void
set_deals (JsonObject *object, const CptOrder *order)
{
  JsonObject *deals = NULL;

  if (order->deals->len == 0)
    return;
  deals = json_object_new ();
  for (guint i = 0; i < order->deals->len; i++)
    {
      const CptOrderDeal *deal = order->deals->pdata[i];
      JsonObject *one = json_object_new ();

      set_name (one, "name", deal->name, deal->ref);
      cpt_json_set_text (one, "ref", deal->ref);
      json_object_set_object_member (deals, deal->key, one);
    }
  json_object_set_object_member (object, "deals", deals);
}

static void
set_lines (JsonObject *object, const char *name, const GPtrArray *lines, const char *amount)
{
  JsonArray *array = NULL;

  if (lines->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < lines->len; i++)
    {
      const CptOrderLine *line = lines->pdata[i];
      JsonObject *one = json_object_new ();

      cpt_json_set_text (one, "private_ref", line->private_ref);
      set_name (one, "name", line->name, line->ref);
      cpt_json_set_text (one, "ref", line->ref);
      set_money (one, amount, line->amount);
      cpt_json_set_text (one, "tax_rate", line->tax_rate);
      json_array_add_object_element (array, one);
    }
  json_object_set_array_member (object, name, array);
}

/* --- The order --- */

static JsonObject *
ensure_object (JsonObject *parent, const char *name)
{
  if (!json_object_has_member (parent, name))
    json_object_set_object_member (parent, name, json_object_new ());
  return cpt_json_object_member (parent, name);
}

/* "restaurant.staff.name" as objects in objects. */
static void
set_deep (JsonObject *object, const CptField *field)
{
  g_auto (GStrv) names = g_strsplit (field->path, ".", -1);

  for (guint i = 0; object != NULL && names[i] != NULL; i++)
    if (names[i + 1] != NULL)
      object = ensure_object (object, names[i]);
    else
      cpt_json_set_text (object, names[i], field->text);
}

static void
set_custom_fields (JsonObject *object, const CptOrder *order)
{
  JsonObject *fields = NULL;

  if (order->custom_fields->len == 0 && order->table_name == NULL)
    return;
  fields = json_object_new ();
  json_object_set_object_member (object, "custom_fields", fields);
  for (guint i = 0; i < order->custom_fields->len; i++)
    set_deep (fields, order->custom_fields->pdata[i]);
  if (order->table_name != NULL)
    set_deep (fields, &(CptField){ (char *)"restaurant.table_name", order->table_name });
}

static void
set_coupons (JsonObject *object, const CptOrder *order)
{
  JsonArray *array = NULL;

  if (order->coupon_codes == NULL || *order->coupon_codes == NULL)
    return;
  array = json_array_new ();
  for (char **code = order->coupon_codes; *code != NULL; code++)
    json_array_add_string_element (array, *code);
  json_object_set_array_member (object, "coupon_codes", array);
}

/* One of the three ways: by its id, by our name for it in the list, or as a guest. */
static void
set_customer (JsonObject *object, const CptOrderCustomer *customer)
{
  if (customer == NULL)
    return;
  if (customer->id != NULL)
    cpt_json_set_text (object, "customer_id", customer->id);
  else if (customer->customer_list_id != NULL && customer->private_ref != NULL)
    {
      cpt_json_set_text (object, "customer_list_id", customer->customer_list_id);
      cpt_json_set_text (object, "customer_private_ref", customer->private_ref);
    }
  else
    json_object_set_object_member (object, "customer", cpt_json_build_customer (customer, FALSE));
}

static JsonObject *
build_order (const CptOrder *order, GTimeZone *zone, gboolean own)
{
  JsonObject *object = json_object_new ();

  cpt_json_set_text (object, "private_ref", order->private_ref);
  cpt_json_set_text (object, "ref", order->ref);
  cpt_json_set_text (object, "status", order->status_text);
  cpt_json_set_text (object, "service_type", cpt_service_type_to_string (order->service_type));
  cpt_json_set_text (object, "service_type_ref", order->service_type_ref);
  cpt_json_set_text (object, "customer_notes", order->customer_notes);
  cpt_json_set_text (object, "seller_notes", order->seller_notes);
  set_coupons (object, order);
  set_items (object, order, own);
  set_deals (object, order);
  set_lines (object, "discounts", order->discounts, "price_off");
  set_lines (object, "charges", order->charges, "price");
  set_lines (object, "payments", order->payments, "amount");
  set_custom_fields (object, order);
  return object;
}

/**
 * cpt_json_write_order:
 *
 * Returns: (transfer full): @order as this till keeps it, for cpt_json_decode_own_order()
 */
GBytes *
cpt_json_write_order (const CptOrder *order, GTimeZone *zone)
{
  JsonObject *object = build_order (order, zone, TRUE);

  set_time (object, "created_at", order->created_at, zone);
  set_time (object, "expected_time", order->expected_time, zone);
  set_money (object, "total", order->total);
  if (order->customer != NULL)
    json_object_set_object_member (object, "customer",
                                   cpt_json_build_customer (order->customer, TRUE));
  return cpt_json_write_object (object);
}

/**
 * cpt_json_write_new_order:
 * @now: by the server's clock
 *
 * Returns: (transfer full): the body of POST /location/orders
 */
GBytes *
cpt_json_write_new_order (const CptOrder *order, GTimeZone *zone, CptTime now)
{
  JsonObject *object = build_order (order, zone, FALSE);

  if (order->expected_time != CPT_TIME_NONE && order->expected_time > now + MARGIN_MS)
    set_time (object, "expected_time", order->expected_time, zone);
  set_customer (object, order->customer);
  return cpt_json_write_object (object);
}

/**
 * cpt_json_write_new_customer:
 *
 * Returns: (transfer full): the body of POST /customer_lists/:id/customers
 */
GBytes *
cpt_json_write_new_customer (const CptOrderCustomer *customer)
{
  return cpt_json_write_object (cpt_json_build_customer (customer, FALSE));
}
