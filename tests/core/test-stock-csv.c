/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock as a table: what spreadsheets write, good and damaged, and what they are given. */
#include "cpt-stock-csv.h"

#include <string.h>

/* Returns: "COKE=12500 +EGG=3000! 3:…" : quantities, ! active 1, - active 0, or the line's problem
 */
static char *
tell (const char *data, gsize length)
{
  g_autofree char *text = cpt_stock_csv_to_utf8 (data, length);
  g_autoptr (GPtrArray) lines = text != NULL ? cpt_stock_csv_parse (text) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (lines == NULL)
    return g_strdup ("no text");
  for (guint i = 0; i < lines->len; i++)
    {
      const CptStockCsvLine *line = g_ptr_array_index (lines, i);

      g_string_append (out, i > 0 ? " | " : "");
      if (line->problem != NULL)
        {
          g_string_append_printf (out, "%u: %s", line->number, line->problem);
          continue;
        }
      g_string_append_printf (out, "%s%s", line->kind == CPT_ITEM_OPTION ? "+" : "", line->ref);
      if (line->edit.sets_quantity)
        g_string_append_printf (out, "=%" G_GINT64_FORMAT, line->edit.quantity);
      if (line->edit.sets_active)
        g_string_append_c (out, line->edit.active ? '!' : '-');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_read (void)
{
  static const struct
  {
    const char *data, *told;
  } cases[] = {
    { "code;quantit\xe9\r\nCOKE;12,5\r\nTH\xc9;3\r\n", "COKE=12500 | THÉ=3000" },
    { "\xef\xbb\xbf"
      "Référence;Stock;Actif\nCOKE;12.5;oui\nTIRAM;;non\n",
      "COKE=12500! | TIRAM-" },
    { "kind,ref,quantity\nsku,COKE,3\noption,COKE,\"1,5\"\n", "COKE=3000 | +COKE=1500" },
    { "COKE;3\n\n;\nEGG;4", "COKE=3000 | EGG=4000" },
    { "COKE,-2", "COKE=-2000" },
    { "ref;name;quantity\n\"A;B\";\"say \"\"hi\"\"\nthere\";7\n", "A;B=7000" },
    { "ref;quantity\n;3\nCOKE;many\nCOKE;1,2345\nCOKE\nEGG;2",
      "2: there is no code | 3: “many” is no quantity | 4: “1,2345” is no quantity | "
      "5: nothing is to be changed | EGG=2000" },
    { "ref;active\nCOKE;maybe", "2: “maybe” is neither yes nor no" },
    { "kind;ref;quantity\nmeal;COKE;3", "2: the kind is neither sku nor option" },
    { "ref;quantity\nCOKE;99999999999", "2: “99999999999” is no quantity" },
    { "ref;quantity\nCOKE;-9223372036854775.808", "2: “-9223372036854775.808” is no quantity" },
    /* A mark that is not closed costs its line, not the rest of the file. */
    { "ref;quantity\n\"COKE;3\nEGG;2\n", "2: a quotation mark is not closed | EGG=2000" },
    { "ref;quantity\n\"COKE;3\nEGG;2\n\"TEA\";\"4\"\n",
      "2: a quotation mark is not closed | EGG=2000 | TEA=4000" },
    { "ref;name;quantity\nA;\"two\nlines\";many\nB;x;many",
      "2: “many” is no quantity | 4: “many” is no quantity" },
    { "ref;quantity\rCOKE;many\rEGG;many", "2: “many” is no quantity | 3: “many” is no quantity" },
    { "ref;quantity\nCOKE;3\nCOKE;4\nEGG;x\nEGG;5",
      "COKE=3000 | 3: line 2 says this item already | 4: “x” is no quantity | EGG=5000" },
    { "kind;ref;quantity\nsku;COKE;3\noption;COKE;4", "COKE=3000 | +COKE=4000" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = tell (cases[i].data, strlen (cases[i].data));

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

static void
test_no_text (void)
{
  g_autofree char *told = tell ("PK\003\004\0\0\0", 7);

  g_assert_cmpstr (told, ==, "no text");
}

static CptStockItem *
new_item (const char *ref, const char *name, gboolean managed, gint64 quantity)
{
  CptStockItem *item = cpt_stock_item_new ();

  item->ref = g_strdup (ref);
  item->name = g_strdup (name);
  item->stock.managed = managed;
  item->stock.quantity = quantity;
  return item;
}

/* What is written is read again as it was. */
static void
test_write (void)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_stock_item_unref);
  g_autofree char *french = NULL;
  g_autofree char *english = NULL;
  g_autofree char *told = NULL;
  g_autofree char *told_english = NULL;

  g_ptr_array_add (items, new_item ("COKE", "Coca; \"33\" cl", TRUE, 12500));
  g_ptr_array_add (items, new_item ("COKE", "Coca", TRUE, 12500));
  g_ptr_array_add (items, new_item (NULL, "Soup", FALSE, 0));
  g_ptr_array_add (items, new_item ("CAFE", "Café", FALSE, 0));
  french = cpt_stock_csv_write (items, TRUE);
  g_assert_cmpstr (french, ==,
                   "\xef\xbb\xbf"
                   "kind;ref;name;quantity;active\r\n"
                   "sku;COKE;\"Coca; \"\"33\"\" cl\";12,5;1\r\nsku;CAFE;Café;;1\r\n");
  told = tell (french, strlen (french));
  g_assert_cmpstr (told, ==, "COKE=12500! | CAFE!");
  english = cpt_stock_csv_write (items, FALSE);
  told_english = tell (english, strlen (english));
  g_assert_cmpstr (told_english, ==, told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock-csv/read", test_read);
  g_test_add_func ("/stock-csv/no-text", test_no_text);
  g_test_add_func ("/stock-csv/write", test_write);
  return g_test_run ();
}
