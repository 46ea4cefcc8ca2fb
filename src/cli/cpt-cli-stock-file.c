/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir stock import and export: the file is read and written where the command was typed. Main
 * thread only. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cpt-cli-stock-private.h"

/* A list of a hundred thousand items is a tenth of it. */
#define MAX_BYTES (20 * 1000 * 1000)

/* --- import, where it was typed --- */

static GBytes *
read_file (const char *name, GError **error)
{
  gboolean is_input = g_str_equal (name, "-");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd = is_input ? STDIN_FILENO : g_open (name, O_RDONLY | O_CLOEXEC, 0);
  guint8 block[65536];
  gssize n = 0;

  while (fd >= 0 && bytes->len <= MAX_BYTES && (n = read (fd, block, sizeof block)) > 0)
    g_byte_array_append (bytes, block, n);
  if (fd < 0 || n < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", name,
                   g_strerror (errno));
      g_clear_pointer (&bytes, g_byte_array_unref);
    }
  if (fd >= 0 && !is_input)
    close (fd);
  return bytes != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static JsonObject *
new_line (const CptStockCsvLine *line)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "line", line->number);
  json_object_set_string_member (object, "kind", cpt_item_kind_to_string (line->kind));
  cpt_cli_set_text (object, "ref", line->ref);
  if (line->edit.sets_quantity)
    cpt_cli_set_quantity (object, "quantity", line->edit.quantity);
  if (line->edit.sets_active)
    json_object_set_boolean_member (object, "active", line->edit.active);
  cpt_cli_set_text (object, "problem", line->problem);
  return object;
}

gboolean
cpt_cli_stock_import_prepare (JsonObject *request, GError **error)
{
  const char *name = cpt_cli_get_word (request, 0);
  g_autoptr (GBytes) bytes = read_file (name, error);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autofree char *text =
      bytes != NULL && length <= MAX_BYTES ? cpt_stock_csv_to_utf8 (data, length) : NULL;
  g_autoptr (GPtrArray) lines = text != NULL ? cpt_stock_csv_parse (text) : NULL;
  JsonArray *list = NULL;

  if (bytes == NULL)
    return FALSE;
  if (lines == NULL || lines->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   /* TRANSLATORS: %s is the name of a file */
                   _ ("%s holds no list: export one to see what it looks like"), name);
      return FALSE;
    }
  list = json_array_sized_new (lines->len);
  for (guint i = 0; i < lines->len; i++)
    json_array_add_object_element (list, new_line (lines->pdata[i]));
  json_object_set_array_member (request, "lines", list);
  json_object_set_boolean_member (request, "changes", !cpt_cli_get_flag (request, "dry-run"));
  return TRUE;
}

/* --- import, where the engine is --- */

static char *
new_key (CptItemKind kind, const char *ref)
{
  return g_strdup_printf ("%d%s", kind, ref);
}

static gboolean
is_good (JsonObject *line)
{
  return cpt_cli_get_text (line, "ref") != NULL && cpt_cli_get_text (line, "problem") == NULL;
}

static CptItemKind
kind_of (JsonObject *line)
{
  CptItemKind kind = CPT_ITEM_SKU;

  cpt_item_kind_parse (cpt_cli_get_text (line, "kind"), &kind);
  return kind;
}

static GPtrArray *
read_lines (CptEngine *engine, JsonArray *list)
{
  GPtrArray *lines = cpt_stock_csv_new_lines ();

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      CptStockCsvLine *line = g_new0 (CptStockCsvLine, 1);

      line->number = i;
      line->kind = kind_of (object);
      line->ref = g_strdup (cpt_cli_get_text (object, "ref"));
      line->edit = cpt_cli_read_edit (engine, object);
      line->problem = is_good (object) ? NULL : g_strdup ("");
      g_ptr_array_add (lines, line);
    }
  return lines;
}

