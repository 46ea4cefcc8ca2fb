/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock as a table for a spreadsheet. Pure, any thread. */
#include "cpt-stock-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-decimal.h"

typedef enum
{
  COLUMN_KIND,
  COLUMN_REF,
  COLUMN_QUANTITY,
  COLUMN_ACTIVE,
  N_COLUMNS,
} Column;

static void
line_free (gpointer data)
{
  CptStockCsvLine *line = data;

  g_free (line->ref);
  g_free (line->problem);
  g_free (line);
}

/**
 * cpt_stock_csv_to_utf8:
 * @data: a file's bytes: UTF-8 with or without a mark, else Windows-1252
 *
 * Returns: (transfer full) (nullable): the text; NULL when it is no text
 */
char *
cpt_stock_csv_to_utf8 (const char *data, gsize length)
{
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (length > 0 && memchr (data, '\0', length) != NULL)
    return NULL;
  if (g_utf8_validate_len (data, length, NULL))
    return g_strndup (data, length);
  return g_convert (data, length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
}

/* --- Cells --- */

static gboolean
ends_cell (char c, char separator)
{
  return c == separator || c == '\n' || c == '\r' || c == '\0';
}

/* Returns: (nullable): NULL when the mark that opened it is not closed, or not where the cell ends
 */
static char *
read_quoted_cell (const char **cursor, char separator)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *p = *cursor + 1;

  for (; *p != '"' || p[1] == '"'; p++)
    {
      if (*p == '\0')
        return NULL;
      p += *p == '"';
      g_string_append_c (cell, *p);
    }
  for (p++; *p == ' ';)
    p++;
  if (!ends_cell (*p, separator))
    return NULL;
  *cursor = p;
  return g_strstrip (g_string_free (g_steal_pointer (&cell), FALSE));
}

/* Reads one cell; @cursor is moved to what ends it: the separator, the line's end or the text's. */
static char *
read_cell (const char **cursor, char separator)
{
  const char *start = *cursor;

  if (*start == '"')
    return read_quoted_cell (cursor, separator);
  while (!ends_cell (**cursor, separator))
    (*cursor)++;
  return g_strstrip (g_strndup (start, *cursor - start));
}

/* Returns: how many lines were left behind */
static guint
end_line (const char *start, const char **cursor)
{
  guint lines = 0;

  *cursor += **cursor == '\r';
  *cursor += **cursor == '\n';
  for (const char *p = start; p < *cursor; p++)
    lines += *p == '\n' || (*p == '\r' && p[1] != '\n');
  return MAX (lines, 1);
}

/* A record may go over several lines; one that is damaged costs its first line and no more.
 *
 * Returns: (nullable): NULL when the record is damaged */
static GPtrArray *
read_cells (const char **cursor, char separator, guint *lines)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *start = *cursor;
  char *cell = NULL;

  while ((cell = read_cell (cursor, separator)) != NULL)
    {
      g_ptr_array_add (cells, cell);
      if (**cursor != separator)
        break;
      (*cursor)++;
    }
  if (cell == NULL)
    *cursor = start + strcspn (start, "\r\n");
  *lines = end_line (start, cursor);
  return cell != NULL ? g_steal_pointer (&cells) : NULL;
}

/* The one that stands more often in the first line. */
static char
find_separator (const char *text)
{
  gsize end = strcspn (text, "\r\n");
  guint semicolons = 0, commas = 0;

  for (gsize i = 0; i < end; i++)
    {
      semicolons += text[i] == ';';
      commas += text[i] == ',';
    }
  return semicolons > 0 || commas == 0 ? ';' : ',';
}

/* --- Headings --- */

static const struct
{
  const char *word;
  Column column;
} headings[] = {
  { "kind", COLUMN_KIND },         { "type", COLUMN_KIND },       { "ref", COLUMN_REF },
  { "code", COLUMN_REF },          { "reference", COLUMN_REF },   { "quantity", COLUMN_QUANTITY },
  { "quantite", COLUMN_QUANTITY }, { "stock", COLUMN_QUANTITY },  { "active", COLUMN_ACTIVE },
  { "actif", COLUMN_ACTIVE },      { "en vente", COLUMN_ACTIVE },
};

