/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders held against the catalog: refs it does not know, prices that are not its own. Nothing is
 * refused for it. Pure, any thread. */
#pragma once

#include "cpt-order.h"
#include "cpt-stock-item.h"

G_BEGIN_DECLS

/* A ref that orders carry and the catalog does not have. */
typedef struct
{
  CptItemKind kind;
  char *ref;            /* (owned) */
  char *name;           /* (owned) as the last order says */
  char *source;         /* (owned) (nullable) where the last order came from */
  char *number;         /* (owned) (nullable) of the last order */
  CptTime at;           /* when it was made, or CPT_TIME_NONE */
  guint count;          /* how many orders carry it */
  CptStockItem *likely; /* (owned) (nullable) the item with the likest name */
} CptUnknownRef;

void cpt_unknown_ref_free (CptUnknownRef *self);

typedef struct _CptRefCheck CptRefCheck;

/* @items: (element-type CptStockItem): the whole catalog */
CptRefCheck *cpt_ref_check_new (GPtrArray *items);
void cpt_ref_check_free (CptRefCheck *self);
void cpt_ref_check_add (CptRefCheck *self, const CptOrder *order);
/* Result: (transfer full) (element-type CptUnknownRef): the most frequent first. */
GPtrArray *cpt_ref_check_list (CptRefCheck *self);

typedef enum
{
  CPT_REF_KNOWN,
  CPT_REF_UNKNOWN,
  CPT_REF_OTHER_PRICE,
} CptRefVerdict;

/* @items: (nullable) (element-type CptStockItem): those of the catalog with the order's refs; NULL:
 * no catalog, so no verdict. @price: (out): the catalog's, with OTHER_PRICE. */
CptRefVerdict cpt_ref_judge (GPtrArray *items,
                             CptItemKind kind,
                             const char *ref,
                             CptMoney asked,
                             CptMoney *price);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRefCheck, cpt_ref_check_free)

G_END_DECLS
