/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons are taken out of orders of more than 90 days, out of these only, and out of the file.
 * Main thread only. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <utime.h>

#include "cpt-test-money.h"
#include "cpt-test-sale.h"

#define PERSON                                                                                     \
  "{\"generate\": true, \"payments\": [], \"expected_time\": null,"                                \
  " \"customer_notes\": \"Sonnez chez Quatremarre\","                                              \
  " \"customer\": {\"first_name\": \"Zeno\", \"last_name\": \"Quatremarre\","                      \
  " \"phone\": \"+33698765432\", \"email\": \"zeno@quatremarre.example\"}}"

static GSettings *
settings (CptTestTill *till)
{
  return cpt_profile_get_settings (cpt_engine_get_profile (till->engine));
}

static char *
receive_person (CptTestTill *till)
{
  char *id = cpt_test_shop_inject (till->shop, PERSON);

  cpt_test_till_check (till);
  cpt_test_till_assert_row (till, id, "received received");
  return id;
}

/* The program is closed for so long. */
static void
days_later (CptTestTill *till, int days)
{
  cpt_test_till_close (till);
  cpt_test_shop_advance (till->shop, days * CPT_DAY);
  cpt_test_clock_set_now (till->clock, cpt_clock_now (CPT_CLOCK (till->clock)) + days * CPT_DAY);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
}

static gboolean
is_named (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);

  return row->customer != NULL && strstr (row->customer, "Quatremarre") != NULL;
}

