/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows changed items on their way to HubRise. Main thread only. */
#include "cpt-cli-stock-private.h"

typedef struct
{
  GArray *rows; /* (owned) (element-type gint64) */
  CptCliStockTell tell;
  gboolean partly;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_array_unref (watch->rows);
  g_free (watch);
}

GArray *
cpt_cli_stock_watch (CptCliDeed *deed, CptCliStockTell tell)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch->tell = tell;
  cpt_cli_deed_set_data (deed, watch, watch_free);
  return watch->rows;
}

typedef struct
{
  const char *refusal; /* (nullable) of the first refused one */
  gboolean waiting, refused, differing;
} Standing;

static Standing
sum_up (GPtrArray *items, CptTime now)
{
  Standing standing = { NULL };

  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = items->pdata[i];
      CptStockMark mark = cpt_stock_item_get_mark (item, now);

      standing.waiting |= mark == CPT_STOCK_MARK_WAITING;
      standing.differing |= mark == CPT_STOCK_MARK_DIFFERS;
      if (mark == CPT_STOCK_MARK_REFUSED && !standing.refused)
        standing.refusal = item->refusal;
      standing.refused |= mark == CPT_STOCK_MARK_REFUSED;
    }
  return standing;
}

/* Before the inventory was read once nothing leaves and nothing counts as waiting. */
static gboolean
has_begun (CptCliDeed *deed)
{
  CptEngineStock stock;

  cpt_engine_get_stock (cpt_cli_deed_get_engine (deed), &stock);
  return stock.ready;
}

static gboolean
may_go_on_waiting (CptCliDeed *deed)
{
  return !cpt_cli_deed_is_late (deed) && cpt_cli_deed_find_obstacle (deed, TRUE) == NULL;
}

static void
judge (CptCliDeed *deed, const Watch *watch, Standing standing)
{
  gboolean waits = standing.waiting || !has_begun (deed);

  json_object_set_boolean_member (cpt_cli_deed_get_answer (deed), "not_sent", waits);
  if (waits && may_go_on_waiting (deed))
    cpt_cli_deed_looked (deed);
  else if (watch->partly)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "lines", NULL);
  else if (waits)
    cpt_cli_deed_end_stored (deed, TRUE);
  else if (standing.refused)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "refused", standing.refusal);
  else if (standing.differing)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "differs", NULL);
  else
    cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  Watch *watch = cpt_cli_deed_get_data (deed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (engine, result, &error);

  if (items == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  watch->tell (deed, items);
  judge (deed, watch, sum_up (items, cpt_clock_now (cpt_engine_get_clock (engine))));
}

static void
look (CptCliDeed *deed)
{
  Watch *watch = cpt_cli_deed_get_data (deed);

  cpt_engine_load_stock_async (cpt_cli_deed_get_engine (deed),
                               (const gint64 *)(gpointer)watch->rows->data, watch->rows->len, NULL,
                               loaded_cb, cpt_cli_deed_ref (deed));
}

void
cpt_cli_stock_wait (CptCliDeed *deed, gboolean partly)
{
  Watch *watch = cpt_cli_deed_get_data (deed);

  watch->partly = partly;
  cpt_cli_deed_wait (deed, CPT_CLI_PATIENCE, look);
}
