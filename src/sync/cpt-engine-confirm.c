/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accepts that HubRise does not have: past the deadline somebody has to tell the platform. */
#include "cpt-engine-private.h"

/* What is to come is looked at again this often: the clock of this computer may be put right, the
 * deadlines are a preference. */
#define LOOK_MS CPT_MINUTE

static gboolean
due_cb (gpointer data)
{
  CptEngine *self = data;

  self->confirm_timer = 0;
  cpt_engine_watch_accepts (self);
  return G_SOURCE_REMOVE;
}

/* Once for each accept and start. */
static void
tell (CptEngine *self, CptOrderRow *row)
{
  const gint64 *told = g_hash_table_lookup (self->unconfirmed, &row->row);

  if (told != NULL && *told == row->unsent_accept_at)
    return;
  g_hash_table_replace (self->unconfirmed, g_memdup2 (&row->row, sizeof row->row),
                        g_memdup2 (&row->unsent_accept_at, sizeof row->unsent_accept_at));
  cpt_engine_emit_alert (self, CPT_ALERT_NOT_CONFIRMED, row);
}

/* Returns: the milliseconds until the next of them is to be told, -1 for none */
static gint64
tell_all (CptEngine *self, GPtrArray *rows)
{
  CptTime now = cpt_clock_now (self->clock);
  gint64 wait = -1;

  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = rows->pdata[i];
      CptTime from = cpt_order_row_unconfirmed_from (row, cpt_engine_get_deadline (self, row));

      if (from == CPT_TIME_NONE)
        continue;
      if (now >= from)
        tell (self, row);
      else
        wait = wait < 0 ? from - now : MIN (wait, from - now);
    }
  return wait;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GPtrArray) rows = cpt_store_run_finish (CPT_STORE (source), result, NULL);
  gint64 wait = -1;

  self->confirming = FALSE;
  if (self->closing)
    return;
  cpt_clock_clear_timer (self->clock, &self->confirm_timer);
  if (rows != NULL)
    wait = tell_all (self, rows);
  if (wait >= 0)
    self->confirm_timer =
        cpt_clock_add_timer (self->clock, MIN (wait, LOOK_MS), due_cb, self, NULL);
  if (self->confirm_again)
    cpt_engine_watch_accepts (self);
}

/* To be called by whatever changes an order. Who only looks or sends for a moment tells nobody. */
void
cpt_engine_watch_accepts (CptEngine *self)
{
  self->confirm_again = self->confirming;
  if (self->confirming || self->closing || self->role != CPT_ENGINE_RECEIVES ||
      cpt_store_is_read_only (self->store))
    return;
  self->confirming = TRUE;
  cpt_store_run_async (self->store, cpt_store_load_unconfirmed_rows (cpt_clock_now (self->clock)),
                       NULL, loaded_cb, g_object_ref (self));
}
