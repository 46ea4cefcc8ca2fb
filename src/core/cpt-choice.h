/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen of one product before it goes into the basket: its sku, how often each option, how
 * many. Main thread only. */
#pragma once

#include "cpt-menu.h"
#include "cpt-order.h"

G_BEGIN_DECLS

typedef struct
{
  CptMenu *menu;           /* (owned) */
  CptMenuProduct *product; /* (unowned) of the menu */
  guint sku;
  GHashTable *counts;  /* (owned) private, CptMenuOption → how often */
  CptDecimal quantity; /* how many of the whole */
  char *note;          /* (owned) (nullable) */
} CptChoice;

CptChoice *cpt_choice_new (CptMenu *menu, CptMenuProduct *product);
void cpt_choice_free (CptChoice *self);
gboolean cpt_choice_is_simple (const CptMenuProduct *product);

CptMenuSku *cpt_choice_get_sku (const CptChoice *self);
void cpt_choice_set_sku (CptChoice *self, guint sku);
guint cpt_choice_get_count (const CptChoice *self, const CptMenuOption *option);
guint cpt_choice_count_list (const CptChoice *self, const CptMenuList *list);
gboolean cpt_choice_can_add (const CptChoice *self, const CptMenuList *list);
void cpt_choice_set_count (CptChoice *self,
                           const CptMenuList *list,
                           const CptMenuOption *option,
                           guint count);

void cpt_choice_step (CptChoice *self, int by);

char *cpt_choice_dup_rule (const CptMenuList *list);
char *cpt_choice_dup_problem (const CptChoice *self);
CptOrderItem *cpt_choice_to_item (const CptChoice *self);
CptChoice *cpt_choice_new_from_item (CptMenu *menu, const CptOrderItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptChoice, cpt_choice_free)

G_END_DECLS
