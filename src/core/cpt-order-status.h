/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statuses of an order, their normal path and the steps a person may take; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_ORDER_UNKNOWN, /* a word that is none of those below */
  CPT_ORDER_NEW,
  CPT_ORDER_RECEIVED,
  CPT_ORDER_ACCEPTED,
  CPT_ORDER_IN_PREPARATION,
  CPT_ORDER_AWAITING_COLLECTION,
  CPT_ORDER_AWAITING_SHIPMENT,
  CPT_ORDER_IN_DELIVERY,
  CPT_ORDER_COMPLETED,
  CPT_ORDER_REJECTED,
  CPT_ORDER_CANCELLED,
  CPT_ORDER_DELIVERY_FAILED,
} CptOrderStatus;

typedef enum
{
  CPT_SERVICE_UNKNOWN,
  CPT_SERVICE_DELIVERY,
  CPT_SERVICE_COLLECTION,
  CPT_SERVICE_EAT_IN,
} CptServiceType;

CptOrderStatus cpt_order_status_parse (const char *text);
const char *cpt_order_status_to_string (CptOrderStatus status);
const char *cpt_order_status_label (CptOrderStatus status);
int cpt_order_status_rank (CptOrderStatus status);
gboolean cpt_order_status_is_end (CptOrderStatus status);
gboolean cpt_order_status_is_called_off (CptOrderStatus status);
gboolean cpt_order_status_is_waiting (CptOrderStatus status);
gboolean cpt_order_status_is_held (CptOrderStatus status);
const CptOrderStatus *
cpt_order_status_next (CptOrderStatus status, CptServiceType service, gsize *n);
gboolean cpt_order_status_allows (CptOrderStatus from, CptOrderStatus to, CptServiceType service);
const char *cpt_order_step_label (CptOrderStatus to);

CptServiceType cpt_service_type_parse (const char *text);
const char *cpt_service_type_to_string (CptServiceType type);
const char *cpt_service_type_label (CptServiceType type);

G_END_DECLS
