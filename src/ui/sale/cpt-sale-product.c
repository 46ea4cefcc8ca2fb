/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product of the menu as an object a list can hold. Main thread only. */
#include "cpt-sale-product.h"

#include <glib/gi18n-lib.h>

struct _CptSaleProduct
{
  GObject parent_instance;

  CptMenu *menu;           /* (owned) */
  CptMenuProduct *product; /* (unowned) of the menu */
};

G_DEFINE_FINAL_TYPE (CptSaleProduct, cpt_sale_product, G_TYPE_OBJECT)

static void
cpt_sale_product_finalize (GObject *object)
{
  cpt_menu_unref (CPT_SALE_PRODUCT (object)->menu);
  G_OBJECT_CLASS (cpt_sale_product_parent_class)->finalize (object);
}

static void
cpt_sale_product_class_init (CptSaleProductClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_sale_product_finalize;
}

static void
cpt_sale_product_init (CptSaleProduct *self)
{
}

/**
 * cpt_sale_product_new:
 * @product: of @menu
 *
 * Returns: (transfer full)
 */
CptSaleProduct *
cpt_sale_product_new (CptMenu *menu, CptMenuProduct *product)
{
  CptSaleProduct *self = g_object_new (CPT_TYPE_SALE_PRODUCT, NULL);

  self->menu = cpt_menu_ref (menu);
  self->product = product;
  return self;
}

CptMenu *
cpt_sale_product_get_menu (CptSaleProduct *self)
{
  return self->menu;
}

CptMenuProduct *
cpt_sale_product_get (CptSaleProduct *self)
{
  return self->product;
}

/**
 * cpt_sale_product_dup_price:
 *
 * Returns: (transfer full): its price, "from €9.50" where its skus differ; one that has none does
 *   not hide those of the others
 */
char *
cpt_sale_product_dup_price (const CptMenuProduct *product)
{
  const CptMenuSku *least = NULL;
  gboolean differ = FALSE;
  g_autofree char *price = NULL;

  for (guint i = 0; i < product->skus->len; i++)
    {
      const CptMenuSku *sku = product->skus->pdata[i], *first = product->skus->pdata[0];

      differ = differ || !cpt_money_equal (sku->price, first->price);
      if (sku->price.state == CPT_AMOUNT_KNOWN &&
          (least == NULL || sku->price.minor < least->price.minor))
        least = sku;
    }
  if (least == NULL)
    return g_strdup ("");
  price = cpt_money_format (least->price);
  /* TRANSLATORS: the lowest of a product's prices. */
  return differ ? g_strdup_printf (_ ("from %s"), price) : g_steal_pointer (&price);
}
