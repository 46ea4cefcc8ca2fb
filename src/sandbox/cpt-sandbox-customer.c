/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer lists: searched, read, added to, changed and anonymised. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

/* What stands in every customer, and its JSON where nothing was said. */
static const char *const defaults[][2] = {
  { "email", "null" },        { "first_name", "null" },  { "last_name", "null" },
  { "company_name", "null" }, { "phone", "null" },       { "phone_access_code", "null" },
  { "address_1", "null" },    { "address_2", "null" },   { "postal_code", "null" },
  { "city", "null" },         { "state", "null" },       { "country", "null" },
  { "latitude", "null" },     { "longitude", "null" },   { "delivery_notes", "null" },
  { "nb_orders", "0" },       { "loyalty_cards", "[]" }, { "custom_fields", "{}" },
  { "anonymised", "false" },
};

static const char *const personal[] = { "email",        "first_name",    "last_name",
                                        "company_name", "phone",         "phone_access_code",
                                        "address_1",    "address_2",     "postal_code",
                                        "city",         "state",         "latitude",
                                        "longitude",    "delivery_notes" };

void
cpt_sandbox_customer_free (CptSandboxCustomer *customer)
{
  g_free (customer->id);
  g_free (customer->list_id);
  json_object_unref (customer->document);
  g_free (customer);
}