/* The lines as they came, each with whether it is taken. */
static void
set_lines (CptCliDeed *deed, GHashTable *known)
{
  JsonObject *answer = cpt_cli_deed_get_answer (deed);
  JsonArray *list = cpt_cli_get_list (cpt_cli_deed_get_request (deed), "lines");
  gint64 taken = 0;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *line = json_array_get_object_element (list, i);
      const char *ref = cpt_cli_get_text (line, "ref");
      g_autofree char *key = new_key (kind_of (line), ref != NULL ? ref : "");
      gboolean unknown = is_good (line) && !g_hash_table_contains (known, key);

      if (unknown)
        json_object_set_string_member (line, "why", "unknown-ref");
      json_object_set_boolean_member (line, "taken", is_good (line) && !unknown);
      taken += is_good (line) && !unknown;
    }
  json_object_set_array_member (answer, "lines", json_array_ref (list));
  json_object_set_int_member (answer, "taken", taken);
  json_object_set_int_member (answer, "not_taken", json_array_get_length (list) - taken);
  json_object_set_boolean_member (answer, "dry_run",
                                  cpt_cli_get_flag (cpt_cli_deed_get_request (deed), "dry-run"));
}

/* Refs of the catalog, each with one of its rows. */
static GHashTable *
index_items (GPtrArray *items)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      CptStockItem *item = items->pdata[i];

      if (item->ref != NULL)
        g_hash_table_replace (known, new_key (item->kind, item->ref), item);
    }
  return known;
}

static gboolean
has_all (CptCliDeed *deed)
{
  return cpt_cli_get_number (cpt_cli_deed_get_answer (deed), "not_taken") == 0;
}

static void
tell_nothing (CptCliDeed *deed, GPtrArray *items)
{
}

static void
watch_taken (CptCliDeed *deed, GHashTable *known)
{
  JsonArray *list = cpt_cli_get_list (cpt_cli_deed_get_request (deed), "lines");
  GArray *rows = cpt_cli_stock_watch (deed, tell_nothing);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *line = json_array_get_object_element (list, i);
      const char *ref = cpt_cli_get_text (line, "ref");
      g_autofree char *key = new_key (kind_of (line), ref != NULL ? ref : "");
      const CptStockItem *item = g_hash_table_lookup (known, key);

      if (item != NULL && is_good (line))
        g_array_append_val (rows, item->row);
    }
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    cpt_cli_deed_fail (deed, error);
  else
    cpt_cli_stock_wait (deed, !has_all (deed));
}

static void
import (CptCliDeed *deed)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  JsonArray *list = cpt_cli_get_list (cpt_cli_deed_get_request (deed), "lines");
  g_autoptr (GPtrArray) lines = read_lines (engine, list);

  cpt_engine_import_stock_async (engine, lines, imported_cb, cpt_cli_deed_ref (deed));
}

static void
items_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  JsonObject *request = cpt_cli_deed_get_request (deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);
  g_autoptr (GHashTable) known = items != NULL ? index_items (items) : NULL;

  if (items == NULL)
    cpt_cli_deed_fail (deed, error);
  else if (items->len == 0)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "no-catalog", NULL);
  else
    {
      set_lines (deed, known);
      watch_taken (deed, known);
      if (!cpt_cli_get_flag (request, "dry-run"))
        import (deed);
      else
        cpt_cli_deed_end (deed, has_all (deed) ? CPT_CLI_DONE : CPT_CLI_REFUSED,
                          has_all (deed) ? NULL : "lines", NULL);
    }
}

void
cpt_cli_stock_import_run (CptCliDeed *deed)
{
  if (cpt_cli_get_list (cpt_cli_deed_get_request (deed), "lines") == NULL)
    cpt_cli_deed_end (deed, CPT_CLI_USAGE, "unknown-command", NULL);
  else if (cpt_cli_get_flag (cpt_cli_deed_get_request (deed), "dry-run") ||
           cpt_cli_deed_may_change_stock (deed))
    cpt_engine_load_all_stock_async (cpt_cli_deed_get_engine (deed), NULL, items_cb,
                                     cpt_cli_deed_ref (deed));
}

/* --- import, told --- */

static char *
show_change (JsonObject *line)
{
  g_autofree char *quantity = cpt_cli_show_quantity (line);
  const char *active =
      cpt_cli_get_flag (line, "active") ? _ ("on sale") : cpt_stock_look_label (CPT_STOCK_INACTIVE);

  if (!json_object_has_member (line, "active"))
    return g_steal_pointer (&quantity);
  return *quantity != '\0' ? g_strdup_printf ("%s, %s", quantity, active) : g_strdup (active);
}

