/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock as a test asks for it: of the till, of other programs on its PC, of the demo shop. Main
 * thread only. */
#pragma once

#include "cpt-engine-stock.h"
#include "cpt-test-till.h"

G_BEGIN_DECLS

#define CPT_TEST_INVENTORY "/catalogs/.*/location/inventory"
/* Until an answer of the engine is there. */
#define CPT_STOCK_ANSWER(till, result) CPT_TILL_WAIT_UNTIL (till, (result) != NULL)

void cpt_test_stock_result_cb (GObject *source, GAsyncResult *result, gpointer data);
gint64 cpt_test_stock_find (CptTestTill *till, CptItemKind kind, const char *text);
CptStockItem *cpt_test_stock_load (CptTestTill *till, CptItemKind kind, const char *text);
void
cpt_test_stock_edit (CptTestTill *till, CptItemKind kind, const char *text, CptStockEdit change);
void cpt_test_stock_set_quantity (CptTestTill *till, const char *text, gint64 thousandths);
void cpt_test_stock_leave (CptTestTill *till);
CptEngineStock cpt_test_stock_state_of (CptTestTill *till);
GPtrArray *
cpt_test_stock_ask_differences (CptTestTill *till,
                                void (*asks) (CptEngine *, GAsyncReadyCallback, gpointer));
CptTestTill *cpt_test_stock_connect_to (CptTestShop *shop);
CptTestTill *cpt_test_stock_connect_second (CptTestShop *shop, gboolean keeps);
char *cpt_test_stock_there (CptTestShop *shop);
void cpt_test_stock_assert_there (CptTestShop *shop, const char *expected);
guint cpt_test_stock_writes (CptTestShop *shop);
guint cpt_test_stock_entries_of (CptTestShop *shop, const char *method, guint nth);
void cpt_test_stock_foreign (CptTestTill *till, const char *sql);

G_END_DECLS
