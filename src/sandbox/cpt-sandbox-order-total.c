/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subtotals and total of an order, in whole cents. Main loop only.
 *
 * subtotal = quantity × (price + Σ option price × option quantity); total = Σ subtotals −
 * Σ price_off + Σ charges. What is deleted does not count; a removed option does. */
#include "cpt-sandbox-private.h"

static gint64
cents_of (JsonObject *object, const char *name)
{
  CptSandboxMoney money;

  return cpt_sandbox_money_parse (cpt_sandbox_json_string (object, name), &money) ? money.cents : 0;
}

static gint64
item_cents (JsonObject *item)
{
  JsonArray *options = cpt_sandbox_json_array (item, "options");
  gint64 unit = cents_of (item, "price");
  gint64 quantity = 0;

  for (guint i = 0; options && i < json_array_get_length (options); i++)
    {
      JsonObject *option = cpt_sandbox_json_element (options, i);

      unit += cents_of (option, "price") * cpt_sandbox_json_int (option, "quantity", 1);
    }
  if (!cpt_sandbox_decimal_parse (cpt_sandbox_json_string (item, "quantity"), &quantity))
    return 0;
  return cpt_sandbox_times (unit, quantity);
}

static void
set_money (JsonObject *object, const char *name, gint64 cents)
{
  g_autofree char *text = cpt_sandbox_money_text (cents, CPT_SANDBOX_CURRENCY);

  json_object_set_string_member (object, name, text);
}

static gint64
sum (JsonObject *order, const char *list, const char *name)
{
  JsonArray *array = cpt_sandbox_json_array (order, list);
  gint64 cents = 0;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonObject *element = cpt_sandbox_json_element (array, i);

      if (!cpt_sandbox_json_boolean (element, "deleted", FALSE))
        cents += cents_of (element, name);
    }
  return cents;
}

/* Writes every subtotal and the total; with `keep_given`, only those that are absent. */
void
cpt_sandbox_compute_totals (JsonObject *order, gboolean keep_given)
{
  JsonArray *items = cpt_sandbox_json_array (order, "items");

  for (guint i = 0; items && i < json_array_get_length (items); i++)
    {
      JsonObject *item = cpt_sandbox_json_element (items, i);

      if (item && !(keep_given && json_object_has_member (item, "subtotal")))
        set_money (item, "subtotal", item_cents (item));
    }
  if (!(keep_given && json_object_has_member (order, "total")))
    set_money (order, "total",
               sum (order, "items", "subtotal") - sum (order, "discounts", "price_off") +
                   sum (order, "charges", "price"));
}