static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");

  return g_ascii_strdown (ascii, -1);
}

static gboolean
read_headings (GPtrArray *cells, int *places)
{
  gboolean found = FALSE;

  for (int i = 0; i < N_COLUMNS; i++)
    places[i] = -1;
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *word = fold (cells->pdata[i]);

      for (gsize j = 0; j < G_N_ELEMENTS (headings); j++)
        if (g_str_equal (word, headings[j].word) && places[headings[j].column] < 0)
          {
            places[headings[j].column] = i;
            found = TRUE;
          }
    }
  return found && places[COLUMN_REF] >= 0;
}

/* Without headings: the ref, then the quantity. */
static void
assume_places (int *places)
{
  places[COLUMN_KIND] = places[COLUMN_ACTIVE] = -1;
  places[COLUMN_REF] = 0;
  places[COLUMN_QUANTITY] = 1;
}

/* --- Lines --- */

static const char *
cell_at (GPtrArray *cells, int place)
{
  return place >= 0 && (guint)place < cells->len ? cells->pdata[place] : "";
}

static gboolean
read_kind (const char *text, CptItemKind *kind)
{
  g_autofree char *word = fold (text);

  if (*word == '\0' || g_str_equal (word, "sku") || g_str_has_prefix (word, "produ"))
    *kind = CPT_ITEM_SKU;
  else if (g_str_has_prefix (word, "option"))
    *kind = CPT_ITEM_OPTION;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_quantity (const char *text, CptStockEdit *edit)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  CptDecimal number = { 0 };

  if (*text == '\0')
    return TRUE;
  if (!cpt_decimal_parse (plain, &number) || !cpt_stock_is_quantity (number.thousandths))
    return FALSE;
  edit->sets_quantity = TRUE;
  edit->quantity = number.thousandths;
  return TRUE;
}

static gboolean
read_active (const char *text, CptStockEdit *edit)
{
  static const char *const yes[] = { "1", "yes", "oui", "true", "vrai", "actif", NULL };
  static const char *const no[] = { "0", "no", "non", "false", "faux", "inactif", NULL };
  g_autofree char *word = fold (text);

  if (*word == '\0')
    return TRUE;
  edit->sets_active = TRUE;
  edit->active = g_strv_contains (yes, word);
  edit->back_on = CPT_TIME_NONE;
  return edit->active || g_strv_contains (no, word);
}

static char *
find_problem (CptStockCsvLine *line, GPtrArray *cells, const int *places)
{
  const char *quantity = cell_at (cells, places[COLUMN_QUANTITY]);
  const char *active = cell_at (cells, places[COLUMN_ACTIVE]);

  if (line->ref == NULL)
    return g_strdup (_ ("there is no code"));
  if (!read_kind (cell_at (cells, places[COLUMN_KIND]), &line->kind))
    return g_strdup (_ ("the kind is neither sku nor option"));
  if (!read_quantity (quantity, &line->edit))
    /* TRANSLATORS: %s is what stands in the file where a quantity is due */
    return g_strdup_printf (_ ("“%s” is no quantity"), quantity);
  if (!read_active (active, &line->edit))
    /* TRANSLATORS: %s is what stands in the file where yes or no is due */
    return g_strdup_printf (_ ("“%s” is neither yes nor no"), active);
  if (!line->edit.sets_quantity && !line->edit.sets_active)
    return g_strdup (_ ("nothing is to be changed"));
  return NULL;
}

static CptStockCsvLine *
read_line (GPtrArray *cells, const int *places, guint number)
{
  CptStockCsvLine *line = g_new0 (CptStockCsvLine, 1);
  const char *ref = cell_at (cells, places[COLUMN_REF]);

  line->number = number;
  line->ref = *ref != '\0' ? g_strdup (ref) : NULL;
  line->problem = find_problem (line, cells, places);
  return line;
}

static CptStockCsvLine *
new_damaged_line (guint number)
{
  CptStockCsvLine *line = g_new0 (CptStockCsvLine, 1);

  line->number = number;
  line->problem = g_strdup (_ ("a quotation mark is not closed"));
  return line;
}

