/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decimal number of up to three places, exact; any thread. */
#include "cpt-decimal.h"

#include "cpt-number-private.h"

#define PLACES 3

/**
 * cpt_decimal:
 *
 * Returns: a known number
 */
CptDecimal
cpt_decimal (gint64 thousandths)
{
  return (CptDecimal){ .state = CPT_AMOUNT_KNOWN, .thousandths = thousandths };
}

/**
 * cpt_decimal_parse:
 * @text: (nullable): a number as HubRise writes it: "1", "-2.5", "1.0"
 * @decimal: (out): the number; ABSENT for a NULL @text, UNREADABLE for anything else
 *
 * Returns: whether @decimal is known
 */
gboolean
cpt_decimal_parse (const char *text, CptDecimal *decimal)
{
  gint64 thousandths = 0;

  decimal->state = text == NULL ? CPT_AMOUNT_ABSENT : CPT_AMOUNT_UNREADABLE;
  decimal->thousandths = 0;
  if (text == NULL || !cpt_number_scan (&text, PLACES, &thousandths) || *text != '\0')
    return FALSE;

  *decimal = cpt_decimal (thousandths);
  return TRUE;
}

/**
 * cpt_decimal_to_string:
 *
 * Returns: (transfer full): the shortest text HubRise reads, "1", "-2.5"; "" when not known
 */
char *
cpt_decimal_to_string (CptDecimal decimal)
{
  if (decimal.state != CPT_AMOUNT_KNOWN)
    return g_strdup ("");
  return cpt_number_write (decimal.thousandths, PLACES, FALSE);
}

/**
 * cpt_decimal_format:
 *
 * Returns: (transfer full): the number for people, in the program's language; "" for an absent
 *   one, "?" for an unreadable one
 */
char *
cpt_decimal_format (CptDecimal decimal)
{
  g_autofree char *number = NULL;

  if (decimal.state != CPT_AMOUNT_KNOWN)
    return g_strdup (decimal.state == CPT_AMOUNT_ABSENT ? "" : "?");

  number = cpt_number_display (decimal.thousandths, PLACES, FALSE);
  return g_strconcat (decimal.thousandths < 0 ? "\u2212" : "", number, NULL);
}