/* Documents are gone through on a thread of their own, a few at a time. */
static void
wait_erased (CptTestTill *till, const char *id)
{
  for (int i = 0; is_named (till, id) && i < 200; i++)
    cpt_test_till_advance (till, CPT_SECOND);
  g_assert_false (is_named (till, id));
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static guint
count_found (CptTestTill *till, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_engine_list_orders_async (till->engine, CPT_ORDER_TAB_ALL, text, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  rows = cpt_engine_list_orders_finish (till->engine, result, NULL);
  return rows->len;
}

static CptOrderDetails *
load_details (CptTestTill *till, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (till, id);
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_load_details_async (till->engine, row->row, NULL, result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  return cpt_engine_load_details_finish (till->engine, result, NULL);
}

static void
test_old (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *old = receive_person (till);
  g_autofree char *young = NULL;
  g_autoptr (CptOrderDetails) before = load_details (till, old);
  g_autoptr (CptOrderDetails) after = NULL;

  days_later (till, 2);
  young = receive_person (till);
  days_later (till, 89);
  wait_erased (till, old);
  g_assert_true (is_named (till, young));
  g_assert_cmpuint (count_found (till, "Quatremarre"), ==, 1);
  g_assert_cmpuint (count_found (till, "698765432"), ==, 1);
  g_assert_cmpuint (count_found (till, old), ==, 1);

  after = load_details (till, old);
  g_assert_cmpuint (after->order->items->len, ==, before->order->items->len);
  g_assert_null (after->order->customer_notes);
  g_assert_true (after->order->customer->first_name == NULL &&
                 after->order->customer->phone == NULL);
}

/* What is still to be sent stays whole until it is sent. */
static void
test_unsent (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autofree char *other = receive_person (till);

  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  days_later (till, 100);
  wait_erased (till, other);
  g_assert_true (is_named (till, id));
  cpt_test_shop_set_offline (shop, FALSE);
  cpt_test_till_advance (till, 2 * CPT_MINUTE);
  cpt_test_till_assert_row (till, id, "accepted accepted");
  cpt_test_till_restart (till);
  wait_erased (till, id);
}

static gboolean
history_says (CptOrderDetails *details, const char *words)
{
  for (guint i = 0; i < details->history->len; i++)
    {
      const CptHistoryEntry *entry = details->history->pdata[i];

      if (entry->text != NULL && strstr (entry->text, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* What the customer was told names him: it goes from the history, too. */
static void
test_told (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autoptr (CptOrderDetails) before = NULL;
  g_autoptr (CptOrderDetails) after = NULL;
  g_autoptr (GError) error = NULL;

  cpt_test_till_press_with (till, id, CPT_ORDER_REJECTED, CPT_TIME_NONE, "Désolé, M. Quatremarre",
                            "closed", &error);
  g_assert_no_error (error);
  cpt_test_till_advance (till, CPT_MINUTE);
  before = load_details (till, id);
  g_assert_true (history_says (before, "Quatremarre"));
  days_later (till, 91);
  wait_erased (till, id);
  after = load_details (till, id);
  g_assert_false (history_says (after, "Quatremarre"));
  g_assert_cmpuint (after->history->len, ==, before->history->len);
}

/* Understood once, then no longer: what was known of it goes with its document. */
static void
test_raw_later (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autofree char *order = g_strconcat ("/orders/", id, NULL);
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"GET\", \"path\": \"/location/orders/%s\", \"status\": 200,"
                    " \"body\": \"<html>\", \"times\": 0}",
                    id);
  cpt_test_shop_do (shop, "PATCH", order, "{\"collection_code\": \"77\"}");
  cpt_test_till_check (till);
  cpt_test_till_advance (till, CPT_MINUTE);
  row = cpt_test_till_find (till, id);
  g_assert_nonnull (row->raw_reason);
  g_assert_true (is_named (till, id));
  days_later (till, 91);
  wait_erased (till, id);
  g_assert_cmpuint (count_found (till, "Quatremarre"), ==, 0);
  g_assert_cmpuint (count_found (till, "698765432"), ==, 0);
  g_assert_cmpuint (count_found (till, id), ==, 1);
}

/* HubRise still knows: what comes from there again is erased again. */
static void
test_read_again (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autofree char *order = g_strconcat ("/orders/", id, NULL);

  days_later (till, 91);
  wait_erased (till, id);
  cpt_test_shop_do (shop, "PATCH", order, "{\"seller_notes\": \"Quatremarre encore\"}");
  cpt_test_till_check (till);
  g_assert_true (is_named (till, id));
  cpt_test_till_restart (till);
  wait_erased (till, id);
}

/* Nothing brings it back: a number on its way to another erases nothing. */
static void
test_changed (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);

  days_later (till, 20);
  g_settings_set_int (settings (till), "keep-days", 9);
  cpt_test_till_advance (till, 30 * CPT_SECOND);
  g_settings_set_int (settings (till), "keep-days", 90);
  cpt_test_till_advance (till, 5 * CPT_MINUTE);
  g_assert_true (is_named (till, id));
  g_settings_set_int (settings (till), "keep-days", 19);
  wait_erased (till, id);
}

static gboolean
names_person (const char *path)
{
  static const char *const words[] = { "Quatremarre", "quatremarre", "698765432" };
  g_autofree char *text = NULL;
  gsize length = 0;
  gboolean found = FALSE;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    found = found || memmem (text, length, words[i], strlen (words[i])) != NULL;
  return found;
}

static gboolean
file_names_person (CptTestTill *till)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autofree char *log = cpt_test_till_dup_path (till, "comptoir.db-wal");

  return names_person (path) || (g_file_test (log, G_FILE_TEST_EXISTS) && names_person (log));
}

static void
copy_database (CptTestTill *till, const char *copy)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", copy);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* All that the closed file holds, rows and index, without what SQLite leaves in the unused part of
 * a page when it moves its cells to another. */
static gboolean
content_names_person (CptTestTill *till)
{
  g_autofree char *copy = cpt_test_till_dup_path (till, "comptoir.db.copy");
  gboolean found;

  copy_database (till, copy);
  found = names_person (copy);
  g_assert_cmpint (g_unlink (copy), ==, 0);
  return found;
}

/* Nothing of him is in the database, whatever nobody can see of it. The index is gone through by
 * and by. */
static void
wait_forgotten (CptTestTill *till)
{
  for (int i = 0; content_names_person (till) && i < 60; i++)
    cpt_test_till_advance (till, CPT_SECOND);
  g_assert_false (content_names_person (till));
}

/* --- What HubRise refused --- */

static void
refuse (CptTestShop *shop, const char *method)
{
  cpt_test_shop_do (shop, "POST", "/failures",
                    "{\"method\": \"%s\", \"path\": \"*orders*\", \"status\": 422,"
                    " \"body\": {\"message\": \"Not for Quatremarre\"}}",
                    method);
}

/* What it said of a step or a payment names him, too, whether or not somebody gave up. */
static void
test_refused (gconstpointer data)
{
  const char *what = data;
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autoptr (CptOrderDetails) before = NULL;
  g_autoptr (CptOrderDetails) after = NULL;
  gboolean pays = g_str_has_prefix (what, "payment");

  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_advance (till, CPT_MINUTE);
  refuse (shop, "PATCH");
  if (pays)
    cpt_test_money_pay (till, id, 100);
  else
    cpt_test_till_press (till, id, CPT_ORDER_IN_PREPARATION);
  cpt_test_till_advance (till, CPT_MINUTE);
  if (g_str_equal (what, "payment-given-up"))
    cpt_test_till_act_on_entry (till, id, cpt_engine_give_up_entry_async, NULL);
  if (g_str_equal (what, "step-given-up"))
    cpt_test_till_act (till, id, cpt_engine_give_up_async, NULL);
  before = load_details (till, id);
  g_assert_true (history_says (before, "Not for Quatremarre"));
  days_later (till, 91);
  wait_erased (till, id);
  wait_forgotten (till);
  after = load_details (till, id);
  g_assert_cmpuint (after->history->len, ==, before->history->len);
  g_assert_cmpint (after->row->send, ==, before->row->send);
  g_assert_cmpint (after->row->outbox, ==, before->row->outbox);
}

static void
prepare (CptTestTill *till, gint64 row)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_press_async (till->engine, row, CPT_ORDER_IN_PREPARATION, CPT_TIME_NONE, NULL, NULL,
                          result_cb, &result);
  CPT_TILL_WAIT_UNTIL (till, result != NULL);
  g_assert_true (cpt_engine_act_finish (till->engine, result, NULL));
}

/* Made here for him: what it was to be made of is gone, so it is one that stays here. */
static void
test_refused_sale (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_sale_new_till (shop, "all");
  g_autoptr (CptOrder) order = cpt_test_order_new ();
  gint64 row;

  cpt_test_order_set_customer (order, NULL, NULL);
  g_free (order->customer->last_name);
  order->customer->last_name = g_strdup ("Quatremarre");
  refuse (shop, "POST");
  row = cpt_test_sale_place (till, order);
  cpt_test_till_settle (till);
  prepare (till, row);
  cpt_test_sale_assert_shows (till, row, "in_preparation here refused step");
  g_assert_true (content_names_person (till));
  days_later (till, 91);
  wait_forgotten (till);
  cpt_test_sale_assert_shows (till, row, "in_preparation here");
  cpt_test_shop_set_mark (shop);
  cpt_test_till_restart (till);
  cpt_test_till_advance (till, 10 * CPT_MINUTE);
  g_assert_cmpuint (cpt_test_sale_count_posts (shop), ==, 0);
}

/* How it was before another changed it is kept until somebody has seen the change. */
static void
test_changed_elsewhere (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  g_autofree char *order = g_strconcat ("/orders/", id, NULL);
  g_autoptr (CptOrderRow) row = NULL;

  cpt_test_till_press (till, id, CPT_ORDER_ACCEPTED);
  cpt_test_till_advance (till, CPT_MINUTE);
  cpt_test_shop_do (shop, "PATCH", order, "{\"customer_notes\": \"No bell\"}");
  cpt_test_till_check (till);
  row = cpt_test_till_find (till, id);
  g_assert_cmpint (row->notice, ==, CPT_NOTICE_CHANGED);
  days_later (till, 91);
  wait_erased (till, id);
  wait_forgotten (till);
}

/* What SQLite may leave in unused bytes, here for certain, and more than others soon write over. */
static void
leave_unclean (CptTestTill *till)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "PRAGMA secure_delete = OFF;"
                                 "INSERT INTO value (key, value) VALUES"
                                 " ('test', replace (hex (zeroblob (20000)), '00', 'Quatremarre'));"
                                 "DELETE FROM value WHERE key = 'test'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* Many, more than one reading takes, raw ones too; and out of the file itself, its search index
 * included. */
static void
test_gone_from_the_file (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = NULL;

  cpt_test_shop_do (shop, "POST", "/orders", "{\"count\": 45, %s", PERSON + 1);
  till = cpt_test_till_new_connected (shop);
  cpt_test_shop_do (shop, "POST", "/orders",
                    "{\"id\": \"raw\", \"raw_body\": \"Zeno Quatremarre <html>\"}");
  cpt_test_till_check (till);
  cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_cmpuint (count_found (till, "Quatremarre"), ==, 45);
  days_later (till, 91);
  for (int i = 0; count_found (till, "Quatremarre") > 0 && i < 2000; i++)
    cpt_test_till_advance (till, CPT_SECOND / 10);
  g_assert_cmpuint (count_found (till, "Quatremarre"), ==, 0);
  g_assert_cmpuint (count_found (till, NULL), ==, 46);
  /* quit before the index is gone through: the next start's work */
  cpt_test_till_close (till);
  g_assert_true (file_names_person (till));
  for (int i = 0; content_names_person (till) && i < 20; i++)
    {
      cpt_test_till_open (till, NULL);
      cpt_test_till_settle (till);
      cpt_test_till_advance (till, 10 * CPT_SECOND);
      cpt_test_till_close (till);
    }
  g_assert_false (content_names_person (till));
  /* and the file is written anew at a quiet time, while the program runs; without a network, or
   * orders that still wait would be read again with their persons */
  cpt_test_shop_set_offline (shop, TRUE);
  cpt_test_till_open (till, NULL);
  cpt_test_till_settle (till);
  leave_unclean (till);
  g_assert_true (file_names_person (till));
  /* each try is given up where anything else waits */
  for (int i = 0; file_names_person (till) && i < 600; i++)
    cpt_test_till_advance (till, CPT_MINUTE);
  g_assert_false (file_names_person (till));
  g_assert_cmpuint (count_found (till, NULL), ==, 46);
}

/* --- The copies beside the database --- */

/* Of so many days ago, as a migration leaves it. */
static char *
put_copy (CptTestTill *till, const char *name, int days)
{
  g_autofree char *folder = cpt_test_till_dup_path (till, "backup");
  char *path = g_build_filename (folder, name, NULL);
  time_t at = (time_t)((cpt_clock_now (CPT_CLOCK (till->clock)) - days * CPT_DAY) / CPT_SECOND);
  struct utimbuf times = { at, at };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  copy_database (till, path);
  g_assert_true (names_person (path));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
  return path;
}

static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Within the minute after a start, or after the preference was changed. */
static void
wait_gone (CptTestTill *till, const char *path)
{
  for (int i = 0; is_there (path) && i < 200; i++)
    cpt_test_till_advance (till, CPT_SECOND);
  g_assert_false (is_there (path));
}

static void
test_copies (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autofree char *id = receive_person (till);
  /* The second was made on a PC whose clock was ahead: its number says that it is older. */
  g_autofree char *old = put_copy (till, "comptoir-000001.db", 300);
  g_autofree char *ahead = put_copy (till, "comptoir-000002.db", -3000);
  g_autofree char *last = put_copy (till, "comptoir-000003.db", 91);
  g_autofree char *young = put_copy (till, "comptoir-000004.db", 89);
  g_autofree char *theirs = put_copy (till, "by-hand.db", 300);

  cpt_test_till_restart (till);
  wait_gone (till, last);
  g_assert_false (is_there (old));
  g_assert_false (is_there (ahead));
  g_assert_true (is_there (young));
  g_assert_true (is_there (theirs));
  g_assert_true (is_named (till, id));
  g_settings_set_int (settings (till), "keep-days", 30);
  wait_gone (till, young);
}

/* --- Drafts --- */

static void
check_drafts_kept (CptTestTill *till, gboolean kept)
{
  g_autofree char *path = cpt_test_till_dup_path (till, "comptoir.db");
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle,
                                       "SELECT count (*) FROM value WHERE value IS NOT NULL"
                                       " AND key GLOB 'till-[dw]*-[0-9]*'",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, kept ? 2 : 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static void
draft_later (CptTestTill *till, int days)
{
  days_later (till, days);
  cpt_test_till_advance (till, 10 * CPT_SECOND);
}

static void
disconnect (CptTestTill *till)
{
  g_autoptr (GError) error = NULL;
  gboolean revoked = FALSE;

  cpt_test_till_disconnect (till, &revoked, &error);
  g_assert_no_error (error);
  draft_later (till, 1);
}

/* Two wait for their catalog to be connected again, and for no longer than an order is kept. */
static void
test_draft (void)
{
  g_autoptr (CptTestShop) shop = cpt_test_shop_new ();
  g_autoptr (CptTestTill) till = cpt_test_till_new_connected (shop);
  g_autoptr (CptOrder) draft = cpt_test_order_new ();
  g_autofree char *code = NULL;

  cpt_engine_save_draft (till->engine, draft, draft);
  draft_later (till, 200);
  check_drafts_kept (till, TRUE);
  disconnect (till);
  draft_later (till, 60);
  code = cpt_test_shop_new_code (shop);
  g_assert_true (cpt_test_till_connect_with (till, code, NULL));
  cpt_test_till_settle (till);
  draft_later (till, 60);
  check_drafts_kept (till, TRUE);
  disconnect (till);
  draft_later (till, 89);
  check_drafts_kept (till, TRUE);
  draft_later (till, 2);
  check_drafts_kept (till, FALSE);
}

int
main (int argc, char *argv[])
{
  static const char *const refused[] = { "step", "step-given-up", "payment", "payment-given-up" };

  cpt_test_shop_init (&argc, &argv);
  g_test_add_func ("/sync/erase/old", test_old);
  g_test_add_func ("/sync/erase/unsent", test_unsent);
  g_test_add_func ("/sync/erase/told", test_told);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/erase/refused/", refused[i], NULL);

      g_test_add_data_func (name, refused[i], test_refused);
    }
  g_test_add_func ("/sync/erase/refused/sale", test_refused_sale);
  g_test_add_func ("/sync/erase/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/sync/erase/raw-later", test_raw_later);
  g_test_add_func ("/sync/erase/read-again", test_read_again);
  g_test_add_func ("/sync/erase/changed", test_changed);
  g_test_add_func ("/sync/erase/gone-from-the-file", test_gone_from_the_file);
  g_test_add_func ("/sync/erase/copies", test_copies);
  g_test_add_func ("/sync/erase/draft", test_draft);
  return g_test_run ();
}
