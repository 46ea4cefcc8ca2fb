/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen of one product before it goes into the basket. Main thread only. */
#include "cpt-choice.h"

#include <glib/gi18n-lib.h>

#include "cpt-basket.h"

static void
count_chosen (CptChoice *self, const CptMenuList *list)
{
  for (guint i = 0; i < list->options->len; i++)
    {
      const CptMenuOption *option = list->options->pdata[i];

      if (option->chosen && cpt_choice_can_add (self, list))
        g_hash_table_insert (self->counts, (gpointer)option, GUINT_TO_POINTER (1));
    }
}

static void
choose_what_the_catalog_chooses (CptChoice *self)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self);

  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < sku->lists->len; i++)
    count_chosen (self, sku->lists->pdata[i]);
}

/**
 * cpt_choice_new:
 * @product: of @menu, with a sku
 *
 * Returns: (transfer full): one of the first sku, with the options the catalog chooses by itself
 */
CptChoice *
cpt_choice_new (CptMenu *menu, CptMenuProduct *product)
{
  CptChoice *self = g_new0 (CptChoice, 1);

  g_return_val_if_fail (product->skus->len > 0, NULL);

  self->menu = cpt_menu_ref (menu);
  self->product = product;
  self->counts = g_hash_table_new (NULL, NULL);
  self->quantity = cpt_decimal (1000);
  choose_what_the_catalog_chooses (self);
  return self;
}

void
cpt_choice_free (CptChoice *self)
{
  g_hash_table_unref (self->counts);
  g_free (self->note);
  cpt_menu_unref (self->menu);
  g_free (self);
}

/**
 * cpt_choice_is_simple:
 *
 * Returns: whether there is nothing to choose: one touch puts it into the basket
 */
gboolean
cpt_choice_is_simple (const CptMenuProduct *product)
{
  return product->skus->len == 1 && ((const CptMenuSku *)product->skus->pdata[0])->lists->len == 0;
}

CptMenuSku *
cpt_choice_get_sku (const CptChoice *self)
{
  return self->product->skus->pdata[self->sku];
}

static gboolean
has_list (const CptMenuSku *sku, const CptMenuList *list)
{
  return g_ptr_array_find (sku->lists, list, NULL);
}

static void
drop_options_of_others (CptChoice *self, const CptMenuSku *before)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self);

  for (guint i = 0; i < before->lists->len; i++)
    {
      const CptMenuList *list = before->lists->pdata[i];

      for (guint j = 0; j < list->options->len && !has_list (sku, list); j++)
        g_hash_table_remove (self->counts, list->options->pdata[j]);
    }
  for (guint i = 0; i < sku->lists->len; i++)
    if (!has_list (before, sku->lists->pdata[i]))
      count_chosen (self, sku->lists->pdata[i]);
}

/**
 * cpt_choice_set_sku:
 * @sku: its place among the product's
 *
 * What was chosen in a list that both skus have stays chosen.
 */
void
cpt_choice_set_sku (CptChoice *self, guint sku)
{
  const CptMenuSku *before = cpt_choice_get_sku (self);

  g_return_if_fail (sku < self->product->skus->len);

  self->sku = sku;
  drop_options_of_others (self, before);
}

guint
cpt_choice_get_count (const CptChoice *self, const CptMenuOption *option)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, option));
}

/**
 * cpt_choice_count_list:
 *
 * Returns: how many are chosen in a list
 */
guint
cpt_choice_count_list (const CptChoice *self, const CptMenuList *list)
{
  guint n = 0;

  for (guint i = 0; i < list->options->len; i++)
    n += cpt_choice_get_count (self, list->options->pdata[i]);
  return n;
}

/**
 * cpt_choice_can_add:
 *
 * Returns: whether one more may be chosen in a list
 */
gboolean
cpt_choice_can_add (const CptChoice *self, const CptMenuList *list)
{
  return list->max < 0 || cpt_choice_count_list (self, list) < (guint)list->max;
}

/**
 * cpt_choice_set_count:
 * @count: how often; more than the list allows becomes as many as it does
 *
 * In a list of which one may be chosen, a choice takes the place of the one before.
 */
void
cpt_choice_set_count (CptChoice *self,
                      const CptMenuList *list,
                      const CptMenuOption *option,
                      guint count)
{
  guint others = 0;

  for (guint i = 0; i < list->options->len && list->max == 1 && count > 0; i++)
    g_hash_table_remove (self->counts, list->options->pdata[i]);
  others = cpt_choice_count_list (self, list) - cpt_choice_get_count (self, option);
  if (list->max >= 0)
    count = MIN (count, (guint)list->max - MIN (others, (guint)list->max));
  if (count > 0)
    g_hash_table_insert (self->counts, (gpointer)option, GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->counts, option);
}

/**
 * cpt_choice_step:
 * @by: +1 or −1
 *
 * One more or one less, never none and never more than a line of an order can count.
 */
void
cpt_choice_step (CptChoice *self, int by)
{
  gint64 quantity = self->quantity.thousandths + 1000 * by;

  if (quantity > 0 && quantity <= CPT_BASKET_MOST)
    self->quantity = cpt_decimal (quantity);
}

/* --- Words --- */

/**
 * cpt_choice_dup_rule:
 *
 * Returns: (transfer full): how many may be chosen in a list, "choose 1"; "" for any number
 */