/* Adds a customer whose fields were checked. `given` is not taken over. */
CptSandboxCustomer *
cpt_sandbox_customer_add (CptSandbox *self, const char *list_id, JsonObject *given)
{
  CptSandboxCustomer *customer = g_new0 (CptSandboxCustomer, 1);
  JsonObject *document = json_object_new ();

  customer->id = cpt_sandbox_new_id (5);
  customer->serial = ++self->serial;
  customer->list_id = g_strdup (list_id);
  customer->document = document;
  json_object_set_string_member (document, "id", customer->id);
  json_object_set_string_member (document, "customer_list_id", list_id);
  cpt_sandbox_json_merge (document, given, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (!json_object_has_member (document, defaults[i][0]) ||
        (strcmp (defaults[i][1], "null") != 0 &&
         json_object_get_null_member (document, defaults[i][0])))
      json_object_set_member (document, defaults[i][0], json_from_string (defaults[i][1], NULL));
  g_ptr_array_add (self->customers, customer);
  return customer;
}

static void
publish_customer (CptSandbox *self,
                  CptSandboxConnection *author,
                  CptSandboxCustomer *customer,
                  const char *type,
                  JsonNode *previous)
{
  g_autoptr (JsonObject) ids = json_object_new ();
  g_autoptr (JsonNode) state = cpt_sandbox_json_node (customer->document);

  json_object_set_string_member (ids, "customer_list_id", customer->list_id);
  json_object_set_string_member (ids, "customer_id", customer->id);
  cpt_sandbox_publish (self, author, NULL, "customer", type, ids, "new_state", state, previous);
}

static const char *
call_list (CptSandboxCall *call)
{
  if (g_strcmp0 (call->arguments[0], call->connection->customer_list_id) == 0)
    return call->connection->customer_list_id;
  cpt_sandbox_reply_error (call, 404, "No such customer list for this connection", NULL);
  return NULL;
}

static CptSandboxCustomer *
call_customer (CptSandboxCall *call)
{
  const char *list_id = call_list (call);

  for (guint i = 0; list_id && i < call->sandbox->customers->len; i++)
    {
      CptSandboxCustomer *customer = call->sandbox->customers->pdata[i];

      if (strcmp (customer->list_id, list_id) == 0 &&
          strcmp (customer->id, call->arguments[1]) == 0)
        return customer;
    }
  if (list_id)
    cpt_sandbox_reply_error (call, 404, "No such customer", NULL);
  return NULL;
}

static gboolean
is_like (CptSandboxCall *call, const char *name, JsonObject *document)
{
  const char *wanted = cpt_sandbox_query (call, name);
  const char *value = cpt_sandbox_json_string (document, name);
  g_autofree char *pattern = wanted ? g_utf8_casefold (wanted, -1) : NULL;
  g_autofree char *folded = value ? g_utf8_casefold (value, -1) : NULL;

  return !wanted || (folded && g_pattern_match_simple (pattern, folded));
}

static gboolean
customer_matches (CptSandboxCall *call, CptSandboxCustomer *customer)
{
  const char *ref = cpt_sandbox_query (call, "private_ref");

  return strcmp (customer->list_id, call->arguments[0]) == 0 &&
         is_like (call, "email", customer->document) &&
         is_like (call, "phone", customer->document) &&
         (!ref ||
          g_strcmp0 (cpt_sandbox_private_ref (customer->document, call->connection->id), ref) == 0);
}

/* GET /customer_lists/:id/customers: `*` stands for anything. */
void
cpt_sandbox_list_customers (CptSandboxCall *call)
{
  static const char *const parameters[] = {
    "count", "cursor", "email", "phone", "private_ref", NULL
  };
  GPtrArray *customers = call->sandbox->customers;
  g_autoptr (JsonArray) list = json_array_new ();
  CptSandboxPage page;

  if (!call_list (call) || !cpt_sandbox_check_query (call, parameters) ||
      !cpt_sandbox_page_begin (call, &page))
    return;
  for (guint i = 0; i < customers->len; i++)
    {
      CptSandboxCustomer *customer = customers->pdata[i];

      if ((page.continued && customer->serial <= page.last) || !customer_matches (call, customer))
        continue;
      if (cpt_sandbox_page_full (call, &page, customer->serial))
        break;
      json_array_add_element (list,
                              cpt_sandbox_show_object (customer->document, call->connection->id));
    }
  cpt_sandbox_reply_array (call, 200, g_steal_pointer (&list));
}

static void
reply_customer (CptSandboxCall *call, CptSandboxCustomer *customer)
{
  cpt_sandbox_reply (call, 200, cpt_sandbox_show_object (customer->document, call->connection->id));
}

/* GET /customer_lists/:id/customers/:cid */
void
cpt_sandbox_get_customer (CptSandboxCall *call)
{
  CptSandboxCustomer *customer = call_customer (call);

  if (customer)
    reply_customer (call, customer);
}

static gboolean
body_is_valid (CptSandboxCall *call)
{
  g_autoptr (JsonArray) errors = json_array_new ();
  CptSandboxCheck check = { .sandbox = call->sandbox,
                            .errors = errors,
                            .strict = call->sandbox->settings.strict };

  if (JSON_NODE_HOLDS_OBJECT (call->json))
    cpt_sandbox_check_object (&check, "", json_node_get_object (call->json),
                              cpt_sandbox_customer_fields);
  else
    cpt_sandbox_add_error (errors, "", "must be an object");
  if (json_array_get_length (errors) == 0)
    return TRUE;
  cpt_sandbox_reply_error (call, 422, "Validation failed", errors);
  return FALSE;
}

/* POST /customer_lists/:id/customers */
void
cpt_sandbox_post_customer (CptSandboxCall *call)
{
  const char *list_id = call_list (call);
  CptSandboxCustomer *customer;

  if (!list_id || !body_is_valid (call))
    return;
  cpt_sandbox_hide_refs (call->json, call->connection->id);
  customer = cpt_sandbox_customer_add (call->sandbox, list_id, json_node_get_object (call->json));
  publish_customer (call->sandbox, call->connection, customer, "create", NULL);
  reply_customer (call, customer);
}

/* Merges one level of custom_fields and sets the rest. */
static void
merge_customer (JsonObject *document, JsonObject *changes)
{
  JsonObject *custom = cpt_sandbox_json_object (changes, "custom_fields");
  JsonObject *refs = cpt_sandbox_json_object (changes, "_private");

  if (custom)
    cpt_sandbox_json_merge (cpt_sandbox_json_object (document, "custom_fields"), custom, TRUE);
  if (refs && cpt_sandbox_json_object (document, "_private"))
    cpt_sandbox_json_merge (cpt_sandbox_json_object (document, "_private"), refs, FALSE);
  else if (refs)
    json_object_set_object_member (document, "_private", cpt_sandbox_json_copy_object (refs));
  if (json_object_has_member (changes, "custom_fields"))
    json_object_remove_member (changes, "custom_fields");
  if (refs)
    json_object_remove_member (changes, "_private");
  cpt_sandbox_json_merge (document, changes, FALSE);
}

/* PATCH /customer_lists/:id/customers/:cid */
void
cpt_sandbox_patch_customer (CptSandboxCall *call)
{
  CptSandboxCustomer *customer = call_customer (call);
  g_autoptr (JsonNode) previous = NULL;

  if (!customer || !body_is_valid (call))
    return;
  previous = json_node_alloc ();
  json_node_init (previous, JSON_NODE_OBJECT);
  json_node_take_object (previous, cpt_sandbox_json_copy_object (customer->document));
  cpt_sandbox_hide_refs (call->json, call->connection->id);
  merge_customer (customer->document, json_node_get_object (call->json));
  publish_customer (call->sandbox, call->connection, customer, "update", previous);
  reply_customer (call, customer);
}

/* POST …/:cid/anonymise: what tells who it is goes, for good. */
void
cpt_sandbox_anonymise_customer (CptSandboxCall *call)
{
  CptSandboxCustomer *customer = call_customer (call);

  if (!customer)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    json_object_set_null_member (customer->document, personal[i]);
  json_object_set_boolean_member (customer->document, "anonymised", TRUE);
  publish_customer (call->sandbox, call->connection, customer, "update", NULL);
  reply_customer (call, customer);
}
