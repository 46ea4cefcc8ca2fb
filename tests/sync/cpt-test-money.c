/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money of an order as a test asks for it. Main thread only. */
#include "cpt-test-money.h"

char *
cpt_test_money_receive (CptTestShop *shop, CptTestTill *till)
{
  char *id = cpt_test_shop_inject (shop, CPT_TEST_MONEY_ORDER);

  cpt_test_till_check (till);
  cpt_test_till_advance (till, 2001);
  cpt_test_shop_set_mark (shop);
  return id;
}

guint
cpt_test_money_count_payments (CptTestShop *shop, const char *id)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (shop, id);
  guint n = json_array_get_length (json_object_get_array_member (order, "payments"));

  return n;
}

guint
cpt_test_money_count_patches (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "PATCH", "/location/orders/.*");
}

void
cpt_test_money_assert_at (CptTestTill *till,
                          const char *id,
                          const char *expected,
                          const char *where)
{
  g_autofree char *shown = cpt_test_till_describe_money (till, id);
  g_autofree char *journal = NULL;

  if (g_str_equal (shown, expected))
    return;
  journal = cpt_test_shop_describe (till->shop);
  g_error ("%s: order %s shows “%s” instead of “%s”; journal:\n%s", where, id, shown, expected,
           journal);
}

void
cpt_test_money_pay (CptTestTill *till, const char *id, gint64 minor)
{
  g_autoptr (GError) error = NULL;

  cpt_test_till_pay (till, id, minor, &error);
  g_assert_no_error (error);
}

void
cpt_test_money_fail_patches (CptTestShop *shop, const char *rule)
{
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"PATCH\", \"path\": \"/location/orders/*\", %s}", rule);
}

static const CptTestFault faults[] = {
  { "dropped-before", "\"drop\": \"before\"" },
  { "dropped-after", "\"drop\": \"after\"" },
  { "cut-reply", "\"drop\": \"mid\"" },
  { "status-408", "\"status\": 408" },
  { "status-409-processed", "\"status\": 409, \"process\": true" },
  { "status-500-processed", "\"status\": 500, \"process\": true" },
  { "status-503", "\"status\": 503" },
  { "unreadable", "\"status\": 200, \"body\": \"<html>\", \"process\": true" },
};

void
cpt_test_money_add_faults (const char *prefix, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat (prefix, faults[i].name, NULL);

      g_test_add_data_func (name, &faults[i], func);
    }
}
