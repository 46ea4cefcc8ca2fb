/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one order, for people. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-cli-order-private.h"

static gboolean
is_sending (JsonObject *order, const char *word)
{
  return g_strcmp0 (cpt_cli_get_text (order, "send"), word) == 0 ||
         g_strcmp0 (cpt_cli_get_text (order, "outbox"), word) == 0;
}

/* Returns: (transfer full): the status, and in what way it is not HubRise's yet */
char *
cpt_cli_show_status (JsonObject *order)
{
  const char *word = cpt_cli_get_text (order, "status");
  CptOrderStatus status = cpt_order_status_parse (word);
  const char *label =
      status == CPT_ORDER_UNKNOWN && word != NULL ? word : cpt_order_status_label (status);

  if (cpt_cli_get_flag (order, "handled_elsewhere"))
    /* TRANSLATORS: %s is the state of an order in a list */
    return g_strdup_printf (C_ ("command line", "%s, handled elsewhere"), label);
  if (is_sending (order, "refused"))
    /* TRANSLATORS: %s is the state of an order in a list */
    return g_strdup_printf (C_ ("command line", "%s, refused"), label);
  if (is_sending (order, "waiting") || is_sending (order, "held"))
    /* TRANSLATORS: %s is the state of an order in a list */
    return g_strdup_printf (C_ ("command line", "%s, not sent yet"), label);
  return g_strdup (label);
}

static void
add (CptCliTable *table, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    cpt_cli_table_add (table, label, text, NULL);
}

static void
add_time (CptCliTable *table, const char *label, const char *time)
{
  g_autofree char *text = cpt_cli_show_time (time);

  add (table, label, text);
}

static void
add_address (CptCliTable *table, JsonObject *customer)
{
  static const char *const keys[] = { "address_1", "address_2", "postal_code", "city" };
  g_autoptr (GString) address = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *text = cpt_cli_get_text (customer, keys[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (address, "%s%s", address->len > 0 ? ", " : "", text);
    }
  add (table, C_ ("command line", "Address"), address->str);
}

static void
print_head (JsonObject *order)
{
  CptCliTable *table = cpt_cli_table_new ();
  JsonObject *customer = cpt_cli_get_object (order, "customer_details");
  g_autofree char *status = cpt_cli_show_status (order);
  g_autofree char *total = cpt_cli_show_money (cpt_cli_get_text (order, "total"));
  g_autofree char *due = cpt_cli_show_money (cpt_cli_get_text (order, "due"));

  /* TRANSLATORS: these stand before a value, on lines about one order. */
  add (table, C_ ("command line", "Order"), cpt_cli_get_text (order, "number"));
  add (table, C_ ("command line", "HubRise id"), cpt_cli_get_text (order, "id"));
  add (table, C_ ("command line", "Status"), status);
  add (table, C_ ("command line", "Reason"), cpt_cli_get_text (order, "send_reason"));
  add (table, C_ ("command line", "Reason"), cpt_cli_get_text (order, "outbox_reason"));
  add (table, C_ ("command line", "From"), cpt_cli_get_text (order, "source"));
  add_time (table, C_ ("command line", "Ordered"), cpt_cli_get_text (order, "created_at"));
  add_time (table, C_ ("command line", "Expected"), cpt_cli_get_text (order, "expected_time"));
  add_time (table, C_ ("command line", "Confirmed"), cpt_cli_get_text (order, "confirmed_time"));
  add (table, C_ ("command line", "Customer"), cpt_cli_get_text (order, "customer"));
  add (table, C_ ("command line", "Phone"), cpt_cli_get_text (customer, "phone"));
  add_address (table, customer);
  add (table, C_ ("command line", "Notes"), cpt_cli_get_text (order, "customer_notes"));
  add (table, C_ ("command line", "Our notes"), cpt_cli_get_text (order, "seller_notes"));
  add (table, C_ ("command line", "Total"), total);
  add (table, C_ ("command line", "Left to pay"), due);
  add (table, C_ ("command line", "Unreadable"), cpt_cli_get_text (order, "unreadable"));
  cpt_cli_table_print (table);
}

/* Returns: (transfer full): a number as people write it */
static char *
show_number (const char *text)
{
  CptDecimal number = { 0 };

  cpt_decimal_parse (text, &number);
  return cpt_decimal_format (number);
}

static char *
show_option (JsonObject *option)
{
  const char *name = cpt_cli_get_text (option, "name");
  gint64 quantity = cpt_cli_get_number (option, "quantity");

  if (cpt_cli_get_flag (option, "removed"))
    /* TRANSLATORS: %s is an option that was taken out of a product */
    return g_strdup_printf (C_ ("command line", "without %s"), name);
  return quantity > 1 ? g_strdup_printf ("+ %d %s", (int)quantity, name)
                      : g_strdup_printf ("+ %s", name);
}

static void
add_options (CptCliTable *table, JsonArray *options)
{
  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      g_autofree char *text = show_option (json_array_get_object_element (options, i));
      g_autofree char *indented = g_strconcat ("  ", text, NULL);

      cpt_cli_table_add (table, "", indented, "", NULL);
    }
}

static void
add_item (CptCliTable *table, JsonObject *item)
{
  g_autofree char *quantity = show_number (cpt_cli_get_text (item, "quantity"));
  g_autofree char *subtotal = cpt_cli_show_money (cpt_cli_get_text (item, "subtotal"));
  const char *product = cpt_cli_get_text (item, "product");
  const char *sku = cpt_cli_get_text (item, "sku");
  const char *notes = cpt_cli_get_text (item, "notes");
  g_autofree char *name =
      g_strdup_printf ("%s %s", product != NULL ? product : "", sku != NULL ? sku : "");

  if (cpt_cli_get_flag (item, "deleted"))
    return;
  cpt_cli_table_add (table, quantity, g_strstrip (name), subtotal, NULL);
  add_options (table, cpt_cli_get_list (item, "options"));
  if (notes != NULL)
    {
      g_autofree char *text = g_strdup_printf ("  “%s”", notes);

      cpt_cli_table_add (table, "", text, "", NULL);
    }
}

void
cpt_cli_order_print_details (JsonObject *order)
{
  JsonArray *items = cpt_cli_get_list (order, "items");
  CptCliTable *table = cpt_cli_table_new ();

  print_head (order);
  g_print ("\n");
  for (guint i = 0; i < json_array_get_length (items); i++)
    add_item (table, json_array_get_object_element (items, i));
  cpt_cli_table_print (table);
}
