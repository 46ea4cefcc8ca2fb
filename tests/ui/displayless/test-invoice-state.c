/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the invoice dialog says to what was typed. */
#include "cpt-invoice-state.h"

typedef struct
{
  CptPaymentMethod method;
  const char *amount, *given;
  const char *problem, *button, *change, *left; /* (nullable) */
} Case;

static const Case cases[] = {
  { CPT_PAYMENT_CARD, "7", "", NULL, "Take €7.00", NULL, NULL },
  { CPT_PAYMENT_CARD, "7.00", "", NULL, "Take €7.00", NULL, NULL },
  { CPT_PAYMENT_CARD, " 5,5 ", "", NULL, "Take €5.50", NULL, "€1.50 will be left to pay" },
  { CPT_PAYMENT_CARD, "5,", "", NULL, "Take €5.00", NULL, "€2.00 will be left to pay" },
  { CPT_PAYMENT_VOUCHER, "0,01", "", NULL, "Take €0.01", NULL, "€6.99 will be left to pay" },
  { CPT_PAYMENT_NONE, "7", "", "How does the customer pay?", "Take €7.00", NULL, NULL },
  { CPT_PAYMENT_CARD, "7,01", "", "Only €7.00 is left to pay", "Take", NULL, NULL },
  { CPT_PAYMENT_CARD, "0", "", "The amount must be more than zero", "Take", NULL, NULL },
  { CPT_PAYMENT_CARD, "-3", "", "The amount must be more than zero", "Take", NULL, NULL },
  { CPT_PAYMENT_CARD, "", "", "This is no amount", "Take", NULL, NULL },
  { CPT_PAYMENT_CARD, "1.234", "", "This is no amount", "Take", NULL, NULL },
  { CPT_PAYMENT_CARD, "7 euros", "", "This is no amount", "Take", NULL, NULL },
  { CPT_PAYMENT_CASH, "7", "10", NULL, "Take €7.00", "Change: €3.00", NULL },
  { CPT_PAYMENT_CASH, "7", "7,00", NULL, "Take €7.00", "Change: €0.00", NULL },
  { CPT_PAYMENT_CASH, "7", "5", "The customer gives less than the amount", "Take", NULL, NULL },
  { CPT_PAYMENT_CASH, "7", "x", "What the customer gives is no amount", "Take", NULL, NULL },
  /* What is typed there counts with cash only. */
  { CPT_PAYMENT_CARD, "7", "5", NULL, "Take €7.00", NULL, NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autoptr (CptInvoiceState) state =
          cpt_invoice_state_new (cpt_money (700, "EUR"), one->method, one->amount, one->given);

      g_assert_cmpstr (state->problem, ==, one->problem);
      g_assert_cmpstr (state->button, ==, one->button);
      g_assert_cmpstr (state->change, ==, one->change);
      g_assert_cmpstr (state->left, ==, one->left);
      g_assert_true (state->allowed == (one->problem == NULL));
      g_assert_true (state->counts == (one->method == CPT_PAYMENT_CASH));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/invoice-state/cases", test_cases);
  return g_test_run ();
}
