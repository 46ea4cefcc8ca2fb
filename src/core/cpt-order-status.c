/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statuses of an order: their words, their normal path and the steps a person may take; any
 * thread. */
#include "cpt-order-status.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word;
  const char *label;
  const char *step_label; /* (nullable) no button leads there */
  int rank;               /* place on the normal path, −1 off it */
} statuses[] = {
  /* TRANSLATORS: these are the states of a customer's order in a list. */
  [CPT_ORDER_UNKNOWN] = { NULL, NC_ ("order status", "Unknown"), NULL, -1 },
  [CPT_ORDER_NEW] = { "new", NC_ ("order status", "New"), NULL, 0 },
  [CPT_ORDER_RECEIVED] = { "received", NC_ ("order status", "Received"), NULL, 1 },
  [CPT_ORDER_ACCEPTED] = { "accepted", NC_ ("order status", "Accepted"),
                           /* TRANSLATORS: these are buttons: what to do with an order. */
                           NC_ ("order step", "Accept"), 2 },
  [CPT_ORDER_IN_PREPARATION] = { "in_preparation", NC_ ("order status", "In preparation"),
                                 /* TRANSLATORS: the kitchen starts on the order. */
                                 NC_ ("order step", "Take charge"), 3 },
  [CPT_ORDER_AWAITING_COLLECTION] = { "awaiting_collection",
                                      /* TRANSLATORS: the order waits for its customer. */
                                      NC_ ("order status", "Ready"), NC_ ("order step", "Ready"),
                                      4 },
  [CPT_ORDER_AWAITING_SHIPMENT] = { "awaiting_shipment", NC_ ("order status", "Ready"),
                                    NC_ ("order step", "Ready"), 4 },
  [CPT_ORDER_IN_DELIVERY] = { "in_delivery", NC_ ("order status", "In delivery"),
                              NC_ ("order step", "In delivery"), 5 },
  [CPT_ORDER_COMPLETED] = { "completed", NC_ ("order status", "Completed"),
                            NC_ ("order step", "Completed"), 6 },
  [CPT_ORDER_REJECTED] = { "rejected", NC_ ("order status", "Rejected"),
                           /* TRANSLATORS: a button: the shop does not take the order. */
                           NC_ ("order step", "Reject"), -1 },
  [CPT_ORDER_CANCELLED] = { "cancelled", NC_ ("order status", "Cancelled"),
                            /* TRANSLATORS: a button: call an accepted order off. */
                            NC_ ("order step", "Cancel"), -1 },
  [CPT_ORDER_DELIVERY_FAILED] = { "delivery_failed", NC_ ("order status", "Delivery failed"),
                                  NC_ ("order step", "Delivery failed"), -1 },
};

/* Values may come from a database another program wrote. */
static CptOrderStatus
known (CptOrderStatus status)
{
  return (guint)status < G_N_ELEMENTS (statuses) ? status : CPT_ORDER_UNKNOWN;
}

/**
 * cpt_order_status_parse:
 * @text: (nullable): HubRise's word
 *
 * Returns: the status, UNKNOWN for any other word
 */
CptOrderStatus
cpt_order_status_parse (const char *text)
{
  for (gsize i = CPT_ORDER_NEW; text != NULL && i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].word, text))
      return i;
  return CPT_ORDER_UNKNOWN;
}

/**
 * cpt_order_status_to_string:
 *
 * Returns: (nullable): HubRise's word; NULL for UNKNOWN, which can never be sent
 */
const char *
cpt_order_status_to_string (CptOrderStatus status)
{
  return statuses[known (status)].word;
}

/**
 * cpt_order_status_label:
 *
 * Returns: (transfer none): the status for people, translated
 */
const char *
cpt_order_status_label (CptOrderStatus status)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "order status", statuses[known (status)].label);
}

/**
 * cpt_order_step_label:
 * @to: where the step leads
 *
 * Returns: (transfer none): the words of its button, translated; the status's label where no
 *   button leads
 */
const char *
cpt_order_step_label (CptOrderStatus to)
{
  const char *label = statuses[known (to)].step_label;

  return label != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "order step", label)
                       : cpt_order_status_label (to);
}

/**
 * cpt_order_status_rank:
 *
 * Returns: the place on the normal path, from 0; the two ready ones share theirs; −1 off the path
 */
int
cpt_order_status_rank (CptOrderStatus status)
{
  return statuses[known (status)].rank;
}

/**
 * cpt_order_status_is_end:
 *
 * Returns: whether nothing of ours may follow
 */
gboolean
cpt_order_status_is_end (CptOrderStatus status)
{
  return status == CPT_ORDER_COMPLETED || status == CPT_ORDER_REJECTED ||
         status == CPT_ORDER_CANCELLED || status == CPT_ORDER_DELIVERY_FAILED;
}

/**
 * cpt_order_status_is_called_off:
 *
 * Returns: whether nothing will be made of the order
 */
