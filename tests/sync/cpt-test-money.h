/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money of an order as a test asks for it, here and there, and what can happen to the request that
 * brings it. Main thread only. */
#pragma once

#include "cpt-test-till.h"

G_BEGIN_DECLS

/* 10.00 in two items, 3.00 of it paid at the site. */
#define CPT_TEST_MONEY_ORDER                                                                       \
  "{\"status\": \"accepted\", \"service_type\": \"collection\", \"seller_notes\": \"Hello\","      \
  " \"items\": [{\"product_name\": \"Margherita\", \"sku_ref\": \"MARG-M\","                       \
  " \"price\": \"4.00 EUR\", \"quantity\": \"1\"}, {\"product_name\": \"Reine\","                  \
  " \"sku_ref\": \"REINE-M\", \"price\": \"6.00 EUR\", \"quantity\": \"1\"}],"                     \
  " \"payments\": [{\"name\": \"Site\", \"ref\": \"WEB\", \"amount\": \"3.00 EUR\"}]}"

/* What can happen to a request whose outcome is then unknown. */
typedef struct
{
  const char *name;
  const char *rule; /* of the failure, without its match */
} CptTestFault;

/* CPT_TEST_MONEY_ORDER at the next check, and the journal counts from there. Result: its id. */
char *cpt_test_money_receive (CptTestShop *shop, CptTestTill *till);
guint cpt_test_money_count_payments (CptTestShop *shop, const char *id);
guint cpt_test_money_count_patches (CptTestShop *shop);
void cpt_test_money_assert_at (CptTestTill *till,
                               const char *id,
                               const char *expected,
                               const char *where);
#define cpt_test_money_assert(till, id, expected)                                                  \
  cpt_test_money_assert_at (till, id, expected, G_STRLOC)
void cpt_test_money_pay (CptTestTill *till, const char *id, gint64 minor);

/* @rule: of the failure, without its match */
void cpt_test_money_fail_patches (CptTestShop *shop, const char *rule);
/* A test for each CptTestFault, named after it. */
void cpt_test_money_add_faults (const char *prefix, GTestDataFunc func);

G_END_DECLS
