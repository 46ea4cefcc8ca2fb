/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of exchanges: what is kept, folded, found. */
#include "cpt-test-store.h"

static CptExchange *
exchange (CptTime at, const char *method, const char *path, guint status, const char *reply)
{
  CptExchange *self = cpt_exchange_new ();

  self->at = at;
  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->status = status;
  self->bytes = reply != NULL ? strlen (reply) : 0;
  self->duration_ms = 42;
  self->reply_body = g_strdup (reply);
  return self;
}

/* @one: (transfer full) */
static void
log_one (CptTestStore *fixture, CptExchange *one)
{
  g_autoptr (GPtrArray) exchanges =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);

  g_ptr_array_add (exchanges, one);
  cpt_test_do (fixture, cpt_store_log (exchanges));
}

static GPtrArray *
list (CptTestStore *fixture, const char *text, gboolean failures, gint64 before, guint limit)
{
  return cpt_test_ask (fixture, cpt_store_list_exchanges (text, failures, before, limit));
}

static void
test_kept (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  CptExchange *one = exchange (NOW, "PATCH", "/location/orders/x", 422, "{\"message\":\"no\"}");
  g_autoptr (GPtrArray) rows = NULL;
  const CptExchange *listed = NULL;
  g_autoptr (CptExchange) loaded = NULL;

  one->order_id = g_strdup ("x");
  one->failure = g_strdup ("422 no");
  one->request_body = g_strdup ("{\"status\":\"accepted\"}");
  log_one (fixture, one);
  rows = list (fixture, NULL, FALSE, 0, 10);
  g_assert_cmpuint (rows->len, ==, 1);
  listed = rows->pdata[0];
  g_assert_null (listed->request_body);
  loaded = cpt_test_ask (fixture, cpt_store_load_exchange (listed->id));
  g_assert_cmpint (loaded->id, ==, listed->id);
  g_assert_cmpint (loaded->at, ==, NOW);
  g_assert_cmpstr (loaded->method, ==, "PATCH");
  g_assert_cmpstr (loaded->path, ==, "/location/orders/x");
  g_assert_cmpuint (loaded->status, ==, 422);
  g_assert_cmpint (loaded->bytes, ==, 16);
  g_assert_cmpint (loaded->duration_ms, ==, 42);
  g_assert_cmpstr (loaded->order_id, ==, "x");
  g_assert_cmpstr (loaded->failure, ==, "422 no");
  g_assert_cmpstr (loaded->request_body, ==, "{\"status\":\"accepted\"}");
  g_assert_cmpstr (loaded->reply_body, ==, "{\"message\":\"no\"}");
  g_assert_cmpint (loaded->repeats, ==, 1);
  cpt_test_refused (fixture, cpt_store_load_exchange (listed->id + 1), CPT_STORE_ERROR_NOT_FOUND);
}

static void
test_folding (void)
{
  static const struct
  {
    const char *method, *path;
    guint status;
    const char *reply;
    guint rows;
    gint64 repeats; /* of the newest row */
  } steps[] = {
    { "GET", "/callback/events", 200, "[]", 1, 1 },
    { "GET", "/callback/events", 200, " []\n", 1, 2 },
    { "GET", "/callback/events?count=", 200, "[]", 1, 3 },
    { "GET", "/callback/events", 200, "[{}]", 2, 1 },
    { "GET", "/callback/events", 200, "[]", 3, 1 },
    { "GET", "/callback/events", 0, NULL, 4, 1 },
    { "GET", "/callback/events", 0, NULL, 4, 2 },
    { "GET", "/callback/events", 500, "[]", 5, 1 },
    { "GET", "/callback/events", 500, "[]", 6, 1 },
    { "DELETE", "/callback/events/1", 200, "[]", 7, 1 },
    { "GET", "/location", 200, "[]", 8, 1 },
    { "GET", "/location", 200, "[]", 9, 1 },
  };
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GPtrArray) rows = NULL;
      const CptExchange *newest = NULL;

      log_one (fixture,
               exchange (NOW + i, steps[i].method, steps[i].path, steps[i].status, steps[i].reply));
      rows = list (fixture, NULL, FALSE, 0, 100);
      g_assert_cmpuint (rows->len, ==, steps[i].rows);
      newest = rows->pdata[0];
      g_assert_cmpint (newest->repeats, ==, steps[i].repeats);
      g_assert_cmpint (newest->at, ==, NOW + i);
    }
}

/* Another reason is another outcome. */
static void
test_folding_by_reason (void)
{
  static const char *const reasons[] = { "no route", "no route", "reset", NULL, "reset" };
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      CptExchange *one = exchange (NOW + i, "GET", "/callback/events", 0, NULL);

      one->failure = g_strdup (reasons[i]);
      log_one (fixture, one);
    }
  rows = list (fixture, NULL, FALSE, 0, 100);
  g_assert_cmpuint (rows->len, ==, 4);
}

