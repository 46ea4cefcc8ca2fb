/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for tests, and every text an order holds. Main thread only. */
#include "cpt-test-json.h"

#include <string.h>

GBytes *
cpt_test_json_read (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "hubrise", "json", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

GBytes *
cpt_test_json_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

const char *
cpt_test_field (GPtrArray *fields, const char *path)
{
  for (guint i = 0; i < fields->len; i++)
    {
      CptField *field = g_ptr_array_index (fields, i);
      if (g_str_equal (field->path, path))
        return field->text;
    }
  return NULL;
}

static void
add (GHashTable *texts, const char *text)
{
  if (text != NULL)
    g_hash_table_add (texts, g_strdup (text));
}

static void
add_money (GHashTable *texts, CptMoney money)
{
  if (money.state == CPT_AMOUNT_KNOWN)
    g_hash_table_add (texts, cpt_money_to_string (money));
}

static void
add_time (GHashTable *texts, CptTime time)
{
  if (time != CPT_TIME_NONE)
    g_hash_table_add (texts, g_strdup_printf ("time %" G_GINT64_FORMAT, time));
}

static void
add_decimal (GHashTable *texts, CptDecimal decimal)
{
  if (decimal.state == CPT_AMOUNT_KNOWN)
    g_hash_table_add (texts, g_strdup_printf ("decimal %" G_GINT64_FORMAT, decimal.thousandths));
}

static void
add_boolean (GHashTable *texts, gboolean value)
{
  add (texts, value ? "true" : "false");
}

static void
add_fields (GHashTable *texts, GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    add (texts, ((CptField *)g_ptr_array_index (fields, i))->text);
}

static void
add_option (GHashTable *texts, const CptOrderOption *option)
{
  add (texts, option->list_name);
  add (texts, option->name);
  add (texts, option->ref);
  add_money (texts, option->price);
  add_boolean (texts, option->removed);
  g_hash_table_add (texts, g_strdup_printf ("%" G_GINT64_FORMAT, option->quantity));
}

static void
add_item (GHashTable *texts, const CptOrderItem *item)
{
  const char *strings[] = { item->id,
                            item->private_ref,
                            item->product_name,
                            item->sku_name,
                            item->sku_ref,
                            item->tax_rate,
                            item->customer_notes,
                            item->points_earned,
                            item->points_used,
                            item->deal_key,
                            item->deal_label,
                            item->deal_pricing_effect,
                            item->deal_pricing_value };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    add (texts, strings[i]);
  add_money (texts, item->price);
  add_money (texts, item->subtotal);
  add_decimal (texts, item->quantity);
  add_boolean (texts, item->deleted);
  for (guint i = 0; i < item->options->len; i++)
    add_option (texts, g_ptr_array_index (item->options, i));
}

static void
add_lines (GHashTable *texts, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptOrderLine *line = g_ptr_array_index (lines, i);

      add (texts, line->id);
      add (texts, line->private_ref);
      add (texts, line->name);
      add (texts, line->ref);
      add (texts, line->tax_rate);
      add_money (texts, line->amount);
      add_boolean (texts, line->deleted);
      add_fields (texts, line->info);
    }
}

static void
add_customer (GHashTable *texts, const CptOrderCustomer *c)
{
  const char *strings[] = { c->id,
                            c->customer_list_id,
                            c->private_ref,
                            c->email,
                            c->first_name,
                            c->last_name,
                            c->company_name,
                            c->phone,
                            c->phone_access_code,
                            c->address_1,
                            c->address_2,
                            c->postal_code,
                            c->city,
                            c->state,
                            c->country,
                            c->latitude,
                            c->longitude,
                            c->delivery_notes,
                            c->nb_orders };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    add (texts, strings[i]);
  add_boolean (texts, c->anonymised);
}

static void
add_delivery (GHashTable *texts, const CptOrderDelivery *d)
{
  const char *strings[] = { d->carrier, d->status, d->tracking_url, d->driver_name,
                            d->driver_phone };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    add (texts, strings[i]);
  add_money (texts, d->fee);
  add_time (texts, d->estimated_pickup_at);
  add_time (texts, d->estimated_dropoff_at);
}

static void
add_head (GHashTable *texts, const CptOrder *o)
{
  const char *strings[] = { o->id,
                            o->location_id,
                            o->ref,
                            o->private_ref,
                            o->status_text,
                            o->service_type_text,
                            o->service_type_ref,
                            o->created_by,
                            o->channel,
                            o->connection_name,
                            o->customer_notes,
                            o->seller_notes,
                            o->collection_code };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    add (texts, strings[i]);
  for (char **code = o->coupon_codes; code != NULL && *code != NULL; code++)
    add (texts, *code);
  add_money (texts, o->total);
  add_time (texts, o->created_at);
  add_time (texts, o->expected_time);
  add_time (texts, o->confirmed_time);
}

GHashTable *
cpt_test_order_texts (const CptOrder *order)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_head (texts, order);
  for (guint i = 0; i < order->items->len; i++)
    add_item (texts, g_ptr_array_index (order->items, i));
  for (guint i = 0; i < order->deals->len; i++)
    {
      const CptOrderDeal *deal = g_ptr_array_index (order->deals, i);
      add (texts, deal->name);
      add (texts, deal->ref);
    }
  add_lines (texts, order->discounts);
  add_lines (texts, order->charges);
  add_lines (texts, order->payments);
  if (order->customer != NULL)
    add_customer (texts, order->customer);
  if (order->delivery != NULL)
    add_delivery (texts, order->delivery);
  add_fields (texts, order->custom_fields);
  add_fields (texts, order->others);
  add_fields (texts, order->problems);
  return texts;
}

gboolean
cpt_test_texts_hold (GHashTable *texts, const char *leaf)
{
  g_autofree char *time_text = NULL;
  g_autofree char *decimal_text = NULL;
  CptTime time = CPT_TIME_NONE;
  CptDecimal decimal = { .state = CPT_AMOUNT_ABSENT };

  if (g_hash_table_contains (texts, leaf))
    return TRUE;
  cpt_time_parse (leaf, &time);
  time_text = g_strdup_printf ("time %" G_GINT64_FORMAT, time);
  cpt_decimal_parse (leaf, &decimal);
  decimal_text = g_strdup_printf ("decimal %" G_GINT64_FORMAT, decimal.thousandths);
  return g_hash_table_contains (texts, time_text) ||
         (decimal.state == CPT_AMOUNT_KNOWN && g_hash_table_contains (texts, decimal_text));
}
