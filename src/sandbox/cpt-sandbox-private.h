/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the demo shop share: its world, and one request on its way. Main loop only. */
#pragma once

#include <libsoup/soup.h>

#include "cpt-sandbox-amount.h"
#include "cpt-sandbox-clock.h"
#include "cpt-sandbox-json.h"
#include "cpt-sandbox-time.h"
#include "cpt-sandbox.h"

#define CPT_SANDBOX_ZONE     "Europe/Paris"
#define CPT_SANDBOX_CURRENCY "EUR"

typedef struct _CptSandboxJournal CptSandboxJournal;
typedef struct _CptSandboxFailures CptSandboxFailures;

/* Switches of the control path. */
typedef struct
{
  gboolean strict;          /* anything outside the contract is 404 or 422 */
  gboolean limits;          /* 429 over the four windows */
  guint limit[4];           /* minute, hour, day, heavy */
  gboolean retry_after;     /* a 429 carries Retry-After */
  gboolean own_is_program;  /* own changes: of the program, else of the connection */
  gboolean newest_first;    /* lists of orders */
  gboolean callback_clears; /* POST /callback empties the queue */
  char *unknown_refs;       /* (owned) "fields", "plain" or "ignore" */
  char *acceptance_word;    /* (owned) "online" or "normal" */
} CptSandboxSettings;

typedef struct
{
  char *id;               /* (owned) as in the journal: "c1" */
  char *token;            /* (owned) (nullable) NULL once revoked */
  char *client_id;        /* (owned) */
  char *device_id;        /* (owned) "" without one */
  char *scope;            /* (owned) */
  char *location_id;      /* (owned) */
  char *catalog_id;       /* (owned) (nullable) */
  char *customer_list_id; /* (owned) (nullable) */
  JsonObject *callback;   /* (owned) (nullable) */
  GPtrArray *events;      /* (owned) of CptSandboxEvent, oldest first */
  gint64 window[4];       /* the minute, hour, day and heavy minute being counted */
  guint used[4];
} CptSandboxConnection;

typedef struct
{
  char *id;
  guint64 serial;
  JsonObject *head; /* (owned) what the list shows */
  char *state;      /* (owned) (nullable) JSON text, private refs of all connections inside */
  char *previous;   /* (owned) (nullable) the same */
  char *state_name; /* (owned) (nullable) "new_state" or "state_change" */
} CptSandboxEvent;

typedef struct
{
  char *id;          /* (owned) as in the path */
  char *location_id; /* (owned) */
  guint64 serial;
  gint64 created;       /* microseconds since 1970 */
  JsonObject *document; /* (owned) private refs under "_private" by connection */
  GBytes *raw;          /* (owned) (nullable) served instead, byte for byte */
  gboolean verbatim;    /* served as injected: nothing is added or computed */
} CptSandboxOrder;

typedef struct
{
  JsonObject *document;  /* (owned) what GET shows, with its data */
  GHashTable *refs;      /* (owned) "sku:REF" and "option:REF" */
  GHashTable *inventory; /* (owned) location id → GHashTable of the same keys → entry */
} CptSandboxCatalog;

typedef struct
{
  char *id;
  guint64 serial;
  char *list_id;
  JsonObject *document; /* (owned) private refs under "_private" */
} CptSandboxCustomer;

