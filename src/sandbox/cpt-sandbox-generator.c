/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Believable orders: who sends them, what they hold. Main loop only. */
#include "cpt-sandbox-generator.h"

#include <string.h>

typedef enum
{
  PAID,
  UNPAID,
  PARTLY,
} Payment;

typedef struct
{
  const char *channel;
  const char *service; /* (nullable) */
  Payment payment;
  CptSandboxTraits traits;
} Profile;

/* They come in this order, so that the first few already show most of what there is. */
static const Profile profiles[] = {
  { "Deliveroo", "delivery", PAID, CPT_SANDBOX_REMOVED | CPT_SANDBOX_DRIVER },
  { "Site web", "collection", UNPAID, CPT_SANDBOX_NOTES | CPT_SANDBOX_KNOWN },
  { "Uber Eats", "delivery", PAID, CPT_SANDBOX_DEAL | CPT_SANDBOX_DRIVER },
  { "Just Eat", "delivery", PAID, CPT_SANDBOX_DISCOUNT | CPT_SANDBOX_CHARGE },
  { "Site web", "eat_in", UNPAID, 0 },
  { "Site web", "delivery", PARTLY,
    CPT_SANDBOX_HALF | CPT_SANDBOX_CHARGE | CPT_SANDBOX_NOTES | CPT_SANDBOX_KNOWN },
  { "Deliveroo", "delivery", PAID, CPT_SANDBOX_CANCEL },
  { "Uber Eats", "collection", PAID, CPT_SANDBOX_REMOVED | CPT_SANDBOX_NOTES },
  { "Site web", "collection", PAID, CPT_SANDBOX_LATER | CPT_SANDBOX_DEAL | CPT_SANDBOX_KNOWN },
  { "Just Eat", "delivery", UNPAID, CPT_SANDBOX_CHARGE | CPT_SANDBOX_HALF | CPT_SANDBOX_CANCEL },
};

static const char *const item_notes[] = { "Bien cuite, merci", "Sans sel", "Coupée en huit" };
static const char *const order_notes[] = { "Sonner deux fois", "Merci de mettre des couverts",
                                           "Allergie : arachides" };

static const char *
pick (const char *const *texts, guint count)
{
  return texts[g_random_int_range (0, (int)count)];
}

static void
set_money (JsonObject *object, const char *name, gint64 cents)
{
  g_autofree char *text = cpt_sandbox_money_text (cents, CPT_SANDBOX_CURRENCY);

  json_object_set_string_member (object, name, text);
}

static gint64
cents_of (JsonObject *object, const char *name)
{
  CptSandboxMoney money = { 0 };

  return cpt_sandbox_money_parse (cpt_sandbox_json_string (object, name), &money) ? money.cents : 0;
}

static JsonArray *
catalog_section (CptSandbox *self, const char *section)
{
  CptSandboxCatalog *catalog = self->catalogs->pdata[0];

  return cpt_sandbox_json_array (cpt_sandbox_json_object (catalog->document, "data"), section);
}

static JsonObject *
option_list (CptSandbox *self, const char *id)
{
  JsonArray *lists = catalog_section (self, "option_lists");

  for (guint i = 0; i < json_array_get_length (lists); i++)
    if (strcmp (json_object_get_string_member (json_array_get_object_element (lists, i), "id"),
                id) == 0)
      return json_array_get_object_element (lists, i);
  return NULL;
}

static void
add_option (JsonArray *options,
            const char *list,
            const char *name,
            const char *ref,
            gint64 cents,
            gboolean removed)
{
  JsonObject *option = json_object_new ();

  json_object_set_string_member (option, "option_list_name", list);
  json_object_set_string_member (option, "name", name);
  cpt_sandbox_json_set_string (option, "ref", ref);
  set_money (option, "price", cents);
  json_object_set_int_member (option, "quantity", 1);
  json_object_set_boolean_member (option, "removed", removed);
  cpt_sandbox_json_add_object (options, option);
}