static void
add_line (CptCliTable *table, JsonObject *line, gboolean dry_run)
{
  const char *ref = cpt_cli_get_text (line, "ref");
  const char *problem = cpt_cli_get_text (line, "problem");
  g_autofree char *number =
      g_strdup_printf ("%" G_GINT64_FORMAT, cpt_cli_get_number (line, "line"));
  g_autofree char *change = show_change (line);
  /* TRANSLATORS: a line of a file, on the command line */
  const char *taken = dry_run ? C_ ("command line", "can be taken") : C_ ("command line", "taken");

  if (problem == NULL)
    problem = cpt_cli_why_label (cpt_cli_get_text (line, "why"));
  cpt_cli_table_add (table, number, ref != NULL ? ref : "–", change,
                     problem != NULL ? problem : taken, NULL);
}

void
cpt_cli_stock_import_print (JsonObject *request, JsonObject *answer)
{
  JsonArray *lines = cpt_cli_get_list (answer, "lines");
  gboolean dry_run = cpt_cli_get_flag (answer, "dry_run");
  guint good = cpt_cli_get_number (answer, "taken");
  CptCliTable *table = NULL;

  if (lines == NULL)
    return;
  table = cpt_cli_table_new ();
  /* TRANSLATORS: these are the headings of a list on the command line. */
  cpt_cli_table_add (table, C_ ("command line", "LINE"), C_ ("command line", "CODE"),
                     C_ ("command line", "CHANGE"), C_ ("command line", "RESULT"), NULL);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    add_line (table, json_array_get_object_element (lines, i), dry_run);
  cpt_cli_table_print (table);
  if (dry_run)
    g_print (ngettext ("%u line can be taken", "%u lines can be taken", good), good);
  else
    g_print (ngettext ("%u line was taken", "%u lines were taken", good), good);
  g_print ("\n");
}

/* --- export --- */

/* What spreadsheets of a language expect goes with its decimal mark. */
gboolean
cpt_cli_stock_export_prepare (JsonObject *request, GError **error)
{
  g_autofree char *half = cpt_decimal_format (cpt_decimal (500));

  json_object_set_boolean_member (request, "french", strchr (half, ',') != NULL);
  return TRUE;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  JsonObject *answer = cpt_cli_deed_get_answer (deed);
  gboolean french = cpt_cli_get_flag (cpt_cli_deed_get_request (deed), "french");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);
  g_autofree char *text = items != NULL ? cpt_stock_csv_write (items, french) : NULL;

  if (items == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  if (items->len == 0)
    {
      cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "no-catalog", NULL);
      return;
    }
  json_object_set_string_member (answer, "csv", text);
  cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
}

void
cpt_cli_stock_export_run (CptCliDeed *deed)
{
  cpt_engine_load_all_stock_async (cpt_cli_deed_get_engine (deed), NULL, exported_cb,
                                   cpt_cli_deed_ref (deed));
}

/* Where it was typed; the table itself is no part of what --json prints. */
void
cpt_cli_stock_export_finish (JsonObject *request, JsonObject *answer)
{
  const char *name = cpt_cli_get_word (request, 0);
  g_autofree char *text = g_strdup (cpt_cli_get_text (answer, "csv"));
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return;
  json_object_remove_member (answer, "csv");
  json_object_set_string_member (answer, "file", name);
  if (g_str_equal (name, "-"))
    cpt_cli_write (text);
  else if (!g_file_set_contents (name, text, -1, &error))
    {
      json_object_set_int_member (answer, "exit", CPT_CLI_REFUSED);
      json_object_set_string_member (answer, "outcome", "refused");
      json_object_set_string_member (answer, "detail", error->message);
    }
}

void
cpt_cli_stock_export_print (JsonObject *request, JsonObject *answer)
{
  const char *name = cpt_cli_get_text (answer, "file");

  if (name != NULL && !g_str_equal (name, "-") && cpt_cli_get_number (answer, "exit") == 0)
    g_print ("%s\n", _ ("The list was written"));
}
