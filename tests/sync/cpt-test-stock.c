/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock as a test asks for it. Main thread only. */
#include "cpt-test-stock.h"

#include <sqlite3.h>

/* --- Asking the till --- */

void
cpt_test_stock_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

gint64
cpt_test_stock_find (CptTestTill *till, CptItemKind kind, const char *text)
{
  CptEngineStockQuery query = { .tab = CPT_ENGINE_STOCK_ALL, .kind = kind, .text = text };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_engine_list_stock_async (till->engine, &query, NULL, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  rows = cpt_engine_list_stock_finish (till->engine, result, NULL);
  g_assert_cmpuint (rows->len, >=, 1);
  return g_array_index (rows, gint64, 0);
}

CptStockItem *
cpt_test_stock_load (CptTestTill *till, CptItemKind kind, const char *text)
{
  gint64 row = cpt_test_stock_find (till, kind, text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  cpt_engine_load_stock_async (till->engine, &row, 1, NULL, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  items = cpt_engine_load_stock_finish (till->engine, result, NULL);
  return cpt_stock_item_ref (items->pdata[0]);
}

void
cpt_test_stock_edit (CptTestTill *till, CptItemKind kind, const char *text, CptStockEdit change)
{
  gint64 row = cpt_test_stock_find (till, kind, text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) undo = NULL;
  g_autoptr (GError) error = NULL;

  cpt_engine_edit_stock_async (till->engine, &row, 1, &change, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  undo = cpt_engine_edit_stock_finish (till->engine, result, &error);
  g_assert_no_error (error);
}

void
cpt_test_stock_set_quantity (CptTestTill *till, const char *text, gint64 thousandths)
{
  cpt_test_stock_edit (till, CPT_ITEM_SKU, text,
                       (CptStockEdit){ .sets_quantity = TRUE, .quantity = thousandths });
}

void
cpt_test_stock_leave (CptTestTill *till)
{
  cpt_test_till_advance (till, 1000);
}

CptEngineStock
cpt_test_stock_state_of (CptTestTill *till)
{
  CptEngineStock stock;

  cpt_engine_get_stock (till->engine, &stock);
  return stock;
}

GPtrArray *
cpt_test_stock_ask_differences (CptTestTill *till,
                                void (*asks) (CptEngine *, GAsyncReadyCallback, gpointer))
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = NULL;

  asks (till->engine, cpt_test_stock_result_cb, &result);
  CPT_STOCK_ANSWER (till, result);
  found = cpt_engine_load_stock_finish (till->engine, result, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  return found;
}

/* A large catalog is decoded on a thread of its own. */
CptTestTill *
cpt_test_stock_connect_to (CptTestShop *shop)
{
  CptTestTill *till = cpt_test_till_new_connected (shop);

  CPT_TILL_WAIT_UNTIL (till, cpt_test_stock_state_of (till).ready);
  cpt_test_stock_leave (till);
  return till;
}

/* A till of its own for HubRise: its own token, its own queue of events. */
CptTestTill *
cpt_test_stock_connect_second (CptTestShop *shop, gboolean keeps)
{
  CptTestTill *till = cpt_test_till_new (shop);
  g_autoptr (JsonNode) answer =
      cpt_test_shop_control (shop, "POST", "/code", "{\"device_id\": \"second\"}");
  g_autoptr (GError) error = NULL;

  cpt_test_till_connect_with (till,
                              json_object_get_string_member (json_node_get_object (answer), "code"),
                              &error);
  g_assert_no_error (error);
  cpt_test_till_settle (till);
  g_settings_set_boolean (cpt_profile_get_settings (cpt_engine_get_profile (till->engine)),
                          "keeps-stock", keeps);
  return till;
}

/* --- Asking the shop --- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* "COKE=3 EGG=0@" of the shop's inventory, by ref. */
char *
cpt_test_stock_there (CptTestShop *shop)
{
  g_autoptr (JsonNode) answer = cpt_test_shop_control (shop, "GET", "/inventory", NULL);
  JsonArray *entries =
      JSON_NODE_HOLDS_ARRAY (answer)
          ? json_node_get_array (answer)
          : json_object_get_array_member (json_node_get_object (answer), "entries");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      gboolean option = json_object_has_member (entry, "option_ref");
      const char *until = json_object_get_string_member_with_default (entry, "expires_at", NULL);

      g_ptr_array_add (words,
                       g_strdup_printf ("%s%s=%s%s", option ? "+" : "",
                                        json_object_get_string_member (entry, option ? "option_ref"
                                                                                     : "sku_ref"),
                                        json_object_get_string_member (entry, "stock"),
                                        until != NULL ? "@" : ""));
    }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

void
cpt_test_stock_assert_there (CptTestShop *shop, const char *expected)
{
  g_autofree char *shown = cpt_test_stock_there (shop);
  g_autofree char *journal = cpt_test_shop_describe (shop);

  g_test_message ("%s", journal);
  g_assert_cmpstr (shown, ==, expected);
}

guint
cpt_test_stock_writes (CptTestShop *shop)
{
  return cpt_test_shop_count (shop, "PATCH", CPT_TEST_INVENTORY) +
         cpt_test_shop_count (shop, "PUT", CPT_TEST_INVENTORY);
}

guint
cpt_test_stock_entries_of (CptTestShop *shop, const char *method, guint nth)
{
  g_autoptr (JsonObject) entry = cpt_test_shop_find (shop, method, CPT_TEST_INVENTORY, nth);

  g_assert_nonnull (entry);
  return json_array_get_length (json_object_get_array_member (entry, "body"));
}

void
cpt_test_stock_foreign (CptTestTill *till, const char *sql)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}
