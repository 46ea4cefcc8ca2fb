/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection, its bindings, the engine's values and levels. */
#include "cpt-test-store.h"

static CptConnection *
full (void)
{
  CptConnection *connection = cpt_connection_new ();

  connection->api_root = g_strdup ("http://127.0.0.1/v1");
  connection->account_id = g_strdup ("acc");
  connection->account_name = g_strdup ("Account");
  connection->currency = g_strdup ("EUR");
  connection->location_id = g_strdup ("loc-1");
  connection->location_name = g_strdup ("Location");
  connection->catalog_id = g_strdup ("cat-1");
  connection->catalog_name = g_strdup ("Catalog");
  connection->customer_list_id = g_strdup ("list");
  connection->customer_list_name = g_strdup ("List");
  connection->address_1 = g_strdup ("1 Street");
  connection->address_2 = g_strdup ("Yard");
  connection->postal_code = g_strdup ("75000");
  connection->city = g_strdup ("Paris");
  connection->country = g_strdup ("FR");
  connection->time_zone = g_strdup ("Europe/Paris");
  connection->cutoff_time = g_strdup ("06:00");
  connection->preparation_time = 15;
  connection->opening_hours = g_strdup ("1 11:30 14:30");
  connection->order_acceptance = g_strdup ("paused");
  connection->acceptance_minutes = 20;
  connection->acceptance_resume_at = NOW + CPT_HOUR;
  connection->acceptance_reason = g_strdup ("oven");
  connection->connected_since = NOW - CPT_DAY;
  connection->last_success = NOW;
  connection->last_failure = NOW - CPT_HOUR;
  connection->last_failure_reason = g_strdup ("no route");
  connection->token_place = g_strdup ("file");
  connection->clock_offset_ms = -1500;
  return connection;
}

static void
assert_same (const CptConnection *a, const CptConnection *b)
{
  g_assert_cmpstr (a->api_root, ==, b->api_root);
  g_assert_cmpstr (a->account_id, ==, b->account_id);
  g_assert_cmpstr (a->account_name, ==, b->account_name);
  g_assert_cmpstr (a->currency, ==, b->currency);
  g_assert_cmpstr (a->location_id, ==, b->location_id);
  g_assert_cmpstr (a->location_name, ==, b->location_name);
  g_assert_cmpstr (a->catalog_id, ==, b->catalog_id);
  g_assert_cmpstr (a->catalog_name, ==, b->catalog_name);
  g_assert_cmpstr (a->customer_list_id, ==, b->customer_list_id);
  g_assert_cmpstr (a->customer_list_name, ==, b->customer_list_name);
  g_assert_cmpstr (a->address_1, ==, b->address_1);
  g_assert_cmpstr (a->address_2, ==, b->address_2);
  g_assert_cmpstr (a->postal_code, ==, b->postal_code);
  g_assert_cmpstr (a->city, ==, b->city);
  g_assert_cmpstr (a->country, ==, b->country);
  g_assert_cmpstr (a->time_zone, ==, b->time_zone);
  g_assert_cmpstr (a->cutoff_time, ==, b->cutoff_time);
  g_assert_cmpint (a->preparation_time, ==, b->preparation_time);
  g_assert_cmpstr (a->opening_hours, ==, b->opening_hours);
  g_assert_cmpstr (a->order_acceptance, ==, b->order_acceptance);
  g_assert_cmpint (a->acceptance_minutes, ==, b->acceptance_minutes);
  g_assert_cmpint (a->acceptance_resume_at, ==, b->acceptance_resume_at);
  g_assert_cmpstr (a->acceptance_reason, ==, b->acceptance_reason);
  g_assert_cmpint (a->connected_since, ==, b->connected_since);
  g_assert_cmpint (a->last_success, ==, b->last_success);
  g_assert_cmpint (a->last_failure, ==, b->last_failure);
  g_assert_cmpstr (a->last_failure_reason, ==, b->last_failure_reason);
  g_assert_cmpstr (a->token_place, ==, b->token_place);
  g_assert_cmpint (a->clock_offset_ms, ==, b->clock_offset_ms);
}

static void
test_none (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptConnection) loaded = cpt_test_ask (fixture, cpt_store_load_connection ());

  g_assert_cmpint (loaded->state, ==, CPT_CONNECTION_NONE);
  g_assert_cmpint (loaded->binding, ==, 0);
}

static void
test_bind (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptConnection) connection = full ();
  g_autoptr (CptConnection) bound = cpt_test_ask (fixture, cpt_store_bind (connection));
  g_autoptr (CptConnection) loaded = NULL;

  assert_same (bound, connection);
  g_assert_cmpint (bound->binding, >, 0);
  cpt_test_store_reopen (fixture);
  loaded = cpt_test_ask (fixture, cpt_store_load_connection ());
  assert_same (loaded, connection);
  g_assert_cmpint (loaded->binding, ==, bound->binding);
  g_assert_cmpint (loaded->state, ==, CPT_CONNECTION_UNPROVEN);
}

static void
test_rebind (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptConnection) connection = full ();
  g_autoptr (CptConnection) other = full ();
  g_autoptr (CptConnection) first = cpt_test_ask (fixture, cpt_store_bind (connection));
  g_autoptr (CptConnection) second = NULL;
  g_autoptr (CptConnection) back = NULL;

  g_clear_pointer (&other->catalog_id, g_free);
  second = cpt_test_ask (fixture, cpt_store_bind (other));
  back = cpt_test_ask (fixture, cpt_store_bind (connection));
  g_assert_cmpint (second->binding, !=, first->binding);
  g_assert_null (second->catalog_id);
  g_assert_cmpint (back->binding, ==, first->binding);
}

