/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers in JSON, in an order and in a list. Any thread. */
#include <glib/gi18n-lib.h>

#include "cpt-hubrise-client.h"
#include "cpt-json-order-write.h"
#include "cpt-json-reader.h"

static void
read_address (CptJsonReader *reader, CptOrderCustomer *customer)
{
  customer->address_1 = cpt_json_reader_string (reader, "address_1");
  customer->address_2 = cpt_json_reader_string (reader, "address_2");
  customer->postal_code = cpt_json_reader_string (reader, "postal_code");
  customer->city = cpt_json_reader_string (reader, "city");
  customer->state = cpt_json_reader_string (reader, "state");
  customer->country = cpt_json_reader_string (reader, "country");
  customer->latitude = cpt_json_reader_string (reader, "latitude");
  customer->longitude = cpt_json_reader_string (reader, "longitude");
  customer->delivery_notes = cpt_json_reader_string (reader, "delivery_notes");
}

/**
 * cpt_json_reader_customer:
 *
 * Returns: (transfer full): the customer @self stands on
 */
CptOrderCustomer *
cpt_json_reader_customer (CptJsonReader *self)
{
  CptOrderCustomer *customer = cpt_order_customer_new ();

  customer->id = cpt_json_reader_string (self, "id");
  customer->customer_list_id = cpt_json_reader_string (self, "customer_list_id");
  customer->private_ref = cpt_json_reader_string (self, "private_ref");
  customer->email = cpt_json_reader_string (self, "email");
  customer->first_name = cpt_json_reader_string (self, "first_name");
  customer->last_name = cpt_json_reader_string (self, "last_name");
  customer->company_name = cpt_json_reader_string (self, "company_name");
  customer->phone = cpt_json_reader_string (self, "phone");
  customer->phone_access_code = cpt_json_reader_string (self, "phone_access_code");
  customer->nb_orders = cpt_json_reader_string (self, "nb_orders");
  customer->anonymised = cpt_json_reader_boolean (self, "anonymised");
  read_address (self, customer);
  return customer;
}

static CptOrderCustomer *
read_customer (JsonObject *object)
{
  /* Takes what a customer has beside: nobody shows it here. */
  g_autoptr (CptOrder) rest = cpt_order_new ();
  g_auto (CptJsonReader) reader = { 0 };

  cpt_json_reader_init (&reader, object, "", rest);
  return cpt_json_reader_customer (&reader);
}

/**
 * cpt_json_decode_customers:
 * @body: a page of a customer list
 *
 * Returns: (transfer full) (element-type CptOrderCustomer): those with an id; NULL when @body is
 *   no list
 */
GPtrArray *
cpt_json_decode_customers (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = cpt_json_parse (body, error);
  GPtrArray *customers = NULL;
  JsonArray *array = NULL;

  if (root == NULL)
    return NULL;
  if (cpt_json_kind (root) != CPT_JSON_ARRAY)
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("A list was expected, something else came"));
      return NULL;
    }
  customers = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_customer_free);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (CptOrderCustomer) customer = NULL;

      if (cpt_json_kind (node) == CPT_JSON_OBJECT)
        customer = read_customer (json_node_get_object (node));
      if (customer != NULL && customer->id != NULL)
        g_ptr_array_add (customers, g_steal_pointer (&customer));
    }
  return customers;
}

/**
 * cpt_json_decode_customer:
 *
 * Returns: (transfer full): the customer, with or without an id; NULL when @body is no object
 */
CptOrderCustomer *
cpt_json_decode_customer (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);

  return object != NULL ? read_customer (object) : NULL;
}

static void
write_address (JsonObject *object, const CptOrderCustomer *customer)
{
  cpt_json_set_text (object, "address_1", customer->address_1);
  cpt_json_set_text (object, "address_2", customer->address_2);
  cpt_json_set_text (object, "postal_code", customer->postal_code);
  cpt_json_set_text (object, "city", customer->city);
  cpt_json_set_text (object, "state", customer->state);
  cpt_json_set_text (object, "country", customer->country);
  cpt_json_set_text (object, "latitude", customer->latitude);
  cpt_json_set_text (object, "longitude", customer->longitude);
  cpt_json_set_text (object, "delivery_notes", customer->delivery_notes);
}

/**
 * cpt_json_build_customer:
 * @names: with its id and where it belongs, for this till only
 *
 * Returns: (transfer full)
 */
JsonObject *
cpt_json_build_customer (const CptOrderCustomer *customer, gboolean names)
{
  JsonObject *object = json_object_new ();

  if (names)
    {
      cpt_json_set_text (object, "id", customer->id);
      cpt_json_set_text (object, "customer_list_id", customer->customer_list_id);
      cpt_json_set_text (object, "nb_orders", customer->nb_orders);
    }
  cpt_json_set_text (object, "private_ref", customer->private_ref);
  cpt_json_set_text (object, "email", customer->email);
  cpt_json_set_text (object, "first_name", customer->first_name);
  cpt_json_set_text (object, "last_name", customer->last_name);
  cpt_json_set_text (object, "company_name", customer->company_name);
  cpt_json_set_text (object, "phone", customer->phone);
  cpt_json_set_text (object, "phone_access_code", customer->phone_access_code);
  write_address (object, customer);
  return object;
}

/**
 * cpt_json_write_customer:
 *
 * Returns: (transfer full): @customer as this till keeps it
 */
GBytes *
cpt_json_write_customer (const CptOrderCustomer *customer)
{
  return cpt_json_write_object (cpt_json_build_customer (customer, TRUE));
}
