/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money is exact, strict in what it takes for an amount, and never silently zero. */
#include "cpt-money.h"

#include <string.h>

typedef __int128 Wide;

static void
test_parse_good (void)
{
  static const struct
  {
    const char *text;
    gint64 minor;
    const char *currency;
    const char *written;
  } cases[] = {
    { "8.90 EUR", 890, "EUR", "8.90 EUR" },
    { "-0.05 GBP", -5, "GBP", "-0.05 GBP" },
    { "+1.5 EUR", 150, "EUR", "1.50 EUR" },
    { "12 CHF", 1200, "CHF", "12.00 CHF" },
    { "0.00 EUR", 0, "EUR", "0.00 EUR" },
    { "-0.00 EUR", 0, "EUR", "0.00 EUR" },
    { "007.10 EUR", 710, "EUR", "7.10 EUR" },
    { "1.23000 EUR", 123, "EUR", "1.23 EUR" },
    { "1.200 EUR", 120, "EUR", "1.20 EUR" },
    { "92233720368547758.07 EUR", G_MAXINT64, "EUR", "92233720368547758.07 EUR" },
    { "-92233720368547758.08 EUR", G_MININT64, "EUR", "-92233720368547758.08 EUR" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptMoney money = { 0 };
      g_autofree char *written = NULL;

      g_assert_true (cpt_money_parse (cases[i].text, &money));
      g_assert_cmpint (money.state, ==, CPT_AMOUNT_KNOWN);
      g_assert_cmpint (money.minor, ==, cases[i].minor);
      g_assert_cmpstr (money.currency, ==, cases[i].currency);
      written = cpt_money_to_string (money);
      g_assert_cmpstr (written, ==, cases[i].written);
    }
}

static void
test_parse_bad (void)
{
  static const char *cases[] = {
    "",
    " ",
    "8.90",
    "8.90 ",
    "EUR",
    "8.90EUR",
    "8.90  EUR",
    " 8.90 EUR",
    "8.90 EUR ",
    "8.90 eur",
    "8.90 EURO",
    "8.90 EU",
    "8.90 EU1",
    "8,90 EUR",
    "8. EUR",
    ".90 EUR",
    "8.905 EUR",
    "8.9001 EUR",
    "--8.90 EUR",
    "+-8 EUR",
    "- 8.90 EUR",
    "1 000 EUR",
    "1,000.00 EUR",
    "0x10 EUR",
    "1e3 EUR",
    "nan EUR",
    "inf EUR",
    "8.90\tEUR",
    "8.90\u00a0EUR",
    "8.90 €",
    "8.90.1 EUR",
    "8.9-0 EUR",
    "٣.00 EUR",
    "8.90 EUR\n",
    "-",
    "+",
    "8.90 \xc3\x89UR",
    "92233720368547758.08 EUR",
    "-92233720368547758.09 EUR",
    "184467440737095516.16 EUR",
    "99999999999999999999999999999999999999999999 EUR",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptMoney money = cpt_money (7, "EUR");

      g_test_message ("\"%s\"", cases[i]);
      g_assert_false (cpt_money_parse (cases[i], &money));
      g_assert_cmpint (money.state, ==, CPT_AMOUNT_UNREADABLE);
      g_assert_cmpint (money.minor, ==, 0);
      g_assert_cmpstr (money.currency, ==, "");
    }
}

/* What a person types, as far as it is an amount at all. */
static void
test_parse_typed (void)
{
  static const struct
  {
    const char *text;
    gint64 minor;
  } good[] = {
    { "12", 1200 }, { "12.5", 1250 }, { "12,50", 1250 }, { " 0,05 ", 5 }, { "12,", 1200 },
  };
  static const char *const bad[] = { "", ",", "12,505", "12,5x", "1 2", "1,2,3", "12 EUR", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      CptMoney money = { 0 };

      g_test_message ("\"%s\"", good[i].text);
      g_assert_true (cpt_money_parse_typed (good[i].text, "EUR", &money));
      g_assert_true (cpt_money_equal (money, cpt_money (good[i].minor, "EUR")));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      CptMoney money = cpt_money (7, "EUR");

      g_test_message ("\"%s\"", bad[i]);
      g_assert_false (cpt_money_parse_typed (bad[i], "EUR", &money));
      g_assert_cmpint (money.state, ==, CPT_AMOUNT_UNREADABLE);
    }
}

static void
test_absent (void)
{
  CptMoney money = cpt_money (7, "EUR");
  g_autofree char *written = NULL;
  g_autofree char *shown = NULL;

  g_assert_false (cpt_money_parse (NULL, &money));
  g_assert_cmpint (money.state, ==, CPT_AMOUNT_ABSENT);
  written = cpt_money_to_string (money);
  g_assert_cmpstr (written, ==, "");
  shown = cpt_money_format (money);
  g_assert_cmpstr (shown, ==, "");
}

static void
test_unreadable_is_not_zero (void)
{
  CptMoney money = { .state = CPT_AMOUNT_UNREADABLE };
  g_autofree char *shown = cpt_money_format (money);

  g_assert_cmpstr (shown, ==, "?");
  g_assert_false (cpt_money_equal (money, cpt_money (0, "")));
  g_assert_false (cpt_money_equal (money, (CptMoney){ .state = CPT_AMOUNT_ABSENT }));
  g_assert_true (cpt_money_equal (money, money));
  g_assert_false (cpt_money_equal (cpt_money (100, "EUR"), cpt_money (100, "GBP")));
}

static void
test_format (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency;
    const char *shown;
  } cases[] = {
    { 2750, "EUR", "€27.50" },
    { -210, "EUR", "\u2212€2.10" },
    { 5, "GBP", "£0.05" },
    { -5, "USD", "\u2212$0.05" },
    { 0, "EUR", "€0.00" },
    { 123456, "EUR", "€1,234.56" },
    { 99999, "EUR", "€999.99" },
    { 100000, "EUR", "€1,000.00" },
    { 123456789, "EUR", "€1,234,567.89" },
    { 2750, "CHF", "CHF\u00a027.50" },
    { -2750, "XTS", "\u2212XTS\u00a027.50" },
    { 2750, "", "27.50" },
    { G_MININT64, "EUR", "\u2212€92,233,720,368,547,758.08" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = cpt_money_format (cpt_money (cases[i].minor, cases[i].currency));

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_arithmetic (void)
{
  CptMoney a = cpt_money (150, "EUR");
  CptMoney result = { 0 };

  g_assert_true (cpt_money_add (a, cpt_money (-200, "EUR"), &result));
  g_assert_true (cpt_money_equal (result, cpt_money (-50, "EUR")));
  g_assert_true (cpt_money_subtract (a, cpt_money (-200, "EUR"), &result));
  g_assert_true (cpt_money_equal (result, cpt_money (350, "EUR")));
  g_assert_true (cpt_money_add (a, a, &a));
  g_assert_true (cpt_money_equal (a, cpt_money (300, "EUR")));
}

/* Where a sum starts there is no currency yet. */
static void
test_neutral_zero (void)
{
  CptMoney result = { 0 };

  g_assert_true (cpt_money_add (cpt_money (0, NULL), cpt_money (5, "EUR"), &result));
  g_assert_true (cpt_money_equal (result, cpt_money (5, "EUR")));
  g_assert_true (cpt_money_subtract (cpt_money (0, NULL), cpt_money (5, "EUR"), &result));
  g_assert_true (cpt_money_equal (result, cpt_money (-5, "EUR")));
  g_assert_true (cpt_money_subtract (cpt_money (5, "EUR"), cpt_money (0, NULL), &result));
  g_assert_true (cpt_money_equal (result, cpt_money (5, "EUR")));
}

static void
test_arithmetic_refused (void)
{
  static const struct
  {
    CptMoney a, b;
    gboolean adds, subtracts;
  } cases[] = {
    { { CPT_AMOUNT_KNOWN, 1, "EUR" }, { CPT_AMOUNT_KNOWN, 1, "GBP" }, FALSE, FALSE },
    { { CPT_AMOUNT_KNOWN, 0, "EUR" }, { CPT_AMOUNT_KNOWN, 1, "GBP" }, FALSE, FALSE },
    { { CPT_AMOUNT_KNOWN, 1, "" }, { CPT_AMOUNT_KNOWN, 1, "GBP" }, FALSE, FALSE },
    { { CPT_AMOUNT_ABSENT, 0, "" }, { CPT_AMOUNT_KNOWN, 1, "EUR" }, FALSE, FALSE },
    { { CPT_AMOUNT_KNOWN, 1, "EUR" }, { CPT_AMOUNT_ABSENT, 0, "" }, FALSE, FALSE },
    { { CPT_AMOUNT_KNOWN, 1, "EUR" }, { CPT_AMOUNT_UNREADABLE, 0, "" }, FALSE, FALSE },
    { { CPT_AMOUNT_KNOWN, G_MAXINT64, "EUR" }, { CPT_AMOUNT_KNOWN, 1, "EUR" }, FALSE, TRUE },
    { { CPT_AMOUNT_KNOWN, G_MININT64, "EUR" }, { CPT_AMOUNT_KNOWN, 1, "EUR" }, TRUE, FALSE },
    { { CPT_AMOUNT_KNOWN, 0, "EUR" }, { CPT_AMOUNT_KNOWN, G_MININT64, "EUR" }, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptMoney result = cpt_money (7, "EUR");

      g_assert_cmpint (cpt_money_add (cases[i].a, cases[i].b, &result), ==, cases[i].adds);
      g_assert_cmpint (result.state == CPT_AMOUNT_KNOWN, ==, cases[i].adds);
      g_assert_cmpint (cpt_money_subtract (cases[i].a, cases[i].b, &result), ==,
                       cases[i].subtracts);
      g_assert_cmpint (result.state == CPT_AMOUNT_KNOWN, ==, cases[i].subtracts);
    }
}

/* Mostly small amounts, sometimes the ends of the range. */
static gint64
random_minor (void)
{
  guint64 bits = ((guint64)(guint32)g_test_rand_int () << 32) | (guint32)g_test_rand_int ();
  gint64 value = (gint64)bits;

  return value >> g_test_rand_int_range (0, 63);
}

static char *
write_wide (Wide minor)
{
  unsigned __int128 size = minor < 0 ? -(unsigned __int128)minor : (unsigned __int128)minor;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02d EUR", minor < 0 ? "-" : "",
                          (guint64)(size / 100), (int)(size % 100));
}

/* Up to twice the range of 64 bits, against arithmetic that cannot overflow. */
static void
test_random (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 a = random_minor (), b = random_minor ();
      Wide sum = (Wide)a + b, difference = (Wide)a - b;
      gboolean sum_fits = sum >= G_MININT64 && sum <= G_MAXINT64;
      gboolean difference_fits = difference >= G_MININT64 && difference <= G_MAXINT64;
      g_autofree char *text = write_wide (sum);
      g_autofree char *again = NULL;
      CptMoney result = { 0 };

      g_assert_cmpint (cpt_money_parse (text, &result), ==, sum_fits);
      g_assert_cmpint (result.minor, ==, sum_fits ? (gint64)sum : 0);
      again = cpt_money_to_string (result);
      g_assert_cmpstr (again, ==, sum_fits ? text : "");
      g_assert_cmpint (cpt_money_add (cpt_money (a, "EUR"), cpt_money (b, "EUR"), &result), ==,
                       sum_fits);
      g_assert_true (!sum_fits || result.minor == sum);
      g_assert_cmpint (cpt_money_subtract (cpt_money (a, "EUR"), cpt_money (b, "EUR"), &result), ==,
                       difference_fits);
      g_assert_true (!difference_fits || result.minor == difference);
    }
}

/* Whatever stands there, reading it ends, and what is taken is written back to an equal amount. */
static void
test_rubbish (void)
{
  static const char letters[] = "0123456789..  --+EURx,\xc3";

  for (int i = 0; i < 50000; i++)
    {
      char text[16] = "";
      CptMoney money = { 0 }, again = { 0 };

      for (int n = g_test_rand_int_range (0, sizeof text); n > 0; n--)
        text[strlen (text)] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      if (cpt_money_parse (text, &money))
        {
          g_autofree char *written = cpt_money_to_string (money);

          g_assert_true (cpt_money_parse (written, &again));
          g_assert_true (cpt_money_equal (money, again));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/money/parse-good", test_parse_good);
  g_test_add_func ("/core/money/parse-bad", test_parse_bad);
  g_test_add_func ("/core/money/parse-typed", test_parse_typed);
  g_test_add_func ("/core/money/absent", test_absent);
  g_test_add_func ("/core/money/unreadable-is-not-zero", test_unreadable_is_not_zero);
  g_test_add_func ("/core/money/format", test_format);
  g_test_add_func ("/core/money/arithmetic", test_arithmetic);
  g_test_add_func ("/core/money/neutral-zero", test_neutral_zero);
  g_test_add_func ("/core/money/arithmetic-refused", test_arithmetic_refused);
  g_test_add_func ("/core/money/random", test_random);
  g_test_add_func ("/core/money/rubbish", test_rubbish);

  return g_test_run ();
}
