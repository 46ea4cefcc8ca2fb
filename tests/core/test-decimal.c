/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals are exact thousandths, written as short as they can be. */
#include "cpt-decimal.h"

static void
test_parse_good (void)
{
  static const struct
  {
    const char *text;
    gint64 thousandths;
    const char *written;
    const char *shown;
  } cases[] = {
    { "1", 1000, "1", "1" },
    { "1.0", 1000, "1", "1" },
    { "-2.5", -2500, "-2.5", "\u22122.5" },
    { "0", 0, "0", "0" },
    { "-0", 0, "0", "0" },
    { "0.001", 1, "0.001", "0.001" },
    { "-0.050", -50, "-0.05", "\u22120.05" },
    { "10", 10000, "10", "10" },
    { "100.100", 100100, "100.1", "100.1" },
    { "+3.25", 3250, "3.25", "3.25" },
    { "1.250000", 1250, "1.25", "1.25" },
    { "12345.6", 12345600, "12345.6", "12,345.6" },
    { "9223372036854775.807", G_MAXINT64, "9223372036854775.807", "9,223,372,036,854,775.807" },
    { "-9223372036854775.808", G_MININT64, "-9223372036854775.808",
      "\u22129,223,372,036,854,775.808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptDecimal decimal = { 0 };
      g_autofree char *written = NULL;
      g_autofree char *shown = NULL;

      g_assert_true (cpt_decimal_parse (cases[i].text, &decimal));
      g_assert_cmpint (decimal.state, ==, CPT_AMOUNT_KNOWN);
      g_assert_cmpint (decimal.thousandths, ==, cases[i].thousandths);
      written = cpt_decimal_to_string (decimal);
      g_assert_cmpstr (written, ==, cases[i].written);
      shown = cpt_decimal_format (decimal);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_parse_bad (void)
{
  static const char *cases[] = {
    "",
    " 1",
    "1 ",
    "1.",
    ".5",
    "1,5",
    "1.0005",
    "1.2345",
    "--1",
    "-",
    "1e3",
    "0x1",
    "1.0.0",
    "1 000",
    "nan",
    "1.5 EUR",
    "½",
    "9223372036854775.808",
    "-9223372036854775.809",
    "99999999999999999999",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptDecimal decimal = cpt_decimal (7);

      g_test_message ("\"%s\"", cases[i]);
      g_assert_false (cpt_decimal_parse (cases[i], &decimal));
      g_assert_cmpint (decimal.state, ==, CPT_AMOUNT_UNREADABLE);
      g_assert_cmpint (decimal.thousandths, ==, 0);
    }
}

static void
test_absent (void)
{
  CptDecimal decimal = cpt_decimal (7);
  g_autofree char *written = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *damaged = NULL;

  g_assert_false (cpt_decimal_parse (NULL, &decimal));
  g_assert_cmpint (decimal.state, ==, CPT_AMOUNT_ABSENT);
  written = cpt_decimal_to_string (decimal);
  shown = cpt_decimal_format (decimal);
  g_assert_cmpstr (written, ==, "");
  g_assert_cmpstr (shown, ==, "");
  decimal.state = CPT_AMOUNT_UNREADABLE;
  damaged = cpt_decimal_format (decimal);
  g_assert_cmpstr (damaged, ==, "?");
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      guint64 bits = ((guint64)(guint32)g_test_rand_int () << 32) | (guint32)g_test_rand_int ();
      gint64 value = (gint64)bits >> g_test_rand_int_range (0, 63);
      g_autofree char *text = cpt_decimal_to_string (cpt_decimal (value));
      CptDecimal again = { 0 };

      g_assert_true (cpt_decimal_parse (text, &again));
      g_assert_cmpint (again.thousandths, ==, value);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/decimal/parse-good", test_parse_good);
  g_test_add_func ("/core/decimal/parse-bad", test_parse_bad);
  g_test_add_func ("/core/decimal/absent", test_absent);
  g_test_add_func ("/core/decimal/round-trip", test_round_trip);

  return g_test_run ();
}