char *
cpt_choice_dup_rule (const CptMenuList *list)
{
  if (list->min > 0 && list->min == list->max)
    /* TRANSLATORS: how many options of a list may be chosen; it stands after the list's name. */
    return g_strdup_printf (ngettext ("choose %d", "choose %d", (gulong)list->min), list->min);
  if (list->min > 0 && list->max > 0)
    /* TRANSLATORS: 1 and 2: how many options of a list may be chosen. */
    return g_strdup_printf (_ ("choose %1$d to %2$d"), list->min, list->max);
  if (list->min > 0)
    /* TRANSLATORS: %d: how many options of a list must be chosen. */
    return g_strdup_printf (_ ("choose at least %d"), list->min);
  if (list->max > 0)
    /* TRANSLATORS: %d: how many options of a list may be chosen. */
    return g_strdup_printf (_ ("up to %d"), list->max);
  return g_strdup ("");
}

static char *
list_problem (const CptChoice *self, const CptMenuList *list)
{
  guint n = cpt_choice_count_list (self, list);

  if (list->min > 0 && n < (guint)list->min)
    /* TRANSLATORS: 1: name of a list of options, 2: how many more must be chosen. */
    return g_strdup_printf (ngettext ("%1$s: choose %2$d more", "%1$s: choose %2$d more",
                                      (gulong)list->min - n),
                            list->name, list->min - (int)n);
  if (list->max >= 0 && n > (guint)list->max)
    /* TRANSLATORS: 1: name of a list of options, 2: how many may be chosen. */
    return g_strdup_printf (_ ("%1$s: at most %2$d"), list->name, list->max);
  return NULL;
}

/**
 * cpt_choice_dup_problem:
 *
 * Returns: (transfer full) (nullable): which list asks for what; %NULL when it can be added
 */
char *
cpt_choice_dup_problem (const CptChoice *self)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self);

  for (guint i = 0; i < sku->lists->len; i++)
    {
      char *problem = list_problem (self, sku->lists->pdata[i]);

      if (problem != NULL)
        return problem;
    }
  return NULL;
}

/* --- To and from an item --- */

static void
add_options (const CptChoice *self, const CptMenuList *list, CptOrderItem *item)
{
  for (guint i = 0; i < list->options->len; i++)
    {
      const CptMenuOption *option = list->options->pdata[i];
      guint count = cpt_choice_get_count (self, option);
      CptOrderOption *chosen = NULL;

      if (count == 0)
        continue;
      chosen = cpt_order_option_new ();
      chosen->list_name = g_strdup (list->name);
      chosen->name = g_strdup (option->name);
      chosen->ref = g_strdup (option->ref);
      chosen->price = option->price;
      chosen->quantity = count;
      g_ptr_array_add (item->options, chosen);
    }
}

/**
 * cpt_choice_to_item:
 *
 * Returns: (transfer full): the item it makes
 */
CptOrderItem *
cpt_choice_to_item (const CptChoice *self)
{
  const CptMenuSku *sku = cpt_choice_get_sku (self);
  CptOrderItem *item = cpt_order_item_new ();

  item->product_name = g_strdup (self->product->name);
  item->sku_name = g_strdup (sku->name);
  item->sku_ref = g_strdup (sku->ref);
  item->price = sku->price;
  item->quantity = self->quantity;
  if (self->note != NULL && *self->note != '\0')
    item->customer_notes = g_strdup (self->note);
  for (guint i = 0; i < sku->lists->len; i++)
    add_options (self, sku->lists->pdata[i], item);
  return item;
}

static gboolean
is_sku_of (const CptMenuSku *sku, const CptOrderItem *item)
{
  return g_strcmp0 (sku->ref, item->sku_ref) == 0 && g_strcmp0 (sku->name, item->sku_name) == 0;
}

static CptMenuProduct *
find_product (const CptMenu *menu, const CptOrderItem *item, guint *sku)
{
  for (guint i = 0; i < menu->products->len; i++)
    {
      CptMenuProduct *product = menu->products->pdata[i];

      for (*sku = 0;
           g_strcmp0 (product->name, item->product_name) == 0 && *sku < product->skus->len; ++*sku)
        if (is_sku_of (product->skus->pdata[*sku], item))
          return product;
    }
  return NULL;
}

static void
choose_again (CptChoice *self, const CptMenuList *list, const CptOrderItem *item)
{
  for (guint i = 0; i < list->options->len; i++)
    for (guint j = 0; j < item->options->len; j++)
      {
        const CptMenuOption *option = list->options->pdata[i];
        const CptOrderOption *chosen = item->options->pdata[j];

        if (g_strcmp0 (chosen->list_name, list->name) == 0 &&
            g_strcmp0 (chosen->name, option->name) == 0 &&
            g_strcmp0 (chosen->ref, option->ref) == 0)
          cpt_choice_set_count (self, list, option,
                                cpt_choice_get_count (self, option) + (guint)chosen->quantity);
      }
}

/**
 * cpt_choice_new_from_item:
 * @item: of an order
 *
 * Returns: (transfer full) (nullable): what was chosen for it; %NULL when the menu does not have
 *   that product any more
 */
CptChoice *
cpt_choice_new_from_item (CptMenu *menu, const CptOrderItem *item)
{
  guint sku = 0;
  CptMenuProduct *product = find_product (menu, item, &sku);
  CptChoice *self = product != NULL ? cpt_choice_new (menu, product) : NULL;
  const CptMenuSku *chosen = NULL;

  if (self == NULL)
    return NULL;
  self->sku = sku;
  self->quantity = item->quantity;
  self->note = g_strdup (item->customer_notes);
  g_hash_table_remove_all (self->counts);
  chosen = cpt_choice_get_sku (self);
  for (guint i = 0; i < chosen->lists->len; i++)
    choose_again (self, chosen->lists->pdata[i], item);
  return self;
}
