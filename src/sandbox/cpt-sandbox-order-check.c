/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order may hold when it is created or changed. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

const char *const cpt_sandbox_order_lists[] = { "items", "discounts", "charges", "payments", NULL };

#define ORDER_FIELDS                                                                               \
  { "private_ref", CPT_SANDBOX_PRIVATE }, { "ref", CPT_SANDBOX_TEXT },                             \
      { "service_type", CPT_SANDBOX_SERVICE }, { "service_type_ref", CPT_SANDBOX_TEXT },           \
      { "channel", CPT_SANDBOX_TEXT }, { "expected_time", CPT_SANDBOX_FUTURE },                    \
      { "confirmed_time", CPT_SANDBOX_TIME }, { "customer_notes", CPT_SANDBOX_TEXT },              \
      { "seller_notes", CPT_SANDBOX_TEXT }, { "collection_code", CPT_SANDBOX_TEXT },               \
      { "coupon_codes", CPT_SANDBOX_STRINGS }, { "items", CPT_SANDBOX_ARRAY },                     \
      { "deals", CPT_SANDBOX_OBJECT }, { "discounts", CPT_SANDBOX_ARRAY },                         \
      { "charges", CPT_SANDBOX_ARRAY }, { "payments", CPT_SANDBOX_ARRAY },                         \
      { "customer_id", CPT_SANDBOX_TEXT }, { "customer_list_id", CPT_SANDBOX_TEXT },               \
      { "customer_private_ref", CPT_SANDBOX_TEXT }, { "customer", CPT_SANDBOX_OBJECT },            \
      { "delivery", CPT_SANDBOX_OBJECT }, { "loyalty_operations", CPT_SANDBOX_ARRAY },             \
  {                                                                                                \
    "custom_fields", CPT_SANDBOX_CUSTOM                                                            \
  }

static const CptSandboxField create_fields[] = { ORDER_FIELDS,
                                                 { "status", CPT_SANDBOX_STATUS, TRUE },
                                                 { NULL } };

/* The control path writes what HubRise itself writes. */
static const CptSandboxField foreign_fields[] = {
  ORDER_FIELDS,
  { "status", CPT_SANDBOX_STATUS },
  { "id", CPT_SANDBOX_TEXT },
  { "created_at", CPT_SANDBOX_TIME },
  { "created_by", CPT_SANDBOX_TEXT },
  { "connection_name", CPT_SANDBOX_TEXT },
  { "total", CPT_SANDBOX_MONEY },
  { NULL },
};

static const CptSandboxField patch_fields[] = {
  { "status", CPT_SANDBOX_STATUS },
  { "confirmed_time", CPT_SANDBOX_TIME },
  { "seller_notes", CPT_SANDBOX_TEXT },
  { "collection_code", CPT_SANDBOX_TEXT },
  { "private_ref", CPT_SANDBOX_PRIVATE },
  { "custom_fields", CPT_SANDBOX_CUSTOM },
  { "items", CPT_SANDBOX_ARRAY },
  { "discounts", CPT_SANDBOX_ARRAY },
  { "charges", CPT_SANDBOX_ARRAY },
  { "payments", CPT_SANDBOX_ARRAY },
  { NULL },
};

#define ITEM_FIELDS                                                                                \
  { "private_ref", CPT_SANDBOX_PRIVATE }, { "product_name", CPT_SANDBOX_TEXT, TRUE },              \
      { "sku_name", CPT_SANDBOX_TEXT }, { "sku_ref", CPT_SANDBOX_TEXT },                           \
      { "price", CPT_SANDBOX_MONEY, TRUE }, { "quantity", CPT_SANDBOX_DECIMAL, TRUE },             \
      { "tax_rate", CPT_SANDBOX_DECIMAL }, { "customer_notes", CPT_SANDBOX_TEXT },                 \
      { "points_earned", CPT_SANDBOX_DECIMAL }, { "points_used", CPT_SANDBOX_DECIMAL },            \
      { "options", CPT_SANDBOX_ARRAY },                                                            \
  {                                                                                                \
    "deal_line", CPT_SANDBOX_OBJECT                                                                \
  }

static const CptSandboxField item_fields[] = { ITEM_FIELDS, { NULL } };
static const CptSandboxField foreign_item_fields[] = { ITEM_FIELDS,
                                                       { "subtotal", CPT_SANDBOX_MONEY },
                                                       { "deleted", CPT_SANDBOX_BOOLEAN },
                                                       { NULL } };

static const CptSandboxField option_fields[] = {
  { "option_list_name", CPT_SANDBOX_TEXT },
  { "name", CPT_SANDBOX_TEXT, TRUE },
  { "ref", CPT_SANDBOX_TEXT },
  { "price", CPT_SANDBOX_MONEY, TRUE },
  { "quantity", CPT_SANDBOX_COUNT },
  { "removed", CPT_SANDBOX_BOOLEAN },
  { NULL },
};

