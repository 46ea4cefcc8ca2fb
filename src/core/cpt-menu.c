/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog as the till sells from it. Immutable once made, any thread. */
#include "cpt-menu.h"

G_DEFINE_BOXED_TYPE (CptMenu, cpt_menu, cpt_menu_ref, cpt_menu_unref)

static void
category_free (gpointer data)
{
  CptMenuCategory *category = data;

  g_free (category->id);
  g_free (category->parent);
  g_free (category->name);
  g_free (category);
}

static void
option_free (gpointer data)
{
  CptMenuOption *option = data;

  g_free (option->ref);
  g_free (option->name);
  g_free (option);
}

static void
list_free (gpointer data)
{
  CptMenuList *list = data;

  g_free (list->id);
  g_free (list->name);
  g_ptr_array_unref (list->options);
  g_free (list);
}

static void
sku_free (gpointer data)
{
  CptMenuSku *sku = data;

  g_free (sku->ref);
  g_free (sku->name);
  g_ptr_array_unref (sku->lists);
  g_free (sku);
}

static void
product_free (gpointer data)
{
  CptMenuProduct *product = data;

  g_free (product->ref);
  g_free (product->name);
  g_free (product->description);
  g_free (product->category);
  g_ptr_array_unref (product->skus);
  g_free (product);
}

/**
 * cpt_menu_new:
 *
 * Returns: (transfer full): an empty menu, to be filled before it is shared
 */
CptMenu *
cpt_menu_new (void)
{
  CptMenu *self = g_new0 (CptMenu, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->categories = g_ptr_array_new_with_free_func (category_free);
  self->lists = g_ptr_array_new_with_free_func (list_free);
  self->products = g_ptr_array_new_with_free_func (product_free);
  return self;
}

CptMenu *
cpt_menu_ref (CptMenu *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_menu_unref (CptMenu *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->currency);
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->categories);
  g_free (self);
}

/**
 * cpt_menu_add_category:
 *
 * Returns: (transfer none): a new one to be filled, like the four below
 */
CptMenuCategory *
cpt_menu_add_category (CptMenu *self)
{
  CptMenuCategory *category = g_new0 (CptMenuCategory, 1);

  g_ptr_array_add (self->categories, category);
  return category;
}

CptMenuList *
cpt_menu_add_list (CptMenu *self)
{
  CptMenuList *list = g_new0 (CptMenuList, 1);

  list->max = -1;
  list->options = g_ptr_array_new_with_free_func (option_free);
  g_ptr_array_add (self->lists, list);
  return list;
}

CptMenuOption *
cpt_menu_add_option (CptMenuList *list)
{
  CptMenuOption *option = g_new0 (CptMenuOption, 1);

  g_ptr_array_add (list->options, option);
  return option;
}

CptMenuProduct *
cpt_menu_add_product (CptMenu *self)
{
  CptMenuProduct *product = g_new0 (CptMenuProduct, 1);

  product->skus = g_ptr_array_new_with_free_func (sku_free);
  g_ptr_array_add (self->products, product);
  return product;
}

CptMenuSku *
cpt_menu_add_sku (CptMenuProduct *product)
{
  CptMenuSku *sku = g_new0 (CptMenuSku, 1);

  sku->lists = g_ptr_array_new ();
  g_ptr_array_add (product->skus, sku);
  return sku;
}

/**
 * cpt_menu_find_list:
 * @id: (nullable): of an option list
 *
 * Returns: (transfer none) (nullable)
 */
CptMenuList *
cpt_menu_find_list (CptMenu *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->lists->len; i++)
    {
      CptMenuList *list = self->lists->pdata[i];

      if (g_strcmp0 (list->id, id) == 0)
        return list;
    }
  return NULL;
}
