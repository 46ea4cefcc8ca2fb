/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir stock list, set, active and inactive. Main thread only. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-cli-stock-private.h"

/* --- list --- */

/* Twenty thousand items are written on a thread of their own: orders come in meanwhile. */
typedef struct
{
  GPtrArray *items; /* (owned) */
  GTimeZone *zone;  /* (owned) */
  CptTime now;
  CptItemKind kind;
  gboolean out, low;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_ptr_array_unref (writing->items);
  g_time_zone_unref (writing->zone);
  g_free (writing);
}

static gboolean
is_asked_for (const Writing *writing, const CptStockItem *item)
{
  if (item->kind != writing->kind ||
      (writing->out && !cpt_stock_is_out (&item->stock, writing->now)))
    return FALSE;
  return !writing->low || (item->stock.managed && item->stock.quantity <= item->stock.low);
}

static void
write_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *writing = data;
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < writing->items->len; i++)
    if (is_asked_for (writing, writing->items->pdata[i]))
      json_array_add_object_element (list, cpt_cli_new_item (writing->items->pdata[i], writing->now,
                                                             writing->zone));
  g_task_return_pointer (task, list, (GDestroyNotify)json_array_unref);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;

  json_object_set_array_member (cpt_cli_deed_get_answer (deed), "items",
                                g_task_propagate_pointer (G_TASK (result), NULL));
  cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
}

/* @items: (transfer full) */
static void
begin_list (CptCliDeed *deed, CptEngine *engine, GPtrArray *items)
{
  JsonObject *request = cpt_cli_deed_get_request (deed);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, cpt_cli_deed_ref (deed));
  Writing *writing = g_new0 (Writing, 1);

  writing->items = items;
  writing->zone = cpt_engine_dup_zone (engine);
  writing->now = cpt_clock_now (cpt_engine_get_clock (engine));
  writing->kind = cpt_cli_get_kind (request);
  writing->out = cpt_cli_get_flag (request, "out");
  writing->low = cpt_cli_get_flag (request, "low");
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_list);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (engine, result, &error);

  if (items == NULL)
    cpt_cli_deed_fail (deed, error);
  else if (items->len == 0)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "no-catalog", NULL);
  else
    begin_list (deed, engine, g_steal_pointer (&items));
}

void
cpt_cli_stock_list_run (CptCliDeed *deed)
{
  cpt_engine_load_all_stock_async (cpt_cli_deed_get_engine (deed), NULL, listed_cb,
                                   cpt_cli_deed_ref (deed));
}

void
cpt_cli_stock_list_print (JsonObject *request, JsonObject *answer)
{
  JsonArray *items = cpt_cli_get_list (answer, "items");

  if (items != NULL && json_array_get_length (items) > 0)
    cpt_cli_print_items (items);
  else if (items != NULL && cpt_cli_get_number (answer, "exit") == CPT_CLI_DONE)
    g_printerr ("%s\n", _ ("There are no such items"));
}

/* --- set, active, inactive --- */

/* A request says what is to be changed in the same words for all three, and for a file. */
gboolean
cpt_cli_stock_set_prepare (JsonObject *request, GError **error)
{
  const char *typed = cpt_cli_get_word (request, 1);
  g_autofree char *plain = g_strdelimit (g_strdup (typed), ",", '.');
  CptDecimal number = { 0 };

  if (g_str_equal (typed, "none"))
    json_object_set_boolean_member (request, "managed", FALSE);
  else if (cpt_decimal_parse (plain, &number) && cpt_stock_is_quantity (number.thousandths))
    cpt_cli_set_quantity (request, "quantity", number.thousandths);
  else
    {
      g_set_error (error, CPT_CLI_ERROR, 0,
                   /* TRANSLATORS: %s is what was typed; “none” is not translated */
                   _ ("“%s” is no quantity: give a number like 12.5, or none"), typed);
      return FALSE;
    }
  return TRUE;
}

gboolean
cpt_cli_stock_active_prepare (JsonObject *request, GError **error)
{
  json_object_set_boolean_member (request, "active", TRUE);
  return TRUE;
}

gboolean
cpt_cli_stock_inactive_prepare (JsonObject *request, GError **error)
{
  json_object_set_boolean_member (request, "active", FALSE);
  return TRUE;
}

CptStockEdit
cpt_cli_read_edit (CptEngine *engine, JsonObject *request)
{
  CptStockEdit edit = { .back_on = CPT_TIME_NONE };
  CptDecimal number = { 0 };

  if (cpt_decimal_parse (cpt_cli_get_text (request, "quantity"), &number))
    {
      edit.sets_quantity = TRUE;
      edit.quantity = number.thousandths;
    }
  edit.sets_managed = json_object_has_member (request, "managed");
  edit.managed = cpt_cli_get_flag (request, "managed");
  edit.sets_active = json_object_has_member (request, "active");
  edit.active = cpt_cli_get_flag (request, "active");
  if (cpt_cli_get_flag (request, "today"))
    edit.back_on = cpt_engine_get_stock_tomorrow (engine);
  return edit;
}

/* The answer is about the one item. */
static void
settled_cb (CptCliDeed *deed, GPtrArray *items)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  CptTime now = cpt_clock_now (cpt_engine_get_clock (engine));

  if (items->len > 0)
    json_object_set_object_member (cpt_cli_deed_get_answer (deed), "item",
                                   cpt_cli_new_item (items->pdata[0], now, zone));
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) undo = cpt_engine_edit_stock_finish (CPT_ENGINE (source), result, &error);

  if (undo != NULL)
    cpt_cli_stock_wait (deed, FALSE);
  else if (g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED))
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "too-large", NULL);
  else
    cpt_cli_deed_fail (deed, error);
}

/* Two items that share a ref are one stock: the first stands for both. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  JsonObject *request = cpt_cli_deed_get_request (deed);
  const char *ref = cpt_cli_get_word (request, 0);
  CptStockEdit edit = cpt_cli_read_edit (engine, request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (engine, result, &error);
  GArray *rows = cpt_cli_stock_watch (deed, settled_cb);

  for (guint i = 0; items != NULL && i < items->len && rows->len == 0; i++)
    {
      const CptStockItem *item = items->pdata[i];

      if (item->kind == cpt_cli_get_kind (request) && g_strcmp0 (item->ref, ref) == 0)
        g_array_append_val (rows, item->row);
    }
  if (items == NULL)
    cpt_cli_deed_fail (deed, error);
  else if (items->len == 0)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "no-catalog", NULL);
  else if (rows->len == 0)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "unknown-ref", ref);
  else
    cpt_engine_edit_stock_async (engine, (const gint64 *)(gpointer)rows->data, rows->len, &edit,
                                 edited_cb, g_steal_pointer (&deed));
}

void
cpt_cli_stock_edit_run (CptCliDeed *deed)
{
  if (!cpt_cli_deed_may_change_stock (deed))
    return;
  cpt_engine_load_all_stock_async (cpt_cli_deed_get_engine (deed), NULL, found_cb,
                                   cpt_cli_deed_ref (deed));
}

void
cpt_cli_stock_edit_print (JsonObject *request, JsonObject *answer)
{
  JsonObject *item = cpt_cli_get_object (answer, "item");
  g_autoptr (JsonArray) items = json_array_new ();

  if (item == NULL)
    return;
  json_array_add_object_element (items, json_object_ref (item));
  cpt_cli_print_items (items);
}
