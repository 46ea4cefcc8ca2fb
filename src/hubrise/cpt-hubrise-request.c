/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to HubRise, ready to be sent: a constructor per endpoint this program uses.
 * Main thread only. */
#include "cpt-hubrise-request-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cpt-json-order-write.h"
#include "cpt-json-private.h"
#include "cpt-json-stock.h"

#define KILOBYTE ((gsize)1000)
#define MEGABYTE (1000 * KILOBYTE)

/* How many elements a page of a list may have at most. */
#define PAGE_SIZE "100"

G_DEFINE_BOXED_TYPE (CptHubriseRequest,
                     cpt_hubrise_request,
                     cpt_hubrise_request_ref,
                     cpt_hubrise_request_unref)

CptHubriseRequest *
cpt_hubrise_request_ref (CptHubriseRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* A body may hold a code or a token. */
static void
free_body (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

void
cpt_hubrise_request_unref (CptHubriseRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->path);
  g_string_free (self->query, TRUE);
  g_string_free (self->shown_query, TRUE);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->order_id);
  g_free (self);
}

/**
 * cpt_hubrise_request_by_person:
 *
 * The request is what somebody is waiting for: it may use the whole budget and does not queue
 * behind background traffic.
 */
CptHubriseRequest *
cpt_hubrise_request_by_person (CptHubriseRequest *self)
{
  return cpt_hubrise_request_set_priority (self, CPT_PRIORITY_PERSON);
}

CptHubriseRequest *
cpt_hubrise_request_set_priority (CptHubriseRequest *self, CptPriority priority)
{
  self->priority = priority;
  return self;
}