gboolean
cpt_order_status_is_called_off (CptOrderStatus status)
{
  return status == CPT_ORDER_CANCELLED || status == CPT_ORDER_REJECTED;
}

/**
 * cpt_order_status_is_waiting:
 *
 * Returns: whether the order waits for somebody to accept or reject it
 */
gboolean
cpt_order_status_is_waiting (CptOrderStatus status)
{
  return status == CPT_ORDER_NEW || status == CPT_ORDER_RECEIVED;
}

/**
 * cpt_order_status_is_held:
 *
 * Returns: whether a step there waits for an Undo before it is sent: what a customer would be
 *   told at once and could not be taken back
 */
gboolean
cpt_order_status_is_held (CptOrderStatus status)
{
  return status == CPT_ORDER_REJECTED || status == CPT_ORDER_CANCELLED ||
         status == CPT_ORDER_DELIVERY_FAILED;
}

#define STEPS(...)                                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const CptOrderStatus steps[] = { __VA_ARGS__ };                                         \
    *n = G_N_ELEMENTS (steps);                                                                     \
    return steps;                                                                                  \
  }                                                                                                \
  G_STMT_END

/**
 * cpt_order_status_next:
 * @n: (out): how many
 *
 * The steps a person may take, the way forward first. An order whose status cannot be read can
 * be accepted and rejected: better twice than not at all.
 *
 * Returns: (array length=n) (transfer none) (nullable): NULL with @n 0 where nothing may follow
 */
const CptOrderStatus *
cpt_order_status_next (CptOrderStatus status, CptServiceType service, gsize *n)
{
  switch (known (status))
    {
    case CPT_ORDER_UNKNOWN:
    case CPT_ORDER_NEW:
    case CPT_ORDER_RECEIVED:
      STEPS (CPT_ORDER_ACCEPTED, CPT_ORDER_REJECTED);
    case CPT_ORDER_ACCEPTED:
      STEPS (CPT_ORDER_IN_PREPARATION, CPT_ORDER_CANCELLED);
    case CPT_ORDER_IN_PREPARATION:
      if (service == CPT_SERVICE_DELIVERY)
        STEPS (CPT_ORDER_AWAITING_SHIPMENT, CPT_ORDER_CANCELLED);
      STEPS (CPT_ORDER_AWAITING_COLLECTION, CPT_ORDER_CANCELLED);
    case CPT_ORDER_AWAITING_SHIPMENT:
      STEPS (CPT_ORDER_IN_DELIVERY, CPT_ORDER_CANCELLED);
    case CPT_ORDER_AWAITING_COLLECTION:
      STEPS (CPT_ORDER_COMPLETED, CPT_ORDER_CANCELLED);
    case CPT_ORDER_IN_DELIVERY:
      STEPS (CPT_ORDER_COMPLETED, CPT_ORDER_DELIVERY_FAILED, CPT_ORDER_CANCELLED);
    default:
      *n = 0;
      return NULL;
    }
}

/**
 * cpt_order_status_allows:
 *
 * Returns: whether a person may take the step from @from to @to
 */
gboolean
cpt_order_status_allows (CptOrderStatus from, CptOrderStatus to, CptServiceType service)
{
  gsize n = 0;
  const CptOrderStatus *next = cpt_order_status_next (from, service, &n);

  for (gsize i = 0; i < n; i++)
    if (next[i] == to)
      return TRUE;
  return FALSE;
}

static const struct
{
  const char *word;
  const char *label;
} services[] = {
  /* TRANSLATORS: how an order reaches its customer. */
  [CPT_SERVICE_UNKNOWN] = { NULL, NC_ ("service", "Unknown") },
  [CPT_SERVICE_DELIVERY] = { "delivery", NC_ ("service", "Delivery") },
  [CPT_SERVICE_COLLECTION] = { "collection", NC_ ("service", "Collection") },
  [CPT_SERVICE_EAT_IN] = { "eat_in", NC_ ("service", "Eat in") },
};

static CptServiceType
known_service (CptServiceType type)
{
  return (guint)type < G_N_ELEMENTS (services) ? type : CPT_SERVICE_UNKNOWN;
}

/**
 * cpt_service_type_parse:
 * @text: (nullable): HubRise's word
 *
 * Returns: the service, UNKNOWN for none and for any other word
 */
CptServiceType
cpt_service_type_parse (const char *text)
{
  for (gsize i = CPT_SERVICE_DELIVERY; text != NULL && i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].word, text))
      return i;
  return CPT_SERVICE_UNKNOWN;
}

/**
 * cpt_service_type_to_string:
 *
 * Returns: (nullable): HubRise's word; NULL for UNKNOWN
 */
const char *
cpt_service_type_to_string (CptServiceType type)
{
  return services[known_service (type)].word;
}

/**
 * cpt_service_type_label:
 *
 * Returns: (transfer none): the service for people, translated
 */
const char *
cpt_service_type_label (CptServiceType type)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "service", services[known_service (type)].label);
}
