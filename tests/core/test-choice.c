/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a product may be chosen, what must be, and the item that comes of it. */
#include "cpt-choice.h"

typedef struct
{
  CptMenu *menu;
  CptMenuProduct *pizza;
  CptMenuList *cooking; /* one of two, the first by itself */
  CptMenuList *extras;  /* up to three */
  CptMenuList *sauces;  /* two, of the large one only */
} Fixture;

static CptMenuList *
add_list (CptMenu *menu, const char *name, int min, int max, const char *const *options)
{
  CptMenuList *list = cpt_menu_add_list (menu);

  list->id = g_strdup (name);
  list->name = g_strdup (name);
  list->min = min;
  list->max = max;
  for (guint i = 0; options[i] != NULL; i++)
    {
      CptMenuOption *option = cpt_menu_add_option (list);

      option->name = g_strdup (options[i]);
      option->ref = g_strdup (options[i]);
      option->price = cpt_money (50, "EUR");
    }
  return list;
}

static CptMenuSku *
add_sku (CptMenuProduct *product, const char *name, gint64 price)
{
  CptMenuSku *sku = cpt_menu_add_sku (product);

  sku->name = g_strdup (name);
  sku->ref = g_strdup (name);
  sku->price = cpt_money (price, "EUR");
  return sku;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *cooking[] = { "Normal", "Well done", NULL };
  const char *extras[] = { "Egg", "Ham", NULL };
  const char *sauces[] = { "Red", "White", "Green", NULL };
  CptMenuSku *sku = NULL;

  fixture->menu = cpt_menu_new ();
  fixture->cooking = add_list (fixture->menu, "Cooking", 1, 1, cooking);
  fixture->extras = add_list (fixture->menu, "Extras", 0, 3, extras);
  fixture->sauces = add_list (fixture->menu, "Sauces", 2, 2, sauces);
  ((CptMenuOption *)fixture->cooking->options->pdata[0])->chosen = TRUE;
  fixture->pizza = cpt_menu_add_product (fixture->menu);
  fixture->pizza->name = g_strdup ("Pizza");
  sku = add_sku (fixture->pizza, "Small", 900);
  g_ptr_array_add (sku->lists, fixture->cooking);
  g_ptr_array_add (sku->lists, fixture->extras);
  sku = add_sku (fixture->pizza, "Large", 1300);
  g_ptr_array_add (sku->lists, fixture->extras);
  g_ptr_array_add (sku->lists, fixture->sauces);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpt_menu_unref (fixture->menu);
}

static void
assert_problem (const CptChoice *choice, const char *problem)
{
  g_autofree char *found = cpt_choice_dup_problem (choice);

  g_assert_cmpstr (found, ==, problem);
}

static void
test_one_of_a_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptChoice) choice = cpt_choice_new (fixture->menu, fixture->pizza);
  const CptMenuOption *normal = fixture->cooking->options->pdata[0];
  const CptMenuOption *well_done = fixture->cooking->options->pdata[1];

  g_assert_cmpuint (cpt_choice_get_count (choice, normal), ==, 1);
  assert_problem (choice, NULL);
  cpt_choice_set_count (choice, fixture->cooking, well_done, 1);
  g_assert_cmpuint (cpt_choice_get_count (choice, normal), ==, 0);
  g_assert_cmpuint (cpt_choice_get_count (choice, well_done), ==, 1);
  cpt_choice_set_count (choice, fixture->cooking, well_done, 0);
  assert_problem (choice, "Cooking: choose 1 more");
}

static void
test_most_of_a_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptChoice) choice = cpt_choice_new (fixture->menu, fixture->pizza);
  const CptMenuOption *egg = fixture->extras->options->pdata[0];
  const CptMenuOption *ham = fixture->extras->options->pdata[1];

  cpt_choice_set_count (choice, fixture->extras, egg, 2);
  g_assert_true (cpt_choice_can_add (choice, fixture->extras));
  cpt_choice_set_count (choice, fixture->extras, ham, 7);
  g_assert_cmpuint (cpt_choice_get_count (choice, ham), ==, 1);
  g_assert_false (cpt_choice_can_add (choice, fixture->extras));
  assert_problem (choice, NULL);
}

