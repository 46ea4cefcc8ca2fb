/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till that is killed while it takes money: one payment in the end. Main thread only. */
#include "cpt-test-host.h"
#include "cpt-test-money.h"

typedef struct
{
  const char *name;
  const char *rule;
  const char *stage; /* the PATCH was so far when the till was killed */
} Kill;

static const Kill kills[] = {
  { "arrived", "\"hold\": \"before\"", "arrived" },
  { "processed", "\"hold\": \"after\"", "processed" },
};

static guint
count_stage (CptTestShop *shop, const char *stage)
{
  return cpt_test_shop_count_all (shop, "PATCH", "/location/orders/.*", NULL, stage);
}

/* Killed with the request on its way, which the server goes on with: looked up, not repeated. */
static void
test_kill (gconstpointer data)
{
  const Kill *kill = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-pay-XXXXXX", &error);
  CptTestHost *host = cpt_test_host_new (shop, dir);
  g_autofree char *id = NULL;

  cpt_test_host_do (host, "connected", "connect %s", shop->code);
  id = cpt_test_shop_inject (shop, CPT_TEST_MONEY_ORDER);
  cpt_test_host_do (host, "done", "check");
  cpt_test_host_do (host, "done", "advance 2001");
  cpt_test_shop_set_mark (shop);
  cpt_test_money_fail_patches (shop, kill->rule);
  cpt_test_host_do (host, "pressing", "pay %s 700", id);
  cpt_test_host_expect (host, "pressed");
  cpt_test_host_send (host, "settle");
  CPT_WAIT_UNTIL (count_stage (shop, kill->stage) == 1);
  cpt_test_host_kill (host);

  host = cpt_test_host_new (shop, dir);
  cpt_test_host_do (host, "done", "settle");
  cpt_test_host_do (host, "1000 0 waiting", "money %s", id);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  cpt_test_shop_do (shop, "POST", "/release", NULL);
  cpt_test_host_do (host, "done", "advance 120000");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  g_assert_cmpuint (cpt_test_money_count_patches (shop), ==, 1);
  cpt_test_host_do (host, "1000 0", "money %s", id);
  cpt_test_host_quit (host);
  cpt_test_remove_directory (dir);
}

/* Killed between the press and the request: sent once. */
static void
test_kill_after_press (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-pay-XXXXXX", &error);
  CptTestHost *host = cpt_test_host_new (shop, dir);
  g_autofree char *id = NULL;

  cpt_test_host_do (host, "connected", "connect %s", shop->code);
  id = cpt_test_shop_inject (shop, CPT_TEST_MONEY_ORDER);
  cpt_test_host_do (host, "done", "check");
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_host_do (host, "pressing", "pay %s 700", id);
  cpt_test_host_expect (host, "pressed");
  cpt_test_host_kill (host);

  cpt_test_shop_set_offline (shop, FALSE);
  host = cpt_test_host_new (shop, dir);
  cpt_test_host_do (host, "done", "advance 120000");
  g_assert_cmpuint (cpt_test_money_count_payments (shop, id), ==, 2);
  cpt_test_host_do (host, "1000 0", "money %s", id);
  cpt_test_host_quit (host);
  cpt_test_remove_directory (dir);
}

int
main (int argc, char *argv[])
{
  cpt_test_shop_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (kills); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/pay/kill/", kills[i].name, NULL);

      g_test_add_data_func (name, &kills[i], test_kill);
    }
  g_test_add_func ("/sync/pay/kill/pressed", test_kill_after_press);
  return g_test_run ();
}
