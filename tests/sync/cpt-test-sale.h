/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's own orders as a test asks for them: sent, counted, told apart. Main thread only. */
#pragma once

#include "cpt-test-order.h"

G_BEGIN_DECLS

void cpt_test_sale_result_cb (GObject *source, GAsyncResult *result, gpointer data);
/* @which: of the preference, "never", "customers", "all" */
void cpt_test_sale_set_till_orders (CptTestTill *till, const char *which);
/* Connected, and the journal counts from here. */
CptTestTill *cpt_test_sale_new_till (CptTestShop *shop, const char *which);
gint64 cpt_test_sale_place (CptTestTill *till, const CptOrder *order);
/* Retry or Give up, of what the row shows. */
void cpt_test_sale_decide (CptTestTill *till, gint64 row, CptTestStepDeed deed);
char *cpt_test_sale_dup_list (CptTestTill *till);
GPtrArray *cpt_test_sale_search (CptTestTill *till, const char *text, GError **error);

/* The orders the shop has, whoever made them; (transfer none), of @state. */
JsonArray *cpt_test_sale_list_orders (CptTestShop *shop, JsonNode **state);
guint cpt_test_sale_count_orders (CptTestShop *shop);
guint cpt_test_sale_count_posts (CptTestShop *shop);
guint cpt_test_sale_count_look_ups (CptTestShop *shop);

/* @expected: "accepted there", or "here", then " waiting", " held", " refused", then " step" */
gboolean cpt_test_sale_shows (CptTestTill *till, gint64 row, const char *expected);
void cpt_test_sale_assert_shows (CptTestTill *till, gint64 row, const char *expected);
/* One order of this till here and there, the same total. */
void cpt_test_sale_assert_once (CptTestTill *till, gint64 row);

G_END_DECLS
