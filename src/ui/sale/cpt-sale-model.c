/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products of a category and a search. All of a catalog stands in the menu; an object exists
 * for what has been looked at. Main thread only. */
#include "cpt-sale-model.h"

#include <string.h>

#define FOLD_AT_ONCE 200

struct _CptSaleModel
{
  GObject parent_instance;

  CptMenu *menu;           /* (owned) (nullable) */
  GPtrArray *keys;         /* (owned) (element-type utf8) what each product is found by */
  GPtrArray *objects;      /* (owned) (element-type CptSaleProduct) NULL where nobody asked */
  GArray *shown;           /* (owned) (element-type guint) places in the menu */
  GHashTable *in_category; /* (owned) (element-type utf8) categories that products stand in */
  char *category;          /* (owned) (nullable) */
  char *text;              /* (owned) (nullable) */
  guint fold_id;
  guint folded; /* products whose key is made */
};

static void cpt_sale_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CptSaleModel,
                               cpt_sale_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cpt_sale_model_iface_init))

/* --- As a list --- */

static void
object_free (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static gpointer
get_item (GListModel *model, guint position)
{
  CptSaleModel *self = CPT_SALE_MODEL (model);
  gpointer *object = NULL;
  guint place = 0;

  if (position >= self->shown->len)
    return NULL;
  place = g_array_index (self->shown, guint, position);
  object = &self->objects->pdata[place];
  if (*object == NULL)
    *object = cpt_sale_product_new (self->menu, self->menu->products->pdata[place]);
  return g_object_ref (*object);
}

static GType
get_item_type (GListModel *model)
{
  return CPT_TYPE_SALE_PRODUCT;
}

static guint
get_n_items (GListModel *model)
{
  return CPT_SALE_MODEL (model)->shown->len;
}

static void
cpt_sale_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- Search --- */

/* Without case and accents: nobody types them at a till. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *small = apart != NULL ? g_utf8_casefold (apart, -1) : NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = small; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
make_key (const CptMenuProduct *product)
{
  g_autoptr (GString) words = g_string_new (product->name);

  if (product->ref != NULL)
    g_string_append_printf (words, "\n%s", product->ref);
  for (guint i = 0; i < product->skus->len; i++)
    {
      const CptMenuSku *sku = product->skus->pdata[i];

      g_string_append_printf (words, "\n%s\n%s", sku->ref != NULL ? sku->ref : "",
                              sku->name != NULL ? sku->name : "");
    }
  return fold (words->str);
}

static const char *
get_key (CptSaleModel *self, guint place)
{
  gpointer *key = &self->keys->pdata[place];

  if (*key == NULL)
    *key = make_key (self->menu->products->pdata[place]);
  return *key;
}

/* Made while nobody waits: the first letter of a search must not. */
static gboolean
fold_some_cb (gpointer data)
{
  CptSaleModel *self = data;

  for (guint i = 0; i < FOLD_AT_ONCE && self->folded < self->keys->len; i++)
    get_key (self, self->folded++);
  if (self->folded < self->keys->len)
    return G_SOURCE_CONTINUE;
  self->fold_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
has_words (const char *key, char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (key, *words) == NULL)
      return FALSE;
  return TRUE;
}

/* --- Categories --- */

static const CptMenuCategory *
find_category (CptSaleModel *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->menu->categories->len; i++)
    {
      const CptMenuCategory *category = self->menu->categories->pdata[i];

      if (g_strcmp0 (category->id, id) == 0)
        return category;
    }
  return NULL;
}

/* A catalog in which categories stand in each other must not hang the till. */
#define DEEPEST 8

static gboolean
stands_in (CptSaleModel *self, const char *id, const char *category)
{
  for (guint depth = 0; id != NULL && depth < DEEPEST; depth++)
    {
      const CptMenuCategory *here = NULL;

      if (g_str_equal (id, category))
        return TRUE;
      here = find_category (self, id);
      id = here != NULL ? here->parent : NULL;
    }
  return FALSE;
}

static void
count_categories (CptSaleModel *self)
{
  g_hash_table_remove_all (self->in_category);
  for (guint i = 0; i < self->menu->products->len; i++)
    {
      const CptMenuProduct *product = self->menu->products->pdata[i];

      if (product->category != NULL)
        g_hash_table_add (self->in_category, product->category);
    }
}

/* --- What is shown --- */

static gboolean
is_shown (CptSaleModel *self, guint place, char *const *words, GHashTable *categories)
{
  const CptMenuProduct *product = self->menu->products->pdata[place];

  if (product->skus->len == 0)
    return FALSE;
  /* Who searches looks for it everywhere. */
  if (*words != NULL)
    return has_words (get_key (self, place), words);
  return self->category == NULL ||
         (product->category != NULL && g_hash_table_contains (categories, product->category));
}

