/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed-point numbers in 64-bit integers, read and written without floating point; any thread. */
#include "cpt-number-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sums downwards, because the negative range is one larger: G_MININT64 must be readable. */
static gboolean
push_digit (gint64 *value, char digit)
{
  return !__builtin_mul_overflow (*value, (gint64)10, value) &&
         !__builtin_sub_overflow (*value, (gint64)(digit - '0'), value);
}

static gboolean
scan_fraction (const char **cursor, int places, gint64 *value)
{
  const char *p = *cursor;
  int n = 0;

  if (*p == '.')
    {
      p++;
      if (!g_ascii_isdigit (*p))
        return FALSE;
      for (; n < places && g_ascii_isdigit (*p); n++)
        if (!push_digit (value, *p++))
          return FALSE;
      while (*p == '0')
        p++;
      if (g_ascii_isdigit (*p))
        return FALSE;
    }
  for (; n < places; n++)
    if (!push_digit (value, '0'))
      return FALSE;

  *cursor = p;
  return TRUE;
}

/**
 * cpt_number_scan:
 * @cursor: (inout): where to read; moved behind the number on success
 * @places: decimals of the unit of @value
 * @value: (out): the number in units of 10^-@places
 *
 * Reads an optional sign, digits and an optional fraction. Decimals beyond @places may only be
 * zeros: a value that does not fit is refused, never rounded.
 *
 * Returns: whether a number stood there and fits
 */
gboolean
cpt_number_scan (const char **cursor, int places, gint64 *value)
{
  const char *p = *cursor;
  gint64 negated = 0;
  gboolean negative = *p == '-';

  if (*p == '-' || *p == '+')
    p++;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  while (g_ascii_isdigit (*p))
    if (!push_digit (&negated, *p++))
      return FALSE;
  if (!scan_fraction (&p, places, &negated))
    return FALSE;
  if (!negative && negated == G_MININT64)
    return FALSE;

  *value = negative ? negated : -negated;
  *cursor = p;
  return TRUE;
}

static guint64
magnitude (gint64 value)
{
  return value < 0 ? -(guint64)value : (guint64)value;
}

static guint64
power_of_ten (int n)
{
  guint64 power = 1;

  while (n-- > 0)
    power *= 10;
  return power;
}

/* The decimals of @size, with or without the zeros at their end: may be empty. */
static char *
fraction_text (guint64 size, int places, gboolean zeros)
{
  char *text = g_strdup_printf ("%0*" G_GUINT64_FORMAT, places, size % power_of_ten (places));
  gsize length = strlen (text);

  while (!zeros && length > 0 && text[length - 1] == '0')
    text[--length] = '\0';
  return text;
}

/**
 * cpt_number_write:
 * @zeros: whether to write all of the @places decimals, or no more than it takes
 *
 * Returns: (transfer full): @value for machines: "-0.05"
 */
char *
cpt_number_write (gint64 value, int places, gboolean zeros)
{
  g_autofree char *fraction = fraction_text (magnitude (value), places, zeros);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", value < 0 ? "-" : "",
                          magnitude (value) / power_of_ten (places), fraction[0] != '\0' ? "." : "",
                          fraction);
}

static void
append_grouped (GString *text, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  /* TRANSLATORS: what stands between groups of three digits, as in 1,234.50; in French the
   * narrow no-break space U+202F. */
  const char *separator = C_ ("thousands separator", ",");

  for (gsize left = strlen (digits), i = 0; left > 0; left--, i++)
    {
      if (i > 0 && left % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

/**
 * cpt_number_display:
 * @zeros: whether to write all of the @places decimals, or no more than it takes
 *
 * The language of the program decides, not LC_NUMERIC: the two can differ on a shop's PC.
 *
 * Returns: (transfer full): the magnitude of @value for people: its sign is the caller's
 */
char *
cpt_number_display (gint64 value, int places, gboolean zeros)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *fraction = fraction_text (magnitude (value), places, zeros);

  append_grouped (text, magnitude (value) / power_of_ten (places));
  if (fraction[0] != '\0')
    {
      /* TRANSLATORS: what stands before the decimals, as in 27.50; in French a comma. */
      g_string_append (text, C_ ("decimal separator", "."));
      g_string_append (text, fraction);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
