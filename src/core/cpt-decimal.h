/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decimal number of up to three places, exact; a plain value, any thread. */
#pragma once

#include <glib.h>

#include "cpt-money.h"

G_BEGIN_DECLS

typedef struct
{
  CptAmountState state;
  gint64 thousandths;
} CptDecimal;

CptDecimal cpt_decimal (gint64 thousandths);
gboolean cpt_decimal_parse (const char *text, CptDecimal *decimal);
char *cpt_decimal_to_string (CptDecimal decimal);
char *cpt_decimal_format (CptDecimal decimal);

G_END_DECLS
