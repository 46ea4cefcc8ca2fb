/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange with HubRise in people's words; pure, any thread. */
#include "cpt-exchange-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The first line whose method fits and whose words stand in the path, in this order. */
static const struct
{
  const char *method;
  const char *part;
  const char *ending; /* (nullable) what the path ends on */
  const char *what;
} words[] = {
  { "GET", "/callback/events", NULL, N_ ("Look for news") },
  { "DELETE", "/callback/events", NULL, N_ ("Acknowledge news") },
  { "GET", "/callback", NULL, N_ ("Look at the subscription") },
  { "POST", "/callback", NULL, N_ ("Subscribe to news") },
  { "DELETE", "/callback", NULL, N_ ("End the subscription") },
  { "GET", "/orders", "/orders", N_ ("List orders") },
  { "GET", "/orders/", NULL, N_ ("Read an order") },
  { "PATCH", "/orders/", NULL, N_ ("Change an order") },
  { "POST", "/orders", NULL, N_ ("Send an order") },
  { "GET", "/inventory", NULL, N_ ("Read the stock") },
  { "PATCH", "/inventory", NULL, N_ ("Send stock") },
  { "PUT", "/inventory", NULL, N_ ("Send the whole stock") },
  { "GET", "/catalogs", NULL, N_ ("Read the catalog") },
  { "GET", "/customers", NULL, N_ ("Look for a customer") },
  { "POST", "/customers", NULL, N_ ("Send a customer") },
  { "PATCH", "/customers", NULL, N_ ("Change a customer") },
  { "GET", "/location", NULL, N_ ("Read the location") },
  { "PATCH", "/location", NULL, N_ ("Change the location") },
  { "POST", "/token", NULL, N_ ("Exchange the code") },
  { "POST", "/revoke", NULL, N_ ("Give the key back") },
};

/**
 * cpt_exchange_words_what:
 * @method: (nullable)
 * @path: (nullable)
 *
 * Returns: (transfer none): what the request was for, translated
 */
const char *
cpt_exchange_words_what (const char *method, const char *path)
{
  for (gsize i = 0; method != NULL && path != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (method, words[i].method) && strstr (path, words[i].part) != NULL &&
        (words[i].ending == NULL || g_str_has_suffix (path, words[i].ending)))
      return _ (words[i].what);
  /* TRANSLATORS: a request to HubRise of a kind without a name of its own. */
  return _ ("Other request");
}

/**
 * cpt_exchange_words_is_failure:
 *
 * Returns: whether @exchange did not do what it was for
 */
gboolean
cpt_exchange_words_is_failure (const CptExchange *exchange)
{
  return exchange->failure != NULL || exchange->status == 0 || exchange->status >= 400 ||
         (exchange->status >= 300 && exchange->status != 304);
}

/**
 * cpt_exchange_words_result:
 *
 * Returns: (transfer full): "OK 200", "Failed 422", "No answer"
 */
char *
cpt_exchange_words_result (const CptExchange *exchange)
{
  if (exchange->status == 0)
    /* TRANSLATORS: HubRise did not answer. */
    return g_strdup (_ ("No answer"));
  if (cpt_exchange_words_is_failure (exchange))
    /* TRANSLATORS: the number is an HTTP status. */
    return g_strdup_printf (_ ("Failed %u"), exchange->status);
  /* TRANSLATORS: a request that went well; the number is an HTTP status. */
  return g_strdup_printf (_ ("OK %u"), exchange->status);
}

/**
 * cpt_exchange_words_duration:
 *
 * Returns: (transfer full): "85 ms", "1.2 s" with the language's decimal sign
 */
char *
cpt_exchange_words_duration (gint64 milliseconds)
{
  gint64 tenths = (milliseconds + 50) / 100;

  if (milliseconds < 1000)
    /* TRANSLATORS: milliseconds. */
    return g_strdup_printf (_ ("%d ms"), (int)milliseconds);
  /* TRANSLATORS: seconds and tenths; translate the decimal point too. */
  return g_strdup_printf (_ ("%1$d.%2$d s"), (int)(tenths / 10), (int)(tenths % 10));
}