static void
test_filter (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (GPtrArray) failed = NULL;
  g_autoptr (GPtrArray) by_path = NULL;
  g_autoptr (GPtrArray) by_failure = NULL;
  g_autoptr (GPtrArray) literal = NULL;
  CptExchange *reset = exchange (NOW, "GET", "/location", 0, NULL);

  reset->failure = g_strdup ("Connection reset");
  log_one (fixture, exchange (NOW, "GET", "/location/orders/Abc", 200, "{}"));
  log_one (fixture, reset);
  log_one (fixture, exchange (NOW, "GET", "/location/orders/def", 404, "{}"));
  failed = list (fixture, NULL, TRUE, 0, 10);
  by_path = list (fixture, "ABC", FALSE, 0, 10);
  by_failure = list (fixture, "reset", TRUE, 0, 10);
  literal = list (fixture, "%", FALSE, 0, 10);
  g_assert_cmpuint (failed->len, ==, 2);
  g_assert_cmpuint (by_path->len, ==, 1);
  g_assert_cmpuint (by_failure->len, ==, 1);
  g_assert_cmpuint (literal->len, ==, 0);
}

static void
test_pages (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  for (int i = 0; i < 5; i++)
    log_one (fixture, exchange (NOW + i, "GET", "/location", 200, "{}"));
  first = list (fixture, NULL, FALSE, 0, 3);
  second = list (fixture, NULL, FALSE, ((CptExchange *)first->pdata[2])->id, 3);
  g_assert_cmpuint (first->len, ==, 3);
  g_assert_cmpint (((CptExchange *)first->pdata[0])->at, ==, NOW + 4);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_cmpint (((CptExchange *)second->pdata[1])->at, ==, NOW);
}

static void
test_prune (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
  g_autoptr (GPtrArray) by_age = NULL;
  g_autoptr (GPtrArray) by_number = NULL;

  log_one (fixture, exchange (NOW - 7 * CPT_DAY - 1, "GET", "/old", 200, "{}"));
  log_one (fixture, exchange (NOW - 7 * CPT_DAY, "GET", "/young", 200, "{}"));
  cpt_test_do (fixture, cpt_store_prune_log (NOW));
  by_age = list (fixture, NULL, FALSE, 0, 10);
  g_assert_cmpuint (by_age->len, ==, 1);
  g_assert_cmpstr (((CptExchange *)by_age->pdata[0])->path, ==, "/young");

  for (int i = 0; i < 20001; i++)
    g_ptr_array_add (many, exchange (NOW, "GET", "/many", 200, NULL));
  cpt_test_do (fixture, cpt_store_log (many));
  cpt_test_do (fixture, cpt_store_prune_log (NOW));
  by_number = list (fixture, NULL, FALSE, 0, 30000);
  g_assert_cmpuint (by_number->len, ==, 20000);
}

/* One hour back: two answers and one that never came; the hour before the first of the day shown is
 * not counted. */
static void
test_activity (void)
{
  g_autoptr (CptTestStore) fixture = cpt_test_store_new ();
  CptTime hour = NOW - NOW % CPT_HOUR;
  CptExchange *slow = exchange (hour - CPT_HOUR, "GET", "/slow", 200, "{}");
  CptExchange *lost = exchange (hour - CPT_HOUR, "GET", "/lost", 0, NULL);
  g_autofree CptActivity *activity = NULL;

  slow->duration_ms = 101;
  lost->duration_ms = 30000;
  log_one (fixture, exchange (hour - 23 * CPT_HOUR - 1, "GET", "/old", 200, "{}"));
  log_one (fixture, slow);
  log_one (fixture, lost);
  log_one (fixture, exchange (hour - 1, "GET", "/quick", 200, "{}"));
  log_one (fixture, exchange (NOW, "GET", "/now", 200, "{}"));
  activity = cpt_test_ask (fixture, cpt_store_load_activity (NOW));
  g_assert_cmpint (activity->begin, ==, hour - 23 * CPT_HOUR);
  g_assert_cmpint (activity->reply_ms[0], ==, 0);
  g_assert_cmpint (activity->reply_ms[22], ==, 72);
  g_assert_cmpint (activity->reply_ms[23], ==, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/log/kept", test_kept);
  g_test_add_func ("/store/log/folding", test_folding);
  g_test_add_func ("/store/log/folding-by-reason", test_folding_by_reason);
  g_test_add_func ("/store/log/filter", test_filter);
  g_test_add_func ("/store/log/pages", test_pages);
  g_test_add_func ("/store/log/prune", test_prune);
  g_test_add_func ("/store/log/activity", test_activity);
  return g_test_run ();
}
