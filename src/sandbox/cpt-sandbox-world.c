/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shop that is shown: its account, places and lists. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#include "cpt-sandbox-resource.h"

/* Random letters and digits, as HubRise's ids look. */
char *
cpt_sandbox_new_id (guint length)
{
  static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  char *id = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    id[i] = letters[g_random_int_range (0, (int)strlen (letters))];
  return id;
}

/* The sandbox's time in the location's zone. */
char *
cpt_sandbox_now_text (CptSandbox *self)
{
  return cpt_sandbox_time_text (cpt_sandbox_clock_now (self->clock), CPT_SANDBOX_ZONE);
}

static JsonObject *
find_object (GPtrArray *objects, const char *id)
{
  for (guint i = 0; id && i < objects->len; i++)
    if (strcmp (json_object_get_string_member (objects->pdata[i], "id"), id) == 0)
      return objects->pdata[i];
  return NULL;
}

/* The location with this id, or NULL. */
JsonObject *
cpt_sandbox_location (CptSandbox *self, const char *id)
{
  return find_object (self->locations, id);
}

/* The customer list with this id, or NULL. */
JsonObject *
cpt_sandbox_list (CptSandbox *self, const char *id)
{
  return find_object (self->lists, id);
}

/* The catalog with this id, or NULL. */
CptSandboxCatalog *
cpt_sandbox_catalog (CptSandbox *self, const char *id)
{
  for (guint i = 0; id && i < self->catalogs->len; i++)
    {
      CptSandboxCatalog *catalog = self->catalogs->pdata[i];

      if (strcmp (json_object_get_string_member (catalog->document, "id"), id) == 0)
        return catalog;
    }
  return NULL;
}

static const char place_template[] =
    "{\"id\":\"\",\"name\":\"\",\"account\":{},\"address\":\"1 place du Marché\","
    "\"postal_code\":\"75011\",\"city\":\"Paris\",\"country\":\"FR\","
    "\"timezone\":{\"name\":\"Europe/Paris\"},\"cutoff_time\":\"06:00\",\"opening_hours\":{"
    "\"monday\":[],"
    "\"tuesday\":[{\"from\":\"11:30\",\"to\":\"14:30\"},{\"from\":\"18:30\",\"to\":\"22:30\"}],"
    "\"wednesday\":[{\"from\":\"11:30\",\"to\":\"14:30\"},{\"from\":\"18:30\",\"to\":\"22:30\"}],"
    "\"thursday\":[{\"from\":\"11:30\",\"to\":\"14:30\"},{\"from\":\"18:30\",\"to\":\"22:30\"}],"
    "\"friday\":[{\"from\":\"11:30\",\"to\":\"14:30\"},{\"from\":\"18:30\",\"to\":\"23:30\"}],"
    "\"saturday\":[{\"from\":\"11:30\",\"to\":\"23:30\"}],"
    "\"sunday\":[{\"from\":\"18:30\",\"to\":\"22:30\"}]},"
    "\"preparation_time\":20,\"order_acceptance\":{\"mode\":\"online\"},\"custom_fields\":{}}";

static void
add_location (CptSandbox *self, const char *base, guint number, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (place_template, NULL);
  JsonObject *location = json_object_ref (json_node_get_object (node));
  g_autofree char *id = g_strdup_printf ("%s-%u", base, number);

  json_object_set_string_member (location, "id", id);
  json_object_set_string_member (location, "name", name);
  json_object_set_object_member (location, "account", cpt_sandbox_json_copy_object (self->account));
  g_ptr_array_add (self->locations, location);
}

static void
add_list (CptSandbox *self, const char *name)
{
  JsonObject *list = json_object_new ();
  g_autofree char *id = cpt_sandbox_new_id (5);

  json_object_set_string_member (list, "id", id);
  json_object_set_string_member (list, "name", name);
  g_ptr_array_add (self->lists, list);
}

static void
add_customers (CptSandbox *self)
{
  for (guint i = 1; i <= 32; i++)
    {
      g_autoptr (JsonObject) customer = json_object_new ();
      g_autofree char *name = g_strdup_printf ("Démo %02u", i);
      g_autofree char *email = g_strdup_printf ("client%02u@example.org", i);
      g_autofree char *phone = g_strdup_printf ("+331990000%02u", i);
      g_autofree char *street = g_strdup_printf ("%u rue de l’Exemple", i);
      JsonObject *list = self->lists->pdata[i <= 30 ? 0 : 1];

      json_object_set_string_member (customer, "first_name", "Client");
      json_object_set_string_member (customer, "last_name", name);
      json_object_set_string_member (customer, "email", email);
      json_object_set_string_member (customer, "phone", phone);
      json_object_set_string_member (customer, "address_1", street);
      json_object_set_string_member (customer, "postal_code", "75011");
      json_object_set_string_member (customer, "city", "Paris");
      json_object_set_string_member (customer, "country", "FR");
      cpt_sandbox_customer_add (self, json_object_get_string_member (list, "id"), customer);
    }
}

/* A second, shorter catalog, so that there is something to choose. */
static void
shorten_catalog (JsonObject *description)
{
  JsonArray *products = cpt_sandbox_json_array (description, "products");

  json_object_set_string_member (description, "name", "Carte midi");
  while (json_array_get_length (products) > 10)
    json_array_remove_element (products, 10);
}

static void
add_catalogs (CptSandbox *self)
{
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (cpt_sandbox_get_resource (),
                              "/io/github/comptoir/sandbox/demo-catalog.json", 0, NULL);
  g_autoptr (JsonNode) node = cpt_sandbox_json_read_bytes (bytes, NULL);
  JsonObject *description = json_node_get_object (node);

  cpt_sandbox_catalog_add (self, description);
  shorten_catalog (description);
  cpt_sandbox_catalog_add (self, description);
}

/* Builds the shop as it opens: fresh ids each time. */
void
cpt_sandbox_world_init (CptSandbox *self)
{
  g_autofree char *id = cpt_sandbox_new_id (5);

  self->account = json_object_new ();
  json_object_set_string_member (self->account, "id", id);
  json_object_set_string_member (self->account, "name", "Pizzeria Démo");
  json_object_set_string_member (self->account, "currency", CPT_SANDBOX_CURRENCY);
  add_location (self, id, 1, "Pizzeria Démo Centre");
  add_location (self, id, 2, "Pizzeria Démo Gare");
  add_list (self, "Clients");
  add_list (self, "Clients entreprises");
  add_customers (self);
  add_catalogs (self);
}