static void
test_refusal (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptConnection) connection = full ();
  g_autoptr (CptConnection) bound = cpt_test_ask (fixture, cpt_store_bind (connection));
  g_autoptr (CptConnection) refused = cpt_connection_copy (bound);
  g_autoptr (CptConnection) loaded = NULL;
  g_autoptr (CptConnection) mended = NULL;

  refused->state = CPT_CONNECTION_REFUSED;
  refused->since = NOW;
  refused->reason = g_strdup ("connection revoked");
  cpt_test_do (fixture, cpt_store_save_connection (refused));
  loaded = cpt_test_ask (fixture, cpt_store_load_connection ());
  g_assert_cmpint (loaded->state, ==, CPT_CONNECTION_REFUSED);
  g_assert_cmpint (loaded->since, ==, NOW);
  g_assert_cmpstr (loaded->reason, ==, "connection revoked");

  bound->state = CPT_CONNECTION_ONLINE;
  cpt_test_do (fixture, cpt_store_save_connection (bound));
  mended = cpt_test_ask (fixture, cpt_store_load_connection ());
  g_assert_cmpint (mended->state, ==, CPT_CONNECTION_UNPROVEN);
  g_assert_null (mended->reason);
}

static void
test_unbind (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  gint64 row = cpt_test_arrive (fixture, "a", CPT_ORDER_NEW);
  g_autoptr (CptConnection) loaded = NULL;
  g_autoptr (CptOrderRow) kept = NULL;

  cpt_test_do (fixture, cpt_store_unbind ());
  loaded = cpt_test_ask (fixture, cpt_store_load_connection ());
  kept = cpt_test_row (fixture, row, NOW);
  g_assert_cmpint (loaded->state, ==, CPT_CONNECTION_NONE);
  g_assert_true (kept->foreign);
  g_assert_false (kept->waiting);
}

static void
test_bind_needs_location (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (CptConnection) connection = cpt_connection_new ();

  cpt_test_refused (fixture, cpt_store_bind (connection), CPT_STORE_ERROR_FAILED);
}

static void
test_values (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autofree char *none = cpt_test_ask (fixture, cpt_store_load_value ("k"));
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_assert_null (none);
  cpt_test_do (fixture, cpt_store_save_value ("k", "1"));
  one = cpt_test_ask (fixture, cpt_store_load_value ("k"));
  cpt_test_do (fixture, cpt_store_save_value ("k", "2"));
  two = cpt_test_ask (fixture, cpt_store_load_value ("k"));
  g_assert_cmpstr (one, ==, "1");
  g_assert_cmpstr (two, ==, "2");
  cpt_test_do (fixture, cpt_store_save_value ("k", NULL));
  g_assert_null (cpt_test_ask (fixture, cpt_store_load_value ("k")));
}

static void
test_levels (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new_bound ();
  CptLevel *none = cpt_test_ask (fixture, cpt_store_load_level ("acceptance"));
  g_auto (CptLevel) level = { 0 };
  CptLevel *stored = NULL;
  CptLevel *elsewhere = NULL;

  g_assert_null (none->wanted);
  g_assert_false (none->known_is_unknown || none->has_theirs);
  cpt_level_want (&level, "paused");
  cpt_level_leave (&level);
  cpt_test_do (fixture, cpt_store_save_level ("acceptance", &level));
  cpt_level_confirm (&level, "paused");
  cpt_level_read (&level, "busy");
  stored = cpt_test_ask (fixture, cpt_store_load_level ("acceptance"));
  g_assert_cmpstr (stored->wanted, ==, "paused");
  g_assert_null (stored->known);
  g_assert_true (stored->known_is_unknown);
  cpt_store_level_free (stored);

  cpt_test_do (fixture, cpt_store_save_level ("acceptance", &level));
  stored = cpt_test_ask (fixture, cpt_store_load_level ("acceptance"));
  g_assert_cmpstr (stored->known, ==, "paused");
  g_assert_cmpstr (stored->theirs, ==, "busy");
  g_assert_true (stored->has_theirs);
  g_assert_false (stored->known_is_unknown);

  /* Another location is not paused because this one is. */
  cpt_test_bind (fixture, "http://127.0.0.1/v1", "loc-2", "cat-1");
  elsewhere = cpt_test_ask (fixture, cpt_store_load_level ("acceptance"));
  g_assert_null (elsewhere->wanted);
  cpt_store_level_free (none);
  cpt_store_level_free (stored);
  cpt_store_level_free (elsewhere);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/connection/none", test_none);
  g_test_add_func ("/store/connection/bind", test_bind);
  g_test_add_func ("/store/connection/rebind", test_rebind);
  g_test_add_func ("/store/connection/refusal", test_refusal);
  g_test_add_func ("/store/connection/unbind", test_unbind);
  g_test_add_func ("/store/connection/bind-needs-location", test_bind_needs_location);
  g_test_add_func ("/store/connection/values", test_values);
  g_test_add_func ("/store/connection/levels", test_levels);
  return g_test_run ();
}
