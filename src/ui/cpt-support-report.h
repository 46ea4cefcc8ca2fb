/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report a support team is sent; pure, any thread. */
#pragma once

#include "cpt-engine.h"

G_BEGIN_DECLS

/* What is known at one moment. */
typedef struct
{
  const CptConnection *connection;
  CptEngineCounts counts;
  CptEngineUsage usage;
  const char *trouble;  /* (nullable) with the database */
  GPtrArray *exchanges; /* (element-type CptExchange) newest first */
  CptTime now;
  GTimeZone *zone;
} CptSupportFacts;

char *cpt_support_report_new (const CptSupportFacts *facts);
char *cpt_support_report_name (CptTime now, GTimeZone *zone);

G_END_DECLS
