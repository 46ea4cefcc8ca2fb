/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in each of the last hours, the oldest first; the last one is the hour that goes on.
 * A plain value, any thread. */
#pragma once

#include "cpt-timestamp.h"

G_BEGIN_DECLS

#define CPT_ACTIVITY_HOURS 24

typedef struct
{
  CptTime begin; /* of the first hour */
  int orders[CPT_ACTIVITY_HOURS];
  int reply_ms[CPT_ACTIVITY_HOURS]; /* the mean of HubRise's answers, 0 for none */
} CptActivity;

G_END_DECLS
