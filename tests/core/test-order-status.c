/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the statuses and the steps a person may take, written out. */
#include "cpt-order-status.h"

static const struct
{
  CptOrderStatus status;
  const char *word, *label;
  int rank;
  gboolean end, waiting, held;
} statuses[] = {
  { CPT_ORDER_NEW, "new", "New", 0, FALSE, TRUE, FALSE },
  { CPT_ORDER_RECEIVED, "received", "Received", 1, FALSE, TRUE, FALSE },
  { CPT_ORDER_ACCEPTED, "accepted", "Accepted", 2, FALSE, FALSE, FALSE },
  { CPT_ORDER_IN_PREPARATION, "in_preparation", "In preparation", 3, FALSE, FALSE, FALSE },
  { CPT_ORDER_AWAITING_COLLECTION, "awaiting_collection", "Ready", 4, FALSE, FALSE, FALSE },
  { CPT_ORDER_AWAITING_SHIPMENT, "awaiting_shipment", "Ready", 4, FALSE, FALSE, FALSE },
  { CPT_ORDER_IN_DELIVERY, "in_delivery", "In delivery", 5, FALSE, FALSE, FALSE },
  { CPT_ORDER_COMPLETED, "completed", "Completed", 6, TRUE, FALSE, FALSE },
  { CPT_ORDER_REJECTED, "rejected", "Rejected", -1, TRUE, FALSE, TRUE },
  { CPT_ORDER_CANCELLED, "cancelled", "Cancelled", -1, TRUE, FALSE, TRUE },
  { CPT_ORDER_DELIVERY_FAILED, "delivery_failed", "Delivery failed", -1, TRUE, FALSE, TRUE },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_assert_cmpint (cpt_order_status_parse (statuses[i].word), ==, statuses[i].status);
      g_assert_cmpstr (cpt_order_status_to_string (statuses[i].status), ==, statuses[i].word);
      g_assert_cmpstr (cpt_order_status_label (statuses[i].status), ==, statuses[i].label);
    }
}

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      CptOrderStatus status = statuses[i].status;

      g_assert_cmpint (cpt_order_status_rank (status), ==, statuses[i].rank);
      g_assert_cmpint (cpt_order_status_is_end (status), ==, statuses[i].end);
      g_assert_cmpint (cpt_order_status_is_waiting (status), ==, statuses[i].waiting);
      g_assert_cmpint (cpt_order_status_is_held (status), ==, statuses[i].held);
      g_assert_cmpint (cpt_order_status_is_called_off (status), ==,
                       status == CPT_ORDER_REJECTED || status == CPT_ORDER_CANCELLED);
    }
}

static void
test_unknown (void)
{
  static const char *words[] = { NULL, "", "New", "NEW", " new", "new ", "scheduled", "unknown" };
  static const int values[] = { CPT_ORDER_UNKNOWN, -1, 12, G_MAXINT };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpint (cpt_order_status_parse (words[i]), ==, CPT_ORDER_UNKNOWN);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_null (cpt_order_status_to_string (values[i]));
      g_assert_cmpstr (cpt_order_status_label (values[i]), ==, "Unknown");
      g_assert_cmpint (cpt_order_status_rank (values[i]), ==, -1);
      g_assert_false (cpt_order_status_is_end (values[i]));
      g_assert_false (cpt_order_status_is_waiting (values[i]));
      g_assert_false (cpt_order_status_is_held (values[i]));
    }
}

