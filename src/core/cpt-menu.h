/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog as the till sells from it: products by category, with their skus and the options that
 * can be chosen. Immutable once made, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-money.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* (owned) (nullable), like every string below but name */
  char *parent; /* id of the category it stands in */
  char *name;   /* (owned) "" when HubRise gave none, like every name below */
} CptMenuCategory;

typedef struct
{
  char *ref;
  char *name;
  CptMoney price;
  gboolean chosen; /* chosen unless somebody takes it out */
} CptMenuOption;

typedef struct
{
  char *id;
  char *name;
  int min, max;       /* how many must and may be chosen; max -1: any number */
  GPtrArray *options; /* (owned) (element-type CptMenuOption) never NULL */
} CptMenuList;

typedef struct
{
  char *ref;
  char *name; /* (owned) (nullable) the sku's own, "Small" */
  CptMoney price;
  GPtrArray
      *lists; /* (element-type CptMenuList) borrowed from the menu, in their order; never NULL */
} CptMenuSku;

typedef struct
{
  char *ref;
  char *name;
  char *description;
  char *category;  /* id of a category */
  GPtrArray *skus; /* (owned) (element-type CptMenuSku) never NULL */
} CptMenuProduct;

typedef struct _CptMenu CptMenu;

struct _CptMenu
{
  gatomicrefcount ref_count; /* private */

  char *currency;        /* (owned) (nullable) of the first price that could be read */
  GPtrArray *categories; /* (owned) (element-type CptMenuCategory) in the catalog's order */
  GPtrArray *lists;      /* (owned) (element-type CptMenuList) */
  GPtrArray *products;   /* (owned) (element-type CptMenuProduct) */
};

#define CPT_TYPE_MENU (cpt_menu_get_type ())

GType cpt_menu_get_type (void);
CptMenu *cpt_menu_new (void);
CptMenu *cpt_menu_ref (CptMenu *self);
void cpt_menu_unref (CptMenu *self);
CptMenuCategory *cpt_menu_add_category (CptMenu *self);
CptMenuList *cpt_menu_add_list (CptMenu *self);
CptMenuOption *cpt_menu_add_option (CptMenuList *list);
CptMenuProduct *cpt_menu_add_product (CptMenu *self);
CptMenuSku *cpt_menu_add_sku (CptMenuProduct *product);
CptMenuList *cpt_menu_find_list (CptMenu *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMenu, cpt_menu_unref)

G_END_DECLS
