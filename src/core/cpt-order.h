/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as HubRise sent it: immutable once made, shared by reference, any thread.
 * Whoever decodes fills a fresh one; from the moment it is handed on nobody writes to it. */
#pragma once

#include <glib-object.h>

#include "cpt-decimal.h"
#include "cpt-money.h"
#include "cpt-order-status.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

/* A leaf of the document that has no field of its own here: its path ("custom_fields.a.b",
 * "items[0].price") and its text. */
typedef struct
{
  char *path; /* (owned) */
  char *text; /* (owned) */
} CptField;

typedef struct
{
  char *list_name, *name, *ref; /* (owned) (nullable) */
  CptMoney price;
  gint64 quantity; /* for one unit of the item */
  gboolean removed;
} CptOrderOption;

typedef struct
{
  char *id, *private_ref; /* (owned) (nullable), like every string below */
  char *product_name, *sku_name, *sku_ref;
  CptMoney price;
  CptDecimal quantity;
  CptMoney subtotal;
  char *tax_rate;
  char *customer_notes;
  char *points_earned, *points_used;
  char *deal_key, *deal_label, *deal_pricing_effect, *deal_pricing_value;
  gboolean deleted;
  GPtrArray *options; /* (owned) (element-type CptOrderOption) never NULL */
} CptOrderItem;

typedef struct
{
  char *key, *name, *ref;
} CptOrderDeal;

/* A discount (amount: price_off), a charge (amount: price) or a payment (amount: amount). */
typedef struct
{
  char *id, *private_ref, *name, *ref;
  char *tax_rate; /* charges only */
  CptMoney amount;
  gboolean deleted;
  GPtrArray *info; /* (owned) (element-type CptField) payments only, never NULL */
} CptOrderLine;

typedef struct
{
  char *id, *customer_list_id, *private_ref;
  char *email, *first_name, *last_name, *company_name;
  char *phone, *phone_access_code;
  char *address_1, *address_2, *postal_code, *city, *state, *country;
  char *latitude, *longitude;
  char *delivery_notes;
  char *nb_orders;
  gboolean anonymised;
} CptOrderCustomer;

typedef struct
{
  char *carrier, *status;
  CptMoney fee;
  CptTime estimated_pickup_at, estimated_dropoff_at;
  char *tracking_url, *driver_name, *driver_phone;
} CptOrderDelivery;

#define CPT_TYPE_ORDER (cpt_order_get_type ())

typedef struct _CptOrder CptOrder;

struct _CptOrder
{
  gatomicrefcount ref_count; /* private */

  GBytes *document; /* (owned) the document byte for byte as received */
  char *raw_reason; /* (owned) (nullable) why the document could not be understood: a raw order */

  char *id; /* NULL on a raw order, and on one of this till that HubRise does not have */
  char *location_id, *ref, *private_ref;
  CptOrderStatus status;
  char *status_text;
  CptServiceType service_type;
  char *service_type_text, *service_type_ref;
  CptTime created_at, expected_time, confirmed_time; /* or CPT_TIME_NONE */
  char *created_by, *channel, *connection_name;
  char *customer_notes, *seller_notes, *collection_code;
  char **coupon_codes; /* (owned) (nullable) */
  CptMoney total;
  GPtrArray *items;     /* (owned) (element-type CptOrderItem) never NULL, like the arrays below */
  GPtrArray *deals;     /* CptOrderDeal */
  GPtrArray *discounts; /* CptOrderLine */
  GPtrArray *charges;   /* CptOrderLine */
  GPtrArray *payments;  /* CptOrderLine */
  CptOrderCustomer *customer; /* (owned) (nullable) */
  CptOrderDelivery *delivery; /* (owned) (nullable) */
  char *table_name;           /* custom_fields.restaurant.table_name */
  GPtrArray *custom_fields;   /* CptField: every leaf, path relative to custom_fields */
  GPtrArray *others;          /* CptField: leaves without a field above (loyalty, new fields …) */
  GPtrArray *problems;        /* CptField: what stood where something else was due, kept as text */
};

GType cpt_order_get_type (void);
CptOrder *cpt_order_new (void);
CptOrder *cpt_order_new_raw (const char *id, const char *reason, GBytes *document);
CptOrder *cpt_order_ref (const CptOrder *self);
void cpt_order_unref (CptOrder *self);

CptOrderItem *cpt_order_item_new (void);
CptOrderOption *cpt_order_option_new (void);
CptOrderLine *cpt_order_line_new (void);
CptOrderDeal *cpt_order_deal_new (void);
CptOrderCustomer *cpt_order_customer_new (void);
CptOrderCustomer *cpt_order_customer_copy (const CptOrderCustomer *customer);
void cpt_order_customer_free (CptOrderCustomer *customer);
CptOrderDelivery *cpt_order_delivery_new (void);
CptField *cpt_field_new (const char *path, const char *text);
GPtrArray *cpt_field_array_new (void);
CptOrderItem *cpt_order_item_copy (const CptOrderItem *item);
void cpt_order_item_free (CptOrderItem *item);

const char *cpt_order_get_source (const CptOrder *self);
const char *cpt_order_get_number (const CptOrder *self);
char *cpt_order_dup_customer_name (const CptOrder *self);
char *cpt_order_dup_items_summary (const CptOrder *self, GPtrArray *outbox);
const CptOrderItem *cpt_order_find_item (const CptOrder *self, const char *id);
gboolean cpt_order_has_payment (const CptOrder *self, const char *private_ref);
gboolean cpt_order_item_compute_subtotal (const CptOrderItem *item, CptMoney *subtotal);

/**
 * CptOrderBalance:
 * @total: HubRise's total, or the computed one; UNREADABLE when neither can be had
 * @calculated: @total was computed here because HubRise gave none
 * @paid: sum of the payments that count
 * @due: total − paid: negative is "to refund"; UNREADABLE when unknown
 * @reason: (nullable) (transfer none): translated, why @due is unknown
 */
typedef struct
{
  CptMoney total;
  gboolean calculated;
  CptMoney paid;
  CptMoney due;
  const char *reason;
} CptOrderBalance;

typedef enum
{
  CPT_PAID_UNKNOWN,
  CPT_PAID_NOTHING,
  CPT_PAID_PARTLY,
  CPT_PAID_FULLY,
  CPT_PAID_TOO_MUCH,
} CptPaidState;

void cpt_order_get_balance (const CptOrder *self, CptOrderBalance *balance);
CptPaidState cpt_order_balance_state (const CptOrderBalance *balance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrder, cpt_order_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderItem, cpt_order_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOrderCustomer, cpt_order_customer_free)

G_END_DECLS
