/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line shows to people: columns, and the words for why something was not done.
 * Main thread only. */
#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cpt-cli-private.h"

/* --- Columns --- */

struct _CptCliTable
{
  GPtrArray *rows; /* (owned) (element-type GStrv) */
};

CptCliTable *
cpt_cli_table_new (void)
{
  CptCliTable *self = g_new0 (CptCliTable, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  return self;
}

/* Returns: (transfer full): the text on one line, without what a terminal would obey */
char *
cpt_cli_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_unichar (clean,
                             g_unichar_iscntrl (g_utf8_get_char (c)) ? ' ' : g_utf8_get_char (c));
  return g_string_free (clean, FALSE);
}

/* Every row has as many cells as the first. What comes from outside may hold anything: a cell stays
 * on its line. */
void
cpt_cli_table_add (CptCliTable *self, ...)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  const char *text = NULL;
  va_list args;

  va_start (args, self);
  while ((text = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (cells, cpt_cli_clean (text));
  va_end (args);
  g_ptr_array_add (cells, NULL);
  g_ptr_array_add (self->rows, g_ptr_array_free (g_steal_pointer (&cells), FALSE));
}

static guint
width_of (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static guint
width_of_column (CptCliTable *self, guint column)
{
  guint width = 0;

  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, width_of (((char **)self->rows->pdata[i])[column]));
  return width;
}

static void
append_row (GString *out, char **row, const guint *widths)
{
  for (guint i = 0; row[i] != NULL; i++)
    {
      g_string_append (out, row[i]);
      for (guint pad = width_of (row[i]); row[i + 1] != NULL && pad < widths[i] + 2; pad++)
        g_string_append_c (out, ' ');
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

/* Returns: (transfer full): the lines; frees the table */
char *
cpt_cli_table_free_to_text (CptCliTable *self)
{
  GString *out = g_string_new (NULL);
  guint n = self->rows->len > 0 ? g_strv_length (self->rows->pdata[0]) : 0;
  g_autofree guint *widths = g_new0 (guint, n + 1);

  for (guint i = 0; i < n; i++)
    widths[i] = width_of_column (self, i);
  for (guint i = 0; i < self->rows->len; i++)
    append_row (out, self->rows->pdata[i], widths);
  g_ptr_array_unref (self->rows);
  g_free (self);
  return g_string_free (out, FALSE);
}

/* Prints and frees. */
void
cpt_cli_table_print (CptCliTable *self)
{
  g_autofree char *text = cpt_cli_table_free_to_text (self);

  g_print ("%s", text);
}

void
cpt_cli_write (const char *text)
{
  fputs (text, stdout);
}

void
cpt_cli_complain (const char *text)
{
  g_autofree char *clean = cpt_cli_clean (text);

  g_printerr ("comptoir: %s\n", clean);
}

/* --- Values of an answer --- */

/* Returns: (transfer full): "19:30", in the zone the answer wrote it in */
char *
cpt_cli_show_time (const char *text)
{
  CptTime time = CPT_TIME_NONE;
  const char *offset = text != NULL && strlen (text) > 19 ? text + 19 : "Z";
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (offset);

  if (text == NULL || !cpt_time_parse (text, &time))
    return g_strdup ("");
  return cpt_time_format_full (time, zone);
}

char *
cpt_cli_show_money (const char *text)
{
  CptMoney money = { 0 };

  return text != NULL && cpt_money_parse (text, &money) ? cpt_money_format (money) : g_strdup ("?");
}

static const struct
{
  const char *why;
  const char *label;
} reasons[] = {
  /* TRANSLATORS: these are answers of the command line: why something was not done. */
  { "not-connected", N_ ("This till is not connected to HubRise") },
  { "offline", N_ ("HubRise cannot be reached") },
  { "connection-refused", N_ ("HubRise refuses the connection") },
  { "keyring", N_ ("The key to HubRise cannot be read: the keyring is locked") },
  { "sending-off", N_ ("Sending is switched off in the preferences") },
  { "automatic-off", N_ ("Automatic stock is switched off in the preferences") },
  { "another-keeps", N_ ("Another till keeps the stock: nothing is sent from here") },
  { "no-catalog", N_ ("The catalog has not been read yet") },
  { "no-answer", N_ ("HubRise has not answered yet") },
  { "unknown-ref", N_ ("the catalog does not have this code") },
  { "unknown-order", N_ ("There is no such order") },
  { "several-orders", N_ ("Several orders have this number: use the id of one of them") },
  { "not-allowed", N_ ("The order does not allow this now") },
  { "refused", N_ ("HubRise refused it") },
  { "theirs", N_ ("The order has another state on HubRise") },
  { "differs", N_ ("HubRise holds something else: compare the stock in the window") },
  { "lines", N_ ("Some lines were not taken") },
  { "too-large", N_ ("The number is too large") },
  { "locked", N_ ("Another Comptoir works on these orders and does not answer") },
  { "ended", N_ ("Comptoir ended meanwhile: look at what it has done") },
  { "unknown-command", N_ ("The running Comptoir does not know this command: start it again") },
};

/* Returns: (transfer none) (nullable): in the language of who typed */
const char *
cpt_cli_why_label (const char *why)
{
  for (gsize i = 0; why != NULL && i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].why, why))
      return _ (reasons[i].label);
  return NULL;
}
