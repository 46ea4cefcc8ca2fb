/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to HubRise, ready to be sent: immutable once made. Main thread only.
 * A constructor per endpoint this program uses; ids are escaped, never trusted. */
#pragma once

#include <glib-object.h>

#include "cpt-hubrise-budget.h"
#include "cpt-order-step.h"
#include "cpt-order.h"
#include "cpt-outbox-entry.h"

G_BEGIN_DECLS

typedef struct _CptHubriseRequest CptHubriseRequest;

#define CPT_TYPE_HUBRISE_REQUEST (cpt_hubrise_request_get_type ())

GType cpt_hubrise_request_get_type (void);
CptHubriseRequest *cpt_hubrise_request_ref (CptHubriseRequest *self);
void cpt_hubrise_request_unref (CptHubriseRequest *self);
/* Returns @self, for chaining; only before it is sent. Background is the default. */
CptHubriseRequest *cpt_hubrise_request_by_person (CptHubriseRequest *self);
CptHubriseRequest *cpt_hubrise_request_set_priority (CptHubriseRequest *self, CptPriority priority);

CptHubriseRequest *cpt_hubrise_request_token (const char *code);
CptHubriseRequest *cpt_hubrise_request_revoke (const char *token);

CptHubriseRequest *cpt_hubrise_request_get_location (void);
/* @mode: "online"/"normal", "busy", "paused"; @extra_minutes only with busy, else 0; others
 * nullable */
CptHubriseRequest *cpt_hubrise_request_patch_acceptance (const char *mode,
                                                         int extra_minutes,
                                                         const char *reason,
                                                         const char *resume_at);

CptHubriseRequest *cpt_hubrise_request_get_callback (void);
CptHubriseRequest *cpt_hubrise_request_post_callback (void);
CptHubriseRequest *cpt_hubrise_request_delete_callback (void);
CptHubriseRequest *cpt_hubrise_request_list_events (const char *cursor);
CptHubriseRequest *cpt_hubrise_request_delete_event (const char *event_id);

/* @after: ISO 8601, inclusive, nullable; @private_ref nullable; @cursor nullable. Heavy. */
CptHubriseRequest *
cpt_hubrise_request_list_orders (const char *after, const char *private_ref, const char *cursor);
CptHubriseRequest *cpt_hubrise_request_get_order (const char *order_id);
/* An order of this till, with its private_ref. @zone: the location's; @now: by the server's clock:
 * what was expected before is sent without a time. */
CptHubriseRequest *
cpt_hubrise_request_post_order (const CptOrder *order, GTimeZone *zone, CptTime now);
/* The PATCH of one step: status, and confirmed_time, seller_notes (the step's note appended on a
 * new line to those of @read), custom_fields (the object as read in @read's document, changed by
 * epos.rejection.cause, only with rejected). @read: the order as last read. */
CptHubriseRequest *cpt_hubrise_request_patch_order (const CptOrderStep *step, const CptOrder *read);

/* @email, @phone (`*` stands for anything), @private_ref: nullable; @count: at most. Heavy. */
CptHubriseRequest *cpt_hubrise_request_list_customers (const char *list_id,
                                                       const char *email,
                                                       const char *phone,
                                                       const char *private_ref,
                                                       guint count);
/* Into the list it names, with its private_ref. */
CptHubriseRequest *cpt_hubrise_request_post_customer (const CptOrderCustomer *customer);
/* The PATCH that adds a payment, or deletes an item and appends what the customer is told to the
 * seller_notes of @read. */
CptHubriseRequest *cpt_hubrise_request_patch_entry (const CptOutboxEntry *entry,
                                                    const CptOrder *read);

CptHubriseRequest *cpt_hubrise_request_get_catalog (const char *catalog_id, gboolean hide_data);

CptHubriseRequest *cpt_hubrise_request_get_inventory (const char *catalog_id);
/* @entries: (element-type CptInventoryEntry); @zone: the location's. PATCH changes those named, PUT
 * replaces every entry of the catalog. */
CptHubriseRequest *
cpt_hubrise_request_patch_inventory (const char *catalog_id, GPtrArray *entries, GTimeZone *zone);
CptHubriseRequest *
cpt_hubrise_request_put_inventory (const char *catalog_id, GPtrArray *entries, GTimeZone *zone);

G_END_DECLS
