/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact money and decimals, as whole cents and whole thousandths. Any thread; no state. */
#pragma once

#include <glib.h>

typedef struct
{
  gint64 cents;
  char currency[4];
} CptSandboxMoney;

gboolean cpt_sandbox_money_parse (const char *text, CptSandboxMoney *money);
char *cpt_sandbox_money_text (gint64 cents, const char *currency);
gboolean cpt_sandbox_decimal_parse (const char *text, gint64 *thousandths);
char *cpt_sandbox_decimal_text (gint64 thousandths);
gint64 cpt_sandbox_times (gint64 cents, gint64 thousandths);
