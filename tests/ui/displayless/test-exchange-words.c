/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log in people's words. */
#include "cpt-exchange-words.h"

static const struct
{
  const char *method, *path, *what;
} requests[] = {
  { "GET", "/callback/events", "Look for news" },
  { "GET", "/callback/events/dx6jq", "Look for news" },
  { "DELETE", "/callback/events/dx6jq", "Acknowledge news" },
  { "GET", "/callback", "Look at the subscription" },
  { "POST", "/callback", "Subscribe to news" },
  { "GET", "/location", "Read the location" },
  { "PATCH", "/location", "Change the location" },
  { "GET", "/location/orders", "List orders" },
  { "GET", "/location/orders/5dpm9", "Read an order" },
  { "PATCH", "/location/orders/5dpm9", "Change an order" },
  { "POST", "/location/orders", "Send an order" },
  { "GET", "/catalogs/87yu4", "Read the catalog" },
  { "GET", "/catalogs/87yu4/location/inventory", "Read the stock" },
  { "PATCH", "/catalogs/87yu4/location/inventory", "Send stock" },
  { "PUT", "/catalogs/87yu4/location/inventory", "Send the whole stock" },
  { "GET", "/customer_lists/xab5/customers", "Look for a customer" },
  { "POST", "/oauth2/v1/token", "Exchange the code" },
  { "POST", "/oauth2/v1/revoke", "Give the key back" },
  { "GET", "/something/new", "Other request" },
  { NULL, NULL, "Other request" },
};

static void
test_what (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    g_assert_cmpstr (cpt_exchange_words_what (requests[i].method, requests[i].path), ==,
                     requests[i].what);
}

static const struct
{
  guint status;
  const char *failure, *result;
  gboolean failed;
} answers[] = {
  { 200, NULL, "OK 200", FALSE },
  { 304, NULL, "OK 304", FALSE },
  { 302, NULL, "Failed 302", TRUE },
  { 422, NULL, "Failed 422", TRUE },
  { 500, NULL, "Failed 500", TRUE },
  { 200, "the body was cut", "Failed 200", TRUE },
  { 0, "Connection refused", "No answer", TRUE },
};

static void
test_result (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (CptExchange) exchange = cpt_exchange_new ();
      g_autofree char *result = NULL;

      exchange->status = answers[i].status;
      exchange->failure = g_strdup (answers[i].failure);
      result = cpt_exchange_words_result (exchange);
      g_assert_cmpstr (result, ==, answers[i].result);
      g_assert_cmpint (cpt_exchange_words_is_failure (exchange), ==, answers[i].failed);
    }
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 ms;
    const char *text;
  } durations[] = {
    { 0, "0 ms" },     { 85, "85 ms" },   { 999, "999 ms" },   { 1000, "1.0 s" },
    { 1249, "1.2 s" }, { 1250, "1.3 s" }, { 30000, "30.0 s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = cpt_exchange_words_duration (durations[i].ms);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-words/what", test_what);
  g_test_add_func ("/exchange-words/result", test_result);
  g_test_add_func ("/exchange-words/duration", test_duration);
  return g_test_run ();
}