static CptHubriseRequest *
request_new (const char *method, char *path)
{
  CptHubriseRequest *self = g_new0 (CptHubriseRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->method = method;
  self->path = path;
  self->query = g_string_new (NULL);
  self->shown_query = g_string_new (NULL);
  self->priority = CPT_PRIORITY_BACKGROUND;
  self->needs_body = g_str_equal (method, "GET") || g_str_equal (method, "PATCH");
  self->limit = MEGABYTE;
  return self;
}

/* One or two dots are steps in a path even when they are escaped, and DELETE would hit what lies
 * above: escaped twice they are an id that nobody has. */
static char *
escape_id (const char *id)
{
  if (g_str_equal (id, "."))
    return g_strdup ("%252E");
  if (g_str_equal (id, ".."))
    return g_strdup ("%252E%252E");
  return g_uri_escape_string (id, NULL, FALSE);
}

static CptHubriseRequest *
request_new_for_id (const char *method, const char *before, const char *id, const char *after)
{
  g_autofree char *escaped = escape_id (id);
  return request_new (method, g_strconcat (before, escaped, after, NULL));
}

static void
add_query (CptHubriseRequest *self, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (self->query, "%s%s=%s", self->query->len > 0 ? "&" : "", name, escaped);
  g_string_append_printf (self->shown_query, "%s%s=…", self->shown_query->len > 0 ? "&" : "", name);
}

static void
set_body (CptHubriseRequest *self, const char *type, char *text)
{
  self->body_type = type;
  self->body = g_bytes_new_with_free_func (text, strlen (text), free_body, text);
}

static void
set_json (CptHubriseRequest *self, GString *json)
{
  set_body (self, "application/json", g_string_free (json, FALSE));
}

static CptHubriseRequest *
oauth_request (const char *path, const char *name, const char *value)
{
  CptHubriseRequest *self = request_new ("POST", g_strdup (path));
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  self->oauth = TRUE;
  self->secret = TRUE;
  self->priority = CPT_PRIORITY_PERSON;
  set_body (self, "application/x-www-form-urlencoded", g_strconcat (name, "=", escaped, NULL));
  return self;
}

/**
 * cpt_hubrise_request_token:
 * @code: of the authorisation; works once
 */
CptHubriseRequest *
cpt_hubrise_request_token (const char *code)
{
  CptHubriseRequest *self = oauth_request ("/token", "code", code);

  self->needs_body = TRUE;
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_revoke (const char *token)
{
  return oauth_request ("/revoke", "token", token);
}

CptHubriseRequest *
cpt_hubrise_request_get_location (void)
{
  return request_new ("GET", g_strdup ("/location"));
}

static void
append_member (GString *json, const char *name, const char *value)
{
  if (value == NULL)
    return;
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  cpt_json_append_quoted (json, name);
  g_string_append_c (json, ':');
  cpt_json_append_quoted (json, value);
}

/**
 * cpt_hubrise_request_patch_acceptance:
 * @mode: "online" or "normal" (what this server shows), "busy", "paused"
 * @extra_minutes: added to the preparation time, only with busy, else 0
 * @reason: (nullable): only with paused
 * @resume_at: (nullable): ISO 8601
 */
CptHubriseRequest *
cpt_hubrise_request_patch_acceptance (const char *mode,
                                      int extra_minutes,
                                      const char *reason,
                                      const char *resume_at)
{
  CptHubriseRequest *self = request_new ("PATCH", g_strdup ("/location"));
  GString *json = g_string_new ("{\"order_acceptance\":{");

  append_member (json, "mode", mode);
  if (extra_minutes > 0)
    g_string_append_printf (json, ",\"extra_preparation_time\":%d", extra_minutes);
  append_member (json, "reason", reason);
  append_member (json, "resume_at", resume_at);
  g_string_append (json, "}}");
  set_json (self, json);
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_get_callback (void)
{
  return request_new ("GET", g_strdup ("/callback"));
}

/**
 * cpt_hubrise_request_post_callback:
 *
 * Registers a passive callback: events wait until they are deleted. It replaces any earlier one.
 */
CptHubriseRequest *
cpt_hubrise_request_post_callback (void)
{
  CptHubriseRequest *self = request_new ("POST", g_strdup ("/callback"));

  set_json (self, g_string_new ("{\"url\":null,\"events\":{"
                                "\"order\":[\"create\",\"update\"],"
                                "\"catalog\":[\"update\"],"
                                "\"inventory\":[\"patch\",\"update\"],"
                                "\"location\":[\"update\"]}}"));
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_delete_callback (void)
{
  return request_new ("DELETE", g_strdup ("/callback"));
}

/**
 * cpt_hubrise_request_list_events:
 * @cursor: (nullable): of the page before
 */
CptHubriseRequest *
cpt_hubrise_request_list_events (const char *cursor)
{
  CptHubriseRequest *self = request_new ("GET", g_strdup ("/callback/events"));

  add_query (self, "count", PAGE_SIZE);
  add_query (self, "cursor", cursor);
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_delete_event (const char *event_id)
{
  return request_new_for_id ("DELETE", "/callback/events/", event_id, "");
}

CptHubriseRequest *
cpt_hubrise_request_list_orders (const char *after, const char *private_ref, const char *cursor)
{
  CptHubriseRequest *self = request_new ("GET", g_strdup ("/location/orders"));

  self->heavy = TRUE;
  /* A hundred orders of the largest size allowed for one would be 200 MB; a real page is far
   * below this. */
  self->limit = 16 * MEGABYTE;
  add_query (self, "count", PAGE_SIZE);
  add_query (self, "after", after);
  add_query (self, "private_ref", private_ref);
  add_query (self, "cursor", cursor);
  return self;
}

static CptHubriseRequest *
order_request (const char *method, const char *order_id)
{
  CptHubriseRequest *self = request_new_for_id (method, "/location/orders/", order_id, "");

  self->order_id = g_strdup (order_id);
  self->limit = 2 * MEGABYTE;
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_get_order (const char *order_id)
{
  return order_request ("GET", order_id);
}

static void
set_json_bytes (CptHubriseRequest *self, GBytes *json)
{
  self->body_type = "application/json";
  self->body = json;
}

/**
 * cpt_hubrise_request_post_order:
 * @order: with its private_ref, by which it is looked up before it is posted again
 * @now: by the server's clock
 */
CptHubriseRequest *
cpt_hubrise_request_post_order (const CptOrder *order, GTimeZone *zone, CptTime now)
{
  CptHubriseRequest *self = request_new ("POST", g_strdup ("/location/orders"));

  self->limit = 2 * MEGABYTE;
  self->needs_body = TRUE;
  set_json_bytes (self, cpt_json_write_new_order (order, zone, now));
  return self;
}

/**
 * cpt_hubrise_request_list_customers:
 * @email: (nullable)
 * @phone: (nullable)
 * @private_ref: (nullable)
 * @count: at most so many
 */
CptHubriseRequest *
cpt_hubrise_request_list_customers (const char *list_id,
                                    const char *email,
                                    const char *phone,
                                    const char *private_ref,
                                    guint count)
{
  CptHubriseRequest *self = request_new_for_id ("GET", "/customer_lists/", list_id, "/customers");
  g_autofree char *at_most = g_strdup_printf ("%u", count);

  self->heavy = TRUE;
  add_query (self, "count", at_most);
  add_query (self, "email", email);
  add_query (self, "phone", phone);
  add_query (self, "private_ref", private_ref);
  return self;
}

/**
 * cpt_hubrise_request_post_customer:
 * @customer: with the list it is for and its private_ref
 */
CptHubriseRequest *
cpt_hubrise_request_post_customer (const CptOrderCustomer *customer)
{
  CptHubriseRequest *self =
      request_new_for_id ("POST", "/customer_lists/", customer->customer_list_id, "/customers");

  self->needs_body = TRUE;
  set_json_bytes (self, cpt_json_write_new_customer (customer));
  return self;
}

/* The object @name in @parent, made empty where something else stood. */
static JsonObject *
ensure_object (JsonObject *parent, const char *name)
{
  if (cpt_json_object_member (parent, name) == NULL)
    json_object_set_object_member (parent, name, json_object_new ());
  return cpt_json_object_member (parent, name);
}

/* A copy to change: what a document was parsed into is shared and immutable. */
static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (object == NULL)
    return copy;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (cpt_json_kind (node) == CPT_JSON_OBJECT)
        json_object_set_object_member (copy, name, copy_object (json_node_get_object (node)));
      else
        json_object_set_member (copy, name, json_node_copy (node));
    }
  return copy;
}

static JsonObject *
dup_custom_fields (const CptOrder *read)
{
  g_autoptr (JsonNode) root = NULL;

  if (read == NULL || read->document == NULL)
    return json_object_new ();
  return copy_object (cpt_json_object_member (cpt_json_parse_object (read->document, &root, NULL),
                                              "custom_fields"));
}

/* HubRise does not tell how it merges below the top level, so the whole object goes back. */
static char *
write_custom_fields (const CptOrderStep *step, const CptOrder *read)
{
  g_autoptr (JsonObject) fields = dup_custom_fields (read);
  g_autoptr (JsonNode) node = NULL;

  if (step->status == CPT_ORDER_REJECTED && step->rejection_cause != NULL)
    {
      JsonObject *rejection = ensure_object (ensure_object (fields, "epos"), "rejection");
      json_object_set_string_member (rejection, "cause", step->rejection_cause);
    }
  if (step->seller != NULL)
    {
      JsonObject *staff = ensure_object (ensure_object (fields, "restaurant"), "staff");
      json_object_set_string_member (staff, "name", step->seller);
    }

  node = json_node_init_object (json_node_alloc (), fields);
  return cpt_json_write (node);
}

static char *
append_note (const CptOrder *read, const char *note)
{
  if (note == NULL)
    return NULL;
  if (read == NULL || read->seller_notes == NULL || read->seller_notes[0] == '\0')
    return g_strdup (note);
  return g_strconcat (read->seller_notes, "\n", note, NULL);
}

/**
 * cpt_hubrise_request_patch_order:
 * @step: what is sent
 * @read: (nullable): the order as last read; its notes and custom fields are kept
 */
CptHubriseRequest *
cpt_hubrise_request_patch_order (const CptOrderStep *step, const CptOrder *read)
{
  CptHubriseRequest *self = order_request ("PATCH", step->order_id);
  g_autofree char *notes = append_note (read, step->seller_note);
  GString *json = g_string_new ("{");

  append_member (json, "status", cpt_order_status_to_string (step->status));
  append_member (json, "confirmed_time", step->confirmed_time);
  append_member (json, "seller_notes", notes);
  if (step->seller != NULL || (step->status == CPT_ORDER_REJECTED && step->rejection_cause != NULL))
    {
      g_autofree char *fields = write_custom_fields (step, read);
      g_string_append_printf (json, ",\"custom_fields\":%s", fields);
    }
  g_string_append_c (json, '}');
  set_json (self, json);
  return self;
}

static void
append_payment (GString *json, const CptOutboxEntry *entry)
{
  g_autofree char *amount = cpt_money_to_string (entry->amount);

  g_string_append (json, "\"payments\":[{");
  append_member (json, "name", entry->name);
  append_member (json, "ref", entry->ref);
  append_member (json, "amount", amount);
  append_member (json, "private_ref", entry->private_ref);
  g_string_append (json, "}]");
}

static void
append_deletion (GString *json, const CptOutboxEntry *entry, const CptOrder *read)
{
  g_autofree char *notes = append_note (read, entry->seller_note);

  g_string_append (json, "\"items\":[{");
  append_member (json, "id", entry->element);
  g_string_append (json, ",\"deleted\":true}]");
  append_member (json, "seller_notes", notes);
}

/**
 * cpt_hubrise_request_patch_entry:
 * @entry: a payment or a deletion of an order that HubRise has
 * @read: (nullable): the order as last read
 */
CptHubriseRequest *
cpt_hubrise_request_patch_entry (const CptOutboxEntry *entry, const CptOrder *read)
{
  CptHubriseRequest *self = order_request ("PATCH", entry->order_id);
  GString *json = g_string_new ("{");

  if (entry->kind == CPT_OUTBOX_PAYMENT)
    append_payment (json, entry);
  else
    append_deletion (json, entry, read);
  g_string_append_c (json, '}');
  set_json (self, json);
  return self;
}

/**
 * cpt_hubrise_request_get_catalog:
 * @hide_data: only id and name
 */
CptHubriseRequest *
cpt_hubrise_request_get_catalog (const char *catalog_id, gboolean hide_data)
{
  CptHubriseRequest *self = request_new_for_id ("GET", "/catalogs/", catalog_id, "");

  self->heavy = TRUE;
  self->limit = 64 * MEGABYTE;
  if (hide_data)
    add_query (self, "hide_data", "true");
  return self;
}

static CptHubriseRequest *
inventory_request (const char *method, const char *catalog_id)
{
  CptHubriseRequest *self =
      request_new_for_id (method, "/catalogs/", catalog_id, "/location/inventory");

  self->limit = 16 * MEGABYTE;
  return self;
}

CptHubriseRequest *
cpt_hubrise_request_get_inventory (const char *catalog_id)
{
  return inventory_request ("GET", catalog_id);
}

/**
 * cpt_hubrise_request_patch_inventory:
 * @entries: (element-type CptInventoryEntry): NONE removes the entry
 * @zone: the location's, for the times
 */
CptHubriseRequest *
cpt_hubrise_request_patch_inventory (const char *catalog_id, GPtrArray *entries, GTimeZone *zone)
{
  CptHubriseRequest *self = inventory_request ("PATCH", catalog_id);

  set_body (self, "application/json", cpt_json_write_inventory (entries, zone));
  return self;
}

/**
 * cpt_hubrise_request_put_inventory:
 * @entries: (element-type CptInventoryEntry): the whole inventory, none of them NONE
 */
CptHubriseRequest *
cpt_hubrise_request_put_inventory (const char *catalog_id, GPtrArray *entries, GTimeZone *zone)
{
  CptHubriseRequest *self = inventory_request ("PUT", catalog_id);

  set_body (self, "application/json", cpt_json_write_inventory (entries, zone));
  return self;
}

/**
 * cpt_hubrise_request_dup_uri:
 * @root: without a trailing slash
 *
 * Returns: (transfer full) (nullable)
 */
GUri *
cpt_hubrise_request_dup_uri (const CptHubriseRequest *self, const char *root)
{
  g_autofree char *text =
      g_strconcat (root, self->path, self->query->len > 0 ? "?" : "", self->query->str, NULL);
  return g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
}

/**
 * cpt_hubrise_request_dup_shown_path:
 *
 * Returns: (transfer full): the path with the names of the query, for the log
 */
char *
cpt_hubrise_request_dup_shown_path (const CptHubriseRequest *self)
{
  return g_strconcat (self->path, self->shown_query->len > 0 ? "?" : "", self->shown_query->str,
                      NULL);
}
