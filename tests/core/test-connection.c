/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection as a value: copied whole, with a zone whatever stands there. */
#include "cpt-connection.h"

static char **
texts (CptConnection *c, gsize *n)
{
  char **all[] = {
    &c->reason,       &c->progress,         &c->api_root,
    &c->account_id,   &c->account_name,     &c->currency,
    &c->location_id,  &c->location_name,    &c->catalog_id,
    &c->catalog_name, &c->customer_list_id, &c->customer_list_name,
    &c->address_1,    &c->address_2,        &c->postal_code,
    &c->city,         &c->country,          &c->time_zone,
    &c->cutoff_time,  &c->order_acceptance, &c->last_failure_reason,
    &c->token_place,
  };
  char **values = g_new0 (char *, G_N_ELEMENTS (all));

  *n = G_N_ELEMENTS (all);
  for (gsize i = 0; i < *n; i++)
    {
      if (*all[i] == NULL)
        *all[i] = g_strdup_printf ("text %" G_GSIZE_FORMAT, i);
      values[i] = *all[i];
    }
  return values;
}

static void
test_new (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();

  g_assert_cmpint (connection->state, ==, CPT_CONNECTION_NONE);
  g_assert_cmpint (connection->binding, ==, 0);
  g_assert_cmpint (connection->since, ==, CPT_TIME_NONE);
  g_assert_cmpint (connection->connected_since, ==, CPT_TIME_NONE);
  g_assert_cmpint (connection->last_success, ==, CPT_TIME_NONE);
  g_assert_cmpint (connection->last_failure, ==, CPT_TIME_NONE);
}

static void
test_copy (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (CptConnection) copy = NULL;
  gsize n = 0;
  g_autofree char **values = texts (connection, &n);
  g_autofree char **copies = NULL;

  connection->state = CPT_CONNECTION_OFFLINE;
  connection->binding = 4;
  connection->preparation_time = 20;
  connection->clock_offset_ms = -7;
  cpt_connection_ref (connection);
  copy = cpt_connection_copy (connection);
  cpt_connection_unref (connection);
  copies = texts (copy, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpstr (copies[i], ==, values[i]);
      g_assert_true (copies[i] != values[i]);
    }
  g_assert_cmpint (copy->state, ==, CPT_CONNECTION_OFFLINE);
  g_assert_cmpint (copy->binding, ==, 4);
  g_assert_cmpint (copy->preparation_time, ==, 20);
  g_assert_cmpint (copy->clock_offset_ms, ==, -7);
}

static void
test_boxed (void)
{
  CptConnection *connection = cpt_connection_new ();
  CptConnection *boxed = g_boxed_copy (CPT_TYPE_CONNECTION, connection);

  g_assert_true (boxed == connection);
  cpt_connection_unref (connection);
  g_assert_cmpint (boxed->state, ==, CPT_CONNECTION_NONE);
  g_boxed_free (CPT_TYPE_CONNECTION, boxed);
}

static void
test_zone (void)
{
  static const struct
  {
    const char *name, *clock;
  } cases[] = {
    { "Europe/Paris", "02:00" }, { "America/New_York", "20:00" },
    { NULL, "00:00" },           { "", "00:00" },
    { "Mars/Olympus", "00:00" }, { "../../etc/passwd", "00:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CptConnection) connection = cpt_connection_new ();
      g_autoptr (GTimeZone) zone = NULL;
      g_autofree char *clock = NULL;

      connection->time_zone = g_strdup (cases[i].name);
      zone = cpt_connection_dup_zone (connection);
      clock = cpt_time_format_clock (G_GINT64_CONSTANT (1597881600000), zone);
      g_assert_cmpstr (clock, ==, cases[i].clock);
    }
}

static void
test_labels (void)
{
  for (int a = CPT_CONNECTION_NONE; a <= CPT_CONNECTION_REFUSED; a++)
    for (int b = CPT_CONNECTION_NONE; b < a; b++)
      g_assert_cmpstr (cpt_connection_state_label (a), !=, cpt_connection_state_label (b));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/connection/new", test_new);
  g_test_add_func ("/core/connection/copy", test_copy);
  g_test_add_func ("/core/connection/boxed", test_boxed);
  g_test_add_func ("/core/connection/zone", test_zone);
  g_test_add_func ("/core/connection/labels", test_labels);

  return g_test_run ();
}
