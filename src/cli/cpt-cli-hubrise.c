/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir sync-stock and pull-catalog: what needs HubRise at once. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-cli-private.h"

typedef void (*Begin) (CptCliDeed *deed);

/* --- A line to HubRise --- */

static void
look_for_line (CptCliDeed *deed)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  const char *obstacle = cpt_cli_deed_find_obstacle (deed, FALSE);
  Begin begin = cpt_cli_deed_get_data (deed);

  if (cpt_engine_has_line (engine))
    {
      cpt_cli_deed_stop_waiting (deed);
      begin (deed);
    }
  else if (obstacle != NULL || cpt_cli_deed_is_late (deed))
    cpt_cli_deed_end_unconnected (deed);
  else
    cpt_cli_deed_looked (deed);
}

/* How far the stock has come is read at the opening; what is asked after it is answered after it.
 */
static void
state_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngineStockCounts counts;
  g_autoptr (GError) error = NULL;

  if (cpt_engine_count_stock_finish (CPT_ENGINE (source), result, &counts, &error))
    cpt_cli_deed_wait (deed, CPT_CLI_PATIENCE, look_for_line);
  else
    cpt_cli_deed_fail (deed, error);
}

static void
with_line (CptCliDeed *deed, Begin begin)
{
  CptEngineStockQuery all = { .tab = CPT_ENGINE_STOCK_ALL };

  cpt_cli_deed_set_data (deed, begin, NULL);
  cpt_engine_count_stock_async (cpt_cli_deed_get_engine (deed), &all, NULL, state_read_cb,
                                cpt_cli_deed_ref (deed));
}

/* What is equal is looked through once more, and what a new catalog asks for leaves. */
static void
look_for_rest (CptCliDeed *deed)
{
  JsonObject *answer = cpt_cli_deed_get_answer (deed);
  CptEngineStock stock;

  cpt_engine_get_stock (cpt_cli_deed_get_engine (deed), &stock);
  json_object_set_int_member (answer, "skus", stock.skus);
  json_object_set_int_member (answer, "options", stock.options);
  json_object_set_int_member (answer, "not_sent", stock.waiting);
  if (stock.waiting == 0 || cpt_cli_deed_find_obstacle (deed, TRUE) != NULL ||
      cpt_cli_deed_is_late (deed))
    cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
  else
    cpt_cli_deed_looked (deed);
}

/* Returns: how many lines differ; -1 when the deed is over */
static int
take_differences (CptCliDeed *deed, GAsyncResult *result)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = cpt_engine_load_stock_finish (engine, result, &error);

  if (differences == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return -1;
    }
  json_object_set_array_member (cpt_cli_deed_get_answer (deed), "differences",
                                cpt_cli_new_items (engine, differences));
  return differences->len;
}

/* --- sync-stock --- */

static void
synchronised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  int n = take_differences (deed, result);

  if (n > 0)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "differs", NULL);
  else if (n == 0)
    cpt_cli_deed_wait (deed, CPT_CLI_PATIENCE, look_for_rest);
}

static void
synchronise (CptCliDeed *deed)
{
  cpt_engine_synchronise_stock_async (cpt_cli_deed_get_engine (deed), synchronised_cb,
                                      cpt_cli_deed_ref (deed));
}

void
cpt_cli_sync_stock_run (CptCliDeed *deed)
{
  with_line (deed, synchronise);
}

void
cpt_cli_sync_stock_print (JsonObject *request, JsonObject *answer)
{
  JsonArray *differences = cpt_cli_get_list (answer, "differences");

  if (differences == NULL)
    return;
  if (json_array_get_length (differences) > 0)
    cpt_cli_print_items (differences);
  else
    g_print ("%s\n", _ ("HubRise’s stock is equal to this till’s"));
}

/* --- pull-catalog --- */

/* Another's stock is never overwritten by a pull, nor is that a failure of it. */
static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;

  if (take_differences (deed, result) >= 0)
    cpt_cli_deed_wait (deed, CPT_CLI_PATIENCE, look_for_rest);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  g_autoptr (GError) error = NULL;

  if (cpt_engine_act_finish (engine, result, &error))
    cpt_engine_load_stock_differences_async (engine, NULL, compared_cb, g_steal_pointer (&deed));
  else
    cpt_cli_deed_fail (deed, error);
}

static void
pull (CptCliDeed *deed)
{
  cpt_engine_pull_catalog_async (cpt_cli_deed_get_engine (deed), pulled_cb,
                                 cpt_cli_deed_ref (deed));
}

void
cpt_cli_pull_catalog_run (CptCliDeed *deed)
{
  with_line (deed, pull);
}

void
cpt_cli_pull_catalog_print (JsonObject *request, JsonObject *answer)
{
  JsonArray *differences = cpt_cli_get_list (answer, "differences");
  guint n = differences != NULL ? json_array_get_length (differences) : 0;

  if (!json_object_has_member (answer, "skus"))
    return;
  /* TRANSLATORS: what a catalog holds; two numbers */
  g_print (_ ("The catalog was read: %d products, %d options\n"),
           (int)cpt_cli_get_number (answer, "skus"), (int)cpt_cli_get_number (answer, "options"));
  if (n > 0)
    /* TRANSLATORS: %u items have another stock on HubRise than here */
    g_print (ngettext ("%u item differs on HubRise: compare the stock in the window\n",
                       "%u items differ on HubRise: compare the stock in the window\n", n),
             n);
}
