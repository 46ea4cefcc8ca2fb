/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of exchanges grows on top by one span and keeps what it knows. */
#include "cpt-exchange-list.h"

typedef struct
{
  guint n, position, removed, added;
} Changes;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  changes->n++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static GPtrArray *
new_page (gint64 newest, gint64 oldest)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);

  for (gint64 id = newest; id >= oldest; id--)
    {
      CptExchange *exchange = cpt_exchange_new ();

      exchange->id = id;
      exchange->status = 200;
      exchange->repeats = 1;
      g_ptr_array_add (page, exchange);
    }
  return page;
}

static void
merge (GListStore *store, gint64 newest, gint64 oldest)
{
  g_autoptr (GPtrArray) page = new_page (newest, oldest);

  cpt_exchange_list_merge (store, page);
}

static void
assert_ids (GListStore *store, gint64 newest, gint64 oldest)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  g_assert_cmpuint (n, ==, newest - oldest + 1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CptExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_cmpint (cpt_exchange_item_get_exchange (item)->id, ==, newest - i);
    }
}

static void
test_first_page (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
  Changes changes = { 0 };

  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &changes);
  merge (store, 0, 1);
  g_assert_cmpuint (changes.n, ==, 0);
  merge (store, 10, 5);
  assert_ids (store, 10, 5);
  g_assert_cmpuint (changes.n, ==, 1);
}

static void
test_new_on_top (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
  g_autoptr (GObject) before = NULL;
  g_autoptr (GObject) after = NULL;
  Changes changes = { 0 };

  merge (store, 10, 5);
  before = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &changes);
  merge (store, 12, 7);
  assert_ids (store, 12, 5);
  after = g_list_model_get_item (G_LIST_MODEL (store), 2);
  g_assert_true (before == after);
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (changes.position, ==, 0);
  g_assert_cmpuint (changes.removed, ==, 0);
  g_assert_cmpuint (changes.added, ==, 2);
}

static void
test_nothing_new (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
  Changes changes = { 0 };

  merge (store, 10, 5);
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &changes);
  merge (store, 10, 5);
  g_assert_cmpuint (changes.n, ==, 0);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

/* Idle checks are counted on one line: the line changes, the list does not. */
static void
test_repeats (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
  g_autoptr (GPtrArray) page = new_page (10, 5);
  g_autoptr (CptExchangeItem) item = NULL;
  Changes changes = { 0 };
  guint notified = 0;

  merge (store, 10, 5);
  item = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &changes);
  g_signal_connect (item, "notify::exchange", G_CALLBACK (count_cb), &notified);
  ((CptExchange *)g_ptr_array_index (page, 0))->repeats = 4;
  cpt_exchange_list_merge (store, page);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpuint (changes.n, ==, 0);
  g_assert_cmpint (cpt_exchange_item_get_exchange (item)->repeats, ==, 4);
}

/* More than a page came while nobody looked. */
static void
test_gap (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);

  merge (store, 10, 5);
  merge (store, 40, 30);
  assert_ids (store, 40, 30);
}

/* Another filter leaves the first, the fourth and the sixth: those rows stay in their places. */
static void
test_another_filter (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
  g_autoptr (GPtrArray) page = new_page (10, 5);
  g_autoptr (GObject) before = NULL;
  g_autoptr (GObject) after = NULL;
  Changes changes = { 0 };

  merge (store, 10, 5);
  before = g_list_model_get_item (G_LIST_MODEL (store), 3);
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &changes);
  g_ptr_array_remove_index (page, 4);
  g_ptr_array_remove_range (page, 1, 2);
  cpt_exchange_list_replace (store, page);
  after = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_assert_true (before == after);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 3);
  g_assert_cmpuint (changes.n, ==, 2);
  g_ptr_array_set_size (page, 0);
  cpt_exchange_list_replace (store, page);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-list/first-page", test_first_page);
  g_test_add_func ("/exchange-list/new-on-top", test_new_on_top);
  g_test_add_func ("/exchange-list/nothing-new", test_nothing_new);
  g_test_add_func ("/exchange-list/repeats", test_repeats);
  g_test_add_func ("/exchange-list/gap", test_gap);
  g_test_add_func ("/exchange-list/another-filter", test_another_filter);
  return g_test_run ();
}
