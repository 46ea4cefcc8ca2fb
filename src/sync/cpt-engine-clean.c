/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When persons were taken out of orders, the file is written anew: copies of their words stay in
 * its unused bytes otherwise. At a quiet time, for a press then waits until it is done: the larger
 * the file, the longer nothing must have happened. */
#include "cpt-engine-private.h"

#define LOOK_MS         (10 * CPT_MINUTE)
#define QUIET_MS        CPT_MINUTE
#define QUIET_MS_PER_MB (5 * CPT_SECOND)
#define MB              (1024 * 1024)

static gboolean look_cb (gpointer data);

static void
plan (CptEngine *self, gint64 pause_ms)
{
  if (self->closing)
    return;
  cpt_clock_clear_timer (self->clock, &self->clean_timer);
  self->clean_timer = cpt_clock_add_timer (self->clock, pause_ms, look_cb, self, NULL);
}

static void
cleaned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gboolean *done = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    g_message ("The file could not be written anew: %s", error->message);
  else if (!*done)
    plan (self, LOOK_MS);
}

static gboolean
is_quiet (CptEngine *self, gint64 bytes)
{
  gint64 still_ms = cpt_clock_monotonic (self->clock) - self->stirred_at;

  return still_ms >= QUIET_MS + bytes / MB * QUIET_MS_PER_MB;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autofree gint64 *bytes = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (bytes == NULL || *bytes == 0 || self->closing)
    return;
  if (is_quiet (self, *bytes))
    cpt_store_run_async (self->store, cpt_store_clean (), NULL, cleaned_cb, g_object_ref (self));
  else
    plan (self, LOOK_MS);
}

static gboolean
look_cb (gpointer data)
{
  CptEngine *self = data;

  self->clean_timer = 0;
  cpt_store_run_async (self->store, cpt_store_load_unclean (), NULL, looked_cb,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/**
 * cpt_engine_plan_cleaning:
 *
 * All that is to be erased is: what is left of it in the file goes when there is time. After a
 * failure the next erasing asks again, at the latest the next day's.
 */
void
cpt_engine_plan_cleaning (CptEngine *self)
{
  plan (self, QUIET_MS);
}

/**
 * cpt_engine_stir:
 *
 * Somebody is at work here.
 */
void
cpt_engine_stir (CptEngine *self)
{
  self->stirred_at = cpt_clock_monotonic (self->clock);
}