/* As many different options of the list as it asks for, and sometimes one more. */
static void
choose_options (JsonArray *chosen, JsonObject *list)
{
  JsonArray *options = cpt_sandbox_json_array (list, "options");
  guint length = options ? json_array_get_length (options) : 0;
  gint64 least = cpt_sandbox_json_int (list, "min_selections", 0);
  gint64 most = cpt_sandbox_json_int (list, "max_selections", 1);
  gint64 count = MIN (least + (least < most && g_random_int_range (0, 3) == 0), length);
  guint first = length ? (guint)g_random_int_range (0, (int)length) : 0;

  for (guint i = 0; i < count; i++)
    {
      JsonObject *option = json_array_get_object_element (options, (first + i) % length);

      add_option (chosen, json_object_get_string_member (list, "name"),
                  json_object_get_string_member (option, "name"),
                  cpt_sandbox_json_string (option, "ref"), cents_of (option, "price"), FALSE);
    }
}

static JsonObject *
make_item (CptSandbox *self, JsonObject *product, JsonObject *sku)
{
  JsonObject *item = json_object_new ();
  JsonArray *chosen = json_array_new ();
  JsonArray *ids = cpt_sandbox_json_array (sku, "option_list_ids");

  json_object_set_string_member (item, "product_name",
                                 json_object_get_string_member (product, "name"));
  cpt_sandbox_json_set_string (item, "sku_name", cpt_sandbox_json_string (sku, "name"));
  cpt_sandbox_json_set_string (item, "sku_ref", cpt_sandbox_json_string (sku, "ref"));
  json_object_set_string_member (item, "price", json_object_get_string_member (sku, "price"));
  json_object_set_string_member (item, "quantity", g_random_int_range (0, 4) == 0 ? "2" : "1");
  json_object_set_string_member (item, "tax_rate", "10.0");
  for (guint i = 0; ids && i < json_array_get_length (ids); i++)
    choose_options (chosen, option_list (self, json_array_get_string_element (ids, i)));
  json_object_set_array_member (item, "options", chosen);
  return item;
}

/* Where the catalog was emptied, there is always bread. */
static JsonObject *
plain_item (void)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"product_name\":\"Pain\",\"price\":\"1.00 EUR\",\"quantity\":\"1\",\"options\":[]}", NULL);

  return json_object_ref (json_node_get_object (node));
}

static JsonObject *
random_item (CptSandbox *self)
{
  JsonArray *products = catalog_section (self, "products");
  guint length = json_array_get_length (products);
  guint first = length ? (guint)g_random_int_range (0, (int)length) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonObject *product = json_array_get_object_element (products, (first + i) % length);
      JsonArray *skus = cpt_sandbox_json_array (product, "skus");
      int count = skus ? (int)json_array_get_length (skus) : 0;

      if (count > 0)
        return make_item (self, product,
                          json_array_get_object_element (skus,
                                                         (guint)g_random_int_range (0, count)));
    }
  return plain_item ();
}

/* The item of a sku that the catalog has under `ref`, or any item where it has not. */
static JsonObject *
item_of (CptSandbox *self, const char *ref)
{
  JsonArray *products = catalog_section (self, "products");

  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *product = json_array_get_object_element (products, i);
      JsonArray *skus = cpt_sandbox_json_array (product, "skus");

      for (guint j = 0; skus && j < json_array_get_length (skus); j++)
        if (g_strcmp0 (cpt_sandbox_json_string (json_array_get_object_element (skus, j), "ref"),
                       ref) == 0)
          return make_item (self, product, json_array_get_object_element (skus, j));
    }
  return random_item (self);
}

static void
put_in_deal (JsonObject *item, const char *label, gint64 cents)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "deal_key", "0");
  json_object_set_string_member (line, "label", label);
  json_object_set_string_member (line, "pricing_effect", "fixed_price");
  set_money (line, "pricing_value", cents);
  set_money (item, "price", cents);
  json_object_set_string_member (item, "quantity", "1");
  json_object_set_object_member (item, "deal_line", line);
}

static void
add_deal (CptSandbox *self, JsonObject *order, JsonArray *items)
{
  JsonObject *pizza = item_of (self, "MARG-M");
  JsonObject *drink = item_of (self, "COKE");

  json_object_set_member (
      order, "deals",
      json_from_string ("{\"0\":{\"name\":\"Menu midi\",\"ref\":\"MENU-MIDI\"}}", NULL));
  put_in_deal (pizza, "Pizza", 990);
  put_in_deal (drink, "Boisson", 200);
  cpt_sandbox_json_add_object (items, pizza);
  cpt_sandbox_json_add_object (items, drink);
}