static void
test_step_labels (void)
{
  static const struct
  {
    CptOrderStatus to;
    const char *label;
  } cases[] = {
    { CPT_ORDER_ACCEPTED, "Accept" },
    { CPT_ORDER_REJECTED, "Reject" },
    { CPT_ORDER_IN_PREPARATION, "Take charge" },
    { CPT_ORDER_AWAITING_COLLECTION, "Ready" },
    { CPT_ORDER_AWAITING_SHIPMENT, "Ready" },
    { CPT_ORDER_IN_DELIVERY, "In delivery" },
    { CPT_ORDER_COMPLETED, "Completed" },
    { CPT_ORDER_CANCELLED, "Cancel" },
    { CPT_ORDER_DELIVERY_FAILED, "Delivery failed" },
    { CPT_ORDER_RECEIVED, "Received" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cpt_order_step_label (cases[i].to), ==, cases[i].label);
}

/* Every status with every service: the steps in the order of their buttons, by their words. */
static void
test_next (void)
{
  static const struct
  {
    const char *from, *service, *steps;
  } cases[] = {
    { "new", "delivery", "accepted rejected" },
    { "new", "collection", "accepted rejected" },
    { "new", "eat_in", "accepted rejected" },
    { "new", NULL, "accepted rejected" },
    { "received", "delivery", "accepted rejected" },
    { "received", "collection", "accepted rejected" },
    { "received", "eat_in", "accepted rejected" },
    { "received", NULL, "accepted rejected" },
    { "accepted", "delivery", "in_preparation cancelled" },
    { "accepted", "collection", "in_preparation cancelled" },
    { "accepted", "eat_in", "in_preparation cancelled" },
    { "accepted", NULL, "in_preparation cancelled" },
    { "in_preparation", "delivery", "awaiting_shipment cancelled" },
    { "in_preparation", "collection", "awaiting_collection cancelled" },
    { "in_preparation", "eat_in", "awaiting_collection cancelled" },
    { "in_preparation", NULL, "awaiting_collection cancelled" },
    { "awaiting_shipment", "delivery", "in_delivery cancelled" },
    { "awaiting_shipment", "collection", "in_delivery cancelled" },
    { "awaiting_shipment", "eat_in", "in_delivery cancelled" },
    { "awaiting_shipment", NULL, "in_delivery cancelled" },
    { "awaiting_collection", "delivery", "completed cancelled" },
    { "awaiting_collection", "collection", "completed cancelled" },
    { "awaiting_collection", "eat_in", "completed cancelled" },
    { "awaiting_collection", NULL, "completed cancelled" },
    { "in_delivery", "delivery", "completed delivery_failed cancelled" },
    { "in_delivery", "collection", "completed delivery_failed cancelled" },
    { "in_delivery", "eat_in", "completed delivery_failed cancelled" },
    { "in_delivery", NULL, "completed delivery_failed cancelled" },
    { "completed", "delivery", "" },
    { "completed", NULL, "" },
    { "rejected", "delivery", "" },
    { "rejected", NULL, "" },
    { "cancelled", "delivery", "" },
    { "cancelled", NULL, "" },
    { "delivery_failed", "delivery", "" },
    { "delivery_failed", NULL, "" },
    { "scheduled", "delivery", "accepted rejected" },
    { NULL, NULL, "accepted rejected" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) expected = g_strsplit (cases[i].steps, " ", 0);
      CptOrderStatus from = cpt_order_status_parse (cases[i].from);
      CptServiceType service = cpt_service_type_parse (cases[i].service);
      gsize n = 99;
      const CptOrderStatus *next = cpt_order_status_next (from, service, &n);

      g_test_message ("%s, %s", cases[i].from, cases[i].service);
      g_assert_cmpuint (n, ==, g_strv_length (expected));
      for (gsize k = 0; k < n; k++)
        g_assert_cmpstr (cpt_order_status_to_string (next[k]), ==, expected[k]);
      for (gsize k = 0; k < G_N_ELEMENTS (statuses); k++)
        g_assert_cmpint (cpt_order_status_allows (from, statuses[k].status, service), ==,
                         g_strv_contains ((const char *const *)expected, statuses[k].word));
      g_assert_false (cpt_order_status_allows (from, CPT_ORDER_UNKNOWN, service));
    }
}

static void
test_services (void)
{
  static const struct
  {
    CptServiceType type;
    const char *word, *label;
  } cases[] = {
    { CPT_SERVICE_DELIVERY, "delivery", "Delivery" },
    { CPT_SERVICE_COLLECTION, "collection", "Collection" },
    { CPT_SERVICE_EAT_IN, "eat_in", "Eat in" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (cpt_service_type_parse (cases[i].word), ==, cases[i].type);
      g_assert_cmpstr (cpt_service_type_to_string (cases[i].type), ==, cases[i].word);
      g_assert_cmpstr (cpt_service_type_label (cases[i].type), ==, cases[i].label);
    }
  g_assert_cmpint (cpt_service_type_parse ("drone"), ==, CPT_SERVICE_UNKNOWN);
  g_assert_cmpint (cpt_service_type_parse (NULL), ==, CPT_SERVICE_UNKNOWN);
  g_assert_null (cpt_service_type_to_string (CPT_SERVICE_UNKNOWN));
  g_assert_null (cpt_service_type_to_string (-1));
  g_assert_cmpstr (cpt_service_type_label (77), ==, "Unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/order-status/words", test_words);
  g_test_add_func ("/core/order-status/kinds", test_kinds);
  g_test_add_func ("/core/order-status/unknown", test_unknown);
  g_test_add_func ("/core/order-status/step-labels", test_step_labels);
  g_test_add_func ("/core/order-status/next", test_next);
  g_test_add_func ("/core/order-status/services", test_services);

  return g_test_run ();
}