static const CptSandboxField deal_line_fields[] = {
  { "deal_key", CPT_SANDBOX_TEXT, TRUE },
  { "label", CPT_SANDBOX_TEXT },
  { "pricing_effect", CPT_SANDBOX_TEXT },
  { "pricing_value", CPT_SANDBOX_TEXT },
  { NULL },
};

static const CptSandboxField deal_fields[] = {
  { "name", CPT_SANDBOX_TEXT, TRUE },
  { "ref", CPT_SANDBOX_TEXT },
  { NULL },
};

static const CptSandboxField discount_fields[] = {
  { "private_ref", CPT_SANDBOX_PRIVATE },
  { "name", CPT_SANDBOX_TEXT, TRUE },
  { "ref", CPT_SANDBOX_TEXT },
  { "price_off", CPT_SANDBOX_MONEY, TRUE },
  { NULL },
};

static const CptSandboxField charge_fields[] = {
  { "private_ref", CPT_SANDBOX_PRIVATE },
  { "name", CPT_SANDBOX_TEXT, TRUE },
  { "ref", CPT_SANDBOX_TEXT },
  { "price", CPT_SANDBOX_MONEY, TRUE },
  { "tax_rate", CPT_SANDBOX_DECIMAL },
  { NULL },
};

static const CptSandboxField payment_fields[] = {
  { "private_ref", CPT_SANDBOX_PRIVATE },
  { "name", CPT_SANDBOX_TEXT, TRUE },
  { "ref", CPT_SANDBOX_TEXT },
  { "amount", CPT_SANDBOX_MONEY, TRUE },
  { "info", CPT_SANDBOX_OBJECT },
  { NULL },
};

static const CptSandboxField delivery_fields[] = {
  { "carrier", CPT_SANDBOX_TEXT },
  { "status", CPT_SANDBOX_TEXT },
  { "fee", CPT_SANDBOX_MONEY },
  { "estimated_pickup_at", CPT_SANDBOX_TIME },
  { "estimated_dropoff_at", CPT_SANDBOX_TIME },
  { "tracking_url", CPT_SANDBOX_TEXT },
  { "driver_name", CPT_SANDBOX_TEXT },
  { "driver_phone", CPT_SANDBOX_TEXT },
  { NULL },
};

const CptSandboxField cpt_sandbox_customer_fields[] = {
  { "private_ref", CPT_SANDBOX_PRIVATE },
  { "email", CPT_SANDBOX_TEXT },
  { "first_name", CPT_SANDBOX_TEXT },
  { "last_name", CPT_SANDBOX_TEXT },
  { "company_name", CPT_SANDBOX_TEXT },
  { "phone", CPT_SANDBOX_TEXT },
  { "phone_access_code", CPT_SANDBOX_TEXT },
  { "address_1", CPT_SANDBOX_TEXT },
  { "address_2", CPT_SANDBOX_TEXT },
  { "postal_code", CPT_SANDBOX_TEXT },
  { "city", CPT_SANDBOX_TEXT },
  { "state", CPT_SANDBOX_TEXT },
  { "country", CPT_SANDBOX_TEXT },
  { "latitude", CPT_SANDBOX_ANY },
  { "longitude", CPT_SANDBOX_ANY },
  { "delivery_notes", CPT_SANDBOX_TEXT },
  { "custom_fields", CPT_SANDBOX_CUSTOM },
  { NULL },
};

static void
check_options (CptSandboxCheck *check, const char *prefix, JsonArray *options)
{
  for (guint i = 0; options && i < json_array_get_length (options); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.options[%u]", prefix, i);
      JsonObject *option = cpt_sandbox_json_element (options, i);

      if (option)
        cpt_sandbox_check_object (check, name, option, option_fields);
      else
        cpt_sandbox_add_error (check->errors, name, "must be an object");
    }
}

static void
check_item (CptSandboxCheck *check, const char *prefix, JsonObject *item, JsonObject *deals)
{
  JsonObject *line = cpt_sandbox_json_object (item, "deal_line");
  g_autofree char *name = cpt_sandbox_field (prefix, "deal_line");
  const char *key = cpt_sandbox_json_string (line, "deal_key");

  cpt_sandbox_check_object (check, prefix, item,
                            check->foreign ? foreign_item_fields : item_fields);
  check_options (check, prefix, cpt_sandbox_json_array (item, "options"));
  if (!line)
    return;
  cpt_sandbox_check_object (check, name, line, deal_line_fields);
  if (key && (!deals || !json_object_has_member (deals, key)))
    cpt_sandbox_add_error (check->errors, name, "names no deal of this order");
}

static void
check_element (CptSandboxCheck *check,
               const char *list,
               const char *prefix,
               JsonObject *element,
               JsonObject *deals)
{
  if (strcmp (list, "items") == 0)
    check_item (check, prefix, element, deals);
  else
    cpt_sandbox_check_object (check, prefix, element,
                              strcmp (list, "discounts") == 0 ? discount_fields
                              : strcmp (list, "charges") == 0 ? charge_fields
                                                              : payment_fields);
}