static GHashTable *
chosen_categories (CptSaleModel *self)
{
  GHashTable *chosen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; self->category != NULL && i < self->menu->categories->len; i++)
    {
      const CptMenuCategory *category = self->menu->categories->pdata[i];

      if (category->id != NULL && stands_in (self, category->id, self->category))
        g_hash_table_add (chosen, category->id);
    }
  return chosen;
}

static void
update (CptSaleModel *self)
{
  guint before = self->shown->len;
  g_autofree char *folded = self->text != NULL ? fold (self->text) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (folded), " ", -1);
  g_autoptr (GHashTable) categories = NULL;

  g_array_set_size (self->shown, 0);
  if (self->menu != NULL)
    {
      categories = chosen_categories (self);
      for (guint i = 0; i < self->menu->products->len; i++)
        if (is_shown (self, i, words, categories))
          g_array_append_val (self->shown, i);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->shown->len);
}

/* --- The object --- */

static void
cpt_sale_model_finalize (GObject *object)
{
  CptSaleModel *self = CPT_SALE_MODEL (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_clear_pointer (&self->menu, cpt_menu_unref);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->objects);
  g_array_unref (self->shown);
  g_hash_table_unref (self->in_category);
  g_free (self->category);
  g_free (self->text);
  G_OBJECT_CLASS (cpt_sale_model_parent_class)->finalize (object);
}

static void
cpt_sale_model_class_init (CptSaleModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_sale_model_finalize;
}

static void
cpt_sale_model_init (CptSaleModel *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->objects = g_ptr_array_new_with_free_func (object_free);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->in_category = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * cpt_sale_model_new:
 *
 * Returns: (transfer full): an empty list
 */
CptSaleModel *
cpt_sale_model_new (void)
{
  return g_object_new (CPT_TYPE_SALE_MODEL, NULL);
}

/**
 * cpt_sale_model_set_menu:
 * @menu: (nullable): what can be sold from now on
 */
void
cpt_sale_model_set_menu (CptSaleModel *self, CptMenu *menu)
{
  guint before = self->shown->len;
  g_autoptr (CptMenu) old = g_steal_pointer (&self->menu);

  /* Nobody may ask for a product of the menu that goes. */
  g_array_set_size (self->shown, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_ptr_array_set_size (self->keys, 0);
  g_ptr_array_set_size (self->objects, 0);
  g_hash_table_remove_all (self->in_category);
  if (menu != NULL)
    {
      self->menu = cpt_menu_ref (menu);
      g_ptr_array_set_size (self->keys, (int)menu->products->len);
      g_ptr_array_set_size (self->objects, (int)menu->products->len);
      count_categories (self);
      self->folded = 0;
      if (self->fold_id == 0)
        self->fold_id = g_idle_add_full (G_PRIORITY_LOW, fold_some_cb, self, NULL);
    }
  update (self);
}

/**
 * cpt_sale_model_set_query:
 * @category: (nullable): id of a category; %NULL for all
 * @text: (nullable): what is searched for, in all categories
 */
void
cpt_sale_model_set_query (CptSaleModel *self, const char *category, const char *text)
{
  g_free (self->category);
  g_free (self->text);
  self->category = g_strdup (category);
  self->text = g_strdup (text);
  update (self);
}

/**
 * cpt_sale_model_is_searched:
 *
 * Returns: whether a word is searched for
 */
gboolean
cpt_sale_model_is_searched (CptSaleModel *self)
{
  g_autofree char *text = g_strdup (self->text != NULL ? self->text : "");

  return *g_strstrip (text) != '\0';
}

/**
 * cpt_sale_model_list_categories:
 *
 * Returns: (transfer container) (element-type CptMenuCategory): those with something in them
 */
GPtrArray *
cpt_sale_model_list_categories (CptSaleModel *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *listed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, self->in_category);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    for (guint depth = 0; id != NULL && depth < DEEPEST; depth++)
      {
        const CptMenuCategory *category = find_category (self, id);

        g_hash_table_add (used, id);
        id = category != NULL ? category->parent : NULL;
      }
  for (guint i = 0; self->menu != NULL && i < self->menu->categories->len; i++)
    {
      CptMenuCategory *category = self->menu->categories->pdata[i];

      if (category->id != NULL && g_hash_table_contains (used, category->id))
        g_ptr_array_add (listed, category);
    }
  return listed;
}