static void
test_sku (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptChoice) choice = cpt_choice_new (fixture->menu, fixture->pizza);
  const CptMenuOption *egg = fixture->extras->options->pdata[0];
  g_autoptr (CptOrderItem) item = NULL;
  CptMoney subtotal = { 0 };

  cpt_choice_set_count (choice, fixture->extras, egg, 2);
  cpt_choice_set_sku (choice, 1);
  g_assert_cmpuint (cpt_choice_get_count (choice, egg), ==, 2);
  g_assert_cmpuint (cpt_choice_count_list (choice, fixture->cooking), ==, 0);
  assert_problem (choice, "Sauces: choose 2 more");
  for (guint i = 0; i < 2; i++)
    cpt_choice_set_count (choice, fixture->sauces, fixture->sauces->options->pdata[i], 1);
  assert_problem (choice, NULL);
  choice->quantity = cpt_decimal (3000);
  item = cpt_choice_to_item (choice);
  g_assert_cmpstr (item->sku_ref, ==, "Large");
  g_assert_cmpuint (item->options->len, ==, 3);
  g_assert_true (cpt_order_item_compute_subtotal (item, &subtotal));
  /* 3 × (13.00 + 2 × 0.50 + 2 × 0.50) */
  g_assert_cmpint (subtotal.minor, ==, 4500);
  cpt_choice_set_sku (choice, 0);
  g_assert_cmpuint (cpt_choice_count_list (choice, fixture->cooking), ==, 1);
}

static void
test_from_item (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptChoice) choice = cpt_choice_new (fixture->menu, fixture->pizza);
  g_autoptr (CptOrderItem) item = NULL;
  g_autoptr (CptChoice) again = NULL;

  cpt_choice_set_sku (choice, 1);
  cpt_choice_set_count (choice, fixture->extras, fixture->extras->options->pdata[1], 2);
  choice->note = g_strdup ("no cutlery");
  item = cpt_choice_to_item (choice);
  again = cpt_choice_new_from_item (fixture->menu, item);
  g_assert_cmpuint (again->sku, ==, 1);
  g_assert_cmpuint (cpt_choice_get_count (again, fixture->extras->options->pdata[1]), ==, 2);
  g_assert_cmpstr (again->note, ==, "no cutlery");
  g_free (item->product_name);
  item->product_name = g_strdup ("Burger");
  g_assert_null (cpt_choice_new_from_item (fixture->menu, item));
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    int min, max;
    const char *words;
  } rules[] = {
    { 0, -1, "" },       { 1, 1, "choose 1" },           { 1, 3, "choose 1 to 3" },
    { 0, 5, "up to 5" }, { 2, -1, "choose at least 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const CptMenuList list = { .min = rules[i].min, .max = rules[i].max };
      g_autofree char *words = cpt_choice_dup_rule (&list);

      g_assert_cmpstr (words, ==, rules[i].words);
    }
}

static void
test_simple (Fixture *fixture, gconstpointer data)
{
  CptMenuProduct *coke = cpt_menu_add_product (fixture->menu);

  add_sku (coke, NULL, 280);
  g_assert_true (cpt_choice_is_simple (coke));
  g_assert_false (cpt_choice_is_simple (fixture->pizza));
}

/* One less is one less of any number; never none, and never more than a line can count. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  static const gint64 cases[][3] = {
    { 2000, -1, 1000 },       { 1000, -1, 1000 },       { 250, -1, 250 },
    { 250, 1, 1250 },         { 1500000, -1, 1499000 }, { 999000, 1, 1000000 },
    { 9999000, -1, 9998000 }, { 9999000, 1, 9999000 },
  };
  g_autoptr (CptChoice) choice = cpt_choice_new (fixture->menu, fixture->pizza);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choice->quantity = cpt_decimal (cases[i][0]);
      cpt_choice_step (choice, (int)cases[i][1]);
      g_assert_cmpint (choice->quantity.thousandths, ==, cases[i][2]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/choice/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("one-of-a-list", test_one_of_a_list);
  ADD ("most-of-a-list", test_most_of_a_list);
  ADD ("sku", test_sku);
  ADD ("from-item", test_from_item);
  ADD ("rules", test_rules);
  ADD ("simple", test_simple);
  ADD ("step", test_step);
  return g_test_run ();
}
