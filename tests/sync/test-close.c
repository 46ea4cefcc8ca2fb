/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing while something is under way: the engine goes, no timer stays, the next start goes on.
 * Main thread only. */
#include "cpt-test-till.h"

typedef struct
{
  const char *name;
  const char *method;
  const char *path;
} InFlight;

static const InFlight in_flight[] = {
  { "first-check", "GET", "/callback/events" }, { "reading", "GET", "/location/orders/*" },
  { "patch", "PATCH", "/location/orders/*" },   { "acknowledging", "DELETE", "/callback/events/*" },
  { "callback", "GET", "/callback" },           { "first-list", "GET", "/location/orders" },
};

static void
test_close (gconstpointer data)
{
  const InFlight *flight = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"%s\", \"path\": \"%s\", \"hold\": \"before\"}", flight->method,
                    flight->path);
  cpt_test_till_connect_with (till, shop->code, NULL);
  cpt_test_till_settle (till);
  g_free (cpt_test_shop_inject (shop, NULL));
  if (cpt_engine_count_under_way (till->engine) == 0)
    cpt_test_till_check (till);
  CPT_TILL_WAIT_UNTIL (till, cpt_engine_count_under_way (till->engine) > 0);
  cpt_test_till_close (till);
  g_assert_cmpuint (cpt_test_clock_count_timers (till->clock), ==, 0);
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpint (cpt_test_till_get_state (till), ==, CPT_CONNECTION_ONLINE);
}

static void
lost_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  g_assert_false (cpt_engine_connect_with_code_finish (CPT_ENGINE (source), result, &error));
  *done = TRUE;
}

static void
test_close_connecting (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  gboolean done = FALSE;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"path\": \"/oauth2/v1/token\", \"hold\": \"before\"}");
  cpt_engine_connect_with_code_async (till->engine, shop->code, NULL, lost_cb, &done);
  CPT_TILL_WAIT_UNTIL (till, cpt_test_shop_count (shop, "POST", "/oauth2/v1/token") == 1);
  cpt_test_till_close (till);
  g_assert_true (done);
}

static void
test_close_listening (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new (shop);
  g_autofree char *address = cpt_engine_begin_connect (till->engine, FALSE, NULL);

  g_assert_nonnull (address);
  cpt_test_till_close (till);
  g_assert_cmpuint (cpt_test_clock_count_timers (till->clock), ==, 0);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (in_flight); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/close/", in_flight[i].name, NULL);

      g_test_add_data_func (name, &in_flight[i], test_close);
    }
  g_test_add_func ("/sync/close/connecting", test_close_connecting);
  g_test_add_func ("/sync/close/listening", test_close_listening);
  return g_test_run ();
}