static gboolean
has_element (JsonObject *order, const char *list, const char *id)
{
  JsonArray *array = cpt_sandbox_json_array (order, list);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (g_strcmp0 (cpt_sandbox_json_string (cpt_sandbox_json_element (array, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

/* A change of an element that exists can only be its deletion. */
static void
check_deletion (CptSandboxCheck *check,
                const char *list,
                const char *prefix,
                JsonObject *element,
                JsonObject *order)
{
  const char *id = cpt_sandbox_json_string (element, "id");

  if (!id || !has_element (order, list, id))
    cpt_sandbox_add_error (check->errors, prefix, "has an id that is not in this order");
  else if (json_object_get_size (element) != 2 ||
           !cpt_sandbox_json_boolean (element, "deleted", FALSE))
    cpt_sandbox_add_error (check->errors, prefix, "can only be deleted");
}

static void
check_lists (CptSandboxCheck *check, JsonObject *document, JsonObject *order, JsonObject *deals)
{
  for (const char *const *list = cpt_sandbox_order_lists; *list; list++)
    {
      JsonArray *array = cpt_sandbox_json_array (document, *list);

      for (guint i = 0; array && i < json_array_get_length (array); i++)
        {
          g_autofree char *prefix = g_strdup_printf ("%s[%u]", *list, i);
          JsonObject *element = cpt_sandbox_json_element (array, i);

          if (!element)
            cpt_sandbox_add_error (check->errors, prefix, "must be an object");
          else if (order && json_object_has_member (element, "id"))
            check_deletion (check, *list, prefix, element, order);
          else
            check_element (check, *list, prefix, element, deals);
        }
    }
}

static void
check_deals (CptSandboxCheck *check, JsonObject *deals)
{
  g_autoptr (GList) keys = deals ? json_object_get_members (deals) : NULL;

  for (GList *l = keys; l; l = l->next)
    {
      g_autofree char *prefix = cpt_sandbox_field ("deals", l->data);
      JsonObject *deal = cpt_sandbox_json_object (deals, l->data);

      if (deal)
        cpt_sandbox_check_object (check, prefix, deal, deal_fields);
      else
        cpt_sandbox_add_error (check->errors, prefix, "must be an object");
    }
}

/* `epos.rejection` tells the merchant why an order is rejected, and stands with no other status. */
static void
check_rejection (CptSandboxCheck *check, JsonObject *document, const char *status)
{
  JsonObject *epos =
      cpt_sandbox_json_object (cpt_sandbox_json_object (document, "custom_fields"), "epos");

  if (check->strict && epos && json_object_has_member (epos, "rejection") &&
      g_strcmp0 (status, "rejected") != 0)
    cpt_sandbox_add_error (check->errors, "custom_fields.epos.rejection",
                           "is only for rejected orders");
}

static gboolean
is_given (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) && !json_object_get_null_member (object, name);
}

static void
check_customer (CptSandboxCheck *check, JsonObject *order)
{
  JsonObject *guest = cpt_sandbox_json_object (order, "customer");
  int forms = is_given (order, "customer_id") + is_given (order, "customer_private_ref") +
              is_given (order, "customer");

  if (forms > 1)
    cpt_sandbox_add_error (check->errors, "customer",
                           "one of customer_id, customer_private_ref and customer at a time");
  if (is_given (order, "customer_private_ref") && !is_given (order, "customer_list_id"))
    cpt_sandbox_add_error (check->errors, "customer_list_id", "is required");
  if (guest)
    cpt_sandbox_check_object (check, "customer", guest, cpt_sandbox_customer_fields);
}

/* Checks a new order, all of it. */
void
cpt_sandbox_check_order (CptSandboxCheck *check, JsonObject *order)
{
  JsonObject *deals = cpt_sandbox_json_object (order, "deals");
  JsonObject *delivery = cpt_sandbox_json_object (order, "delivery");

  cpt_sandbox_check_object (check, "", order, check->foreign ? foreign_fields : create_fields);
  check_deals (check, deals);
  check_lists (check, order, NULL, deals);
  check_customer (check, order);
  if (delivery)
    cpt_sandbox_check_object (check, "delivery", delivery, delivery_fields);
  check_rejection (check, order, cpt_sandbox_json_string (order, "status"));
}

/* Checks the changes of a client to `order`. */
void
cpt_sandbox_check_order_patch (CptSandboxCheck *check, JsonObject *changes, JsonObject *order)
{
  const char *status = cpt_sandbox_json_string (changes, "status");

  cpt_sandbox_check_object (check, "", changes, check->foreign ? foreign_fields : patch_fields);
  if (check->foreign && json_object_has_member (changes, "id"))
    cpt_sandbox_add_error (check->errors, "id", "cannot be changed");
  if (json_object_has_member (changes, "status") && !status)
    cpt_sandbox_add_error (check->errors, "status", "cannot be null");
  check_lists (check, changes, order, cpt_sandbox_json_object (order, "deals"));
  check_rejection (check, changes, status ? status : cpt_sandbox_json_string (order, "status"));
}
