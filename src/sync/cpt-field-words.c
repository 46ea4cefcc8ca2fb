/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "items[1].price" is the price of the second item, which has a name. Main thread only. */
#include "cpt-field-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *label;
} Label;

/* By the last name of the path. */
static const Label labels[] = {
  { "status", NC_ ("field", "Status") },
  { "ref", NC_ ("field", "Code") },
  { "private_ref", NC_ ("field", "Name of the order at this till") },
  { "service_type", NC_ ("field", "Service") },
  { "service_type_ref", NC_ ("field", "Code of the service") },
  { "expected_time", NC_ ("field", "Expected time") },
  { "confirmed_time", NC_ ("field", "Confirmed time") },
  { "customer_notes", NC_ ("field", "Notes") },
  { "seller_notes", NC_ ("field", "Notes of the shop") },
  { "collection_code", NC_ ("field", "Collection code") },
  { "coupon_codes", NC_ ("field", "Coupons") },
  { "items", NC_ ("field", "Items") },
  { "options", NC_ ("field", "Options") },
  { "deals", NC_ ("field", "Deals") },
  { "deal_line", NC_ ("field", "Deal") },
  { "discounts", NC_ ("field", "Discounts") },
  { "charges", NC_ ("field", "Charges") },
  { "payments", NC_ ("field", "Payments") },
  { "custom_fields", NC_ ("field", "Other details") },
  { "customer", NC_ ("field", "Customer") },
  { "customer_id", NC_ ("field", "Customer") },
  { "customer_list_id", NC_ ("field", "Customer list") },
  { "customer_private_ref", NC_ ("field", "Customer") },
  { "product_name", NC_ ("field", "Product") },
  { "sku_name", NC_ ("field", "Variant") },
  { "sku_ref", NC_ ("field", "Code of the product") },
  { "name", NC_ ("field", "Name") },
  { "option_list_name", NC_ ("field", "Name of the options") },
  { "price", NC_ ("field", "Price") },
  { "price_off", NC_ ("field", "Discount") },
  { "amount", NC_ ("field", "Amount") },
  { "quantity", NC_ ("field", "Quantity") },
  { "tax_rate", NC_ ("field", "Tax rate") },
  { "email", NC_ ("field", "E-mail") },
  { "first_name", NC_ ("field", "First name") },
  { "last_name", NC_ ("field", "Last name") },
  { "company_name", NC_ ("field", "Company") },
  { "phone", NC_ ("field", "Telephone") },
  { "phone_access_code", NC_ ("field", "Access code") },
  { "address_1", NC_ ("field", "Address") },
  { "address_2", NC_ ("field", "Address, second line") },
  { "postal_code", NC_ ("field", "Postal code") },
  { "city", NC_ ("field", "City") },
  { "state", NC_ ("field", "State") },
  { "country", NC_ ("field", "Country") },
  { "latitude", NC_ ("field", "Latitude") },
  { "longitude", NC_ ("field", "Longitude") },
  { "delivery_notes", NC_ ("field", "Notes for the delivery") },
};

/* What HubRise says most often; anything else is shown as it came. */
static const Label reasons[] = {
  { "is required", NC_ ("field", "is missing") },
  { "can't be blank", NC_ ("field", "is missing") },
  { "must be in the future", NC_ ("field", "must be in the future") },
  { "is invalid", NC_ ("field", "is not valid") },
  { "is not a customer of this list", NC_ ("field", "is not in the customer list") },
  { "is taken by another order", NC_ ("field", "is taken by another order") },
};

static const char *
translate (const Label *words, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (words[i].name, name))
      return g_dpgettext2 (GETTEXT_PACKAGE, "field", words[i].label);
  return name;
}

/* "price" of "items[1].price", "options" of "items[1].options[0]". */
static char *
dup_last_name (const char *path)
{
  const char *dot = strrchr (path, '.');
  char *name = g_strdup (dot != NULL ? dot + 1 : path);
  char *bracket = strchr (name, '[');

  if (bracket != NULL)
    *bracket = '\0';
  return name;
}

/* The element of @array that "…@list[2]…" in @path names; @rest: what follows. */
static gpointer
find_element (const char *path, const char *list, GPtrArray *array, const char **rest)
{
  gsize length = strlen (list);
  char *end = NULL;
  guint64 i = 0;

  if (!g_str_has_prefix (path, list) || path[length] != '[')
    return NULL;
  i = g_ascii_strtoull (path + length + 1, &end, 10);
  if (*end != ']' || i >= array->len)
    return NULL;
  *rest = end[1] == '.' ? end + 2 : end + 1;
  return array->pdata[i];
}

static const char *
name_item (const CptOrderItem *item, const char *rest)
{
  const CptOrderOption *option = find_element (rest, "options", item->options, &rest);

  if (option != NULL && option->name != NULL)
    return option->name;
  return item->product_name != NULL ? item->product_name : item->sku_ref;
}

/* What the order calls the element a path is in; NULL when that says nothing. */
static const char *
name_element (const char *path, const CptOrder *order)
{
  const char *rest = NULL;
  const CptOrderItem *item = find_element (path, "items", order->items, &rest);
  const CptOrderLine *line = NULL;

  if (item != NULL)
    return name_item (item, rest);
  line = find_element (path, "payments", order->payments, &rest);
  if (line == NULL)
    line = find_element (path, "discounts", order->discounts, &rest);
  if (line == NULL)
    line = find_element (path, "charges", order->charges, &rest);
  return line != NULL ? line->name : NULL;
}

static char *
describe_field (const char *path, const CptOrder *order)
{
  g_autofree char *name = dup_last_name (path);
  const char *label = translate (labels, G_N_ELEMENTS (labels), name);
  const char *element = name_element (path, order);

  if (element == NULL)
    return g_strdup (label);
  /* TRANSLATORS: a field of an order's element, such as “Price of “Margherita”” */
  return g_strdup_printf (_ ("%s of “%s”"), label, element);
}

static void
append_error (GString *words, const CptField *error, const CptOrder *order)
{
  g_autofree char *field = describe_field (error->path, order);

  if (words->len > 0)
    g_string_append (words, "; ");
  if (error->text == NULL)
    {
      g_string_append (words, field);
      return;
    }
  /* TRANSLATORS: a field HubRise refused and why, such as “Expected time: must be in the future” */
  g_string_append_printf (words, _ ("%s: %s"), field,
                          translate (reasons, G_N_ELEMENTS (reasons), error->text));
}

/**
 * cpt_field_words:
 * @errors: (element-type CptField): the paths HubRise named and its words
 * @order: what was sent
 *
 * Returns: (transfer full) (nullable): all of them on one line, translated; NULL when there are
 *   none
 */
char *
cpt_field_words (GPtrArray *errors, const CptOrder *order)
{
  GString *words = NULL;

  if (errors->len == 0)
    return NULL;
  words = g_string_new (NULL);
  for (guint i = 0; i < errors->len; i++)
    append_error (words, errors->pdata[i], order);
  return g_string_free (words, FALSE);
}
