/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of money in minor units, exact; a plain value, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptAmountState:
 * @CPT_AMOUNT_ABSENT: the document has no such field, or null
 * @CPT_AMOUNT_KNOWN: read
 * @CPT_AMOUNT_UNREADABLE: something stands there that is no amount; never taken as zero
 */
typedef enum
{
  CPT_AMOUNT_ABSENT,
  CPT_AMOUNT_KNOWN,
  CPT_AMOUNT_UNREADABLE,
} CptAmountState;

typedef struct
{
  CptAmountState state;
  gint64 minor;     /* hundredths of the currency's unit */
  char currency[4]; /* ISO 4217, upper case; "" when not known */
} CptMoney;

CptMoney cpt_money (gint64 minor, const char *currency);
gboolean cpt_money_parse (const char *text, CptMoney *money);
gboolean cpt_money_parse_typed (const char *text, const char *currency, CptMoney *money);
char *cpt_money_to_string (CptMoney money);
char *cpt_money_format (CptMoney money);
gboolean cpt_money_add (CptMoney a, CptMoney b, CptMoney *sum);
gboolean cpt_money_subtract (CptMoney a, CptMoney b, CptMoney *difference);
gboolean cpt_money_equal (CptMoney a, CptMoney b);

G_END_DECLS
