/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied for a support team: every id it needs, and nothing it must not have. */
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support-text/text", test_text);
  g_test_add_func ("/support-text/not-connected", test_text_not_connected);
  g_test_add_func ("/support-text/address", test_address);
  return g_test_run ();
}
