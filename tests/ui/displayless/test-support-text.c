/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied for a support team: every id it needs, and nothing it must not have. */
#include "cpt-support-report.h"
#include "cpt-support-text.h"

#include <string.h>

static void
test_text (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autofree char *text = NULL;

  connection->account_id = g_strdup ("3r4s3");
  connection->account_name = g_strdup ("Demo");
  connection->location_id = g_strdup ("3r4s3-1");
  connection->location_name = g_strdup ("Paris");
  connection->catalog_id = g_strdup ("87yu4");
  connection->last_failure_reason = g_strdup ("not for support");
  text = cpt_support_text_new (connection);
  g_assert_true (g_str_has_prefix (text, "Comptoir "));
  g_assert_nonnull (
      strstr (text, "\nAccount: Demo 3r4s3\nLocation: Paris 3r4s3-1\nCatalog: 87yu4\n"));
  g_assert_null (strstr (text, "not for support"));
}

static void
test_text_not_connected (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autofree char *text = cpt_support_text_new (connection);

  g_assert_nonnull (strstr (text, "\nAccount: –\nLocation: –\nCatalog: –\n"));
}

static void
test_address (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autofree char *full = NULL;
  g_autofree char *part = NULL;

  g_assert_null (cpt_support_text_address (connection));
  connection->city = g_strdup ("Paris");
  part = cpt_support_text_address (connection);
  g_assert_cmpstr (part, ==, "Paris");
  connection->address_1 = g_strdup ("1 place du Marché");
  connection->address_2 = g_strdup ("");
  connection->postal_code = g_strdup ("75011");
  connection->country = g_strdup ("FR");
  full = cpt_support_text_address (connection);
  g_assert_cmpstr (full, ==, "1 place du Marché, 75011 Paris, FR");
}

#define NOW (G_GINT64_CONSTANT (1795262400) * CPT_SECOND)

static CptExchange *
new_refusal (void)
{
  CptExchange *exchange = cpt_exchange_new ();

  exchange->at = NOW - CPT_MINUTE;
  exchange->method = g_strdup ("PATCH");
  exchange->path = g_strdup ("/v1/location/orders/5dpm9");
  exchange->status = 422;
  exchange->duration_ms = 85;
  exchange->repeats = 1;
  exchange->failure = g_strdup ("status is not allowed");
  exchange->request_body = g_strdup ("{\"seller_notes\":\"of Mrs Exemple\"}");
  exchange->reply_body = g_strdup ("{\"phone\":\"0612345678\"}");
  return exchange;
}

/* Every line of the log, and not what was said in it. */
static void
test_report (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) exchanges =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
  CptSupportFacts facts = {
    .connection = connection, .exchanges = exchanges, .now = NOW, .zone = utc
  };
  g_autofree char *text = NULL;

  connection->state = CPT_CONNECTION_OFFLINE;
  connection->reason = g_strdup ("no route");
  connection->location_id = g_strdup ("3r4s3-1");
  connection->clock_offset_ms = -1500;
  facts.counts.unsent = 3;
  g_ptr_array_add (exchanges, new_refusal ());
  text = cpt_support_report_new (&facts);
  g_assert_nonnull (strstr (text, "3r4s3-1"));
  g_assert_nonnull (strstr (text, "\nReason: no route\n"));
  g_assert_nonnull (strstr (text, "\nClock: +1.5 s\n"));
  g_assert_nonnull (strstr (text, "\nChanges not sent yet: 3\n"));
  g_assert_nonnull (strstr (text, "  PATCH /v1/location/orders/5dpm9  Failed 422  85 ms  status is "
                                  "not allowed\n"));
  g_assert_null (strstr (text, "Exemple"));
  g_assert_null (strstr (text, "0612345678"));
}

/* A clock that is right is not late by less than nothing. */
static void
test_report_clock (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) exchanges = g_ptr_array_new ();
  CptSupportFacts facts = {
    .connection = connection, .exchanges = exchanges, .now = NOW, .zone = utc
  };
  g_autofree char *text = cpt_support_report_new (&facts);

  g_assert_nonnull (strstr (text, "\nClock: +0.0 s\n"));
}

static void
test_report_name (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *name = cpt_support_report_name (NOW, utc);

  g_assert_cmpstr (name, ==, "comptoir-2026-11-21-120000.txt");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support-text/text", test_text);
  g_test_add_func ("/support-text/not-connected", test_text_not_connected);
  g_test_add_func ("/support-text/address", test_address);
  g_test_add_func ("/support-text/report", test_report);
  g_test_add_func ("/support-text/report-clock", test_report_clock);
  g_test_add_func ("/support-text/report-name", test_report_name);
  return g_test_run ();
}