/* What two lines say of one item would depend on their order: the first holds. */
static void
check_repeated (GHashTable *seen, CptStockCsvLine *line)
{
  g_autofree char *key = g_strdup_printf ("%d%s", line->kind, line->ref != NULL ? line->ref : "");
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));

  if (line->problem != NULL)
    return;
  if (first != 0)
    /* TRANSLATORS: %u is the number of a line of a file */
    line->problem = g_strdup_printf (_ ("line %u says this item already"), first);
  else
    g_hash_table_insert (seen, g_steal_pointer (&key), GUINT_TO_POINTER (line->number));
}

static gboolean
is_blank (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (*(const char *)cells->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

/**
 * cpt_stock_csv_new_lines:
 *
 * Returns: (transfer full) (element-type CptStockCsvLine): an empty list that owns its lines
 */
GPtrArray *
cpt_stock_csv_new_lines (void)
{
  return g_ptr_array_new_with_free_func (line_free);
}

/**
 * cpt_stock_csv_parse:
 * @text: valid UTF-8; cells divided by ; or , with a decimal comma or point
 *
 * A first line with headings (ref or code; quantity, quantité or stock; active or actif; kind or
 * type) says which column is which; without one the first is the ref and the second the quantity.
 *
 * Returns: (transfer full) (element-type CptStockCsvLine): every line but blank ones and headings
 */
GPtrArray *
cpt_stock_csv_parse (const char *text)
{
  GPtrArray *lines = cpt_stock_csv_new_lines ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char separator = find_separator (text);
  int places[N_COLUMNS];
  gboolean first = TRUE;

  for (guint number = 1, n = 0; *text != '\0'; number += n)
    {
      g_autoptr (GPtrArray) cells = read_cells (&text, separator, &n);
      gboolean is_heading = FALSE;

      if (cells == NULL)
        g_ptr_array_add (lines, new_damaged_line (number));
      if (cells == NULL || is_blank (cells))
        continue;
      if (first)
        {
          is_heading = read_headings (cells, places);
          if (!is_heading)
            assume_places (places);
        }
      first = FALSE;
      if (is_heading)
        continue;
      g_ptr_array_add (lines, read_line (cells, places, number));
      check_repeated (seen, g_ptr_array_index (lines, lines->len - 1));
    }
  return lines;
}

/* --- Writing --- */

static void
append_cell (GString *out, const char *text, char separator)
{
  gboolean quote = strpbrk (text, ";,\"\r\n") != NULL;

  if (quote)
    g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  if (quote)
    g_string_append_c (out, '"');
  g_string_append_c (out, separator);
}

static void
append_item (GString *out, const CptStockItem *item, gboolean french)
{
  char separator = french ? ';' : ',';
  g_autofree char *title = cpt_stock_item_dup_title (item);
  g_autofree char *quantity = item->stock.managed
                                  ? cpt_decimal_to_string (cpt_decimal (item->stock.quantity))
                                  : g_strdup ("");

  if (french)
    g_strdelimit (quantity, ".", ',');
  append_cell (out, cpt_item_kind_to_string (item->kind), separator);
  append_cell (out, item->ref, separator);
  append_cell (out, title, separator);
  /* A decimal comma needs no quotes where the separator is another. */
  g_string_append_printf (out, "%s%c%d\r\n", quantity, separator, item->stock.active ? 1 : 0);
}

/**
 * cpt_stock_csv_write:
 * @items: (element-type CptStockItem): those without a ref are left out, a shared one is written
 * once
 * @french: `;` and decimal comma, else `,` and point
 *
 * Returns: (transfer full): the text, with a mark that tells spreadsheets it is UTF-8
 */
char *
cpt_stock_csv_write (GPtrArray *items, gboolean french)
{
  GString *out = g_string_new ("\xef\xbb\xbf");
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char separator = french ? ';' : ',';

  g_string_append_printf (out, "kind%cref%cname%cquantity%cactive\r\n", separator, separator,
                          separator, separator);
  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = g_ptr_array_index (items, i);

      if (item->ref != NULL &&
          g_hash_table_add (written, g_strdup_printf ("%d%s", item->kind, item->ref)))
        append_item (out, item, french);
    }
  return g_string_free (out, FALSE);
}
