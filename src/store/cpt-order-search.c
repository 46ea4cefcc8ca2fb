/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order is found by, and what somebody typed as a question to the index. Workers only. */
#include "cpt-order-table-private.h"

#include <string.h>

/* A national number without its zero: what two ways of writing a phone number share. */
#define PHONE_DIGITS 9
/* A shorter piece of a phone number is no use to find it by. */
#define PHONE_PIECE 4

static void
add (GString *text, const char *words)
{
  if (words != NULL && words[0] != '\0')
    g_string_append_printf (text, "%s\n", words);
}

static const char *
last_digits (const char *digits)
{
  gsize length = strlen (digits);

  return length > PHONE_DIGITS ? digits + length - PHONE_DIGITS : digits;
}

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return g_string_free (digits, FALSE);
}

/* Every tail down to four digits: the index finds beginnings, so it finds pieces too. */
static void
add_phone (GString *text, const char *phone)
{
  g_autofree char *digits = digits_of (phone != NULL ? phone : "");

  add (text, digits);
  for (const char *tail = last_digits (digits); strlen (tail) >= PHONE_PIECE; tail++)
    add (text, tail);
}

static void
add_customer (GString *text, const CptOrderCustomer *customer)
{
  if (customer == NULL)
    return;
  add (text, customer->first_name);
  add (text, customer->last_name);
  add (text, customer->company_name);
  add_phone (text, customer->phone);
}

static char *
make_text (const CptOrder *order)
{
  GString *text = g_string_new (NULL);

  add (text, order->collection_code);
  add (text, order->ref);
  add (text, order->id);
  add_customer (text, order->customer);
  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = order->items->pdata[i];

      add (text, item->product_name);
      add (text, item->sku_name);
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_text (CptDb *db, gint64 row, const char *text)
{
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT text FROM order_search WHERE rowid = ?");

  cpt_statement_bind_int (statement, row);
  return cpt_statement_next (statement) &&
         g_strcmp0 (cpt_statement_peek_text (statement), text) == 0;
}

/**
 * cpt_order_search_write:
 *
 * Writes what the order is found by, if it is not what stands there.
 */
void
cpt_order_search_write (CptDb *db, gint64 row, const CptOrder *order)
{
  g_autofree char *text = make_text (order);
  g_autoptr (CptStatement) statement = NULL;

  cpt_db_assert_writer (db);
  if (has_text (db, row, text))
    return;
  statement =
      cpt_db_prepare (db, "INSERT OR REPLACE INTO order_search (rowid, text) VALUES (?, ?)");
  cpt_statement_bind_int (statement, row);
  cpt_statement_bind_text (statement, text);
  cpt_statement_run (statement);
}

static gboolean
has_letter_or_digit (const char *word)
{
  for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* In quotes nothing is an operator; a quote is doubled. */
static void
append_beginning (GString *query, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  g_string_append_printf (query, "\"%s\"*", quoted);
}

/* A phone number as typed, in any way of writing: its last nine digits, without the international
 * prefix or the zero it begins with. Empty when the text is none. */
static char *
phone_of (const char *typed)
{
  g_autofree char *digits = NULL;
  const char *start = NULL;

  if (typed[strspn (typed, "0123456789+-./() \t")] != '\0')
    return g_strdup ("");
  digits = digits_of (typed);
  for (start = last_digits (digits); *start == '0';)
    start++;
  return g_strdup (strlen (start) >= PHONE_PIECE ? start : "");
}

/**
 * cpt_order_search_parse:
 * @typed: (nullable): anything
 *
 * Returns: (transfer full) (nullable): the question for the index: every word is the beginning of
 *   one of the order's, or all of it is a piece of its phone number; NULL when nothing to look
 *   for was typed
 */
char *
cpt_order_search_parse (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\r\n", -1);
  g_autofree char *phone = phone_of (valid);
  g_autoptr (GString) query = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    {
      if (!has_letter_or_digit (*word))
        continue;
      g_string_append (query, query->len > 0 ? " AND " : "(");
      append_beginning (query, *word);
    }
  if (query->len == 0)
    return NULL;
  g_string_append_c (query, ')');
  if (phone[0] != '\0')
    {
      g_string_append (query, " OR ");
      append_beginning (query, phone);
    }
  return g_string_free (g_steal_pointer (&query), FALSE);
}
