/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir orders, comptoir sent: the lists. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-cli-order-private.h"

#define LIMIT 200
/* So many are put into an answer at once: the window goes on in between. */
#define SLICE 100

gboolean
cpt_cli_orders_prepare (JsonObject *request, GError **error)
{
  const char *limit = cpt_cli_get_text (request, "limit");
  guint64 number = LIMIT;

  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, 100000, &number, NULL))
    {
      /* TRANSLATORS: on the command line; %s is what was typed */
      g_set_error (error, CPT_CLI_ERROR, 0, _ ("“%s” is no number of orders"), limit);
      return FALSE;
    }
  json_object_set_int_member (request, "limit", number);
  return TRUE;
}

gboolean
cpt_cli_sent_prepare (JsonObject *request, GError **error)
{
  json_object_set_boolean_member (request, "till", TRUE);
  return cpt_cli_orders_prepare (request, error);
}

/* --- Where the engine is --- */

typedef struct
{
  CptCliDeed *deed; /* (owned) */
  GPtrArray *rows;  /* (owned) */
  guint next;
} Answering;

static void
answering_free (gpointer data)
{
  Answering *self = data;

  g_ptr_array_unref (self->rows);
  cpt_cli_deed_unref (self->deed);
  g_free (self);
}

static gboolean
add_slice_cb (gpointer data)
{
  Answering *self = data;
  CptEngine *engine = cpt_cli_deed_get_engine (self->deed);
  JsonArray *orders = cpt_cli_get_list (cpt_cli_deed_get_answer (self->deed), "orders");
  guint end = MIN (self->next + SLICE, self->rows->len);

  for (; self->next < end; self->next++)
    json_array_add_object_element (orders,
                                   cpt_cli_new_order (engine, self->rows->pdata[self->next]));
  if (end < self->rows->len)
    return G_SOURCE_CONTINUE;
  cpt_cli_deed_end (self->deed, CPT_CLI_DONE, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, &error);
  Answering *answering = NULL;

  if (rows == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  json_object_set_array_member (cpt_cli_deed_get_answer (deed), "orders",
                                json_array_sized_new (rows->len));
  answering = g_new0 (Answering, 1);
  answering->deed = g_steal_pointer (&deed);
  answering->rows = rows;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, add_slice_cb, answering, answering_free);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  gint64 limit = cpt_cli_get_number (cpt_cli_deed_get_request (deed), "limit");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = cpt_engine_list_orders_finish (engine, result, &error);

  if (found == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  json_object_set_int_member (cpt_cli_deed_get_answer (deed), "count", found->len);
  if (limit > 0 && found->len > limit)
    g_array_set_size (found, limit);
  cpt_engine_load_rows_async (engine, (const gint64 *)(gpointer)found->data, found->len, NULL,
                              rows_cb, g_steal_pointer (&deed));
}

static CptOrderTab
choose_tab (JsonObject *request)
{
  gboolean all = cpt_cli_get_flag (request, "all") || cpt_cli_get_text (request, "search") != NULL;

  if (cpt_cli_get_flag (request, "till"))
    return all ? CPT_ORDER_TAB_TILL_ALL : CPT_ORDER_TAB_TILL;
  if (all)
    return CPT_ORDER_TAB_ALL;
  return cpt_cli_get_flag (request, "later") ? CPT_ORDER_TAB_LATER : CPT_ORDER_TAB_TODAY;
}

void
cpt_cli_orders_run (CptCliDeed *deed)
{
  JsonObject *request = cpt_cli_deed_get_request (deed);

  cpt_engine_list_orders_async (cpt_cli_deed_get_engine (deed), choose_tab (request),
                                cpt_cli_get_text (request, "search"), NULL, listed_cb,
                                cpt_cli_deed_ref (deed));
}

/* --- Where it was typed --- */

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* What was promised, else what was asked for. */
static char *
show_expected (JsonObject *order)
{
  const char *confirmed = cpt_cli_get_text (order, "confirmed_time");

  return cpt_cli_show_time (confirmed != NULL ? confirmed
                                              : cpt_cli_get_text (order, "expected_time"));
}

static void
add_row (CptCliTable *table, JsonObject *order)
{
  g_autofree char *time = show_expected (order);
  g_autofree char *total = cpt_cli_show_money (cpt_cli_get_text (order, "total"));
  g_autofree char *status = cpt_cli_show_status (order);
  const char *service = cpt_cli_get_text (order, "service_type");

  cpt_cli_table_add (table, or_empty (cpt_cli_get_text (order, "number")), status,
                     or_empty (cpt_cli_get_text (order, "source")),
                     service != NULL ? cpt_service_type_label (cpt_service_type_parse (service))
                                     : "",
                     time, or_empty (cpt_cli_get_text (order, "customer")), total,
                     or_empty (cpt_cli_get_text (order, "id")), NULL);
}

void
cpt_cli_orders_print (JsonObject *request, JsonObject *answer)
{
  JsonArray *orders = cpt_cli_get_list (answer, "orders");
  guint n = orders != NULL ? json_array_get_length (orders) : 0;
  gint64 count = cpt_cli_get_number (answer, "count");
  CptCliTable *table = NULL;

  if (orders == NULL)
    return;
  if (n == 0)
    {
      g_printerr ("%s\n", _ ("There are no orders here"));
      return;
    }
  table = cpt_cli_table_new ();
  /* TRANSLATORS: these are the headings of a list on the command line. */
  cpt_cli_table_add (table, C_ ("command line", "NUMBER"), C_ ("command line", "STATUS"),
                     C_ ("command line", "FROM"), C_ ("command line", "SERVICE"),
                     C_ ("command line", "EXPECTED"), C_ ("command line", "CUSTOMER"),
                     C_ ("command line", "TOTAL"), "ID", NULL);
  for (guint i = 0; i < n; i++)
    add_row (table, json_array_get_object_element (orders, i));
  cpt_cli_table_print (table);
  if (count > n)
    /* TRANSLATORS: below a list on the command line */
    g_printerr (ngettext ("%d more: give --limit a larger number\n",
                          "%d more: give --limit a larger number\n", count - n),
                (int)(count - n));
}