struct _CptSandbox
{
  SoupServer *server;   /* (owned) */
  char *root;           /* (owned) http://127.0.0.1:PORT */
  char *control_secret; /* (owned) */
  char *client_id;      /* (owned) */
  char *client_secret;  /* (owned) */
  CptSandboxSettings settings;
  GTimeZone *zone;              /* (owned) the shop's: GLib reads its file once while we hold it */
  CptSandboxClock *clock;       /* (owned) */
  CptSandboxJournal *journal;   /* (owned) */
  CptSandboxFailures *failures; /* (owned) */
  JsonObject *account;          /* (owned) id, name, currency */
  GPtrArray *locations;         /* (owned) of JsonObject */
  GPtrArray *catalogs;          /* (owned) of CptSandboxCatalog */
  GPtrArray *lists;             /* (owned) of JsonObject: id, name */
  GPtrArray *customers;         /* (owned) of CptSandboxCustomer */
  GPtrArray *orders;            /* (owned) of CptSandboxOrder, oldest first */
  GHashTable *orders_by_id;     /* id → CptSandboxOrder */
  GPtrArray *connections;       /* (owned) of CptSandboxConnection */
  GHashTable *codes;            /* (owned) code → CptSandboxCode */
  GHashTable *logins;           /* (owned) session of an authorisation page → its state */
  GPtrArray *held;              /* (owned) exchanges waiting for a release */
  guint64 serial;               /* of the last order, event or customer */
  guint generated;              /* how many orders the generator has made */
  guint every_seconds;          /* between two of them; 0: off */
};

/* One request, from what was sent to what will be answered. */
typedef struct
{
  CptSandbox *sandbox;
  CptSandboxConnection *connection; /* (nullable) who asks */
  const char *method;               /* effective, after X-Http-Method-Override */
  char **segments;                  /* (owned) path after its root, decoded */
  const char *arguments[4];         /* what stands for :name in the route */
  GHashTable *query;                /* (owned) */
  GBytes *body;                     /* (owned) */
  JsonNode *json;                   /* (owned) (nullable) the body, where the route takes one */
  SoupMessageHeaders *headers;      /* of the request */
  guint status;
  SoupMessageHeaders *reply_headers;
  GBytes *reply; /* (owned) (nullable) */
} CptSandboxCall;

typedef void (*CptSandboxHandler) (CptSandboxCall *call);

/* One page of a list whose members carry rising serial numbers. */
typedef struct
{
  gboolean continued; /* after the member `last` */
  guint64 last;
  guint count;
  guint taken;
} CptSandboxPage;

/* cpt-sandbox-call.c */
void cpt_sandbox_call_clear (CptSandboxCall *call);
void cpt_sandbox_reply (CptSandboxCall *call, guint status, JsonNode *body);
void cpt_sandbox_reply_object (CptSandboxCall *call, guint status, JsonObject *body);
void cpt_sandbox_reply_array (CptSandboxCall *call, guint status, JsonArray *body);
void
cpt_sandbox_reply_text (CptSandboxCall *call, guint status, const char *type, const char *text);
void cpt_sandbox_reply_error (CptSandboxCall *call,
                              guint status,
                              const char *message,
                              JsonArray *errors);
