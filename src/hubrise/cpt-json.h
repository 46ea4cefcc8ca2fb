/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for JSON from outside: nesting, emptiness and trailing text are checked before the
 * parser sees it, and getters take what stands there or say that it is something else.
 * Any thread. */
#pragma once

#include <gio/gio.h>

#include "cpt-connection.h"
#include "cpt-order.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *resource_type, *event_type;          /* "order", "create" */
  char *order_id, *location_id, *catalog_id; /* (nullable) */
  CptTime created_at;                        /* or CPT_TIME_NONE */
} CptHubriseEvent;

void cpt_hubrise_event_free (CptHubriseEvent *event);

/* The answer of POST /token. The token leaves this struct only for the secret store and the client.
 */
typedef struct
{
  char *access_token;
  char *account_id, *account_name, *location_id, *location_name;
  char *catalog_id, *catalog_name, *customer_list_id, *customer_list_name; /* (nullable) */
} CptHubriseGrant;

void cpt_hubrise_grant_free (CptHubriseGrant *grant);

/* Never NULL: what cannot be understood is a raw order with its reason. @id_hint: the id that was
 * asked for, nullable. */
CptOrder *cpt_json_decode_order (GBytes *body, const char *id_hint);
/* (element-type CptOrder) */
GPtrArray *cpt_json_decode_orders (GBytes *body, GError **error);
/* An order of this till that HubRise does not have: without an id. Never NULL. */
CptOrder *cpt_json_decode_own_order (GBytes *body);
/* A document as stored: HubRise's of the order @id, or with NULL of this till. Never NULL. */
CptOrder *cpt_json_decode_stored_order (GBytes *body, const char *id);
/* An order as this till keeps it: the customer whole, subtotals and total. @zone: the location's.
 */
GBytes *cpt_json_write_order (const CptOrder *order, GTimeZone *zone);
/* (element-type CptOrderCustomer) */
GPtrArray *cpt_json_decode_customers (GBytes *body, GError **error);
CptOrderCustomer *cpt_json_decode_customer (GBytes *body, GError **error);
GBytes *cpt_json_write_customer (const CptOrderCustomer *customer);
/* (element-type CptField): the fields a refusal names, each with HubRise's words. */
GPtrArray *cpt_json_decode_field_errors (GBytes *body);
/* (element-type CptHubriseEvent) an event without an id is left out */
GPtrArray *cpt_json_decode_events (GBytes *body, GError **error);
CptHubriseGrant *cpt_json_decode_grant (GBytes *body, GError **error);
/* Fills the fields of GET /location into @connection, a fresh copy of the caller's. */
gboolean cpt_json_decode_location (GBytes *body, CptConnection *connection, GError **error);
/* Whether the callback that HubRise shows is the passive one this program registers. */
gboolean cpt_json_callback_is_ours (GBytes *body);
gboolean cpt_json_decode_catalog_name (GBytes *body, char **id, char **name, GError **error);
/* The line the demo shop prints at its start: address, client, secret and one-time code. */
typedef struct
{
  char *api_url, *oauth_url, *client_id, *client_secret, *code;
} CptDemoAddress;
void cpt_demo_address_free (CptDemoAddress *address);
CptDemoAddress *cpt_json_decode_demo_address (const char *line, GError **error);

gboolean cpt_json_is_long (GBytes *body);
typedef gpointer (*CptJsonDecoder) (GBytes *body, gpointer hint, GError **error);

/* Runs @decoder on @body: at once for a small body, on a leaf worker for one over 50 kB; the
 * callback always comes in the caller's context. @hint is freed with @free_hint. */
void cpt_json_decode_async (GBytes *body,
                            CptJsonDecoder decoder,
                            gpointer hint,
                            GDestroyNotify free_hint,
                            GDestroyNotify free_result,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gpointer cpt_json_decode_finish (GAsyncResult *result, GError **error);

/* @body with personal data and secrets replaced, at most 16 kB, for the log; text that is not
 * JSON is described, not shown. */
char *cpt_json_mask (GBytes *body);
/* An order's document without the persons in it; NULL for what is no object. */
GBytes *cpt_json_erase (GBytes *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHubriseEvent, cpt_hubrise_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHubriseGrant, cpt_hubrise_grant_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDemoAddress, cpt_demo_address_free)

G_END_DECLS