static void
add_removed (CptSandbox *self, JsonArray *items)
{
  JsonObject *item = item_of (self, "NAPO-M");

  add_option (cpt_sandbox_json_array (item, "options"), "Retirer", "Olives", "OLIVES", 0, TRUE);
  json_object_set_string_member (item, "customer_notes",
                                 pick (item_notes, G_N_ELEMENTS (item_notes)));
  cpt_sandbox_json_add_object (items, item);
}

static void
add_items (CptSandbox *self, JsonObject *order, CptSandboxTraits traits)
{
  JsonArray *items = json_array_new ();

  if (traits & CPT_SANDBOX_DEAL)
    add_deal (self, order, items);
  if (traits & CPT_SANDBOX_REMOVED)
    add_removed (self, items);
  if (traits & CPT_SANDBOX_HALF)
    cpt_sandbox_json_add_object (items, item_of (self, "HALF-G"));
  for (int i = g_random_int_range (0, 3); i >= 0; i--)
    cpt_sandbox_json_add_object (items, random_item (self));
  json_object_set_array_member (order, "items", items);
}

static void
add_extras (JsonObject *order, CptSandboxTraits traits)
{
  if (traits & CPT_SANDBOX_DISCOUNT)
    json_object_set_member (order, "discounts",
                            json_from_string ("[{\"name\":\"Bienvenue\",\"ref\":\"BIENVENUE\","
                                              "\"price_off\":\"3.00 EUR\"}]",
                                              NULL));
  if (traits & CPT_SANDBOX_CHARGE)
    json_object_set_member (order, "charges",
                            json_from_string ("[{\"name\":\"Frais de livraison\",\"ref\":"
                                              "\"LIVRAISON\",\"price\":\"2.90 EUR\"}]",
                                              NULL));
  if (traits & CPT_SANDBOX_NOTES)
    json_object_set_string_member (order, "customer_notes",
                                   pick (order_notes, G_N_ELEMENTS (order_notes)));
}

static JsonObject *
known_customer (CptSandbox *self)
{
  CptSandboxCustomer *customer =
      self->customers->pdata[g_random_int_range (0, (int)MIN (30, self->customers->len))];

  return cpt_sandbox_json_copy_object (customer->document);
}

static JsonObject *
guest (gboolean delivery)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"id\":null,\"first_name\":\"Client\",\"last_name\":\"Démo\",\"phone\":\"+33199000000\","
      "\"phone_access_code\":\"123 456 789\"}",
      NULL);
  JsonObject *customer = json_object_ref (json_node_get_object (node));
  g_autofree char *name = g_strdup_printf ("Démo %c.", 'A' + g_random_int_range (0, 26));
  g_autofree char *street = g_strdup_printf ("%d avenue de l’Exemple", g_random_int_range (1, 120));

  json_object_set_string_member (customer, "last_name", name);
  if (!delivery)
    return customer;
  json_object_set_string_member (customer, "address_1", street);
  json_object_set_string_member (customer, "address_2", "Bâtiment B, 2e étage");
  json_object_set_string_member (customer, "postal_code", "75011");
  json_object_set_string_member (customer, "city", "Paris");
  json_object_set_string_member (customer, "country", "FR");
  json_object_set_string_member (customer, "delivery_notes", "Code 12B34");
  return customer;
}

static char *
number_for (const char *channel, guint serial)
{
  if (strcmp (channel, "Deliveroo") == 0)
    return g_strdup_printf ("%04d", g_random_int_range (1000, 9999));
  if (strcmp (channel, "Uber Eats") == 0)
    return g_strdup_printf ("%05X", g_random_int_range (0x10000, 0xfffff));
  if (strcmp (channel, "Just Eat") == 0)
    return g_strdup_printf ("%09d", g_random_int_range (100000000, 999999999));
  return g_strdup_printf ("W-%u", 1000 + serial);
}

static void
set_time (JsonObject *object, const char *name, gint64 usec)
{
  const gint64 round = 5 * CPT_SANDBOX_MINUTE;
  g_autofree char *text =
      cpt_sandbox_time_text ((usec + round - 1) / round * round, CPT_SANDBOX_ZONE);

  json_object_set_string_member (object, name, text);
}