void cpt_sandbox_reply_field (CptSandboxCall *call, const char *field, const char *message);
void cpt_sandbox_add_error (JsonArray *errors, const char *field, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
const char *cpt_sandbox_query (CptSandboxCall *call, const char *name);
gboolean cpt_sandbox_check_query (CptSandboxCall *call, const char *const *allowed);
gboolean cpt_sandbox_page_begin (CptSandboxCall *call, CptSandboxPage *page);
gboolean cpt_sandbox_page_full (CptSandboxCall *call, CptSandboxPage *page, guint64 serial);

/* cpt-sandbox-route.c */
typedef enum
{
  CPT_SANDBOX_ROUTE_PLAIN = 0,
  CPT_SANDBOX_ROUTE_HEAVY = 1 << 0,
  CPT_SANDBOX_ROUTE_BODY = 1 << 1,
  CPT_SANDBOX_ROUTE_QUERY = 1 << 2, /* the handler checks the parameters; else there are none */
} CptSandboxRouteFlags;

typedef struct
{
  const char *method;
  const char *pattern; /* "location/orders/:id" */
  CptSandboxHandler handler;
  CptSandboxRouteFlags flags;
  const char *scope; /* (nullable) what the token must hold */
} CptSandboxRoute;

const CptSandboxRoute *cpt_sandbox_route_find (const CptSandboxRoute *routes, CptSandboxCall *call);
void cpt_sandbox_api (CptSandboxCall *call);

/* cpt-sandbox-server.c */
void cpt_sandbox_serve (CptSandbox *self);
guint cpt_sandbox_release (CptSandbox *self, gint64 n);

/* cpt-sandbox-world.c */
char *cpt_sandbox_new_id (guint length);
char *cpt_sandbox_now_text (CptSandbox *self);
JsonObject *cpt_sandbox_location (CptSandbox *self, const char *id);
CptSandboxCatalog *cpt_sandbox_catalog (CptSandbox *self, const char *id);
const char *cpt_sandbox_first_catalog (CptSandbox *self);
JsonObject *cpt_sandbox_list (CptSandbox *self, const char *id);
void cpt_sandbox_world_init (CptSandbox *self);

/* cpt-sandbox-connection.c */
CptSandboxConnection *
cpt_sandbox_connect (CptSandbox *self, const char *location_id, const char *device_id);
CptSandboxConnection *cpt_sandbox_connection_by_token (CptSandbox *self, const char *token);
CptSandboxConnection *cpt_sandbox_connection_by_id (CptSandbox *self, const char *id);
void cpt_sandbox_connection_free (CptSandboxConnection *connection);
gboolean cpt_sandbox_connection_may (CptSandboxConnection *connection, const char *scope);
gboolean cpt_sandbox_limit (CptSandboxCall *call, gboolean heavy);

/* cpt-sandbox-oauth.c */
typedef struct
{
  char *location_id;
  char *catalog_id;       /* (nullable) */
  char *customer_list_id; /* (nullable) */
  char *device_id;        /* "" without one */
  char *scope;
  gint64 expires;
} CptSandboxCode;

#define CPT_SANDBOX_SCOPE "location[orders.write,customer_list.write,catalog.read,inventory.write]"

void cpt_sandbox_code_free (CptSandboxCode *code);
char *cpt_sandbox_code_new (CptSandbox *self,
                            const char *location_id,
                            const char *catalog_id,
                            const char *customer_list_id,
                            const char *device_id,
                            const char *scope);
void cpt_sandbox_oauth (CptSandboxCall *call);
void cpt_sandbox_oauth_pages (CptSandboxCall *call);

/* cpt-sandbox-event.c: `author` NULL is somebody else's program */
void cpt_sandbox_event_free (CptSandboxEvent *event);
void cpt_sandbox_publish (CptSandbox *self,
                          CptSandboxConnection *author,
                          const char *location_id,
                          const char *resource,
                          const char *type,
                          JsonObject *ids,
                          const char *state_name,
                          JsonNode *state,
                          JsonNode *previous);
void cpt_sandbox_get_callback (CptSandboxCall *call);
void cpt_sandbox_post_callback (CptSandboxCall *call);
void cpt_sandbox_delete_callback (CptSandboxCall *call);
void cpt_sandbox_list_events (CptSandboxCall *call);
void cpt_sandbox_get_event (CptSandboxCall *call);
void cpt_sandbox_delete_event (CptSandboxCall *call);

/* cpt-sandbox-private-ref.c */
void cpt_sandbox_hide_refs (JsonNode *node, const char *connection_id);
JsonNode *cpt_sandbox_show (JsonNode *node, const char *connection_id);
JsonNode *cpt_sandbox_show_object (JsonObject *object, const char *connection_id);
const char *cpt_sandbox_private_ref (JsonObject *object, const char *connection_id);
void cpt_sandbox_set_private_ref (JsonObject *object, const char *connection_id, const char *ref);

/* cpt-sandbox-check.c */
typedef enum
{
  CPT_SANDBOX_TEXT,    /* string or null */
  CPT_SANDBOX_PRIVATE, /* string of at most 255 characters, or null */
  CPT_SANDBOX_MONEY,
  CPT_SANDBOX_DECIMAL,
  CPT_SANDBOX_TIME,
  CPT_SANDBOX_FUTURE,
  CPT_SANDBOX_BOOLEAN,
  CPT_SANDBOX_COUNT, /* whole number, zero or more */
  CPT_SANDBOX_OBJECT,
  CPT_SANDBOX_ARRAY,
  CPT_SANDBOX_STRINGS,
  CPT_SANDBOX_STATUS,
  CPT_SANDBOX_SERVICE,
  CPT_SANDBOX_CUSTOM, /* custom_fields: an object of at most 8 kB */
  CPT_SANDBOX_ANY,
} CptSandboxKind;

typedef struct
{
  const char *name; /* NULL ends the list */
  CptSandboxKind kind;
  gboolean required;
} CptSandboxField;

typedef struct
{
  CptSandbox *sandbox;
  JsonArray *errors; /* (owned) */
  gboolean strict;
  gboolean foreign; /* control path: may set what HubRise itself sets */
} CptSandboxCheck;

void cpt_sandbox_check_object (CptSandboxCheck *check,
                               const char *prefix,
                               JsonObject *object,
                               const CptSandboxField *fields);
gboolean cpt_sandbox_is_status (const char *status);
char *cpt_sandbox_field (const char *prefix, const char *name);

/* cpt-sandbox-order-check.c */
void cpt_sandbox_check_order (CptSandboxCheck *check, JsonObject *order);
void cpt_sandbox_check_order_patch (CptSandboxCheck *check, JsonObject *changes, JsonObject *order);
extern const char *const cpt_sandbox_order_lists[];
extern const CptSandboxField cpt_sandbox_customer_fields[];

/* cpt-sandbox-order-total.c */
void cpt_sandbox_compute_totals (JsonObject *order, gboolean keep_given);

/* cpt-sandbox-order.c */
void cpt_sandbox_order_free (CptSandboxOrder *order);
CptSandboxOrder *cpt_sandbox_add_order (CptSandbox *self,
                                        CptSandboxConnection *author,
                                        const char *location_id,
                                        JsonObject *document);
CptSandboxOrder *cpt_sandbox_add_verbatim (CptSandbox *self,
                                           const char *location_id,
                                           const char *id,
                                           JsonObject *document,
                                           GBytes *raw);
void cpt_sandbox_change_order (CptSandbox *self,
                               CptSandboxConnection *author,
                               CptSandboxOrder *order,
                               JsonObject *changes);
void cpt_sandbox_list_orders (CptSandboxCall *call);
void cpt_sandbox_get_order (CptSandboxCall *call);
void cpt_sandbox_post_order (CptSandboxCall *call);
void cpt_sandbox_patch_order (CptSandboxCall *call);

/* cpt-sandbox-place.c: the location */
void cpt_sandbox_get_location (CptSandboxCall *call);
void cpt_sandbox_patch_location (CptSandboxCall *call);
void cpt_sandbox_check_location (CptSandboxCheck *check, JsonObject *changes);
void cpt_sandbox_change_location (CptSandbox *self,
                                  CptSandboxConnection *author,
                                  JsonObject *location,
                                  JsonObject *changes);

/* cpt-sandbox-journal.c */
typedef enum
{
  CPT_SANDBOX_ARRIVED,
  CPT_SANDBOX_PROCESSED,
  CPT_SANDBOX_ANSWERED,
} CptSandboxStage;

CptSandboxJournal *cpt_sandbox_journal_new (void);
void cpt_sandbox_journal_free (CptSandboxJournal *self);
JsonObject *cpt_sandbox_journal_add (CptSandboxJournal *self,
                                     CptSandboxCall *call,
                                     const char *sent_method,
                                     const char *path,
                                     const char *query);
void cpt_sandbox_journal_mark (CptSandboxJournal *self, JsonObject *entry, CptSandboxStage stage);
gboolean cpt_sandbox_journal_get (CptSandboxCall *call, SoupServerMessage *message);
void cpt_sandbox_journal_clear (CptSandboxJournal *self);

/* cpt-sandbox-failure.c */
CptSandboxFailures *cpt_sandbox_failures_new (void);
void cpt_sandbox_failures_free (CptSandboxFailures *self);
JsonObject *
cpt_sandbox_failures_match (CptSandboxFailures *self, CptSandboxCall *call, const char *path);
void cpt_sandbox_get_failures (CptSandboxCall *call);
void cpt_sandbox_post_failure (CptSandboxCall *call);
void cpt_sandbox_delete_failures (CptSandboxCall *call);

/* cpt-sandbox-control.c */
void cpt_sandbox_control (CptSandboxCall *call);

/* cpt-sandbox-control-order.c */
void cpt_sandbox_control_list_orders (CptSandboxCall *call);
void cpt_sandbox_control_get_order (CptSandboxCall *call);
void cpt_sandbox_control_post_order (CptSandboxCall *call);
void cpt_sandbox_control_patch_order (CptSandboxCall *call);

/* cpt-sandbox-control-state.c */
void cpt_sandbox_control_state (CptSandboxCall *call);
void cpt_sandbox_control_get_settings (CptSandboxCall *call);
void cpt_sandbox_control_settings (CptSandboxCall *call);

/* cpt-sandbox-catalog.c */
void cpt_sandbox_catalog_free (CptSandboxCatalog *catalog);
gboolean cpt_sandbox_catalog_is_sound (JsonObject *description);
void cpt_sandbox_catalog_fill (CptSandboxCatalog *catalog, JsonObject *description);
void cpt_sandbox_catalog_add (CptSandbox *self, JsonObject *description);
void cpt_sandbox_catalog_publish (CptSandbox *self, CptSandboxCatalog *catalog);
CptSandboxCatalog *cpt_sandbox_call_catalog (CptSandboxCall *call);
void cpt_sandbox_get_catalog (CptSandboxCall *call);

/* cpt-sandbox-inventory.c */
void cpt_sandbox_inventory_forget (CptSandboxCatalog *catalog);
JsonArray *cpt_sandbox_inventory_list (CptSandboxCatalog *catalog, const char *location_id);
JsonArray *
cpt_sandbox_inventory_read (CptSandboxCall *call, CptSandboxCatalog *catalog, JsonNode *body);
JsonArray *cpt_sandbox_inventory_patch (CptSandbox *self,
                                        CptSandboxConnection *author,
                                        CptSandboxCatalog *catalog,
                                        const char *location_id,
                                        JsonArray *entries);
void cpt_sandbox_get_inventory (CptSandboxCall *call);
void cpt_sandbox_patch_inventory (CptSandboxCall *call);
void cpt_sandbox_put_inventory (CptSandboxCall *call);

/* cpt-sandbox-customer.c */
void cpt_sandbox_customer_free (CptSandboxCustomer *customer);
CptSandboxCustomer *
cpt_sandbox_customer_add (CptSandbox *self, const char *list_id, JsonObject *given);
void cpt_sandbox_list_customers (CptSandboxCall *call);
void cpt_sandbox_get_customer (CptSandboxCall *call);
void cpt_sandbox_post_customer (CptSandboxCall *call);
void cpt_sandbox_patch_customer (CptSandboxCall *call);
void cpt_sandbox_anonymise_customer (CptSandboxCall *call);

/* cpt-sandbox-control-catalog.c */
void cpt_sandbox_control_put_catalog (CptSandboxCall *call);
void cpt_sandbox_control_drop_ref (CptSandboxCall *call);
void cpt_sandbox_control_get_inventory (CptSandboxCall *call);
void cpt_sandbox_control_patch_inventory (CptSandboxCall *call);
void cpt_sandbox_control_unknown_refs (CptSandboxCall *call);

/* cpt-sandbox-arrivals.c */
CptSandboxOrder *cpt_sandbox_generate_order (CptSandbox *self,
                                             const char *location_id,
                                             JsonObject *overrides,
                                             gboolean lively);
