/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The French shop: amounts, numbers, times and statuses follow the program's language, read from
 * the catalog of this build, whatever LC_NUMERIC and LC_MONETARY say. */
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cpt-connection.h"
#include "cpt-decimal.h"
#include "cpt-money.h"
#include "cpt-order-status.h"
#include "cpt-timestamp.h"

#define NOW (G_GINT64_CONSTANT (1795003200000)) /* Wed 2026-11-18T12:00:00Z */

static void
test_money (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency, *shown;
  } cases[] = {
    { 2750, "EUR", "27,50\u00a0€" },
    { -210, "EUR", "\u22122,10\u00a0€" },
    { 5, "GBP", "0,05\u00a0£" },
    { 123456789, "EUR", "1\u202f234\u202f567,89\u00a0€" },
    { -2750, "CHF", "\u221227,50\u00a0CHF" },
    { 123456, "", "1\u202f234,56" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptMoney money = cpt_money (cases[i].minor, cases[i].currency);
      g_autofree char *shown = cpt_money_format (money);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_decimal (void)
{
  g_autofree char *half = cpt_decimal_format (cpt_decimal (-1500));
  g_autofree char *many = cpt_decimal_format (cpt_decimal (1234000));

  g_assert_cmpstr (half, ==, "\u22121,5");
  g_assert_cmpstr (many, ==, "1\u202f234");
}

/* What goes to HubRise knows no language. */
static void
test_machines (void)
{
  g_autofree char *money = cpt_money_to_string (cpt_money (-123456, "EUR"));
  g_autofree char *decimal = cpt_decimal_to_string (cpt_decimal (1234500));

  g_assert_cmpstr (money, ==, "-1234.56 EUR");
  g_assert_cmpstr (decimal, ==, "1234.5");
  g_assert_cmpstr (cpt_order_status_to_string (CPT_ORDER_ACCEPTED), ==, "accepted");
}

static void
test_statuses (void)
{
  static const struct
  {
    CptOrderStatus status;
    const char *label, *step; /* step NULL: no button */
  } cases[] = {
    { CPT_ORDER_NEW, "Nouvelle", NULL },
    { CPT_ORDER_RECEIVED, "Reçue", NULL },
    { CPT_ORDER_ACCEPTED, "Acceptée", "Accepter" },
    { CPT_ORDER_IN_PREPARATION, "En préparation", "Prendre en charge" },
    { CPT_ORDER_AWAITING_COLLECTION, "Prête", "Prête" },
    { CPT_ORDER_AWAITING_SHIPMENT, "Prête", "Prête" },
    { CPT_ORDER_IN_DELIVERY, "En livraison", "En livraison" },
    { CPT_ORDER_COMPLETED, "Terminée", "Terminée" },
    { CPT_ORDER_REJECTED, "Rejetée", "Rejeter" },
    { CPT_ORDER_CANCELLED, "Annulée", "Annuler" },
    { CPT_ORDER_DELIVERY_FAILED, "Échec de livraison", "Échec de livraison" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (cpt_order_status_label (cases[i].status), ==, cases[i].label);
      if (cases[i].step != NULL)
        g_assert_cmpstr (cpt_order_step_label (cases[i].status), ==, cases[i].step);
    }
}

/* No English is left, wherever the words stand in a sentence. */
static void
test_times (void)
{
  g_autofree char *clock = cpt_time_format_clock (NOW, NULL);
  g_autofree char *tomorrow = cpt_time_format_day_clock (NOW + CPT_DAY, NOW, NULL);
  g_autofree char *saturday = cpt_time_format_day_clock (NOW + 3 * CPT_DAY, NOW, NULL);
  g_autofree char *december = cpt_time_format_full (NOW + 17 * CPT_DAY, NULL);

  g_assert_cmpstr (clock, ==, "12:00");
  g_assert_cmpstr (tomorrow, ==, "demain 12:00");
  g_assert_cmpstr (saturday, ==, "sam. 12:00");
  g_assert_cmpstr (december, ==, "5 déc. 2026 12:00");
}

int
main (int argc, char *argv[])
{
  g_autofree char *catalogs = g_build_filename (g_getenv ("COMPTOIR_BUILD_DIR"), "po", NULL);

  g_setenv ("LANGUAGE", "fr", TRUE);
  g_test_init (&argc, &argv, NULL);
  /* Any locale but C: gettext then reads LANGUAGE, and nothing else of it is French. */
  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    g_error ("This system has no C.UTF-8 locale");
  bindtextdomain (GETTEXT_PACKAGE, catalogs);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  g_test_add_func ("/core/language/money", test_money);
  g_test_add_func ("/core/language/decimal", test_decimal);
  g_test_add_func ("/core/language/machines", test_machines);
  g_test_add_func ("/core/language/statuses", test_statuses);
  g_test_add_func ("/core/language/times", test_times);

  return g_test_run ();
}