static void
add_delivery (CptSandbox *self, JsonObject *order, const char *carrier)
{
  JsonObject *delivery = json_object_new ();
  gint64 now = cpt_sandbox_clock_now (self->clock);

  json_object_set_string_member (delivery, "carrier", carrier);
  json_object_set_string_member (delivery, "status", "pending");
  json_object_set_null_member (delivery, "driver_name");
  json_object_set_null_member (delivery, "driver_phone");
  json_object_set_string_member (delivery, "tracking_url", "https://example.org/suivi");
  set_time (delivery, "estimated_pickup_at", now + 20 * CPT_SANDBOX_MINUTE);
  set_time (delivery, "estimated_dropoff_at", now + 40 * CPT_SANDBOX_MINUTE);
  json_object_set_object_member (order, "delivery", delivery);
}

static void
add_head (CptSandbox *self, JsonObject *order, const Profile *profile)
{
  g_autofree char *number = number_for (profile->channel, self->generated);
  gint64 now = cpt_sandbox_clock_now (self->clock);
  gboolean delivery = g_strcmp0 (profile->service, "delivery") == 0;

  json_object_set_string_member (order, "status", "new");
  json_object_set_string_member (order, "created_by", profile->channel);
  json_object_set_string_member (order, "channel", profile->channel);
  json_object_set_string_member (order, "connection_name", profile->channel);
  json_object_set_string_member (order, "ref", number);
  json_object_set_string_member (order, "service_type", profile->service);
  if (strcmp (profile->channel, "Site web") != 0)
    json_object_set_string_member (order, "collection_code", number);
  if (profile->traits & CPT_SANDBOX_LATER)
    set_time (order, "expected_time", now + 26 * CPT_SANDBOX_HOUR);
  else if (g_strcmp0 (profile->service, "eat_in") != 0)
    set_time (order, "expected_time", now + g_random_int_range (20, 45) * CPT_SANDBOX_MINUTE);
  else
    {
      json_object_set_string_member (order, "service_type_ref", "12");
      json_object_set_member (order, "custom_fields",
                              json_from_string ("{\"restaurant\":{\"table_name\":\"Table 12\"}}",
                                                NULL));
    }
  json_object_set_object_member (order, "customer",
                                 profile->traits & CPT_SANDBOX_KNOWN ? known_customer (self)
                                                                     : guest (delivery));
  if (profile->traits & CPT_SANDBOX_DRIVER)
    add_delivery (self, order, profile->channel);
}

static void
add_payment (JsonObject *order, const Profile *profile)
{
  JsonArray *payments = json_array_new ();
  JsonObject *payment = json_object_new ();
  gboolean own = strcmp (profile->channel, "Site web") == 0;
  gint64 total = cents_of (order, "total");

  json_object_set_string_member (payment, "name", own ? "Carte bancaire" : profile->channel);
  json_object_set_string_member (payment, "ref", own ? "CARD" : "ONLINE");
  set_money (payment, "amount", profile->payment == PARTLY ? total / 2 : total);
  cpt_sandbox_json_add_object (payments, payment);
  json_object_set_array_member (order, "payments", payments);
}

/* An order as another program would send it, with `overrides` (checked) on top. `traits`, where it
 * is not NULL, tells what shall become of it. */
CptSandboxOrder *
cpt_sandbox_make_order (CptSandbox *self,
                        const char *location_id,
                        JsonObject *overrides,
                        CptSandboxTraits *traits)
{
  const Profile *profile = &profiles[self->generated++ % G_N_ELEMENTS (profiles)];
  g_autoptr (JsonObject) order = json_object_new ();

  add_head (self, order, profile);
  add_items (self, order, profile->traits);
  add_extras (order, profile->traits);
  cpt_sandbox_json_merge (order, overrides, FALSE);
  cpt_sandbox_compute_totals (order, TRUE);
  if (profile->payment != UNPAID && !json_object_has_member (overrides, "payments"))
    add_payment (order, profile);
  if (traits)
    *traits = profile->traits;
  return cpt_sandbox_add_order (self, NULL, location_id, order);
}
