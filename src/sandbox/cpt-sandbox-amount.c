/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact money and decimals, as whole cents and whole thousandths. Any thread; no state.
 *
 * The contract writes money as "8.90 EUR" and decimals as "2.5"; both are read digit by digit so
 * that no floating point is ever involved. */
#include "cpt-sandbox-amount.h"

#include <string.h>

/* Reads "-12.345" with at most `max_whole` digits before and `max_places` after the point into
 * units of 10^-max_places; `after` is where reading stopped. */
static gboolean
read_digits (const char *text,
             int max_whole,
             int max_places,
             int *places,
             gint64 *units,
             const char **after)
{
  gboolean negative = *text == '-';
  const char *at = text + (negative ? 1 : 0);
  int whole = 0;

  *units = 0;
  *places = 0;
  for (; g_ascii_isdigit (*at); at++, whole++)
    *units = *units * 10 + (whole < max_whole ? *at - '0' : 0);
  if (whole == 0 || whole > max_whole)
    return FALSE;
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at) && *places < max_places; at++, (*places)++)
      *units = *units * 10 + (*at - '0');
  if (at[-1] == '.')
    return FALSE;
  for (int i = *places; i < max_places; i++)
    *units *= 10;
  *units = negative ? -*units : *units;
  *after = at;
  return TRUE;
}

/* Reads "8.90 EUR": two decimals, one space, three capitals. `text` may be NULL. */
gboolean
cpt_sandbox_money_parse (const char *text, CptSandboxMoney *money)
{
  const char *at = NULL;
  int places;

  if (!text || !read_digits (text, 12, 2, &places, &money->cents, &at) || places != 2)
    return FALSE;
  if (*at++ != ' ' || strlen (at) != 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper (at[i]))
      return FALSE;
  memcpy (money->currency, at, 4);
  return TRUE;
}

/* "-0.05 EUR" from -5. */
char *
cpt_sandbox_money_text (gint64 cents, const char *currency)
{
  guint64 size = cents < 0 ? -(guint64)cents : (guint64)cents;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u %s", cents < 0 ? "-" : "", size / 100,
                          (guint)(size % 100), currency);
}

/* Reads "2", "-2.5" or "0.125" into thousandths. `text` may be NULL. */
gboolean
cpt_sandbox_decimal_parse (const char *text, gint64 *thousandths)
{
  const char *at = NULL;
  int places;

  return text && read_digits (text, 12, 3, &places, thousandths, &at) && *at == '\0';
}

/* The shortest form: "12.5" from 12500, "3" from 3000. */
char *
cpt_sandbox_decimal_text (gint64 thousandths)
{
  guint64 size = thousandths < 0 ? -(guint64)thousandths : (guint64)thousandths;
  g_autofree char *text =
      g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%03u", thousandths < 0 ? "-" : "", size / 1000,
                       (guint)(size % 1000));
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    length--;
  if (text[length - 1] == '.')
    length--;
  return g_strndup (text, length);
}

/* cents × thousandths / 1000, rounded to the cent, halves away from zero. */
gint64
cpt_sandbox_times (gint64 cents, gint64 thousandths)
{
  __int128 product = (__int128)cents * thousandths;
  __int128 rounded = (product + (product < 0 ? -500 : 500)) / 1000;

  return (gint64)CLAMP (rounded, -G_MAXINT64, G_MAXINT64);
}
