/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog's JSON as the till sells from it: what cannot be read of an item is left out of it, the
 * item stays. Any thread. */
#include <glib/gi18n-lib.h>

#include "cpt-hubrise-client.h"
#include "cpt-json-private.h"
#include "cpt-json-stock.h"

/* More than this cannot be chosen by hand. */
#define MOST_SELECTIONS 1000

typedef void (*ElementFunc) (CptMenu *menu, JsonObject *element, gpointer data);

/* Elements that are no objects are passed over. */
static void
read_array (CptMenu *menu, JsonObject *object, const char *name, ElementFunc func, gpointer data)
{
  JsonArray *array = cpt_json_array_member (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (cpt_json_kind (node) == CPT_JSON_OBJECT)
        func (menu, json_node_get_object (node), data);
    }
}

static char *
dup_or_empty (JsonObject *object, const char *name)
{
  char *text = cpt_json_dup_member (object, name);

  return text != NULL ? text : g_strdup ("");
}

static CptMoney
read_price (CptMenu *menu, JsonObject *object)
{
  CptMoney price = { .state = CPT_AMOUNT_ABSENT };

  cpt_money_parse (cpt_json_text (cpt_json_member (object, "price")), &price);
  if (price.state == CPT_AMOUNT_KNOWN && menu->currency == NULL)
    menu->currency = g_strdup (price.currency);
  return price;
}

static int
read_selections (JsonObject *object, const char *name, int fallback)
{
  const char *text = cpt_json_text (cpt_json_member (object, name));
  gint64 n = 0;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, MOST_SELECTIONS, &n, NULL))
    return fallback;
  return (int)n;
}

static void
read_category (CptMenu *menu, JsonObject *object, gpointer data)
{
  CptMenuCategory *category = cpt_menu_add_category (menu);

  category->id = cpt_json_dup_member (object, "id");
  category->parent = cpt_json_dup_member (object, "parent_id");
  category->name = dup_or_empty (object, "name");
}

static void
read_option (CptMenu *menu, JsonObject *object, gpointer data)
{
  CptMenuOption *option = cpt_menu_add_option (data);

  option->ref = cpt_json_dup_member (object, "ref");
  option->name = dup_or_empty (object, "name");
  option->price = read_price (menu, object);
  option->chosen = g_strcmp0 (cpt_json_text (cpt_json_member (object, "default")), "true") == 0;
}

static void
read_list (CptMenu *menu, JsonObject *object, gpointer data)
{
  CptMenuList *list = cpt_menu_add_list (menu);

  list->id = cpt_json_dup_member (object, "id");
  list->name = dup_or_empty (object, "name");
  list->min = read_selections (object, "min_selections", 0);
  list->max = read_selections (object, "max_selections", -1);
  read_array (menu, object, "options", read_option, list);
}

static void
link_lists (CptMenu *menu, JsonObject *object, CptMenuSku *sku)
{
  JsonArray *ids = cpt_json_array_member (object, "option_list_ids");

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      CptMenuList *list =
          cpt_menu_find_list (menu, cpt_json_text (json_array_get_element (ids, i)));

      if (list != NULL)
        g_ptr_array_add (sku->lists, list);
    }
}

static void
read_sku (CptMenu *menu, JsonObject *object, gpointer data)
{
  CptMenuSku *sku = cpt_menu_add_sku (data);

  sku->ref = cpt_json_dup_member (object, "ref");
  sku->name = cpt_json_dup_member (object, "name");
  sku->price = read_price (menu, object);
  link_lists (menu, object, sku);
}

static void
read_product (CptMenu *menu, JsonObject *object, gpointer data)
{
  CptMenuProduct *product = cpt_menu_add_product (menu);

  product->ref = cpt_json_dup_member (object, "ref");
  product->name = dup_or_empty (object, "name");
  product->description = cpt_json_dup_member (object, "description");
  product->category = cpt_json_dup_member (object, "category_id");
  read_array (menu, object, "skus", read_sku, product);
}

/**
 * cpt_json_decode_menu:
 *
 * Returns: (transfer full): the menu; or NULL with %CPT_HUBRISE_ERROR_DOCUMENT when @body is no
 *   catalog
 */
CptMenu *
cpt_json_decode_menu (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cpt_json_parse_object (body, &root, error);
  JsonObject *data = cpt_json_object_member (object, "data");
  CptMenu *menu = NULL;

  if (object == NULL)
    return NULL;
  if (data == NULL)
    {
      g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT,
                           _ ("The document is not a catalog"));
      return NULL;
    }
  menu = cpt_menu_new ();
  read_array (menu, data, "categories", read_category, NULL);
  read_array (menu, data, "option_lists", read_list, NULL);
  read_array (menu, data, "products", read_product, NULL);
  return menu;
}
