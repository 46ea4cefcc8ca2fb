/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others changed in an order since somebody here saw it. Pure, any thread; the program's
 * language decides the words. */
#pragma once

#include "cpt-order.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_CHANGE_ADDED,
  CPT_CHANGE_REMOVED,
  CPT_CHANGE_OTHER,
} CptChangeKind;

typedef struct
{
  CptChangeKind kind;
  const CptOrderItem
      *item;  /* (unowned) (nullable) of the order now; NULL: not about an item of it */
  char *text; /* (owned) a whole sentence */
} CptOrderChange;

GPtrArray *cpt_order_changes_new (const CptOrder *seen, const CptOrder *now, GTimeZone *zone);
const CptOrderChange *cpt_order_changes_find (GPtrArray *changes, const CptOrderItem *item);

G_END_DECLS
