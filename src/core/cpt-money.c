/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of money in minor units: exact, never a floating point number; any thread. */
#include "cpt-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-number-private.h"

#define MINOR_PLACES 2

static const CptMoney unreadable = { .state = CPT_AMOUNT_UNREADABLE };

/**
 * cpt_money:
 * @minor: hundredths
 * @currency: (nullable): three letters; NULL or "" when not known
 *
 * Returns: a known amount
 */
CptMoney
cpt_money (gint64 minor, const char *currency)
{
  CptMoney money = { .state = CPT_AMOUNT_KNOWN, .minor = minor };

  if (currency != NULL)
    g_strlcpy (money.currency, currency, sizeof money.currency);
  return money;
}

static gboolean
scan_currency (const char *text, char currency[4])
{
  if (strlen (text) != 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper (text[i]))
      return FALSE;
  memcpy (currency, text, 4);
  return TRUE;
}

/**
 * cpt_money_parse:
 * @text: (nullable): an amount as HubRise writes it, "8.90 EUR"
 * @money: (out): the amount; ABSENT for a NULL @text, UNREADABLE for anything that is no amount
 *
 * Returns: whether @money is known
 */
gboolean
cpt_money_parse (const char *text, CptMoney *money)
{
  CptMoney read = { .state = CPT_AMOUNT_KNOWN };

  *money = text == NULL ? (CptMoney){ .state = CPT_AMOUNT_ABSENT } : unreadable;
  if (text == NULL || !cpt_number_scan (&text, MINOR_PLACES, &read.minor))
    return FALSE;
  if (*text++ != ' ' || !scan_currency (text, read.currency))
    return FALSE;

  *money = read;
  return TRUE;
}

/**
 * cpt_money_parse_typed:
 * @text: what a person typed: "12", "12.5", "12,50", spaces around it or not
 * @currency: of the amount
 * @money: (out): UNREADABLE for anything that is no amount
 *
 * Returns: whether @money is known
 */
gboolean
cpt_money_parse_typed (const char *text, const char *currency, CptMoney *money)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  const char *cursor = g_strdelimit (plain, ",", '.');
  gsize length = strlen (plain);
  gint64 minor = 0;

  /* On the way to "12,50". */
  if (length > 1 && plain[length - 1] == '.')
    plain[length - 1] = '\0';
  *money = unreadable;
  if (!cpt_number_scan (&cursor, MINOR_PLACES, &minor) || *cursor != '\0')
    return FALSE;
  *money = cpt_money (minor, currency);
  return TRUE;
}

/**
 * cpt_money_to_string:
 *
 * Returns: (transfer full): the amount as HubRise reads it, "-0.05 GBP"; "" when it is not known,
 *   which HubRise would refuse: ask @money's state first
 */
char *
cpt_money_to_string (CptMoney money)
{
  g_autofree char *number = NULL;

  if (money.state != CPT_AMOUNT_KNOWN)
    return g_strdup ("");

  number = cpt_number_write (money.minor, MINOR_PLACES, TRUE);
  return money.currency[0] == '\0' ? g_steal_pointer (&number)
                                   : g_strdup_printf ("%s %s", number, money.currency);
}

static const char *
currency_symbol (const char *currency)
{
  static const struct
  {
    char currency[4];
    const char *symbol;
  } symbols[] = {
    { "EUR", "€" },   { "GBP", "£" },   { "USD", "$" }, { "AUD", "A$" },
    { "CAD", "CA$" }, { "NZD", "NZ$" }, { "JPY", "¥" }, { "INR", "₹" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (strcmp (symbols[i].currency, currency) == 0)
      return symbols[i].symbol;
  return NULL;
}

/**
 * cpt_money_format:
 *
 * For people, in the program's language: "€27.50", in French "27,50 €". A currency without a
 * sign of its own shows as its code.
 *
 * Returns: (transfer full): the text; "" for an absent amount, "?" for an unreadable one
 */
char *
cpt_money_format (CptMoney money)
{
  g_autofree char *number = NULL;
  const char *sign = money.minor < 0 ? "\u2212" : "";
  const char *symbol = NULL;

  if (money.state != CPT_AMOUNT_KNOWN)
    return g_strdup (money.state == CPT_AMOUNT_ABSENT ? "" : "?");

  number = cpt_number_display (money.minor, MINOR_PLACES, TRUE);
  symbol = currency_symbol (money.currency);
  if (money.currency[0] == '\0')
    return g_strconcat (sign, number, NULL);
  if (symbol != NULL)
    /* TRANSLATORS: an amount with its currency's sign. 1: a minus or nothing, 2: the sign (€),
     * 3: the number. In French: %1$s%3$s, a no-break space, %2$s. */
    return g_strdup_printf (C_ ("amount with sign", "%1$s%2$s%3$s"), sign, symbol, number);
  /* TRANSLATORS: an amount with its currency's code and a no-break space. 1: a minus or nothing,
   * 2: the code (CHF), 3: the number. In French: %1$s%3$s, a no-break space, %2$s. */
  return g_strdup_printf (C_ ("amount with code", "%1$s%2$s\u00a0%3$s"), sign, money.currency,
                          number);
}

/* A zero that names no currency is where a sum starts: it takes the currency of the other. */
static gboolean
is_neutral (CptMoney money)
{
  return money.minor == 0 && money.currency[0] == '\0';
}

static gboolean
common_currency (CptMoney a, CptMoney b, CptMoney *result)
{
  *result = unreadable;
  if (a.state != CPT_AMOUNT_KNOWN || b.state != CPT_AMOUNT_KNOWN)
    return FALSE;
  if (!is_neutral (a) && !is_neutral (b) && strcmp (a.currency, b.currency) != 0)
    return FALSE;

  memcpy (result->currency, is_neutral (a) ? b.currency : a.currency, sizeof a.currency);
  return TRUE;
}

/**
 * cpt_money_add:
 * @sum: (out): may be one of the operands' variables; UNREADABLE on failure
 *
 * A zero without a currency goes with every currency.
 *
 * Returns: FALSE when an amount is not known, the currencies differ or the sum does not fit
 */
gboolean
cpt_money_add (CptMoney a, CptMoney b, CptMoney *sum)
{
  gint64 minor = 0;
  gboolean fits = !__builtin_add_overflow (a.minor, b.minor, &minor);

  if (!common_currency (a, b, sum))
    return FALSE;
  *sum = fits ? cpt_money (minor, sum->currency) : unreadable;
  return fits;
}

/**
 * cpt_money_subtract:
 * @difference: (out): @a − @b; may be one of the operands' variables; UNREADABLE on failure
 *
 * Returns: FALSE as cpt_money_add() does
 */
gboolean
cpt_money_subtract (CptMoney a, CptMoney b, CptMoney *difference)
{
  gint64 minor = 0;
  gboolean fits = !__builtin_sub_overflow (a.minor, b.minor, &minor);

  if (!common_currency (a, b, difference))
    return FALSE;
  *difference = fits ? cpt_money (minor, difference->currency) : unreadable;
  return fits;
}

/**
 * cpt_money_equal:
 *
 * Returns: whether both are in the same state and, if known, the same amount of one currency
 */
gboolean
cpt_money_equal (CptMoney a, CptMoney b)
{
  if (a.state != b.state || a.state != CPT_AMOUNT_KNOWN)
    return a.state == b.state;
  return a.minor == b.minor && strcmp (a.currency, b.currency) == 0;
}
